namespace TrueUp.Pipelines.Validation;

/// <summary>When a pipeline runs by itself.</summary>
internal sealed class ScheduleValidator : IPipelineValidator
{
    private static readonly TimeSpan EveryMin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan EveryMax = TimeSpan.FromDays(365);

    public IEnumerable<Finding> Check(PipelineDefinition pipeline)
    {
        if (pipeline.Schedule is not { } schedule)
        {
            yield break;
        }
        switch (schedule)
        {
            case { Every: null, Cron: null }:
                yield return PipelineValidation.Error(
                    "schedule",
                    "missing_key",
                    "`schedule` says neither `every` nor `cron`.",
                    "Write `schedule: {every: 15m}` or `schedule: {cron: \"0 0 * * *\"}`."
                );
                break;
            case { Every: not null, Cron: not null }:
                yield return PipelineValidation.Error(
                    "schedule",
                    "bad_combination",
                    "`schedule` has both `every` and `cron`.",
                    "Keep one of them."
                );
                break;
            default:
                break;
        }
        if (schedule.Every is { } every && IntervalProblem(every, schedule.AllowSeconds) is { } interval)
        {
            yield return interval;
        }
        if (schedule.Cron is { } cron && CronSyntax.Problem(cron) is { } problem)
        {
            yield return PipelineValidation.Error(
                "schedule.cron",
                "bad_value",
                $"`schedule.cron` {problem}.",
                "Write five fields: minute hour day-of-month month day-of-week, for example \"*/15 8-18 * * mon-fri\"."
            );
        }
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(schedule.Zone, out _))
        {
            yield return PipelineValidation.Error(
                "schedule.zone",
                "bad_value",
                $"There is no time zone `{schedule.Zone}`.",
                "Write UTC or an IANA name such as Europe/Berlin."
            );
        }
    }

    private static Finding? IntervalProblem(TimeSpan every, bool allowSeconds) =>
        every switch
        {
            _ when every > EveryMax => PipelineValidation.Error(
                "schedule.every",
                "bad_value",
                "`schedule.every` is above 365 days.",
                "Choose a shorter interval."
            ),
            _ when every < TimeSpan.FromSeconds(1) => PipelineValidation.Error(
                "schedule.every",
                "bad_value",
                "`schedule.every` is below a second.",
                "Choose a longer interval."
            ),
            _ when every < EveryMin && !allowSeconds => PipelineValidation.Error(
                "schedule.every",
                "bad_value",
                "`schedule.every` is below a minute.",
                "Choose at least 1m, or add `allow_seconds: true` if seconds are meant."
            ),
            _ => null,
        };
}
