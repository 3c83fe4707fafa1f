using System.Threading.Channels;

namespace TrueUp.Sides;

/// <summary>
/// Work beside the caller's. It goes to the thread pool; a simulation keeps it on its own thread, where it runs up to
/// its
/// first pause, so that the same seed makes everything happen in the same order.
/// </summary>
internal static class Background
{
    [ThreadStatic]
    private static bool _isInline;

    /// <summary>Whether what this thread starts stays on this thread.</summary>
    public static bool IsInline
    {
        get => _isInline;
        set => _isInline = value;
    }

    public static Task Run(Func<Task> work) => IsInline ? work() : Task.Run(work);

    public static Task<T> Run<T>(Func<Task<T>> work) => IsInline ? work() : Task.Run(work);

    /// <summary>
    /// A queue between one writer and one reader in which so many entries wait at most. A writer that had to wait
    /// always
    /// goes on in the thread pool, so in a simulation none has to.
    /// </summary>
    public static Channel<T> Queue<T>(int capacity) =>
        IsInline
            ? Channel.CreateUnbounded<T>(
                new UnboundedChannelOptions
                {
                    SingleReader = true,
                    SingleWriter = true,
                    AllowSynchronousContinuations = true,
                }
            )
            : Channel.CreateBounded<T>(
                new BoundedChannelOptions(capacity) { SingleReader = true, SingleWriter = true }
            );

    /// <summary>Cancels; what waits for it goes on beside the caller.</summary>
    public static Task CancelAsync(CancellationTokenSource source)
    {
        if (!IsInline)
        {
            return source.CancelAsync();
        }
        source.Cancel();
        return Task.CompletedTask;
    }
}
