using System.Text.Json;
using TrueUp.Runs;
using TrueUp.Store.Database;

namespace TrueUp.Store.Audit;

/// <summary>
/// Turns differences into rows of <c>gaps</c>, values in the order of <see cref="AuditSql.Gaps"/>. Names of columns are
/// kept, their values are the users' own.
/// </summary>
internal static class GapRows
{
    /// <param name="runId">The run.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="differences">What was found.</param>
    /// <param name="database">The database they go to.</param>
    /// <param name="now">When, as the dialect has it.</param>
    public static IReadOnlyList<object?[]> Of(
        string runId,
        string unit,
        DifferenceList differences,
        ControlDatabase database,
        object now
    )
    {
        var rows = new List<object?[]>();
        AddAll("gap", differences.Gaps, key => (key, null));
        AddAll(
            "drift",
            differences.Drift,
            drift => (drift.Key, JsonSerializer.Serialize(drift.Columns.Select(c => c.Column)))
        );
        AddAll("extra", differences.Extra, key => (key, null));
        return rows;

        void AddAll<T>(string kind, KeyList<T> list, Func<T, (string Key, string? Columns)> read)
        {
            foreach (var entry in list.Shown)
            {
                var (key, columns) = read(entry);
                rows.Add([runId, unit, kind, database.Key(key), columns, 0L, now]);
            }
            if (list.Total > list.Shown.Count)
            {
                rows.Add([runId, unit, kind, null, null, list.Total - list.Shown.Count, now]);
            }
        }
    }
}
