namespace TrueUp.Pipelines.Reading;

/// <summary>Reads <c>witness:</c>: environment references replaced, the file's path made absolute.</summary>
internal sealed class WitnessReader(FindingList findings, EnvironmentReferences references, string folder)
{
    /// <summary>Reads the mapping; null when there is none.</summary>
    public WitnessDefinition? Read(Section? section)
    {
        if (section is null)
        {
            return null;
        }
        var file = Text(section, "file");
        return new WitnessDefinition
        {
            File = file is { Length: > 0 } && !file.Contains('\0') ? Path.GetFullPath(file, folder) : file,
            Webhook = Text(section, "webhook"),
        };
    }

    private string? Text(Section section, string key) =>
        section.Text(key) is { } text
            ? references.Replace(
                text,
                (message, suggestion) => findings.Add($"witness.{key}", "missing_variable", message, suggestion)
            )
            : null;
}
