using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SQLitePCL;
using TrueUp.Connectors.Sqlite.Cells;
using TrueUp.Connectors.Sqlite.Connections;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Connectors.Sqlite.Reading;

/// <summary>Describes a row that could not be carried as it is.</summary>
internal static class FaultyRow
{
    private const int RawLengthMax = 8192;
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A source's row as a rejection.</summary>
    /// <param name="plan">What was read.</param>
    /// <param name="reader">Stands on the row.</param>
    /// <param name="statement">Stands on the row.</param>
    /// <param name="tuple">The row, null where a value could not be read.</param>
    public static RejectedRecord Reject(RowPlan plan, RowReader reader, Statement statement, ReadOnlySpan<byte> tuple)
    {
        var column = reader.Fault < 0 ? null : plan.Columns[reader.Fault];
        return new RejectedRecord(
            reader.IsTooLarge ? "row_too_large" : "invalid_format",
            reader.IsTooLarge
                ? $"the row is longer than {plan.RowBytesMax} bytes"
                : $"the value of {column!.SourceName} is no {column.Carrier}"
        )
        {
            Column = column?.TargetName,
            Key = IsKeyRead(plan, reader) ? Key(plan, tuple) : null,
            Raw = Raw(plan, statement),
        };
    }

    /// <summary>Refuses a target's row whose key cannot be told: it could neither be compared nor repaired.</summary>
    public static SideException UnreadableKey(RowPlan plan, SqliteSide side, int column) =>
        new(
            ErrorType.Validation,
            $"{side.Name} has a row whose key column '{plan.Columns[column].TargetName}' holds no {plan.Columns[column].Carrier}.",
            $"Find it with SELECT typeof({Identifier.Quote(plan.Columns[column].TargetName)}) and correct or remove it."
        )
        {
            Code = "target_key_unreadable",
        };

    /// <summary>The first key column that could not be read, or -1.</summary>
    public static int KeyFault(RowPlan plan, RowReader reader, Statement statement, ReadOnlySpan<byte> tuple)
    {
        // Only the first fault is remembered, but a key column read as null although it is not says the same.
        foreach (var key in reader.Fault < 0 ? [] : plan.Schema.KeyOrdinals)
        {
            if (!FieldReader.At(tuple, key, out _) && !statement.IsNull(key))
            {
                return key;
            }
        }
        return -1;
    }

    private static bool IsKeyRead(RowPlan plan, RowReader reader) => !plan.Schema.KeyOrdinals.Contains(reader.Fault);

    private static byte[] Key(RowPlan plan, ReadOnlySpan<byte> tuple)
    {
        using var builder = new RowBatchBuilder(plan.KeySchema, rowsMax: 1, bytesMax: 256);
        DigestRow.WriteKey(builder, plan, tuple);
        using var key = builder.Build();
        return key.Row(0).ToArray();
    }

    // The record as the source has it, as one JSON object, cut off when it is long.
    private static string Raw(RowPlan plan, Statement statement)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            for (var i = 0; i < plan.Columns.Count; i++)
            {
                json.WritePropertyName(plan.Columns[i].SourceName);
                WriteValue(json, statement, i);
            }
            json.WriteEndObject();
        }
        var text = Encoding.UTF8.GetString(output.GetBuffer(), 0, (int)output.Length);
        return text.Length <= RawLengthMax ? text : string.Concat(text.AsSpan(0, RawLengthMax), "…");
    }

    private static void WriteValue(Utf8JsonWriter json, Statement statement, int column)
    {
        switch (statement.Storage(column))
        {
            case raw.SQLITE_INTEGER:
                json.WriteNumberValue(statement.Int64(column));
                break;
            case raw.SQLITE_FLOAT:
                json.WriteStringValue(statement.Text(column));
                break;
            case raw.SQLITE_TEXT:
                json.WriteStringValue(Encoding.UTF8.GetString(Cut(TextCell.Bytes(statement, column, isUtf8: false))));
                break;
            case raw.SQLITE_BLOB:
                json.WriteStringValue($"\\x{Convert.ToHexStringLower(Cut(statement.Bytes(column)))}");
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }

    private static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> value) => value[..Math.Min(value.Length, RawLengthMax)];
}
