namespace TrueUp.Server.Api.Receipts;

/// <summary>What the check of receipts came to.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Checked">How many were checked, the newest first.</param>
/// <param name="Holds">Whether all hold: hash, signature, place in the chain.</param>
/// <param name="Findings">What is wrong; at most 100.</param>
internal sealed record CheckedBody(string Pipeline, int Checked, bool Holds, IReadOnlyList<FindingBody> Findings);
