using System.Collections.Concurrent;

namespace TrueUp.Server.Health;

/// <summary>When change feeds last moved: each tells by itself. Safe for use by several threads.</summary>
internal sealed class FeedBoard(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, long> _moved = new(StringComparer.Ordinal);

    /// <summary>A feed made progress, or found that there is nothing to do.</summary>
    public void Moved(string feed) => _moved[feed] = clock.GetTimestamp();

    /// <summary>A feed is over: nobody waits for it.</summary>
    public void Left(string feed) => _moved.TryRemove(feed, out _);

    /// <summary>Feeds that did not move for so long.</summary>
    public IReadOnlyList<string> Stalled(TimeSpan limit) =>
        [
            .. _moved
                .Where(feed => clock.GetElapsedTime(feed.Value) > limit)
                .Select(feed => feed.Key)
                .Order(StringComparer.Ordinal),
        ];
}
