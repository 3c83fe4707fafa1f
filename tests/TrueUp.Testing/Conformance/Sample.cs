using System.Buffers;
using System.Text;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Testing.Conformance;

/// <summary>
/// A table for tests: columns, key and rows as display texts (null is null), which every store can be filled from.
/// </summary>
public sealed record Sample(IReadOnlyList<Column> Columns, IReadOnlyList<string> Key, IReadOnlyList<string?[]> Rows)
{
    /// <summary>
    /// Numbered rows with texts that are easily damaged: empty, quoted, in several scripts, with line breaks.
    /// </summary>
    public static Sample Rich(IReadOnlyList<Column> columns, int count)
    {
        string[] texts =
        [
            "",
            " ",
            "a b",
            "O'Hara \"x\"",
            @"back\slash",
            "comma, (paren)",
            "zwölf 日本 🙂",
            "line\nbreak",
            "00501",
            "null",
        ];
        var rows = new List<string?[]>(count);
        for (var i = 0; i < count; i++)
        {
            rows.Add([.. columns.Select((column, ordinal) => Value(column, i, ordinal, texts))]);
        }

        return new Sample(columns, [columns[0].Name], rows);
    }

    /// <summary>The same table with other rows.</summary>
    public Sample With(params IReadOnlyList<string?[]> rows) => this with { Rows = rows };

    /// <summary>A plan that carries every column in its own type.</summary>
    public RowPlan Plan() =>
        new(
            [.. Columns.Select(c => new PlannedColumn(c.Name, c.Name, c.Type) { Nullable = c.Nullable })],
            [.. Key.Select(name => Columns.ToList().FindIndex(c => c.Name == name))]
        );

    /// <summary>All rows in transport form, at most one batch of them.</summary>
    public RowBatch ToBatch(RowPlan plan) => Encode(plan.Schema, Rows);

    /// <summary>The keys of all rows, for deletes and look-ups.</summary>
    public RowBatch ToKeys(RowPlan plan)
    {
        using var rows = ToBatch(plan);
        using var builder = new RowBatchBuilder(plan.KeySchema);
        for (var i = 0; i < rows.Count; i++)
        {
            DigestRow.WriteKey(builder, plan, rows.Row(i));
        }

        return builder.Build();
    }

    /// <summary>Rows in transport form from display texts.</summary>
    public static RowBatch Encode(RowSchema schema, IReadOnlyList<string?[]> rows)
    {
        using var builder = new RowBatchBuilder(schema);
        foreach (var row in rows)
        {
            builder.BeginRow();
            for (var i = 0; i < row.Length; i++)
            {
                WriteField(builder, schema.Codecs[i], row[i]);
            }

            builder.EndRow();
        }
        return builder.Build();
    }

    /// <summary>The display texts of a row in transport form.</summary>
    public static string?[] Decode(RowSchema schema, ReadOnlySpan<byte> tuple)
    {
        var texts = new string?[schema.Columns.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            if (!FieldReader.At(tuple, i, out var value))
            {
                continue;
            }

            var text = new ArrayBufferWriter<byte>();
            schema.Codecs[i].Format(value, text);
            texts[i] = Encoding.UTF8.GetString(text.WrittenSpan);
        }
        return texts;
    }

    private static void WriteField(RowBatchBuilder builder, TypeCodec codec, string? text)
    {
        if (text is null)
        {
            builder.WriteNull();
            return;
        }
        builder.BeginField();
        if (!codec.TryParse(Encoding.UTF8.GetBytes(text), builder))
        {
            throw new ArgumentException($"'{text}' is no {codec.Type}.", nameof(text));
        }

        builder.EndField();
    }

    private static string? Value(Column column, int row, int ordinal, string[] texts)
    {
        if (ordinal == 0)
        {
            return column.Type.Kind == LogicalKind.Text ? $"k{row:D6}" : $"{(row * 7L) + 1}";
        }

        if (column.Nullable && (row + ordinal) % 11 == 0)
        {
            return null;
        }

        return column.Type.Kind switch
        {
            LogicalKind.Text => texts[(row + ordinal) % texts.Length],
            LogicalKind.Float64 or LogicalKind.Float32 => $"{(row * 0.5) - 3}",
            LogicalKind.Bool => row % 2 == 0 ? "true" : "false",
            LogicalKind.Bytes => $"\\x{row % 256:x2}00ff",
            LogicalKind.Decimal => $"{row}.25",
            LogicalKind.Date => $"20{row % 100:D2}-02-03",
            _ => $"{row % 100}",
        };
    }
}
