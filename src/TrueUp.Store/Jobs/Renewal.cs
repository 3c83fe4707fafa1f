namespace TrueUp.Store.Jobs;

/// <summary>What the queue says when a claim is renewed.</summary>
/// <param name="IsHeld">False when another server has the job, or it was ended: stop.</param>
/// <param name="CancelRequestedBy">Who wants it cancelled, or null.</param>
public sealed record Renewal(bool IsHeld, string? CancelRequestedBy);
