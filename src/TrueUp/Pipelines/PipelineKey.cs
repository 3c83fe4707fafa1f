namespace TrueUp.Pipelines;

/// <summary>A key of the pipeline file, for the reader and the reference.</summary>
/// <param name="Path">Its place: <c>verify.attempts</c>; <c>columns.*.type</c> stands for every column,
/// <c>rules[].name</c> for every rule.</param>
/// <param name="Description">What it means.</param>
public sealed record PipelineKey(string Path, string Description)
{
    /// <summary>What holds when it is not given, as it would be written; null when there is nothing then.</summary>
    public string? Default { get; init; }

    /// <summary>How it is written.</summary>
    public required string Example { get; init; }

    /// <summary>Whether it must be given.</summary>
    public bool Required { get; init; }

    /// <summary>The mapping it belongs to: <c>verify</c>, <c>columns.*</c>; empty at the top.</summary>
    public string Section => Path.LastIndexOf('.') is var end and >= 0 ? Path[..end] : "";

    /// <summary>Its name in that mapping.</summary>
    public string Name => Path[(Path.LastIndexOf('.') + 1)..];
}
