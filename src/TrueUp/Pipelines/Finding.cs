namespace TrueUp.Pipelines;

/// <summary>Something to tell the user about what they wrote or what was found: where, what, and what to do.</summary>
/// <param name="Code">Stable, for machines: <c>unknown_key</c>, <c>bad_value</c>, <c>file_missing</c>, ….</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Suggestion">What to do next.</param>
public sealed record Finding(string Code, string Message, string Suggestion)
{
    /// <summary>The file it is about, or null.</summary>
    public string? File { get; init; }

    /// <summary>The line in that file, from 1, or null.</summary>
    public int? Line { get; init; }

    /// <summary>The place inside the document: <c>rules[2].matches</c>, <c>source.path</c>, a column's name.</summary>
    public string? Path { get; init; }

    /// <summary>False for something the run can live with.</summary>
    public bool IsError { get; init; } = true;
}
