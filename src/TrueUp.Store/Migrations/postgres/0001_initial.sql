-- The tables of the same file for SQLite. Identifiers and keys are compared byte by byte, as SQLite does.
-- Durations are seconds.

-- One row for each run. Older names for the same facts are views further down.
CREATE TABLE sync_audit_logs (
    id text COLLATE "C" PRIMARY KEY,
    pipeline text COLLATE "C" NOT NULL,
    start_time timestamptz NOT NULL,
    end_time timestamptz,
    trigger_source text NOT NULL CHECK (trigger_source IN ('scheduled', 'manual', 'retry', 'cdc')),
    triggered_by text,
    status text NOT NULL CHECK (status IN ('in_progress', 'completed', 'failed', 'cancelled')),
    success_count bigint NOT NULL DEFAULT 0,
    failure_count bigint NOT NULL DEFAULT 0,
    verification_result jsonb,
    mode text NOT NULL,
    audit_level text NOT NULL,
    verify_only boolean NOT NULL DEFAULT false,
    dry_run boolean NOT NULL DEFAULT false,
    pipeline_file text,
    pipeline_hash text,
    verdict text,
    counts jsonb,
    phases jsonb,
    duration double precision,
    memory_usage_mb double precision,
    error_code text,
    error_message text,
    error_suggestion text,
    findings jsonb,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE INDEX sync_audit_logs_start ON sync_audit_logs (start_time DESC);
CREATE INDEX sync_audit_logs_status ON sync_audit_logs (status);
CREATE INDEX sync_audit_logs_pipeline ON sync_audit_logs (pipeline, start_time DESC);

CREATE TABLE sync_unit_results (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sync_execution_id text COLLATE "C" NOT NULL REFERENCES sync_audit_logs (id) ON DELETE CASCADE,
    unit text COLLATE "C" NOT NULL,
    entity_type text COLLATE "C" NOT NULL,
    success boolean NOT NULL,
    records_processed bigint NOT NULL,
    processing_duration double precision NOT NULL,
    error_message text,
    error_type text,
    retry_attempt integer NOT NULL DEFAULT 0,
    status text NOT NULL,
    verdict text NOT NULL,
    counts jsonb NOT NULL,
    verification_result jsonb NOT NULL,
    warnings jsonb NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX sync_unit_results_entity ON sync_unit_results (entity_type, created_at);
CREATE INDEX sync_unit_results_unit ON sync_unit_results (unit, created_at);
CREATE INDEX sync_unit_results_execution ON sync_unit_results (sync_execution_id);

CREATE TABLE sync_error_log (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    audit_log_id text COLLATE "C" REFERENCES sync_audit_logs (id) ON DELETE CASCADE,
    entity_type text COLLATE "C" NOT NULL,
    unit text COLLATE "C" NOT NULL DEFAULT '',
    error_type text NOT NULL
        CHECK (error_type IN ('NETWORK', 'AUTH', 'API', 'DATABASE', 'TIMEOUT', 'VALIDATION', 'UNKNOWN')),
    error_severity text NOT NULL CHECK (error_severity IN ('INFO', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL')),
    error_message text NOT NULL,
    error_context jsonb,
    recovery_suggestion text,
    record_key text COLLATE "C",
    stack_trace text,
    occurred_at timestamptz NOT NULL,
    resolved_at timestamptz,
    resolution_notes text,
    resolved_by text
);
CREATE INDEX sync_error_log_entity ON sync_error_log (entity_type, occurred_at);
CREATE INDEX sync_error_log_unit ON sync_error_log (unit, occurred_at);
CREATE INDEX sync_error_log_type ON sync_error_log (error_type, error_severity, occurred_at);
CREATE INDEX sync_error_log_audit ON sync_error_log (audit_log_id);
CREATE INDEX sync_error_log_key ON sync_error_log (record_key);

-- The first entries of a run, for queries in SQL: at most 10,000 failures and 10,000 others, bulk loads not among them.
-- All entries are in the run's segment files.
CREATE TABLE sync_record_logs (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    audit_log_id text COLLATE "C" NOT NULL REFERENCES sync_audit_logs (id) ON DELETE CASCADE,
    unit text COLLATE "C" NOT NULL DEFAULT '',
    record_key text COLLATE "C" NOT NULL,
    operation text NOT NULL CHECK (operation IN ('create', 'update', 'delete', 'skip')),
    result text NOT NULL CHECK (result IN ('success', 'failure')),
    error_message text,
    timestamp timestamptz NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX sync_record_logs_audit ON sync_record_logs (audit_log_id);
CREATE INDEX sync_record_logs_key ON sync_record_logs (record_key);

-- What a comparison or a proof found different, by key. When there were more than are listed, one row without a key
-- says how many others.
CREATE TABLE gaps (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    audit_log_id text COLLATE "C" NOT NULL REFERENCES sync_audit_logs (id) ON DELETE CASCADE,
    unit text COLLATE "C" NOT NULL,
    kind text NOT NULL CHECK (kind IN ('gap', 'drift', 'extra')),
    record_key text COLLATE "C",
    column_names jsonb,
    others bigint NOT NULL DEFAULT 0,
    found_at timestamptz NOT NULL
);
CREATE INDEX gaps_audit ON gaps (audit_log_id);
CREATE INDEX gaps_key ON gaps (record_key);

CREATE TABLE recoveries (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    audit_log_id text COLLATE "C" NOT NULL REFERENCES sync_audit_logs (id) ON DELETE CASCADE,
    unit text COLLATE "C" NOT NULL,
    action text NOT NULL,
    attempt integer NOT NULL,
    reason text NOT NULL,
    succeeded boolean,
    occurred_at timestamptz NOT NULL
);
CREATE INDEX recoveries_audit ON recoveries (audit_log_id);

-- Not part of one run: a letter lives until its record succeeds or somebody discards it.
CREATE TABLE dead_letters (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    pipeline text COLLATE "C" NOT NULL,
    unit text COLLATE "C" NOT NULL,
    record_key text COLLATE "C" NOT NULL,
    state text NOT NULL CHECK (state IN ('pending', 'succeeded', 'discarded')),
    issue text NOT NULL,
    reason text NOT NULL,
    column_name text,
    line bigint NOT NULL DEFAULT 0,
    ordinal bigint NOT NULL DEFAULT 0,
    raw text,
    attempts integer NOT NULL DEFAULT 1,
    first_seen timestamptz NOT NULL,
    last_seen timestamptz NOT NULL,
    first_run_id text COLLATE "C" NOT NULL,
    last_run_id text COLLATE "C" NOT NULL,
    settled_at timestamptz,
    settled_by text,
    settled_reason text,
    UNIQUE (pipeline, unit, record_key)
);
CREATE INDEX dead_letters_state ON dead_letters (pipeline, state, last_seen);
CREATE INDEX dead_letters_key ON dead_letters (record_key);

CREATE TABLE sync_status (
    entity_type text COLLATE "C" PRIMARY KEY,
    last_sync timestamptz,
    sync_frequency text,
    next_sync timestamptz,
    success_count bigint NOT NULL DEFAULT 0,
    error_count bigint NOT NULL DEFAULT 0,
    last_error text,
    last_error_time timestamptz,
    is_active boolean NOT NULL DEFAULT true,
    average_duration double precision,
    last_duration double precision,
    records_processed_last bigint NOT NULL DEFAULT 0,
    records_processed_total bigint NOT NULL DEFAULT 0,
    last_memory_usage double precision,
    alert_threshold_failures integer NOT NULL DEFAULT 3,
    notification_channels jsonb,
    updated_at timestamptz NOT NULL
);

CREATE TABLE sync_metrics (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    audit_log_id text COLLATE "C" NOT NULL REFERENCES sync_audit_logs (id) ON DELETE CASCADE,
    execution_time jsonb NOT NULL,
    throughput jsonb NOT NULL,
    errors jsonb NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX sync_metrics_audit ON sync_metrics (audit_log_id);

CREATE TABLE sync_config (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    config_key text COLLATE "C" NOT NULL UNIQUE,
    config_value text,
    updated_at timestamptz NOT NULL,
    updated_by text NOT NULL
);

CREATE TABLE manual_sync_audit (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sync_job_id text COLLATE "C" NOT NULL UNIQUE,
    entity_type text COLLATE "C" NOT NULL,
    unit text COLLATE "C",
    priority text NOT NULL CHECK (priority IN ('NORMAL', 'HIGH', 'EMERGENCY')),
    triggered_by text NOT NULL,
    trigger_reason text,
    trigger_timestamp timestamptz NOT NULL,
    completion_timestamp timestamptz,
    final_status text,
    records_processed bigint,
    error_details text
);
CREATE INDEX manual_sync_audit_entity ON manual_sync_audit (entity_type, trigger_timestamp);

CREATE TABLE receipts (
    run_id text COLLATE "C" PRIMARY KEY,
    pipeline text COLLATE "C" NOT NULL,
    path text NOT NULL,
    hash text NOT NULL,
    created_at timestamptz NOT NULL
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
SELECT entity_type, count(*) AS total_executions, count(*) FILTER (WHERE success) AS successful_executions,
    avg(duration) AS avg_duration_seconds, max(execution_start) AS last_execution
FROM sync_execution_history
WHERE execution_start >= now() - interval '1 day'
GROUP BY entity_type;
