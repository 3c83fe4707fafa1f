namespace TrueUp.Server.Scheduling;

/// <summary>When pipelines are due.</summary>
internal interface INextFires
{
    /// <summary>A pipeline's schedule in words, or null when it has none.</summary>
    string? Describe(string pipeline);

    /// <summary>The next times at which pipelines are due (UTC); those without a schedule are left out.</summary>
    /// <param name="pipelines">Which.</param>
    /// <param name="count">Times of each at most, from 1.</param>
    /// <param name="cancellationToken">Cancels.</param>
    ValueTask<IReadOnlyDictionary<string, IReadOnlyList<DateTimeOffset>>> NextAsync(
        IReadOnlyCollection<string> pipelines,
        int count,
        CancellationToken cancellationToken
    );

    /// <summary>The next time at which any of these pipelines is due (UTC), or null when none is.</summary>
    /// <param name="pipelines">Which; there may be thousands.</param>
    /// <param name="cancellationToken">Cancels.</param>
    ValueTask<DateTimeOffset?> EarliestAsync(IReadOnlySet<string> pipelines, CancellationToken cancellationToken);
}
