-- Test messages: somebody presses a button and sees what became of it. The message itself is a row of the outbox; here stands who asked for which
-- agent's, so that the newest is found at once and old ones go.
CREATE TABLE agent_tests (
  id         uuid        CONSTRAINT agent_tests_pkey PRIMARY KEY,
  user_id    uuid        NOT NULL CONSTRAINT agent_tests_user_fkey REFERENCES users ON DELETE CASCADE,
  type       text        NOT NULL CONSTRAINT agent_tests_type CHECK (type IN ('email', 'sms', 'webhook', 'push', 'pull')),
  number     bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,  -- which is the newest, also of two in one millisecond: the form's nonce hangs on it
  created_at timestamptz NOT NULL
);
CREATE INDEX agent_tests_by_user ON agent_tests (user_id, type, number);  -- the page of agents, and what the retention keeps
CALL wall_user('agent_tests');
GRANT DELETE ON agent_tests TO heed_work;
CREATE TRIGGER agent_tests_gone AFTER DELETE ON agent_tests REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION forget_messages();

-- A subject more, and words for what so far stood as a sentence of the program in `detail`: transfers that end without an answer. Both constraints
-- are wider than those before; the table is read once to see it.
ALTER TABLE outbox DROP CONSTRAINT outbox_subject, DROP CONSTRAINT outbox_reason,
  ADD CONSTRAINT outbox_subject CHECK (subject IN ('escalation', 'account', 'test')),
  ADD CONSTRAINT outbox_reason CHECK (reason IN ('answered', 'superseded', 'switched_off', 'unsubscribed', 'refused', 'gone',
    'unverified', 'unverified_limit', 'no_use', 'no_result', 'singly', 'quiet', 'digest', 'kept',
    'unreached', 'timeout', 'broken', 'no_entry', 'not_unicode', 'interrupted', 'no_channel', 'malformed', 'no_storage'));

CREATE FUNCTION overdue.tests(at timestamptz) RETURNS timestamptz LANGUAGE sql AS $$
  SELECT min(due_at) FROM outbox WHERE subject = 'test' AND state IN ('pending', 'held') AND due_at <= $1
$$;

-- What a person tells a channel, sealed (RULES 7.2). How its test ended stands in the outbox.
GRANT UPDATE (configuration) ON agents TO heed_web;
ALTER TABLE agents DROP COLUMN last_tested_at, DROP COLUMN last_result;
