using TrueUp.Runs;
using TrueUp.Store.Database;

namespace TrueUp.Store.Queries;

/// <summary>How units did last.</summary>
public sealed class UnitQueries
{
    /// <summary>
    /// From name to name through an index by (pipeline, unit): what it costs follows from the number of units, not of
    /// their results.
    /// </summary>
    internal const string Latest = """
        WITH RECURSIVE names (unit) AS (
            SELECT min(unit) FROM sync_unit_results WHERE entity_type = @pipeline AND unit > @after
            UNION ALL
            SELECT (SELECT min(u.unit) FROM sync_unit_results u
                WHERE u.entity_type = @pipeline AND u.unit > names.unit)
            FROM names WHERE names.unit IS NOT NULL),
        page (unit) AS (SELECT unit FROM names WHERE unit IS NOT NULL LIMIT @limit)
        SELECT r.* FROM page p JOIN sync_unit_results r ON r.id = (
            SELECT n.id FROM sync_unit_results n WHERE n.entity_type = @pipeline AND n.unit = p.unit
            ORDER BY n.id DESC LIMIT 1)
        ORDER BY r.unit
        """;

    private readonly StoreContext _context;

    internal UnitQueries(StoreContext context) => _context = context;

    /// <summary>The last result of each unit of a pipeline, by the unit's name.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="limit">How many at most, from 1.</param>
    /// <param name="after">The page before's <see cref="Page{T}.Next"/>, or null for the first.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<Page<UnitStatus>> LatestAsync(
        string pipeline,
        int limit,
        string? after,
        CancellationToken cancellationToken
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        // Before the first name comes only the empty one, which a pipeline of one part has.
        var sql = after is null ? Latest.Replace("unit > @after", "unit >= @after", StringComparison.Ordinal) : Latest;
        var found = await _context.Database.QueryAsync(
            sql,
            new
            {
                pipeline,
                after = after ?? "",
                limit = limit + 1,
            },
            row => new UnitStatus(
                row.Text("entity_type"),
                row.Text("unit"),
                row.Text("sync_execution_id"),
                row.Name<RunStatus>("status"),
                row.Name<Verdict>("verdict"),
                row.Number("records_processed"),
                row.RealOrNull("processing_duration") ?? 0,
                row.Time("created_at")
            )
            {
                ErrorMessage = row.TextOrNull("error_message"),
                ErrorType = row.TextOrNull("error_type"),
                Retries = (int)row.Number("retry_attempt"),
            },
            cancellationToken
        );
        return found.Count > limit
            ? new Page<UnitStatus>(found[..limit], found[limit - 1].Unit)
            : new Page<UnitStatus>(found, null);
    }
}
