namespace TrueUp.Server.Scheduling;

/// <summary>Knows when pipelines run by themselves next.</summary>
internal interface INextFires
{
    /// <summary>The next times a pipeline fires (UTC), in order; empty when it has no schedule or is paused.</summary>
    /// <param name="pipeline">Its name.</param>
    /// <param name="count">How many times at most, from 1.</param>
    IReadOnlyList<DateTimeOffset> Next(string pipeline, int count);
}
