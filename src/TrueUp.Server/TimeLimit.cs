namespace TrueUp.Server;

/// <summary>Gives work a limited time, whether or not it looks at its cancellation token.</summary>
internal static class TimeLimit
{
    /// <summary>
    /// Does work on another thread (some drivers block theirs) and waits no longer than allowed. What is late goes on
    /// until it notices the token: the caller must not start it over and over meanwhile.
    /// </summary>
    /// <exception cref="TimeoutException">It took too long.</exception>
    public static async Task<T> RunAsync<T>(
        this TimeProvider clock,
        TimeSpan limit,
        Func<CancellationToken, ValueTask<T>> work,
        CancellationToken cancellationToken
    )
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var task = Task.Run(async () => await work(stop.Token), CancellationToken.None);
        // Seen by somebody even when it is late, and the source lives as long as the work.
        _ = task.ContinueWith(
            done =>
            {
                _ = done.Exception;
                stop.Dispose();
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
        try
        {
            return await task.WaitAsync(limit, clock, cancellationToken);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException && !task.IsCompleted)
        {
            await stop.CancelAsync();
            throw;
        }
    }
}
