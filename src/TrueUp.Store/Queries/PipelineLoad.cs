namespace TrueUp.Store.Queries;

/// <summary>What the queue has to know of a pipeline.</summary>
/// <param name="Pipeline">Its name.</param>
/// <param name="AverageDuration">Mean seconds of a run, or null when it never ran.</param>
/// <param name="IsPaused">Whether nothing of it may begin.</param>
public sealed record PipelineLoad(string Pipeline, double? AverageDuration, bool IsPaused);
