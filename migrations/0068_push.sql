-- Browsers that get a person's reminders by Web Push (RFC 8030), and the messages that take a notification away when somebody has answered. New tables,
-- and words more in the outbox; safe while the site runs.

CREATE TABLE push_devices (
  id            uuid        CONSTRAINT push_devices_pkey PRIMARY KEY,
  user_id       uuid        NOT NULL CONSTRAINT push_devices_user_fkey REFERENCES users ON DELETE CASCADE,
  label         text        NOT NULL CONSTRAINT push_devices_label CHECK (length(label) BETWEEN 1 AND 60),
  service       text        NOT NULL CONSTRAINT push_devices_service CHECK (length(service) <= 255),  -- the host of its push service
  endpoint_hash bytea       NOT NULL CONSTRAINT push_devices_endpoint_hash CHECK (length(endpoint_hash) = 32),  -- SHA-256 of its address
  subscription  bytea       NOT NULL,  -- address and keys, sealed: who has them can send there
  created_at    timestamptz NOT NULL,
  CONSTRAINT push_devices_id_user UNIQUE (id, user_id),
  CONSTRAINT push_devices_once UNIQUE (user_id, endpoint_hash)
);
CALL wall_user('push_devices', '{label,subscription}');
CALL listed('push_devices');
GRANT DELETE ON push_devices TO heed_work;

CREATE FUNCTION door.delete_push_device(device uuid) RETURNS text
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  DELETE FROM push_devices d WHERE d.user_id = me() AND d.id = $1 RETURNING d.label
$$;
REVOKE ALL ON FUNCTION door.delete_push_device(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.delete_push_device(uuid) TO heed_web;

-- What tells a device that an escalation was answered. The escalation may be gone by then, so nothing holds it.
CREATE TABLE push_closings (
  id            uuid        CONSTRAINT push_closings_pkey PRIMARY KEY,
  user_id       uuid        NOT NULL,
  device_id     uuid        NOT NULL,
  escalation_id uuid        NOT NULL,
  created_at    timestamptz NOT NULL,
  CONSTRAINT push_closings_device_fkey FOREIGN KEY (device_id, user_id) REFERENCES push_devices (id, user_id) ON DELETE CASCADE
);
CREATE INDEX push_closings_by_device ON push_closings (device_id, escalation_id, created_at);
CALL wall_user('push_closings');
GRANT INSERT, DELETE ON push_closings TO heed_work;
CREATE TRIGGER push_closings_gone AFTER DELETE ON push_closings REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION forget_messages();

ALTER TABLE outbox DROP CONSTRAINT outbox_subject, ADD CONSTRAINT outbox_subject
  CHECK (subject IN ('escalation', 'account', 'test', 'week', 'invitation', 'answer', 'channel_test', 'contact', 'phone', 'closing')) NOT VALID;
ALTER TABLE outbox VALIDATE CONSTRAINT outbox_subject;
ALTER TABLE outbox DROP CONSTRAINT outbox_recipient_kind, ADD CONSTRAINT outbox_recipient_kind
  CHECK (recipient_kind IN ('user', 'contact', 'guest', 'customer', 'device')) NOT VALID;
ALTER TABLE outbox VALIDATE CONSTRAINT outbox_recipient_kind;
-- A device's messages are its person's when it is said how an agent did.
DROP INDEX outbox_by_user;
CREATE INDEX outbox_by_user ON outbox (user_id, channel, sent_at) WHERE sent_at IS NOT NULL AND subject IN ('escalation', 'test')
  AND recipient_kind IN ('user', 'device');
ALTER TABLE outbox DROP CONSTRAINT outbox_reason, ADD CONSTRAINT outbox_reason CHECK (reason IN ('answered', 'superseded', 'switched_off', 'unsubscribed',
  'refused', 'gone', 'unverified', 'unverified_limit', 'no_use', 'no_result', 'singly', 'quiet', 'digest', 'kept', 'unreached', 'timeout', 'broken',
  'no_entry', 'not_unicode', 'interrupted', 'no_channel', 'malformed', 'no_storage', 'unknown', 'removed', 'untrusted', 'laid_out', 'fetched',
  'received', 'expired', 'unreceived', 'limited', 'no_device', 'too_long')) NOT VALID;
ALTER TABLE outbox VALIDATE CONSTRAINT outbox_reason;
CREATE FUNCTION overdue.closings(at timestamptz) RETURNS timestamptz LANGUAGE sql AS $$
  SELECT min(due_at) FROM outbox WHERE subject = 'closing' AND state IN ('pending', 'held') AND due_at <= $1
$$;

-- A mail that tells of the last device that is gone.
ALTER TABLE account_mails DROP CONSTRAINT account_mails_kind, ADD CONSTRAINT account_mails_kind
  CHECK (kind IN ('verification', 'reset', 'sign_up', 'password_changed', 'agent_off', 'webhook_off', 'push_off'));
