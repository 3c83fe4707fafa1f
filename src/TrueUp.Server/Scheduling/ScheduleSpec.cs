using Quartz;
using TrueUp.Pipelines;

namespace TrueUp.Server.Scheduling;

/// <summary>When a pipeline is due: its file's schedule, or the interval that replaces it.</summary>
internal sealed record ScheduleSpec(TimeSpan? Every, string? Cron, string Zone, MissedPolicy Missed, bool VerifyOnly)
{
    /// <summary>The group of all pipelines' triggers.</summary>
    public const string Group = "pipelines";

    /// <summary>The schedule of a pipeline, or null when it has none.</summary>
    public static ScheduleSpec? Of(PipelineDefinition pipeline, IReadOnlyDictionary<string, TimeSpan> intervals)
    {
        var schedule = pipeline.Schedule;
        if (intervals.TryGetValue(pipeline.Name, out var interval))
        {
            return new ScheduleSpec(
                interval,
                null,
                "UTC",
                schedule?.Missed ?? MissedPolicy.Run,
                schedule?.VerifyOnly ?? false
            );
        }
        return schedule is null || pipeline.Follow
            ? null
            : new ScheduleSpec(schedule.Every, schedule.Cron, schedule.Zone, schedule.Missed, schedule.VerifyOnly);
    }

    /// <summary>When it is due next after a time, or null for never again.</summary>
    public DateTimeOffset? DueAfter(DateTimeOffset time) =>
        Every is { } every
            ? time + every
            : CronExpression
                .Parse(Cron!, CronFormat.Unix)
                .WithTimeZone(TimeZoneInfo.FindSystemTimeZoneById(Zone))
                .GetNextValidTimeAfter(time);

    /// <summary>The key of a pipeline's trigger.</summary>
    public static TriggerKey KeyOf(string pipeline) => new(pipeline, Group);

    /// <summary>In words, for people.</summary>
    public string Describe() =>
        ScheduleWords.Of(
            new ScheduleDefinition
            {
                Every = Every,
                Cron = Cron,
                Zone = Zone,
            }
        )!;

    /// <summary>
    /// The trigger; one that was made for the same schedule has the same <see cref="FireJob.Schedule"/>.
    /// </summary>
    public ITrigger Trigger(string pipeline, TimeProvider clock)
    {
        var builder = TriggerBuilder
            .Create(clock)
            .WithIdentity(KeyOf(pipeline))
            .ForJob(FireJob.Key)
            .WithDescription(Describe())
            .UsingJobData(FireJob.VerifyOnly, VerifyOnly ? bool.TrueString : bool.FalseString)
            .UsingJobData(FireJob.Schedule, ToString())
            .StartNow();
        return Every is { } every
            ? builder.WithSchedule(Simple(every)).Build()
            : builder.WithSchedule(CronOf()).Build();
    }

    private SimpleScheduleBuilder Simple(TimeSpan every) =>
        SimpleScheduleBuilder
            .Create()
            .WithInterval(every)
            .RepeatForever()
            .WithMisfireInstruction(
                Missed == MissedPolicy.Run
                    ? SimpleTriggerMisfireInstruction.NowWithExistingCount
                    : SimpleTriggerMisfireInstruction.NextWithExistingCount
            );

    private CronScheduleBuilder CronOf() =>
        CronScheduleBuilder
            .Create(Cron!, CronFormat.Unix)
            .InTimeZone(TimeZoneInfo.FindSystemTimeZoneById(Zone))
            .WithMisfireInstruction(
                Missed == MissedPolicy.Run
                    ? CronTriggerMisfireInstruction.FireAndProceed
                    : CronTriggerMisfireInstruction.DoNothing
            );
}
