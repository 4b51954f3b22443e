-- Of whoever erases their account people, places and events go, too: at once what others read or what rings of them, the rest step by step, as they may
-- have thousands of each.
--
-- Only replaces two functions; safe while the site runs.

CREATE OR REPLACE FUNCTION door.erase_person(at timestamptz) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
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
  UPDATE events e SET bell_at = NULL WHERE e.user_id = who AND e.bell_at IS NOT NULL;
  UPDATE audit_log l SET payload = NULL WHERE l.account_id = account AND (l.user_id = who OR l.subject_id = who) AND l.payload IS NOT NULL;
  UPDATE users u SET email = erased_key(who), email_key = erased_key(who), password_hash = '', verified_at = NULL, display_name = '–',
    preferences = '{}', weekly_mail = false, coach_speak = 'never', coach_model = false, model_kinds = '{}', auth_provider = NULL, auth_subject = NULL,
    role = CASE WHEN is_shared THEN 'viewer' ELSE u.role END, updated_at = $1 WHERE u.id = who;
  RETURN 'done';
END $$;

CREATE OR REPLACE FUNCTION door.erase_person_more(person uuid, most bigint) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE account uuid;
BEGIN
  IF session_user NOT IN ('heed_work', current_user) AND person IS DISTINCT FROM me() THEN
    RAISE insufficient_privilege USING MESSAGE = 'the erasure of another person';
  END IF;
  SELECT u.account_id INTO account FROM users u WHERE u.id = person AND u.email_key = erased_key(person) FOR NO KEY UPDATE;
  IF NOT FOUND THEN RETURN false; END IF;
  DELETE FROM reminders r WHERE r.id IN (SELECT x.id FROM reminders x WHERE x.user_id = person ORDER BY x.id LIMIT most);
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
