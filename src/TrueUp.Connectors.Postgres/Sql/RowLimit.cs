using TrueUp.Connectors.Postgres.Catalog;
using TrueUp.Rows;

namespace TrueUp.Connectors.Postgres.Sql;

/// <summary>
/// The condition that a row is not longer than a plan allows, in SQL, so that digests leave out the same rows as
/// readings.
/// </summary>
internal static class RowLimit
{
    // A page holds a row of at most 8 KB unless values are stored apart; compression shrinks at most 1 : 255.
    private const int InPageBytesMax = 4 << 20;
    private const int ShrinkMax = 512;

    /// <summary>The condition, or null when no row of the table can be too long.</summary>
    /// <param name="rows">What is read.</param>
    /// <param name="size">The table's size, or null when it is unknown.</param>
    public static string? Condition(RowSql rows, TableSize? size)
    {
        var limit = rows.Plan.RowBytesMax;
        if (size is not null && limit >= InPageBytesMax && size.LongValueBytes < limit / ShrinkMax)
        {
            return null;
        }

        var fixedBytes = 2L;
        List<string> lengths = [];
        for (var i = 0; i < rows.Columns.Count; i++)
        {
            fixedBytes += 4;
            if (IsLong(rows.Columns[i], rows.Plan.Columns[i].Carrier, limit))
            {
                lengths.Add(Length(rows.Columns[i], rows.Values[i], limit));
            }
            else
            {
                fixedBytes += 8;
            }
        }
        return lengths.Count == 0 ? null : $"{string.Join(" + ", lengths)} <= {limit - fixedBytes}";
    }

    private static bool IsLong(PgColumn column, LogicalType carrier, int limit)
    {
        if (CarrierSql.TypeOf(carrier) is not ("text" or "bytea"))
        {
            return false;
        }

        var isShort =
            column.BaseType
            is "name"
                or "bool"
                or "int2"
                or "int4"
                or "int8"
                or "float4"
                or "float8"
                or "date"
                or "time"
                or "timestamp"
                or "timestamptz"
                or "interval"
                or "uuid";
        // Length-limited text: four bytes a character, and the limit is kept with an added four.
        return !isShort
            && !(column.BaseType is "varchar" or "bpchar" && column.Modifier > 0 && column.Modifier * 4L < limit / 64);
    }

    // The length of text and bytes is known without unpacking them. Other types have to be written out, which is done
    // only
    // for values that are not small as they are stored.
    private static string Length(PgColumn column, string value, int limit)
    {
        var length = $"coalesce(octet_length({value}), 0)::int8";
        return column.BaseType is "text" or "varchar" or "bpchar" or "bytea"
            ? length
            : $"CASE WHEN pg_column_size({RowSql.ColumnSql(column)}) > {Math.Min(2000, limit / ShrinkMax)} THEN {length} ELSE 0 END";
    }
}
