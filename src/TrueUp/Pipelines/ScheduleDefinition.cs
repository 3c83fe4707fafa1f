namespace TrueUp.Pipelines;

/// <summary>When a pipeline runs by itself: an interval or a cron expression.</summary>
public sealed record ScheduleDefinition
{
    /// <summary>The interval, or null.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>The cron expression (five fields), or null.</summary>
    public string? Cron { get; init; }

    /// <summary>The time zone of the cron expression.</summary>
    public string Zone { get; init; } = "UTC";

    /// <summary>Whether an interval under a minute is meant.</summary>
    public bool AllowSeconds { get; init; }

    /// <summary>What becomes of a time at which no server was there.</summary>
    public MissedPolicy Missed { get; init; } = MissedPolicy.Run;

    /// <summary>Whether the schedule only compares, and writes nothing.</summary>
    public bool VerifyOnly { get; init; }
}
