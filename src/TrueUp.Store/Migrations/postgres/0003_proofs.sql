-- A receipt's place in its pipeline's chain, from 1 without gaps: no two can take the same.
ALTER TABLE receipts ADD COLUMN sequence bigint NOT NULL DEFAULT 0;
UPDATE receipts SET sequence =
    (SELECT count(*) FROM receipts r WHERE r.pipeline = receipts.pipeline AND r.run_id <= receipts.run_id);
CREATE UNIQUE INDEX receipts_chain ON receipts (pipeline, sequence);
DROP INDEX receipts_pipeline;

-- When somebody outside was told of it, or why nobody could be.
ALTER TABLE receipts ADD COLUMN witnessed_at timestamptz;
ALTER TABLE receipts ADD COLUMN witness_problem text;

-- The verifier's test of itself: passed, kinds, detected. Null where none was made.
ALTER TABLE sync_audit_logs ADD COLUMN self_test jsonb;
