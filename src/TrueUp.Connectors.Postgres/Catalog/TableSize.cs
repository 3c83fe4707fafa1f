using TrueUp.Connectors.Postgres.Sessions;

namespace TrueUp.Connectors.Postgres.Catalog;

/// <summary>How large a table is on disk, with its partitions and heirs; needs no statistics.</summary>
/// <param name="Bytes">Of its own pages.</param>
/// <param name="LongValueBytes">Of values that are stored apart because they are long.</param>
internal sealed record TableSize(long Bytes, long LongValueBytes)
{
    private const string Sql = """
        WITH RECURSIVE tree(oid) AS (
          SELECT $1::int8::oid UNION SELECT i.inhrelid FROM tree JOIN pg_inherits i ON i.inhparent = tree.oid)
        SELECT coalesce(sum(pg_relation_size(c.oid)), 0)::int8,
          coalesce(sum(CASE WHEN c.reltoastrelid <> 0 THEN pg_relation_size(c.reltoastrelid) END), 0)::int8
        FROM tree JOIN pg_class c ON c.oid = tree.oid WHERE c.relkind IN ('r', 'm')
        """;

    public static async ValueTask<TableSize> MeasureAsync(
        Session session,
        long oid,
        CancellationToken cancellationToken
    )
    {
        await using var command = session.Command(Sql, oid);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new TableSize(reader.GetInt64(0), reader.GetInt64(1));
    }
}
