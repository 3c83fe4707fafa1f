using System.Data;
using Npgsql;
using Npgsql.Schema;
using TrueUp.Connectors.Postgres.Names;
using TrueUp.Connectors.Postgres.Sessions;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Connectors.Postgres.Catalog;

/// <summary>Reads what the server knows about tables and queries.</summary>
internal static class TableCatalog
{
    private const string ColumnsHead = """
        SELECT c.name, b.system, b.typname, b.modifier, format_type(c.type, c.modifier), format_type(c.type, -1),
          format_type(b.oid, b.modifier), c.required, c.generated, c.identity, b.typtype = 'e' OR b.system
        FROM (
        """;

    private const string ColumnsTail = """
        ) AS c(n, name, type, modifier, required, generated, identity)
        CROSS JOIN LATERAL (
          WITH RECURSIVE d(oid, modifier) AS (
            SELECT c.type, c.modifier
            UNION ALL
            SELECT t.typbasetype, CASE WHEN t.typtypmod < 0 THEN d.modifier ELSE t.typtypmod END
            FROM d JOIN pg_type t ON t.oid = d.oid WHERE t.typtype = 'd')
          SELECT d.oid, d.modifier, t.typname::text, t.typtype, t.typnamespace = 'pg_catalog'::regnamespace AS system
          FROM d JOIN pg_type t ON t.oid = d.oid WHERE t.typtype <> 'd') AS b
        ORDER BY c.n
        """;

    private const string TableColumns = """
        SELECT attnum::int, attname::text, atttypid, atttypmod, attnotnull, attgenerated <> '', attidentity = 'a'
        FROM pg_attribute WHERE attrelid = $1::int8::oid AND attnum > 0 AND NOT attisdropped
        """;

    private const string QueryColumns = """
        SELECT n::int, name, type, modifier, false, false, false
        FROM unnest($1::text[], $2::int8[]::oid[], $3::int[]) WITH ORDINALITY AS u(name, type, modifier, n)
        """;

    private const string KeySql = """
        SELECT i.indisprimary, array_agg(a.attname::text ORDER BY k.n)
        FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
        CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, n)
        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
        WHERE i.indrelid = $1::int8::oid AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL AND k.n <= i.indnkeyatts
        GROUP BY i.indisprimary, c.relname
        HAVING bool_and(a.attnotnull)
        ORDER BY i.indisprimary DESC, c.relname
        """;

    /// <summary>Describes a table or view, or gives null when there is none of that name.</summary>
    /// <param name="session">A session with the user's search path; it has the system's afterwards.</param>
    /// <param name="name">As the pipeline file has it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async ValueTask<PgTable?> FindAsync(
        Session session,
        SqlName name,
        CancellationToken cancellationToken
    )
    {
        long oid;
        char kind;
        SqlName found;
        await using (
            var command = session.Command(
                """
                SELECT c.oid::int8, c.relkind, n.nspname::text, c.relname::text,
                  has_table_privilege(c.oid, 'SELECT') OR has_any_column_privilege(c.oid, 'SELECT')
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.oid = to_regclass($1) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
                """,
                name.Sql
            )
        )
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            if (!await reader.ReadAsync(cancellationToken))
            {
                return null;
            }

            oid = reader.GetInt64(0);
            kind = reader.GetChar(1);
            found = new SqlName(reader.GetString(2), reader.GetString(3));
            if (!reader.GetBoolean(4))
            {
                throw NotPermitted(found, session);
            }
        }
        await UseSystemPathAsync(session, cancellationToken);
        var columns = await ColumnsAsync(
            session.Command(ColumnsHead + TableColumns + ColumnsTail, oid),
            cancellationToken
        );
        var keys = await KeysAsync(session, oid, cancellationToken);
        return new PgTable(
            found.Sql,
            columns,
            keys.FirstOrDefault(k => k.IsPrimary).Columns ?? [],
            [.. keys.Where(k => !k.IsPrimary).Select(k => k.Columns)]
        )
        {
            Name = found,
            Oid = oid,
            Kind = kind,
        };
    }

    /// <summary>Describes the result of a query without running it.</summary>
    /// <param name="session">A session with the user's search path; it has the system's afterwards.</param>
    /// <param name="query">The query's text.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async ValueTask<PgTable> DescribeAsync(
        Session session,
        string query,
        CancellationToken cancellationToken
    )
    {
        // On a line of its own the closing parenthesis survives a comment at the query's end.
        var from = $"({query.Trim().TrimEnd(';')}\n)";
        List<string> names = [];
        List<long> types = [];
        List<int> modifiers = [];
        await using (
            var transaction = await session.Connection.BeginTransactionAsync(
                IsolationLevel.RepeatableRead,
                cancellationToken
            )
        )
        {
            await session.ExecuteAsync("SET TRANSACTION READ ONLY", [], cancellationToken);
            await using var command = session.Command($"SELECT * FROM {from} AS t");
            await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SchemaOnly, cancellationToken);
            foreach (var column in (await reader.GetColumnSchemaAsync(cancellationToken)).Cast<NpgsqlDbColumn>())
            {
                names.Add(column.ColumnName);
                types.Add(column.TypeOID);
                modifiers.Add(Modifier(column));
            }
        }
        await UseSystemPathAsync(session, cancellationToken);
        var describe = session.Command(
            ColumnsHead + QueryColumns + ColumnsTail,
            names.ToArray(),
            types.ToArray(),
            modifiers.ToArray()
        );
        return new PgTable(from, await ColumnsAsync(describe, cancellationToken), [], []);
    }

    private static int Modifier(NpgsqlDbColumn column) =>
        column.NumericPrecision is { } precision && column.PostgresType.Name == "numeric"
            ? ((precision << 16) | ((column.NumericScale ?? 0) & 0x7FF)) + 4
            : -1;

    private static async ValueTask UseSystemPathAsync(Session session, CancellationToken cancellationToken) =>
        await session.ExecuteAsync(
            "SELECT set_config('search_path', $1, false)",
            [Server.SystemPath],
            cancellationToken
        );

    private static async ValueTask<List<PgColumn>> ColumnsAsync(
        NpgsqlCommand command,
        CancellationToken cancellationToken
    )
    {
        await using (command)
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            List<PgColumn> columns = [];
            while (await reader.ReadAsync(cancellationToken))
            {
                columns.Add(ReadColumn(reader));
            }

            return columns;
        }
    }

    private static PgColumn ReadColumn(NpgsqlDataReader reader)
    {
        var isSystem = reader.GetBoolean(1);
        var (name, modifier) = (reader.GetString(2), reader.GetInt32(3));
        // Raw values keep the column's own type, domain or not; scalars behave as the type beneath the domain.
        var type = ColumnTypes.Of(isSystem, name, modifier, reader.GetString(4));
        return new PgColumn(reader.GetString(0), type, reader.GetString(5), isSystem ? name : "", modifier)
        {
            Nullable = !reader.GetBoolean(7),
            IsGenerated = reader.GetBoolean(8),
            IsFixedIdentity = reader.GetBoolean(9),
            HasEquality = reader.GetBoolean(10),
            Native = isSystem && type.Kind != LogicalKind.Raw ? reader.GetString(6) : null,
        };
    }

    private static async ValueTask<List<(bool IsPrimary, string[] Columns)>> KeysAsync(
        Session session,
        long oid,
        CancellationToken cancellationToken
    )
    {
        await using var command = session.Command(KeySql, oid);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<(bool, string[])> keys = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            keys.Add((reader.GetBoolean(0), reader.GetFieldValue<string[]>(1)));
        }

        return keys;
    }

    private static SideException NotPermitted(SqlName table, Session session) =>
        new(
            ErrorType.Auth,
            $"The user of the connection may not read {table} on {session.ServerName}.",
            $"GRANT SELECT ON {table} TO the user (and USAGE on its schema)."
        )
        {
            Code = "permission_denied",
        };
}
