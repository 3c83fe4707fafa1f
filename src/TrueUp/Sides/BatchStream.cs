using System.Runtime.CompilerServices;
using System.Threading.Channels;
using TrueUp.Rows;

namespace TrueUp.Sides;

/// <summary>Helpers for streams of batches.</summary>
public static class BatchStream
{
    /// <summary>
    /// Reads ahead on another thread, a few batches at most, so that reading and what is done with the rows overlap.
    /// </summary>
    public static async IAsyncEnumerable<RowBatch> Prefetch(
        this IAsyncEnumerable<RowBatch> batches,
        int ahead = 4,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(batches);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var channel = Background.Queue<RowBatch>(ahead);
        var producer = Background.Run(() => ProduceAsync(batches, channel.Writer, stop.Token));
        try
        {
            await foreach (var batch in channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return batch;
            }
        }
        finally
        {
            await Background.CancelAsync(stop).ConfigureAwait(false);
            await producer.ConfigureAwait(false);
            while (channel.Reader.TryRead(out var left))
            {
                left.Dispose();
            }
        }
    }

    private static async Task ProduceAsync(
        IAsyncEnumerable<RowBatch> batches,
        ChannelWriter<RowBatch> writer,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await foreach (var batch in batches.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                await writer.WriteAsync(batch, cancellationToken).ConfigureAwait(false);
            }
            writer.Complete();
        }
        catch (Exception error)
        {
            // The reader of the channel sees it; here it would be lost.
            writer.TryComplete(error);
        }
    }
}
