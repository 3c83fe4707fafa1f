using TrueUp.Runs;
using TrueUp.Store.Jobs;

namespace TrueUp.Server.Queue;

/// <summary>A job this server runs: what is known of it between two looks at the queue.</summary>
internal sealed class RunningJob : IProgress<RunProgress>, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ITimer _lease;
    private volatile RunProgress? _progress;
    private volatile string? _runId;
    private volatile bool _isOver;
    private int _reason;

    /// <param name="job">The job as it was claimed.</param>
    /// <param name="lease">How long it is this server's unless it is renewed.</param>
    /// <param name="clock">The time.</param>
    public RunningJob(Job job, TimeSpan lease, TimeProvider clock)
    {
        Job = job;
        // Whatever the control database does or does not answer: another server may have the job then.
        _lease = clock.CreateTimer(_ => Stop(StopReason.Lost), null, lease, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The job as it was claimed.</summary>
    public Job Job { get; }

    /// <summary>The run, once it began.</summary>
    public string? RunId
    {
        get => _runId;
        set => _runId = value;
    }

    /// <summary>Whether the queue knows how it ended: then the job is no longer held, and nothing was lost.</summary>
    public bool IsOver
    {
        get => _isOver;
        set => _isOver = value;
    }

    /// <summary>Stops the run at its next safe point.</summary>
    public CancellationToken Stopping => _stop.Token;

    /// <summary>Why it is stopped.</summary>
    public StopReason Reason => (StopReason)Volatile.Read(ref _reason);

    /// <summary>How far it is, or null before anything is known.</summary>
    public JobProgress? Progress =>
        _progress is { } progress
            ? new JobProgress
            {
                CurrentStage = progress.Phase,
                Unit = progress.Unit,
                UnitsProcessed = progress.UnitsProcessed,
                TotalUnits = progress.TotalUnits,
                RecordsProcessed = progress.RecordsProcessed,
                RecordsExpected = progress.TotalUnits == 1 ? progress.Expected : null,
                Errors = progress.ErrorsTotal,
            }
            : null;

    /// <summary>The run's own end, for whoever has to wait for it.</summary>
    public Task Ended { get; set; } = Task.CompletedTask;

    /// <summary>The lease was renewed: it lasts so long from now.</summary>
    public void Hold(TimeSpan lease) => _lease.Change(lease, Timeout.InfiniteTimeSpan);

    /// <inheritdoc />
    public void Report(RunProgress value) => _progress = value;

    /// <summary>Stops the run; the first reason is the one that counts.</summary>
    public void Stop(StopReason reason)
    {
        if (Interlocked.CompareExchange(ref _reason, (int)reason, (int)StopReason.None) == (int)StopReason.None)
        {
            _stop.Cancel();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _lease.Dispose();
        _stop.Dispose();
    }
}
