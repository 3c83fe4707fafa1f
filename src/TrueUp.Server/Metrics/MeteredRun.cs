using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using TrueUp.Audit;
using TrueUp.Rows;
using TrueUp.Runs;
using TrueUp.Sides;

namespace TrueUp.Server.Metrics;

/// <summary>One run's trail, measured on the way.</summary>
internal sealed class MeteredRun : IRunAudit
{
    private readonly ConcurrentDictionary<string, long> _batchEnds = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DifferenceList> _found = new(StringComparer.Ordinal);
    private readonly IRunAudit _run;
    private readonly RunStart _start;
    private readonly SyncMetrics _metrics;
    private readonly RunTallies _tallies;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly RunSpan _span;
    private readonly long _began;
    private bool _isLeft;

    public MeteredRun(
        IRunAudit run,
        RunStart start,
        SyncMetrics metrics,
        RunTallies tallies,
        TimeProvider clock,
        ILogger logger
    )
    {
        (_run, _start, _metrics, _tallies, _clock, _logger) = (run, start, metrics, tallies, clock, logger);
        _began = clock.GetTimestamp();
        _span = new RunSpan(run.RunId, start, clock);
        metrics.RunStarted();
    }

    /// <inheritdoc />
    public string RunId => _run.RunId;

    /// <inheritdoc />
    public void Records(string unit, RecordOperation operation, RowBatch rows, bool bulk)
    {
        // Rows that are equal are listed for an audit of everything; nothing was done with them.
        if (operation != RecordOperation.Skip)
        {
            var now = _clock.GetTimestamp();
            var before = _began;
            _batchEnds.AddOrUpdate(
                unit,
                now,
                (_, last) =>
                {
                    before = last;
                    return now;
                }
            );
            var time = _clock.GetElapsedTime(before, now);
            _metrics.Batch(At(unit), Label(operation), rows.Count, time);
            _logger.BatchDone(At(unit).TableName, Label(operation), rows.Count, time.TotalMilliseconds);
        }
        _run.Records(unit, operation, rows, bulk);
    }

    /// <inheritdoc />
    public void Record(string unit, RecordOperation operation, string key, string? error)
    {
        _metrics.Processed(At(unit), Label(operation), 1);
        _run.Record(unit, operation, key, error);
    }

    /// <inheritdoc />
    public ValueTask ErrorAsync(AuditError error, CancellationToken cancellationToken)
    {
        _metrics.Failed(At(error.Unit), error.Type);
        if (error.Type != ErrorType.Validation)
        {
            _metrics.BrokenOff(At(error.Unit));
        }
        return _run.ErrorAsync(error, cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask GapsAsync(string unit, DifferenceList differences, CancellationToken cancellationToken)
    {
        // At first these are the work to do; they are gaps when a proof found them.
        _found[unit] = differences;
        return _run.GapsAsync(unit, differences, cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask DeadLetterAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        var isRefused = string.Equals(letter.Issue, "refused_by_target", StringComparison.Ordinal);
        _metrics.Failed(At(letter.Unit), isRefused ? ErrorType.Database : ErrorType.Validation);
        _logger.SetApart(At(letter.Unit).TableName, letter.Key, letter.Issue);
        return _run.DeadLetterAsync(letter, cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask RecoveryAsync(AuditRecovery recovery, CancellationToken cancellationToken)
    {
        // Tries one after the other that answer one failure are one recovery; a resync answers each proof anew.
        var isResync = string.Equals(recovery.Action, "resync", StringComparison.Ordinal);
        var action = isResync ? "resync" : "retry";
        if (recovery.Succeeded is null && (isResync || recovery.Attempt == 1))
        {
            _metrics.RecoveryTried(At(recovery.Unit), action);
            if (isResync && _found.TryRemove(recovery.Unit, out var found))
            {
                _metrics.Gaps(At(recovery.Unit), found);
            }
        }
        else if (recovery.Succeeded is true)
        {
            _metrics.RecoverySucceeded(At(recovery.Unit), action, 1);
        }
        return _run.RecoveryAsync(recovery, cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask UnitAsync(UnitOutcome outcome, CancellationToken cancellationToken)
    {
        _metrics.Gaps(At(outcome.Unit), outcome.Verification.Differences);
        _metrics.Gaps(At(outcome.Unit), outcome.Verification.Repaired);
        if (outcome.Verification.ResyncSucceeded > 0)
        {
            _metrics.RecoverySucceeded(At(outcome.Unit), "resync", outcome.Verification.ResyncSucceeded);
        }
        _span.Unit(outcome, At(outcome.Unit).TableName);
        _logger.TableDone(
            At(outcome.Unit).TableName,
            _start.VerifyOnly ? "verify" : "sync",
            outcome.Verification.Verdict,
            outcome.Counts.Source,
            outcome.Phases.Total.TotalMilliseconds
        );
        return _run.UnitAsync(outcome, cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask CompleteAsync(RunOutcome outcome, CancellationToken cancellationToken)
    {
        await _run.CompleteAsync(outcome, cancellationToken);
        _metrics.RunEnded(outcome);
        _tallies.Note(outcome.Pipeline, outcome.Status == RunStatus.Failed);
        _span.End(outcome);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!Interlocked.Exchange(ref _isLeft, true))
        {
            _metrics.RunLeft();
            _span.Dispose();
        }
        await _run.DisposeAsync();
    }

    private MetricPlace At(string unit) => MetricPlace.Of(_start.Pipeline, unit);

    private static string Label(RecordOperation operation) =>
        operation == RecordOperation.Create ? "insert" : operation.ToString().ToLowerInvariant();
}
