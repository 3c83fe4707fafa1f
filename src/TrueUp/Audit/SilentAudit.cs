using TrueUp.Rows;
using TrueUp.Runs;

namespace TrueUp.Audit;

/// <summary>An audit that keeps nothing, for whoever only looks: looking is not a run.</summary>
/// <param name="runId">What runs are called.</param>
public sealed class SilentAudit(string runId) : IAuditLog, IRunAudit
{
    /// <inheritdoc />
    public string RunId => runId;

    /// <inheritdoc />
    public ValueTask<IRunAudit> StartAsync(RunStart start, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IRunAudit>(this);

    /// <inheritdoc />
    public void Records(string unit, RecordOperation operation, RowBatch rows, bool bulk)
    {
        // Nothing is kept.
    }

    /// <inheritdoc />
    public void Record(string unit, RecordOperation operation, string key, string? error)
    {
        // Nothing is kept.
    }

    /// <inheritdoc />
    public ValueTask ErrorAsync(AuditError error, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc />
    public ValueTask GapsAsync(string unit, DifferenceList differences, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;

    /// <inheritdoc />
    public ValueTask DeadLetterAsync(DeadLetter letter, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc />
    public ValueTask RecoveryAsync(AuditRecovery recovery, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;

    /// <inheritdoc />
    public ValueTask UnitAsync(UnitOutcome outcome, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc />
    public ValueTask CompleteAsync(RunOutcome outcome, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
