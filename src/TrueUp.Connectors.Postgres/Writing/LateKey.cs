using Npgsql;
using TrueUp.Connectors.Postgres.Catalog;
using TrueUp.Connectors.Postgres.Names;
using TrueUp.Connectors.Postgres.Sessions;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Connectors.Postgres.Writing;

/// <summary>
/// The primary key of a table that we created: filling a table and then building its index takes about half as long as
/// filling it with the index there. <c>trueup.late_key</c> says from the table's creation until its key stands what
/// the key
/// is to be, so a run that ends before leaves a table whose key the next run builds.
/// </summary>
/// <param name="session">The writer's session.</param>
/// <param name="table">The table; its key is what was declared.</param>
/// <param name="name">For messages.</param>
internal sealed class LateKey(Session session, PgTable table, string name)
{
    // Adding the constraint takes a moment, but it has to wait for whoever reads the table.
    private const int LockSeconds = 30;

    private const string IndexSql = """
        SELECT c.relname::text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
        WHERE i.indrelid = $1::int8::oid AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
          AND i.indnkeyatts = i.indnatts AND $2::text[] = (
            SELECT array_agg(a.attname::text ORDER BY k.n) FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, n)
            JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum)
        """;

    /// <summary>Notes the key of a table just created, in the same transaction.</summary>
    public static async ValueTask DeclareAsync(
        Session session,
        SqlName table,
        RowSchema key,
        CancellationToken cancellationToken
    )
    {
        await session.ExecuteAsync(
            "DELETE FROM trueup.late_key AS l WHERE NOT EXISTS (SELECT FROM pg_class AS c WHERE c.oid = l.table_id)",
            [],
            cancellationToken
        );
        await session.ExecuteAsync(
            """
            INSERT INTO trueup.late_key (table_id, columns) VALUES (to_regclass($1), $2)
            ON CONFLICT (table_id) DO UPDATE SET columns = excluded.columns
            """,
            [table.Sql, key.Columns.Select(c => c.Name).ToArray()],
            cancellationToken
        );
    }

    /// <summary>
    /// The table with the key that it is to get, if its own is not built yet. Only for targets: a source is as it is.
    /// </summary>
    public static async ValueTask<PgTable> AddAsync(Session session, PgTable table, CancellationToken cancellationToken)
    {
        // Who may not look there has not created the table; a verification needs no right to our state.
        const string Readable = """
            SELECT 1 FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
            WHERE n.nspname = 'trueup' AND c.relname = 'late_key'
              AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
            """;
        if (table.Key.Count > 0 || await session.ScalarAsync(Readable, [], cancellationToken) is null)
        {
            return table;
        }

        var key = await session.ScalarAsync(
            "SELECT columns FROM trueup.late_key WHERE table_id = $1::int8::oid",
            [table.Oid],
            cancellationToken
        );
        return key is string[] columns ? table with { Key = columns, KeyIsLate = true } : table;
    }

    /// <summary>Whether anything was loaded.</summary>
    public async ValueTask<bool> HasRowsAsync(CancellationToken cancellationToken) =>
        (bool)(await session.ScalarAsync($"SELECT EXISTS (SELECT FROM {table.From})", [], cancellationToken))!;

    /// <summary>Builds the index, unless it is there. Others can read meanwhile, not write.</summary>
    /// <exception cref="SideException"><c>target_key_not_unique</c>.</exception>
    public async ValueTask BuildAsync(CancellationToken cancellationToken)
    {
        if (await IndexAsync(cancellationToken) is not null)
        {
            return;
        }

        try
        {
            await session.ExecuteAsync(
                $"CREATE UNIQUE INDEX ON {table.From} ({SqlName.QuoteAll(table.Key)})",
                [],
                cancellationToken
            );
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw new SideException(
                ErrorType.Validation,
                $"Rows in {name} have the same key ({string.Join(", ", table.Key)}), so it cannot be the primary key.",
                "Something else wrote into the table during its first load. Drop the table and run again.",
                error
            )
            {
                Code = "target_key_not_unique",
            };
        }
    }

    /// <summary>Makes the index the primary key, in a transaction of the caller's.</summary>
    public async ValueTask AttachAsync(CancellationToken cancellationToken)
    {
        // The note goes with the key, whoever was first.
        var noted = await session.ExecuteAsync(
            "DELETE FROM trueup.late_key WHERE table_id = $1::int8::oid",
            [table.Oid],
            cancellationToken
        );
        if (noted == 0)
        {
            return;
        }

        var index =
            await IndexAsync(cancellationToken) ?? throw new InvalidOperationException("The index is not built.");
        var constraint = $"{table.Name!.Table}_pkey";
        var isFree =
            constraint.Length <= 63
            && await session.ScalarAsync(
                "SELECT to_regclass($1)::oid",
                [(table.Name with { Table = constraint }).Sql],
                cancellationToken
            )
                is null;
        await session.ExecuteAsync($"SET LOCAL lock_timeout = '{LockSeconds}s'", [], cancellationToken);
        await session.ExecuteAsync(
            $"ALTER TABLE {table.From} ADD {(isFree ? $"CONSTRAINT {SqlName.Quote(constraint)}" : "")} PRIMARY KEY USING INDEX {SqlName.Quote(index)}",
            [],
            cancellationToken
        );
    }

    private async ValueTask<string?> IndexAsync(CancellationToken cancellationToken) =>
        (string?)await session.ScalarAsync(IndexSql, [table.Oid, table.Key.ToArray()], cancellationToken);
}
