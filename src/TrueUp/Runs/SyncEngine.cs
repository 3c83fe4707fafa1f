using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using TrueUp.Audit;
using TrueUp.Pipelines;
using TrueUp.Proofs.Receipts;
using TrueUp.Proofs.SelfTests;
using TrueUp.Sides;
using TrueUp.Undo;

namespace TrueUp.Runs;

/// <summary>
/// Runs pipelines: finds what differs between source and target, changes only that, and proves that nothing differs any
/// more.
/// One instance may run many pipelines; making sure that one pipeline runs once at a time is the caller's business,
/// though a
/// second run of the same pipeline can never write together with the first (each target fences by epoch).
/// </summary>
/// <param name="connectors">The stores it can reach.</param>
/// <param name="audit">Where runs leave their trail.</param>
/// <param name="clock">The time.</param>
/// <param name="logger">The program's log.</param>
/// <param name="receipts">Where receipts are written, or null for none.</param>
/// <param name="images">Where rows are kept before they are overwritten or deleted, or null to keep none.</param>
public sealed class SyncEngine(
    ConnectorRegistry connectors,
    IAuditLog audit,
    TimeProvider clock,
    ILogger logger,
    IReceiptBook? receipts = null,
    IBeforeImages? images = null
)
{
    /// <summary>Draws seeds; a simulation draws them from its own.</summary>
    internal Func<long> NewSeed { get; init; } = SecureSeed;

    /// <summary>Synchronises and proves.</summary>
    /// <returns>The outcome, failures included; only bugs and a broken audit store are thrown.</returns>
    public Task<RunOutcome> RunAsync(
        PipelineDefinition pipeline,
        RunOptions options,
        CancellationToken cancellationToken
    ) => ExecuteAsync(pipeline, options, verifyOnly: false, cancellationToken);

    /// <summary>Says what differs and writes nothing to either side.</summary>
    /// <returns>The outcome, failures included; only bugs and a broken audit store are thrown.</returns>
    public Task<RunOutcome> VerifyAsync(
        PipelineDefinition pipeline,
        RunOptions options,
        CancellationToken cancellationToken
    ) => ExecuteAsync(pipeline, options, verifyOnly: true, cancellationToken);

    private async Task<RunOutcome> ExecuteAsync(
        PipelineDefinition pipeline,
        RunOptions options,
        bool verifyOnly,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(options);
        var started = clock.GetUtcNow();
        await using var trail = await audit.StartAsync(
            new RunStart(pipeline, options.Trigger, options.TriggeredBy, verifyOnly || options.DryRun, started),
            cancellationToken
        );
        logger.RunStarted(trail.RunId, pipeline.Name, options.Trigger);
        var outcome = await RunUnitsAsync(pipeline, options, verifyOnly, trail, cancellationToken) with
        {
            RunId = trail.RunId,
            VerifyOnly = verifyOnly,
            DryRun = options.DryRun,
            StartedAt = started,
            FinishedAt = clock.GetUtcNow(),
        };
        outcome = await new SelfTestStep(connectors, audit, clock).ApplyAsync(pipeline, outcome, cancellationToken);
        if (await SlowerAsync(outcome) is { } slower)
        {
            outcome = outcome with { Warnings = [.. outcome.Warnings, slower] };
        }
        if (receipts is not null && !options.DryRun)
        {
            var receipt = await receipts.WriteAsync(pipeline, outcome, CancellationToken.None);
            outcome = outcome with { Receipt = receipt.Path, Warnings = [.. outcome.Warnings, .. receipt.Warnings] };
        }
        Alert(outcome);
        await trail.CompleteAsync(outcome, CancellationToken.None);
        logger.RunEnded(
            outcome.RunId,
            outcome.Pipeline,
            outcome.Status,
            outcome.Verification.Verdict,
            outcome.Counts.Created,
            outcome.Counts.Updated,
            outcome.Counts.Deleted,
            outcome.Verification.Unproven
        );
        return outcome;
    }

    private async Task<RunOutcome> RunUnitsAsync(
        PipelineDefinition pipeline,
        RunOptions options,
        bool verifyOnly,
        IRunAudit trail,
        CancellationToken cancellationToken
    )
    {
        using var kept = Keep(pipeline, options, verifyOnly, trail.RunId);
        var runs = new UnitRuns(pipeline, options, verifyOnly, connectors, trail, clock, NewSeed, logger, kept);
        var start = clock.GetTimestamp();
        var (units, error) = await runs.RunAsync(cancellationToken);
        var outcome = Sum(pipeline, units, error);
        return outcome with
        {
            OnlyUnits = runs.OnlyUnits,
            Phases = outcome.Phases with { Total = clock.GetElapsedTime(start) },
        };
    }

    // Whole runs that went through are held against whole runs that did.
    private async ValueTask<Finding?> SlowerAsync(RunOutcome outcome) =>
        outcome is { Status: RunStatus.Completed, VerifyOnly: false, DryRun: false, OnlyUnits.Count: 0 }
            ? Baseline.Warning(
                await audit.RecentPhasesAsync(outcome.Pipeline, Baseline.RunsMax, CancellationToken.None),
                outcome.Phases
            )
            : null;

    private ImageRecorder? Keep(PipelineDefinition pipeline, RunOptions options, bool verifyOnly, string runId) =>
        images is not null && pipeline.Undo && !verifyOnly && !options.DryRun
            ? new ImageRecorder(images.Begin(runId), images.BytesMax)
            : null;

    // Seeds need not be secret, but no one should be able to know the next one beforehand.
    private static long SecureSeed() => BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8));

    internal static RunOutcome Sum(PipelineDefinition pipeline, List<UnitOutcome> units, RunError? error)
    {
        var single = units.Count == 1 && units[0].Unit.Length == 0;
        return new RunOutcome
        {
            RunId = "",
            Pipeline = pipeline.Name,
            Units = units,
            Error = error ?? units.Find(u => u.Error is not null)?.Error,
            Status =
                error is not null || units.Count == 0 ? RunStatus.Failed
                : units.Exists(u => u.Status == RunStatus.Cancelled) ? RunStatus.Cancelled
                : units.Max(u => u.Status),
            Counts = units.Aggregate(new RunCounts(), (sum, unit) => sum + unit.Counts),
            Phases = units.Aggregate(PhaseTimes.Zero, (sum, unit) => sum + unit.Phases),
            Verification = single ? units[0].Verification : Verifications.Sum(units, failed: error is not null),
        };
    }

    // Until alert rules exist, what would be an alert is a warning in the log and in the run's audit.
    private void Alert(RunOutcome outcome)
    {
        if (outcome is { Status: RunStatus.Failed, VerifyOnly: false })
        {
            logger.Alert(
                Severity.High,
                outcome.Pipeline,
                "",
                outcome.Error?.Message ?? "the target is not equal to the source after repair"
            );
        }
        foreach (var warning in outcome.Warnings)
        {
            logger.Alert(Severity.Medium, outcome.Pipeline, "", warning.Message);
        }
        if (outcome.Verification.IntegrityIssues.Total > 0)
        {
            logger.Alert(
                Severity.Medium,
                outcome.Pipeline,
                "",
                $"{outcome.Verification.IntegrityIssues.Total} records break a rule or cannot be read"
            );
        }
    }
}
