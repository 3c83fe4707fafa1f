-- Times are text in UTC with microseconds (2026-01-31T23:59:59.000000Z): they sort as they read.
-- Durations are seconds, lists and objects are JSON, flags are 0 or 1.

-- One row for each run. Older names for the same facts are views further down.
CREATE TABLE sync_audit_logs (
    id TEXT PRIMARY KEY,
    pipeline TEXT NOT NULL,
    start_time TEXT NOT NULL,
    end_time TEXT,
    trigger_source TEXT NOT NULL CHECK (trigger_source IN ('scheduled', 'manual', 'retry', 'cdc')),
    triggered_by TEXT,
    status TEXT NOT NULL CHECK (status IN ('in_progress', 'completed', 'failed', 'cancelled')),
    success_count INTEGER NOT NULL DEFAULT 0,
    failure_count INTEGER NOT NULL DEFAULT 0,
    verification_result TEXT,
    mode TEXT NOT NULL,
    audit_level TEXT NOT NULL,
    verify_only INTEGER NOT NULL DEFAULT 0,
    dry_run INTEGER NOT NULL DEFAULT 0,
    pipeline_file TEXT,
    pipeline_hash TEXT,
    verdict TEXT,
    counts TEXT,
    phases TEXT,
    duration REAL,
    memory_usage_mb REAL,
    error_code TEXT,
    error_message TEXT,
    error_suggestion TEXT,
    findings TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);
CREATE INDEX sync_audit_logs_start ON sync_audit_logs (start_time DESC);
CREATE INDEX sync_audit_logs_status ON sync_audit_logs (status);
CREATE INDEX sync_audit_logs_pipeline ON sync_audit_logs (pipeline, start_time DESC);

CREATE TABLE sync_unit_results (
    id INTEGER PRIMARY KEY,
    sync_execution_id TEXT NOT NULL REFERENCES sync_audit_logs (id) ON DELETE CASCADE,
    unit TEXT NOT NULL,
    entity_type TEXT NOT NULL,
    success INTEGER NOT NULL,
    records_processed INTEGER NOT NULL,
    processing_duration REAL NOT NULL,
    error_message TEXT,
    error_type TEXT,
    retry_attempt INTEGER NOT NULL DEFAULT 0,
    status TEXT NOT NULL,
    verdict TEXT NOT NULL,
    counts TEXT NOT NULL,
    verification_result TEXT NOT NULL,
    warnings TEXT NOT NULL,
    created_at TEXT NOT NULL
);
CREATE INDEX sync_unit_results_entity ON sync_unit_results (entity_type, created_at);
CREATE INDEX sync_unit_results_unit ON sync_unit_results (unit, created_at);
CREATE INDEX sync_unit_results_execution ON sync_unit_results (sync_execution_id);

CREATE TABLE sync_error_log (
    id INTEGER PRIMARY KEY,
    audit_log_id TEXT REFERENCES sync_audit_logs (id) ON DELETE CASCADE,
    entity_type TEXT NOT NULL,
    unit TEXT NOT NULL DEFAULT '',
    error_type TEXT NOT NULL
        CHECK (error_type IN ('NETWORK', 'AUTH', 'API', 'DATABASE', 'TIMEOUT', 'VALIDATION', 'UNKNOWN')),
    error_severity TEXT NOT NULL CHECK (error_severity IN ('INFO', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL')),
    error_message TEXT NOT NULL,
    error_context TEXT,
    recovery_suggestion TEXT,
    record_key TEXT,
    stack_trace TEXT,
    occurred_at TEXT NOT NULL,
    resolved_at TEXT,
    resolution_notes TEXT,
    resolved_by TEXT
);
CREATE INDEX sync_error_log_entity ON sync_error_log (entity_type, occurred_at);
CREATE INDEX sync_error_log_unit ON sync_error_log (unit, occurred_at);
CREATE INDEX sync_error_log_type ON sync_error_log (error_type, error_severity, occurred_at);
CREATE INDEX sync_error_log_audit ON sync_error_log (audit_log_id);
CREATE INDEX sync_error_log_key ON sync_error_log (record_key);

-- The first entries of a run, for queries in SQL: at most 10,000 failures and 10,000 others, bulk loads not among them.
-- All entries are in the run's segment files.
CREATE TABLE sync_record_logs (
    id INTEGER PRIMARY KEY,
    audit_log_id TEXT NOT NULL REFERENCES sync_audit_logs (id) ON DELETE CASCADE,
    unit TEXT NOT NULL DEFAULT '',
    record_key TEXT NOT NULL,
    operation TEXT NOT NULL CHECK (operation IN ('create', 'update', 'delete', 'skip')),
    result TEXT NOT NULL CHECK (result IN ('success', 'failure')),
    error_message TEXT,
    timestamp TEXT NOT NULL,
    created_at TEXT NOT NULL
);
CREATE INDEX sync_record_logs_audit ON sync_record_logs (audit_log_id);
CREATE INDEX sync_record_logs_key ON sync_record_logs (record_key);

-- What a comparison or a proof found different, by key. When there were more than are listed, one row without a key
-- says how many others.
CREATE TABLE gaps (
    id INTEGER PRIMARY KEY,
    audit_log_id TEXT NOT NULL REFERENCES sync_audit_logs (id) ON DELETE CASCADE,
    unit TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('gap', 'drift', 'extra')),
    record_key TEXT,
    column_names TEXT,
    others INTEGER NOT NULL DEFAULT 0,
    found_at TEXT NOT NULL
);
CREATE INDEX gaps_audit ON gaps (audit_log_id);
CREATE INDEX gaps_key ON gaps (record_key);

CREATE TABLE recoveries (
    id INTEGER PRIMARY KEY,
    audit_log_id TEXT NOT NULL REFERENCES sync_audit_logs (id) ON DELETE CASCADE,
    unit TEXT NOT NULL,
    action TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    reason TEXT NOT NULL,
    succeeded INTEGER,
    occurred_at TEXT NOT NULL
);
CREATE INDEX recoveries_audit ON recoveries (audit_log_id);

-- Not part of one run: a letter lives until its record succeeds or somebody discards it.
CREATE TABLE dead_letters (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    pipeline TEXT NOT NULL,
    unit TEXT NOT NULL,
    record_key TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'succeeded', 'discarded')),
    issue TEXT NOT NULL,
    reason TEXT NOT NULL,
    column_name TEXT,
    line INTEGER NOT NULL DEFAULT 0,
    ordinal INTEGER NOT NULL DEFAULT 0,
    raw TEXT,
    attempts INTEGER NOT NULL DEFAULT 1,
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    first_run_id TEXT NOT NULL,
    last_run_id TEXT NOT NULL,
    settled_at TEXT,
    settled_by TEXT,
    settled_reason TEXT,
    UNIQUE (pipeline, unit, record_key)
);
CREATE INDEX dead_letters_state ON dead_letters (pipeline, state, last_seen);
CREATE INDEX dead_letters_key ON dead_letters (record_key);

CREATE TABLE sync_status (
    entity_type TEXT PRIMARY KEY,
    last_sync TEXT,
    sync_frequency TEXT,
    next_sync TEXT,
    success_count INTEGER NOT NULL DEFAULT 0,
    error_count INTEGER NOT NULL DEFAULT 0,
    last_error TEXT,
    last_error_time TEXT,
    is_active INTEGER NOT NULL DEFAULT 1,
    average_duration REAL,
    last_duration REAL,
    records_processed_last INTEGER NOT NULL DEFAULT 0,
    records_processed_total INTEGER NOT NULL DEFAULT 0,
    last_memory_usage REAL,
    alert_threshold_failures INTEGER NOT NULL DEFAULT 3,
    notification_channels TEXT,
    updated_at TEXT NOT NULL
);

CREATE TABLE sync_metrics (
    id INTEGER PRIMARY KEY,
    audit_log_id TEXT NOT NULL REFERENCES sync_audit_logs (id) ON DELETE CASCADE,
    execution_time TEXT NOT NULL,
    throughput TEXT NOT NULL,
    errors TEXT NOT NULL,
    created_at TEXT NOT NULL
);
CREATE INDEX sync_metrics_audit ON sync_metrics (audit_log_id);

CREATE TABLE sync_config (
    id INTEGER PRIMARY KEY,
    config_key TEXT NOT NULL UNIQUE,
    config_value TEXT,
    updated_at TEXT NOT NULL,
    updated_by TEXT NOT NULL
);

CREATE TABLE manual_sync_audit (
    id INTEGER PRIMARY KEY,
    sync_job_id TEXT NOT NULL UNIQUE,
    entity_type TEXT NOT NULL,
    unit TEXT,
    priority TEXT NOT NULL CHECK (priority IN ('NORMAL', 'HIGH', 'EMERGENCY')),
    triggered_by TEXT NOT NULL,
    trigger_reason TEXT,
    trigger_timestamp TEXT NOT NULL,
    completion_timestamp TEXT,
    final_status TEXT,
    records_processed INTEGER,
    error_details TEXT
);
CREATE INDEX manual_sync_audit_entity ON manual_sync_audit (entity_type, trigger_timestamp);

CREATE TABLE receipts (
    run_id TEXT PRIMARY KEY,
    pipeline TEXT NOT NULL,
    path TEXT NOT NULL,
    hash TEXT NOT NULL,
    created_at TEXT NOT NULL
);
CREATE INDEX receipts_pipeline ON receipts (pipeline, run_id DESC);

CREATE VIEW sync_execution_history AS
SELECT id, pipeline AS entity_type, start_time AS execution_start, end_time AS execution_end, duration,
    CASE WHEN status = 'in_progress' THEN NULL ELSE status = 'completed' END AS success,
    success_count + failure_count AS records_processed, memory_usage_mb, error_message AS error_details
FROM sync_audit_logs;

CREATE VIEW sync_error_logs AS
SELECT id, audit_log_id,
    CASE WHEN error_type IN ('NETWORK', 'API', 'AUTH', 'TIMEOUT') THEN 'network' ELSE lower(error_type) END AS error_type,
    error_severity AS severity, error_message, stack_trace, record_key, occurred_at AS timestamp, occurred_at AS created_at
FROM sync_error_log;

CREATE VIEW sync_tournament_results AS
SELECT id, sync_execution_id, unit AS tournament_no, entity_type, success, records_processed, processing_duration,
    error_message, error_type, retry_attempt, created_at
FROM sync_unit_results;

-- The last 24 hours by the database's clock.
CREATE VIEW sync_health_summary AS
SELECT entity_type, count(*) AS total_executions, coalesce(sum(success), 0) AS successful_executions,
    avg(duration) AS avg_duration_seconds, max(execution_start) AS last_execution
FROM sync_execution_history
WHERE execution_start >= strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-1 day')
GROUP BY entity_type;
