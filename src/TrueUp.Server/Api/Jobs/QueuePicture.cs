using TrueUp.Store.Jobs;
using TrueUp.Store.Queries;

namespace TrueUp.Server.Api.Jobs;

/// <summary>The queue at one moment: what runs, what waits in which order, why, and how long.</summary>
internal sealed class QueuePicture
{
    private readonly DateTimeOffset _now;
    private readonly IReadOnlyDictionary<string, PipelineLoad> _loads;
    private readonly Func<string, bool> _canRun;
    private readonly HashSet<string> _runningPipelines;
    private readonly Dictionary<string, DateTimeOffset> _ends = [];
    private readonly double _usual;

    /// <param name="now">The moment (UTC).</param>
    /// <param name="running">Jobs that run.</param>
    /// <param name="waiting">Jobs that wait, in their order.</param>
    /// <param name="loads">What is known of their pipelines.</param>
    /// <param name="canRun">Whether a pipeline can run as its file is.</param>
    /// <param name="places">Runs all servers take together; 0 when none takes work.</param>
    public QueuePicture(
        DateTimeOffset now,
        IReadOnlyList<Job> running,
        IReadOnlyList<Job> waiting,
        IReadOnlyDictionary<string, PipelineLoad> loads,
        Func<string, bool> canRun,
        int places
    )
    {
        (_now, _loads, _canRun, Running, Waiting, Places) = (now, loads, canRun, running, waiting, places);
        _runningPipelines = running.Select(job => job.Pipeline).ToHashSet(StringComparer.Ordinal);
        _usual = loads.Values.Select(load => load.AverageDuration).OfType<double>().DefaultIfEmpty(0).Average();
        if (places > 0)
        {
            Estimate();
        }
    }

    /// <summary>Jobs that run.</summary>
    public IReadOnlyList<Job> Running { get; }

    /// <summary>Jobs that wait, in their order.</summary>
    public IReadOnlyList<Job> Waiting { get; }

    /// <summary>Runs all servers take together; 0 when none takes work.</summary>
    public int Places { get; }

    /// <summary>
    /// When a job will have ended, if runs take as long as they use to; null when its pipeline never ran, or nothing
    /// lets it begin.
    /// </summary>
    public DateTimeOffset? CompletionOf(Job job) => _ends.TryGetValue(job.Id, out var end) ? end : null;

    /// <summary>Why a job that waits does so.</summary>
    public WaitReason ReasonOf(Job job)
    {
        if (!_canRun(job.Pipeline))
        {
            return WaitReason.PipelineBroken;
        }
        if (_loads.GetValueOrDefault(job.Pipeline) is { IsPaused: true })
        {
            return WaitReason.Paused;
        }
        if (_runningPipelines.Contains(job.Pipeline))
        {
            return WaitReason.AlreadyRunning;
        }
        if (job.DueAt > _now)
        {
            return WaitReason.DueLater;
        }
        return Places == 0 ? WaitReason.NoServer
            : Running.Count >= Places ? WaitReason.NoRoom
            : WaitReason.Next;
    }

    private void Estimate()
    {
        foreach (var job in Running)
        {
            Keep(job, Left(job));
        }
        var estimate = new CompletionEstimate([.. Running.Select(Left)], Places);
        foreach (var job in Waiting)
        {
            var reason = ReasonOf(job);
            if (reason is WaitReason.Paused or WaitReason.PipelineBroken)
            {
                continue;
            }
            Keep(job, estimate.EndOf(Math.Max(0, (job.DueAt - _now).TotalSeconds), Duration(job)));
            if (reason is WaitReason.Next or WaitReason.NoRoom)
            {
                estimate.Take(Duration(job));
            }
        }
    }

    private void Keep(Job job, double seconds)
    {
        if (_loads.GetValueOrDefault(job.Pipeline)?.AverageDuration is not null)
        {
            _ends[job.Id] = _now.AddSeconds(seconds);
        }
    }

    private double Duration(Job job) => _loads.GetValueOrDefault(job.Pipeline)?.AverageDuration ?? _usual;

    private double Left(Job job) => Math.Max(0, Duration(job) - (_now - (job.StartedAt ?? _now)).TotalSeconds);
}
