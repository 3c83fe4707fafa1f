using TrueUp.Runs;
using TrueUp.Store.Jobs;

namespace TrueUp.Server.Queue;

/// <summary>A job this server runs: what is known of it between two looks at the queue.</summary>
/// <param name="job">The job as it was claimed.</param>
/// <param name="leaseEnd">When the lease ends unless it is renewed, by this server's clock.</param>
internal sealed class RunningJob(Job job, DateTimeOffset leaseEnd) : IProgress<RunProgress>, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private volatile RunProgress? _progress;
    private volatile string? _runId;
    private int _reason;

    /// <summary>The job as it was claimed.</summary>
    public Job Job => job;

    /// <summary>When the lease ends unless it is renewed, by this server's clock.</summary>
    public DateTimeOffset LeaseEnd { get; set; } = leaseEnd;

    /// <summary>The run, once it began.</summary>
    public string? RunId
    {
        get => _runId;
        set => _runId = value;
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
    public void Dispose() => _stop.Dispose();
}
