-- A person's webhook: commands come in under its id, and an address that is gone for good is posted to no more (RULES 4.3). A column, wider
-- constraints, two functions, and an index in another's place. Each constraint reads its table once, the index the outbox a second time, and whoever uses
-- these tables waits until all of it has committed: for some seconds where there are millions of rows.

ALTER TABLE agents ADD COLUMN gone_at timestamptz;  -- when its other side said for good that it is not there: it is off since. NULL: the switch is the person's
GRANT UPDATE (gone_at) ON agents TO heed_web;
GRANT UPDATE (enabled, version, updated_at, gone_at) ON agents TO heed_work;

-- Whose webhook a command came to.
CREATE FUNCTION door.agent_hook(agent uuid) RETURNS TABLE (user_id uuid, account_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp ROWS 1 AS $$
  SELECT a.user_id, u.account_id FROM agents a JOIN users u ON u.id = a.user_id WHERE a.id = $1 AND a.type = 'webhook' AND a.enabled
$$;
REVOKE ALL ON FUNCTION door.agent_hook(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.agent_hook(uuid) TO heed_web;

-- What a webhook asks for, its owner's log and timeline say.
ALTER TABLE audit_log DROP CONSTRAINT audit_log_actor, ADD CONSTRAINT audit_log_actor
  CHECK (actor IN ('user', 'link', 'webhook', 'key', 'operator', 'system'));
ALTER TABLE escalation_events DROP CONSTRAINT escalation_events_actor, ADD CONSTRAINT escalation_events_actor
  CHECK (actor IN ('system', 'user', 'link', 'webhook', 'key'));
-- And of a habit's date, by what it was ticked.
ALTER TABLE habit_days DROP CONSTRAINT habit_days_source, ADD CONSTRAINT habit_days_source
  CHECK (source IN ('page', 'link', 'import', 'webhook'));
CREATE OR REPLACE FUNCTION door.audit_append(at timestamp with time zone, address text, agent text, request_id text, version smallint, accounts uuid[], numbers bigint[], owners uuid[], actors text[], actor_ids uuid[], ids uuid[], actions text[], subjects text[], subject_ids uuid[], payloads text[], hashes bytea[], macs bytea[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
DECLARE moved bigint;
BEGIN
  IF session_user NOT IN ('heed_work', current_user) AND EXISTS (
    SELECT FROM unnest($6, $7, $8, $9, $10) AS e(account, number, owner, actor, actor_id)
    WHERE e.account IS DISTINCT FROM my_account() OR e.owner IS NOT NULL AND e.owner IS DISTINCT FROM me()
      OR e.actor NOT IN ('user', 'link', 'webhook', 'key') AND (e.actor <> 'system' OR e.number <> 1)
      OR e.actor IN ('user', 'link', 'webhook') AND e.actor_id IS DISTINCT FROM me()) THEN
    RAISE insufficient_privilege USING MESSAGE = 'an entry of the audit log in another''s name';
  END IF;
  UPDATE audit_heads h SET number = t.last, mac = t.mac
  FROM (
    SELECT e.account, min(e.number) AS first, max(e.number) AS last, count(*) AS entries, count(DISTINCT e.number) AS numbers,
      (array_agg(e.mac ORDER BY e.number DESC))[1] AS mac
    FROM unnest($6, $7, $17) AS e(account, number, mac) GROUP BY e.account) t
  WHERE h.account_id = t.account AND h.number = t.first - 1 AND t.entries = t.numbers AND t.numbers = t.last - t.first + 1;
  GET DIAGNOSTICS moved = ROW_COUNT;
  IF moved <> (SELECT count(DISTINCT a) FROM unnest($6) a) THEN
    RAISE object_not_in_prerequisite_state USING MESSAGE = format('audit logs do not end before these rows: accounts %s, rows %s', $6, $7);
  END IF;
  INSERT INTO audit_log (id, account_id, number, at, user_id, actor, actor_id, action, subject, subject_id, payload, payload_sha256, address,
    agent, request_id, version, mac)
  SELECT e.id, e.account, e.number, $1, e.owner, e.actor, e.actor_id, e.action, e.subject, e.subject_id, e.payload, e.hash, $2, $3, $4, $5, e.mac
  FROM unnest($6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
    AS e(account, number, owner, actor, actor_id, id, action, subject, subject_id, payload, hash, mac);
END $_$;

-- A server whose certificate is not one to trust; a mail that tells of a webhook that is gone.
ALTER TABLE outbox DROP CONSTRAINT outbox_reason, ADD CONSTRAINT outbox_reason
  CHECK (reason IN ('answered', 'superseded', 'switched_off', 'unsubscribed', 'refused', 'gone', 'unverified', 'unverified_limit', 'no_use',
    'no_result', 'singly', 'quiet', 'digest', 'kept', 'unreached', 'timeout', 'broken', 'no_entry', 'not_unicode', 'interrupted', 'no_channel',
    'malformed', 'no_storage', 'unknown', 'untrusted', 'laid_out', 'fetched', 'received', 'expired',
    'unreceived'));
ALTER TABLE account_mails DROP CONSTRAINT account_mails_kind, ADD CONSTRAINT account_mails_kind
  CHECK (kind IN ('verification', 'reset', 'sign_up', 'password_changed', 'agent_off', 'webhook_off'));

-- When an agent last reached its person, whichever other reached them since, and whoever else was told.
DROP INDEX outbox_by_user;
CREATE INDEX outbox_by_user ON outbox (user_id, channel, sent_at) WHERE sent_at IS NOT NULL AND subject IN ('escalation', 'test')
  AND recipient_kind = 'user';
