namespace TrueUp.Store.Queries;

/// <summary>Something that was recovered, or tried, without a person.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Action"><c>retry</c>, <c>reconnect</c>, <c>resync</c>, <c>bisect</c>, <c>resume</c>.</param>
/// <param name="Attempt">Which attempt, from 1.</param>
/// <param name="Reason">What made it necessary.</param>
/// <param name="Succeeded">Whether it helped; null while that is open.</param>
/// <param name="OccurredAt">When (UTC).</param>
public sealed record RecoveryEntry(string Unit, string Action, int Attempt, string Reason, bool? Succeeded,
    DateTimeOffset OccurredAt);
