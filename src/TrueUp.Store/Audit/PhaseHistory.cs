using TrueUp.Store.Database;
using TrueUp.Store.Queries;

namespace TrueUp.Store.Audit;

/// <summary>What the phases of a pipeline's last runs took.</summary>
internal static class PhaseHistory
{
    /// <summary>
    /// Completed runs that were no verification, rehearsal or undo and left no unit out, newest first.
    /// </summary>
    public static async ValueTask<IReadOnlyList<PhaseDurations>> ReadAsync(
        StoreContext context,
        string pipeline,
        int limit,
        CancellationToken cancellationToken
    ) =>
        await context.Database.QueryAsync(
            """
            SELECT phases FROM sync_audit_logs
            WHERE pipeline = @pipeline AND status = 'completed' AND NOT verify_only AND NOT dry_run
                AND undone_run IS NULL AND verification_result ->> 'only_units' IS NULL
            ORDER BY id DESC LIMIT @limit
            """,
            new { pipeline, limit },
            row => StoreJson.Read<PhaseDurations>(row.Text("phases")),
            cancellationToken
        );
}
