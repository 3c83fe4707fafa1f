using TrueUp.Audit;

namespace TrueUp.Store.Records;

/// <summary>What became of a record, or of all records of a bulk load's batch.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Unit">The unit; empty when the pipeline has one part only.</param>
/// <param name="Operation">What was done.</param>
/// <param name="Succeeded">Whether it went through.</param>
/// <param name="Key">The record's key; of a batch, the first.</param>
/// <param name="Timestamp">When (UTC).</param>
public sealed record RecordEntry(
    string RunId,
    string Unit,
    RecordOperation Operation,
    bool Succeeded,
    string Key,
    DateTimeOffset Timestamp
)
{
    /// <summary>What went wrong, or why the record was skipped; null otherwise.</summary>
    public string? Error { get; init; }

    /// <summary>How many records the entry stands for: 1, or the size of a batch.</summary>
    public int Count { get; init; } = 1;

    /// <summary>The last key of a batch; null for a single record.</summary>
    public string? LastKey { get; init; }
}
