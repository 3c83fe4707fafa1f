using TrueUp.Rows;

namespace TrueUp.Runs;

/// <summary>Collects differences of one kind into batches.</summary>
internal sealed class DifferenceBuilder(DifferenceKind kind, RowSchema schema) : IDisposable
{
    private readonly RowBatchBuilder _rows = new(schema);
    private readonly List<long> _hashes = [];
    private readonly List<long> _stamps = [];

    public bool IsFull => _rows.IsFull;

    public bool IsEmpty => _rows.Count == 0;

    public void Add(ReadOnlySpan<byte> tuple, long ordinal, long targetHash, long targetStamp)
    {
        _rows.WriteTuple(tuple, ordinal);
        _hashes.Add(targetHash);
        _stamps.Add(targetStamp);
    }

    public DifferenceBatch Build()
    {
        var batch = new DifferenceBatch(kind, _rows.Build(), [.. _hashes], [.. _stamps]);
        _hashes.Clear();
        _stamps.Clear();
        return batch;
    }

    public void Dispose() => _rows.Dispose();
}
