namespace TrueUp.Store.Receipts;

/// <summary>A receipt that was written.</summary>
/// <param name="RunId">The run it is about.</param>
/// <param name="Pipeline">Its pipeline.</param>
/// <param name="Sequence">Its place in the pipeline's chain, from 1.</param>
/// <param name="Path">Where it is, relative to the home folder.</param>
/// <param name="Hash">SHA-256 of the receipt's body in lower-case hex: what the next one is chained to.</param>
/// <param name="CreatedAt">When it was noted (UTC).</param>
public sealed record ReceiptEntry(
    string RunId,
    string Pipeline,
    long Sequence,
    string Path,
    string Hash,
    DateTimeOffset CreatedAt
)
{
    /// <summary>When a witness was told of it (UTC), or null.</summary>
    public DateTimeOffset? WitnessedAt { get; init; }

    /// <summary>Why no witness could be told, or null.</summary>
    public string? WitnessProblem { get; init; }
}
