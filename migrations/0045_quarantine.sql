-- Mailboxes that workers look into, and the mails that nobody can read (RULES 6.22). New tables, an index and a right more; safe while the site runs.

-- Who looks into a channel's mailbox. One at a time: a row is a worker's until `lease_until`, by the database's clock, and each claim has its number.
CREATE TABLE mailbox_looks (
  channel_id  uuid    CONSTRAINT mailbox_looks_pkey PRIMARY KEY,
  account_id  uuid    NOT NULL,
  fence       integer NOT NULL,
  lease_until timestamptz,       -- NULL: nobody looks
  lost        integer NOT NULL,  -- claims in a row whose worker died
  trying      text    NOT NULL,  -- after such a death: the mail that is being read
  has_more    boolean NOT NULL,  -- the next look need not wait for its minute
  CONSTRAINT mailbox_looks_channel_fkey FOREIGN KEY (channel_id, account_id) REFERENCES channels (id, account_id) ON DELETE CASCADE
);
CALL wall_account('mailbox_looks', 'admin');
GRANT INSERT, UPDATE ON mailbox_looks TO heed_work;

CREATE FUNCTION overdue.mailboxes(at timestamptz) RETURNS timestamptz LANGUAGE sql AS $$
  SELECT min(coalesce(s.last_look_at + interval '60 seconds', c.created_at)) FROM channels c
  JOIN channel_states s ON s.channel_id = c.id LEFT JOIN mailbox_looks l ON l.channel_id = c.id
  WHERE c.inbound <> 'webhook' AND c.enabled AND c.deleted_at IS NULL AND (l.lease_until IS NULL OR l.lease_until <= clock_timestamp())
    AND coalesce(s.last_look_at + interval '60 seconds', c.created_at) <= $1
$$;

CREATE TABLE quarantine (
  id              uuid        CONSTRAINT quarantine_pkey PRIMARY KEY,
  account_id      uuid        NOT NULL,
  channel_id      uuid        NOT NULL,
  key             bytea       NOT NULL CONSTRAINT quarantine_key CHECK (octet_length(key) = 32),  -- SHA-256 of the bytes, else of the name
  at              timestamptz NOT NULL,
  reason          text        NOT NULL CONSTRAINT quarantine_reason CHECK (length(reason) BETWEEN 1 AND 40),
  detail          text        NOT NULL DEFAULT '' CONSTRAINT quarantine_detail CHECK (length(detail) <= 300),
  name            text        NOT NULL CONSTRAINT quarantine_name CHECK (length(name) <= 300),  -- of the file, or its UID
  size            bigint      NOT NULL,
  raw             bytea,      -- SHA-256, in files; NULL: never fetched, or kept no longer
  tries           integer     NOT NULL DEFAULT 0,
  tried_at        timestamptz,
  state           text        NOT NULL DEFAULT 'waiting' CONSTRAINT quarantine_state CHECK (state IN ('waiting', 'taken', 'deleted')),
  conversation_id uuid,       -- where it was taken into
  CONSTRAINT quarantine_once UNIQUE (channel_id, key),
  CONSTRAINT quarantine_channel_fkey FOREIGN KEY (channel_id, account_id) REFERENCES channels (id, account_id) ON DELETE CASCADE,
  CONSTRAINT quarantine_conversation_fkey FOREIGN KEY (conversation_id, account_id) REFERENCES conversations (id, account_id) ON DELETE CASCADE
);
CREATE INDEX quarantine_list ON quarantine (account_id, state, id);
CREATE INDEX quarantine_by_file ON quarantine (account_id, raw) WHERE raw IS NOT NULL;
CREATE INDEX quarantine_by_conversation ON quarantine (conversation_id) WHERE conversation_id IS NOT NULL;
CREATE INDEX messages_by_raw ON messages (account_id, raw) WHERE raw IS NOT NULL;
CALL wall_account('quarantine', 'admin', '{reason,detail,raw,tries,tried_at,state,conversation_id}');
GRANT INSERT, DELETE ON quarantine TO heed_work;

-- The bytes go with the last row that names them.
CREATE FUNCTION forget_quarantined() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM files f WHERE f.account_id = OLD.account_id AND f.sha256 = OLD.raw
    AND NOT EXISTS (SELECT FROM quarantine q WHERE q.account_id = OLD.account_id AND q.raw = OLD.raw)
    AND NOT EXISTS (SELECT FROM messages m WHERE m.account_id = OLD.account_id AND m.raw = OLD.raw)
    AND NOT EXISTS (SELECT FROM attachments a WHERE a.account_id = OLD.account_id AND a.sha256 = OLD.raw);
  RETURN NULL;
END $$;
CREATE TRIGGER quarantine_gone AFTER DELETE ON quarantine FOR EACH ROW WHEN (OLD.raw IS NOT NULL) EXECUTE FUNCTION forget_quarantined();
CREATE TRIGGER quarantine_emptied AFTER UPDATE OF raw ON quarantine FOR EACH ROW WHEN (OLD.raw IS NOT NULL AND NEW.raw IS NULL)
  EXECUTE FUNCTION forget_quarantined();

-- An answer that came back has taught nothing about what arrives, whoever takes the report.
GRANT UPDATE (delivered) ON learning_samples TO heed_web;
CREATE INDEX attachments_asked ON attachments (message_id, n) WHERE state = 'asked';

REVOKE ALL ON FUNCTION forget_quarantined() FROM PUBLIC;
