using TrueUp.Audit;
using TrueUp.Pipelines;
using TrueUp.Runs;
using TrueUp.Sides;

namespace TrueUp.Undo;

/// <summary>What undoing a unit is given.</summary>
/// <param name="Pipeline">The pipeline, for its target.</param>
/// <param name="Request">What is to be undone.</param>
/// <param name="Connectors">To open the target with.</param>
/// <param name="Audit">The undo's own trail.</param>
/// <param name="Images">Keeps what the undo itself replaces.</param>
/// <param name="Clock">The time.</param>
/// <param name="Meter">Told how far the undo is.</param>
internal sealed record UndoContext(
    PipelineDefinition Pipeline,
    UndoRequest Request,
    ConnectorRegistry Connectors,
    IRunAudit Audit,
    ImageRecorder Images,
    TimeProvider Clock,
    RunMeter Meter
);
