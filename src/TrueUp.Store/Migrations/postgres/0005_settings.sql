-- Every change of the configuration: whose, when, from what to what.
CREATE TABLE sync_config_history (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    config_key text COLLATE "C" NOT NULL,
    old_value text,
    new_value text,
    changed_at timestamptz NOT NULL,
    changed_by text NOT NULL,
    source text NOT NULL CHECK (source IN ('api', 'file', 'revert')),
    note text
);
CREATE INDEX sync_config_history_key ON sync_config_history (config_key, id DESC);

-- Changes go through this one row, one after the other: whoever has seen a version has seen all before it.
CREATE TABLE sync_config_version (id INTEGER PRIMARY KEY CHECK (id = 1), version bigint NOT NULL);
INSERT INTO sync_config_version VALUES (1, 0);
