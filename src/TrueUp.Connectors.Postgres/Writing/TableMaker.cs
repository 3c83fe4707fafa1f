using Npgsql;
using TrueUp.Connectors.Postgres.Names;
using TrueUp.Connectors.Postgres.Sessions;
using TrueUp.Connectors.Postgres.Sql;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Connectors.Postgres.Writing;

/// <summary>Creates tables and adds columns.</summary>
internal static class TableMaker
{
    /// <summary>
    /// Creates the table, its schema as well, unless they are there. The plan's key becomes its primary key when the
    /// first load has ended.
    /// </summary>
    public static async ValueTask CreateAsync(
        Session session,
        SqlName table,
        RowPlan plan,
        CancellationToken cancellationToken
    )
    {
        await StateTable.CreateAsync(session, cancellationToken);
        await using NpgsqlTransaction transaction = await session.Connection.BeginTransactionAsync(cancellationToken);
        // Units that run at the same time want the same schema; IF NOT EXISTS alone lets two of them collide.
        await session.ExecuteAsync("SELECT pg_advisory_xact_lock($1)", [StateTable.CreationLock], cancellationToken);
        if (
            table.Schema is { } schema
            && await session.ScalarAsync("SELECT 1 FROM pg_namespace WHERE nspname = $1", [schema], cancellationToken)
                is null
        )
        {
            await session.ExecuteAsync($"CREATE SCHEMA IF NOT EXISTS {SqlName.Quote(schema)}", [], cancellationToken);
        }
        var columns = plan.Schema.Columns.Select(
            (c, i) =>
                $"{SqlName.Quote(c.Name)} {plan.Columns[i].Native ?? CarrierSql.ColumnTypeOf(c.Type)}{(c.Nullable && !plan.Schema.KeyOrdinals.Contains(i) ? "" : " NOT NULL")}"
        );
        if (await session.ScalarAsync("SELECT to_regclass($1)::oid", [table.Sql], cancellationToken) is null)
        {
            await session.ExecuteAsync(
                $"CREATE TABLE {table.Sql} ({string.Join(", ", columns)})",
                [],
                cancellationToken
            );
            await LateKey.DeclareAsync(session, table, plan.KeySchema, cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Adds columns, which are null in the rows already there and so take null.</summary>
    public static async ValueTask AddAsync(
        Session session,
        SqlName table,
        IEnumerable<Column> columns,
        CancellationToken cancellationToken
    )
    {
        var added = columns.Select(c =>
            $"ADD COLUMN IF NOT EXISTS {SqlName.Quote(c.Name)} {CarrierSql.ColumnTypeOf(c.Type)}"
        );
        await session.ExecuteAsync($"ALTER TABLE {table.Sql} {string.Join(", ", added)}", [], cancellationToken);
    }
}
