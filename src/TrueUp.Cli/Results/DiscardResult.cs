namespace TrueUp.Cli.Results;

/// <summary>What <c>dead-letters discard</c> did, by numbers of letters.</summary>
internal sealed record DiscardResult(IReadOnlyList<long> Discarded, IReadOnlyList<long> SettledBefore);
