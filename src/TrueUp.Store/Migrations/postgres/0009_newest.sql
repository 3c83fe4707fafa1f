-- How every pipeline stands: its newest run and its last proof, each found by one look, however many runs there are.
DROP INDEX sync_audit_logs_pipeline;
CREATE INDEX sync_audit_logs_newest ON sync_audit_logs (pipeline, start_time DESC, id DESC);
CREATE INDEX sync_audit_logs_proofs ON sync_audit_logs (pipeline, start_time DESC, id DESC)
    WHERE NOT dry_run AND status = 'completed' AND verdict IN ('verified', 'repaired') AND error_code IS NULL
        AND verification_result ->> 'only_units' IS NULL;
