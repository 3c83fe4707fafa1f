using System.Text.Json;
using TrueUp.Server.Settings;

namespace TrueUp.Server.Pipelines;

/// <summary>A version of a pipeline file as the history keeps it.</summary>
/// <param name="Hash">Which version it is: SHA-256 of the file.</param>
/// <param name="Text">What stands in it; null when a secret is written out in it.</param>
internal sealed record PipelineNote(string Hash, string? Text)
{
    /// <summary>The note about a version.</summary>
    public static PipelineNote Of(GoodVersion version) =>
        new(version.Hash, InlineSecrets.AreIn(version.Text) ? null : version.Text);

    /// <summary>The note as JSON.</summary>
    public string Write() => JsonSerializer.Serialize(this, SettingValues.Json);

    /// <summary>Reads what <see cref="Write"/> wrote; null of null.</summary>
    public static PipelineNote? Read(string? json) =>
        json is null ? null : JsonSerializer.Deserialize<PipelineNote>(json, SettingValues.Json);
}
