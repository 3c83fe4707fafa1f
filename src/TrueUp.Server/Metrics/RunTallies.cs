using System.Collections.Concurrent;

namespace TrueUp.Server.Metrics;

/// <summary>How the last runs of each pipeline ended on this server. Safe for use by several threads.</summary>
internal sealed class RunTallies
{
    /// <summary>Runs of a pipeline that are remembered.</summary>
    public const int RunsMax = 20;

    private const int PipelinesMax = 10_000;

    private readonly ConcurrentDictionary<string, Queue<bool>> _runs = new(StringComparer.Ordinal);

    /// <summary>A run ended.</summary>
    public void Note(string pipeline, bool isFailed)
    {
        if (_runs.Count >= PipelinesMax && !_runs.ContainsKey(pipeline))
        {
            return;
        }
        var runs = _runs.GetOrAdd(pipeline, _ => new Queue<bool>(RunsMax));
        lock (runs)
        {
            if (runs.Count == RunsMax)
            {
                runs.Dequeue();
            }
            runs.Enqueue(isFailed);
        }
    }

    /// <summary>Of a pipeline's last runs on this server, how many there were and which part failed (0 to 1).</summary>
    public (int Runs, double ErrorRate) Of(string pipeline)
    {
        if (!_runs.TryGetValue(pipeline, out var runs))
        {
            return (0, 0);
        }
        lock (runs)
        {
            return (runs.Count, runs.Count(isFailed => isFailed) / (double)runs.Count);
        }
    }
}
