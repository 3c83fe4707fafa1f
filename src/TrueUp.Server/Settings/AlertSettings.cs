namespace TrueUp.Server.Settings;

/// <summary>From when on something is worth an alert.</summary>
public sealed record AlertSettings
{
    /// <summary>Failures of a pipeline in a row (P43).</summary>
    public int ConsecutiveFailures { get; init; } = 3;

    /// <summary>More gaps than this in one run (P44).</summary>
    public int GapThreshold { get; init; } = 5;

    /// <summary>Minutes without a successful run, or twice the interval if that is longer.</summary>
    public int NoSyncThresholdMinutes { get; init; } = 30;
}
