using Microsoft.Extensions.Logging;
using TrueUp.Audit;
using TrueUp.Pipelines;
using TrueUp.Sides;
using TrueUp.Undo;

namespace TrueUp.Runs;

/// <summary>Runs the units of a pipeline, several at the same time, each to its own end.</summary>
internal sealed class UnitRuns(
    PipelineDefinition pipeline,
    RunOptions options,
    bool verifyOnly,
    ConnectorRegistry connectors,
    IRunAudit trail,
    TimeProvider clock,
    Func<long> newSeed,
    ILogger logger,
    ImageRecorder? images
)
{
    private IReadOnlyList<SideUnit> _units = [];
    private UnitOutcome?[] _ended = [];

    /// <summary>The units' names when the run is not about all there are; empty otherwise.</summary>
    public IReadOnlyList<string> OnlyUnits { get; private set; } = options.Units;

    /// <summary>Runs them.</summary>
    /// <returns>The outcomes in the source's order, and what stopped the run as a whole.</returns>
    public async Task<(List<UnitOutcome> Units, RunError? Error)> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RunAllAsync(cancellationToken);
            return (Outcomes(cancellationToken), _units.Count == 0 ? NoUnits() : null);
        }
        catch (SideException failure)
        {
            var error = RunErrors.From(failure);
            await trail.ErrorAsync(
                new AuditError("", failure.Type, Severity.High, error.Message, error.Suggestion)
                {
                    StackTrace = failure.ToString(),
                },
                CancellationToken.None
            );
            return (Outcomes(cancellationToken), error);
        }
        catch (RunException refused)
        {
            return (Outcomes(cancellationToken), refused.Error);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            var outcomes = Outcomes(cancellationToken);
            return (outcomes.Count > 0 ? outcomes : [Cancelled("")], null);
        }
    }

    private async Task RunAllAsync(CancellationToken cancellationToken)
    {
        var all = await connectors.For(pipeline.Source, SideRole.Source).UnitsAsync(pipeline.Source, cancellationToken);
        var choice = UnitChoice.Of(all, options.Units);
        (_units, OnlyUnits) = (choice.Units, choice.OnlyUnits);
        _ended = new UnitOutcome?[_units.Count];
        var meter = new RunMeter(options.Progress, clock, _units.Count);
        // Randomness is drawn in the units' order, whatever order they get to run in.
        var jitters = _units.Select(_ => new Random((int)newSeed())).ToList();
        await UnitPool.RunAsync(
            _units.Count,
            Math.Min(pipeline.Parallel, connectors.For(pipeline.Target, SideRole.Target).UnitsAtOnce(pipeline.Target)),
            async (index, token) => _ended[index] = await RunAsync(_units[index], jitters[index], meter, token),
            cancellationToken
        );
    }

    private async Task<UnitOutcome> RunAsync(
        SideUnit unit,
        Random jitter,
        RunMeter meter,
        CancellationToken cancellationToken
    )
    {
        var context = new UnitContext(
            pipeline,
            unit,
            connectors,
            trail,
            options,
            verifyOnly,
            clock,
            newSeed,
            jitter,
            logger
        )
        {
            Images = images,
            Meter = meter.Begin(unit.Name),
        };
        var outcome = await new UnitRun(context).RunAsync(cancellationToken);
        context.Meter.End(outcome.Counts);
        return outcome;
    }

    // What a cancelled run did not get to was cancelled too: it must not look like a run that had less to do.
    private List<UnitOutcome> Outcomes(CancellationToken cancellationToken) =>
        [
            .. _units
                .Zip(
                    _ended,
                    (unit, ended) => ended ?? (cancellationToken.IsCancellationRequested ? Cancelled(unit.Name) : null)
                )
                .OfType<UnitOutcome>(),
        ];

    private static UnitOutcome Cancelled(string unit) => new(unit) { Status = RunStatus.Cancelled };

    private RunError NoUnits() =>
        new(
            "table_missing",
            $"No table of the source matches what '{pipeline.Name}' names.",
            "Check tables: names and wildcards, and the schema.",
            ErrorCause.Configuration,
            []
        );
}
