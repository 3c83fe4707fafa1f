using TrueUp.Pipelines;

namespace TrueUp.Runs;

/// <summary>Why a run did not go through.</summary>
/// <param name="Code">Stable, for machines: <c>source_shrank</c>, <c>cannot_connect</c>, <c>types_differ</c>,
/// ….</param>
/// <param name="Message">What failed, and where.</param>
/// <param name="Suggestion">What to do next.</param>
/// <param name="Cause">Whose fault it is; decides the exit code.</param>
/// <param name="Findings">Every single thing that is wrong.</param>
public sealed record RunError(
    string Code,
    string Message,
    string Suggestion,
    ErrorCause Cause,
    IReadOnlyList<Finding> Findings
)
{
    /// <summary>Whether it may pass by itself, so that trying again later makes sense.</summary>
    public bool MayPass { get; init; }
}
