namespace TrueUp.Server.Api.PipelineFiles;

/// <summary>What would be wrong with a text, and what it would change.</summary>
/// <param name="Ok">Whether it could be taken.</param>
/// <param name="Name">The pipeline it is of.</param>
/// <param name="Findings">What is wrong.</param>
/// <param name="Diff">Lines that begin with a blank, <c>-</c> or <c>+</c>.</param>
internal sealed record PipelineDraftResult(
    bool Ok,
    string? Name,
    IReadOnlyList<FindingBody> Findings,
    IReadOnlyList<string> Diff
);
