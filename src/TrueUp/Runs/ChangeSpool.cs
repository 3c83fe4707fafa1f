using System.Buffers.Binary;
using System.Runtime.InteropServices;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Runs;

/// <summary>
/// Holds the changes of a comparison until all of them are known: nothing is written to a target before it is clear how
/// much
/// would be deleted. A temporary file that goes with the spool; memory holds one batch.
/// </summary>
internal sealed class ChangeSpool(RowPlan plan) : IDisposable
{
    private readonly FileStream _file = TemporaryFile.Create();

    /// <summary>Changes in the spool, by kind.</summary>
    public long[] Counts { get; } = new long[3];

    public long Total => Counts.Sum();

    public void Add(ChangeBatch batch)
    {
        Counts[(int)batch.Kind] += batch.Rows.Count;
        Span<byte> head = stackalloc byte[24];
        BinaryPrimitives.WriteInt32LittleEndian(head, (int)batch.Kind);
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], batch.Rows.Count);
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], batch.Rows.Bytes.Length);
        BinaryPrimitives.WriteInt32LittleEndian(head[12..], batch.Expected.Length);
        BinaryPrimitives.WriteInt64LittleEndian(head[16..], batch.Seed);
        _file.Write(head);
        _file.Write(MemoryMarshal.AsBytes(batch.Expected.Span));
        for (var i = 0; i < batch.Rows.Count; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(head, batch.Rows.Row(i).Length);
            BinaryPrimitives.WriteInt64LittleEndian(head[4..], batch.Rows.Ordinal(i));
            _file.Write(head[..12]);
        }
        _file.Write(batch.Rows.Bytes.Span);
    }

    /// <summary>
    /// Reads the batches of one kind in the order they were added. The receiver disposes each batch's rows.
    /// </summary>
    public IEnumerable<ChangeBatch> Read(ChangeKind kind)
    {
        _file.Position = 0;
        var head = new byte[24];
        while (_file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length)
        {
            var count = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(4));
            var length = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(8));
            var expected = new long[BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(12))];
            if (BinaryPrimitives.ReadInt32LittleEndian(head) != (int)kind)
            {
                _file.Seek((expected.Length * 8L) + (count * 12L) + length, SeekOrigin.Current);
                continue;
            }
            var index = new byte[12 * count];
            var bytes = new byte[length];
            _file.ReadExactly(MemoryMarshal.AsBytes(expected.AsSpan()));
            _file.ReadExactly(index);
            _file.ReadExactly(bytes);
            yield return new ChangeBatch(
                kind,
                Rows(kind, index, bytes),
                expected,
                BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(16))
            );
        }
    }

    public void Dispose() => _file.Dispose();

    private RowBatch Rows(ChangeKind kind, byte[] index, byte[] bytes)
    {
        using var builder = new RowBatchBuilder(kind == ChangeKind.Delete ? plan.KeySchema : plan.Schema);
        var start = 0;
        for (var at = 0; at < index.Length; at += 12)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(index.AsSpan(at));
            builder.WriteTuple(
                bytes.AsSpan(start, length),
                BinaryPrimitives.ReadInt64LittleEndian(index.AsSpan(at + 4))
            );
            start += length;
        }
        return builder.Build();
    }
}
