namespace TrueUp.Server.Api.Config;

/// <summary>What would be wrong, and what would change.</summary>
internal sealed record ConfigDraftResult(
    bool Ok,
    IReadOnlyList<FindingBody> Findings,
    IReadOnlyList<ConfigDifferenceBody> Changes
);
