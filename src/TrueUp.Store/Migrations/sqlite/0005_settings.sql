-- Every change of the configuration: whose, when, from what to what.
CREATE TABLE sync_config_history (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    config_key TEXT NOT NULL,
    old_value TEXT,
    new_value TEXT,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('api', 'file', 'revert')),
    note TEXT
);
CREATE INDEX sync_config_history_key ON sync_config_history (config_key, id DESC);

-- Changes go through this one row, one after the other: whoever has seen a version has seen all before it.
CREATE TABLE sync_config_version (id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER NOT NULL);
INSERT INTO sync_config_version VALUES (1, 0);
