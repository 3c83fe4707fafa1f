using System.Buffers.Binary;
using SQLitePCL;
using TrueUp.Connectors.Sqlite.Connections;
using TrueUp.Digests;
using TrueUp.Rows;

namespace TrueUp.Connectors.Sqlite.Reading;

/// <summary>
/// Ranges of an integer key column: cuts them from the data, and joins neighbours so that one statement reads them.
/// </summary>
internal static class KeyRanges
{
    /// <summary>
    /// Cuts at every so many rows. Skipping is done by OFFSET inside SQLite, which walks the index without handing out
    /// rows:
    /// each row is passed once, some 20 ns each.
    /// </summary>
    public static IReadOnlyList<KeyRange> Cut(
        Connection connection,
        string sql,
        LogicalKind kind,
        long rowsPerRange,
        CancellationToken cancellationToken
    )
    {
        using var statement = connection.Prepare(sql);
        var cuts = new List<byte[]>();
        for (var from = At(statement, long.MinValue, 0); from is { } value; )
        {
            cancellationToken.ThrowIfCancellationRequested();
            var next = At(statement, value, rowsPerRange);
            if (next == value && value < long.MaxValue)
            {
                // The first column of a key may repeat: more rows share this value than fit a range.
                next = At(statement, value + 1, 0);
            }
            if (next == value)
            {
                break;
            }
            if (next is { } cut)
            {
                cuts.Add(Send(kind, cut));
            }
            from = next;
        }
        return KeyRange.Cut(cuts);
    }

    /// <summary>The stretches of the key space that a selection touches, neighbours joined.</summary>
    public static IEnumerable<KeyRange> Stretches(Partitioning partitioning, IReadOnlyList<int>? parts)
    {
        var touched = parts is null
            ? partitioning.Ranges
            : [.. parts.Select(p => p / partitioning.Buckets).Distinct().Order().Select(r => partitioning.Ranges[r])];
        KeyRange? open = null;
        foreach (var range in touched)
        {
            if (open is null)
            {
                open = range;
            }
            else if (open.To is not null && range.From is not null && open.To.AsSpan().SequenceEqual(range.From))
            {
                open = open with { To = range.To };
            }
            else
            {
                yield return open;
                open = range;
            }
        }
        if (open is not null)
        {
            yield return open;
        }
    }

    /// <summary>The number a range's bound stands for.</summary>
    public static long Value(byte[] send) =>
        send.Length switch
        {
            2 => BinaryPrimitives.ReadInt16BigEndian(send),
            4 => BinaryPrimitives.ReadInt32BigEndian(send),
            _ => BinaryPrimitives.ReadInt64BigEndian(send),
        };

    // Null at the end of the numbers; texts and bytes sort behind them and belong to the last range.
    private static long? At(Statement statement, long from, long offset)
    {
        statement.Bind(1, from).Bind(2, offset);
        long? value = statement.Step() && statement.Storage(0) == raw.SQLITE_INTEGER ? statement.Int64(0) : null;
        statement.Reset();
        return value;
    }

    private static byte[] Send(LogicalKind kind, long value)
    {
        var send = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(send, value);
        return kind switch
        {
            LogicalKind.Int16 => send[6..],
            LogicalKind.Int32 => send[4..],
            _ => send,
        };
    }
}
