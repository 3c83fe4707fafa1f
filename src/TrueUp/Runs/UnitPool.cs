using TrueUp.Sides;

namespace TrueUp.Runs;

/// <summary>Does numbered pieces of work, so many at the same time and beginning with the first.</summary>
internal static class UnitPool
{
    /// <summary>Returns when everything that was begun has ended.</summary>
    /// <param name="count">Pieces of work.</param>
    /// <param name="atOnce">How many are worked at together; with one they stay on the caller's thread.</param>
    /// <param name="run">Does a piece. An exception is a bug or the end of the run: the others are cancelled.</param>
    /// <param name="cancellationToken">Begins nothing more, and cancels what was begun.</param>
    public static async Task RunAsync(
        int count,
        int atOnce,
        Func<int, CancellationToken, Task> run,
        CancellationToken cancellationToken
    )
    {
        var next = -1;
        if (Math.Min(count, atOnce) <= 1)
        {
            await WorkAsync(cancellationToken);
            return;
        }
        using var all = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Not lazily: the workers have to run at the same time.
        Task[] workers =
        [
            .. Enumerable.Range(0, Math.Min(count, atOnce)).Select(_ => Background.Run(() => OrCancelAsync(all))),
        ];
        await Task.WhenAll(workers);

        async Task OrCancelAsync(CancellationTokenSource others)
        {
            try
            {
                await WorkAsync(others.Token);
            }
            catch
            {
                await Background.CancelAsync(others);
                throw;
            }
        }

        async Task WorkAsync(CancellationToken token)
        {
            while (!token.IsCancellationRequested && Interlocked.Increment(ref next) is var index && index < count)
            {
                await run(index, token);
            }
        }
    }
}
