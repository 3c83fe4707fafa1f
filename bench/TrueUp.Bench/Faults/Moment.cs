namespace TrueUp.Bench.Faults;

/// <summary>
/// Waits for the moment at which harm is done. Random times are the point here, so this is where they are waited for.
/// </summary>
internal static class Moment
{
    /// <summary>Waits until the target's mark meets a condition; returns early when the process ends.</summary>
    public static async Task MarkAsync(
        TrueUpProcess process,
        IFaultTarget target,
        Func<TargetMark, bool> isReached,
        CancellationToken cancellationToken
    )
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(3));
        while (!process.HasEnded && !isReached(await target.MarkAsync(cancellationToken)))
        {
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    /// <summary>Lets a random part of a time pass.</summary>
    public static Task PartOfAsync(TimeSpan time, Random random, CancellationToken cancellationToken) =>
        Task.Delay(time * random.NextDouble(), cancellationToken);
}
