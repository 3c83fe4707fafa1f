using TrueUp.Rows;
using TrueUp.Runs;

namespace TrueUp.Audit;

/// <summary>
/// One run's trail. Implementations clean texts of secrets and personal data before they store them, bound what they
/// keep in
/// memory, and may write records in the background; <see cref="CompleteAsync"/> makes everything durable. Units may
/// call at
/// the same time.
/// </summary>
public interface IRunAudit : IAsyncDisposable
{
    /// <summary>The run's identifier: sortable by time, unique.</summary>
    string RunId { get; }

    /// <summary>Records that each row of a batch went through (P07). Does not keep the batch.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="operation">What was done.</param>
    /// <param name="rows">The rows; their schema names the key.</param>
    /// <param name="bulk">True when the batch is part of a first load: <c>audit: changes</c> keeps one entry for all of
    /// it.</param>
    void Records(string unit, RecordOperation operation, RowBatch rows, bool bulk);

    /// <summary>Records what became of a single record, with the error if it failed.</summary>
    void Record(string unit, RecordOperation operation, string key, string? error);

    /// <summary>Records an error (P08).</summary>
    ValueTask ErrorAsync(AuditError error, CancellationToken cancellationToken);

    /// <summary>Records what a proof or a comparison found different (P02).</summary>
    ValueTask GapsAsync(string unit, DifferenceList differences, CancellationToken cancellationToken);

    /// <summary>Keeps a record that could not be synchronised, or notes that it still cannot (P30).</summary>
    ValueTask DeadLetterAsync(DeadLetter letter, CancellationToken cancellationToken);

    /// <summary>Records that something was recovered by itself (P31): a retry, a reconnect, a resync.</summary>
    ValueTask RecoveryAsync(AuditRecovery recovery, CancellationToken cancellationToken);

    /// <summary>
    /// Records the end of a unit. Dead letters of it that did not come up again in a complete reading are settled.
    /// </summary>
    ValueTask UnitAsync(UnitOutcome outcome, CancellationToken cancellationToken);

    /// <summary>Records the end of the run (P09, P05); afterwards everything is durable.</summary>
    ValueTask CompleteAsync(RunOutcome outcome, CancellationToken cancellationToken);
}
