using TrueUp.Store.Database;

namespace TrueUp.Store.Queries;

/// <summary>Conditions on <c>sync_audit_logs</c> that several queries share.</summary>
internal static class SyncRuns
{
    /// <summary>Only runs that synchronise.</summary>
    /// <param name="table">The table's alias.</param>
    public static string Only(string table) =>
        $"NOT {table}.verify_only AND NOT {table}.dry_run AND {table}.undone_run IS NULL";

    /// <summary>
    /// Only runs that ended by themselves; said so that no index by status is taken, which nearly all runs match.
    /// </summary>
    /// <param name="table">The table's alias.</param>
    public static string Ended(string table) => $"{table}.status || '' IN ('completed', 'failed')";

    /// <summary>One of the pipelines in the parameter <c>@among</c>; nothing when it is null.</summary>
    public static string Among(ControlDatabase database, string column, IReadOnlyCollection<string>? among) =>
        among is null ? "" : $"AND {column} {database.OneOf("@among")}";
}
