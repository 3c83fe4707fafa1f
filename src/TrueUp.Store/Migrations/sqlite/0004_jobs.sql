-- What is to be run, runs, or ran because somebody or something asked for it: the queue of all servers of this database.
CREATE TABLE sync_jobs (
    id TEXT PRIMARY KEY,
    entity_type TEXT NOT NULL,
    unit TEXT,
    -- 0 EMERGENCY, 1 HIGH, 2 NORMAL: the queue's order.
    priority INTEGER NOT NULL CHECK (priority BETWEEN 0 AND 2),
    trigger_source TEXT NOT NULL CHECK (trigger_source IN ('scheduled', 'manual', 'retry', 'cdc')),
    triggered_by TEXT,
    trigger_reason TEXT,
    verify_only INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'completed', 'failed', 'cancelled')),
    enqueued_at TEXT NOT NULL,
    due_at TEXT NOT NULL,
    started_at TEXT,
    finished_at TEXT,
    run_id TEXT,
    node_id TEXT,
    claim INTEGER NOT NULL DEFAULT 0,
    lease_until TEXT,
    -- Servers that had it; more than one when servers were lost.
    attempt INTEGER NOT NULL DEFAULT 1,
    -- Retries after failures, 0 for none.
    retries INTEGER NOT NULL DEFAULT 0,
    cancel_requested_at TEXT,
    cancel_requested_by TEXT,
    progress TEXT,
    records_processed INTEGER,
    error_code TEXT,
    error_message TEXT
);
-- However many servers there are: one runs, and one waits.
CREATE UNIQUE INDEX sync_jobs_running ON sync_jobs (entity_type) WHERE state = 'running';
CREATE UNIQUE INDEX sync_jobs_queued ON sync_jobs (entity_type) WHERE state = 'queued';
CREATE INDEX sync_jobs_order ON sync_jobs (priority, due_at, id) WHERE state = 'queued';
CREATE INDEX sync_jobs_entity ON sync_jobs (entity_type, id DESC);
CREATE INDEX sync_jobs_state ON sync_jobs (state, id DESC);
CREATE INDEX sync_jobs_run ON sync_jobs (run_id);

-- Claims go through this one row, so that limits for all servers hold exactly.
CREATE TABLE sync_queue_gate (id INTEGER PRIMARY KEY CHECK (id = 1), claims INTEGER NOT NULL);
INSERT INTO sync_queue_gate VALUES (1, 0);

-- A request that is sent twice with the same key is answered with the same job.
CREATE TABLE sync_job_keys (
    actor TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    job_id TEXT NOT NULL REFERENCES sync_jobs (id) ON DELETE CASCADE,
    created_at TEXT NOT NULL,
    PRIMARY KEY (actor, idempotency_key)
);

CREATE TABLE sync_nodes (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    url TEXT,
    version TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('active', 'draining', 'stopped')),
    started_at TEXT NOT NULL,
    heartbeat_at TEXT NOT NULL,
    lease_until TEXT NOT NULL,
    running INTEGER NOT NULL DEFAULT 0,
    running_max INTEGER NOT NULL
);

ALTER TABLE sync_status ADD COLUMN paused_at TEXT;
ALTER TABLE sync_status ADD COLUMN paused_by TEXT;
ALTER TABLE sync_status ADD COLUMN paused_note TEXT;

DROP TABLE manual_sync_audit;
CREATE VIEW manual_sync_audit AS
SELECT id, id AS sync_job_id, entity_type, unit,
    CASE priority WHEN 0 THEN 'EMERGENCY' WHEN 1 THEN 'HIGH' ELSE 'NORMAL' END AS priority,
    triggered_by, trigger_reason, enqueued_at AS trigger_timestamp, finished_at AS completion_timestamp,
    CASE WHEN state IN ('completed', 'failed', 'cancelled') THEN upper(state) END AS final_status,
    records_processed, error_message AS error_details
FROM sync_jobs WHERE trigger_source = 'manual';
