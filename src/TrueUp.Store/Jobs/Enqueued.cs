namespace TrueUp.Store.Jobs;

/// <summary>A request's job.</summary>
/// <param name="Result">What became of the request.</param>
/// <param name="Job">The job that covers it, or the one that stands in its way; null for a pipeline that is
/// paused.</param>
public sealed record Enqueued(EnqueueResult Result, Job? Job);
