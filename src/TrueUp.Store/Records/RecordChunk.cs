using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using TrueUp.Audit;

namespace TrueUp.Store.Records;

/// <summary>
/// Keys that had the same done to them at the same time, as UTF-8 one behind the other. What a caller fills on its own
/// thread and the log writes later; used again afterwards.
/// </summary>
internal sealed class RecordChunk : IBufferWriter<byte>
{
    private const int PooledMax = 16;
    private const int PooledBytesMax = 1 << 20;

    private static readonly ConcurrentBag<RecordChunk> Pool = [];

    private byte[] _keys = new byte[1 << 12];
    private int[] _ends = new int[64];
    private int _length;

    public string Unit { get; private set; } = "";

    public RecordOperation Operation { get; private set; }

    public bool Succeeded { get; private set; }

    public long TimeUs { get; private set; }

    /// <summary>What went wrong with the one record, or null.</summary>
    public string? Error { get; private set; }

    /// <summary>0 when each key is an entry; else the size of a batch of which first and last key are kept.</summary>
    public int BulkCount { get; private set; }

    /// <summary>Keys written.</summary>
    public int Count { get; private set; }

    /// <summary>All keys, one behind the other.</summary>
    public ReadOnlySpan<byte> Keys => _keys.AsSpan(0, _length);

    /// <summary>Gives an empty chunk.</summary>
    public static RecordChunk Rent(string unit, RecordOperation operation, bool succeeded, long timeUs,
        string? error = null, int bulkCount = 0)
    {
        var chunk = Pool.TryTake(out var pooled) ? pooled : new RecordChunk();
        chunk.Unit = unit;
        chunk.Operation = operation;
        chunk.Succeeded = succeeded;
        chunk.TimeUs = timeUs;
        chunk.Error = error;
        chunk.BulkCount = bulkCount;
        chunk.Count = 0;
        chunk._length = 0;
        return chunk;
    }

    /// <summary>Gives the chunk back for another use.</summary>
    public void Return()
    {
        if (Pool.Count < PooledMax && _keys.Length <= PooledBytesMax)
        {
            Pool.Add(this);
        }
    }

    /// <summary>One key.</summary>
    public ReadOnlySpan<byte> Key(int index) => _keys.AsSpan(Start(index), _ends[index] - Start(index));

    /// <summary>Ends the key that was written into this chunk.</summary>
    public void EndKey()
    {
        if (Count == _ends.Length)
        {
            Array.Resize(ref _ends, Count * 2);
        }
        _ends[Count++] = _length;
    }

    /// <summary>Adds a key that is at hand.</summary>
    public void AddKey(string key)
    {
        Advance(Encoding.UTF8.GetBytes(key, GetSpan(Encoding.UTF8.GetMaxByteCount(key.Length))));
        EndKey();
    }

    /// <inheritdoc />
    public void Advance(int count) => _length += count;

    /// <inheritdoc />
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _keys.AsMemory(_length);
    }

    /// <inheritdoc />
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _keys.AsSpan(_length);
    }

    private int Start(int index) => index == 0 ? 0 : _ends[index - 1];

    private void Reserve(int size)
    {
        var needed = checked(_length + Math.Max(size, 1));
        if (needed > _keys.Length)
        {
            Array.Resize(ref _keys,
                (int)Math.Min(Math.Max((uint)needed, (uint)_keys.Length * 2), (uint)Array.MaxLength));
        }
    }
}
