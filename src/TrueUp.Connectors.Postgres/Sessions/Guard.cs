using System.Runtime.CompilerServices;

namespace TrueUp.Connectors.Postgres.Sessions;

/// <summary>Lets nothing of the driver's exceptions out of this connector.</summary>
internal static class Guard
{
    /// <summary>Runs an operation, translating what goes wrong.</summary>
    public static async ValueTask<T> RunAsync<T>(
        string doing,
        PgPhase phase,
        Func<ValueTask<T>> operation,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await operation();
        }
        catch (Exception error)
        {
            // A query that was cancelled because we asked for it is no failure of the server.
            cancellationToken.ThrowIfCancellationRequested();
            if (PgErrors.Translate(error, doing, phase) is { } translated)
            {
                throw translated;
            }

            throw;
        }
    }

    /// <summary>Runs an operation without a result, translating what goes wrong.</summary>
    public static async ValueTask RunAsync(
        string doing,
        PgPhase phase,
        Func<ValueTask> operation,
        CancellationToken cancellationToken
    ) =>
        await RunAsync(
            doing,
            phase,
            async () =>
            {
                await operation();
                return true;
            },
            cancellationToken
        );

    /// <summary>Passes a stream on, translating what goes wrong while it is read.</summary>
    public static async IAsyncEnumerable<T> StreamAsync<T>(
        string doing,
        IAsyncEnumerable<T> items,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var enumerator = items.GetAsyncEnumerator(cancellationToken);
        while (await RunAsync(doing, PgPhase.Reading, enumerator.MoveNextAsync, cancellationToken))
        {
            yield return enumerator.Current;
        }
    }
}
