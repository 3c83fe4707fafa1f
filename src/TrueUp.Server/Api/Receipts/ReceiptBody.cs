using TrueUp.Store.Receipts;

namespace TrueUp.Server.Api.Receipts;

/// <summary>A receipt that was written; its file is at <c>/receipts/{run_id}</c>.</summary>
/// <param name="RunId">The run it is about.</param>
/// <param name="Pipeline">Its pipeline.</param>
/// <param name="Sequence">Its place in the pipeline's chain, from 1.</param>
/// <param name="Hash">SHA-256 of its body in lower-case hex.</param>
/// <param name="CreatedAt">When it was noted.</param>
/// <param name="WitnessedAt">When a witness was told of it, or null.</param>
/// <param name="WitnessProblem">Why no witness could be told, or null.</param>
internal sealed record ReceiptBody(
    string RunId,
    string Pipeline,
    long Sequence,
    string Hash,
    DateTimeOffset CreatedAt,
    DateTimeOffset? WitnessedAt,
    string? WitnessProblem
)
{
    public static ReceiptBody Of(ReceiptEntry entry) =>
        new(
            entry.RunId,
            entry.Pipeline,
            entry.Sequence,
            entry.Hash,
            entry.CreatedAt,
            entry.WitnessedAt,
            entry.WitnessProblem
        );
}
