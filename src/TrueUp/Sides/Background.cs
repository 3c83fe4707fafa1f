namespace TrueUp.Sides;

/// <summary>
/// Work beside the caller's. It goes to the thread pool; a simulation keeps it on its own thread, where it runs up to its
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
