using System.Data.Common;
using Dapper;
using Npgsql;
using TrueUp.Pipelines;

namespace TrueUp.Store.Database;

/// <summary>
/// The role <c>trueup_reader</c> for dashboards and scripts that ask the control database itself: it reads what
/// monitoring needs and writes nothing. Keys of records, configuration and all trails of who did what are not for it.
/// Row-level security on every table sees to it that a grant given by mistake shows no row.
/// </summary>
internal static class PostgresReader
{
    /// <summary>The role's name; it cannot log in, users are made members of it.</summary>
    public const string Role = "trueup_reader";

    private const string Policy = "trueup_reader_reads";

    /// <summary>Tables it reads; with columns, only those.</summary>
    private static readonly (string Table, string? Columns)[] Tables =
    [
        ("sync_status", null),
        ("sync_metrics", null),
        ("sync_metrics_daily", null),
        ("sync_health_summary", null),
        ("sync_alerts", null),
        ("alert_rules", null),
        ("sync_nodes", null),
        // Without what holds keys of records: verification_result, warnings.
        (
            "sync_unit_results",
            "id, sync_execution_id, unit, entity_type, success, records_processed, processing_duration, error_message, "
                + "error_type, retry_attempt, status, verdict, counts, created_at"
        ),
        // Without record_key and stack_trace.
        (
            "sync_error_log",
            "id, audit_log_id, entity_type, unit, error_type, error_severity, error_message, error_context, "
                + "recovery_suggestion, occurred_at, resolved_at"
        ),
    ];

    /// <summary>Views it reads; a view shows what its owner may see.</summary>
    private static readonly string[] Views = ["sync_execution_history", "sync_tournament_results"];

    /// <summary>
    /// Makes the role if that is permitted, lets it read, and switches row-level security on wherever it is off. Costs
    /// one query when everything is as it should be.
    /// </summary>
    /// <returns>What could not be done, as warnings.</returns>
    public static IReadOnlyList<Finding> Secure(ControlDatabase database, DbConnection connection)
    {
        if (IsDone(connection))
        {
            return [];
        }
        using var transaction = database.BeginExclusive(connection);
        try
        {
            Execute(connection, transaction, OpenTables(connection, transaction).Select(SwitchOn));
            var warnings = new List<Finding>();
            if (TryCreateRole(connection, transaction))
            {
                Execute(connection, transaction, Grants());
            }
            else
            {
                warnings.Add(NoRole);
            }
            transaction.Commit();
            return warnings;
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return
            [
                Warning(
                    $"The role {Role} could not be given its rights: {error.MessageText}.",
                    "Connect as the owner of the schema trueup_control once, or give it that schema's tables."
                ),
            ];
        }
    }

    private static bool IsDone(DbConnection connection) =>
        connection.ExecuteScalar<bool>(
            $"""
            SELECT NOT EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = '{PostgresControlDatabase.Schema}'::regnamespace
                    AND c.relkind = 'r' AND NOT c.relrowsecurity)
                AND coalesce((SELECT bool_and(has_any_column_privilege(r.oid, c.oid, 'SELECT'))
                    FROM pg_roles r, pg_class c
                    WHERE r.rolname = '{Role}' AND c.relnamespace = '{PostgresControlDatabase.Schema}'::regnamespace
                        AND c.relname = ANY(@names)), false)
            """,
            new { names = Tables.Select(t => t.Table).Concat(Views).ToArray() }
        );

    /// <summary>
    /// Another database of the server may make the role at the same moment; it belongs to all of them.
    /// </summary>
    private static bool TryCreateRole(DbConnection connection, DbTransaction transaction)
    {
        const string Exists = $"SELECT count(*) FROM pg_roles WHERE rolname = '{Role}'";
        if (connection.ExecuteScalar<long>(Exists, transaction: transaction) > 0)
        {
            return true;
        }
        transaction.Save("role");
        try
        {
            connection.Execute($"CREATE ROLE {Role} NOLOGIN", transaction: transaction);
            return true;
        }
        catch (PostgresException error)
            when (error.SqlState
                    is PostgresErrorCodes.InsufficientPrivilege
                        or PostgresErrorCodes.DuplicateObject
                        or PostgresErrorCodes.UniqueViolation
            )
        {
            transaction.Rollback("role");
            return connection.ExecuteScalar<long>(Exists, transaction: transaction) > 0;
        }
    }

    /// <summary>The tables that do not look at policies yet.</summary>
    private static IEnumerable<string> OpenTables(DbConnection connection, DbTransaction transaction) =>
        connection.Query<string>(
            $"""
            SELECT c.relname::text FROM pg_class c
            WHERE c.relnamespace = '{PostgresControlDatabase.Schema}'::regnamespace AND c.relkind = 'r'
                AND NOT c.relrowsecurity
            """,
            transaction: transaction
        );

    private static string SwitchOn(string table) =>
        $"ALTER TABLE \"{table.Replace("\"", "\"\"", StringComparison.Ordinal)}\" ENABLE ROW LEVEL SECURITY";

    private static IEnumerable<string> Grants() =>
        [
            $"GRANT USAGE ON SCHEMA {PostgresControlDatabase.Schema} TO {Role}",
            .. Tables.SelectMany(t =>
                (string[])
                    [
                        $"DROP POLICY IF EXISTS {Policy} ON {t.Table}",
                        $"CREATE POLICY {Policy} ON {t.Table} FOR SELECT TO {Role} USING (true)",
                        $"GRANT SELECT{(t.Columns is null ? "" : $" ({t.Columns})")} ON {t.Table} TO {Role}",
                    ]
            ),
            .. Views.Select(view => $"GRANT SELECT ON {view} TO {Role}"),
        ];

    private static void Execute(DbConnection connection, DbTransaction transaction, IEnumerable<string> statements) =>
        connection.Execute(string.Join(";\n", statements.Prepend("SELECT 1")), transaction: transaction);

    private static Finding NoRole { get; } =
        Warning(
            $"The role {Role} does not exist, and the user of the connection may not create it.",
            $"Let an administrator run CREATE ROLE {Role} NOLOGIN, if dashboards are to read the control database."
        );

    private static Finding Warning(string message, string suggestion) =>
        new("reader_role_missing", message, suggestion) { IsError = false };
}
