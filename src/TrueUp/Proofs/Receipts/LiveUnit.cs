namespace TrueUp.Proofs.Receipts;

/// <summary>One unit then and now.</summary>
/// <param name="Unit">Its name; empty when the pipeline has one part only.</param>
/// <param name="VerdictThen">What the receipt claims, or null when it does not know the unit.</param>
/// <param name="Verdict">What holds now, or null when the unit is gone.</param>
/// <param name="Source">The source.</param>
/// <param name="Target">The target.</param>
/// <param name="Gaps">Keys missing on the target now.</param>
/// <param name="Drift">Rows that differ now.</param>
/// <param name="Extra">Rows too many on the target now.</param>
public sealed record LiveUnit(
    string Unit,
    string? VerdictThen,
    string? Verdict,
    LiveSide Source,
    LiveSide Target,
    long Gaps,
    long Drift,
    long Extra
);
