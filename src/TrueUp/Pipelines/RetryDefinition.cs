namespace TrueUp.Pipelines;

/// <summary>How failures that may pass are retried: exponential back-off with jitter.</summary>
public sealed record RetryDefinition
{
    /// <summary>Retries after the first try, 0 to 20.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>The pause before the first retry.</summary>
    public TimeSpan Initial { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>By how much each pause is longer than the one before.</summary>
    public double Factor { get; init; } = 2;

    /// <summary>The longest pause.</summary>
    public TimeSpan Max { get; init; } = TimeSpan.FromSeconds(30);
}
