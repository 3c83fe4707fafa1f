-- Who asked for a run: one row each time, also where several people get one run.
CREATE TABLE sync_job_triggers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    job_id TEXT NOT NULL REFERENCES sync_jobs (id) ON DELETE CASCADE,
    entity_type TEXT NOT NULL,
    unit TEXT,
    priority INTEGER NOT NULL,
    triggered_by TEXT,
    trigger_reason TEXT,
    triggered_at TEXT NOT NULL
);
CREATE INDEX sync_job_triggers_entity ON sync_job_triggers (entity_type, triggered_at);
CREATE INDEX sync_job_triggers_job ON sync_job_triggers (job_id);
INSERT INTO sync_job_triggers (job_id, entity_type, unit, priority, triggered_by, trigger_reason, triggered_at)
SELECT id, entity_type, unit, priority, triggered_by, trigger_reason, enqueued_at
FROM sync_jobs WHERE trigger_source = 'manual' ORDER BY id;

DROP VIEW manual_sync_audit;
CREATE VIEW manual_sync_audit AS
SELECT CAST(t.id AS text) AS id, t.job_id AS sync_job_id, t.entity_type, t.unit,
    CASE t.priority WHEN 0 THEN 'EMERGENCY' WHEN 1 THEN 'HIGH' ELSE 'NORMAL' END AS priority,
    t.triggered_by, t.trigger_reason, t.triggered_at AS trigger_timestamp, j.finished_at AS completion_timestamp,
    CASE WHEN j.state IN ('completed', 'failed', 'cancelled') THEN upper(j.state) END AS final_status,
    j.records_processed, j.error_message AS error_details
FROM sync_job_triggers t JOIN sync_jobs j ON j.id = t.job_id;
