using TrueUp.Pipelines;
using TrueUp.Pipelines.Reading;

namespace TrueUp.Server.Settings.Reading;

/// <summary>What stands in <c>trueup.yaml</c>; nothing when there is no such file.</summary>
/// <param name="Path">The file's absolute path.</param>
/// <param name="Bytes">Its bytes.</param>
internal sealed record SettingsText(string Path, byte[] Bytes)
{
    /// <summary>Tells versions apart.</summary>
    public string Hash { get; } = PipelineFile.Hash(Bytes);

    /// <summary>Reads the file, or says why it cannot be read.</summary>
    public static (SettingsText? Text, Finding? Problem) Load(string path) =>
        PipelineFile.Load(path, out var bytes) switch
        {
            null => (new SettingsText(path, bytes), null),
            { Code: "file_missing" } => (new SettingsText(path, []), null),
            var finding => (
                null,
                finding with
                {
                    File = path,
                    Suggestion = "Check the file with the server's settings, its size and its permissions.",
                }
            ),
        };
}
