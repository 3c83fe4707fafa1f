CREATE TABLE sync_alerts (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    severity text NOT NULL CHECK (severity IN ('INFO', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL')),
    type text NOT NULL,
    entity_type text COLLATE "C",
    message text NOT NULL,
    details jsonb,
    acknowledged boolean NOT NULL DEFAULT false,
    acknowledged_at timestamptz,
    acknowledged_by text,
    created_at timestamptz NOT NULL
);
CREATE INDEX sync_alerts_created ON sync_alerts (created_at DESC);
CREATE INDEX sync_alerts_acknowledged ON sync_alerts (acknowledged, created_at);
CREATE INDEX sync_alerts_entity ON sync_alerts (entity_type, created_at);

-- A rule compares a metric with its threshold, or states a whole condition. Windows, delays and cooldowns are seconds.
CREATE TABLE alert_rules (
    id text COLLATE "C" PRIMARY KEY,
    name text NOT NULL,
    description text,
    entity_type text COLLATE "C" NOT NULL DEFAULT 'all',
    metric text,
    condition text,
    threshold double precision,
    evaluation_window bigint,
    severity text NOT NULL CHECK (severity IN ('INFO', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL')),
    notification_channels jsonb,
    escalation_delay bigint,
    cooldown bigint,
    is_active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    updated_by text,
    CHECK (metric IS NOT NULL OR condition IS NOT NULL)
);
CREATE INDEX alert_rules_entity ON alert_rules (entity_type, is_active);

-- What is left of metrics that are too old to be kept run by run; a day is given by its beginning in UTC.
CREATE TABLE sync_metrics_daily (
    entity_type text COLLATE "C" NOT NULL,
    day timestamptz NOT NULL,
    runs bigint NOT NULL,
    records bigint NOT NULL,
    total_ms_mean double precision NOT NULL,
    total_ms_max double precision NOT NULL,
    records_per_second_mean double precision NOT NULL,
    records_per_second_max double precision NOT NULL,
    errors jsonb NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (entity_type, day)
);
CREATE INDEX sync_metrics_created ON sync_metrics (created_at);

-- The last 24 hours, as of refreshed_at; the server's maintenance keeps it.
DROP VIEW sync_health_summary;
CREATE TABLE sync_health_summary (
    entity_type text COLLATE "C" PRIMARY KEY,
    total_executions bigint NOT NULL,
    successful_executions bigint NOT NULL,
    avg_duration_seconds double precision,
    last_execution timestamptz,
    refreshed_at timestamptz NOT NULL
);

-- Runs are listed by id, errors by time, newest first, within what is asked for.
CREATE INDEX sync_audit_logs_pipeline_id ON sync_audit_logs (pipeline, id DESC);
DROP INDEX sync_audit_logs_status;
CREATE INDEX sync_audit_logs_status ON sync_audit_logs (status, id DESC);
CREATE INDEX sync_error_log_time ON sync_error_log (occurred_at, id);
DROP INDEX sync_error_log_entity;
CREATE INDEX sync_error_log_entity ON sync_error_log (entity_type, occurred_at, id);
CREATE INDEX sync_error_log_type_time ON sync_error_log (error_type, occurred_at, id);
CREATE INDEX sync_error_log_open ON sync_error_log (occurred_at, id) WHERE resolved_at IS NULL;
-- Success rates over a window read nothing but this.
CREATE INDEX sync_audit_logs_rates ON sync_audit_logs (start_time, pipeline, status, duration);
