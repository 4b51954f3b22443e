-- SMS: numbers that are verified by a code, how much went to each, and what people answer by them. New tables and functions; a word more for reasons and
-- for who did something. Safe while the site runs.

-- Numbers that SMS go to: a person's own, and their contacts'. The number itself stands where it was told: sealed among a person's agents, or beside
-- its contact. Here there is a keyed hash, by which messages that come in are known.
CREATE TABLE phones (
  id          uuid        CONSTRAINT phones_pkey PRIMARY KEY,
  user_id     uuid        NOT NULL CONSTRAINT phones_user_fkey REFERENCES users ON DELETE CASCADE,
  contact_id  uuid,  -- whose it is; NULL: the person's own
  number_key  text        NOT NULL CONSTRAINT phones_number_key CHECK (length(number_key) IN (0, 32)),  -- empty: none any more
  verified_at timestamptz,  -- since when it is known to be theirs; another number begins anew
  stopped_at  timestamptz,  -- since when nothing is wanted there
  created_at  timestamptz NOT NULL,
  CONSTRAINT phones_id_user UNIQUE (id, user_id),
  CONSTRAINT phones_whose UNIQUE NULLS NOT DISTINCT (user_id, contact_id),
  CONSTRAINT phones_contact_fkey FOREIGN KEY (contact_id, user_id) REFERENCES contacts (id, user_id) ON DELETE CASCADE
);
CREATE INDEX phones_by_contact ON phones (contact_id);
CREATE INDEX phones_by_number ON phones (number_key);
CALL wall_user('phones', '{number_key,verified_at,stopped_at}');
GRANT UPDATE (stopped_at) ON phones TO heed_work;
-- Today says which tiers tell nobody: that follows from who can be told.
CALL listed('phones');

-- Numbers from which STOP came, and in whose place another stands now: told again, nothing is wanted there still.
CREATE TABLE phone_stops (
  user_id    uuid NOT NULL CONSTRAINT phone_stops_user_fkey REFERENCES users ON DELETE CASCADE,
  number_key text NOT NULL,
  stopped_at timestamptz,  -- NULL: START came since
  CONSTRAINT phone_stops_pkey PRIMARY KEY (user_id, number_key)
);
CREATE INDEX phone_stops_by_number ON phone_stops (number_key);
CALL wall_user('phone_stops', '{stopped_at}');

-- Codes that verify them. The digits of each are derived from its id.
CREATE TABLE phone_codes (
  id         uuid        CONSTRAINT phone_codes_pkey PRIMARY KEY,
  user_id    uuid        NOT NULL,
  phone_id   uuid        NOT NULL,
  number_key text        NOT NULL,  -- it counts for this number alone
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  tries      smallint    NOT NULL DEFAULT 0,
  used_at    timestamptz,
  CONSTRAINT phone_codes_phone_fkey FOREIGN KEY (phone_id, user_id) REFERENCES phones (id, user_id) ON DELETE CASCADE
);
CREATE INDEX phone_codes_by_phone ON phone_codes (phone_id, created_at);
CREATE INDEX phone_codes_expired ON phone_codes (expires_at);
CALL wall_user('phone_codes', '{tries,used_at}');
GRANT DELETE ON phone_codes TO heed_work;
CREATE TRIGGER phone_codes_gone AFTER DELETE ON phone_codes REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION forget_messages();

-- What of reminders went to which address, for three hours: it may be several people's, and the limit is its own (RULES 4.7). It counts on when its person is
-- erased, as nobody's: else whoever makes accounts and erases them could have a stranger's telephone rung without end.
CREATE TABLE address_sends (
  user_id     uuid        NOT NULL,
  channel     text        NOT NULL CONSTRAINT address_sends_channel CHECK (channel IN ('email', 'sms')),
  address_key text        NOT NULL,  -- a mail address in its plain form; a keyed hash of a number
  at          timestamptz NOT NULL,
  message_id  uuid,  -- tried again, it is not held up by itself
  CONSTRAINT address_sends_pkey PRIMARY KEY (user_id, channel, address_key, at)
);
CREATE INDEX address_sends_by_address ON address_sends (channel, address_key, at);
CREATE INDEX address_sends_by_time ON address_sends (at);
CALL wall_user('address_sends');
GRANT INSERT, DELETE ON address_sends TO heed_work;

-- Whose message the gateway tells of.
CREATE FUNCTION door.sms_message(message uuid) RETURNS TABLE (user_id uuid, account_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp ROWS 1 AS $$
  SELECT o.user_id, u.account_id FROM outbox o JOIN users u ON u.id = o.user_id WHERE o.id = $1 AND o.channel = 'sms' LIMIT 1
$$;
-- Whose number it is, or was when STOP came from it: whoever was told last comes first. Contacts who were deleted are among them, as they may come back.
-- `stopped`: only those where it is so, or is not.
CREATE FUNCTION door.phone_holders(number_key text, stopped boolean)
RETURNS TABLE (user_id uuid, account_id uuid, contact_id uuid, verified boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp ROWS 2 AS $$
  SELECT p.user_id, u.account_id, p.contact_id, p.verified_at IS NOT NULL
  FROM (SELECT h.id, h.user_id, h.contact_id, h.verified_at, h.stopped_at, h.created_at FROM phones h WHERE h.number_key = $1
    UNION ALL SELECT NULL, s.user_id, NULL, NULL, s.stopped_at, s.stopped_at FROM phone_stops s WHERE s.number_key = $1 AND s.stopped_at IS NOT NULL) p
  JOIN users u ON u.id = p.user_id LEFT JOIN contacts c ON c.id = p.contact_id
  WHERE $2 IS NULL OR $2 = (p.stopped_at IS NOT NULL)
  ORDER BY p.verified_at IS NULL, c.deleted_at IS NOT NULL, (SELECT max(o.sent_at) FROM outbox o
    WHERE o.user_id = p.user_id AND o.channel = 'sms' AND o.sent_at IS NOT NULL AND o.subject IN ('escalation', 'test')
      AND o.recipient_id = coalesce(p.contact_id, p.user_id)) DESC NULLS LAST, p.created_at DESC, p.id
  LIMIT 50
$$;
REVOKE ALL ON FUNCTION door.sms_message(uuid), door.phone_holders(text, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.sms_message(uuid), door.phone_holders(text, boolean) TO heed_web;

-- A message with a code; one that waits because enough has gone to its number.
ALTER TABLE outbox DROP CONSTRAINT outbox_subject, ADD CONSTRAINT outbox_subject
  CHECK (subject IN ('escalation', 'account', 'test', 'week', 'invitation', 'answer', 'channel_test', 'contact', 'phone')) NOT VALID;
ALTER TABLE outbox VALIDATE CONSTRAINT outbox_subject;
ALTER TABLE outbox DROP CONSTRAINT outbox_reason, ADD CONSTRAINT outbox_reason CHECK (reason IN ('answered', 'superseded', 'switched_off', 'unsubscribed',
  'refused', 'gone', 'unverified', 'unverified_limit', 'no_use', 'no_result', 'singly', 'quiet', 'digest', 'kept', 'unreached', 'timeout', 'broken',
  'no_entry', 'not_unicode', 'interrupted', 'no_channel', 'malformed', 'no_storage', 'unknown', 'removed', 'untrusted', 'laid_out', 'fetched',
  'received', 'expired', 'unreceived', 'limited')) NOT VALID;
ALTER TABLE outbox VALIDATE CONSTRAINT outbox_reason;
CREATE FUNCTION overdue.codes(at timestamptz) RETURNS timestamptz LANGUAGE sql AS $$
  SELECT min(due_at) FROM outbox WHERE subject = 'phone' AND state IN ('pending', 'held') AND due_at <= $1
$$;

-- What is answered by SMS, its owner's log and timeline say.
ALTER TABLE audit_log DROP CONSTRAINT audit_log_actor, ADD CONSTRAINT audit_log_actor
  CHECK (actor IN ('user', 'link', 'webhook', 'key', 'operator', 'system', 'sms')) NOT VALID;
ALTER TABLE audit_log VALIDATE CONSTRAINT audit_log_actor;
ALTER TABLE escalation_events DROP CONSTRAINT escalation_events_actor, ADD CONSTRAINT escalation_events_actor
  CHECK (actor IN ('system', 'user', 'link', 'webhook', 'key', 'sms')) NOT VALID;
ALTER TABLE escalation_events VALIDATE CONSTRAINT escalation_events_actor;
