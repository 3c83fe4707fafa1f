-- An undo is a run of its own: the run whose rows it put back.
ALTER TABLE sync_audit_logs ADD COLUMN undone_run text COLLATE "C";
