-- Programs that may use the servers. Of a key only its hash is kept.
CREATE TABLE api_keys (
    id TEXT COLLATE "C" PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('viewer', 'operator', 'admin')),
    -- The only pipelines it may see, a list of names; NULL for all.
    pipelines jsonb,
    prefix TEXT NOT NULL UNIQUE,
    hash TEXT NOT NULL,
    created_at timestamptz NOT NULL,
    created_by TEXT NOT NULL,
    expires_at timestamptz,
    revoked_at timestamptz,
    revoked_by TEXT,
    replaced_by TEXT,
    last_used_at timestamptz,
    CHECK (role <> 'admin' OR pipelines IS NULL)
);
CREATE INDEX api_keys_name ON api_keys (name);

-- People who may use the dashboard.
CREATE TABLE users (
    name TEXT COLLATE "C" PRIMARY KEY,
    role TEXT NOT NULL CHECK (role IN ('viewer', 'operator', 'admin')),
    password_hash TEXT NOT NULL,
    -- Changes when all sessions of the user are to end.
    session_stamp TEXT NOT NULL,
    created_at timestamptz NOT NULL,
    created_by TEXT NOT NULL,
    updated_at timestamptz NOT NULL,
    disabled_at timestamptz,
    last_login_at timestamptz
);

-- What was done to the servers. Each entry's hash covers the one before it.
CREATE TABLE admin_audit (
    id bigint PRIMARY KEY,
    occurred_at timestamptz NOT NULL,
    actor TEXT NOT NULL,
    role TEXT NOT NULL,
    address TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    details jsonb NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE INDEX admin_audit_time ON admin_audit (occurred_at);
CREATE INDEX admin_audit_actor ON admin_audit (actor, id);
CREATE INDEX admin_audit_action ON admin_audit (action, id);

-- Entries are appended through this one row, so that no two follow the same entry, and a cut end is noticed.
CREATE TABLE admin_audit_head (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    entries bigint NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO admin_audit_head
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

CREATE FUNCTION admin_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'admin_audit is append-only';
END
$$;
CREATE TRIGGER admin_audit_keep BEFORE UPDATE OR DELETE ON admin_audit
FOR EACH ROW EXECUTE FUNCTION admin_audit_refuse();
CREATE TRIGGER admin_audit_keep_all BEFORE TRUNCATE ON admin_audit
FOR EACH STATEMENT EXECUTE FUNCTION admin_audit_refuse();
