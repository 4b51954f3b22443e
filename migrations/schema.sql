
SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

CREATE SCHEMA door;

ALTER SCHEMA door OWNER TO heed_owner;

CREATE SCHEMA overdue;

ALTER SCHEMA overdue OWNER TO heed_owner;

CREATE FUNCTION door.account(user_id uuid) RETURNS TABLE(account_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER ROWS 1
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT u.account_id FROM users u WHERE u.id = $1
$_$;

ALTER FUNCTION door.account(user_id uuid) OWNER TO heed_owner;

CREATE FUNCTION door.account_mail(mail_id uuid) RETURNS TABLE(user_id uuid, account_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER ROWS 1
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT m.user_id, u.account_id FROM account_mails m JOIN users u ON u.id = m.user_id WHERE m.id = $1
$_$;

ALTER FUNCTION door.account_mail(mail_id uuid) OWNER TO heed_owner;

CREATE FUNCTION door.agent_hook(agent uuid) RETURNS TABLE(user_id uuid, account_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER ROWS 1
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT a.user_id, u.account_id FROM agents a JOIN users u ON u.id = a.user_id WHERE a.id = $1 AND a.type = 'webhook' AND a.enabled
$_$;

ALTER FUNCTION door.agent_hook(agent uuid) OWNER TO heed_owner;

CREATE FUNCTION door.api_key(key_hash bytea, at timestamp with time zone) RETURNS TABLE(key_id uuid, user_id uuid, scopes text[], used_at timestamp with time zone)
    LANGUAGE plpgsql SECURITY DEFINER ROWS 1
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
DECLARE
  account uuid;
BEGIN
  SELECT k.id, k.user_id, k.scopes, k.used_at, u.account_id INTO key_id, user_id, scopes, used_at, account
  FROM api_keys k JOIN users u ON u.id = k.user_id
  WHERE k.key_hash = $1 AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > $2);
  IF NOT FOUND THEN RETURN; END IF;
  PERFORM set_config('heed.user_id', user_id::text, true), set_config('heed.account_id', account::text, true), set_config('heed.role', '', true);
  RETURN NEXT;
END $_$;

ALTER FUNCTION door.api_key(key_hash bytea, at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION door.attempts(kind text, key bytea, since timestamp with time zone, until timestamp with time zone, most bigint) RETURNS TABLE(at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT a.at FROM attempts a WHERE a.kind = $1 AND a.key = $2 AND a.at > $3 AND a.at <= $4 ORDER BY a.at DESC LIMIT $5
$_$;

ALTER FUNCTION door.attempts(kind text, key bytea, since timestamp with time zone, until timestamp with time zone, most bigint) OWNER TO heed_owner;

CREATE FUNCTION door.audit_append(at timestamp with time zone, address text, agent text, request_id text, version smallint, accounts uuid[], numbers bigint[], owners uuid[], actors text[], actor_ids uuid[], ids uuid[], actions text[], subjects text[], subject_ids uuid[], payloads text[], hashes bytea[], macs bytea[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
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
END $_$;

ALTER FUNCTION door.audit_append(at timestamp with time zone, address text, agent text, request_id text, version smallint, accounts uuid[], numbers bigint[], owners uuid[], actors text[], actor_ids uuid[], ids uuid[], actions text[], subjects text[], subject_ids uuid[], payloads text[], hashes bytea[], macs bytea[]) OWNER TO heed_owner;

CREATE FUNCTION door.audit_archived(account uuid, through bigint, mac bytea, seal bytea, before uuid, at timestamp with time zone) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
#variable_conflict use_column
DECLARE gone bigint;
BEGIN
  DELETE FROM audit_log l WHERE l.account_id = $1 AND l.number <= $2 AND l.id < $5
    AND l.number < (SELECT h.number FROM audit_heads h WHERE h.account_id = $1);
  GET DIAGNOSTICS gone = ROW_COUNT;
  INSERT INTO audit_archives (account_id, number, mac, seal, at) VALUES ($1, $2, $3, $4, $6)
    ON CONFLICT (account_id) DO UPDATE SET number = excluded.number, mac = excluded.mac, seal = excluded.seal, at = excluded.at;
  RETURN gone;
END $_$;

ALTER FUNCTION door.audit_archived(account uuid, through bigint, mac bytea, seal bytea, before uuid, at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION door.audit_heads(accounts uuid[]) RETURNS TABLE(account_id uuid, number bigint, mac bytea)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
BEGIN
  IF session_user NOT IN ('heed_work', current_user) AND EXISTS (SELECT FROM unnest($1) a WHERE a IS DISTINCT FROM my_account()) THEN
    RAISE insufficient_privilege USING MESSAGE = 'the audit log of another account';
  END IF;
  INSERT INTO audit_heads (account_id, number, mac)
  SELECT a.id, 0, ''::bytea FROM accounts a
  WHERE a.id = ANY ($1) AND NOT EXISTS (SELECT FROM audit_heads h WHERE h.account_id = a.id) ORDER BY a.id
  ON CONFLICT DO NOTHING;
  RETURN QUERY SELECT h.account_id, h.number, h.mac FROM audit_heads h WHERE h.account_id = ANY ($1) ORDER BY h.account_id FOR UPDATE;
END $_$;

ALTER FUNCTION door.audit_heads(accounts uuid[]) OWNER TO heed_owner;

CREATE FUNCTION door.audit_old(before uuid, place uuid, most bigint) RETURNS TABLE(version smallint, id uuid, account_id uuid, number bigint, at timestamp with time zone, user_id uuid, actor text, actor_id uuid, action text, subject text, subject_id uuid, payload text, payload_sha256 bytea, address text, agent text, request_id text, mac bytea)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 200
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
#variable_conflict use_column
DECLARE
  account uuid;
  final bigint;
  stop bigint;
BEGIN
  SELECT h.account_id, h.number INTO account, final FROM audit_heads h
    CROSS JOIN LATERAL (SELECT l.id, l.number FROM audit_log l WHERE l.account_id = h.account_id ORDER BY l.number LIMIT 1) f
    WHERE h.account_id >= $2 AND f.id < $1 AND f.number < h.number ORDER BY h.account_id LIMIT 1;
  SELECT min(x.number) INTO stop FROM (
    SELECT l.id, l.number FROM audit_log l WHERE l.account_id = account ORDER BY l.number LIMIT $3) x WHERE x.id >= $1;
  RETURN QUERY SELECT l.version, l.id, l.account_id, l.number, l.at, l.user_id, l.actor, l.actor_id, l.action, l.subject, l.subject_id, l.payload,
      l.payload_sha256, l.address, l.agent, l.request_id, l.mac
    FROM audit_log l WHERE l.account_id = account AND l.number < final AND (stop IS NULL OR l.number < stop) ORDER BY l.number LIMIT $3;
END $_$;

ALTER FUNCTION door.audit_old(before uuid, place uuid, most bigint) OWNER TO heed_owner;

CREATE FUNCTION door.cancel_job(job uuid, at timestamp with time zone) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH ended AS (
    UPDATE jobs SET state = 'cancelled', lease_until = NULL, finished_at = $2
    WHERE id = $1 AND account_id = my_account() AND user_id IS NULL AND state IN ('pending', 'running') AND may('admin') RETURNING 1)
  SELECT EXISTS (SELECT FROM ended)
$_$;

ALTER FUNCTION door.cancel_job(job uuid, at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION door.channel_hook(channel uuid) RETURNS TABLE(account_id uuid, secret bytea, old_secret bytea, old_secret_until timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER ROWS 1
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT c.account_id, c.secret, c.old_secret, c.old_secret_until FROM channels c
  WHERE c.id = $1 AND c.inbound = 'webhook' AND c.enabled AND c.deleted_at IS NULL
$_$;

ALTER FUNCTION door.channel_hook(channel uuid) OWNER TO heed_owner;

CREATE FUNCTION door.completion_link(reminder uuid, number integer) RETURNS TABLE(user_id uuid, account_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER ROWS 1
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT c.user_id, u.account_id FROM completion_criteria c JOIN users u ON u.id = c.user_id
  WHERE c.reminder_id = $1 AND c.type = 'webhook' AND c.link_number = $2
$_$;

ALTER FUNCTION door.completion_link(reminder uuid, number integer) OWNER TO heed_owner;

CREATE FUNCTION door.contact_mail(mail uuid) RETURNS TABLE(user_id uuid, account_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER ROWS 1
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT m.user_id, u.account_id FROM contact_mails m JOIN users u ON u.id = m.user_id WHERE m.id = $1
$_$;

ALTER FUNCTION door.contact_mail(mail uuid) OWNER TO heed_owner;

CREATE FUNCTION door.credentials(email_key text) RETURNS TABLE(user_id uuid, account_id uuid, password_hash text)
    LANGUAGE sql STABLE SECURITY DEFINER ROWS 1
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT u.id, u.account_id, u.password_hash FROM users u WHERE u.email_key = $1
$_$;

ALTER FUNCTION door.credentials(email_key text) OWNER TO heed_owner;

CREATE FUNCTION door.decide_offer(offer uuid, decision text, copy uuid, at timestamp with time zone) RETURNS TABLE(outcome text, giver uuid, taker uuid, reminder uuid, title text, importance text, next_at timestamp with time zone)
    LANGUAGE plpgsql SECURITY DEFINER ROWS 1
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
#variable_conflict use_column
DECLARE
  it reminder_offers;
  r reminders;
BEGIN
  SELECT o.* INTO it FROM reminder_offers o WHERE o.id = $1 AND o.account_id = my_account()
    AND CASE WHEN $2 = 'withdrawn' THEN o.user_id ELSE o.to_user END = me();
  IF NOT FOUND THEN RETURN; END IF;
  -- The reminder first, as whoever changes it does.
  SELECT x.* INTO r FROM reminders x WHERE x.id = it.reminder_id AND x.user_id = it.user_id FOR UPDATE;
  SELECT o.* INTO it FROM reminder_offers o WHERE o.id = $1 FOR UPDATE;
  IF NOT FOUND OR r.id IS NULL
    OR (SELECT count(*) FROM users u WHERE u.id IN (it.user_id, it.to_user) AND u.account_id = my_account()) < 2 THEN RETURN; END IF;
  IF it.state <> 'open' THEN
    RETURN QUERY SELECT CASE WHEN it.state = $2 THEN 'same' ELSE it.state END, it.user_id, it.to_user, coalesce(it.taken_as, it.reminder_id), r.title,
      r.importance, NULL::timestamptz;
    RETURN;
  END IF;
  IF $2 = 'accepted' THEN
    IF r.status NOT IN ('active', 'snoozed') THEN
      RETURN QUERY SELECT 'closed'::text, it.user_id, it.to_user, it.reminder_id, r.title, r.importance, NULL::timestamptz;
      RETURN;
    END IF;
    -- One that rings unanswered rings for its new owner at once, as does one of which nothing would come any more; one that is put off or answered for a
    -- while, when that ends. By what it is completed goes along; its address does not: another number makes another.
    INSERT INTO reminders (id, user_id, profile_id, title, description, importance, status, next_at, version, created_at, updated_at)
      SELECT $3, me(), p.id, r.title, r.description, r.importance, 'active',
        coalesce(r.snoozed_until,
          (SELECT CASE e.state WHEN 'active' THEN $4 ELSE coalesce(e.snoozed_until, e.again_at) END FROM escalations e
            WHERE e.reminder_id = r.id AND e.user_id = r.user_id AND e.open),
          r.next_at, $4), 1, $4, $4
      FROM profiles p WHERE p.user_id = me()
        AND p.preset = CASE r.importance WHEN 'critical' THEN 'critical' WHEN 'high' THEN 'urgent' ELSE 'gentle' END;
    INSERT INTO schedules (reminder_id, user_id, kind, timezone, at, cron, every_minutes, exclude_dates, exclude_weekends, zone_version, wall, zone_rule,
        zone_lost, rule, rule_from, words, first_day)
      SELECT $3, me(), s.kind, s.timezone, s.at, s.cron, s.every_minutes, s.exclude_dates, s.exclude_weekends, s.zone_version, s.wall, s.zone_rule,
        s.zone_lost, s.rule, s.rule_from, s.words, s.first_day
      FROM schedules s WHERE s.reminder_id = r.id;
    INSERT INTO completion_criteria (reminder_id, user_id, type, created_at, updated_at)
      SELECT $3, me(), c.type, $4, $4 FROM completion_criteria c WHERE c.reminder_id = r.id AND c.user_id = r.user_id;
  END IF;
  UPDATE reminder_offers o SET state = $2, decided_at = $4, taken_as = CASE WHEN $2 = 'accepted' THEN $3 END WHERE o.id = $1;
  RETURN QUERY SELECT 'done'::text, it.user_id, it.to_user, it.reminder_id, r.title, r.importance,
    (SELECT x.next_at FROM reminders x WHERE x.id = $3 AND x.user_id = me());
END $_$;

ALTER FUNCTION door.decide_offer(offer uuid, decision text, copy uuid, at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION door.delete_habit_frequency(habit uuid, from_date date) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH gone AS (
    DELETE FROM habit_frequencies f WHERE f.habit_id = $1 AND f.user_id = me() AND f.from_date = $2
      AND EXISTS (SELECT FROM habit_frequencies o WHERE o.habit_id = f.habit_id AND o.from_date < f.from_date)
    RETURNING 1)
  SELECT count(*) FROM gone
$_$;

ALTER FUNCTION door.delete_habit_frequency(habit uuid, from_date date) OWNER TO heed_owner;

CREATE FUNCTION door.delete_habit_pause(pause uuid) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH gone AS (DELETE FROM habit_pauses p WHERE p.id = $1 AND p.user_id = me() RETURNING 1) SELECT count(*) FROM gone
$_$;

ALTER FUNCTION door.delete_habit_pause(pause uuid) OWNER TO heed_owner;

CREATE FUNCTION door.delete_profile(profile uuid, instead uuid, at timestamp with time zone) RETURNS uuid[]
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
#variable_conflict use_column
DECLARE
  moved uuid[];
BEGIN
  IF NOT EXISTS (SELECT FROM profiles p WHERE p.id = $1 AND p.user_id = me() AND p.preset IS NULL) THEN RETURN NULL; END IF;
  UPDATE reminders r SET profile_id = o.id, version = r.version + 1, updated_at = $3
    FROM profiles o WHERE r.profile_id = $1 AND r.user_id = me() AND o.id = $2 AND o.user_id = me() AND o.id <> $1;
  UPDATE habits h SET reminder_profile_id = o.id, version = h.version + 1, updated_at = $3
    FROM profiles o WHERE h.reminder_profile_id = $1 AND h.user_id = me() AND o.id = $2 AND o.user_id = me() AND o.id <> $1;
  -- One that nothing rings for asks for no other: it goes by its importance again where none is named.
  UPDATE deadlines d SET version = d.version + 1, updated_at = $3,
      profile_id = (SELECT o.id FROM profiles o WHERE o.id = $2 AND o.user_id = me() AND o.id <> $1)
    WHERE d.profile_id = $1 AND d.user_id = me();
  WITH changed AS (
    UPDATE channels c SET profile_id = o.id, version = c.version + 1, updated_at = $3
      FROM profiles o WHERE c.profile_id = $1 AND o.id = $2 AND o.user_id = me() AND o.id <> $1 RETURNING c.id)
  SELECT coalesce(array_agg(id ORDER BY id), '{}') INTO moved FROM changed;
  DELETE FROM profiles p WHERE p.id = $1 AND p.user_id = me() AND p.preset IS NULL;
  RETURN moved;
END $_$;

ALTER FUNCTION door.delete_profile(profile uuid, instead uuid, at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION door.delete_push_device(device uuid) RETURNS text
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  DELETE FROM push_devices d WHERE d.user_id = me() AND d.id = $1 RETURNING d.label
$_$;

ALTER FUNCTION door.delete_push_device(device uuid) OWNER TO heed_owner;

CREATE FUNCTION door.delete_reminder(reminder_id uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  DELETE FROM reminders r WHERE r.id = $1 AND r.user_id = me()
$_$;

ALTER FUNCTION door.delete_reminder(reminder_id uuid) OWNER TO heed_owner;

CREATE FUNCTION door.desk_holds(it uuid, query tsquery) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
BEGIN
  RETURN EXISTS (SELECT FROM desk_words w WHERE w.conversation_id = $1 AND w.words @@ $2 AND (w.account_id = my_account()) IS TRUE)
    OR EXISTS (SELECT FROM desk_words w WHERE w.customer_id = $1 AND w.words @@ $2 AND (w.account_id = my_account()) IS TRUE);
END $_$;

ALTER FUNCTION door.desk_holds(it uuid, query tsquery) OWNER TO heed_owner;

CREATE FUNCTION door.desk_search(kind text, words text, endings text[], few bigint) RETURNS TABLE(query text, ids uuid[])
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    SET enable_seqscan TO 'off'
    SET work_mem TO '32MB'
    AS $_$
#variable_conflict use_column
DECLARE
  many CONSTANT integer := 40;  -- of the sample, so of all some 2,500
  account CONSTANT uuid := my_account();
  mine CONSTANT tsquery := desk_word('#', $1, account)::tsquery;
  sample CONSTANT tsquery := desk_word('%', $1, account)::tsquery;
  wanted tsquery;
  hits uuid[];
BEGIN
  FOR attempt IN 0..1 LOOP
    wanted := desk_query($2, $3, attempt = 1);
    IF account IS NULL OR wanted IS NULL THEN
      RETURN QUERY SELECT NULL::text, '{}'::uuid[];
      RETURN;
    END IF;
    IF (SELECT count(*) FROM (SELECT FROM desk_words w WHERE w.words @@ (sample && wanted) AND (w.account_id = account) IS TRUE LIMIT many + 1) x) > many THEN
      RETURN QUERY SELECT wanted::text, NULL::uuid[];
      RETURN;
    END IF;
    SELECT coalesce(array_agg(DISTINCT x.id), '{}') INTO hits FROM (
      SELECT coalesce(w.conversation_id, w.customer_id) AS id FROM desk_words w
      WHERE w.words @@ (mine && wanted) AND (w.account_id = account) IS TRUE LIMIT 8 * $4) x;
    EXIT WHEN cardinality(hits) > 0;
  END LOOP;
  RETURN QUERY SELECT wanted::text, CASE WHEN cardinality(hits) <= $4 THEN hits END;
END $_$;

ALTER FUNCTION door.desk_search(kind text, words text, endings text[], few bigint) OWNER TO heed_owner;

CREATE FUNCTION door.discard_context_import(import uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  DELETE FROM context_imports i WHERE i.id = $1 AND i.user_id = me() AND i.confirmed_at IS NULL AND i.replaced_at IS NULL
$_$;

ALTER FUNCTION door.discard_context_import(import uuid) OWNER TO heed_owner;

CREATE FUNCTION door.discard_habit_import(import uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  DELETE FROM habit_imports i WHERE i.id = $1 AND i.user_id = me() AND i.confirmed_at IS NULL AND i.replaced_at IS NULL
$_$;

ALTER FUNCTION door.discard_habit_import(import uuid) OWNER TO heed_owner;

CREATE FUNCTION door.discard_planner_import(import uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  DELETE FROM planner_imports i WHERE i.id = $1 AND i.user_id = me() AND i.confirmed_at IS NULL AND i.replaced_at IS NULL
$_$;

ALTER FUNCTION door.discard_planner_import(import uuid) OWNER TO heed_owner;

CREATE FUNCTION door.discard_reminder_imports() RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  DELETE FROM reminder_imports i WHERE i.user_id = me() AND i.confirmed_at IS NULL AND i.replaced_at IS NULL
$$;

ALTER FUNCTION door.discard_reminder_imports() OWNER TO heed_owner;

CREATE FUNCTION door.drop_addresses(person uuid, kept uuid[]) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH gone AS (DELETE FROM person_addresses a WHERE a.person_id = $1 AND a.user_id = me() AND a.id <> ALL ($2) RETURNING 1) SELECT count(*) FROM gone
$_$;

ALTER FUNCTION door.drop_addresses(person uuid, kept uuid[]) OWNER TO heed_owner;

CREATE FUNCTION door.drop_contact(entry uuid) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH gone AS (DELETE FROM contact_log c WHERE c.id = $1 AND c.user_id = me() AND c.event_id IS NULL RETURNING 1),
  aside AS (UPDATE contact_log c SET taken_out = true WHERE c.id = $1 AND c.user_id = me() AND c.event_id IS NOT NULL AND NOT c.taken_out RETURNING 1)
  SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM aside)
$_$;

ALTER FUNCTION door.drop_contact(entry uuid) OWNER TO heed_owner;

CREATE FUNCTION door.drop_feed() RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
  gone bigint;
BEGIN
  PERFORM FROM users u WHERE u.id = me() FOR NO KEY UPDATE;
  DELETE FROM feeds f WHERE f.user_id = me();
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END $$;

ALTER FUNCTION door.drop_feed() OWNER TO heed_owner;

CREATE FUNCTION door.drop_golden_questions() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF NOT may('admin') THEN RAISE insufficient_privilege USING MESSAGE = 'questions are for admins to change'; END IF;
  DELETE FROM golden_questions WHERE account_id = my_account();
END $$;

ALTER FUNCTION door.drop_golden_questions() OWNER TO heed_owner;

CREATE FUNCTION door.drop_guests(event uuid) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH gone AS (DELETE FROM event_guests g WHERE g.event_id = $1 AND g.user_id = me() RETURNING 1) SELECT count(*) FROM gone
$_$;

ALTER FUNCTION door.drop_guests(event uuid) OWNER TO heed_owner;

CREATE FUNCTION door.drop_habit_goals(habit uuid, kept uuid[]) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH gone AS (DELETE FROM habit_goals g WHERE g.habit_id = $1 AND g.user_id = me() AND g.goal_id <> ALL ($2) RETURNING 1) SELECT count(*) FROM gone
$_$;

ALTER FUNCTION door.drop_habit_goals(habit uuid, kept uuid[]) OWNER TO heed_owner;

CREATE FUNCTION door.drop_instances(events uuid[]) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH gone AS (DELETE FROM event_instances i WHERE i.event_id = ANY ($1) AND i.user_id = me() RETURNING 1) SELECT count(*) FROM gone
$_$;

ALTER FUNCTION door.drop_instances(events uuid[]) OWNER TO heed_owner;

CREATE FUNCTION door.drop_links(links uuid[]) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH gone AS (DELETE FROM entity_links l WHERE l.id = ANY ($1) AND l.user_id = me() RETURNING 1) SELECT count(*) FROM gone
$_$;

ALTER FUNCTION door.drop_links(links uuid[]) OWNER TO heed_owner;

CREATE FUNCTION door.drop_next_task(task uuid) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH RECURSIVE tree (id, revision, created_at) AS (
    SELECT t.id, t.revision, t.created_at FROM tasks t WHERE t.id = $1 AND t.user_id = me() AND t.series_no > 1
    UNION ALL
    SELECT c.id, c.revision, c.created_at FROM tree w JOIN tasks c ON c.parent_id = w.id AND c.user_id = me()),
  gone AS (
    DELETE FROM tasks t WHERE t.id = $1 AND t.user_id = me()
      AND (SELECT bool_and(w.revision = 0 AND w.created_at = t.created_at) FROM tree w)
      AND NOT EXISTS (
        SELECT FROM tree w JOIN entity_links l ON l.user_id = me() AND (l.from_id = w.id OR l.to_id = w.id)
        WHERE l.type IN ('depends_on', 'related') OR l.created_at <> w.created_at)
      AND NOT EXISTS (SELECT FROM tree w JOIN deadlines d ON d.task_id = w.id AND d.user_id = me())
    RETURNING 1)
  SELECT count(*) FROM gone
$_$;

ALTER FUNCTION door.drop_next_task(task uuid) OWNER TO heed_owner;

CREATE FUNCTION door.drop_overrides(event uuid, instances timestamp without time zone[]) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH gone AS (DELETE FROM event_overrides o WHERE o.event_id = $1 AND o.user_id = me() AND o.instance = ANY ($2) RETURNING 1) SELECT count(*) FROM gone
$_$;

ALTER FUNCTION door.drop_overrides(event uuid, instances timestamp without time zone[]) OWNER TO heed_owner;

CREATE FUNCTION door.drop_relationships(relationships uuid[]) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH gone AS (DELETE FROM entity_relationships r WHERE r.id = ANY ($1) AND r.user_id = me() RETURNING 1) SELECT count(*) FROM gone
$_$;

ALTER FUNCTION door.drop_relationships(relationships uuid[]) OWNER TO heed_owner;

CREATE FUNCTION door.drop_rota(channel uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  DELETE FROM rotas r USING users u
  WHERE r.channel_id = $1 AND r.account_id = my_account() AND u.id = me() AND u.account_id = r.account_id AND u.role IN ('owner', 'admin')
$_$;

ALTER FUNCTION door.drop_rota(channel uuid) OWNER TO heed_owner;

CREATE FUNCTION door.drop_tags(thing uuid, kept text[]) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH gone AS (DELETE FROM tags t WHERE t.thing = $1 AND t.user_id = me() AND t.tag <> ALL ($2) RETURNING 1) SELECT count(*) FROM gone
$_$;

ALTER FUNCTION door.drop_tags(thing uuid, kept text[]) OWNER TO heed_owner;

CREATE FUNCTION door.duplicate_people(most bigint) RETURNS TABLE(first uuid, second uuid, reason text)
    LANGUAGE sql STABLE SECURITY DEFINER ROWS 200
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    SET enable_seqscan TO 'off'
    SET enable_hashagg TO 'off'
    AS $_$
  WITH numbers AS MATERIALIZED (
    SELECT a.key FROM person_addresses a WHERE a.user_id = me() AND a.live AND a.kind = 'phone' GROUP BY a.key HAVING count(*) > 1 LIMIT 10000),
  names AS MATERIALIZED (
    SELECT p.name_norm FROM people p WHERE p.user_id = me() AND p.deleted_at IS NULL GROUP BY p.name_norm HAVING count(*) > 1 LIMIT 10000)
  (SELECT x.one, x.two, 'phone' FROM (
     SELECT lag(a.person_id) OVER (PARTITION BY a.key ORDER BY a.person_id) AS one, a.person_id AS two
     FROM numbers n JOIN person_addresses a ON a.user_id = me() AND a.live AND a.kind = 'phone' AND a.key = n.key) x
   WHERE x.one IS NOT NULL ORDER BY x.one, x.two LIMIT $1)
  UNION ALL
  (SELECT x.one, x.two, 'name' FROM (
     SELECT y.id AS two, y.at, lag(y.id) OVER (PARTITION BY y.name_norm ORDER BY y.at, y.id) AS one,
       lag(y.at) OVER (PARTITION BY y.name_norm ORDER BY y.at, y.id) AS at_other
     FROM (SELECT p.id, p.name_norm, normal_title(p.company) AS at FROM names n
       JOIN people p ON p.user_id = me() AND p.deleted_at IS NULL AND p.name_norm = n.name_norm) y) x
   WHERE x.one IS NOT NULL ORDER BY (x.at = x.at_other AND x.at <> '') DESC, x.one, x.two LIMIT $1)
$_$;

ALTER FUNCTION door.duplicate_people(most bigint) OWNER TO heed_owner;

CREATE FUNCTION door.embedded_texts(things uuid[]) RETURNS TABLE(thing uuid, kind text, title text, body text, private boolean, trashed boolean)
    LANGUAGE sql STABLE SECURITY DEFINER ROWS 64
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT d.id, d.kind, x.title, x.body, x.private, d.trashed FROM search_documents d CROSS JOIN LATERAL (
    SELECT t.title, t.notes AS body, t.private FROM tasks t WHERE d.kind = 'task' AND t.id = d.id
    UNION ALL SELECT g.title, g.description, g.private FROM goals g WHERE d.kind = 'goal' AND g.id = d.id
    UNION ALL SELECT p.title, p.description, p.private FROM problems p WHERE d.kind = 'problem' AND p.id = d.id
    UNION ALL SELECT l.title, l.description, l.private FROM deadlines l WHERE d.kind = 'deadline' AND l.id = d.id
    UNION ALL SELECT p.name, concat_ws(E'\n\n', nullif(concat_ws(', ', nullif(p.title, ''), nullif(p.company, '')), ''), nullif(p.notes, '')), p.private
      FROM people p WHERE d.kind = 'person' AND p.id = d.id
    UNION ALL SELECT p.name, concat_ws(E'\n\n', nullif(concat_ws(', ', nullif(p.city, ''), nullif(p.state, ''), nullif(p.country, '')), ''),
        nullif(p.notes, '')), p.private FROM places p WHERE d.kind = 'place' AND p.id = d.id
    UNION ALL SELECT e.title, concat_ws(E'\n\n', nullif(e.location, ''), nullif(e.description, '')), e.private
      FROM events e WHERE d.kind = 'event' AND e.id = d.id
    UNION ALL SELECT r.title, r.description, r.of_desk FROM reminders r WHERE d.kind = 'reminder' AND r.id = d.id
    UNION ALL SELECT h.name, h.description, false FROM habits h WHERE d.kind = 'habit' AND h.id = d.id) x
  WHERE d.id = ANY ($1) AND d.user_id = me()
$_$;

ALTER FUNCTION door.embedded_texts(things uuid[]) OWNER TO heed_owner;

CREATE FUNCTION door.embedding_use(after date) RETURNS TABLE(tokens bigint, cost bigint)
    LANGUAGE sql STABLE SECURITY DEFINER ROWS 1
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT coalesce(sum(r.prompt_tokens), 0)::bigint, sum(r.cost)::bigint FROM prompt_runs r
  WHERE r.user_id = me() AND r.event = 'embedding' AND r.date > $1
$_$;

ALTER FUNCTION door.embedding_use(after date) OWNER TO heed_owner;

CREATE FUNCTION door.empty_conversations(account uuid, before timestamp with time zone, most bigint, at timestamp with time zone) RETURNS TABLE(conversations integer, messages integer)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
#variable_conflict use_column
DECLARE
  threads uuid[];
  mails uuid[];
  texts uuid[];
  used bytea[];
BEGIN
  SELECT coalesce(array_agg(x.id), '{}') INTO threads FROM (
    SELECT v.id FROM conversations v WHERE v.account_id = $1 AND v.state = 'closed' AND v.emptied_at IS NULL AND v.closed_at < $2
    ORDER BY v.closed_at, v.id LIMIT least($3, 100) FOR UPDATE SKIP LOCKED) x;
  SELECT coalesce(array_agg(x.id), '{}') INTO mails FROM (
    SELECT m.id FROM messages m WHERE m.conversation_id = ANY (threads) AND m.emptied_at IS NULL ORDER BY m.conversation_id, m.number LIMIT $3) x;
  SELECT coalesce(array_agg(DISTINCT x.sha256), '{}') INTO used FROM (
    SELECT a.sha256 FROM attachments a WHERE a.message_id = ANY (mails) AND a.sha256 IS NOT NULL
    UNION ALL SELECT m.raw FROM messages m WHERE m.id = ANY (mails) AND m.raw IS NOT NULL) x;
  UPDATE attachments a SET state = 'emptied', sha256 = NULL, url = NULL WHERE a.message_id = ANY (mails);
  DELETE FROM message_revisions r WHERE r.message_id = ANY (mails);
  UPDATE messages m SET own = '', part_kinds = '{}', part_texts = '{}', html = NULL, notice = '', raw = NULL, metadata = '',
    source = CASE WHEN m.source IS NULL THEN NULL ELSE '' END, signature = NULL, emptied_at = $4
  WHERE m.id = ANY (mails);
  PERFORM drop_unused_files($1, used);
  -- Those of which every message is empty now.
  SELECT coalesce(array_agg(t.id), '{}') INTO threads FROM unnest(threads) t(id)
  WHERE NOT EXISTS (SELECT FROM messages m WHERE m.conversation_id = t.id AND m.emptied_at IS NULL);
  SELECT coalesce(array_agg(d.id), '{}') INTO texts FROM drafts d WHERE d.conversation_id = ANY (threads) AND d.state NOT IN ('approved', 'archived');
  UPDATE draft_sources s SET text = '', sentences = '' WHERE s.draft_id = ANY (texts);
  UPDATE learning_samples s SET chosen = '' WHERE s.draft_id = ANY (texts);
  UPDATE decisions d SET diff = NULL, note = '' WHERE d.draft_id = ANY (texts);
  UPDATE drafts d SET generated = '', text = '', instruction = '', struck = '{}', question = '', note = '', is_edited = false, version = version + 1,
    state = 'archived'
  WHERE d.id = ANY (texts);
  UPDATE quarantine q SET raw = NULL, detail = '', name = '' WHERE q.conversation_id = ANY (threads);
  UPDATE conversations v SET emptied_at = $4 WHERE v.id = ANY (threads);
  RETURN QUERY SELECT cardinality(threads), cardinality(mails);
END $_$;

ALTER FUNCTION door.empty_conversations(account uuid, before timestamp with time zone, most bigint, at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION door.empty_raw_mails(before uuid, most bigint) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
DECLARE
  mails uuid[];
  accounts uuid[];
  used bytea[];
BEGIN
  SELECT coalesce(array_agg(x.id), '{}'), coalesce(array_agg(DISTINCT x.account_id), '{}'), coalesce(array_agg(DISTINCT x.raw), '{}')
  INTO mails, accounts, used FROM (
    SELECT m.id, m.account_id, m.raw FROM messages m WHERE m.raw IS NOT NULL AND m.id < $1 ORDER BY m.id LIMIT $2 FOR UPDATE SKIP LOCKED) x;
  UPDATE messages m SET raw = NULL WHERE m.id = ANY (mails);
  PERFORM drop_unused_files(a, used) FROM unnest(accounts) a;
  RETURN cardinality(mails);
END $_$;

ALTER FUNCTION door.empty_raw_mails(before uuid, most bigint) OWNER TO heed_owner;

CREATE FUNCTION door.end_sessions(ids uuid[]) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH ended AS (DELETE FROM web_sessions s WHERE s.user_id = me() AND s.id = ANY ($1) RETURNING 1) SELECT count(*) FROM ended
$_$;

ALTER FUNCTION door.end_sessions(ids uuid[]) OWNER TO heed_owner;

CREATE FUNCTION door.enter(token_hash bytea, seen_after timestamp with time zone, made_after timestamp with time zone) RETURNS TABLE(session_id uuid, user_id uuid, seen_at timestamp with time zone)
    LANGUAGE plpgsql SECURITY DEFINER ROWS 1
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
DECLARE
  account uuid;
  role text;
BEGIN
  SELECT s.id, s.user_id, s.seen_at, u.account_id, u.role INTO session_id, user_id, seen_at, account, role
  FROM web_sessions s JOIN users u ON u.id = s.user_id WHERE s.token_hash = $1 AND s.seen_at > $2 AND s.created_at > $3;
  IF NOT FOUND THEN RETURN; END IF;
  PERFORM set_config('heed.user_id', user_id::text, true), set_config('heed.account_id', account::text, true), set_config('heed.role', role, true);
  RETURN NEXT;
END $_$;

ALTER FUNCTION door.enter(token_hash bytea, seen_after timestamp with time zone, made_after timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION door.erase_customer(customer uuid, at timestamp with time zone) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
DECLARE
  account uuid := my_account();
  people uuid[];
  threads uuid[];
  beside uuid[];
  bells uuid[];
  known text[];  -- their addresses, as they came and in small letters
BEGIN
  IF account IS NULL OR NOT may('admin') THEN RAISE insufficient_privilege; END IF;
  PERFORM FROM customers c WHERE c.id = customer AND c.account_id = account AND c.erased_at IS NULL;
  IF NOT FOUND THEN RETURN NULL; END IF;
  LOOP
    people := same_customers(customer);
    SELECT coalesce(array_agg(DISTINCT x.address), '{}') INTO known
    FROM customer_addresses a CROSS JOIN LATERAL (VALUES (a.address), (lower(a.address)), (a.address_key)) x(address) WHERE a.customer_id = ANY (people);
    -- Mails that nobody could read, and that are from them or to them.
    DELETE FROM quarantine q USING files f WHERE q.account_id = account AND q.state = 'waiting' AND f.account_id = account AND f.sha256 = q.raw
      AND EXISTS (SELECT FROM unnest(known) k WHERE position(lower(k) IN lower(encode(f.bytes, 'escape'))) > 0);
    -- Conversations before customers, all at once: theirs, and those that they wrote into or have part in.
    PERFORM FROM conversations v WHERE v.account_id = account AND v.id = ANY (ARRAY(
      SELECT t.id FROM conversations t WHERE t.customer_id = ANY (people)
      UNION SELECT m.conversation_id FROM messages m WHERE m.customer_id = ANY (people)
      UNION SELECT p.conversation_id FROM participants p WHERE p.account_id = account AND p.address_key = ANY (known)))
    ORDER BY v.id FOR NO KEY UPDATE;
    PERFORM FROM customers c WHERE c.id = ANY (people) ORDER BY c.id FOR NO KEY UPDATE;
    -- Who was merged while we waited is one of them.
    EXIT WHEN same_customers(customer) <@ people;
  END LOOP;
  -- Somebody else was here first, or made another's of what was theirs.
  PERFORM FROM customers c WHERE c.id = customer AND c.erased_at IS NULL AND c.merged_into IS NULL;
  IF NOT FOUND THEN RETURN NULL; END IF;
  -- As it is now that nobody changes it any more.
  SELECT coalesce(array_agg(v.id), '{}') INTO threads FROM conversations v WHERE v.customer_id = ANY (people) AND v.account_id = account;
  SELECT coalesce(array_agg(DISTINCT x.address), '{}') INTO known
  FROM customer_addresses a CROSS JOIN LATERAL (VALUES (a.address), (lower(a.address)), (a.address_key)) x(address) WHERE a.customer_id = ANY (people);
  -- What a worker is claiming at this moment waits for a conversation of these, and finds that they are erased.
  UPDATE outbox o SET state = 'cancelled', reason = 'gone', address = '', detail = '' WHERE o.id IN (
    SELECT i.id FROM outbox i JOIN messages m ON m.id = i.subject_id
    WHERE i.subject = 'answer' AND i.state IN ('pending', 'held') AND m.conversation_id = ANY (threads) AND m.direction = 'outbound'
    FOR UPDATE OF i SKIP LOCKED);
  UPDATE messages m SET sending = 'cancelled' WHERE m.conversation_id = ANY (threads) AND m.sending IN ('waiting', 'held', 'queued');
  -- One whose step is being done at this moment waits for us, and finds that nothing is asked any more.
  UPDATE jobs j SET state = 'cancelled', lease_until = NULL, finished_at = $2 WHERE j.id IN (
    SELECT i.id FROM jobs i WHERE i.account_id = account AND i.kind IN ('draft', 'attachments.fetch') AND i.state IN ('pending', 'running')
      AND split_part(i.place, ' ', 1) IN (
        SELECT d.id::text FROM drafts d WHERE d.conversation_id = ANY (threads) AND d.state = 'asked'
        UNION ALL SELECT m.id::text FROM messages m JOIN attachments a ON a.message_id = m.id
          WHERE m.conversation_id = ANY (threads) AND a.state = 'asked')
    FOR UPDATE SKIP LOCKED);
  UPDATE drafts d SET state = 'superseded', version = version + 1 WHERE d.conversation_id = ANY (threads)
    AND (d.state IN ('asked', 'pending')
      OR d.state = 'approved' AND EXISTS (SELECT FROM messages m WHERE m.id = d.message_id AND m.sending = 'cancelled'));
  UPDATE conversations v SET subject = '', subject_key = '', external_id = NULL, tags = '{}', state = 'closed', closed_at = coalesce(v.closed_at, $2),
    snoozed_until = NULL, waiting_since = NULL, late_at = NULL, late_told_at = NULL, claimed_by = NULL, claimed_at = NULL, assignee_id = NULL,
    is_answerable = false, version = version + 1
  WHERE v.id = ANY (threads);
  -- Titles of reminders name the customer, and so does what people were told.
  SELECT coalesce(array_agg(x.reminder_id), '{}') INTO bells FROM (
    SELECT r.reminder_id FROM desk_reminders r WHERE r.conversation_id = ANY (threads)
    UNION SELECT l.reminder_id FROM desk_late l WHERE l.conversation_id = ANY (threads) AND NOT l.is_group) x;
  DELETE FROM reminders r WHERE r.id = ANY (bells);
  -- Where they take part in what others write.
  SELECT coalesce(array_agg(DISTINCT p.conversation_id), '{}') INTO beside FROM participants p
  WHERE p.account_id = account AND p.address_key = ANY (known) AND p.conversation_id <> ALL (threads);
  DELETE FROM participants p WHERE p.account_id = account AND p.address_key = ANY (known);
  DELETE FROM message_addresses a USING messages m WHERE m.conversation_id = ANY (beside) AND a.message_id = m.id AND a.address_key = ANY (known);
  UPDATE messages m SET recipients = ARRAY(SELECT r FROM unnest(m.recipients) r WHERE lower(r) <> ALL (known)),
    copies = ARRAY(SELECT r FROM unnest(m.copies) r WHERE lower(r) <> ALL (known))
  WHERE m.conversation_id = ANY (beside) AND EXISTS (SELECT FROM unnest(m.recipients || m.copies) r WHERE lower(r) = ANY (known));
  UPDATE outbox o SET address = '', detail = '' FROM messages m
  WHERE o.subject = 'answer' AND o.subject_id = m.id AND o.state NOT IN ('pending', 'held', 'sending') AND m.conversation_id = ANY (beside)
    AND lower(o.address) = ANY (known);
  DELETE FROM customer_addresses a WHERE a.customer_id = ANY (people);
  UPDATE customers c SET name = '', is_spam = false, erased_at = $2, updated_at = $2 WHERE c.id = ANY (people);
  PERFORM erase_entries(account, people || threads || bells);
  RETURN (SELECT count(*) FROM messages m WHERE m.account_id = account AND (m.conversation_id = ANY (threads) OR m.customer_id = ANY (people)));
END $_$;

ALTER FUNCTION door.erase_customer(customer uuid, at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION door.erase_more(customer uuid, place text, most bigint, at timestamp with time zone) RETURNS TABLE(next text, done integer)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
#variable_conflict use_column
DECLARE
  account uuid;
  people uuid[];
  thread uuid;
  mails uuid[];
  last_number bigint;
  seen bigint := coalesce(nullif(split_part($2, ' ', 2), ''), '0')::bigint;
  since uuid := coalesce(nullif(split_part($2, ' ', 1), ''), '00000000-0000-0000-0000-000000000000')::uuid;
  reached uuid;
  taken integer := 0;
  threads integer := 0;
BEGIN
  SELECT c.account_id INTO account FROM customers c WHERE c.id = $1 AND c.erased_at IS NOT NULL;
  IF NOT FOUND THEN RETURN; END IF;
  IF session_user NOT IN ('heed_work', current_user) AND (account IS DISTINCT FROM my_account() OR NOT may('admin')) THEN
    RAISE insufficient_privilege USING MESSAGE = 'a customer of another account';
  END IF;
  people := same_customers($1);
  FOR thread IN
    SELECT v.id FROM conversations v WHERE v.customer_id = ANY (people) AND v.account_id = account AND v.id >= since ORDER BY v.id LIMIT 100
    FOR NO KEY UPDATE
  LOOP
    IF thread <> since THEN seen := 0; END IF;
    SELECT coalesce(array_agg(x.id), '{}'), coalesce(max(x.number), seen) INTO mails, last_number FROM (
      SELECT m.id, m.number FROM messages m WHERE m.conversation_id = thread AND m.number > seen ORDER BY m.number LIMIT $3 - taken) x;
    PERFORM erase_messages(account, mails, $4);
    taken := taken + cardinality(mails);
    IF taken >= $3 THEN
      RETURN QUERY SELECT thread || ' ' || last_number, taken;
      RETURN;
    END IF;
    PERFORM erase_thread(account, thread, $4);
    reached := thread;
    threads := threads + 1;
  END LOOP;
  IF threads = 100 THEN
    RETURN QUERY SELECT reached || ' 9223372036854775807', taken;
    RETURN;
  END IF;
  -- A step of its own, whose conversations come in the order of their ids too.
  IF threads > 0 THEN
    RETURN QUERY SELECT 'ffffffff-ffff-ffff-ffff-ffffffffffff 0'::text, taken;
    RETURN;
  END IF;
  -- What they wrote in conversations of others, and what answered it.
  PERFORM FROM conversations v WHERE v.account_id = account AND v.id = ANY (ARRAY(
    SELECT m.conversation_id FROM messages m WHERE m.customer_id = ANY (people) AND (m.emptied_at IS NULL OR m.from_address <> '')))
  ORDER BY v.id FOR NO KEY UPDATE;
  SELECT coalesce(array_agg(x.id), '{}') INTO mails FROM (
    SELECT m.id FROM messages m WHERE m.customer_id = ANY (people) AND m.account_id = account AND (m.emptied_at IS NULL OR m.from_address <> '')
    LIMIT $3 - taken) x;
  PERFORM erase_drafts(account, ARRAY(
    SELECT d.id FROM drafts d WHERE d.triggers && mails AND d.conversation_id IN (SELECT m.conversation_id FROM messages m WHERE m.id = ANY (mails))));
  PERFORM erase_messages(account, mails, $4);
  taken := taken + cardinality(mails);
  IF taken >= $3 THEN
    RETURN QUERY SELECT 'ffffffff-ffff-ffff-ffff-ffffffffffff 0'::text, taken;
    RETURN;
  END IF;
  DELETE FROM customer_notes n WHERE n.customer_id = ANY (people);
  RETURN QUERY SELECT NULL::text, taken;
END $_$;

ALTER FUNCTION door.erase_more(customer uuid, place text, most bigint, at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION door.erase_person(at timestamp with time zone) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
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
END $_$;

ALTER FUNCTION door.erase_person(at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION door.erase_person_later(job uuid, at timestamp with time zone) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
BEGIN
  IF NOT EXISTS (SELECT FROM users u WHERE u.id = me() AND u.email_key = erased_key(me())) THEN
    RAISE insufficient_privilege USING MESSAGE = 'the erasure of somebody who is not erased';
  END IF;
  INSERT INTO jobs (id, kind, key, state, due_at, place, created_at) VALUES ($1, 'person.erase', me()::text, 'pending', $2, me()::text, $2)
    ON CONFLICT DO NOTHING;
END $_$;

ALTER FUNCTION door.erase_person_later(job uuid, at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION door.erase_person_more(person uuid, most bigint) RETURNS boolean
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

ALTER FUNCTION door.erase_person_more(person uuid, most bigint) OWNER TO heed_owner;

CREATE FUNCTION door.escalation(escalation_id uuid) RETURNS TABLE(user_id uuid, account_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER ROWS 1
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT e.user_id, u.account_id FROM escalations e JOIN users u ON u.id = e.user_id WHERE e.id = $1
$_$;

ALTER FUNCTION door.escalation(escalation_id uuid) OWNER TO heed_owner;

CREATE FUNCTION door.feed(token_hash bytea) RETURNS TABLE(user_id uuid, account_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER ROWS 1
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT u.id, u.account_id FROM feeds f JOIN users u ON u.id = f.user_id WHERE f.token_hash = $1
$_$;

ALTER FUNCTION door.feed(token_hash bytea) OWNER TO heed_owner;

CREATE FUNCTION door.find_passages(account uuid, asked_in text, forms text[], plain_forms text[], at timestamp with time zone, most bigint) RETURNS TABLE(source_id uuid, n integer, title text, url text, language text, heading text, text text, indexed_at timestamp with time zone, is_stale boolean, score double precision, held integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $_$
#variable_conflict use_column
DECLARE
  few CONSTANT integer := 60;  -- passages that a word may find by itself
  mine CONSTANT tsquery := account_word($1)::tsquery;
  word tsquery;
  shape text;
  hits integer;
  asked tsquery[] := '{}';
  heads tsquery[] := '{}';
  counts integer[] := '{}';
  guesses boolean[] := '{}';  -- which words are known by their beginning alone: they find, and do not count as held
  wanted tsquery;
  rest tsquery[] := '{}';
  whole tsquery;
  taken integer := 0;
  place integer;
BEGIN
  IF session_user NOT IN ('heed_work', current_user) AND $1 IS DISTINCT FROM my_account() THEN
    RAISE insufficient_privilege USING MESSAGE = 'passages of another account';
  END IF;
  FOR i IN 1..coalesce(cardinality($3), 0) LOOP
    word := passage_query($3[i], $4[i], '');
    CONTINUE WHEN word IS NULL;
    SELECT count(*) INTO hits FROM (SELECT FROM passages p WHERE p.words @@ (mine && word) AND (p.account_id = $1) IS TRUE LIMIT few + 1) x;
    shape := '';
    IF hits = 0 AND length(split_part($4[i], ' ', 1)) >= 5 THEN
      -- Nobody wrote it: most often its end is mistyped.
      shape := left(split_part($4[i], ' ', 1), CASE WHEN length(split_part($4[i], ' ', 1)) > 8 THEN 5 ELSE 4 END);
      word := (quote_literal(shape) || ':*')::tsquery;
      SELECT count(*) INTO hits FROM (SELECT FROM passages p WHERE p.words @@ (mine && word) AND (p.account_id = $1) IS TRUE LIMIT few + 1) x;
    END IF;
    CONTINUE WHEN hits = 0;
    asked := asked || word;
    heads := heads || CASE WHEN shape = '' THEN passage_query($3[i], $4[i], ':A') ELSE (quote_literal(shape) || ':*A')::tsquery END;
    counts := counts || hits;
    guesses := guesses || (shape <> '');
    whole := CASE WHEN whole IS NULL THEN word ELSE whole || word END;
  END LOOP;
  IF whole IS NULL THEN RETURN; END IF;
  FOR place IN SELECT u.o FROM unnest(counts) WITH ORDINALITY u(c, o) ORDER BY u.c, u.o LOOP
    IF counts[place] <= few AND (wanted IS NULL OR taken + counts[place] <= 2 * few) THEN
      wanted := CASE WHEN wanted IS NULL THEN asked[place] ELSE wanted || asked[place] END;
      taken := taken + counts[place];
    ELSIF cardinality(rest) < 4 THEN
      rest := rest || asked[place];
    END IF;
  END LOOP;
  -- Common words find what holds two of them.
  FOR i IN 2..cardinality(rest) LOOP
    word := rest[i - 1] && rest[i];
    wanted := CASE WHEN wanted IS NULL THEN word ELSE wanted || word END;
  END LOOP;
  IF NOT EXISTS (SELECT FROM passages p WHERE p.words @@ (mine && wanted) AND (p.account_id = $1) IS TRUE) THEN wanted := rest[1]; END IF;
  RETURN QUERY
    WITH candidates AS MATERIALIZED (
      SELECT p.id, p.source_id, p.words FROM passages p WHERE p.words @@ (mine && wanted) AND (p.account_id = $1) IS TRUE LIMIT 3 * few),
    asked_words AS MATERIALIZED (
      SELECT u.q, u.head, u.guess, ln(1 + 2 * few / u.c::double precision) AS weight FROM unnest(asked, heads, counts, guesses) u(q, head, c, guess)),
    rated AS (
      SELECT c.id, r.weight, r.held, ts_rank_cd('{0.5, 0.5, 0.5, 1}', c.words, whole, 32) AS density, c.source_id
      FROM candidates c CROSS JOIN LATERAL (
        SELECT sum(w.weight * CASE WHEN c.words @@ w.head THEN 2 ELSE 1 END) AS weight, (count(*) FILTER (WHERE NOT w.guess))::integer AS held
        FROM asked_words w WHERE c.words @@ w.q) r),
    scored AS (
      SELECT r.id, r.held, s.title, s.url, s.language, s.indexed_at, x.is_stale,
        r.weight / (SELECT 2 * sum(w.weight) FROM asked_words w) * (0.7 + 0.3 * r.density)
          * CASE WHEN x.is_stale THEN 0.8 ELSE 1 END * CASE WHEN s.language = $2 THEN 1 ELSE 0.8 END AS score
      FROM rated r JOIN sources s ON s.id = r.source_id
      CROSS JOIN LATERAL (SELECT source_is_stale(s.refresh, s.checked_at, s.indexed_at, $5) AS is_stale) x
      ORDER BY score DESC, s.id, r.id LIMIT $6)
    SELECT p.source_id, p.n::integer, o.title, o.url, o.language, p.heading, p.text, o.indexed_at, o.is_stale, o.score, o.held
    FROM scored o JOIN passages p ON p.id = o.id ORDER BY o.score DESC, p.source_id, p.n;
END $_$;

ALTER FUNCTION door.find_passages(account uuid, asked_in text, forms text[], plain_forms text[], at timestamp with time zone, most bigint) OWNER TO heed_owner;

CREATE FUNCTION door.find_similar(words text, kinds text[], most bigint) RETURNS TABLE(kind text, id uuid, title text, match text, matches bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    SET enable_seqscan TO 'off'
    SET enable_hashjoin TO 'on'
    SET max_parallel_workers_per_gather TO '0'
    SET plan_cache_mode TO 'force_custom_plan'
    AS $_$
#variable_conflict use_column
DECLARE
  terms CONSTANT text[] := ARRAY(
    SELECT t.lexeme FROM unnest(to_tsvector('simple', plain(left($1, 400)))) t WHERE length(t.lexeme) BETWEEN 3 AND 40 ORDER BY 1 LIMIT 5);
  near tsquery;
  term text;
  one tsquery;
BEGIN
  IF me() IS NULL OR my_account() IS NULL OR cardinality(terms) = 0 THEN RETURN; END IF;
  FOREACH term IN ARRAY terms LOOP
    one := (quote_literal(owner_mark(me()) || 't' || translate(left(term, 2), '\', ' ')) || ':*')::tsquery
      || (quote_literal(owner_mark(my_account()) || 't' || translate(left(term, 2), '\', ' ')) || ':*')::tsquery;
    near := CASE WHEN near IS NULL THEN one ELSE near || one END;
  END LOOP;
  RETURN QUERY
  WITH asked AS MATERIALIZED (
    SELECT t.term, ARRAY(SELECT DISTINCT substr('  ' || t.term || ' ', n, 3) FROM generate_series(1, length(t.term) + 1) n) AS grams
    FROM unnest(terms) t (term)),
  candidates AS MATERIALIZED (
    SELECT d.kind, d.id, d.title, d.title_norm, d.updated_at FROM search_documents d
    WHERE d.words @@ near AND (d.user_id = me() OR d.account_id = my_account()) AND NOT d.trashed AND d.kind || '' = ANY ($2) LIMIT 1000),
  held AS MATERIALIZED (
    SELECT c.id, w.lexeme FROM candidates c CROSS JOIN LATERAL unnest(to_tsvector('simple', c.title_norm)) w),
  alike AS MATERIALIZED (
    SELECT p.lexeme, p.term, x.same::real / (x.all_of_it + cardinality(p.grams) - x.same) AS part FROM (
      SELECT l.lexeme, a.term, a.grams FROM (SELECT DISTINCT h.lexeme FROM held h) l CROSS JOIN asked a
      WHERE EXISTS (SELECT FROM unnest(a.grams) g WHERE strpos('  ' || l.lexeme || ' ', g) > 0)) p
    CROSS JOIN LATERAL (
      SELECT count(*) AS all_of_it, count(*) FILTER (WHERE g.gram = ANY (p.grams)) AS same FROM (
        SELECT DISTINCT substr('  ' || p.lexeme || ' ', n, 3) AS gram FROM generate_series(1, length(p.lexeme) + 1) n) g) x),
  best AS (SELECT h.id, l.term, max(l.part) AS part FROM held h JOIN alike l ON l.lexeme = h.lexeme GROUP BY h.id, l.term),
  ranked AS (SELECT b.id, min(b.part) AS part FROM best b GROUP BY b.id HAVING count(*) = cardinality(terms) AND min(b.part) >= 0.3)
  SELECT c.kind, c.id, c.title, 'similar', count(*) OVER ()
  FROM ranked r JOIN candidates c ON c.id = r.id ORDER BY r.part DESC, c.updated_at DESC, c.id DESC LIMIT $3;
END $_$;

ALTER FUNCTION door.find_similar(words text, kinds text[], most bigint) OWNER TO heed_owner;

CREATE FUNCTION door.find_things(words text, kinds text[], most bigint, parts text[], most_each bigint) RETURNS TABLE(kind text, id uuid, title text, match text, place bigint, matches bigint, place_of_kind bigint, matches_of_kind bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    SET enable_seqscan TO 'off'
    SET max_parallel_workers_per_gather TO '0'
    SET plan_cache_mode TO 'force_custom_plan'
    AS $_$
#variable_conflict use_column
DECLARE
  looked_for CONSTANT text := btrim(plain(left($1, 400)));
  beyond CONSTANT text := looked_for || chr(1114111);
  -- Signs that would mean something elsewhere are meant as they stand. Quotation marks part words, as in what is kept.
  is_exact CONSTANT boolean := looked_for <> translate(looked_for, '%_\*', '');
  named CONSTANT tsquery := register_query(me(), $1, 't') || register_query(my_account(), $1, 't');
  held CONSTANT tsquery := register_query(me(), $1, 'b') || register_query(my_account(), $1, 'b');
  is_whole boolean := true;
  few text[];
  part text;
  one record;
BEGIN
  IF me() IS NULL OR my_account() IS NULL OR looked_for = '' THEN RETURN; END IF;
  FOR one IN
    WITH named_so AS MATERIALIZED (
      SELECT d.id, d.kind, d.title, d.title_norm, d.updated_at FROM search_documents d
      WHERE d.words @@ named AND (d.user_id = me() OR d.account_id = my_account()) AND NOT d.trashed AND d.kind || '' = ANY ($2) LIMIT 1000),
    called AS MATERIALIZED (
      (SELECT d.id, d.kind, d.title, d.title_norm, d.updated_at FROM search_documents d
       WHERE d.user_id = me() AND NOT d.trashed AND d.kind || '' = ANY ($2) AND d.title_norm ~>=~ looked_for AND d.title_norm ~<~ beyond
       ORDER BY d.title_norm USING ~<~ LIMIT (SELECT CASE WHEN count(*) < 1000 THEN 1000 ELSE 100 END FROM named_so))
      UNION ALL
      (SELECT d.id, d.kind, d.title, d.title_norm, d.updated_at FROM search_documents d
       WHERE d.account_id = my_account() AND NOT d.trashed AND d.kind || '' = ANY ($2) AND d.title_norm ~>=~ looked_for AND d.title_norm ~<~ beyond
       ORDER BY d.title_norm USING ~<~ LIMIT (SELECT CASE WHEN count(*) < 1000 THEN 1000 ELSE 100 END FROM named_so))),
    held_so AS MATERIALIZED (
      SELECT d.id, d.kind, d.title, d.title_norm, d.updated_at FROM search_documents d
      WHERE (SELECT count(*) < 1000 FROM named_so) AND d.words @@ held AND (d.user_id = me() OR d.account_id = my_account()) AND NOT d.trashed
        AND d.kind || '' = ANY ($2) LIMIT 1000),
    found AS (
      SELECT DISTINCT ON (u.id) u.* FROM (
        SELECT n.*, 1 AS list FROM named_so n UNION ALL SELECT c.*, 1 FROM called c UNION ALL SELECT h.*, 2 FROM held_so h) u
      WHERE NOT is_exact OR strpos(u.title_norm, looked_for) > 0 ORDER BY u.id, u.list),
    ranked AS (
      SELECT f.id, f.kind, f.title, f.list, count(*) OVER () AS of_all, count(*) OVER (PARTITION BY f.kind) AS of_kind,
        row_number() OVER (PARTITION BY f.kind ORDER BY f.title_norm = looked_for DESC, f.list, strpos(f.title_norm, looked_for) > 0 DESC,
          f.updated_at DESC, f.id DESC) AS in_kind,
        row_number() OVER (ORDER BY f.title_norm = looked_for DESC, f.list, strpos(f.title_norm, looked_for) > 0 DESC, f.updated_at DESC,
          f.id DESC) AS n
      FROM found f)
    SELECT r.*, greatest((SELECT count(*) FROM named_so), (SELECT count(*) FROM called), (SELECT count(*) FROM held_so)) < 1000 AS is_whole
    FROM ranked r WHERE r.n <= $3 OR r.in_kind <= $5 AND r.kind = ANY ($4) ORDER BY r.n
  LOOP
    is_whole := one.is_whole;
    IF is_whole OR one.n <= $3 THEN
      kind := one.kind;
      id := one.id;
      title := one.title;
      match := CASE WHEN one.list = 1 THEN 'name' ELSE 'words' END;
      place := CASE WHEN one.n <= $3 THEN one.n END;
      matches := one.of_all;
      place_of_kind := CASE WHEN is_whole AND one.in_kind <= $5 AND one.kind = ANY ($4) THEN one.in_kind END;
      matches_of_kind := one.of_kind;
      RETURN NEXT;
    END IF;
  END LOOP;
  IF is_whole THEN RETURN; END IF;

  -- Among more than are looked at no kind can be told: those of which there are few are gone through, the others looked for alone.
  few := ARRAY(SELECT k FROM unnest($4) k WHERE 1000 >= (SELECT count(*) FROM (
    (SELECT FROM search_documents d WHERE d.user_id = me() AND d.kind = k LIMIT 1001) UNION ALL
    (SELECT FROM search_documents d WHERE d.account_id = my_account() AND d.kind = k LIMIT 1001)) x));
  RETURN QUERY
  WITH found AS (
    SELECT d.id, d.kind, d.title, d.title_norm, d.updated_at,
      CASE WHEN d.words @@ named OR d.title_norm ~>=~ looked_for AND d.title_norm ~<~ beyond THEN 1 ELSE 2 END AS list
    FROM unnest(few) k CROSS JOIN LATERAL (
      SELECT * FROM search_documents s WHERE s.user_id = me() AND s.kind = k UNION ALL
      SELECT * FROM search_documents s WHERE s.account_id = my_account() AND s.kind = k) d
    WHERE NOT d.trashed AND (d.words @@ held OR d.words @@ named OR d.title_norm ~>=~ looked_for AND d.title_norm ~<~ beyond)
      AND (NOT is_exact OR strpos(d.title_norm, looked_for) > 0)),
  ranked AS (
    SELECT f.id, f.kind, f.title, f.list, count(*) OVER (PARTITION BY f.kind) AS of_kind,
      row_number() OVER (PARTITION BY f.kind ORDER BY f.title_norm = looked_for DESC, f.list, strpos(f.title_norm, looked_for) > 0 DESC,
        f.updated_at DESC, f.id DESC) AS in_kind
    FROM found f)
  SELECT r.kind, r.id, r.title, CASE WHEN r.list = 1 THEN 'name' ELSE 'words' END, NULL::bigint, 0::bigint, r.in_kind, r.of_kind
  FROM ranked r WHERE r.in_kind <= $5;
  FOREACH part IN ARRAY $4 LOOP
    IF part = ANY (few) THEN CONTINUE; END IF;
    RETURN QUERY SELECT f.kind, f.id, f.title, f.match, NULL::bigint, 0::bigint, f.place, f.matches
      FROM door.find_things($1, ARRAY[part], $5, '{}', 0) f;
  END LOOP;
END $_$;

ALTER FUNCTION door.find_things(words text, kinds text[], most bigint, parts text[], most_each bigint) OWNER TO heed_owner;

CREATE FUNCTION door.has_left(thing uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT EXISTS (
    SELECT FROM audit_log a
    WHERE a.subject_id = me() AND a.action IN ('member.left', 'member.removed') AND a.account_id <> my_account() AND a.account_id IN (
      SELECT d.account_id FROM drafts d WHERE d.id = $1 UNION ALL SELECT v.account_id FROM conversations v WHERE v.id = $1))
$_$;

ALTER FUNCTION door.has_left(thing uuid) OWNER TO heed_owner;

CREATE FUNCTION door.hide_habit_reminders(habits uuid[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  UPDATE reminders r SET status = 'deleted', next_at = NULL, snoozed_until = NULL WHERE r.habit_id = ANY ($1) AND r.user_id = me()
$_$;

ALTER FUNCTION door.hide_habit_reminders(habits uuid[]) OWNER TO heed_owner;

CREATE FUNCTION door.holding(words text, most bigint) RETURNS SETOF uuid
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    SET enable_seqscan TO 'off'
    SET work_mem TO '32MB'
    AS $_$
DECLARE
  who uuid := me();
  small text := plain($1);
  bytes bytea := convert_to(small, 'UTF8') || '\x0000'::bytea;
  -- Four runs of it do: what is read is asked for the whole.
  wanted bigint[] := (SELECT array_agg((hashtextextended(who::text, 0) & -16777216)
      + (get_byte(bytes, i) << 16) + (get_byte(bytes, i + 1) << 8) + get_byte(bytes, i + 2))
    FROM (SELECT i FROM generate_series(0, greatest(length(bytes) - 5, 0), 3) i LIMIT 4) x);
BEGIN
  RETURN QUERY SELECT w.reminder_id FROM reminder_words w
    WHERE runs(w.user_id, w.words) @> wanted AND w.user_id = who AND strpos(w.words, small) > 0 LIMIT most;
END $_$;

ALTER FUNCTION door.holding(words text, most bigint) OWNER TO heed_owner;

CREATE FUNCTION door.index_passages(source uuid, headings text[], texts text[], plain_headings text[], plain_texts text[], at timestamp with time zone) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
DECLARE
  it sources;
  whole regconfig;
  folded regconfig;
BEGIN
  SELECT * INTO STRICT it FROM sources s WHERE s.id = $1 FOR UPDATE;
  IF session_user NOT IN ('heed_work', current_user) AND (it.account_id IS DISTINCT FROM my_account() OR NOT may('admin')) THEN
    RAISE insufficient_privilege USING MESSAGE = 'a source of another account';
  END IF;
  whole := CASE it.language WHEN 'pt-BR' THEN 'portuguese' ELSE 'english' END;
  folded := CASE it.language WHEN 'pt-BR' THEN 'portuguese_folded' ELSE 'english_folded' END;
  DELETE FROM passages p WHERE p.source_id = $1;
  IF it.enabled AND it.deleted_at IS NULL THEN
    INSERT INTO passages (account_id, source_id, n, heading, text, words)
    SELECT it.account_id, it.id, p.n, p.heading, p.text,
      setweight(to_tsvector(whole, normalize(it.title || ' . ' || p.heading)), 'A') || setweight(to_tsvector(folded, p.plain_heading), 'A')
        || to_tsvector(whole, normalize(p.text)) || to_tsvector(folded, p.plain_text) || account_word(it.account_id)::tsvector
    FROM unnest($2, $3, $4, $5) WITH ORDINALITY AS p(heading, text, plain_heading, plain_text, n);
  END IF;
  UPDATE sources s SET indexed_at = $6, passages = (SELECT count(*) FROM passages p WHERE p.source_id = $1) WHERE s.id = $1;
END $_$;

ALTER FUNCTION door.index_passages(source uuid, headings text[], texts text[], plain_headings text[], plain_texts text[], at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION door.invitation(invitation uuid) RETURNS TABLE(id uuid, account_id uuid, team text, email text, email_key text, role text, language text, invited_by text, expires_at timestamp with time zone, accepted_at timestamp with time zone, revoked_at timestamp with time zone, has_account boolean)
    LANGUAGE sql STABLE SECURITY DEFINER ROWS 1
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT i.id, i.account_id, a.name, i.email, i.email_key, i.role, i.language, i.invited_by, i.expires_at, i.accepted_at, i.revoked_at,
    EXISTS (SELECT FROM users u WHERE u.email_key = i.email_key)
  FROM invitations i JOIN accounts a ON a.id = i.account_id WHERE i.id = $1
$_$;

ALTER FUNCTION door.invitation(invitation uuid) OWNER TO heed_owner;

CREATE FUNCTION door.invitation_mails() RETURNS TABLE(invitation_id uuid, state text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT DISTINCT ON (i.id) i.id, o.state FROM invitations i JOIN outbox o ON o.subject_id = i.id AND o.escalation_id IS NULL
  WHERE i.account_id = my_account() AND i.accepted_at IS NULL AND i.revoked_at IS NULL
    AND EXISTS (SELECT FROM users m WHERE m.id = me() AND m.account_id = i.account_id)
  ORDER BY i.id, o.id DESC
$$;

ALTER FUNCTION door.invitation_mails() OWNER TO heed_owner;

CREATE FUNCTION door.join_sessions(kept uuid, gone uuid[]) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
DECLARE
  joined bigint;
BEGIN
  UPDATE inbox_items i SET session_id = $1 WHERE i.session_id = ANY ($2) AND i.user_id = me()
    AND EXISTS (SELECT FROM chat_sessions k WHERE k.id = $1 AND k.user_id = me());
  DELETE FROM chat_sessions s WHERE s.id = ANY ($2) AND s.id <> $1 AND s.user_id = me()
    AND EXISTS (SELECT FROM chat_sessions k WHERE k.id = $1 AND k.user_id = me());
  GET DIAGNOSTICS joined = ROW_COUNT;
  RETURN joined;
END $_$;

ALTER FUNCTION door.join_sessions(kept uuid, gone uuid[]) OWNER TO heed_owner;

CREATE FUNCTION door.join_team(invitation uuid, at timestamp with time zone) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
  asked invitations%ROWTYPE;
  person record;
BEGIN
  SELECT * INTO asked FROM invitations i WHERE i.id = invitation FOR UPDATE;
  IF NOT FOUND THEN RETURN 'missing'; END IF;
  IF asked.accepted_at IS NOT NULL OR asked.revoked_at IS NOT NULL OR asked.expires_at <= at
    OR NOT EXISTS (SELECT FROM users u WHERE u.account_id = asked.account_id AND u.role = 'owner') THEN
    RETURN 'used';
  END IF;
  SELECT u.account_id, u.role, u.email_key INTO person FROM users u WHERE u.id = me();
  IF person.email_key IS DISTINCT FROM asked.email_key THEN RETURN 'missing'; END IF;
  -- Both in one order, so that two who change places do not wait for each other.
  PERFORM FROM accounts WHERE id IN (person.account_id, asked.account_id) ORDER BY id FOR NO KEY UPDATE;
  SELECT u.account_id, u.role INTO person FROM users u WHERE u.id = me() FOR UPDATE;
  IF person.account_id = asked.account_id AND person.role <> asked.role
    AND array_position(ARRAY['viewer', 'agent', 'admin', 'owner'], person.role)
      > array_position(ARRAY['viewer', 'agent', 'admin', 'owner'], asked.role) THEN
    RETURN 'same';  -- An invitation lowers nobody.
  END IF;
  IF person.account_id <> asked.account_id AND person.role = 'owner'
    AND EXISTS (SELECT FROM users u WHERE u.account_id = person.account_id AND u.id <> me())
    AND NOT EXISTS (SELECT FROM users u WHERE u.account_id = person.account_id AND u.role = 'owner' AND u.id <> me()) THEN
    RETURN 'last';
  END IF;
  IF person.account_id <> asked.account_id AND NOT EXISTS (SELECT FROM users u WHERE u.account_id = person.account_id AND u.id <> me()) THEN
    -- Nobody is left who could reach what the account has.
    IF EXISTS (SELECT FROM sources s WHERE s.account_id = person.account_id AND s.deleted_at IS NULL)
      OR EXISTS (SELECT FROM channels c WHERE c.account_id = person.account_id AND c.deleted_at IS NULL) THEN
      RETURN 'keeps';
    END IF;
    UPDATE invitations SET revoked_at = at WHERE account_id = person.account_id AND accepted_at IS NULL AND revoked_at IS NULL;
  END IF;
  -- Which account that was, this transaction may ask: it may be another than when the request came.
  PERFORM set_config('heed.left_account', person.account_id::text, true);
  UPDATE users SET account_id = asked.account_id, role = asked.role, verified_at = coalesce(verified_at, at), away_until = NULL, updated_at = at
  WHERE id = me();
  UPDATE jobs SET account_id = asked.account_id WHERE user_id = me() AND account_id <> asked.account_id;
  UPDATE invitations SET accepted_at = at WHERE id = invitation;
  RETURN 'done';
END $$;

ALTER FUNCTION door.join_team(invitation uuid, at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION door.late_escalation(conversation uuid) RETURNS TABLE(state text, user_id uuid, name text, at timestamp with time zone, reminder_id uuid)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT CASE WHEN l.is_over AND coalesce(e.open, true) THEN 'completed' ELSE coalesce(e.state, 'active') END, l.user_id, u.display_name, l.at,
      CASE WHEN l.user_id = me() THEN l.reminder_id END
    FROM desk_late l JOIN users u ON u.id = l.user_id
    LEFT JOIN LATERAL (SELECT e.state, e.open FROM escalations e WHERE e.reminder_id = l.reminder_id ORDER BY e.id DESC LIMIT 1) e ON true
    WHERE l.conversation_id = $1 AND l.account_id = my_account() ORDER BY l.at DESC, l.id DESC LIMIT 1;
END $_$;

ALTER FUNCTION door.late_escalation(conversation uuid) OWNER TO heed_owner;

CREATE FUNCTION door.linked_file(attachment uuid) RETURNS TABLE(name text, type text, bytes bytea)
    LANGUAGE sql STABLE SECURITY DEFINER ROWS 1
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT a.name, a.type, f.bytes FROM attachments a JOIN files f ON f.account_id = a.account_id AND f.sha256 = a.sha256
  WHERE a.id = $1 AND a.state = 'kept'
$_$;

ALTER FUNCTION door.linked_file(attachment uuid) OWNER TO heed_owner;

CREATE FUNCTION door.lost_zones() RETURNS TABLE(timezone text, reminders bigint, people bigint)
    LANGUAGE sql STABLE SECURITY DEFINER ROWS 1
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT x.timezone, count(*) FILTER (WHERE NOT x.is_person), count(*) FILTER (WHERE x.is_person) FROM (
    (SELECT s.timezone, false AS is_person FROM schedules s JOIN reminders r ON r.id = s.reminder_id
      WHERE s.zone_lost AND r.status IN ('active', 'snoozed') LIMIT 10000)
    UNION ALL (SELECT u.timezone, true FROM users u WHERE u.zone_lost LIMIT 10000)) x
  GROUP BY x.timezone ORDER BY x.timezone LIMIT 10
$$;

ALTER FUNCTION door.lost_zones() OWNER TO heed_owner;

CREATE FUNCTION door.members() RETURNS TABLE(id uuid, role text, email text, display_name text, away_until timestamp with time zone, created_at timestamp with time zone)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT u.id, u.role, u.email, u.display_name, u.away_until, u.created_at FROM users u
    WHERE u.account_id = my_account() AND EXISTS (SELECT FROM users m WHERE m.id = me() AND m.account_id = u.account_id)
    ORDER BY array_position(ARRAY['owner', 'admin', 'agent', 'viewer'], u.role), lower(u.display_name), u.id;
END $$;

ALTER FUNCTION door.members() OWNER TO heed_owner;

CREATE FUNCTION door.model_calls(before uuid, most bigint) RETURNS TABLE(id uuid, started_at timestamp with time zone, host text, model text, event text, kinds text[], bytes bigint, outcome text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT r.id, r.started_at, r.host, r.model, r.event, r.kinds, r.prompt_bytes::bigint, r.outcome FROM prompt_runs r
  WHERE r.user_id = me() AND r.has_left AND ($1 IS NULL OR r.id < $1) ORDER BY r.id DESC LIMIT $2
$_$;

ALTER FUNCTION door.model_calls(before uuid, most bigint) OWNER TO heed_owner;

CREATE FUNCTION door.model_uses() RETURNS TABLE(event text, outcome text, calls bigint, prompt_tokens bigint, answer_tokens bigint, median bigint, told bigint, bytes bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT r.event, r.outcome, count(*), coalesce(sum(r.prompt_tokens), 0)::bigint, coalesce(sum(r.answer_tokens), 0)::bigint,
    percentile_disc(0.5) WITHIN GROUP (ORDER BY r.milliseconds)::bigint, count(*) FILTER (WHERE r.has_left),
    coalesce(sum(r.prompt_bytes) FILTER (WHERE r.has_left), 0)::bigint
  FROM prompt_runs r WHERE r.user_id = me() GROUP BY r.event, r.outcome
$$;

ALTER FUNCTION door.model_uses() OWNER TO heed_owner;

CREATE FUNCTION door.nearest_vectors(looked_in uuid, signs bit varying, vector bytea, kinds text[], most bigint, found uuid[]) RETURNS TABLE(thing uuid, kind text, chunk smallint, half bytea)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 400
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    SET enable_seqscan TO 'off'
    SET max_parallel_workers_per_gather TO '0'
    SET plan_cache_mode TO 'force_custom_plan'
    AS $_$
#variable_conflict use_column
DECLARE
  is_small CONSTANT boolean := (SELECT count(*) FROM (SELECT FROM embeddings e WHERE e.user_id = me() AND e.set_id = $1 LIMIT 4001) x) <= 4000;
BEGIN
  IF is_small THEN
    RETURN QUERY SELECT e.thing, e.kind, e.chunk, e.half FROM embeddings e
      WHERE e.user_id = me() AND e.set_id = $1 AND NOT e.trashed AND e.kind = ANY ($4);
  ELSIF has_near() THEN
    RETURN QUERY EXECUTE 'SELECT e.thing, e.kind, e.chunk, e.half FROM embeddings e JOIN (
        (SELECT x.thing, x.chunk FROM embeddings x WHERE x.user_id = me() AND x.set_id = $1 AND NOT x.trashed AND x.kind = ANY ($3)
         ORDER BY x.near <#> half_numbers($2)::halfvec LIMIT $4)
        UNION SELECT x.thing, x.chunk FROM embeddings x WHERE x.thing = ANY ($5) AND x.user_id = me() AND x.set_id = $1 AND NOT x.trashed) b
        ON b.thing = e.thing AND b.chunk = e.chunk WHERE e.set_id = $1' USING $1, $3, $4, $5, $6;
  ELSE
    -- Signs of two lengths cannot be compared: a piece that was refused has none.
    RETURN QUERY SELECT e.thing, e.kind, e.chunk, e.half FROM embeddings e JOIN (
        (SELECT x.thing, x.chunk FROM embeddings x WHERE x.user_id = me() AND x.set_id = $1 AND NOT x.trashed AND x.kind = ANY ($4)
           AND length(x.bits) > 0
         ORDER BY bit_count(x.bits # $2) LIMIT $5)
        UNION SELECT x.thing, x.chunk FROM embeddings x WHERE x.thing = ANY ($6) AND x.user_id = me() AND x.set_id = $1 AND NOT x.trashed) b
      ON b.thing = e.thing AND b.chunk = e.chunk WHERE e.set_id = $1;
  END IF;
END $_$;

ALTER FUNCTION door.nearest_vectors(looked_in uuid, signs bit varying, vector bytea, kinds text[], most bigint, found uuid[]) OWNER TO heed_owner;

CREATE FUNCTION door.notify(account uuid, people uuid[], kind text, conversation uuid, channel uuid, actor text, words text, at timestamp with time zone) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
BEGIN
  IF session_user NOT IN ('heed_work', current_user) AND account IS DISTINCT FROM my_account() THEN
    RAISE insufficient_privilege USING MESSAGE = 'the notifications of another account';
  END IF;
  PERFORM put_notifications($1, $2, $3, $4, $5, NULL, $6, $7, $8);
END $_$;

ALTER FUNCTION door.notify(account uuid, people uuid[], kind text, conversation uuid, channel uuid, actor text, words text, at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION door.offer_reminder(offer uuid, reminder uuid, member uuid, at timestamp with time zone) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
#variable_conflict use_column
DECLARE known uuid;
BEGIN
  PERFORM FROM reminders r WHERE r.id = $2 AND r.user_id = me() AND r.habit_id IS NULL AND NOT r.of_desk AND r.status IN ('active', 'snoozed')
    FOR UPDATE;
  IF NOT FOUND THEN RETURN 'missing'; END IF;
  IF member = me() OR NOT EXISTS (SELECT FROM users u WHERE u.id = member AND u.account_id = my_account())
    OR NOT EXISTS (SELECT FROM users u WHERE u.id = me() AND u.account_id = my_account()) THEN RETURN 'stranger'; END IF;
  -- One that was made when either was in another account can be answered by nobody.
  UPDATE reminder_offers o SET state = 'withdrawn', decided_at = $4 WHERE o.reminder_id = $2 AND o.state = 'open'
    AND NOT (o.account_id = my_account() AND EXISTS (SELECT FROM users u WHERE u.id = o.to_user AND u.account_id = o.account_id));
  SELECT o.to_user INTO known FROM reminder_offers o WHERE o.reminder_id = $2 AND o.state = 'open';
  IF FOUND THEN RETURN CASE WHEN known = member THEN 'same' ELSE 'offered' END; END IF;
  INSERT INTO reminder_offers (id, user_id, account_id, reminder_id, to_user, state, created_at)
    VALUES ($1, me(), my_account(), $2, member, 'open', $4);
  RETURN 'done';
END $_$;

ALTER FUNCTION door.offer_reminder(offer uuid, reminder uuid, member uuid, at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION door.overdue(at timestamp with time zone) RETURNS TABLE(work text, since timestamp with time zone)
    LANGUAGE plpgsql SECURITY DEFINER ROWS 1
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
DECLARE
  kinds text := (SELECT string_agg(format('(%L, overdue.%I($1))', proname, proname), ', ' ORDER BY proname)
    FROM pg_proc WHERE pronamespace = 'overdue'::regnamespace);
BEGIN
  RETURN QUERY EXECUTE
    'SELECT x.work, x.since FROM (VALUES ' || kinds || ') AS x(work, since) WHERE x.since IS NOT NULL ORDER BY x.since LIMIT 1' USING $1;
END $_$;

ALTER FUNCTION door.overdue(at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION door.phone_holders(number_key text, stopped boolean) RETURNS TABLE(user_id uuid, account_id uuid, contact_id uuid, verified boolean)
    LANGUAGE sql STABLE SECURITY DEFINER ROWS 2
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT p.user_id, u.account_id, p.contact_id, p.verified_at IS NOT NULL
  FROM (SELECT h.id, h.user_id, h.contact_id, h.verified_at, h.stopped_at, h.created_at FROM phones h WHERE h.number_key = $1
    UNION ALL SELECT NULL, s.user_id, NULL, NULL, s.stopped_at, s.stopped_at FROM phone_stops s WHERE s.number_key = $1 AND s.stopped_at IS NOT NULL) p
  JOIN users u ON u.id = p.user_id LEFT JOIN contacts c ON c.id = p.contact_id
  WHERE $2 IS NULL OR $2 = (p.stopped_at IS NOT NULL)
  ORDER BY p.verified_at IS NULL, c.deleted_at IS NOT NULL, (SELECT max(o.sent_at) FROM outbox o
    WHERE o.user_id = p.user_id AND o.channel = 'sms' AND o.sent_at IS NOT NULL AND o.subject IN ('escalation', 'test')
      AND o.recipient_id = coalesce(p.contact_id, p.user_id)) DESC NULLS LAST, p.created_at DESC, p.id
  LIMIT 50
$_$;

ALTER FUNCTION door.phone_holders(number_key text, stopped boolean) OWNER TO heed_owner;

CREATE FUNCTION door.profile_uses(profile uuid) RETURNS TABLE(reminders bigint, habits bigint, channels bigint)
    LANGUAGE sql STABLE SECURITY DEFINER ROWS 1
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT (SELECT count(*) FROM reminders r WHERE r.profile_id = p.id AND r.user_id = p.user_id AND r.habit_id IS NULL),
    (SELECT count(*) FROM habits h WHERE h.reminder_profile_id = p.id AND h.user_id = p.user_id),
    (SELECT count(*) FROM channels c WHERE c.profile_id = p.id)
  FROM profiles p WHERE p.id = $1 AND p.user_id = me()
$_$;

ALTER FUNCTION door.profile_uses(profile uuid) OWNER TO heed_owner;

CREATE FUNCTION door.purge_deadline(deadline uuid) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH own AS (SELECT d.id FROM deletions d WHERE d.user_id = me() AND d.kind = 'deadline' AND d.thing = $1),
  gone AS (DELETE FROM deadlines l USING own o WHERE l.id = $1 AND l.user_id = me() AND l.deletion_id = o.id RETURNING l.deletion_id),
  event AS (DELETE FROM deletions d USING gone g WHERE d.id = g.deletion_id AND d.user_id = me())
  SELECT count(*) FROM gone
$_$;

ALTER FUNCTION door.purge_deadline(deadline uuid) OWNER TO heed_owner;

CREATE FUNCTION door.purge_event(event uuid) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH gone AS (DELETE FROM events e WHERE e.id = $1 AND e.user_id = me() AND e.deleted_at IS NOT NULL RETURNING e.deletion_id)
  SELECT count(*) FROM gone
$_$;

ALTER FUNCTION door.purge_event(event uuid) OWNER TO heed_owner;

CREATE FUNCTION door.purge_goal(goal uuid) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH gone AS (DELETE FROM goals g WHERE g.id = $1 AND g.user_id = me() AND g.deleted_at IS NOT NULL RETURNING g.deletion_id),
  event AS (DELETE FROM deletions d USING gone g WHERE d.id = g.deletion_id AND d.user_id = me())
  SELECT count(*) FROM gone
$_$;

ALTER FUNCTION door.purge_goal(goal uuid) OWNER TO heed_owner;

CREATE FUNCTION door.purge_habit(habit uuid) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH gone AS (DELETE FROM habits h WHERE h.id = $1 AND h.user_id = me() AND h.status = 'deleted' RETURNING 1) SELECT count(*) FROM gone
$_$;

ALTER FUNCTION door.purge_habit(habit uuid) OWNER TO heed_owner;

CREATE FUNCTION door.purge_person(person uuid) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH gone AS (DELETE FROM people p WHERE p.id = $1 AND p.user_id = me() AND p.deleted_at IS NOT NULL RETURNING p.deletion_id),
  event AS (DELETE FROM deletions d USING gone g WHERE d.id = g.deletion_id AND d.user_id = me() AND d.kind = 'person')
  SELECT count(*) FROM gone
$_$;

ALTER FUNCTION door.purge_person(person uuid) OWNER TO heed_owner;

CREATE FUNCTION door.purge_place(place uuid) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH gone AS (DELETE FROM places p WHERE p.id = $1 AND p.user_id = me() AND p.deleted_at IS NOT NULL RETURNING p.deletion_id),
  event AS (DELETE FROM deletions d USING gone g WHERE d.id = g.deletion_id AND d.user_id = me() AND d.kind = 'place')
  SELECT count(*) FROM gone
$_$;

ALTER FUNCTION door.purge_place(place uuid) OWNER TO heed_owner;

CREATE FUNCTION door.purge_problem(problem uuid) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH gone AS (DELETE FROM problems p WHERE p.id = $1 AND p.user_id = me() AND p.deleted_at IS NOT NULL RETURNING p.deletion_id),
  event AS (DELETE FROM deletions d USING gone g WHERE d.id = g.deletion_id AND d.user_id = me())
  SELECT count(*) FROM gone
$_$;

ALTER FUNCTION door.purge_problem(problem uuid) OWNER TO heed_owner;

CREATE FUNCTION door.purge_task(task uuid) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
DECLARE
  took uuid;
  things uuid[];
BEGIN
  SELECT t.deletion_id INTO took FROM tasks t WHERE t.id = $1 AND t.user_id = me() FOR UPDATE;
  IF took IS NULL THEN RETURN 0; END IF;
  WITH RECURSIVE below (id) AS (
    SELECT $1 UNION SELECT c.id FROM below b JOIN tasks c ON c.parent_id = b.id WHERE c.user_id = me() AND c.deletion_id = took)
  SELECT array_agg(b.id) INTO things FROM below b;
  UPDATE tasks t SET parent_id = NULL, position = 0 WHERE t.user_id = me() AND t.parent_id = ANY (things) AND t.id <> ALL (things);
  DELETE FROM tasks t WHERE t.user_id = me() AND t.id = ANY (things);
  DELETE FROM deletions d WHERE d.id = took AND d.user_id = me() AND d.kind = 'task'
    AND (d.thing = $1 OR NOT EXISTS (SELECT FROM tasks t WHERE t.deletion_id = d.id));
  RETURN cardinality(things);
END $_$;

ALTER FUNCTION door.purge_task(task uuid) OWNER TO heed_owner;

CREATE FUNCTION door.purge_tasks(most bigint) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
DECLARE
  things CONSTANT uuid[] := ARRAY(SELECT t.id FROM deletions d JOIN tasks t ON t.deletion_id = d.id AND t.user_id = d.user_id
    WHERE d.user_id = me() ORDER BY d.at, t.id LIMIT $1);
BEGIN
  UPDATE tasks t SET parent_id = NULL, position = 0 WHERE t.user_id = me() AND t.parent_id = ANY (things) AND t.deletion_id IS NULL;
  DELETE FROM tasks t WHERE t.user_id = me() AND t.id = ANY (things);
  DELETE FROM deletions d WHERE d.user_id = me() AND d.kind = 'task' AND d.restored_at IS NULL
    AND NOT EXISTS (SELECT FROM tasks t WHERE t.deletion_id = d.id) AND NOT EXISTS (SELECT FROM deadlines l WHERE l.deletion_id = d.id);
  RETURN cardinality(things);
END $_$;

ALTER FUNCTION door.purge_tasks(most bigint) OWNER TO heed_owner;

CREATE FUNCTION door.reminder_offers(most bigint) RETURNS TABLE(id uuid, is_mine boolean, state text, reminder_id uuid, taken_as uuid, title text, description text, importance text, other text, created_at timestamp with time zone, decided_at timestamp with time zone)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT o.id, o.user_id = me(), o.state, o.reminder_id, o.taken_as, r.title, CASE WHEN o.state = 'open' THEN r.description ELSE '' END,
      r.importance, u.display_name, o.created_at, o.decided_at
    FROM reminder_offers o JOIN reminders r ON r.id = o.reminder_id AND r.user_id = o.user_id
    JOIN users u ON u.id = CASE WHEN o.user_id = me() THEN o.to_user ELSE o.user_id END AND u.account_id = o.account_id
    WHERE (o.user_id = me() OR o.to_user = me() AND (o.state <> 'open' OR r.status IN ('active', 'snoozed'))) AND o.account_id = my_account()
    ORDER BY o.state <> 'open', o.id DESC LIMIT $1;
END $_$;

ALTER FUNCTION door.reminder_offers(most bigint) OWNER TO heed_owner;

CREATE FUNCTION door.remove_member(member uuid, own_account uuid, at timestamp with time zone) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
  hindered text := hinders_member(member, true);
BEGIN
  IF hindered IS NOT NULL THEN RETURN hindered; END IF;
  PERFORM take_back_invitations(member, at);
  INSERT INTO accounts (id, name, created_at) SELECT own_account, u.display_name, at FROM users u WHERE u.id = member;
  UPDATE users SET account_id = own_account, role = 'owner', away_until = NULL, updated_at = at WHERE id = member;
  UPDATE jobs SET account_id = own_account WHERE user_id = member;
  RETURN 'done';
END $$;

ALTER FUNCTION door.remove_member(member uuid, own_account uuid, at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION door.replace_context_imports(noun text, at timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  UPDATE context_imports i SET replaced_at = $2, file = NULL
  WHERE i.user_id = me() AND i.noun = $1 AND i.confirmed_at IS NULL AND i.replaced_at IS NULL;
  DELETE FROM context_imports WHERE id IN (
    SELECT i.id FROM context_imports i WHERE i.user_id = me() AND i.noun = $1 AND i.replaced_at IS NOT NULL ORDER BY i.id DESC OFFSET 10);
$_$;

ALTER FUNCTION door.replace_context_imports(noun text, at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION door.replace_habit_imports(at timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  UPDATE habit_imports i SET replaced_at = $1, file = NULL, choices = NULL WHERE i.user_id = me() AND i.confirmed_at IS NULL AND i.replaced_at IS NULL
    AND NOT EXISTS (SELECT FROM jobs j WHERE j.id = i.job_id AND j.state IN ('pending', 'running'));
  DELETE FROM habit_imports WHERE id IN (
    SELECT i.id FROM habit_imports i WHERE i.user_id = me() AND i.replaced_at IS NOT NULL ORDER BY i.id DESC OFFSET 10);
$_$;

ALTER FUNCTION door.replace_habit_imports(at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION door.replace_planner_imports(at timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  UPDATE planner_imports i SET replaced_at = $1, file = NULL WHERE i.user_id = me() AND i.confirmed_at IS NULL AND i.replaced_at IS NULL;
  DELETE FROM planner_imports WHERE id IN (
    SELECT i.id FROM planner_imports i WHERE i.user_id = me() AND i.replaced_at IS NOT NULL ORDER BY i.id DESC OFFSET 10);
$_$;

ALTER FUNCTION door.replace_planner_imports(at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION door.replace_reminder_imports(at timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  DELETE FROM reminder_import_rows w WHERE w.import_id IN (
    SELECT i.id FROM reminder_imports i WHERE i.user_id = me() AND i.confirmed_at IS NULL AND i.replaced_at IS NULL);
  UPDATE reminder_imports i SET replaced_at = $1 WHERE i.user_id = me() AND i.confirmed_at IS NULL AND i.replaced_at IS NULL;
  DELETE FROM reminder_imports WHERE id IN (
    SELECT i.id FROM reminder_imports i WHERE i.user_id = me() AND i.replaced_at IS NOT NULL ORDER BY i.id DESC OFFSET 10);
$_$;

ALTER FUNCTION door.replace_reminder_imports(at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION door.resume_contact(address_key text) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH gone AS (DELETE FROM contact_stops s WHERE s.user_id = me() AND s.address_key = $1 RETURNING 1) SELECT count(*) FROM gone
$_$;

ALTER FUNCTION door.resume_contact(address_key text) OWNER TO heed_owner;

CREATE FUNCTION door.retry_job(job uuid, at timestamp with time zone) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH again AS (
    UPDATE jobs SET state = 'pending', due_at = $2, lost = 0, failures = 0, failing_since = NULL, error = '', finished_at = NULL
    WHERE id = $1 AND account_id = my_account() AND user_id IS NULL AND state IN ('failed', 'cancelled') AND may('admin') RETURNING 1)
  SELECT EXISTS (SELECT FROM again)
$_$;

ALTER FUNCTION door.retry_job(job uuid, at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION door.return_habit_reminders(habits uuid[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  UPDATE reminders r SET status = 'archived' WHERE r.habit_id = ANY ($1) AND r.user_id = me() AND r.status = 'deleted'
    AND EXISTS (SELECT FROM habits h WHERE h.id = r.habit_id AND h.user_id = r.user_id AND h.status <> 'deleted')
$_$;

ALTER FUNCTION door.return_habit_reminders(habits uuid[]) OWNER TO heed_owner;

CREATE FUNCTION door.search_things(words text, name text, addresses text[], phrases text[], without text[], kinds text[], tags text[], states text[], since timestamp with time zone, until timestamp with time zone, also uuid[], told bigint, most bigint, parts text[], most_each bigint) RETURNS TABLE(kind text, id uuid, title text, updated_at timestamp with time zone, match text, is_pinned boolean, body text, place bigint, place_of_kind bigint, matches_of_kind bigint, is_whole boolean)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 60
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    SET enable_seqscan TO 'off'
    SET max_parallel_workers_per_gather TO '0'
    SET plan_cache_mode TO 'force_custom_plan'
    AS $_$
#variable_conflict use_column
DECLARE
  looked_for CONSTANT text := btrim(left(concat_ws(' ', $1, array_to_string($4, ' ')), 400));
  called CONSTANT text := btrim(plain(left($2, 400)));
  beyond CONSTANT text := called || chr(1114111);
  named CONSTANT tsquery := register_query(me(), looked_for, 't') || register_query(my_account(), looked_for, 't');
  held CONSTANT tsquery := register_query(me(), looked_for, 'b') || register_query(my_account(), looked_for, 'b');
  -- Signs that are no words of the register, and none of ASCII: they stand for themselves, as emoji do.
  drawn CONSTANT boolean := held IS NULL AND called <> '' AND octet_length(called) <> length(called);
  together CONSTANT text[] := ARRAY(SELECT plain(p) FROM unnest($4) p);
  marks CONSTANT text[] := ARRAY(SELECT normal_title(t) FROM unnest($7) t);
  reached CONSTANT uuid[] := ARRAY(SELECT a.person_id FROM person_addresses a WHERE a.user_id = me() AND a.live AND a.key = ANY ($3) LIMIT 100);
  term CONSTANT text := coalesce((SELECT t.lexeme FROM unnest(to_tsvector('simple', plain(looked_for))) t ORDER BY length(t.lexeme) DESC LIMIT 1), '');
  named_so uuid[] := '{}';  -- each kind of finding is asked for alone, and planned only where it may find something
  called_so uuid[] := '{}';
  held_so uuid[] := '{}';
  others uuid[] := '{}';
  room bigint;
  whole boolean;
  few text[];
  part text;
  one record;
  unwanted tsquery;
  word tsquery;
BEGIN
  IF me() IS NULL OR my_account() IS NULL THEN RETURN; END IF;
  FOREACH part IN ARRAY $5 LOOP
    word := register_query(me(), part, 'b') || register_query(my_account(), part, 'b');
    unwanted := CASE WHEN unwanted IS NULL THEN word WHEN word IS NULL THEN unwanted ELSE unwanted || word END;
  END LOOP;
  IF named IS NOT NULL THEN
    named_so := ARRAY(
      SELECT d.id FROM search_documents d
      WHERE d.words @@ named AND (d.user_id = me() OR d.account_id = my_account()) AND NOT d.trashed AND d.kind || '' = ANY ($6)
        AND (unwanted IS NULL OR NOT d.words @@ unwanted) AND (d.updated_at < $9) IS NOT TRUE AND (d.updated_at >= $10) IS NOT TRUE
        AND (cardinality(marks) = 0 OR EXISTS (SELECT FROM tags g WHERE g.user_id = me() AND g.tag_norm = marks[1] AND g.thing = d.id)) LIMIT 1000);
  END IF;
  IF called <> '' THEN
    room := CASE WHEN cardinality(named_so) < 1000 THEN 1000 ELSE 100 END;
    called_so := ARRAY(
      (SELECT d.id FROM search_documents d
       WHERE d.user_id = me() AND NOT d.trashed AND d.kind || '' = ANY ($6) AND d.title_norm ~>=~ called AND d.title_norm ~<~ beyond
       ORDER BY d.title_norm USING ~<~ LIMIT room)
      UNION ALL
      (SELECT d.id FROM search_documents d
       WHERE d.account_id = my_account() AND NOT d.trashed AND d.kind || '' = ANY ($6) AND d.title_norm ~>=~ called AND d.title_norm ~<~ beyond
       ORDER BY d.title_norm USING ~<~ LIMIT room));
  END IF;
  IF held IS NOT NULL AND cardinality(named_so) < 1000 THEN
    held_so := ARRAY(
      SELECT d.id FROM search_documents d
      WHERE d.words @@ held AND (d.user_id = me() OR d.account_id = my_account()) AND NOT d.trashed AND d.kind || '' = ANY ($6)
        AND (unwanted IS NULL OR NOT d.words @@ unwanted) AND (d.updated_at < $9) IS NOT TRUE AND (d.updated_at >= $10) IS NOT TRUE
        AND (cardinality(marks) = 0 OR EXISTS (SELECT FROM tags g WHERE g.user_id = me() AND g.tag_norm = marks[1] AND g.thing = d.id)) LIMIT 1000);
  END IF;
  IF drawn THEN
    others := ARRAY(
      SELECT d.id FROM search_documents d
      WHERE (d.user_id = me() OR d.account_id = my_account()) AND NOT d.trashed AND d.kind || '' = ANY ($6) AND strpos(d.title_norm, called) > 0 LIMIT 1000);
  ELSIF looked_for = '' AND cardinality(marks) > 0 THEN
    others := ARRAY(SELECT g.thing FROM tags g WHERE g.user_id = me() AND g.tag_norm = marks[1] LIMIT 1000);
  ELSIF looked_for = '' THEN
    others := ARRAY(
      SELECT n.id FROM unnest($6) k (kind) CROSS JOIN LATERAL (
        SELECT d.id FROM search_documents d WHERE d.user_id = me() AND d.kind = k.kind AND NOT d.trashed
          AND d.updated_at >= coalesce($9, '-infinity') AND d.updated_at < coalesce($10, 'infinity') ORDER BY d.updated_at DESC LIMIT 1000) n);
  END IF;
  whole := greatest(cardinality(named_so), cardinality(called_so), cardinality(held_so), cardinality(others)) < 1000;
  FOR one IN
    WITH candidates AS (
      SELECT u.id, min(u.list) AS list FROM (
        SELECT n AS id, 1 AS list FROM unnest(named_so || called_so || reached) n
        UNION ALL SELECT o, CASE WHEN drawn THEN 1 ELSE 2 END FROM unnest(held_so || others) o UNION ALL SELECT a, 9 FROM unnest($11) a) u
      GROUP BY u.id),
    found AS (
      SELECT d.id, d.kind, d.title, d.updated_at, c.list, called <> '' AND d.title_norm = called OR d.id = ANY (reached) AS pinned,
        strpos(d.title_norm, called) > 0 AS is_together
      FROM candidates c JOIN search_documents d ON d.id = c.id LEFT JOIN LATERAL (
        SELECT t.states, t.body FROM thing_state(d.kind, d.id) t WHERE cardinality($8) > 0 OR cardinality(together) > 0) s ON true
      WHERE (d.user_id = me() OR d.account_id = my_account()) AND NOT d.trashed AND d.kind = ANY ($6)
        AND (unwanted IS NULL OR NOT d.words @@ unwanted) AND (d.updated_at < $9) IS NOT TRUE AND (d.updated_at >= $10) IS NOT TRUE
        AND (cardinality($8) = 0 OR s.states && $8)
        AND (cardinality(together) = 0
          OR NOT EXISTS (SELECT FROM unnest(together) p WHERE strpos(d.title_norm, p) = 0 AND strpos(plain(coalesce(s.body, '')), p) = 0))
        AND (cardinality(marks) = 0 OR NOT EXISTS (SELECT FROM unnest(marks) m
          WHERE NOT EXISTS (SELECT FROM tags g WHERE g.user_id = me() AND g.tag_norm = m AND g.thing = d.id)))),
    counted AS MATERIALIZED (
      SELECT f.*, count(*) FILTER (WHERE f.list < 9) OVER (PARTITION BY f.kind) AS of_kind,
        row_number() OVER (PARTITION BY f.kind ORDER BY f.list = 9, f.pinned DESC, f.list, f.is_together DESC, f.updated_at DESC, f.id DESC) AS in_kind,
        row_number() OVER (ORDER BY f.list = 9, f.pinned DESC, f.list, f.is_together DESC, f.updated_at DESC, f.id DESC) AS n
      FROM found f),
    chosen AS (
      SELECT c.* FROM counted c
      WHERE c.n <= $13 OR c.id = ANY ($11) OR c.list < 9 AND c.in_kind <= $15 AND c.kind = ANY ($14)
      UNION ALL
      SELECT NULL, k.kind, NULL, NULL, NULL, NULL, NULL, k.of_kind, NULL, NULL FROM (SELECT DISTINCT c.kind, c.of_kind FROM counted c WHERE c.of_kind > 0) k)
    SELECT c.*, b.body
    FROM chosen c LEFT JOIN LATERAL (
      SELECT text_around(t.body, term) AS body FROM thing_state(c.kind, c.id) t
      WHERE c.list >= 2 AND (c.n > $12 AND c.n <= $13 OR c.list = 9) AND t.body <> '') b ON true
    ORDER BY c.n NULLS LAST
  LOOP
    kind := one.kind;
    id := one.id;
    title := one.title;
    updated_at := one.updated_at;
    match := CASE one.list WHEN 1 THEN 'name' WHEN 2 THEN 'words' END;
    is_pinned := one.pinned;
    body := one.body;
    place := CASE WHEN one.list < 9 AND (one.n <= $13 OR one.id = ANY ($11)) THEN one.n END;
    place_of_kind := CASE WHEN whole AND one.list < 9 AND one.in_kind <= $15 AND one.kind = ANY ($14) THEN one.in_kind END;
    matches_of_kind := one.of_kind;
    is_whole := whole;
    RETURN NEXT;
  END LOOP;
  IF whole THEN RETURN; END IF;

  -- Among more than are looked at no kind can be told: those of which there are few are gone through, the others looked for alone.
  -- OFFSET 0: those few are asked for their words, and not all that hold the words for their kind.
  few := ARRAY(SELECT k FROM unnest($14) k WHERE 1000 >= (SELECT count(*) FROM (
    (SELECT FROM search_documents d WHERE d.user_id = me() AND d.kind = k LIMIT 1001) UNION ALL
    (SELECT FROM search_documents d WHERE d.account_id = my_account() AND d.kind = k LIMIT 1001)) x));
  RETURN QUERY
  WITH found AS (
    SELECT d.id, d.kind, d.title, d.title_norm, d.updated_at,
      CASE WHEN d.words @@ named OR d.title_norm ~>=~ called AND d.title_norm ~<~ beyond THEN 1 ELSE 2 END AS list
    FROM unnest(few) k CROSS JOIN LATERAL (
      (SELECT * FROM search_documents s WHERE s.user_id = me() AND s.kind = k OFFSET 0) UNION ALL
      (SELECT * FROM search_documents s WHERE s.account_id = my_account() AND s.kind = k OFFSET 0)) d
    WHERE NOT d.trashed AND (d.words @@ held OR d.words @@ named OR d.title_norm ~>=~ called AND d.title_norm ~<~ beyond)
      AND (cardinality(together) = 0 OR strpos(d.title_norm, called) > 0)),
  ranked AS (
    SELECT f.*, count(*) OVER (PARTITION BY f.kind) AS of_kind,
      row_number() OVER (PARTITION BY f.kind ORDER BY f.title_norm = called DESC, f.list, strpos(f.title_norm, called) > 0 DESC,
        f.updated_at DESC, f.id DESC) AS in_kind
    FROM found f)
  SELECT r.kind, r.id, r.title, r.updated_at, CASE WHEN r.list = 1 THEN 'name' ELSE 'words' END, r.title_norm = called, NULL::text, NULL::bigint, r.in_kind,
    r.of_kind, true
  FROM ranked r WHERE r.in_kind <= $15;
  FOREACH part IN ARRAY $14 LOOP
    IF part = ANY (few) THEN CONTINUE; END IF;
    RETURN QUERY SELECT f.kind, f.id, f.title, f.updated_at, f.match, f.is_pinned, NULL::text, NULL::bigint, f.place, f.matches_of_kind, f.is_whole
      FROM door.search_things($1, $2, $3, $4, $5, ARRAY[part], $7, $8, $9, $10, '{}', $15, $15, '{}', 0) f WHERE f.id IS NOT NULL;
  END LOOP;
END $_$;

ALTER FUNCTION door.search_things(words text, name text, addresses text[], phrases text[], without text[], kinds text[], tags text[], states text[], since timestamp with time zone, until timestamp with time zone, also uuid[], told bigint, most bigint, parts text[], most_each bigint) OWNER TO heed_owner;

CREATE FUNCTION door.set_absence(member uuid, until timestamp with time zone, at timestamp with time zone) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
  hindered text := hinders_member(member, false);
BEGIN
  IF hindered IS NOT NULL THEN RETURN hindered; END IF;
  UPDATE users SET away_until = until, updated_at = at WHERE id = member AND away_until IS DISTINCT FROM until;
  RETURN CASE WHEN FOUND THEN 'done' ELSE 'same' END;
END $$;

ALTER FUNCTION door.set_absence(member uuid, until timestamp with time zone, at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION door.set_role(member uuid, new_role text, at timestamp with time zone) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
  hindered text := hinders_member(member, new_role <> 'owner');
BEGIN
  IF hindered IS NOT NULL THEN RETURN hindered; END IF;
  -- Nobody gives what they do not have, and those below an admin give nothing.
  IF array_position(ARRAY['viewer', 'agent', 'admin', 'owner'], new_role)
    > array_position(ARRAY['viewer', 'agent', 'admin', 'owner'], (SELECT role FROM users WHERE id = me()))
    OR (SELECT role FROM users WHERE id = me()) NOT IN ('owner', 'admin') THEN
    RETURN 'forbidden';
  END IF;
  UPDATE users SET role = new_role, updated_at = at WHERE id = member AND role <> new_role;
  IF FOUND AND new_role NOT IN ('owner', 'admin') THEN PERFORM take_back_invitations(member, at); RETURN 'done'; END IF;
  RETURN CASE WHEN FOUND THEN 'done' ELSE 'same' END;
END $$;

ALTER FUNCTION door.set_role(member uuid, new_role text, at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION door.sms_message(message uuid) RETURNS TABLE(user_id uuid, account_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER ROWS 1
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT o.user_id, u.account_id FROM outbox o JOIN users u ON u.id = o.user_id WHERE o.id = $1 AND o.channel = 'sms' LIMIT 1
$_$;

ALTER FUNCTION door.sms_message(message uuid) OWNER TO heed_owner;

CREATE FUNCTION door.undo_context_import(import uuid, most bigint) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
DECLARE
  events uuid[];
  persons uuid[];
BEGIN
  SELECT array_agg(x.thing) INTO events FROM (
    SELECT s.thing FROM context_imports i JOIN entity_sources s ON s.user_id = i.user_id AND s.import_id = i.id AND s.kind = 'event'
    JOIN events e ON e.id = s.thing AND e.user_id = s.user_id
    WHERE i.id = $1 AND i.user_id = me() AND i.undo_at IS NOT NULL AND e.revision = s.revision
      AND NOT EXISTS (SELECT FROM deadlines d WHERE d.user_id = e.user_id AND d.event_id = e.id)
      AND NOT EXISTS (SELECT FROM entity_relationships r WHERE r.user_id = e.user_id AND r.from_id = e.id AND r.source = 'manual')
      AND NOT EXISTS (SELECT FROM entity_relationships r WHERE r.user_id = e.user_id AND r.to_id = e.id AND r.source = 'manual')
    LIMIT $2) x;
  IF cardinality(events) > 0 THEN
    DELETE FROM events e WHERE e.user_id = me() AND e.id = ANY (events);
    RETURN cardinality(events);
  END IF;
  SELECT array_agg(x.thing) INTO persons FROM (
    SELECT s.thing FROM context_imports i JOIN entity_sources s ON s.user_id = i.user_id AND s.import_id = i.id AND s.kind = 'person'
    JOIN people p ON p.id = s.thing AND p.user_id = s.user_id
    WHERE i.id = $1 AND i.user_id = me() AND i.undo_at IS NOT NULL AND p.revision = s.revision
      AND NOT EXISTS (SELECT FROM tasks t WHERE t.user_id = p.user_id AND t.assignee_id = p.id)
      AND NOT EXISTS (SELECT FROM people m WHERE m.user_id = p.user_id AND m.merged_into = p.id)
      AND NOT EXISTS (SELECT FROM contact_log c WHERE c.person_id = p.id)
      AND NOT EXISTS (SELECT FROM entity_relationships r WHERE r.user_id = p.user_id AND r.from_id = p.id)
      AND NOT EXISTS (SELECT FROM entity_relationships r WHERE r.user_id = p.user_id AND r.to_id = p.id)
    LIMIT $2) x;
  IF cardinality(persons) > 0 THEN
    DELETE FROM reminders r USING person_reminders b
    WHERE r.id = b.reminder_id AND r.user_id = b.user_id AND b.user_id = me() AND b.person_id = ANY (persons);
    DELETE FROM people p WHERE p.user_id = me() AND p.id = ANY (persons);
  END IF;
  RETURN coalesce(cardinality(persons), 0);
END $_$;

ALTER FUNCTION door.undo_context_import(import uuid, most bigint) OWNER TO heed_owner;

CREATE FUNCTION door.undo_habit_import(import uuid) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH gone AS (
    DELETE FROM habit_days d USING habit_imports i, habit_import_rows r
    WHERE i.id = $1 AND i.user_id = me() AND r.import_id = i.id AND NOT r.is_new AND d.habit_id = r.habit_id AND d.user_id = i.user_id
      AND d.source = 'import' AND d.ticked_at = i.confirmed_at
    RETURNING 1)
  SELECT count(*) FROM gone
$_$;

ALTER FUNCTION door.undo_habit_import(import uuid) OWNER TO heed_owner;

CREATE FUNCTION door.undo_planner_import(import uuid, most bigint) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
DECLARE gone bigint;
BEGIN
  WITH mine AS MATERIALIZED (
    SELECT s.task_id FROM planner_imports i JOIN task_sources s ON s.user_id = i.user_id AND s.import_id = i.id
    JOIN tasks t ON t.id = s.task_id AND t.user_id = s.user_id
    WHERE i.id = $1 AND i.user_id = me() AND i.undo_at IS NOT NULL AND t.revision = s.revision
      AND NOT EXISTS (SELECT FROM tasks c WHERE c.user_id = t.user_id AND c.parent_id = t.id)
      AND NOT EXISTS (SELECT FROM deadlines d WHERE d.user_id = t.user_id AND d.task_id = t.id)
      AND NOT EXISTS (SELECT FROM entity_links l WHERE l.user_id = t.user_id AND l.from_id = t.id AND l.created_at > i.finished_at)
      AND NOT EXISTS (SELECT FROM entity_links l WHERE l.user_id = t.user_id AND l.to_id = t.id AND l.created_at > i.finished_at)
    LIMIT $2)
  DELETE FROM tasks t USING mine m WHERE t.id = m.task_id AND t.user_id = me();
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END $_$;

ALTER FUNCTION door.undo_planner_import(import uuid, most bigint) OWNER TO heed_owner;

CREATE FUNCTION door.undo_reminder_import(import uuid) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH mine AS MATERIALIZED (SELECT s.reminder_id, s.user_id FROM reminder_sources s WHERE s.user_id = me() AND s.import_id = $1),
  gone AS (
    DELETE FROM reminders r USING mine s
    WHERE r.id = s.reminder_id AND CASE WHEN r.version = 1 AND r.last_at IS NULL THEN r.status = 'active' AND r.user_id = s.user_id END
      AND NOT EXISTS (SELECT FROM escalations e WHERE e.reminder_id = r.id)
    RETURNING 1)
  SELECT count(*) FROM gone
$_$;

ALTER FUNCTION door.undo_reminder_import(import uuid) OWNER TO heed_owner;

CREATE FUNCTION door.unmute(agent text, address text) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  DELETE FROM muted_addresses m WHERE m.user_id = me() AND m.agent = $1 AND m.address = $2
$_$;

ALTER FUNCTION door.unmute(agent text, address text) OWNER TO heed_owner;

CREATE FUNCTION door.unverified(people uuid[]) RETURNS SETOF uuid
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT u.id FROM users u WHERE u.id = ANY ($1) AND u.verified_at IS NULL ORDER BY u.id FOR SHARE
$_$;

ALTER FUNCTION door.unverified(people uuid[]) OWNER TO heed_owner;

CREATE FUNCTION door.vault_key(account uuid) RETURNS TABLE(version smallint, wrapped bytea)
    LANGUAGE plpgsql SECURITY DEFINER ROWS 1
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
BEGIN
  IF session_user NOT IN ('heed_work', current_user) AND $1 IS DISTINCT FROM my_account() THEN
    RAISE insufficient_privilege USING MESSAGE = 'the key of another account';
  END IF;
  RETURN QUERY SELECT k.version, k.wrapped FROM account_keys k WHERE k.account_id = $1 AND k.retired_at IS NULL FOR KEY SHARE;
END $_$;

ALTER FUNCTION door.vault_key(account uuid) OWNER TO heed_owner;

CREATE FUNCTION overdue.answers(at timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql
    AS $_$
  SELECT min(due_at) FROM outbox WHERE subject = 'answer' AND state IN ('pending', 'held') AND due_at <= $1
$_$;

ALTER FUNCTION overdue.answers(at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION overdue.assumptions(at timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql
    AS $_$
  SELECT min(due_at) FROM assumption_rounds WHERE due_at <= $1
$_$;

ALTER FUNCTION overdue.assumptions(at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION overdue.channel_tests(at timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql
    AS $_$
  SELECT min(due_at) FROM outbox WHERE subject = 'channel_test' AND state IN ('pending', 'held') AND due_at <= $1
$_$;

ALTER FUNCTION overdue.channel_tests(at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION overdue.closings(at timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql
    AS $_$
  SELECT min(due_at) FROM outbox WHERE subject = 'closing' AND state IN ('pending', 'held') AND due_at <= $1
$_$;

ALTER FUNCTION overdue.closings(at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION overdue.coach(at timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql
    AS $_$
  SELECT min(due_at) FROM coach_rounds WHERE due_at <= $1
$_$;

ALTER FUNCTION overdue.coach(at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION overdue.codes(at timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql
    AS $_$
  SELECT min(due_at) FROM outbox WHERE subject = 'phone' AND state IN ('pending', 'held') AND due_at <= $1
$_$;

ALTER FUNCTION overdue.codes(at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION overdue.contacts(at timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql
    AS $_$
  SELECT min(due_at) FROM outbox WHERE subject = 'contact' AND state IN ('pending', 'held') AND due_at <= $1
$_$;

ALTER FUNCTION overdue.contacts(at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION overdue.deadlines(at timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql
    AS $_$
  SELECT least(
    (SELECT min(due_at) FROM deadlines WHERE status IN ('pending', 'extended') AND due_at <= $1 AND deleted_at IS NULL AND NOT put_away),
    (SELECT min(settle_at) FROM deadlines WHERE settle_at IS NOT NULL AND settle_at <= $1))
$_$;

ALTER FUNCTION overdue.deadlines(at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION overdue.desk_reminders(at timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql
    AS $_$
  SELECT least((SELECT min(over_at) FROM desk_reminders WHERE over_at <= $1 AND ended_at IS NULL),
    (SELECT min(snoozed_until) FROM conversations WHERE snoozed_until <= $1))
$_$;

ALTER FUNCTION overdue.desk_reminders(at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION overdue.escalations(at timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql
    AS $_$
  SELECT least(
    (SELECT min(next_step_at) FROM escalations WHERE state = 'active' AND next_step_at <= $1),
    (SELECT min(again_at) FROM escalations WHERE state = 'acknowledged' AND again_at IS NOT NULL AND again_at <= $1))
$_$;

ALTER FUNCTION overdue.escalations(at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION overdue.events(at timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql
    AS $_$
  SELECT min(bell_at) FROM events WHERE bell_at IS NOT NULL AND bell_at <= $1 AND deleted_at IS NULL
$_$;

ALTER FUNCTION overdue.events(at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION overdue.invitations(at timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql
    AS $_$
  SELECT min(due_at) FROM outbox WHERE subject = 'invitation' AND state IN ('pending', 'held') AND due_at <= $1
$_$;

ALTER FUNCTION overdue.invitations(at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION overdue.jobs(at timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql
    AS $_$
  SELECT min(due_at) FROM jobs WHERE state = 'pending' AND due_at <= $1 AND account_id IS NOT NULL
$_$;

ALTER FUNCTION overdue.jobs(at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION overdue.late(at timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql
    AS $_$
  SELECT min(late_at) FROM conversations
  WHERE late_at <= $1 AND late_at IS NOT NULL AND late_told_at IS NULL AND merged_into IS NULL AND state IN ('open', 'waiting')
$_$;

ALTER FUNCTION overdue.late(at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION overdue.mail(at timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql
    AS $_$
  SELECT least(
    (SELECT min(due_at) FROM outbox WHERE subject = 'escalation' AND state IN ('pending', 'held') AND due_at <= $1),
    (SELECT min(due_at) FROM outbox WHERE subject = 'account' AND state IN ('pending', 'held') AND due_at <= $1),
    (SELECT min(due_at) FROM outbox WHERE state = 'sending' AND lease_until < clock_timestamp() AND due_at <= $1),
    (SELECT min(created_at) FROM account_mails WHERE user_id IS NULL AND created_at <= $1))
$_$;

ALTER FUNCTION overdue.mail(at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION overdue.mailboxes(at timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql
    AS $_$
  SELECT min(coalesce(s.last_look_at + interval '60 seconds', c.created_at)) FROM channels c
  JOIN channel_states s ON s.channel_id = c.id LEFT JOIN mailbox_looks l ON l.channel_id = c.id
  WHERE c.inbound <> 'webhook' AND c.enabled AND c.deleted_at IS NULL AND (l.lease_until IS NULL OR l.lease_until <= clock_timestamp())
    AND coalesce(s.last_look_at + interval '60 seconds', c.created_at) <= $1
$_$;

ALTER FUNCTION overdue.mailboxes(at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION overdue.memory(at timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql
    AS $_$
  SELECT min(due_at) FROM memory_rounds WHERE due_at <= $1
$_$;

ALTER FUNCTION overdue.memory(at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION overdue.people(at timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql
    AS $_$
  SELECT min(due_at) FROM contact_rounds WHERE due_at <= $1
$_$;

ALTER FUNCTION overdue.people(at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION overdue.reminders(at timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql
    AS $_$
  SELECT least(
    (SELECT min(next_at) FROM reminders WHERE status = 'active' AND next_at <= $1),
    (SELECT min(snoozed_until) FROM reminders WHERE status = 'snoozed' AND snoozed_until <= $1))
$_$;

ALTER FUNCTION overdue.reminders(at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION overdue.tasks(at timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql
    AS $_$
  SELECT min(wake_at) FROM tasks WHERE status = 'deferred' AND wake_at <= $1 AND deleted_at IS NULL AND archived_at IS NULL
$_$;

ALTER FUNCTION overdue.tasks(at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION overdue.tests(at timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql
    AS $_$
  SELECT min(due_at) FROM outbox WHERE subject = 'test' AND state IN ('pending', 'held') AND due_at <= $1
$_$;

ALTER FUNCTION overdue.tests(at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION overdue.vectors(at timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql
    AS $_$
  SELECT min(due_at) FROM embedding_rounds r WHERE r.due_at <= $1
    AND NOT EXISTS (SELECT FROM jobs j WHERE j.id = r.job_id AND j.state IN ('pending', 'running'))
$_$;

ALTER FUNCTION overdue.vectors(at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION overdue.weeks(at timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql
    AS $_$
  SELECT least(
    (SELECT min(due_at) FROM weekly_reviews WHERE due_at <= $1),
    (SELECT min(due_at) FROM outbox WHERE subject = 'week' AND state IN ('pending', 'held') AND due_at <= $1))
$_$;

ALTER FUNCTION overdue.weeks(at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION public.account_word(account uuid) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $_$
  SELECT quote_literal('#' || translate($1::text, '-', ''))
$_$;

ALTER FUNCTION public.account_word(account uuid) OWNER TO heed_owner;

CREATE FUNCTION public.add_habit_lines() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  INSERT INTO habit_lines (habit_id, user_id, gone, habit_revision) SELECT id, user_id, status = 'deleted', revision FROM changed;
  INSERT INTO habit_years (habit_id, user_id) SELECT id, user_id FROM changed;
  RETURN NULL;
END $$;

ALTER FUNCTION public.add_habit_lines() OWNER TO heed_owner;

CREATE FUNCTION public.assumptions_follow_chats() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
  said CONSTANT uuid[] := ARRAY(SELECT m.id FROM chat_messages m WHERE m.chat_id = NEW.id AND m.user_id = NEW.user_id);
  at CONSTANT timestamptz := coalesce(NEW.deleted_at, OLD.deleted_at);
BEGIN
  IF NEW.deleted_at IS NOT NULL THEN
    PERFORM assumptions_lose(said, at);
    RETURN NULL;
  END IF;
  UPDATE assumption_evidence e SET gone_at = NULL WHERE e.thing = ANY (said) AND e.user_id = NEW.user_id AND e.gone_at IS NOT NULL;
  UPDATE assumptions a SET state = 'open', faded = NULL, version = a.version + 1, updated_at = at
  WHERE a.id IN (SELECT e.assumption_id FROM assumption_evidence e WHERE e.thing = ANY (said)) AND a.user_id = NEW.user_id
    AND a.state = 'faded' AND a.faded = 'evidence';
  RETURN NULL;
END $$;

ALTER FUNCTION public.assumptions_follow_chats() OWNER TO heed_owner;

CREATE FUNCTION public.assumptions_follow_merges() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
  gone CONSTANT uuid := CASE WHEN NEW.merged_into IS NULL THEN OLD.merged_into ELSE NEW.id END;
  stays CONSTANT uuid := CASE WHEN NEW.merged_into IS NULL THEN NEW.id ELSE NEW.merged_into END;
  is_back CONSTANT boolean := NEW.merged_into IS NULL;
BEGIN
  UPDATE assumptions a SET subject_id = n.subject, object_id = n.object, key = n.key,
    moved = CASE WHEN is_back THEN trim_array(a.moved, 1) ELSE a.moved || gone END, version = a.version + 1, updated_at = NEW.updated_at
  FROM (SELECT w.id, w.subject, w.object, CASE WHEN w.predicate IN ('works_with', 'knows') AND w.object IS NOT NULL
      THEN format('person:%s %s person:%s', w.subject, w.predicate, w.object) ELSE replace(w.key, gone::text, stays::text) END AS key
    FROM (SELECT v.id, v.key, v.predicate, CASE WHEN v.is_turned THEN v.object ELSE v.subject END AS subject,
        CASE WHEN v.is_turned THEN v.subject ELSE v.object END AS object
      FROM (SELECT u.*, u.predicate IN ('works_with', 'knows') AND u.object < u.subject AS is_turned
        FROM (SELECT x.id, x.key, x.predicate, CASE WHEN x.subject_id = gone THEN stays ELSE x.subject_id END AS subject,
            CASE WHEN x.object_id = gone THEN stays ELSE x.object_id END AS object
          FROM assumptions x WHERE x.user_id = NEW.user_id AND (x.subject_id = gone OR x.object_id = gone) AND x.state <> 'superseded'
            AND (NOT is_back OR x.moved[cardinality(x.moved)] = stays)) u) v) w) n
  WHERE a.id = n.id AND n.subject IS DISTINCT FROM n.object
    AND NOT EXISTS (SELECT FROM assumptions y WHERE y.user_id = a.user_id AND y.key = n.key AND y.state <> 'superseded');
  RETURN NULL;
END $$;

ALTER FUNCTION public.assumptions_follow_merges() OWNER TO heed_owner;

CREATE FUNCTION public.assumptions_follow_messages() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
  lost uuid[];
  at timestamptz;
BEGIN
  SELECT array_agg(g.id), max(coalesce(g.answered_at, g.created_at)) INTO lost, at FROM gone g;
  IF lost IS NOT NULL THEN PERFORM assumptions_lose(lost, at); END IF;
  RETURN NULL;
END $$;

ALTER FUNCTION public.assumptions_follow_messages() OWNER TO heed_owner;

CREATE FUNCTION public.assumptions_follow_register() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
  lost uuid[];
  back uuid[];
  at timestamptz;
BEGIN
  IF TG_OP = 'DELETE' THEN
    SELECT array_agg(g.id), max(g.updated_at) INTO lost, at FROM gone g;
    IF lost IS NOT NULL THEN PERFORM assumptions_lose(lost, at); END IF;
    RETURN NULL;
  END IF;
  SELECT array_agg(m.id) FILTER (WHERE m.trashed), array_agg(m.id) FILTER (WHERE NOT m.trashed), max(m.updated_at) INTO lost, back, at
  FROM made m JOIN gone g ON g.id = m.id WHERE m.trashed <> g.trashed;
  IF lost IS NOT NULL THEN
    PERFORM assumptions_lose(lost, at);
    UPDATE assumptions a SET hidden = true WHERE a.subject_id = ANY (lost) AND NOT a.hidden;
    UPDATE assumptions a SET hidden = true WHERE a.object_id = ANY (lost) AND NOT a.hidden;
  END IF;
  IF back IS NOT NULL THEN
    UPDATE assumption_evidence e SET gone_at = NULL WHERE e.thing = ANY (back) AND e.gone_at IS NOT NULL;
    UPDATE assumptions a SET state = 'open', faded = NULL, version = a.version + 1, updated_at = at
    WHERE a.id IN (SELECT e.assumption_id FROM assumption_evidence e WHERE e.thing = ANY (back)) AND a.state = 'faded' AND a.faded = 'evidence';
    UPDATE assumptions a SET hidden = EXISTS (SELECT FROM search_documents d WHERE d.id IN (a.subject_id, a.object_id) AND d.trashed)
    WHERE (a.subject_id = ANY (back) OR a.object_id = ANY (back)) AND a.hidden;
  END IF;
  RETURN NULL;
END $$;

ALTER FUNCTION public.assumptions_follow_register() OWNER TO heed_owner;

CREATE FUNCTION public.assumptions_lose(things uuid[], at timestamp with time zone) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
BEGIN
  UPDATE assumption_evidence e SET gone_at = $2 WHERE e.thing = ANY ($1) AND e.gone_at IS NULL;
  UPDATE assumptions a SET state = 'faded', faded = 'evidence', version = a.version + 1, updated_at = $2
  WHERE a.id IN (SELECT e.assumption_id FROM assumption_evidence e WHERE e.thing = ANY ($1)) AND a.state = 'open'
    AND NOT EXISTS (SELECT FROM assumption_evidence e WHERE e.assumption_id = a.id AND e.gone_at IS NULL);
END $_$;

ALTER FUNCTION public.assumptions_lose(things uuid[], at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION public.begin_coach_rounds() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  INSERT INTO coach_rounds (user_id, looked_on, due_at)
  SELECT user_id, (min(created_at) AT TIME ZONE 'UTC')::date - 1, min(created_at) FROM made GROUP BY user_id
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

ALTER FUNCTION public.begin_coach_rounds() OWNER TO heed_owner;

CREATE FUNCTION public.begin_habit_rounds() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  INSERT INTO coach_rounds (user_id, looked_on, due_at) VALUES (NEW.user_id, (NEW.created_at AT TIME ZONE 'UTC')::date - 1, NEW.created_at)
  ON CONFLICT DO NOTHING;
  INSERT INTO weekly_reviews (user_id, due_at) VALUES (NEW.user_id, NEW.created_at) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

ALTER FUNCTION public.begin_habit_rounds() OWNER TO heed_owner;

CREATE FUNCTION public.begin_weekly_review() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  INSERT INTO weekly_reviews (user_id, due_at) SELECT user_id, min(created_at) FROM made GROUP BY user_id ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

ALTER FUNCTION public.begin_weekly_review() OWNER TO heed_owner;

CREATE FUNCTION public.blank_habit_lines() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  UPDATE habit_lines l SET line = NULL, week = NULL, stamp = stamp + 1
  WHERE l.habit_id IN (SELECT c.habit_id FROM changed c)
    AND (l.xmin <> pg_current_xact_id()::xid OR l.line IS NOT NULL OR l.week IS NOT NULL);
  RETURN NULL;
END $$;

ALTER FUNCTION public.blank_habit_lines() OWNER TO heed_owner;

CREATE FUNCTION public.blank_ticked_lines() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  UPDATE habit_lines l SET line = NULL, week = NULL, stamp = stamp + 1
  WHERE l.habit_id IN (SELECT c.habit_id FROM changed c WHERE c.source <> 'import')
    AND (l.xmin <> pg_current_xact_id()::xid OR l.line IS NOT NULL OR l.week IS NOT NULL);
  RETURN NULL;
END $$;

ALTER FUNCTION public.blank_ticked_lines() OWNER TO heed_owner;

CREATE FUNCTION public.blockers_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
  things uuid[];
  steps integer[];
  made CONSTANT text := CASE TG_OP WHEN 'UPDATE'
    THEN format('SELECT it.id, it.user_id, CASE WHEN %s THEN 1 ELSE 0 END AS n FROM made it UNION ALL ', TG_ARGV[0]) ELSE '' END;
BEGIN
  EXECUTE format('SELECT array_agg(w.from_id), array_agg(w.n) FROM (
      SELECT l.from_id, sum(c.n)::integer AS n FROM (
        SELECT x.id, x.user_id, sum(x.n) AS n FROM (%s SELECT it.id, it.user_id, CASE WHEN %s THEN -1 ELSE 0 END AS n FROM gone it) x
        GROUP BY x.id, x.user_id HAVING sum(x.n) <> 0) c
      JOIN entity_links l ON l.to_id = c.id AND l.type = ''depends_on'' AND l.user_id = c.user_id
      GROUP BY l.from_id) w WHERE w.n <> 0', made, TG_ARGV[0]) INTO things, steps;
  IF things IS NULL THEN RETURN NULL; END IF;
  UPDATE tasks t SET open_blockers = t.open_blockers + s.n FROM unnest(things, steps) AS s(id, n) WHERE t.id = s.id;
  RETURN NULL;
END $$;

ALTER FUNCTION public.blockers_changed() OWNER TO heed_owner;

CREATE FUNCTION public.call_deadlines() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  UPDATE deadlines d SET settle_at = m.updated_at FROM made m JOIN gone g ON g.id = m.id
  WHERE d.task_id = m.id AND d.user_id = m.user_id AND d.settle_at IS NULL
    AND ((m.status = 'done') <> (g.status = 'done') OR (m.archived_at IS NULL) <> (g.archived_at IS NULL)
      OR (m.deleted_at IS NULL) <> (g.deleted_at IS NULL));
  RETURN NULL;
END $$;

ALTER FUNCTION public.call_deadlines() OWNER TO heed_owner;

CREATE FUNCTION public.change_reminder_words() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  UPDATE reminder_words SET words = plain(NEW.title || chr(10) || NEW.description) WHERE reminder_id = NEW.id;
  RETURN NULL;
END $$;

ALTER FUNCTION public.change_reminder_words() OWNER TO heed_owner;

CREATE FUNCTION public.channel_numbers() RETURNS integer[]
    LANGUAGE plpgsql STABLE
    AS $$
BEGIN
  RETURN ARRAY[(SELECT count(*)::integer FROM channel_failures WHERE account_id = (SELECT my_account()))];
END $$;

ALTER FUNCTION public.channel_numbers() OWNER TO heed_owner;

CREATE FUNCTION public.count_inbox() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO inbox_counts AS c (user_id, open)
    SELECT m.user_id, count(*) FILTER (WHERE m.became_kind IS NULL AND m.deleted_at IS NULL) FROM made m GROUP BY m.user_id
    ON CONFLICT (user_id) DO UPDATE SET open = c.open + excluded.open;
  ELSIF TG_OP = 'UPDATE' THEN
    UPDATE inbox_counts c SET open = c.open + s.n
    FROM (
      SELECT x.user_id, sum(x.n) AS n FROM (
        SELECT m.user_id, 1 AS n FROM made m WHERE m.became_kind IS NULL AND m.deleted_at IS NULL
        UNION ALL
        SELECT g.user_id, -1 FROM gone g WHERE g.became_kind IS NULL AND g.deleted_at IS NULL) x
      GROUP BY x.user_id) s
    WHERE c.user_id = s.user_id AND s.n <> 0;
  ELSE
    UPDATE inbox_counts c SET open = c.open - s.n
    FROM (SELECT g.user_id, count(*) AS n FROM gone g WHERE g.became_kind IS NULL AND g.deleted_at IS NULL GROUP BY g.user_id) s
    WHERE c.user_id = s.user_id;
  END IF;
  RETURN NULL;
END $$;

ALTER FUNCTION public.count_inbox() OWNER TO heed_owner;

CREATE FUNCTION public.count_reminders_delete() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
      DECLARE grown reminder_counts;
      BEGIN
        FOR grown IN
          SELECT x.user_id, coalesce(sum(x.n) FILTER (WHERE x.status = 'active'), 0), coalesce(sum(x.n) FILTER (WHERE x.status = 'snoozed'), 0),
            coalesce(sum(x.n) FILTER (WHERE x.status = 'completed'), 0), coalesce(sum(x.n) FILTER (WHERE x.status = 'archived'), 0),
            sum(x.n * (octet_length(x.title) + octet_length(x.description)))
          FROM (SELECT -1 AS n, * FROM gone) x GROUP BY x.user_id ORDER BY x.user_id
        LOOP
          IF (grown.active, grown.snoozed, grown.completed, grown.archived, grown.bytes) <> (0, 0, 0, 0, 0) THEN
            UPDATE reminder_counts c SET active = c.active + grown.active, snoozed = c.snoozed + grown.snoozed,
              completed = c.completed + grown.completed, archived = c.archived + grown.archived, bytes = c.bytes + grown.bytes
            WHERE c.user_id = grown.user_id;
          END IF;
        END LOOP;
        RETURN NULL;
      END $$;

ALTER FUNCTION public.count_reminders_delete() OWNER TO heed_owner;

CREATE FUNCTION public.count_reminders_insert() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
      DECLARE grown reminder_counts;
      BEGIN
        FOR grown IN
          SELECT x.user_id, coalesce(sum(x.n) FILTER (WHERE x.status = 'active'), 0), coalesce(sum(x.n) FILTER (WHERE x.status = 'snoozed'), 0),
            coalesce(sum(x.n) FILTER (WHERE x.status = 'completed'), 0), coalesce(sum(x.n) FILTER (WHERE x.status = 'archived'), 0),
            sum(x.n * (octet_length(x.title) + octet_length(x.description)))
          FROM (SELECT 1 AS n, * FROM made) x GROUP BY x.user_id ORDER BY x.user_id
        LOOP
          IF (grown.active, grown.snoozed, grown.completed, grown.archived, grown.bytes) <> (0, 0, 0, 0, 0) THEN
            UPDATE reminder_counts c SET active = c.active + grown.active, snoozed = c.snoozed + grown.snoozed,
              completed = c.completed + grown.completed, archived = c.archived + grown.archived, bytes = c.bytes + grown.bytes
            WHERE c.user_id = grown.user_id;
          END IF;
        END LOOP;
        RETURN NULL;
      END $$;

ALTER FUNCTION public.count_reminders_insert() OWNER TO heed_owner;

CREATE FUNCTION public.count_reminders_update() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
      DECLARE grown reminder_counts;
      BEGIN
        FOR grown IN
          SELECT x.user_id, coalesce(sum(x.n) FILTER (WHERE x.status = 'active'), 0), coalesce(sum(x.n) FILTER (WHERE x.status = 'snoozed'), 0),
            coalesce(sum(x.n) FILTER (WHERE x.status = 'completed'), 0), coalesce(sum(x.n) FILTER (WHERE x.status = 'archived'), 0),
            sum(x.n * (octet_length(x.title) + octet_length(x.description)))
          FROM (SELECT 1 AS n, * FROM made UNION ALL SELECT -1, * FROM gone) x GROUP BY x.user_id ORDER BY x.user_id
        LOOP
          IF (grown.active, grown.snoozed, grown.completed, grown.archived, grown.bytes) <> (0, 0, 0, 0, 0) THEN
            UPDATE reminder_counts c SET active = c.active + grown.active, snoozed = c.snoozed + grown.snoozed,
              completed = c.completed + grown.completed, archived = c.archived + grown.archived, bytes = c.bytes + grown.bytes
            WHERE c.user_id = grown.user_id;
          END IF;
        END LOOP;
        RETURN NULL;
      END $$;

ALTER FUNCTION public.count_reminders_update() OWNER TO heed_owner;

CREATE FUNCTION public.count_revision() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  NEW.revision := OLD.revision + 1;
  RETURN NEW;
END $$;

ALTER FUNCTION public.count_revision() OWNER TO heed_owner;

CREATE FUNCTION public.count_tasks() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO task_counts (user_id) SELECT DISTINCT m.user_id FROM made m ON CONFLICT DO NOTHING;
  END IF;
  EXECUTE format('UPDATE task_counts c SET open = c.open + s.open, in_progress = c.in_progress + s.in_progress, deferred = c.deferred + s.deferred,
      done = c.done + s.done, cancelled = c.cancelled + s.cancelled, archived = c.archived + s.archived, blocked = c.blocked + s.blocked
    FROM (
      SELECT x.user_id, coalesce(sum(n) FILTER (WHERE state = ''open''), 0) AS open, coalesce(sum(n) FILTER (WHERE state = ''in_progress''), 0) AS in_progress,
        coalesce(sum(n) FILTER (WHERE state = ''deferred''), 0) AS deferred, coalesce(sum(n) FILTER (WHERE state = ''done''), 0) AS done,
        coalesce(sum(n) FILTER (WHERE state = ''cancelled''), 0) AS cancelled, coalesce(sum(n) FILTER (WHERE state = ''archived''), 0) AS archived,
        coalesce(sum(n) FILTER (WHERE state IN (''open'', ''in_progress'') AND x.open_blockers > 0), 0) AS blocked
      FROM (SELECT r.*, CASE WHEN r.archived_at IS NOT NULL THEN ''archived'' ELSE r.status END AS state FROM (%s) r WHERE r.deleted_at IS NULL) x
      GROUP BY x.user_id) s
    WHERE c.user_id = s.user_id AND (s.open, s.in_progress, s.deferred, s.done, s.cancelled, s.archived, s.blocked) <> (0, 0, 0, 0, 0, 0, 0)',
    concat_ws(' UNION ALL ',
      CASE WHEN TG_OP <> 'DELETE' THEN 'SELECT m.user_id, m.status, m.archived_at, m.deleted_at, m.open_blockers, 1 AS n FROM made m' END,
      CASE WHEN TG_OP <> 'INSERT' THEN 'SELECT g.user_id, g.status, g.archived_at, g.deleted_at, g.open_blockers, -1 AS n FROM gone g' END));
  RETURN NULL;
END $$;

ALTER FUNCTION public.count_tasks() OWNER TO heed_owner;

CREATE FUNCTION public.delete_days_of_habit() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  DELETE FROM habit_days d WHERE d.habit_id = OLD.id AND d.user_id = OLD.user_id;
  RETURN NULL;
END $$;

ALTER FUNCTION public.delete_days_of_habit() OWNER TO heed_owner;

CREATE FUNCTION public.desk_folded(words text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT translate(plain(left($1, 50000)), '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~', repeat(' ', 32))
$_$;

ALTER FUNCTION public.desk_folded(words text) OWNER TO heed_owner;

CREATE FUNCTION public.desk_query(words text, endings text[], by_beginning boolean) RETURNS tsquery
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    SET client_min_messages TO 'warning'
    AS $_$
DECLARE
  part text;
  config regconfig;
  term text;
  form text;
  forms tsquery;
  phrase tsquery;
  word tsquery;
  whole tsquery;
BEGIN
  FOREACH part IN ARRAY regexp_split_to_array(left($1, 200), '\s+') LOOP
    part := btrim(desk_folded(part));
    word := ''::tsquery;
    FOREACH config IN ARRAY '{simple,english_folded,portuguese_folded}'::regconfig[] LOOP
      phrase := ''::tsquery;
      FOR term IN SELECT t.lexeme FROM unnest(to_tsvector('simple', part)) t, unnest(t.positions) p ORDER BY p LOOP
        forms := ''::tsquery;
        FOREACH form IN ARRAY string_to_array(coalesce((SELECT e FROM unnest($2) e WHERE split_part(e, ' ', 1) = term LIMIT 1), term), ' ') LOOP
          forms := forms || phraseto_tsquery(config, form);
        END LOOP;
        phrase := phrase <-> forms;
      END LOOP;
      word := word || phrase;
    END LOOP;
    CONTINUE WHEN numnode(word) = 0;
    IF $3 AND length(part) >= 3 THEN word := word || to_tsquery('simple', quote_literal(part) || ':*'); END IF;
    whole := CASE WHEN whole IS NULL THEN word ELSE whole && word END;
  END LOOP;
  RETURN whole;
END $_$;

ALTER FUNCTION public.desk_query(words text, endings text[], by_beginning boolean) OWNER TO heed_owner;

CREATE FUNCTION public.desk_vector(kind text, account uuid, id uuid, language text, words text) RETURNS tsvector
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    SET client_min_messages TO 'warning'
    AS $_$
  SELECT to_tsvector('simple', f.folded)
    || to_tsvector(CASE WHEN $4 = 'pt-BR' THEN 'portuguese_folded'::regconfig ELSE 'english_folded'::regconfig END, f.folded)
    || desk_word('#', $1, $2)::tsvector
    || CASE WHEN hashtextextended($3::text, 0) & 63 = 0 THEN desk_word('%', $1, $2)::tsvector ELSE '' END
  FROM (SELECT desk_folded($5) AS folded) f
$_$;

ALTER FUNCTION public.desk_vector(kind text, account uuid, id uuid, language text, words text) OWNER TO heed_owner;

CREATE FUNCTION public.desk_word(sign text, kind text, account uuid) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
  SELECT quote_literal($1 || $2 || translate($3::text, '-', ''))
$_$;

ALTER FUNCTION public.desk_word(sign text, kind text, account uuid) OWNER TO heed_owner;

CREATE FUNCTION public.draft_numbers() RETURNS integer[]
    LANGUAGE plpgsql STABLE
    AS $$
BEGIN
  RETURN ARRAY[
    (SELECT count(*)::integer FROM (
      SELECT 1 FROM drafts WHERE account_id = (SELECT my_account()) AND state = 'pending' LIMIT 100) x),
    (SELECT count(*)::integer FROM (
      SELECT 1 FROM channels WHERE account_id = (SELECT my_account()) AND deleted_at IS NULL LIMIT 1) y),
    (SELECT count(*)::integer FROM (
      SELECT 1 FROM messages m JOIN conversations v ON v.id = m.conversation_id
      WHERE m.account_id = (SELECT my_account()) AND m.kind = 'person'
        AND (m.sending IN ('failed', 'unknown', 'bounced', 'held') OR m.deferred_at > m.send_at AND m.sending IN ('queued', 'sending'))
        AND (m.sending NOT IN ('failed', 'unknown', 'bounced') OR v.state IN ('open', 'snoozed')) LIMIT 100) z)
    + (SELECT count(*)::integer FROM (
      SELECT 1 FROM drafts WHERE account_id = (SELECT my_account()) AND state = 'pending' AND is_to_check LIMIT 100) c)];
END $$;

ALTER FUNCTION public.draft_numbers() OWNER TO heed_owner;

CREATE FUNCTION public.drop_empty_series() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  DELETE FROM task_repeats r USING (SELECT DISTINCT g.series_id FROM gone g WHERE g.series_id IS NOT NULL) s
  WHERE r.series_id = s.series_id AND NOT EXISTS (SELECT FROM tasks t WHERE t.series_id = r.series_id);
  RETURN NULL;
END $$;

ALTER FUNCTION public.drop_empty_series() OWNER TO heed_owner;

CREATE FUNCTION public.drop_unused_files(account uuid, which bytea[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  DELETE FROM files f WHERE f.account_id = $1 AND f.sha256 = ANY ($2)
    AND NOT EXISTS (SELECT FROM attachments a WHERE a.account_id = $1 AND a.sha256 = f.sha256)
    AND NOT EXISTS (SELECT FROM messages m WHERE m.account_id = $1 AND m.raw = f.sha256)
    AND NOT EXISTS (SELECT FROM quarantine q WHERE q.account_id = $1 AND q.raw = f.sha256)
$_$;

ALTER FUNCTION public.drop_unused_files(account uuid, which bytea[]) OWNER TO heed_owner;

CREATE FUNCTION public.embed_round(people uuid[], times timestamp with time zone[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  INSERT INTO embedding_rounds AS r (user_id, due_at)
  SELECT x.person, min(x.at) FROM unnest($1, $2) AS x(person, at) GROUP BY x.person ORDER BY x.person
  ON CONFLICT (user_id) DO UPDATE SET due_at = EXCLUDED.due_at WHERE r.due_at IS NULL OR r.due_at > EXCLUDED.due_at
$_$;

ALTER FUNCTION public.embed_round(people uuid[], times timestamp with time zone[]) OWNER TO heed_owner;

CREATE FUNCTION public.embeddings_allowed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  INSERT INTO embedding_rounds (user_id, due_at, sweep) VALUES (NEW.id, NEW.updated_at, true)
    ON CONFLICT (user_id) DO UPDATE SET due_at = EXCLUDED.due_at, sweep = true;
  PERFORM pg_notify('heed_work', '');
  RETURN NULL;
END $$;

ALTER FUNCTION public.embeddings_allowed() OWNER TO heed_owner;

CREATE FUNCTION public.embeddings_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
DECLARE
  hidden uuid[];
  shown uuid[];
  people uuid[];
  times timestamptz[];
BEGIN
  SELECT array_agg(m.id) FILTER (WHERE m.trashed), array_agg(m.id) FILTER (WHERE NOT m.trashed) INTO hidden, shown
    FROM made m JOIN gone g ON g.id = m.id WHERE m.trashed <> g.trashed;
  IF hidden IS NOT NULL THEN EXECUTE 'UPDATE embeddings SET trashed = true WHERE thing = ANY ($1)' USING hidden; END IF;
  IF shown IS NOT NULL THEN EXECUTE 'UPDATE embeddings SET trashed = false WHERE thing = ANY ($1)' USING shown; END IF;
  WITH asked AS (
    INSERT INTO embedding_jobs AS j (thing, user_id, kind, due_at)
    SELECT m.id, m.user_id, m.kind, m.updated_at + interval '60 seconds' FROM made m JOIN users u ON u.id = m.user_id
    WHERE m.kind = ANY (u.model_kinds) AND NOT m.trashed ORDER BY m.id
    ON CONFLICT (thing) DO UPDATE SET due_at = EXCLUDED.due_at, fence = j.fence + 1 RETURNING user_id, due_at)
  SELECT array_agg(a.user_id), array_agg(a.due_at) INTO people, times FROM (SELECT user_id, min(due_at) AS due_at FROM asked GROUP BY user_id) a;
  IF people IS NOT NULL THEN PERFORM embed_round(people, times); END IF;
  RETURN NULL;
END $_$;

ALTER FUNCTION public.embeddings_changed() OWNER TO heed_owner;

CREATE FUNCTION public.embeddings_made() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
  people uuid[];
  times timestamptz[];
BEGIN
  WITH asked AS (
    INSERT INTO embedding_jobs AS j (thing, user_id, kind, due_at)
    SELECT m.id, m.user_id, m.kind, m.updated_at + interval '60 seconds' FROM made m JOIN users u ON u.id = m.user_id
    WHERE m.kind = ANY (u.model_kinds) AND NOT m.trashed ORDER BY m.id
    ON CONFLICT (thing) DO UPDATE SET due_at = EXCLUDED.due_at, fence = j.fence + 1 RETURNING user_id, due_at)
  SELECT array_agg(a.user_id), array_agg(a.due_at) INTO people, times FROM (SELECT user_id, min(due_at) AS due_at FROM asked GROUP BY user_id) a;
  IF people IS NOT NULL THEN PERFORM embed_round(people, times); END IF;
  RETURN NULL;
END $$;

ALTER FUNCTION public.embeddings_made() OWNER TO heed_owner;

CREATE FUNCTION public.embeddings_private() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF NEW.private THEN
    DELETE FROM embeddings e WHERE e.thing = NEW.id;
    DELETE FROM embedding_jobs j WHERE j.thing = NEW.id;
    RETURN NULL;
  END IF;
  IF NOT EXISTS (SELECT FROM users u WHERE u.id = NEW.user_id AND TG_ARGV[0] = ANY (u.model_kinds)) THEN RETURN NULL; END IF;
  INSERT INTO embedding_jobs AS j (thing, user_id, kind, due_at)
    SELECT d.id, d.user_id, d.kind, NEW.updated_at FROM search_documents d WHERE d.id = NEW.id AND d.user_id = NEW.user_id AND d.kind = TG_ARGV[0]
    ON CONFLICT (thing) DO UPDATE SET due_at = EXCLUDED.due_at, fence = j.fence + 1;
  PERFORM embed_round(ARRAY[NEW.user_id], ARRAY[NEW.updated_at]);
  RETURN NULL;
END $$;

ALTER FUNCTION public.embeddings_private() OWNER TO heed_owner;

CREATE FUNCTION public.end_desk_reminders() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  UPDATE desk_reminders r SET over_at = NEW.last_at, is_answered = NEW.newest_inbound_id IS DISTINCT FROM OLD.newest_inbound_id
  WHERE r.conversation_id = NEW.id AND r.over_at IS NULL
    AND (NEW.newest_inbound_id IS DISTINCT FROM OLD.newest_inbound_id
      OR NEW.state = 'spam'
      OR r.kind = 'snooze' AND NEW.state IS DISTINCT FROM OLD.state
        AND (NEW.state IN ('waiting', 'closed') OR r.woken_at IS NULL AND NEW.state <> 'snoozed'));
  IF FOUND THEN PERFORM pg_notify('heed_work', ''); END IF;
  RETURN NULL;
END $$;

ALTER FUNCTION public.end_desk_reminders() OWNER TO heed_owner;

CREATE FUNCTION public.end_late() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  UPDATE desk_late SET is_over = true WHERE conversation_id = NEW.id AND NOT is_over;
  IF FOUND THEN PERFORM pg_notify('heed_work', ''); END IF;
  RETURN NULL;
END $$;

ALTER FUNCTION public.end_late() OWNER TO heed_owner;

CREATE FUNCTION public.erase_drafts(account uuid, texts uuid[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
BEGIN
  DELETE FROM draft_sources s WHERE s.draft_id = ANY ($2);
  DELETE FROM learning_samples s WHERE s.draft_id = ANY ($2);
  UPDATE decisions d SET diff = NULL, recipients = '{}', copies = '{}', note = '' WHERE d.draft_id = ANY ($2);
  UPDATE drafts d SET generated = '', text = '', instruction = '', struck = '{}', question = '', note = '', recipients = NULL, copies = NULL,
    is_edited = false, version = version + 1, state = CASE WHEN d.state IN ('asked', 'pending') THEN 'superseded' ELSE d.state END
  WHERE d.id = ANY ($2);
  PERFORM erase_entries($1, $2);
END $_$;

ALTER FUNCTION public.erase_drafts(account uuid, texts uuid[]) OWNER TO heed_owner;

CREATE FUNCTION public.erase_entries(account uuid, things uuid[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  UPDATE audit_log l SET payload = NULL WHERE l.subject_id = ANY ($2) AND l.account_id = $1 AND l.payload IS NOT NULL
$_$;

ALTER FUNCTION public.erase_entries(account uuid, things uuid[]) OWNER TO heed_owner;

CREATE FUNCTION public.erase_late() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  DELETE FROM notifications n USING conversations v WHERE n.conversation_id = v.id AND v.customer_id = NEW.id;
  UPDATE reminders r SET description = '' FROM desk_late l JOIN conversations v ON v.id = l.conversation_id
  WHERE r.id = l.reminder_id AND l.is_group AND v.customer_id = NEW.id;
  DELETE FROM reminders r USING desk_late l, conversations v
  WHERE l.reminder_id = r.id AND NOT l.is_group AND v.id = l.conversation_id AND v.customer_id = NEW.id;
  RETURN NULL;
END $$;

ALTER FUNCTION public.erase_late() OWNER TO heed_owner;

CREATE FUNCTION public.erase_messages(account uuid, mails uuid[], at timestamp with time zone) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
DECLARE used bytea[];
BEGIN
  -- What a worker is claiming or ending at this moment waits for the conversation, and is emptied once more behind it.
  UPDATE outbox o SET state = 'cancelled', reason = 'gone' WHERE o.id IN (
    SELECT i.id FROM outbox i WHERE i.subject = 'answer' AND i.subject_id = ANY ($2) AND i.state IN ('pending', 'held') FOR UPDATE SKIP LOCKED);
  UPDATE outbox o SET address = '', detail = '' WHERE o.id IN (
    SELECT i.id FROM outbox i WHERE i.subject = 'answer' AND i.subject_id = ANY ($2) AND i.state <> 'sending' FOR UPDATE SKIP LOCKED);
  UPDATE outbox_attempts t SET detail = '' WHERE t.subject_id = ANY ($2);
  SELECT coalesce(array_agg(DISTINCT x.sha256), '{}') INTO used FROM (
    SELECT a.sha256 FROM attachments a WHERE a.message_id = ANY ($2) AND a.sha256 IS NOT NULL
    UNION ALL SELECT m.raw FROM messages m WHERE m.id = ANY ($2) AND m.raw IS NOT NULL) x;
  PERFORM erase_entries($1, $2 || ARRAY(SELECT a.id FROM attachments a WHERE a.message_id = ANY ($2)));
  UPDATE attachments a SET state = 'emptied', sha256 = NULL, name = 'file', content_id = '', url = NULL WHERE a.message_id = ANY ($2);
  DELETE FROM message_addresses a WHERE a.message_id = ANY ($2);
  DELETE FROM message_revisions r WHERE r.message_id = ANY ($2);
  -- Keys are hashes: by them the same mail is known again, and is not taken in as new.
  UPDATE messages m SET external_id = '', message_id = NULL, in_reply_to = NULL, refs = '{}', from_name = '', from_address = '', subject = '', own = '',
    part_kinds = '{}', part_texts = '{}', html = NULL, notice = '', raw = NULL, dated = '', dated_at = NULL, thread_index = NULL, thread_topic = '',
    metadata = '', source = CASE WHEN m.source IS NULL THEN NULL ELSE '' END, signature = NULL, recipients = '{}', copies = '{}', code = NULL, detail = '',
    sending = CASE WHEN m.sending IN ('waiting', 'held', 'queued') THEN 'cancelled' ELSE m.sending END, emptied_at = coalesce(m.emptied_at, $3)
  WHERE m.id = ANY ($2);
  PERFORM drop_unused_files($1, used);
END $_$;

ALTER FUNCTION public.erase_messages(account uuid, mails uuid[], at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION public.erase_prompts() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  DELETE FROM prompt_texts t USING drafts d, conversations v
  WHERE t.draft_id = d.id AND d.conversation_id = v.id AND v.customer_id = NEW.id;
  RETURN NULL;
END $$;

ALTER FUNCTION public.erase_prompts() OWNER TO heed_owner;

CREATE FUNCTION public.erase_thread(account uuid, thread uuid, at timestamp with time zone) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
BEGIN
  PERFORM erase_drafts($1, ARRAY(SELECT d.id FROM drafts d WHERE d.conversation_id = $2));
  DELETE FROM conversation_notes n WHERE n.conversation_id = $2;
  UPDATE conversation_events e SET detail = '' WHERE e.conversation_id = $2 AND e.detail <> '';
  DELETE FROM participants p WHERE p.conversation_id = $2;
  PERFORM erase_entries($1, $2 || ARRAY(SELECT q.id FROM quarantine q WHERE q.conversation_id = $2));
  DELETE FROM notifications n WHERE n.account_id = $1 AND n.conversation_id = $2;
  UPDATE quarantine q SET raw = NULL, detail = '', name = '' WHERE q.conversation_id = $2;
END $_$;

ALTER FUNCTION public.erase_thread(account uuid, thread uuid, at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION public.erased_key(person uuid) RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
  SELECT 'erased-' || $1::text || '@invalid'
$_$;

ALTER FUNCTION public.erased_key(person uuid) OWNER TO heed_owner;

CREATE FUNCTION public.follow_habits() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  UPDATE habit_lines l SET line = NULL, week = NULL, stamp = stamp + 1, gone = c.status = 'deleted', habit_revision = c.revision
  FROM changed c WHERE l.habit_id = c.id;
  RETURN NULL;
END $$;

ALTER FUNCTION public.follow_habits() OWNER TO heed_owner;

CREATE FUNCTION public.follow_importance() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  PERFORM FROM outbox WHERE user_id = NEW.user_id AND reminder_id = NEW.id AND state IN ('pending', 'held', 'sending') ORDER BY id FOR UPDATE;
  UPDATE outbox SET critical = NEW.importance = 'critical',
    due_at = CASE WHEN NEW.importance = 'critical' AND state = 'held' AND reason = 'quiet' THEN least(due_at, NEW.updated_at) ELSE due_at END
  WHERE user_id = NEW.user_id AND reminder_id = NEW.id AND state IN ('pending', 'held', 'sending');
  PERFORM pg_notify('heed_work', '');
  RETURN NULL;
END $$;

ALTER FUNCTION public.follow_importance() OWNER TO heed_owner;

CREATE FUNCTION public.follow_quiet_hours() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
  owner uuid := coalesce((to_jsonb(NEW) ->> 'user_id')::uuid, NEW.id);  -- a person's row has no such column
  is_verified CONSTANT boolean := (to_jsonb(NEW) ->> 'verified_at') IS NOT NULL;
BEGIN
  PERFORM FROM outbox WHERE user_id = owner AND (recipient_id = NEW.id OR owner = NEW.id AND recipient_kind = 'device')
    AND (state = 'held' AND reason = 'quiet' OR state = 'pending' AND is_verified) ORDER BY id FOR UPDATE;
  UPDATE outbox SET due_at = least(due_at, NEW.updated_at)
  WHERE user_id = owner AND (recipient_id = NEW.id OR owner = NEW.id AND recipient_kind = 'device') AND state = 'held' AND reason = 'quiet';
  IF FOUND THEN PERFORM pg_notify('heed_work', ''); END IF;
  RETURN NULL;
END $$;

ALTER FUNCTION public.follow_quiet_hours() OWNER TO heed_owner;

CREATE FUNCTION public.forget_emptied() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  NEW.emptied_at := NULL;
  RETURN NEW;
END $$;

ALTER FUNCTION public.forget_emptied() OWNER TO heed_owner;

CREATE FUNCTION public.forget_habit_states() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  UPDATE habits SET state = NULL, state_next = NULL, year_state = NULL, year_next = NULL WHERE user_id = NEW.id;
  RETURN NULL;
END $$;

ALTER FUNCTION public.forget_habit_states() OWNER TO heed_owner;

CREATE FUNCTION public.forget_late() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  NEW.late_told_at := NULL;
  RETURN NEW;
END $$;

ALTER FUNCTION public.forget_late() OWNER TO heed_owner;

CREATE FUNCTION public.forget_messages() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  DELETE FROM outbox o USING gone g WHERE o.subject_id = g.id AND o.escalation_id IS NULL;
  RETURN NULL;
END $$;

ALTER FUNCTION public.forget_messages() OWNER TO heed_owner;

CREATE FUNCTION public.forget_prompts() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  DELETE FROM prompt_texts WHERE messages @> ARRAY[NEW.id];
  RETURN NULL;
END $$;

ALTER FUNCTION public.forget_prompts() OWNER TO heed_owner;

CREATE FUNCTION public.forget_quarantined() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  DELETE FROM files f WHERE f.account_id = OLD.account_id AND f.sha256 = OLD.raw
    AND NOT EXISTS (SELECT FROM quarantine q WHERE q.account_id = OLD.account_id AND q.raw = OLD.raw)
    AND NOT EXISTS (SELECT FROM messages m WHERE m.account_id = OLD.account_id AND m.raw = OLD.raw)
    AND NOT EXISTS (SELECT FROM attachments a WHERE a.account_id = OLD.account_id AND a.sha256 = OLD.raw);
  RETURN NULL;
END $$;

ALTER FUNCTION public.forget_quarantined() OWNER TO heed_owner;

CREATE FUNCTION public.forget_reminder_text() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  DELETE FROM reminder_texts WHERE reminder_id = NEW.id;
  RETURN NULL;
END $$;

ALTER FUNCTION public.forget_reminder_text() OWNER TO heed_owner;

CREATE FUNCTION public.forget_sender() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  NEW.sender_domain := NULL;
  RETURN NEW;
END $$;

ALTER FUNCTION public.forget_sender() OWNER TO heed_owner;

CREATE FUNCTION public.half_numbers(half bytea) RETURNS real[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT array_agg((CASE WHEN x.h >= 32768 THEN -1 ELSE 1 END * CASE WHEN (x.h >> 10) & 31 = 0 THEN (x.h & 1023) * power(2.0::float8, -24)
      ELSE (1024 + (x.h & 1023)) * power(2.0::float8, ((x.h >> 10) & 31) - 25) END)::real ORDER BY x.n)
  FROM (SELECT n, get_byte($1, 2 * n) + 256 * get_byte($1, 2 * n + 1) AS h FROM generate_series(0, octet_length($1) / 2 - 1) n) x
$_$;

ALTER FUNCTION public.half_numbers(half bytea) OWNER TO heed_owner;

CREATE FUNCTION public.has_desk() RETURNS boolean
    LANGUAGE plpgsql STABLE
    AS $$
BEGIN
  RETURN EXISTS (SELECT FROM channels WHERE account_id = my_account());
END $$;

ALTER FUNCTION public.has_desk() OWNER TO heed_owner;

CREATE FUNCTION public.has_near() RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  SELECT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = 'public.embeddings'::regclass AND tgname = 'embeddings_near')
$$;

ALTER FUNCTION public.has_near() OWNER TO heed_owner;

CREATE FUNCTION public.hinders_member(member uuid, lowers boolean) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
  mine record;
  theirs record;
BEGIN
  PERFORM FROM accounts WHERE id = my_account() FOR NO KEY UPDATE;
  SELECT u.role INTO mine FROM users u WHERE u.id = me() AND u.account_id = my_account();
  SELECT u.role INTO theirs FROM users u WHERE u.id = member AND u.account_id = my_account() FOR NO KEY UPDATE;
  IF mine.role IS NULL OR theirs.role IS NULL THEN RETURN 'missing'; END IF;
  IF member IS DISTINCT FROM me() AND (mine.role NOT IN ('owner', 'admin') OR theirs.role = 'owner' AND mine.role <> 'owner') THEN
    RETURN 'forbidden';
  END IF;
  IF lowers AND theirs.role = 'owner'
    AND NOT EXISTS (SELECT FROM users u WHERE u.account_id = my_account() AND u.role = 'owner' AND u.id <> member) THEN
    RETURN 'last';
  END IF;
  RETURN NULL;
END $$;

ALTER FUNCTION public.hinders_member(member uuid, lowers boolean) OWNER TO heed_owner;

CREATE FUNCTION public.hold_habits_of_days() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
  habit uuid;
  who uuid;
BEGIN
  -- One by one, by their key and in one order, as a foreign key looks them up: what the planner believes about a batch does not matter.
  FOR habit, who IN SELECT DISTINCT m.habit_id, m.user_id FROM made m ORDER BY 1, 2 LOOP
    PERFORM FROM habits h WHERE h.id = habit AND h.user_id = who FOR KEY SHARE;
    IF NOT FOUND THEN
      RAISE foreign_key_violation USING MESSAGE = 'a day of a habit that is not there, or not of its person', TABLE = 'habit_days',
        CONSTRAINT = 'habit_days_habit_fkey', DETAIL = format('habit %s, person %s', habit, who);
    END IF;
  END LOOP;
  RETURN NULL;
END $$;

ALTER FUNCTION public.hold_habits_of_days() OWNER TO heed_owner;

CREATE FUNCTION public.is_offered(subject text, offer uuid, owner uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT $1 = 'offer' AND EXISTS (SELECT FROM reminder_offers o WHERE o.id = $2 AND o.account_id = my_account()
    AND me() IN (o.user_id, o.to_user) AND $3 IN (o.user_id, o.to_user))
$_$;

ALTER FUNCTION public.is_offered(subject text, offer uuid, owner uuid) OWNER TO heed_owner;

CREATE FUNCTION public.keep_merged_tags() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  UPDATE conversation_merges g SET tags = ARRAY(SELECT t FROM unnest(g.tags) t WHERE lower(t) IN (SELECT lower(n) FROM unnest(NEW.tags) n))
  WHERE g.target_id = NEW.id AND g.account_id = NEW.account_id AND g.tags <> '{}';
  RETURN NULL;
END $$;

ALTER FUNCTION public.keep_merged_tags() OWNER TO heed_owner;

CREATE FUNCTION public.keep_reminder_words() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  INSERT INTO reminder_words (reminder_id, user_id, words) SELECT id, user_id, plain(title || chr(10) || description) FROM made;
  RETURN NULL;
END $$;

ALTER FUNCTION public.keep_reminder_words() OWNER TO heed_owner;

CREATE FUNCTION public.late_numbers() RETURNS integer[]
    LANGUAGE plpgsql STABLE
    AS $$
BEGIN
  RETURN (
    SELECT ARRAY[count(*)::integer, coalesce(hashtext(string_agg(late_at::text, ' ' ORDER BY late_at)), 0)] FROM (
      SELECT late_at FROM conversations WHERE account_id = (SELECT my_account()) AND late_at IS NOT NULL ORDER BY late_at LIMIT 100) x);
END $$;

ALTER FUNCTION public.late_numbers() OWNER TO heed_owner;

CREATE FUNCTION public.leave_desk() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  PERFORM lock_desk_of(OLD.id, OLD.account_id);
  UPDATE conversations SET assignee_id = NULL WHERE assignee_id = OLD.id AND account_id = OLD.account_id;
  UPDATE conversations SET claimed_by = NULL, claimed_at = NULL WHERE claimed_by = OLD.id AND account_id = OLD.account_id;
  RETURN NULL;
END $$;

ALTER FUNCTION public.leave_desk() OWNER TO heed_owner;

CREATE FUNCTION public.leave_late() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  PERFORM lock_desk_of(OLD.id, OLD.account_id);
  UPDATE conversations SET late_told_at = NULL
  WHERE id IN (SELECT conversation_id FROM desk_late WHERE user_id = OLD.id AND account_id = OLD.account_id AND NOT is_over);
  RETURN NULL;
END $$;

ALTER FUNCTION public.leave_late() OWNER TO heed_owner;

CREATE FUNCTION public.links_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
  waiting uuid[];
  blockers uuid[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(l.from_id), array_agg(l.to_id) INTO waiting, blockers FROM made l WHERE l.type = 'depends_on';
  ELSE
    SELECT array_agg(l.from_id), array_agg(l.to_id) INTO waiting, blockers FROM gone l WHERE l.type = 'depends_on';
  END IF;
  IF waiting IS NULL THEN RETURN NULL; END IF;
  PERFORM FROM tasks t WHERE t.id = ANY (blockers) ORDER BY t.id FOR SHARE;
  PERFORM FROM goals g WHERE g.id = ANY (blockers) ORDER BY g.id FOR SHARE;
  PERFORM FROM problems p WHERE p.id = ANY (blockers) ORDER BY p.id FOR SHARE;
  UPDATE tasks t SET open_blockers = t.open_blockers + CASE TG_OP WHEN 'INSERT' THEN s.n ELSE -s.n END
  FROM (
    SELECT x.id, count(*)::integer AS n FROM unnest(waiting, blockers) AS x(id, blocker)
    WHERE EXISTS (SELECT FROM tasks b WHERE b.id = x.blocker AND b.status IN ('open', 'in_progress', 'deferred') AND b.archived_at IS NULL
        AND b.deleted_at IS NULL)
      OR EXISTS (SELECT FROM goals b WHERE b.id = x.blocker AND b.status IN ('active', 'paused') AND b.deleted_at IS NULL)
      OR EXISTS (SELECT FROM problems b WHERE b.id = x.blocker AND b.status = 'active' AND b.deleted_at IS NULL)
    GROUP BY x.id) s
  WHERE t.id = s.id;
  RETURN NULL;
END $$;

ALTER FUNCTION public.links_changed() OWNER TO heed_owner;

CREATE PROCEDURE public.listed(IN it regclass)
    LANGUAGE plpgsql
    AS $$
DECLARE called text := (SELECT relname FROM pg_class WHERE oid = it);
BEGIN
  EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %s REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_list_change()',
    called || '_listed_insert', it);
  EXECUTE format('CREATE TRIGGER %I AFTER UPDATE ON %s REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_list_change()',
    called || '_listed_update', it);
  EXECUTE format('CREATE TRIGGER %I AFTER DELETE ON %s REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_list_change()',
    called || '_listed_delete', it);
END $$;

ALTER PROCEDURE public.listed(IN it regclass) OWNER TO heed_owner;

CREATE FUNCTION public.lock_desk_of(member uuid, account uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
BEGIN
  PERFORM FROM conversations v WHERE v.account_id = $2 AND v.id = ANY (ARRAY(
    SELECT a.id FROM conversations a WHERE a.assignee_id = $1
    UNION SELECT c.id FROM conversations c WHERE c.claimed_by = $1
    UNION SELECT l.conversation_id FROM desk_late l WHERE l.user_id = $1 AND NOT l.is_over))
  ORDER BY v.id FOR NO KEY UPDATE;
END $_$;

ALTER FUNCTION public.lock_desk_of(member uuid, account uuid) OWNER TO heed_owner;

CREATE FUNCTION public.lower_from_desk() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  PERFORM lock_desk_of(NEW.id, NEW.account_id);
  UPDATE conversations SET assignee_id = NULL WHERE assignee_id = NEW.id AND account_id = NEW.account_id;
  UPDATE conversations SET claimed_by = NULL, claimed_at = NULL WHERE claimed_by = NEW.id AND account_id = NEW.account_id;
  RETURN NULL;
END $$;

ALTER FUNCTION public.lower_from_desk() OWNER TO heed_owner;

CREATE FUNCTION public.may(lowest text) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  SELECT coalesce(array_position(ARRAY['viewer', 'agent', 'admin', 'owner'], my_role())
    >= array_position(ARRAY['viewer', 'agent', 'admin', 'owner'], lowest), false)
$$;

ALTER FUNCTION public.may(lowest text) OWNER TO heed_owner;

CREATE FUNCTION public.me() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('heed.user_id', true), '')::uuid $$;

ALTER FUNCTION public.me() OWNER TO heed_owner;

CREATE FUNCTION public.move_weekly_review() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  UPDATE weekly_reviews SET due_at = least(due_at, NEW.updated_at) WHERE user_id = NEW.id;
  RETURN NULL;
END $$;

ALTER FUNCTION public.move_weekly_review() OWNER TO heed_owner;

CREATE FUNCTION public.my_account() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('heed.account_id', true), '')::uuid $$;

ALTER FUNCTION public.my_account() OWNER TO heed_owner;

CREATE FUNCTION public.my_role() RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('heed.role', true), '') $$;

ALTER FUNCTION public.my_role() OWNER TO heed_owner;

CREATE FUNCTION public.new_id(at timestamp with time zone) RETURNS uuid
    LANGUAGE sql PARALLEL SAFE
    AS $$
  SELECT encode(set_bit(set_bit(
    overlay(uuid_send(gen_random_uuid()) PLACING substring(int8send(floor(extract(epoch FROM at) * 1000)::bigint) FROM 3) FROM 1 FOR 6),
    52, 1), 53, 1), 'hex')::uuid
$$;

ALTER FUNCTION public.new_id(at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION public.normal_title(title text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $_$
  SELECT CASE
    WHEN $1 !~ '[^\u0021-\u007E ]|  |^ | $' THEN pg_catalog.lower($1)
    ELSE pg_catalog.btrim(pg_catalog.regexp_replace(pg_catalog.regexp_replace(
      pg_catalog.normalize(pg_catalog.lower(pg_catalog.upper(pg_catalog.normalize($1, 'NFKC') COLLATE pg_catalog."und-x-icu")
        COLLATE pg_catalog."und-x-icu"), 'NFKC'),
      '[\u00AD\u0600-\u0605\u061C\u06DD\u070F\u0890\u0891\u08E2\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF'
      '\uFFF9-\uFFFB\U000110BD\U000110CD\U00013430-\U0001343F\U0001BCA0-\U0001BCA3\U0001D173-\U0001D17A\U000E0001\U000E0020-\U000E007F]+',
      '', 'g'), '[\u0009-\u000D\u0020\u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]+', ' ', 'g')) END
$_$;

ALTER FUNCTION public.normal_title(title text) OWNER TO heed_owner;

CREATE FUNCTION public.note_assumption_round() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  INSERT INTO assumption_rounds (user_id, due_at)
  SELECT m.user_id, CASE WHEN TG_ARGV[0] = 'today' THEN max(m.created_at) ELSE max(m.created_at) + interval '1 day' END
  FROM made m GROUP BY m.user_id ORDER BY m.user_id
  ON CONFLICT (user_id) DO UPDATE SET due_at = EXCLUDED.due_at WHERE assumption_rounds.due_at > EXCLUDED.due_at;
  RETURN NULL;
END $$;

ALTER FUNCTION public.note_assumption_round() OWNER TO heed_owner;

CREATE FUNCTION public.note_assumption_round_anew() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  INSERT INTO assumption_rounds (user_id, due_at)
  SELECT m.user_id, max(m.updated_at) FROM made m JOIN gone g ON g.id = m.id
  WHERE m.addresses <> g.addresses OR m.name <> g.name OR (m.deleted_at IS NULL) <> (g.deleted_at IS NULL)
  GROUP BY m.user_id ORDER BY m.user_id
  ON CONFLICT (user_id) DO UPDATE SET due_at = EXCLUDED.due_at WHERE assumption_rounds.due_at > EXCLUDED.due_at;
  RETURN NULL;
END $$;

ALTER FUNCTION public.note_assumption_round_anew() OWNER TO heed_owner;

CREATE FUNCTION public.note_assumption_round_of_habit() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  INSERT INTO assumption_rounds (user_id, due_at) VALUES (NEW.user_id, NEW.created_at + interval '1 day') ON CONFLICT (user_id) DO NOTHING;
  RETURN NULL;
END $$;

ALTER FUNCTION public.note_assumption_round_of_habit() OWNER TO heed_owner;

CREATE FUNCTION public.note_attendance() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  INSERT INTO contact_rounds (user_id, due_at)
  SELECT m.user_id, min(i.ends_at) FROM made m JOIN event_instances i ON i.event_id = m.to_id AND i.user_id = m.user_id
  WHERE m.to_kind = 'event' AND m.from_kind = 'person' AND m.relationship IN ('attends', 'organizes') AND NOT m.own GROUP BY m.user_id ORDER BY m.user_id
  ON CONFLICT (user_id) DO UPDATE SET due_at = least(contact_rounds.due_at, EXCLUDED.due_at)
  WHERE contact_rounds.due_at IS NULL OR contact_rounds.due_at > EXCLUDED.due_at;
  RETURN NULL;
END $$;

ALTER FUNCTION public.note_attendance() OWNER TO heed_owner;

CREATE FUNCTION public.note_attended() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  INSERT INTO contact_rounds (user_id, due_at)
  SELECT m.user_id, min(m.ends_at) FROM made m
  WHERE EXISTS (SELECT FROM entity_relationships r WHERE r.user_id = m.user_id AND r.to_id = m.event_id AND r.from_kind = 'person'
    AND r.relationship IN ('attends', 'organizes') AND NOT r.own) GROUP BY m.user_id ORDER BY m.user_id
  ON CONFLICT (user_id) DO UPDATE SET due_at = least(contact_rounds.due_at, EXCLUDED.due_at)
  WHERE contact_rounds.due_at IS NULL OR contact_rounds.due_at > EXCLUDED.due_at;
  RETURN NULL;
END $$;

ALTER FUNCTION public.note_attended() OWNER TO heed_owner;

CREATE FUNCTION public.note_list_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
  fresh uuid := gen_random_uuid();
  own xid := pg_current_xact_id()::xid;
  who uuid;
  place tid;
  is_own bool;
  is_noted bool;
BEGIN
  FOR who IN SELECT DISTINCT user_id FROM changed LOOP
    is_noted := false;
    FOR place, is_own IN SELECT ctid, xmin = own FROM list_changes WHERE user_id = who FOR UPDATE SKIP LOCKED LOOP
      IF is_own THEN
        is_noted := true;
      ELSIF is_noted THEN
        DELETE FROM list_changes WHERE ctid = place;
      ELSE
        UPDATE list_changes SET change = fresh WHERE ctid = place;
        is_noted := FOUND;
      END IF;
    END LOOP;
    -- Somebody who is being deleted with all that is theirs is gone by now.
    IF NOT is_noted THEN INSERT INTO list_changes (user_id, change) SELECT id, fresh FROM users WHERE id = who; END IF;
  END LOOP;
  RETURN NULL;
END $$;

ALTER FUNCTION public.note_list_change() OWNER TO heed_owner;

CREATE FUNCTION public.note_memory() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  INSERT INTO memory_rounds (user_id, since, due_at)
  SELECT m.user_id, min(m.at), min(m.at) + interval '10 minutes' FROM made m
  WHERE m.user_id IS NOT NULL AND m.thing_id IS NOT NULL GROUP BY m.user_id ORDER BY m.user_id
  ON CONFLICT (user_id) DO UPDATE SET since = least(memory_rounds.since, EXCLUDED.since), due_at = least(memory_rounds.due_at, EXCLUDED.due_at)
  WHERE memory_rounds.since IS NULL OR memory_rounds.since > EXCLUDED.since OR memory_rounds.due_at > EXCLUDED.due_at;
  RETURN NULL;
END $$;

ALTER FUNCTION public.note_memory() OWNER TO heed_owner;

CREATE FUNCTION public.note_offers() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  INSERT INTO list_changes (user_id, change) SELECT u.id, gen_random_uuid() FROM users u
    WHERE EXISTS (SELECT FROM changed c WHERE u.id IN (c.user_id, c.to_user));
  RETURN NULL;
END $$;

ALTER FUNCTION public.note_offers() OWNER TO heed_owner;

CREATE FUNCTION public.notice_numbers() RETURNS integer[]
    LANGUAGE plpgsql STABLE
    AS $$
BEGIN
  RETURN ARRAY[(SELECT count(*)::integer FROM (
    SELECT 1 FROM notifications WHERE user_id = (SELECT me()) AND account_id = (SELECT my_account()) AND read_at IS NULL LIMIT 100) x)];
END $$;

ALTER FUNCTION public.notice_numbers() OWNER TO heed_owner;

CREATE FUNCTION public.notify_of_draft() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  PERFORM put_notifications(
    NEW.account_id,
    ARRAY(SELECT u.id FROM users u JOIN conversations v ON v.id = NEW.conversation_id
      WHERE u.account_id = NEW.account_id AND u.role <> 'viewer' AND (v.assignee_id IS NULL OR v.assignee_id = u.id)),
    'draft_ready', NEW.conversation_id, NULL, NULL, '', '', NEW.ready_at);
  RETURN NULL;
END $$;

ALTER FUNCTION public.notify_of_draft() OWNER TO heed_owner;

CREATE FUNCTION public.notify_of_event() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE person uuid;
BEGIN
  IF NEW.kind = 'assigned' THEN
    SELECT v.assignee_id INTO person FROM conversations v WHERE v.id = NEW.conversation_id;
    IF person IS NULL OR person IS NOT DISTINCT FROM NEW.actor_id THEN RETURN NULL; END IF;
  ELSE
    SELECT m.author_id INTO person FROM messages m WHERE m.id = NEW.other_id AND m.direction = 'outbound';
    IF person IS NULL THEN RETURN NULL; END IF;
  END IF;
  PERFORM put_notifications(
    NEW.account_id, ARRAY[person], CASE NEW.kind WHEN 'assigned' THEN 'assigned' WHEN 'bounced' THEN 'bounced' ELSE 'send_failed' END,
    NEW.conversation_id, NULL, NULL, NEW.actor_name, CASE WHEN NEW.kind IN ('failed', 'unknown', 'held', 'deferred') THEN NEW.kind ELSE '' END, NEW.at);
  RETURN NULL;
END $$;

ALTER FUNCTION public.notify_of_event() OWNER TO heed_owner;

CREATE FUNCTION public.notify_of_flood() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  PERFORM put_notifications(
    NEW.account_id, ARRAY(SELECT u.id FROM users u WHERE u.account_id = NEW.account_id AND u.role <> 'viewer'),
    'flood', NEW.conversation_id, NEW.channel_id, NULL, '', NEW.kind, NEW.last_at);
  RETURN NULL;
END $$;

ALTER FUNCTION public.notify_of_flood() OWNER TO heed_owner;

CREATE FUNCTION public.notify_of_job() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  PERFORM put_notifications(
    NEW.account_id, ARRAY(SELECT u.id FROM users u WHERE u.account_id = NEW.account_id AND u.role IN ('owner', 'admin')),
    'job_failed', NULL, NULL, NEW.id, '', NEW.kind, NEW.finished_at);
  RETURN NULL;
END $$;

ALTER FUNCTION public.notify_of_job() OWNER TO heed_owner;

CREATE FUNCTION public.owner_mark(owner uuid) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $_$
  SELECT pg_catalog.right($1::pg_catalog.text, 12)
$_$;

ALTER FUNCTION public.owner_mark(owner uuid) OWNER TO heed_owner;

CREATE FUNCTION public.passage_query(forms text, plain_forms text, mark text) RETURNS tsquery
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $_$
  SELECT string_agg(DISTINCT quote_literal(l.lexeme) || $3, ' | ')::tsquery
  FROM (
    SELECT unnest(ts_lexize('pg_catalog.portuguese_stem', f)) AS lexeme FROM unnest(string_to_array($1, ' ')) f
    UNION SELECT unnest(ts_lexize('pg_catalog.english_stem', f)) FROM unnest(string_to_array($1, ' ')) f
    UNION SELECT unnest(ts_lexize('public.portuguese_folded', f)) FROM unnest(string_to_array($2, ' ')) f
    UNION SELECT unnest(ts_lexize('public.english_folded', f)) FROM unnest(string_to_array($2, ' ')) f) l
$_$;

ALTER FUNCTION public.passage_query(forms text, plain_forms text, mark text) OWNER TO heed_owner;

CREATE FUNCTION public.person_addresses_live() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  UPDATE person_addresses a SET live = m.deleted_at IS NULL FROM made m JOIN gone g ON g.id = m.id
  WHERE a.person_id = m.id AND a.live <> (m.deleted_at IS NULL) AND (m.deleted_at IS NULL) <> (g.deleted_at IS NULL);
  RETURN NULL;
END $$;

ALTER FUNCTION public.person_addresses_live() OWNER TO heed_owner;

CREATE FUNCTION public.plain(words text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  SELECT CASE WHEN pg_catalog.octet_length(words) = pg_catalog.length(words) THEN pg_catalog.lower(words)
    ELSE coalesce(nullif(pg_catalog.lower(pg_catalog.normalize(
      pg_catalog.regexp_replace(pg_catalog.normalize(words, 'NFD'), '[\u0300-\u036F]+', '', 'g'), 'NFC')), ''), pg_catalog.lower(words)) END
$$;

ALTER FUNCTION public.plain(words text) OWNER TO heed_owner;

CREATE FUNCTION public.put_conversation_words(threads uuid[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  INSERT INTO desk_words (id, account_id, conversation_id, words)
  SELECT v.id, v.account_id, v.id, desk_vector('v', v.account_id, v.id, v.language, concat_ws(chr(10), v.subject, array_to_string(v.tags, ' '), u.name,
    (SELECT string_agg(a.address, ' ' ORDER BY a.address_key) FROM customer_addresses a WHERE a.customer_id = u.id)))
  FROM conversations v JOIN customers u ON u.id = v.customer_id WHERE v.id = ANY ($1)
  ON CONFLICT (id) DO UPDATE SET words = EXCLUDED.words
$_$;

ALTER FUNCTION public.put_conversation_words(threads uuid[]) OWNER TO heed_owner;

CREATE FUNCTION public.put_customer_words(people uuid[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  INSERT INTO desk_words (id, account_id, customer_id, words)
  SELECT u.id, u.account_id, u.id, desk_vector('c', u.account_id, u.id, 'en', concat_ws(chr(10), u.name,
    (SELECT string_agg(a.address, ' ' ORDER BY a.address_key) FROM customer_addresses a WHERE a.customer_id = u.id)))
  FROM customers u WHERE u.id = ANY ($1)
  ON CONFLICT (id) DO UPDATE SET words = EXCLUDED.words
$_$;

ALTER FUNCTION public.put_customer_words(people uuid[]) OWNER TO heed_owner;

CREATE FUNCTION public.put_message_words(mails uuid[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  INSERT INTO desk_words (id, account_id, conversation_id, words)
  SELECT m.id, m.account_id, m.conversation_id, desk_vector('v', m.account_id, m.id, m.language, concat_ws(chr(10), m.subject, m.from_name, m.from_address,
    array_to_string(m.recipients || m.copies, ' '),
    (SELECT string_agg(a.name, ' ' ORDER BY a.n) FROM attachments a WHERE a.message_id = m.id AND a.state <> 'emptied'), m.own))
  FROM messages m WHERE m.id = ANY ($1) AND m.emptied_at IS NULL
  ON CONFLICT (id) DO UPDATE SET conversation_id = EXCLUDED.conversation_id, words = EXCLUDED.words
$_$;

ALTER FUNCTION public.put_message_words(mails uuid[]) OWNER TO heed_owner;

CREATE FUNCTION public.put_note_words(notes uuid[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  INSERT INTO desk_words (id, account_id, conversation_id, words)
  SELECT n.id, n.account_id, n.conversation_id, desk_vector('v', n.account_id, n.id, v.language, n.text)
  FROM conversation_notes n JOIN conversations v ON v.id = n.conversation_id WHERE n.id = ANY ($1)
  ON CONFLICT (id) DO UPDATE SET conversation_id = EXCLUDED.conversation_id, words = EXCLUDED.words
$_$;

ALTER FUNCTION public.put_note_words(notes uuid[]) OWNER TO heed_owner;

CREATE FUNCTION public.put_notifications(account uuid, people uuid[], kind text, conversation uuid, channel uuid, job uuid, actor text, words text, at timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  INSERT INTO notifications (id, user_id, account_id, kind, conversation_id, channel_id, job_id, actor_name, words, at)
  SELECT new_id($9), u.id, u.account_id, $3, $4, $5, $6, coalesce($7, ''), left(coalesce($8, ''), 300), $9
  FROM users u LEFT JOIN notification_settings s ON s.user_id = u.id
  WHERE u.id = ANY ($2) AND u.account_id = $1 AND ($3 = ANY (s.tells) OR s.user_id IS NULL AND $3 <> 'draft_ready')
$_$;

ALTER FUNCTION public.put_notifications(account uuid, people uuid[], kind text, conversation uuid, channel uuid, job uuid, actor text, words text, at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION public.quarantine_numbers() RETURNS integer[]
    LANGUAGE plpgsql STABLE
    AS $$
BEGIN
  IF NOT may('admin') THEN RETURN ARRAY[0]; END IF;
  RETURN ARRAY[(SELECT count(*)::integer FROM (
    SELECT 1 FROM quarantine WHERE account_id = (SELECT my_account()) AND state = 'waiting' LIMIT 1000) x)];
END $$;

ALTER FUNCTION public.quarantine_numbers() OWNER TO heed_owner;

CREATE FUNCTION public.refuse_another_key() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  RAISE foreign_key_violation USING MESSAGE = format('rows of %I keep what they are found by', TG_TABLE_NAME);
END $$;

ALTER FUNCTION public.refuse_another_key() OWNER TO heed_owner;

CREATE FUNCTION public.register_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
BEGIN
  EXECUTE format('UPDATE search_documents d SET %2$I = it.%2$I, title = left(%3$s, 200), words = register_words(it.%2$I, %3$s, %4$s),
      trashed = %5$s, updated_at = %6$s FROM (SELECT ($1).*) it WHERE d.id = it.id AND d.kind = %1$L', VARIADIC TG_ARGV) USING NEW;
  RETURN NULL;
END $_$;

ALTER FUNCTION public.register_changed() OWNER TO heed_owner;

CREATE FUNCTION public.register_made() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
BEGIN
  EXECUTE format('INSERT INTO search_documents (id, %2$I, kind, title, words, trashed, updated_at)
    SELECT it.id, it.%2$I, %1$L, left(%3$s, 200), register_words(it.%2$I, %3$s, %4$s), %5$s, %6$s FROM made it', VARIADIC TG_ARGV);
  RETURN NULL;
END $_$;

ALTER FUNCTION public.register_made() OWNER TO heed_owner;

CREATE FUNCTION public.register_query(owner uuid, words text, sign text) RETURNS tsquery
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
DECLARE
  term text;
  form text;
  word tsquery;
  whole tsquery;
BEGIN
  FOR term IN SELECT t.lexeme FROM unnest(to_tsvector('simple', plain(left($2, 400)))) t LIMIT 20 LOOP
    word := (quote_literal(owner_mark($1) || $3 || translate(term, '\', ' ')) || ':*')::tsquery;
    FOREACH form IN ARRAY stems(term) LOOP
      IF NOT starts_with(form, term) THEN word := word || quote_literal(owner_mark($1) || $3 || translate(form, '\', ' '))::tsquery; END IF;
    END LOOP;
    whole := CASE WHEN whole IS NULL THEN word ELSE whole && word END;
  END LOOP;
  RETURN whole;
END $_$;

ALTER FUNCTION public.register_query(owner uuid, words text, sign text) OWNER TO heed_owner;

CREATE FUNCTION public.register_tasks_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
DECLARE
  renamed CONSTANT uuid[] := ARRAY(SELECT x.id FROM (
    SELECT it.id, it.title, it.notes FROM made it EXCEPT ALL SELECT it.id, it.title, it.notes FROM gone it) x);
  moved CONSTANT uuid[] := ARRAY(SELECT x.id FROM (
    SELECT it.id, it.deleted_at IS NOT NULL OR it.archived_at IS NOT NULL FROM made it
    EXCEPT ALL SELECT it.id, it.deleted_at IS NOT NULL OR it.archived_at IS NOT NULL FROM gone it) x);
BEGIN
  IF cardinality(renamed) + cardinality(moved) = 0 THEN RETURN NULL; END IF;
  -- Planned anew each time, for as many as there are.
  EXECUTE 'UPDATE search_documents d SET title = left(it.title, 200), trashed = it.deleted_at IS NOT NULL OR it.archived_at IS NOT NULL,
      words = CASE WHEN it.id = ANY ($1) THEN register_words(it.user_id, it.title, it.notes) ELSE d.words END, updated_at = it.updated_at
    FROM made it WHERE it.id = ANY ($1 || $2) AND d.id = it.id AND d.kind = ''task''' USING renamed, moved;
  RETURN NULL;
END $_$;

ALTER FUNCTION public.register_tasks_changed() OWNER TO heed_owner;

CREATE FUNCTION public.register_words(owner uuid, title text, body text) RETURNS tsvector
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
DECLARE
  named CONSTANT text[] := stems($2);
  held CONSTANT text[] := CASE WHEN $3 = '' THEN '{}' ELSE stems(left($3, 65536)) END;
  t CONSTANT text := owner_mark($1) || 't';
  b CONSTANT text := owner_mark($1) || 'b';
BEGIN
  IF octet_length($2) > 400 OR octet_length($3) > 400 OR cardinality(named) = 0 THEN
    RETURN array_to_tsvector(ARRAY(
      SELECT DISTINCT left(owner_mark($1) || x.word, 500) FROM (
        SELECT sign || s AS word FROM unnest(named) s CROSS JOIN unnest(ARRAY['t', 'b']) sign
        UNION ALL SELECT 'b' || s FROM unnest(held) s) x));
  END IF;
  RETURN array_to_tsvector(string_to_array(
    t || array_to_string(named, chr(10) || t) || chr(10) || b || array_to_string(named || held, chr(10) || b), chr(10)));
END $_$;

ALTER FUNCTION public.register_words(owner uuid, title text, body text) OWNER TO heed_owner;

CREATE PROCEDURE public.registered(IN it regclass, IN kind text, IN owner name, IN title text, IN body text, IN trashed text, IN changed text, IN changes name[])
    LANGUAGE plpgsql
    AS $_$
DECLARE
  called text := (SELECT relname FROM pg_class WHERE oid = it);
  arguments text := (SELECT string_agg(quote_literal(a), ', ') FROM unnest(ARRAY[kind, owner::text, title, body, trashed, changed]) a);
BEGIN
  EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %s REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION register_made(%s)',
    called || '_registered', it, arguments);
  EXECUTE format('CREATE TRIGGER %I AFTER UPDATE OF %s ON %s FOR EACH ROW WHEN (%s) EXECUTE FUNCTION register_changed(%s)',
    called || '_registered_anew', (SELECT string_agg(quote_ident(c), ', ') FROM unnest(changes) c), it,
    (SELECT string_agg(format('(%s) IS DISTINCT FROM (%s)', replace(e, 'it.', 'OLD.'), replace(e, 'it.', 'NEW.')), ' OR ')
      FROM unnest(ARRAY[title, body, trashed]) e WHERE e LIKE '%it.%'), arguments);
  EXECUTE format('CREATE TRIGGER %I AFTER DELETE ON %s REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION unregister()',
    called || '_unregistered', it);
  EXECUTE format('INSERT INTO search_documents (id, %2$I, kind, title, words, trashed, updated_at)
    SELECT it.id, it.%2$I, %1$L, left(%3$s, 200), register_words(it.%2$I, %3$s, %4$s), %5$s, %6$s FROM %7$s it',
    kind, owner, title, body, trashed, changed, it);
END $_$;

ALTER PROCEDURE public.registered(IN it regclass, IN kind text, IN owner name, IN title text, IN body text, IN trashed text, IN changed text, IN changes name[]) OWNER TO heed_owner;

CREATE FUNCTION public.relationships_follow_events() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    DELETE FROM entity_relationships r USING made m JOIN gone g ON g.id = m.id
    WHERE m.place_id IS DISTINCT FROM g.place_id AND r.user_id = m.user_id AND r.from_id = m.id AND r.relationship = 'located_at' AND NOT r.own
      AND r.to_id IS DISTINCT FROM m.place_id;
    INSERT INTO entity_relationships (id, user_id, relationship, from_kind, from_id, to_kind, to_id, source, created_at, updated_at)
    SELECT new_id(m.updated_at), m.user_id, 'located_at', 'event', m.id, 'place', m.place_id, m.source, m.updated_at, m.updated_at
    FROM made m JOIN gone g ON g.id = m.id WHERE m.place_id IS DISTINCT FROM g.place_id AND m.place_id IS NOT NULL
    ON CONFLICT ON CONSTRAINT entity_relationships_once DO NOTHING;
  ELSE
    INSERT INTO entity_relationships (id, user_id, relationship, from_kind, from_id, to_kind, to_id, source, created_at, updated_at)
    SELECT new_id(m.updated_at), m.user_id, 'located_at', 'event', m.id, 'place', m.place_id, m.source, m.updated_at, m.updated_at
    FROM made m WHERE m.place_id IS NOT NULL
    ON CONFLICT ON CONSTRAINT entity_relationships_once DO NOTHING;
  END IF;
  RETURN NULL;
END $$;

ALTER FUNCTION public.relationships_follow_events() OWNER TO heed_owner;

CREATE FUNCTION public.relationships_follow_tasks() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    DELETE FROM entity_relationships r USING made m JOIN gone g ON g.id = m.id
    WHERE m.assignee_id IS DISTINCT FROM g.assignee_id AND r.user_id = m.user_id AND r.to_id = m.id AND r.relationship = 'assigned_to' AND NOT r.own
      AND r.from_id IS DISTINCT FROM m.assignee_id;
    INSERT INTO entity_relationships (id, user_id, relationship, from_kind, from_id, to_kind, to_id, created_at, updated_at)
    SELECT new_id(m.updated_at), m.user_id, 'assigned_to', 'person', m.assignee_id, 'task', m.id, m.updated_at, m.updated_at
    FROM made m JOIN gone g ON g.id = m.id WHERE m.assignee_id IS DISTINCT FROM g.assignee_id AND m.assignee_id IS NOT NULL
    ON CONFLICT ON CONSTRAINT entity_relationships_once DO NOTHING;
  ELSE
    INSERT INTO entity_relationships (id, user_id, relationship, from_kind, from_id, to_kind, to_id, created_at, updated_at)
    SELECT new_id(m.updated_at), m.user_id, 'assigned_to', 'person', m.assignee_id, 'task', m.id, m.updated_at, m.updated_at
    FROM made m WHERE m.assignee_id IS NOT NULL
    ON CONFLICT ON CONSTRAINT entity_relationships_once DO NOTHING;
  END IF;
  RETURN NULL;
END $$;

ALTER FUNCTION public.relationships_follow_tasks() OWNER TO heed_owner;

CREATE FUNCTION public.release_held() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  PERFORM FROM outbox WHERE user_id = NEW.id AND state = 'held' AND reason = 'unverified' ORDER BY id FOR UPDATE;
  UPDATE outbox SET due_at = NEW.verified_at WHERE user_id = NEW.id AND state = 'held' AND reason = 'unverified';
  PERFORM pg_notify('heed_work', '');
  RETURN NULL;
END $$;

ALTER FUNCTION public.release_held() OWNER TO heed_owner;

CREATE FUNCTION public.runs(who uuid, words text) RETURNS bigint[]
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
  person bigint := hashtextextended(who::text, 0) & -16777216;
  bytes bytea := convert_to(words, 'UTF8') || '\x0000'::bytea;
  found bigint[] := '{}';
  one bigint;
  two bigint;
BEGIN
  IF length(bytes) > 80 THEN
    -- One list after the other: rows of three made it seven times slower.
    RETURN (SELECT array_agg(person + (get_byte(bytes, i) << 16)) || array_agg(person + (get_byte(bytes, i) << 16) + (get_byte(bytes, i + 1) << 8))
        || array_agg(person + (get_byte(bytes, i) << 16) + (get_byte(bytes, i + 1) << 8) + get_byte(bytes, i + 2))
      FROM generate_series(0, length(bytes) - 3) i);
  END IF;
  FOR i IN 0 .. length(bytes) - 3 LOOP
    one := person + (get_byte(bytes, i) << 16);
    two := one + (get_byte(bytes, i + 1) << 8);
    found := found || ARRAY[one, two, two + get_byte(bytes, i + 2)];
  END LOOP;
  RETURN found;
END $$;

ALTER FUNCTION public.runs(who uuid, words text) OWNER TO heed_owner;

CREATE FUNCTION public.same_customers(customer uuid) RETURNS uuid[]
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  WITH RECURSIVE same AS (
    SELECT c.id, c.account_id FROM customers c WHERE c.id = $1
    UNION SELECT c.id, c.account_id FROM customers c JOIN same s ON c.merged_into = s.id AND c.account_id = s.account_id)
  SELECT coalesce(array_agg(id), '{}') FROM same
$_$;

ALTER FUNCTION public.same_customers(customer uuid) OWNER TO heed_owner;

CREATE FUNCTION public.source_is_stale(refresh text, checked_at timestamp with time zone, indexed_at timestamp with time zone, at timestamp with time zone) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $_$
  SELECT $4 - CASE WHEN $1 = 'never' THEN $3 ELSE coalesce($2, $3) END
    > CASE $1 WHEN 'daily' THEN interval '3 days' WHEN 'weekly' THEN interval '16 days' ELSE interval '180 days' END
$_$;

ALTER FUNCTION public.source_is_stale(refresh text, checked_at timestamp with time zone, indexed_at timestamp with time zone, at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION public.stems(words text) RETURNS text[]
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $_$
  SELECT pg_catalog.tsvector_to_array(pg_catalog.to_tsvector('pg_catalog.simple', public.plain($1))
    || pg_catalog.to_tsvector('public.english_folded', public.plain($1)) || pg_catalog.to_tsvector('public.portuguese_folded', public.plain($1)))
$_$;

ALTER FUNCTION public.stems(words text) OWNER TO heed_owner;

CREATE FUNCTION public.take_back_invitations(member uuid, at timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  UPDATE invitations i SET revoked_at = $2 FROM users u
  WHERE u.id = $1 AND i.account_id = u.account_id AND i.invited_by = u.email AND i.accepted_at IS NULL AND i.revoked_at IS NULL
$_$;

ALTER FUNCTION public.take_back_invitations(member uuid, at timestamp with time zone) OWNER TO heed_owner;

CREATE FUNCTION public.tell_first_late() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  INSERT INTO conversation_events (id, account_id, conversation_id, at, kind, detail)
  SELECT new_id(e.created_at), l.account_id, l.conversation_id, e.created_at, 'told', u.display_name
  FROM made e JOIN desk_late l ON l.reminder_id = e.reminder_id AND NOT l.is_over JOIN users u ON u.id = l.user_id
  WHERE e.first_told <> '';
  RETURN NULL;
END $$;

ALTER FUNCTION public.tell_first_late() OWNER TO heed_owner;

CREATE FUNCTION public.tell_late() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  INSERT INTO conversation_events (id, account_id, conversation_id, at, kind, detail)
  SELECT new_id(v.at), l.account_id, l.conversation_id, v.at,
    CASE WHEN v.run = 1 AND v.tier = 1 AND v.round = 0 THEN 'told' ELSE 'told_again' END, u.display_name
  FROM made v JOIN escalations e ON e.id = v.escalation_id JOIN desk_late l ON l.reminder_id = e.reminder_id AND NOT l.is_over
  JOIN users u ON u.id = l.user_id
  WHERE v.kind IN ('escalated', 'advanced');
  RETURN NULL;
END $$;

ALTER FUNCTION public.tell_late() OWNER TO heed_owner;

CREATE FUNCTION public.text_around(body text, term text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT CASE WHEN length($1) <= 600 THEN $1 ELSE (
    SELECT CASE WHEN x.start > 1 THEN '…' ELSE '' END || substr($1, x.start, 600) || CASE WHEN length($1) >= x.start + 600 THEN '…' ELSE '' END
    FROM (SELECT greatest(1, coalesce(nullif(strpos(p.body, ' ' || $2), 0), strpos(p.body, $2)) - 120) AS start FROM (SELECT plain($1) AS body) p) x) END
$_$;

ALTER FUNCTION public.text_around(body text, term text) OWNER TO heed_owner;

CREATE FUNCTION public.thing_state(kind text, thing uuid) RETURNS TABLE(states text[], body text)
    LANGUAGE sql STABLE ROWS 1
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  SELECT ARRAY[t.status] || CASE WHEN t.open_blockers > 0 AND t.status IN ('open', 'in_progress') THEN ARRAY['blocked'] ELSE '{}'::text[] END,
      t.notes FROM tasks t WHERE $1 = 'task' AND t.id = $2
  UNION ALL SELECT ARRAY[g.status], g.description FROM goals g WHERE $1 = 'goal' AND g.id = $2
  UNION ALL SELECT ARRAY[p.status], p.description FROM problems p WHERE $1 = 'problem' AND p.id = $2
  UNION ALL SELECT ARRAY[l.status], l.description FROM deadlines l WHERE $1 = 'deadline' AND l.id = $2
  UNION ALL SELECT ARRAY[p.type], concat_ws(' ', p.addresses, p.company, p.title, p.notes) FROM people p WHERE $1 = 'person' AND p.id = $2
  UNION ALL SELECT ARRAY[p.type], concat_ws(' ', p.address, p.city, p.state, p.country, p.notes) FROM places p WHERE $1 = 'place' AND p.id = $2
  UNION ALL SELECT ARRAY[e.status], concat_ws(' ', e.location, e.description) FROM events e WHERE $1 = 'event' AND e.id = $2
  UNION ALL SELECT ARRAY[h.status], h.description FROM habits h WHERE $1 = 'habit' AND h.id = $2
  UNION ALL SELECT ARRAY[r.status], r.description FROM reminders r WHERE $1 = 'reminder' AND r.id = $2
$_$;

ALTER FUNCTION public.thing_state(kind text, thing uuid) OWNER TO heed_owner;

CREATE FUNCTION public.unregister() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  DELETE FROM search_documents d USING gone g WHERE d.id = g.id;
  RETURN NULL;
END $$;

ALTER FUNCTION public.unregister() OWNER TO heed_owner;

CREATE FUNCTION public.unword_gone() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  DELETE FROM desk_words w USING gone g WHERE w.id = g.id;
  RETURN NULL;
END $$;

ALTER FUNCTION public.unword_gone() OWNER TO heed_owner;

CREATE PROCEDURE public.wall(IN it regclass, IN changes name[])
    LANGUAGE plpgsql
    AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', it);
  EXECUTE format('CREATE POLICY %I ON %s TO heed_work USING (true)', (SELECT relname FROM pg_class WHERE oid = it) || '_all', it);
  EXECUTE format('GRANT SELECT, INSERT ON %s TO heed_web', it);
  EXECUTE format('GRANT SELECT ON %s TO heed_work', it);
  IF cardinality(changes) > 0 THEN
    EXECUTE format('GRANT UPDATE (%s) ON %s TO heed_web', (SELECT string_agg(quote_ident(c), ', ') FROM unnest(changes) c), it);
  END IF;
END $$;

ALTER PROCEDURE public.wall(IN it regclass, IN changes name[]) OWNER TO heed_owner;

CREATE PROCEDURE public.wall_account(IN it regclass, IN lowest text DEFAULT 'agent'::text, IN changes name[] DEFAULT '{}'::name[])
    LANGUAGE plpgsql
    AS $$
DECLARE
  called text := (SELECT relname FROM pg_class WHERE oid = it);
  ours text := format('account_id = (SELECT my_account()) AND (SELECT may(%L))', lowest);
BEGIN
  IF lowest NOT IN ('viewer', 'agent', 'admin', 'owner') THEN
    RAISE invalid_parameter_value USING MESSAGE = format('there is no role %s', lowest);
  END IF;
  EXECUTE format('CREATE POLICY %I ON %s FOR SELECT TO heed_web USING (account_id = (SELECT my_account()))', called || '_own', it);
  EXECUTE format('CREATE POLICY %I ON %s FOR INSERT TO heed_web WITH CHECK (%s)', called || '_made', it, ours);
  EXECUTE format('CREATE POLICY %I ON %s FOR UPDATE TO heed_web USING (%s)', called || '_changed', it, ours);
  CALL wall(it, changes);
END $$;

ALTER PROCEDURE public.wall_account(IN it regclass, IN lowest text, IN changes name[]) OWNER TO heed_owner;

CREATE PROCEDURE public.wall_user(IN it regclass, IN changes name[] DEFAULT '{}'::name[])
    LANGUAGE plpgsql
    AS $$
BEGIN
  EXECUTE format('CREATE POLICY %I ON %s TO heed_web USING (user_id = (SELECT me()))',
    (SELECT relname FROM pg_class WHERE oid = it) || '_own', it);
  CALL wall(it, changes);
END $$;

ALTER PROCEDURE public.wall_user(IN it regclass, IN changes name[]) OWNER TO heed_owner;

CREATE FUNCTION public.word_addresses() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE people uuid[] := ARRAY(SELECT DISTINCT a.customer_id FROM changed a);
BEGIN
  PERFORM put_customer_words(people);
  PERFORM put_conversation_words(ARRAY(SELECT v.id FROM conversations v WHERE v.customer_id = ANY (people)));
  RETURN NULL;
END $$;

ALTER FUNCTION public.word_addresses() OWNER TO heed_owner;

CREATE FUNCTION public.word_changed_conversation() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  PERFORM put_conversation_words(ARRAY[NEW.id]);
  RETURN NULL;
END $$;

ALTER FUNCTION public.word_changed_conversation() OWNER TO heed_owner;

CREATE FUNCTION public.word_changed_message() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  IF NEW.emptied_at IS NOT NULL THEN
    DELETE FROM desk_words w WHERE w.id = NEW.id;
  ELSIF (OLD.own, OLD.subject, OLD.from_name, OLD.from_address, OLD.recipients, OLD.copies)
    IS DISTINCT FROM (NEW.own, NEW.subject, NEW.from_name, NEW.from_address, NEW.recipients, NEW.copies) THEN
    PERFORM put_message_words(ARRAY[NEW.id]);
  ELSE
    UPDATE desk_words w SET conversation_id = NEW.conversation_id WHERE w.id = NEW.id AND w.conversation_id <> NEW.conversation_id;
  END IF;
  RETURN NULL;
END $$;

ALTER FUNCTION public.word_changed_message() OWNER TO heed_owner;

CREATE FUNCTION public.word_left_message() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  PERFORM put_message_words(ARRAY[NEW.id]);
  RETURN NULL;
END $$;

ALTER FUNCTION public.word_left_message() OWNER TO heed_owner;

CREATE FUNCTION public.word_moved_note() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  UPDATE desk_words w SET conversation_id = NEW.conversation_id WHERE w.id = NEW.id;
  RETURN NULL;
END $$;

ALTER FUNCTION public.word_moved_note() OWNER TO heed_owner;

CREATE FUNCTION public.word_new_conversations() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  PERFORM put_conversation_words(ARRAY(SELECT v.id FROM made v));
  RETURN NULL;
END $$;

ALTER FUNCTION public.word_new_conversations() OWNER TO heed_owner;

CREATE FUNCTION public.word_new_customers() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  PERFORM put_customer_words(ARRAY(SELECT u.id FROM made u));
  RETURN NULL;
END $$;

ALTER FUNCTION public.word_new_customers() OWNER TO heed_owner;

CREATE FUNCTION public.word_new_files() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  PERFORM put_message_words(ARRAY(SELECT DISTINCT a.message_id FROM made a));
  RETURN NULL;
END $$;

ALTER FUNCTION public.word_new_files() OWNER TO heed_owner;

CREATE FUNCTION public.word_new_messages() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  PERFORM put_message_words(ARRAY(SELECT m.id FROM made m WHERE m.sending IS DISTINCT FROM 'waiting'));
  RETURN NULL;
END $$;

ALTER FUNCTION public.word_new_messages() OWNER TO heed_owner;

CREATE FUNCTION public.word_new_notes() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  PERFORM put_note_words(ARRAY(SELECT n.id FROM made n));
  RETURN NULL;
END $$;

ALTER FUNCTION public.word_new_notes() OWNER TO heed_owner;

CREATE FUNCTION public.word_renamed_customer() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
  PERFORM put_customer_words(ARRAY[NEW.id]);
  PERFORM put_conversation_words(ARRAY(SELECT v.id FROM conversations v WHERE v.customer_id = NEW.id));
  RETURN NULL;
END $$;

ALTER FUNCTION public.word_renamed_customer() OWNER TO heed_owner;

CREATE TEXT SEARCH DICTIONARY public.english_folded (
    TEMPLATE = pg_catalog.snowball,
    language = 'english' );

ALTER TEXT SEARCH DICTIONARY public.english_folded OWNER TO heed_owner;

CREATE TEXT SEARCH DICTIONARY public.portuguese_folded (
    TEMPLATE = pg_catalog.snowball,
    language = 'portuguese' );

ALTER TEXT SEARCH DICTIONARY public.portuguese_folded OWNER TO heed_owner;

CREATE TEXT SEARCH CONFIGURATION public.english_folded (
    PARSER = pg_catalog."default" );

ALTER TEXT SEARCH CONFIGURATION public.english_folded
    ADD MAPPING FOR asciiword WITH public.english_folded;

ALTER TEXT SEARCH CONFIGURATION public.english_folded
    ADD MAPPING FOR word WITH public.english_folded;

ALTER TEXT SEARCH CONFIGURATION public.english_folded
    ADD MAPPING FOR numword WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.english_folded
    ADD MAPPING FOR email WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.english_folded
    ADD MAPPING FOR url WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.english_folded
    ADD MAPPING FOR host WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.english_folded
    ADD MAPPING FOR sfloat WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.english_folded
    ADD MAPPING FOR version WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.english_folded
    ADD MAPPING FOR hword_numpart WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.english_folded
    ADD MAPPING FOR hword_part WITH public.english_folded;

ALTER TEXT SEARCH CONFIGURATION public.english_folded
    ADD MAPPING FOR hword_asciipart WITH public.english_folded;

ALTER TEXT SEARCH CONFIGURATION public.english_folded
    ADD MAPPING FOR numhword WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.english_folded
    ADD MAPPING FOR asciihword WITH public.english_folded;

ALTER TEXT SEARCH CONFIGURATION public.english_folded
    ADD MAPPING FOR hword WITH public.english_folded;

ALTER TEXT SEARCH CONFIGURATION public.english_folded
    ADD MAPPING FOR url_path WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.english_folded
    ADD MAPPING FOR file WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.english_folded
    ADD MAPPING FOR "float" WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.english_folded
    ADD MAPPING FOR "int" WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.english_folded
    ADD MAPPING FOR uint WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.english_folded OWNER TO heed_owner;

CREATE TEXT SEARCH CONFIGURATION public.portuguese_folded (
    PARSER = pg_catalog."default" );

ALTER TEXT SEARCH CONFIGURATION public.portuguese_folded
    ADD MAPPING FOR asciiword WITH public.portuguese_folded;

ALTER TEXT SEARCH CONFIGURATION public.portuguese_folded
    ADD MAPPING FOR word WITH public.portuguese_folded;

ALTER TEXT SEARCH CONFIGURATION public.portuguese_folded
    ADD MAPPING FOR numword WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.portuguese_folded
    ADD MAPPING FOR email WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.portuguese_folded
    ADD MAPPING FOR url WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.portuguese_folded
    ADD MAPPING FOR host WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.portuguese_folded
    ADD MAPPING FOR sfloat WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.portuguese_folded
    ADD MAPPING FOR version WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.portuguese_folded
    ADD MAPPING FOR hword_numpart WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.portuguese_folded
    ADD MAPPING FOR hword_part WITH public.portuguese_folded;

ALTER TEXT SEARCH CONFIGURATION public.portuguese_folded
    ADD MAPPING FOR hword_asciipart WITH public.portuguese_folded;

ALTER TEXT SEARCH CONFIGURATION public.portuguese_folded
    ADD MAPPING FOR numhword WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.portuguese_folded
    ADD MAPPING FOR asciihword WITH public.portuguese_folded;

ALTER TEXT SEARCH CONFIGURATION public.portuguese_folded
    ADD MAPPING FOR hword WITH public.portuguese_folded;

ALTER TEXT SEARCH CONFIGURATION public.portuguese_folded
    ADD MAPPING FOR url_path WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.portuguese_folded
    ADD MAPPING FOR file WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.portuguese_folded
    ADD MAPPING FOR "float" WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.portuguese_folded
    ADD MAPPING FOR "int" WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.portuguese_folded
    ADD MAPPING FOR uint WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.portuguese_folded OWNER TO heed_owner;

SET default_tablespace = '';

SET default_table_access_method = heap;

CREATE TABLE public.reminders (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    profile_id uuid NOT NULL,
    title text NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    importance text NOT NULL,
    status text NOT NULL,
    next_at timestamp with time zone,
    last_at timestamp with time zone,
    snoozed_until timestamp with time zone,
    completed_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    revision bigint DEFAULT 0 NOT NULL,
    open_since timestamp with time zone,
    sort_at timestamp with time zone GENERATED ALWAYS AS (COALESCE(snoozed_until, open_since, next_at, last_at, 'infinity'::timestamp with time zone)) STORED NOT NULL,
    habit_id uuid,
    escalation_state text,
    tier integer,
    tiers integer,
    last_message_id uuid,
    message_agent text,
    message_state text,
    of_desk boolean DEFAULT false NOT NULL,
    CONSTRAINT reminders_deleted CHECK (((status <> 'deleted'::text) OR (habit_id IS NOT NULL))),
    CONSTRAINT reminders_description_length CHECK ((octet_length(description) <= 16384)),
    CONSTRAINT reminders_importance CHECK ((importance = ANY (ARRAY['low'::text, 'medium'::text, 'high'::text, 'critical'::text]))),
    CONSTRAINT reminders_snoozed CHECK (((status = 'snoozed'::text) = (snoozed_until IS NOT NULL))),
    CONSTRAINT reminders_status CHECK ((status = ANY (ARRAY['active'::text, 'snoozed'::text, 'completed'::text, 'archived'::text, 'deleted'::text]))),
    CONSTRAINT reminders_title_length CHECK (((length(title) >= 1) AND (length(title) <= 200)))
)
WITH (autovacuum_vacuum_scale_factor='0.02', autovacuum_vacuum_threshold='2000');

ALTER TABLE public.reminders OWNER TO heed_owner;

CREATE VIEW door.reminders AS
 SELECT reminders.id,
    reminders.title,
    reminders.description,
    reminders.status,
    reminders.importance,
    reminders.sort_at,
    reminders.next_at,
    reminders.snoozed_until,
    reminders.profile_id,
    lower(reminders.title) AS title_key,
    array_position(ARRAY['critical'::text, 'high'::text, 'medium'::text, 'low'::text], reminders.importance) AS rank,
    reminders.habit_id,
    reminders.escalation_state,
    reminders.tier,
    reminders.tiers,
    reminders.last_message_id,
    reminders.message_agent,
    reminders.message_state
   FROM public.reminders
  WHERE (reminders.user_id = ( SELECT public.me() AS me));

ALTER TABLE door.reminders OWNER TO heed_owner;

CREATE TABLE public.account_keys (
    account_id uuid NOT NULL,
    version smallint NOT NULL,
    wrapped bytea NOT NULL,
    made_at timestamp with time zone NOT NULL,
    retired_at timestamp with time zone,
    CONSTRAINT account_keys_version CHECK (((version >= 1) AND (version <= 255))),
    CONSTRAINT account_keys_wrapped CHECK ((octet_length(wrapped) = 60))
);

ALTER TABLE public.account_keys OWNER TO heed_owner;

CREATE TABLE public.account_mails (
    id uuid NOT NULL,
    user_id uuid,
    kind text NOT NULL,
    email text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    asked_from jsonb,
    CONSTRAINT account_mails_kind CHECK ((kind = ANY (ARRAY['verification'::text, 'reset'::text, 'sign_up'::text, 'password_changed'::text, 'agent_off'::text, 'webhook_off'::text, 'push_off'::text]))),
    CONSTRAINT account_mails_owned CHECK (((user_id IS NOT NULL) OR (kind = 'reset'::text)))
)
WITH (autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='1000');

ALTER TABLE public.account_mails OWNER TO heed_owner;

CREATE TABLE public.accounts (
    id uuid NOT NULL,
    name text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT accounts_name_length CHECK ((length(name) <= 200))
);

ALTER TABLE public.accounts OWNER TO heed_owner;

CREATE TABLE public.address_sends (
    user_id uuid NOT NULL,
    channel text NOT NULL,
    address_key text NOT NULL,
    at timestamp with time zone NOT NULL,
    message_id uuid,
    CONSTRAINT address_sends_channel CHECK ((channel = ANY (ARRAY['email'::text, 'sms'::text])))
);

ALTER TABLE public.address_sends OWNER TO heed_owner;

CREATE TABLE public.agent_tests (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    type text NOT NULL,
    number bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT agent_tests_type CHECK ((type = ANY (ARRAY['email'::text, 'sms'::text, 'webhook'::text, 'push'::text, 'pull'::text])))
);

ALTER TABLE public.agent_tests OWNER TO heed_owner;

ALTER TABLE public.agent_tests ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.agent_tests_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.agents (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    type text NOT NULL,
    enabled boolean NOT NULL,
    configuration bytea,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    revision bigint DEFAULT 0 NOT NULL,
    gone_at timestamp with time zone,
    CONSTRAINT agents_type CHECK ((type = ANY (ARRAY['email'::text, 'sms'::text, 'webhook'::text, 'push'::text, 'pull'::text])))
);

ALTER TABLE public.agents OWNER TO heed_owner;

CREATE TABLE public.api_keys (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    name text NOT NULL,
    prefix text NOT NULL,
    key_hash bytea NOT NULL,
    scopes text[] NOT NULL,
    expires_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    CONSTRAINT api_keys_key_hash_length CHECK ((length(key_hash) = 32)),
    CONSTRAINT api_keys_name CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    CONSTRAINT api_keys_prefix CHECK (((length(prefix) >= 1) AND (length(prefix) <= 20))),
    CONSTRAINT api_keys_scopes CHECK (((cardinality(scopes) >= 1) AND (cardinality(scopes) <= 20)))
);

ALTER TABLE public.api_keys OWNER TO heed_owner;

CREATE TABLE public.assistant_steps (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    chat_id uuid NOT NULL,
    number integer NOT NULL,
    tool text NOT NULL,
    arguments text NOT NULL,
    rows integer NOT NULL,
    milliseconds integer NOT NULL,
    status text NOT NULL,
    error text DEFAULT ''::text NOT NULL,
    run_id uuid,
    CONSTRAINT assistant_steps_arguments CHECK ((octet_length(arguments) <= 4000)),
    CONSTRAINT assistant_steps_error CHECK ((length(error) <= 400)),
    CONSTRAINT assistant_steps_milliseconds CHECK ((milliseconds >= 0)),
    CONSTRAINT assistant_steps_rows CHECK ((rows >= 0)),
    CONSTRAINT assistant_steps_status CHECK ((status = ANY (ARRAY['ok'::text, 'error'::text, 'refused'::text]))),
    CONSTRAINT assistant_steps_told CHECK (((status = 'ok'::text) = (error = ''::text))),
    CONSTRAINT assistant_steps_tool CHECK (((length(tool) >= 1) AND (length(tool) <= 60)))
);

ALTER TABLE public.assistant_steps OWNER TO heed_owner;

CREATE TABLE public.assistant_turns (
    chat_id uuid NOT NULL,
    number integer NOT NULL,
    user_id uuid NOT NULL,
    state text NOT NULL,
    began_at timestamp with time zone NOT NULL,
    CONSTRAINT assistant_turns_state CHECK ((octet_length(state) <= 2000000))
);

ALTER TABLE public.assistant_turns OWNER TO heed_owner;

CREATE TABLE public.assumption_evidence (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    assumption_id uuid NOT NULL,
    kind text NOT NULL,
    thing uuid NOT NULL,
    part text DEFAULT ''::text NOT NULL,
    quote text NOT NULL,
    weighed_at timestamp with time zone NOT NULL,
    gone_at timestamp with time zone,
    CONSTRAINT assumption_evidence_kind CHECK (((length(kind) >= 1) AND (length(kind) <= 40))),
    CONSTRAINT assumption_evidence_part CHECK ((length(part) <= 254)),
    CONSTRAINT assumption_evidence_quote CHECK ((length(quote) <= 500))
);

ALTER TABLE public.assumption_evidence OWNER TO heed_owner;

CREATE TABLE public.assumption_rounds (
    user_id uuid NOT NULL,
    due_at timestamp with time zone NOT NULL
);

ALTER TABLE public.assumption_rounds OWNER TO heed_owner;

CREATE TABLE public.assumptions (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    key text NOT NULL,
    subject_kind text,
    subject_id uuid,
    predicate text DEFAULT ''::text NOT NULL,
    object_kind text,
    object_id uuid,
    object text DEFAULT ''::text NOT NULL,
    words text NOT NULL,
    category text NOT NULL,
    confidence numeric(3,2) NOT NULL,
    state text DEFAULT 'open'::text NOT NULL,
    written text NOT NULL,
    faded text,
    again_state text,
    again_at timestamp with time zone,
    correction text DEFAULT ''::text NOT NULL,
    answered_at timestamp with time zone,
    answered_by uuid,
    superseded_by uuid,
    hidden boolean DEFAULT false NOT NULL,
    moved uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    revision bigint DEFAULT 0 NOT NULL,
    CONSTRAINT assumptions_again CHECK (((again_state IS NULL) = (again_at IS NULL))),
    CONSTRAINT assumptions_again_state CHECK ((again_state = ANY (ARRAY['corrected'::text, 'dismissed'::text]))),
    CONSTRAINT assumptions_answered CHECK (((state = ANY (ARRAY['confirmed'::text, 'corrected'::text, 'dismissed'::text])) <= (answered_at IS NOT NULL))),
    CONSTRAINT assumptions_category CHECK ((category = ANY (ARRAY['intent'::text, 'context'::text, 'preference'::text, 'inference'::text]))),
    CONSTRAINT assumptions_confidence CHECK (((confidence >= (0)::numeric) AND (confidence <= (1)::numeric))),
    CONSTRAINT assumptions_correction CHECK ((length(correction) <= 1000)),
    CONSTRAINT assumptions_faded CHECK ((faded = ANY (ARRAY['time'::text, 'evidence'::text, 'room'::text]))),
    CONSTRAINT assumptions_faded_state CHECK (((state = 'faded'::text) <= (faded IS NOT NULL))),
    CONSTRAINT assumptions_key CHECK (((length(key) >= 1) AND (length(key) <= 400))),
    CONSTRAINT assumptions_object CHECK ((length(object) <= 200)),
    CONSTRAINT assumptions_object_kind CHECK (((length(object_kind) >= 1) AND (length(object_kind) <= 40))),
    CONSTRAINT assumptions_object_one CHECK (((object_id IS NULL) = (object_kind IS NULL))),
    CONSTRAINT assumptions_predicate CHECK ((length(predicate) <= 40)),
    CONSTRAINT assumptions_state CHECK ((state = ANY (ARRAY['open'::text, 'confirmed'::text, 'corrected'::text, 'dismissed'::text, 'faded'::text, 'superseded'::text]))),
    CONSTRAINT assumptions_subject CHECK (((subject_id IS NULL) = (subject_kind IS NULL))),
    CONSTRAINT assumptions_subject_kind CHECK (((length(subject_kind) >= 1) AND (length(subject_kind) <= 40))),
    CONSTRAINT assumptions_words CHECK (((length(words) >= 1) AND (length(words) <= 1000))),
    CONSTRAINT assumptions_written CHECK ((written = ANY (ARRAY['rules'::text, 'model'::text, 'person'::text])))
);

ALTER TABLE public.assumptions OWNER TO heed_owner;

CREATE TABLE public.attachments (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    message_id uuid NOT NULL,
    n smallint NOT NULL,
    name text NOT NULL,
    type text NOT NULL,
    size bigint NOT NULL,
    sha256 bytea,
    content_id text DEFAULT ''::text NOT NULL,
    is_inline boolean DEFAULT false NOT NULL,
    state text NOT NULL,
    url text,
    CONSTRAINT attachments_name CHECK (((length(name) >= 1) AND (length(name) <= 120))),
    CONSTRAINT attachments_state CHECK ((state = ANY (ARRAY['kept'::text, 'large'::text, 'emptied'::text, 'asked'::text, 'failed'::text]))),
    CONSTRAINT attachments_type CHECK ((octet_length(type) <= 200))
);

ALTER TABLE public.attachments OWNER TO heed_owner;

CREATE TABLE public.attempts (
    kind text NOT NULL,
    key bytea NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT attempts_kind_length CHECK ((length(kind) <= 40))
)
WITH (autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='1000');

ALTER TABLE public.attempts OWNER TO heed_owner;

CREATE TABLE public.audit_archives (
    account_id uuid NOT NULL,
    number bigint NOT NULL,
    mac bytea NOT NULL,
    seal bytea NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT audit_archives_number CHECK ((number >= 1))
);

ALTER TABLE public.audit_archives OWNER TO heed_owner;

CREATE TABLE public.audit_heads (
    account_id uuid NOT NULL,
    number bigint NOT NULL,
    mac bytea NOT NULL
)
WITH (autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='1000');

ALTER TABLE public.audit_heads OWNER TO heed_owner;

CREATE TABLE public.audit_log (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    number bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    user_id uuid,
    actor text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    subject_id uuid,
    payload text,
    payload_sha256 bytea NOT NULL,
    address text DEFAULT ''::text NOT NULL,
    agent text DEFAULT ''::text NOT NULL,
    request_id text DEFAULT ''::text NOT NULL,
    mac bytea NOT NULL,
    actor_id uuid,
    version smallint NOT NULL,
    CONSTRAINT audit_log_action_length CHECK ((length(action) <= 60)),
    CONSTRAINT audit_log_actor CHECK ((actor = ANY (ARRAY['user'::text, 'link'::text, 'webhook'::text, 'key'::text, 'operator'::text, 'system'::text, 'sms'::text, 'assistant'::text]))),
    CONSTRAINT audit_log_version CHECK (((version > 0) OR (actor_id IS NULL)))
);

ALTER TABLE public.audit_log OWNER TO heed_owner;

CREATE TABLE public.channel_failures (
    channel_id uuid NOT NULL,
    account_id uuid NOT NULL,
    told_at timestamp with time zone NOT NULL,
    rung_at timestamp with time zone,
    user_id uuid,
    reminder_id uuid
);

ALTER TABLE public.channel_failures OWNER TO heed_owner;

CREATE TABLE public.channel_states (
    channel_id uuid NOT NULL,
    account_id uuid NOT NULL,
    last_look_at timestamp with time zone,
    last_good_at timestamp with time zone,
    last_message_at timestamp with time zone,
    failing_since timestamp with time zone,
    error text DEFAULT ''::text NOT NULL,
    uid_validity bigint,
    last_uid bigint DEFAULT 0 NOT NULL,
    mailbox integer DEFAULT 0 NOT NULL,
    CONSTRAINT channel_states_error CHECK ((length(error) <= 300))
);

ALTER TABLE public.channel_states OWNER TO heed_owner;

CREATE TABLE public.channel_tests (
    id uuid NOT NULL,
    channel_id uuid NOT NULL,
    account_id uuid NOT NULL,
    user_id uuid NOT NULL,
    number bigint NOT NULL,
    created_at timestamp with time zone NOT NULL
);

ALTER TABLE public.channel_tests OWNER TO heed_owner;

ALTER TABLE public.channel_tests ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.channel_tests_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.channels (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    name text NOT NULL,
    type text NOT NULL,
    external_id text NOT NULL,
    address text,
    aliases text[] NOT NULL,
    inbound text NOT NULL,
    folder text NOT NULL,
    imap_host text DEFAULT ''::text NOT NULL,
    imap_port integer,
    imap_security text DEFAULT 'tls'::text NOT NULL,
    imap_user text DEFAULT ''::text NOT NULL,
    imap_password bytea,
    imap_folder text DEFAULT 'INBOX'::text NOT NULL,
    smtp_host text DEFAULT ''::text NOT NULL,
    smtp_port integer,
    smtp_security text DEFAULT 'starttls'::text NOT NULL,
    smtp_user text DEFAULT ''::text NOT NULL,
    smtp_password bytea,
    outbound_url text,
    secret bytea NOT NULL,
    old_secret bytea,
    old_secret_until timestamp with time zone,
    signature text NOT NULL,
    language text NOT NULL,
    timezone text NOT NULL,
    target_minutes integer,
    hours text NOT NULL,
    closed_on date[] NOT NULL,
    profile_id uuid,
    acknowledge text DEFAULT ''::text NOT NULL,
    acknowledge_when text DEFAULT 'never'::text NOT NULL,
    auto_draft boolean NOT NULL,
    trusts_spam boolean DEFAULT false NOT NULL,
    enabled boolean NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    revision bigint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT channels_acknowledge CHECK ((octet_length(acknowledge) <= 4096)),
    CONSTRAINT channels_acknowledge_when CHECK ((acknowledge_when = ANY (ARRAY['never'::text, 'closed'::text, 'always'::text]))),
    CONSTRAINT channels_address CHECK (((octet_length(address) >= 3) AND (octet_length(address) <= 254))),
    CONSTRAINT channels_aliases CHECK ((cardinality(aliases) <= 20)),
    CONSTRAINT channels_closed CHECK ((cardinality(closed_on) <= 400)),
    CONSTRAINT channels_external CHECK ((length(external_id) <= 200)),
    CONSTRAINT channels_folder CHECK ((length(folder) <= 100)),
    CONSTRAINT channels_hours CHECK ((length(hours) <= 10000)),
    CONSTRAINT channels_imap_folder CHECK (((length(imap_folder) >= 1) AND (length(imap_folder) <= 200))),
    CONSTRAINT channels_imap_host CHECK ((octet_length(imap_host) <= 253)),
    CONSTRAINT channels_imap_port CHECK (((imap_port >= 1) AND (imap_port <= 65535))),
    CONSTRAINT channels_imap_security CHECK ((imap_security = ANY (ARRAY['tls'::text, 'starttls'::text]))),
    CONSTRAINT channels_imap_user CHECK ((length(imap_user) <= 254)),
    CONSTRAINT channels_inbound CHECK ((inbound = ANY (ARRAY['webhook'::text, 'maildir'::text, 'imap'::text]))),
    CONSTRAINT channels_language CHECK ((language = ANY (ARRAY['en'::text, 'pt-BR'::text]))),
    CONSTRAINT channels_mail CHECK (((type = 'email'::text) = (address IS NOT NULL))),
    CONSTRAINT channels_mailbox CHECK (((inbound = 'webhook'::text) OR (type = 'email'::text))),
    CONSTRAINT channels_name CHECK (((length(name) >= 1) AND (length(name) <= 100))),
    CONSTRAINT channels_old_secret CHECK (((old_secret IS NULL) = (old_secret_until IS NULL))),
    CONSTRAINT channels_outbound CHECK (((octet_length(outbound_url) >= 1) AND (octet_length(outbound_url) <= 2048))),
    CONSTRAINT channels_signature CHECK ((octet_length(signature) <= 4096)),
    CONSTRAINT channels_smtp_host CHECK ((octet_length(smtp_host) <= 253)),
    CONSTRAINT channels_smtp_port CHECK (((smtp_port >= 1) AND (smtp_port <= 65535))),
    CONSTRAINT channels_smtp_security CHECK ((smtp_security = ANY (ARRAY['tls'::text, 'starttls'::text]))),
    CONSTRAINT channels_smtp_user CHECK ((length(smtp_user) <= 254)),
    CONSTRAINT channels_target CHECK (((target_minutes >= 1) AND (target_minutes <= 43200))),
    CONSTRAINT channels_timezone CHECK (((length(timezone) >= 1) AND (length(timezone) <= 64))),
    CONSTRAINT channels_type CHECK ((type = ANY (ARRAY['email'::text, 'chat'::text, 'shopify'::text, 'slack'::text])))
);

ALTER TABLE public.channels OWNER TO heed_owner;

CREATE TABLE public.chat_messages (
    id uuid NOT NULL,
    chat_id uuid NOT NULL,
    user_id uuid NOT NULL,
    number integer NOT NULL,
    said text NOT NULL,
    kept_back boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    answer text,
    answered_at timestamp with time zone,
    personality text,
    language text,
    prompt text,
    written text,
    page text,
    habit_id uuid,
    kind text DEFAULT 'coach'::text NOT NULL,
    stopped_at timestamp with time zone,
    given jsonb DEFAULT '[]'::jsonb NOT NULL,
    saw jsonb DEFAULT '[]'::jsonb NOT NULL,
    proposals uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    assumptions uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    is_foreign boolean DEFAULT false NOT NULL,
    CONSTRAINT chat_messages_answer CHECK (((length(answer) >= 1) AND (length(answer) <= 4000))),
    CONSTRAINT chat_messages_answered CHECK (
CASE kind
    WHEN 'coach'::text THEN (num_nonnulls(answer, answered_at, personality, language, prompt, written) = ANY (ARRAY[0, 6]))
    ELSE ((num_nonnulls(answer, answered_at, language, prompt, written) = ANY (ARRAY[0, 5])) AND (num_nonnulls(personality, page, habit_id) = 0))
END),
    CONSTRAINT chat_messages_coach CHECK (((kind = 'assistant'::text) OR ((given = '[]'::jsonb) AND (saw = '[]'::jsonb) AND (proposals = '{}'::uuid[]) AND (assumptions = '{}'::uuid[]) AND (NOT is_foreign)))),
    CONSTRAINT chat_messages_language CHECK ((language = ANY (ARRAY['en'::text, 'pt-BR'::text]))),
    CONSTRAINT chat_messages_page CHECK ((page = ANY (ARRAY['habits'::text, 'review'::text, 'habit'::text, 'edit'::text, 'pause'::text]))),
    CONSTRAINT chat_messages_personality CHECK ((personality = ANY (ARRAY['yoda'::text, 'general'::text, 'mentor'::text]))),
    CONSTRAINT chat_messages_prompt CHECK (((length(prompt) >= 1) AND (length(prompt) <= 100))),
    CONSTRAINT chat_messages_said CHECK (((octet_length(said) >= 1) AND (octet_length(said) <= 4096))),
    CONSTRAINT chat_messages_stopped CHECK (((stopped_at IS NULL) OR ((kind = 'assistant'::text) AND (answer IS NULL)))),
    CONSTRAINT chat_messages_written CHECK (
CASE kind
    WHEN 'coach'::text THEN (written = ANY (ARRAY['template'::text, 'model'::text]))
    ELSE (written = ANY (ARRAY['rules'::text, 'model'::text]))
END)
);

ALTER TABLE public.chat_messages OWNER TO heed_owner;

CREATE TABLE public.chat_sessions (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    source text NOT NULL,
    chat_id text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    last_activity_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone NOT NULL,
    CONSTRAINT chat_sessions_chat CHECK ((length(chat_id) <= 200)),
    CONSTRAINT chat_sessions_order CHECK (((started_at <= last_activity_at) AND (last_activity_at < ended_at))),
    CONSTRAINT chat_sessions_source CHECK (((length(source) >= 1) AND (length(source) <= 40)))
);

ALTER TABLE public.chat_sessions OWNER TO heed_owner;

CREATE TABLE public.chats (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    title text NOT NULL,
    status text NOT NULL,
    said_at timestamp with time zone NOT NULL,
    job_id uuid,
    deleted_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    kind text DEFAULT 'coach'::text NOT NULL,
    CONSTRAINT chats_kind CHECK ((kind = ANY (ARRAY['coach'::text, 'assistant'::text]))),
    CONSTRAINT chats_status CHECK ((status = ANY (ARRAY['active'::text, 'archived'::text]))),
    CONSTRAINT chats_title CHECK (((length(title) >= 1) AND (length(title) <= 100)))
);

ALTER TABLE public.chats OWNER TO heed_owner;

CREATE TABLE public.coach_messages (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    event text NOT NULL,
    habit_id uuid,
    goal_id uuid,
    date date NOT NULL,
    personality text NOT NULL,
    language text NOT NULL,
    prompt text NOT NULL,
    written text NOT NULL,
    offers boolean NOT NULL,
    text text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT coach_messages_about CHECK ((num_nonnulls(habit_id, goal_id) =
CASE
    WHEN (event = 'weekly_analysis'::text) THEN 0
    ELSE 1
END)),
    CONSTRAINT coach_messages_event CHECK ((event = ANY (ARRAY['habit_complete'::text, 'habit_fail'::text, 'streak'::text, 'goal_complete'::text, 'weekly_analysis'::text]))),
    CONSTRAINT coach_messages_language CHECK ((language = ANY (ARRAY['en'::text, 'pt-BR'::text]))),
    CONSTRAINT coach_messages_personality CHECK ((personality = ANY (ARRAY['yoda'::text, 'general'::text, 'mentor'::text]))),
    CONSTRAINT coach_messages_prompt CHECK (((length(prompt) >= 1) AND (length(prompt) <= 100))),
    CONSTRAINT coach_messages_text CHECK ((length(text) <= 2000)),
    CONSTRAINT coach_messages_written CHECK ((written = ANY (ARRAY['template'::text, 'model'::text])))
);

ALTER TABLE public.coach_messages OWNER TO heed_owner;

CREATE TABLE public.coach_rounds (
    user_id uuid NOT NULL,
    looked_on date NOT NULL,
    due_at timestamp with time zone NOT NULL
);

ALTER TABLE public.coach_rounds OWNER TO heed_owner;

CREATE TABLE public.completion_criteria (
    reminder_id uuid NOT NULL,
    user_id uuid NOT NULL,
    type text NOT NULL,
    link_number integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT completion_criteria_type CHECK ((type = ANY (ARRAY['manual'::text, 'webhook'::text, 'api'::text])))
);

ALTER TABLE public.completion_criteria OWNER TO heed_owner;

CREATE TABLE public.connections (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    type text NOT NULL,
    name text NOT NULL,
    provider text DEFAULT ''::text NOT NULL,
    subject text DEFAULT ''::text NOT NULL,
    endpoint text DEFAULT ''::text NOT NULL,
    username text DEFAULT ''::text NOT NULL,
    secret bytea,
    scopes text[] DEFAULT '{}'::text[] NOT NULL,
    state text DEFAULT 'new'::text NOT NULL,
    error_count integer DEFAULT 0 NOT NULL,
    last_error text DEFAULT ''::text NOT NULL,
    last_success_at timestamp with time zone,
    next_try_at timestamp with time zone,
    token_expires_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    revision bigint DEFAULT 0 NOT NULL,
    CONSTRAINT connections_endpoint CHECK ((length(endpoint) <= 2000)),
    CONSTRAINT connections_error_count CHECK ((error_count >= 0)),
    CONSTRAINT connections_last_error CHECK ((length(last_error) <= 500)),
    CONSTRAINT connections_name CHECK (((length(name) >= 1) AND (length(name) <= 80))),
    CONSTRAINT connections_provider CHECK ((length(provider) <= 100)),
    CONSTRAINT connections_scopes CHECK ((cardinality(scopes) <= 50)),
    CONSTRAINT connections_state CHECK ((state = ANY (ARRAY['new'::text, 'working'::text, 'failing'::text, 'needs_attention'::text, 'off'::text]))),
    CONSTRAINT connections_subject CHECK ((length(subject) <= 255)),
    CONSTRAINT connections_type CHECK ((type = ANY (ARRAY['imap'::text, 'caldav'::text, 'ics'::text, 'oauth'::text]))),
    CONSTRAINT connections_username CHECK ((length(username) <= 254))
);

ALTER TABLE public.connections OWNER TO heed_owner;

CREATE TABLE public.contact_log (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    person_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    words text DEFAULT ''::text NOT NULL,
    event_id uuid,
    instance timestamp without time zone,
    created_at timestamp with time zone NOT NULL,
    taken_out boolean DEFAULT false NOT NULL,
    CONSTRAINT contact_log_instance CHECK (((instance IS NULL) OR (event_id IS NOT NULL))),
    CONSTRAINT contact_log_words CHECK ((octet_length(words) <= 4096))
);

ALTER TABLE public.contact_log OWNER TO heed_owner;

CREATE TABLE public.contact_mails (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    address text NOT NULL,
    asked_by text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone
);

ALTER TABLE public.contact_mails OWNER TO heed_owner;

CREATE TABLE public.contact_rounds (
    user_id uuid NOT NULL,
    due_at timestamp with time zone
);

ALTER TABLE public.contact_rounds OWNER TO heed_owner;

CREATE TABLE public.contact_stops (
    user_id uuid NOT NULL,
    address_key text NOT NULL,
    at timestamp with time zone NOT NULL
);

ALTER TABLE public.contact_stops OWNER TO heed_owner;

CREATE TABLE public.contacts (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    name text NOT NULL,
    address text NOT NULL,
    address_key text NOT NULL,
    phone text NOT NULL,
    relationship text NOT NULL,
    timezone text NOT NULL,
    zone_rule text NOT NULL,
    language text NOT NULL,
    quiet_from integer,
    quiet_until integer,
    shows_notes boolean NOT NULL,
    notify_email boolean NOT NULL,
    notify_sms boolean NOT NULL,
    verified_at timestamp with time zone,
    deleted_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    revision bigint DEFAULT 0 NOT NULL,
    quiet_days smallint DEFAULT 0 NOT NULL,
    quiet_days_from integer,
    quiet_days_until integer,
    quiet_critical boolean DEFAULT false NOT NULL,
    CONSTRAINT contacts_address CHECK ((octet_length(address) <= 254)),
    CONSTRAINT contacts_language CHECK ((language = ANY (ARRAY['en'::text, 'pt-BR'::text]))),
    CONSTRAINT contacts_name CHECK (((length(name) >= 1) AND (length(name) <= 100))),
    CONSTRAINT contacts_phone CHECK ((phone ~ '^([+][1-9][0-9]{7,14})?$'::text)),
    CONSTRAINT contacts_quiet_both CHECK (((quiet_from IS NULL) = (quiet_until IS NULL))),
    CONSTRAINT contacts_quiet_days CHECK (((quiet_days >= 0) AND (quiet_days <= 127))),
    CONSTRAINT contacts_quiet_days_both CHECK (((quiet_days_from IS NULL) = (quiet_days_until IS NULL))),
    CONSTRAINT contacts_quiet_days_from CHECK (((quiet_days_from >= 0) AND (quiet_days_from <= 86399))),
    CONSTRAINT contacts_quiet_days_until CHECK (((quiet_days_until >= 0) AND (quiet_days_until <= 86399))),
    CONSTRAINT contacts_quiet_from CHECK (((quiet_from >= 0) AND (quiet_from <= 86399))),
    CONSTRAINT contacts_quiet_until CHECK (((quiet_until >= 0) AND (quiet_until <= 86399))),
    CONSTRAINT contacts_reached CHECK (((address <> ''::text) OR (phone <> ''::text))),
    CONSTRAINT contacts_relationship CHECK ((length(relationship) <= 100))
);

ALTER TABLE public.contacts OWNER TO heed_owner;

CREATE TABLE public.context_import_rows (
    import_id uuid NOT NULL,
    user_id uuid NOT NULL,
    number integer NOT NULL,
    line integer NOT NULL,
    outcome text NOT NULL,
    thing uuid,
    reason text DEFAULT ''::text NOT NULL,
    before jsonb,
    changed_to bigint,
    CONSTRAINT context_import_rows_outcome CHECK ((outcome = ANY (ARRAY['new'::text, 'same'::text, 'known'::text, 'updated'::text, 'trashed'::text, 'restored'::text, 'refused'::text]))),
    CONSTRAINT context_import_rows_reason CHECK ((length(reason) <= 1000))
);

ALTER TABLE public.context_import_rows OWNER TO heed_owner;

CREATE TABLE public.context_imports (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    noun text NOT NULL,
    kind text NOT NULL,
    file_name text DEFAULT ''::text NOT NULL,
    file bytea,
    sha256 bytea NOT NULL,
    makes_people boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone,
    same text DEFAULT 'update'::text NOT NULL,
    trash text DEFAULT 'skip'::text NOT NULL,
    job_id uuid,
    finished_at timestamp with time zone,
    failed boolean DEFAULT false NOT NULL,
    undo_at timestamp with time zone,
    undone_at timestamp with time zone,
    undone integer DEFAULT 0 NOT NULL,
    kept integer DEFAULT 0 NOT NULL,
    replaced_at timestamp with time zone,
    CONSTRAINT context_imports_file CHECK (((file IS NOT NULL) OR (finished_at IS NOT NULL) OR (replaced_at IS NOT NULL) OR failed)),
    CONSTRAINT context_imports_file_name CHECK ((length(file_name) <= 200)),
    CONSTRAINT context_imports_finished CHECK (((finished_at IS NULL) OR (confirmed_at IS NOT NULL))),
    CONSTRAINT context_imports_kind CHECK ((kind = ANY (ARRAY['vcf'::text, 'csv'::text, 'ics'::text]))),
    CONSTRAINT context_imports_noun CHECK ((noun = ANY (ARRAY['people'::text, 'events'::text]))),
    CONSTRAINT context_imports_replaced CHECK (((replaced_at IS NULL) OR (confirmed_at IS NULL))),
    CONSTRAINT context_imports_same CHECK ((same = ANY (ARRAY['skip'::text, 'update'::text, 'add'::text]))),
    CONSTRAINT context_imports_sha256 CHECK ((octet_length(sha256) = 32)),
    CONSTRAINT context_imports_trash CHECK ((trash = ANY (ARRAY['skip'::text, 'restore'::text]))),
    CONSTRAINT context_imports_undone CHECK (((undone_at IS NULL) OR (undo_at IS NOT NULL)))
);

ALTER TABLE public.context_imports OWNER TO heed_owner;

CREATE SEQUENCE public.desk_order
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER TABLE public.desk_order OWNER TO heed_owner;

CREATE TABLE public.conversation_events (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    number bigint DEFAULT nextval('public.desk_order'::regclass) NOT NULL,
    at timestamp with time zone NOT NULL,
    actor_id uuid,
    actor_name text DEFAULT ''::text NOT NULL,
    kind text NOT NULL,
    detail text DEFAULT ''::text NOT NULL,
    other_id uuid,
    CONSTRAINT conversation_events_kind CHECK (((length(kind) >= 1) AND (length(kind) <= 40)))
);

ALTER TABLE public.conversation_events OWNER TO heed_owner;

CREATE TABLE public.conversation_merges (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    source_id uuid NOT NULL,
    target_id uuid NOT NULL,
    actor_id uuid,
    asked_at timestamp with time zone NOT NULL,
    merged_at timestamp with time zone,
    undone_at timestamp with time zone,
    state text DEFAULT 'open'::text NOT NULL,
    messages uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    things uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    tags text[] DEFAULT '{}'::text[] NOT NULL,
    CONSTRAINT conversation_merges_state CHECK ((state = ANY (ARRAY['open'::text, 'waiting'::text, 'closed'::text, 'spam'::text])))
);

ALTER TABLE public.conversation_merges OWNER TO heed_owner;

CREATE TABLE public.conversation_notes (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    author_id uuid,
    author_name text NOT NULL,
    number bigint DEFAULT nextval('public.desk_order'::regclass) NOT NULL,
    text text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT conversation_notes_text CHECK (((octet_length(text) >= 1) AND (octet_length(text) <= 16384)))
);

ALTER TABLE public.conversation_notes OWNER TO heed_owner;

CREATE TABLE public.conversations (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    external_id text,
    subject text NOT NULL,
    subject_key text NOT NULL,
    customer_id uuid NOT NULL,
    state text NOT NULL,
    assignee_id uuid,
    tags text[] DEFAULT '{}'::text[] NOT NULL,
    language text NOT NULL,
    newest_inbound_id uuid,
    waiting_since timestamp with time zone,
    late_at timestamp with time zone,
    late_told_at timestamp with time zone,
    snoozed_until timestamp with time zone,
    claimed_by uuid,
    claimed_at timestamp with time zone,
    is_answerable boolean NOT NULL,
    may_belong_to uuid,
    continues uuid,
    merged_into uuid,
    messages integer DEFAULT 0 NOT NULL,
    last_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    revision bigint DEFAULT 1 NOT NULL,
    emptied_at timestamp with time zone,
    CONSTRAINT conversations_claimed CHECK (((claimed_by IS NULL) OR (claimed_at IS NOT NULL))),
    CONSTRAINT conversations_closed CHECK (((state = 'closed'::text) = (closed_at IS NOT NULL))),
    CONSTRAINT conversations_external CHECK (((octet_length(external_id) >= 1) AND (octet_length(external_id) <= 1000))),
    CONSTRAINT conversations_language CHECK ((language = ANY (ARRAY['en'::text, 'pt-BR'::text]))),
    CONSTRAINT conversations_snoozed CHECK (((state = 'snoozed'::text) = (snoozed_until IS NOT NULL))),
    CONSTRAINT conversations_state CHECK ((state = ANY (ARRAY['open'::text, 'waiting'::text, 'snoozed'::text, 'closed'::text, 'spam'::text]))),
    CONSTRAINT conversations_subject CHECK ((length(subject) <= 1000)),
    CONSTRAINT conversations_tags CHECK ((cardinality(tags) <= 10))
);

ALTER TABLE public.conversations OWNER TO heed_owner;

CREATE TABLE public.customer_addresses (
    account_id uuid NOT NULL,
    address_key text NOT NULL,
    address text NOT NULL,
    customer_id uuid NOT NULL,
    CONSTRAINT customer_addresses_key CHECK (((octet_length(address_key) >= 3) AND (octet_length(address_key) <= 320)))
);

ALTER TABLE public.customer_addresses OWNER TO heed_owner;

CREATE TABLE public.customer_notes (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    author_id uuid,
    author_name text NOT NULL,
    text text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT customer_notes_text CHECK (((octet_length(text) >= 1) AND (octet_length(text) <= 16384)))
);

ALTER TABLE public.customer_notes OWNER TO heed_owner;

CREATE TABLE public.customers (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    name text NOT NULL,
    revision bigint DEFAULT 1 NOT NULL,
    first_seen_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    is_spam boolean DEFAULT false NOT NULL,
    merged_into uuid,
    erased_at timestamp with time zone,
    CONSTRAINT customers_name CHECK ((length(name) <= 200))
);

ALTER TABLE public.customers OWNER TO heed_owner;

CREATE TABLE public.deadline_extensions (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    deadline_id uuid NOT NULL,
    from_due timestamp with time zone NOT NULL,
    to_due timestamp with time zone NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT deadline_extensions_later CHECK ((to_due > from_due)),
    CONSTRAINT deadline_extensions_reason CHECK ((length(reason) <= 500))
);

ALTER TABLE public.deadline_extensions OWNER TO heed_owner;

CREATE TABLE public.deadline_reminders (
    reminder_id uuid NOT NULL,
    user_id uuid NOT NULL,
    deadline_id uuid NOT NULL
);

ALTER TABLE public.deadline_reminders OWNER TO heed_owner;

CREATE TABLE public.deadlines (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    title text NOT NULL,
    title_norm text GENERATED ALWAYS AS (public.normal_title(title)) STORED NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    type text DEFAULT 'deadline'::text NOT NULL,
    status text DEFAULT 'pending'::text NOT NULL,
    due_at timestamp with time zone NOT NULL,
    remind_at timestamp with time zone,
    remind_months integer,
    remind_seconds integer,
    remind_time integer,
    remind_words text DEFAULT ''::text NOT NULL,
    importance integer DEFAULT 5 NOT NULL,
    consequences text DEFAULT ''::text NOT NULL,
    task_id uuid,
    put_away boolean DEFAULT false NOT NULL,
    private boolean DEFAULT false NOT NULL,
    missed_at timestamp with time zone,
    looked_at timestamp with time zone,
    completed_at timestamp with time zone,
    by_task boolean DEFAULT false NOT NULL,
    settle_at timestamp with time zone,
    deleted_at timestamp with time zone,
    deletion_id uuid,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    revision bigint DEFAULT 0 NOT NULL,
    profile_id uuid,
    event_id uuid,
    CONSTRAINT deadlines_by_task CHECK (((NOT by_task) OR (status = 'completed'::text))),
    CONSTRAINT deadlines_completed CHECK (((status = 'completed'::text) = (completed_at IS NOT NULL))),
    CONSTRAINT deadlines_consequences CHECK ((octet_length(consequences) <= 4096)),
    CONSTRAINT deadlines_deleted CHECK (((deleted_at IS NULL) = (deletion_id IS NULL))),
    CONSTRAINT deadlines_description CHECK ((octet_length(description) <= 16384)),
    CONSTRAINT deadlines_importance CHECK (((importance >= 1) AND (importance <= 10))),
    CONSTRAINT deadlines_missed CHECK (((status <> 'missed'::text) OR (missed_at IS NOT NULL))),
    CONSTRAINT deadlines_offset CHECK ((((remind_months IS NULL) = (remind_seconds IS NULL)) AND ((remind_time IS NULL) OR (remind_seconds IS NOT NULL)))),
    CONSTRAINT deadlines_remind_months CHECK (((remind_months >= 0) AND (remind_months <= 120))),
    CONSTRAINT deadlines_remind_seconds CHECK (((remind_seconds >= 0) AND (remind_seconds <= 315360000))),
    CONSTRAINT deadlines_remind_time CHECK (((remind_time >= 0) AND (remind_time <= 86399))),
    CONSTRAINT deadlines_remind_words CHECK ((length(remind_words) <= 200)),
    CONSTRAINT deadlines_reminds CHECK (((remind_at IS NULL) OR (remind_seconds IS NULL))),
    CONSTRAINT deadlines_status CHECK ((status = ANY (ARRAY['pending'::text, 'extended'::text, 'missed'::text, 'completed'::text]))),
    CONSTRAINT deadlines_title CHECK (((length(title) >= 1) AND (length(title) <= 200))),
    CONSTRAINT deadlines_type CHECK ((type = ANY (ARRAY['deadline'::text, 'milestone'::text, 'reminder'::text])))
);

ALTER TABLE public.deadlines OWNER TO heed_owner;

CREATE TABLE public.decisions (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    draft_id uuid NOT NULL,
    number bigint DEFAULT nextval('public.desk_order'::regclass) NOT NULL,
    at timestamp with time zone NOT NULL,
    user_id uuid,
    user_name text NOT NULL,
    action text NOT NULL,
    version integer NOT NULL,
    diff text,
    distance double precision,
    recipients text[] DEFAULT '{}'::text[] NOT NULL,
    copies text[] DEFAULT '{}'::text[] NOT NULL,
    seconds integer,
    reason text,
    note text DEFAULT ''::text NOT NULL,
    passed text DEFAULT ''::text NOT NULL,
    CONSTRAINT decisions_action CHECK ((action = ANY (ARRAY['approve'::text, 'edit'::text, 'reject'::text, 'undo'::text, 'regenerate'::text, 'claim'::text, 'release'::text, 'retry'::text, 'keep'::text, 'confirm'::text])))
);

ALTER TABLE public.decisions OWNER TO heed_owner;

CREATE TABLE public.deletions (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    kind text NOT NULL,
    thing uuid NOT NULL,
    things integer NOT NULL,
    at timestamp with time zone NOT NULL,
    restored_at timestamp with time zone,
    CONSTRAINT deletions_kind CHECK (((length(kind) >= 1) AND (length(kind) <= 40))),
    CONSTRAINT deletions_things CHECK ((things >= 1))
);

ALTER TABLE public.deletions OWNER TO heed_owner;

CREATE TABLE public.desk_late (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    user_id uuid NOT NULL,
    reminder_id uuid NOT NULL,
    is_group boolean NOT NULL,
    at timestamp with time zone NOT NULL,
    is_over boolean DEFAULT false NOT NULL,
    ended_at timestamp with time zone
);

ALTER TABLE public.desk_late OWNER TO heed_owner;

CREATE TABLE public.desk_reminders (
    reminder_id uuid NOT NULL,
    user_id uuid NOT NULL,
    account_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    kind text NOT NULL,
    until_time timestamp with time zone NOT NULL,
    message_id uuid,
    made_at timestamp with time zone NOT NULL,
    woken_at timestamp with time zone,
    over_at timestamp with time zone,
    is_answered boolean DEFAULT false NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT desk_reminders_kind CHECK ((kind = ANY (ARRAY['snooze'::text, 'follow_up'::text])))
);

ALTER TABLE public.desk_reminders OWNER TO heed_owner;

CREATE TABLE public.desk_settings (
    account_id uuid NOT NULL,
    undo_seconds integer NOT NULL,
    retention_days integer,
    llm_daily integer,
    confidence_floor numeric(3,2) NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    revision bigint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT desk_settings_floor CHECK (((confidence_floor >= (0)::numeric) AND (confidence_floor <= (1)::numeric))),
    CONSTRAINT desk_settings_llm CHECK (((llm_daily >= 0) AND (llm_daily <= 100000))),
    CONSTRAINT desk_settings_retention CHECK ((retention_days = ANY (ARRAY[365, 730]))),
    CONSTRAINT desk_settings_undo CHECK (((undo_seconds >= 0) AND (undo_seconds <= 120)))
);

ALTER TABLE public.desk_settings OWNER TO heed_owner;

CREATE TABLE public.desk_words (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    conversation_id uuid,
    customer_id uuid,
    words tsvector NOT NULL,
    CONSTRAINT desk_words_of_one CHECK ((num_nonnulls(conversation_id, customer_id) = 1))
);

ALTER TABLE public.desk_words OWNER TO heed_owner;

CREATE TABLE public.draft_floods (
    account_id uuid NOT NULL,
    key bytea NOT NULL,
    kind text NOT NULL,
    channel_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    messages integer NOT NULL,
    last_at timestamp with time zone NOT NULL,
    CONSTRAINT draft_floods_key_size CHECK ((octet_length(key) = 32)),
    CONSTRAINT draft_floods_kind CHECK ((kind = ANY (ARRAY['address'::text, 'domain'::text, 'channel'::text])))
);

ALTER TABLE public.draft_floods OWNER TO heed_owner;

CREATE TABLE public.draft_sources (
    draft_id uuid NOT NULL,
    account_id uuid NOT NULL,
    n smallint NOT NULL,
    source_id uuid NOT NULL,
    passage integer NOT NULL,
    title text NOT NULL,
    url text,
    heading text NOT NULL,
    text text NOT NULL,
    indexed_at timestamp with time zone NOT NULL,
    is_stale boolean NOT NULL,
    score double precision NOT NULL,
    sentences text DEFAULT ''::text NOT NULL
);

ALTER TABLE public.draft_sources OWNER TO heed_owner;

CREATE TABLE public.drafts (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    state text NOT NULL,
    action text,
    version integer DEFAULT 1 NOT NULL,
    instruction text DEFAULT ''::text NOT NULL,
    generated text DEFAULT ''::text NOT NULL,
    text text DEFAULT ''::text NOT NULL,
    is_edited boolean DEFAULT false NOT NULL,
    model_key text DEFAULT ''::text NOT NULL,
    prompt_version text DEFAULT ''::text NOT NULL,
    language text NOT NULL,
    confidence numeric(3,2) DEFAULT 0 NOT NULL,
    is_to_check boolean DEFAULT false NOT NULL,
    struck text[] DEFAULT '{}'::text[] NOT NULL,
    sources integer DEFAULT 0 NOT NULL,
    question text DEFAULT ''::text NOT NULL,
    fallback text,
    attempts integer DEFAULT 0 NOT NULL,
    triggers uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    newest_inbound_id uuid,
    asked_at timestamp with time zone NOT NULL,
    ready_at timestamp with time zone,
    decided_at timestamp with time zone,
    decided_by uuid,
    decided_name text DEFAULT ''::text NOT NULL,
    reason text,
    note text DEFAULT ''::text NOT NULL,
    recipients text[],
    copies text[],
    message_id uuid,
    superseded_by uuid,
    revision bigint DEFAULT 1 NOT NULL,
    number bigint DEFAULT nextval('public.desk_order'::regclass) NOT NULL,
    stale_sources integer DEFAULT 0 NOT NULL,
    sources_at timestamp with time zone,
    CONSTRAINT drafts_action CHECK ((action = ANY (ARRAY['approve'::text, 'edit'::text, 'reject'::text]))),
    CONSTRAINT drafts_fallback CHECK ((fallback = ANY (ARRAY['none'::text, 'off'::text, 'limit'::text, 'timeout'::text, 'http'::text, 'format'::text, 'ungrounded'::text, 'language'::text, 'refused'::text]))),
    CONSTRAINT drafts_instruction CHECK ((octet_length(instruction) <= 2000)),
    CONSTRAINT drafts_language CHECK ((language = ANY (ARRAY['en'::text, 'pt-BR'::text]))),
    CONSTRAINT drafts_note CHECK ((octet_length(note) <= 2000)),
    CONSTRAINT drafts_reason CHECK ((reason = ANY (ARRAY['incorrect'::text, 'incomplete'::text, 'tone'::text, 'outdated'::text, 'not_needed'::text, 'other'::text]))),
    CONSTRAINT drafts_state CHECK ((state = ANY (ARRAY['asked'::text, 'pending'::text, 'approved'::text, 'sent'::text, 'rejected'::text, 'superseded'::text, 'failed'::text, 'archived'::text])))
);

ALTER TABLE public.drafts OWNER TO heed_owner;

CREATE TABLE public.embedding_jobs (
    thing uuid NOT NULL,
    user_id uuid NOT NULL,
    kind text NOT NULL,
    due_at timestamp with time zone NOT NULL,
    fence bigint DEFAULT 0 NOT NULL
);

ALTER TABLE public.embedding_jobs OWNER TO heed_owner;

CREATE TABLE public.embedding_rounds (
    user_id uuid NOT NULL,
    due_at timestamp with time zone,
    job_id uuid,
    sweep boolean DEFAULT false NOT NULL
);

ALTER TABLE public.embedding_rounds OWNER TO heed_owner;

CREATE TABLE public.embedding_servers (
    fingerprint bytea NOT NULL,
    failures integer DEFAULT 0 NOT NULL,
    invalid integer DEFAULT 0 NOT NULL,
    wait_until timestamp with time zone
);

ALTER TABLE public.embedding_servers OWNER TO heed_owner;

CREATE TABLE public.embedding_sets (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    fingerprint bytea NOT NULL,
    host text NOT NULL,
    model text NOT NULL,
    query_prefix text NOT NULL,
    passage_prefix text NOT NULL,
    state text NOT NULL,
    dimension integer,
    mean bytea,
    mean_chunks bigint DEFAULT 0 NOT NULL,
    chunks bigint DEFAULT 0 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT embedding_sets_dimension CHECK (((dimension >= 1) AND (dimension <= 8192))),
    CONSTRAINT embedding_sets_fingerprint CHECK ((octet_length(fingerprint) = 32)),
    CONSTRAINT embedding_sets_host CHECK ((length(host) <= 300)),
    CONSTRAINT embedding_sets_mean CHECK (((mean IS NULL) OR (octet_length(mean) = (2 * dimension)))),
    CONSTRAINT embedding_sets_model CHECK ((length(model) <= 300)),
    CONSTRAINT embedding_sets_passage CHECK ((length(passage_prefix) <= 300)),
    CONSTRAINT embedding_sets_query CHECK ((length(query_prefix) <= 300)),
    CONSTRAINT embedding_sets_state CHECK ((state = ANY (ARRAY['live'::text, 'building'::text, 'gone'::text])))
);

ALTER TABLE public.embedding_sets OWNER TO heed_owner;

CREATE TABLE public.embeddings (
    set_id uuid NOT NULL,
    thing uuid NOT NULL,
    chunk smallint NOT NULL,
    user_id uuid NOT NULL,
    kind text NOT NULL,
    trashed boolean NOT NULL,
    cut boolean NOT NULL,
    content text NOT NULL,
    sha256 bytea NOT NULL,
    half bytea NOT NULL,
    bits bit varying NOT NULL,
    CONSTRAINT embeddings_chunk CHECK (((chunk >= 1) AND (chunk <= 64))),
    CONSTRAINT embeddings_content CHECK ((octet_length(content) <= 16384)),
    CONSTRAINT embeddings_length CHECK ((octet_length(half) = (2 * length((bits)::"bit")))),
    CONSTRAINT embeddings_sha256 CHECK ((octet_length(sha256) = 32))
);
ALTER TABLE ONLY public.embeddings ALTER COLUMN half SET STORAGE EXTERNAL;

ALTER TABLE public.embeddings OWNER TO heed_owner;

CREATE TABLE public.entity_links (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    type text NOT NULL,
    from_kind text NOT NULL,
    from_id uuid NOT NULL,
    to_kind text NOT NULL,
    to_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT entity_links_ends CHECK (
CASE type
    WHEN 'depends_on'::text THEN (from_kind = ANY (ARRAY['task'::text, 'goal'::text]))
    WHEN 'supports_goal'::text THEN (to_kind = 'goal'::text)
    WHEN 'addresses_problem'::text THEN ((from_kind = ANY (ARRAY['task'::text, 'goal'::text])) AND (to_kind = 'problem'::text))
    ELSE true
END),
    CONSTRAINT entity_links_from_kind CHECK ((from_kind = ANY (ARRAY['task'::text, 'goal'::text, 'problem'::text]))),
    CONSTRAINT entity_links_order CHECK (((type <> 'related'::text) OR (from_id < to_id))),
    CONSTRAINT entity_links_other CHECK ((from_id <> to_id)),
    CONSTRAINT entity_links_to_kind CHECK ((to_kind = ANY (ARRAY['task'::text, 'goal'::text, 'problem'::text]))),
    CONSTRAINT entity_links_type CHECK ((type = ANY (ARRAY['depends_on'::text, 'supports_goal'::text, 'related'::text, 'addresses_problem'::text])))
);

ALTER TABLE public.entity_links OWNER TO heed_owner;

CREATE TABLE public.entity_relationships (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    relationship text NOT NULL,
    reverse text DEFAULT ''::text NOT NULL,
    own boolean DEFAULT false NOT NULL,
    from_kind text NOT NULL,
    from_id uuid NOT NULL,
    to_kind text NOT NULL,
    to_id uuid NOT NULL,
    two_way boolean DEFAULT false NOT NULL,
    strength integer DEFAULT 5 NOT NULL,
    since date,
    until date,
    notes text DEFAULT ''::text NOT NULL,
    source text DEFAULT 'manual'::text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    revision bigint DEFAULT 0 NOT NULL,
    from_assumption uuid,
    CONSTRAINT entity_relationships_dates CHECK ((until >= since)),
    CONSTRAINT entity_relationships_from_kind CHECK ((from_kind = ANY (ARRAY['person'::text, 'place'::text, 'event'::text, 'task'::text, 'deadline'::text]))),
    CONSTRAINT entity_relationships_notes CHECK ((octet_length(notes) <= 16384)),
    CONSTRAINT entity_relationships_order CHECK (((NOT two_way) OR (from_id < to_id))),
    CONSTRAINT entity_relationships_other CHECK ((from_id <> to_id)),
    CONSTRAINT entity_relationships_relationship CHECK (((length(relationship) >= 1) AND (length(relationship) <= 40))),
    CONSTRAINT entity_relationships_reverse CHECK ((length(reverse) <= 40)),
    CONSTRAINT entity_relationships_source CHECK (((length(source) >= 1) AND (length(source) <= 100))),
    CONSTRAINT entity_relationships_strength CHECK (((strength >= 1) AND (strength <= 10))),
    CONSTRAINT entity_relationships_to_kind CHECK ((to_kind = ANY (ARRAY['person'::text, 'place'::text, 'event'::text, 'task'::text, 'deadline'::text])))
);

ALTER TABLE public.entity_relationships OWNER TO heed_owner;

CREATE TABLE public.entity_sources (
    user_id uuid NOT NULL,
    kind text NOT NULL,
    source text NOT NULL,
    source_id text NOT NULL,
    thing uuid NOT NULL,
    sequence integer DEFAULT 0 NOT NULL,
    modified_at timestamp with time zone,
    stamped_at timestamp with time zone,
    sha256 bytea NOT NULL,
    fields jsonb DEFAULT '{}'::jsonb NOT NULL,
    hand_changed text[] DEFAULT '{}'::text[] NOT NULL,
    synced_at timestamp with time zone NOT NULL,
    import_id uuid,
    revision bigint DEFAULT 0 NOT NULL,
    vanished_at timestamp with time zone,
    vanished_by uuid,
    CONSTRAINT entity_sources_id CHECK (((length(source_id) >= 1) AND (length(source_id) <= 500))),
    CONSTRAINT entity_sources_kind CHECK ((kind = ANY (ARRAY['person'::text, 'place'::text, 'event'::text, 'task'::text, 'deadline'::text]))),
    CONSTRAINT entity_sources_source CHECK (((length(source) >= 1) AND (length(source) <= 100)))
);

ALTER TABLE public.entity_sources OWNER TO heed_owner;

CREATE TABLE public.escalation_events (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    escalation_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    kind text NOT NULL,
    run integer DEFAULT 1 NOT NULL,
    tier integer,
    round integer,
    actor text DEFAULT 'system'::text NOT NULL,
    actor_name text DEFAULT ''::text NOT NULL,
    data jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT escalation_events_actor CHECK ((actor = ANY (ARRAY['system'::text, 'user'::text, 'link'::text, 'webhook'::text, 'key'::text, 'sms'::text, 'assistant'::text]))),
    CONSTRAINT escalation_events_kind_length CHECK (((length(kind) >= 1) AND (length(kind) <= 40)))
);

ALTER TABLE public.escalation_events OWNER TO heed_owner;

CREATE TABLE public.escalations (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    reminder_id uuid NOT NULL,
    occurrence_at timestamp with time zone NOT NULL,
    profile_id uuid NOT NULL,
    profile_name text NOT NULL,
    profile_version integer NOT NULL,
    plan jsonb NOT NULL,
    state text NOT NULL,
    run integer DEFAULT 1 NOT NULL,
    tier integer DEFAULT 0 NOT NULL,
    round integer DEFAULT 0 NOT NULL,
    started_at timestamp with time zone NOT NULL,
    next_step_at timestamp with time zone,
    again_at timestamp with time zone,
    snoozed_until timestamp with time zone,
    acknowledged_at timestamp with time zone,
    ended_at timestamp with time zone,
    fired_again integer DEFAULT 0 NOT NULL,
    revision integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    open boolean GENERATED ALWAYS AS (((state = ANY (ARRAY['active'::text, 'snoozed'::text])) OR ((state = 'acknowledged'::text) AND (again_at IS NOT NULL)))) STORED NOT NULL,
    again_wall timestamp without time zone,
    again_zone text,
    next_kind text,
    reason text,
    missed integer DEFAULT 0 NOT NULL,
    missed_from timestamp with time zone,
    first_told text,
    habit_date date,
    CONSTRAINT escalations_again_wall CHECK (((again_wall IS NULL) = (again_zone IS NULL))),
    CONSTRAINT escalations_first_told CHECK (((first_told IS NULL) OR (reason IS NOT NULL))),
    CONSTRAINT escalations_next_kind CHECK ((next_kind = ANY (ARRAY['tier'::text, 'round'::text, 'expiry'::text, 'question'::text, 'waking'::text]))),
    CONSTRAINT escalations_reason CHECK ((reason = ANY (ARRAY['due'::text, 'caught_up'::text, 'snoozed'::text, 'by_hand'::text]))),
    CONSTRAINT escalations_state CHECK ((state = ANY (ARRAY['active'::text, 'acknowledged'::text, 'snoozed'::text, 'completed'::text, 'expired'::text, 'cancelled'::text])))
)
WITH (autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='2000');

ALTER TABLE public.escalations OWNER TO heed_owner;

CREATE VIEW public.escalation_timeline WITH (security_invoker='true') AS
 SELECT escalation_events.id,
    escalation_events.user_id,
    escalation_events.escalation_id,
    escalation_events.at,
    escalation_events.kind,
    escalation_events.run,
    escalation_events.tier,
    escalation_events.round,
    escalation_events.actor,
    escalation_events.actor_name,
    escalation_events.data
   FROM public.escalation_events
UNION ALL
 SELECT escalations.id,
    escalations.user_id,
    escalations.id AS escalation_id,
    escalations.created_at AS at,
    'started'::text AS kind,
    1 AS run,
    NULL::integer AS tier,
    NULL::integer AS round,
    'system'::text AS actor,
    ''::text AS actor_name,
    jsonb_strip_nulls(jsonb_build_object('reason', escalations.reason, 'occurrence', to_char((escalations.occurrence_at AT TIME ZONE 'UTC'::text), 'YYYY-MM-DD"T"HH24:MI:SS"Z"'::text), 'missed',
        CASE
            WHEN (escalations.missed > 0) THEN (escalations.missed)::text
            ELSE NULL::text
        END, 'missed_from', to_char((escalations.missed_from AT TIME ZONE 'UTC'::text), 'YYYY-MM-DD"T"HH24:MI:SS"Z"'::text))) AS data
   FROM public.escalations
  WHERE (escalations.first_told IS NOT NULL)
UNION ALL
 SELECT escalations.id,
    escalations.user_id,
    escalations.id AS escalation_id,
    (escalations.created_at + '00:00:00.000001'::interval) AS at,
    'escalated'::text AS kind,
    1 AS run,
    1 AS tier,
    0 AS round,
    'system'::text AS actor,
    ''::text AS actor_name,
    jsonb_strip_nulls(jsonb_build_object('not_set_up', NULLIF(array_to_string(array_remove(string_to_array(escalations.first_told, ' '::text), 'email'::text), ' '::text), ''::text), 'instead',
        CASE
            WHEN ('email'::text <> ALL (string_to_array(escalations.first_told, ' '::text))) THEN 'email'::text
            ELSE NULL::text
        END)) AS data
   FROM public.escalations
  WHERE (escalations.first_told <> ''::text);

ALTER TABLE public.escalation_timeline OWNER TO heed_owner;

CREATE TABLE public.event_guests (
    event_id uuid NOT NULL,
    user_id uuid NOT NULL,
    "position" integer NOT NULL,
    address text DEFAULT ''::text NOT NULL,
    name text DEFAULT ''::text NOT NULL,
    role text DEFAULT 'guest'::text NOT NULL,
    answer text DEFAULT 'none'::text NOT NULL,
    CONSTRAINT event_guests_address CHECK ((length(address) <= 254)),
    CONSTRAINT event_guests_answer CHECK ((answer = ANY (ARRAY['none'::text, 'accepted'::text, 'tentative'::text, 'declined'::text]))),
    CONSTRAINT event_guests_name CHECK ((length(name) <= 200)),
    CONSTRAINT event_guests_position CHECK ((("position" >= 0) AND ("position" <= 199))),
    CONSTRAINT event_guests_role CHECK ((role = ANY (ARRAY['organizer'::text, 'guest'::text, 'optional'::text])))
);

ALTER TABLE public.event_guests OWNER TO heed_owner;

CREATE TABLE public.event_instances (
    event_id uuid NOT NULL,
    user_id uuid NOT NULL,
    instance timestamp without time zone NOT NULL,
    all_day boolean NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    CONSTRAINT event_instances_span CHECK ((ends_at >= starts_at))
);

ALTER TABLE public.event_instances OWNER TO heed_owner;

CREATE TABLE public.event_log (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    user_id uuid,
    kind text NOT NULL,
    payload jsonb DEFAULT '{}'::jsonb NOT NULL,
    request_id text DEFAULT ''::text NOT NULL,
    thing_kind text,
    thing_id uuid,
    CONSTRAINT event_log_kind_length CHECK ((length(kind) <= 60)),
    CONSTRAINT event_log_request CHECK ((length(request_id) <= 100)),
    CONSTRAINT event_log_thing CHECK (((thing_kind IS NULL) = (thing_id IS NULL))),
    CONSTRAINT event_log_thing_kind CHECK ((length(thing_kind) <= 40))
);

ALTER TABLE public.event_log OWNER TO heed_owner;

CREATE TABLE public.event_overrides (
    event_id uuid NOT NULL,
    user_id uuid NOT NULL,
    instance timestamp without time zone NOT NULL,
    all_day boolean,
    starts timestamp without time zone,
    ends timestamp without time zone,
    is_point boolean DEFAULT false NOT NULL,
    zone text,
    ends_zone text,
    title text,
    description text,
    type text,
    status text,
    visibility text,
    busy boolean,
    importance integer,
    location text,
    place_id uuid,
    virtual_url text,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    no_place boolean DEFAULT false NOT NULL,
    cancelled_at timestamp with time zone,
    CONSTRAINT event_overrides_description CHECK ((octet_length(description) <= 16384)),
    CONSTRAINT event_overrides_ends_zone CHECK ((length(ends_zone) <= 100)),
    CONSTRAINT event_overrides_importance CHECK (((importance >= 1) AND (importance <= 10))),
    CONSTRAINT event_overrides_location CHECK ((length(location) <= 300)),
    CONSTRAINT event_overrides_moved CHECK (((ends IS NULL) OR (starts IS NOT NULL))),
    CONSTRAINT event_overrides_status CHECK ((status = ANY (ARRAY['tentative'::text, 'confirmed'::text, 'cancelled'::text]))),
    CONSTRAINT event_overrides_title CHECK (((length(title) >= 1) AND (length(title) <= 200))),
    CONSTRAINT event_overrides_type CHECK ((type = ANY (ARRAY['meeting'::text, 'call'::text, 'travel'::text, 'deadline'::text]))),
    CONSTRAINT event_overrides_virtual_url CHECK ((length(virtual_url) <= 2000)),
    CONSTRAINT event_overrides_visibility CHECK ((visibility = ANY (ARRAY['private'::text, 'public'::text]))),
    CONSTRAINT event_overrides_zone CHECK ((length(zone) <= 100))
);

ALTER TABLE public.event_overrides OWNER TO heed_owner;

CREATE TABLE public.event_reminders (
    reminder_id uuid NOT NULL,
    user_id uuid NOT NULL,
    event_id uuid NOT NULL,
    instance timestamp without time zone NOT NULL
);

ALTER TABLE public.event_reminders OWNER TO heed_owner;

CREATE TABLE public.events (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    title text NOT NULL,
    title_norm text GENERATED ALWAYS AS (public.normal_title(title)) STORED NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    type text DEFAULT 'meeting'::text NOT NULL,
    status text DEFAULT 'confirmed'::text NOT NULL,
    visibility text DEFAULT 'private'::text NOT NULL,
    busy boolean DEFAULT true NOT NULL,
    importance integer DEFAULT 5 NOT NULL,
    all_day boolean DEFAULT false NOT NULL,
    starts timestamp without time zone NOT NULL,
    ends timestamp without time zone,
    zone text DEFAULT ''::text NOT NULL,
    ends_zone text DEFAULT ''::text NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    rule text DEFAULT ''::text NOT NULL,
    rule_words text DEFAULT ''::text NOT NULL,
    counts_start boolean DEFAULT false NOT NULL,
    rdates text[] DEFAULT '{}'::text[] NOT NULL,
    exdates text[] DEFAULT '{}'::text[] NOT NULL,
    series_until timestamp with time zone,
    continues uuid,
    location text DEFAULT ''::text NOT NULL,
    place_id uuid,
    virtual_url text DEFAULT ''::text NOT NULL,
    remind_months integer,
    remind_seconds integer,
    remind_time integer,
    remind_words text DEFAULT ''::text NOT NULL,
    profile_id uuid,
    bell_at timestamp with time zone,
    uid text DEFAULT ''::text NOT NULL,
    sequence integer DEFAULT 0 NOT NULL,
    cancelled_at timestamp with time zone,
    private boolean DEFAULT false NOT NULL,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    source text DEFAULT 'manual'::text NOT NULL,
    deleted_at timestamp with time zone,
    deletion_id uuid,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    revision bigint DEFAULT 0 NOT NULL,
    kept_from timestamp with time zone,
    kept_until timestamp with time zone,
    zone_version text DEFAULT ''::text NOT NULL,
    CONSTRAINT events_all_day CHECK (((NOT all_day) OR ((ends IS NOT NULL) AND (starts = date_trunc('day'::text, starts)) AND (ends = date_trunc('day'::text, ends))))),
    CONSTRAINT events_cancelled CHECK (((status = 'cancelled'::text) = (cancelled_at IS NOT NULL))),
    CONSTRAINT events_deleted CHECK (((deleted_at IS NULL) = (deletion_id IS NULL))),
    CONSTRAINT events_description CHECK ((octet_length(description) <= 16384)),
    CONSTRAINT events_ends_zone CHECK ((length(ends_zone) <= 100)),
    CONSTRAINT events_exdates CHECK ((cardinality(exdates) <= 5000)),
    CONSTRAINT events_importance CHECK (((importance >= 1) AND (importance <= 10))),
    CONSTRAINT events_kept CHECK ((((kept_from IS NULL) = (kept_until IS NULL)) AND (kept_from <= kept_until))),
    CONSTRAINT events_location CHECK ((length(location) <= 300)),
    CONSTRAINT events_metadata CHECK (((jsonb_typeof(metadata) = 'object'::text) AND (octet_length((metadata)::text) <= 65536))),
    CONSTRAINT events_offset CHECK ((((remind_months IS NULL) = (remind_seconds IS NULL)) AND ((remind_time IS NULL) OR (remind_seconds IS NOT NULL)))),
    CONSTRAINT events_rdates CHECK ((cardinality(rdates) <= 5000)),
    CONSTRAINT events_remind_months CHECK (((remind_months >= 0) AND (remind_months <= 120))),
    CONSTRAINT events_remind_seconds CHECK (((remind_seconds >= 0) AND (remind_seconds <= 315360000))),
    CONSTRAINT events_remind_time CHECK (((remind_time >= 0) AND (remind_time <= 86399))),
    CONSTRAINT events_remind_words CHECK ((length(remind_words) <= 200)),
    CONSTRAINT events_rule CHECK ((length(rule) <= 2000)),
    CONSTRAINT events_rule_words CHECK ((length(rule_words) <= 200)),
    CONSTRAINT events_sequence CHECK ((sequence >= 0)),
    CONSTRAINT events_source CHECK (((length(source) >= 1) AND (length(source) <= 100))),
    CONSTRAINT events_span CHECK ((ends_at >= starts_at)),
    CONSTRAINT events_status CHECK ((status = ANY (ARRAY['tentative'::text, 'confirmed'::text, 'cancelled'::text]))),
    CONSTRAINT events_title CHECK (((length(title) >= 1) AND (length(title) <= 200))),
    CONSTRAINT events_type CHECK ((type = ANY (ARRAY['meeting'::text, 'call'::text, 'travel'::text, 'deadline'::text]))),
    CONSTRAINT events_uid CHECK ((length(uid) <= 500)),
    CONSTRAINT events_virtual_url CHECK ((length(virtual_url) <= 2000)),
    CONSTRAINT events_visibility CHECK ((visibility = ANY (ARRAY['private'::text, 'public'::text]))),
    CONSTRAINT events_zone CHECK ((length(zone) <= 100)),
    CONSTRAINT events_zone_version CHECK ((length(zone_version) <= 40)),
    CONSTRAINT events_zoned CHECK ((all_day = (zone = ''::text)))
);

ALTER TABLE public.events OWNER TO heed_owner;

CREATE TABLE public.feed_doubts (
    user_id uuid NOT NULL,
    source text NOT NULL,
    since timestamp with time zone NOT NULL,
    missing uuid[] NOT NULL,
    CONSTRAINT feed_doubts_source CHECK (((length(source) >= 1) AND (length(source) <= 100)))
);

ALTER TABLE public.feed_doubts OWNER TO heed_owner;

CREATE TABLE public.feeds (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    token_hash bytea NOT NULL,
    include text[] NOT NULL,
    detail text NOT NULL,
    descriptions boolean NOT NULL,
    made_at timestamp with time zone NOT NULL,
    read_at timestamp with time zone,
    stamp text DEFAULT ''::text NOT NULL,
    etag text DEFAULT ''::text NOT NULL,
    body bytea DEFAULT '\x'::bytea NOT NULL,
    CONSTRAINT feeds_detail CHECK ((detail = ANY (ARRAY['full'::text, 'busy'::text]))),
    CONSTRAINT feeds_etag CHECK ((length(etag) <= 100)),
    CONSTRAINT feeds_include CHECK ((((cardinality(include) >= 1) AND (cardinality(include) <= 4)) AND (include <@ '{reminders,events,tasks,deadlines}'::text[]))),
    CONSTRAINT feeds_stamp CHECK ((length(stamp) <= 100)),
    CONSTRAINT feeds_token_hash_length CHECK ((length(token_hash) = 32))
);

ALTER TABLE public.feeds OWNER TO heed_owner;

CREATE TABLE public.files (
    account_id uuid NOT NULL,
    sha256 bytea NOT NULL,
    size integer NOT NULL,
    bytes bytea NOT NULL,
    CONSTRAINT files_sha256 CHECK ((octet_length(sha256) = 32))
);
ALTER TABLE ONLY public.files ALTER COLUMN bytes SET STORAGE EXTERNAL;

ALTER TABLE public.files OWNER TO heed_owner;

CREATE TABLE public.occurrences (
    user_id uuid NOT NULL,
    reminder_id uuid NOT NULL,
    due_at timestamp with time zone NOT NULL,
    fired_at timestamp with time zone NOT NULL,
    reason text NOT NULL,
    missed integer DEFAULT 0 NOT NULL,
    missed_from timestamp with time zone,
    escalation_id uuid,
    CONSTRAINT occurrences_reason CHECK ((reason = ANY (ARRAY['due'::text, 'caught_up'::text, 'snoozed'::text, 'by_hand'::text])))
);

ALTER TABLE public.occurrences OWNER TO heed_owner;

CREATE VIEW public.fired WITH (security_invoker='true') AS
 SELECT occurrences.user_id,
    occurrences.reminder_id,
    occurrences.due_at,
    occurrences.fired_at,
    occurrences.reason,
    occurrences.missed,
    occurrences.missed_from,
    occurrences.escalation_id
   FROM public.occurrences
UNION ALL
 SELECT escalations.user_id,
    escalations.reminder_id,
    escalations.occurrence_at AS due_at,
    escalations.created_at AS fired_at,
    escalations.reason,
    escalations.missed,
    escalations.missed_from,
    escalations.id AS escalation_id
   FROM public.escalations
  WHERE (escalations.reason IS NOT NULL);

ALTER TABLE public.fired OWNER TO heed_owner;

CREATE TABLE public.goal_subtasks (
    id uuid NOT NULL,
    goal_id uuid NOT NULL,
    user_id uuid NOT NULL,
    "position" integer NOT NULL,
    title text NOT NULL,
    description text NOT NULL,
    success_criteria text NOT NULL,
    estimated_days integer,
    status text NOT NULL,
    completed_at timestamp with time zone,
    deleted_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    revision bigint DEFAULT 0 NOT NULL,
    CONSTRAINT goal_subtasks_completed CHECK (((status = 'completed'::text) = (completed_at IS NOT NULL))),
    CONSTRAINT goal_subtasks_description CHECK ((octet_length(description) <= 4096)),
    CONSTRAINT goal_subtasks_estimated_days CHECK (((estimated_days >= 1) AND (estimated_days <= 3650))),
    CONSTRAINT goal_subtasks_position CHECK (("position" >= 1)),
    CONSTRAINT goal_subtasks_status CHECK ((status = ANY (ARRAY['pending'::text, 'in_progress'::text, 'completed'::text]))),
    CONSTRAINT goal_subtasks_success_criteria CHECK ((octet_length(success_criteria) <= 2048)),
    CONSTRAINT goal_subtasks_title CHECK (((length(title) >= 1) AND (length(title) <= 200)))
);

ALTER TABLE public.goal_subtasks OWNER TO heed_owner;

CREATE TABLE public.goals (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    title text NOT NULL,
    description text NOT NULL,
    category text NOT NULL,
    deadline date,
    status text NOT NULL,
    completed_at timestamp with time zone,
    deleted_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    revision bigint DEFAULT 0 NOT NULL,
    title_norm text GENERATED ALWAYS AS (public.normal_title(title)) STORED NOT NULL,
    rests boolean DEFAULT false NOT NULL,
    horizon text,
    private boolean DEFAULT false NOT NULL,
    deletion_id uuid,
    CONSTRAINT goals_category CHECK ((category = ANY (ARRAY['career'::text, 'health'::text, 'education'::text, 'personal'::text, 'finance'::text, 'other'::text]))),
    CONSTRAINT goals_completed CHECK (((status = 'archived'::text) OR ((status = 'completed'::text) = (completed_at IS NOT NULL)))),
    CONSTRAINT goals_description CHECK ((octet_length(description) <= 16384)),
    CONSTRAINT goals_horizon CHECK ((horizon = ANY (ARRAY['week'::text, 'month'::text, 'quarter'::text, 'year'::text, 'life'::text]))),
    CONSTRAINT goals_status CHECK ((status = ANY (ARRAY['active'::text, 'paused'::text, 'completed'::text, 'archived'::text]))),
    CONSTRAINT goals_title CHECK (((length(title) >= 1) AND (length(title) <= 200)))
);

ALTER TABLE public.goals OWNER TO heed_owner;

CREATE TABLE public.golden_questions (
    account_id uuid NOT NULL,
    n smallint NOT NULL,
    question text NOT NULL,
    source_url text NOT NULL,
    place smallint NOT NULL,
    CONSTRAINT golden_questions_place CHECK (((place >= 0) AND (place <= 3))),
    CONSTRAINT golden_questions_question CHECK (((length(question) >= 1) AND (length(question) <= 1000))),
    CONSTRAINT golden_questions_url CHECK (((octet_length(source_url) >= 1) AND (octet_length(source_url) <= 2048)))
);

ALTER TABLE public.golden_questions OWNER TO heed_owner;

CREATE TABLE public.golden_runs (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    questions integer NOT NULL,
    first integer NOT NULL,
    found integer NOT NULL
);

ALTER TABLE public.golden_runs OWNER TO heed_owner;

CREATE TABLE public.habit_days (
    habit_id uuid NOT NULL,
    user_id uuid NOT NULL,
    date date NOT NULL,
    state text NOT NULL,
    amount bigint,
    reason text,
    notes text NOT NULL,
    source text NOT NULL,
    timezone text NOT NULL,
    ticked_at timestamp with time zone NOT NULL,
    press uuid,
    was_state text,
    was_amount bigint,
    was_reason text,
    CONSTRAINT habit_days_amount CHECK (((amount >= 0) AND (amount <= 1000000000))),
    CONSTRAINT habit_days_notes CHECK ((octet_length(notes) <= 2048)),
    CONSTRAINT habit_days_reason CHECK ((reason = ANY (ARRAY['sick'::text, 'travel'::text, 'rest'::text, 'holiday'::text, 'other'::text]))),
    CONSTRAINT habit_days_source CHECK ((source = ANY (ARRAY['page'::text, 'link'::text, 'import'::text, 'webhook'::text]))),
    CONSTRAINT habit_days_state CHECK ((state = ANY (ARRAY['done'::text, 'skipped'::text, 'note'::text]))),
    CONSTRAINT habit_days_told CHECK ((((state = 'done'::text) OR (amount IS NULL)) AND ((state = 'skipped'::text) OR (reason IS NULL)))),
    CONSTRAINT habit_days_was CHECK ((((was_state = 'done'::text) OR (was_amount IS NULL)) AND ((was_state = 'skipped'::text) OR (was_reason IS NULL)))),
    CONSTRAINT habit_days_was_state CHECK ((was_state = ANY (ARRAY['done'::text, 'skipped'::text])))
);

ALTER TABLE public.habit_days OWNER TO heed_owner;

CREATE TABLE public.habit_frequencies (
    habit_id uuid NOT NULL,
    user_id uuid NOT NULL,
    from_date date NOT NULL,
    frequency text NOT NULL,
    days smallint NOT NULL,
    times smallint NOT NULL,
    target bigint,
    direction text NOT NULL,
    period text NOT NULL,
    CONSTRAINT habit_frequencies_asked CHECK ((((frequency = 'specific_days'::text) = (days > 0)) AND ((frequency = ANY (ARRAY['per_week'::text, 'per_month'::text])) = (times > 0)) AND ((frequency <> 'per_week'::text) OR (times <= 7)))),
    CONSTRAINT habit_frequencies_days CHECK (((days >= 0) AND (days <= 127))),
    CONSTRAINT habit_frequencies_direction CHECK ((direction = ANY (ARRAY['at_least'::text, 'at_most'::text]))),
    CONSTRAINT habit_frequencies_frequency CHECK ((frequency = ANY (ARRAY['daily'::text, 'specific_days'::text, 'per_week'::text, 'per_month'::text]))),
    CONSTRAINT habit_frequencies_period CHECK ((period = ANY (ARRAY['day'::text, 'week'::text, 'month'::text]))),
    CONSTRAINT habit_frequencies_target CHECK (((target >= 0) AND (target <= 1000000000))),
    CONSTRAINT habit_frequencies_times CHECK (((times >= 0) AND (times <= 31)))
);

ALTER TABLE public.habit_frequencies OWNER TO heed_owner;

CREATE TABLE public.habit_goals (
    habit_id uuid NOT NULL,
    goal_id uuid NOT NULL,
    user_id uuid NOT NULL
);

ALTER TABLE public.habit_goals OWNER TO heed_owner;

CREATE TABLE public.habit_import_rows (
    import_id uuid NOT NULL,
    user_id uuid NOT NULL,
    number integer NOT NULL,
    name text NOT NULL,
    habit_id uuid NOT NULL,
    is_new boolean NOT NULL,
    added integer NOT NULL,
    known integer NOT NULL,
    CONSTRAINT habit_import_rows_name CHECK ((length(name) <= 100))
);

ALTER TABLE public.habit_import_rows OWNER TO heed_owner;

CREATE TABLE public.habit_imports (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    kind text NOT NULL,
    file_name text DEFAULT ''::text NOT NULL,
    file bytea,
    refused integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone,
    undone_at timestamp with time zone,
    replaced_at timestamp with time zone,
    job_id uuid,
    choices bytea,
    failure text,
    CONSTRAINT habit_imports_choices CHECK (((choices IS NULL) OR ((octet_length(choices) <= 1000000) AND (file IS NOT NULL)))),
    CONSTRAINT habit_imports_failure CHECK ((failure = ANY (ARRAY['gone'::text, 'error'::text]))),
    CONSTRAINT habit_imports_file CHECK (((file IS NULL) = ((confirmed_at IS NOT NULL) OR (replaced_at IS NOT NULL)))),
    CONSTRAINT habit_imports_file_name CHECK ((length(file_name) <= 200)),
    CONSTRAINT habit_imports_kind CHECK ((kind = ANY (ARRAY['heed'::text, 'loop'::text, 'habitbull'::text, 'habitica'::text, 'habitkit'::text, 'streaks'::text, 'habitify'::text, 'table'::text]))),
    CONSTRAINT habit_imports_replaced CHECK (((replaced_at IS NULL) OR (confirmed_at IS NULL))),
    CONSTRAINT habit_imports_undone CHECK (((undone_at IS NULL) OR (confirmed_at IS NOT NULL)))
);

ALTER TABLE public.habit_imports OWNER TO heed_owner;

CREATE TABLE public.habit_lines (
    habit_id uuid NOT NULL,
    user_id uuid NOT NULL,
    gone boolean NOT NULL,
    habit_revision bigint NOT NULL,
    stamp bigint DEFAULT 0 NOT NULL,
    line bytea,
    week bytea
)
WITH (fillfactor='50');

ALTER TABLE public.habit_lines OWNER TO heed_owner;

CREATE TABLE public.habit_pauses (
    id uuid NOT NULL,
    habit_id uuid NOT NULL,
    user_id uuid NOT NULL,
    from_date date NOT NULL,
    until_date date,
    kind text NOT NULL,
    reason text,
    batch uuid,
    CONSTRAINT habit_pauses_kind CHECK ((kind = ANY (ARRAY['pause'::text, 'archive'::text]))),
    CONSTRAINT habit_pauses_order CHECK ((until_date > from_date)),
    CONSTRAINT habit_pauses_reason CHECK ((reason = ANY (ARRAY['sick'::text, 'travel'::text, 'rest'::text, 'holiday'::text, 'other'::text])))
);

ALTER TABLE public.habit_pauses OWNER TO heed_owner;

CREATE TABLE public.habit_sources (
    user_id uuid NOT NULL,
    key text NOT NULL,
    habit_id uuid NOT NULL,
    CONSTRAINT habit_sources_key CHECK ((length(key) = 64))
);

ALTER TABLE public.habit_sources OWNER TO heed_owner;

CREATE TABLE public.habit_years (
    habit_id uuid NOT NULL,
    user_id uuid NOT NULL,
    stamp bigint,
    page bytea,
    notes bytea,
    CONSTRAINT habit_years_whole CHECK (((stamp IS NULL) = (page IS NULL)))
)
WITH (fillfactor='50');

ALTER TABLE public.habit_years OWNER TO heed_owner;

CREATE TABLE public.habits (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    name text NOT NULL,
    description text NOT NULL,
    status text NOT NULL,
    kind text NOT NULL,
    unit text NOT NULL,
    step bigint NOT NULL,
    colour smallint NOT NULL,
    habit_group text NOT NULL,
    "position" integer NOT NULL,
    preferred_time integer,
    created_on date NOT NULL,
    state bytea,
    state_next date,
    year_state bytea,
    year_next date,
    deleted_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    revision bigint DEFAULT 0 NOT NULL,
    reminder_profile_id uuid,
    CONSTRAINT habits_colour CHECK (((colour >= 1) AND (colour <= 8))),
    CONSTRAINT habits_deleted CHECK (((status = 'deleted'::text) = (deleted_at IS NOT NULL))),
    CONSTRAINT habits_description CHECK ((octet_length(description) <= 16384)),
    CONSTRAINT habits_group CHECK ((length(habit_group) <= 40)),
    CONSTRAINT habits_kind CHECK ((kind = ANY (ARRAY['tick'::text, 'amount'::text]))),
    CONSTRAINT habits_name CHECK (((length(name) >= 1) AND (length(name) <= 100))),
    CONSTRAINT habits_preferred_time CHECK (((preferred_time >= 0) AND (preferred_time <= 86399))),
    CONSTRAINT habits_reminder_time CHECK (((reminder_profile_id IS NULL) OR (preferred_time IS NOT NULL))),
    CONSTRAINT habits_status CHECK ((status = ANY (ARRAY['active'::text, 'archived'::text, 'deleted'::text]))),
    CONSTRAINT habits_step CHECK (((step >= 1) AND (step <= 1000000000))),
    CONSTRAINT habits_unit CHECK ((length(unit) <= 20))
);

ALTER TABLE public.habits OWNER TO heed_owner;

CREATE TABLE public.idempotency_keys (
    user_id uuid NOT NULL,
    key text NOT NULL,
    location text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT idempotency_keys_key_length CHECK (((length(key) >= 1) AND (length(key) <= 100)))
);

ALTER TABLE public.idempotency_keys OWNER TO heed_owner;

CREATE TABLE public.inbox_counts (
    user_id uuid NOT NULL,
    open integer NOT NULL,
    CONSTRAINT inbox_counts_open CHECK ((open >= 0))
);

ALTER TABLE public.inbox_counts OWNER TO heed_owner;

CREATE TABLE public.inbox_items (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    session_id uuid NOT NULL,
    message_id uuid NOT NULL,
    line integer NOT NULL,
    source text NOT NULL,
    client_msg_id text,
    message_sha256 bytea NOT NULL,
    raw text NOT NULL,
    normalised text GENERATED ALWAYS AS (public.normal_title(raw)) STORED NOT NULL,
    received_at timestamp with time zone NOT NULL,
    said_at timestamp with time zone,
    became_kind text,
    became_id uuid,
    joined boolean DEFAULT false NOT NULL,
    sorted_at timestamp with time zone,
    deleted_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT inbox_items_became CHECK (((became_id IS NULL) = ((became_kind IS NULL) OR (became_kind = 'none'::text)))),
    CONSTRAINT inbox_items_became_kind CHECK ((became_kind = ANY (ARRAY['task'::text, 'deadline'::text, 'goal'::text, 'problem'::text, 'reminder'::text, 'habit'::text, 'none'::text]))),
    CONSTRAINT inbox_items_client CHECK (((length(client_msg_id) >= 1) AND (length(client_msg_id) <= 200))),
    CONSTRAINT inbox_items_joined CHECK (((NOT joined) OR (became_id IS NOT NULL))),
    CONSTRAINT inbox_items_line CHECK ((line >= 1)),
    CONSTRAINT inbox_items_raw CHECK (((octet_length(raw) >= 1) AND (octet_length(raw) <= 8192))),
    CONSTRAINT inbox_items_sha256 CHECK ((octet_length(message_sha256) = 32)),
    CONSTRAINT inbox_items_sorted CHECK (((became_kind IS NULL) = (sorted_at IS NULL))),
    CONSTRAINT inbox_items_source CHECK (((length(source) >= 1) AND (length(source) <= 40)))
);

ALTER TABLE public.inbox_items OWNER TO heed_owner;

CREATE TABLE public.invitations (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    email text NOT NULL,
    email_key text NOT NULL,
    role text NOT NULL,
    language text NOT NULL,
    invited_by text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone,
    revoked_at timestamp with time zone,
    CONSTRAINT invitations_email_length CHECK (((octet_length(email) >= 3) AND (octet_length(email) <= 254))),
    CONSTRAINT invitations_language CHECK ((language = ANY (ARRAY['en'::text, 'pt-BR'::text]))),
    CONSTRAINT invitations_role CHECK ((role = ANY (ARRAY['admin'::text, 'agent'::text, 'viewer'::text])))
);

ALTER TABLE public.invitations OWNER TO heed_owner;

CREATE TABLE public.jobs (
    id uuid NOT NULL,
    kind text NOT NULL,
    key text,
    account_id uuid,
    user_id uuid,
    state text NOT NULL,
    due_at timestamp with time zone NOT NULL,
    lease_until timestamp with time zone,
    fence integer DEFAULT 0 NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    lost smallint DEFAULT 0 NOT NULL,
    place text DEFAULT ''::text NOT NULL,
    done bigint DEFAULT 0 NOT NULL,
    total bigint,
    failures integer DEFAULT 0 NOT NULL,
    failing_since timestamp with time zone,
    error text DEFAULT ''::text NOT NULL,
    metrics jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    started_at timestamp with time zone,
    finished_at timestamp with time zone,
    CONSTRAINT jobs_finished CHECK (((state = ANY (ARRAY['done'::text, 'failed'::text, 'cancelled'::text])) = (finished_at IS NOT NULL))),
    CONSTRAINT jobs_key_length CHECK ((length(key) <= 200)),
    CONSTRAINT jobs_kind_length CHECK (((length(kind) >= 1) AND (length(kind) <= 100))),
    CONSTRAINT jobs_lease CHECK (((state = 'running'::text) = (lease_until IS NOT NULL))),
    CONSTRAINT jobs_owner CHECK (((user_id IS NULL) OR (account_id IS NOT NULL))),
    CONSTRAINT jobs_state CHECK ((state = ANY (ARRAY['pending'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text])))
)
WITH (autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='1000');

ALTER TABLE public.jobs OWNER TO heed_owner;

CREATE TABLE public.learning_samples (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    tx xid8 DEFAULT pg_current_xact_id() NOT NULL,
    draft_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    action text NOT NULL,
    chosen text DEFAULT ''::text NOT NULL,
    reason text,
    seconds integer,
    distance double precision DEFAULT 0 NOT NULL,
    delivered boolean DEFAULT true NOT NULL,
    CONSTRAINT learning_samples_action CHECK ((action = ANY (ARRAY['approve'::text, 'edit'::text, 'reject'::text])))
);

ALTER TABLE public.learning_samples OWNER TO heed_owner;

CREATE TABLE public.list_changes (
    user_id uuid NOT NULL,
    change uuid NOT NULL
)
WITH (fillfactor='50', autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='1000');

ALTER TABLE public.list_changes OWNER TO heed_owner;

CREATE TABLE public.mailbox_looks (
    channel_id uuid NOT NULL,
    account_id uuid NOT NULL,
    fence integer NOT NULL,
    lease_until timestamp with time zone,
    lost integer NOT NULL,
    trying text NOT NULL,
    has_more boolean NOT NULL,
    turn bigint DEFAULT 0 NOT NULL,
    mailbox integer DEFAULT 0 NOT NULL,
    stuck_uid bigint DEFAULT 0 NOT NULL,
    stuck integer DEFAULT 0 NOT NULL
);

ALTER TABLE public.mailbox_looks OWNER TO heed_owner;

CREATE TABLE public.memory_rounds (
    user_id uuid NOT NULL,
    since timestamp with time zone,
    due_at timestamp with time zone,
    CONSTRAINT memory_rounds_both CHECK (((since IS NULL) = (due_at IS NULL)))
);

ALTER TABLE public.memory_rounds OWNER TO heed_owner;

CREATE TABLE public.memory_summaries (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    chat text NOT NULL,
    type text NOT NULL,
    period text NOT NULL,
    session_id uuid,
    from_at timestamp with time zone NOT NULL,
    until_at timestamp with time zone NOT NULL,
    zone text NOT NULL,
    week_start smallint NOT NULL,
    facts jsonb NOT NULL,
    sources uuid[] NOT NULL,
    text text DEFAULT ''::text NOT NULL,
    written text DEFAULT 'rules'::text NOT NULL,
    deleted_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    revision bigint DEFAULT 0 NOT NULL,
    CONSTRAINT memory_summaries_chat CHECK (((length(chat) >= 1) AND (length(chat) <= 250))),
    CONSTRAINT memory_summaries_gone CHECK (((deleted_at IS NULL) OR ((text = ''::text) AND (facts = '[]'::jsonb) AND (sources = '{}'::uuid[])))),
    CONSTRAINT memory_summaries_of_session CHECK (((type = 'session'::text) = (session_id IS NOT NULL))),
    CONSTRAINT memory_summaries_period CHECK (((length(period) >= 1) AND (length(period) <= 40))),
    CONSTRAINT memory_summaries_span CHECK ((until_at >= from_at)),
    CONSTRAINT memory_summaries_text CHECK ((octet_length(text) <= 16384)),
    CONSTRAINT memory_summaries_type CHECK ((type = ANY (ARRAY['session'::text, 'daily'::text, 'weekly'::text]))),
    CONSTRAINT memory_summaries_week_start CHECK (((week_start >= 1) AND (week_start <= 7))),
    CONSTRAINT memory_summaries_words CHECK (((written = 'rules'::text) = (text = ''::text))),
    CONSTRAINT memory_summaries_written CHECK ((written = ANY (ARRAY['rules'::text, 'model'::text, 'person'::text]))),
    CONSTRAINT memory_summaries_zone CHECK ((length(zone) <= 100))
);

ALTER TABLE public.memory_summaries OWNER TO heed_owner;

CREATE TABLE public.merges (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    survivor uuid NOT NULL,
    merged uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    moved jsonb NOT NULL,
    undone_at timestamp with time zone,
    CONSTRAINT merges_other CHECK ((survivor <> merged))
);

ALTER TABLE public.merges OWNER TO heed_owner;

CREATE TABLE public.message_addresses (
    message_id uuid NOT NULL,
    account_id uuid NOT NULL,
    n smallint NOT NULL,
    role text NOT NULL,
    name text NOT NULL,
    address text NOT NULL,
    address_key text NOT NULL,
    CONSTRAINT message_addresses_role CHECK ((role = ANY (ARRAY['from'::text, 'to'::text, 'cc'::text, 'reply-to'::text, 'sender'::text])))
);

ALTER TABLE public.message_addresses OWNER TO heed_owner;

CREATE TABLE public.message_revisions (
    message_id uuid NOT NULL,
    account_id uuid NOT NULL,
    body_key bytea NOT NULL,
    at timestamp with time zone NOT NULL,
    own text NOT NULL
);

ALTER TABLE public.message_revisions OWNER TO heed_owner;

CREATE TABLE public.messages (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    number bigint DEFAULT nextval('public.desk_order'::regclass) NOT NULL,
    direction text NOT NULL,
    kind text NOT NULL,
    message_key bytea NOT NULL,
    body_key bytea NOT NULL,
    external_id text DEFAULT ''::text NOT NULL,
    message_id text,
    in_reply_to text,
    refs text[] DEFAULT '{}'::text[] NOT NULL,
    from_name text NOT NULL,
    from_address text NOT NULL,
    customer_id uuid,
    author_id uuid,
    author_name text DEFAULT ''::text NOT NULL,
    subject text NOT NULL,
    own text NOT NULL,
    part_kinds text[] DEFAULT '{}'::text[] NOT NULL,
    part_texts text[] DEFAULT '{}'::text[] NOT NULL,
    html text,
    language text,
    is_guessed boolean DEFAULT false NOT NULL,
    is_signed boolean DEFAULT false NOT NULL,
    is_stranger boolean DEFAULT false NOT NULL,
    notice text DEFAULT ''::text NOT NULL,
    files smallint DEFAULT 0 NOT NULL,
    raw bytea,
    dated text DEFAULT ''::text NOT NULL,
    dated_at timestamp with time zone,
    arrived_at timestamp with time zone NOT NULL,
    thread_index bytea,
    thread_topic text DEFAULT ''::text NOT NULL,
    metadata text DEFAULT ''::text NOT NULL,
    emptied_at timestamp with time zone,
    draft_id uuid,
    source text,
    signature text,
    recipients text[] DEFAULT '{}'::text[] NOT NULL,
    copies text[] DEFAULT '{}'::text[] NOT NULL,
    seen_id uuid,
    sending text,
    send_at timestamp with time zone,
    handed_at timestamp with time zone,
    sent_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    reason text,
    code text,
    detail text DEFAULT ''::text NOT NULL,
    closes boolean DEFAULT false NOT NULL,
    follow_up text DEFAULT ''::text NOT NULL,
    sender_domain text,
    deferred_at timestamp with time zone,
    CONSTRAINT messages_body_size CHECK ((octet_length(body_key) = 32)),
    CONSTRAINT messages_direction CHECK ((direction = ANY (ARRAY['inbound'::text, 'outbound'::text]))),
    CONSTRAINT messages_follow_up CHECK ((length(follow_up) <= 200)),
    CONSTRAINT messages_key_size CHECK ((octet_length(message_key) = 32)),
    CONSTRAINT messages_kind CHECK ((kind = ANY (ARRAY['person'::text, 'automatic'::text, 'list'::text, 'bounce'::text, 'own'::text]))),
    CONSTRAINT messages_language CHECK ((language = ANY (ARRAY['en'::text, 'pt-BR'::text]))),
    CONSTRAINT messages_metadata CHECK ((octet_length(metadata) <= 65536)),
    CONSTRAINT messages_sending CHECK ((sending = ANY (ARRAY['waiting'::text, 'held'::text, 'queued'::text, 'sending'::text, 'sent'::text, 'failed'::text, 'unknown'::text, 'cancelled'::text, 'bounced'::text]))),
    CONSTRAINT messages_sent CHECK (((direction = 'outbound'::text) = (sending IS NOT NULL)))
);

ALTER TABLE public.messages OWNER TO heed_owner;

CREATE TABLE public.model_account_days (
    account_id uuid NOT NULL,
    date date NOT NULL,
    calls integer NOT NULL
);

ALTER TABLE public.model_account_days OWNER TO heed_owner;

CREATE TABLE public.model_days (
    user_id uuid NOT NULL,
    date date NOT NULL,
    calls integer NOT NULL,
    is_told boolean DEFAULT false NOT NULL
);

ALTER TABLE public.model_days OWNER TO heed_owner;

CREATE TABLE public.model_servers (
    host text NOT NULL,
    in_a_row smallint NOT NULL,
    paused_until timestamp with time zone,
    trying_until timestamp with time zone
);

ALTER TABLE public.model_servers OWNER TO heed_owner;

CREATE TABLE public.muted_addresses (
    user_id uuid NOT NULL,
    agent text NOT NULL,
    address text NOT NULL,
    reason text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT muted_addresses_agent CHECK ((agent = ANY (ARRAY['email'::text, 'sms'::text, 'webhook'::text, 'push'::text, 'pull'::text]))),
    CONSTRAINT muted_addresses_reason CHECK ((reason = ANY (ARRAY['unsubscribed'::text, 'refused'::text, 'gone'::text])))
);

ALTER TABLE public.muted_addresses OWNER TO heed_owner;

CREATE TABLE public.notification_settings (
    user_id uuid NOT NULL,
    tells text[] NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    revision bigint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT notification_settings_tells CHECK ((tells <@ ARRAY['draft_ready'::text, 'assigned'::text, 'mention'::text, 'late'::text, 'send_failed'::text, 'bounced'::text, 'job_failed'::text, 'channel_failing'::text, 'flood'::text]))
);

ALTER TABLE public.notification_settings OWNER TO heed_owner;

CREATE TABLE public.notifications (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    account_id uuid NOT NULL,
    kind text NOT NULL,
    conversation_id uuid,
    channel_id uuid,
    job_id uuid,
    actor_name text DEFAULT ''::text NOT NULL,
    words text DEFAULT ''::text NOT NULL,
    at timestamp with time zone NOT NULL,
    read_at timestamp with time zone,
    number bigint DEFAULT nextval('public.desk_order'::regclass) NOT NULL,
    CONSTRAINT notifications_kind CHECK ((kind = ANY (ARRAY['draft_ready'::text, 'assigned'::text, 'mention'::text, 'late'::text, 'send_failed'::text, 'bounced'::text, 'job_failed'::text, 'channel_failing'::text, 'flood'::text]))),
    CONSTRAINT notifications_words CHECK ((length(words) <= 300))
);

ALTER TABLE public.notifications OWNER TO heed_owner;

CREATE TABLE public.outbox (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    subject text NOT NULL,
    subject_id uuid NOT NULL,
    escalation_id uuid GENERATED ALWAYS AS (
CASE
    WHEN (subject = 'escalation'::text) THEN subject_id
    ELSE NULL::uuid
END) STORED,
    reminder_id uuid,
    run integer,
    tier integer,
    round integer,
    channel text NOT NULL,
    recipient_kind text NOT NULL,
    recipient_id uuid NOT NULL,
    address text DEFAULT ''::text NOT NULL,
    critical boolean DEFAULT false NOT NULL,
    state text NOT NULL,
    due_at timestamp with time zone NOT NULL,
    lease_until timestamp with time zone,
    fence integer DEFAULT 0 NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    lost smallint DEFAULT 0 NOT NULL,
    carrier_id uuid,
    reason text,
    code text,
    detail text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    CONSTRAINT outbox_channel CHECK ((channel = ANY (ARRAY['email'::text, 'sms'::text, 'webhook'::text, 'push'::text, 'pull'::text]))),
    CONSTRAINT outbox_reason CHECK ((reason = ANY (ARRAY['answered'::text, 'superseded'::text, 'switched_off'::text, 'unsubscribed'::text, 'refused'::text, 'gone'::text, 'unverified'::text, 'unverified_limit'::text, 'no_use'::text, 'no_result'::text, 'singly'::text, 'quiet'::text, 'digest'::text, 'kept'::text, 'unreached'::text, 'timeout'::text, 'broken'::text, 'no_entry'::text, 'not_unicode'::text, 'interrupted'::text, 'no_channel'::text, 'malformed'::text, 'no_storage'::text, 'unknown'::text, 'removed'::text, 'untrusted'::text, 'laid_out'::text, 'fetched'::text, 'received'::text, 'expired'::text, 'unreceived'::text, 'limited'::text, 'no_device'::text, 'too_long'::text]))),
    CONSTRAINT outbox_recipient_kind CHECK ((recipient_kind = ANY (ARRAY['user'::text, 'contact'::text, 'guest'::text, 'customer'::text, 'device'::text]))),
    CONSTRAINT outbox_state CHECK ((state = ANY (ARRAY['pending'::text, 'sending'::text, 'sent'::text, 'delivered'::text, 'failed'::text, 'cancelled'::text, 'held'::text]))),
    CONSTRAINT outbox_step CHECK (((subject = 'escalation'::text) = (num_nonnulls(reminder_id, run, tier, round) = 4))),
    CONSTRAINT outbox_subject CHECK ((subject = ANY (ARRAY['escalation'::text, 'account'::text, 'test'::text, 'week'::text, 'invitation'::text, 'answer'::text, 'channel_test'::text, 'contact'::text, 'phone'::text, 'closing'::text])))
)
WITH (autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='2000');

ALTER TABLE public.outbox OWNER TO heed_owner;

CREATE TABLE public.outbox_attempts (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    message_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    state text NOT NULL,
    attempt integer DEFAULT 0 NOT NULL,
    detail text DEFAULT ''::text NOT NULL,
    subject_id uuid NOT NULL,
    reason text,
    code text
);

ALTER TABLE public.outbox_attempts OWNER TO heed_owner;

CREATE TABLE public.participants (
    conversation_id uuid NOT NULL,
    account_id uuid NOT NULL,
    address_key text NOT NULL,
    address text NOT NULL,
    name text NOT NULL,
    is_taken boolean NOT NULL
);

ALTER TABLE public.participants OWNER TO heed_owner;

CREATE TABLE public.passages (
    id bigint NOT NULL,
    account_id uuid NOT NULL,
    source_id uuid NOT NULL,
    n smallint NOT NULL,
    heading text NOT NULL,
    text text NOT NULL,
    words tsvector NOT NULL
);

ALTER TABLE public.passages OWNER TO heed_owner;

ALTER TABLE public.passages ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.passages_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.people (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    name text NOT NULL,
    name_norm text GENERATED ALWAYS AS (public.normal_title(name)) STORED NOT NULL,
    email text DEFAULT ''::text NOT NULL,
    phone text DEFAULT ''::text NOT NULL,
    addresses text DEFAULT ''::text NOT NULL,
    type text DEFAULT 'contact'::text NOT NULL,
    importance integer DEFAULT 5 NOT NULL,
    company text DEFAULT ''::text NOT NULL,
    title text DEFAULT ''::text NOT NULL,
    notes text DEFAULT ''::text NOT NULL,
    birth_year integer,
    birth_month integer,
    birth_day integer,
    stay_words text DEFAULT ''::text NOT NULL,
    stay_months integer,
    stay_days integer,
    stay_set_at timestamp with time zone,
    stay_events boolean DEFAULT true NOT NULL,
    stay_due_at timestamp with time zone,
    last_contact_at timestamp with time zone,
    private boolean DEFAULT false NOT NULL,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    source text DEFAULT 'manual'::text NOT NULL,
    merged_into uuid,
    deleted_at timestamp with time zone,
    deletion_id uuid,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    revision bigint DEFAULT 0 NOT NULL,
    CONSTRAINT people_addresses CHECK ((length(addresses) <= 20000)),
    CONSTRAINT people_birth_day CHECK (((birth_day >= 1) AND (birth_day <= 31))),
    CONSTRAINT people_birth_month CHECK (((birth_month >= 1) AND (birth_month <= 12))),
    CONSTRAINT people_birth_year CHECK (((birth_year >= 1) AND (birth_year <= 9999))),
    CONSTRAINT people_birthday CHECK (((birth_month IS NULL) = (birth_day IS NULL))),
    CONSTRAINT people_company CHECK ((length(company) <= 200)),
    CONSTRAINT people_deleted CHECK ((((deleted_at IS NULL) = ((deletion_id IS NULL) AND (merged_into IS NULL))) AND ((deletion_id IS NULL) OR (merged_into IS NULL)))),
    CONSTRAINT people_email CHECK ((length(email) <= 254)),
    CONSTRAINT people_importance CHECK (((importance >= 1) AND (importance <= 10))),
    CONSTRAINT people_merged CHECK (((merged_into IS NULL) OR ((deleted_at IS NOT NULL) AND (merged_into <> id)))),
    CONSTRAINT people_metadata CHECK (((jsonb_typeof(metadata) = 'object'::text) AND (octet_length((metadata)::text) <= 65536))),
    CONSTRAINT people_name CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    CONSTRAINT people_notes CHECK ((octet_length(notes) <= 65536)),
    CONSTRAINT people_phone CHECK ((length(phone) <= 60)),
    CONSTRAINT people_source CHECK (((length(source) >= 1) AND (length(source) <= 100))),
    CONSTRAINT people_stay CHECK ((((stay_months IS NULL) = (stay_days IS NULL)) AND ((stay_months IS NULL) = (stay_set_at IS NULL)) AND ((stay_months IS NULL) = (stay_due_at IS NULL)))),
    CONSTRAINT people_stay_days CHECK (((stay_days >= 0) AND (stay_days <= 3660))),
    CONSTRAINT people_stay_months CHECK (((stay_months >= 0) AND (stay_months <= 120))),
    CONSTRAINT people_stay_words CHECK ((length(stay_words) <= 200)),
    CONSTRAINT people_title CHECK ((length(title) <= 200)),
    CONSTRAINT people_type CHECK ((type = ANY (ARRAY['contact'::text, 'colleague'::text, 'friend'::text, 'family'::text, 'lead'::text])))
);

ALTER TABLE public.people OWNER TO heed_owner;

CREATE TABLE public.person_addresses (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    person_id uuid NOT NULL,
    kind text NOT NULL,
    value text NOT NULL,
    key text NOT NULL,
    "position" integer NOT NULL,
    live boolean DEFAULT true NOT NULL,
    CONSTRAINT person_addresses_key CHECK (((length(key) >= 1) AND (length(key) <= 254))),
    CONSTRAINT person_addresses_kind CHECK ((kind = ANY (ARRAY['email'::text, 'phone'::text]))),
    CONSTRAINT person_addresses_position CHECK (("position" >= 0)),
    CONSTRAINT person_addresses_value CHECK (((length(value) >= 1) AND (length(value) <= 254)))
);

ALTER TABLE public.person_addresses OWNER TO heed_owner;

CREATE TABLE public.person_reminders (
    reminder_id uuid NOT NULL,
    user_id uuid NOT NULL,
    person_id uuid NOT NULL
);

ALTER TABLE public.person_reminders OWNER TO heed_owner;

CREATE TABLE public.phone_codes (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    phone_id uuid NOT NULL,
    number_key text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    tries smallint DEFAULT 0 NOT NULL,
    used_at timestamp with time zone
);

ALTER TABLE public.phone_codes OWNER TO heed_owner;

CREATE TABLE public.phone_stops (
    user_id uuid NOT NULL,
    number_key text NOT NULL,
    stopped_at timestamp with time zone
);

ALTER TABLE public.phone_stops OWNER TO heed_owner;

CREATE TABLE public.phones (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    contact_id uuid,
    number_key text NOT NULL,
    verified_at timestamp with time zone,
    stopped_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT phones_number_key CHECK ((length(number_key) = ANY (ARRAY[0, 32])))
);

ALTER TABLE public.phones OWNER TO heed_owner;

CREATE TABLE public.places (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    name text NOT NULL,
    name_norm text GENERATED ALWAYS AS (public.normal_title(name)) STORED NOT NULL,
    type text DEFAULT 'location'::text NOT NULL,
    address text DEFAULT ''::text NOT NULL,
    city text DEFAULT ''::text NOT NULL,
    state text DEFAULT ''::text NOT NULL,
    country text DEFAULT ''::text NOT NULL,
    latitude numeric(10,8),
    longitude numeric(11,8),
    timezone text DEFAULT ''::text NOT NULL,
    notes text DEFAULT ''::text NOT NULL,
    private boolean DEFAULT false NOT NULL,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    source text DEFAULT 'manual'::text NOT NULL,
    deleted_at timestamp with time zone,
    deletion_id uuid,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    revision bigint DEFAULT 0 NOT NULL,
    CONSTRAINT places_address CHECK ((length(address) <= 300)),
    CONSTRAINT places_city CHECK ((length(city) <= 100)),
    CONSTRAINT places_country CHECK ((length(country) <= 100)),
    CONSTRAINT places_deleted CHECK (((deleted_at IS NULL) = (deletion_id IS NULL))),
    CONSTRAINT places_latitude CHECK (((latitude >= ('-90'::integer)::numeric) AND (latitude <= (90)::numeric))),
    CONSTRAINT places_longitude CHECK (((longitude >= ('-180'::integer)::numeric) AND (longitude <= (180)::numeric))),
    CONSTRAINT places_metadata CHECK (((jsonb_typeof(metadata) = 'object'::text) AND (octet_length((metadata)::text) <= 65536))),
    CONSTRAINT places_name CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    CONSTRAINT places_notes CHECK ((octet_length(notes) <= 16384)),
    CONSTRAINT places_point CHECK (((latitude IS NULL) = (longitude IS NULL))),
    CONSTRAINT places_source CHECK (((length(source) >= 1) AND (length(source) <= 100))),
    CONSTRAINT places_state CHECK ((length(state) <= 100)),
    CONSTRAINT places_timezone CHECK ((length(timezone) <= 100)),
    CONSTRAINT places_type CHECK ((type = ANY (ARRAY['location'::text, 'home'::text, 'office'::text, 'restaurant'::text, 'venue'::text])))
);

ALTER TABLE public.places OWNER TO heed_owner;

CREATE TABLE public.planner_import_rows (
    import_id uuid NOT NULL,
    user_id uuid NOT NULL,
    number integer NOT NULL,
    line integer NOT NULL,
    outcome text NOT NULL,
    task_id uuid,
    reason text DEFAULT ''::text NOT NULL,
    CONSTRAINT planner_import_rows_outcome CHECK ((outcome = ANY (ARRAY['new'::text, 'same'::text, 'known'::text, 'updated'::text, 'trashed'::text, 'restored'::text, 'refused'::text]))),
    CONSTRAINT planner_import_rows_reason CHECK ((length(reason) <= 1000))
);

ALTER TABLE public.planner_import_rows OWNER TO heed_owner;

CREATE TABLE public.planner_imports (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    kind text NOT NULL,
    file_name text DEFAULT ''::text NOT NULL,
    file bytea,
    created_at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone,
    same text DEFAULT 'skip'::text NOT NULL,
    trash text DEFAULT 'skip'::text NOT NULL,
    job_id uuid,
    finished_at timestamp with time zone,
    failed boolean DEFAULT false NOT NULL,
    undo_at timestamp with time zone,
    undone_at timestamp with time zone,
    kept integer DEFAULT 0 NOT NULL,
    replaced_at timestamp with time zone,
    CONSTRAINT planner_imports_file CHECK (((file IS NOT NULL) OR (finished_at IS NOT NULL) OR (replaced_at IS NOT NULL) OR failed)),
    CONSTRAINT planner_imports_file_name CHECK ((length(file_name) <= 200)),
    CONSTRAINT planner_imports_finished CHECK (((finished_at IS NULL) OR (confirmed_at IS NOT NULL))),
    CONSTRAINT planner_imports_kind CHECK ((kind = ANY (ARRAY['todo.txt'::text, 'json'::text, 'csv'::text, 'todoist'::text, 'ics'::text]))),
    CONSTRAINT planner_imports_replaced CHECK (((replaced_at IS NULL) OR (confirmed_at IS NULL))),
    CONSTRAINT planner_imports_same CHECK ((same = ANY (ARRAY['skip'::text, 'update'::text, 'add'::text]))),
    CONSTRAINT planner_imports_trash CHECK ((trash = ANY (ARRAY['skip'::text, 'restore'::text]))),
    CONSTRAINT planner_imports_undone CHECK (((undone_at IS NULL) OR (undo_at IS NOT NULL)))
);

ALTER TABLE public.planner_imports OWNER TO heed_owner;

CREATE TABLE public.problems (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    title text NOT NULL,
    title_norm text GENERATED ALWAYS AS (public.normal_title(title)) STORED NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    status text DEFAULT 'active'::text NOT NULL,
    severity smallint,
    horizon text,
    private boolean DEFAULT false NOT NULL,
    resolved_at timestamp with time zone,
    deleted_at timestamp with time zone,
    deletion_id uuid,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    revision bigint DEFAULT 0 NOT NULL,
    CONSTRAINT problems_deleted CHECK (((deleted_at IS NULL) = (deletion_id IS NULL))),
    CONSTRAINT problems_description CHECK ((octet_length(description) <= 16384)),
    CONSTRAINT problems_horizon CHECK ((horizon = ANY (ARRAY['week'::text, 'month'::text, 'quarter'::text, 'year'::text, 'life'::text]))),
    CONSTRAINT problems_resolved CHECK (((status = 'archived'::text) OR ((status = 'resolved'::text) = (resolved_at IS NOT NULL)))),
    CONSTRAINT problems_severity CHECK (((severity >= 1) AND (severity <= 5))),
    CONSTRAINT problems_status CHECK ((status = ANY (ARRAY['active'::text, 'monitoring'::text, 'resolved'::text, 'archived'::text]))),
    CONSTRAINT problems_title CHECK (((length(title) >= 1) AND (length(title) <= 200)))
);

ALTER TABLE public.problems OWNER TO heed_owner;

CREATE TABLE public.profiles (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    preset text,
    name text NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    tiers jsonb NOT NULL,
    repeat_minutes integer DEFAULT 0 NOT NULL,
    repeat_limit integer DEFAULT 0 NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    revision bigint DEFAULT 0 NOT NULL,
    CONSTRAINT profiles_description_length CHECK ((length(description) <= 1000)),
    CONSTRAINT profiles_name_length CHECK (((length(name) >= 1) AND (length(name) <= 100))),
    CONSTRAINT profiles_preset CHECK ((preset = ANY (ARRAY['gentle'::text, 'urgent'::text, 'critical'::text]))),
    CONSTRAINT profiles_repeat_limit CHECK (((repeat_limit >= 0) AND (repeat_limit <= 1000))),
    CONSTRAINT profiles_repeat_minutes CHECK (((repeat_minutes >= 0) AND (repeat_minutes <= 525600)))
);

ALTER TABLE public.profiles OWNER TO heed_owner;

CREATE TABLE public.prompt_runs (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    user_id uuid,
    call smallint NOT NULL,
    date date NOT NULL,
    event text NOT NULL,
    prompt text NOT NULL,
    model text NOT NULL,
    host text NOT NULL,
    outcome text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    prompt_bytes integer NOT NULL,
    prompt_hash bytea NOT NULL,
    answer_bytes integer,
    answer_hash bytea,
    prompt_tokens integer,
    answer_tokens integer,
    milliseconds integer,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    draft_id uuid,
    cost bigint,
    kinds text[] DEFAULT '{}'::text[] NOT NULL,
    has_left boolean DEFAULT true NOT NULL,
    CONSTRAINT prompt_runs_call CHECK (((call >= 1) AND (call <= 3))),
    CONSTRAINT prompt_runs_cause CHECK (((user_id IS NULL) <> (draft_id IS NULL))),
    CONSTRAINT prompt_runs_ended CHECK (((outcome = 'asking'::text) = (ended_at IS NULL))),
    CONSTRAINT prompt_runs_outcome CHECK ((outcome = ANY (ARRAY['asking'::text, 'taken'::text, 'refused'::text, 'failed'::text]))),
    CONSTRAINT prompt_runs_reason CHECK ((length(reason) <= 40)),
    CONSTRAINT prompt_runs_reasoned CHECK (((outcome = ANY (ARRAY['refused'::text, 'failed'::text])) = (reason <> ''::text)))
);

ALTER TABLE public.prompt_runs OWNER TO heed_owner;

CREATE TABLE public.prompt_texts (
    run_id uuid NOT NULL,
    account_id uuid NOT NULL,
    draft_id uuid NOT NULL,
    messages uuid[] NOT NULL,
    prompt bytea NOT NULL,
    answer bytea
);

ALTER TABLE public.prompt_texts OWNER TO heed_owner;

CREATE TABLE public.proposals (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    chat_id uuid NOT NULL,
    exchange integer NOT NULL,
    action text NOT NULL,
    kind text NOT NULL,
    thing_id uuid,
    thing_revision bigint,
    title text NOT NULL,
    fields jsonb NOT NULL,
    digest bytea NOT NULL,
    is_foreign boolean NOT NULL,
    intent text NOT NULL,
    reasoning text NOT NULL,
    confidence integer NOT NULL,
    read jsonb NOT NULL,
    assumptions uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    state text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    answered_by uuid,
    result_id uuid,
    revision bigint DEFAULT 0 NOT NULL,
    CONSTRAINT proposals_action CHECK ((action = ANY (ARRAY['create'::text, 'update'::text, 'status'::text, 'link'::text, 'delete'::text, 'snooze'::text]))),
    CONSTRAINT proposals_answered CHECK (((answered_at IS NULL) = (state = 'open'::text))),
    CONSTRAINT proposals_confidence CHECK (((confidence >= 0) AND (confidence <= 100))),
    CONSTRAINT proposals_digest CHECK ((octet_length(digest) = 32)),
    CONSTRAINT proposals_fields CHECK ((jsonb_typeof(fields) = 'array'::text)),
    CONSTRAINT proposals_foreign CHECK ((NOT (is_foreign AND (action = 'delete'::text)))),
    CONSTRAINT proposals_intent CHECK ((length(intent) <= 500)),
    CONSTRAINT proposals_kind CHECK ((kind = ANY (ARRAY['task'::text, 'reminder'::text, 'deadline'::text, 'goal'::text, 'problem'::text, 'habit'::text, 'person'::text, 'place'::text, 'event'::text, 'relationship'::text, 'link'::text]))),
    CONSTRAINT proposals_read CHECK ((jsonb_typeof(read) = 'array'::text)),
    CONSTRAINT proposals_reasoning CHECK ((length(reasoning) <= 2000)),
    CONSTRAINT proposals_state CHECK ((state = ANY (ARRAY['open'::text, 'accepted'::text, 'changed'::text, 'refused'::text, 'ended'::text, 'overtaken'::text]))),
    CONSTRAINT proposals_thing CHECK (((thing_id IS NULL) = (action = ANY (ARRAY['create'::text, 'link'::text])))),
    CONSTRAINT proposals_title CHECK ((length(title) <= 200))
);

ALTER TABLE public.proposals OWNER TO heed_owner;

CREATE TABLE public.push_closings (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    device_id uuid NOT NULL,
    escalation_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL
);

ALTER TABLE public.push_closings OWNER TO heed_owner;

CREATE TABLE public.push_devices (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    label text NOT NULL,
    service text NOT NULL,
    endpoint_hash bytea NOT NULL,
    subscription bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT push_devices_endpoint_hash CHECK ((length(endpoint_hash) = 32)),
    CONSTRAINT push_devices_label CHECK (((length(label) >= 1) AND (length(label) <= 60))),
    CONSTRAINT push_devices_service CHECK ((length(service) <= 255))
);

ALTER TABLE public.push_devices OWNER TO heed_owner;

CREATE TABLE public.quarantine (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    key bytea NOT NULL,
    at timestamp with time zone NOT NULL,
    reason text NOT NULL,
    detail text DEFAULT ''::text NOT NULL,
    name text NOT NULL,
    size bigint NOT NULL,
    raw bytea,
    tries integer DEFAULT 0 NOT NULL,
    tried_at timestamp with time zone,
    state text DEFAULT 'waiting'::text NOT NULL,
    conversation_id uuid,
    CONSTRAINT quarantine_detail CHECK ((length(detail) <= 300)),
    CONSTRAINT quarantine_key CHECK ((octet_length(key) = 32)),
    CONSTRAINT quarantine_name CHECK ((length(name) <= 300)),
    CONSTRAINT quarantine_reason CHECK (((length(reason) >= 1) AND (length(reason) <= 40))),
    CONSTRAINT quarantine_state CHECK ((state = ANY (ARRAY['waiting'::text, 'taken'::text, 'deleted'::text])))
);

ALTER TABLE public.quarantine OWNER TO heed_owner;

CREATE TABLE public.query_vectors (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    set_id uuid NOT NULL,
    sha256 bytea NOT NULL,
    words text,
    half bytea,
    state text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT query_vectors_answer CHECK (((state = 'answered'::text) = (half IS NOT NULL))),
    CONSTRAINT query_vectors_asked CHECK (((state = 'asked'::text) = (words IS NOT NULL))),
    CONSTRAINT query_vectors_sha256 CHECK ((octet_length(sha256) = 32)),
    CONSTRAINT query_vectors_state CHECK ((state = ANY (ARRAY['asked'::text, 'answered'::text, 'failed'::text]))),
    CONSTRAINT query_vectors_words CHECK ((octet_length(words) <= 8192))
);

ALTER TABLE public.query_vectors OWNER TO heed_owner;

CREATE TABLE public.recent_context_items (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    chat text NOT NULL,
    thing uuid NOT NULL,
    kind text NOT NULL,
    reason text NOT NULL,
    state text DEFAULT 'shown'::text NOT NULL,
    day date,
    surfaced_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT recent_context_items_chat CHECK (((length(chat) >= 1) AND (length(chat) <= 200))),
    CONSTRAINT recent_context_items_day CHECK (((state = 'shown'::text) = (day IS NULL))),
    CONSTRAINT recent_context_items_reason CHECK ((length(reason) <= 200)),
    CONSTRAINT recent_context_items_state CHECK ((state = ANY (ARRAY['shown'::text, 'taken'::text, 'dismissed'::text])))
);

ALTER TABLE public.recent_context_items OWNER TO heed_owner;

CREATE TABLE public.reminder_counts (
    user_id uuid NOT NULL,
    active integer DEFAULT 0 NOT NULL,
    snoozed integer DEFAULT 0 NOT NULL,
    completed integer DEFAULT 0 NOT NULL,
    archived integer DEFAULT 0 NOT NULL,
    bytes bigint DEFAULT 0 NOT NULL,
    CONSTRAINT reminder_counts_active CHECK ((active >= 0)),
    CONSTRAINT reminder_counts_archived CHECK ((archived >= 0)),
    CONSTRAINT reminder_counts_bytes CHECK ((bytes >= 0)),
    CONSTRAINT reminder_counts_completed CHECK ((completed >= 0)),
    CONSTRAINT reminder_counts_snoozed CHECK ((snoozed >= 0))
)
WITH (fillfactor='70', autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='1000');

ALTER TABLE public.reminder_counts OWNER TO heed_owner;

CREATE TABLE public.reminder_import_rows (
    import_id uuid NOT NULL,
    user_id uuid NOT NULL,
    number integer NOT NULL,
    line integer NOT NULL,
    key text NOT NULL,
    title text NOT NULL,
    description text NOT NULL,
    importance text NOT NULL,
    reason text NOT NULL,
    note text NOT NULL,
    kind text,
    timezone text,
    at timestamp with time zone,
    wall timestamp without time zone,
    rule text,
    rule_from timestamp without time zone,
    words text,
    every_minutes integer,
    exclude_dates text,
    CONSTRAINT reminder_import_rows_description CHECK ((octet_length(description) <= 16384)),
    CONSTRAINT reminder_import_rows_importance CHECK ((importance = ANY (ARRAY['low'::text, 'medium'::text, 'high'::text, 'critical'::text]))),
    CONSTRAINT reminder_import_rows_key CHECK ((length(key) = 64)),
    CONSTRAINT reminder_import_rows_planned CHECK (((reason = ''::text) = (kind IS NOT NULL))),
    CONSTRAINT reminder_import_rows_title CHECK ((length(title) <= 200))
);

ALTER TABLE public.reminder_import_rows OWNER TO heed_owner;

CREATE TABLE public.reminder_imports (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    kind text NOT NULL,
    file_name text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone,
    undone_at timestamp with time zone,
    replaced_at timestamp with time zone,
    CONSTRAINT reminder_imports_file_name CHECK ((length(file_name) <= 200)),
    CONSTRAINT reminder_imports_kind CHECK ((kind = ANY (ARRAY['calendar'::text, 'google'::text, 'todoist'::text]))),
    CONSTRAINT reminder_imports_replaced CHECK (((replaced_at IS NULL) OR (confirmed_at IS NULL))),
    CONSTRAINT reminder_imports_undone CHECK (((undone_at IS NULL) OR (confirmed_at IS NOT NULL)))
);

ALTER TABLE public.reminder_imports OWNER TO heed_owner;

CREATE TABLE public.reminder_offers (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    account_id uuid NOT NULL,
    reminder_id uuid NOT NULL,
    to_user uuid NOT NULL,
    state text NOT NULL,
    taken_as uuid,
    created_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    CONSTRAINT reminder_offers_decided CHECK (((state = 'open'::text) = (decided_at IS NULL))),
    CONSTRAINT reminder_offers_other CHECK ((user_id <> to_user)),
    CONSTRAINT reminder_offers_state CHECK ((state = ANY (ARRAY['open'::text, 'accepted'::text, 'refused'::text, 'withdrawn'::text]))),
    CONSTRAINT reminder_offers_taken CHECK (((state = 'accepted'::text) = (taken_as IS NOT NULL)))
);

ALTER TABLE public.reminder_offers OWNER TO heed_owner;

CREATE TABLE public.reminder_sources (
    user_id uuid NOT NULL,
    key text NOT NULL,
    reminder_id uuid NOT NULL,
    import_id uuid NOT NULL,
    CONSTRAINT reminder_sources_key CHECK ((length(key) = 64))
);

ALTER TABLE public.reminder_sources OWNER TO heed_owner;

CREATE TABLE public.reminder_texts (
    reminder_id uuid NOT NULL,
    user_id uuid NOT NULL,
    version integer NOT NULL,
    html text NOT NULL,
    plain text NOT NULL,
    CONSTRAINT reminder_texts_html_length CHECK ((octet_length(html) <= 131072)),
    CONSTRAINT reminder_texts_plain_length CHECK ((octet_length(plain) <= 65536))
);

ALTER TABLE public.reminder_texts OWNER TO heed_owner;

CREATE TABLE public.reminder_words (
    reminder_id uuid NOT NULL,
    user_id uuid NOT NULL,
    words text NOT NULL
);

ALTER TABLE public.reminder_words OWNER TO heed_owner;

CREATE TABLE public.rotas (
    channel_id uuid NOT NULL,
    account_id uuid NOT NULL,
    n smallint NOT NULL,
    days smallint NOT NULL,
    from_minute smallint NOT NULL,
    until_minute smallint NOT NULL,
    user_id uuid NOT NULL,
    CONSTRAINT rotas_days CHECK (((days >= 1) AND (days <= 127))),
    CONSTRAINT rotas_forward CHECK ((from_minute < until_minute)),
    CONSTRAINT rotas_from CHECK (((from_minute >= 0) AND (from_minute <= 1439))),
    CONSTRAINT rotas_n CHECK (((n >= 1) AND (n <= 50))),
    CONSTRAINT rotas_until CHECK (((until_minute >= 1) AND (until_minute <= 1440)))
);

ALTER TABLE public.rotas OWNER TO heed_owner;

CREATE TABLE public.saved_replies (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    author_id uuid,
    author_name text NOT NULL,
    title text NOT NULL,
    text text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    revision bigint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT saved_replies_text CHECK (((octet_length(text) >= 1) AND (octet_length(text) <= 16384))),
    CONSTRAINT saved_replies_title CHECK (((length(title) >= 1) AND (length(title) <= 100)))
);

ALTER TABLE public.saved_replies OWNER TO heed_owner;

CREATE TABLE public.schedules (
    reminder_id uuid NOT NULL,
    user_id uuid NOT NULL,
    kind text NOT NULL,
    timezone text NOT NULL,
    at timestamp with time zone,
    cron text,
    every_minutes integer,
    exclude_dates date[] DEFAULT '{}'::date[] NOT NULL,
    exclude_weekends boolean DEFAULT false NOT NULL,
    zone_version text DEFAULT ''::text NOT NULL,
    wall timestamp without time zone,
    zone_rule text DEFAULT ''::text NOT NULL,
    zone_lost boolean DEFAULT false NOT NULL,
    rule text,
    rule_from timestamp without time zone,
    words text DEFAULT ''::text NOT NULL,
    first_day date,
    CONSTRAINT schedules_cron_length CHECK ((length(cron) <= 500)),
    CONSTRAINT schedules_every_minutes CHECK (((every_minutes >= 1) AND (every_minutes <= 525600))),
    CONSTRAINT schedules_exclude_dates CHECK ((cardinality(exclude_dates) <= 400)),
    CONSTRAINT schedules_first_day CHECK (((first_day IS NULL) OR (rule IS NOT NULL))),
    CONSTRAINT schedules_kind CHECK ((kind = ANY (ARRAY['once'::text, 'recurring'::text, 'interval'::text]))),
    CONSTRAINT schedules_one_kind CHECK ((((kind = 'once'::text) = (at IS NOT NULL)) AND ((kind = 'recurring'::text) = (num_nonnulls(cron, rule) = 1)) AND (num_nonnulls(cron, rule) <= 1) AND ((kind = 'interval'::text) = (every_minutes IS NOT NULL)))),
    CONSTRAINT schedules_rule_from CHECK (((rule IS NULL) = (rule_from IS NULL))),
    CONSTRAINT schedules_rule_length CHECK ((length(rule) <= 500)),
    CONSTRAINT schedules_wall CHECK (((wall IS NULL) OR (kind = 'once'::text))),
    CONSTRAINT schedules_words_length CHECK ((length(words) <= 500)),
    CONSTRAINT schedules_zone_rule_length CHECK ((octet_length(zone_rule) <= 200))
);

ALTER TABLE public.schedules OWNER TO heed_owner;

CREATE TABLE public.search_documents (
    id uuid NOT NULL,
    user_id uuid,
    account_id uuid,
    kind text NOT NULL,
    title text NOT NULL,
    title_norm text GENERATED ALWAYS AS (public.plain(title)) STORED NOT NULL,
    words tsvector NOT NULL,
    trashed boolean NOT NULL,
    private boolean DEFAULT false NOT NULL,
    source text DEFAULT ''::text NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT search_documents_kind CHECK (((length(kind) >= 1) AND (length(kind) <= 40))),
    CONSTRAINT search_documents_of_one CHECK ((num_nonnulls(user_id, account_id) = 1)),
    CONSTRAINT search_documents_title CHECK ((length(title) <= 200))
);

ALTER TABLE public.search_documents OWNER TO heed_owner;

CREATE TABLE public.snoozes (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    reminder_id uuid NOT NULL,
    from_time timestamp with time zone NOT NULL,
    until_time timestamp with time zone NOT NULL,
    words text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    wall timestamp without time zone,
    timezone text,
    press_id uuid,
    before_until timestamp with time zone,
    before_state text,
    before_at timestamp with time zone,
    before_ended_at timestamp with time zone,
    CONSTRAINT snoozes_forward CHECK ((until_time > from_time)),
    CONSTRAINT snoozes_reason_length CHECK ((length(reason) <= 200)),
    CONSTRAINT snoozes_wall CHECK (((wall IS NULL) = (timezone IS NULL))),
    CONSTRAINT snoozes_words_length CHECK ((length(words) <= 200))
);

ALTER TABLE public.snoozes OWNER TO heed_owner;

CREATE TABLE public.sources (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    title text NOT NULL,
    url text,
    text text NOT NULL,
    language text NOT NULL,
    refresh text NOT NULL,
    enabled boolean NOT NULL,
    etag text DEFAULT ''::text NOT NULL,
    modified text DEFAULT ''::text NOT NULL,
    asked_at timestamp with time zone,
    checked_at timestamp with time zone,
    indexed_at timestamp with time zone NOT NULL,
    failing_since timestamp with time zone,
    error text DEFAULT ''::text NOT NULL,
    passages integer DEFAULT 0 NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    revision bigint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT sources_error CHECK ((length(error) <= 200)),
    CONSTRAINT sources_etag CHECK ((octet_length(etag) <= 1000)),
    CONSTRAINT sources_failing CHECK (((failing_since IS NULL) = (error = ''::text))),
    CONSTRAINT sources_language CHECK ((language = ANY (ARRAY['en'::text, 'pt-BR'::text]))),
    CONSTRAINT sources_modified CHECK ((octet_length(modified) <= 100)),
    CONSTRAINT sources_refresh CHECK ((refresh = ANY (ARRAY['never'::text, 'daily'::text, 'weekly'::text]))),
    CONSTRAINT sources_refreshed CHECK (((url IS NOT NULL) OR (refresh = 'never'::text))),
    CONSTRAINT sources_text CHECK ((octet_length(text) <= 262144)),
    CONSTRAINT sources_title CHECK (((length(title) >= 1) AND (length(title) <= 200))),
    CONSTRAINT sources_url CHECK (((octet_length(url) >= 1) AND (octet_length(url) <= 2048)))
);

ALTER TABLE public.sources OWNER TO heed_owner;

CREATE TABLE public.tags (
    user_id uuid NOT NULL,
    tag_norm text GENERATED ALWAYS AS (public.normal_title(tag)) STORED NOT NULL,
    tag text NOT NULL,
    thing uuid NOT NULL,
    CONSTRAINT tags_tag CHECK (((length(tag) >= 1) AND (length(tag) <= 40)))
);

ALTER TABLE public.tags OWNER TO heed_owner;

CREATE TABLE public.task_batches (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    deed text NOT NULL,
    value text NOT NULL,
    back text NOT NULL,
    waiting uuid[] NOT NULL,
    total integer NOT NULL,
    missing integer DEFAULT 0 NOT NULL,
    refused integer DEFAULT 0 NOT NULL,
    reasons text[] DEFAULT '{}'::text[] NOT NULL,
    undos uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    undone integer DEFAULT 0 NOT NULL,
    kept integer DEFAULT 0 NOT NULL,
    job_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    undo_at timestamp with time zone,
    undone_at timestamp with time zone,
    CONSTRAINT task_batches_back CHECK (((length(back) >= 1) AND (length(back) <= 200))),
    CONSTRAINT task_batches_deed CHECK ((deed = ANY (ARRAY['completion'::text, 'start'::text, 'reopening'::text, 'deferral'::text, 'priority'::text, 'tag'::text, 'archival'::text, 'deletion'::text]))),
    CONSTRAINT task_batches_total CHECK (((total >= 1) AND (total <= 10000))),
    CONSTRAINT task_batches_undone CHECK (((undone_at IS NULL) OR (undo_at IS NOT NULL))),
    CONSTRAINT task_batches_value CHECK ((length(value) <= 40))
);

ALTER TABLE public.task_batches OWNER TO heed_owner;

CREATE TABLE public.task_completions (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    task_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    anyway boolean NOT NULL,
    undone_at timestamp with time zone
);

ALTER TABLE public.task_completions OWNER TO heed_owner;

CREATE TABLE public.task_counts (
    user_id uuid NOT NULL,
    open integer DEFAULT 0 NOT NULL,
    in_progress integer DEFAULT 0 NOT NULL,
    deferred integer DEFAULT 0 NOT NULL,
    done integer DEFAULT 0 NOT NULL,
    cancelled integer DEFAULT 0 NOT NULL,
    archived integer DEFAULT 0 NOT NULL,
    blocked integer DEFAULT 0 NOT NULL,
    CONSTRAINT task_counts_whole CHECK ((LEAST(open, in_progress, deferred, done, cancelled, archived, blocked) >= 0))
);

ALTER TABLE public.task_counts OWNER TO heed_owner;

CREATE TABLE public.task_repeats (
    series_id uuid NOT NULL,
    user_id uuid NOT NULL,
    rule text NOT NULL,
    words text NOT NULL,
    repeat_from text NOT NULL,
    first_day date NOT NULL,
    ended_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT task_repeats_from CHECK ((repeat_from = ANY (ARRAY['due'::text, 'completion'::text]))),
    CONSTRAINT task_repeats_rule CHECK (((length(rule) >= 1) AND (length(rule) <= 2000))),
    CONSTRAINT task_repeats_words CHECK ((length(words) <= 200))
);

ALTER TABLE public.task_repeats OWNER TO heed_owner;

CREATE TABLE public.task_sources (
    user_id uuid NOT NULL,
    key text NOT NULL,
    task_id uuid NOT NULL,
    import_id uuid NOT NULL,
    revision bigint NOT NULL,
    before jsonb,
    before_import uuid,
    CONSTRAINT task_sources_key CHECK ((length(key) = 64))
);

ALTER TABLE public.task_sources OWNER TO heed_owner;

CREATE TABLE public.tasks (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    title text NOT NULL,
    title_norm text GENERATED ALWAYS AS (public.normal_title(title)) STORED NOT NULL,
    notes text DEFAULT ''::text NOT NULL,
    status text DEFAULT 'open'::text NOT NULL,
    priority smallint,
    impact smallint,
    due date,
    due_at timestamp with time zone,
    estimate integer,
    spent integer DEFAULT 0 NOT NULL,
    parent_id uuid,
    "position" integer DEFAULT 0 NOT NULL,
    deferred_until date,
    wake_at timestamp with time zone,
    open_blockers integer DEFAULT 0 NOT NULL,
    series_id uuid,
    series_no integer,
    passed_over integer DEFAULT 0 NOT NULL,
    private boolean DEFAULT false NOT NULL,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    started_at timestamp with time zone,
    completed_at timestamp with time zone,
    archived_at timestamp with time zone,
    deleted_at timestamp with time zone,
    deletion_id uuid,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    revision bigint DEFAULT 0 NOT NULL,
    assignee_id uuid,
    CONSTRAINT tasks_completed CHECK (((status = 'done'::text) = (completed_at IS NOT NULL))),
    CONSTRAINT tasks_completed_after CHECK ((completed_at >= created_at)),
    CONSTRAINT tasks_deferred CHECK (((status = 'deferred'::text) OR (deferred_until IS NULL))),
    CONSTRAINT tasks_deleted CHECK (((deleted_at IS NULL) = (deletion_id IS NULL))),
    CONSTRAINT tasks_due_time CHECK (((due_at IS NULL) OR (due IS NOT NULL))),
    CONSTRAINT tasks_estimate CHECK (((estimate >= 0) AND (estimate <= 60000))),
    CONSTRAINT tasks_impact CHECK (((impact >= 1) AND (impact <= 5))),
    CONSTRAINT tasks_metadata CHECK (((jsonb_typeof(metadata) = 'object'::text) AND (octet_length((metadata)::text) <= 65536))),
    CONSTRAINT tasks_notes CHECK ((octet_length(notes) <= 16384)),
    CONSTRAINT tasks_open_blockers CHECK ((open_blockers >= 0)),
    CONSTRAINT tasks_parent_other CHECK ((parent_id <> id)),
    CONSTRAINT tasks_passed_over CHECK ((passed_over >= 0)),
    CONSTRAINT tasks_position CHECK (("position" >= 0)),
    CONSTRAINT tasks_priority CHECK (((priority >= 1) AND (priority <= 4))),
    CONSTRAINT tasks_series CHECK (((series_id IS NULL) = (series_no IS NULL))),
    CONSTRAINT tasks_series_no CHECK ((series_no >= 1)),
    CONSTRAINT tasks_spent CHECK (((spent >= 0) AND (spent <= 60000))),
    CONSTRAINT tasks_status CHECK ((status = ANY (ARRAY['open'::text, 'in_progress'::text, 'deferred'::text, 'done'::text, 'cancelled'::text]))),
    CONSTRAINT tasks_title CHECK (((length(title) >= 1) AND (length(title) <= 200))),
    CONSTRAINT tasks_wakes CHECK (((deferred_until IS NULL) = (wake_at IS NULL)))
);

ALTER TABLE public.tasks OWNER TO heed_owner;

CREATE TABLE public.undos (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    back text NOT NULL,
    changes jsonb NOT NULL,
    undone_at timestamp with time zone,
    CONSTRAINT undos_back CHECK (((length(back) >= 1) AND (length(back) <= 200)))
);

ALTER TABLE public.undos OWNER TO heed_owner;

CREATE TABLE public.users (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    role text NOT NULL,
    email text NOT NULL,
    email_key text NOT NULL,
    verified_at timestamp with time zone,
    password_hash text NOT NULL,
    display_name text NOT NULL,
    timezone text NOT NULL,
    language text NOT NULL,
    week_start smallint NOT NULL,
    day_start smallint DEFAULT 0 NOT NULL,
    default_time integer DEFAULT 32400 NOT NULL,
    quiet_from integer,
    quiet_until integer,
    personality text DEFAULT 'yoda'::text NOT NULL,
    theme text DEFAULT 'system'::text NOT NULL,
    preferences jsonb DEFAULT '{}'::jsonb NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    zone_rule text DEFAULT ''::text NOT NULL,
    zone_lost boolean DEFAULT false NOT NULL,
    revision bigint DEFAULT 0 NOT NULL,
    personality_chosen boolean DEFAULT false NOT NULL,
    coach_speak text DEFAULT 'all'::text NOT NULL,
    coach_model boolean DEFAULT true NOT NULL,
    coach_notes boolean DEFAULT false NOT NULL,
    weekly_mail boolean DEFAULT true NOT NULL,
    keeps_events boolean DEFAULT true NOT NULL,
    coach_version integer DEFAULT 1 NOT NULL,
    away_until timestamp with time zone,
    auth_provider text,
    auth_subject text,
    quiet_days smallint DEFAULT 0 NOT NULL,
    quiet_days_from integer,
    quiet_days_until integer,
    quiet_critical boolean DEFAULT false NOT NULL,
    quiet_paused_until timestamp with time zone,
    quiet_paused_words text DEFAULT ''::text NOT NULL,
    again_low integer,
    again_medium integer,
    again_high integer,
    again_critical integer DEFAULT 240,
    work_from integer,
    work_until integer,
    work_days smallint DEFAULT 31 NOT NULL,
    model_kinds text[] DEFAULT '{}'::text[] NOT NULL,
    CONSTRAINT users_again_critical CHECK (((again_critical >= 1) AND (again_critical <= 525600))),
    CONSTRAINT users_again_high CHECK (((again_high >= 1) AND (again_high <= 525600))),
    CONSTRAINT users_again_low CHECK (((again_low >= 1) AND (again_low <= 525600))),
    CONSTRAINT users_again_medium CHECK (((again_medium >= 1) AND (again_medium <= 525600))),
    CONSTRAINT users_auth_both CHECK (((auth_provider IS NULL) = (auth_subject IS NULL))),
    CONSTRAINT users_auth_provider_length CHECK (((length(auth_provider) >= 1) AND (length(auth_provider) <= 50))),
    CONSTRAINT users_auth_subject_length CHECK (((length(auth_subject) >= 1) AND (length(auth_subject) <= 255))),
    CONSTRAINT users_coach_speak CHECK ((coach_speak = ANY (ARRAY['all'::text, 'milestones'::text, 'never'::text]))),
    CONSTRAINT users_day_start CHECK (((day_start >= 0) AND (day_start <= 6))),
    CONSTRAINT users_default_time CHECK (((default_time >= 0) AND (default_time <= 86399))),
    CONSTRAINT users_display_name_length CHECK (((length(display_name) >= 1) AND (length(display_name) <= 100))),
    CONSTRAINT users_email_length CHECK (((octet_length(email) >= 3) AND (octet_length(email) <= 254))),
    CONSTRAINT users_language CHECK ((language = ANY (ARRAY['en'::text, 'pt-BR'::text]))),
    CONSTRAINT users_model_kinds CHECK ((model_kinds <@ ARRAY['task'::text, 'goal'::text, 'problem'::text, 'deadline'::text, 'person'::text, 'place'::text, 'event'::text, 'reminder'::text, 'habit'::text])),
    CONSTRAINT users_personality CHECK ((personality = ANY (ARRAY['yoda'::text, 'general'::text, 'mentor'::text]))),
    CONSTRAINT users_quiet_both CHECK (((quiet_from IS NULL) = (quiet_until IS NULL))),
    CONSTRAINT users_quiet_days CHECK (((quiet_days >= 0) AND (quiet_days <= 127))),
    CONSTRAINT users_quiet_days_both CHECK (((quiet_days_from IS NULL) = (quiet_days_until IS NULL))),
    CONSTRAINT users_quiet_days_from CHECK (((quiet_days_from >= 0) AND (quiet_days_from <= 86399))),
    CONSTRAINT users_quiet_days_until CHECK (((quiet_days_until >= 0) AND (quiet_days_until <= 86399))),
    CONSTRAINT users_quiet_from CHECK (((quiet_from >= 0) AND (quiet_from <= 86399))),
    CONSTRAINT users_quiet_paused_words CHECK ((length(quiet_paused_words) <= 200)),
    CONSTRAINT users_quiet_until CHECK (((quiet_until >= 0) AND (quiet_until <= 86399))),
    CONSTRAINT users_role CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'agent'::text, 'viewer'::text]))),
    CONSTRAINT users_theme CHECK ((theme = ANY (ARRAY['system'::text, 'light'::text, 'dark'::text]))),
    CONSTRAINT users_week_start CHECK (((week_start >= 1) AND (week_start <= 7))),
    CONSTRAINT users_work_both CHECK (((work_from IS NULL) = (work_until IS NULL))),
    CONSTRAINT users_work_days CHECK (((work_days >= 1) AND (work_days <= 127))),
    CONSTRAINT users_work_from CHECK (((work_from >= 0) AND (work_from <= 86399))),
    CONSTRAINT users_work_until CHECK (((work_until >= 0) AND (work_until <= 86399))),
    CONSTRAINT users_zone_rule_length CHECK ((octet_length(zone_rule) <= 200))
);

ALTER TABLE public.users OWNER TO heed_owner;

CREATE TABLE public.web_sessions (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    token_hash bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    address text DEFAULT ''::text NOT NULL,
    agent text DEFAULT ''::text NOT NULL,
    CONSTRAINT web_sessions_agent_length CHECK ((length(agent) <= 400)),
    CONSTRAINT web_sessions_token_hash_length CHECK ((length(token_hash) = 32))
);

ALTER TABLE public.web_sessions OWNER TO heed_owner;

CREATE TABLE public.weekly_mails (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    week text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL
);

ALTER TABLE public.weekly_mails OWNER TO heed_owner;

CREATE TABLE public.weekly_reviews (
    user_id uuid NOT NULL,
    due_at timestamp with time zone NOT NULL
);

ALTER TABLE public.weekly_reviews OWNER TO heed_owner;

ALTER TABLE ONLY public.account_keys
    ADD CONSTRAINT account_keys_pkey PRIMARY KEY (account_id, version);

ALTER TABLE ONLY public.account_mails
    ADD CONSTRAINT account_mails_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.address_sends
    ADD CONSTRAINT address_sends_pkey PRIMARY KEY (user_id, channel, address_key, at);

ALTER TABLE ONLY public.agent_tests
    ADD CONSTRAINT agent_tests_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agents
    ADD CONSTRAINT agents_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agents
    ADD CONSTRAINT agents_type_once UNIQUE (user_id, type);

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_key_hash UNIQUE (key_hash);

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.assistant_steps
    ADD CONSTRAINT assistant_steps_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.assistant_turns
    ADD CONSTRAINT assistant_turns_pkey PRIMARY KEY (chat_id, number);

ALTER TABLE ONLY public.assumption_evidence
    ADD CONSTRAINT assumption_evidence_once UNIQUE (assumption_id, kind, thing, part);

ALTER TABLE ONLY public.assumption_evidence
    ADD CONSTRAINT assumption_evidence_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.assumption_rounds
    ADD CONSTRAINT assumption_rounds_pkey PRIMARY KEY (user_id);

ALTER TABLE ONLY public.assumptions
    ADD CONSTRAINT assumptions_id_user UNIQUE (id, user_id);

ALTER TABLE ONLY public.assumptions
    ADD CONSTRAINT assumptions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.attachments
    ADD CONSTRAINT attachments_n UNIQUE (message_id, n);

ALTER TABLE ONLY public.attachments
    ADD CONSTRAINT attachments_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audit_archives
    ADD CONSTRAINT audit_archives_pkey PRIMARY KEY (account_id);

ALTER TABLE public.audit_heads
    ADD CONSTRAINT audit_heads_from_zero CHECK ((number >= 0)) NOT VALID;

ALTER TABLE ONLY public.audit_heads
    ADD CONSTRAINT audit_heads_pkey PRIMARY KEY (account_id);

ALTER TABLE public.audit_log
    ADD CONSTRAINT audit_log_from_one CHECK ((number >= 1)) NOT VALID;

ALTER TABLE ONLY public.audit_log
    ADD CONSTRAINT audit_log_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.channel_failures
    ADD CONSTRAINT channel_failures_pkey PRIMARY KEY (channel_id);

ALTER TABLE ONLY public.channel_states
    ADD CONSTRAINT channel_states_pkey PRIMARY KEY (channel_id);

ALTER TABLE ONLY public.channel_tests
    ADD CONSTRAINT channel_tests_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.channels
    ADD CONSTRAINT channels_id_account UNIQUE (id, account_id);

ALTER TABLE ONLY public.channels
    ADD CONSTRAINT channels_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.chat_messages
    ADD CONSTRAINT chat_messages_number UNIQUE (chat_id, number);

ALTER TABLE ONLY public.chat_messages
    ADD CONSTRAINT chat_messages_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.chat_sessions
    ADD CONSTRAINT chat_sessions_id_user UNIQUE (id, user_id);

ALTER TABLE ONLY public.chat_sessions
    ADD CONSTRAINT chat_sessions_once UNIQUE (user_id, source, chat_id, started_at);

ALTER TABLE ONLY public.chat_sessions
    ADD CONSTRAINT chat_sessions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.chats
    ADD CONSTRAINT chats_id_user UNIQUE (id, user_id);

ALTER TABLE ONLY public.chats
    ADD CONSTRAINT chats_id_user_kind UNIQUE (id, user_id, kind);

ALTER TABLE ONLY public.chats
    ADD CONSTRAINT chats_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.coach_messages
    ADD CONSTRAINT coach_messages_once UNIQUE NULLS NOT DISTINCT (user_id, habit_id, goal_id, date, event);

ALTER TABLE ONLY public.coach_messages
    ADD CONSTRAINT coach_messages_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.coach_rounds
    ADD CONSTRAINT coach_rounds_pkey PRIMARY KEY (user_id);

ALTER TABLE ONLY public.completion_criteria
    ADD CONSTRAINT completion_criteria_pkey PRIMARY KEY (reminder_id);

ALTER TABLE ONLY public.connections
    ADD CONSTRAINT connections_id_user UNIQUE (id, user_id);

ALTER TABLE ONLY public.connections
    ADD CONSTRAINT connections_once UNIQUE (user_id, type, endpoint, username);

ALTER TABLE ONLY public.connections
    ADD CONSTRAINT connections_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contact_log
    ADD CONSTRAINT contact_log_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contact_mails
    ADD CONSTRAINT contact_mails_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contact_rounds
    ADD CONSTRAINT contact_rounds_pkey PRIMARY KEY (user_id);

ALTER TABLE ONLY public.contact_stops
    ADD CONSTRAINT contact_stops_pkey PRIMARY KEY (user_id, address_key);

ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT contacts_id_user UNIQUE (id, user_id);

ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT contacts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.context_import_rows
    ADD CONSTRAINT context_import_rows_pkey PRIMARY KEY (import_id, number);

ALTER TABLE ONLY public.context_imports
    ADD CONSTRAINT context_imports_id_user UNIQUE (id, user_id);

ALTER TABLE ONLY public.context_imports
    ADD CONSTRAINT context_imports_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversation_events
    ADD CONSTRAINT conversation_events_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversation_merges
    ADD CONSTRAINT conversation_merges_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversation_notes
    ADD CONSTRAINT conversation_notes_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_id_account UNIQUE (id, account_id);

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.customer_addresses
    ADD CONSTRAINT customer_addresses_pkey PRIMARY KEY (account_id, address_key);

ALTER TABLE ONLY public.customer_notes
    ADD CONSTRAINT customer_notes_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.customers
    ADD CONSTRAINT customers_id_account UNIQUE (id, account_id);

ALTER TABLE ONLY public.customers
    ADD CONSTRAINT customers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.deadline_extensions
    ADD CONSTRAINT deadline_extensions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.deadline_reminders
    ADD CONSTRAINT deadline_reminders_pkey PRIMARY KEY (reminder_id);

ALTER TABLE ONLY public.deadlines
    ADD CONSTRAINT deadlines_id_user UNIQUE (id, user_id);

ALTER TABLE ONLY public.deadlines
    ADD CONSTRAINT deadlines_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT decisions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.deletions
    ADD CONSTRAINT deletions_id_user UNIQUE (id, user_id);

ALTER TABLE ONLY public.deletions
    ADD CONSTRAINT deletions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.desk_late
    ADD CONSTRAINT desk_late_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.desk_reminders
    ADD CONSTRAINT desk_reminders_pkey PRIMARY KEY (reminder_id);

ALTER TABLE ONLY public.desk_settings
    ADD CONSTRAINT desk_settings_pkey PRIMARY KEY (account_id);

ALTER TABLE ONLY public.desk_words
    ADD CONSTRAINT desk_words_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.draft_floods
    ADD CONSTRAINT draft_floods_pkey PRIMARY KEY (account_id, key);

ALTER TABLE ONLY public.draft_sources
    ADD CONSTRAINT draft_sources_pkey PRIMARY KEY (draft_id, n);

ALTER TABLE ONLY public.drafts
    ADD CONSTRAINT drafts_id_account UNIQUE (id, account_id);

ALTER TABLE ONLY public.drafts
    ADD CONSTRAINT drafts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.embedding_jobs
    ADD CONSTRAINT embedding_jobs_pkey PRIMARY KEY (thing);

ALTER TABLE ONLY public.embedding_rounds
    ADD CONSTRAINT embedding_rounds_pkey PRIMARY KEY (user_id);

ALTER TABLE ONLY public.embedding_servers
    ADD CONSTRAINT embedding_servers_pkey PRIMARY KEY (fingerprint);

ALTER TABLE ONLY public.embedding_sets
    ADD CONSTRAINT embedding_sets_id_user UNIQUE (id, user_id);

ALTER TABLE ONLY public.embedding_sets
    ADD CONSTRAINT embedding_sets_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.embeddings
    ADD CONSTRAINT embeddings_pkey PRIMARY KEY (set_id, thing, chunk);

ALTER TABLE ONLY public.entity_links
    ADD CONSTRAINT entity_links_once UNIQUE (user_id, from_id, to_id, type);

ALTER TABLE ONLY public.entity_links
    ADD CONSTRAINT entity_links_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.entity_relationships
    ADD CONSTRAINT entity_relationships_once UNIQUE (user_id, from_id, to_id, own, relationship);

ALTER TABLE ONLY public.entity_relationships
    ADD CONSTRAINT entity_relationships_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.entity_sources
    ADD CONSTRAINT entity_sources_pkey PRIMARY KEY (source_id, user_id, kind, source);

ALTER TABLE ONLY public.escalation_events
    ADD CONSTRAINT escalation_events_pkey PRIMARY KEY (escalation_id, at, id);

ALTER TABLE ONLY public.escalations
    ADD CONSTRAINT escalations_pkey PRIMARY KEY (id, user_id);

ALTER TABLE ONLY public.event_guests
    ADD CONSTRAINT event_guests_pkey PRIMARY KEY (event_id, "position");

ALTER TABLE ONLY public.event_instances
    ADD CONSTRAINT event_instances_pkey PRIMARY KEY (event_id, instance);

ALTER TABLE ONLY public.event_log
    ADD CONSTRAINT event_log_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.event_overrides
    ADD CONSTRAINT event_overrides_pkey PRIMARY KEY (event_id, instance);

ALTER TABLE ONLY public.event_reminders
    ADD CONSTRAINT event_reminders_pkey PRIMARY KEY (reminder_id);

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_id_user UNIQUE (id, user_id);

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.feed_doubts
    ADD CONSTRAINT feed_doubts_pkey PRIMARY KEY (user_id, source);

ALTER TABLE ONLY public.feeds
    ADD CONSTRAINT feeds_one UNIQUE (user_id);

ALTER TABLE ONLY public.feeds
    ADD CONSTRAINT feeds_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.feeds
    ADD CONSTRAINT feeds_token_hash UNIQUE (token_hash);

ALTER TABLE ONLY public.files
    ADD CONSTRAINT files_pkey PRIMARY KEY (account_id, sha256);

ALTER TABLE ONLY public.goal_subtasks
    ADD CONSTRAINT goal_subtasks_order EXCLUDE USING btree (goal_id WITH =, "position" WITH =) WHERE ((deleted_at IS NULL)) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.goal_subtasks
    ADD CONSTRAINT goal_subtasks_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.goals
    ADD CONSTRAINT goals_id_user UNIQUE (id, user_id);

ALTER TABLE ONLY public.goals
    ADD CONSTRAINT goals_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.golden_questions
    ADD CONSTRAINT golden_questions_pkey PRIMARY KEY (account_id, n);

ALTER TABLE ONLY public.golden_runs
    ADD CONSTRAINT golden_runs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.habit_days
    ADD CONSTRAINT habit_days_pkey PRIMARY KEY (habit_id, date);

ALTER TABLE ONLY public.habit_frequencies
    ADD CONSTRAINT habit_frequencies_pkey PRIMARY KEY (habit_id, from_date);

ALTER TABLE ONLY public.habit_goals
    ADD CONSTRAINT habit_goals_pkey PRIMARY KEY (habit_id, goal_id);

ALTER TABLE ONLY public.habit_import_rows
    ADD CONSTRAINT habit_import_rows_pkey PRIMARY KEY (import_id, number);

ALTER TABLE ONLY public.habit_imports
    ADD CONSTRAINT habit_imports_id_user UNIQUE (id, user_id);

ALTER TABLE ONLY public.habit_imports
    ADD CONSTRAINT habit_imports_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.habit_lines
    ADD CONSTRAINT habit_lines_pkey PRIMARY KEY (habit_id);

ALTER TABLE ONLY public.habit_pauses
    ADD CONSTRAINT habit_pauses_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.habit_sources
    ADD CONSTRAINT habit_sources_pkey PRIMARY KEY (user_id, key);

ALTER TABLE ONLY public.habit_years
    ADD CONSTRAINT habit_years_pkey PRIMARY KEY (habit_id);

ALTER TABLE ONLY public.habits
    ADD CONSTRAINT habits_id_user UNIQUE (id, user_id);

ALTER TABLE ONLY public.habits
    ADD CONSTRAINT habits_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.idempotency_keys
    ADD CONSTRAINT idempotency_keys_pkey PRIMARY KEY (user_id, key);

ALTER TABLE ONLY public.inbox_counts
    ADD CONSTRAINT inbox_counts_pkey PRIMARY KEY (user_id);

ALTER TABLE ONLY public.inbox_items
    ADD CONSTRAINT inbox_items_id_user UNIQUE (id, user_id);

ALTER TABLE ONLY public.inbox_items
    ADD CONSTRAINT inbox_items_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.learning_samples
    ADD CONSTRAINT learning_samples_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.mailbox_looks
    ADD CONSTRAINT mailbox_looks_pkey PRIMARY KEY (channel_id);

ALTER TABLE ONLY public.memory_rounds
    ADD CONSTRAINT memory_rounds_pkey PRIMARY KEY (user_id);

ALTER TABLE ONLY public.memory_summaries
    ADD CONSTRAINT memory_summaries_once UNIQUE (user_id, chat, type, period);

ALTER TABLE ONLY public.memory_summaries
    ADD CONSTRAINT memory_summaries_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.merges
    ADD CONSTRAINT merges_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.message_addresses
    ADD CONSTRAINT message_addresses_pkey PRIMARY KEY (message_id, n);

ALTER TABLE ONLY public.message_revisions
    ADD CONSTRAINT message_revisions_pkey PRIMARY KEY (message_id, body_key);

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_id_account UNIQUE (id, account_id);

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_once UNIQUE (channel_id, message_key);

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.model_account_days
    ADD CONSTRAINT model_account_days_pkey PRIMARY KEY (account_id, date);

ALTER TABLE ONLY public.model_days
    ADD CONSTRAINT model_days_pkey PRIMARY KEY (user_id, date);

ALTER TABLE ONLY public.model_servers
    ADD CONSTRAINT model_servers_pkey PRIMARY KEY (host);

ALTER TABLE ONLY public.muted_addresses
    ADD CONSTRAINT muted_addresses_pkey PRIMARY KEY (user_id, agent, address);

ALTER TABLE ONLY public.notification_settings
    ADD CONSTRAINT notification_settings_pkey PRIMARY KEY (user_id);

ALTER TABLE ONLY public.notifications
    ADD CONSTRAINT notifications_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.occurrences
    ADD CONSTRAINT occurrences_pkey PRIMARY KEY (reminder_id, due_at);

ALTER TABLE ONLY public.outbox_attempts
    ADD CONSTRAINT outbox_attempts_pkey PRIMARY KEY (message_id, at, id, subject_id);

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_once UNIQUE (escalation_id, run, tier, round, channel, recipient_id, subject_id);

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (id, subject_id, user_id);

ALTER TABLE ONLY public.participants
    ADD CONSTRAINT participants_pkey PRIMARY KEY (conversation_id, address_key);

ALTER TABLE ONLY public.passages
    ADD CONSTRAINT passages_n UNIQUE (source_id, n);

ALTER TABLE ONLY public.passages
    ADD CONSTRAINT passages_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_id_user UNIQUE (id, user_id);

ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.person_addresses
    ADD CONSTRAINT person_addresses_once UNIQUE (person_id, kind, key);

ALTER TABLE ONLY public.person_addresses
    ADD CONSTRAINT person_addresses_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.person_reminders
    ADD CONSTRAINT person_reminders_pkey PRIMARY KEY (reminder_id);

ALTER TABLE ONLY public.phone_codes
    ADD CONSTRAINT phone_codes_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.phone_stops
    ADD CONSTRAINT phone_stops_pkey PRIMARY KEY (user_id, number_key);

ALTER TABLE ONLY public.phones
    ADD CONSTRAINT phones_id_user UNIQUE (id, user_id);

ALTER TABLE ONLY public.phones
    ADD CONSTRAINT phones_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.phones
    ADD CONSTRAINT phones_whose UNIQUE NULLS NOT DISTINCT (user_id, contact_id);

ALTER TABLE ONLY public.places
    ADD CONSTRAINT places_id_user UNIQUE (id, user_id);

ALTER TABLE ONLY public.places
    ADD CONSTRAINT places_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.planner_import_rows
    ADD CONSTRAINT planner_import_rows_pkey PRIMARY KEY (import_id, number);

ALTER TABLE ONLY public.planner_imports
    ADD CONSTRAINT planner_imports_id_user UNIQUE (id, user_id);

ALTER TABLE ONLY public.planner_imports
    ADD CONSTRAINT planner_imports_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.problems
    ADD CONSTRAINT problems_id_user UNIQUE (id, user_id);

ALTER TABLE ONLY public.problems
    ADD CONSTRAINT problems_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.profiles
    ADD CONSTRAINT profiles_id_user UNIQUE (id, user_id);

ALTER TABLE ONLY public.profiles
    ADD CONSTRAINT profiles_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.profiles
    ADD CONSTRAINT profiles_preset_once UNIQUE (user_id, preset);

ALTER TABLE ONLY public.prompt_runs
    ADD CONSTRAINT prompt_runs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.prompt_texts
    ADD CONSTRAINT prompt_texts_pkey PRIMARY KEY (run_id);

ALTER TABLE ONLY public.proposals
    ADD CONSTRAINT proposals_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.push_closings
    ADD CONSTRAINT push_closings_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.push_devices
    ADD CONSTRAINT push_devices_id_user UNIQUE (id, user_id);

ALTER TABLE ONLY public.push_devices
    ADD CONSTRAINT push_devices_once UNIQUE (user_id, endpoint_hash);

ALTER TABLE ONLY public.push_devices
    ADD CONSTRAINT push_devices_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.quarantine
    ADD CONSTRAINT quarantine_once UNIQUE (channel_id, key);

ALTER TABLE ONLY public.quarantine
    ADD CONSTRAINT quarantine_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.query_vectors
    ADD CONSTRAINT query_vectors_once UNIQUE (set_id, sha256);

ALTER TABLE ONLY public.query_vectors
    ADD CONSTRAINT query_vectors_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.recent_context_items
    ADD CONSTRAINT recent_context_items_once UNIQUE (user_id, chat, thing);

ALTER TABLE ONLY public.recent_context_items
    ADD CONSTRAINT recent_context_items_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reminder_counts
    ADD CONSTRAINT reminder_counts_pkey PRIMARY KEY (user_id);

ALTER TABLE ONLY public.reminder_import_rows
    ADD CONSTRAINT reminder_import_rows_pkey PRIMARY KEY (import_id, number);

ALTER TABLE ONLY public.reminder_imports
    ADD CONSTRAINT reminder_imports_id_user UNIQUE (id, user_id);

ALTER TABLE ONLY public.reminder_imports
    ADD CONSTRAINT reminder_imports_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reminder_offers
    ADD CONSTRAINT reminder_offers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reminder_sources
    ADD CONSTRAINT reminder_sources_pkey PRIMARY KEY (user_id, key);

ALTER TABLE ONLY public.reminder_texts
    ADD CONSTRAINT reminder_texts_pkey PRIMARY KEY (reminder_id);

ALTER TABLE ONLY public.reminder_words
    ADD CONSTRAINT reminder_words_pkey PRIMARY KEY (reminder_id);

ALTER TABLE ONLY public.reminders
    ADD CONSTRAINT reminders_pkey PRIMARY KEY (id, user_id);

ALTER TABLE ONLY public.rotas
    ADD CONSTRAINT rotas_pkey PRIMARY KEY (channel_id, n);

ALTER TABLE ONLY public.saved_replies
    ADD CONSTRAINT saved_replies_id_account UNIQUE (id, account_id);

ALTER TABLE ONLY public.saved_replies
    ADD CONSTRAINT saved_replies_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.schedules
    ADD CONSTRAINT schedules_pkey PRIMARY KEY (reminder_id);

ALTER TABLE ONLY public.search_documents
    ADD CONSTRAINT search_documents_id_user UNIQUE (id, user_id);

ALTER TABLE ONLY public.search_documents
    ADD CONSTRAINT search_documents_id_user_kind UNIQUE (id, user_id, kind);

ALTER TABLE ONLY public.search_documents
    ADD CONSTRAINT search_documents_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.snoozes
    ADD CONSTRAINT snoozes_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sources
    ADD CONSTRAINT sources_id_account UNIQUE (id, account_id);

ALTER TABLE ONLY public.sources
    ADD CONSTRAINT sources_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tags
    ADD CONSTRAINT tags_pkey PRIMARY KEY (user_id, tag_norm, thing);

ALTER TABLE ONLY public.task_batches
    ADD CONSTRAINT task_batches_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.task_completions
    ADD CONSTRAINT task_completions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.task_counts
    ADD CONSTRAINT task_counts_pkey PRIMARY KEY (user_id);

ALTER TABLE ONLY public.task_repeats
    ADD CONSTRAINT task_repeats_pkey PRIMARY KEY (series_id);

ALTER TABLE ONLY public.task_repeats
    ADD CONSTRAINT task_repeats_series_user UNIQUE (series_id, user_id);

ALTER TABLE ONLY public.task_sources
    ADD CONSTRAINT task_sources_pkey PRIMARY KEY (key, user_id);

ALTER TABLE ONLY public.tasks
    ADD CONSTRAINT tasks_id_user UNIQUE (id, user_id);

ALTER TABLE ONLY public.tasks
    ADD CONSTRAINT tasks_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.undos
    ADD CONSTRAINT undos_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_email_key UNIQUE (email_key);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_id_account UNIQUE (id, account_id);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.web_sessions
    ADD CONSTRAINT web_sessions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.web_sessions
    ADD CONSTRAINT web_sessions_token_hash UNIQUE (token_hash);

ALTER TABLE ONLY public.weekly_mails
    ADD CONSTRAINT weekly_mails_once UNIQUE (user_id, week);

ALTER TABLE ONLY public.weekly_mails
    ADD CONSTRAINT weekly_mails_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.weekly_reviews
    ADD CONSTRAINT weekly_reviews_pkey PRIMARY KEY (user_id);

CREATE UNIQUE INDEX account_keys_current ON public.account_keys USING btree (account_id) WHERE (retired_at IS NULL);

CREATE INDEX account_mails_asked ON public.account_mails USING btree (created_at) WHERE (user_id IS NULL);

CREATE INDEX account_mails_by_user ON public.account_mails USING btree (user_id, kind, created_at);

CREATE INDEX address_sends_by_address ON public.address_sends USING btree (channel, address_key, at);

CREATE INDEX address_sends_by_time ON public.address_sends USING btree (at);

CREATE INDEX agent_tests_by_user ON public.agent_tests USING btree (user_id, type, number);

CREATE INDEX api_keys_by_user ON public.api_keys USING btree (user_id, id);

CREATE INDEX assistant_steps_by_chat ON public.assistant_steps USING btree (chat_id, number, id);

CREATE INDEX assistant_steps_by_user ON public.assistant_steps USING btree (user_id);

CREATE INDEX assistant_turns_by_user ON public.assistant_turns USING btree (user_id);

CREATE INDEX assumption_evidence_by_thing ON public.assumption_evidence USING btree (thing);

CREATE INDEX assumption_evidence_by_user ON public.assumption_evidence USING btree (user_id);

CREATE INDEX assumption_rounds_due ON public.assumption_rounds USING btree (due_at);

CREATE INDEX assumptions_by_key ON public.assumptions USING btree (user_id, key);

CREATE INDEX assumptions_by_object ON public.assumptions USING btree (object_id) WHERE (object_id IS NOT NULL);

CREATE INDEX assumptions_by_subject ON public.assumptions USING btree (subject_id) WHERE (subject_id IS NOT NULL);

CREATE INDEX assumptions_by_successor ON public.assumptions USING btree (superseded_by) WHERE (superseded_by IS NOT NULL);

CREATE INDEX assumptions_newest ON public.assumptions USING btree (user_id, created_at, id);

CREATE UNIQUE INDEX assumptions_once ON public.assumptions USING btree (user_id, key) WHERE (state <> 'superseded'::text);

CREATE INDEX assumptions_open ON public.assumptions USING btree (user_id, created_at) WHERE (state = 'open'::text);

CREATE INDEX assumptions_replaced ON public.assumptions USING btree (updated_at) WHERE (state = 'superseded'::text);

CREATE INDEX attachments_asked ON public.attachments USING btree (message_id, n) WHERE (state = 'asked'::text);

CREATE INDEX attachments_by_file ON public.attachments USING btree (account_id, sha256) WHERE (sha256 IS NOT NULL);

CREATE INDEX attempts_by_key ON public.attempts USING btree (kind, key, at);

CREATE INDEX attempts_by_time ON public.attempts USING btree (at);

CREATE INDEX audit_log_by_number ON public.audit_log USING btree (account_id, number);

CREATE INDEX audit_log_by_subject ON public.audit_log USING btree (subject_id) WHERE (subject_id IS NOT NULL);

CREATE INDEX channel_failures_by_account ON public.channel_failures USING btree (account_id);

CREATE INDEX channel_failures_by_reminder ON public.channel_failures USING btree (reminder_id) WHERE (reminder_id IS NOT NULL);

CREATE INDEX channel_tests_by_user ON public.channel_tests USING btree (user_id);

CREATE INDEX channel_tests_newest ON public.channel_tests USING btree (channel_id, number);

CREATE INDEX channels_by_account ON public.channels USING btree (account_id);

CREATE UNIQUE INDEX channels_by_address ON public.channels USING btree (account_id, lower(address)) WHERE ((address IS NOT NULL) AND (deleted_at IS NULL));

CREATE UNIQUE INDEX channels_by_external ON public.channels USING btree (account_id, type, external_id) WHERE ((external_id <> ''::text) AND (deleted_at IS NULL));

CREATE UNIQUE INDEX channels_by_folder ON public.channels USING btree (folder) WHERE ((inbound = 'maildir'::text) AND (deleted_at IS NULL));

CREATE INDEX channels_by_profile ON public.channels USING btree (profile_id) WHERE (profile_id IS NOT NULL);

CREATE INDEX channels_list ON public.channels USING btree (account_id, id) WHERE (deleted_at IS NULL);

CREATE INDEX channels_mailboxes ON public.channels USING btree (id) WHERE ((inbound <> 'webhook'::text) AND enabled AND (deleted_at IS NULL));

CREATE INDEX chat_messages_by_user ON public.chat_messages USING btree (user_id);

CREATE INDEX chat_messages_of_assistant ON public.chat_messages USING btree (user_id, created_at) WHERE (kind = 'assistant'::text);

CREATE INDEX chat_sessions_by_activity ON public.chat_sessions USING btree (user_id, source, chat_id, ended_at);

CREATE INDEX chats_by_making ON public.chats USING btree (user_id, kind, id) WHERE (deleted_at IS NULL);

CREATE INDEX chats_by_user ON public.chats USING btree (user_id, kind, said_at DESC, id DESC) WHERE (deleted_at IS NULL);

CREATE INDEX chats_gone ON public.chats USING btree (deleted_at) WHERE (deleted_at IS NOT NULL);

CREATE INDEX coach_messages_by_event ON public.coach_messages USING btree (user_id, event, id) WHERE (deleted_at IS NULL);

CREATE INDEX coach_messages_by_goal ON public.coach_messages USING btree (goal_id) WHERE (goal_id IS NOT NULL);

CREATE INDEX coach_messages_by_habit ON public.coach_messages USING btree (habit_id, id);

CREATE INDEX coach_messages_by_user ON public.coach_messages USING btree (user_id, id) WHERE (deleted_at IS NULL);

CREATE INDEX coach_messages_gone ON public.coach_messages USING btree (deleted_at) WHERE ((deleted_at IS NOT NULL) AND (text <> ''::text));

CREATE INDEX coach_rounds_due ON public.coach_rounds USING btree (due_at);

CREATE INDEX contact_log_by_person ON public.contact_log USING btree (person_id, at DESC, id);

CREATE INDEX contact_log_by_user ON public.contact_log USING btree (user_id);

CREATE UNIQUE INDEX contact_log_once ON public.contact_log USING btree (person_id, event_id, instance) NULLS NOT DISTINCT WHERE (event_id IS NOT NULL);

CREATE INDEX contact_mails_by_contact ON public.contact_mails USING btree (contact_id, created_at);

CREATE INDEX contact_mails_expired ON public.contact_mails USING btree (expires_at);

CREATE INDEX contact_rounds_due ON public.contact_rounds USING btree (due_at) WHERE (due_at IS NOT NULL);

CREATE INDEX contacts_by_user ON public.contacts USING btree (user_id, id) WHERE (deleted_at IS NULL);

CREATE INDEX contacts_gone ON public.contacts USING btree (deleted_at) WHERE (deleted_at IS NOT NULL);

CREATE UNIQUE INDEX contacts_one_address ON public.contacts USING btree (user_id, address_key) WHERE ((deleted_at IS NULL) AND (address <> ''::text));

CREATE INDEX context_import_rows_changed ON public.context_import_rows USING btree (import_id) WHERE (before IS NOT NULL);

CREATE INDEX context_imports_by_user ON public.context_imports USING btree (user_id, id);

CREATE INDEX conversation_events_by_actor ON public.conversation_events USING btree (actor_id) WHERE (actor_id IS NOT NULL);

CREATE INDEX conversation_events_in_order ON public.conversation_events USING btree (conversation_id, number);

CREATE INDEX conversation_merges_by_actor ON public.conversation_merges USING btree (actor_id) WHERE (actor_id IS NOT NULL);

CREATE INDEX conversation_merges_by_source ON public.conversation_merges USING btree (source_id);

CREATE INDEX conversation_merges_by_target ON public.conversation_merges USING btree (target_id, merged_at);

CREATE INDEX conversation_notes_by_author ON public.conversation_notes USING btree (author_id) WHERE (author_id IS NOT NULL);

CREATE INDEX conversation_notes_in_order ON public.conversation_notes USING btree (conversation_id, number);

CREATE INDEX conversations_all ON public.conversations USING btree (account_id, last_at, id) WHERE (merged_into IS NULL);

CREATE INDEX conversations_assigned ON public.conversations USING btree (assignee_id, last_at) WHERE (assignee_id IS NOT NULL);

CREATE INDEX conversations_belonging ON public.conversations USING btree (may_belong_to) WHERE (may_belong_to IS NOT NULL);

CREATE INDEX conversations_by_customer ON public.conversations USING btree (customer_id, last_at);

CREATE UNIQUE INDEX conversations_by_external ON public.conversations USING btree (channel_id, external_id) WHERE (external_id IS NOT NULL);

CREATE INDEX conversations_by_subject ON public.conversations USING btree (customer_id, channel_id, subject_key, last_at);

CREATE INDEX conversations_claims ON public.conversations USING btree (claimed_by) WHERE (claimed_by IS NOT NULL);

CREATE INDEX conversations_continuing ON public.conversations USING btree (continues) WHERE (continues IS NOT NULL);

CREATE INDEX conversations_late ON public.conversations USING btree (account_id, late_at, id) WHERE (late_at IS NOT NULL);

CREATE INDEX conversations_list ON public.conversations USING btree (account_id, state, last_at, id) WHERE (merged_into IS NULL);

CREATE INDEX conversations_merged ON public.conversations USING btree (merged_into) WHERE (merged_into IS NOT NULL);

CREATE INDEX conversations_snoozes ON public.conversations USING btree (snoozed_until) WHERE (snoozed_until IS NOT NULL);

CREATE INDEX conversations_to_empty ON public.conversations USING btree (account_id, closed_at) WHERE ((state = 'closed'::text) AND (emptied_at IS NULL));

CREATE INDEX conversations_to_tell ON public.conversations USING btree (late_at) WHERE ((late_at IS NOT NULL) AND (late_told_at IS NULL));

CREATE INDEX customer_addresses_by_customer ON public.customer_addresses USING btree (customer_id);

CREATE INDEX customer_notes_by_author ON public.customer_notes USING btree (author_id) WHERE (author_id IS NOT NULL);

CREATE INDEX customer_notes_by_customer ON public.customer_notes USING btree (customer_id, id);

CREATE INDEX customers_list ON public.customers USING btree (account_id, id);

CREATE INDEX customers_merged ON public.customers USING btree (merged_into) WHERE (merged_into IS NOT NULL);

CREATE INDEX deadline_extensions_by_deadline ON public.deadline_extensions USING btree (deadline_id, at);

CREATE INDEX deadline_extensions_by_user ON public.deadline_extensions USING btree (user_id, at);

CREATE INDEX deadline_reminders_by_deadline ON public.deadline_reminders USING btree (deadline_id, reminder_id);

CREATE INDEX deadline_reminders_by_user ON public.deadline_reminders USING btree (user_id);

CREATE INDEX deadlines_ahead ON public.deadlines USING btree (user_id, ((status <> 'missed'::text)), due_at, id) WHERE ((deleted_at IS NULL) AND (NOT put_away) AND (status <> 'completed'::text));

CREATE INDEX deadlines_by_deletion ON public.deadlines USING btree (deletion_id) WHERE (deletion_id IS NOT NULL);

CREATE INDEX deadlines_by_event ON public.deadlines USING btree (event_id, user_id) WHERE (event_id IS NOT NULL);

CREATE INDEX deadlines_by_name ON public.deadlines USING btree (user_id, title_norm) WHERE (deleted_at IS NULL);

CREATE INDEX deadlines_by_profile ON public.deadlines USING btree (profile_id, user_id) WHERE (profile_id IS NOT NULL);

CREATE INDEX deadlines_by_task_id ON public.deadlines USING btree (task_id) WHERE (task_id IS NOT NULL);

CREATE INDEX deadlines_due ON public.deadlines USING btree (due_at) WHERE ((status = ANY (ARRAY['pending'::text, 'extended'::text])) AND (deleted_at IS NULL) AND (NOT put_away));

CREATE INDEX deadlines_over ON public.deadlines USING btree (user_id, completed_at DESC, id DESC) WHERE ((deleted_at IS NULL) AND (status = 'completed'::text));

CREATE INDEX deadlines_to_settle ON public.deadlines USING btree (settle_at) WHERE (settle_at IS NOT NULL);

CREATE INDEX decisions_by_conversation ON public.decisions USING btree (conversation_id, number);

CREATE INDEX decisions_by_draft ON public.decisions USING btree (draft_id, number);

CREATE INDEX decisions_by_user ON public.decisions USING btree (user_id) WHERE (user_id IS NOT NULL);

CREATE INDEX deletions_by_time ON public.deletions USING btree (at);

CREATE INDEX deletions_by_user ON public.deletions USING btree (user_id, at DESC, id);

CREATE INDEX desk_late_by_channel ON public.desk_late USING btree (channel_id, at);

CREATE INDEX desk_late_by_conversation ON public.desk_late USING btree (conversation_id, at);

CREATE INDEX desk_late_by_reminder ON public.desk_late USING btree (reminder_id);

CREATE INDEX desk_late_by_user ON public.desk_late USING btree (user_id);

CREATE UNIQUE INDEX desk_late_open ON public.desk_late USING btree (conversation_id) WHERE (NOT is_over);

CREATE INDEX desk_late_to_end ON public.desk_late USING btree (id) WHERE (is_over AND (ended_at IS NULL));

CREATE INDEX desk_reminders_by_conversation ON public.desk_reminders USING btree (conversation_id, made_at);

CREATE INDEX desk_reminders_by_user ON public.desk_reminders USING btree (user_id);

CREATE INDEX desk_reminders_over ON public.desk_reminders USING btree (over_at) WHERE ((over_at IS NOT NULL) AND (ended_at IS NULL));

CREATE INDEX desk_words_by_conversation ON public.desk_words USING btree (conversation_id) WHERE (conversation_id IS NOT NULL);

CREATE INDEX desk_words_by_customer ON public.desk_words USING btree (customer_id) WHERE (customer_id IS NOT NULL);

CREATE INDEX desk_words_words ON public.desk_words USING gin (words) WITH (gin_pending_list_limit='256');

CREATE INDEX draft_floods_by_channel ON public.draft_floods USING btree (channel_id);

CREATE INDEX draft_floods_by_conversation ON public.draft_floods USING btree (conversation_id);

CREATE INDEX draft_sources_by_source ON public.draft_sources USING btree (account_id, source_id);

CREATE INDEX drafts_all ON public.drafts USING btree (account_id, asked_at, number);

CREATE INDEX drafts_by_channel ON public.drafts USING btree (channel_id, asked_at);

CREATE INDEX drafts_by_conversation ON public.drafts USING btree (conversation_id, id);

CREATE INDEX drafts_by_decider ON public.drafts USING btree (decided_by) WHERE (decided_by IS NOT NULL);

CREATE INDEX drafts_by_message ON public.drafts USING btree (message_id) WHERE (message_id IS NOT NULL);

CREATE INDEX drafts_by_successor ON public.drafts USING btree (superseded_by) WHERE (superseded_by IS NOT NULL);

CREATE UNIQUE INDEX drafts_open ON public.drafts USING btree (conversation_id) WHERE (state = ANY (ARRAY['asked'::text, 'pending'::text]));

CREATE INDEX drafts_queue ON public.drafts USING btree (account_id, state, asked_at, number);

CREATE INDEX drafts_to_check ON public.drafts USING btree (account_id, id) WHERE ((state = 'pending'::text) AND is_to_check);

CREATE INDEX embedding_jobs_due ON public.embedding_jobs USING btree (user_id, due_at, thing);

CREATE INDEX embedding_rounds_due ON public.embedding_rounds USING btree (due_at) WHERE (due_at IS NOT NULL);

CREATE INDEX embedding_sets_by_user ON public.embedding_sets USING btree (user_id);

CREATE UNIQUE INDEX embedding_sets_one ON public.embedding_sets USING btree (user_id, state) WHERE (state <> 'gone'::text);

CREATE INDEX embeddings_bits ON public.embeddings USING btree (user_id, set_id) INCLUDE (thing, chunk, kind, trashed, bits);

CREATE INDEX embeddings_by_thing ON public.embeddings USING btree (thing);

CREATE INDEX entity_links_from ON public.entity_links USING btree (user_id, from_id, type) INCLUDE (to_id);

CREATE INDEX entity_links_to ON public.entity_links USING btree (user_id, to_id, type) INCLUDE (from_id);

CREATE INDEX entity_relationships_by_assumption ON public.entity_relationships USING btree (from_assumption) WHERE (from_assumption IS NOT NULL);

CREATE INDEX entity_relationships_from ON public.entity_relationships USING btree (user_id, from_id) INCLUDE (to_id);

CREATE INDEX entity_relationships_to ON public.entity_relationships USING btree (user_id, to_id) INCLUDE (from_id);

CREATE INDEX entity_sources_by_import ON public.entity_sources USING btree (user_id, import_id) WHERE (import_id IS NOT NULL);

CREATE INDEX entity_sources_by_source ON public.entity_sources USING btree (user_id, source, kind);

CREATE INDEX entity_sources_by_thing ON public.entity_sources USING btree (thing, user_id);

CREATE INDEX escalation_events_said ON public.escalation_events USING btree (escalation_id, at, id) WHERE (kind = ANY (ARRAY['note'::text, 'declined'::text]));

CREATE INDEX escalations_acknowledged ON public.escalations USING btree (user_id, id) WHERE (state = 'acknowledged'::text);

CREATE INDEX escalations_again ON public.escalations USING btree (again_at) WHERE ((state = 'acknowledged'::text) AND (again_at IS NOT NULL));

CREATE INDEX escalations_by_reminder ON public.escalations USING btree (reminder_id, id);

CREATE INDEX escalations_by_user ON public.escalations USING btree (user_id, open, id);

CREATE INDEX escalations_due ON public.escalations USING btree (next_step_at) WHERE (state = 'active'::text);

CREATE INDEX escalations_ended ON public.escalations USING btree (user_id, id) WHERE ((NOT open) AND (state <> 'acknowledged'::text));

CREATE UNIQUE INDEX escalations_one_open ON public.escalations USING btree (reminder_id) WHERE open;

CREATE INDEX event_guests_by_user ON public.event_guests USING btree (user_id);

CREATE INDEX event_instances_by_end ON public.event_instances USING btree (user_id, ends_at);

CREATE INDEX event_instances_by_start ON public.event_instances USING btree (user_id, starts_at, event_id);

CREATE INDEX event_instances_long ON public.event_instances USING btree (user_id, ends_at) WHERE ((ends_at - starts_at) > '48:00:00'::interval);

CREATE INDEX event_log_by_thing ON public.event_log USING btree (user_id, thing_id, at) WHERE (thing_id IS NOT NULL);

CREATE INDEX event_log_by_time ON public.event_log USING btree (at);

CREATE INDEX event_log_by_user ON public.event_log USING btree (user_id, at);

CREATE INDEX event_overrides_by_place ON public.event_overrides USING btree (place_id, user_id) WHERE (place_id IS NOT NULL);

CREATE INDEX event_overrides_by_user ON public.event_overrides USING btree (user_id);

CREATE INDEX event_reminders_by_event ON public.event_reminders USING btree (event_id, reminder_id);

CREATE INDEX event_reminders_by_user ON public.event_reminders USING btree (user_id);

CREATE INDEX events_bells ON public.events USING btree (bell_at) WHERE ((bell_at IS NOT NULL) AND (deleted_at IS NULL));

CREATE INDEX events_by_continued ON public.events USING btree (continues, user_id) WHERE (continues IS NOT NULL);

CREATE INDEX events_by_deletion ON public.events USING btree (deletion_id) WHERE (deletion_id IS NOT NULL);

CREATE INDEX events_by_name ON public.events USING btree (user_id, title_norm, id) WHERE (deleted_at IS NULL);

CREATE INDEX events_by_place ON public.events USING btree (place_id, user_id) WHERE (place_id IS NOT NULL);

CREATE INDEX events_by_profile ON public.events USING btree (profile_id, user_id) WHERE (profile_id IS NOT NULL);

CREATE INDEX events_by_start ON public.events USING btree (user_id, starts_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX events_by_uid ON public.events USING btree (user_id, uid) WHERE (uid <> ''::text);

CREATE INDEX events_by_update ON public.events USING btree (user_id, updated_at DESC, id DESC) WHERE (deleted_at IS NULL);

CREATE INDEX events_by_zones ON public.events USING btree (zone_version) WHERE ((zone <> ''::text) AND (deleted_at IS NULL));

CREATE INDEX events_repeating ON public.events USING btree (user_id, starts_at) WHERE ((kept_until IS NOT NULL) AND (deleted_at IS NULL));

CREATE INDEX events_series ON public.events USING btree (user_id, COALESCE(series_until, 'infinity'::timestamp with time zone), starts_at) WHERE ((rule <> ''::text) AND (deleted_at IS NULL));

CREATE INDEX events_to_keep ON public.events USING btree (kept_until) WHERE ((deleted_at IS NULL) AND (COALESCE(series_until, 'infinity'::timestamp with time zone) >= kept_until));

CREATE INDEX goal_subtasks_by_user ON public.goal_subtasks USING btree (user_id, completed_at) WHERE (deleted_at IS NULL);

CREATE INDEX goal_subtasks_gone ON public.goal_subtasks USING btree (deleted_at) WHERE (deleted_at IS NOT NULL);

CREATE INDEX goals_by_deletion ON public.goals USING btree (deletion_id) WHERE (deletion_id IS NOT NULL);

CREATE INDEX goals_by_name ON public.goals USING btree (user_id, title_norm) WHERE (deleted_at IS NULL);

CREATE INDEX goals_by_user ON public.goals USING btree (user_id, status, deadline, id) WHERE (deleted_at IS NULL);

CREATE INDEX goals_gone ON public.goals USING btree (deleted_at) WHERE (deleted_at IS NOT NULL);

CREATE INDEX golden_runs_by_account ON public.golden_runs USING btree (account_id, id);

CREATE INDEX habit_days_by_user ON public.habit_days USING btree (user_id, date, habit_id);

CREATE INDEX habit_days_noted ON public.habit_days USING btree (user_id, date DESC, habit_id) WHERE (notes <> ''::text);

CREATE INDEX habit_days_noted_by_habit ON public.habit_days USING btree (habit_id, date) WHERE (notes <> ''::text);

CREATE INDEX habit_frequencies_by_user ON public.habit_frequencies USING btree (user_id, from_date);

CREATE INDEX habit_goals_by_goal ON public.habit_goals USING btree (goal_id, habit_id);

CREATE INDEX habit_imports_by_user ON public.habit_imports USING btree (user_id, id);

CREATE INDEX habit_lines_by_user ON public.habit_lines USING btree (user_id);

CREATE INDEX habit_pauses_by_habit ON public.habit_pauses USING btree (habit_id, from_date);

CREATE INDEX habit_pauses_by_user ON public.habit_pauses USING btree (user_id, until_date);

CREATE INDEX habit_sources_by_habit ON public.habit_sources USING btree (habit_id, user_id);

CREATE INDEX habits_by_profile ON public.habits USING btree (reminder_profile_id, user_id) WHERE (reminder_profile_id IS NOT NULL);

CREATE INDEX habits_by_user ON public.habits USING btree (user_id, status, "position", id);

CREATE INDEX habits_gone ON public.habits USING btree (deleted_at) WHERE (status = 'deleted'::text);

CREATE INDEX idempotency_keys_by_time ON public.idempotency_keys USING btree (created_at);

CREATE INDEX inbox_items_by_message ON public.inbox_items USING btree (user_id, message_id, line);

CREATE INDEX inbox_items_by_session ON public.inbox_items USING btree (session_id);

CREATE INDEX inbox_items_by_sorting ON public.inbox_items USING btree (user_id, sorted_at) WHERE (sorted_at IS NOT NULL);

CREATE INDEX inbox_items_by_thing ON public.inbox_items USING btree (user_id, became_id) WHERE (became_id IS NOT NULL);

CREATE INDEX inbox_items_by_time ON public.inbox_items USING btree (user_id, received_at, message_id, line) WHERE (deleted_at IS NULL);

CREATE INDEX inbox_items_deleted ON public.inbox_items USING btree (deleted_at) WHERE (deleted_at IS NOT NULL);

CREATE UNIQUE INDEX inbox_items_once ON public.inbox_items USING btree (user_id, source, client_msg_id, line) WHERE (client_msg_id IS NOT NULL);

CREATE INDEX inbox_items_open ON public.inbox_items USING btree (user_id, received_at, message_id, line) WHERE ((became_kind IS NULL) AND (deleted_at IS NULL));

CREATE INDEX invitations_by_account ON public.invitations USING btree (account_id, id);

CREATE INDEX invitations_expired ON public.invitations USING btree (expires_at);

CREATE UNIQUE INDEX invitations_open ON public.invitations USING btree (account_id, email_key) WHERE ((accepted_at IS NULL) AND (revoked_at IS NULL));

CREATE INDEX jobs_by_account ON public.jobs USING btree (account_id, user_id, id) WHERE (account_id IS NOT NULL);

CREATE INDEX jobs_by_user ON public.jobs USING btree (user_id) WHERE (user_id IS NOT NULL);

CREATE INDEX jobs_due ON public.jobs USING btree (due_at) WHERE (state = 'pending'::text);

CREATE INDEX jobs_finished_at ON public.jobs USING btree (finished_at) WHERE (finished_at IS NOT NULL);

CREATE INDEX jobs_leases ON public.jobs USING btree (lease_until) WHERE (state = 'running'::text);

CREATE UNIQUE INDEX jobs_once ON public.jobs USING btree (kind, key, account_id, user_id) NULLS NOT DISTINCT WHERE (key IS NOT NULL);

CREATE INDEX learning_samples_by_draft ON public.learning_samples USING btree (draft_id);

CREATE INDEX learning_samples_by_time ON public.learning_samples USING btree (account_id, created_at);

CREATE INDEX learning_samples_feed ON public.learning_samples USING btree (account_id, tx, id);

CREATE INDEX list_changes_by_user ON public.list_changes USING btree (user_id);

CREATE INDEX memory_rounds_due ON public.memory_rounds USING btree (due_at);

CREATE INDEX memory_summaries_by_session ON public.memory_summaries USING btree (session_id) WHERE (session_id IS NOT NULL);

CREATE INDEX memory_summaries_by_time ON public.memory_summaries USING btree (user_id, from_at DESC, id DESC) WHERE (deleted_at IS NULL);

CREATE INDEX merges_by_merged ON public.merges USING btree (merged, user_id);

CREATE INDEX merges_by_survivor ON public.merges USING btree (survivor, user_id);

CREATE INDEX merges_by_time ON public.merges USING btree (at) WHERE (moved <> '{}'::jsonb);

CREATE INDEX merges_by_user ON public.merges USING btree (user_id, at DESC);

CREATE INDEX messages_attention ON public.messages USING btree (account_id, id) WHERE ((sending = ANY (ARRAY['failed'::text, 'unknown'::text, 'bounced'::text, 'held'::text])) OR (deferred_at IS NOT NULL));

CREATE INDEX messages_by_author ON public.messages USING btree (author_id) WHERE (author_id IS NOT NULL);

CREATE INDEX messages_by_customer ON public.messages USING btree (customer_id, arrived_at) WHERE (customer_id IS NOT NULL);

CREATE INDEX messages_by_domain ON public.messages USING btree (account_id, sender_domain, arrived_at) WHERE (sender_domain IS NOT NULL);

CREATE INDEX messages_by_draft ON public.messages USING btree (draft_id) WHERE (draft_id IS NOT NULL);

CREATE INDEX messages_by_external ON public.messages USING btree (channel_id, external_id) WHERE (external_id <> ''::text);

CREATE INDEX messages_by_id ON public.messages USING btree (channel_id, message_id) WHERE (message_id IS NOT NULL);

CREATE INDEX messages_by_raw ON public.messages USING btree (account_id, raw) WHERE (raw IS NOT NULL);

CREATE INDEX messages_not_left ON public.messages USING btree (conversation_id) WHERE (sending = ANY (ARRAY['waiting'::text, 'held'::text]));

CREATE INDEX messages_thread ON public.messages USING btree (conversation_id, number);

CREATE INDEX messages_with_raw ON public.messages USING btree (id) WHERE (raw IS NOT NULL);

CREATE INDEX model_account_days_by_date ON public.model_account_days USING btree (date);

CREATE INDEX model_days_by_date ON public.model_days USING btree (date);

CREATE INDEX notifications_by_account ON public.notifications USING btree (account_id);

CREATE INDEX notifications_by_channel ON public.notifications USING btree (channel_id) WHERE (channel_id IS NOT NULL);

CREATE INDEX notifications_by_conversation ON public.notifications USING btree (conversation_id) WHERE (conversation_id IS NOT NULL);

CREATE INDEX notifications_by_time ON public.notifications USING btree (at);

CREATE INDEX notifications_list ON public.notifications USING btree (user_id, at, number);

CREATE INDEX notifications_unread ON public.notifications USING btree (user_id, at, number) WHERE (read_at IS NULL);

CREATE INDEX occurrences_by_escalation ON public.occurrences USING btree (escalation_id);

CREATE INDEX outbox_by_reminder ON public.outbox USING btree (reminder_id, created_at DESC);

CREATE INDEX outbox_by_turn ON public.outbox USING btree (user_id, critical, due_at) WHERE ((state = ANY (ARRAY['pending'::text, 'held'::text])) AND (subject = 'escalation'::text));

CREATE INDEX outbox_by_turn_about ON public.outbox USING btree (subject, user_id, critical, due_at) WHERE ((state = ANY (ARRAY['pending'::text, 'held'::text])) AND (subject <> 'escalation'::text));

CREATE INDEX outbox_by_user ON public.outbox USING btree (user_id, channel, sent_at) WHERE ((sent_at IS NOT NULL) AND (subject = ANY (ARRAY['escalation'::text, 'test'::text])) AND (recipient_kind = ANY (ARRAY['user'::text, 'device'::text])));

CREATE INDEX outbox_due ON public.outbox USING btree (due_at) WHERE ((state = ANY (ARRAY['pending'::text, 'held'::text])) AND (subject = 'escalation'::text));

CREATE INDEX outbox_due_about ON public.outbox USING btree (subject, due_at) WHERE ((state = ANY (ARRAY['pending'::text, 'held'::text])) AND (subject <> 'escalation'::text));

CREATE INDEX outbox_failed ON public.outbox USING btree (user_id, due_at) WHERE (state = 'failed'::text);

CREATE INDEX outbox_held ON public.outbox USING btree (user_id, due_at) WHERE (state = 'held'::text);

CREATE INDEX outbox_leased ON public.outbox USING btree (subject, lease_until) WHERE (state = 'sending'::text);

CREATE INDEX outbox_of_answers ON public.outbox USING btree (subject_id) WHERE (subject = 'answer'::text);

CREATE UNIQUE INDEX outbox_once_about ON public.outbox USING btree (subject_id, channel, recipient_id) WHERE ((escalation_id IS NULL) AND (subject <> 'answer'::text));

CREATE INDEX outbox_to_fetch ON public.outbox USING btree (user_id, due_at) WHERE ((channel = 'pull'::text) AND (state = 'pending'::text));

CREATE INDEX participants_by_address ON public.participants USING btree (account_id, address_key);

CREATE INDEX passages_by_account ON public.passages USING btree (account_id);

CREATE INDEX passages_words ON public.passages USING gin (words) WITH (fastupdate=off);

CREATE INDEX people_by_birthday ON public.people USING btree (user_id, birth_month, birth_day) WHERE ((deleted_at IS NULL) AND (birth_month IS NOT NULL));

CREATE INDEX people_by_contact ON public.people USING btree (user_id, COALESCE(last_contact_at, '-infinity'::timestamp with time zone), id) WHERE (deleted_at IS NULL);

CREATE INDEX people_by_deletion ON public.people USING btree (deletion_id) WHERE (deletion_id IS NOT NULL);

CREATE INDEX people_by_importance ON public.people USING btree (user_id, importance DESC, name_norm, id) WHERE (deleted_at IS NULL);

CREATE INDEX people_by_name ON public.people USING btree (user_id, name_norm, id) WHERE (deleted_at IS NULL);

CREATE INDEX people_by_survivor ON public.people USING btree (merged_into, user_id) WHERE (merged_into IS NOT NULL);

CREATE INDEX people_by_type ON public.people USING btree (user_id, type, name_norm, id) WHERE (deleted_at IS NULL);

CREATE INDEX people_to_meet ON public.people USING btree (user_id, stay_due_at) WHERE ((deleted_at IS NULL) AND (stay_due_at IS NOT NULL));

CREATE INDEX person_addresses_by_key ON public.person_addresses USING btree (user_id, kind, key);

CREATE UNIQUE INDEX person_addresses_one_email ON public.person_addresses USING btree (user_id, key) WHERE (live AND (kind = 'email'::text));

CREATE INDEX person_addresses_phones ON public.person_addresses USING btree (user_id, key, person_id) WHERE (live AND (kind = 'phone'::text));

CREATE INDEX person_reminders_by_person ON public.person_reminders USING btree (person_id, reminder_id);

CREATE INDEX person_reminders_by_user ON public.person_reminders USING btree (user_id);

CREATE INDEX phone_codes_by_phone ON public.phone_codes USING btree (phone_id, created_at);

CREATE INDEX phone_codes_expired ON public.phone_codes USING btree (expires_at);

CREATE INDEX phone_stops_by_number ON public.phone_stops USING btree (number_key);

CREATE INDEX phones_by_contact ON public.phones USING btree (contact_id);

CREATE INDEX phones_by_number ON public.phones USING btree (number_key);

CREATE INDEX places_by_deletion ON public.places USING btree (deletion_id) WHERE (deletion_id IS NOT NULL);

CREATE INDEX places_by_name ON public.places USING btree (user_id, name_norm, id) WHERE (deleted_at IS NULL);

CREATE INDEX planner_imports_by_user ON public.planner_imports USING btree (user_id, id);

CREATE INDEX problems_by_deletion ON public.problems USING btree (deletion_id) WHERE (deletion_id IS NOT NULL);

CREATE INDEX problems_by_name ON public.problems USING btree (user_id, title_norm) WHERE (deleted_at IS NULL);

CREATE INDEX problems_by_status ON public.problems USING btree (user_id, status, id) WHERE (deleted_at IS NULL);

CREATE INDEX prompt_runs_by_account ON public.prompt_runs USING btree (account_id, date, event);

CREATE INDEX prompt_runs_by_draft ON public.prompt_runs USING btree (draft_id) WHERE (draft_id IS NOT NULL);

CREATE INDEX prompt_runs_by_user ON public.prompt_runs USING btree (user_id, id);

CREATE INDEX prompt_texts_by_account ON public.prompt_texts USING btree (account_id);

CREATE INDEX prompt_texts_by_draft ON public.prompt_texts USING btree (draft_id);

CREATE INDEX prompt_texts_by_message ON public.prompt_texts USING gin (messages);

CREATE INDEX proposals_by_chat ON public.proposals USING btree (chat_id, exchange);

CREATE INDEX proposals_by_time ON public.proposals USING btree (made_at);

CREATE INDEX proposals_by_user ON public.proposals USING btree (user_id, id);

CREATE UNIQUE INDEX proposals_once ON public.proposals USING btree (user_id, digest) WHERE (state = 'open'::text);

CREATE INDEX proposals_open ON public.proposals USING btree (made_at) WHERE (state = 'open'::text);

CREATE INDEX push_closings_by_device ON public.push_closings USING btree (device_id, escalation_id, created_at);

CREATE INDEX quarantine_by_conversation ON public.quarantine USING btree (conversation_id) WHERE (conversation_id IS NOT NULL);

CREATE INDEX quarantine_by_file ON public.quarantine USING btree (account_id, raw) WHERE (raw IS NOT NULL);

CREATE INDEX quarantine_list ON public.quarantine USING btree (account_id, state, id);

CREATE INDEX query_vectors_by_user ON public.query_vectors USING btree (user_id);

CREATE INDEX query_vectors_over ON public.query_vectors USING btree (at);

CREATE INDEX recent_context_items_by_thing ON public.recent_context_items USING btree (thing);

CREATE INDEX recent_context_items_by_time ON public.recent_context_items USING btree (user_id, surfaced_at DESC, id DESC);

CREATE INDEX recent_context_items_of_plan ON public.recent_context_items USING btree (user_id, day) WHERE (state <> 'shown'::text);

CREATE INDEX recent_context_items_over ON public.recent_context_items USING btree (expires_at);

CREATE INDEX reminder_imports_by_user ON public.reminder_imports USING btree (user_id, id);

CREATE INDEX reminder_offers_by_reminder ON public.reminder_offers USING btree (reminder_id);

CREATE INDEX reminder_offers_given ON public.reminder_offers USING btree (user_id, id);

CREATE UNIQUE INDEX reminder_offers_open ON public.reminder_offers USING btree (reminder_id) WHERE (state = 'open'::text);

CREATE INDEX reminder_offers_received ON public.reminder_offers USING btree (to_user, id);

CREATE INDEX reminder_sources_by_import ON public.reminder_sources USING btree (user_id, import_id);

CREATE INDEX reminder_sources_by_reminder ON public.reminder_sources USING btree (reminder_id, user_id);

CREATE INDEX reminder_words_runs ON public.reminder_words USING gin (public.runs(user_id, words)) WITH (gin_pending_list_limit='256');

CREATE UNIQUE INDEX reminders_by_habit ON public.reminders USING btree (habit_id, user_id) WHERE (habit_id IS NOT NULL);

CREATE INDEX reminders_by_importance ON public.reminders USING btree (user_id, status, array_position(ARRAY['critical'::text, 'high'::text, 'medium'::text, 'low'::text], importance), sort_at, id);

CREATE INDEX reminders_by_profile ON public.reminders USING btree (profile_id, user_id);

CREATE INDEX reminders_by_status ON public.reminders USING btree (user_id, status, sort_at, id);

CREATE INDEX reminders_by_title ON public.reminders USING btree (user_id, status, lower(title), id);

CREATE INDEX reminders_due ON public.reminders USING btree (next_at) WHERE (status = 'active'::text);

CREATE INDEX reminders_open ON public.reminders USING btree (user_id, sort_at, id) WHERE (status = ANY (ARRAY['active'::text, 'snoozed'::text]));

CREATE INDEX reminders_waking ON public.reminders USING btree (snoozed_until) WHERE (status = 'snoozed'::text);

CREATE INDEX rotas_by_user ON public.rotas USING btree (user_id);

CREATE INDEX saved_replies_by_author ON public.saved_replies USING btree (author_id) WHERE (author_id IS NOT NULL);

CREATE INDEX saved_replies_deleted ON public.saved_replies USING btree (deleted_at) WHERE (deleted_at IS NOT NULL);

CREATE INDEX saved_replies_list ON public.saved_replies USING btree (account_id, lower(title), id) WHERE (deleted_at IS NULL);

CREATE INDEX schedules_lost ON public.schedules USING btree (user_id, reminder_id) WHERE zone_lost;

CREATE INDEX search_documents_named ON public.search_documents USING btree (user_id, title_norm text_pattern_ops) WHERE (user_id IS NOT NULL);

CREATE INDEX search_documents_newest ON public.search_documents USING btree (user_id, kind, updated_at) WHERE (user_id IS NOT NULL);

CREATE INDEX search_documents_shared ON public.search_documents USING btree (account_id, title_norm text_pattern_ops) WHERE (account_id IS NOT NULL);

CREATE INDEX search_documents_shared_newest ON public.search_documents USING btree (account_id, kind, updated_at) WHERE (account_id IS NOT NULL);

CREATE INDEX search_documents_words ON public.search_documents USING gin (words) WITH (gin_pending_list_limit='256');

CREATE INDEX snoozes_by_press ON public.snoozes USING btree (user_id, press_id) WHERE (press_id IS NOT NULL);

CREATE INDEX snoozes_by_reminder ON public.snoozes USING btree (user_id, reminder_id, from_time);

CREATE UNIQUE INDEX sources_by_url ON public.sources USING btree (account_id, url) WHERE ((url IS NOT NULL) AND (deleted_at IS NULL));

CREATE INDEX sources_gone ON public.sources USING btree (deleted_at) WHERE (deleted_at IS NOT NULL);

CREATE INDEX sources_list ON public.sources USING btree (account_id, id) WHERE (deleted_at IS NULL);

CREATE INDEX sources_scheduled ON public.sources USING btree (id) WHERE ((refresh <> 'never'::text) AND enabled AND (deleted_at IS NULL));

CREATE INDEX tags_by_thing ON public.tags USING btree (thing, tag_norm);

CREATE INDEX task_batches_by_time ON public.task_batches USING btree (created_at);

CREATE INDEX task_batches_by_user ON public.task_batches USING btree (user_id);

CREATE INDEX task_completions_by_task ON public.task_completions USING btree (task_id, at);

CREATE INDEX task_completions_by_user ON public.task_completions USING btree (user_id, at);

CREATE UNIQUE INDEX task_completions_once ON public.task_completions USING btree (task_id) WHERE (undone_at IS NULL);

CREATE INDEX task_repeats_by_user ON public.task_repeats USING btree (user_id);

CREATE INDEX task_sources_by_import ON public.task_sources USING btree (user_id, import_id);

CREATE INDEX task_sources_by_task ON public.task_sources USING btree (task_id, user_id);

CREATE INDEX task_sources_changed ON public.task_sources USING btree (user_id, before_import) WHERE (before_import IS NOT NULL);

CREATE INDEX tasks_blocked ON public.tasks USING btree (user_id, COALESCE(due, 'infinity'::date), COALESCE(due_at, 'infinity'::timestamp with time zone), id) WHERE ((open_blockers > 0) AND (deleted_at IS NULL) AND (archived_at IS NULL));

CREATE INDEX tasks_by_assignee ON public.tasks USING btree (assignee_id, user_id) WHERE (assignee_id IS NOT NULL);

CREATE INDEX tasks_by_completion ON public.tasks USING btree (user_id, completed_at DESC, id DESC) WHERE ((status = 'done'::text) AND (deleted_at IS NULL) AND (archived_at IS NULL));

CREATE INDEX tasks_by_deletion ON public.tasks USING btree (deletion_id) WHERE (deletion_id IS NOT NULL);

CREATE INDEX tasks_by_due ON public.tasks USING btree (user_id, COALESCE(due, 'infinity'::date), COALESCE(due_at, 'infinity'::timestamp with time zone), id) WHERE ((deleted_at IS NULL) AND (archived_at IS NULL) AND (status = ANY (ARRAY['open'::text, 'in_progress'::text])));

CREATE INDEX tasks_by_name ON public.tasks USING btree (user_id, title_norm, id) WHERE (deleted_at IS NULL);

CREATE INDEX tasks_by_parent ON public.tasks USING btree (user_id, parent_id, "position") WHERE (parent_id IS NOT NULL);

CREATE INDEX tasks_by_priority ON public.tasks USING btree (user_id, COALESCE((priority)::integer, 5), COALESCE(due, 'infinity'::date), id) WHERE ((deleted_at IS NULL) AND (archived_at IS NULL) AND (status = ANY (ARRAY['open'::text, 'in_progress'::text])));

CREATE INDEX tasks_by_series ON public.tasks USING btree (series_id, series_no) WHERE (series_id IS NOT NULL);

CREATE INDEX tasks_by_status ON public.tasks USING btree (user_id, status, due, id) WHERE (deleted_at IS NULL);

CREATE INDEX tasks_by_update ON public.tasks USING btree (user_id, updated_at DESC, id DESC) WHERE (deleted_at IS NULL);

CREATE UNIQUE INDEX tasks_one_open ON public.tasks USING btree (series_id) WHERE ((status = ANY (ARRAY['open'::text, 'in_progress'::text, 'deferred'::text])) AND (deleted_at IS NULL) AND (archived_at IS NULL));

CREATE INDEX tasks_to_wake ON public.tasks USING btree (wake_at) WHERE ((status = 'deferred'::text) AND (wake_at IS NOT NULL) AND (deleted_at IS NULL) AND (archived_at IS NULL));

CREATE INDEX undos_by_time ON public.undos USING btree (at);

CREATE UNIQUE INDEX users_auth ON public.users USING btree (auth_provider, auth_subject) WHERE (auth_subject IS NOT NULL);

CREATE INDEX users_by_account ON public.users USING btree (account_id, id);

CREATE INDEX users_lost ON public.users USING btree (id) WHERE zone_lost;

CREATE INDEX web_sessions_by_user ON public.web_sessions USING btree (user_id, seen_at);

CREATE INDEX weekly_mails_by_age ON public.weekly_mails USING btree (created_at);

CREATE INDEX weekly_reviews_due ON public.weekly_reviews USING btree (due_at);

CREATE TRIGGER account_mails_gone AFTER DELETE ON public.account_mails REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.forget_messages();

CREATE TRIGGER agent_tests_gone AFTER DELETE ON public.agent_tests REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.forget_messages();

CREATE TRIGGER agents_listed_delete AFTER DELETE ON public.agents REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER agents_listed_insert AFTER INSERT ON public.agents REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER agents_listed_update AFTER UPDATE ON public.agents REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER agents_revision BEFORE UPDATE ON public.agents FOR EACH ROW EXECUTE FUNCTION public.count_revision();

CREATE TRIGGER assistant_steps_listed_delete AFTER DELETE ON public.assistant_steps REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER assistant_steps_listed_insert AFTER INSERT ON public.assistant_steps REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER assistant_steps_listed_update AFTER UPDATE ON public.assistant_steps REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER assumptions_assumed AFTER INSERT ON public.assumptions REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.note_assumption_round('later');

CREATE TRIGGER assumptions_listed_delete AFTER DELETE ON public.assumptions REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER assumptions_listed_insert AFTER INSERT ON public.assumptions REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER assumptions_listed_update AFTER UPDATE ON public.assumptions REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER assumptions_revision BEFORE UPDATE ON public.assumptions FOR EACH ROW EXECUTE FUNCTION public.count_revision();

CREATE TRIGGER attachments_worded AFTER INSERT ON public.attachments REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.word_new_files();

CREATE TRIGGER channel_tests_gone AFTER DELETE ON public.channel_tests REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.forget_messages();

CREATE TRIGGER channels_revision BEFORE UPDATE ON public.channels FOR EACH ROW EXECUTE FUNCTION public.count_revision();

CREATE TRIGGER chat_messages_listed_delete AFTER DELETE ON public.chat_messages REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER chat_messages_listed_insert AFTER INSERT ON public.chat_messages REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER chat_messages_listed_update AFTER UPDATE ON public.chat_messages REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER chat_messages_unassumed AFTER DELETE ON public.chat_messages REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.assumptions_follow_messages();

CREATE TRIGGER chats_assumed AFTER UPDATE OF deleted_at ON public.chats FOR EACH ROW WHEN (((new.kind = 'assistant'::text) AND ((old.deleted_at IS NULL) <> (new.deleted_at IS NULL)))) EXECUTE FUNCTION public.assumptions_follow_chats();

CREATE TRIGGER chats_listed_delete AFTER DELETE ON public.chats REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER chats_listed_insert AFTER INSERT ON public.chats REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER chats_listed_update AFTER UPDATE ON public.chats REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER coach_messages_listed_delete AFTER DELETE ON public.coach_messages REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER coach_messages_listed_insert AFTER INSERT ON public.coach_messages REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER coach_messages_listed_update AFTER UPDATE ON public.coach_messages REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER connections_revision BEFORE UPDATE ON public.connections FOR EACH ROW EXECUTE FUNCTION public.count_revision();

CREATE TRIGGER contact_log_listed_delete AFTER DELETE ON public.contact_log REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER contact_log_listed_insert AFTER INSERT ON public.contact_log REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER contact_log_listed_update AFTER UPDATE ON public.contact_log REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER contact_mails_gone AFTER DELETE ON public.contact_mails REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.forget_messages();

CREATE TRIGGER contact_stops_listed_delete AFTER DELETE ON public.contact_stops REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER contact_stops_listed_insert AFTER INSERT ON public.contact_stops REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER contact_stops_listed_update AFTER UPDATE ON public.contact_stops REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER contacts_listed_delete AFTER DELETE ON public.contacts REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER contacts_listed_insert AFTER INSERT ON public.contacts REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER contacts_listed_update AFTER UPDATE ON public.contacts REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER contacts_quiet AFTER UPDATE ON public.contacts FOR EACH ROW WHEN (((((((((old.quiet_from IS DISTINCT FROM new.quiet_from) OR (old.quiet_until IS DISTINCT FROM new.quiet_until)) OR (old.quiet_days IS DISTINCT FROM new.quiet_days)) OR (old.quiet_days_from IS DISTINCT FROM new.quiet_days_from)) OR (old.quiet_days_until IS DISTINCT FROM new.quiet_days_until)) OR (old.quiet_critical IS DISTINCT FROM new.quiet_critical)) OR (old.timezone IS DISTINCT FROM new.timezone)) OR (old.deleted_at IS DISTINCT FROM new.deleted_at))) EXECUTE FUNCTION public.follow_quiet_hours();

CREATE TRIGGER contacts_registered AFTER INSERT ON public.contacts REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.register_made('contact', 'user_id', 'it.name', 'concat_ws('' '', it.address, it.phone, it.relationship)', 'it.deleted_at IS NOT NULL', 'it.updated_at');

CREATE TRIGGER contacts_registered_anew AFTER UPDATE OF name, address, phone, relationship, deleted_at ON public.contacts FOR EACH ROW WHEN (((old.name IS DISTINCT FROM new.name) OR (concat_ws(' '::text, old.address, old.phone, old.relationship) IS DISTINCT FROM concat_ws(' '::text, new.address, new.phone, new.relationship)) OR ((old.deleted_at IS NOT NULL) IS DISTINCT FROM (new.deleted_at IS NOT NULL)))) EXECUTE FUNCTION public.register_changed('contact', 'user_id', 'it.name', 'concat_ws('' '', it.address, it.phone, it.relationship)', 'it.deleted_at IS NOT NULL', 'it.updated_at');

CREATE TRIGGER contacts_revision BEFORE UPDATE ON public.contacts FOR EACH ROW EXECUTE FUNCTION public.count_revision();

CREATE TRIGGER contacts_unregistered AFTER DELETE ON public.contacts REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.unregister();

CREATE TRIGGER conversation_events_notify AFTER INSERT ON public.conversation_events FOR EACH ROW WHEN ((new.kind = ANY (ARRAY['assigned'::text, 'failed'::text, 'unknown'::text, 'held'::text, 'bounced'::text, 'deferred'::text]))) EXECUTE FUNCTION public.notify_of_event();

CREATE TRIGGER conversation_notes_moved AFTER UPDATE OF conversation_id ON public.conversation_notes FOR EACH ROW EXECUTE FUNCTION public.word_moved_note();

CREATE TRIGGER conversation_notes_unworded AFTER DELETE ON public.conversation_notes REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.unword_gone();

CREATE TRIGGER conversation_notes_worded AFTER INSERT ON public.conversation_notes REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.word_new_notes();

CREATE TRIGGER conversations_emptied_forgotten BEFORE UPDATE OF state ON public.conversations FOR EACH ROW WHEN (((new.state <> 'closed'::text) AND (new.emptied_at IS NOT NULL))) EXECUTE FUNCTION public.forget_emptied();

CREATE TRIGGER conversations_end_reminders AFTER UPDATE OF newest_inbound_id, state ON public.conversations FOR EACH ROW WHEN (((old.newest_inbound_id IS DISTINCT FROM new.newest_inbound_id) OR (old.state IS DISTINCT FROM new.state))) EXECUTE FUNCTION public.end_desk_reminders();

CREATE TRIGGER conversations_late_ends AFTER UPDATE OF late_at, late_told_at, merged_into ON public.conversations FOR EACH ROW WHEN (((old.late_told_at IS NOT NULL) AND ((new.late_told_at IS NULL) OR (new.late_at IS NULL) OR (new.merged_into IS NOT NULL)))) EXECUTE FUNCTION public.end_late();

CREATE TRIGGER conversations_late_forgotten BEFORE UPDATE OF late_at ON public.conversations FOR EACH ROW WHEN (((new.late_at IS NULL) AND (new.late_told_at IS NOT NULL))) EXECUTE FUNCTION public.forget_late();

CREATE TRIGGER conversations_registered AFTER INSERT ON public.conversations REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.register_made('conversation', 'account_id', 'it.subject', '''''', 'it.state = ''spam'' OR it.merged_into IS NOT NULL', 'it.last_at');

CREATE TRIGGER conversations_registered_anew AFTER UPDATE OF subject, state, merged_into ON public.conversations FOR EACH ROW WHEN (((old.subject IS DISTINCT FROM new.subject) OR (((old.state = 'spam'::text) OR (old.merged_into IS NOT NULL)) IS DISTINCT FROM ((new.state = 'spam'::text) OR (new.merged_into IS NOT NULL))))) EXECUTE FUNCTION public.register_changed('conversation', 'account_id', 'it.subject', '''''', 'it.state = ''spam'' OR it.merged_into IS NOT NULL', 'it.last_at');

CREATE TRIGGER conversations_retagged AFTER UPDATE OF tags ON public.conversations FOR EACH ROW WHEN ((old.tags <> new.tags)) EXECUTE FUNCTION public.keep_merged_tags();

CREATE TRIGGER conversations_revision BEFORE UPDATE ON public.conversations FOR EACH ROW EXECUTE FUNCTION public.count_revision();

CREATE TRIGGER conversations_reworded AFTER UPDATE OF subject, tags, customer_id ON public.conversations FOR EACH ROW WHEN (((old.subject <> new.subject) OR (old.tags <> new.tags) OR (old.customer_id <> new.customer_id))) EXECUTE FUNCTION public.word_changed_conversation();

CREATE TRIGGER conversations_unregistered AFTER DELETE ON public.conversations REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.unregister();

CREATE TRIGGER conversations_worded AFTER INSERT ON public.conversations REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.word_new_conversations();

CREATE TRIGGER customer_addresses_left AFTER UPDATE ON public.customer_addresses REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.word_addresses();

CREATE TRIGGER customer_addresses_moved AFTER UPDATE ON public.customer_addresses REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.word_addresses();

CREATE TRIGGER customer_addresses_unworded AFTER DELETE ON public.customer_addresses REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.word_addresses();

CREATE TRIGGER customer_addresses_worded AFTER INSERT ON public.customer_addresses REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.word_addresses();

CREATE TRIGGER customers_erase_late AFTER UPDATE OF erased_at ON public.customers FOR EACH ROW WHEN (((old.erased_at IS NULL) AND (new.erased_at IS NOT NULL))) EXECUTE FUNCTION public.erase_late();

CREATE TRIGGER customers_erase_prompts AFTER UPDATE OF erased_at ON public.customers FOR EACH ROW WHEN (((old.erased_at IS NULL) AND (new.erased_at IS NOT NULL))) EXECUTE FUNCTION public.erase_prompts();

CREATE TRIGGER customers_registered AFTER INSERT ON public.customers REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.register_made('customer', 'account_id', 'it.name', '''''', 'it.is_spam OR it.merged_into IS NOT NULL OR it.erased_at IS NOT NULL', 'it.updated_at');

CREATE TRIGGER customers_registered_anew AFTER UPDATE OF name, is_spam, merged_into, erased_at ON public.customers FOR EACH ROW WHEN (((old.name IS DISTINCT FROM new.name) OR ((old.is_spam OR (old.merged_into IS NOT NULL) OR (old.erased_at IS NOT NULL)) IS DISTINCT FROM (new.is_spam OR (new.merged_into IS NOT NULL) OR (new.erased_at IS NOT NULL))))) EXECUTE FUNCTION public.register_changed('customer', 'account_id', 'it.name', '''''', 'it.is_spam OR it.merged_into IS NOT NULL OR it.erased_at IS NOT NULL', 'it.updated_at');

CREATE TRIGGER customers_revision BEFORE UPDATE ON public.customers FOR EACH ROW EXECUTE FUNCTION public.count_revision();

CREATE TRIGGER customers_reworded AFTER UPDATE OF name ON public.customers FOR EACH ROW WHEN ((old.name <> new.name)) EXECUTE FUNCTION public.word_renamed_customer();

CREATE TRIGGER customers_unregistered AFTER DELETE ON public.customers REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.unregister();

CREATE TRIGGER customers_worded AFTER INSERT ON public.customers REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.word_new_customers();

CREATE TRIGGER deadline_extensions_listed_delete AFTER DELETE ON public.deadline_extensions REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER deadline_extensions_listed_insert AFTER INSERT ON public.deadline_extensions REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER deadline_extensions_listed_update AFTER UPDATE ON public.deadline_extensions REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER deadline_reminders_listed_delete AFTER DELETE ON public.deadline_reminders REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER deadline_reminders_listed_insert AFTER INSERT ON public.deadline_reminders REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER deadline_reminders_listed_update AFTER UPDATE ON public.deadline_reminders REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER deadlines_embedded AFTER UPDATE OF private ON public.deadlines FOR EACH ROW WHEN ((old.private <> new.private)) EXECUTE FUNCTION public.embeddings_private('deadline');

CREATE TRIGGER deadlines_listed_delete AFTER DELETE ON public.deadlines REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER deadlines_listed_insert AFTER INSERT ON public.deadlines REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER deadlines_listed_update AFTER UPDATE ON public.deadlines REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER deadlines_registered AFTER INSERT ON public.deadlines REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.register_made('deadline', 'user_id', 'it.title', 'it.description', 'it.deleted_at IS NOT NULL', 'it.updated_at');

CREATE TRIGGER deadlines_registered_anew AFTER UPDATE OF title, description, deleted_at ON public.deadlines FOR EACH ROW WHEN (((old.title IS DISTINCT FROM new.title) OR (old.description IS DISTINCT FROM new.description) OR ((old.deleted_at IS NOT NULL) IS DISTINCT FROM (new.deleted_at IS NOT NULL)))) EXECUTE FUNCTION public.register_changed('deadline', 'user_id', 'it.title', 'it.description', 'it.deleted_at IS NOT NULL', 'it.updated_at');

CREATE TRIGGER deadlines_revision BEFORE UPDATE ON public.deadlines FOR EACH ROW EXECUTE FUNCTION public.count_revision();

CREATE TRIGGER deadlines_unregistered AFTER DELETE ON public.deadlines REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.unregister();

CREATE TRIGGER desk_settings_revision BEFORE UPDATE ON public.desk_settings FOR EACH ROW EXECUTE FUNCTION public.count_revision();

CREATE TRIGGER draft_floods_notify AFTER INSERT OR UPDATE OF messages ON public.draft_floods FOR EACH ROW WHEN ((new.messages = 1)) EXECUTE FUNCTION public.notify_of_flood();

CREATE TRIGGER drafts_notify AFTER UPDATE OF state ON public.drafts FOR EACH ROW WHEN (((old.state = 'asked'::text) AND (new.state = 'pending'::text) AND (new.ready_at IS NOT NULL))) EXECUTE FUNCTION public.notify_of_draft();

CREATE TRIGGER drafts_revision BEFORE UPDATE ON public.drafts FOR EACH ROW EXECUTE FUNCTION public.count_revision();

CREATE TRIGGER entity_links_blocking_gone AFTER DELETE ON public.entity_links REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.links_changed();

CREATE TRIGGER entity_links_blocking_made AFTER INSERT ON public.entity_links REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.links_changed();

CREATE TRIGGER entity_links_listed_delete AFTER DELETE ON public.entity_links REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER entity_links_listed_insert AFTER INSERT ON public.entity_links REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER entity_links_listed_update AFTER UPDATE ON public.entity_links REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER entity_relationships_assumed AFTER INSERT ON public.entity_relationships REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.note_assumption_round('today');

CREATE TRIGGER entity_relationships_attended AFTER INSERT ON public.entity_relationships REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.note_attendance();

CREATE TRIGGER entity_relationships_listed_delete AFTER DELETE ON public.entity_relationships REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER entity_relationships_listed_insert AFTER INSERT ON public.entity_relationships REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER entity_relationships_listed_update AFTER UPDATE ON public.entity_relationships REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER entity_relationships_revision BEFORE UPDATE ON public.entity_relationships FOR EACH ROW EXECUTE FUNCTION public.count_revision();

CREATE TRIGGER entity_sources_listed_delete AFTER DELETE ON public.entity_sources REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER entity_sources_listed_insert AFTER INSERT ON public.entity_sources REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER entity_sources_listed_update AFTER UPDATE ON public.entity_sources REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER escalation_events_tell_late AFTER INSERT ON public.escalation_events REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.tell_late();

CREATE TRIGGER escalations_listed_delete AFTER DELETE ON public.escalations REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER escalations_listed_insert AFTER INSERT ON public.escalations REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER escalations_listed_update AFTER UPDATE ON public.escalations REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER escalations_revision BEFORE UPDATE ON public.escalations FOR EACH ROW EXECUTE FUNCTION public.count_revision();

CREATE TRIGGER escalations_tell_late AFTER INSERT ON public.escalations REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.tell_first_late();

CREATE TRIGGER event_instances_attended AFTER INSERT ON public.event_instances REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.note_attended();

CREATE TRIGGER event_log_memory AFTER INSERT ON public.event_log REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.note_memory();

CREATE TRIGGER event_overrides_listed_delete AFTER DELETE ON public.event_overrides REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER event_overrides_listed_insert AFTER INSERT ON public.event_overrides REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER event_overrides_listed_update AFTER UPDATE ON public.event_overrides REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER events_embedded AFTER UPDATE OF private ON public.events FOR EACH ROW WHEN ((old.private <> new.private)) EXECUTE FUNCTION public.embeddings_private('event');

CREATE TRIGGER events_listed_delete AFTER DELETE ON public.events REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER events_listed_insert AFTER INSERT ON public.events REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER events_listed_update AFTER UPDATE ON public.events REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER events_registered AFTER INSERT ON public.events REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.register_made('event', 'user_id', 'it.title', 'concat_ws('' '', it.location, it.description)', 'it.deleted_at IS NOT NULL', 'it.updated_at');

CREATE TRIGGER events_registered_anew AFTER UPDATE OF title, location, description, deleted_at ON public.events FOR EACH ROW WHEN (((old.title IS DISTINCT FROM new.title) OR (concat_ws(' '::text, old.location, old.description) IS DISTINCT FROM concat_ws(' '::text, new.location, new.description)) OR ((old.deleted_at IS NOT NULL) IS DISTINCT FROM (new.deleted_at IS NOT NULL)))) EXECUTE FUNCTION public.register_changed('event', 'user_id', 'it.title', 'concat_ws('' '', it.location, it.description)', 'it.deleted_at IS NOT NULL', 'it.updated_at');

CREATE TRIGGER events_related_changed AFTER UPDATE ON public.events REFERENCING OLD TABLE AS gone NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.relationships_follow_events();

CREATE TRIGGER events_related_made AFTER INSERT ON public.events REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.relationships_follow_events();

CREATE TRIGGER events_revision BEFORE UPDATE ON public.events FOR EACH ROW WHEN ((NOT ((((old.bell_at IS DISTINCT FROM new.bell_at) OR (old.kept_from IS DISTINCT FROM new.kept_from)) OR (old.kept_until IS DISTINCT FROM new.kept_until)) OR (old.zone_version IS DISTINCT FROM new.zone_version)))) EXECUTE FUNCTION public.count_revision();

CREATE TRIGGER events_unregistered AFTER DELETE ON public.events REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.unregister();

CREATE TRIGGER goal_subtasks_listed_delete AFTER DELETE ON public.goal_subtasks REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER goal_subtasks_listed_insert AFTER INSERT ON public.goal_subtasks REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER goal_subtasks_listed_update AFTER UPDATE ON public.goal_subtasks REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER goal_subtasks_revision BEFORE UPDATE ON public.goal_subtasks FOR EACH ROW EXECUTE FUNCTION public.count_revision();

CREATE TRIGGER goals_blocking_changed AFTER UPDATE ON public.goals REFERENCING OLD TABLE AS gone NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.blockers_changed('it.status IN (''active'', ''paused'') AND it.deleted_at IS NULL');

CREATE TRIGGER goals_blocking_gone AFTER DELETE ON public.goals REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.blockers_changed('it.status IN (''active'', ''paused'') AND it.deleted_at IS NULL');

CREATE TRIGGER goals_embedded AFTER UPDATE OF private ON public.goals FOR EACH ROW WHEN ((old.private <> new.private)) EXECUTE FUNCTION public.embeddings_private('goal');

CREATE TRIGGER goals_listed_delete AFTER DELETE ON public.goals REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER goals_listed_insert AFTER INSERT ON public.goals REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER goals_listed_update AFTER UPDATE ON public.goals REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER goals_registered AFTER INSERT ON public.goals REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.register_made('goal', 'user_id', 'it.title', 'it.description', 'it.deleted_at IS NOT NULL', 'it.updated_at');

CREATE TRIGGER goals_registered_anew AFTER UPDATE OF title, description, deleted_at ON public.goals FOR EACH ROW WHEN (((old.title IS DISTINCT FROM new.title) OR (old.description IS DISTINCT FROM new.description) OR ((old.deleted_at IS NOT NULL) IS DISTINCT FROM (new.deleted_at IS NOT NULL)))) EXECUTE FUNCTION public.register_changed('goal', 'user_id', 'it.title', 'it.description', 'it.deleted_at IS NOT NULL', 'it.updated_at');

CREATE TRIGGER goals_revision BEFORE UPDATE ON public.goals FOR EACH ROW EXECUTE FUNCTION public.count_revision();

CREATE TRIGGER goals_unregistered AFTER DELETE ON public.goals REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.unregister();

CREATE TRIGGER habit_days_keyed BEFORE UPDATE OF habit_id, user_id ON public.habit_days FOR EACH ROW WHEN (((old.habit_id <> new.habit_id) OR (old.user_id <> new.user_id))) EXECUTE FUNCTION public.refuse_another_key();

CREATE TRIGGER habit_days_lines_delete AFTER DELETE ON public.habit_days REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.blank_habit_lines();

CREATE TRIGGER habit_days_lines_insert AFTER INSERT ON public.habit_days REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.blank_ticked_lines();

CREATE TRIGGER habit_days_lines_update AFTER UPDATE ON public.habit_days REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.blank_habit_lines();

CREATE TRIGGER habit_days_listed_delete AFTER DELETE ON public.habit_days REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER habit_days_listed_insert AFTER INSERT ON public.habit_days REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER habit_days_listed_update AFTER UPDATE ON public.habit_days REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER habit_days_of_habits AFTER INSERT ON public.habit_days REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.hold_habits_of_days();

CREATE TRIGGER habit_frequencies_lines_delete AFTER DELETE ON public.habit_frequencies REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.blank_habit_lines();

CREATE TRIGGER habit_frequencies_lines_insert AFTER INSERT ON public.habit_frequencies REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.blank_habit_lines();

CREATE TRIGGER habit_frequencies_lines_update AFTER UPDATE ON public.habit_frequencies REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.blank_habit_lines();

CREATE TRIGGER habit_frequencies_listed_delete AFTER DELETE ON public.habit_frequencies REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER habit_frequencies_listed_insert AFTER INSERT ON public.habit_frequencies REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER habit_frequencies_listed_update AFTER UPDATE ON public.habit_frequencies REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER habit_imports_rounds AFTER UPDATE OF job_id ON public.habit_imports FOR EACH ROW WHEN ((new.job_id IS NOT NULL)) EXECUTE FUNCTION public.begin_habit_rounds();

CREATE TRIGGER habit_pauses_lines_delete AFTER DELETE ON public.habit_pauses REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.blank_habit_lines();

CREATE TRIGGER habit_pauses_lines_insert AFTER INSERT ON public.habit_pauses REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.blank_habit_lines();

CREATE TRIGGER habit_pauses_lines_update AFTER UPDATE ON public.habit_pauses REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.blank_habit_lines();

CREATE TRIGGER habit_pauses_listed_delete AFTER DELETE ON public.habit_pauses REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER habit_pauses_listed_insert AFTER INSERT ON public.habit_pauses REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER habit_pauses_listed_update AFTER UPDATE ON public.habit_pauses REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE CONSTRAINT TRIGGER habits_assumed AFTER INSERT ON public.habits DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.note_assumption_round_of_habit();

CREATE TRIGGER habits_coach_rounds AFTER INSERT ON public.habits REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.begin_coach_rounds();

CREATE TRIGGER habits_keyed BEFORE UPDATE OF id, user_id ON public.habits FOR EACH ROW WHEN (((old.id <> new.id) OR (old.user_id <> new.user_id))) EXECUTE FUNCTION public.refuse_another_key();

CREATE TRIGGER habits_lines_insert AFTER INSERT ON public.habits REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.add_habit_lines();

CREATE TRIGGER habits_lines_update AFTER UPDATE ON public.habits REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.follow_habits();

CREATE TRIGGER habits_listed_delete AFTER DELETE ON public.habits REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER habits_listed_insert AFTER INSERT ON public.habits REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER habits_listed_update AFTER UPDATE ON public.habits REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER habits_registered AFTER INSERT ON public.habits REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.register_made('habit', 'user_id', 'it.name', 'it.description', 'it.status = ''deleted''', 'it.updated_at');

CREATE TRIGGER habits_registered_anew AFTER UPDATE OF name, description, status ON public.habits FOR EACH ROW WHEN (((old.name IS DISTINCT FROM new.name) OR (old.description IS DISTINCT FROM new.description) OR ((old.status = 'deleted'::text) IS DISTINCT FROM (new.status = 'deleted'::text)))) EXECUTE FUNCTION public.register_changed('habit', 'user_id', 'it.name', 'it.description', 'it.status = ''deleted''', 'it.updated_at');

CREATE TRIGGER habits_review AFTER INSERT ON public.habits REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.begin_weekly_review();

CREATE TRIGGER habits_revision BEFORE UPDATE ON public.habits FOR EACH ROW EXECUTE FUNCTION public.count_revision();

CREATE TRIGGER habits_unregistered AFTER DELETE ON public.habits REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.unregister();

CREATE TRIGGER habits_with_days AFTER DELETE ON public.habits FOR EACH ROW EXECUTE FUNCTION public.delete_days_of_habit();

CREATE TRIGGER inbox_items_counted_changed AFTER UPDATE ON public.inbox_items REFERENCING OLD TABLE AS gone NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.count_inbox();

CREATE TRIGGER inbox_items_counted_gone AFTER DELETE ON public.inbox_items REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.count_inbox();

CREATE TRIGGER inbox_items_counted_made AFTER INSERT ON public.inbox_items REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.count_inbox();

CREATE TRIGGER invitations_gone AFTER DELETE ON public.invitations REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.forget_messages();

CREATE TRIGGER jobs_notify AFTER UPDATE OF state ON public.jobs FOR EACH ROW WHEN (((new.state = 'failed'::text) AND (old.state <> 'failed'::text) AND (new.account_id IS NOT NULL) AND (new.user_id IS NULL))) EXECUTE FUNCTION public.notify_of_job();

CREATE TRIGGER memory_summaries_revision BEFORE UPDATE ON public.memory_summaries FOR EACH ROW EXECUTE FUNCTION public.count_revision();

CREATE TRIGGER merges_listed_delete AFTER DELETE ON public.merges REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER merges_listed_insert AFTER INSERT ON public.merges REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER merges_listed_update AFTER UPDATE ON public.merges REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER messages_forget_prompts AFTER UPDATE OF emptied_at ON public.messages FOR EACH ROW WHEN (((old.emptied_at IS NULL) AND (new.emptied_at IS NOT NULL))) EXECUTE FUNCTION public.forget_prompts();

CREATE TRIGGER messages_gone AFTER DELETE ON public.messages REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.forget_messages();

CREATE TRIGGER messages_reworded AFTER UPDATE OF own, subject, from_name, from_address, recipients, copies, conversation_id, emptied_at ON public.messages FOR EACH ROW EXECUTE FUNCTION public.word_changed_message();

CREATE TRIGGER messages_sender_forgotten BEFORE UPDATE OF from_address ON public.messages FOR EACH ROW WHEN (((new.from_address = ''::text) AND (new.sender_domain IS NOT NULL))) EXECUTE FUNCTION public.forget_sender();

CREATE TRIGGER messages_unworded AFTER DELETE ON public.messages REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.unword_gone();

CREATE TRIGGER messages_worded AFTER INSERT ON public.messages REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.word_new_messages();

CREATE TRIGGER messages_worded_late AFTER UPDATE OF sending ON public.messages FOR EACH ROW WHEN (((old.sending = 'waiting'::text) AND (new.sending IS DISTINCT FROM 'waiting'::text))) EXECUTE FUNCTION public.word_left_message();

CREATE TRIGGER notification_settings_revision BEFORE UPDATE ON public.notification_settings FOR EACH ROW EXECUTE FUNCTION public.count_revision();

CREATE TRIGGER outbox_listed_delete AFTER DELETE ON public.outbox REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER outbox_listed_insert AFTER INSERT ON public.outbox REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER outbox_listed_update AFTER UPDATE ON public.outbox REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER people_addresses_live AFTER UPDATE ON public.people REFERENCING OLD TABLE AS gone NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.person_addresses_live();

CREATE TRIGGER people_assumed AFTER INSERT ON public.people REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.note_assumption_round('today');

CREATE TRIGGER people_assumed_anew AFTER UPDATE ON public.people REFERENCING OLD TABLE AS gone NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.note_assumption_round_anew();

CREATE TRIGGER people_assumed_merged AFTER UPDATE OF merged_into ON public.people FOR EACH ROW WHEN ((old.merged_into IS DISTINCT FROM new.merged_into)) EXECUTE FUNCTION public.assumptions_follow_merges();

CREATE TRIGGER people_embedded AFTER UPDATE OF private ON public.people FOR EACH ROW WHEN ((old.private <> new.private)) EXECUTE FUNCTION public.embeddings_private('person');

CREATE TRIGGER people_listed_delete AFTER DELETE ON public.people REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER people_listed_insert AFTER INSERT ON public.people REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER people_listed_update AFTER UPDATE ON public.people REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER people_registered AFTER INSERT ON public.people REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.register_made('person', 'user_id', 'it.name', 'concat_ws('' '', it.addresses, it.company, it.title, it.notes)', 'it.deleted_at IS NOT NULL', 'it.updated_at');

CREATE TRIGGER people_registered_anew AFTER UPDATE OF name, addresses, company, title, notes, deleted_at ON public.people FOR EACH ROW WHEN (((old.name IS DISTINCT FROM new.name) OR (concat_ws(' '::text, old.addresses, old.company, old.title, old.notes) IS DISTINCT FROM concat_ws(' '::text, new.addresses, new.company, new.title, new.notes)) OR ((old.deleted_at IS NOT NULL) IS DISTINCT FROM (new.deleted_at IS NOT NULL)))) EXECUTE FUNCTION public.register_changed('person', 'user_id', 'it.name', 'concat_ws('' '', it.addresses, it.company, it.title, it.notes)', 'it.deleted_at IS NOT NULL', 'it.updated_at');

CREATE TRIGGER people_revision BEFORE UPDATE ON public.people FOR EACH ROW EXECUTE FUNCTION public.count_revision();

CREATE TRIGGER people_unregistered AFTER DELETE ON public.people REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.unregister();

CREATE TRIGGER person_addresses_listed_delete AFTER DELETE ON public.person_addresses REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER person_addresses_listed_insert AFTER INSERT ON public.person_addresses REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER person_addresses_listed_update AFTER UPDATE ON public.person_addresses REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER person_reminders_listed_delete AFTER DELETE ON public.person_reminders REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER person_reminders_listed_insert AFTER INSERT ON public.person_reminders REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER person_reminders_listed_update AFTER UPDATE ON public.person_reminders REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER phone_codes_gone AFTER DELETE ON public.phone_codes REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.forget_messages();

CREATE TRIGGER phones_listed_delete AFTER DELETE ON public.phones REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER phones_listed_insert AFTER INSERT ON public.phones REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER phones_listed_update AFTER UPDATE ON public.phones REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER places_embedded AFTER UPDATE OF private ON public.places FOR EACH ROW WHEN ((old.private <> new.private)) EXECUTE FUNCTION public.embeddings_private('place');

CREATE TRIGGER places_listed_delete AFTER DELETE ON public.places REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER places_listed_insert AFTER INSERT ON public.places REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER places_listed_update AFTER UPDATE ON public.places REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER places_registered AFTER INSERT ON public.places REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.register_made('place', 'user_id', 'it.name', 'concat_ws('' '', it.address, it.city, it.state, it.country, it.notes)', 'it.deleted_at IS NOT NULL', 'it.updated_at');

CREATE TRIGGER places_registered_anew AFTER UPDATE OF name, address, city, state, country, notes, deleted_at ON public.places FOR EACH ROW WHEN (((old.name IS DISTINCT FROM new.name) OR (concat_ws(' '::text, old.address, old.city, old.state, old.country, old.notes) IS DISTINCT FROM concat_ws(' '::text, new.address, new.city, new.state, new.country, new.notes)) OR ((old.deleted_at IS NOT NULL) IS DISTINCT FROM (new.deleted_at IS NOT NULL)))) EXECUTE FUNCTION public.register_changed('place', 'user_id', 'it.name', 'concat_ws('' '', it.address, it.city, it.state, it.country, it.notes)', 'it.deleted_at IS NOT NULL', 'it.updated_at');

CREATE TRIGGER places_revision BEFORE UPDATE ON public.places FOR EACH ROW EXECUTE FUNCTION public.count_revision();

CREATE TRIGGER places_unregistered AFTER DELETE ON public.places REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.unregister();

CREATE TRIGGER problems_blocking_changed AFTER UPDATE ON public.problems REFERENCING OLD TABLE AS gone NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.blockers_changed('it.status = ''active'' AND it.deleted_at IS NULL');

CREATE TRIGGER problems_blocking_gone AFTER DELETE ON public.problems REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.blockers_changed('it.status = ''active'' AND it.deleted_at IS NULL');

CREATE TRIGGER problems_embedded AFTER UPDATE OF private ON public.problems FOR EACH ROW WHEN ((old.private <> new.private)) EXECUTE FUNCTION public.embeddings_private('problem');

CREATE TRIGGER problems_listed_delete AFTER DELETE ON public.problems REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER problems_listed_insert AFTER INSERT ON public.problems REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER problems_listed_update AFTER UPDATE ON public.problems REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER problems_registered AFTER INSERT ON public.problems REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.register_made('problem', 'user_id', 'it.title', 'it.description', 'it.deleted_at IS NOT NULL OR it.status = ''archived''', 'it.updated_at');

CREATE TRIGGER problems_registered_anew AFTER UPDATE OF title, description, deleted_at, status ON public.problems FOR EACH ROW WHEN (((old.title IS DISTINCT FROM new.title) OR (old.description IS DISTINCT FROM new.description) OR (((old.deleted_at IS NOT NULL) OR (old.status = 'archived'::text)) IS DISTINCT FROM ((new.deleted_at IS NOT NULL) OR (new.status = 'archived'::text))))) EXECUTE FUNCTION public.register_changed('problem', 'user_id', 'it.title', 'it.description', 'it.deleted_at IS NOT NULL OR it.status = ''archived''', 'it.updated_at');

CREATE TRIGGER problems_revision BEFORE UPDATE ON public.problems FOR EACH ROW EXECUTE FUNCTION public.count_revision();

CREATE TRIGGER problems_unregistered AFTER DELETE ON public.problems REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.unregister();

CREATE TRIGGER profiles_listed_delete AFTER DELETE ON public.profiles REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER profiles_listed_insert AFTER INSERT ON public.profiles REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER profiles_listed_update AFTER UPDATE ON public.profiles REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER profiles_registered AFTER INSERT ON public.profiles REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.register_made('profile', 'user_id', 'it.name', 'it.description', 'false', 'it.updated_at');

CREATE TRIGGER profiles_registered_anew AFTER UPDATE OF name, description ON public.profiles FOR EACH ROW WHEN (((old.name IS DISTINCT FROM new.name) OR (old.description IS DISTINCT FROM new.description))) EXECUTE FUNCTION public.register_changed('profile', 'user_id', 'it.name', 'it.description', 'false', 'it.updated_at');

CREATE TRIGGER profiles_revision BEFORE UPDATE ON public.profiles FOR EACH ROW EXECUTE FUNCTION public.count_revision();

CREATE TRIGGER profiles_unregistered AFTER DELETE ON public.profiles REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.unregister();

CREATE TRIGGER proposals_listed_delete AFTER DELETE ON public.proposals REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER proposals_listed_insert AFTER INSERT ON public.proposals REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER proposals_listed_update AFTER UPDATE ON public.proposals REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER proposals_revision BEFORE UPDATE ON public.proposals FOR EACH ROW EXECUTE FUNCTION public.count_revision();

CREATE TRIGGER push_closings_gone AFTER DELETE ON public.push_closings REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.forget_messages();

CREATE TRIGGER push_devices_listed_delete AFTER DELETE ON public.push_devices REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER push_devices_listed_insert AFTER INSERT ON public.push_devices REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER push_devices_listed_update AFTER UPDATE ON public.push_devices REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER quarantine_emptied AFTER UPDATE OF raw ON public.quarantine FOR EACH ROW WHEN (((old.raw IS NOT NULL) AND (new.raw IS NULL))) EXECUTE FUNCTION public.forget_quarantined();

CREATE TRIGGER quarantine_gone AFTER DELETE ON public.quarantine FOR EACH ROW WHEN ((old.raw IS NOT NULL)) EXECUTE FUNCTION public.forget_quarantined();

CREATE TRIGGER recent_context_items_listed_delete AFTER DELETE ON public.recent_context_items REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER recent_context_items_listed_insert AFTER INSERT ON public.recent_context_items REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER recent_context_items_listed_update AFTER UPDATE ON public.recent_context_items REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER reminder_offers_noted_insert AFTER INSERT ON public.reminder_offers REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_offers();

CREATE TRIGGER reminder_offers_noted_update AFTER UPDATE ON public.reminder_offers REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_offers();

CREATE TRIGGER reminders_counted_delete AFTER DELETE ON public.reminders REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.count_reminders_delete();

CREATE TRIGGER reminders_counted_insert AFTER INSERT ON public.reminders REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.count_reminders_insert();

CREATE TRIGGER reminders_counted_update AFTER UPDATE ON public.reminders REFERENCING OLD TABLE AS gone NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.count_reminders_update();

CREATE TRIGGER reminders_importance AFTER UPDATE OF importance ON public.reminders FOR EACH ROW WHEN (((old.importance = 'critical'::text) <> (new.importance = 'critical'::text))) EXECUTE FUNCTION public.follow_importance();

CREATE TRIGGER reminders_listed_delete AFTER DELETE ON public.reminders REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER reminders_listed_insert AFTER INSERT ON public.reminders REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER reminders_listed_update AFTER UPDATE ON public.reminders REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER reminders_registered AFTER INSERT ON public.reminders REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.register_made('reminder', 'user_id', 'it.title', 'it.description', 'it.status = ''deleted'' OR it.habit_id IS NOT NULL', 'it.updated_at');

CREATE TRIGGER reminders_registered_anew AFTER UPDATE OF title, description, status ON public.reminders FOR EACH ROW WHEN (((old.title IS DISTINCT FROM new.title) OR (old.description IS DISTINCT FROM new.description) OR (((old.status = 'deleted'::text) OR (old.habit_id IS NOT NULL)) IS DISTINCT FROM ((new.status = 'deleted'::text) OR (new.habit_id IS NOT NULL))))) EXECUTE FUNCTION public.register_changed('reminder', 'user_id', 'it.title', 'it.description', 'it.status = ''deleted'' OR it.habit_id IS NOT NULL', 'it.updated_at');

CREATE TRIGGER reminders_revision BEFORE UPDATE ON public.reminders FOR EACH ROW EXECUTE FUNCTION public.count_revision();

CREATE TRIGGER reminders_reworded AFTER UPDATE OF title, description ON public.reminders FOR EACH ROW WHEN (((old.title <> new.title) OR (old.description <> new.description))) EXECUTE FUNCTION public.change_reminder_words();

CREATE TRIGGER reminders_rewritten AFTER UPDATE OF description ON public.reminders FOR EACH ROW WHEN ((old.description <> new.description)) EXECUTE FUNCTION public.forget_reminder_text();

CREATE TRIGGER reminders_unregistered AFTER DELETE ON public.reminders REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.unregister();

CREATE TRIGGER reminders_worded AFTER INSERT ON public.reminders REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.keep_reminder_words();

CREATE TRIGGER saved_replies_registered AFTER INSERT ON public.saved_replies REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.register_made('saved_reply', 'account_id', 'it.title', 'it.text', 'it.deleted_at IS NOT NULL', 'it.updated_at');

CREATE TRIGGER saved_replies_registered_anew AFTER UPDATE OF title, text, deleted_at ON public.saved_replies FOR EACH ROW WHEN (((old.title IS DISTINCT FROM new.title) OR (old.text IS DISTINCT FROM new.text) OR ((old.deleted_at IS NOT NULL) IS DISTINCT FROM (new.deleted_at IS NOT NULL)))) EXECUTE FUNCTION public.register_changed('saved_reply', 'account_id', 'it.title', 'it.text', 'it.deleted_at IS NOT NULL', 'it.updated_at');

CREATE TRIGGER saved_replies_revision BEFORE UPDATE ON public.saved_replies FOR EACH ROW EXECUTE FUNCTION public.count_revision();

CREATE TRIGGER saved_replies_unregistered AFTER DELETE ON public.saved_replies REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.unregister();

CREATE TRIGGER schedules_listed_delete AFTER DELETE ON public.schedules REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER schedules_listed_insert AFTER INSERT ON public.schedules REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER schedules_listed_update AFTER UPDATE ON public.schedules REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER search_documents_assumed AFTER UPDATE ON public.search_documents REFERENCING OLD TABLE AS gone NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.assumptions_follow_register();

CREATE TRIGGER search_documents_embedded AFTER INSERT ON public.search_documents REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.embeddings_made();

CREATE TRIGGER search_documents_embedded_anew AFTER UPDATE ON public.search_documents REFERENCING OLD TABLE AS gone NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.embeddings_changed();

CREATE TRIGGER search_documents_unassumed AFTER DELETE ON public.search_documents REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.assumptions_follow_register();

CREATE TRIGGER sources_registered AFTER INSERT ON public.sources REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.register_made('source', 'account_id', 'it.title', 'it.text', 'it.deleted_at IS NOT NULL', 'it.updated_at');

CREATE TRIGGER sources_registered_anew AFTER UPDATE OF title, text, deleted_at ON public.sources FOR EACH ROW WHEN (((old.title IS DISTINCT FROM new.title) OR (old.text IS DISTINCT FROM new.text) OR ((old.deleted_at IS NOT NULL) IS DISTINCT FROM (new.deleted_at IS NOT NULL)))) EXECUTE FUNCTION public.register_changed('source', 'account_id', 'it.title', 'it.text', 'it.deleted_at IS NOT NULL', 'it.updated_at');

CREATE TRIGGER sources_revision BEFORE UPDATE ON public.sources FOR EACH ROW EXECUTE FUNCTION public.count_revision();

CREATE TRIGGER sources_unregistered AFTER DELETE ON public.sources REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.unregister();

CREATE TRIGGER tags_listed_delete AFTER DELETE ON public.tags REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER tags_listed_insert AFTER INSERT ON public.tags REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER tags_listed_update AFTER UPDATE ON public.tags REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER task_repeats_listed_delete AFTER DELETE ON public.task_repeats REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER task_repeats_listed_insert AFTER INSERT ON public.task_repeats REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER task_repeats_listed_update AFTER UPDATE ON public.task_repeats REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER tasks_assumed AFTER INSERT ON public.tasks REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.note_assumption_round('today');

CREATE TRIGGER tasks_blocking_changed AFTER UPDATE ON public.tasks REFERENCING OLD TABLE AS gone NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.blockers_changed('it.status IN (''open'', ''in_progress'', ''deferred'') AND it.archived_at IS NULL AND it.deleted_at IS NULL');

CREATE TRIGGER tasks_blocking_gone AFTER DELETE ON public.tasks REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.blockers_changed('it.status IN (''open'', ''in_progress'', ''deferred'') AND it.archived_at IS NULL AND it.deleted_at IS NULL');

CREATE TRIGGER tasks_counted_changed AFTER UPDATE ON public.tasks REFERENCING OLD TABLE AS gone NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.count_tasks();

CREATE TRIGGER tasks_counted_gone AFTER DELETE ON public.tasks REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.count_tasks();

CREATE TRIGGER tasks_counted_made AFTER INSERT ON public.tasks REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.count_tasks();

CREATE TRIGGER tasks_deadlines AFTER UPDATE ON public.tasks REFERENCING OLD TABLE AS gone NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.call_deadlines();

CREATE TRIGGER tasks_embedded AFTER UPDATE OF private ON public.tasks FOR EACH ROW WHEN ((old.private <> new.private)) EXECUTE FUNCTION public.embeddings_private('task');

CREATE TRIGGER tasks_listed_delete AFTER DELETE ON public.tasks REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER tasks_listed_insert AFTER INSERT ON public.tasks REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER tasks_listed_update AFTER UPDATE ON public.tasks REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.note_list_change();

CREATE TRIGGER tasks_registered AFTER INSERT ON public.tasks REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.register_made('task', 'user_id', 'it.title', 'it.notes', 'it.deleted_at IS NOT NULL OR it.archived_at IS NOT NULL', 'it.updated_at');

CREATE TRIGGER tasks_registered_anew AFTER UPDATE ON public.tasks REFERENCING OLD TABLE AS gone NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.register_tasks_changed();

CREATE TRIGGER tasks_related_changed AFTER UPDATE ON public.tasks REFERENCING OLD TABLE AS gone NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.relationships_follow_tasks();

CREATE TRIGGER tasks_related_made AFTER INSERT ON public.tasks REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.relationships_follow_tasks();

CREATE TRIGGER tasks_revision BEFORE UPDATE ON public.tasks FOR EACH ROW WHEN (((old.open_blockers = new.open_blockers) AND ((old."position" = new."position") OR (old.parent_id IS DISTINCT FROM new.parent_id)))) EXECUTE FUNCTION public.count_revision();

CREATE TRIGGER tasks_series_gone AFTER DELETE ON public.tasks REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.drop_empty_series();

CREATE TRIGGER tasks_unregistered AFTER DELETE ON public.tasks REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.unregister();

CREATE TRIGGER users_embedded AFTER UPDATE OF model_kinds ON public.users FOR EACH ROW WHEN ((old.model_kinds IS DISTINCT FROM new.model_kinds)) EXECUTE FUNCTION public.embeddings_allowed();

CREATE TRIGGER users_habit_states AFTER UPDATE OF week_start, timezone ON public.users FOR EACH ROW WHEN (((old.week_start IS DISTINCT FROM new.week_start) OR (old.timezone IS DISTINCT FROM new.timezone))) EXECUTE FUNCTION public.forget_habit_states();

CREATE TRIGGER users_leave_desk AFTER UPDATE OF account_id ON public.users FOR EACH ROW WHEN ((old.account_id IS DISTINCT FROM new.account_id)) EXECUTE FUNCTION public.leave_desk();

CREATE TRIGGER users_leave_late AFTER UPDATE OF account_id, role ON public.users FOR EACH ROW WHEN (((old.account_id IS DISTINCT FROM new.account_id) OR ((new.role = 'viewer'::text) AND (old.role <> 'viewer'::text)))) EXECUTE FUNCTION public.leave_late();

CREATE TRIGGER users_lowered_from_desk AFTER UPDATE OF role ON public.users FOR EACH ROW WHEN (((new.role = 'viewer'::text) AND (old.role <> 'viewer'::text))) EXECUTE FUNCTION public.lower_from_desk();

CREATE TRIGGER users_quiet AFTER UPDATE ON public.users FOR EACH ROW WHEN (((((((((old.quiet_from IS DISTINCT FROM new.quiet_from) OR (old.quiet_until IS DISTINCT FROM new.quiet_until)) OR (old.quiet_days IS DISTINCT FROM new.quiet_days)) OR (old.quiet_days_from IS DISTINCT FROM new.quiet_days_from)) OR (old.quiet_days_until IS DISTINCT FROM new.quiet_days_until)) OR (old.quiet_critical IS DISTINCT FROM new.quiet_critical)) OR (old.quiet_paused_until IS DISTINCT FROM new.quiet_paused_until)) OR (old.timezone IS DISTINCT FROM new.timezone))) EXECUTE FUNCTION public.follow_quiet_hours();

CREATE TRIGGER users_review AFTER UPDATE OF timezone, week_start, default_time ON public.users FOR EACH ROW WHEN ((((old.timezone IS DISTINCT FROM new.timezone) OR (old.week_start IS DISTINCT FROM new.week_start)) OR (old.default_time IS DISTINCT FROM new.default_time))) EXECUTE FUNCTION public.move_weekly_review();

CREATE TRIGGER users_revision BEFORE UPDATE ON public.users FOR EACH ROW EXECUTE FUNCTION public.count_revision();

CREATE TRIGGER users_verified AFTER UPDATE OF verified_at ON public.users FOR EACH ROW WHEN (((old.verified_at IS NULL) AND (new.verified_at IS NOT NULL))) EXECUTE FUNCTION public.release_held();

CREATE TRIGGER weekly_mails_gone AFTER DELETE ON public.weekly_mails REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.forget_messages();

ALTER TABLE ONLY public.account_keys
    ADD CONSTRAINT account_keys_account_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.account_mails
    ADD CONSTRAINT account_mails_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.agent_tests
    ADD CONSTRAINT agent_tests_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.agents
    ADD CONSTRAINT agents_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.assistant_steps
    ADD CONSTRAINT assistant_steps_chat_fkey FOREIGN KEY (chat_id, user_id) REFERENCES public.chats(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.assistant_turns
    ADD CONSTRAINT assistant_turns_chat_fkey FOREIGN KEY (chat_id, user_id) REFERENCES public.chats(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.assumption_evidence
    ADD CONSTRAINT assumption_evidence_assumption_fkey FOREIGN KEY (assumption_id, user_id) REFERENCES public.assumptions(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.assumption_evidence
    ADD CONSTRAINT assumption_evidence_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.assumption_rounds
    ADD CONSTRAINT assumption_rounds_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.assumptions
    ADD CONSTRAINT assumptions_object_fkey FOREIGN KEY (object_id, user_id, object_kind) REFERENCES public.search_documents(id, user_id, kind) ON DELETE CASCADE;

ALTER TABLE ONLY public.assumptions
    ADD CONSTRAINT assumptions_subject_fkey FOREIGN KEY (subject_id, user_id, subject_kind) REFERENCES public.search_documents(id, user_id, kind) ON DELETE CASCADE;

ALTER TABLE ONLY public.assumptions
    ADD CONSTRAINT assumptions_superseded_fkey FOREIGN KEY (superseded_by, user_id) REFERENCES public.assumptions(id, user_id) ON DELETE SET NULL (superseded_by);

ALTER TABLE ONLY public.assumptions
    ADD CONSTRAINT assumptions_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.attachments
    ADD CONSTRAINT attachments_message_fkey FOREIGN KEY (message_id, account_id) REFERENCES public.messages(id, account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.channel_failures
    ADD CONSTRAINT channel_failures_channel_fkey FOREIGN KEY (channel_id, account_id) REFERENCES public.channels(id, account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.channel_failures
    ADD CONSTRAINT channel_failures_reminder_fkey FOREIGN KEY (reminder_id, user_id) REFERENCES public.reminders(id, user_id) ON DELETE SET NULL;

ALTER TABLE ONLY public.channel_states
    ADD CONSTRAINT channel_states_channel_fkey FOREIGN KEY (channel_id, account_id) REFERENCES public.channels(id, account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.channel_tests
    ADD CONSTRAINT channel_tests_channel_fkey FOREIGN KEY (channel_id, account_id) REFERENCES public.channels(id, account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.channel_tests
    ADD CONSTRAINT channel_tests_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.channels
    ADD CONSTRAINT channels_account_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.channels
    ADD CONSTRAINT channels_profile_fkey FOREIGN KEY (profile_id) REFERENCES public.profiles(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.chat_messages
    ADD CONSTRAINT chat_messages_chat_fkey FOREIGN KEY (chat_id, user_id, kind) REFERENCES public.chats(id, user_id, kind) ON DELETE CASCADE;

ALTER TABLE ONLY public.chat_sessions
    ADD CONSTRAINT chat_sessions_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.chats
    ADD CONSTRAINT chats_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.coach_messages
    ADD CONSTRAINT coach_messages_goal_fkey FOREIGN KEY (goal_id, user_id) REFERENCES public.goals(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.coach_messages
    ADD CONSTRAINT coach_messages_habit_fkey FOREIGN KEY (habit_id, user_id) REFERENCES public.habits(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.coach_messages
    ADD CONSTRAINT coach_messages_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.coach_rounds
    ADD CONSTRAINT coach_rounds_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.completion_criteria
    ADD CONSTRAINT completion_criteria_reminder_fkey FOREIGN KEY (reminder_id, user_id) REFERENCES public.reminders(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.connections
    ADD CONSTRAINT connections_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.contact_log
    ADD CONSTRAINT contact_log_person_fkey FOREIGN KEY (person_id, user_id) REFERENCES public.people(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.contact_log
    ADD CONSTRAINT contact_log_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.contact_mails
    ADD CONSTRAINT contact_mails_contact_fkey FOREIGN KEY (contact_id, user_id) REFERENCES public.contacts(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.contact_rounds
    ADD CONSTRAINT contact_rounds_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.contact_stops
    ADD CONSTRAINT contact_stops_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT contacts_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.context_import_rows
    ADD CONSTRAINT context_import_rows_import_fkey FOREIGN KEY (import_id, user_id) REFERENCES public.context_imports(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.context_imports
    ADD CONSTRAINT context_imports_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.conversation_events
    ADD CONSTRAINT conversation_events_actor_fkey FOREIGN KEY (actor_id) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.conversation_events
    ADD CONSTRAINT conversation_events_conversation_fkey FOREIGN KEY (conversation_id, account_id) REFERENCES public.conversations(id, account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.conversation_merges
    ADD CONSTRAINT conversation_merges_actor_fkey FOREIGN KEY (actor_id) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.conversation_merges
    ADD CONSTRAINT conversation_merges_source_fkey FOREIGN KEY (source_id, account_id) REFERENCES public.conversations(id, account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.conversation_merges
    ADD CONSTRAINT conversation_merges_target_fkey FOREIGN KEY (target_id, account_id) REFERENCES public.conversations(id, account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.conversation_notes
    ADD CONSTRAINT conversation_notes_author_fkey FOREIGN KEY (author_id) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.conversation_notes
    ADD CONSTRAINT conversation_notes_conversation_fkey FOREIGN KEY (conversation_id, account_id) REFERENCES public.conversations(id, account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_assignee_fkey FOREIGN KEY (assignee_id) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_belongs_fkey FOREIGN KEY (may_belong_to, account_id) REFERENCES public.conversations(id, account_id);

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_channel_fkey FOREIGN KEY (channel_id, account_id) REFERENCES public.channels(id, account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_claimed_fkey FOREIGN KEY (claimed_by) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_continues_fkey FOREIGN KEY (continues, account_id) REFERENCES public.conversations(id, account_id);

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_customer_fkey FOREIGN KEY (customer_id, account_id) REFERENCES public.customers(id, account_id);

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_merged_fkey FOREIGN KEY (merged_into, account_id) REFERENCES public.conversations(id, account_id);

ALTER TABLE ONLY public.customer_addresses
    ADD CONSTRAINT customer_addresses_customer_fkey FOREIGN KEY (customer_id, account_id) REFERENCES public.customers(id, account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.customer_notes
    ADD CONSTRAINT customer_notes_author_fkey FOREIGN KEY (author_id) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.customer_notes
    ADD CONSTRAINT customer_notes_customer_fkey FOREIGN KEY (customer_id, account_id) REFERENCES public.customers(id, account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.customers
    ADD CONSTRAINT customers_account_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.customers
    ADD CONSTRAINT customers_merged_fkey FOREIGN KEY (merged_into, account_id) REFERENCES public.customers(id, account_id);

ALTER TABLE ONLY public.deadline_extensions
    ADD CONSTRAINT deadline_extensions_deadline_fkey FOREIGN KEY (deadline_id, user_id) REFERENCES public.deadlines(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.deadline_extensions
    ADD CONSTRAINT deadline_extensions_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.deadline_reminders
    ADD CONSTRAINT deadline_reminders_deadline_fkey FOREIGN KEY (deadline_id, user_id) REFERENCES public.deadlines(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.deadline_reminders
    ADD CONSTRAINT deadline_reminders_reminder_fkey FOREIGN KEY (reminder_id, user_id) REFERENCES public.reminders(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.deadline_reminders
    ADD CONSTRAINT deadline_reminders_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.deadlines
    ADD CONSTRAINT deadlines_deletion_fkey FOREIGN KEY (deletion_id, user_id) REFERENCES public.deletions(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.deadlines
    ADD CONSTRAINT deadlines_event_fkey FOREIGN KEY (event_id, user_id) REFERENCES public.events(id, user_id) ON DELETE SET NULL (event_id);

ALTER TABLE ONLY public.deadlines
    ADD CONSTRAINT deadlines_profile_fkey FOREIGN KEY (profile_id, user_id) REFERENCES public.profiles(id, user_id);

ALTER TABLE ONLY public.deadlines
    ADD CONSTRAINT deadlines_task_fkey FOREIGN KEY (task_id, user_id) REFERENCES public.tasks(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.deadlines
    ADD CONSTRAINT deadlines_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT decisions_conversation_fkey FOREIGN KEY (conversation_id, account_id) REFERENCES public.conversations(id, account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT decisions_draft_fkey FOREIGN KEY (draft_id, account_id) REFERENCES public.drafts(id, account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT decisions_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.deletions
    ADD CONSTRAINT deletions_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.desk_late
    ADD CONSTRAINT desk_late_channel_fkey FOREIGN KEY (channel_id, account_id) REFERENCES public.channels(id, account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.desk_late
    ADD CONSTRAINT desk_late_conversation_fkey FOREIGN KEY (conversation_id, account_id) REFERENCES public.conversations(id, account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.desk_late
    ADD CONSTRAINT desk_late_reminder_fkey FOREIGN KEY (reminder_id, user_id) REFERENCES public.reminders(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.desk_late
    ADD CONSTRAINT desk_late_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.desk_reminders
    ADD CONSTRAINT desk_reminders_conversation_fkey FOREIGN KEY (conversation_id, account_id) REFERENCES public.conversations(id, account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.desk_reminders
    ADD CONSTRAINT desk_reminders_reminder_fkey FOREIGN KEY (reminder_id, user_id) REFERENCES public.reminders(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.desk_settings
    ADD CONSTRAINT desk_settings_account_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.desk_words
    ADD CONSTRAINT desk_words_conversation_fkey FOREIGN KEY (conversation_id, account_id) REFERENCES public.conversations(id, account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.desk_words
    ADD CONSTRAINT desk_words_customer_fkey FOREIGN KEY (customer_id, account_id) REFERENCES public.customers(id, account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.draft_floods
    ADD CONSTRAINT draft_floods_channel_fkey FOREIGN KEY (channel_id, account_id) REFERENCES public.channels(id, account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.draft_floods
    ADD CONSTRAINT draft_floods_conversation_fkey FOREIGN KEY (conversation_id, account_id) REFERENCES public.conversations(id, account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.draft_sources
    ADD CONSTRAINT draft_sources_draft_fkey FOREIGN KEY (draft_id, account_id) REFERENCES public.drafts(id, account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.drafts
    ADD CONSTRAINT drafts_channel_fkey FOREIGN KEY (channel_id, account_id) REFERENCES public.channels(id, account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.drafts
    ADD CONSTRAINT drafts_conversation_fkey FOREIGN KEY (conversation_id, account_id) REFERENCES public.conversations(id, account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.drafts
    ADD CONSTRAINT drafts_decided_fkey FOREIGN KEY (decided_by) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.drafts
    ADD CONSTRAINT drafts_message_fkey FOREIGN KEY (message_id, account_id) REFERENCES public.messages(id, account_id);

ALTER TABLE ONLY public.drafts
    ADD CONSTRAINT drafts_superseded_fkey FOREIGN KEY (superseded_by, account_id) REFERENCES public.drafts(id, account_id);

ALTER TABLE ONLY public.embedding_jobs
    ADD CONSTRAINT embedding_jobs_thing_fkey FOREIGN KEY (thing, user_id, kind) REFERENCES public.search_documents(id, user_id, kind) ON DELETE CASCADE;

ALTER TABLE ONLY public.embedding_jobs
    ADD CONSTRAINT embedding_jobs_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.embedding_rounds
    ADD CONSTRAINT embedding_rounds_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.embedding_sets
    ADD CONSTRAINT embedding_sets_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.embeddings
    ADD CONSTRAINT embeddings_set_fkey FOREIGN KEY (set_id, user_id) REFERENCES public.embedding_sets(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.embeddings
    ADD CONSTRAINT embeddings_thing_fkey FOREIGN KEY (thing, user_id, kind) REFERENCES public.search_documents(id, user_id, kind) ON DELETE CASCADE;

ALTER TABLE ONLY public.embeddings
    ADD CONSTRAINT embeddings_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.entity_links
    ADD CONSTRAINT entity_links_from_fkey FOREIGN KEY (from_id, user_id, from_kind) REFERENCES public.search_documents(id, user_id, kind) ON DELETE CASCADE;

ALTER TABLE ONLY public.entity_links
    ADD CONSTRAINT entity_links_to_fkey FOREIGN KEY (to_id, user_id, to_kind) REFERENCES public.search_documents(id, user_id, kind) ON DELETE CASCADE;

ALTER TABLE ONLY public.entity_links
    ADD CONSTRAINT entity_links_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.entity_relationships
    ADD CONSTRAINT entity_relationships_assumption_fkey FOREIGN KEY (from_assumption, user_id) REFERENCES public.assumptions(id, user_id) ON DELETE SET NULL (from_assumption);

ALTER TABLE ONLY public.entity_relationships
    ADD CONSTRAINT entity_relationships_from_fkey FOREIGN KEY (from_id, user_id, from_kind) REFERENCES public.search_documents(id, user_id, kind) ON DELETE CASCADE;

ALTER TABLE ONLY public.entity_relationships
    ADD CONSTRAINT entity_relationships_to_fkey FOREIGN KEY (to_id, user_id, to_kind) REFERENCES public.search_documents(id, user_id, kind) ON DELETE CASCADE;

ALTER TABLE ONLY public.entity_relationships
    ADD CONSTRAINT entity_relationships_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.entity_sources
    ADD CONSTRAINT entity_sources_thing_fkey FOREIGN KEY (thing, user_id, kind) REFERENCES public.search_documents(id, user_id, kind) ON DELETE CASCADE;

ALTER TABLE ONLY public.entity_sources
    ADD CONSTRAINT entity_sources_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.escalation_events
    ADD CONSTRAINT escalation_events_escalation_fkey FOREIGN KEY (escalation_id, user_id) REFERENCES public.escalations(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.escalations
    ADD CONSTRAINT escalations_reminder_fkey FOREIGN KEY (reminder_id, user_id) REFERENCES public.reminders(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.event_guests
    ADD CONSTRAINT event_guests_event_fkey FOREIGN KEY (event_id, user_id) REFERENCES public.events(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.event_guests
    ADD CONSTRAINT event_guests_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.event_instances
    ADD CONSTRAINT event_instances_event_fkey FOREIGN KEY (event_id, user_id) REFERENCES public.events(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.event_instances
    ADD CONSTRAINT event_instances_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.event_overrides
    ADD CONSTRAINT event_overrides_event_fkey FOREIGN KEY (event_id, user_id) REFERENCES public.events(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.event_overrides
    ADD CONSTRAINT event_overrides_place_fkey FOREIGN KEY (place_id, user_id) REFERENCES public.places(id, user_id) ON DELETE SET NULL (place_id);

ALTER TABLE ONLY public.event_overrides
    ADD CONSTRAINT event_overrides_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.event_reminders
    ADD CONSTRAINT event_reminders_event_fkey FOREIGN KEY (event_id, user_id) REFERENCES public.events(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.event_reminders
    ADD CONSTRAINT event_reminders_reminder_fkey FOREIGN KEY (reminder_id, user_id) REFERENCES public.reminders(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.event_reminders
    ADD CONSTRAINT event_reminders_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_continues_fkey FOREIGN KEY (continues, user_id) REFERENCES public.events(id, user_id) ON DELETE SET NULL (continues);

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_deletion_fkey FOREIGN KEY (deletion_id, user_id) REFERENCES public.deletions(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_place_fkey FOREIGN KEY (place_id, user_id) REFERENCES public.places(id, user_id) ON DELETE SET NULL (place_id);

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_profile_fkey FOREIGN KEY (profile_id, user_id) REFERENCES public.profiles(id, user_id) ON DELETE SET NULL (profile_id);

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.feed_doubts
    ADD CONSTRAINT feed_doubts_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.feeds
    ADD CONSTRAINT feeds_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.files
    ADD CONSTRAINT files_account_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.goal_subtasks
    ADD CONSTRAINT goal_subtasks_goal_fkey FOREIGN KEY (goal_id, user_id) REFERENCES public.goals(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.goals
    ADD CONSTRAINT goals_deletion_fkey FOREIGN KEY (deletion_id, user_id) REFERENCES public.deletions(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.goals
    ADD CONSTRAINT goals_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.golden_questions
    ADD CONSTRAINT golden_questions_account_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.golden_runs
    ADD CONSTRAINT golden_runs_account_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.habit_frequencies
    ADD CONSTRAINT habit_frequencies_habit_fkey FOREIGN KEY (habit_id, user_id) REFERENCES public.habits(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.habit_goals
    ADD CONSTRAINT habit_goals_goal_fkey FOREIGN KEY (goal_id, user_id) REFERENCES public.goals(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.habit_goals
    ADD CONSTRAINT habit_goals_habit_fkey FOREIGN KEY (habit_id, user_id) REFERENCES public.habits(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.habit_import_rows
    ADD CONSTRAINT habit_import_rows_import_fkey FOREIGN KEY (import_id, user_id) REFERENCES public.habit_imports(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.habit_imports
    ADD CONSTRAINT habit_imports_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.habit_lines
    ADD CONSTRAINT habit_lines_habit_fkey FOREIGN KEY (habit_id, user_id) REFERENCES public.habits(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.habit_pauses
    ADD CONSTRAINT habit_pauses_habit_fkey FOREIGN KEY (habit_id, user_id) REFERENCES public.habits(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.habit_sources
    ADD CONSTRAINT habit_sources_habit_fkey FOREIGN KEY (habit_id, user_id) REFERENCES public.habits(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.habit_years
    ADD CONSTRAINT habit_years_habit_fkey FOREIGN KEY (habit_id, user_id) REFERENCES public.habits(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.habits
    ADD CONSTRAINT habits_reminder_profile_fkey FOREIGN KEY (reminder_profile_id, user_id) REFERENCES public.profiles(id, user_id);

ALTER TABLE ONLY public.habits
    ADD CONSTRAINT habits_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.idempotency_keys
    ADD CONSTRAINT idempotency_keys_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.inbox_counts
    ADD CONSTRAINT inbox_counts_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.inbox_items
    ADD CONSTRAINT inbox_items_session_fkey FOREIGN KEY (session_id, user_id) REFERENCES public.chat_sessions(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.inbox_items
    ADD CONSTRAINT inbox_items_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_account_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_account_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.learning_samples
    ADD CONSTRAINT learning_samples_draft_fkey FOREIGN KEY (draft_id, account_id) REFERENCES public.drafts(id, account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.list_changes
    ADD CONSTRAINT list_changes_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.mailbox_looks
    ADD CONSTRAINT mailbox_looks_channel_fkey FOREIGN KEY (channel_id, account_id) REFERENCES public.channels(id, account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.memory_rounds
    ADD CONSTRAINT memory_rounds_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.memory_summaries
    ADD CONSTRAINT memory_summaries_session_fkey FOREIGN KEY (session_id, user_id) REFERENCES public.chat_sessions(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.memory_summaries
    ADD CONSTRAINT memory_summaries_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.merges
    ADD CONSTRAINT merges_merged_fkey FOREIGN KEY (merged, user_id) REFERENCES public.people(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.merges
    ADD CONSTRAINT merges_survivor_fkey FOREIGN KEY (survivor, user_id) REFERENCES public.people(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.merges
    ADD CONSTRAINT merges_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.message_addresses
    ADD CONSTRAINT message_addresses_message_fkey FOREIGN KEY (message_id, account_id) REFERENCES public.messages(id, account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.message_revisions
    ADD CONSTRAINT message_revisions_message_fkey FOREIGN KEY (message_id, account_id) REFERENCES public.messages(id, account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_author_fkey FOREIGN KEY (author_id) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_channel_fkey FOREIGN KEY (channel_id, account_id) REFERENCES public.channels(id, account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_conversation_fkey FOREIGN KEY (conversation_id, account_id) REFERENCES public.conversations(id, account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_customer_fkey FOREIGN KEY (customer_id, account_id) REFERENCES public.customers(id, account_id);

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_draft_fkey FOREIGN KEY (draft_id, account_id) REFERENCES public.drafts(id, account_id);

ALTER TABLE ONLY public.model_account_days
    ADD CONSTRAINT model_account_days_account_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.model_days
    ADD CONSTRAINT model_days_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.muted_addresses
    ADD CONSTRAINT muted_addresses_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.notification_settings
    ADD CONSTRAINT notification_settings_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.notifications
    ADD CONSTRAINT notifications_account_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.notifications
    ADD CONSTRAINT notifications_channel_fkey FOREIGN KEY (channel_id, account_id) REFERENCES public.channels(id, account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.notifications
    ADD CONSTRAINT notifications_conversation_fkey FOREIGN KEY (conversation_id, account_id) REFERENCES public.conversations(id, account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.notifications
    ADD CONSTRAINT notifications_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.occurrences
    ADD CONSTRAINT occurrences_escalation_fkey FOREIGN KEY (escalation_id, user_id) REFERENCES public.escalations(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.occurrences
    ADD CONSTRAINT occurrences_reminder_fkey FOREIGN KEY (reminder_id, user_id) REFERENCES public.reminders(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.outbox_attempts
    ADD CONSTRAINT outbox_attempts_message_fkey FOREIGN KEY (message_id, subject_id, user_id) REFERENCES public.outbox(id, subject_id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_escalation_fkey FOREIGN KEY (escalation_id, user_id) REFERENCES public.escalations(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.participants
    ADD CONSTRAINT participants_conversation_fkey FOREIGN KEY (conversation_id, account_id) REFERENCES public.conversations(id, account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.passages
    ADD CONSTRAINT passages_source_fkey FOREIGN KEY (source_id, account_id) REFERENCES public.sources(id, account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_deletion_fkey FOREIGN KEY (deletion_id, user_id) REFERENCES public.deletions(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_merged_fkey FOREIGN KEY (merged_into, user_id) REFERENCES public.people(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.person_addresses
    ADD CONSTRAINT person_addresses_person_fkey FOREIGN KEY (person_id, user_id) REFERENCES public.people(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.person_addresses
    ADD CONSTRAINT person_addresses_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.person_reminders
    ADD CONSTRAINT person_reminders_person_fkey FOREIGN KEY (person_id, user_id) REFERENCES public.people(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.person_reminders
    ADD CONSTRAINT person_reminders_reminder_fkey FOREIGN KEY (reminder_id, user_id) REFERENCES public.reminders(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.person_reminders
    ADD CONSTRAINT person_reminders_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.phone_codes
    ADD CONSTRAINT phone_codes_phone_fkey FOREIGN KEY (phone_id, user_id) REFERENCES public.phones(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.phone_stops
    ADD CONSTRAINT phone_stops_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.phones
    ADD CONSTRAINT phones_contact_fkey FOREIGN KEY (contact_id, user_id) REFERENCES public.contacts(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.phones
    ADD CONSTRAINT phones_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.places
    ADD CONSTRAINT places_deletion_fkey FOREIGN KEY (deletion_id, user_id) REFERENCES public.deletions(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.places
    ADD CONSTRAINT places_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.planner_import_rows
    ADD CONSTRAINT planner_import_rows_import_fkey FOREIGN KEY (import_id, user_id) REFERENCES public.planner_imports(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.planner_imports
    ADD CONSTRAINT planner_imports_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.problems
    ADD CONSTRAINT problems_deletion_fkey FOREIGN KEY (deletion_id, user_id) REFERENCES public.deletions(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.problems
    ADD CONSTRAINT problems_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.profiles
    ADD CONSTRAINT profiles_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.prompt_runs
    ADD CONSTRAINT prompt_runs_draft_fkey FOREIGN KEY (draft_id, account_id) REFERENCES public.drafts(id, account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.prompt_runs
    ADD CONSTRAINT prompt_runs_user_fkey FOREIGN KEY (user_id, account_id) REFERENCES public.users(id, account_id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.prompt_texts
    ADD CONSTRAINT prompt_texts_draft_fkey FOREIGN KEY (draft_id, account_id) REFERENCES public.drafts(id, account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.prompt_texts
    ADD CONSTRAINT prompt_texts_run_fkey FOREIGN KEY (run_id) REFERENCES public.prompt_runs(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.proposals
    ADD CONSTRAINT proposals_chat_fkey FOREIGN KEY (chat_id, user_id) REFERENCES public.chats(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.proposals
    ADD CONSTRAINT proposals_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.push_closings
    ADD CONSTRAINT push_closings_device_fkey FOREIGN KEY (device_id, user_id) REFERENCES public.push_devices(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.push_devices
    ADD CONSTRAINT push_devices_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.quarantine
    ADD CONSTRAINT quarantine_channel_fkey FOREIGN KEY (channel_id, account_id) REFERENCES public.channels(id, account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.quarantine
    ADD CONSTRAINT quarantine_conversation_fkey FOREIGN KEY (conversation_id, account_id) REFERENCES public.conversations(id, account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.query_vectors
    ADD CONSTRAINT query_vectors_set_fkey FOREIGN KEY (set_id, user_id) REFERENCES public.embedding_sets(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.query_vectors
    ADD CONSTRAINT query_vectors_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.recent_context_items
    ADD CONSTRAINT recent_context_items_thing_fkey FOREIGN KEY (thing, user_id, kind) REFERENCES public.search_documents(id, user_id, kind) ON DELETE CASCADE;

ALTER TABLE ONLY public.recent_context_items
    ADD CONSTRAINT recent_context_items_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.reminder_counts
    ADD CONSTRAINT reminder_counts_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.reminder_import_rows
    ADD CONSTRAINT reminder_import_rows_import_fkey FOREIGN KEY (import_id, user_id) REFERENCES public.reminder_imports(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.reminder_imports
    ADD CONSTRAINT reminder_imports_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.reminder_offers
    ADD CONSTRAINT reminder_offers_account_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.reminder_offers
    ADD CONSTRAINT reminder_offers_reminder_fkey FOREIGN KEY (reminder_id, user_id) REFERENCES public.reminders(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.reminder_offers
    ADD CONSTRAINT reminder_offers_to_fkey FOREIGN KEY (to_user) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.reminder_sources
    ADD CONSTRAINT reminder_sources_reminder_fkey FOREIGN KEY (reminder_id, user_id) REFERENCES public.reminders(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.reminder_texts
    ADD CONSTRAINT reminder_texts_reminder_fkey FOREIGN KEY (reminder_id, user_id) REFERENCES public.reminders(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.reminder_words
    ADD CONSTRAINT reminder_words_reminder_fkey FOREIGN KEY (reminder_id, user_id) REFERENCES public.reminders(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.reminders
    ADD CONSTRAINT reminders_habit_fkey FOREIGN KEY (habit_id, user_id) REFERENCES public.habits(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.reminders
    ADD CONSTRAINT reminders_profile_fkey FOREIGN KEY (profile_id, user_id) REFERENCES public.profiles(id, user_id);

ALTER TABLE ONLY public.reminders
    ADD CONSTRAINT reminders_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.rotas
    ADD CONSTRAINT rotas_channel_fkey FOREIGN KEY (channel_id, account_id) REFERENCES public.channels(id, account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.rotas
    ADD CONSTRAINT rotas_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.saved_replies
    ADD CONSTRAINT saved_replies_account_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.saved_replies
    ADD CONSTRAINT saved_replies_author_fkey FOREIGN KEY (author_id) REFERENCES public.users(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.schedules
    ADD CONSTRAINT schedules_reminder_fkey FOREIGN KEY (reminder_id, user_id) REFERENCES public.reminders(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.search_documents
    ADD CONSTRAINT search_documents_account_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.search_documents
    ADD CONSTRAINT search_documents_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.snoozes
    ADD CONSTRAINT snoozes_reminder_fkey FOREIGN KEY (reminder_id, user_id) REFERENCES public.reminders(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.snoozes
    ADD CONSTRAINT snoozes_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.sources
    ADD CONSTRAINT sources_account_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.tags
    ADD CONSTRAINT tags_thing_fkey FOREIGN KEY (thing, user_id) REFERENCES public.search_documents(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.tags
    ADD CONSTRAINT tags_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.task_batches
    ADD CONSTRAINT task_batches_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.task_completions
    ADD CONSTRAINT task_completions_task_fkey FOREIGN KEY (task_id, user_id) REFERENCES public.tasks(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.task_completions
    ADD CONSTRAINT task_completions_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.task_counts
    ADD CONSTRAINT task_counts_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.task_repeats
    ADD CONSTRAINT task_repeats_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.task_sources
    ADD CONSTRAINT task_sources_task_fkey FOREIGN KEY (task_id, user_id) REFERENCES public.tasks(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.tasks
    ADD CONSTRAINT tasks_assignee_fkey FOREIGN KEY (assignee_id, user_id) REFERENCES public.people(id, user_id) ON DELETE SET NULL (assignee_id);

ALTER TABLE ONLY public.tasks
    ADD CONSTRAINT tasks_deletion_fkey FOREIGN KEY (deletion_id, user_id) REFERENCES public.deletions(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.tasks
    ADD CONSTRAINT tasks_parent_fkey FOREIGN KEY (parent_id, user_id) REFERENCES public.tasks(id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.tasks
    ADD CONSTRAINT tasks_series_fkey FOREIGN KEY (series_id, user_id) REFERENCES public.task_repeats(series_id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.tasks
    ADD CONSTRAINT tasks_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.undos
    ADD CONSTRAINT undos_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_account_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.web_sessions
    ADD CONSTRAINT web_sessions_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.weekly_mails
    ADD CONSTRAINT weekly_mails_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.weekly_reviews
    ADD CONSTRAINT weekly_reviews_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE public.account_keys ENABLE ROW LEVEL SECURITY;

CREATE POLICY account_keys_all ON public.account_keys TO heed_work USING (true);

CREATE POLICY account_keys_own ON public.account_keys TO heed_web USING ((account_id = ( SELECT public.my_account() AS my_account)));

ALTER TABLE public.account_mails ENABLE ROW LEVEL SECURITY;

CREATE POLICY account_mails_all ON public.account_mails TO heed_work USING (true);

CREATE POLICY account_mails_asked ON public.account_mails FOR INSERT TO heed_web WITH CHECK ((user_id IS NULL));

CREATE POLICY account_mails_own ON public.account_mails TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.accounts ENABLE ROW LEVEL SECURITY;

CREATE POLICY accounts_all ON public.accounts TO heed_work USING (true);

CREATE POLICY accounts_own ON public.accounts TO heed_web USING ((id = ( SELECT public.my_account() AS my_account)));

ALTER TABLE public.address_sends ENABLE ROW LEVEL SECURITY;

CREATE POLICY address_sends_all ON public.address_sends TO heed_work USING (true);

CREATE POLICY address_sends_own ON public.address_sends TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.agent_tests ENABLE ROW LEVEL SECURITY;

CREATE POLICY agent_tests_all ON public.agent_tests TO heed_work USING (true);

CREATE POLICY agent_tests_own ON public.agent_tests TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.agents ENABLE ROW LEVEL SECURITY;

CREATE POLICY agents_all ON public.agents TO heed_work USING (true);

CREATE POLICY agents_own ON public.agents TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.api_keys ENABLE ROW LEVEL SECURITY;

CREATE POLICY api_keys_all ON public.api_keys TO heed_work USING (true);

CREATE POLICY api_keys_own ON public.api_keys TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.assistant_steps ENABLE ROW LEVEL SECURITY;

CREATE POLICY assistant_steps_all ON public.assistant_steps TO heed_work USING (true);

CREATE POLICY assistant_steps_own ON public.assistant_steps TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.assistant_turns ENABLE ROW LEVEL SECURITY;

CREATE POLICY assistant_turns_all ON public.assistant_turns TO heed_work USING (true);

CREATE POLICY assistant_turns_own ON public.assistant_turns TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.assumption_evidence ENABLE ROW LEVEL SECURITY;

CREATE POLICY assumption_evidence_all ON public.assumption_evidence TO heed_work USING (true);

CREATE POLICY assumption_evidence_own ON public.assumption_evidence TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.assumption_rounds ENABLE ROW LEVEL SECURITY;

CREATE POLICY assumption_rounds_all ON public.assumption_rounds TO heed_work USING (true);

CREATE POLICY assumption_rounds_own ON public.assumption_rounds TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.assumptions ENABLE ROW LEVEL SECURITY;

CREATE POLICY assumptions_all ON public.assumptions TO heed_work USING (true);

CREATE POLICY assumptions_own ON public.assumptions TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.attachments ENABLE ROW LEVEL SECURITY;

CREATE POLICY attachments_all ON public.attachments TO heed_work USING (true);

CREATE POLICY attachments_changed ON public.attachments FOR UPDATE TO heed_web USING (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY attachments_made ON public.attachments FOR INSERT TO heed_web WITH CHECK (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY attachments_own ON public.attachments FOR SELECT TO heed_web USING ((account_id = ( SELECT public.my_account() AS my_account)));

ALTER TABLE public.attempts ENABLE ROW LEVEL SECURITY;

CREATE POLICY attempts_all ON public.attempts TO heed_work USING (true);

CREATE POLICY attempts_noted ON public.attempts FOR INSERT TO heed_web WITH CHECK (true);

ALTER TABLE public.audit_archives ENABLE ROW LEVEL SECURITY;

CREATE POLICY audit_archives_all ON public.audit_archives TO heed_work USING (true);

CREATE POLICY audit_archives_own ON public.audit_archives FOR SELECT TO heed_web USING ((account_id = ( SELECT public.my_account() AS my_account)));

ALTER TABLE public.audit_heads ENABLE ROW LEVEL SECURITY;

CREATE POLICY audit_heads_all ON public.audit_heads TO heed_work USING (true);

CREATE POLICY audit_heads_own ON public.audit_heads FOR SELECT TO heed_web USING ((account_id = ( SELECT public.my_account() AS my_account)));

ALTER TABLE public.audit_log ENABLE ROW LEVEL SECURITY;

CREATE POLICY audit_log_all ON public.audit_log TO heed_work USING (true);

CREATE POLICY audit_log_own ON public.audit_log FOR SELECT TO heed_web USING (((account_id = ( SELECT public.my_account() AS my_account)) AND ((user_id = ( SELECT public.me() AS me)) OR (user_id IS NULL))));

ALTER TABLE public.channel_failures ENABLE ROW LEVEL SECURITY;

CREATE POLICY channel_failures_all ON public.channel_failures TO heed_work USING (true);

CREATE POLICY channel_failures_changed ON public.channel_failures FOR UPDATE TO heed_web USING (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('admin'::text) AS may)));

CREATE POLICY channel_failures_made ON public.channel_failures FOR INSERT TO heed_web WITH CHECK (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('admin'::text) AS may)));

CREATE POLICY channel_failures_own ON public.channel_failures FOR SELECT TO heed_web USING ((account_id = ( SELECT public.my_account() AS my_account)));

ALTER TABLE public.channel_states ENABLE ROW LEVEL SECURITY;

CREATE POLICY channel_states_all ON public.channel_states TO heed_work USING (true);

CREATE POLICY channel_states_changed ON public.channel_states FOR UPDATE TO heed_web USING (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY channel_states_made ON public.channel_states FOR INSERT TO heed_web WITH CHECK (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY channel_states_own ON public.channel_states FOR SELECT TO heed_web USING ((account_id = ( SELECT public.my_account() AS my_account)));

ALTER TABLE public.channel_tests ENABLE ROW LEVEL SECURITY;

CREATE POLICY channel_tests_all ON public.channel_tests TO heed_work USING (true);

CREATE POLICY channel_tests_changed ON public.channel_tests FOR UPDATE TO heed_web USING (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('admin'::text) AS may)));

CREATE POLICY channel_tests_made ON public.channel_tests FOR INSERT TO heed_web WITH CHECK (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('admin'::text) AS may)));

CREATE POLICY channel_tests_own ON public.channel_tests FOR SELECT TO heed_web USING ((account_id = ( SELECT public.my_account() AS my_account)));

ALTER TABLE public.channels ENABLE ROW LEVEL SECURITY;

CREATE POLICY channels_all ON public.channels TO heed_work USING (true);

CREATE POLICY channels_changed ON public.channels FOR UPDATE TO heed_web USING (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('admin'::text) AS may)));

CREATE POLICY channels_made ON public.channels FOR INSERT TO heed_web WITH CHECK (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('admin'::text) AS may)));

CREATE POLICY channels_own ON public.channels FOR SELECT TO heed_web USING ((account_id = ( SELECT public.my_account() AS my_account)));

ALTER TABLE public.chat_messages ENABLE ROW LEVEL SECURITY;

CREATE POLICY chat_messages_all ON public.chat_messages TO heed_work USING (true);

CREATE POLICY chat_messages_own ON public.chat_messages TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.chat_sessions ENABLE ROW LEVEL SECURITY;

CREATE POLICY chat_sessions_all ON public.chat_sessions TO heed_work USING (true);

CREATE POLICY chat_sessions_own ON public.chat_sessions TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.chats ENABLE ROW LEVEL SECURITY;

CREATE POLICY chats_all ON public.chats TO heed_work USING (true);

CREATE POLICY chats_own ON public.chats TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.coach_messages ENABLE ROW LEVEL SECURITY;

CREATE POLICY coach_messages_all ON public.coach_messages TO heed_work USING (true);

CREATE POLICY coach_messages_own ON public.coach_messages TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.coach_rounds ENABLE ROW LEVEL SECURITY;

CREATE POLICY coach_rounds_all ON public.coach_rounds TO heed_work USING (true);

CREATE POLICY coach_rounds_own ON public.coach_rounds TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.completion_criteria ENABLE ROW LEVEL SECURITY;

CREATE POLICY completion_criteria_all ON public.completion_criteria TO heed_work USING (true);

CREATE POLICY completion_criteria_own ON public.completion_criteria TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.connections ENABLE ROW LEVEL SECURITY;

CREATE POLICY connections_all ON public.connections TO heed_work USING (true);

CREATE POLICY connections_own ON public.connections TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.contact_log ENABLE ROW LEVEL SECURITY;

CREATE POLICY contact_log_all ON public.contact_log TO heed_work USING (true);

CREATE POLICY contact_log_own ON public.contact_log TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.contact_mails ENABLE ROW LEVEL SECURITY;

CREATE POLICY contact_mails_all ON public.contact_mails TO heed_work USING (true);

CREATE POLICY contact_mails_own ON public.contact_mails TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.contact_rounds ENABLE ROW LEVEL SECURITY;

CREATE POLICY contact_rounds_all ON public.contact_rounds TO heed_work USING (true);

CREATE POLICY contact_rounds_own ON public.contact_rounds TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.contact_stops ENABLE ROW LEVEL SECURITY;

CREATE POLICY contact_stops_all ON public.contact_stops TO heed_work USING (true);

CREATE POLICY contact_stops_own ON public.contact_stops TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.contacts ENABLE ROW LEVEL SECURITY;

CREATE POLICY contacts_all ON public.contacts TO heed_work USING (true);

CREATE POLICY contacts_own ON public.contacts TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.context_import_rows ENABLE ROW LEVEL SECURITY;

CREATE POLICY context_import_rows_all ON public.context_import_rows TO heed_work USING (true);

CREATE POLICY context_import_rows_own ON public.context_import_rows TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.context_imports ENABLE ROW LEVEL SECURITY;

CREATE POLICY context_imports_all ON public.context_imports TO heed_work USING (true);

CREATE POLICY context_imports_own ON public.context_imports TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.conversation_events ENABLE ROW LEVEL SECURITY;

CREATE POLICY conversation_events_all ON public.conversation_events TO heed_work USING (true);

CREATE POLICY conversation_events_changed ON public.conversation_events FOR UPDATE TO heed_web USING (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY conversation_events_made ON public.conversation_events FOR INSERT TO heed_web WITH CHECK (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY conversation_events_own ON public.conversation_events FOR SELECT TO heed_web USING ((account_id = ( SELECT public.my_account() AS my_account)));

ALTER TABLE public.conversation_merges ENABLE ROW LEVEL SECURITY;

CREATE POLICY conversation_merges_all ON public.conversation_merges TO heed_work USING (true);

CREATE POLICY conversation_merges_changed ON public.conversation_merges FOR UPDATE TO heed_web USING (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY conversation_merges_made ON public.conversation_merges FOR INSERT TO heed_web WITH CHECK (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY conversation_merges_own ON public.conversation_merges FOR SELECT TO heed_web USING ((account_id = ( SELECT public.my_account() AS my_account)));

ALTER TABLE public.conversation_notes ENABLE ROW LEVEL SECURITY;

CREATE POLICY conversation_notes_all ON public.conversation_notes TO heed_work USING (true);

CREATE POLICY conversation_notes_changed ON public.conversation_notes FOR UPDATE TO heed_web USING (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY conversation_notes_made ON public.conversation_notes FOR INSERT TO heed_web WITH CHECK (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY conversation_notes_own ON public.conversation_notes FOR SELECT TO heed_web USING ((account_id = ( SELECT public.my_account() AS my_account)));

ALTER TABLE public.conversations ENABLE ROW LEVEL SECURITY;

CREATE POLICY conversations_all ON public.conversations TO heed_work USING (true);

CREATE POLICY conversations_changed ON public.conversations FOR UPDATE TO heed_web USING (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY conversations_made ON public.conversations FOR INSERT TO heed_web WITH CHECK (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY conversations_own ON public.conversations FOR SELECT TO heed_web USING ((account_id = ( SELECT public.my_account() AS my_account)));

ALTER TABLE public.customer_addresses ENABLE ROW LEVEL SECURITY;

CREATE POLICY customer_addresses_all ON public.customer_addresses TO heed_work USING (true);

CREATE POLICY customer_addresses_changed ON public.customer_addresses FOR UPDATE TO heed_web USING (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY customer_addresses_made ON public.customer_addresses FOR INSERT TO heed_web WITH CHECK (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY customer_addresses_own ON public.customer_addresses FOR SELECT TO heed_web USING ((account_id = ( SELECT public.my_account() AS my_account)));

ALTER TABLE public.customer_notes ENABLE ROW LEVEL SECURITY;

CREATE POLICY customer_notes_all ON public.customer_notes TO heed_work USING (true);

CREATE POLICY customer_notes_changed ON public.customer_notes FOR UPDATE TO heed_web USING (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY customer_notes_made ON public.customer_notes FOR INSERT TO heed_web WITH CHECK (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY customer_notes_own ON public.customer_notes FOR SELECT TO heed_web USING ((account_id = ( SELECT public.my_account() AS my_account)));

ALTER TABLE public.customers ENABLE ROW LEVEL SECURITY;

CREATE POLICY customers_all ON public.customers TO heed_work USING (true);

CREATE POLICY customers_changed ON public.customers FOR UPDATE TO heed_web USING (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY customers_made ON public.customers FOR INSERT TO heed_web WITH CHECK (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY customers_own ON public.customers FOR SELECT TO heed_web USING ((account_id = ( SELECT public.my_account() AS my_account)));

ALTER TABLE public.deadline_extensions ENABLE ROW LEVEL SECURITY;

CREATE POLICY deadline_extensions_all ON public.deadline_extensions TO heed_work USING (true);

CREATE POLICY deadline_extensions_own ON public.deadline_extensions TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.deadline_reminders ENABLE ROW LEVEL SECURITY;

CREATE POLICY deadline_reminders_all ON public.deadline_reminders TO heed_work USING (true);

CREATE POLICY deadline_reminders_own ON public.deadline_reminders TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.deadlines ENABLE ROW LEVEL SECURITY;

CREATE POLICY deadlines_all ON public.deadlines TO heed_work USING (true);

CREATE POLICY deadlines_own ON public.deadlines TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.decisions ENABLE ROW LEVEL SECURITY;

CREATE POLICY decisions_all ON public.decisions TO heed_work USING (true);

CREATE POLICY decisions_changed ON public.decisions FOR UPDATE TO heed_web USING (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY decisions_made ON public.decisions FOR INSERT TO heed_web WITH CHECK (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY decisions_own ON public.decisions FOR SELECT TO heed_web USING ((account_id = ( SELECT public.my_account() AS my_account)));

ALTER TABLE public.deletions ENABLE ROW LEVEL SECURITY;

CREATE POLICY deletions_all ON public.deletions TO heed_work USING (true);

CREATE POLICY deletions_own ON public.deletions TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.desk_late ENABLE ROW LEVEL SECURITY;

CREATE POLICY desk_late_all ON public.desk_late TO heed_work USING (true);

CREATE POLICY desk_late_changed ON public.desk_late FOR UPDATE TO heed_web USING (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY desk_late_made ON public.desk_late FOR INSERT TO heed_web WITH CHECK (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY desk_late_own ON public.desk_late FOR SELECT TO heed_web USING ((account_id = ( SELECT public.my_account() AS my_account)));

ALTER TABLE public.desk_reminders ENABLE ROW LEVEL SECURITY;

CREATE POLICY desk_reminders_all ON public.desk_reminders TO heed_work USING (true);

CREATE POLICY desk_reminders_changed ON public.desk_reminders FOR UPDATE TO heed_web USING (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY desk_reminders_made ON public.desk_reminders FOR INSERT TO heed_web WITH CHECK (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY desk_reminders_own ON public.desk_reminders FOR SELECT TO heed_web USING ((account_id = ( SELECT public.my_account() AS my_account)));

ALTER TABLE public.desk_settings ENABLE ROW LEVEL SECURITY;

CREATE POLICY desk_settings_all ON public.desk_settings TO heed_work USING (true);

CREATE POLICY desk_settings_changed ON public.desk_settings FOR UPDATE TO heed_web USING (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('admin'::text) AS may)));

CREATE POLICY desk_settings_made ON public.desk_settings FOR INSERT TO heed_web WITH CHECK (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('admin'::text) AS may)));

CREATE POLICY desk_settings_own ON public.desk_settings FOR SELECT TO heed_web USING ((account_id = ( SELECT public.my_account() AS my_account)));

ALTER TABLE public.desk_words ENABLE ROW LEVEL SECURITY;

CREATE POLICY desk_words_all ON public.desk_words TO heed_work USING (true);

CREATE POLICY desk_words_own ON public.desk_words FOR SELECT TO heed_web USING ((account_id = ( SELECT public.my_account() AS my_account)));

ALTER TABLE public.draft_floods ENABLE ROW LEVEL SECURITY;

CREATE POLICY draft_floods_all ON public.draft_floods TO heed_work USING (true);

CREATE POLICY draft_floods_changed ON public.draft_floods FOR UPDATE TO heed_web USING (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY draft_floods_made ON public.draft_floods FOR INSERT TO heed_web WITH CHECK (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY draft_floods_own ON public.draft_floods FOR SELECT TO heed_web USING ((account_id = ( SELECT public.my_account() AS my_account)));

ALTER TABLE public.draft_sources ENABLE ROW LEVEL SECURITY;

CREATE POLICY draft_sources_all ON public.draft_sources TO heed_work USING (true);

CREATE POLICY draft_sources_changed ON public.draft_sources FOR UPDATE TO heed_web USING (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY draft_sources_made ON public.draft_sources FOR INSERT TO heed_web WITH CHECK (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY draft_sources_own ON public.draft_sources FOR SELECT TO heed_web USING ((account_id = ( SELECT public.my_account() AS my_account)));

ALTER TABLE public.drafts ENABLE ROW LEVEL SECURITY;

CREATE POLICY drafts_all ON public.drafts TO heed_work USING (true);

CREATE POLICY drafts_changed ON public.drafts FOR UPDATE TO heed_web USING (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY drafts_made ON public.drafts FOR INSERT TO heed_web WITH CHECK (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY drafts_own ON public.drafts FOR SELECT TO heed_web USING ((account_id = ( SELECT public.my_account() AS my_account)));

ALTER TABLE public.embedding_jobs ENABLE ROW LEVEL SECURITY;

CREATE POLICY embedding_jobs_all ON public.embedding_jobs TO heed_work USING (true);

CREATE POLICY embedding_jobs_own ON public.embedding_jobs TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.embedding_rounds ENABLE ROW LEVEL SECURITY;

CREATE POLICY embedding_rounds_all ON public.embedding_rounds TO heed_work USING (true);

CREATE POLICY embedding_rounds_own ON public.embedding_rounds TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.embedding_sets ENABLE ROW LEVEL SECURITY;

CREATE POLICY embedding_sets_all ON public.embedding_sets TO heed_work USING (true);

CREATE POLICY embedding_sets_own ON public.embedding_sets TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.embeddings ENABLE ROW LEVEL SECURITY;

CREATE POLICY embeddings_all ON public.embeddings TO heed_work USING (true);

CREATE POLICY embeddings_own ON public.embeddings TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.entity_links ENABLE ROW LEVEL SECURITY;

CREATE POLICY entity_links_all ON public.entity_links TO heed_work USING (true);

CREATE POLICY entity_links_own ON public.entity_links TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.entity_relationships ENABLE ROW LEVEL SECURITY;

CREATE POLICY entity_relationships_all ON public.entity_relationships TO heed_work USING (true);

CREATE POLICY entity_relationships_own ON public.entity_relationships TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.entity_sources ENABLE ROW LEVEL SECURITY;

CREATE POLICY entity_sources_all ON public.entity_sources TO heed_work USING (true);

CREATE POLICY entity_sources_own ON public.entity_sources TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.escalation_events ENABLE ROW LEVEL SECURITY;

CREATE POLICY escalation_events_all ON public.escalation_events TO heed_work USING (true);

CREATE POLICY escalation_events_own ON public.escalation_events TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.escalations ENABLE ROW LEVEL SECURITY;

CREATE POLICY escalations_all ON public.escalations TO heed_work USING (true);

CREATE POLICY escalations_own ON public.escalations TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.event_guests ENABLE ROW LEVEL SECURITY;

CREATE POLICY event_guests_all ON public.event_guests TO heed_work USING (true);

CREATE POLICY event_guests_own ON public.event_guests TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.event_instances ENABLE ROW LEVEL SECURITY;

CREATE POLICY event_instances_all ON public.event_instances TO heed_work USING (true);

CREATE POLICY event_instances_own ON public.event_instances TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.event_log ENABLE ROW LEVEL SECURITY;

CREATE POLICY event_log_all ON public.event_log TO heed_work USING (true);

CREATE POLICY event_log_own ON public.event_log TO heed_web USING ((user_id = ( SELECT public.me() AS me))) WITH CHECK (((user_id IS NULL) OR (user_id = ( SELECT public.me() AS me))));

ALTER TABLE public.event_overrides ENABLE ROW LEVEL SECURITY;

CREATE POLICY event_overrides_all ON public.event_overrides TO heed_work USING (true);

CREATE POLICY event_overrides_own ON public.event_overrides TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.event_reminders ENABLE ROW LEVEL SECURITY;

CREATE POLICY event_reminders_all ON public.event_reminders TO heed_work USING (true);

CREATE POLICY event_reminders_own ON public.event_reminders TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.events ENABLE ROW LEVEL SECURITY;

CREATE POLICY events_all ON public.events TO heed_work USING (true);

CREATE POLICY events_own ON public.events TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.feed_doubts ENABLE ROW LEVEL SECURITY;

CREATE POLICY feed_doubts_all ON public.feed_doubts TO heed_work USING (true);

CREATE POLICY feed_doubts_own ON public.feed_doubts TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.feeds ENABLE ROW LEVEL SECURITY;

CREATE POLICY feeds_all ON public.feeds TO heed_work USING (true);

CREATE POLICY feeds_own ON public.feeds TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.files ENABLE ROW LEVEL SECURITY;

CREATE POLICY files_all ON public.files TO heed_work USING (true);

CREATE POLICY files_changed ON public.files FOR UPDATE TO heed_web USING (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY files_made ON public.files FOR INSERT TO heed_web WITH CHECK (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY files_own ON public.files FOR SELECT TO heed_web USING ((account_id = ( SELECT public.my_account() AS my_account)));

ALTER TABLE public.goal_subtasks ENABLE ROW LEVEL SECURITY;

CREATE POLICY goal_subtasks_all ON public.goal_subtasks TO heed_work USING (true);

CREATE POLICY goal_subtasks_own ON public.goal_subtasks TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.goals ENABLE ROW LEVEL SECURITY;

CREATE POLICY goals_all ON public.goals TO heed_work USING (true);

CREATE POLICY goals_own ON public.goals TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.golden_questions ENABLE ROW LEVEL SECURITY;

CREATE POLICY golden_questions_all ON public.golden_questions TO heed_work USING (true);

CREATE POLICY golden_questions_changed ON public.golden_questions FOR UPDATE TO heed_web USING (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('admin'::text) AS may)));

CREATE POLICY golden_questions_made ON public.golden_questions FOR INSERT TO heed_web WITH CHECK (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('admin'::text) AS may)));

CREATE POLICY golden_questions_own ON public.golden_questions FOR SELECT TO heed_web USING ((account_id = ( SELECT public.my_account() AS my_account)));

ALTER TABLE public.golden_runs ENABLE ROW LEVEL SECURITY;

CREATE POLICY golden_runs_all ON public.golden_runs TO heed_work USING (true);

CREATE POLICY golden_runs_changed ON public.golden_runs FOR UPDATE TO heed_web USING (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('admin'::text) AS may)));

CREATE POLICY golden_runs_made ON public.golden_runs FOR INSERT TO heed_web WITH CHECK (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('admin'::text) AS may)));

CREATE POLICY golden_runs_own ON public.golden_runs FOR SELECT TO heed_web USING ((account_id = ( SELECT public.my_account() AS my_account)));

ALTER TABLE public.habit_days ENABLE ROW LEVEL SECURITY;

CREATE POLICY habit_days_all ON public.habit_days TO heed_work USING (true);

CREATE POLICY habit_days_own ON public.habit_days TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.habit_frequencies ENABLE ROW LEVEL SECURITY;

CREATE POLICY habit_frequencies_all ON public.habit_frequencies TO heed_work USING (true);

CREATE POLICY habit_frequencies_own ON public.habit_frequencies TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.habit_goals ENABLE ROW LEVEL SECURITY;

CREATE POLICY habit_goals_all ON public.habit_goals TO heed_work USING (true);

CREATE POLICY habit_goals_own ON public.habit_goals TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.habit_import_rows ENABLE ROW LEVEL SECURITY;

CREATE POLICY habit_import_rows_all ON public.habit_import_rows TO heed_work USING (true);

CREATE POLICY habit_import_rows_own ON public.habit_import_rows TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.habit_imports ENABLE ROW LEVEL SECURITY;

CREATE POLICY habit_imports_all ON public.habit_imports TO heed_work USING (true);

CREATE POLICY habit_imports_own ON public.habit_imports TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.habit_lines ENABLE ROW LEVEL SECURITY;

CREATE POLICY habit_lines_all ON public.habit_lines TO heed_work USING (true);

CREATE POLICY habit_lines_own ON public.habit_lines TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.habit_pauses ENABLE ROW LEVEL SECURITY;

CREATE POLICY habit_pauses_all ON public.habit_pauses TO heed_work USING (true);

CREATE POLICY habit_pauses_own ON public.habit_pauses TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.habit_sources ENABLE ROW LEVEL SECURITY;

CREATE POLICY habit_sources_all ON public.habit_sources TO heed_work USING (true);

CREATE POLICY habit_sources_own ON public.habit_sources TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.habit_years ENABLE ROW LEVEL SECURITY;

CREATE POLICY habit_years_all ON public.habit_years TO heed_work USING (true);

CREATE POLICY habit_years_own ON public.habit_years TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.habits ENABLE ROW LEVEL SECURITY;

CREATE POLICY habits_all ON public.habits TO heed_work USING (true);

CREATE POLICY habits_own ON public.habits TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.idempotency_keys ENABLE ROW LEVEL SECURITY;

CREATE POLICY idempotency_keys_all ON public.idempotency_keys TO heed_work USING (true);

CREATE POLICY idempotency_keys_own ON public.idempotency_keys TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.inbox_counts ENABLE ROW LEVEL SECURITY;

CREATE POLICY inbox_counts_all ON public.inbox_counts TO heed_work USING (true);

CREATE POLICY inbox_counts_own ON public.inbox_counts FOR SELECT TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.inbox_items ENABLE ROW LEVEL SECURITY;

CREATE POLICY inbox_items_all ON public.inbox_items TO heed_work USING (true);

CREATE POLICY inbox_items_own ON public.inbox_items TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.invitations ENABLE ROW LEVEL SECURITY;

CREATE POLICY invitations_all ON public.invitations TO heed_work USING (true);

CREATE POLICY invitations_changed ON public.invitations FOR UPDATE TO heed_web USING (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('admin'::text) AS may)));

CREATE POLICY invitations_made ON public.invitations FOR INSERT TO heed_web WITH CHECK (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('admin'::text) AS may)));

CREATE POLICY invitations_own ON public.invitations FOR SELECT TO heed_web USING ((account_id = ( SELECT public.my_account() AS my_account)));

ALTER TABLE public.jobs ENABLE ROW LEVEL SECURITY;

CREATE POLICY jobs_all ON public.jobs TO heed_work USING (true);

CREATE POLICY jobs_own ON public.jobs TO heed_web USING (((account_id = ( SELECT public.my_account() AS my_account)) AND ((user_id = ( SELECT public.me() AS me)) OR (user_id IS NULL))));

ALTER TABLE public.learning_samples ENABLE ROW LEVEL SECURITY;

CREATE POLICY learning_samples_all ON public.learning_samples TO heed_work USING (true);

CREATE POLICY learning_samples_changed ON public.learning_samples FOR UPDATE TO heed_web USING (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY learning_samples_made ON public.learning_samples FOR INSERT TO heed_web WITH CHECK (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY learning_samples_own ON public.learning_samples FOR SELECT TO heed_web USING ((account_id = ( SELECT public.my_account() AS my_account)));

ALTER TABLE public.list_changes ENABLE ROW LEVEL SECURITY;

CREATE POLICY list_changes_all ON public.list_changes TO heed_work USING (true);

CREATE POLICY list_changes_own ON public.list_changes TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.mailbox_looks ENABLE ROW LEVEL SECURITY;

CREATE POLICY mailbox_looks_all ON public.mailbox_looks TO heed_work USING (true);

CREATE POLICY mailbox_looks_changed ON public.mailbox_looks FOR UPDATE TO heed_web USING (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('admin'::text) AS may)));

CREATE POLICY mailbox_looks_made ON public.mailbox_looks FOR INSERT TO heed_web WITH CHECK (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('admin'::text) AS may)));

CREATE POLICY mailbox_looks_own ON public.mailbox_looks FOR SELECT TO heed_web USING ((account_id = ( SELECT public.my_account() AS my_account)));

ALTER TABLE public.memory_rounds ENABLE ROW LEVEL SECURITY;

CREATE POLICY memory_rounds_all ON public.memory_rounds TO heed_work USING (true);

CREATE POLICY memory_rounds_own ON public.memory_rounds TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.memory_summaries ENABLE ROW LEVEL SECURITY;

CREATE POLICY memory_summaries_all ON public.memory_summaries TO heed_work USING (true);

CREATE POLICY memory_summaries_own ON public.memory_summaries TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.merges ENABLE ROW LEVEL SECURITY;

CREATE POLICY merges_all ON public.merges TO heed_work USING (true);

CREATE POLICY merges_own ON public.merges TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.message_addresses ENABLE ROW LEVEL SECURITY;

CREATE POLICY message_addresses_all ON public.message_addresses TO heed_work USING (true);

CREATE POLICY message_addresses_changed ON public.message_addresses FOR UPDATE TO heed_web USING (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY message_addresses_made ON public.message_addresses FOR INSERT TO heed_web WITH CHECK (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY message_addresses_own ON public.message_addresses FOR SELECT TO heed_web USING ((account_id = ( SELECT public.my_account() AS my_account)));

ALTER TABLE public.message_revisions ENABLE ROW LEVEL SECURITY;

CREATE POLICY message_revisions_all ON public.message_revisions TO heed_work USING (true);

CREATE POLICY message_revisions_changed ON public.message_revisions FOR UPDATE TO heed_web USING (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY message_revisions_made ON public.message_revisions FOR INSERT TO heed_web WITH CHECK (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY message_revisions_own ON public.message_revisions FOR SELECT TO heed_web USING ((account_id = ( SELECT public.my_account() AS my_account)));

ALTER TABLE public.messages ENABLE ROW LEVEL SECURITY;

CREATE POLICY messages_all ON public.messages TO heed_work USING (true);

CREATE POLICY messages_changed ON public.messages FOR UPDATE TO heed_web USING (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY messages_made ON public.messages FOR INSERT TO heed_web WITH CHECK (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY messages_own ON public.messages FOR SELECT TO heed_web USING ((account_id = ( SELECT public.my_account() AS my_account)));

ALTER TABLE public.model_account_days ENABLE ROW LEVEL SECURITY;

CREATE POLICY model_account_days_all ON public.model_account_days TO heed_work USING (true);

CREATE POLICY model_account_days_own ON public.model_account_days FOR SELECT TO heed_web USING ((account_id = ( SELECT public.my_account() AS my_account)));

ALTER TABLE public.model_days ENABLE ROW LEVEL SECURITY;

CREATE POLICY model_days_all ON public.model_days TO heed_work USING (true);

CREATE POLICY model_days_own ON public.model_days FOR SELECT TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.muted_addresses ENABLE ROW LEVEL SECURITY;

CREATE POLICY muted_addresses_all ON public.muted_addresses TO heed_work USING (true);

CREATE POLICY muted_addresses_own ON public.muted_addresses TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.notification_settings ENABLE ROW LEVEL SECURITY;

CREATE POLICY notification_settings_all ON public.notification_settings TO heed_work USING (true);

CREATE POLICY notification_settings_own ON public.notification_settings TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.notifications ENABLE ROW LEVEL SECURITY;

CREATE POLICY notifications_all ON public.notifications TO heed_work USING (true);

CREATE POLICY notifications_own ON public.notifications TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.occurrences ENABLE ROW LEVEL SECURITY;

CREATE POLICY occurrences_all ON public.occurrences TO heed_work USING (true);

CREATE POLICY occurrences_own ON public.occurrences TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.outbox ENABLE ROW LEVEL SECURITY;

CREATE POLICY outbox_all ON public.outbox TO heed_work USING (true);

ALTER TABLE public.outbox_attempts ENABLE ROW LEVEL SECURITY;

CREATE POLICY outbox_attempts_all ON public.outbox_attempts TO heed_work USING (true);

CREATE POLICY outbox_attempts_own ON public.outbox_attempts TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

CREATE POLICY outbox_own ON public.outbox TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.participants ENABLE ROW LEVEL SECURITY;

CREATE POLICY participants_all ON public.participants TO heed_work USING (true);

CREATE POLICY participants_changed ON public.participants FOR UPDATE TO heed_web USING (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY participants_made ON public.participants FOR INSERT TO heed_web WITH CHECK (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY participants_own ON public.participants FOR SELECT TO heed_web USING ((account_id = ( SELECT public.my_account() AS my_account)));

ALTER TABLE public.passages ENABLE ROW LEVEL SECURITY;

CREATE POLICY passages_all ON public.passages TO heed_work USING (true);

CREATE POLICY passages_changed ON public.passages FOR UPDATE TO heed_web USING (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('admin'::text) AS may)));

CREATE POLICY passages_made ON public.passages FOR INSERT TO heed_web WITH CHECK (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('admin'::text) AS may)));

CREATE POLICY passages_own ON public.passages FOR SELECT TO heed_web USING ((account_id = ( SELECT public.my_account() AS my_account)));

ALTER TABLE public.people ENABLE ROW LEVEL SECURITY;

CREATE POLICY people_all ON public.people TO heed_work USING (true);

CREATE POLICY people_own ON public.people TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.person_addresses ENABLE ROW LEVEL SECURITY;

CREATE POLICY person_addresses_all ON public.person_addresses TO heed_work USING (true);

CREATE POLICY person_addresses_own ON public.person_addresses TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.person_reminders ENABLE ROW LEVEL SECURITY;

CREATE POLICY person_reminders_all ON public.person_reminders TO heed_work USING (true);

CREATE POLICY person_reminders_own ON public.person_reminders TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.phone_codes ENABLE ROW LEVEL SECURITY;

CREATE POLICY phone_codes_all ON public.phone_codes TO heed_work USING (true);

CREATE POLICY phone_codes_own ON public.phone_codes TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.phone_stops ENABLE ROW LEVEL SECURITY;

CREATE POLICY phone_stops_all ON public.phone_stops TO heed_work USING (true);

CREATE POLICY phone_stops_own ON public.phone_stops TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.phones ENABLE ROW LEVEL SECURITY;

CREATE POLICY phones_all ON public.phones TO heed_work USING (true);

CREATE POLICY phones_own ON public.phones TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.places ENABLE ROW LEVEL SECURITY;

CREATE POLICY places_all ON public.places TO heed_work USING (true);

CREATE POLICY places_own ON public.places TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.planner_import_rows ENABLE ROW LEVEL SECURITY;

CREATE POLICY planner_import_rows_all ON public.planner_import_rows TO heed_work USING (true);

CREATE POLICY planner_import_rows_own ON public.planner_import_rows TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.planner_imports ENABLE ROW LEVEL SECURITY;

CREATE POLICY planner_imports_all ON public.planner_imports TO heed_work USING (true);

CREATE POLICY planner_imports_own ON public.planner_imports TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.problems ENABLE ROW LEVEL SECURITY;

CREATE POLICY problems_all ON public.problems TO heed_work USING (true);

CREATE POLICY problems_own ON public.problems TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.profiles ENABLE ROW LEVEL SECURITY;

CREATE POLICY profiles_all ON public.profiles TO heed_work USING (true);

CREATE POLICY profiles_own ON public.profiles TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.prompt_runs ENABLE ROW LEVEL SECURITY;

CREATE POLICY prompt_runs_all ON public.prompt_runs TO heed_work USING (true);

CREATE POLICY prompt_runs_own ON public.prompt_runs FOR SELECT TO heed_web USING ((account_id = ( SELECT public.my_account() AS my_account)));

ALTER TABLE public.prompt_texts ENABLE ROW LEVEL SECURITY;

CREATE POLICY prompt_texts_all ON public.prompt_texts TO heed_work USING (true);

CREATE POLICY prompt_texts_own ON public.prompt_texts FOR SELECT TO heed_web USING (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('admin'::text) AS may)));

ALTER TABLE public.proposals ENABLE ROW LEVEL SECURITY;

CREATE POLICY proposals_all ON public.proposals TO heed_work USING (true);

CREATE POLICY proposals_own ON public.proposals TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.push_closings ENABLE ROW LEVEL SECURITY;

CREATE POLICY push_closings_all ON public.push_closings TO heed_work USING (true);

CREATE POLICY push_closings_own ON public.push_closings TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.push_devices ENABLE ROW LEVEL SECURITY;

CREATE POLICY push_devices_all ON public.push_devices TO heed_work USING (true);

CREATE POLICY push_devices_own ON public.push_devices TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.quarantine ENABLE ROW LEVEL SECURITY;

CREATE POLICY quarantine_all ON public.quarantine TO heed_work USING (true);

CREATE POLICY quarantine_changed ON public.quarantine FOR UPDATE TO heed_web USING (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('admin'::text) AS may)));

CREATE POLICY quarantine_made ON public.quarantine FOR INSERT TO heed_web WITH CHECK (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('admin'::text) AS may)));

CREATE POLICY quarantine_own ON public.quarantine FOR SELECT TO heed_web USING ((account_id = ( SELECT public.my_account() AS my_account)));

ALTER TABLE public.query_vectors ENABLE ROW LEVEL SECURITY;

CREATE POLICY query_vectors_all ON public.query_vectors TO heed_work USING (true);

CREATE POLICY query_vectors_own ON public.query_vectors TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.recent_context_items ENABLE ROW LEVEL SECURITY;

CREATE POLICY recent_context_items_all ON public.recent_context_items TO heed_work USING (true);

CREATE POLICY recent_context_items_own ON public.recent_context_items TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.reminder_counts ENABLE ROW LEVEL SECURITY;

CREATE POLICY reminder_counts_all ON public.reminder_counts TO heed_work USING (true);

CREATE POLICY reminder_counts_own ON public.reminder_counts TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.reminder_import_rows ENABLE ROW LEVEL SECURITY;

CREATE POLICY reminder_import_rows_all ON public.reminder_import_rows TO heed_work USING (true);

CREATE POLICY reminder_import_rows_own ON public.reminder_import_rows TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.reminder_imports ENABLE ROW LEVEL SECURITY;

CREATE POLICY reminder_imports_all ON public.reminder_imports TO heed_work USING (true);

CREATE POLICY reminder_imports_own ON public.reminder_imports TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.reminder_offers ENABLE ROW LEVEL SECURITY;

CREATE POLICY reminder_offers_all ON public.reminder_offers TO heed_work USING (true);

CREATE POLICY reminder_offers_own ON public.reminder_offers TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.reminder_sources ENABLE ROW LEVEL SECURITY;

CREATE POLICY reminder_sources_all ON public.reminder_sources TO heed_work USING (true);

CREATE POLICY reminder_sources_own ON public.reminder_sources TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.reminder_texts ENABLE ROW LEVEL SECURITY;

CREATE POLICY reminder_texts_all ON public.reminder_texts TO heed_work USING (true);

CREATE POLICY reminder_texts_own ON public.reminder_texts TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.reminder_words ENABLE ROW LEVEL SECURITY;

CREATE POLICY reminder_words_all ON public.reminder_words TO heed_work USING (true);

CREATE POLICY reminder_words_own ON public.reminder_words TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.reminders ENABLE ROW LEVEL SECURITY;

CREATE POLICY reminders_all ON public.reminders TO heed_work USING (true);

CREATE POLICY reminders_kept ON public.reminders AS RESTRICTIVE TO heed_web USING ((status <> 'deleted'::text));

CREATE POLICY reminders_own ON public.reminders TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.rotas ENABLE ROW LEVEL SECURITY;

CREATE POLICY rotas_all ON public.rotas TO heed_work USING (true);

CREATE POLICY rotas_changed ON public.rotas FOR UPDATE TO heed_web USING (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('admin'::text) AS may)));

CREATE POLICY rotas_made ON public.rotas FOR INSERT TO heed_web WITH CHECK (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('admin'::text) AS may)));

CREATE POLICY rotas_own ON public.rotas FOR SELECT TO heed_web USING ((account_id = ( SELECT public.my_account() AS my_account)));

ALTER TABLE public.saved_replies ENABLE ROW LEVEL SECURITY;

CREATE POLICY saved_replies_all ON public.saved_replies TO heed_work USING (true);

CREATE POLICY saved_replies_changed ON public.saved_replies FOR UPDATE TO heed_web USING (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY saved_replies_made ON public.saved_replies FOR INSERT TO heed_web WITH CHECK (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('agent'::text) AS may)));

CREATE POLICY saved_replies_own ON public.saved_replies FOR SELECT TO heed_web USING ((account_id = ( SELECT public.my_account() AS my_account)));

ALTER TABLE public.schedules ENABLE ROW LEVEL SECURITY;

CREATE POLICY schedules_all ON public.schedules TO heed_work USING (true);

CREATE POLICY schedules_own ON public.schedules TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.search_documents ENABLE ROW LEVEL SECURITY;

CREATE POLICY search_documents_all ON public.search_documents TO heed_work USING (true);

CREATE POLICY search_documents_ours ON public.search_documents FOR SELECT TO heed_web USING ((account_id = ( SELECT public.my_account() AS my_account)));

CREATE POLICY search_documents_own ON public.search_documents FOR SELECT TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.snoozes ENABLE ROW LEVEL SECURITY;

CREATE POLICY snoozes_all ON public.snoozes TO heed_work USING (true);

CREATE POLICY snoozes_own ON public.snoozes TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.sources ENABLE ROW LEVEL SECURITY;

CREATE POLICY sources_all ON public.sources TO heed_work USING (true);

CREATE POLICY sources_changed ON public.sources FOR UPDATE TO heed_web USING (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('admin'::text) AS may)));

CREATE POLICY sources_made ON public.sources FOR INSERT TO heed_web WITH CHECK (((account_id = ( SELECT public.my_account() AS my_account)) AND ( SELECT public.may('admin'::text) AS may)));

CREATE POLICY sources_own ON public.sources FOR SELECT TO heed_web USING ((account_id = ( SELECT public.my_account() AS my_account)));

ALTER TABLE public.tags ENABLE ROW LEVEL SECURITY;

CREATE POLICY tags_all ON public.tags TO heed_work USING (true);

CREATE POLICY tags_own ON public.tags TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.task_batches ENABLE ROW LEVEL SECURITY;

CREATE POLICY task_batches_all ON public.task_batches TO heed_work USING (true);

CREATE POLICY task_batches_own ON public.task_batches TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.task_completions ENABLE ROW LEVEL SECURITY;

CREATE POLICY task_completions_all ON public.task_completions TO heed_work USING (true);

CREATE POLICY task_completions_own ON public.task_completions TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.task_counts ENABLE ROW LEVEL SECURITY;

CREATE POLICY task_counts_all ON public.task_counts TO heed_work USING (true);

CREATE POLICY task_counts_own ON public.task_counts FOR SELECT TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.task_repeats ENABLE ROW LEVEL SECURITY;

CREATE POLICY task_repeats_all ON public.task_repeats TO heed_work USING (true);

CREATE POLICY task_repeats_own ON public.task_repeats TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.task_sources ENABLE ROW LEVEL SECURITY;

CREATE POLICY task_sources_all ON public.task_sources TO heed_work USING (true);

CREATE POLICY task_sources_own ON public.task_sources TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.tasks ENABLE ROW LEVEL SECURITY;

CREATE POLICY tasks_all ON public.tasks TO heed_work USING (true);

CREATE POLICY tasks_own ON public.tasks TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.undos ENABLE ROW LEVEL SECURITY;

CREATE POLICY undos_all ON public.undos TO heed_work USING (true);

CREATE POLICY undos_own ON public.undos TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.users ENABLE ROW LEVEL SECURITY;

CREATE POLICY users_all ON public.users TO heed_work USING (true);

CREATE POLICY users_own ON public.users TO heed_web USING ((id = ( SELECT public.me() AS me))) WITH CHECK (((id = ( SELECT public.me() AS me)) AND (account_id = ( SELECT public.my_account() AS my_account))));

ALTER TABLE public.web_sessions ENABLE ROW LEVEL SECURITY;

CREATE POLICY web_sessions_all ON public.web_sessions TO heed_work USING (true);

CREATE POLICY web_sessions_own ON public.web_sessions TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.weekly_mails ENABLE ROW LEVEL SECURITY;

CREATE POLICY weekly_mails_all ON public.weekly_mails TO heed_work USING (true);

CREATE POLICY weekly_mails_own ON public.weekly_mails TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

ALTER TABLE public.weekly_reviews ENABLE ROW LEVEL SECURITY;

CREATE POLICY weekly_reviews_all ON public.weekly_reviews TO heed_work USING (true);

CREATE POLICY weekly_reviews_own ON public.weekly_reviews TO heed_web USING ((user_id = ( SELECT public.me() AS me)));

GRANT USAGE ON SCHEMA door TO heed_web;
GRANT USAGE ON SCHEMA door TO heed_work;

GRANT USAGE ON SCHEMA public TO heed_web;
GRANT USAGE ON SCHEMA public TO heed_work;

REVOKE ALL ON FUNCTION door.account(user_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION door.account(user_id uuid) TO heed_web;

REVOKE ALL ON FUNCTION door.account_mail(mail_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION door.account_mail(mail_id uuid) TO heed_web;

REVOKE ALL ON FUNCTION door.agent_hook(agent uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION door.agent_hook(agent uuid) TO heed_web;

REVOKE ALL ON FUNCTION door.api_key(key_hash bytea, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION door.api_key(key_hash bytea, at timestamp with time zone) TO heed_web;

REVOKE ALL ON FUNCTION door.attempts(kind text, key bytea, since timestamp with time zone, until timestamp with time zone, most bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION door.attempts(kind text, key bytea, since timestamp with time zone, until timestamp with time zone, most bigint) TO heed_web;

REVOKE ALL ON FUNCTION door.audit_append(at timestamp with time zone, address text, agent text, request_id text, version smallint, accounts uuid[], numbers bigint[], owners uuid[], actors text[], actor_ids uuid[], ids uuid[], actions text[], subjects text[], subject_ids uuid[], payloads text[], hashes bytea[], macs bytea[]) FROM PUBLIC;
GRANT ALL ON FUNCTION door.audit_append(at timestamp with time zone, address text, agent text, request_id text, version smallint, accounts uuid[], numbers bigint[], owners uuid[], actors text[], actor_ids uuid[], ids uuid[], actions text[], subjects text[], subject_ids uuid[], payloads text[], hashes bytea[], macs bytea[]) TO heed_web;
GRANT ALL ON FUNCTION door.audit_append(at timestamp with time zone, address text, agent text, request_id text, version smallint, accounts uuid[], numbers bigint[], owners uuid[], actors text[], actor_ids uuid[], ids uuid[], actions text[], subjects text[], subject_ids uuid[], payloads text[], hashes bytea[], macs bytea[]) TO heed_work;

REVOKE ALL ON FUNCTION door.audit_archived(account uuid, through bigint, mac bytea, seal bytea, before uuid, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION door.audit_archived(account uuid, through bigint, mac bytea, seal bytea, before uuid, at timestamp with time zone) TO heed_work;

REVOKE ALL ON FUNCTION door.audit_heads(accounts uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION door.audit_heads(accounts uuid[]) TO heed_web;
GRANT ALL ON FUNCTION door.audit_heads(accounts uuid[]) TO heed_work;

REVOKE ALL ON FUNCTION door.audit_old(before uuid, place uuid, most bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION door.audit_old(before uuid, place uuid, most bigint) TO heed_work;

REVOKE ALL ON FUNCTION door.cancel_job(job uuid, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION door.cancel_job(job uuid, at timestamp with time zone) TO heed_web;

REVOKE ALL ON FUNCTION door.channel_hook(channel uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION door.channel_hook(channel uuid) TO heed_web;

REVOKE ALL ON FUNCTION door.completion_link(reminder uuid, number integer) FROM PUBLIC;
GRANT ALL ON FUNCTION door.completion_link(reminder uuid, number integer) TO heed_web;

REVOKE ALL ON FUNCTION door.contact_mail(mail uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION door.contact_mail(mail uuid) TO heed_web;

REVOKE ALL ON FUNCTION door.credentials(email_key text) FROM PUBLIC;
GRANT ALL ON FUNCTION door.credentials(email_key text) TO heed_web;

REVOKE ALL ON FUNCTION door.decide_offer(offer uuid, decision text, copy uuid, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION door.decide_offer(offer uuid, decision text, copy uuid, at timestamp with time zone) TO heed_web;

REVOKE ALL ON FUNCTION door.delete_habit_frequency(habit uuid, from_date date) FROM PUBLIC;
GRANT ALL ON FUNCTION door.delete_habit_frequency(habit uuid, from_date date) TO heed_web;

REVOKE ALL ON FUNCTION door.delete_habit_pause(pause uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION door.delete_habit_pause(pause uuid) TO heed_web;

REVOKE ALL ON FUNCTION door.delete_profile(profile uuid, instead uuid, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION door.delete_profile(profile uuid, instead uuid, at timestamp with time zone) TO heed_web;

REVOKE ALL ON FUNCTION door.delete_push_device(device uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION door.delete_push_device(device uuid) TO heed_web;

REVOKE ALL ON FUNCTION door.delete_reminder(reminder_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION door.delete_reminder(reminder_id uuid) TO heed_web;
GRANT ALL ON FUNCTION door.delete_reminder(reminder_id uuid) TO heed_work;

REVOKE ALL ON FUNCTION door.desk_holds(it uuid, query tsquery) FROM PUBLIC;
GRANT ALL ON FUNCTION door.desk_holds(it uuid, query tsquery) TO heed_web;

REVOKE ALL ON FUNCTION door.desk_search(kind text, words text, endings text[], few bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION door.desk_search(kind text, words text, endings text[], few bigint) TO heed_web;

REVOKE ALL ON FUNCTION door.discard_context_import(import uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION door.discard_context_import(import uuid) TO heed_web;

REVOKE ALL ON FUNCTION door.discard_habit_import(import uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION door.discard_habit_import(import uuid) TO heed_web;

REVOKE ALL ON FUNCTION door.discard_planner_import(import uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION door.discard_planner_import(import uuid) TO heed_web;

REVOKE ALL ON FUNCTION door.discard_reminder_imports() FROM PUBLIC;
GRANT ALL ON FUNCTION door.discard_reminder_imports() TO heed_web;

REVOKE ALL ON FUNCTION door.drop_addresses(person uuid, kept uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION door.drop_addresses(person uuid, kept uuid[]) TO heed_web;
GRANT ALL ON FUNCTION door.drop_addresses(person uuid, kept uuid[]) TO heed_work;

REVOKE ALL ON FUNCTION door.drop_contact(entry uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION door.drop_contact(entry uuid) TO heed_web;

REVOKE ALL ON FUNCTION door.drop_feed() FROM PUBLIC;
GRANT ALL ON FUNCTION door.drop_feed() TO heed_web;

REVOKE ALL ON FUNCTION door.drop_golden_questions() FROM PUBLIC;
GRANT ALL ON FUNCTION door.drop_golden_questions() TO heed_web;

REVOKE ALL ON FUNCTION door.drop_guests(event uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION door.drop_guests(event uuid) TO heed_web;
GRANT ALL ON FUNCTION door.drop_guests(event uuid) TO heed_work;

REVOKE ALL ON FUNCTION door.drop_habit_goals(habit uuid, kept uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION door.drop_habit_goals(habit uuid, kept uuid[]) TO heed_web;

REVOKE ALL ON FUNCTION door.drop_instances(events uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION door.drop_instances(events uuid[]) TO heed_web;
GRANT ALL ON FUNCTION door.drop_instances(events uuid[]) TO heed_work;

REVOKE ALL ON FUNCTION door.drop_links(links uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION door.drop_links(links uuid[]) TO heed_web;
GRANT ALL ON FUNCTION door.drop_links(links uuid[]) TO heed_work;

REVOKE ALL ON FUNCTION door.drop_next_task(task uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION door.drop_next_task(task uuid) TO heed_web;
GRANT ALL ON FUNCTION door.drop_next_task(task uuid) TO heed_work;

REVOKE ALL ON FUNCTION door.drop_overrides(event uuid, instances timestamp without time zone[]) FROM PUBLIC;
GRANT ALL ON FUNCTION door.drop_overrides(event uuid, instances timestamp without time zone[]) TO heed_web;
GRANT ALL ON FUNCTION door.drop_overrides(event uuid, instances timestamp without time zone[]) TO heed_work;

REVOKE ALL ON FUNCTION door.drop_relationships(relationships uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION door.drop_relationships(relationships uuid[]) TO heed_web;
GRANT ALL ON FUNCTION door.drop_relationships(relationships uuid[]) TO heed_work;

REVOKE ALL ON FUNCTION door.drop_rota(channel uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION door.drop_rota(channel uuid) TO heed_web;

REVOKE ALL ON FUNCTION door.drop_tags(thing uuid, kept text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION door.drop_tags(thing uuid, kept text[]) TO heed_web;
GRANT ALL ON FUNCTION door.drop_tags(thing uuid, kept text[]) TO heed_work;

REVOKE ALL ON FUNCTION door.duplicate_people(most bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION door.duplicate_people(most bigint) TO heed_web;

REVOKE ALL ON FUNCTION door.embedded_texts(things uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION door.embedded_texts(things uuid[]) TO heed_web;
GRANT ALL ON FUNCTION door.embedded_texts(things uuid[]) TO heed_work;

REVOKE ALL ON FUNCTION door.embedding_use(after date) FROM PUBLIC;
GRANT ALL ON FUNCTION door.embedding_use(after date) TO heed_web;

REVOKE ALL ON FUNCTION door.empty_conversations(account uuid, before timestamp with time zone, most bigint, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION door.empty_conversations(account uuid, before timestamp with time zone, most bigint, at timestamp with time zone) TO heed_work;

REVOKE ALL ON FUNCTION door.empty_raw_mails(before uuid, most bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION door.empty_raw_mails(before uuid, most bigint) TO heed_work;

REVOKE ALL ON FUNCTION door.end_sessions(ids uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION door.end_sessions(ids uuid[]) TO heed_web;

REVOKE ALL ON FUNCTION door.enter(token_hash bytea, seen_after timestamp with time zone, made_after timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION door.enter(token_hash bytea, seen_after timestamp with time zone, made_after timestamp with time zone) TO heed_web;

REVOKE ALL ON FUNCTION door.erase_customer(customer uuid, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION door.erase_customer(customer uuid, at timestamp with time zone) TO heed_web;

REVOKE ALL ON FUNCTION door.erase_more(customer uuid, place text, most bigint, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION door.erase_more(customer uuid, place text, most bigint, at timestamp with time zone) TO heed_web;
GRANT ALL ON FUNCTION door.erase_more(customer uuid, place text, most bigint, at timestamp with time zone) TO heed_work;

REVOKE ALL ON FUNCTION door.erase_person(at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION door.erase_person(at timestamp with time zone) TO heed_web;

REVOKE ALL ON FUNCTION door.erase_person_later(job uuid, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION door.erase_person_later(job uuid, at timestamp with time zone) TO heed_web;

REVOKE ALL ON FUNCTION door.erase_person_more(person uuid, most bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION door.erase_person_more(person uuid, most bigint) TO heed_web;
GRANT ALL ON FUNCTION door.erase_person_more(person uuid, most bigint) TO heed_work;

REVOKE ALL ON FUNCTION door.escalation(escalation_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION door.escalation(escalation_id uuid) TO heed_web;

REVOKE ALL ON FUNCTION door.feed(token_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION door.feed(token_hash bytea) TO heed_web;

REVOKE ALL ON FUNCTION door.find_passages(account uuid, asked_in text, forms text[], plain_forms text[], at timestamp with time zone, most bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION door.find_passages(account uuid, asked_in text, forms text[], plain_forms text[], at timestamp with time zone, most bigint) TO heed_web;
GRANT ALL ON FUNCTION door.find_passages(account uuid, asked_in text, forms text[], plain_forms text[], at timestamp with time zone, most bigint) TO heed_work;

REVOKE ALL ON FUNCTION door.find_similar(words text, kinds text[], most bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION door.find_similar(words text, kinds text[], most bigint) TO heed_web;

REVOKE ALL ON FUNCTION door.find_things(words text, kinds text[], most bigint, parts text[], most_each bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION door.find_things(words text, kinds text[], most bigint, parts text[], most_each bigint) TO heed_web;

REVOKE ALL ON FUNCTION door.has_left(thing uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION door.has_left(thing uuid) TO heed_web;

REVOKE ALL ON FUNCTION door.hide_habit_reminders(habits uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION door.hide_habit_reminders(habits uuid[]) TO heed_web;

REVOKE ALL ON FUNCTION door.holding(words text, most bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION door.holding(words text, most bigint) TO heed_web;

REVOKE ALL ON FUNCTION door.index_passages(source uuid, headings text[], texts text[], plain_headings text[], plain_texts text[], at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION door.index_passages(source uuid, headings text[], texts text[], plain_headings text[], plain_texts text[], at timestamp with time zone) TO heed_web;
GRANT ALL ON FUNCTION door.index_passages(source uuid, headings text[], texts text[], plain_headings text[], plain_texts text[], at timestamp with time zone) TO heed_work;

REVOKE ALL ON FUNCTION door.invitation(invitation uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION door.invitation(invitation uuid) TO heed_web;

REVOKE ALL ON FUNCTION door.invitation_mails() FROM PUBLIC;
GRANT ALL ON FUNCTION door.invitation_mails() TO heed_web;

REVOKE ALL ON FUNCTION door.join_sessions(kept uuid, gone uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION door.join_sessions(kept uuid, gone uuid[]) TO heed_web;

REVOKE ALL ON FUNCTION door.join_team(invitation uuid, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION door.join_team(invitation uuid, at timestamp with time zone) TO heed_web;

REVOKE ALL ON FUNCTION door.late_escalation(conversation uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION door.late_escalation(conversation uuid) TO heed_web;

REVOKE ALL ON FUNCTION door.linked_file(attachment uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION door.linked_file(attachment uuid) TO heed_web;

REVOKE ALL ON FUNCTION door.lost_zones() FROM PUBLIC;
GRANT ALL ON FUNCTION door.lost_zones() TO heed_web;

REVOKE ALL ON FUNCTION door.members() FROM PUBLIC;
GRANT ALL ON FUNCTION door.members() TO heed_web;

REVOKE ALL ON FUNCTION door.model_calls(before uuid, most bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION door.model_calls(before uuid, most bigint) TO heed_web;

REVOKE ALL ON FUNCTION door.model_uses() FROM PUBLIC;
GRANT ALL ON FUNCTION door.model_uses() TO heed_web;

REVOKE ALL ON FUNCTION door.nearest_vectors(looked_in uuid, signs bit varying, vector bytea, kinds text[], most bigint, found uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION door.nearest_vectors(looked_in uuid, signs bit varying, vector bytea, kinds text[], most bigint, found uuid[]) TO heed_web;
GRANT ALL ON FUNCTION door.nearest_vectors(looked_in uuid, signs bit varying, vector bytea, kinds text[], most bigint, found uuid[]) TO heed_work;

REVOKE ALL ON FUNCTION door.notify(account uuid, people uuid[], kind text, conversation uuid, channel uuid, actor text, words text, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION door.notify(account uuid, people uuid[], kind text, conversation uuid, channel uuid, actor text, words text, at timestamp with time zone) TO heed_web;
GRANT ALL ON FUNCTION door.notify(account uuid, people uuid[], kind text, conversation uuid, channel uuid, actor text, words text, at timestamp with time zone) TO heed_work;

REVOKE ALL ON FUNCTION door.offer_reminder(offer uuid, reminder uuid, member uuid, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION door.offer_reminder(offer uuid, reminder uuid, member uuid, at timestamp with time zone) TO heed_web;

REVOKE ALL ON FUNCTION door.overdue(at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION door.overdue(at timestamp with time zone) TO heed_web;

REVOKE ALL ON FUNCTION door.phone_holders(number_key text, stopped boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION door.phone_holders(number_key text, stopped boolean) TO heed_web;

REVOKE ALL ON FUNCTION door.profile_uses(profile uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION door.profile_uses(profile uuid) TO heed_web;

REVOKE ALL ON FUNCTION door.purge_deadline(deadline uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION door.purge_deadline(deadline uuid) TO heed_web;

REVOKE ALL ON FUNCTION door.purge_event(event uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION door.purge_event(event uuid) TO heed_web;

REVOKE ALL ON FUNCTION door.purge_goal(goal uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION door.purge_goal(goal uuid) TO heed_web;

REVOKE ALL ON FUNCTION door.purge_habit(habit uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION door.purge_habit(habit uuid) TO heed_web;

REVOKE ALL ON FUNCTION door.purge_person(person uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION door.purge_person(person uuid) TO heed_web;

REVOKE ALL ON FUNCTION door.purge_place(place uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION door.purge_place(place uuid) TO heed_web;

REVOKE ALL ON FUNCTION door.purge_problem(problem uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION door.purge_problem(problem uuid) TO heed_web;

REVOKE ALL ON FUNCTION door.purge_task(task uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION door.purge_task(task uuid) TO heed_web;

REVOKE ALL ON FUNCTION door.purge_tasks(most bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION door.purge_tasks(most bigint) TO heed_web;

REVOKE ALL ON FUNCTION door.reminder_offers(most bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION door.reminder_offers(most bigint) TO heed_web;

REVOKE ALL ON FUNCTION door.remove_member(member uuid, own_account uuid, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION door.remove_member(member uuid, own_account uuid, at timestamp with time zone) TO heed_web;

REVOKE ALL ON FUNCTION door.replace_context_imports(noun text, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION door.replace_context_imports(noun text, at timestamp with time zone) TO heed_web;

REVOKE ALL ON FUNCTION door.replace_habit_imports(at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION door.replace_habit_imports(at timestamp with time zone) TO heed_web;

REVOKE ALL ON FUNCTION door.replace_planner_imports(at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION door.replace_planner_imports(at timestamp with time zone) TO heed_web;

REVOKE ALL ON FUNCTION door.replace_reminder_imports(at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION door.replace_reminder_imports(at timestamp with time zone) TO heed_web;

REVOKE ALL ON FUNCTION door.resume_contact(address_key text) FROM PUBLIC;
GRANT ALL ON FUNCTION door.resume_contact(address_key text) TO heed_web;

REVOKE ALL ON FUNCTION door.retry_job(job uuid, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION door.retry_job(job uuid, at timestamp with time zone) TO heed_web;

REVOKE ALL ON FUNCTION door.return_habit_reminders(habits uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION door.return_habit_reminders(habits uuid[]) TO heed_web;

REVOKE ALL ON FUNCTION door.search_things(words text, name text, addresses text[], phrases text[], without text[], kinds text[], tags text[], states text[], since timestamp with time zone, until timestamp with time zone, also uuid[], told bigint, most bigint, parts text[], most_each bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION door.search_things(words text, name text, addresses text[], phrases text[], without text[], kinds text[], tags text[], states text[], since timestamp with time zone, until timestamp with time zone, also uuid[], told bigint, most bigint, parts text[], most_each bigint) TO heed_web;

REVOKE ALL ON FUNCTION door.set_absence(member uuid, until timestamp with time zone, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION door.set_absence(member uuid, until timestamp with time zone, at timestamp with time zone) TO heed_web;

REVOKE ALL ON FUNCTION door.set_role(member uuid, new_role text, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION door.set_role(member uuid, new_role text, at timestamp with time zone) TO heed_web;

REVOKE ALL ON FUNCTION door.sms_message(message uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION door.sms_message(message uuid) TO heed_web;

REVOKE ALL ON FUNCTION door.undo_context_import(import uuid, most bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION door.undo_context_import(import uuid, most bigint) TO heed_web;
GRANT ALL ON FUNCTION door.undo_context_import(import uuid, most bigint) TO heed_work;

REVOKE ALL ON FUNCTION door.undo_habit_import(import uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION door.undo_habit_import(import uuid) TO heed_web;

REVOKE ALL ON FUNCTION door.undo_planner_import(import uuid, most bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION door.undo_planner_import(import uuid, most bigint) TO heed_web;
GRANT ALL ON FUNCTION door.undo_planner_import(import uuid, most bigint) TO heed_work;

REVOKE ALL ON FUNCTION door.undo_reminder_import(import uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION door.undo_reminder_import(import uuid) TO heed_web;

REVOKE ALL ON FUNCTION door.unmute(agent text, address text) FROM PUBLIC;
GRANT ALL ON FUNCTION door.unmute(agent text, address text) TO heed_web;

REVOKE ALL ON FUNCTION door.unverified(people uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION door.unverified(people uuid[]) TO heed_work;

REVOKE ALL ON FUNCTION door.vault_key(account uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION door.vault_key(account uuid) TO heed_web;
GRANT ALL ON FUNCTION door.vault_key(account uuid) TO heed_work;

REVOKE ALL ON FUNCTION public.account_word(account uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.add_habit_lines() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.assumptions_follow_chats() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.assumptions_follow_merges() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.assumptions_follow_messages() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.assumptions_follow_register() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.assumptions_lose(things uuid[], at timestamp with time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.begin_coach_rounds() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.begin_habit_rounds() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.begin_weekly_review() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.blank_habit_lines() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.blank_ticked_lines() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.blockers_changed() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.call_deadlines() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.change_reminder_words() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.count_inbox() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.count_reminders_delete() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.count_reminders_insert() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.count_reminders_update() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.count_revision() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.count_tasks() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.delete_days_of_habit() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.desk_folded(words text) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.desk_query(words text, endings text[], by_beginning boolean) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.desk_vector(kind text, account uuid, id uuid, language text, words text) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.desk_word(sign text, kind text, account uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.drop_empty_series() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.drop_unused_files(account uuid, which bytea[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.embed_round(people uuid[], times timestamp with time zone[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.embeddings_allowed() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.embeddings_changed() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.embeddings_made() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.embeddings_private() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.end_desk_reminders() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.end_late() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.erase_drafts(account uuid, texts uuid[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.erase_entries(account uuid, things uuid[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.erase_late() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.erase_messages(account uuid, mails uuid[], at timestamp with time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.erase_prompts() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.erase_thread(account uuid, thread uuid, at timestamp with time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.follow_habits() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.follow_importance() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.follow_quiet_hours() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.forget_emptied() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.forget_habit_states() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.forget_messages() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.forget_prompts() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.forget_quarantined() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.forget_reminder_text() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.forget_sender() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.hinders_member(member uuid, lowers boolean) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.hold_habits_of_days() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.is_offered(subject text, offer uuid, owner uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.keep_merged_tags() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.keep_reminder_words() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.leave_desk() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.leave_late() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.links_changed() FROM PUBLIC;

REVOKE ALL ON PROCEDURE public.listed(IN it regclass) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.lock_desk_of(member uuid, account uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.lower_from_desk() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.move_weekly_review() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.normal_title(title text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.normal_title(title text) TO heed_web;
GRANT ALL ON FUNCTION public.normal_title(title text) TO heed_work;

REVOKE ALL ON FUNCTION public.note_assumption_round() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.note_assumption_round_anew() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.note_assumption_round_of_habit() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.note_attendance() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.note_attended() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.note_list_change() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.note_memory() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.note_offers() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.notify_of_draft() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.notify_of_event() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.notify_of_flood() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.notify_of_job() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.passage_query(forms text, plain_forms text, mark text) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.person_addresses_live() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.plain(words text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.plain(words text) TO heed_web;

REVOKE ALL ON FUNCTION public.put_conversation_words(threads uuid[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.put_customer_words(people uuid[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.put_message_words(mails uuid[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.put_note_words(notes uuid[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.put_notifications(account uuid, people uuid[], kind text, conversation uuid, channel uuid, job uuid, actor text, words text, at timestamp with time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.refuse_another_key() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.register_changed() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.register_made() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.register_tasks_changed() FROM PUBLIC;

REVOKE ALL ON PROCEDURE public.registered(IN it regclass, IN kind text, IN owner name, IN title text, IN body text, IN trashed text, IN changed text, IN changes name[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.relationships_follow_events() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.relationships_follow_tasks() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.release_held() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.runs(who uuid, words text) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.same_customers(customer uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.source_is_stale(refresh text, checked_at timestamp with time zone, indexed_at timestamp with time zone, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.source_is_stale(refresh text, checked_at timestamp with time zone, indexed_at timestamp with time zone, at timestamp with time zone) TO heed_web;
GRANT ALL ON FUNCTION public.source_is_stale(refresh text, checked_at timestamp with time zone, indexed_at timestamp with time zone, at timestamp with time zone) TO heed_work;

REVOKE ALL ON FUNCTION public.take_back_invitations(member uuid, at timestamp with time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.tell_first_late() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.tell_late() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.text_around(body text, term text) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.thing_state(kind text, thing uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.unregister() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.unword_gone() FROM PUBLIC;

REVOKE ALL ON PROCEDURE public.wall(IN it regclass, IN changes name[]) FROM PUBLIC;

REVOKE ALL ON PROCEDURE public.wall_account(IN it regclass, IN lowest text, IN changes name[]) FROM PUBLIC;

REVOKE ALL ON PROCEDURE public.wall_user(IN it regclass, IN changes name[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.word_addresses() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.word_changed_conversation() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.word_changed_message() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.word_left_message() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.word_moved_note() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.word_new_conversations() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.word_new_customers() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.word_new_files() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.word_new_messages() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.word_new_notes() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.word_renamed_customer() FROM PUBLIC;

GRANT SELECT,INSERT ON TABLE public.reminders TO heed_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.reminders TO heed_work;

GRANT UPDATE(profile_id) ON TABLE public.reminders TO heed_web;

GRANT UPDATE(title) ON TABLE public.reminders TO heed_web;

GRANT UPDATE(description) ON TABLE public.reminders TO heed_web;

GRANT UPDATE(importance) ON TABLE public.reminders TO heed_web;

GRANT UPDATE(status) ON TABLE public.reminders TO heed_web;

GRANT UPDATE(next_at) ON TABLE public.reminders TO heed_web;

GRANT UPDATE(last_at) ON TABLE public.reminders TO heed_web;

GRANT UPDATE(snoozed_until) ON TABLE public.reminders TO heed_web;

GRANT UPDATE(completed_at) ON TABLE public.reminders TO heed_web;

GRANT UPDATE(version) ON TABLE public.reminders TO heed_web;

GRANT UPDATE(updated_at) ON TABLE public.reminders TO heed_web;

GRANT UPDATE(open_since) ON TABLE public.reminders TO heed_web;

GRANT UPDATE(escalation_state) ON TABLE public.reminders TO heed_web;

GRANT UPDATE(tier) ON TABLE public.reminders TO heed_web;

GRANT UPDATE(tiers) ON TABLE public.reminders TO heed_web;

GRANT UPDATE(last_message_id) ON TABLE public.reminders TO heed_web;

GRANT UPDATE(message_agent) ON TABLE public.reminders TO heed_web;

GRANT UPDATE(message_state) ON TABLE public.reminders TO heed_web;

GRANT SELECT ON TABLE door.reminders TO heed_web;

GRANT SELECT,INSERT ON TABLE public.account_keys TO heed_web;
GRANT SELECT,INSERT ON TABLE public.account_keys TO heed_work;

GRANT SELECT,INSERT ON TABLE public.account_mails TO heed_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.account_mails TO heed_work;

GRANT UPDATE(used_at) ON TABLE public.account_mails TO heed_web;

GRANT SELECT,INSERT ON TABLE public.accounts TO heed_web;
GRANT SELECT ON TABLE public.accounts TO heed_work;

GRANT SELECT,INSERT ON TABLE public.address_sends TO heed_web;
GRANT SELECT,INSERT,DELETE ON TABLE public.address_sends TO heed_work;

GRANT SELECT,INSERT ON TABLE public.agent_tests TO heed_web;
GRANT SELECT,DELETE ON TABLE public.agent_tests TO heed_work;

GRANT SELECT,INSERT ON TABLE public.agents TO heed_web;
GRANT SELECT ON TABLE public.agents TO heed_work;

GRANT UPDATE(enabled) ON TABLE public.agents TO heed_web;
GRANT UPDATE(enabled) ON TABLE public.agents TO heed_work;

GRANT UPDATE(configuration) ON TABLE public.agents TO heed_web;

GRANT UPDATE(version) ON TABLE public.agents TO heed_web;
GRANT UPDATE(version) ON TABLE public.agents TO heed_work;

GRANT UPDATE(updated_at) ON TABLE public.agents TO heed_web;
GRANT UPDATE(updated_at) ON TABLE public.agents TO heed_work;

GRANT UPDATE(gone_at) ON TABLE public.agents TO heed_web;
GRANT UPDATE(gone_at) ON TABLE public.agents TO heed_work;

GRANT SELECT,INSERT ON TABLE public.api_keys TO heed_web;
GRANT SELECT,DELETE ON TABLE public.api_keys TO heed_work;

GRANT UPDATE(used_at) ON TABLE public.api_keys TO heed_web;

GRANT UPDATE(revoked_at) ON TABLE public.api_keys TO heed_web;

GRANT SELECT ON TABLE public.assistant_steps TO heed_web;
GRANT SELECT,INSERT,DELETE ON TABLE public.assistant_steps TO heed_work;

GRANT SELECT ON TABLE public.assistant_turns TO heed_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.assistant_turns TO heed_work;

GRANT SELECT,INSERT ON TABLE public.assumption_evidence TO heed_web;
GRANT SELECT,INSERT ON TABLE public.assumption_evidence TO heed_work;

GRANT SELECT ON TABLE public.assumption_rounds TO heed_web;
GRANT SELECT ON TABLE public.assumption_rounds TO heed_work;

GRANT UPDATE(due_at) ON TABLE public.assumption_rounds TO heed_work;

GRANT SELECT,INSERT ON TABLE public.assumptions TO heed_web;
GRANT SELECT,INSERT,DELETE ON TABLE public.assumptions TO heed_work;

GRANT UPDATE(confidence) ON TABLE public.assumptions TO heed_web;
GRANT UPDATE(confidence) ON TABLE public.assumptions TO heed_work;

GRANT UPDATE(state) ON TABLE public.assumptions TO heed_web;
GRANT UPDATE(state) ON TABLE public.assumptions TO heed_work;

GRANT UPDATE(faded) ON TABLE public.assumptions TO heed_web;
GRANT UPDATE(faded) ON TABLE public.assumptions TO heed_work;

GRANT UPDATE(again_state) ON TABLE public.assumptions TO heed_web;

GRANT UPDATE(again_at) ON TABLE public.assumptions TO heed_web;

GRANT UPDATE(correction) ON TABLE public.assumptions TO heed_web;

GRANT UPDATE(answered_at) ON TABLE public.assumptions TO heed_web;

GRANT UPDATE(answered_by) ON TABLE public.assumptions TO heed_web;

GRANT UPDATE(superseded_by) ON TABLE public.assumptions TO heed_web;
GRANT UPDATE(superseded_by) ON TABLE public.assumptions TO heed_work;

GRANT UPDATE(updated_at) ON TABLE public.assumptions TO heed_web;
GRANT UPDATE(updated_at) ON TABLE public.assumptions TO heed_work;

GRANT UPDATE(version) ON TABLE public.assumptions TO heed_web;
GRANT UPDATE(version) ON TABLE public.assumptions TO heed_work;

GRANT SELECT,INSERT ON TABLE public.attachments TO heed_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.attachments TO heed_work;

GRANT INSERT ON TABLE public.attempts TO heed_web;
GRANT SELECT,DELETE ON TABLE public.attempts TO heed_work;

GRANT SELECT ON TABLE public.audit_archives TO heed_web;
GRANT SELECT ON TABLE public.audit_archives TO heed_work;

GRANT SELECT ON TABLE public.audit_heads TO heed_web;
GRANT SELECT ON TABLE public.audit_heads TO heed_work;

GRANT SELECT ON TABLE public.audit_log TO heed_web;

GRANT SELECT,INSERT ON TABLE public.channel_failures TO heed_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.channel_failures TO heed_work;

GRANT SELECT,INSERT ON TABLE public.channel_states TO heed_web;
GRANT SELECT,UPDATE ON TABLE public.channel_states TO heed_work;

GRANT UPDATE(last_look_at) ON TABLE public.channel_states TO heed_web;

GRANT UPDATE(last_good_at) ON TABLE public.channel_states TO heed_web;

GRANT UPDATE(last_message_at) ON TABLE public.channel_states TO heed_web;

GRANT UPDATE(failing_since) ON TABLE public.channel_states TO heed_web;

GRANT UPDATE(error) ON TABLE public.channel_states TO heed_web;

GRANT UPDATE(uid_validity) ON TABLE public.channel_states TO heed_web;

GRANT UPDATE(last_uid) ON TABLE public.channel_states TO heed_web;

GRANT UPDATE(mailbox) ON TABLE public.channel_states TO heed_web;

GRANT SELECT,INSERT ON TABLE public.channel_tests TO heed_web;
GRANT SELECT,DELETE ON TABLE public.channel_tests TO heed_work;

GRANT SELECT,INSERT ON TABLE public.channels TO heed_web;
GRANT SELECT ON TABLE public.channels TO heed_work;

GRANT UPDATE(name) ON TABLE public.channels TO heed_web;

GRANT UPDATE(external_id) ON TABLE public.channels TO heed_web;

GRANT UPDATE(address) ON TABLE public.channels TO heed_web;

GRANT UPDATE(aliases) ON TABLE public.channels TO heed_web;

GRANT UPDATE(inbound) ON TABLE public.channels TO heed_web;

GRANT UPDATE(folder) ON TABLE public.channels TO heed_web;

GRANT UPDATE(imap_host) ON TABLE public.channels TO heed_web;

GRANT UPDATE(imap_port) ON TABLE public.channels TO heed_web;

GRANT UPDATE(imap_security) ON TABLE public.channels TO heed_web;

GRANT UPDATE(imap_user) ON TABLE public.channels TO heed_web;

GRANT UPDATE(imap_password) ON TABLE public.channels TO heed_web;

GRANT UPDATE(imap_folder) ON TABLE public.channels TO heed_web;

GRANT UPDATE(smtp_host) ON TABLE public.channels TO heed_web;

GRANT UPDATE(smtp_port) ON TABLE public.channels TO heed_web;

GRANT UPDATE(smtp_security) ON TABLE public.channels TO heed_web;

GRANT UPDATE(smtp_user) ON TABLE public.channels TO heed_web;

GRANT UPDATE(smtp_password) ON TABLE public.channels TO heed_web;

GRANT UPDATE(outbound_url) ON TABLE public.channels TO heed_web;

GRANT UPDATE(secret) ON TABLE public.channels TO heed_web;

GRANT UPDATE(old_secret) ON TABLE public.channels TO heed_web;

GRANT UPDATE(old_secret_until) ON TABLE public.channels TO heed_web;

GRANT UPDATE(signature) ON TABLE public.channels TO heed_web;

GRANT UPDATE(language) ON TABLE public.channels TO heed_web;

GRANT UPDATE(timezone) ON TABLE public.channels TO heed_web;

GRANT UPDATE(target_minutes) ON TABLE public.channels TO heed_web;

GRANT UPDATE(hours) ON TABLE public.channels TO heed_web;

GRANT UPDATE(closed_on) ON TABLE public.channels TO heed_web;

GRANT UPDATE(profile_id) ON TABLE public.channels TO heed_web;

GRANT UPDATE(acknowledge) ON TABLE public.channels TO heed_web;

GRANT UPDATE(acknowledge_when) ON TABLE public.channels TO heed_web;

GRANT UPDATE(auto_draft) ON TABLE public.channels TO heed_web;

GRANT UPDATE(trusts_spam) ON TABLE public.channels TO heed_web;

GRANT UPDATE(enabled) ON TABLE public.channels TO heed_web;

GRANT UPDATE(version) ON TABLE public.channels TO heed_web;

GRANT UPDATE(updated_at) ON TABLE public.channels TO heed_web;

GRANT UPDATE(deleted_at) ON TABLE public.channels TO heed_web;

GRANT SELECT,INSERT ON TABLE public.chat_messages TO heed_web;
GRANT SELECT ON TABLE public.chat_messages TO heed_work;

GRANT UPDATE(answer) ON TABLE public.chat_messages TO heed_work;

GRANT UPDATE(answered_at) ON TABLE public.chat_messages TO heed_work;

GRANT UPDATE(personality) ON TABLE public.chat_messages TO heed_work;

GRANT UPDATE(language) ON TABLE public.chat_messages TO heed_work;

GRANT UPDATE(prompt) ON TABLE public.chat_messages TO heed_work;

GRANT UPDATE(written) ON TABLE public.chat_messages TO heed_work;

GRANT UPDATE(page) ON TABLE public.chat_messages TO heed_work;

GRANT UPDATE(habit_id) ON TABLE public.chat_messages TO heed_work;

GRANT UPDATE(stopped_at) ON TABLE public.chat_messages TO heed_web;

GRANT UPDATE(given) ON TABLE public.chat_messages TO heed_work;

GRANT UPDATE(saw) ON TABLE public.chat_messages TO heed_work;

GRANT UPDATE(proposals) ON TABLE public.chat_messages TO heed_work;

GRANT UPDATE(assumptions) ON TABLE public.chat_messages TO heed_work;

GRANT UPDATE(is_foreign) ON TABLE public.chat_messages TO heed_work;

GRANT SELECT,INSERT ON TABLE public.chat_sessions TO heed_web;
GRANT SELECT ON TABLE public.chat_sessions TO heed_work;

GRANT UPDATE(started_at) ON TABLE public.chat_sessions TO heed_web;

GRANT UPDATE(last_activity_at) ON TABLE public.chat_sessions TO heed_web;

GRANT UPDATE(ended_at) ON TABLE public.chat_sessions TO heed_web;

GRANT SELECT,INSERT ON TABLE public.chats TO heed_web;
GRANT SELECT,DELETE ON TABLE public.chats TO heed_work;

GRANT UPDATE(status) ON TABLE public.chats TO heed_web;

GRANT UPDATE(said_at) ON TABLE public.chats TO heed_web;

GRANT UPDATE(job_id) ON TABLE public.chats TO heed_work;

GRANT UPDATE(deleted_at) ON TABLE public.chats TO heed_web;

GRANT SELECT,INSERT ON TABLE public.coach_messages TO heed_web;
GRANT SELECT,INSERT ON TABLE public.coach_messages TO heed_work;

GRANT UPDATE(personality) ON TABLE public.coach_messages TO heed_work;

GRANT UPDATE(language) ON TABLE public.coach_messages TO heed_work;

GRANT UPDATE(prompt) ON TABLE public.coach_messages TO heed_work;

GRANT UPDATE(written) ON TABLE public.coach_messages TO heed_work;

GRANT UPDATE(text) ON TABLE public.coach_messages TO heed_work;

GRANT UPDATE(deleted_at) ON TABLE public.coach_messages TO heed_web;

GRANT SELECT ON TABLE public.coach_rounds TO heed_web;
GRANT SELECT,UPDATE ON TABLE public.coach_rounds TO heed_work;

GRANT SELECT,INSERT ON TABLE public.completion_criteria TO heed_web;
GRANT SELECT ON TABLE public.completion_criteria TO heed_work;

GRANT UPDATE(type) ON TABLE public.completion_criteria TO heed_web;

GRANT UPDATE(link_number) ON TABLE public.completion_criteria TO heed_web;

GRANT UPDATE(updated_at) ON TABLE public.completion_criteria TO heed_web;

GRANT SELECT ON TABLE public.connections TO heed_web;
GRANT SELECT ON TABLE public.connections TO heed_work;

GRANT SELECT,INSERT ON TABLE public.contact_log TO heed_web;
GRANT SELECT,INSERT ON TABLE public.contact_log TO heed_work;

GRANT UPDATE(person_id) ON TABLE public.contact_log TO heed_web;

GRANT SELECT,INSERT ON TABLE public.contact_mails TO heed_web;
GRANT SELECT,DELETE ON TABLE public.contact_mails TO heed_work;

GRANT UPDATE(used_at) ON TABLE public.contact_mails TO heed_web;

GRANT SELECT ON TABLE public.contact_rounds TO heed_web;
GRANT SELECT ON TABLE public.contact_rounds TO heed_work;

GRANT UPDATE(due_at) ON TABLE public.contact_rounds TO heed_work;

GRANT SELECT,INSERT ON TABLE public.contact_stops TO heed_web;
GRANT SELECT ON TABLE public.contact_stops TO heed_work;

GRANT SELECT,INSERT ON TABLE public.contacts TO heed_web;
GRANT SELECT,DELETE ON TABLE public.contacts TO heed_work;

GRANT UPDATE(name) ON TABLE public.contacts TO heed_web;

GRANT UPDATE(address) ON TABLE public.contacts TO heed_web;

GRANT UPDATE(address_key) ON TABLE public.contacts TO heed_web;

GRANT UPDATE(phone) ON TABLE public.contacts TO heed_web;

GRANT UPDATE(relationship) ON TABLE public.contacts TO heed_web;

GRANT UPDATE(timezone) ON TABLE public.contacts TO heed_web;

GRANT UPDATE(zone_rule) ON TABLE public.contacts TO heed_web;

GRANT UPDATE(language) ON TABLE public.contacts TO heed_web;

GRANT UPDATE(quiet_from) ON TABLE public.contacts TO heed_web;

GRANT UPDATE(quiet_until) ON TABLE public.contacts TO heed_web;

GRANT UPDATE(shows_notes) ON TABLE public.contacts TO heed_web;

GRANT UPDATE(notify_email) ON TABLE public.contacts TO heed_web;

GRANT UPDATE(notify_sms) ON TABLE public.contacts TO heed_web;

GRANT UPDATE(verified_at) ON TABLE public.contacts TO heed_web;

GRANT UPDATE(deleted_at) ON TABLE public.contacts TO heed_web;

GRANT UPDATE(updated_at) ON TABLE public.contacts TO heed_web;

GRANT UPDATE(version) ON TABLE public.contacts TO heed_web;

GRANT UPDATE(quiet_days) ON TABLE public.contacts TO heed_web;

GRANT UPDATE(quiet_days_from) ON TABLE public.contacts TO heed_web;

GRANT UPDATE(quiet_days_until) ON TABLE public.contacts TO heed_web;

GRANT UPDATE(quiet_critical) ON TABLE public.contacts TO heed_web;

GRANT SELECT,INSERT ON TABLE public.context_import_rows TO heed_web;
GRANT SELECT,INSERT ON TABLE public.context_import_rows TO heed_work;

GRANT UPDATE(before) ON TABLE public.context_import_rows TO heed_work;

GRANT SELECT,INSERT ON TABLE public.context_imports TO heed_web;
GRANT SELECT,DELETE ON TABLE public.context_imports TO heed_work;

GRANT UPDATE(file) ON TABLE public.context_imports TO heed_web;
GRANT UPDATE(file) ON TABLE public.context_imports TO heed_work;

GRANT UPDATE(confirmed_at) ON TABLE public.context_imports TO heed_web;

GRANT UPDATE(same) ON TABLE public.context_imports TO heed_web;

GRANT UPDATE(trash) ON TABLE public.context_imports TO heed_web;

GRANT UPDATE(job_id) ON TABLE public.context_imports TO heed_web;

GRANT UPDATE(finished_at) ON TABLE public.context_imports TO heed_web;
GRANT UPDATE(finished_at) ON TABLE public.context_imports TO heed_work;

GRANT UPDATE(failed) ON TABLE public.context_imports TO heed_work;

GRANT UPDATE(undo_at) ON TABLE public.context_imports TO heed_web;

GRANT UPDATE(undone_at) ON TABLE public.context_imports TO heed_web;
GRANT UPDATE(undone_at) ON TABLE public.context_imports TO heed_work;

GRANT UPDATE(undone) ON TABLE public.context_imports TO heed_web;
GRANT UPDATE(undone) ON TABLE public.context_imports TO heed_work;

GRANT UPDATE(kept) ON TABLE public.context_imports TO heed_web;
GRANT UPDATE(kept) ON TABLE public.context_imports TO heed_work;

GRANT USAGE ON SEQUENCE public.desk_order TO heed_web;
GRANT USAGE ON SEQUENCE public.desk_order TO heed_work;

GRANT SELECT,INSERT ON TABLE public.conversation_events TO heed_web;
GRANT SELECT,INSERT ON TABLE public.conversation_events TO heed_work;

GRANT UPDATE(conversation_id) ON TABLE public.conversation_events TO heed_web;

GRANT SELECT,INSERT ON TABLE public.conversation_merges TO heed_web;
GRANT SELECT ON TABLE public.conversation_merges TO heed_work;

GRANT UPDATE(merged_at) ON TABLE public.conversation_merges TO heed_web;

GRANT UPDATE(undone_at) ON TABLE public.conversation_merges TO heed_web;

GRANT UPDATE(state) ON TABLE public.conversation_merges TO heed_web;

GRANT UPDATE(messages) ON TABLE public.conversation_merges TO heed_web;

GRANT UPDATE(things) ON TABLE public.conversation_merges TO heed_web;

GRANT SELECT,INSERT ON TABLE public.conversation_notes TO heed_web;
GRANT SELECT ON TABLE public.conversation_notes TO heed_work;

GRANT UPDATE(conversation_id) ON TABLE public.conversation_notes TO heed_web;

GRANT SELECT,INSERT ON TABLE public.conversations TO heed_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.conversations TO heed_work;

GRANT UPDATE(external_id) ON TABLE public.conversations TO heed_web;

GRANT UPDATE(subject) ON TABLE public.conversations TO heed_web;

GRANT UPDATE(subject_key) ON TABLE public.conversations TO heed_web;

GRANT UPDATE(customer_id) ON TABLE public.conversations TO heed_web;

GRANT UPDATE(state) ON TABLE public.conversations TO heed_web;

GRANT UPDATE(assignee_id) ON TABLE public.conversations TO heed_web;

GRANT UPDATE(tags) ON TABLE public.conversations TO heed_web;

GRANT UPDATE(language) ON TABLE public.conversations TO heed_web;

GRANT UPDATE(newest_inbound_id) ON TABLE public.conversations TO heed_web;

GRANT UPDATE(waiting_since) ON TABLE public.conversations TO heed_web;

GRANT UPDATE(late_at) ON TABLE public.conversations TO heed_web;

GRANT UPDATE(late_told_at) ON TABLE public.conversations TO heed_web;

GRANT UPDATE(snoozed_until) ON TABLE public.conversations TO heed_web;

GRANT UPDATE(claimed_by) ON TABLE public.conversations TO heed_web;

GRANT UPDATE(claimed_at) ON TABLE public.conversations TO heed_web;

GRANT UPDATE(is_answerable) ON TABLE public.conversations TO heed_web;

GRANT UPDATE(merged_into) ON TABLE public.conversations TO heed_web;

GRANT UPDATE(messages) ON TABLE public.conversations TO heed_web;

GRANT UPDATE(last_at) ON TABLE public.conversations TO heed_web;

GRANT UPDATE(closed_at) ON TABLE public.conversations TO heed_web;

GRANT UPDATE(version) ON TABLE public.conversations TO heed_web;

GRANT SELECT,INSERT ON TABLE public.customer_addresses TO heed_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.customer_addresses TO heed_work;

GRANT UPDATE(customer_id) ON TABLE public.customer_addresses TO heed_web;

GRANT SELECT,INSERT ON TABLE public.customer_notes TO heed_web;
GRANT SELECT ON TABLE public.customer_notes TO heed_work;

GRANT UPDATE(customer_id) ON TABLE public.customer_notes TO heed_web;

GRANT SELECT,INSERT ON TABLE public.customers TO heed_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.customers TO heed_work;

GRANT UPDATE(name) ON TABLE public.customers TO heed_web;

GRANT UPDATE(updated_at) ON TABLE public.customers TO heed_web;

GRANT UPDATE(is_spam) ON TABLE public.customers TO heed_web;

GRANT UPDATE(merged_into) ON TABLE public.customers TO heed_web;

GRANT SELECT,INSERT ON TABLE public.deadline_extensions TO heed_web;
GRANT SELECT ON TABLE public.deadline_extensions TO heed_work;

GRANT SELECT,INSERT ON TABLE public.deadline_reminders TO heed_web;
GRANT SELECT ON TABLE public.deadline_reminders TO heed_work;

GRANT SELECT,INSERT ON TABLE public.deadlines TO heed_web;
GRANT SELECT ON TABLE public.deadlines TO heed_work;

GRANT UPDATE(title) ON TABLE public.deadlines TO heed_web;

GRANT UPDATE(description) ON TABLE public.deadlines TO heed_web;

GRANT UPDATE(type) ON TABLE public.deadlines TO heed_web;

GRANT UPDATE(status) ON TABLE public.deadlines TO heed_web;
GRANT UPDATE(status) ON TABLE public.deadlines TO heed_work;

GRANT UPDATE(due_at) ON TABLE public.deadlines TO heed_web;

GRANT UPDATE(remind_at) ON TABLE public.deadlines TO heed_web;

GRANT UPDATE(remind_months) ON TABLE public.deadlines TO heed_web;

GRANT UPDATE(remind_seconds) ON TABLE public.deadlines TO heed_web;

GRANT UPDATE(remind_time) ON TABLE public.deadlines TO heed_web;

GRANT UPDATE(remind_words) ON TABLE public.deadlines TO heed_web;

GRANT UPDATE(importance) ON TABLE public.deadlines TO heed_web;

GRANT UPDATE(consequences) ON TABLE public.deadlines TO heed_web;

GRANT UPDATE(task_id) ON TABLE public.deadlines TO heed_web;

GRANT UPDATE(put_away) ON TABLE public.deadlines TO heed_web;
GRANT UPDATE(put_away) ON TABLE public.deadlines TO heed_work;

GRANT UPDATE(private) ON TABLE public.deadlines TO heed_web;

GRANT UPDATE(missed_at) ON TABLE public.deadlines TO heed_web;
GRANT UPDATE(missed_at) ON TABLE public.deadlines TO heed_work;

GRANT UPDATE(looked_at) ON TABLE public.deadlines TO heed_web;
GRANT UPDATE(looked_at) ON TABLE public.deadlines TO heed_work;

GRANT UPDATE(completed_at) ON TABLE public.deadlines TO heed_web;
GRANT UPDATE(completed_at) ON TABLE public.deadlines TO heed_work;

GRANT UPDATE(by_task) ON TABLE public.deadlines TO heed_web;
GRANT UPDATE(by_task) ON TABLE public.deadlines TO heed_work;

GRANT UPDATE(settle_at) ON TABLE public.deadlines TO heed_web;
GRANT UPDATE(settle_at) ON TABLE public.deadlines TO heed_work;

GRANT UPDATE(deleted_at) ON TABLE public.deadlines TO heed_web;
GRANT UPDATE(deleted_at) ON TABLE public.deadlines TO heed_work;

GRANT UPDATE(deletion_id) ON TABLE public.deadlines TO heed_web;
GRANT UPDATE(deletion_id) ON TABLE public.deadlines TO heed_work;

GRANT UPDATE(updated_at) ON TABLE public.deadlines TO heed_web;
GRANT UPDATE(updated_at) ON TABLE public.deadlines TO heed_work;

GRANT UPDATE(version) ON TABLE public.deadlines TO heed_web;

GRANT UPDATE(profile_id) ON TABLE public.deadlines TO heed_web;

GRANT UPDATE(event_id) ON TABLE public.deadlines TO heed_web;

GRANT SELECT,INSERT ON TABLE public.decisions TO heed_web;
GRANT SELECT ON TABLE public.decisions TO heed_work;

GRANT UPDATE(conversation_id) ON TABLE public.decisions TO heed_web;

GRANT SELECT,INSERT ON TABLE public.deletions TO heed_web;
GRANT SELECT,INSERT,DELETE ON TABLE public.deletions TO heed_work;

GRANT UPDATE(thing) ON TABLE public.deletions TO heed_work;

GRANT UPDATE(restored_at) ON TABLE public.deletions TO heed_web;
GRANT UPDATE(restored_at) ON TABLE public.deletions TO heed_work;

GRANT SELECT,INSERT ON TABLE public.desk_late TO heed_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.desk_late TO heed_work;

GRANT SELECT,INSERT ON TABLE public.desk_reminders TO heed_web;
GRANT SELECT,UPDATE ON TABLE public.desk_reminders TO heed_work;

GRANT UPDATE(conversation_id) ON TABLE public.desk_reminders TO heed_web;

GRANT UPDATE(over_at) ON TABLE public.desk_reminders TO heed_web;

GRANT SELECT,INSERT ON TABLE public.desk_settings TO heed_web;
GRANT SELECT ON TABLE public.desk_settings TO heed_work;

GRANT UPDATE(undo_seconds) ON TABLE public.desk_settings TO heed_web;

GRANT UPDATE(retention_days) ON TABLE public.desk_settings TO heed_web;

GRANT UPDATE(llm_daily) ON TABLE public.desk_settings TO heed_web;

GRANT UPDATE(confidence_floor) ON TABLE public.desk_settings TO heed_web;

GRANT UPDATE(version) ON TABLE public.desk_settings TO heed_web;

GRANT UPDATE(updated_at) ON TABLE public.desk_settings TO heed_web;

GRANT SELECT ON TABLE public.desk_words TO heed_web;
GRANT SELECT ON TABLE public.desk_words TO heed_work;

GRANT SELECT,INSERT ON TABLE public.draft_floods TO heed_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.draft_floods TO heed_work;

GRANT UPDATE(channel_id) ON TABLE public.draft_floods TO heed_web;

GRANT UPDATE(conversation_id) ON TABLE public.draft_floods TO heed_web;

GRANT UPDATE(messages) ON TABLE public.draft_floods TO heed_web;

GRANT UPDATE(last_at) ON TABLE public.draft_floods TO heed_web;

GRANT SELECT,INSERT ON TABLE public.draft_sources TO heed_web;
GRANT SELECT,INSERT ON TABLE public.draft_sources TO heed_work;

GRANT SELECT,INSERT ON TABLE public.drafts TO heed_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.drafts TO heed_work;

GRANT UPDATE(conversation_id) ON TABLE public.drafts TO heed_web;

GRANT UPDATE(state) ON TABLE public.drafts TO heed_web;

GRANT UPDATE(action) ON TABLE public.drafts TO heed_web;

GRANT UPDATE(version) ON TABLE public.drafts TO heed_web;

GRANT UPDATE(instruction) ON TABLE public.drafts TO heed_web;

GRANT UPDATE(text) ON TABLE public.drafts TO heed_web;

GRANT UPDATE(is_edited) ON TABLE public.drafts TO heed_web;

GRANT UPDATE(asked_at) ON TABLE public.drafts TO heed_web;

GRANT UPDATE(decided_at) ON TABLE public.drafts TO heed_web;

GRANT UPDATE(decided_by) ON TABLE public.drafts TO heed_web;

GRANT UPDATE(decided_name) ON TABLE public.drafts TO heed_web;

GRANT UPDATE(reason) ON TABLE public.drafts TO heed_web;

GRANT UPDATE(note) ON TABLE public.drafts TO heed_web;

GRANT UPDATE(recipients) ON TABLE public.drafts TO heed_web;

GRANT UPDATE(copies) ON TABLE public.drafts TO heed_web;

GRANT UPDATE(message_id) ON TABLE public.drafts TO heed_web;

GRANT UPDATE(superseded_by) ON TABLE public.drafts TO heed_web;

GRANT SELECT ON TABLE public.embedding_jobs TO heed_web;
GRANT SELECT,INSERT,DELETE ON TABLE public.embedding_jobs TO heed_work;

GRANT UPDATE(due_at) ON TABLE public.embedding_jobs TO heed_work;

GRANT UPDATE(fence) ON TABLE public.embedding_jobs TO heed_work;

GRANT SELECT ON TABLE public.embedding_rounds TO heed_web;
GRANT SELECT,INSERT,DELETE ON TABLE public.embedding_rounds TO heed_work;

GRANT UPDATE(due_at) ON TABLE public.embedding_rounds TO heed_work;

GRANT UPDATE(job_id) ON TABLE public.embedding_rounds TO heed_work;

GRANT UPDATE(sweep) ON TABLE public.embedding_rounds TO heed_work;

GRANT SELECT ON TABLE public.embedding_servers TO heed_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.embedding_servers TO heed_work;

GRANT SELECT ON TABLE public.embedding_sets TO heed_web;
GRANT SELECT,INSERT,DELETE ON TABLE public.embedding_sets TO heed_work;

GRANT UPDATE(state) ON TABLE public.embedding_sets TO heed_work;

GRANT UPDATE(dimension) ON TABLE public.embedding_sets TO heed_work;

GRANT UPDATE(mean) ON TABLE public.embedding_sets TO heed_work;

GRANT UPDATE(mean_chunks) ON TABLE public.embedding_sets TO heed_work;

GRANT UPDATE(chunks) ON TABLE public.embedding_sets TO heed_work;

GRANT SELECT ON TABLE public.embeddings TO heed_web;
GRANT SELECT,INSERT,DELETE ON TABLE public.embeddings TO heed_work;

GRANT UPDATE(bits) ON TABLE public.embeddings TO heed_work;

GRANT SELECT,INSERT ON TABLE public.entity_links TO heed_web;
GRANT SELECT,INSERT ON TABLE public.entity_links TO heed_work;

GRANT SELECT,INSERT ON TABLE public.entity_relationships TO heed_web;
GRANT SELECT,INSERT ON TABLE public.entity_relationships TO heed_work;

GRANT UPDATE(relationship) ON TABLE public.entity_relationships TO heed_web;

GRANT UPDATE(reverse) ON TABLE public.entity_relationships TO heed_web;

GRANT UPDATE(from_kind) ON TABLE public.entity_relationships TO heed_web;

GRANT UPDATE(from_id) ON TABLE public.entity_relationships TO heed_web;

GRANT UPDATE(to_kind) ON TABLE public.entity_relationships TO heed_web;

GRANT UPDATE(to_id) ON TABLE public.entity_relationships TO heed_web;

GRANT UPDATE(two_way) ON TABLE public.entity_relationships TO heed_web;

GRANT UPDATE(strength) ON TABLE public.entity_relationships TO heed_web;

GRANT UPDATE(since) ON TABLE public.entity_relationships TO heed_web;

GRANT UPDATE(until) ON TABLE public.entity_relationships TO heed_web;

GRANT UPDATE(notes) ON TABLE public.entity_relationships TO heed_web;

GRANT UPDATE(updated_at) ON TABLE public.entity_relationships TO heed_web;

GRANT UPDATE(version) ON TABLE public.entity_relationships TO heed_web;

GRANT UPDATE(from_assumption) ON TABLE public.entity_relationships TO heed_web;

GRANT SELECT,INSERT ON TABLE public.entity_sources TO heed_web;
GRANT SELECT,INSERT ON TABLE public.entity_sources TO heed_work;

GRANT UPDATE(source_id) ON TABLE public.entity_sources TO heed_work;

GRANT UPDATE(thing) ON TABLE public.entity_sources TO heed_web;
GRANT UPDATE(thing) ON TABLE public.entity_sources TO heed_work;

GRANT UPDATE(sequence) ON TABLE public.entity_sources TO heed_web;
GRANT UPDATE(sequence) ON TABLE public.entity_sources TO heed_work;

GRANT UPDATE(modified_at) ON TABLE public.entity_sources TO heed_web;
GRANT UPDATE(modified_at) ON TABLE public.entity_sources TO heed_work;

GRANT UPDATE(stamped_at) ON TABLE public.entity_sources TO heed_web;
GRANT UPDATE(stamped_at) ON TABLE public.entity_sources TO heed_work;

GRANT UPDATE(sha256) ON TABLE public.entity_sources TO heed_web;
GRANT UPDATE(sha256) ON TABLE public.entity_sources TO heed_work;

GRANT UPDATE(fields) ON TABLE public.entity_sources TO heed_web;
GRANT UPDATE(fields) ON TABLE public.entity_sources TO heed_work;

GRANT UPDATE(hand_changed) ON TABLE public.entity_sources TO heed_web;
GRANT UPDATE(hand_changed) ON TABLE public.entity_sources TO heed_work;

GRANT UPDATE(synced_at) ON TABLE public.entity_sources TO heed_web;
GRANT UPDATE(synced_at) ON TABLE public.entity_sources TO heed_work;

GRANT UPDATE(import_id) ON TABLE public.entity_sources TO heed_web;
GRANT UPDATE(import_id) ON TABLE public.entity_sources TO heed_work;

GRANT UPDATE(revision) ON TABLE public.entity_sources TO heed_web;
GRANT UPDATE(revision) ON TABLE public.entity_sources TO heed_work;

GRANT UPDATE(vanished_at) ON TABLE public.entity_sources TO heed_work;

GRANT UPDATE(vanished_by) ON TABLE public.entity_sources TO heed_work;

GRANT SELECT,INSERT ON TABLE public.escalation_events TO heed_web;
GRANT SELECT,INSERT ON TABLE public.escalation_events TO heed_work;

GRANT SELECT,INSERT ON TABLE public.escalations TO heed_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.escalations TO heed_work;

GRANT UPDATE(profile_id) ON TABLE public.escalations TO heed_web;

GRANT UPDATE(profile_name) ON TABLE public.escalations TO heed_web;

GRANT UPDATE(profile_version) ON TABLE public.escalations TO heed_web;

GRANT UPDATE(plan) ON TABLE public.escalations TO heed_web;

GRANT UPDATE(state) ON TABLE public.escalations TO heed_web;

GRANT UPDATE(run) ON TABLE public.escalations TO heed_web;

GRANT UPDATE(tier) ON TABLE public.escalations TO heed_web;

GRANT UPDATE(round) ON TABLE public.escalations TO heed_web;

GRANT UPDATE(started_at) ON TABLE public.escalations TO heed_web;

GRANT UPDATE(next_step_at) ON TABLE public.escalations TO heed_web;

GRANT UPDATE(again_at) ON TABLE public.escalations TO heed_web;

GRANT UPDATE(snoozed_until) ON TABLE public.escalations TO heed_web;

GRANT UPDATE(acknowledged_at) ON TABLE public.escalations TO heed_web;

GRANT UPDATE(ended_at) ON TABLE public.escalations TO heed_web;

GRANT UPDATE(fired_again) ON TABLE public.escalations TO heed_web;

GRANT SELECT(again_wall),UPDATE(again_wall) ON TABLE public.escalations TO heed_web;
GRANT SELECT(again_wall),UPDATE(again_wall) ON TABLE public.escalations TO heed_work;

GRANT SELECT(again_zone),UPDATE(again_zone) ON TABLE public.escalations TO heed_web;
GRANT SELECT(again_zone),UPDATE(again_zone) ON TABLE public.escalations TO heed_work;

GRANT UPDATE(next_kind) ON TABLE public.escalations TO heed_web;

GRANT SELECT ON TABLE public.escalation_timeline TO heed_web;
GRANT SELECT ON TABLE public.escalation_timeline TO heed_work;

GRANT SELECT,INSERT ON TABLE public.event_guests TO heed_web;
GRANT SELECT,INSERT,DELETE ON TABLE public.event_guests TO heed_work;

GRANT SELECT,INSERT ON TABLE public.event_instances TO heed_web;
GRANT SELECT,INSERT,DELETE ON TABLE public.event_instances TO heed_work;

GRANT SELECT,INSERT ON TABLE public.event_log TO heed_web;
GRANT SELECT,INSERT,DELETE ON TABLE public.event_log TO heed_work;

GRANT SELECT,INSERT ON TABLE public.event_overrides TO heed_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.event_overrides TO heed_work;

GRANT UPDATE(instance) ON TABLE public.event_overrides TO heed_web;

GRANT UPDATE(all_day) ON TABLE public.event_overrides TO heed_web;

GRANT UPDATE(starts) ON TABLE public.event_overrides TO heed_web;

GRANT UPDATE(ends) ON TABLE public.event_overrides TO heed_web;

GRANT UPDATE(is_point) ON TABLE public.event_overrides TO heed_web;

GRANT UPDATE(zone) ON TABLE public.event_overrides TO heed_web;

GRANT UPDATE(ends_zone) ON TABLE public.event_overrides TO heed_web;

GRANT UPDATE(title) ON TABLE public.event_overrides TO heed_web;

GRANT UPDATE(description) ON TABLE public.event_overrides TO heed_web;

GRANT UPDATE(type) ON TABLE public.event_overrides TO heed_web;

GRANT UPDATE(status) ON TABLE public.event_overrides TO heed_web;

GRANT UPDATE(visibility) ON TABLE public.event_overrides TO heed_web;

GRANT UPDATE(busy) ON TABLE public.event_overrides TO heed_web;

GRANT UPDATE(importance) ON TABLE public.event_overrides TO heed_web;

GRANT UPDATE(location) ON TABLE public.event_overrides TO heed_web;

GRANT UPDATE(place_id) ON TABLE public.event_overrides TO heed_web;

GRANT UPDATE(virtual_url) ON TABLE public.event_overrides TO heed_web;

GRANT UPDATE(updated_at) ON TABLE public.event_overrides TO heed_web;

GRANT UPDATE(no_place) ON TABLE public.event_overrides TO heed_web;

GRANT UPDATE(cancelled_at) ON TABLE public.event_overrides TO heed_web;

GRANT SELECT,INSERT ON TABLE public.event_reminders TO heed_web;
GRANT SELECT,INSERT ON TABLE public.event_reminders TO heed_work;

GRANT SELECT,INSERT ON TABLE public.events TO heed_web;
GRANT SELECT,INSERT ON TABLE public.events TO heed_work;

GRANT UPDATE(title) ON TABLE public.events TO heed_web;
GRANT UPDATE(title) ON TABLE public.events TO heed_work;

GRANT UPDATE(description) ON TABLE public.events TO heed_web;
GRANT UPDATE(description) ON TABLE public.events TO heed_work;

GRANT UPDATE(type) ON TABLE public.events TO heed_web;
GRANT UPDATE(type) ON TABLE public.events TO heed_work;

GRANT UPDATE(status) ON TABLE public.events TO heed_web;
GRANT UPDATE(status) ON TABLE public.events TO heed_work;

GRANT UPDATE(visibility) ON TABLE public.events TO heed_web;
GRANT UPDATE(visibility) ON TABLE public.events TO heed_work;

GRANT UPDATE(busy) ON TABLE public.events TO heed_web;
GRANT UPDATE(busy) ON TABLE public.events TO heed_work;

GRANT UPDATE(importance) ON TABLE public.events TO heed_web;
GRANT UPDATE(importance) ON TABLE public.events TO heed_work;

GRANT UPDATE(all_day) ON TABLE public.events TO heed_web;
GRANT UPDATE(all_day) ON TABLE public.events TO heed_work;

GRANT UPDATE(starts) ON TABLE public.events TO heed_web;
GRANT UPDATE(starts) ON TABLE public.events TO heed_work;

GRANT UPDATE(ends) ON TABLE public.events TO heed_web;
GRANT UPDATE(ends) ON TABLE public.events TO heed_work;

GRANT UPDATE(zone) ON TABLE public.events TO heed_web;
GRANT UPDATE(zone) ON TABLE public.events TO heed_work;

GRANT UPDATE(ends_zone) ON TABLE public.events TO heed_web;
GRANT UPDATE(ends_zone) ON TABLE public.events TO heed_work;

GRANT UPDATE(starts_at) ON TABLE public.events TO heed_web;
GRANT UPDATE(starts_at) ON TABLE public.events TO heed_work;

GRANT UPDATE(ends_at) ON TABLE public.events TO heed_web;
GRANT UPDATE(ends_at) ON TABLE public.events TO heed_work;

GRANT UPDATE(rule) ON TABLE public.events TO heed_web;
GRANT UPDATE(rule) ON TABLE public.events TO heed_work;

GRANT UPDATE(rule_words) ON TABLE public.events TO heed_web;
GRANT UPDATE(rule_words) ON TABLE public.events TO heed_work;

GRANT UPDATE(counts_start) ON TABLE public.events TO heed_web;
GRANT UPDATE(counts_start) ON TABLE public.events TO heed_work;

GRANT UPDATE(rdates) ON TABLE public.events TO heed_web;
GRANT UPDATE(rdates) ON TABLE public.events TO heed_work;

GRANT UPDATE(exdates) ON TABLE public.events TO heed_web;
GRANT UPDATE(exdates) ON TABLE public.events TO heed_work;

GRANT UPDATE(series_until) ON TABLE public.events TO heed_web;
GRANT UPDATE(series_until) ON TABLE public.events TO heed_work;

GRANT UPDATE(continues) ON TABLE public.events TO heed_web;
GRANT UPDATE(continues) ON TABLE public.events TO heed_work;

GRANT UPDATE(location) ON TABLE public.events TO heed_web;
GRANT UPDATE(location) ON TABLE public.events TO heed_work;

GRANT UPDATE(place_id) ON TABLE public.events TO heed_web;
GRANT UPDATE(place_id) ON TABLE public.events TO heed_work;

GRANT UPDATE(virtual_url) ON TABLE public.events TO heed_web;
GRANT UPDATE(virtual_url) ON TABLE public.events TO heed_work;

GRANT UPDATE(remind_months) ON TABLE public.events TO heed_web;
GRANT UPDATE(remind_months) ON TABLE public.events TO heed_work;

GRANT UPDATE(remind_seconds) ON TABLE public.events TO heed_web;
GRANT UPDATE(remind_seconds) ON TABLE public.events TO heed_work;

GRANT UPDATE(remind_time) ON TABLE public.events TO heed_web;
GRANT UPDATE(remind_time) ON TABLE public.events TO heed_work;

GRANT UPDATE(remind_words) ON TABLE public.events TO heed_web;
GRANT UPDATE(remind_words) ON TABLE public.events TO heed_work;

GRANT UPDATE(profile_id) ON TABLE public.events TO heed_web;
GRANT UPDATE(profile_id) ON TABLE public.events TO heed_work;

GRANT UPDATE(bell_at) ON TABLE public.events TO heed_web;
GRANT UPDATE(bell_at) ON TABLE public.events TO heed_work;

GRANT UPDATE(uid) ON TABLE public.events TO heed_web;
GRANT UPDATE(uid) ON TABLE public.events TO heed_work;

GRANT UPDATE(sequence) ON TABLE public.events TO heed_web;
GRANT UPDATE(sequence) ON TABLE public.events TO heed_work;

GRANT UPDATE(cancelled_at) ON TABLE public.events TO heed_web;
GRANT UPDATE(cancelled_at) ON TABLE public.events TO heed_work;

GRANT UPDATE(private) ON TABLE public.events TO heed_web;
GRANT UPDATE(private) ON TABLE public.events TO heed_work;

GRANT UPDATE(metadata) ON TABLE public.events TO heed_web;
GRANT UPDATE(metadata) ON TABLE public.events TO heed_work;

GRANT UPDATE(source) ON TABLE public.events TO heed_web;
GRANT UPDATE(source) ON TABLE public.events TO heed_work;

GRANT UPDATE(deleted_at) ON TABLE public.events TO heed_web;
GRANT UPDATE(deleted_at) ON TABLE public.events TO heed_work;

GRANT UPDATE(deletion_id) ON TABLE public.events TO heed_web;
GRANT UPDATE(deletion_id) ON TABLE public.events TO heed_work;

GRANT UPDATE(updated_at) ON TABLE public.events TO heed_web;
GRANT UPDATE(updated_at) ON TABLE public.events TO heed_work;

GRANT UPDATE(version) ON TABLE public.events TO heed_web;
GRANT UPDATE(version) ON TABLE public.events TO heed_work;

GRANT UPDATE(kept_from) ON TABLE public.events TO heed_web;
GRANT UPDATE(kept_from) ON TABLE public.events TO heed_work;

GRANT UPDATE(kept_until) ON TABLE public.events TO heed_web;
GRANT UPDATE(kept_until) ON TABLE public.events TO heed_work;

GRANT UPDATE(zone_version) ON TABLE public.events TO heed_web;
GRANT UPDATE(zone_version) ON TABLE public.events TO heed_work;

GRANT SELECT,INSERT ON TABLE public.feed_doubts TO heed_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.feed_doubts TO heed_work;

GRANT SELECT,INSERT ON TABLE public.feeds TO heed_web;
GRANT SELECT ON TABLE public.feeds TO heed_work;

GRANT UPDATE(read_at) ON TABLE public.feeds TO heed_web;

GRANT UPDATE(stamp) ON TABLE public.feeds TO heed_web;

GRANT UPDATE(etag) ON TABLE public.feeds TO heed_web;

GRANT UPDATE(body) ON TABLE public.feeds TO heed_web;

GRANT SELECT,INSERT ON TABLE public.files TO heed_web;
GRANT SELECT,INSERT ON TABLE public.files TO heed_work;

GRANT SELECT,INSERT ON TABLE public.occurrences TO heed_web;
GRANT SELECT,INSERT ON TABLE public.occurrences TO heed_work;

GRANT SELECT ON TABLE public.fired TO heed_web;
GRANT SELECT ON TABLE public.fired TO heed_work;

GRANT SELECT,INSERT ON TABLE public.goal_subtasks TO heed_web;
GRANT SELECT,DELETE ON TABLE public.goal_subtasks TO heed_work;

GRANT UPDATE("position") ON TABLE public.goal_subtasks TO heed_web;

GRANT UPDATE(title) ON TABLE public.goal_subtasks TO heed_web;

GRANT UPDATE(description) ON TABLE public.goal_subtasks TO heed_web;

GRANT UPDATE(success_criteria) ON TABLE public.goal_subtasks TO heed_web;

GRANT UPDATE(estimated_days) ON TABLE public.goal_subtasks TO heed_web;

GRANT UPDATE(status) ON TABLE public.goal_subtasks TO heed_web;

GRANT UPDATE(completed_at) ON TABLE public.goal_subtasks TO heed_web;

GRANT UPDATE(deleted_at) ON TABLE public.goal_subtasks TO heed_web;

GRANT UPDATE(updated_at) ON TABLE public.goal_subtasks TO heed_web;

GRANT UPDATE(version) ON TABLE public.goal_subtasks TO heed_web;

GRANT SELECT,INSERT ON TABLE public.goals TO heed_web;
GRANT SELECT,DELETE ON TABLE public.goals TO heed_work;

GRANT UPDATE(title) ON TABLE public.goals TO heed_web;

GRANT UPDATE(description) ON TABLE public.goals TO heed_web;

GRANT UPDATE(category) ON TABLE public.goals TO heed_web;

GRANT UPDATE(deadline) ON TABLE public.goals TO heed_web;

GRANT UPDATE(status) ON TABLE public.goals TO heed_web;

GRANT UPDATE(completed_at) ON TABLE public.goals TO heed_web;

GRANT UPDATE(deleted_at) ON TABLE public.goals TO heed_web;

GRANT UPDATE(updated_at) ON TABLE public.goals TO heed_web;

GRANT UPDATE(version) ON TABLE public.goals TO heed_web;

GRANT UPDATE(rests) ON TABLE public.goals TO heed_web;

GRANT UPDATE(horizon) ON TABLE public.goals TO heed_web;

GRANT UPDATE(private) ON TABLE public.goals TO heed_web;

GRANT UPDATE(deletion_id) ON TABLE public.goals TO heed_web;

GRANT SELECT,INSERT ON TABLE public.golden_questions TO heed_web;
GRANT SELECT,UPDATE ON TABLE public.golden_questions TO heed_work;

GRANT UPDATE(place) ON TABLE public.golden_questions TO heed_web;

GRANT SELECT,INSERT ON TABLE public.golden_runs TO heed_web;
GRANT SELECT,INSERT,DELETE ON TABLE public.golden_runs TO heed_work;

GRANT SELECT,INSERT ON TABLE public.habit_days TO heed_web;
GRANT SELECT,INSERT ON TABLE public.habit_days TO heed_work;

GRANT UPDATE(state) ON TABLE public.habit_days TO heed_web;

GRANT UPDATE(amount) ON TABLE public.habit_days TO heed_web;

GRANT UPDATE(reason) ON TABLE public.habit_days TO heed_web;

GRANT UPDATE(notes) ON TABLE public.habit_days TO heed_web;

GRANT UPDATE(source) ON TABLE public.habit_days TO heed_web;

GRANT UPDATE(timezone) ON TABLE public.habit_days TO heed_web;

GRANT UPDATE(ticked_at) ON TABLE public.habit_days TO heed_web;

GRANT UPDATE(press) ON TABLE public.habit_days TO heed_web;

GRANT UPDATE(was_state) ON TABLE public.habit_days TO heed_web;

GRANT UPDATE(was_amount) ON TABLE public.habit_days TO heed_web;

GRANT UPDATE(was_reason) ON TABLE public.habit_days TO heed_web;

GRANT SELECT,INSERT ON TABLE public.habit_frequencies TO heed_web;
GRANT SELECT,INSERT ON TABLE public.habit_frequencies TO heed_work;

GRANT UPDATE(frequency) ON TABLE public.habit_frequencies TO heed_web;

GRANT UPDATE(days) ON TABLE public.habit_frequencies TO heed_web;

GRANT UPDATE(times) ON TABLE public.habit_frequencies TO heed_web;

GRANT UPDATE(target) ON TABLE public.habit_frequencies TO heed_web;

GRANT UPDATE(direction) ON TABLE public.habit_frequencies TO heed_web;

GRANT UPDATE(period) ON TABLE public.habit_frequencies TO heed_web;

GRANT SELECT,INSERT ON TABLE public.habit_goals TO heed_web;
GRANT SELECT ON TABLE public.habit_goals TO heed_work;

GRANT SELECT,INSERT ON TABLE public.habit_import_rows TO heed_web;
GRANT SELECT,INSERT ON TABLE public.habit_import_rows TO heed_work;

GRANT SELECT,INSERT ON TABLE public.habit_imports TO heed_web;
GRANT SELECT,DELETE ON TABLE public.habit_imports TO heed_work;

GRANT UPDATE(file) ON TABLE public.habit_imports TO heed_web;
GRANT UPDATE(file) ON TABLE public.habit_imports TO heed_work;

GRANT UPDATE(refused) ON TABLE public.habit_imports TO heed_web;
GRANT UPDATE(refused) ON TABLE public.habit_imports TO heed_work;

GRANT UPDATE(confirmed_at) ON TABLE public.habit_imports TO heed_web;
GRANT UPDATE(confirmed_at) ON TABLE public.habit_imports TO heed_work;

GRANT UPDATE(undone_at) ON TABLE public.habit_imports TO heed_web;

GRANT UPDATE(job_id) ON TABLE public.habit_imports TO heed_web;
GRANT UPDATE(job_id) ON TABLE public.habit_imports TO heed_work;

GRANT UPDATE(choices) ON TABLE public.habit_imports TO heed_web;
GRANT UPDATE(choices) ON TABLE public.habit_imports TO heed_work;

GRANT UPDATE(failure) ON TABLE public.habit_imports TO heed_web;
GRANT UPDATE(failure) ON TABLE public.habit_imports TO heed_work;

GRANT SELECT ON TABLE public.habit_lines TO heed_web;
GRANT SELECT ON TABLE public.habit_lines TO heed_work;

GRANT UPDATE(line) ON TABLE public.habit_lines TO heed_web;

GRANT UPDATE(week) ON TABLE public.habit_lines TO heed_web;

GRANT SELECT,INSERT ON TABLE public.habit_pauses TO heed_web;
GRANT SELECT,INSERT ON TABLE public.habit_pauses TO heed_work;

GRANT UPDATE(from_date) ON TABLE public.habit_pauses TO heed_web;

GRANT UPDATE(until_date) ON TABLE public.habit_pauses TO heed_web;

GRANT UPDATE(reason) ON TABLE public.habit_pauses TO heed_web;

GRANT UPDATE(batch) ON TABLE public.habit_pauses TO heed_web;

GRANT SELECT,INSERT ON TABLE public.habit_sources TO heed_web;
GRANT SELECT,INSERT ON TABLE public.habit_sources TO heed_work;

GRANT UPDATE(habit_id) ON TABLE public.habit_sources TO heed_web;
GRANT UPDATE(habit_id) ON TABLE public.habit_sources TO heed_work;

GRANT SELECT ON TABLE public.habit_years TO heed_web;
GRANT SELECT ON TABLE public.habit_years TO heed_work;

GRANT UPDATE(stamp) ON TABLE public.habit_years TO heed_web;

GRANT UPDATE(page) ON TABLE public.habit_years TO heed_web;

GRANT UPDATE(notes) ON TABLE public.habit_years TO heed_web;

GRANT SELECT,INSERT ON TABLE public.habits TO heed_web;
GRANT SELECT,INSERT,DELETE ON TABLE public.habits TO heed_work;

GRANT UPDATE(name) ON TABLE public.habits TO heed_web;

GRANT UPDATE(description) ON TABLE public.habits TO heed_web;

GRANT UPDATE(status) ON TABLE public.habits TO heed_web;

GRANT UPDATE(kind) ON TABLE public.habits TO heed_web;

GRANT UPDATE(unit) ON TABLE public.habits TO heed_web;

GRANT UPDATE(step) ON TABLE public.habits TO heed_web;

GRANT UPDATE(colour) ON TABLE public.habits TO heed_web;

GRANT UPDATE(habit_group) ON TABLE public.habits TO heed_web;

GRANT UPDATE("position") ON TABLE public.habits TO heed_web;
GRANT UPDATE("position") ON TABLE public.habits TO heed_work;

GRANT UPDATE(preferred_time) ON TABLE public.habits TO heed_web;

GRANT UPDATE(state) ON TABLE public.habits TO heed_web;
GRANT UPDATE(state) ON TABLE public.habits TO heed_work;

GRANT UPDATE(state_next) ON TABLE public.habits TO heed_web;
GRANT UPDATE(state_next) ON TABLE public.habits TO heed_work;

GRANT UPDATE(year_state) ON TABLE public.habits TO heed_web;
GRANT UPDATE(year_state) ON TABLE public.habits TO heed_work;

GRANT UPDATE(year_next) ON TABLE public.habits TO heed_web;
GRANT UPDATE(year_next) ON TABLE public.habits TO heed_work;

GRANT UPDATE(deleted_at) ON TABLE public.habits TO heed_web;

GRANT UPDATE(updated_at) ON TABLE public.habits TO heed_web;
GRANT UPDATE(updated_at) ON TABLE public.habits TO heed_work;

GRANT UPDATE(version) ON TABLE public.habits TO heed_web;

GRANT UPDATE(reminder_profile_id) ON TABLE public.habits TO heed_web;

GRANT SELECT,INSERT ON TABLE public.idempotency_keys TO heed_web;
GRANT SELECT,DELETE ON TABLE public.idempotency_keys TO heed_work;

GRANT UPDATE(location) ON TABLE public.idempotency_keys TO heed_web;

GRANT SELECT ON TABLE public.inbox_counts TO heed_web;
GRANT SELECT ON TABLE public.inbox_counts TO heed_work;

GRANT SELECT,INSERT ON TABLE public.inbox_items TO heed_web;
GRANT SELECT,DELETE ON TABLE public.inbox_items TO heed_work;

GRANT UPDATE(became_kind) ON TABLE public.inbox_items TO heed_web;

GRANT UPDATE(became_id) ON TABLE public.inbox_items TO heed_web;

GRANT UPDATE(joined) ON TABLE public.inbox_items TO heed_web;

GRANT UPDATE(sorted_at) ON TABLE public.inbox_items TO heed_web;

GRANT UPDATE(deleted_at) ON TABLE public.inbox_items TO heed_web;

GRANT SELECT,INSERT ON TABLE public.invitations TO heed_web;
GRANT SELECT,DELETE ON TABLE public.invitations TO heed_work;

GRANT UPDATE(revoked_at) ON TABLE public.invitations TO heed_web;

GRANT SELECT,INSERT ON TABLE public.jobs TO heed_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.jobs TO heed_work;

GRANT SELECT,INSERT ON TABLE public.learning_samples TO heed_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.learning_samples TO heed_work;

GRANT UPDATE(delivered) ON TABLE public.learning_samples TO heed_web;

GRANT SELECT ON TABLE public.list_changes TO heed_web;
GRANT SELECT ON TABLE public.list_changes TO heed_work;

GRANT SELECT,INSERT ON TABLE public.mailbox_looks TO heed_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.mailbox_looks TO heed_work;

GRANT SELECT ON TABLE public.memory_rounds TO heed_web;
GRANT SELECT ON TABLE public.memory_rounds TO heed_work;

GRANT UPDATE(since) ON TABLE public.memory_rounds TO heed_work;

GRANT UPDATE(due_at) ON TABLE public.memory_rounds TO heed_work;

GRANT SELECT,INSERT ON TABLE public.memory_summaries TO heed_web;
GRANT SELECT,INSERT ON TABLE public.memory_summaries TO heed_work;

GRANT UPDATE(from_at) ON TABLE public.memory_summaries TO heed_web;
GRANT UPDATE(from_at) ON TABLE public.memory_summaries TO heed_work;

GRANT UPDATE(until_at) ON TABLE public.memory_summaries TO heed_web;
GRANT UPDATE(until_at) ON TABLE public.memory_summaries TO heed_work;

GRANT UPDATE(zone) ON TABLE public.memory_summaries TO heed_web;
GRANT UPDATE(zone) ON TABLE public.memory_summaries TO heed_work;

GRANT UPDATE(week_start) ON TABLE public.memory_summaries TO heed_web;
GRANT UPDATE(week_start) ON TABLE public.memory_summaries TO heed_work;

GRANT UPDATE(facts) ON TABLE public.memory_summaries TO heed_web;
GRANT UPDATE(facts) ON TABLE public.memory_summaries TO heed_work;

GRANT UPDATE(sources) ON TABLE public.memory_summaries TO heed_web;
GRANT UPDATE(sources) ON TABLE public.memory_summaries TO heed_work;

GRANT UPDATE(text) ON TABLE public.memory_summaries TO heed_web;
GRANT UPDATE(text) ON TABLE public.memory_summaries TO heed_work;

GRANT UPDATE(written) ON TABLE public.memory_summaries TO heed_web;
GRANT UPDATE(written) ON TABLE public.memory_summaries TO heed_work;

GRANT UPDATE(deleted_at) ON TABLE public.memory_summaries TO heed_web;

GRANT UPDATE(updated_at) ON TABLE public.memory_summaries TO heed_web;
GRANT UPDATE(updated_at) ON TABLE public.memory_summaries TO heed_work;

GRANT UPDATE(version) ON TABLE public.memory_summaries TO heed_web;

GRANT SELECT,INSERT ON TABLE public.merges TO heed_web;
GRANT SELECT ON TABLE public.merges TO heed_work;

GRANT UPDATE(moved) ON TABLE public.merges TO heed_work;

GRANT UPDATE(undone_at) ON TABLE public.merges TO heed_web;

GRANT SELECT,INSERT ON TABLE public.message_addresses TO heed_web;
GRANT SELECT,INSERT ON TABLE public.message_addresses TO heed_work;

GRANT SELECT,INSERT ON TABLE public.message_revisions TO heed_web;
GRANT SELECT,INSERT ON TABLE public.message_revisions TO heed_work;

GRANT SELECT,INSERT ON TABLE public.messages TO heed_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.messages TO heed_work;

GRANT UPDATE(conversation_id) ON TABLE public.messages TO heed_web;

GRANT UPDATE(customer_id) ON TABLE public.messages TO heed_web;

GRANT UPDATE(is_stranger) ON TABLE public.messages TO heed_web;

GRANT UPDATE(recipients) ON TABLE public.messages TO heed_web;

GRANT UPDATE(copies) ON TABLE public.messages TO heed_web;

GRANT UPDATE(seen_id) ON TABLE public.messages TO heed_web;

GRANT UPDATE(sending) ON TABLE public.messages TO heed_web;

GRANT UPDATE(send_at) ON TABLE public.messages TO heed_web;

GRANT UPDATE(reason) ON TABLE public.messages TO heed_web;

GRANT UPDATE(code) ON TABLE public.messages TO heed_web;

GRANT UPDATE(detail) ON TABLE public.messages TO heed_web;

GRANT UPDATE(closes) ON TABLE public.messages TO heed_web;

GRANT SELECT ON TABLE public.model_account_days TO heed_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.model_account_days TO heed_work;

GRANT SELECT ON TABLE public.model_days TO heed_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.model_days TO heed_work;

GRANT SELECT ON TABLE public.model_servers TO heed_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.model_servers TO heed_work;

GRANT SELECT,INSERT ON TABLE public.muted_addresses TO heed_web;
GRANT SELECT,INSERT ON TABLE public.muted_addresses TO heed_work;

GRANT SELECT,INSERT ON TABLE public.notification_settings TO heed_web;
GRANT SELECT ON TABLE public.notification_settings TO heed_work;

GRANT UPDATE(tells) ON TABLE public.notification_settings TO heed_web;

GRANT UPDATE(version) ON TABLE public.notification_settings TO heed_web;

GRANT UPDATE(updated_at) ON TABLE public.notification_settings TO heed_web;

GRANT SELECT,INSERT ON TABLE public.notifications TO heed_web;
GRANT SELECT,DELETE ON TABLE public.notifications TO heed_work;

GRANT UPDATE(read_at) ON TABLE public.notifications TO heed_web;

GRANT SELECT,INSERT ON TABLE public.outbox TO heed_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.outbox TO heed_work;

GRANT UPDATE(state) ON TABLE public.outbox TO heed_web;

GRANT UPDATE(due_at) ON TABLE public.outbox TO heed_web;

GRANT UPDATE(attempts) ON TABLE public.outbox TO heed_web;

GRANT UPDATE(reason) ON TABLE public.outbox TO heed_web;

GRANT UPDATE(code) ON TABLE public.outbox TO heed_web;

GRANT UPDATE(detail) ON TABLE public.outbox TO heed_web;

GRANT UPDATE(sent_at) ON TABLE public.outbox TO heed_web;

GRANT SELECT,INSERT ON TABLE public.outbox_attempts TO heed_web;
GRANT SELECT,INSERT ON TABLE public.outbox_attempts TO heed_work;

GRANT SELECT,INSERT ON TABLE public.participants TO heed_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.participants TO heed_work;

GRANT UPDATE(name) ON TABLE public.participants TO heed_web;

GRANT UPDATE(is_taken) ON TABLE public.participants TO heed_web;

GRANT SELECT ON TABLE public.passages TO heed_web;
GRANT SELECT ON TABLE public.passages TO heed_work;

GRANT SELECT,INSERT ON TABLE public.people TO heed_web;
GRANT SELECT,INSERT ON TABLE public.people TO heed_work;

GRANT UPDATE(name) ON TABLE public.people TO heed_web;
GRANT UPDATE(name) ON TABLE public.people TO heed_work;

GRANT UPDATE(email) ON TABLE public.people TO heed_web;
GRANT UPDATE(email) ON TABLE public.people TO heed_work;

GRANT UPDATE(phone) ON TABLE public.people TO heed_web;
GRANT UPDATE(phone) ON TABLE public.people TO heed_work;

GRANT UPDATE(addresses) ON TABLE public.people TO heed_web;
GRANT UPDATE(addresses) ON TABLE public.people TO heed_work;

GRANT UPDATE(type) ON TABLE public.people TO heed_web;
GRANT UPDATE(type) ON TABLE public.people TO heed_work;

GRANT UPDATE(importance) ON TABLE public.people TO heed_web;
GRANT UPDATE(importance) ON TABLE public.people TO heed_work;

GRANT UPDATE(company) ON TABLE public.people TO heed_web;
GRANT UPDATE(company) ON TABLE public.people TO heed_work;

GRANT UPDATE(title) ON TABLE public.people TO heed_web;
GRANT UPDATE(title) ON TABLE public.people TO heed_work;

GRANT UPDATE(notes) ON TABLE public.people TO heed_web;
GRANT UPDATE(notes) ON TABLE public.people TO heed_work;

GRANT UPDATE(birth_year) ON TABLE public.people TO heed_web;
GRANT UPDATE(birth_year) ON TABLE public.people TO heed_work;

GRANT UPDATE(birth_month) ON TABLE public.people TO heed_web;
GRANT UPDATE(birth_month) ON TABLE public.people TO heed_work;

GRANT UPDATE(birth_day) ON TABLE public.people TO heed_web;
GRANT UPDATE(birth_day) ON TABLE public.people TO heed_work;

GRANT UPDATE(stay_words) ON TABLE public.people TO heed_web;
GRANT UPDATE(stay_words) ON TABLE public.people TO heed_work;

GRANT UPDATE(stay_months) ON TABLE public.people TO heed_web;
GRANT UPDATE(stay_months) ON TABLE public.people TO heed_work;

GRANT UPDATE(stay_days) ON TABLE public.people TO heed_web;
GRANT UPDATE(stay_days) ON TABLE public.people TO heed_work;

GRANT UPDATE(stay_set_at) ON TABLE public.people TO heed_web;
GRANT UPDATE(stay_set_at) ON TABLE public.people TO heed_work;

GRANT UPDATE(stay_events) ON TABLE public.people TO heed_web;
GRANT UPDATE(stay_events) ON TABLE public.people TO heed_work;

GRANT UPDATE(stay_due_at) ON TABLE public.people TO heed_web;
GRANT UPDATE(stay_due_at) ON TABLE public.people TO heed_work;

GRANT UPDATE(last_contact_at) ON TABLE public.people TO heed_web;
GRANT UPDATE(last_contact_at) ON TABLE public.people TO heed_work;

GRANT UPDATE(private) ON TABLE public.people TO heed_web;
GRANT UPDATE(private) ON TABLE public.people TO heed_work;

GRANT UPDATE(metadata) ON TABLE public.people TO heed_web;
GRANT UPDATE(metadata) ON TABLE public.people TO heed_work;

GRANT UPDATE(merged_into) ON TABLE public.people TO heed_web;

GRANT UPDATE(deleted_at) ON TABLE public.people TO heed_web;
GRANT UPDATE(deleted_at) ON TABLE public.people TO heed_work;

GRANT UPDATE(deletion_id) ON TABLE public.people TO heed_web;
GRANT UPDATE(deletion_id) ON TABLE public.people TO heed_work;

GRANT UPDATE(updated_at) ON TABLE public.people TO heed_web;
GRANT UPDATE(updated_at) ON TABLE public.people TO heed_work;

GRANT UPDATE(version) ON TABLE public.people TO heed_web;
GRANT UPDATE(version) ON TABLE public.people TO heed_work;

GRANT SELECT,INSERT ON TABLE public.person_addresses TO heed_web;
GRANT SELECT,INSERT ON TABLE public.person_addresses TO heed_work;

GRANT UPDATE(person_id) ON TABLE public.person_addresses TO heed_web;

GRANT UPDATE(value) ON TABLE public.person_addresses TO heed_web;
GRANT UPDATE(value) ON TABLE public.person_addresses TO heed_work;

GRANT UPDATE("position") ON TABLE public.person_addresses TO heed_web;
GRANT UPDATE("position") ON TABLE public.person_addresses TO heed_work;

GRANT SELECT,INSERT ON TABLE public.person_reminders TO heed_web;
GRANT SELECT,INSERT ON TABLE public.person_reminders TO heed_work;

GRANT UPDATE(person_id) ON TABLE public.person_reminders TO heed_web;

GRANT SELECT,INSERT ON TABLE public.phone_codes TO heed_web;
GRANT SELECT,DELETE ON TABLE public.phone_codes TO heed_work;

GRANT UPDATE(tries) ON TABLE public.phone_codes TO heed_web;

GRANT UPDATE(used_at) ON TABLE public.phone_codes TO heed_web;

GRANT SELECT,INSERT ON TABLE public.phone_stops TO heed_web;
GRANT SELECT ON TABLE public.phone_stops TO heed_work;

GRANT UPDATE(stopped_at) ON TABLE public.phone_stops TO heed_web;

GRANT SELECT,INSERT ON TABLE public.phones TO heed_web;
GRANT SELECT ON TABLE public.phones TO heed_work;

GRANT UPDATE(number_key) ON TABLE public.phones TO heed_web;

GRANT UPDATE(verified_at) ON TABLE public.phones TO heed_web;

GRANT UPDATE(stopped_at) ON TABLE public.phones TO heed_web;
GRANT UPDATE(stopped_at) ON TABLE public.phones TO heed_work;

GRANT SELECT,INSERT ON TABLE public.places TO heed_web;
GRANT SELECT ON TABLE public.places TO heed_work;

GRANT UPDATE(name) ON TABLE public.places TO heed_web;

GRANT UPDATE(type) ON TABLE public.places TO heed_web;

GRANT UPDATE(address) ON TABLE public.places TO heed_web;

GRANT UPDATE(city) ON TABLE public.places TO heed_web;

GRANT UPDATE(state) ON TABLE public.places TO heed_web;

GRANT UPDATE(country) ON TABLE public.places TO heed_web;

GRANT UPDATE(latitude) ON TABLE public.places TO heed_web;

GRANT UPDATE(longitude) ON TABLE public.places TO heed_web;

GRANT UPDATE(timezone) ON TABLE public.places TO heed_web;

GRANT UPDATE(notes) ON TABLE public.places TO heed_web;

GRANT UPDATE(private) ON TABLE public.places TO heed_web;

GRANT UPDATE(metadata) ON TABLE public.places TO heed_web;

GRANT UPDATE(deleted_at) ON TABLE public.places TO heed_web;

GRANT UPDATE(deletion_id) ON TABLE public.places TO heed_web;

GRANT UPDATE(updated_at) ON TABLE public.places TO heed_web;

GRANT UPDATE(version) ON TABLE public.places TO heed_web;

GRANT SELECT,INSERT ON TABLE public.planner_import_rows TO heed_web;
GRANT SELECT,INSERT ON TABLE public.planner_import_rows TO heed_work;

GRANT UPDATE(reason) ON TABLE public.planner_import_rows TO heed_work;

GRANT SELECT,INSERT ON TABLE public.planner_imports TO heed_web;
GRANT SELECT,DELETE ON TABLE public.planner_imports TO heed_work;

GRANT UPDATE(file) ON TABLE public.planner_imports TO heed_web;
GRANT UPDATE(file) ON TABLE public.planner_imports TO heed_work;

GRANT UPDATE(confirmed_at) ON TABLE public.planner_imports TO heed_web;

GRANT UPDATE(same) ON TABLE public.planner_imports TO heed_web;

GRANT UPDATE(trash) ON TABLE public.planner_imports TO heed_web;

GRANT UPDATE(job_id) ON TABLE public.planner_imports TO heed_web;

GRANT UPDATE(finished_at) ON TABLE public.planner_imports TO heed_web;
GRANT UPDATE(finished_at) ON TABLE public.planner_imports TO heed_work;

GRANT UPDATE(failed) ON TABLE public.planner_imports TO heed_work;

GRANT UPDATE(undo_at) ON TABLE public.planner_imports TO heed_web;

GRANT UPDATE(undone_at) ON TABLE public.planner_imports TO heed_web;
GRANT UPDATE(undone_at) ON TABLE public.planner_imports TO heed_work;

GRANT UPDATE(kept) ON TABLE public.planner_imports TO heed_web;
GRANT UPDATE(kept) ON TABLE public.planner_imports TO heed_work;

GRANT SELECT,INSERT ON TABLE public.problems TO heed_web;
GRANT SELECT ON TABLE public.problems TO heed_work;

GRANT UPDATE(title) ON TABLE public.problems TO heed_web;

GRANT UPDATE(description) ON TABLE public.problems TO heed_web;

GRANT UPDATE(status) ON TABLE public.problems TO heed_web;

GRANT UPDATE(severity) ON TABLE public.problems TO heed_web;

GRANT UPDATE(horizon) ON TABLE public.problems TO heed_web;

GRANT UPDATE(private) ON TABLE public.problems TO heed_web;

GRANT UPDATE(resolved_at) ON TABLE public.problems TO heed_web;

GRANT UPDATE(deleted_at) ON TABLE public.problems TO heed_web;

GRANT UPDATE(deletion_id) ON TABLE public.problems TO heed_web;

GRANT UPDATE(updated_at) ON TABLE public.problems TO heed_web;

GRANT UPDATE(version) ON TABLE public.problems TO heed_web;

GRANT SELECT,INSERT ON TABLE public.profiles TO heed_web;
GRANT SELECT ON TABLE public.profiles TO heed_work;

GRANT UPDATE(name) ON TABLE public.profiles TO heed_web;

GRANT UPDATE(description) ON TABLE public.profiles TO heed_web;

GRANT UPDATE(tiers) ON TABLE public.profiles TO heed_web;

GRANT UPDATE(repeat_minutes) ON TABLE public.profiles TO heed_web;

GRANT UPDATE(repeat_limit) ON TABLE public.profiles TO heed_web;

GRANT UPDATE(version) ON TABLE public.profiles TO heed_web;

GRANT UPDATE(updated_at) ON TABLE public.profiles TO heed_web;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.prompt_runs TO heed_work;

GRANT SELECT(id) ON TABLE public.prompt_runs TO heed_web;

GRANT SELECT(account_id) ON TABLE public.prompt_runs TO heed_web;

GRANT SELECT(call) ON TABLE public.prompt_runs TO heed_web;

GRANT SELECT(date) ON TABLE public.prompt_runs TO heed_web;

GRANT SELECT(event) ON TABLE public.prompt_runs TO heed_web;

GRANT SELECT(model) ON TABLE public.prompt_runs TO heed_web;

GRANT SELECT(outcome) ON TABLE public.prompt_runs TO heed_web;

GRANT SELECT(reason) ON TABLE public.prompt_runs TO heed_web;

GRANT SELECT(prompt_tokens) ON TABLE public.prompt_runs TO heed_web;

GRANT SELECT(answer_tokens) ON TABLE public.prompt_runs TO heed_web;

GRANT SELECT(milliseconds) ON TABLE public.prompt_runs TO heed_web;

GRANT SELECT(started_at) ON TABLE public.prompt_runs TO heed_web;

GRANT SELECT(draft_id) ON TABLE public.prompt_runs TO heed_web;

GRANT SELECT(cost) ON TABLE public.prompt_runs TO heed_web;

GRANT SELECT ON TABLE public.prompt_texts TO heed_web;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.prompt_texts TO heed_work;

GRANT SELECT,INSERT ON TABLE public.proposals TO heed_web;
GRANT SELECT,DELETE ON TABLE public.proposals TO heed_work;

GRANT UPDATE(thing_revision) ON TABLE public.proposals TO heed_web;

GRANT UPDATE(state) ON TABLE public.proposals TO heed_web;
GRANT UPDATE(state) ON TABLE public.proposals TO heed_work;

GRANT UPDATE(answered_at) ON TABLE public.proposals TO heed_web;
GRANT UPDATE(answered_at) ON TABLE public.proposals TO heed_work;

GRANT UPDATE(answered_by) ON TABLE public.proposals TO heed_web;

GRANT UPDATE(result_id) ON TABLE public.proposals TO heed_web;

GRANT SELECT,INSERT ON TABLE public.push_closings TO heed_web;
GRANT SELECT,INSERT,DELETE ON TABLE public.push_closings TO heed_work;

GRANT SELECT,INSERT ON TABLE public.push_devices TO heed_web;
GRANT SELECT,DELETE ON TABLE public.push_devices TO heed_work;

GRANT UPDATE(label) ON TABLE public.push_devices TO heed_web;

GRANT UPDATE(subscription) ON TABLE public.push_devices TO heed_web;

GRANT SELECT,INSERT ON TABLE public.quarantine TO heed_web;
GRANT SELECT,INSERT,DELETE ON TABLE public.quarantine TO heed_work;

GRANT UPDATE(reason) ON TABLE public.quarantine TO heed_web;

GRANT UPDATE(detail) ON TABLE public.quarantine TO heed_web;

GRANT UPDATE(raw) ON TABLE public.quarantine TO heed_web;

GRANT UPDATE(tries) ON TABLE public.quarantine TO heed_web;

GRANT UPDATE(tried_at) ON TABLE public.quarantine TO heed_web;

GRANT UPDATE(state) ON TABLE public.quarantine TO heed_web;

GRANT UPDATE(conversation_id) ON TABLE public.quarantine TO heed_web;

GRANT SELECT,INSERT ON TABLE public.query_vectors TO heed_web;
GRANT SELECT,INSERT,DELETE ON TABLE public.query_vectors TO heed_work;

GRANT UPDATE(set_id) ON TABLE public.query_vectors TO heed_work;

GRANT UPDATE(sha256) ON TABLE public.query_vectors TO heed_work;

GRANT UPDATE(words) ON TABLE public.query_vectors TO heed_web;
GRANT UPDATE(words) ON TABLE public.query_vectors TO heed_work;

GRANT UPDATE(half) ON TABLE public.query_vectors TO heed_work;

GRANT UPDATE(state) ON TABLE public.query_vectors TO heed_web;
GRANT UPDATE(state) ON TABLE public.query_vectors TO heed_work;

GRANT UPDATE(at) ON TABLE public.query_vectors TO heed_web;
GRANT UPDATE(at) ON TABLE public.query_vectors TO heed_work;

GRANT SELECT,INSERT ON TABLE public.recent_context_items TO heed_web;
GRANT SELECT,INSERT,DELETE ON TABLE public.recent_context_items TO heed_work;

GRANT UPDATE(reason) ON TABLE public.recent_context_items TO heed_web;
GRANT UPDATE(reason) ON TABLE public.recent_context_items TO heed_work;

GRANT UPDATE(state) ON TABLE public.recent_context_items TO heed_web;
GRANT UPDATE(state) ON TABLE public.recent_context_items TO heed_work;

GRANT UPDATE(day) ON TABLE public.recent_context_items TO heed_web;
GRANT UPDATE(day) ON TABLE public.recent_context_items TO heed_work;

GRANT UPDATE(surfaced_at) ON TABLE public.recent_context_items TO heed_web;
GRANT UPDATE(surfaced_at) ON TABLE public.recent_context_items TO heed_work;

GRANT UPDATE(expires_at) ON TABLE public.recent_context_items TO heed_web;
GRANT UPDATE(expires_at) ON TABLE public.recent_context_items TO heed_work;

GRANT SELECT,INSERT ON TABLE public.reminder_counts TO heed_web;
GRANT SELECT ON TABLE public.reminder_counts TO heed_work;

GRANT SELECT,INSERT ON TABLE public.reminder_import_rows TO heed_web;
GRANT SELECT ON TABLE public.reminder_import_rows TO heed_work;

GRANT SELECT,INSERT ON TABLE public.reminder_imports TO heed_web;
GRANT SELECT,DELETE ON TABLE public.reminder_imports TO heed_work;

GRANT UPDATE(confirmed_at) ON TABLE public.reminder_imports TO heed_web;

GRANT UPDATE(undone_at) ON TABLE public.reminder_imports TO heed_web;

GRANT SELECT ON TABLE public.reminder_offers TO heed_web;
GRANT SELECT,DELETE ON TABLE public.reminder_offers TO heed_work;

GRANT SELECT,INSERT ON TABLE public.reminder_sources TO heed_web;
GRANT SELECT ON TABLE public.reminder_sources TO heed_work;

GRANT SELECT,INSERT ON TABLE public.reminder_texts TO heed_web;
GRANT SELECT,INSERT ON TABLE public.reminder_texts TO heed_work;

GRANT UPDATE(version) ON TABLE public.reminder_texts TO heed_web;
GRANT UPDATE(version) ON TABLE public.reminder_texts TO heed_work;

GRANT UPDATE(html) ON TABLE public.reminder_texts TO heed_web;
GRANT UPDATE(html) ON TABLE public.reminder_texts TO heed_work;

GRANT UPDATE(plain) ON TABLE public.reminder_texts TO heed_web;
GRANT UPDATE(plain) ON TABLE public.reminder_texts TO heed_work;

GRANT SELECT ON TABLE public.reminder_words TO heed_web;
GRANT SELECT ON TABLE public.reminder_words TO heed_work;

GRANT SELECT,INSERT ON TABLE public.rotas TO heed_web;
GRANT SELECT ON TABLE public.rotas TO heed_work;

GRANT SELECT,INSERT ON TABLE public.saved_replies TO heed_web;
GRANT SELECT,DELETE ON TABLE public.saved_replies TO heed_work;

GRANT UPDATE(title) ON TABLE public.saved_replies TO heed_web;

GRANT UPDATE(text) ON TABLE public.saved_replies TO heed_web;

GRANT UPDATE(version) ON TABLE public.saved_replies TO heed_web;

GRANT UPDATE(updated_at) ON TABLE public.saved_replies TO heed_web;

GRANT UPDATE(deleted_at) ON TABLE public.saved_replies TO heed_web;

GRANT SELECT,INSERT ON TABLE public.schedules TO heed_web;
GRANT SELECT,INSERT,UPDATE ON TABLE public.schedules TO heed_work;

GRANT UPDATE(kind) ON TABLE public.schedules TO heed_web;

GRANT UPDATE(timezone) ON TABLE public.schedules TO heed_web;

GRANT UPDATE(at) ON TABLE public.schedules TO heed_web;

GRANT UPDATE(cron) ON TABLE public.schedules TO heed_web;

GRANT UPDATE(every_minutes) ON TABLE public.schedules TO heed_web;

GRANT UPDATE(exclude_dates) ON TABLE public.schedules TO heed_web;

GRANT UPDATE(exclude_weekends) ON TABLE public.schedules TO heed_web;

GRANT UPDATE(zone_version) ON TABLE public.schedules TO heed_web;

GRANT SELECT(wall),INSERT(wall),UPDATE(wall) ON TABLE public.schedules TO heed_web;
GRANT SELECT(wall),INSERT(wall),UPDATE(wall) ON TABLE public.schedules TO heed_work;

GRANT SELECT(zone_rule),INSERT(zone_rule),UPDATE(zone_rule) ON TABLE public.schedules TO heed_web;
GRANT SELECT(zone_rule),INSERT(zone_rule),UPDATE(zone_rule) ON TABLE public.schedules TO heed_work;

GRANT SELECT(zone_lost),INSERT(zone_lost),UPDATE(zone_lost) ON TABLE public.schedules TO heed_web;
GRANT SELECT(zone_lost),INSERT(zone_lost),UPDATE(zone_lost) ON TABLE public.schedules TO heed_work;

GRANT UPDATE(rule) ON TABLE public.schedules TO heed_web;

GRANT UPDATE(rule_from) ON TABLE public.schedules TO heed_web;

GRANT UPDATE(words) ON TABLE public.schedules TO heed_web;

GRANT UPDATE(first_day) ON TABLE public.schedules TO heed_web;

GRANT SELECT ON TABLE public.search_documents TO heed_web;
GRANT SELECT ON TABLE public.search_documents TO heed_work;

GRANT SELECT,INSERT ON TABLE public.snoozes TO heed_web;
GRANT SELECT,DELETE,UPDATE ON TABLE public.snoozes TO heed_work;

GRANT UPDATE(until_time) ON TABLE public.snoozes TO heed_web;

GRANT UPDATE(words) ON TABLE public.snoozes TO heed_web;

GRANT UPDATE(reason) ON TABLE public.snoozes TO heed_web;

GRANT SELECT(wall),INSERT(wall),UPDATE(wall) ON TABLE public.snoozes TO heed_web;
GRANT SELECT(wall),INSERT(wall),UPDATE(wall) ON TABLE public.snoozes TO heed_work;

GRANT SELECT(timezone),INSERT(timezone),UPDATE(timezone) ON TABLE public.snoozes TO heed_web;
GRANT SELECT(timezone),INSERT(timezone),UPDATE(timezone) ON TABLE public.snoozes TO heed_work;

GRANT SELECT,INSERT ON TABLE public.sources TO heed_web;
GRANT SELECT,DELETE,UPDATE ON TABLE public.sources TO heed_work;

GRANT UPDATE(title) ON TABLE public.sources TO heed_web;

GRANT UPDATE(url) ON TABLE public.sources TO heed_web;

GRANT UPDATE(text) ON TABLE public.sources TO heed_web;

GRANT UPDATE(language) ON TABLE public.sources TO heed_web;

GRANT UPDATE(refresh) ON TABLE public.sources TO heed_web;

GRANT UPDATE(enabled) ON TABLE public.sources TO heed_web;

GRANT UPDATE(etag) ON TABLE public.sources TO heed_web;

GRANT UPDATE(modified) ON TABLE public.sources TO heed_web;

GRANT UPDATE(asked_at) ON TABLE public.sources TO heed_web;

GRANT UPDATE(failing_since) ON TABLE public.sources TO heed_web;

GRANT UPDATE(error) ON TABLE public.sources TO heed_web;

GRANT UPDATE(version) ON TABLE public.sources TO heed_web;

GRANT UPDATE(updated_at) ON TABLE public.sources TO heed_web;

GRANT UPDATE(deleted_at) ON TABLE public.sources TO heed_web;

GRANT SELECT,INSERT ON TABLE public.tags TO heed_web;
GRANT SELECT,INSERT ON TABLE public.tags TO heed_work;

GRANT SELECT,INSERT ON TABLE public.task_batches TO heed_web;
GRANT SELECT,DELETE ON TABLE public.task_batches TO heed_work;

GRANT UPDATE(waiting) ON TABLE public.task_batches TO heed_work;

GRANT UPDATE(missing) ON TABLE public.task_batches TO heed_work;

GRANT UPDATE(refused) ON TABLE public.task_batches TO heed_work;

GRANT UPDATE(reasons) ON TABLE public.task_batches TO heed_work;

GRANT UPDATE(undos) ON TABLE public.task_batches TO heed_work;

GRANT UPDATE(undone) ON TABLE public.task_batches TO heed_work;

GRANT UPDATE(kept) ON TABLE public.task_batches TO heed_work;

GRANT UPDATE(job_id) ON TABLE public.task_batches TO heed_web;

GRANT UPDATE(finished_at) ON TABLE public.task_batches TO heed_work;

GRANT UPDATE(undo_at) ON TABLE public.task_batches TO heed_web;

GRANT UPDATE(undone_at) ON TABLE public.task_batches TO heed_work;

GRANT SELECT,INSERT ON TABLE public.task_completions TO heed_web;
GRANT SELECT,INSERT ON TABLE public.task_completions TO heed_work;

GRANT UPDATE(undone_at) ON TABLE public.task_completions TO heed_web;
GRANT UPDATE(undone_at) ON TABLE public.task_completions TO heed_work;

GRANT SELECT ON TABLE public.task_counts TO heed_web;
GRANT SELECT ON TABLE public.task_counts TO heed_work;

GRANT SELECT,INSERT ON TABLE public.task_repeats TO heed_web;
GRANT SELECT,INSERT ON TABLE public.task_repeats TO heed_work;

GRANT UPDATE(rule) ON TABLE public.task_repeats TO heed_web;

GRANT UPDATE(words) ON TABLE public.task_repeats TO heed_web;

GRANT UPDATE(repeat_from) ON TABLE public.task_repeats TO heed_web;

GRANT UPDATE(first_day) ON TABLE public.task_repeats TO heed_web;

GRANT UPDATE(ended_at) ON TABLE public.task_repeats TO heed_web;
GRANT UPDATE(ended_at) ON TABLE public.task_repeats TO heed_work;

GRANT UPDATE(updated_at) ON TABLE public.task_repeats TO heed_web;
GRANT UPDATE(updated_at) ON TABLE public.task_repeats TO heed_work;

GRANT SELECT,INSERT ON TABLE public.task_sources TO heed_web;
GRANT SELECT,INSERT ON TABLE public.task_sources TO heed_work;

GRANT UPDATE(revision) ON TABLE public.task_sources TO heed_work;

GRANT UPDATE(before) ON TABLE public.task_sources TO heed_work;

GRANT UPDATE(before_import) ON TABLE public.task_sources TO heed_work;

GRANT SELECT,INSERT ON TABLE public.tasks TO heed_web;
GRANT SELECT,INSERT ON TABLE public.tasks TO heed_work;

GRANT UPDATE(title) ON TABLE public.tasks TO heed_web;
GRANT UPDATE(title) ON TABLE public.tasks TO heed_work;

GRANT UPDATE(notes) ON TABLE public.tasks TO heed_web;
GRANT UPDATE(notes) ON TABLE public.tasks TO heed_work;

GRANT UPDATE(status) ON TABLE public.tasks TO heed_web;
GRANT UPDATE(status) ON TABLE public.tasks TO heed_work;

GRANT UPDATE(priority) ON TABLE public.tasks TO heed_web;
GRANT UPDATE(priority) ON TABLE public.tasks TO heed_work;

GRANT UPDATE(impact) ON TABLE public.tasks TO heed_web;
GRANT UPDATE(impact) ON TABLE public.tasks TO heed_work;

GRANT UPDATE(due) ON TABLE public.tasks TO heed_web;
GRANT UPDATE(due) ON TABLE public.tasks TO heed_work;

GRANT UPDATE(due_at) ON TABLE public.tasks TO heed_web;
GRANT UPDATE(due_at) ON TABLE public.tasks TO heed_work;

GRANT UPDATE(estimate) ON TABLE public.tasks TO heed_web;
GRANT UPDATE(estimate) ON TABLE public.tasks TO heed_work;

GRANT UPDATE(spent) ON TABLE public.tasks TO heed_web;
GRANT UPDATE(spent) ON TABLE public.tasks TO heed_work;

GRANT UPDATE(parent_id) ON TABLE public.tasks TO heed_web;
GRANT UPDATE(parent_id) ON TABLE public.tasks TO heed_work;

GRANT UPDATE("position") ON TABLE public.tasks TO heed_web;
GRANT UPDATE("position") ON TABLE public.tasks TO heed_work;

GRANT UPDATE(deferred_until) ON TABLE public.tasks TO heed_web;
GRANT UPDATE(deferred_until) ON TABLE public.tasks TO heed_work;

GRANT UPDATE(wake_at) ON TABLE public.tasks TO heed_web;
GRANT UPDATE(wake_at) ON TABLE public.tasks TO heed_work;

GRANT UPDATE(series_id) ON TABLE public.tasks TO heed_web;
GRANT UPDATE(series_id) ON TABLE public.tasks TO heed_work;

GRANT UPDATE(series_no) ON TABLE public.tasks TO heed_web;
GRANT UPDATE(series_no) ON TABLE public.tasks TO heed_work;

GRANT UPDATE(passed_over) ON TABLE public.tasks TO heed_web;

GRANT UPDATE(private) ON TABLE public.tasks TO heed_web;
GRANT UPDATE(private) ON TABLE public.tasks TO heed_work;

GRANT UPDATE(metadata) ON TABLE public.tasks TO heed_web;

GRANT UPDATE(started_at) ON TABLE public.tasks TO heed_web;
GRANT UPDATE(started_at) ON TABLE public.tasks TO heed_work;

GRANT UPDATE(completed_at) ON TABLE public.tasks TO heed_web;
GRANT UPDATE(completed_at) ON TABLE public.tasks TO heed_work;

GRANT UPDATE(archived_at) ON TABLE public.tasks TO heed_web;
GRANT UPDATE(archived_at) ON TABLE public.tasks TO heed_work;

GRANT UPDATE(deleted_at) ON TABLE public.tasks TO heed_web;
GRANT UPDATE(deleted_at) ON TABLE public.tasks TO heed_work;

GRANT UPDATE(deletion_id) ON TABLE public.tasks TO heed_web;
GRANT UPDATE(deletion_id) ON TABLE public.tasks TO heed_work;

GRANT UPDATE(updated_at) ON TABLE public.tasks TO heed_web;
GRANT UPDATE(updated_at) ON TABLE public.tasks TO heed_work;

GRANT UPDATE(version) ON TABLE public.tasks TO heed_web;
GRANT UPDATE(version) ON TABLE public.tasks TO heed_work;

GRANT UPDATE(assignee_id) ON TABLE public.tasks TO heed_web;
GRANT UPDATE(assignee_id) ON TABLE public.tasks TO heed_work;

GRANT SELECT,INSERT ON TABLE public.undos TO heed_web;
GRANT SELECT,INSERT,DELETE ON TABLE public.undos TO heed_work;

GRANT UPDATE(undone_at) ON TABLE public.undos TO heed_web;
GRANT UPDATE(undone_at) ON TABLE public.undos TO heed_work;

GRANT SELECT,INSERT ON TABLE public.users TO heed_web;

GRANT SELECT(id) ON TABLE public.users TO heed_work;

GRANT SELECT(account_id) ON TABLE public.users TO heed_work;

GRANT SELECT(role) ON TABLE public.users TO heed_work;

GRANT SELECT(email) ON TABLE public.users TO heed_work;

GRANT SELECT(email_key) ON TABLE public.users TO heed_work;

GRANT UPDATE(verified_at) ON TABLE public.users TO heed_web;
GRANT SELECT(verified_at) ON TABLE public.users TO heed_work;

GRANT UPDATE(password_hash) ON TABLE public.users TO heed_web;

GRANT UPDATE(display_name) ON TABLE public.users TO heed_web;
GRANT SELECT(display_name) ON TABLE public.users TO heed_work;

GRANT UPDATE(timezone) ON TABLE public.users TO heed_web;
GRANT SELECT(timezone) ON TABLE public.users TO heed_work;

GRANT UPDATE(language) ON TABLE public.users TO heed_web;
GRANT SELECT(language) ON TABLE public.users TO heed_work;

GRANT UPDATE(week_start) ON TABLE public.users TO heed_web;
GRANT SELECT(week_start) ON TABLE public.users TO heed_work;

GRANT UPDATE(day_start) ON TABLE public.users TO heed_web;
GRANT SELECT(day_start) ON TABLE public.users TO heed_work;

GRANT UPDATE(default_time) ON TABLE public.users TO heed_web;
GRANT SELECT(default_time) ON TABLE public.users TO heed_work;

GRANT UPDATE(quiet_from) ON TABLE public.users TO heed_web;
GRANT SELECT(quiet_from) ON TABLE public.users TO heed_work;

GRANT UPDATE(quiet_until) ON TABLE public.users TO heed_web;
GRANT SELECT(quiet_until) ON TABLE public.users TO heed_work;

GRANT UPDATE(personality) ON TABLE public.users TO heed_web;
GRANT SELECT(personality) ON TABLE public.users TO heed_work;

GRANT UPDATE(theme) ON TABLE public.users TO heed_web;
GRANT SELECT(theme) ON TABLE public.users TO heed_work;

GRANT SELECT(preferences) ON TABLE public.users TO heed_work;

GRANT UPDATE(version) ON TABLE public.users TO heed_web;
GRANT SELECT(version) ON TABLE public.users TO heed_work;

GRANT SELECT(created_at) ON TABLE public.users TO heed_work;

GRANT UPDATE(updated_at) ON TABLE public.users TO heed_web;
GRANT SELECT(updated_at) ON TABLE public.users TO heed_work;

GRANT SELECT(zone_rule),INSERT(zone_rule),UPDATE(zone_rule) ON TABLE public.users TO heed_web;
GRANT SELECT(zone_rule),UPDATE(zone_rule) ON TABLE public.users TO heed_work;

GRANT SELECT(zone_lost),INSERT(zone_lost),UPDATE(zone_lost) ON TABLE public.users TO heed_web;
GRANT SELECT(zone_lost),UPDATE(zone_lost) ON TABLE public.users TO heed_work;

GRANT SELECT(revision) ON TABLE public.users TO heed_work;

GRANT SELECT(personality_chosen),UPDATE(personality_chosen) ON TABLE public.users TO heed_web;
GRANT SELECT(personality_chosen) ON TABLE public.users TO heed_work;

GRANT SELECT(coach_speak),UPDATE(coach_speak) ON TABLE public.users TO heed_web;
GRANT SELECT(coach_speak) ON TABLE public.users TO heed_work;

GRANT SELECT(coach_model),UPDATE(coach_model) ON TABLE public.users TO heed_web;
GRANT SELECT(coach_model) ON TABLE public.users TO heed_work;

GRANT SELECT(coach_notes),UPDATE(coach_notes) ON TABLE public.users TO heed_web;
GRANT SELECT(coach_notes) ON TABLE public.users TO heed_work;

GRANT SELECT(weekly_mail),UPDATE(weekly_mail) ON TABLE public.users TO heed_web;
GRANT SELECT(weekly_mail) ON TABLE public.users TO heed_work;

GRANT SELECT(keeps_events),UPDATE(keeps_events) ON TABLE public.users TO heed_web;
GRANT SELECT(keeps_events) ON TABLE public.users TO heed_work;

GRANT SELECT(coach_version),UPDATE(coach_version) ON TABLE public.users TO heed_web;
GRANT SELECT(coach_version) ON TABLE public.users TO heed_work;

GRANT SELECT(away_until) ON TABLE public.users TO heed_work;

GRANT UPDATE(quiet_days) ON TABLE public.users TO heed_web;
GRANT SELECT(quiet_days) ON TABLE public.users TO heed_work;

GRANT UPDATE(quiet_days_from) ON TABLE public.users TO heed_web;
GRANT SELECT(quiet_days_from) ON TABLE public.users TO heed_work;

GRANT UPDATE(quiet_days_until) ON TABLE public.users TO heed_web;
GRANT SELECT(quiet_days_until) ON TABLE public.users TO heed_work;

GRANT UPDATE(quiet_critical) ON TABLE public.users TO heed_web;
GRANT SELECT(quiet_critical) ON TABLE public.users TO heed_work;

GRANT UPDATE(quiet_paused_until) ON TABLE public.users TO heed_web;
GRANT SELECT(quiet_paused_until) ON TABLE public.users TO heed_work;

GRANT UPDATE(quiet_paused_words) ON TABLE public.users TO heed_web;

GRANT UPDATE(again_low) ON TABLE public.users TO heed_web;
GRANT SELECT(again_low) ON TABLE public.users TO heed_work;

GRANT UPDATE(again_medium) ON TABLE public.users TO heed_web;
GRANT SELECT(again_medium) ON TABLE public.users TO heed_work;

GRANT UPDATE(again_high) ON TABLE public.users TO heed_web;
GRANT SELECT(again_high) ON TABLE public.users TO heed_work;

GRANT UPDATE(again_critical) ON TABLE public.users TO heed_web;
GRANT SELECT(again_critical) ON TABLE public.users TO heed_work;

GRANT UPDATE(work_from) ON TABLE public.users TO heed_web;
GRANT SELECT(work_from) ON TABLE public.users TO heed_work;

GRANT UPDATE(work_until) ON TABLE public.users TO heed_web;
GRANT SELECT(work_until) ON TABLE public.users TO heed_work;

GRANT UPDATE(work_days) ON TABLE public.users TO heed_web;
GRANT SELECT(work_days) ON TABLE public.users TO heed_work;

GRANT UPDATE(model_kinds) ON TABLE public.users TO heed_web;
GRANT SELECT(model_kinds) ON TABLE public.users TO heed_work;

GRANT SELECT,INSERT ON TABLE public.web_sessions TO heed_web;
GRANT DELETE ON TABLE public.web_sessions TO heed_work;

GRANT SELECT(id) ON TABLE public.web_sessions TO heed_work;

GRANT SELECT(user_id) ON TABLE public.web_sessions TO heed_work;

GRANT SELECT(created_at) ON TABLE public.web_sessions TO heed_work;

GRANT UPDATE(seen_at) ON TABLE public.web_sessions TO heed_web;
GRANT SELECT(seen_at) ON TABLE public.web_sessions TO heed_work;

GRANT SELECT,INSERT ON TABLE public.weekly_mails TO heed_web;
GRANT SELECT,INSERT,DELETE ON TABLE public.weekly_mails TO heed_work;

GRANT SELECT,INSERT ON TABLE public.weekly_reviews TO heed_web;
GRANT SELECT,UPDATE ON TABLE public.weekly_reviews TO heed_work;

