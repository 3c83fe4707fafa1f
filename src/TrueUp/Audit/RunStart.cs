using TrueUp.Pipelines;
using TrueUp.Runs;

namespace TrueUp.Audit;

/// <summary>How a run begins.</summary>
/// <param name="Pipeline">What runs.</param>
/// <param name="Trigger">What started it.</param>
/// <param name="TriggeredBy">Who, when a person did; null otherwise.</param>
/// <param name="VerifyOnly">True for a verification that writes nothing.</param>
/// <param name="StartedAt">When (UTC).</param>
public sealed record RunStart(
    PipelineDefinition Pipeline,
    TriggerSource Trigger,
    string? TriggeredBy,
    bool VerifyOnly,
    DateTimeOffset StartedAt
)
{
    /// <summary>For an undo, the run it undoes; null otherwise.</summary>
    public string? UndoneRun { get; init; }
}
