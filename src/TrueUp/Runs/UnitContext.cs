using Microsoft.Extensions.Logging;
using TrueUp.Audit;
using TrueUp.Pipelines;
using TrueUp.Sides;
using TrueUp.Undo;

namespace TrueUp.Runs;

/// <summary>What a unit's run is given.</summary>
/// <param name="Pipeline">The pipeline as declared.</param>
/// <param name="Unit">The part of it.</param>
/// <param name="Connectors">To open the sides with.</param>
/// <param name="Audit">The run's trail.</param>
/// <param name="Options">What the run was told.</param>
/// <param name="VerifyOnly">True to write nothing and only say what differs.</param>
/// <param name="Clock">The time.</param>
/// <param name="NewSeed">Draws the seed of a proof.</param>
/// <param name="Jitter">Randomness for pauses.</param>
/// <param name="Logger">The program's log.</param>
internal sealed record UnitContext(
    PipelineDefinition Pipeline,
    SideUnit Unit,
    ConnectorRegistry Connectors,
    IRunAudit Audit,
    RunOptions Options,
    bool VerifyOnly,
    TimeProvider Clock,
    Func<long> NewSeed,
    Random Jitter,
    ILogger Logger
)
{
    /// <summary>Keeps rows before they are overwritten or deleted; null when nothing is to be kept.</summary>
    public ImageRecorder? Images { get; init; }

    /// <summary>Told how far the unit is.</summary>
    public required UnitMeter Meter { get; init; }

    /// <summary>True when nothing may be written to the target.</summary>
    public bool ReadOnly => VerifyOnly || Options.DryRun;

    /// <summary>The name of the unit's row in the target's state table.</summary>
    public string StateName => StateNameOf(Pipeline, Unit.Name);

    /// <summary>The target of this unit: the pipeline's, with the unit's table when it names none.</summary>
    public SideDefinition TargetSide => TargetOf(Pipeline, Unit.TargetTable);

    /// <summary>The target of a unit whose table, when the pipeline's target names none, is this.</summary>
    public static SideDefinition TargetOf(PipelineDefinition pipeline, string? table) =>
        table is not null && pipeline.Target["table"] is null ? pipeline.Target.With("table", table) : pipeline.Target;

    /// <summary>The name of a unit's row in the target's state table.</summary>
    public static string StateNameOf(PipelineDefinition pipeline, string unit) =>
        unit.Length == 0 ? pipeline.Name : $"{pipeline.Name}/{unit}";
}
