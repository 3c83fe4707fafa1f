using System.Buffers.Binary;
using TrueUp.Rows;

namespace TrueUp.Sides;

/// <summary>Reads and writes tuples of <see cref="RowPlan.DigestSchema"/>: key, row hash, stamp.</summary>
public static class DigestRow
{
    /// <summary>Appends the digest row of a whole row.</summary>
    public static void Write(RowBatchBuilder builder, RowPlan plan, ReadOnlySpan<byte> row, long hash, long ordinal)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(plan);
        Span<byte> send = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(send, hash);
        builder.BeginRow(ordinal);
        foreach (var key in plan.Schema.KeyOrdinals)
        {
            Copy(builder, row, key);
        }
        builder.WriteField(send);
        if (plan.StampOrdinal is { } stamp)
        {
            Copy(builder, row, stamp);
        }
        builder.EndRow();
    }

    /// <summary>Appends the key tuple of a whole row to a batch of <see cref="RowPlan.KeySchema"/>.</summary>
    public static void WriteKey(RowBatchBuilder builder, RowPlan plan, ReadOnlySpan<byte> row, long ordinal = 0)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(plan);
        builder.BeginRow(ordinal);
        foreach (var key in plan.Schema.KeyOrdinals)
        {
            Copy(builder, row, key);
        }
        builder.EndRow();
    }

    private static void Copy(RowBatchBuilder builder, ReadOnlySpan<byte> row, int ordinal)
    {
        if (FieldReader.At(row, ordinal, out var value))
        {
            builder.WriteField(value);
        }
        else
        {
            builder.WriteNull();
        }
    }
}
