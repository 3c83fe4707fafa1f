using TrueUp.Runs;
using TrueUp.Store.Database;

namespace TrueUp.Store.Queries;

/// <summary>How the pipelines of a home stand.</summary>
public sealed class PipelineQueries
{
    /// <summary>Pipelines that are returned at most.</summary>
    public const int PipelinesMax = 10_000;

    private const string Newest = """
        SELECT x.id FROM sync_audit_logs x
        WHERE x.pipeline = s.entity_type AND NOT x.dry_run
        """;

    private const string Order = "ORDER BY x.start_time DESC, x.id DESC LIMIT 1";

    private readonly StoreContext _context;

    internal PipelineQueries(StoreContext context) => _context = context;

    /// <summary>Every pipeline that ever ran, by name; or one, or none when it never did.</summary>
    /// <param name="pipeline">Only this one; null for all.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<IReadOnlyList<PipelineStatus>> StatusAsync(
        string? pipeline,
        CancellationToken cancellationToken
    )
    {
        var now = _context.Clock.GetUtcNow();
        var condition = pipeline is null ? "" : "WHERE s.entity_type = @pipeline";
        return await _context.Database.QueryAsync(
            $"""
            SELECT s.entity_type, s.last_sync, l.id AS last_id, l.status, l.verdict, l.error_code,
                p.id AS proof_id, p.end_time AS proven_at
            FROM sync_status s
            LEFT JOIN sync_audit_logs l ON l.id = ({Newest} {Order})
            LEFT JOIN sync_audit_logs p ON p.id = ({Newest}
                AND x.status = 'completed' AND x.verdict IN ('verified', 'repaired') AND x.error_code IS NULL
                AND x.verification_result ->> 'only_units' IS NULL {Order})
            {condition} ORDER BY s.entity_type LIMIT @limit
            """,
            new { pipeline, limit = PipelinesMax },
            row => Read(row, now),
            cancellationToken
        );
    }

    private static PipelineStatus Read(RowReader row, DateTimeOffset now)
    {
        var status = row.TextOrNull("status") is { } state ? RunStates.Parse(state) : (RunState?)null;
        var proven = row.TimeOrNull("proven_at");
        return new PipelineStatus
        {
            Pipeline = row.Text("entity_type"),
            IsRunning = status == RunState.InProgress,
            LastSync = row.TimeOrNull("last_sync"),
            LastRunId = row.TextOrNull("last_id"),
            LastStatus = status,
            LastVerdict = row.TextOrNull("verdict") is null ? null : row.Name<Verdict>("verdict"),
            LastError = row.TextOrNull("error_code"),
            ProvenAt = proven,
            ProvenBy = row.TextOrNull("proof_id"),
            ProofAgeSeconds = proven is { } time ? Math.Max(0, (now - time).TotalSeconds) : null,
        };
    }
}
