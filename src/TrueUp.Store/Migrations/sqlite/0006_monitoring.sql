CREATE TABLE sync_alerts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    severity TEXT NOT NULL CHECK (severity IN ('INFO', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL')),
    type TEXT NOT NULL,
    entity_type TEXT,
    message TEXT NOT NULL,
    details TEXT,
    acknowledged INTEGER NOT NULL DEFAULT 0,
    acknowledged_at TEXT,
    acknowledged_by TEXT,
    created_at TEXT NOT NULL
);
CREATE INDEX sync_alerts_created ON sync_alerts (created_at DESC);
CREATE INDEX sync_alerts_acknowledged ON sync_alerts (acknowledged, created_at);
CREATE INDEX sync_alerts_entity ON sync_alerts (entity_type, created_at);

-- A rule compares a metric with its threshold, or states a whole condition. Windows, delays and cooldowns are seconds.
CREATE TABLE alert_rules (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    description TEXT,
    entity_type TEXT NOT NULL DEFAULT 'all',
    metric TEXT,
    condition TEXT,
    threshold REAL,
    evaluation_window INTEGER,
    severity TEXT NOT NULL CHECK (severity IN ('INFO', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL')),
    notification_channels TEXT,
    escalation_delay INTEGER,
    cooldown INTEGER,
    is_active INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by TEXT,
    CHECK (metric IS NOT NULL OR condition IS NOT NULL)
);
CREATE INDEX alert_rules_entity ON alert_rules (entity_type, is_active);

-- What is left of metrics that are too old to be kept run by run; a day is given by its beginning in UTC.
CREATE TABLE sync_metrics_daily (
    entity_type TEXT NOT NULL,
    day TEXT NOT NULL,
    runs INTEGER NOT NULL,
    records INTEGER NOT NULL,
    total_ms_mean REAL NOT NULL,
    total_ms_max REAL NOT NULL,
    records_per_second_mean REAL NOT NULL,
    records_per_second_max REAL NOT NULL,
    errors TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (entity_type, day)
);
CREATE INDEX sync_metrics_created ON sync_metrics (created_at);

-- The last 24 hours, as of refreshed_at; the server's maintenance keeps it.
DROP VIEW sync_health_summary;
CREATE TABLE sync_health_summary (
    entity_type TEXT PRIMARY KEY,
    total_executions INTEGER NOT NULL,
    successful_executions INTEGER NOT NULL,
    avg_duration_seconds REAL,
    last_execution TEXT,
    refreshed_at TEXT NOT NULL
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
