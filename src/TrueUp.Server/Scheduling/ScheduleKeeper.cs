using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;
using TrueUp.Runs;
using TrueUp.Server.Pipelines;
using TrueUp.Server.Settings;
using TrueUp.Sides;
using TrueUp.Store;
using TrueUp.Store.Jobs;

namespace TrueUp.Server.Scheduling;

/// <summary>
/// Keeps Quartz's triggers as the pipelines and the settings say: one for each pipeline with a schedule. A trigger
/// whose schedule did not change is left alone, so that a restart or a changed file does not shift it. One that waits
/// for a time that was meant by a clock since set back is made anew: a clock that was wrong once silences no pipeline.
/// What waits of a pipeline that is gone is cancelled: no server could ever take it. Only what a person asked for waits
/// on, for that person to cancel, or for the file to come back.
/// </summary>
internal sealed class ScheduleKeeper(
    ISchedulerFactory factory,
    PipelineCatalog catalog,
    SettingsBoard settings,
    TrueUpHome home,
    TimeProvider clock,
    ILogger<ScheduleKeeper> logger
) : BackgroundService
{
    /// <summary>Who cancels what waits of a pipeline that is gone.</summary>
    public const string Canceller = "server: the pipeline is gone";

    private static readonly TimeSpan Again = TimeSpan.FromSeconds(10);

    // How often the clock is looked at, and how far it may go back, or servers' clocks differ, before it is said to be
    // set.
    private static readonly TimeSpan ClockPace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(1);

    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );
    private readonly HashSet<string> _met = new(StringComparer.Ordinal);
    private Seen _seen = Look(clock);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        catalog.Subscribe(_ => _changes.Writer.TryWrite(true));
        settings.Subscribe(_ => _changes.Writer.TryWrite(true));
        _changes.Writer.TryWrite(true);
        using var clockTimer = clock.CreateTimer(_ => WatchClock(), null, ClockPace, ClockPace);
        await foreach (var _ in _changes.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await KeepAsync(stoppingToken);
            }
            catch (Exception error) when (error is SchedulerException or SideException)
            {
                // The store is away: what it knows goes on, and what changed is tried again.
                logger.SchedulesNotKept(error.Message);
                await Task.Delay(Again, clock, stoppingToken);
                _changes.Writer.TryWrite(true);
            }
        }
    }

    /// <summary>Looks at all triggers again when the clock was set back.</summary>
    private void WatchClock()
    {
        var now = Look(clock);
        var before = Interlocked.Exchange(ref _seen, now);
        if (before.Now + clock.GetElapsedTime(before.Stamp, now.Stamp) - now.Now > ClockSlack)
        {
            logger.ClockSetBack(now.Now);
            _changes.Writer.TryWrite(true);
        }
    }

    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        var scheduler = await factory.GetScheduler(cancellationToken);
        var isRead = catalog.IsRead;
        var pipelines = catalog.Current;
        var isGone = Gone(pipelines, isRead);
        var wanted = Wanted(pipelines);
        var known = await KnownAsync(scheduler, cancellationToken);
        await scheduler.AddJob(
            JobBuilder.Create<FireJob>().WithIdentity(FireJob.Key).StoreDurably().RequestRecovery().Build(),
            new AddJobOptions { Replace = true },
            cancellationToken
        );
        var given = known.Keys.Where(name =>
            !wanted.ContainsKey(name) && (pipelines.GetValueOrDefault(name)?.Definition is not null || isGone(name))
        );
        await scheduler.UnscheduleJobs([.. given.Select(ScheduleSpec.KeyOf)], cancellationToken);
        foreach (var (name, spec) in wanted)
        {
            var (schedule, next) = known.GetValueOrDefault(name);
            if (schedule != spec.ToString() || next > spec.DueAfter(clock.GetUtcNow() + ClockSlack))
            {
                await scheduler.ScheduleTrigger(spec.Trigger(name, clock), TriggerConflict.Replace, cancellationToken);
                logger.Scheduled(name, spec.Describe());
            }
        }
        await CancelWaitingAsync(isGone, cancellationToken);
    }

    /// <summary>
    /// Which pipelines are gone: those without an entry, once the folder was read. While a file lies there that never
    /// was good, which may be any pipeline's, only those that this server has had before: of the others another server
    /// may have a good version, and what is unscheduled forgets when it was last due.
    /// </summary>
    private Func<string, bool> Gone(ImmutableSortedDictionary<string, PipelineEntry> pipelines, bool isRead)
    {
        _met.UnionWith(pipelines.Keys);
        var isWhole = pipelines.Values.All(entry => entry.Definition is not null);
        return name => isRead && !pipelines.ContainsKey(name) && (isWhole || _met.Contains(name));
    }

    private async Task CancelWaitingAsync(Func<string, bool> isGone, CancellationToken cancellationToken)
    {
        foreach (var job in await home.Queue.WaitingAsync(JobQueue.LimitMax, cancellationToken))
        {
            if (job.Trigger != TriggerSource.Manual && isGone(job.Pipeline))
            {
                await home.Queue.CancelAsync(job.Id, Canceller, cancellationToken);
                logger.WaitingCancelled(job.Id, job.Pipeline);
            }
        }
    }

    private Dictionary<string, ScheduleSpec> Wanted(ImmutableSortedDictionary<string, PipelineEntry> pipelines)
    {
        var intervals = settings.Current.Intervals;
        return pipelines
            .Values.Where(entry => entry.Definition is not null)
            .Select(entry => (entry.Name, Spec: ScheduleSpec.Of(entry.Definition!, intervals)))
            .Where(entry => entry.Spec is not null)
            .ToDictionary(entry => entry.Name, entry => entry.Spec!);
    }

    private static async Task<Dictionary<string, (string? Schedule, DateTimeOffset? Next)>> KnownAsync(
        IScheduler scheduler,
        CancellationToken cancellationToken
    )
    {
        var keys = await scheduler.GetTriggerKeys(
            GroupMatcher<TriggerKey>.GroupEquals(ScheduleSpec.Group),
            cancellationToken
        );
        var triggers = await scheduler.GetTriggers([.. keys], cancellationToken);
        return triggers.ToDictionary(
            trigger => trigger.Key.Name,
            trigger => (trigger.JobDataMap.GetString(FireJob.Schedule), trigger.NextFireTimeUtc)
        );
    }

    private static Seen Look(TimeProvider clock) => new(clock.GetUtcNow(), clock.GetTimestamp());

    /// <summary>The clock that can be set, and the one that cannot, at the same moment.</summary>
    private sealed record Seen(DateTimeOffset Now, long Stamp);
}
