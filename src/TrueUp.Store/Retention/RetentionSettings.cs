namespace TrueUp.Store.Retention;

/// <summary>How long a home keeps what.</summary>
public sealed record RetentionSettings
{
    /// <summary>Age of a run, counted from its end, after which it goes into the archive; by default 90 days.</summary>
    public TimeSpan Audit { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Age of metrics after which only a summary of each day is kept; by default 90 days.</summary>
    public TimeSpan Metrics { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Age of an alert after which it counts as seen; by default 30 days.</summary>
    public TimeSpan Alerts { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Runs and jobs archived at most in one go; the next goes on.</summary>
    public int RunsMax { get; init; } = 10_000;
}
