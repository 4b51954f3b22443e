-- What is written down about changes: who did what (audit), what happened otherwise (events), what was done already (idempotency),
-- how often something was tried (attempts), and the letters that accounts need.
CREATE TABLE audit_log (
  id             uuid        CONSTRAINT audit_log_pkey PRIMARY KEY,  -- sorts by time, so that the table can be partitioned by month
  account_id     uuid        NOT NULL,  -- no foreign key: the record outlives what it is about
  number         bigint      NOT NULL,  -- 1, 2, 3 … within the account
  at             timestamptz NOT NULL,
  user_id        uuid,                  -- whose rows were changed
  actor          text        NOT NULL CONSTRAINT audit_log_actor CHECK (actor IN ('user', 'link', 'key', 'operator', 'system')),
  action         text        NOT NULL CONSTRAINT audit_log_action_length CHECK (length(action) <= 60),
  subject        text        NOT NULL,  -- 'reminder', 'session' …
  subject_id     uuid,
  payload        text,                  -- JSON: before and after, secrets masked; text, so that its hash can be checked; NULL once erased
  payload_sha256 bytea       NOT NULL,  -- of the text that was written, so that an erased payload leaves the chain whole
  address        text        NOT NULL DEFAULT '',
  agent          text        NOT NULL DEFAULT '',
  request_id     text        NOT NULL DEFAULT '',
  mac            bytea       NOT NULL,  -- HMAC-SHA256 over the previous mac, the columns above and payload_sha256
  CONSTRAINT audit_log_number UNIQUE (account_id, number)
);
CREATE TABLE audit_heads (
  account_id uuid   CONSTRAINT audit_heads_pkey PRIMARY KEY,
  number     bigint NOT NULL,
  mac        bytea  NOT NULL
);

CREATE TABLE event_log (
  id      uuid        CONSTRAINT event_log_pkey PRIMARY KEY,
  at      timestamptz NOT NULL,
  user_id uuid,
  kind    text        NOT NULL CONSTRAINT event_log_kind_length CHECK (length(kind) <= 60),
  payload jsonb       NOT NULL DEFAULT '{}'
);
CREATE INDEX event_log_by_user ON event_log (user_id, at);
CREATE INDEX event_log_by_time ON event_log (at);

-- The same nonce of the same person again leads to the first result.
CREATE TABLE idempotency_keys (
  user_id    uuid        NOT NULL CONSTRAINT idempotency_keys_user_fkey REFERENCES users ON DELETE CASCADE,
  key        text        NOT NULL CONSTRAINT idempotency_keys_key_length CHECK (length(key) BETWEEN 1 AND 100),
  location   text        NOT NULL,
  created_at timestamptz NOT NULL,
  CONSTRAINT idempotency_keys_pkey PRIMARY KEY (user_id, key)
);
CREATE INDEX idempotency_keys_by_time ON idempotency_keys (created_at);

-- Throttling. The key is an HMAC of the address or network, so that the table tells nothing.
CREATE TABLE attempts (
  kind text        NOT NULL CONSTRAINT attempts_kind_length CHECK (length(kind) <= 40),
  key  bytea       NOT NULL,
  at   timestamptz NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
CREATE INDEX attempts_by_key ON attempts (kind, key, at);
CREATE INDEX attempts_by_time ON attempts (at);

-- Mail about an account. Tokens are derived from the id by HMAC: none is stored.
CREATE TABLE letters (
  id          uuid        CONSTRAINT letters_pkey PRIMARY KEY,
  user_id     uuid        NOT NULL CONSTRAINT letters_user_fkey REFERENCES users ON DELETE CASCADE,
  kind        text        NOT NULL CONSTRAINT letters_kind CHECK (kind IN ('verification', 'reset', 'sign_up', 'password_changed', 'agent_off')),
  email       text        NOT NULL,     -- as it was when the letter was asked for
  state       text        NOT NULL DEFAULT 'pending' CONSTRAINT letters_state CHECK (state IN ('pending', 'sending', 'sent', 'delivered', 'failed', 'cancelled')),
  due_at      timestamptz NOT NULL,
  created_at  timestamptz NOT NULL,
  expires_at  timestamptz NOT NULL,
  used_at     timestamptz,
  attempts    integer     NOT NULL DEFAULT 0,
  lease_until timestamptz,              -- by the database's clock
  fence       integer     NOT NULL DEFAULT 0,
  detail      text        NOT NULL DEFAULT '',
  CONSTRAINT letters_id_user UNIQUE (id, user_id)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
CREATE INDEX letters_by_user ON letters (user_id, kind, created_at);
CREATE INDEX letters_due ON letters (due_at) WHERE state = 'pending';
CREATE INDEX letters_leased ON letters (lease_until) WHERE state = 'sending';

ALTER TABLE audit_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_heads ENABLE ROW LEVEL SECURITY;
ALTER TABLE event_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE idempotency_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE letters ENABLE ROW LEVEL SECURITY;
CREATE POLICY audit_log_own ON audit_log TO heed_web USING (account_id = (SELECT my_account()));
CREATE POLICY audit_log_all ON audit_log TO heed_work USING (true);
CREATE POLICY audit_heads_own ON audit_heads TO heed_web USING (account_id = (SELECT my_account()));
CREATE POLICY audit_heads_all ON audit_heads TO heed_work USING (true);
-- Failures before anybody is known have no owner: written by the web role, read by nobody through it.
CREATE POLICY event_log_own ON event_log TO heed_web USING (user_id = (SELECT me())) WITH CHECK (user_id IS NULL OR user_id = (SELECT me()));
CREATE POLICY event_log_all ON event_log TO heed_work USING (true);
CREATE POLICY idempotency_keys_own ON idempotency_keys TO heed_web USING (user_id = (SELECT me()));
CREATE POLICY idempotency_keys_all ON idempotency_keys TO heed_work USING (true);
CREATE POLICY letters_own ON letters TO heed_web USING (user_id = (SELECT me()));
CREATE POLICY letters_all ON letters TO heed_work USING (true);

GRANT SELECT, INSERT ON audit_log TO heed_web, heed_work;
GRANT SELECT, INSERT, UPDATE ON audit_heads TO heed_web, heed_work;
GRANT SELECT, INSERT ON event_log TO heed_web;
GRANT SELECT, INSERT, DELETE ON event_log TO heed_work;
GRANT SELECT, INSERT, UPDATE ON idempotency_keys TO heed_web;
GRANT SELECT, DELETE ON idempotency_keys TO heed_work;
GRANT SELECT, INSERT ON attempts TO heed_web;
GRANT SELECT, DELETE ON attempts TO heed_work;
GRANT SELECT, INSERT, UPDATE ON letters TO heed_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON letters TO heed_work;

CREATE FUNCTION door.letter(letter_id uuid)
RETURNS TABLE (user_id uuid, account_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public ROWS 1 AS $$
  SELECT l.user_id, u.account_id FROM letters l JOIN users u ON u.id = l.user_id WHERE l.id = $1
$$;
REVOKE ALL ON FUNCTION door.letter(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.letter(uuid) TO heed_web;
