-- The keys of the vault: what an account's stored passwords and tokens are sealed with (RULES 7.2), each wrapped by the key that is derived from
-- HEED_SECRET_KEY, which never reaches the database. Where an account is deleted its keys go too, and what is sealed with them, wherever a copy
-- lies, opens no more. Nothing that is there is changed; safe while the site runs.
CREATE TABLE account_keys (
  account_id uuid        NOT NULL CONSTRAINT account_keys_account_fkey REFERENCES accounts ON DELETE CASCADE,
  version    smallint    NOT NULL CONSTRAINT account_keys_version CHECK (version BETWEEN 1 AND 255),  -- the first byte of what it seals
  wrapped    bytea       NOT NULL CONSTRAINT account_keys_wrapped CHECK (octet_length(wrapped) = 60),  -- nonce 12, sealed key 32, tag 16
  made_at    timestamptz NOT NULL,
  retired_at timestamptz,  -- opens what is not sealed anew yet, and seals nothing
  CONSTRAINT account_keys_pkey PRIMARY KEY (account_id, version)
);
-- One seals. Two that make an account's first one at the same time: the second finds this.
CREATE UNIQUE INDEX account_keys_current ON account_keys (account_id) WHERE retired_at IS NULL;
CREATE POLICY account_keys_own ON account_keys TO heed_web USING (account_id = (SELECT my_account()));
CALL wall('account_keys', '{}');
GRANT INSERT ON account_keys TO heed_work;

CREATE FUNCTION door.vault_key(account uuid) RETURNS TABLE (version smallint, wrapped bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp ROWS 1 AS $$
-- The key that an account's secrets are sealed with now; it stays until the transaction ends, so that what is sealed with it is seen by whoever
-- takes a key away. Locking a row takes a right to change it, hence the door.
BEGIN
  IF session_user NOT IN ('heed_work', current_user) AND $1 IS DISTINCT FROM my_account() THEN
    RAISE insufficient_privilege USING MESSAGE = 'the key of another account';
  END IF;
  RETURN QUERY SELECT k.version, k.wrapped FROM account_keys k WHERE k.account_id = $1 AND k.retired_at IS NULL FOR KEY SHARE;
END $$;
REVOKE ALL ON FUNCTION door.vault_key(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.vault_key(uuid) TO heed_web, heed_work;
