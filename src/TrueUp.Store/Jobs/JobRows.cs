using TrueUp.Runs;
using TrueUp.Store.Database;

namespace TrueUp.Store.Jobs;

/// <summary>Rows of <c>sync_jobs</c>.</summary>
internal static class JobRows
{
    public static Job Read(RowReader row) =>
        new()
        {
            Id = row.Text("id"),
            Pipeline = row.Text("entity_type"),
            Unit = row.TextOrNull("unit"),
            Priority = (JobPriority)row.Number("priority"),
            Trigger = row.Name<TriggerSource>("trigger_source"),
            TriggeredBy = row.TextOrNull("triggered_by"),
            Reason = row.TextOrNull("trigger_reason"),
            VerifyOnly = row.Flag("verify_only"),
            State = row.Name<JobState>("state"),
            EnqueuedAt = row.Time("enqueued_at"),
            DueAt = row.Time("due_at"),
            StartedAt = row.TimeOrNull("started_at"),
            FinishedAt = row.TimeOrNull("finished_at"),
            RunId = row.TextOrNull("run_id"),
            NodeId = row.TextOrNull("node_id"),
            Claim = row.Number("claim"),
            LeaseUntil = row.TimeOrNull("lease_until"),
            Attempt = (int)row.Number("attempt"),
            Retries = (int)row.Number("retries"),
            CancelRequestedAt = row.TimeOrNull("cancel_requested_at"),
            CancelRequestedBy = row.TextOrNull("cancel_requested_by"),
            Progress = row.TextOrNull("progress") is { } progress ? StoreJson.Read<JobProgress>(progress) : null,
            RecordsProcessed = row.NumberOrNull("records_processed"),
            ErrorCode = row.TextOrNull("error_code"),
            ErrorMessage = row.TextOrNull("error_message"),
        };

    public static string Name(TriggerSource trigger) => trigger.ToString().ToLowerInvariant();

    public static string Name(JobState state) => state.ToString().ToLowerInvariant();
}
