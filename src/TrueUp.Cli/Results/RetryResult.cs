namespace TrueUp.Cli.Results;

/// <summary>What <c>dead-letters retry</c> did: numbers of letters, and the runs it took.</summary>
internal sealed record RetryResult(
    IReadOnlyList<long> Settled,
    IReadOnlyList<long> Pending,
    IReadOnlyList<RunResult> Runs
);
