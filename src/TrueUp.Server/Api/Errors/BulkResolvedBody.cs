namespace TrueUp.Server.Api.Errors;

/// <summary>What became of several errors.</summary>
/// <param name="Resolved">Numbers of those that are resolved now.</param>
/// <param name="AlreadyResolved">Numbers of those that were before.</param>
/// <param name="NotFound">Numbers that no error has.</param>
internal sealed record BulkResolvedBody(
    IReadOnlyList<long> Resolved,
    IReadOnlyList<long> AlreadyResolved,
    IReadOnlyList<long> NotFound
);
