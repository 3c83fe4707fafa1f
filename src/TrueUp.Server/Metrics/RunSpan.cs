using System.Diagnostics;
using TrueUp.Audit;
using TrueUp.Runs;

namespace TrueUp.Server.Metrics;

/// <summary>The span of a run, for whoever collects traces, if anybody does. It holds no data.</summary>
internal sealed class RunSpan : IDisposable
{
    private readonly Activity? _run;
    private readonly TimeProvider _clock;

    public RunSpan(string runId, RunStart start, TimeProvider clock)
    {
        _clock = clock;
        _run = ServerMeter.Spans.StartActivity(
            "run",
            ActivityKind.Internal,
            parentContext: default,
            startTime: start.StartedAt
        );
        _run?.SetTag("trueup.run_id", runId);
        _run?.SetTag("trueup.pipeline", start.Pipeline.Name);
        _run?.SetTag("trueup.trigger", start.Trigger.ToString().ToLowerInvariant());
    }

    /// <summary>A unit ended: its span ends now, and began when its phases say.</summary>
    public void Unit(UnitOutcome outcome, string table)
    {
        if (_run is null)
        {
            return;
        }
        var now = _clock.GetUtcNow();
        using var unit = ServerMeter.Spans.StartActivity(
            "unit",
            ActivityKind.Internal,
            _run.Context,
            startTime: now - outcome.Phases.Total
        );
        unit?.SetTag("trueup.table", table);
        Set(unit, outcome.Status, outcome.Verification.Verdict, outcome.Counts, outcome.Error);
        unit?.SetEndTime(now.UtcDateTime);
    }

    /// <summary>The run came to its end.</summary>
    public void End(RunOutcome outcome) =>
        Set(_run, outcome.Status, outcome.Verification.Verdict, outcome.Counts, outcome.Error);

    /// <inheritdoc />
    public void Dispose()
    {
        _run?.SetEndTime(_clock.GetUtcNow().UtcDateTime);
        _run?.Dispose();
    }

    private static void Set(Activity? span, RunStatus status, Verdict verdict, RunCounts counts, RunError? error)
    {
        span?.SetTag("trueup.status", status.ToString().ToLowerInvariant());
        span?.SetTag("trueup.verdict", verdict.ToString().ToLowerInvariant());
        span?.SetTag("trueup.records.source", counts.Source);
        span?.SetTag("trueup.records.created", counts.Created);
        span?.SetTag("trueup.records.updated", counts.Updated);
        span?.SetTag("trueup.records.deleted", counts.Deleted);
        span?.SetStatus(status == RunStatus.Failed ? ActivityStatusCode.Error : ActivityStatusCode.Ok, error?.Code);
    }
}
