-- One outbox: whatever leaves, messages of escalations, mails about accounts and what later features send, is a row of one table, claimed, leased,
-- tried again and told in one way. What each is about stands where it stood: escalations, and account_mails for the facts of a mail about an
-- account. Why a message is in its state, which mail carries it and what code the other side gave are columns of their own; `detail` is what the
-- other side said, for people, and nothing is decided by it.
--
-- Not while an older program serves: stop responders and workers, migrate, start the new ones. Messages are written anew, and attempts that
-- carry a text.

-- What `detail` said so far, taken apart. Dropped below.
CREATE FUNCTION reason_of(state text, detail text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN detail IN ('answered', 'superseded', 'switched_off', 'unsubscribed', 'refused', 'gone', 'unverified', 'unverified_limit', 'no_result',
      'singly', 'quiet') THEN detail
    WHEN detail = 'digest' OR detail LIKE 'digest %' THEN 'digest'
    WHEN detail = 'kept in the Maildir' THEN 'kept'
    WHEN detail = 'no use any more' THEN 'no_use'
    -- For good, and because of the address: not of the system, the protocol, the content or a policy (RFC 3463). It decided so until now.
    WHEN state = 'failed' AND detail ~ '^5[0-9]{2} ' AND detail !~ '^5[0-9]{2} 5[.][3567][.]' THEN 'refused' END
$$;
CREATE FUNCTION code_of(detail text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT substring(detail FROM '^([2-5][0-9]{2}(?: [2-5][.][0-9]{1,3}[.][0-9]{1,3})?) ')
$$;
CREATE FUNCTION said_in(state text, detail text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN code_of(detail) IS NOT NULL THEN substr(detail, length(code_of(detail)) + 2)
    WHEN reason_of(state, detail) IS NOT NULL THEN '' ELSE detail END
$$;

CREATE TABLE outbox (
  id             uuid        NOT NULL,
  user_id        uuid        NOT NULL,  -- whose it is
  subject        text        NOT NULL CONSTRAINT outbox_subject CHECK (subject IN ('escalation', 'account')),
  subject_id     uuid        NOT NULL,  -- what it is about: an escalation, an account mail
  -- For the foreign key, which has one table at its end.
  escalation_id  uuid        GENERATED ALWAYS AS (CASE WHEN subject = 'escalation' THEN subject_id END) STORED,
  -- What escalations alone have: the step that is told.
  reminder_id    uuid,
  run            integer,
  tier           integer,
  round          integer,
  channel        text        NOT NULL CONSTRAINT outbox_channel CHECK (channel IN ('email', 'sms', 'webhook', 'push', 'pull')),
  recipient_kind text        NOT NULL CONSTRAINT outbox_recipient_kind CHECK (recipient_kind IN ('user', 'contact')),
  recipient_id   uuid        NOT NULL,  -- the address itself is read when it is sent
  address        text        NOT NULL DEFAULT '',  -- where it last went
  critical       boolean     NOT NULL DEFAULT false,  -- leaves before its person's others
  state          text        NOT NULL CONSTRAINT outbox_state CHECK (state IN ('pending', 'sending', 'sent', 'delivered', 'failed', 'cancelled', 'held')),
  due_at         timestamptz NOT NULL,  -- when to send or try again; when held, until when
  lease_until    timestamptz,           -- by the database's clock, because workers' clocks may differ
  fence          integer     NOT NULL DEFAULT 0,   -- grows with every claim: a late worker's result is refused
  attempts       integer     NOT NULL DEFAULT 0,
  lost           smallint    NOT NULL DEFAULT 0,   -- how many claims in a row have ended without a result
  carrier_id     uuid,                  -- the message in whose mail this one travels; no key, since it waits on when that one is deleted
  reason         text        CONSTRAINT outbox_reason CHECK (reason IN ('answered', 'superseded', 'switched_off', 'unsubscribed', 'refused', 'gone',
    'unverified', 'unverified_limit', 'no_use', 'no_result', 'singly', 'quiet', 'digest', 'kept')),  -- why it is in its state; NULL: by itself
  code           text,                  -- of the other side: '550 5.1.1', '503'
  detail         text        NOT NULL DEFAULT '',  -- what the other side said, for people
  created_at     timestamptz NOT NULL,
  sent_at        timestamptz,
  -- Each key holds subject_id, so that the table can be cut into months by it (of version 7, so in the order of time).
  CONSTRAINT outbox_pkey PRIMARY KEY (id, subject_id, user_id),
  CONSTRAINT outbox_once UNIQUE (escalation_id, run, tier, round, channel, recipient_id, subject_id),
  CONSTRAINT outbox_step CHECK ((subject = 'escalation') = (num_nonnulls(reminder_id, run, tier, round) = 4))
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

INSERT INTO outbox (id, user_id, subject, subject_id, reminder_id, run, tier, round, channel, recipient_kind, recipient_id, address, critical, state,
  due_at, lease_until, fence, attempts, lost, carrier_id, reason, code, detail, created_at, sent_at)
SELECT id, user_id, 'escalation', escalation_id, reminder_id, run, tier, round, agent, 'user', user_id, address, critical, state, due_at, lease_until,
  fence, attempts, lost, substring(detail FROM '^digest ([0-9a-f-]{36})$')::uuid, reason_of(state, detail), code_of(detail), said_in(state, detail),
  created_at, sent_at
FROM deliveries;
-- A request that somebody made by an address alone is no message yet. Who sent when was not kept of letters.
INSERT INTO outbox (id, user_id, subject, subject_id, channel, recipient_kind, recipient_id, address, state, due_at, lease_until, fence, attempts, lost,
  reason, code, detail, created_at, sent_at)
SELECT id, user_id, 'account', id, 'email', 'user', user_id, email, state, due_at, lease_until, fence, attempts, lost, reason_of(state, detail),
  code_of(detail), said_in(state, detail), created_at, CASE WHEN state IN ('sent', 'delivered') THEN due_at END
FROM letters WHERE user_id IS NOT NULL;

-- Every change of a message's state but its first, which is the row's own created_at: the timeline shows how long each lasted. Of rows from before
-- the first is here, too.
ALTER TABLE delivery_attempts RENAME TO outbox_attempts;
ALTER TABLE outbox_attempts RENAME COLUMN delivery_id TO message_id;
ALTER TABLE outbox_attempts RENAME COLUMN escalation_id TO subject_id;
ALTER TABLE outbox_attempts RENAME CONSTRAINT delivery_attempts_pkey TO outbox_attempts_pkey;
ALTER TABLE outbox_attempts ADD COLUMN reason text, ADD COLUMN code text, DROP CONSTRAINT delivery_attempts_delivery_fkey;
UPDATE outbox_attempts SET reason = reason_of(state, detail), code = code_of(detail), detail = said_in(state, detail) WHERE detail <> '';
DROP TABLE deliveries;
DROP FUNCTION said_in(text, text), code_of(text), reason_of(text, text);

ALTER TABLE outbox ADD CONSTRAINT outbox_escalation_fkey
  FOREIGN KEY (escalation_id, user_id) REFERENCES escalations (id, user_id) ON DELETE CASCADE;
ALTER TABLE outbox_attempts ADD CONSTRAINT outbox_attempts_message_fkey
  FOREIGN KEY (message_id, subject_id, user_id) REFERENCES outbox (id, subject_id, user_id) ON DELETE CASCADE;
-- What workers look for, subject by subject: each kind of message has its own turn. Of escalations apart, which are many and written while
-- reminders fire: their indexes stay as narrow as they were.
CREATE INDEX outbox_due ON outbox (due_at) WHERE state IN ('pending', 'held') AND subject = 'escalation';
CREATE INDEX outbox_due_about ON outbox (subject, due_at) WHERE state IN ('pending', 'held') AND subject <> 'escalation';
CREATE INDEX outbox_by_turn ON outbox (user_id, critical, due_at) WHERE state IN ('pending', 'held') AND subject = 'escalation';
CREATE INDEX outbox_by_turn_about ON outbox (subject, user_id, critical, due_at) WHERE state IN ('pending', 'held') AND subject <> 'escalation';
CREATE INDEX outbox_leased ON outbox (subject, lease_until) WHERE state = 'sending';
CREATE INDEX outbox_held ON outbox (user_id, due_at) WHERE state = 'held';
CREATE INDEX outbox_by_reminder ON outbox (reminder_id, created_at DESC);
CREATE INDEX outbox_by_user ON outbox (user_id, sent_at) WHERE sent_at IS NOT NULL;
CREATE INDEX outbox_failed ON outbox (user_id, due_at) WHERE state = 'failed';
-- Of all subjects but escalations, which have outbox_once and find nothing of theirs here.
CREATE UNIQUE INDEX outbox_once_about ON outbox (subject_id, channel, recipient_id) WHERE escalation_id IS NULL;
CALL wall_user('outbox', '{state,reason,code,detail}');
GRANT INSERT, UPDATE ON outbox TO heed_work;
ALTER POLICY delivery_attempts_own ON outbox_attempts RENAME TO outbox_attempts_own;
ALTER POLICY delivery_attempts_all ON outbox_attempts RENAME TO outbox_attempts_all;

-- What is to know of a mail about an account besides its sending. One that was asked for by an address alone is nobody's, and has no row in the
-- outbox, until the worker has found its owner.
ALTER TABLE letters RENAME TO account_mails;
ALTER TABLE account_mails DROP COLUMN state, DROP COLUMN due_at, DROP COLUMN attempts, DROP COLUMN lease_until, DROP COLUMN fence, DROP COLUMN detail,
  DROP COLUMN lost, DROP CONSTRAINT letters_id_user;  -- the constraint letters_owned goes with state
ALTER TABLE account_mails RENAME CONSTRAINT letters_pkey TO account_mails_pkey;
ALTER TABLE account_mails RENAME CONSTRAINT letters_user_fkey TO account_mails_user_fkey;
ALTER TABLE account_mails RENAME CONSTRAINT letters_kind TO account_mails_kind;
ALTER TABLE account_mails ADD CONSTRAINT account_mails_owned CHECK (user_id IS NOT NULL OR kind = 'reset');
ALTER INDEX letters_by_user RENAME TO account_mails_by_user;
CREATE INDEX account_mails_asked ON account_mails (created_at) WHERE user_id IS NULL;
ALTER POLICY letters_own ON account_mails RENAME TO account_mails_own;
ALTER POLICY letters_all ON account_mails RENAME TO account_mails_all;
ALTER POLICY letters_asked ON account_mails RENAME TO account_mails_asked;

-- A message goes with what it is about. Escalations have a foreign key for it; other subjects get this trigger, which costs nothing where messages
-- are written: CREATE TRIGGER … AFTER DELETE ON … REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION forget_messages().
CREATE FUNCTION forget_messages() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM outbox o USING gone g WHERE o.subject_id = g.id AND o.escalation_id IS NULL;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION forget_messages() FROM PUBLIC;
CREATE TRIGGER account_mails_gone AFTER DELETE ON account_mails REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION forget_messages();

DROP FUNCTION door.letter(uuid);
CREATE FUNCTION door.account_mail(mail_id uuid) RETURNS TABLE (user_id uuid, account_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp ROWS 1 AS $$
  SELECT m.user_id, u.account_id FROM account_mails m JOIN users u ON u.id = m.user_id WHERE m.id = $1
$$;
REVOKE ALL ON FUNCTION door.account_mail(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.account_mail(uuid) TO heed_web;

-- Those that look at messages by their names.
CREATE OR REPLACE FUNCTION follow_importance() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM FROM outbox WHERE user_id = NEW.user_id AND reminder_id = NEW.id AND state IN ('pending', 'held', 'sending') ORDER BY id FOR UPDATE;
  UPDATE outbox SET critical = NEW.importance = 'critical',
    due_at = CASE WHEN NEW.importance = 'critical' AND state = 'held' AND reason = 'quiet' THEN least(due_at, NEW.updated_at) ELSE due_at END
  WHERE user_id = NEW.user_id AND reminder_id = NEW.id AND state IN ('pending', 'held', 'sending');
  PERFORM pg_notify('heed_work', '');
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION release_held() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM FROM outbox WHERE user_id = NEW.id AND state = 'held' AND reason = 'unverified' ORDER BY id FOR UPDATE;
  UPDATE outbox SET due_at = NEW.verified_at WHERE user_id = NEW.id AND state = 'held' AND reason = 'unverified';
  PERFORM pg_notify('heed_work', '');
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION door.overdue(at timestamptz) RETURNS TABLE (work text, since timestamptz)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp ROWS 1 AS $$
  SELECT x.work, x.since FROM (VALUES
    ('reminders', least(
      (SELECT min(next_at) FROM reminders WHERE status = 'active' AND next_at <= $1),
      (SELECT min(snoozed_until) FROM reminders WHERE status = 'snoozed' AND snoozed_until <= $1))),
    ('escalations', least(
      (SELECT min(next_step_at) FROM escalations WHERE state = 'active' AND next_step_at <= $1),
      (SELECT min(again_at) FROM escalations WHERE state = 'acknowledged' AND again_at IS NOT NULL AND again_at <= $1))),
    ('mail', least(
      (SELECT min(due_at) FROM outbox WHERE subject = 'escalation' AND state IN ('pending', 'held') AND due_at <= $1),
      (SELECT min(due_at) FROM outbox WHERE subject = 'account' AND state IN ('pending', 'held') AND due_at <= $1),
      (SELECT min(due_at) FROM outbox WHERE state = 'sending' AND lease_until < clock_timestamp() AND due_at <= $1),
      (SELECT min(created_at) FROM account_mails WHERE user_id IS NULL AND created_at <= $1)))) AS x(work, since)
  WHERE x.since IS NOT NULL ORDER BY x.since LIMIT 1
$$;
