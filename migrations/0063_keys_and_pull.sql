-- Keys by which other programs ask for what is a person's. Of a key there stand its beginning, by which people know it, and its hash: who reads the
-- table cannot use one.
CREATE TABLE api_keys (
  id         uuid        CONSTRAINT api_keys_pkey PRIMARY KEY,
  user_id    uuid        NOT NULL CONSTRAINT api_keys_user_fkey REFERENCES users ON DELETE CASCADE,
  name       text        NOT NULL CONSTRAINT api_keys_name CHECK (length(name) BETWEEN 1 AND 200),
  prefix     text        NOT NULL CONSTRAINT api_keys_prefix CHECK (length(prefix) BETWEEN 1 AND 20),
  key_hash   bytea       NOT NULL CONSTRAINT api_keys_key_hash UNIQUE CONSTRAINT api_keys_key_hash_length CHECK (length(key_hash) = 32),
  scopes     text[]      NOT NULL CONSTRAINT api_keys_scopes CHECK (cardinality(scopes) BETWEEN 1 AND 20),
  expires_at timestamptz,  -- NULL: never
  created_at timestamptz NOT NULL,
  used_at    timestamptz,  -- at most a minute too early
  revoked_at timestamptz
);
CREATE INDEX api_keys_by_user ON api_keys (user_id, id);  -- the page of keys
CALL wall_user('api_keys', '{used_at,revoked_at}');
GRANT DELETE ON api_keys TO heed_work;

-- Finds a key that is good at an instant, and makes whose it is the owner of the rest of the transaction: a person without a role.
CREATE FUNCTION door.api_key(key_hash bytea, at timestamptz) RETURNS TABLE (key_id uuid, user_id uuid, scopes text[], used_at timestamptz)
  LANGUAGE plpgsql SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  account uuid;
BEGIN
  SELECT k.id, k.user_id, k.scopes, k.used_at, u.account_id INTO key_id, user_id, scopes, used_at, account
  FROM api_keys k JOIN users u ON u.id = k.user_id
  WHERE k.key_hash = $1 AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > $2);
  IF NOT FOUND THEN RETURN; END IF;
  PERFORM set_config('heed.user_id', user_id::text, true), set_config('heed.account_id', account::text, true), set_config('heed.role', '', true);
  RETURN NEXT;
END $$;
REVOKE ALL ON FUNCTION door.api_key(bytea, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.api_key(bytea, timestamptz) TO heed_web;

-- Messages that wait to be fetched in place of being sent. `due_at` is when their time is over, `sent_at` when they were given out last. The constraint
-- is wider than the one before; the table is read once to see it.
ALTER TABLE outbox DROP CONSTRAINT outbox_reason,
  ADD CONSTRAINT outbox_reason CHECK (reason IN ('answered', 'superseded', 'switched_off', 'unsubscribed', 'refused', 'gone', 'unverified',
    'unverified_limit', 'no_use', 'no_result', 'singly', 'quiet', 'digest', 'kept', 'unreached', 'timeout', 'broken', 'no_entry', 'not_unicode',
    'interrupted', 'no_channel', 'malformed', 'no_storage', 'unknown', 'laid_out', 'fetched', 'received', 'expired', 'unreceived'));
CREATE INDEX outbox_to_fetch ON outbox (user_id, due_at) WHERE channel = 'pull' AND state = 'pending';  -- asked for every half minute
GRANT UPDATE (due_at, attempts, sent_at) ON outbox TO heed_web;
