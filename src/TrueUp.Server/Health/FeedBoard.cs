using System.Collections.Concurrent;

namespace TrueUp.Server.Health;

/// <summary>When change feeds last moved: each tells by itself. Safe for use by several threads.</summary>
internal sealed class FeedBoard(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _moved = new(StringComparer.Ordinal);

    /// <summary>A feed made progress, or found that there is nothing to do.</summary>
    public void Moved(string feed) => _moved[feed] = clock.GetUtcNow();

    /// <summary>A feed is over: nobody waits for it.</summary>
    public void Left(string feed) => _moved.TryRemove(feed, out _);

    /// <summary>Feeds that did not move for so long.</summary>
    public IReadOnlyList<string> Stalled(TimeSpan limit)
    {
        var before = clock.GetUtcNow() - limit;
        return [.. _moved.Where(feed => feed.Value < before).Select(feed => feed.Key).Order(StringComparer.Ordinal)];
    }
}
