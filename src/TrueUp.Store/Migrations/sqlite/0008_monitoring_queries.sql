-- How each unit did last is found from name to name.
CREATE INDEX sync_unit_results_latest ON sync_unit_results (entity_type, unit, id);

-- What dashboards count of the runs of a time, without reading the runs themselves, which are long.
CREATE INDEX sync_audit_logs_window ON sync_audit_logs (start_time, pipeline, status, verify_only, dry_run, undone_run,
    duration, success_count, failure_count, memory_usage_mb, id);
