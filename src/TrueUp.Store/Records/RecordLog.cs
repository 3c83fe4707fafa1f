using System.Threading.Channels;
using TrueUp.Audit;
using TrueUp.Rows;

namespace TrueUp.Store.Records;

/// <summary>
/// The record entries of one run on their way to its segment files. Callers turn keys to bytes on their own threads; a
/// task packs and writes them. When it falls behind, callers do its work themselves instead of waiting in a queue
/// without end.
/// </summary>
internal sealed class RecordLog : IAsyncDisposable
{
    private const int QueueMax = 8;

    private readonly Channel<RecordChunk> _queue = Channel.CreateBounded<RecordChunk>(QueueMax);
    private readonly Lock _gate = new();
    private readonly SegmentWriter _writer;
    private readonly TimeProvider _clock;
    private readonly Task _loop;
    private volatile Exception? _failure;

    /// <param name="folder">The run's folder; created with the first block.</param>
    /// <param name="clock">When entries are made.</param>
    public RecordLog(string folder, TimeProvider clock)
    {
        _writer = new SegmentWriter(folder);
        _clock = clock;
        _loop = Task.Run(WriteAsync);
    }

    /// <summary>What stopped the log, or null.</summary>
    public Exception? Failure => _failure;

    /// <summary>An entry for each row.</summary>
    public void Add(string unit, RecordOperation operation, RowBatch rows)
    {
        var chunk = RecordChunk.Rent(unit, operation, succeeded: true, NowUs());
        for (var row = 0; row < rows.Count; row++)
        {
            KeyText.Write(rows.Schema, rows.Row(row), chunk);
            chunk.EndKey();
        }
        Queue(chunk);
    }

    /// <summary>One entry for all rows, with the first and the last key.</summary>
    public void AddBulk(string unit, RecordOperation operation, RowBatch rows)
    {
        var chunk = RecordChunk.Rent(unit, operation, succeeded: true, NowUs(), bulkCount: rows.Count);
        KeyText.Write(rows.Schema, rows.Row(0), chunk);
        chunk.EndKey();
        KeyText.Write(rows.Schema, rows.Row(rows.Count - 1), chunk);
        chunk.EndKey();
        Queue(chunk);
    }

    /// <summary>An entry for one record.</summary>
    public void Add(string unit, RecordOperation operation, string key, string? error)
    {
        var chunk = RecordChunk.Rent(unit, operation, succeeded: error is null, NowUs(), error);
        chunk.AddKey(key);
        Queue(chunk);
    }

    /// <summary>Writes everything to the disk. No entry may be added afterwards.</summary>
    public async ValueTask CompleteAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
        lock (_gate)
        {
            Try(_writer.Flush);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await CompleteAsync();
        _writer.Dispose();
    }

    private long NowUs() => (_clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private void Queue(RecordChunk chunk)
    {
        if (_queue.Writer.TryWrite(chunk))
        {
            return;
        }
        lock (_gate)
        {
            // What is queued comes first: a caller's entries stay in their order.
            while (TryWriteNext())
            {
            }
            Write(chunk);
        }
    }

    private async Task WriteAsync()
    {
        while (await _queue.Reader.WaitToReadAsync())
        {
            lock (_gate)
            {
                TryWriteNext();
            }
        }
    }

    private bool TryWriteNext()
    {
        if (!_queue.Reader.TryRead(out var chunk))
        {
            return false;
        }
        Write(chunk);
        return true;
    }

    private void Write(RecordChunk chunk)
    {
        Try(() => _writer.Append(chunk));
        chunk.Return();
    }

    /// <summary>After a failure nothing is written any more; the run is told and ends.</summary>
    private void Try(Action write)
    {
        if (_failure is not null)
        {
            return;
        }
        try
        {
            write();
        }
        catch (Exception error)
        {
            _failure = error;
        }
    }
}
