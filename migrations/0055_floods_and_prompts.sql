-- What is said in calls about drafts is kept sealed for thirty days (RULES 6.36), and floods of a domain or a channel get no drafts and are told once
-- (RULES 6.51). New tables and columns; writes to messages and drafts wait while an index of theirs is built, a few seconds for a million.

-- The request and the answer of a call about a draft, as they went, each sealed for its row with its account's key. Owner and admin read them.
CREATE TABLE prompt_texts (
  run_id     uuid   CONSTRAINT prompt_texts_pkey PRIMARY KEY CONSTRAINT prompt_texts_run_fkey REFERENCES prompt_runs ON DELETE CASCADE,
  account_id uuid   NOT NULL,
  draft_id   uuid   NOT NULL,
  messages   uuid[] NOT NULL,  -- of customers, whose words stand in the request
  prompt     bytea  NOT NULL,
  answer     bytea,            -- NULL: none came, or nobody waited for it any more
  CONSTRAINT prompt_texts_draft_fkey FOREIGN KEY (draft_id, account_id) REFERENCES drafts (id, account_id) ON DELETE CASCADE
);
CREATE INDEX prompt_texts_by_account ON prompt_texts (account_id);  -- a rotation of the vault
CREATE INDEX prompt_texts_by_draft ON prompt_texts (draft_id);
CREATE INDEX prompt_texts_by_message ON prompt_texts USING gin (messages);
ALTER TABLE prompt_texts ENABLE ROW LEVEL SECURITY;
CREATE POLICY prompt_texts_own ON prompt_texts FOR SELECT TO heed_web USING (account_id = (SELECT my_account()) AND (SELECT may('admin')));
CREATE POLICY prompt_texts_all ON prompt_texts TO heed_work USING (true);
GRANT SELECT ON prompt_texts TO heed_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON prompt_texts TO heed_work;
-- Which call it was.
GRANT SELECT (id, draft_id, call, model, started_at) ON prompt_runs TO heed_web;

-- Whatever empties a message empties what a model was told of it, and erasing a customer does so at once, before their messages are gone through.
CREATE FUNCTION forget_prompts() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM prompt_texts WHERE messages @> ARRAY[NEW.id];
  RETURN NULL;
END $$;
CREATE TRIGGER messages_forget_prompts AFTER UPDATE OF emptied_at ON messages FOR EACH ROW
  WHEN (OLD.emptied_at IS NULL AND NEW.emptied_at IS NOT NULL) EXECUTE FUNCTION forget_prompts();
CREATE FUNCTION erase_prompts() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM prompt_texts t USING drafts d, conversations v
  WHERE t.draft_id = d.id AND d.conversation_id = v.id AND v.customer_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER customers_erase_prompts AFTER UPDATE OF erased_at ON customers FOR EACH ROW
  WHEN (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL) EXECUTE FUNCTION erase_prompts();

-- By which messages of people count as one domain's; NULL: by none. Only the last hour is ever asked for, so those that are there need none.
ALTER TABLE messages ADD COLUMN sender_domain text;
CREATE INDEX messages_by_domain ON messages (account_id, sender_domain, arrived_at) WHERE sender_domain IS NOT NULL;
CREATE INDEX drafts_by_channel ON drafts (channel_id, asked_at);
-- Of an erased message nobody knows who wrote it.
CREATE FUNCTION forget_sender() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.sender_domain := NULL;
  RETURN NEW;
END $$;
CREATE TRIGGER messages_sender_forgotten BEFORE UPDATE OF from_address ON messages FOR EACH ROW
  WHEN (NEW.from_address = '' AND NEW.sender_domain IS NOT NULL) EXECUTE FUNCTION forget_sender();

-- A flood, from its first message without a draft until none came for an hour.
CREATE TABLE draft_floods (
  account_id      uuid        NOT NULL,
  key             bytea       NOT NULL CONSTRAINT draft_floods_key_size CHECK (octet_length(key) = 32),  -- of the address, domain or channel
  kind            text        NOT NULL CONSTRAINT draft_floods_kind CHECK (kind IN ('address', 'domain', 'channel')),
  channel_id      uuid        NOT NULL,
  conversation_id uuid        NOT NULL,  -- of its first message
  messages        integer     NOT NULL,  -- without a draft
  last_at         timestamptz NOT NULL,
  CONSTRAINT draft_floods_pkey PRIMARY KEY (account_id, key),
  CONSTRAINT draft_floods_channel_fkey FOREIGN KEY (channel_id, account_id) REFERENCES channels (id, account_id) ON DELETE CASCADE,
  CONSTRAINT draft_floods_conversation_fkey FOREIGN KEY (conversation_id, account_id) REFERENCES conversations (id, account_id) ON DELETE CASCADE
);
CREATE INDEX draft_floods_by_channel ON draft_floods (channel_id);
CREATE INDEX draft_floods_by_conversation ON draft_floods (conversation_id);
CALL wall_account('draft_floods', 'agent', '{channel_id,conversation_id,messages,last_at}');
GRANT INSERT, UPDATE, DELETE ON draft_floods TO heed_work;

-- Told of a flood are those who answer customers, when it begins.
ALTER TABLE notifications DROP CONSTRAINT notifications_kind, ADD CONSTRAINT notifications_kind
  CHECK (kind IN ('draft_ready', 'assigned', 'mention', 'late', 'send_failed', 'bounced', 'job_failed', 'channel_failing', 'flood')) NOT VALID;
ALTER TABLE notifications VALIDATE CONSTRAINT notifications_kind;
ALTER TABLE notification_settings DROP CONSTRAINT notification_settings_tells, ADD CONSTRAINT notification_settings_tells
  CHECK (tells <@ ARRAY['draft_ready', 'assigned', 'mention', 'late', 'send_failed', 'bounced', 'job_failed', 'channel_failing', 'flood']);
-- Who chose before there was this: as they chose of channels that fail.
UPDATE notification_settings SET tells = array_append(tells, 'flood') WHERE 'channel_failing' = ANY (tells);
CREATE FUNCTION notify_of_flood() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM put_notifications(
    NEW.account_id, ARRAY(SELECT u.id FROM users u WHERE u.account_id = NEW.account_id AND u.role <> 'viewer'),
    'flood', NEW.conversation_id, NEW.channel_id, NULL, '', NEW.kind, NEW.last_at);
  RETURN NULL;
END $$;
CREATE TRIGGER draft_floods_notify AFTER INSERT OR UPDATE OF messages ON draft_floods FOR EACH ROW
  WHEN (NEW.messages = 1) EXECUTE FUNCTION notify_of_flood();

REVOKE ALL ON FUNCTION forget_prompts(), erase_prompts(), forget_sender(), notify_of_flood() FROM PUBLIC;
