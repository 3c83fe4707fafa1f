using System.Text;
using TrueUp.Connectors.Postgres.Catalog;
using TrueUp.Connectors.Postgres.Sessions;
using TrueUp.Connectors.Postgres.Sql;
using TrueUp.Digests;
using TrueUp.Rows;

namespace TrueUp.Connectors.Postgres.Writing;

/// <summary>Finds values that have no row.</summary>
internal static class MissingValues
{
    public static async ValueTask<IReadOnlySet<string>> FindAsync(
        Session session,
        PgTable table,
        string column,
        IReadOnlyCollection<string> values,
        CancellationToken cancellationToken
    )
    {
        var found = table[column];
        // Numbers, dates and identifiers are compared as such, whose texts can differ; a text that is none has no row.
        var isTyped = KeyRange.IsOrdered(found.Type.Kind);
        List<string> known = isTyped ? [.. values.Where(v => IsValue(found.Type, v))] : [.. values];
        var condition = isTyped ? $"{RowSql.ColumnSql(found)} = v::{CarrierSql.TypeOf(found.Type)}" : Text(found);
        await using var command = session.Command(
            $"SELECT v FROM unnest($1::text[]) AS u(v) WHERE EXISTS (SELECT 1 FROM {table.From} AS t WHERE {condition})",
            [known.ToArray()]
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var missing = new HashSet<string>(values, StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            missing.Remove(reader.GetString(0));
        }

        return missing;
    }

    private static string Text(PgColumn column)
    {
        var sql = RowSql.ColumnSql(column);
        var exact = $"{sql}::text COLLATE \"C\" = v COLLATE \"C\"";
        return column.BaseType is "text" or "varchar" ? $"{sql} = v AND {exact}" : exact;
    }

    private static bool IsValue(LogicalType type, string text)
    {
        var send = new System.Buffers.ArrayBufferWriter<byte>();
        return TypeCodec.For(type).TryParse(Encoding.UTF8.GetBytes(text), send);
    }
}
