-- Who there is. Personal rows belong to a user, shared rows to an account. The web role sees a row only when it belongs to the user
-- (or account) that the transaction says it acts for; the worker sees all; the owner of the tables migrates and is never used to serve.
CREATE SCHEMA door;

-- Inlined by the planner, so that an index on user_id is used. After a transaction-local setting ends its value is '', hence nullif.
-- Policies say (SELECT me()): asked once for a statement, where me() alone would be asked for every row that is looked at.
CREATE FUNCTION me() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('heed.user_id', true), '')::uuid $$;
CREATE FUNCTION my_account() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('heed.account_id', true), '')::uuid $$;

CREATE TABLE accounts (
  id         uuid        CONSTRAINT accounts_pkey PRIMARY KEY,
  name       text        NOT NULL CONSTRAINT accounts_name_length CHECK (length(name) <= 200),
  created_at timestamptz NOT NULL
);

CREATE TABLE users (
  id            uuid        CONSTRAINT users_pkey PRIMARY KEY,
  account_id    uuid        NOT NULL CONSTRAINT users_account_fkey REFERENCES accounts ON DELETE CASCADE,
  role          text        NOT NULL CONSTRAINT users_role CHECK (role IN ('owner', 'admin', 'agent', 'viewer')),
  email         text        NOT NULL CONSTRAINT users_email_length CHECK (octet_length(email) BETWEEN 3 AND 254),
  email_key     text        NOT NULL CONSTRAINT users_email_key UNIQUE,  -- the address in lower case: what makes two the same
  verified_at   timestamptz,                                             -- when the address was shown to be theirs
  password_hash text        NOT NULL,                                    -- argon2id, encoded form
  display_name  text        NOT NULL CONSTRAINT users_display_name_length CHECK (length(display_name) BETWEEN 1 AND 100),
  timezone      text        NOT NULL,
  language      text        NOT NULL CONSTRAINT users_language CHECK (language IN ('en', 'pt-BR')),
  week_start    smallint    NOT NULL CONSTRAINT users_week_start CHECK (week_start BETWEEN 1 AND 7),  -- 1 Monday … 7 Sunday
  day_start     smallint    NOT NULL DEFAULT 0 CONSTRAINT users_day_start CHECK (day_start BETWEEN 0 AND 6),  -- hours after midnight
  default_time  integer     NOT NULL DEFAULT 32400 CONSTRAINT users_default_time CHECK (default_time BETWEEN 0 AND 86399),  -- second of the day
  quiet_from    integer     CONSTRAINT users_quiet_from CHECK (quiet_from BETWEEN 0 AND 86399),
  quiet_until   integer     CONSTRAINT users_quiet_until CHECK (quiet_until BETWEEN 0 AND 86399),
  personality   text        NOT NULL DEFAULT 'general' CONSTRAINT users_personality CHECK (personality IN ('yoda', 'general', 'mentor')),
  theme         text        NOT NULL DEFAULT 'system' CONSTRAINT users_theme CHECK (theme IN ('system', 'light', 'dark')),
  preferences   jsonb       NOT NULL DEFAULT '{}',
  version       integer     NOT NULL DEFAULT 1,
  created_at    timestamptz NOT NULL,
  updated_at    timestamptz NOT NULL,
  CONSTRAINT users_quiet_both CHECK ((quiet_from IS NULL) = (quiet_until IS NULL)),
  CONSTRAINT users_id_account UNIQUE (id, account_id)
);
CREATE INDEX users_by_account ON users (account_id, id);

-- The cookie holds the token, this table its SHA-256: a copy of the database opens no session.
CREATE TABLE web_sessions (
  id         uuid        CONSTRAINT web_sessions_pkey PRIMARY KEY,
  user_id    uuid        NOT NULL CONSTRAINT web_sessions_user_fkey REFERENCES users ON DELETE CASCADE,
  token_hash bytea       NOT NULL CONSTRAINT web_sessions_token_hash UNIQUE CONSTRAINT web_sessions_token_hash_length CHECK (length(token_hash) = 32),
  created_at timestamptz NOT NULL,
  seen_at    timestamptz NOT NULL,
  address    text        NOT NULL DEFAULT '',
  agent      text        NOT NULL DEFAULT '' CONSTRAINT web_sessions_agent_length CHECK (length(agent) <= 400)
);
CREATE INDEX web_sessions_by_user ON web_sessions (user_id, seen_at);

ALTER TABLE accounts ENABLE ROW LEVEL SECURITY;
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
ALTER TABLE web_sessions ENABLE ROW LEVEL SECURITY;
CREATE POLICY accounts_own ON accounts TO heed_web USING (id = (SELECT my_account()));
CREATE POLICY accounts_all ON accounts TO heed_work USING (true);
CREATE POLICY users_own ON users TO heed_web USING (id = (SELECT me()));
CREATE POLICY users_all ON users TO heed_work USING (true);
CREATE POLICY web_sessions_own ON web_sessions TO heed_web USING (user_id = (SELECT me()));
CREATE POLICY web_sessions_all ON web_sessions TO heed_work USING (true);

GRANT USAGE ON SCHEMA public, door TO heed_web, heed_work;
GRANT SELECT, INSERT, UPDATE, DELETE ON accounts, users, web_sessions TO heed_web;
GRANT SELECT, UPDATE ON accounts, users TO heed_work;
GRANT SELECT, DELETE ON web_sessions TO heed_work;

-- Doors: what must be read before anybody is known. An exact key goes in, few columns come out.
CREATE FUNCTION door.session(token_hash bytea, seen_after timestamptz, made_after timestamptz)
RETURNS TABLE (session_id uuid, user_id uuid, account_id uuid, seen_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public ROWS 1 AS $$
-- For every page, so in plpgsql: it keeps the plan, where a function in SQL is planned at each call (0.35 ms against 0.07).
BEGIN
  RETURN QUERY SELECT s.id, s.user_id, u.account_id, s.seen_at FROM web_sessions s JOIN users u ON u.id = s.user_id
    WHERE s.token_hash = $1 AND s.seen_at > $2 AND s.created_at > $3;
END $$;
CREATE FUNCTION door.credentials(email_key text)
RETURNS TABLE (user_id uuid, account_id uuid, password_hash text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public ROWS 1 AS $$
  SELECT u.id, u.account_id, u.password_hash FROM users u WHERE u.email_key = $1
$$;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA door FROM PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA door TO heed_web, heed_work;
