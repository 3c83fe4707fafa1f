namespace TrueUp.Server.Settings;

/// <summary>Automatic later retries of what failed (P45).</summary>
public sealed record RecoverySettings
{
    /// <summary>Whether there are any.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>How long after a failure the first retry comes; each further one waits twice as long.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Retries at most until somebody or the schedule runs the pipeline again.</summary>
    public int RetriesMax { get; init; } = 3;
}
