-- The coach: what a person wants of it, what it said, and what people talk about with it. The personality that was specified speaks to whoever is new;
-- those who are here keep theirs, and choose with their first habit. Columns of users and not a table: they come with the person, for nothing.
ALTER TABLE users
  ALTER COLUMN personality SET DEFAULT 'yoda',
  ADD COLUMN personality_chosen boolean NOT NULL DEFAULT false,  -- by the person, so that it need not be offered again
  ADD COLUMN coach_speak   text    NOT NULL DEFAULT 'all' CONSTRAINT users_coach_speak CHECK (coach_speak IN ('all', 'milestones', 'never')),
  ADD COLUMN coach_model   boolean NOT NULL DEFAULT true,   -- whether a model may be asked, where there is one
  ADD COLUMN coach_notes   boolean NOT NULL DEFAULT false,  -- whether it may read notes
  ADD COLUMN weekly_mail   boolean NOT NULL DEFAULT true,
  ADD COLUMN keeps_events  boolean NOT NULL DEFAULT true,   -- whether event_log gets rows of theirs
  ADD COLUMN coach_version integer NOT NULL DEFAULT 1;
GRANT SELECT (personality_chosen, coach_speak, coach_model, coach_notes, weekly_mail, keeps_events, coach_version) ON users TO heed_web, heed_work;
-- The worker acts for people, and so reads them as requests do.
GRANT SELECT (revision) ON users TO heed_work;
-- One place says whether somebody wants the weekly mail.
UPDATE users u SET weekly_mail = false FROM weekly_reviews w WHERE w.user_id = u.id AND NOT w.weekly_mail;
ALTER TABLE weekly_reviews DROP COLUMN weekly_mail;
GRANT UPDATE (personality_chosen, coach_speak, coach_model, coach_notes, weekly_mail, keeps_events, coach_version) ON users TO heed_web;

-- One message a habit or goal, date and event, whatever is undone and done again (RULES 5.13): a row outlives the deletion of its words, which only
-- the person sees as one.
CREATE TABLE coach_messages (
  id          uuid        CONSTRAINT coach_messages_pkey PRIMARY KEY,
  user_id     uuid        NOT NULL CONSTRAINT coach_messages_user_fkey REFERENCES users ON DELETE CASCADE,
  event       text        NOT NULL
    CONSTRAINT coach_messages_event CHECK (event IN ('habit_complete', 'habit_fail', 'streak', 'goal_complete', 'weekly_analysis')),
  habit_id    uuid,
  goal_id     uuid,
  date        date        NOT NULL,  -- what it is about: the date, or the first one of the week or month
  personality text        NOT NULL CONSTRAINT coach_messages_personality CHECK (personality IN ('yoda', 'general', 'mentor')),
  language    text        NOT NULL CONSTRAINT coach_messages_language CHECK (language IN ('en', 'pt-BR')),
  prompt      text        NOT NULL CONSTRAINT coach_messages_prompt CHECK (length(prompt) BETWEEN 1 AND 100),  -- what its words were made with
  written     text        NOT NULL CONSTRAINT coach_messages_written CHECK (written IN ('template', 'model')),
  offers      boolean     NOT NULL,  -- to make the habit smaller, to move or to pause it
  text        text        NOT NULL CONSTRAINT coach_messages_text CHECK (length(text) <= 2000),
  created_at  timestamptz NOT NULL,
  deleted_at  timestamptz,
  CONSTRAINT coach_messages_once UNIQUE NULLS NOT DISTINCT (user_id, habit_id, goal_id, date, event),
  CONSTRAINT coach_messages_habit_fkey FOREIGN KEY (habit_id, user_id) REFERENCES habits (id, user_id) ON DELETE CASCADE,
  CONSTRAINT coach_messages_goal_fkey FOREIGN KEY (goal_id, user_id) REFERENCES goals (id, user_id) ON DELETE CASCADE,
  CONSTRAINT coach_messages_about CHECK (num_nonnulls(habit_id, goal_id) = CASE WHEN event = 'weekly_analysis' THEN 0 ELSE 1 END)
);
CREATE INDEX coach_messages_by_user ON coach_messages (user_id, id) WHERE deleted_at IS NULL;
CREATE INDEX coach_messages_by_event ON coach_messages (user_id, event, id) WHERE deleted_at IS NULL;
CREATE INDEX coach_messages_by_habit ON coach_messages (habit_id, id);
CREATE INDEX coach_messages_by_goal ON coach_messages (goal_id) WHERE goal_id IS NOT NULL;
CREATE INDEX coach_messages_gone ON coach_messages (deleted_at) WHERE deleted_at IS NOT NULL AND text <> '';
CALL wall_user('coach_messages', '{deleted_at}');
GRANT INSERT ON coach_messages TO heed_work;
GRANT UPDATE (personality, language, prompt, written, text) ON coach_messages TO heed_work;
CALL listed('coach_messages');

-- Up to which date somebody's missed dates were looked at, and when the next day of theirs begins. Everybody has their own time, so there is no night
-- on which all of it could fail.
CREATE TABLE coach_rounds (
  user_id   uuid        CONSTRAINT coach_rounds_pkey PRIMARY KEY CONSTRAINT coach_rounds_user_fkey REFERENCES users ON DELETE CASCADE,
  looked_on date        NOT NULL,  -- what was missed before is old
  due_at    timestamptz NOT NULL
);
CREATE INDEX coach_rounds_due ON coach_rounds (due_at);
CALL wall_user('coach_rounds');
REVOKE INSERT ON coach_rounds FROM heed_web;
GRANT UPDATE ON coach_rounds TO heed_work;
-- Whoever makes habits, by whichever way, has rounds from then on: the first one comes at once, and finds out when their days begin.
CREATE FUNCTION begin_coach_rounds() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO coach_rounds (user_id, looked_on, due_at)
  SELECT user_id, (min(created_at) AT TIME ZONE 'UTC')::date - 1, min(created_at) FROM made GROUP BY user_id
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION begin_coach_rounds() FROM PUBLIC;
CREATE TRIGGER habits_coach_rounds AFTER INSERT ON habits REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION begin_coach_rounds();
INSERT INTO coach_rounds (user_id, looked_on, due_at)
SELECT user_id, (max(created_at) AT TIME ZONE 'UTC')::date - 1, max(created_at) FROM habits GROUP BY user_id;
CREATE FUNCTION overdue.coach(at timestamptz) RETURNS timestamptz LANGUAGE sql AS $$
  SELECT min(due_at) FROM coach_rounds WHERE due_at <= $1
$$;

CREATE TABLE chats (
  id         uuid        CONSTRAINT chats_pkey PRIMARY KEY,
  user_id    uuid        NOT NULL CONSTRAINT chats_user_fkey REFERENCES users ON DELETE CASCADE,
  title      text        NOT NULL CONSTRAINT chats_title CHECK (length(title) BETWEEN 1 AND 100),  -- from its first message
  status     text        NOT NULL CONSTRAINT chats_status CHECK (status IN ('active', 'archived')),
  said_at    timestamptz NOT NULL,  -- the last message of the person's
  job_id     uuid,  -- what answers at present: of several jobs of a chat one, so that answers come in order
  deleted_at timestamptz,
  created_at timestamptz NOT NULL,
  CONSTRAINT chats_id_user UNIQUE (id, user_id)
);
CREATE INDEX chats_by_user ON chats (user_id, said_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX chats_by_making ON chats (user_id, id) WHERE deleted_at IS NULL;
CREATE INDEX chats_gone ON chats (deleted_at) WHERE deleted_at IS NOT NULL;
CALL wall_user('chats', '{status,said_at,deleted_at}');
GRANT DELETE ON chats TO heed_work;
GRANT UPDATE (job_id) ON chats TO heed_work;
CALL listed('chats');

-- A message of the person's, and its answer. What got the human text is `kept_back`, question and answer: no later prompt holds either.
CREATE TABLE chat_messages (
  id          uuid        CONSTRAINT chat_messages_pkey PRIMARY KEY,
  chat_id     uuid        NOT NULL,
  user_id     uuid        NOT NULL,
  number      integer     NOT NULL,  -- its place in the chat, from 1
  said        text        NOT NULL CONSTRAINT chat_messages_said CHECK (octet_length(said) BETWEEN 1 AND 4096),
  kept_back   boolean     NOT NULL,
  created_at  timestamptz NOT NULL,
  answer      text        CONSTRAINT chat_messages_answer CHECK (length(answer) BETWEEN 1 AND 4000),  -- NULL: the worker is at it
  answered_at timestamptz,
  personality text        CONSTRAINT chat_messages_personality CHECK (personality IN ('yoda', 'general', 'mentor')),
  language    text        CONSTRAINT chat_messages_language CHECK (language IN ('en', 'pt-BR')),
  prompt      text        CONSTRAINT chat_messages_prompt CHECK (length(prompt) BETWEEN 1 AND 100),
  written     text        CONSTRAINT chat_messages_written CHECK (written IN ('template', 'model')),
  page        text        CONSTRAINT chat_messages_page CHECK (page IN ('habits', 'review', 'habit', 'edit', 'pause')),  -- what the answer leads to
  habit_id    uuid,  -- of that page; whether it is still there shows when somebody goes there
  CONSTRAINT chat_messages_number UNIQUE (chat_id, number),
  CONSTRAINT chat_messages_answered CHECK (num_nonnulls(answer, answered_at, personality, language, prompt, written) IN (0, 6)),
  CONSTRAINT chat_messages_chat_fkey FOREIGN KEY (chat_id, user_id) REFERENCES chats (id, user_id) ON DELETE CASCADE
);
CREATE INDEX chat_messages_by_user ON chat_messages (user_id);
CALL wall_user('chat_messages');
GRANT UPDATE (answer, answered_at, personality, language, prompt, written, page, habit_id) ON chat_messages TO heed_work;
CALL listed('chat_messages');
