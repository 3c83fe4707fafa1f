namespace TrueUp.Server.Api.Pipelines;

/// <summary>A pipeline, and what is to be known of its file.</summary>
/// <param name="Pipeline">What lists show, with the next five times it runs by itself.</param>
/// <param name="Findings">What is wrong with, or to be known of, its file as it is now.</param>
/// <param name="FileHash">SHA-256 of the file that runs, or null.</param>
/// <param name="PendingDeadLetters">Records that could not be synchronised and are still to be.</param>
internal sealed record PipelineDetailsBody(
    PipelineBody Pipeline,
    IReadOnlyList<FindingBody> Findings,
    string? FileHash,
    long PendingDeadLetters
);
