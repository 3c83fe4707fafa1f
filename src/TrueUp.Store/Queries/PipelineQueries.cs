using TrueUp.Audit;
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

    // As in the index of proofs, word by word: else SQLite does not use it.
    private const string Proves = """
        AND x.status = 'completed' AND x.verdict IN ('verified', 'repaired') AND x.error_code IS NULL
        AND x.verification_result ->> 'only_units' IS NULL
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
        return await _context.Database.QueryAsync(
            Status(pipeline is not null),
            new { pipeline, limit = PipelinesMax },
            row => Read(row, now),
            cancellationToken
        );
    }

    internal static string Status(bool ofOne) =>
        $"""
            WITH newest AS MATERIALIZED (
                SELECT s.entity_type, s.last_sync, s.is_active, s.paused_at, s.paused_by, s.paused_note,
                    ({Newest} {Order}) AS last_id, ({Newest} {Proves} {Order}) AS proof_id
                FROM sync_status s {(ofOne ? "WHERE s.entity_type = @pipeline" : "")}
                ORDER BY s.entity_type LIMIT @limit)
            SELECT s.*, run.status, run.verdict, run.error_code, proof.end_time AS proven_at
            FROM newest s
            LEFT JOIN sync_audit_logs run ON run.id = s.last_id
            LEFT JOIN sync_audit_logs proof ON proof.id = s.proof_id
            ORDER BY s.entity_type
            """;

    /// <summary>Whether a pipeline ever ran or was paused.</summary>
    public async ValueTask<bool> ExistsAsync(string pipeline, CancellationToken cancellationToken)
    {
        var found = await _context.Database.QueryAsync(
            "SELECT entity_type FROM sync_status WHERE entity_type = @pipeline",
            new { pipeline },
            row => row.Text("entity_type"),
            cancellationToken
        );
        return found.Count > 0;
    }

    /// <summary>What the queue has to know of these pipelines; those that never ran are left out.</summary>
    public async ValueTask<IReadOnlyDictionary<string, PipelineLoad>> LoadsAsync(
        IReadOnlyCollection<string> pipelines,
        CancellationToken cancellationToken
    )
    {
        var found = await _context.Database.QueryAsync(
            $"""
            SELECT entity_type, average_duration, is_active FROM sync_status
            WHERE entity_type {_context.Database.OneOf("@names")}
            """,
            new { names = pipelines.ToArray() },
            row => new PipelineLoad(
                row.Text("entity_type"),
                row.RealOrNull("average_duration"),
                !row.Flag("is_active")
            ),
            cancellationToken
        );
        return found.ToDictionary(load => load.Pipeline, StringComparer.Ordinal);
    }

    /// <summary>
    /// Lets nothing of a pipeline begin until it is resumed: its schedule adds nothing, and what waits goes on waiting.
    /// Durable.
    /// </summary>
    /// <param name="pipeline">The pipeline, whether or not it ever ran.</param>
    /// <param name="who">Who wants it.</param>
    /// <param name="note">Why, or null.</param>
    /// <param name="cancellationToken">Ends the waiting for the database.</param>
    public ValueTask PauseAsync(string pipeline, string who, string? note, CancellationToken cancellationToken) =>
        SwitchAsync(pipeline, isActive: false, who, note, cancellationToken);

    /// <summary>Lets a paused pipeline go on. Durable.</summary>
    public ValueTask ResumeAsync(string pipeline, CancellationToken cancellationToken) =>
        SwitchAsync(pipeline, isActive: true, null, null, cancellationToken);

    private async ValueTask SwitchAsync(
        string pipeline,
        bool isActive,
        string? who,
        string? note,
        CancellationToken cancellationToken
    )
    {
        var now = _context.Database.Time(_context.Clock.GetUtcNow());
        var row = new
        {
            pipeline,
            isActive,
            who = Redaction.CleanOrNull(who),
            note = Redaction.CleanOrNull(note),
            now,
        };
        await _context.Writer.RunAsync(
            transaction =>
                transaction.Execute(
                    """
                    INSERT INTO sync_status (entity_type, is_active, paused_at, paused_by, paused_note, updated_at)
                    VALUES (@pipeline, @isActive, CASE WHEN @isActive THEN NULL ELSE @now END, @who, @note, @now)
                    ON CONFLICT (entity_type) DO UPDATE SET
                        is_active = excluded.is_active, paused_at = excluded.paused_at,
                        paused_by = excluded.paused_by, paused_note = excluded.paused_note,
                        updated_at = excluded.updated_at
                    """,
                    row
                ),
            durable: true,
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
            IsPaused = !row.Flag("is_active"),
            PausedAt = row.TimeOrNull("paused_at"),
            PausedBy = row.TextOrNull("paused_by"),
            PausedNote = row.TextOrNull("paused_note"),
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
