using System.Buffers;
using System.Buffers.Binary;
using TrueUp.Connectors.Postgres.Reading;
using TrueUp.Connectors.Postgres.Sessions;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Connectors.Postgres.Writing;

/// <summary>
/// Sends batches to the server by binary COPY: as they are, or with position and expected hash behind each row.
/// </summary>
internal static class Stage
{
    private const int Added = 4 + sizeof(int) + 4 + sizeof(long);

    /// <summary>Copies whole rows as they are.</summary>
    public static async ValueTask CopyAsync(
        Session session,
        string columns,
        RowBatch rows,
        CancellationToken cancellationToken
    ) => await SendAsync(session, columns, rows.Bytes, cancellationToken);

    /// <summary>Copies rows or keys with their positions and hashes.</summary>
    public static async ValueTask FillAsync(
        Session session,
        IEnumerable<string> columns,
        ChangeBatch batch,
        CancellationToken cancellationToken
    )
    {
        var rows = batch.Rows;
        var buffer = ArrayPool<byte>.Shared.Rent(rows.Bytes.Length + (rows.Count * Added));
        try
        {
            var length = Write(batch, buffer);
            var target = $"pg_temp.trueup_stage ({string.Join(", ", columns)}, trueup_row, trueup_hash)";
            await SendAsync(session, target, buffer.AsMemory(0, length), cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static int Write(ChangeBatch batch, Span<byte> buffer)
    {
        var at = 0;
        for (var i = 0; i < batch.Rows.Count; i++)
        {
            var row = batch.Rows.Row(i);
            BinaryPrimitives.WriteInt16BigEndian(buffer[at..], (short)(BinaryPrimitives.ReadInt16BigEndian(row) + 2));
            row[2..].CopyTo(buffer[(at + 2)..]);
            at += row.Length;
            BinaryPrimitives.WriteInt32BigEndian(buffer[at..], sizeof(int));
            BinaryPrimitives.WriteInt32BigEndian(buffer[(at + 4)..], i);
            BinaryPrimitives.WriteInt32BigEndian(buffer[(at + 8)..], sizeof(long));
            BinaryPrimitives.WriteInt64BigEndian(
                buffer[(at + 12)..],
                batch.Expected.IsEmpty ? 0 : batch.Expected.Span[i]
            );
            at += Added;
        }
        return at;
    }

    private static async ValueTask SendAsync(
        Session session,
        string columns,
        ReadOnlyMemory<byte> tuples,
        CancellationToken cancellationToken
    )
    {
        await using var copy = await session.Connection.BeginRawBinaryCopyAsync(
            $"COPY {columns} FROM STDIN (FORMAT BINARY)",
            cancellationToken
        );
        await copy.WriteAsync(CopyFormat.Header, cancellationToken);
        await copy.WriteAsync(tuples, cancellationToken);
        await copy.WriteAsync(CopyFormat.Trailer, cancellationToken);
    }
}
