-- Trusted contacts: people whom somebody asks to be told when they do not answer themselves. New tables, words more in the outbox and a column more of
-- reminders. The outbox is read once for its constraints, and whoever uses it waits until all of this has committed.

CREATE TABLE contacts (
  id           uuid        CONSTRAINT contacts_pkey PRIMARY KEY,
  user_id      uuid        NOT NULL CONSTRAINT contacts_user_fkey REFERENCES users ON DELETE CASCADE,
  name         text        NOT NULL CONSTRAINT contacts_name CHECK (length(name) BETWEEN 1 AND 100),
  address      text        NOT NULL CONSTRAINT contacts_address CHECK (octet_length(address) <= 254),  -- of e-mail; empty: none
  address_key  text        NOT NULL,
  phone        text        NOT NULL CONSTRAINT contacts_phone CHECK (phone ~ '^([+][1-9][0-9]{7,14})?$'),  -- E.164; empty: none
  relationship text        NOT NULL CONSTRAINT contacts_relationship CHECK (length(relationship) <= 100),
  timezone     text        NOT NULL,  -- the contact's own, like language and quiet hours
  zone_rule    text        NOT NULL,  -- what the zone was when it was chosen
  language     text        NOT NULL CONSTRAINT contacts_language CHECK (language IN ('en', 'pt-BR')),
  quiet_from   integer     CONSTRAINT contacts_quiet_from CHECK (quiet_from BETWEEN 0 AND 86399),  -- second of the day
  quiet_until  integer     CONSTRAINT contacts_quiet_until CHECK (quiet_until BETWEEN 0 AND 86399),
  shows_notes  boolean     NOT NULL,  -- whether they read the notes of a reminder, beside its title
  notify_email boolean     NOT NULL,
  notify_sms   boolean     NOT NULL,
  verified_at  timestamptz,  -- since when they have agreed, by a letter to this very address
  deleted_at   timestamptz,  -- told nothing from then on; timelines still name whom they told
  created_at   timestamptz NOT NULL,
  updated_at   timestamptz NOT NULL,
  version      integer     NOT NULL DEFAULT 1,
  revision     bigint      NOT NULL DEFAULT 0,
  CONSTRAINT contacts_reached CHECK (address <> '' OR phone <> ''),
  CONSTRAINT contacts_quiet_both CHECK ((quiet_from IS NULL) = (quiet_until IS NULL)),
  CONSTRAINT contacts_id_user UNIQUE (id, user_id)
);
CREATE INDEX contacts_by_user ON contacts (user_id, id) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX contacts_one_address ON contacts (user_id, address_key) WHERE deleted_at IS NULL AND address <> '';  -- an address is told once
CREATE INDEX contacts_gone ON contacts (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE TRIGGER contacts_revision BEFORE UPDATE ON contacts FOR EACH ROW EXECUTE FUNCTION count_revision();
-- Columns that hold an address of somebody who signs in are called email, and no request changes those.
CALL wall_user('contacts', '{name,address,address_key,phone,relationship,timezone,zone_rule,language,quiet_from,quiet_until,shows_notes,notify_email,notify_sms,verified_at,deleted_at,updated_at,version}');
GRANT DELETE ON contacts TO heed_work;

-- Letters that ask a contact whether they agree. The link of each is derived from its id.
CREATE TABLE contact_mails (
  id         uuid        CONSTRAINT contact_mails_pkey PRIMARY KEY,
  user_id    uuid        NOT NULL,
  contact_id uuid        NOT NULL,
  address    text        NOT NULL,  -- agreeing counts for this one alone
  asked_by   text        NOT NULL,  -- the address then of who asks
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at    timestamptz,
  CONSTRAINT contact_mails_contact_fkey FOREIGN KEY (contact_id, user_id) REFERENCES contacts (id, user_id) ON DELETE CASCADE
);
CREATE INDEX contact_mails_by_contact ON contact_mails (contact_id, created_at);
CREATE INDEX contact_mails_expired ON contact_mails (expires_at);
CALL wall_user('contact_mails', '{used_at}');
GRANT DELETE ON contact_mails TO heed_work;
CREATE TRIGGER contact_mails_gone AFTER DELETE ON contact_mails REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION forget_messages();

-- Addresses that want nothing of a person's reminders any more. They stay when the contact is deleted or made anew: only who holds a link that was sent
-- to the address takes it off.
CREATE TABLE contact_stops (
  user_id     uuid        NOT NULL CONSTRAINT contact_stops_user_fkey REFERENCES users ON DELETE CASCADE,
  address_key text        NOT NULL,
  at          timestamptz NOT NULL,
  CONSTRAINT contact_stops_pkey PRIMARY KEY (user_id, address_key)
);
CALL wall_user('contact_stops');

CREATE FUNCTION door.contact_mail(mail uuid) RETURNS TABLE (user_id uuid, account_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp ROWS 1 AS $$
  SELECT m.user_id, u.account_id FROM contact_mails m JOIN users u ON u.id = m.user_id WHERE m.id = $1
$$;
CREATE FUNCTION door.resume_contact(address_key text) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH gone AS (DELETE FROM contact_stops s WHERE s.user_id = me() AND s.address_key = $1 RETURNING 1) SELECT count(*) FROM gone
$$;
REVOKE ALL ON FUNCTION door.contact_mail(uuid), door.resume_contact(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.contact_mail(uuid), door.resume_contact(text) TO heed_web;

-- A letter to a contact; and a contact that was deleted before a message was sent.
ALTER TABLE outbox DROP CONSTRAINT outbox_subject, ADD CONSTRAINT outbox_subject
  CHECK (subject IN ('escalation', 'account', 'test', 'week', 'invitation', 'answer', 'channel_test', 'contact')),
  DROP CONSTRAINT outbox_reason, ADD CONSTRAINT outbox_reason CHECK (reason IN ('answered', 'superseded', 'switched_off', 'unsubscribed',
  'refused', 'gone', 'unverified', 'unverified_limit', 'no_use', 'no_result', 'singly', 'quiet', 'digest', 'kept', 'unreached', 'timeout', 'broken',
  'no_entry', 'not_unicode', 'interrupted', 'no_channel', 'malformed', 'no_storage', 'unknown', 'removed', 'untrusted', 'laid_out', 'fetched',
  'received', 'expired', 'unreceived'));
CREATE FUNCTION overdue.contacts(at timestamptz) RETURNS timestamptz LANGUAGE sql AS $$
  SELECT min(due_at) FROM outbox WHERE subject = 'contact' AND state IN ('pending', 'held') AND due_at <= $1
$$;

-- What the desk reminds of (late customers, channels that fail, conversations that were put off) is nothing for anybody's private contacts.
ALTER TABLE reminders ADD COLUMN of_desk boolean NOT NULL DEFAULT false;
UPDATE reminders SET of_desk = true WHERE id IN (SELECT reminder_id FROM desk_late UNION SELECT reminder_id FROM desk_reminders
  UNION SELECT reminder_id FROM channel_failures WHERE reminder_id IS NOT NULL);

-- Today says which tiers of one's own tell by mail instead: that follows from what is set up and who can be told.
CALL listed('agents');
CALL listed('contacts');
CALL listed('contact_stops');
