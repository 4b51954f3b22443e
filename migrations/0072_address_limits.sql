-- What went to which address of late: mails about reminders are limited as SMS are (RULES 4.7), by one table for both. It takes the place of another, so a
-- worker of before sends no SMS until it is started anew; what it claims meanwhile waits.

CREATE TABLE address_sends (
  user_id     uuid        NOT NULL CONSTRAINT address_sends_user_fkey REFERENCES users ON DELETE CASCADE,
  channel     text        NOT NULL CONSTRAINT address_sends_channel CHECK (channel IN ('email', 'sms')),
  address_key text        NOT NULL,  -- a mail address in its plain form; a keyed hash of a number
  at          timestamptz NOT NULL,
  message_id  uuid,  -- tried again, it is not held up by itself; NULL: from before
  CONSTRAINT address_sends_pkey PRIMARY KEY (user_id, channel, address_key, at)
);
-- An address may be several people's, and the limit is its own.
CREATE INDEX address_sends_by_address ON address_sends (channel, address_key, at);
CREATE INDEX address_sends_by_time ON address_sends (at);
CALL wall_user('address_sends');
GRANT INSERT, DELETE ON address_sends TO heed_work;

INSERT INTO address_sends (user_id, channel, address_key, at) SELECT user_id, 'sms', number_key, at FROM sms_sends;
DROP TABLE sms_sends;

-- Who erases themselves leaves nothing here either: the same function over the new table.
DO $$
BEGIN
  EXECUTE replace(pg_get_functiondef('door.erase_person(timestamptz)'::regprocedure), 'sms_sends', 'address_sends');
END $$;
