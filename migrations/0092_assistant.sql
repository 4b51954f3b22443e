-- Conversations with the assistant (RULES 9.11, 9.32 to 9.35): they are chats, of another kind than the coach's. What an answer was made of stands with
-- it, what it read in steps of their own.
--
-- Columns with a constant, checks that hold for every row there is, and new tables: safe while the site runs. Beside `superuser.sql`, which lets the worker
-- read as people do: without it the assistant says that it cannot.

ALTER TABLE chats ADD COLUMN kind text NOT NULL DEFAULT 'coach' CONSTRAINT chats_kind CHECK (kind IN ('coach', 'assistant'));
ALTER TABLE chats ADD CONSTRAINT chats_id_user_kind UNIQUE (id, user_id, kind);
DROP INDEX chats_by_user, chats_by_making;
CREATE INDEX chats_by_user ON chats (user_id, kind, said_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX chats_by_making ON chats (user_id, kind, id) WHERE deleted_at IS NULL;

ALTER TABLE chat_messages
  ADD COLUMN kind        text        NOT NULL DEFAULT 'coach',
  ADD COLUMN stopped_at  timestamptz,                      -- by the person, before there was an answer
  ADD COLUMN given       jsonb       NOT NULL DEFAULT '[]', -- the things that the answer read, by their numbers
  ADD COLUMN saw         jsonb       NOT NULL DEFAULT '[]', -- what else it was given, part by part
  ADD COLUMN proposals   uuid[]      NOT NULL DEFAULT '{}',
  ADD COLUMN assumptions uuid[]      NOT NULL DEFAULT '{}', -- what it took for true
  ADD COLUMN is_foreign  boolean     NOT NULL DEFAULT false, -- whether it read the text of others (RULES 9.34)
  DROP CONSTRAINT chat_messages_answered,
  DROP CONSTRAINT chat_messages_written,
  DROP CONSTRAINT chat_messages_chat_fkey,
  ADD CONSTRAINT chat_messages_chat_fkey FOREIGN KEY (chat_id, user_id, kind) REFERENCES chats (id, user_id, kind) ON DELETE CASCADE NOT VALID,
  ADD CONSTRAINT chat_messages_written CHECK (
    CASE kind WHEN 'coach' THEN written IN ('template', 'model') ELSE written IN ('rules', 'model') END) NOT VALID,
  ADD CONSTRAINT chat_messages_answered CHECK (
    CASE kind
      WHEN 'coach' THEN num_nonnulls(answer, answered_at, personality, language, prompt, written) IN (0, 6)
      ELSE num_nonnulls(answer, answered_at, language, prompt, written) IN (0, 5) AND num_nonnulls(personality, page, habit_id) = 0
    END) NOT VALID,
  ADD CONSTRAINT chat_messages_stopped CHECK (stopped_at IS NULL OR kind = 'assistant' AND answer IS NULL) NOT VALID,
  ADD CONSTRAINT chat_messages_coach CHECK (kind = 'assistant'
    OR given = '[]' AND saw = '[]' AND proposals = '{}' AND assumptions = '{}' AND NOT is_foreign) NOT VALID;
ALTER TABLE chat_messages VALIDATE CONSTRAINT chat_messages_chat_fkey;
ALTER TABLE chat_messages VALIDATE CONSTRAINT chat_messages_written;
ALTER TABLE chat_messages VALIDATE CONSTRAINT chat_messages_answered;
ALTER TABLE chat_messages VALIDATE CONSTRAINT chat_messages_stopped;
ALTER TABLE chat_messages VALIDATE CONSTRAINT chat_messages_coach;
CREATE INDEX chat_messages_of_assistant ON chat_messages (user_id, created_at) WHERE kind = 'assistant';  -- how many there were within an hour
GRANT UPDATE (stopped_at) ON chat_messages TO heed_web;
GRANT UPDATE (given, saw, proposals, assumptions, is_foreign) ON chat_messages TO heed_work;

-- An answer that is being made: what the model was told so far, and what it may name. A worker that dies leaves it to the next; it goes when the answer is
-- there.
CREATE TABLE assistant_turns (
  chat_id  uuid        NOT NULL,
  number   integer     NOT NULL,  -- of the message that is answered
  user_id  uuid        NOT NULL,
  state    text        NOT NULL CONSTRAINT assistant_turns_state CHECK (octet_length(state) <= 2000000),
  began_at timestamptz NOT NULL,
  CONSTRAINT assistant_turns_pkey PRIMARY KEY (chat_id, number),
  CONSTRAINT assistant_turns_chat_fkey FOREIGN KEY (chat_id, user_id) REFERENCES chats (id, user_id) ON DELETE CASCADE
);
CREATE INDEX assistant_turns_by_user ON assistant_turns (user_id);
CALL wall_user('assistant_turns');
REVOKE INSERT ON assistant_turns FROM heed_web;
GRANT INSERT, UPDATE, DELETE ON assistant_turns TO heed_work;

-- What was read for an answer, and what was asked of a model (RULES 9.41): shown under it, for 90 days.
CREATE TABLE assistant_steps (
  id           uuid     CONSTRAINT assistant_steps_pkey PRIMARY KEY,
  user_id      uuid     NOT NULL,
  chat_id      uuid     NOT NULL,
  number       integer  NOT NULL,
  tool         text     NOT NULL CONSTRAINT assistant_steps_tool CHECK (length(tool) BETWEEN 1 AND 60),  -- `model`: a call of the model itself
  arguments    text     NOT NULL CONSTRAINT assistant_steps_arguments CHECK (octet_length(arguments) <= 4000),  -- their beginning, as they came
  rows         integer  NOT NULL CONSTRAINT assistant_steps_rows CHECK (rows >= 0),
  milliseconds integer  NOT NULL CONSTRAINT assistant_steps_milliseconds CHECK (milliseconds >= 0),
  status       text     NOT NULL CONSTRAINT assistant_steps_status CHECK (status IN ('ok', 'error', 'refused')),
  error        text     NOT NULL DEFAULT '' CONSTRAINT assistant_steps_error CHECK (length(error) <= 400),
  run_id       uuid,  -- of `prompt_runs`, kept as long
  CONSTRAINT assistant_steps_told CHECK ((status = 'ok') = (error = '')),
  CONSTRAINT assistant_steps_chat_fkey FOREIGN KEY (chat_id, user_id) REFERENCES chats (id, user_id) ON DELETE CASCADE
);
CREATE INDEX assistant_steps_by_chat ON assistant_steps (chat_id, number, id);
CREATE INDEX assistant_steps_by_user ON assistant_steps (user_id);
CALL wall_user('assistant_steps');
REVOKE INSERT ON assistant_steps FROM heed_web;
GRANT INSERT, DELETE ON assistant_steps TO heed_work;
CALL listed('assistant_steps');
