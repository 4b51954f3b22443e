-- The plan of a day and the memory of a person: what was shown to them and why, and what came of a session, a day and a week.

-- When a person works, which the plan of a day and estimates go by; and of which kinds of things a model may be told.
ALTER TABLE users
  ADD COLUMN work_from   integer,  -- second of the day
  ADD COLUMN work_until  integer,
  ADD COLUMN work_days   smallint NOT NULL DEFAULT 31,  -- bits, Monday the lowest
  ADD COLUMN model_kinds text[]   NOT NULL DEFAULT '{}',
  ADD CONSTRAINT users_work_from CHECK (work_from BETWEEN 0 AND 86399),
  ADD CONSTRAINT users_work_until CHECK (work_until BETWEEN 0 AND 86399),
  ADD CONSTRAINT users_work_both CHECK ((work_from IS NULL) = (work_until IS NULL)),
  ADD CONSTRAINT users_work_days CHECK (work_days BETWEEN 1 AND 127),
  ADD CONSTRAINT users_model_kinds CHECK (model_kinds <@ ARRAY['task', 'goal', 'problem', 'deadline']);
GRANT UPDATE (work_from, work_until, work_days, model_kinds) ON users TO heed_web;
GRANT SELECT (work_from, work_until, work_days, model_kinds) ON users TO heed_work;

-- What was shown to a person of their things, in a place that asks for them, why, and until when (RULES 8.12, 8.31). The plan of a day is such a place:
-- what was taken into a day stands there until it is done, carried over or dismissed.
CREATE TABLE recent_context_items (
  id          uuid        CONSTRAINT recent_context_items_pkey PRIMARY KEY,
  user_id     uuid        NOT NULL CONSTRAINT recent_context_items_user_fkey REFERENCES users ON DELETE CASCADE,
  chat        text        NOT NULL CONSTRAINT recent_context_items_chat CHECK (length(chat) BETWEEN 1 AND 200),
  thing       uuid        NOT NULL,
  kind        text        NOT NULL,  -- as the register calls it
  reason      text        NOT NULL CONSTRAINT recent_context_items_reason CHECK (length(reason) <= 200),  -- in codes of ours
  state       text        NOT NULL DEFAULT 'shown' CONSTRAINT recent_context_items_state CHECK (state IN ('shown', 'taken', 'dismissed')),
  day         date,  -- of the plan that it was taken into, or dismissed from
  surfaced_at timestamptz NOT NULL,
  expires_at  timestamptz NOT NULL,
  CONSTRAINT recent_context_items_once UNIQUE (user_id, chat, thing),
  CONSTRAINT recent_context_items_day CHECK ((state = 'shown') = (day IS NULL)),
  CONSTRAINT recent_context_items_thing_fkey FOREIGN KEY (thing, user_id, kind) REFERENCES search_documents (id, user_id, kind) ON DELETE CASCADE
);
CALL wall_user('recent_context_items', '{reason,state,day,surfaced_at,expires_at}');
GRANT INSERT, UPDATE (reason, state, day, surfaced_at, expires_at), DELETE ON recent_context_items TO heed_work;
CREATE INDEX recent_context_items_by_time ON recent_context_items (user_id, surfaced_at DESC, id DESC);
CREATE INDEX recent_context_items_of_plan ON recent_context_items (user_id, day) WHERE state <> 'shown';
CREATE INDEX recent_context_items_by_thing ON recent_context_items (thing);
CREATE INDEX recent_context_items_over ON recent_context_items (expires_at);

-- What came of a session, a day or a week: facts by rule, with the events they came from, and a text over them (RULES 8.13, 8.30). One that was deleted
-- stays as a row without words, so that it is not made again.
CREATE TABLE memory_summaries (
  id         uuid        CONSTRAINT memory_summaries_pkey PRIMARY KEY,
  user_id    uuid        NOT NULL CONSTRAINT memory_summaries_user_fkey REFERENCES users ON DELETE CASCADE,
  chat       text        NOT NULL CONSTRAINT memory_summaries_chat CHECK (length(chat) BETWEEN 1 AND 250),  -- 'all' of days and weeks
  type       text        NOT NULL CONSTRAINT memory_summaries_type CHECK (type IN ('session', 'daily', 'weekly')),
  period     text        NOT NULL CONSTRAINT memory_summaries_period CHECK (length(period) BETWEEN 1 AND 40),  -- 2027-03-01, 2027-W09, a session's id
  session_id uuid,
  from_at    timestamptz NOT NULL,
  until_at   timestamptz NOT NULL,
  zone       text        NOT NULL CONSTRAINT memory_summaries_zone CHECK (length(zone) <= 100),  -- by whose clock it was cut
  week_start smallint    NOT NULL CONSTRAINT memory_summaries_week_start CHECK (week_start BETWEEN 1 AND 7),
  facts      jsonb       NOT NULL,
  sources    uuid[]      NOT NULL,  -- events
  text       text        NOT NULL DEFAULT '' CONSTRAINT memory_summaries_text CHECK (octet_length(text) <= 16384),  -- empty: the rule's words stand
  written    text        NOT NULL DEFAULT 'rules' CONSTRAINT memory_summaries_written CHECK (written IN ('rules', 'model', 'person')),
  deleted_at timestamptz,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  version    integer     NOT NULL DEFAULT 1,
  revision   bigint      NOT NULL DEFAULT 0,
  CONSTRAINT memory_summaries_once UNIQUE (user_id, chat, type, period),
  CONSTRAINT memory_summaries_session_fkey FOREIGN KEY (session_id, user_id) REFERENCES chat_sessions (id, user_id) ON DELETE CASCADE,
  CONSTRAINT memory_summaries_of_session CHECK ((type = 'session') = (session_id IS NOT NULL)),
  CONSTRAINT memory_summaries_span CHECK (until_at >= from_at),
  CONSTRAINT memory_summaries_words CHECK ((written = 'rules') = (text = '')),
  CONSTRAINT memory_summaries_gone CHECK (deleted_at IS NULL OR (text = '' AND facts = '[]' AND sources = '{}'))
);
CALL wall_user('memory_summaries', '{from_at,until_at,zone,week_start,facts,sources,text,written,deleted_at,updated_at,version}');
GRANT INSERT, UPDATE (from_at, until_at, zone, week_start, facts, sources, text, written, updated_at) ON memory_summaries TO heed_work;
CREATE TRIGGER memory_summaries_revision BEFORE UPDATE ON memory_summaries FOR EACH ROW EXECUTE FUNCTION count_revision();
CREATE INDEX memory_summaries_by_time ON memory_summaries (user_id, from_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX memory_summaries_by_session ON memory_summaries (session_id) WHERE session_id IS NOT NULL;

-- Whose summaries are to be looked at, from which event on. NULL: nothing happened since.
CREATE TABLE memory_rounds (
  user_id uuid        CONSTRAINT memory_rounds_pkey PRIMARY KEY CONSTRAINT memory_rounds_user_fkey REFERENCES users ON DELETE CASCADE,
  since   timestamptz,
  due_at  timestamptz,
  CONSTRAINT memory_rounds_both CHECK ((since IS NULL) = (due_at IS NULL))
);
CREATE INDEX memory_rounds_due ON memory_rounds (due_at);
CALL wall_user('memory_rounds');
REVOKE INSERT ON memory_rounds FROM heed_web;
GRANT UPDATE (since, due_at) ON memory_rounds TO heed_work;

-- Ten minutes after the first event that nobody has looked at: whoever works goes on for a while. Of the many events that follow nothing is written.
CREATE FUNCTION note_memory() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO memory_rounds (user_id, since, due_at)
  SELECT m.user_id, min(m.at), min(m.at) + interval '10 minutes' FROM made m
  WHERE m.user_id IS NOT NULL AND m.thing_id IS NOT NULL GROUP BY m.user_id ORDER BY m.user_id
  ON CONFLICT (user_id) DO UPDATE SET since = least(memory_rounds.since, EXCLUDED.since), due_at = least(memory_rounds.due_at, EXCLUDED.due_at)
  WHERE memory_rounds.since IS NULL OR memory_rounds.since > EXCLUDED.since OR memory_rounds.due_at > EXCLUDED.due_at;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION note_memory() FROM PUBLIC;
CREATE TRIGGER event_log_memory AFTER INSERT ON event_log REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION note_memory();

CREATE FUNCTION overdue.memory(at timestamptz) RETURNS timestamptz LANGUAGE sql AS $$
  SELECT min(due_at) FROM memory_rounds WHERE due_at <= $1
$$;

-- The plan is a list that is answered without being read where nothing of it changed.
CALL listed('recent_context_items');

-- Of whoever erases their account nothing is summed up any more, and no model is asked.
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
  UPDATE audit_log l SET payload = NULL WHERE l.account_id = account AND (l.user_id = who OR l.subject_id = who) AND l.payload IS NOT NULL;
  UPDATE users u SET email = erased_key(who), email_key = erased_key(who), password_hash = '', verified_at = NULL, display_name = '–',
    preferences = '{}', weekly_mail = false, coach_speak = 'never', coach_model = false, model_kinds = '{}', auth_provider = NULL, auth_subject = NULL,
    role = CASE WHEN is_shared THEN 'viewer' ELSE u.role END, updated_at = $1 WHERE u.id = who;
  RETURN 'done';
END $$;
