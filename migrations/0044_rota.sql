-- Who is on duty for a channel, and tests of channels. New tables, an index and a word more in the outbox; safe while the site runs.

-- Two channels of one address would each answer what the other got.
CREATE UNIQUE INDEX channels_by_address ON channels (account_id, lower(address)) WHERE address IS NOT NULL AND deleted_at IS NULL;

-- The first line that holds an instant counts (RULES 6.14). Whoever has left the account keeps their line until it is edited: nobody is on duty by it.
CREATE TABLE rotas (
  channel_id   uuid     NOT NULL,
  account_id   uuid     NOT NULL,
  n            smallint NOT NULL CONSTRAINT rotas_n CHECK (n BETWEEN 1 AND 50),
  days         smallint NOT NULL CONSTRAINT rotas_days CHECK (days BETWEEN 1 AND 127),  -- bit 0 is Monday
  from_minute  smallint NOT NULL CONSTRAINT rotas_from CHECK (from_minute BETWEEN 0 AND 1439),
  until_minute smallint NOT NULL CONSTRAINT rotas_until CHECK (until_minute BETWEEN 1 AND 1440),  -- not part of it
  user_id      uuid     NOT NULL CONSTRAINT rotas_user_fkey REFERENCES users ON DELETE CASCADE,
  CONSTRAINT rotas_pkey PRIMARY KEY (channel_id, n),
  CONSTRAINT rotas_forward CHECK (from_minute < until_minute),
  CONSTRAINT rotas_channel_fkey FOREIGN KEY (channel_id, account_id) REFERENCES channels (id, account_id) ON DELETE CASCADE
);
CREATE INDEX rotas_by_user ON rotas (user_id);
CALL wall_account('rotas', 'admin');

CREATE FUNCTION door.drop_rota(channel uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  DELETE FROM rotas r USING users u
  WHERE r.channel_id = $1 AND r.account_id = my_account() AND u.id = me() AND u.account_id = r.account_id AND u.role IN ('owner', 'admin')
$$;
REVOKE ALL ON FUNCTION door.drop_rota(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.drop_rota(uuid) TO heed_web;

-- A look at a mailbox and a mail to whoever pressed: what became of it, the outbox says, and of the look `channel_states`.
CREATE TABLE channel_tests (
  id         uuid        CONSTRAINT channel_tests_pkey PRIMARY KEY,
  channel_id uuid        NOT NULL,
  account_id uuid        NOT NULL,
  user_id    uuid        NOT NULL CONSTRAINT channel_tests_user_fkey REFERENCES users ON DELETE CASCADE,
  number     bigint      GENERATED ALWAYS AS IDENTITY,
  created_at timestamptz NOT NULL,
  CONSTRAINT channel_tests_channel_fkey FOREIGN KEY (channel_id, account_id) REFERENCES channels (id, account_id) ON DELETE CASCADE
);
CREATE INDEX channel_tests_newest ON channel_tests (channel_id, number);
CREATE INDEX channel_tests_by_user ON channel_tests (user_id);
CALL wall_account('channel_tests', 'admin');
GRANT DELETE ON channel_tests TO heed_work;
CREATE TRIGGER channel_tests_gone AFTER DELETE ON channel_tests REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION forget_messages();

ALTER TABLE outbox DROP CONSTRAINT outbox_subject, ADD CONSTRAINT outbox_subject
  CHECK (subject IN ('escalation', 'account', 'test', 'week', 'invitation', 'answer', 'channel_test')) NOT VALID;
ALTER TABLE outbox VALIDATE CONSTRAINT outbox_subject;
CREATE FUNCTION overdue.channel_tests(at timestamptz) RETURNS timestamptz LANGUAGE sql AS $$
  SELECT min(due_at) FROM outbox WHERE subject = 'channel_test' AND state IN ('pending', 'held') AND due_at <= $1
$$;
