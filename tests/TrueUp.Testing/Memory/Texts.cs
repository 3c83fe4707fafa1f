using System.Buffers.Binary;
using System.Text;
using TrueUp.Rows;

namespace TrueUp.Testing.Memory;

/// <summary>Makes tuples from display texts.</summary>
public static class Texts
{
    public static byte[] Tuple(RowSchema schema, IReadOnlyList<string?> texts)
    {
        using var builder = new RowBatchBuilder(schema);
        builder.BeginRow();
        for (var i = 0; i < texts.Count; i++)
        {
            if (texts[i] is not { } text)
            {
                builder.WriteNull();
                continue;
            }
            builder.BeginField();
            if (!schema.Codecs[i].TryParse(Encoding.UTF8.GetBytes(text), builder))
            {
                throw new FormatException($"'{text}' is no {schema.Columns[i].Type}");
            }
            builder.EndField();
        }
        builder.EndRow();
        using var batch = builder.Build();
        return batch.Row(0).ToArray();
    }

    public static byte[] KeyOf(RowSchema schema, ReadOnlySpan<byte> tuple) =>
        Pick(schema.KeySchema, tuple, schema.KeyOrdinals);

    /// <summary>A tuple of some fields of another.</summary>
    public static byte[] Pick(RowSchema schema, ReadOnlySpan<byte> tuple, IReadOnlyList<int> ordinals)
    {
        var length = 2;
        foreach (var ordinal in ordinals)
        {
            length += 4 + (ordinal >= 0 && FieldReader.At(tuple, ordinal, out var value) ? value.Length : 0);
        }
        var picked = new byte[length];
        BinaryPrimitives.WriteInt16BigEndian(picked, (short)ordinals.Count);
        var at = 2;
        foreach (var ordinal in ordinals)
        {
            var isThere = FieldReader.At(tuple, Math.Max(ordinal, 0), out var value) && ordinal >= 0;
            BinaryPrimitives.WriteInt32BigEndian(picked.AsSpan(at), isThere ? value.Length : -1);
            at += 4;
            if (isThere)
            {
                value.CopyTo(picked.AsSpan(at));
                at += value.Length;
            }
        }
        return picked;
    }
}
