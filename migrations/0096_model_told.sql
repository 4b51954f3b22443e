-- People see what left this server for a model (RULES 9.45): of each call also the kinds of things that it told of, and whether a byte of it left. What
-- somebody does by accepting what the assistant proposed is the assistant's in the audit log, with the person beside it (RULES 9.33, 9.41). And an account
-- that is erased takes along what the assistant and the search by sense keep.
--
-- Columns with a constant, two checks that are proved without a lock, an index built in well under a second, and functions: safe while the site runs.

ALTER TABLE prompt_runs
  ADD COLUMN kinds    text[]  NOT NULL DEFAULT '{}',   -- of a person's things, as the register calls them
  ADD COLUMN has_left boolean NOT NULL DEFAULT true;   -- false: the server was not reached, so that nothing of it left
DROP INDEX prompt_runs_by_user;
CREATE INDEX prompt_runs_by_user ON prompt_runs (user_id, id);  -- a person's own, the newest first

-- Whose a call was, the web role reads of no row: those who run an account see what was asked, and not for whom. What a person caused
-- themselves comes through these two.
CREATE FUNCTION door.model_calls(before uuid, most bigint) RETURNS TABLE (
  id uuid, started_at timestamptz, host text, model text, event text, kinds text[], bytes bigint, outcome text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT r.id, r.started_at, r.host, r.model, r.event, r.kinds, r.prompt_bytes::bigint, r.outcome FROM prompt_runs r
  WHERE r.user_id = me() AND r.has_left AND ($1 IS NULL OR r.id < $1) ORDER BY r.id DESC LIMIT $2
$$;
CREATE FUNCTION door.model_uses() RETURNS TABLE (
  event text, outcome text, calls bigint, prompt_tokens bigint, answer_tokens bigint, median bigint, told bigint, bytes bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT r.event, r.outcome, count(*), coalesce(sum(r.prompt_tokens), 0)::bigint, coalesce(sum(r.answer_tokens), 0)::bigint,
    percentile_disc(0.5) WITHIN GROUP (ORDER BY r.milliseconds)::bigint, count(*) FILTER (WHERE r.has_left),
    coalesce(sum(r.prompt_bytes) FILTER (WHERE r.has_left), 0)::bigint
  FROM prompt_runs r WHERE r.user_id = me() GROUP BY r.event, r.outcome
$$;
REVOKE ALL ON FUNCTION door.model_calls(uuid, bigint), door.model_uses() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.model_calls(uuid, bigint), door.model_uses() TO heed_web;

-- The assistant acts for somebody, and in their log alone.
ALTER TABLE audit_log DROP CONSTRAINT audit_log_actor, ADD CONSTRAINT audit_log_actor
  CHECK (actor IN ('user', 'link', 'webhook', 'key', 'operator', 'system', 'sms', 'assistant')) NOT VALID;
ALTER TABLE audit_log VALIDATE CONSTRAINT audit_log_actor;
ALTER TABLE escalation_events DROP CONSTRAINT escalation_events_actor, ADD CONSTRAINT escalation_events_actor
  CHECK (actor IN ('system', 'user', 'link', 'webhook', 'key', 'sms', 'assistant')) NOT VALID;
ALTER TABLE escalation_events VALIDATE CONSTRAINT escalation_events_actor;
CREATE OR REPLACE FUNCTION door.audit_append(at timestamptz, address text, agent text, request_id text, version smallint, accounts uuid[], numbers bigint[], owners uuid[], actors text[], actor_ids uuid[], ids uuid[], actions text[], subjects text[], subject_ids uuid[], payloads text[], hashes bytea[], macs bytea[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE moved bigint;
BEGIN
  IF session_user NOT IN ('heed_work', current_user) AND EXISTS (
    SELECT FROM unnest($6, $7, $8, $9, $10, $13, $14) AS e(account, number, owner, actor, actor_id, subject, subject_id)
    WHERE e.account IS DISTINCT FROM my_account() OR e.owner IS NOT NULL AND e.owner IS DISTINCT FROM me() AND NOT is_offered(e.subject, e.subject_id, e.owner)
      OR e.actor NOT IN ('user', 'link', 'webhook', 'key', 'sms', 'assistant') AND (e.actor <> 'system' OR e.number <> 1)
      OR e.actor IN ('user', 'link', 'webhook', 'sms', 'assistant') AND e.actor_id IS DISTINCT FROM me()) THEN
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
END $$;

-- Of whoever erases their account what the assistant and the search by sense keep goes, too: at once what would tell a model or make anything, the rest
-- step by step.
CREATE OR REPLACE FUNCTION door.erase_person(at timestamptz) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
  who CONSTANT uuid := me();
  account CONSTANT uuid := my_account();
  is_shared boolean;
  mine record;
BEGIN
  -- Invitations before the account, as whoever takes one does.
  PERFORM FROM invitations i WHERE i.account_id = account AND i.accepted_at IS NULL AND i.revoked_at IS NULL ORDER BY i.id FOR UPDATE;
  PERFORM FROM accounts a WHERE a.id = account FOR NO KEY UPDATE;
  -- A worker may refer to the person while it has messages of theirs, which are waited for below.
  SELECT u.role, u.email, u.email_key INTO mine FROM users u WHERE u.id = who AND u.account_id = account FOR NO KEY UPDATE;
  IF NOT FOUND THEN RETURN 'missing'; END IF;
  is_shared := EXISTS (SELECT FROM users u WHERE u.account_id = account AND u.id <> who);
  IF is_shared AND mine.role = 'owner' AND NOT EXISTS (SELECT FROM users u WHERE u.account_id = account AND u.role = 'owner' AND u.id <> who) THEN
    RETURN 'last';
  END IF;
  DELETE FROM web_sessions s WHERE s.user_id = who;
  DELETE FROM api_keys k WHERE k.user_id = who;
  DELETE FROM jobs j WHERE j.user_id = who;
  -- Nobody comes by an invitation of somebody who is gone, or into an account that nobody has.
  PERFORM take_back_invitations(who, $1);
  IF NOT is_shared THEN
    UPDATE invitations i SET revoked_at = $1 WHERE i.account_id = account AND i.accepted_at IS NULL AND i.revoked_at IS NULL;
  END IF;
  DELETE FROM invitations i WHERE i.account_id = account AND i.email_key = mine.email_key;
  UPDATE invitations i SET invited_by = '–' WHERE i.account_id = account AND i.invited_by = mine.email;
  -- In the order of all who change these: the person's planner, reminders, what rings of them, messages. Who waits for the planner may hold what was
  -- deleted above.
  PERFORM pg_advisory_xact_lock(hashtextextended('planner ' || who::text, 0));
  PERFORM FROM reminders r WHERE r.user_id = who AND r.status IN ('active', 'snoozed') ORDER BY r.id FOR UPDATE;
  UPDATE reminders r SET status = 'archived', next_at = NULL, snoozed_until = NULL WHERE r.user_id = who AND r.status IN ('active', 'snoozed');
  UPDATE escalations e SET state = 'cancelled', next_step_at = NULL, again_at = NULL, again_wall = NULL, again_zone = NULL, next_kind = NULL,
    snoozed_until = NULL, ended_at = $1 WHERE e.user_id = who AND (e.open OR e.next_step_at IS NOT NULL);
  -- What a team says stays the team's; of whoever was alone nothing leaves any more.
  PERFORM FROM outbox o WHERE o.user_id = who AND (NOT is_shared OR o.subject NOT IN ('answer', 'invitation')) ORDER BY o.id FOR UPDATE;
  DELETE FROM outbox o WHERE o.user_id = who AND (NOT is_shared OR o.subject NOT IN ('answer', 'invitation'));
  DELETE FROM agents a WHERE a.user_id = who;
  DELETE FROM push_devices d WHERE d.user_id = who;
  DELETE FROM phones p WHERE p.user_id = who;
  UPDATE address_sends s SET user_id = gen_random_uuid() WHERE s.user_id = who;
  DELETE FROM completion_criteria c WHERE c.user_id = who;
  DELETE FROM contacts c WHERE c.user_id = who;
  DELETE FROM account_mails m WHERE m.user_id = who;
  DELETE FROM weekly_reviews w WHERE w.user_id = who;
  DELETE FROM coach_rounds c WHERE c.user_id = who;
  DELETE FROM memory_rounds m WHERE m.user_id = who;
  -- Nobody reads the calendar by its address any more, no event rings anew, and no meeting is noted.
  DELETE FROM feeds f WHERE f.user_id = who;
  DELETE FROM connections c WHERE c.user_id = who;
  DELETE FROM contact_rounds c WHERE c.user_id = who;
  -- No model is told of anything of theirs any more, and no rule infers from it.
  DELETE FROM embedding_jobs e WHERE e.user_id = who;
  DELETE FROM query_vectors q WHERE q.user_id = who;
  DELETE FROM assistant_turns t WHERE t.user_id = who;
  DELETE FROM assumption_rounds r WHERE r.user_id = who;
  UPDATE proposals p SET state = 'ended', answered_at = $1 WHERE p.user_id = who AND p.state = 'open';
  UPDATE events e SET bell_at = NULL WHERE e.user_id = who AND e.bell_at IS NOT NULL;
  UPDATE audit_log l SET payload = NULL WHERE l.account_id = account AND (l.user_id = who OR l.subject_id = who) AND l.payload IS NOT NULL;
  UPDATE users u SET email = erased_key(who), email_key = erased_key(who), password_hash = '', verified_at = NULL, display_name = '–',
    preferences = '{}', weekly_mail = false, coach_speak = 'never', coach_model = false, model_kinds = '{}', auth_provider = NULL, auth_subject = NULL,
    role = CASE WHEN is_shared THEN 'viewer' ELSE u.role END, updated_at = $1 WHERE u.id = who;
  -- What was allowed was taken back just now, and nobody is to be looked at for it.
  DELETE FROM embedding_rounds e WHERE e.user_id = who;
  RETURN 'done';
END $$;
CREATE OR REPLACE FUNCTION door.erase_person_more(person uuid, most bigint) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE account uuid;
BEGIN
  IF session_user NOT IN ('heed_work', current_user) AND person IS DISTINCT FROM me() THEN
    RAISE insufficient_privilege USING MESSAGE = 'the erasure of another person';
  END IF;
  SELECT u.account_id INTO account FROM users u WHERE u.id = person AND u.email_key = erased_key(person) FOR NO KEY UPDATE;
  IF NOT FOUND THEN RETURN false; END IF;
  DELETE FROM reminders r WHERE r.id IN (SELECT x.id FROM reminders x WHERE x.user_id = person ORDER BY x.id LIMIT most);
  IF FOUND THEN RETURN true; END IF;
  -- Vectors and what was taken for true, before the things that they are of.
  DELETE FROM embeddings e WHERE (e.set_id, e.thing, e.chunk) IN (
    SELECT x.set_id, x.thing, x.chunk FROM embeddings x WHERE x.user_id = person LIMIT 10 * most);
  IF FOUND THEN RETURN true; END IF;
  DELETE FROM assumptions a WHERE a.id IN (SELECT x.id FROM assumptions x WHERE x.user_id = person LIMIT most);
  IF FOUND THEN RETURN true; END IF;
  DELETE FROM assistant_steps s WHERE s.id IN (SELECT x.id FROM assistant_steps x WHERE x.user_id = person LIMIT 10 * most);
  IF FOUND THEN RETURN true; END IF;
  -- What people, places and events would take along by the thousand goes before them, and so does what says that it came out of a file.
  DELETE FROM entity_relationships r WHERE r.id IN (SELECT x.id FROM entity_relationships x WHERE x.user_id = person LIMIT 10 * most);
  IF FOUND THEN RETURN true; END IF;
  DELETE FROM entity_sources s WHERE (s.source_id, s.user_id, s.kind, s.source) IN (
    SELECT x.source_id, x.user_id, x.kind, x.source FROM entity_sources x WHERE x.user_id = person LIMIT 10 * most);
  IF FOUND THEN RETURN true; END IF;
  DELETE FROM context_imports i WHERE i.id IN (SELECT x.id FROM context_imports x WHERE x.user_id = person LIMIT 1);
  IF FOUND THEN RETURN true; END IF;
  DELETE FROM event_instances i WHERE (i.event_id, i.instance) IN (
    SELECT x.event_id, x.instance FROM event_instances x WHERE x.user_id = person LIMIT 10 * most);
  IF FOUND THEN RETURN true; END IF;
  DELETE FROM event_overrides o WHERE (o.event_id, o.instance) IN (
    SELECT x.event_id, x.instance FROM event_overrides x WHERE x.user_id = person LIMIT 10 * most);
  IF FOUND THEN RETURN true; END IF;
  DELETE FROM event_guests g WHERE (g.event_id, g.position) IN (
    SELECT x.event_id, x.position FROM event_guests x WHERE x.user_id = person LIMIT 10 * most);
  IF FOUND THEN RETURN true; END IF;
  DELETE FROM contact_log c WHERE c.id IN (SELECT x.id FROM contact_log x WHERE x.user_id = person LIMIT 10 * most);
  IF FOUND THEN RETURN true; END IF;
  DELETE FROM habits h WHERE h.id IN (SELECT x.id FROM habits x WHERE x.user_id = person ORDER BY x.id LIMIT greatest(most / 50, 1));
  IF FOUND THEN RETURN true; END IF;
  -- What nothing stands below, so that no task takes thousands along.
  DELETE FROM tasks t WHERE t.id IN (SELECT x.id FROM tasks x WHERE x.user_id = person
    AND NOT EXISTS (SELECT FROM tasks c WHERE c.user_id = x.user_id AND c.parent_id = x.id) LIMIT most);
  IF FOUND THEN RETURN true; END IF;
  DELETE FROM deadlines d WHERE d.id IN (SELECT x.id FROM deadlines x WHERE x.user_id = person LIMIT most);
  IF FOUND THEN RETURN true; END IF;
  DELETE FROM events e WHERE e.id IN (SELECT x.id FROM events x WHERE x.user_id = person LIMIT most);
  IF FOUND THEN RETURN true; END IF;
  -- Who was merged into somebody goes before them.
  DELETE FROM people p WHERE p.id IN (SELECT x.id FROM people x WHERE x.user_id = person
    AND NOT EXISTS (SELECT FROM people m WHERE m.merged_into = x.id AND m.user_id = x.user_id) LIMIT most);
  IF FOUND THEN RETURN true; END IF;
  DELETE FROM places p WHERE p.id IN (SELECT x.id FROM places x WHERE x.user_id = person LIMIT most);
  IF FOUND THEN RETURN true; END IF;
  DELETE FROM inbox_items i WHERE i.id IN (SELECT x.id FROM inbox_items x WHERE x.user_id = person LIMIT 10 * most);
  IF FOUND THEN RETURN true; END IF;
  DELETE FROM planner_imports i WHERE i.id IN (SELECT x.id FROM planner_imports x WHERE x.user_id = person LIMIT 1);
  IF FOUND THEN RETURN true; END IF;
  DELETE FROM event_log e WHERE e.id IN (SELECT x.id FROM event_log x WHERE x.user_id = person LIMIT 10 * most);
  IF FOUND THEN RETURN true; END IF;
  DELETE FROM outbox o WHERE o.user_id = person AND o.subject NOT IN ('answer', 'invitation');
  IF EXISTS (SELECT FROM users u WHERE u.account_id = account AND u.id <> person) THEN
    DELETE FROM users u WHERE u.id = person;
    RETURN false;
  END IF;
  -- What nothing refers to goes little by little, as a desk may be large; what refers to each other, together at the end.
  DELETE FROM conversations v WHERE v.id IN (SELECT x.id FROM conversations x WHERE x.account_id = account
    AND NOT EXISTS (SELECT FROM conversations y WHERE y.merged_into = x.id) AND NOT EXISTS (SELECT FROM conversations y WHERE y.continues = x.id)
    AND NOT EXISTS (SELECT FROM conversations y WHERE y.may_belong_to = x.id) LIMIT greatest(most / 3, 1));
  IF FOUND THEN RETURN true; END IF;
  DELETE FROM customers c WHERE c.id IN (SELECT x.id FROM customers x WHERE x.account_id = account
    AND NOT EXISTS (SELECT FROM customers y WHERE y.merged_into = x.id) AND NOT EXISTS (SELECT FROM conversations v WHERE v.customer_id = x.id)
    AND NOT EXISTS (SELECT FROM messages m WHERE m.customer_id = x.id) LIMIT most);
  IF FOUND THEN RETURN true; END IF;
  DELETE FROM conversations v WHERE v.account_id = account;
  DELETE FROM customers c WHERE c.account_id = account;
  DELETE FROM outbox o WHERE o.user_id = person;
  DELETE FROM users u WHERE u.id = person;
  DELETE FROM accounts a WHERE a.id = account;
  RETURN false;
END $$;
