using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using TrueUp.Digests;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Runs;

/// <summary>
/// The rows of a source that cannot seek, put by one reading into a temporary file for each group of parts; so memory
/// stays flat
/// and a file is not read once for each group.
/// </summary>
internal sealed class RowSpool : IDisposable
{
    private readonly RowSchema _schema;
    private readonly FileStream[] _files;

    private RowSpool(RowSchema schema, int groups)
    {
        _schema = schema;
        _files = [.. Enumerable.Range(0, groups).Select(_ => TemporaryFile.Create())];
    }

    public static async ValueTask<RowSpool> FillAsync(
        RowPlan plan,
        IRowSet source,
        Comparison comparison,
        List<IReadOnlyList<int>> groups,
        CancellationToken cancellationToken
    )
    {
        var groupOf = new Dictionary<int, int>();
        for (var group = 0; group < groups.Count; group++)
        {
            foreach (var part in groups[group])
            {
                groupOf[part] = group;
            }
        }
        var spool = new RowSpool(plan.Schema, groups.Count);
        try
        {
            var hasher = new RowHasher(plan.Schema);
            var selection = new PartSelection(comparison.Partitioning, comparison.Differing);
            await foreach (var batch in source.ReadAsync(selection, null, cancellationToken))
            {
                using (batch)
                {
                    for (var i = 0; i < batch.Count; i++)
                    {
                        var part = comparison.Partitioning.PartOf(plan.Schema, batch.Row(i), hasher);
                        spool.Write(groupOf[part], batch.Row(i), batch.Ordinal(i));
                    }
                }
            }
            return spool;
        }
        catch
        {
            spool.Dispose();
            throw;
        }
    }

    public async IAsyncEnumerable<RowBatch> Read(
        int group,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var file = _files[group];
        file.Position = 0;
        var head = new byte[12];
        var row = new byte[1024];
        using var builder = new RowBatchBuilder(_schema);
        while (await file.ReadAtLeastAsync(head, 12, throwOnEndOfStream: false, cancellationToken) == 12)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(head);
            if (row.Length < length)
            {
                row = new byte[length];
            }
            await file.ReadExactlyAsync(row.AsMemory(0, length), cancellationToken);
            builder.WriteTuple(row.AsSpan(0, length), BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(4)));
            if (builder.IsFull)
            {
                yield return builder.Build();
            }
        }
        if (builder.Count > 0)
        {
            yield return builder.Build();
        }
    }

    public void Dispose()
    {
        foreach (var file in _files)
        {
            file.Dispose();
        }
    }

    private void Write(int group, ReadOnlySpan<byte> row, long ordinal)
    {
        Span<byte> head = stackalloc byte[12];
        BinaryPrimitives.WriteInt32LittleEndian(head, row.Length);
        BinaryPrimitives.WriteInt64LittleEndian(head[4..], ordinal);
        _files[group].Write(head);
        _files[group].Write(row);
    }
}
