-- Customers, merged conversations, reminders about conversations, and texts that are kept for answers (RULES 6.17, 6.30, 6.31, 6.33). New tables, two
-- columns and a trigger; safe while the site runs.

-- What was erased leaves counts behind, and no name.
ALTER TABLE customers ADD COLUMN erased_at timestamptz;
-- Two customers that are one: what either wrote is theirs.
GRANT UPDATE (customer_id) ON messages TO heed_web;
CREATE INDEX conversations_by_customer ON conversations (customer_id, last_at);

CREATE TABLE customer_notes (
  id          uuid        CONSTRAINT customer_notes_pkey PRIMARY KEY,
  account_id  uuid        NOT NULL,
  customer_id uuid        NOT NULL,
  author_id   uuid        CONSTRAINT customer_notes_author_fkey REFERENCES users ON DELETE SET NULL,
  author_name text        NOT NULL,
  text        text        NOT NULL CONSTRAINT customer_notes_text CHECK (octet_length(text) BETWEEN 1 AND 16384),  -- Markdown
  at          timestamptz NOT NULL,
  CONSTRAINT customer_notes_customer_fkey FOREIGN KEY (customer_id, account_id) REFERENCES customers (id, account_id) ON DELETE CASCADE
);
CREATE INDEX customer_notes_by_customer ON customer_notes (customer_id, id);
CREATE INDEX customer_notes_by_author ON customer_notes (author_id) WHERE author_id IS NOT NULL;
CALL wall_account('customer_notes', 'agent', '{customer_id}');

-- What came into a conversation from another: enough to take it back.
CREATE TABLE conversation_merges (
  id          uuid        CONSTRAINT conversation_merges_pkey PRIMARY KEY,
  account_id  uuid        NOT NULL,
  source_id   uuid        NOT NULL,
  target_id   uuid        NOT NULL,
  actor_id    uuid        CONSTRAINT conversation_merges_actor_fkey REFERENCES users ON DELETE SET NULL,
  asked_at    timestamptz NOT NULL,
  merged_at   timestamptz,  -- NULL: somebody was asked whether they mean it
  undone_at   timestamptz,
  state       text        NOT NULL DEFAULT 'open' CONSTRAINT conversation_merges_state CHECK (state IN ('open', 'waiting', 'closed', 'spam')),  -- of what came, before
  messages    uuid[]      NOT NULL DEFAULT '{}',
  things      uuid[]      NOT NULL DEFAULT '{}',  -- drafts, decisions, events and notes
  CONSTRAINT conversation_merges_source_fkey FOREIGN KEY (source_id, account_id) REFERENCES conversations (id, account_id) ON DELETE CASCADE,
  CONSTRAINT conversation_merges_target_fkey FOREIGN KEY (target_id, account_id) REFERENCES conversations (id, account_id) ON DELETE CASCADE
);
CREATE INDEX conversation_merges_by_target ON conversation_merges (target_id, merged_at);
CREATE INDEX conversation_merges_by_source ON conversation_merges (source_id);
CREATE INDEX conversation_merges_by_actor ON conversation_merges (actor_id) WHERE actor_id IS NOT NULL;
CALL wall_account('conversation_merges', 'agent', '{merged_at,undone_at,state,messages,things}');

-- Reminders of people that are about a conversation: put off until then, or "unless they answer".
CREATE TABLE desk_reminders (
  reminder_id     uuid        CONSTRAINT desk_reminders_pkey PRIMARY KEY,
  user_id         uuid        NOT NULL,
  account_id      uuid        NOT NULL,
  conversation_id uuid        NOT NULL,
  kind            text        NOT NULL CONSTRAINT desk_reminders_kind CHECK (kind IN ('snooze', 'follow_up')),
  until_time      timestamptz NOT NULL,
  message_id      uuid,         -- the answer that asked for it
  made_at         timestamptz NOT NULL,
  woken_at        timestamptz,  -- its time came: it rings until somebody does something
  over_at         timestamptz,  -- it is wanted no more; a worker ends it
  is_answered     boolean     NOT NULL DEFAULT false,  -- because the customer wrote
  ended_at        timestamptz,
  CONSTRAINT desk_reminders_reminder_fkey FOREIGN KEY (reminder_id, user_id) REFERENCES reminders (id, user_id) ON DELETE CASCADE,
  CONSTRAINT desk_reminders_conversation_fkey FOREIGN KEY (conversation_id, account_id) REFERENCES conversations (id, account_id) ON DELETE CASCADE
);
CREATE INDEX desk_reminders_by_conversation ON desk_reminders (conversation_id, made_at);
CREATE INDEX desk_reminders_over ON desk_reminders (over_at) WHERE over_at IS NOT NULL AND ended_at IS NULL;
CREATE INDEX desk_reminders_by_user ON desk_reminders (user_id);
CALL wall_account('desk_reminders', 'agent', '{conversation_id,over_at}');
GRANT UPDATE ON desk_reminders TO heed_work;

-- Whoever changes a conversation need not know of them.
CREATE FUNCTION end_desk_reminders() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE desk_reminders r SET over_at = NEW.last_at, is_answered = NEW.newest_inbound_id IS DISTINCT FROM OLD.newest_inbound_id
  WHERE r.conversation_id = NEW.id AND r.over_at IS NULL
    AND (NEW.newest_inbound_id IS DISTINCT FROM OLD.newest_inbound_id
      OR NEW.state = 'spam'
      OR r.kind = 'snooze' AND NEW.state IS DISTINCT FROM OLD.state
        AND (NEW.state IN ('waiting', 'closed') OR r.woken_at IS NULL AND NEW.state <> 'snoozed'));
  IF FOUND THEN PERFORM pg_notify('heed_work', ''); END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION end_desk_reminders() FROM PUBLIC;
CREATE TRIGGER conversations_end_reminders AFTER UPDATE OF newest_inbound_id, state ON conversations FOR EACH ROW
  WHEN (OLD.newest_inbound_id IS DISTINCT FROM NEW.newest_inbound_id OR OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION end_desk_reminders();
CREATE FUNCTION overdue.desk_reminders(at timestamptz) RETURNS timestamptz LANGUAGE sql AS $$
  SELECT least((SELECT min(over_at) FROM desk_reminders WHERE over_at <= $1 AND ended_at IS NULL),
    (SELECT min(snoozed_until) FROM conversations WHERE snoozed_until <= $1))
$$;

CREATE TABLE saved_replies (
  id          uuid        CONSTRAINT saved_replies_pkey PRIMARY KEY,
  account_id  uuid        NOT NULL CONSTRAINT saved_replies_account_fkey REFERENCES accounts ON DELETE CASCADE,
  author_id   uuid        CONSTRAINT saved_replies_author_fkey REFERENCES users ON DELETE SET NULL,
  author_name text        NOT NULL,
  title       text        NOT NULL CONSTRAINT saved_replies_title CHECK (length(title) BETWEEN 1 AND 100),
  text        text        NOT NULL CONSTRAINT saved_replies_text CHECK (octet_length(text) BETWEEN 1 AND 16384),  -- Markdown, with places
  version     integer     NOT NULL DEFAULT 1,
  revision    bigint      NOT NULL DEFAULT 1,
  created_at  timestamptz NOT NULL,
  updated_at  timestamptz NOT NULL,
  deleted_at  timestamptz,
  CONSTRAINT saved_replies_id_account UNIQUE (id, account_id)
);
CREATE INDEX saved_replies_list ON saved_replies (account_id, lower(title), id) WHERE deleted_at IS NULL;
CREATE INDEX saved_replies_deleted ON saved_replies (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX saved_replies_by_author ON saved_replies (author_id) WHERE author_id IS NOT NULL;
CREATE TRIGGER saved_replies_revision BEFORE UPDATE ON saved_replies FOR EACH ROW EXECUTE FUNCTION count_revision();
CALL wall_account('saved_replies', 'agent', '{title,text,version,updated_at,deleted_at}');
GRANT DELETE ON saved_replies TO heed_work;

-- Takes everything of a customer away but how much it was (RULES 6.17). What is on its way to a server at this moment cannot be called back; all else
-- leaves no more.
CREATE FUNCTION door.erase_customer(customer uuid, at timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  account uuid := my_account();
  people uuid[];
  threads uuid[];
  mails uuid[];
  texts uuid[];
  used bytea[];
BEGIN
  IF account IS NULL OR NOT may('admin') THEN RAISE insufficient_privilege; END IF;
  PERFORM FROM customers c WHERE c.id = customer AND c.account_id = account FOR UPDATE;
  IF NOT FOUND THEN RETURN 0; END IF;
  WITH RECURSIVE same AS (
    SELECT customer AS id UNION SELECT c.id FROM customers c JOIN same s ON c.merged_into = s.id WHERE c.account_id = account)
  SELECT array_agg(id) INTO people FROM same;
  SELECT coalesce(array_agg(id), '{}') INTO threads FROM (
    SELECT v.id FROM conversations v WHERE v.customer_id = ANY (people) AND v.account_id = account ORDER BY v.id FOR UPDATE) v;
  SELECT coalesce(array_agg(m.id), '{}') INTO mails FROM messages m
  WHERE m.account_id = account AND (m.conversation_id = ANY (threads) OR m.customer_id = ANY (people));
  SELECT coalesce(array_agg(d.id), '{}') INTO texts FROM drafts d
  WHERE d.account_id = account AND (d.conversation_id = ANY (threads) OR d.triggers && mails);
  -- Nothing leaves any more.
  UPDATE outbox o SET state = 'cancelled', reason = 'gone', address = '', detail = '' WHERE o.subject = 'answer' AND o.subject_id = ANY (mails)
    AND o.state IN ('pending', 'held');
  UPDATE outbox o SET address = '', detail = '' WHERE o.subject = 'answer' AND o.subject_id = ANY (mails) AND o.state NOT IN ('pending', 'held', 'sending');
  UPDATE outbox_attempts t SET detail = '' WHERE t.subject_id = ANY (mails);
  SELECT coalesce(array_agg(DISTINCT x.sha256), '{}') INTO used FROM (
    SELECT a.sha256 FROM attachments a WHERE a.message_id = ANY (mails) AND a.sha256 IS NOT NULL
    UNION ALL SELECT m.raw FROM messages m WHERE m.id = ANY (mails) AND m.raw IS NOT NULL) x;
  UPDATE attachments a SET state = 'emptied', sha256 = NULL, name = 'file', content_id = '', url = NULL WHERE a.message_id = ANY (mails);
  DELETE FROM message_addresses a WHERE a.message_id = ANY (mails);
  DELETE FROM message_revisions r WHERE r.message_id = ANY (mails);
  -- Keys are hashes: by them the same mail is known again, and is not taken in as new.
  UPDATE messages m SET external_id = '', message_id = NULL, in_reply_to = NULL, refs = '{}', from_name = '', from_address = '', subject = '', own = '',
    part_kinds = '{}', part_texts = '{}', html = NULL, notice = '', raw = NULL, dated = '', dated_at = NULL, thread_index = NULL, thread_topic = '',
    metadata = '', source = CASE WHEN m.source IS NULL THEN NULL ELSE '' END, signature = NULL, recipients = '{}', copies = '{}', code = NULL, detail = '',
    sending = CASE WHEN m.sending IN ('waiting', 'held', 'queued') THEN 'cancelled' ELSE m.sending END, emptied_at = coalesce(m.emptied_at, $2)
  WHERE m.id = ANY (mails);
  DELETE FROM files f WHERE f.account_id = account AND f.sha256 = ANY (used)
    AND NOT EXISTS (SELECT FROM attachments a WHERE a.account_id = account AND a.sha256 = f.sha256)
    AND NOT EXISTS (SELECT FROM messages m WHERE m.account_id = account AND m.raw = f.sha256);
  DELETE FROM draft_sources s WHERE s.draft_id = ANY (texts);
  DELETE FROM learning_samples s WHERE s.draft_id = ANY (texts);
  UPDATE decisions d SET diff = NULL, recipients = '{}', copies = '{}', note = '' WHERE d.draft_id = ANY (texts);
  UPDATE drafts d SET generated = '', text = '', instruction = '', struck = '{}', question = '', note = '', recipients = NULL, copies = NULL,
    is_edited = false, version = version + 1, state = CASE WHEN d.state IN ('asked', 'pending') THEN 'superseded' ELSE d.state END
  WHERE d.id = ANY (texts);
  DELETE FROM conversation_notes n WHERE n.conversation_id = ANY (threads);
  DELETE FROM customer_notes n WHERE n.customer_id = ANY (people);
  UPDATE conversation_events e SET detail = '' WHERE e.conversation_id = ANY (threads);
  DELETE FROM participants p WHERE p.conversation_id = ANY (threads)
    OR p.account_id = account AND p.address_key IN (SELECT a.address_key FROM customer_addresses a WHERE a.customer_id = ANY (people));
  -- Titles of reminders name the customer, and so does what people were told.
  DELETE FROM reminders r USING desk_reminders x WHERE x.reminder_id = r.id AND x.conversation_id = ANY (threads);
  DELETE FROM reminders r USING desk_late x WHERE x.reminder_id = r.id AND x.conversation_id = ANY (threads);
  DELETE FROM notifications n WHERE n.account_id = account AND n.conversation_id = ANY (threads);
  UPDATE conversations v SET subject = '', subject_key = '', external_id = NULL, tags = '{}', state = 'closed', closed_at = coalesce(v.closed_at, $2),
    snoozed_until = NULL, waiting_since = NULL, late_at = NULL, late_told_at = NULL, claimed_by = NULL, claimed_at = NULL, assignee_id = NULL,
    is_answerable = false, version = version + 1
  WHERE v.id = ANY (threads);
  DELETE FROM customer_addresses a WHERE a.customer_id = ANY (people);
  UPDATE customers c SET name = '', is_spam = false, erased_at = $2, updated_at = $2 WHERE c.id = ANY (people);
  -- What the log says of them; its chain holds a hash of each, and stays whole.
  UPDATE audit_log l SET payload = NULL WHERE l.account_id = account AND l.subject_id = ANY (threads || texts || people);
  RETURN cardinality(mails);
END $$;
REVOKE ALL ON FUNCTION door.erase_customer(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.erase_customer(uuid, timestamptz) TO heed_web;

-- Each attempt of people to send an answer is a row of its own: one that was kept back and confirmed, or failed and is tried again. All else is sent
-- once. Few rows are not about escalations.
DROP INDEX outbox_once_about;
CREATE UNIQUE INDEX outbox_once_about ON outbox (subject_id, channel, recipient_id) WHERE escalation_id IS NULL AND subject <> 'answer';
CREATE INDEX outbox_of_answers ON outbox (subject_id) WHERE subject = 'answer';
