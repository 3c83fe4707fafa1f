using TrueUp.Pipelines;

namespace TrueUp.Recovery;

/// <summary>Exponential back-off with jitter.</summary>
public static class BackOff
{
    /// <summary>
    /// The pause before a retry: <c>initial × factor^attempt</c>, at most <c>max</c>, of which a random half is taken
    /// off, so that
    /// many that failed together do not come back together.
    /// </summary>
    /// <param name="retry">The policy.</param>
    /// <param name="attempt">Retries made before this one, from 0.</param>
    /// <param name="random">The jitter.</param>
    public static TimeSpan Delay(RetryDefinition retry, int attempt, Random random)
    {
        ArgumentNullException.ThrowIfNull(retry);
        ArgumentNullException.ThrowIfNull(random);
        var full = Math.Min(
            retry.Initial.TotalMilliseconds * Math.Pow(retry.Factor, attempt),
            retry.Max.TotalMilliseconds
        );
        return TimeSpan.FromMilliseconds(full * (1 - (random.NextDouble() / 2)));
    }
}
