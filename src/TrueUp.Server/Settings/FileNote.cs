using System.Text.Json;

namespace TrueUp.Server.Settings;

/// <summary>What was last seen in <c>trueup.yaml</c>, as the control database remembers it.</summary>
/// <param name="Hash">Which version of the file it was; empty for none.</param>
/// <param name="Values">What the file said of settings that may change while a server runs: JSON by key.</param>
internal sealed record FileNote(string Hash, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>No file was seen yet.</summary>
    public static FileNote None { get; } = new("", new Dictionary<string, string>());

    /// <summary>What the file of a configuration says.</summary>
    public static FileNote Of(ConfigurationState state) =>
        new(
            state.Text.Hash,
            state
                .File.Given.Where(key => SettingsReference.Find(key) is { IsStartOnly: false })
                .Select(key => (Key: key, Value: SettingValues.Of(state.File.Document!, key)))
                .Where(entry => entry.Value is not null)
                .OrderBy(entry => entry.Key, StringComparer.Ordinal)
                .ToDictionary(entry => entry.Key, entry => entry.Value!)
        );

    /// <summary>The note as JSON.</summary>
    public string Write() => JsonSerializer.Serialize(this);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static FileNote Read(string json) => JsonSerializer.Deserialize<FileNote>(json) ?? None;
}
