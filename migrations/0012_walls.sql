-- The second wall, closer still: what a role may change is what its program changes, column by column; the audit log is written through two doors
-- only; a housemate's entries are seen by nobody else.
--
-- Short locks on each table; nothing is read but the catalogue. Not while an older program serves: it appends to the audit log by INSERT, which is
-- refused from now on, so its changes fail (500, nothing half done) until responders and workers are restarted. Restart them right after.

-- Rows count from 1. NOT VALID: rows that somebody has put below already stay for `heed audit verify` to name.
ALTER TABLE audit_log ADD CONSTRAINT audit_log_from_one CHECK (number >= 1) NOT VALID;
ALTER TABLE audit_heads ADD CONSTRAINT audit_heads_from_zero CHECK (number >= 0) NOT VALID;  -- 0 only until the transaction that began it appends

-- Both doors are for the worker (any account), the owner of the tables, and the web role for the account that its transaction acts for. The MAC is
-- computed by the program: its key never reaches the database. A member of another role gets no further than heed_web.
CREATE FUNCTION door.audit_head(account uuid) RETURNS TABLE (number bigint, mac bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp ROWS 1 AS $$
-- Locks the end of an account's chain until the transaction ends, and begins a chain where there is none yet.
BEGIN
  IF session_user NOT IN ('heed_work', current_user) AND $1 IS DISTINCT FROM my_account() THEN
    RAISE insufficient_privilege USING MESSAGE = 'the audit log of another account';
  END IF;
  RETURN QUERY SELECT h.number, h.mac FROM audit_heads h WHERE h.account_id = $1 FOR UPDATE;
  IF NOT FOUND THEN
    INSERT INTO audit_heads (account_id, number, mac) SELECT a.id, 0, ''::bytea FROM accounts a WHERE a.id = $1 ON CONFLICT DO NOTHING;
    RETURN QUERY SELECT h.number, h.mac FROM audit_heads h WHERE h.account_id = $1 FOR UPDATE;
  END IF;
END $$;

CREATE FUNCTION door.audit_append(
  account uuid, first bigint, at timestamptz, owner uuid, actor text, address text, agent text, request_id text,
  ids uuid[], actions text[], subjects text[], subject_ids uuid[], payloads text[], hashes bytea[], macs bytea[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
-- Appends entries behind the end of the chain and moves the end. `first` is the number of the first of them.
BEGIN
  IF session_user NOT IN ('heed_work', current_user) AND ($1 IS DISTINCT FROM my_account() OR $4 IS DISTINCT FROM me()
    OR $5 NOT IN ('user', 'link', 'key')) THEN
    RAISE insufficient_privilege USING MESSAGE = 'an entry of the audit log in another''s name';
  END IF;
  UPDATE audit_heads h SET number = $2 + cardinality($15) - 1, mac = $15[cardinality($15)] WHERE h.account_id = $1 AND h.number = $2 - 1;
  IF NOT FOUND THEN
    RAISE object_not_in_prerequisite_state USING MESSAGE = format('the audit log of account %s does not end before row %s', $1, $2);
  END IF;
  INSERT INTO audit_log (id, account_id, number, at, user_id, actor, action, subject, subject_id, payload, payload_sha256, address, agent,
    request_id, mac)
  SELECT t.id, $1, $2 + t.place - 1, $3, $4, $5, t.action, t.subject, t.subject_id, t.payload, t.hash, $6, $7, $8, t.mac
  FROM unnest($9, $10, $11, $12, $13, $14, $15) WITH ORDINALITY AS t(id, action, subject, subject_id, payload, hash, mac, place);
END $$;
REVOKE ALL ON FUNCTION door.audit_head(uuid),
  door.audit_append(uuid, bigint, timestamptz, uuid, text, text, text, text, uuid[], text[], text[], uuid[], text[], bytea[], bytea[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.audit_head(uuid),
  door.audit_append(uuid, bigint, timestamptz, uuid, text, text, text, text, uuid[], text[], text[], uuid[], text[], bytea[], bytea[])
  TO heed_web, heed_work;
REVOKE INSERT ON audit_log FROM heed_web;
REVOKE INSERT, UPDATE ON audit_heads FROM heed_web, heed_work;
REVOKE SELECT, INSERT ON audit_log FROM heed_work;

-- One's own entries, and those of the account that belong to no person: what the page shows.
DROP POLICY audit_log_own ON audit_log;
CREATE POLICY audit_log_own ON audit_log FOR SELECT TO heed_web
  USING (account_id = (SELECT my_account()) AND (user_id = (SELECT me()) OR user_id IS NULL));
DROP POLICY audit_heads_own ON audit_heads;
CREATE POLICY audit_heads_own ON audit_heads FOR SELECT TO heed_web USING (account_id = (SELECT my_account()));
-- Whoever signs up is put into the account that the transaction acts for.
DROP POLICY users_own ON users;
CREATE POLICY users_own ON users TO heed_web USING (id = (SELECT me())) WITH CHECK (id = (SELECT me()) AND account_id = (SELECT my_account()));

-- Columns. Who may UPDATE, DELETE or TRUNCATE a whole table may also LOCK it, in any mode, and stop everybody; a grant by column gives no lock
-- beyond that of SELECT and INSERT. Whose a row is, and which, no request changes; nor anybody's role.
REVOKE UPDATE ON users, web_sessions, letters, idempotency_keys, agents, muted_addresses, profiles, reminders, schedules, snoozes,
  reminder_counts, escalations, deliveries FROM heed_web;
REVOKE DELETE ON profiles FROM heed_web;
GRANT UPDATE (verified_at, password_hash, display_name, timezone, language, week_start, day_start, default_time, quiet_from, quiet_until,
  personality, theme, version, updated_at) ON users TO heed_web;
GRANT UPDATE (seen_at) ON web_sessions TO heed_web;
GRANT UPDATE (used_at) ON letters TO heed_web;
GRANT UPDATE (location) ON idempotency_keys TO heed_web;
GRANT UPDATE (enabled, version, updated_at) ON agents TO heed_web;
GRANT UPDATE (state, detail) ON deliveries TO heed_web;
GRANT UPDATE (active, snoozed, completed, archived) ON reminder_counts TO heed_web;
-- Of what is one's own anyway, all but whose and which it is. A migration that adds a column to one of these grants it itself.
DO $$
DECLARE it record;
BEGIN
  FOR it IN
    SELECT c.relname AS name, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) AS columns
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    WHERE c.relnamespace = 'public'::regnamespace AND c.relname IN ('reminders', 'schedules', 'snoozes', 'escalations')
      AND a.attname NOT IN ('id', 'user_id', 'reminder_id', 'occurrence_at', 'from_time', 'created_at')
    GROUP BY c.relname
  LOOP EXECUTE format('GRANT UPDATE (%s) ON %I TO heed_web', it.columns, it.name); END LOOP;
END $$;

-- The worker changes nobody's settings and reads nobody's password or session; what hangs on a row that it deletes goes with the row.
REVOKE UPDATE ON accounts, users, agents, profiles, muted_addresses, occurrences, escalation_events, delivery_attempts FROM heed_work;
REVOKE INSERT ON agents, profiles, reminders, schedules, snoozes, reminder_counts FROM heed_work;
REVOKE DELETE ON agents, profiles, reminders, schedules, reminder_counts, muted_addresses, occurrences, escalation_events, deliveries,
  delivery_attempts FROM heed_work;
REVOKE SELECT ON users, web_sessions FROM heed_work;
GRANT SELECT (id, user_id, created_at, seen_at) ON web_sessions TO heed_work;
DO $$
BEGIN
  EXECUTE (SELECT format('GRANT SELECT (%s) ON users TO heed_work', string_agg(quote_ident(attname), ', ' ORDER BY attnum)) FROM pg_attribute
    WHERE attrelid = 'users'::regclass AND attnum > 0 AND NOT attisdropped AND attname <> 'password_hash');
END $$;

-- What requests delete, by one door each, since DELETE too is a right of whole tables and allows LOCK.
CREATE FUNCTION door.delete_reminder(reminder_id uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  DELETE FROM reminders r WHERE r.id = $1 AND r.user_id = me()
$$;
CREATE FUNCTION door.unmute(agent text, address text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  DELETE FROM muted_addresses m WHERE m.user_id = me() AND m.agent = $1 AND m.address = $2
$$;
CREATE FUNCTION door.end_sessions(ids uuid[]) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH ended AS (DELETE FROM web_sessions s WHERE s.user_id = me() AND s.id = ANY ($1) RETURNING 1) SELECT count(*) FROM ended
$$;
REVOKE ALL ON FUNCTION door.delete_reminder(uuid), door.unmute(text, text), door.end_sessions(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.delete_reminder(uuid), door.unmute(text, text), door.end_sessions(uuid[]) TO heed_web;
REVOKE DELETE ON reminders, muted_addresses, web_sessions FROM heed_web;

-- Nothing temporary, and nothing new beside our tables. Of an installation whose database belongs to another role this does nothing; `heed check`
-- says so. Rights of the database are no part of a dump: `heed check` after a restore. Large objects: superuser.sql.
DO $$ BEGIN EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC, heed_web, heed_work', current_database()); END $$;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
