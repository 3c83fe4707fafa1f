using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;
using TrueUp.Server.Pipelines;
using TrueUp.Server.Settings;

namespace TrueUp.Server.Scheduling;

/// <summary>
/// Keeps Quartz's triggers as the pipelines and the settings say: one for each pipeline with a schedule. A trigger
/// whose schedule did not change is left alone, so that a restart or a changed file does not shift it. One that waits
/// for a time that was meant by a clock since set back is made anew: a clock that was wrong once silences no pipeline.
/// </summary>
internal sealed class ScheduleKeeper(
    ISchedulerFactory factory,
    PipelineCatalog catalog,
    SettingsBoard settings,
    TimeProvider clock,
    ILogger<ScheduleKeeper> logger
) : BackgroundService
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(10);

    // How often the clock is looked at, and how far it may go back, or servers' clocks differ, before it is said to be
    // set.
    private static readonly TimeSpan ClockPace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(1);

    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );
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
            catch (SchedulerException error)
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
        var wanted = Wanted();
        var known = await KnownAsync(scheduler, cancellationToken);
        await scheduler.AddJob(
            JobBuilder.Create<FireJob>().WithIdentity(FireJob.Key).StoreDurably().RequestRecovery().Build(),
            new AddJobOptions { Replace = true },
            cancellationToken
        );
        await scheduler.UnscheduleJobs([.. Given(known.Keys, wanted).Select(ScheduleSpec.KeyOf)], cancellationToken);
        foreach (var (name, spec) in wanted)
        {
            var (schedule, next) = known.GetValueOrDefault(name);
            if (schedule != spec.ToString() || next > spec.DueAfter(clock.GetUtcNow() + ClockSlack))
            {
                await scheduler.ScheduleTrigger(spec.Trigger(name, clock), TriggerConflict.Replace, cancellationToken);
                logger.Scheduled(name, spec.Describe());
            }
        }
    }

    /// <summary>
    /// Which triggers are to go. None, as long as a file is broken or the folder is empty: another server may have the
    /// last good version, and what is unscheduled forgets when it was last due.
    /// </summary>
    private IEnumerable<string> Given(IEnumerable<string> known, Dictionary<string, ScheduleSpec> wanted)
    {
        var pipelines = catalog.Current;
        var isWhole = pipelines.Count > 0 && pipelines.Values.All(entry => entry.Definition is not null);
        return isWhole ? known.Where(name => !wanted.ContainsKey(name)) : [];
    }

    private Dictionary<string, ScheduleSpec> Wanted()
    {
        var intervals = settings.Current.Intervals;
        return catalog
            .Current.Values.Where(entry => entry.Definition is not null)
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
