using TrueUp.Audit;
using TrueUp.Store.Records;

namespace TrueUp.Server.Api.Records;

/// <summary>What became of a record, or of all records of a bulk load's batch.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Unit">The unit; empty when the pipeline has one part only.</param>
/// <param name="Operation">What was done.</param>
/// <param name="Succeeded">Whether it went through.</param>
/// <param name="Key">The record's key; of a batch, the first.</param>
/// <param name="LastKey">The last key of a batch; null for a single record.</param>
/// <param name="Count">How many records the entry stands for.</param>
/// <param name="Error">What went wrong, or why it was skipped, or null.</param>
/// <param name="Timestamp">When.</param>
internal sealed record RecordBody(
    string RunId,
    string Unit,
    RecordOperation Operation,
    bool Succeeded,
    string Key,
    string? LastKey,
    int Count,
    string? Error,
    DateTimeOffset Timestamp
)
{
    public static RecordBody Of(RecordEntry entry) =>
        new(
            entry.RunId,
            entry.Unit,
            entry.Operation,
            entry.Succeeded,
            entry.Key,
            entry.LastKey,
            entry.Count,
            entry.Error,
            entry.Timestamp
        );
}
