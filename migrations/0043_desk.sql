-- The desk: channels by which customers write, their conversations, the drafts that answer them, and what was decided of each (RULES 6). New tables
-- only, but for three words more in the outbox; safe while the site runs.

CREATE TABLE channels (
  id               uuid        CONSTRAINT channels_pkey PRIMARY KEY,
  account_id       uuid        NOT NULL CONSTRAINT channels_account_fkey REFERENCES accounts ON DELETE CASCADE,
  name             text        NOT NULL CONSTRAINT channels_name CHECK (length(name) BETWEEN 1 AND 100),
  type             text        NOT NULL CONSTRAINT channels_type CHECK (type IN ('email', 'chat', 'shopify', 'slack')),
  external_id      text        NOT NULL CONSTRAINT channels_external CHECK (length(external_id) <= 200),
  address          text        CONSTRAINT channels_address CHECK (octet_length(address) BETWEEN 3 AND 254),  -- of an e-mail channel
  aliases          text[]      NOT NULL CONSTRAINT channels_aliases CHECK (cardinality(aliases) <= 20),
  inbound          text        NOT NULL CONSTRAINT channels_inbound CHECK (inbound IN ('webhook', 'maildir', 'imap')),
  folder           text        NOT NULL CONSTRAINT channels_folder CHECK (length(folder) <= 100),  -- below HEED_MAILDIRS
  imap_host        text        NOT NULL DEFAULT '' CONSTRAINT channels_imap_host CHECK (octet_length(imap_host) <= 253),
  imap_port        integer     CONSTRAINT channels_imap_port CHECK (imap_port BETWEEN 1 AND 65535),
  imap_security    text        NOT NULL DEFAULT 'tls' CONSTRAINT channels_imap_security CHECK (imap_security IN ('tls', 'starttls')),
  imap_user        text        NOT NULL DEFAULT '' CONSTRAINT channels_imap_user CHECK (length(imap_user) <= 254),
  imap_password    bytea,      -- sealed
  imap_folder      text        NOT NULL DEFAULT 'INBOX' CONSTRAINT channels_imap_folder CHECK (length(imap_folder) BETWEEN 1 AND 200),
  smtp_host        text        NOT NULL DEFAULT '' CONSTRAINT channels_smtp_host CHECK (octet_length(smtp_host) <= 253),  -- '': the site's server
  smtp_port        integer     CONSTRAINT channels_smtp_port CHECK (smtp_port BETWEEN 1 AND 65535),
  smtp_security    text        NOT NULL DEFAULT 'starttls' CONSTRAINT channels_smtp_security CHECK (smtp_security IN ('tls', 'starttls')),
  smtp_user        text        NOT NULL DEFAULT '' CONSTRAINT channels_smtp_user CHECK (length(smtp_user) <= 254),
  smtp_password    bytea,      -- sealed
  outbound_url     text        CONSTRAINT channels_outbound CHECK (octet_length(outbound_url) BETWEEN 1 AND 2048),
  secret           bytea       NOT NULL,  -- sealed; signs what comes in and what goes out
  old_secret       bytea,      -- sealed; good until …
  old_secret_until timestamptz,
  signature        text        NOT NULL CONSTRAINT channels_signature CHECK (octet_length(signature) <= 4096),  -- Markdown
  language         text        NOT NULL CONSTRAINT channels_language CHECK (language IN ('en', 'pt-BR')),
  timezone         text        NOT NULL CONSTRAINT channels_timezone CHECK (length(timezone) BETWEEN 1 AND 64),
  target_minutes   integer     CONSTRAINT channels_target CHECK (target_minutes BETWEEN 1 AND 43200),  -- working minutes; NULL: nothing is ever late
  hours            text        NOT NULL CONSTRAINT channels_hours CHECK (length(hours) <= 10000),  -- as OpeningHours writes them; '': all
  closed_on        date[]      NOT NULL CONSTRAINT channels_closed CHECK (cardinality(closed_on) <= 400),
  profile_id       uuid        CONSTRAINT channels_profile_fkey REFERENCES profiles ON DELETE SET NULL,
  acknowledge      text        NOT NULL DEFAULT '' CONSTRAINT channels_acknowledge CHECK (octet_length(acknowledge) <= 4096),  -- Markdown
  acknowledge_when text        NOT NULL DEFAULT 'never' CONSTRAINT channels_acknowledge_when
    CHECK (acknowledge_when IN ('never', 'closed', 'always')),
  auto_draft       boolean     NOT NULL,
  trusts_spam      boolean     NOT NULL DEFAULT false,  -- the heads of a filter count
  enabled          boolean     NOT NULL,
  version          integer     NOT NULL DEFAULT 1,
  revision         bigint      NOT NULL DEFAULT 1,
  created_at       timestamptz NOT NULL,
  updated_at       timestamptz NOT NULL,
  deleted_at       timestamptz,
  CONSTRAINT channels_id_account UNIQUE (id, account_id),
  CONSTRAINT channels_mail CHECK ((type = 'email') = (address IS NOT NULL)),
  CONSTRAINT channels_mailbox CHECK (inbound = 'webhook' OR type = 'email'),
  CONSTRAINT channels_old_secret CHECK ((old_secret IS NULL) = (old_secret_until IS NULL))
);
CREATE UNIQUE INDEX channels_by_external ON channels (account_id, type, external_id) WHERE external_id <> '' AND deleted_at IS NULL;
-- A folder of the machine is one channel's, whoever's it is: or one account would read the other's mail.
CREATE UNIQUE INDEX channels_by_folder ON channels (folder) WHERE inbound = 'maildir' AND deleted_at IS NULL;
CREATE INDEX channels_list ON channels (account_id, id) WHERE deleted_at IS NULL;
CREATE INDEX channels_by_profile ON channels (profile_id) WHERE profile_id IS NOT NULL;
CREATE INDEX channels_mailboxes ON channels (id) WHERE inbound <> 'webhook' AND enabled AND deleted_at IS NULL;
CREATE TRIGGER channels_revision BEFORE UPDATE ON channels FOR EACH ROW EXECUTE FUNCTION count_revision();
CALL wall_account('channels', 'admin',
  '{name,external_id,address,aliases,inbound,folder,imap_host,imap_port,imap_security,imap_user,imap_password,imap_folder,smtp_host,smtp_port,smtp_security,smtp_user,smtp_password,outbound_url,secret,old_secret,old_secret_until,signature,language,timezone,target_minutes,hours,closed_on,profile_id,acknowledge,acknowledge_when,auto_draft,trusts_spam,enabled,version,updated_at,deleted_at}');

-- What happens to a channel, beside what people say of it: whoever brings a message writes here.
CREATE TABLE channel_states (
  channel_id      uuid        CONSTRAINT channel_states_pkey PRIMARY KEY,
  account_id      uuid        NOT NULL,
  last_look_at    timestamptz,  -- of a mailbox
  last_good_at    timestamptz,  -- the last look that went well; of a new or changed one: when that was
  last_message_at timestamptz,
  failing_since   timestamptz,  -- of the first look that went wrong
  error           text        NOT NULL DEFAULT '' CONSTRAINT channel_states_error CHECK (length(error) <= 300),
  uid_validity    bigint,
  last_uid        bigint      NOT NULL DEFAULT 0,
  CONSTRAINT channel_states_channel_fkey FOREIGN KEY (channel_id, account_id) REFERENCES channels (id, account_id) ON DELETE CASCADE
);
CALL wall_account('channel_states', 'agent', '{last_look_at,last_good_at,last_message_at,failing_since,error,uid_validity,last_uid}');
GRANT UPDATE ON channel_states TO heed_work;

-- What whoever calls a channel's address is checked by.
CREATE FUNCTION door.channel_hook(channel uuid) RETURNS TABLE (account_id uuid, secret bytea, old_secret bytea, old_secret_until timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp ROWS 1 AS $$
  SELECT c.account_id, c.secret, c.old_secret, c.old_secret_until FROM channels c
  WHERE c.id = $1 AND c.inbound = 'webhook' AND c.enabled AND c.deleted_at IS NULL
$$;

CREATE TABLE desk_settings (
  account_id       uuid         CONSTRAINT desk_settings_pkey PRIMARY KEY CONSTRAINT desk_settings_account_fkey REFERENCES accounts ON DELETE CASCADE,
  undo_seconds     integer      NOT NULL CONSTRAINT desk_settings_undo CHECK (undo_seconds BETWEEN 0 AND 120),
  retention_days   integer      CONSTRAINT desk_settings_retention CHECK (retention_days IN (365, 730)),  -- NULL: for ever
  llm_daily        integer      CONSTRAINT desk_settings_llm CHECK (llm_daily BETWEEN 0 AND 100000),  -- NULL: as the operator says
  confidence_floor numeric(3,2) NOT NULL CONSTRAINT desk_settings_floor CHECK (confidence_floor BETWEEN 0 AND 1),
  version          integer      NOT NULL DEFAULT 1,
  revision         bigint       NOT NULL DEFAULT 1,
  created_at       timestamptz  NOT NULL,
  updated_at       timestamptz  NOT NULL
);
CREATE TRIGGER desk_settings_revision BEFORE UPDATE ON desk_settings FOR EACH ROW EXECUTE FUNCTION count_revision();
CALL wall_account('desk_settings', 'admin', '{undo_seconds,retention_days,llm_daily,confidence_floor,version,updated_at}');

CREATE TABLE customers (
  id            uuid        CONSTRAINT customers_pkey PRIMARY KEY,
  account_id    uuid        NOT NULL CONSTRAINT customers_account_fkey REFERENCES accounts ON DELETE CASCADE,
  name          text        NOT NULL CONSTRAINT customers_name CHECK (length(name) <= 200),
  revision      bigint      NOT NULL DEFAULT 1,
  first_seen_at timestamptz NOT NULL,
  updated_at    timestamptz NOT NULL,
  is_spam       boolean     NOT NULL DEFAULT false,  -- what they write next goes there too
  merged_into   uuid,
  CONSTRAINT customers_id_account UNIQUE (id, account_id),
  CONSTRAINT customers_merged_fkey FOREIGN KEY (merged_into, account_id) REFERENCES customers (id, account_id)
);
CREATE INDEX customers_list ON customers (account_id, id);
CREATE INDEX customers_merged ON customers (merged_into) WHERE merged_into IS NOT NULL;
CREATE TRIGGER customers_revision BEFORE UPDATE ON customers FOR EACH ROW EXECUTE FUNCTION count_revision();
CALL wall_account('customers', 'agent', '{name,updated_at,is_spam,merged_into}');

CREATE TABLE customer_addresses (
  account_id  uuid NOT NULL,
  address_key text NOT NULL CONSTRAINT customer_addresses_key CHECK (octet_length(address_key) BETWEEN 3 AND 320),
  address     text NOT NULL,
  customer_id uuid NOT NULL,
  CONSTRAINT customer_addresses_pkey PRIMARY KEY (account_id, address_key),
  CONSTRAINT customer_addresses_customer_fkey FOREIGN KEY (customer_id, account_id) REFERENCES customers (id, account_id) ON DELETE CASCADE
);
CREATE INDEX customer_addresses_by_customer ON customer_addresses (customer_id);
CALL wall_account('customer_addresses', 'agent', '{customer_id}');

CREATE TABLE conversations (
  id                uuid        CONSTRAINT conversations_pkey PRIMARY KEY,
  account_id        uuid        NOT NULL,
  channel_id        uuid        NOT NULL,
  external_id       text        CONSTRAINT conversations_external CHECK (octet_length(external_id) BETWEEN 1 AND 1000),  -- of a webhook's
  subject           text        NOT NULL CONSTRAINT conversations_subject CHECK (length(subject) <= 1000),
  subject_key       text        NOT NULL,  -- MailSubject.threadKey
  customer_id       uuid        NOT NULL,
  state             text        NOT NULL CONSTRAINT conversations_state CHECK (state IN ('open', 'waiting', 'snoozed', 'closed', 'spam')),
  assignee_id       uuid        CONSTRAINT conversations_assignee_fkey REFERENCES users ON DELETE SET NULL,
  tags              text[]      NOT NULL DEFAULT '{}' CONSTRAINT conversations_tags CHECK (cardinality(tags) <= 10),
  language          text        NOT NULL CONSTRAINT conversations_language CHECK (language IN ('en', 'pt-BR')),
  newest_inbound_id uuid,         -- of any kind but `own`
  waiting_since     timestamptz,  -- the oldest message of a person that nobody has answered
  late_at           timestamptz,  -- by the channel's hours; NULL: nothing is owed
  late_told_at      timestamptz,  -- somebody was told of it
  snoozed_until     timestamptz,
  claimed_by        uuid        CONSTRAINT conversations_claimed_fkey REFERENCES users ON DELETE SET NULL,
  claimed_at        timestamptz,
  is_answerable     boolean     NOT NULL,  -- by mail, or by what its channel calls
  may_belong_to     uuid,         -- whose id its first message named, by an address that has no part in it
  continues         uuid,         -- closed too long ago to go on
  merged_into       uuid,
  messages          integer     NOT NULL DEFAULT 0,
  last_at           timestamptz NOT NULL,
  closed_at         timestamptz,
  created_at        timestamptz NOT NULL,
  version           integer     NOT NULL DEFAULT 1,
  revision          bigint      NOT NULL DEFAULT 1,
  CONSTRAINT conversations_id_account UNIQUE (id, account_id),
  CONSTRAINT conversations_channel_fkey FOREIGN KEY (channel_id, account_id) REFERENCES channels (id, account_id) ON DELETE CASCADE,
  CONSTRAINT conversations_customer_fkey FOREIGN KEY (customer_id, account_id) REFERENCES customers (id, account_id),
  CONSTRAINT conversations_belongs_fkey FOREIGN KEY (may_belong_to, account_id) REFERENCES conversations (id, account_id),
  CONSTRAINT conversations_continues_fkey FOREIGN KEY (continues, account_id) REFERENCES conversations (id, account_id),
  CONSTRAINT conversations_merged_fkey FOREIGN KEY (merged_into, account_id) REFERENCES conversations (id, account_id),
  CONSTRAINT conversations_snoozed CHECK ((state = 'snoozed') = (snoozed_until IS NOT NULL)),
  CONSTRAINT conversations_closed CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
  CONSTRAINT conversations_claimed CHECK (claimed_by IS NULL OR claimed_at IS NOT NULL)
);
CREATE UNIQUE INDEX conversations_by_external ON conversations (channel_id, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX conversations_list ON conversations (account_id, state, last_at, id) WHERE merged_into IS NULL;
CREATE INDEX conversations_all ON conversations (account_id, last_at, id) WHERE merged_into IS NULL;
CREATE INDEX conversations_late ON conversations (account_id, late_at, id) WHERE late_at IS NOT NULL;
CREATE INDEX conversations_to_tell ON conversations (late_at) WHERE late_at IS NOT NULL AND late_told_at IS NULL;
CREATE INDEX conversations_snoozes ON conversations (snoozed_until) WHERE snoozed_until IS NOT NULL;
CREATE INDEX conversations_by_subject ON conversations (customer_id, channel_id, subject_key, last_at);
CREATE INDEX conversations_assigned ON conversations (assignee_id, last_at) WHERE assignee_id IS NOT NULL;
CREATE INDEX conversations_claims ON conversations (claimed_by) WHERE claimed_by IS NOT NULL;
CREATE INDEX conversations_belonging ON conversations (may_belong_to) WHERE may_belong_to IS NOT NULL;
CREATE INDEX conversations_continuing ON conversations (continues) WHERE continues IS NOT NULL;
CREATE INDEX conversations_merged ON conversations (merged_into) WHERE merged_into IS NOT NULL;
CREATE TRIGGER conversations_revision BEFORE UPDATE ON conversations FOR EACH ROW EXECUTE FUNCTION count_revision();
CALL wall_account('conversations', 'agent',
  '{external_id,subject,subject_key,customer_id,state,assignee_id,tags,language,newest_inbound_id,waiting_since,late_at,late_told_at,snoozed_until,claimed_by,claimed_at,is_answerable,merged_into,messages,last_at,closed_at,version}');
GRANT INSERT, UPDATE ON conversations, customers, customer_addresses TO heed_work;

-- Whoever's words count as part of a conversation: others who know an id of it begin one of their own, or are marked.
CREATE TABLE participants (
  conversation_id uuid    NOT NULL,
  account_id      uuid    NOT NULL,
  address_key     text    NOT NULL,
  address         text    NOT NULL,
  name            text    NOT NULL,
  is_taken        boolean NOT NULL,  -- false: from somebody new, who gets nothing until somebody has looked
  CONSTRAINT participants_pkey PRIMARY KEY (conversation_id, address_key),
  CONSTRAINT participants_conversation_fkey FOREIGN KEY (conversation_id, account_id) REFERENCES conversations (id, account_id) ON DELETE CASCADE
);
CALL wall_account('participants', 'agent', '{is_taken,name}');
GRANT INSERT, UPDATE ON participants TO heed_work;

-- In which order things came to a desk: clocks of two machines differ, and many things happen in one instant.
CREATE SEQUENCE desk_order AS bigint;
GRANT USAGE ON SEQUENCE desk_order TO heed_web, heed_work;

CREATE TABLE messages (
  id              uuid        CONSTRAINT messages_pkey PRIMARY KEY,
  account_id      uuid        NOT NULL,
  conversation_id uuid        NOT NULL,
  channel_id      uuid        NOT NULL,
  number          bigint      NOT NULL DEFAULT nextval('desk_order'),
  direction       text        NOT NULL CONSTRAINT messages_direction CHECK (direction IN ('inbound', 'outbound')),
  kind            text        NOT NULL CONSTRAINT messages_kind CHECK (kind IN ('person', 'automatic', 'list', 'bounce', 'own')),
  message_key     bytea       NOT NULL CONSTRAINT messages_key_size CHECK (octet_length(message_key) = 32),  -- SHA-256 of its id, or of what it is
  body_key        bytea       NOT NULL CONSTRAINT messages_body_size CHECK (octet_length(body_key) = 32),  -- SHA-256 of what it says
  external_id     text        NOT NULL DEFAULT '',
  message_id      text,         -- with brackets
  in_reply_to     text,
  refs            text[]      NOT NULL DEFAULT '{}',
  from_name       text        NOT NULL,
  from_address    text        NOT NULL,
  customer_id     uuid,         -- who wrote it, of an inbound one
  author_id       uuid        CONSTRAINT messages_author_fkey REFERENCES users ON DELETE SET NULL,  -- of an outbound one
  author_name     text        NOT NULL DEFAULT '',
  subject         text        NOT NULL,
  own             text        NOT NULL,  -- what is new in it, as text
  part_kinds      text[]      NOT NULL DEFAULT '{}',  -- of all its text in its order: own, quoted, forwarded, signature …
  part_texts      text[]      NOT NULL DEFAULT '{}',  -- … and what each says
  html            text,         -- as it came: shown in a frame alone; of an outbound one as it left
  language        text        CONSTRAINT messages_language CHECK (language IN ('en', 'pt-BR')),
  is_guessed      boolean     NOT NULL DEFAULT false,  -- its charset
  is_signed       boolean     NOT NULL DEFAULT false,
  is_stranger     boolean     NOT NULL DEFAULT false,  -- from somebody new
  notice          text        NOT NULL DEFAULT '',  -- what it is in place of a text
  files           smallint    NOT NULL DEFAULT 0,
  raw             bytea,        -- SHA-256, in files
  dated           text        NOT NULL DEFAULT '',  -- as it says itself
  dated_at        timestamptz,
  arrived_at      timestamptz NOT NULL,
  thread_index    bytea,
  thread_topic    text        NOT NULL DEFAULT '',
  metadata        text        NOT NULL DEFAULT '' CONSTRAINT messages_metadata CHECK (octet_length(metadata) <= 65536),  -- of a webhook's, as JSON
  emptied_at      timestamptz,
  -- Of what we send:
  draft_id        uuid,
  source          text,         -- Markdown, without the signature
  signature       text,
  recipients      text[]      NOT NULL DEFAULT '{}',
  copies          text[]      NOT NULL DEFAULT '{}',
  seen_id         uuid,         -- the newest message that its reviewer had seen
  sending         text        CONSTRAINT messages_sending
    CHECK (sending IN ('waiting', 'held', 'queued', 'sending', 'sent', 'failed', 'unknown', 'cancelled', 'bounced')),
  send_at         timestamptz,  -- may be undone until then
  handed_at       timestamptz,  -- the last time that a server was given its text
  sent_at         timestamptz,
  attempts        integer     NOT NULL DEFAULT 0,
  reason          text,
  code            text,
  detail          text        NOT NULL DEFAULT '',
  closes          boolean     NOT NULL DEFAULT false,
  CONSTRAINT messages_id_account UNIQUE (id, account_id),
  CONSTRAINT messages_once UNIQUE (channel_id, message_key),
  CONSTRAINT messages_sent CHECK ((direction = 'outbound') = (sending IS NOT NULL)),
  CONSTRAINT messages_conversation_fkey FOREIGN KEY (conversation_id, account_id) REFERENCES conversations (id, account_id) ON DELETE CASCADE,
  CONSTRAINT messages_channel_fkey FOREIGN KEY (channel_id, account_id) REFERENCES channels (id, account_id) ON DELETE CASCADE,
  CONSTRAINT messages_customer_fkey FOREIGN KEY (customer_id, account_id) REFERENCES customers (id, account_id)
);
CREATE INDEX messages_thread ON messages (conversation_id, number);
CREATE INDEX messages_by_id ON messages (channel_id, message_id) WHERE message_id IS NOT NULL;
CREATE INDEX messages_by_customer ON messages (customer_id, arrived_at) WHERE customer_id IS NOT NULL;
CREATE INDEX messages_attention ON messages (account_id, id) WHERE sending IN ('failed', 'unknown', 'bounced', 'held');
CREATE INDEX messages_by_author ON messages (author_id) WHERE author_id IS NOT NULL;
CALL wall_account('messages', 'agent', '{conversation_id,is_stranger,recipients,copies,sending,send_at,seen_id,reason,code,detail,closes}');
GRANT INSERT, UPDATE ON messages TO heed_work;
CREATE TRIGGER messages_gone AFTER DELETE ON messages REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION forget_messages();

-- The same message again, with other words (RULES 6.8).
CREATE TABLE message_revisions (
  message_id uuid        NOT NULL,
  account_id uuid        NOT NULL,
  body_key   bytea       NOT NULL,
  at         timestamptz NOT NULL,
  own        text        NOT NULL,
  CONSTRAINT message_revisions_pkey PRIMARY KEY (message_id, body_key),
  CONSTRAINT message_revisions_message_fkey FOREIGN KEY (message_id, account_id) REFERENCES messages (id, account_id) ON DELETE CASCADE
);
CALL wall_account('message_revisions', 'agent');
GRANT INSERT ON message_revisions TO heed_work;

CREATE TABLE message_addresses (
  message_id  uuid     NOT NULL,
  account_id  uuid     NOT NULL,
  n           smallint NOT NULL,
  role        text     NOT NULL CONSTRAINT message_addresses_role CHECK (role IN ('from', 'to', 'cc', 'reply-to', 'sender')),
  name        text     NOT NULL,
  address     text     NOT NULL,
  address_key text     NOT NULL,
  CONSTRAINT message_addresses_pkey PRIMARY KEY (message_id, n),
  CONSTRAINT message_addresses_message_fkey FOREIGN KEY (message_id, account_id) REFERENCES messages (id, account_id) ON DELETE CASCADE
);
CALL wall_account('message_addresses', 'agent');
GRANT INSERT ON message_addresses TO heed_work;

-- Files by what they are, once an account: pictures, letters, and mails as they came. In the database and not on a disk, so that workers and
-- responders of several hosts share nothing else, and what is erased is gone from backups of one thing.
CREATE TABLE files (
  account_id uuid    NOT NULL CONSTRAINT files_account_fkey REFERENCES accounts ON DELETE CASCADE,
  sha256     bytea   NOT NULL CONSTRAINT files_sha256 CHECK (octet_length(sha256) = 32),
  size       integer NOT NULL,
  bytes      bytea   NOT NULL,
  CONSTRAINT files_pkey PRIMARY KEY (account_id, sha256)
);
ALTER TABLE files ALTER bytes SET STORAGE EXTERNAL;
CALL wall_account('files', 'agent');
GRANT INSERT ON files TO heed_work;

CREATE TABLE attachments (
  id         uuid     CONSTRAINT attachments_pkey PRIMARY KEY,
  account_id uuid     NOT NULL,
  message_id uuid     NOT NULL,
  n          smallint NOT NULL,
  name       text     NOT NULL CONSTRAINT attachments_name CHECK (length(name) BETWEEN 1 AND 120),
  type       text     NOT NULL CONSTRAINT attachments_type CHECK (octet_length(type) <= 200),
  size       bigint   NOT NULL,
  sha256     bytea,     -- NULL: not kept
  content_id text     NOT NULL DEFAULT '',
  is_inline  boolean  NOT NULL DEFAULT false,
  state      text     NOT NULL CONSTRAINT attachments_state CHECK (state IN ('kept', 'large', 'emptied', 'asked', 'failed')),
  url        text,      -- where a webhook says it is
  CONSTRAINT attachments_n UNIQUE (message_id, n),
  CONSTRAINT attachments_message_fkey FOREIGN KEY (message_id, account_id) REFERENCES messages (id, account_id) ON DELETE CASCADE
);
CREATE INDEX attachments_by_file ON attachments (account_id, sha256) WHERE sha256 IS NOT NULL;
CALL wall_account('attachments', 'agent');
GRANT INSERT, UPDATE ON attachments TO heed_work;

CREATE TABLE drafts (
  id                uuid         CONSTRAINT drafts_pkey PRIMARY KEY,
  account_id        uuid         NOT NULL,
  conversation_id   uuid         NOT NULL,
  channel_id        uuid         NOT NULL,
  state             text         NOT NULL CONSTRAINT drafts_state
    CHECK (state IN ('asked', 'pending', 'approved', 'sent', 'rejected', 'superseded', 'failed')),
  action            text         CONSTRAINT drafts_action CHECK (action IN ('approve', 'edit', 'reject')),
  version           integer      NOT NULL DEFAULT 1,
  instruction       text         NOT NULL DEFAULT '' CONSTRAINT drafts_instruction CHECK (octet_length(instruction) <= 2000),
  generated         text         NOT NULL DEFAULT '',  -- as it was written
  text              text         NOT NULL DEFAULT '',  -- as it stands
  is_edited         boolean      NOT NULL DEFAULT false,
  model_key         text         NOT NULL DEFAULT '',
  prompt_version    text         NOT NULL DEFAULT '',
  language          text         NOT NULL CONSTRAINT drafts_language CHECK (language IN ('en', 'pt-BR')),
  confidence        numeric(3,2) NOT NULL DEFAULT 0,
  is_to_check       boolean      NOT NULL DEFAULT false,
  struck            text[]       NOT NULL DEFAULT '{}',  -- sentences that nothing bears out
  sources           integer      NOT NULL DEFAULT 0,
  question          text         NOT NULL DEFAULT '',  -- what it answers
  fallback          text         CONSTRAINT drafts_fallback
    CHECK (fallback IN ('none', 'off', 'limit', 'timeout', 'http', 'format', 'ungrounded', 'language', 'refused')),
  attempts          integer      NOT NULL DEFAULT 0,  -- calls of the model
  triggers          uuid[]       NOT NULL DEFAULT '{}',  -- the messages that it answers
  newest_inbound_id uuid,          -- the newest of the conversation when it was begun
  late_at           timestamptz,   -- as its conversation has it, while it waits
  asked_at          timestamptz  NOT NULL,
  ready_at          timestamptz,
  decided_at        timestamptz,
  decided_by        uuid         CONSTRAINT drafts_decided_fkey REFERENCES users ON DELETE SET NULL,
  decided_name      text         NOT NULL DEFAULT '',
  reason            text         CONSTRAINT drafts_reason
    CHECK (reason IN ('incorrect', 'incomplete', 'tone', 'outdated', 'not_needed', 'other')),
  note              text         NOT NULL DEFAULT '' CONSTRAINT drafts_note CHECK (octet_length(note) <= 2000),
  recipients        text[],        -- as they were before an undo; NULL: by the newest message
  copies            text[],
  message_id        uuid,          -- what it became
  superseded_by     uuid,
  revision          bigint       NOT NULL DEFAULT 1,
  CONSTRAINT drafts_id_account UNIQUE (id, account_id),
  CONSTRAINT drafts_conversation_fkey FOREIGN KEY (conversation_id, account_id) REFERENCES conversations (id, account_id) ON DELETE CASCADE,
  CONSTRAINT drafts_channel_fkey FOREIGN KEY (channel_id, account_id) REFERENCES channels (id, account_id) ON DELETE CASCADE,
  CONSTRAINT drafts_message_fkey FOREIGN KEY (message_id, account_id) REFERENCES messages (id, account_id),
  CONSTRAINT drafts_superseded_fkey FOREIGN KEY (superseded_by, account_id) REFERENCES drafts (id, account_id)
);
CREATE UNIQUE INDEX drafts_open ON drafts (conversation_id) WHERE state IN ('asked', 'pending');  -- one at a time
CREATE INDEX drafts_queue ON drafts (account_id, state, id);
CREATE INDEX drafts_all ON drafts (account_id, id);
CREATE INDEX drafts_late ON drafts (account_id, late_at, id) WHERE state = 'pending' AND late_at IS NOT NULL;
CREATE INDEX drafts_to_check ON drafts (account_id, id) WHERE state = 'pending' AND is_to_check;
CREATE INDEX drafts_by_conversation ON drafts (conversation_id, id);
CREATE INDEX drafts_by_message ON drafts (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX drafts_by_successor ON drafts (superseded_by) WHERE superseded_by IS NOT NULL;
CREATE INDEX drafts_by_decider ON drafts (decided_by) WHERE decided_by IS NOT NULL;
CREATE TRIGGER drafts_revision BEFORE UPDATE ON drafts FOR EACH ROW EXECUTE FUNCTION count_revision();
CALL wall_account('drafts', 'agent',
  '{conversation_id,state,action,version,instruction,text,is_edited,asked_at,late_at,decided_at,decided_by,decided_name,reason,note,recipients,copies,message_id,superseded_by}');
GRANT INSERT, UPDATE ON drafts TO heed_work;
ALTER TABLE messages ADD CONSTRAINT messages_draft_fkey FOREIGN KEY (draft_id, account_id) REFERENCES drafts (id, account_id);
CREATE INDEX messages_by_draft ON messages (draft_id) WHERE draft_id IS NOT NULL;

-- What is late is asked of the queue's own index.
CREATE FUNCTION drafts_follow_late() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE drafts SET late_at = NEW.late_at WHERE conversation_id = NEW.id AND state IN ('asked', 'pending') AND late_at IS DISTINCT FROM NEW.late_at;
  RETURN NULL;
END $$;
CREATE TRIGGER conversations_late_follows AFTER UPDATE OF late_at ON conversations FOR EACH ROW WHEN (OLD.late_at IS DISTINCT FROM NEW.late_at)
  EXECUTE FUNCTION drafts_follow_late();

-- What a draft quotes, as it was then.
CREATE TABLE draft_sources (
  draft_id   uuid             NOT NULL,
  account_id uuid             NOT NULL,
  n          smallint         NOT NULL,
  source_id  uuid             NOT NULL,  -- may be gone by now
  passage    integer          NOT NULL,
  title      text             NOT NULL,
  url        text,
  heading    text             NOT NULL,
  text       text             NOT NULL,
  indexed_at timestamptz      NOT NULL,
  is_stale   boolean          NOT NULL,
  score      double precision NOT NULL,
  CONSTRAINT draft_sources_pkey PRIMARY KEY (draft_id, n),
  CONSTRAINT draft_sources_draft_fkey FOREIGN KEY (draft_id, account_id) REFERENCES drafts (id, account_id) ON DELETE CASCADE
);
CREATE INDEX draft_sources_by_source ON draft_sources (account_id, source_id);
CALL wall_account('draft_sources', 'agent');
GRANT INSERT ON draft_sources TO heed_work;

CREATE TABLE decisions (
  id              uuid        CONSTRAINT decisions_pkey PRIMARY KEY,
  account_id      uuid        NOT NULL,
  conversation_id uuid        NOT NULL,
  draft_id        uuid        NOT NULL,
  number          bigint      NOT NULL DEFAULT nextval('desk_order'),
  at              timestamptz NOT NULL,
  user_id         uuid        CONSTRAINT decisions_user_fkey REFERENCES users ON DELETE SET NULL,
  user_name       text        NOT NULL,
  action          text        NOT NULL CONSTRAINT decisions_action
    CHECK (action IN ('approve', 'edit', 'reject', 'undo', 'regenerate', 'claim', 'release', 'retry', 'keep', 'confirm')),
  version         integer     NOT NULL,
  diff            text,         -- StoredDiff
  distance        double precision,
  recipients      text[]      NOT NULL DEFAULT '{}',
  copies          text[]      NOT NULL DEFAULT '{}',
  seconds         integer,      -- from the first look, or the claim, to it
  reason          text,
  note            text        NOT NULL DEFAULT '',
  passed          text        NOT NULL DEFAULT '',  -- whose claim was passed over
  CONSTRAINT decisions_conversation_fkey FOREIGN KEY (conversation_id, account_id) REFERENCES conversations (id, account_id) ON DELETE CASCADE,
  CONSTRAINT decisions_draft_fkey FOREIGN KEY (draft_id, account_id) REFERENCES drafts (id, account_id) ON DELETE CASCADE
);
CREATE INDEX decisions_by_draft ON decisions (draft_id, number);
CREATE INDEX decisions_by_conversation ON decisions (conversation_id, number);
CREATE INDEX decisions_by_user ON decisions (user_id) WHERE user_id IS NOT NULL;
CALL wall_account('decisions', 'agent', '{conversation_id}');

-- What happened to a conversation, beside its messages, notes and decisions.
CREATE TABLE conversation_events (
  id              uuid        CONSTRAINT conversation_events_pkey PRIMARY KEY,
  account_id      uuid        NOT NULL,
  conversation_id uuid        NOT NULL,
  number          bigint      NOT NULL DEFAULT nextval('desk_order'),
  at              timestamptz NOT NULL,
  actor_id        uuid        CONSTRAINT conversation_events_actor_fkey REFERENCES users ON DELETE SET NULL,
  actor_name      text        NOT NULL DEFAULT '',  -- '': nobody
  kind            text        NOT NULL CONSTRAINT conversation_events_kind CHECK (length(kind) BETWEEN 1 AND 40),
  detail          text        NOT NULL DEFAULT '',
  other_id        uuid,         -- another conversation, a message, a draft
  CONSTRAINT conversation_events_conversation_fkey FOREIGN KEY (conversation_id, account_id)
    REFERENCES conversations (id, account_id) ON DELETE CASCADE
);
CREATE INDEX conversation_events_in_order ON conversation_events (conversation_id, number);
CREATE INDEX conversation_events_by_actor ON conversation_events (actor_id) WHERE actor_id IS NOT NULL;
CALL wall_account('conversation_events', 'agent', '{conversation_id}');
GRANT INSERT ON conversation_events TO heed_work;

CREATE TABLE conversation_notes (
  id              uuid        CONSTRAINT conversation_notes_pkey PRIMARY KEY,
  account_id      uuid        NOT NULL,
  conversation_id uuid        NOT NULL,
  author_id       uuid        CONSTRAINT conversation_notes_author_fkey REFERENCES users ON DELETE SET NULL,
  author_name     text        NOT NULL,
  number          bigint      NOT NULL DEFAULT nextval('desk_order'),
  text            text        NOT NULL CONSTRAINT conversation_notes_text CHECK (octet_length(text) BETWEEN 1 AND 16384),  -- Markdown
  at              timestamptz NOT NULL,
  CONSTRAINT conversation_notes_conversation_fkey FOREIGN KEY (conversation_id, account_id)
    REFERENCES conversations (id, account_id) ON DELETE CASCADE
);
CREATE INDEX conversation_notes_in_order ON conversation_notes (conversation_id, number);
CREATE INDEX conversation_notes_by_author ON conversation_notes (author_id) WHERE author_id IS NOT NULL;
CALL wall_account('conversation_notes', 'agent', '{conversation_id}');

-- What was learnt of a decision (RULES 6.7), in the order in which transactions ended: whoever reads on behind a cursor misses none.
CREATE TABLE learning_samples (
  id              uuid             CONSTRAINT learning_samples_pkey PRIMARY KEY,
  account_id      uuid             NOT NULL,
  tx              xid8             NOT NULL DEFAULT pg_current_xact_id(),
  draft_id        uuid             NOT NULL,
  conversation_id uuid             NOT NULL,
  created_at      timestamptz      NOT NULL,
  action          text             NOT NULL CONSTRAINT learning_samples_action CHECK (action IN ('approve', 'edit', 'reject')),
  chosen          text             NOT NULL DEFAULT '',  -- what left, of an edit
  reason          text,
  seconds         integer,
  distance        double precision NOT NULL DEFAULT 0,
  delivered       boolean          NOT NULL DEFAULT true,
  CONSTRAINT learning_samples_draft_fkey FOREIGN KEY (draft_id, account_id) REFERENCES drafts (id, account_id) ON DELETE CASCADE
);
CREATE INDEX learning_samples_feed ON learning_samples (account_id, tx, id);
CREATE INDEX learning_samples_by_time ON learning_samples (account_id, created_at);
CREATE INDEX learning_samples_by_draft ON learning_samples (draft_id);
CALL wall_account('learning_samples', 'agent');
GRANT INSERT, UPDATE ON learning_samples TO heed_work;

ALTER TABLE outbox DROP CONSTRAINT outbox_subject, ADD CONSTRAINT outbox_subject
  CHECK (subject IN ('escalation', 'account', 'test', 'week', 'invitation', 'answer')) NOT VALID;
ALTER TABLE outbox VALIDATE CONSTRAINT outbox_subject;
ALTER TABLE outbox DROP CONSTRAINT outbox_recipient_kind, ADD CONSTRAINT outbox_recipient_kind
  CHECK (recipient_kind IN ('user', 'contact', 'guest', 'customer')) NOT VALID;
ALTER TABLE outbox VALIDATE CONSTRAINT outbox_recipient_kind;
ALTER TABLE outbox DROP CONSTRAINT outbox_reason, ADD CONSTRAINT outbox_reason CHECK (reason = ANY (ARRAY['answered'::text, 'superseded'::text,
  'switched_off'::text, 'unsubscribed'::text, 'refused'::text, 'gone'::text, 'unverified'::text, 'unverified_limit'::text, 'no_use'::text,
  'no_result'::text, 'singly'::text, 'quiet'::text, 'digest'::text, 'kept'::text, 'unreached'::text, 'timeout'::text, 'broken'::text, 'no_entry'::text,
  'not_unicode'::text, 'interrupted'::text, 'no_channel'::text, 'malformed'::text, 'no_storage'::text, 'unknown'::text])) NOT VALID;
ALTER TABLE outbox VALIDATE CONSTRAINT outbox_reason;
CREATE FUNCTION overdue.answers(at timestamptz) RETURNS timestamptz LANGUAGE sql AS $$
  SELECT min(due_at) FROM outbox WHERE subject = 'answer' AND state IN ('pending', 'held') AND due_at <= $1
$$;

-- Whoever leaves an account leaves its work: claims and assignments go back; what they decided keeps their name.
CREATE FUNCTION leave_desk() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE conversations SET assignee_id = NULL WHERE assignee_id = OLD.id AND account_id = OLD.account_id;
  UPDATE conversations SET claimed_by = NULL, claimed_at = NULL WHERE claimed_by = OLD.id AND account_id = OLD.account_id;
  RETURN NULL;
END $$;
CREATE TRIGGER users_leave_desk AFTER UPDATE OF account_id ON users FOR EACH ROW WHEN (OLD.account_id IS DISTINCT FROM NEW.account_id)
  EXECUTE FUNCTION leave_desk();
-- Whoever may only read holds nothing.
CREATE FUNCTION lower_from_desk() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE conversations SET assignee_id = NULL WHERE assignee_id = NEW.id AND account_id = NEW.account_id;
  UPDATE conversations SET claimed_by = NULL, claimed_at = NULL WHERE claimed_by = NEW.id AND account_id = NEW.account_id;
  RETURN NULL;
END $$;
CREATE TRIGGER users_lowered_from_desk AFTER UPDATE OF role ON users FOR EACH ROW WHEN (NEW.role = 'viewer' AND OLD.role <> 'viewer')
  EXECUTE FUNCTION lower_from_desk();

-- As it was, and channels count too.
CREATE OR REPLACE FUNCTION door.join_team(invitation uuid, at timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  asked invitations%ROWTYPE;
  person record;
BEGIN
  SELECT * INTO asked FROM invitations i WHERE i.id = invitation FOR UPDATE;
  IF NOT FOUND THEN RETURN 'missing'; END IF;
  IF asked.accepted_at IS NOT NULL OR asked.revoked_at IS NOT NULL OR asked.expires_at <= at
    OR NOT EXISTS (SELECT FROM users u WHERE u.account_id = asked.account_id AND u.role = 'owner') THEN
    RETURN 'used';
  END IF;
  SELECT u.account_id, u.role, u.email_key INTO person FROM users u WHERE u.id = me();
  IF person.email_key IS DISTINCT FROM asked.email_key THEN RETURN 'missing'; END IF;
  -- Both in one order, so that two who change places do not wait for each other.
  PERFORM FROM accounts WHERE id IN (person.account_id, asked.account_id) ORDER BY id FOR NO KEY UPDATE;
  SELECT u.account_id, u.role INTO person FROM users u WHERE u.id = me() FOR UPDATE;
  IF person.account_id = asked.account_id AND person.role <> asked.role
    AND array_position(ARRAY['viewer', 'agent', 'admin', 'owner'], person.role)
      > array_position(ARRAY['viewer', 'agent', 'admin', 'owner'], asked.role) THEN
    RETURN 'same';  -- An invitation lowers nobody.
  END IF;
  IF person.account_id <> asked.account_id AND person.role = 'owner'
    AND EXISTS (SELECT FROM users u WHERE u.account_id = person.account_id AND u.id <> me())
    AND NOT EXISTS (SELECT FROM users u WHERE u.account_id = person.account_id AND u.role = 'owner' AND u.id <> me()) THEN
    RETURN 'last';
  END IF;
  IF person.account_id <> asked.account_id AND NOT EXISTS (SELECT FROM users u WHERE u.account_id = person.account_id AND u.id <> me()) THEN
    -- Nobody is left who could reach what the account has.
    IF EXISTS (SELECT FROM sources s WHERE s.account_id = person.account_id AND s.deleted_at IS NULL)
      OR EXISTS (SELECT FROM channels c WHERE c.account_id = person.account_id AND c.deleted_at IS NULL) THEN
      RETURN 'keeps';
    END IF;
    UPDATE invitations SET revoked_at = at WHERE account_id = person.account_id AND accepted_at IS NULL AND revoked_at IS NULL;
  END IF;
  -- Which account that was, this transaction may ask: it may be another than when the request came.
  PERFORM set_config('heed.left_account', person.account_id::text, true);
  UPDATE users SET account_id = asked.account_id, role = asked.role, verified_at = coalesce(verified_at, at), away_until = NULL, updated_at = at
  WHERE id = me();
  UPDATE jobs SET account_id = asked.account_id WHERE user_id = me() AND account_id <> asked.account_id;
  UPDATE invitations SET accepted_at = at WHERE id = invitation;
  RETURN 'done';
END $$;

REVOKE ALL ON FUNCTION door.channel_hook(uuid), drafts_follow_late(), leave_desk(), lower_from_desk() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.channel_hook(uuid) TO heed_web;
