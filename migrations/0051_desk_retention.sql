-- What is kept of a desk, and how it is found: conversations closed long ago are emptied (RULES 6.17), a customer of any size is erased step by step, and
-- searches look into an index. Holds writes to messages, conversations and customers while their words are indexed: about two minutes for a million.

-- A draft of which nothing is left but that it was, and what became of it in the rates.
ALTER TABLE drafts DROP CONSTRAINT drafts_state, ADD CONSTRAINT drafts_state
  CHECK (state IN ('asked', 'pending', 'approved', 'sent', 'rejected', 'superseded', 'failed', 'archived')) NOT VALID;
ALTER TABLE drafts VALIDATE CONSTRAINT drafts_state;

ALTER TABLE conversations ADD COLUMN emptied_at timestamptz;
CREATE INDEX conversations_to_empty ON conversations (account_id, closed_at) WHERE state = 'closed' AND emptied_at IS NULL;
CREATE INDEX messages_with_raw ON messages (id) WHERE raw IS NOT NULL;
CREATE INDEX participants_by_address ON participants (account_id, address_key);
CREATE INDEX audit_log_by_subject ON audit_log (subject_id) WHERE subject_id IS NOT NULL;

-- What goes on after it was emptied has something to empty again.
CREATE FUNCTION forget_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.emptied_at := NULL;
  RETURN NEW;
END $$;
CREATE TRIGGER conversations_emptied_forgotten BEFORE UPDATE OF state ON conversations FOR EACH ROW
  WHEN (NEW.state <> 'closed' AND NEW.emptied_at IS NOT NULL) EXECUTE FUNCTION forget_emptied();

-- Of these files those that nothing names any more.
CREATE FUNCTION drop_unused_files(account uuid, which bytea[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  DELETE FROM files f WHERE f.account_id = $1 AND f.sha256 = ANY ($2)
    AND NOT EXISTS (SELECT FROM attachments a WHERE a.account_id = $1 AND a.sha256 = f.sha256)
    AND NOT EXISTS (SELECT FROM messages m WHERE m.account_id = $1 AND m.raw = f.sha256)
    AND NOT EXISTS (SELECT FROM quarantine q WHERE q.account_id = $1 AND q.raw = f.sha256)
$$;

-- Texts and files of conversations of an account that were closed before then: at most so many messages in one call, those closed first. Who wrote when
-- stays, and so does every sample: what it counts, not what it says.
CREATE FUNCTION door.empty_conversations(account uuid, before timestamptz, most bigint, at timestamptz) RETURNS TABLE (conversations integer, messages integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  threads uuid[];
  mails uuid[];
  texts uuid[];
  used bytea[];
BEGIN
  SELECT coalesce(array_agg(x.id), '{}') INTO threads FROM (
    SELECT v.id FROM conversations v WHERE v.account_id = $1 AND v.state = 'closed' AND v.emptied_at IS NULL AND v.closed_at < $2
    ORDER BY v.closed_at, v.id LIMIT least($3, 100) FOR UPDATE SKIP LOCKED) x;
  SELECT coalesce(array_agg(x.id), '{}') INTO mails FROM (
    SELECT m.id FROM messages m WHERE m.conversation_id = ANY (threads) AND m.emptied_at IS NULL ORDER BY m.conversation_id, m.number LIMIT $3) x;
  SELECT coalesce(array_agg(DISTINCT x.sha256), '{}') INTO used FROM (
    SELECT a.sha256 FROM attachments a WHERE a.message_id = ANY (mails) AND a.sha256 IS NOT NULL
    UNION ALL SELECT m.raw FROM messages m WHERE m.id = ANY (mails) AND m.raw IS NOT NULL) x;
  UPDATE attachments a SET state = 'emptied', sha256 = NULL, url = NULL WHERE a.message_id = ANY (mails);
  DELETE FROM message_revisions r WHERE r.message_id = ANY (mails);
  UPDATE messages m SET own = '', part_kinds = '{}', part_texts = '{}', html = NULL, notice = '', raw = NULL, metadata = '',
    source = CASE WHEN m.source IS NULL THEN NULL ELSE '' END, signature = NULL, emptied_at = $4
  WHERE m.id = ANY (mails);
  PERFORM drop_unused_files($1, used);
  -- Those of which every message is empty now.
  SELECT coalesce(array_agg(t.id), '{}') INTO threads FROM unnest(threads) t(id)
  WHERE NOT EXISTS (SELECT FROM messages m WHERE m.conversation_id = t.id AND m.emptied_at IS NULL);
  SELECT coalesce(array_agg(d.id), '{}') INTO texts FROM drafts d WHERE d.conversation_id = ANY (threads) AND d.state NOT IN ('approved', 'archived');
  UPDATE draft_sources s SET text = '', sentences = '' WHERE s.draft_id = ANY (texts);
  UPDATE learning_samples s SET chosen = '' WHERE s.draft_id = ANY (texts);
  UPDATE decisions d SET diff = NULL, note = '' WHERE d.draft_id = ANY (texts);
  UPDATE drafts d SET generated = '', text = '', instruction = '', struck = '{}', question = '', note = '', is_edited = false, version = version + 1,
    state = 'archived'
  WHERE d.id = ANY (texts);
  UPDATE quarantine q SET raw = NULL, detail = '', name = '' WHERE q.conversation_id = ANY (threads);
  UPDATE conversations v SET emptied_at = $4 WHERE v.id = ANY (threads);
  RETURN QUERY SELECT cardinality(threads), cardinality(mails);
END $$;

-- Mails as they came, of messages with an id before this one (RULES 6.17: ninety days, whatever the account has chosen).
CREATE FUNCTION door.empty_raw_mails(before uuid, most bigint) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  mails uuid[];
  accounts uuid[];
  used bytea[];
BEGIN
  SELECT coalesce(array_agg(x.id), '{}'), coalesce(array_agg(DISTINCT x.account_id), '{}'), coalesce(array_agg(DISTINCT x.raw), '{}')
  INTO mails, accounts, used FROM (
    SELECT m.id, m.account_id, m.raw FROM messages m WHERE m.raw IS NOT NULL AND m.id < $1 ORDER BY m.id LIMIT $2 FOR UPDATE SKIP LOCKED) x;
  UPDATE messages m SET raw = NULL WHERE m.id = ANY (mails);
  PERFORM drop_unused_files(a, used) FROM unnest(accounts) a;
  RETURN cardinality(mails);
END $$;

-- A customer, and whoever was merged into them.
CREATE FUNCTION same_customers(customer uuid) RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH RECURSIVE same AS (
    SELECT c.id, c.account_id FROM customers c WHERE c.id = $1
    UNION SELECT c.id, c.account_id FROM customers c JOIN same s ON c.merged_into = s.id AND c.account_id = s.account_id)
  SELECT coalesce(array_agg(id), '{}') FROM same
$$;

-- What the log says of these things; its chain holds a hash of each entry, and stays whole.
CREATE FUNCTION erase_entries(account uuid, things uuid[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE audit_log l SET payload = NULL WHERE l.subject_id = ANY ($2) AND l.account_id = $1 AND l.payload IS NOT NULL
$$;

CREATE FUNCTION erase_drafts(account uuid, texts uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM draft_sources s WHERE s.draft_id = ANY ($2);
  DELETE FROM learning_samples s WHERE s.draft_id = ANY ($2);
  UPDATE decisions d SET diff = NULL, recipients = '{}', copies = '{}', note = '' WHERE d.draft_id = ANY ($2);
  UPDATE drafts d SET generated = '', text = '', instruction = '', struck = '{}', question = '', note = '', recipients = NULL, copies = NULL,
    is_edited = false, version = version + 1, state = CASE WHEN d.state IN ('asked', 'pending') THEN 'superseded' ELSE d.state END
  WHERE d.id = ANY ($2);
  PERFORM erase_entries($1, $2);
END $$;

CREATE FUNCTION erase_messages(account uuid, mails uuid[], at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE used bytea[];
BEGIN
  UPDATE outbox o SET state = 'cancelled', reason = 'gone' WHERE o.subject = 'answer' AND o.subject_id = ANY ($2) AND o.state IN ('pending', 'held');
  UPDATE outbox o SET address = '', detail = '' WHERE o.subject = 'answer' AND o.subject_id = ANY ($2) AND o.state <> 'sending';
  UPDATE outbox_attempts t SET detail = '' WHERE t.subject_id = ANY ($2);
  SELECT coalesce(array_agg(DISTINCT x.sha256), '{}') INTO used FROM (
    SELECT a.sha256 FROM attachments a WHERE a.message_id = ANY ($2) AND a.sha256 IS NOT NULL
    UNION ALL SELECT m.raw FROM messages m WHERE m.id = ANY ($2) AND m.raw IS NOT NULL) x;
  PERFORM erase_entries($1, $2 || ARRAY(SELECT a.id FROM attachments a WHERE a.message_id = ANY ($2)));
  UPDATE attachments a SET state = 'emptied', sha256 = NULL, name = 'file', content_id = '', url = NULL WHERE a.message_id = ANY ($2);
  DELETE FROM message_addresses a WHERE a.message_id = ANY ($2);
  DELETE FROM message_revisions r WHERE r.message_id = ANY ($2);
  -- Keys are hashes: by them the same mail is known again, and is not taken in as new.
  UPDATE messages m SET external_id = '', message_id = NULL, in_reply_to = NULL, refs = '{}', from_name = '', from_address = '', subject = '', own = '',
    part_kinds = '{}', part_texts = '{}', html = NULL, notice = '', raw = NULL, dated = '', dated_at = NULL, thread_index = NULL, thread_topic = '',
    metadata = '', source = CASE WHEN m.source IS NULL THEN NULL ELSE '' END, signature = NULL, recipients = '{}', copies = '{}', code = NULL, detail = '',
    sending = CASE WHEN m.sending IN ('waiting', 'held', 'queued') THEN 'cancelled' ELSE m.sending END, emptied_at = coalesce(m.emptied_at, $3)
  WHERE m.id = ANY ($2);
  PERFORM drop_unused_files($1, used);
END $$;

-- What stands beside the messages of a conversation.
CREATE FUNCTION erase_thread(account uuid, thread uuid, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM erase_drafts($1, ARRAY(SELECT d.id FROM drafts d WHERE d.conversation_id = $2));
  DELETE FROM conversation_notes n WHERE n.conversation_id = $2;
  UPDATE conversation_events e SET detail = '' WHERE e.conversation_id = $2 AND e.detail <> '';
  DELETE FROM participants p WHERE p.conversation_id = $2;
  PERFORM erase_entries($1, $2 || ARRAY(SELECT q.id FROM quarantine q WHERE q.conversation_id = $2));
  DELETE FROM notifications n WHERE n.account_id = $1 AND n.conversation_id = $2;
  UPDATE quarantine q SET raw = NULL, detail = '', name = '' WHERE q.conversation_id = $2;
END $$;

-- Erases a customer (RULES 6.17). From here on nothing leaves: what waits is taken back, drafts that are being written come to nothing, and nobody finds
-- the customer or answers them. What is on its way to a server at this moment cannot be called back. What they wrote is emptied by `erase_more`.
--
-- Returns how many messages that is.
CREATE OR REPLACE FUNCTION door.erase_customer(customer uuid, at timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  account uuid := my_account();
  people uuid[];
  threads uuid[];
  beside uuid[];
  bells uuid[];
  known text[];  -- their addresses, as they came and in small letters
BEGIN
  IF account IS NULL OR NOT may('admin') THEN RAISE insufficient_privilege; END IF;
  PERFORM FROM customers c WHERE c.id = customer AND c.account_id = account AND c.erased_at IS NULL FOR NO KEY UPDATE;
  IF NOT FOUND THEN RETURN 0; END IF;
  people := same_customers(customer);
  SELECT coalesce(array_agg(x.id), '{}') INTO threads FROM (
    SELECT v.id FROM conversations v WHERE v.customer_id = ANY (people) AND v.account_id = account ORDER BY v.id FOR UPDATE) x;
  SELECT coalesce(array_agg(DISTINCT x.address), '{}') INTO known
  FROM customer_addresses a CROSS JOIN LATERAL (VALUES (a.address), (lower(a.address)), (a.address_key)) x(address) WHERE a.customer_id = ANY (people);
  UPDATE outbox o SET state = 'cancelled', reason = 'gone', address = '', detail = '' FROM messages m
  WHERE o.subject = 'answer' AND o.subject_id = m.id AND o.state IN ('pending', 'held') AND m.conversation_id = ANY (threads) AND m.direction = 'outbound';
  UPDATE messages m SET sending = 'cancelled' WHERE m.conversation_id = ANY (threads) AND m.sending IN ('waiting', 'held', 'queued');
  -- One whose step is being done at this moment waits for us, and finds that nothing is asked any more.
  UPDATE jobs j SET state = 'cancelled', lease_until = NULL, finished_at = $2 WHERE j.id IN (
    SELECT i.id FROM jobs i WHERE i.account_id = account AND i.kind IN ('draft', 'attachments.fetch') AND i.state IN ('pending', 'running')
      AND split_part(i.place, ' ', 1) IN (
        SELECT d.id::text FROM drafts d WHERE d.conversation_id = ANY (threads) AND d.state = 'asked'
        UNION ALL SELECT m.id::text FROM messages m JOIN attachments a ON a.message_id = m.id
          WHERE m.conversation_id = ANY (threads) AND a.state = 'asked')
    FOR UPDATE SKIP LOCKED);
  UPDATE drafts d SET state = 'superseded', version = version + 1 WHERE d.conversation_id = ANY (threads)
    AND (d.state IN ('asked', 'pending')
      OR d.state = 'approved' AND EXISTS (SELECT FROM messages m WHERE m.id = d.message_id AND m.sending = 'cancelled'));
  UPDATE conversations v SET subject = '', subject_key = '', external_id = NULL, tags = '{}', state = 'closed', closed_at = coalesce(v.closed_at, $2),
    snoozed_until = NULL, waiting_since = NULL, late_at = NULL, late_told_at = NULL, claimed_by = NULL, claimed_at = NULL, assignee_id = NULL,
    is_answerable = false, version = version + 1
  WHERE v.id = ANY (threads);
  -- Titles of reminders name the customer, and so does what people were told.
  SELECT coalesce(array_agg(x.reminder_id), '{}') INTO bells FROM (
    SELECT r.reminder_id FROM desk_reminders r WHERE r.conversation_id = ANY (threads)
    UNION SELECT l.reminder_id FROM desk_late l WHERE l.conversation_id = ANY (threads) AND NOT l.is_group) x;
  DELETE FROM reminders r WHERE r.id = ANY (bells);
  -- Mails that nobody could read, and that are from them or to them.
  DELETE FROM quarantine q USING files f WHERE q.account_id = account AND q.state = 'waiting' AND f.account_id = account AND f.sha256 = q.raw
    AND EXISTS (SELECT FROM unnest(known) k WHERE position(lower(k) IN lower(encode(f.bytes, 'escape'))) > 0);
  -- Where they take part in what others write.
  SELECT coalesce(array_agg(DISTINCT p.conversation_id), '{}') INTO beside FROM participants p
  WHERE p.account_id = account AND p.address_key = ANY (known) AND p.conversation_id <> ALL (threads);
  DELETE FROM participants p WHERE p.account_id = account AND p.address_key = ANY (known);
  DELETE FROM message_addresses a USING messages m WHERE m.conversation_id = ANY (beside) AND a.message_id = m.id AND a.address_key = ANY (known);
  UPDATE messages m SET recipients = ARRAY(SELECT r FROM unnest(m.recipients) r WHERE lower(r) <> ALL (known)),
    copies = ARRAY(SELECT r FROM unnest(m.copies) r WHERE lower(r) <> ALL (known))
  WHERE m.conversation_id = ANY (beside) AND EXISTS (SELECT FROM unnest(m.recipients || m.copies) r WHERE lower(r) = ANY (known));
  UPDATE outbox o SET address = '', detail = '' FROM messages m
  WHERE o.subject = 'answer' AND o.subject_id = m.id AND o.state NOT IN ('pending', 'held', 'sending') AND m.conversation_id = ANY (beside)
    AND lower(o.address) = ANY (known);
  DELETE FROM customer_addresses a WHERE a.customer_id = ANY (people);
  UPDATE customers c SET name = '', is_spam = false, erased_at = $2, updated_at = $2 WHERE c.id = ANY (people);
  PERFORM erase_entries(account, people || threads || bells);
  RETURN (SELECT count(*) FROM messages m WHERE m.account_id = account AND (m.conversation_id = ANY (threads) OR m.customer_id = ANY (people)));
END $$;

-- Empties what an erased customer has left, conversation by conversation: at most `most` messages and a hundred conversations in one call.
--
-- `place`: a conversation and the number of its last message that is done; '' at first. Returns the next one, NULL at the end, and how many were done.
CREATE FUNCTION door.erase_more(customer uuid, place text, most bigint, at timestamptz) RETURNS TABLE (next text, done integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  account uuid;
  people uuid[];
  thread uuid;
  mails uuid[];
  last_number bigint;
  seen bigint := coalesce(nullif(split_part($2, ' ', 2), ''), '0')::bigint;
  since uuid := coalesce(nullif(split_part($2, ' ', 1), ''), '00000000-0000-0000-0000-000000000000')::uuid;
  reached uuid;
  taken integer := 0;
  threads integer := 0;
BEGIN
  SELECT c.account_id INTO account FROM customers c WHERE c.id = $1 AND c.erased_at IS NOT NULL;
  IF NOT FOUND THEN RETURN; END IF;
  IF session_user NOT IN ('heed_work', current_user) AND (account IS DISTINCT FROM my_account() OR NOT may('admin')) THEN
    RAISE insufficient_privilege USING MESSAGE = 'a customer of another account';
  END IF;
  people := same_customers($1);
  FOR thread IN SELECT v.id FROM conversations v WHERE v.customer_id = ANY (people) AND v.account_id = account AND v.id >= since ORDER BY v.id LIMIT 100 LOOP
    IF thread <> since THEN seen := 0; END IF;
    SELECT coalesce(array_agg(x.id), '{}'), coalesce(max(x.number), seen) INTO mails, last_number FROM (
      SELECT m.id, m.number FROM messages m WHERE m.conversation_id = thread AND m.number > seen ORDER BY m.number LIMIT $3 - taken) x;
    PERFORM erase_messages(account, mails, $4);
    taken := taken + cardinality(mails);
    IF taken >= $3 THEN
      RETURN QUERY SELECT thread || ' ' || last_number, taken;
      RETURN;
    END IF;
    PERFORM erase_thread(account, thread, $4);
    reached := thread;
    threads := threads + 1;
  END LOOP;
  IF threads = 100 THEN
    RETURN QUERY SELECT reached || ' 9223372036854775807', taken;
    RETURN;
  END IF;
  -- What they wrote in conversations of others, and what answered it.
  SELECT coalesce(array_agg(x.id), '{}') INTO mails FROM (
    SELECT m.id FROM messages m WHERE m.customer_id = ANY (people) AND m.account_id = account AND (m.emptied_at IS NULL OR m.from_address <> '')
    LIMIT $3 - taken) x;
  PERFORM erase_drafts(account, ARRAY(
    SELECT d.id FROM drafts d WHERE d.triggers && mails AND d.conversation_id IN (SELECT m.conversation_id FROM messages m WHERE m.id = ANY (mails))));
  PERFORM erase_messages(account, mails, $4);
  taken := taken + cardinality(mails);
  IF taken >= $3 THEN
    RETURN QUERY SELECT 'ffffffff-ffff-ffff-ffff-ffffffffffff 0'::text, taken;
    RETURN;
  END IF;
  DELETE FROM customer_notes n WHERE n.customer_id = ANY (people);
  RETURN QUERY SELECT NULL::text, taken;
END $$;

-- What searches of a desk look through: of each message, each note, each conversation (subject, tags, customer) and each customer its words as they are and
-- their stems, without accents and capital letters, with a word for the account. One index finds what holds them, whatever others keep and whatever
-- leakproof operators it takes: at the door. One row in sixty-four has another word besides: by those it is known at once which words are everywhere.
CREATE TABLE desk_words (
  id              uuid     CONSTRAINT desk_words_pkey PRIMARY KEY,  -- of the message, the note, the conversation or the customer
  account_id      uuid     NOT NULL,
  conversation_id uuid,
  customer_id     uuid,
  words           tsvector NOT NULL,
  CONSTRAINT desk_words_of_one CHECK (num_nonnulls(conversation_id, customer_id) = 1),
  CONSTRAINT desk_words_conversation_fkey FOREIGN KEY (conversation_id, account_id) REFERENCES conversations (id, account_id) ON DELETE CASCADE,
  CONSTRAINT desk_words_customer_fkey FOREIGN KEY (customer_id, account_id) REFERENCES customers (id, account_id) ON DELETE CASCADE
);
CREATE INDEX desk_words_by_conversation ON desk_words (conversation_id) WHERE conversation_id IS NOT NULL;
CREATE INDEX desk_words_by_customer ON desk_words (customer_id) WHERE customer_id IS NOT NULL;
ALTER TABLE desk_words ENABLE ROW LEVEL SECURITY;
CREATE POLICY desk_words_own ON desk_words FOR SELECT TO heed_web USING (account_id = (SELECT my_account()));
CREATE POLICY desk_words_all ON desk_words TO heed_work USING (true);
-- Triggers alone write them.
GRANT SELECT ON desk_words TO heed_web, heed_work;

-- Small letters without accents, and blanks for all signs: the parts of an address and of an order's number are words one after the other.
CREATE FUNCTION desk_folded(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT translate(plain(left($1, 50000)), '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~', repeat(' ', 32))
$$;
-- Words that no text yields, quoted as tsvector and tsquery read them. `v`: of conversations; `c`: of customers.
CREATE FUNCTION desk_word(sign text, kind text, account uuid) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT quote_literal($1 || $2 || translate($3::text, '-', ''))
$$;
CREATE FUNCTION desk_vector(kind text, account uuid, id uuid, language text, words text) RETURNS tsvector
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp SET client_min_messages = warning AS $$
  SELECT to_tsvector('simple', f.folded)
    || to_tsvector(CASE WHEN $4 = 'pt-BR' THEN 'portuguese_folded'::regconfig ELSE 'english_folded'::regconfig END, f.folded)
    || desk_word('#', $1, $2)::tsvector
    || CASE WHEN hashtextextended($3::text, 0) & 63 = 0 THEN desk_word('%', $1, $2)::tsvector ELSE '' END
  FROM (SELECT desk_folded($5) AS folded) f
$$;

CREATE FUNCTION put_message_words(mails uuid[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  INSERT INTO desk_words (id, account_id, conversation_id, words)
  SELECT m.id, m.account_id, m.conversation_id, desk_vector('v', m.account_id, m.id, m.language, concat_ws(chr(10), m.subject, m.from_name, m.from_address,
    array_to_string(m.recipients || m.copies, ' '),
    (SELECT string_agg(a.name, ' ' ORDER BY a.n) FROM attachments a WHERE a.message_id = m.id AND a.state <> 'emptied'), m.own))
  FROM messages m WHERE m.id = ANY ($1) AND m.emptied_at IS NULL
  ON CONFLICT (id) DO UPDATE SET conversation_id = EXCLUDED.conversation_id, words = EXCLUDED.words
$$;
CREATE FUNCTION put_note_words(notes uuid[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  INSERT INTO desk_words (id, account_id, conversation_id, words)
  SELECT n.id, n.account_id, n.conversation_id, desk_vector('v', n.account_id, n.id, v.language, n.text)
  FROM conversation_notes n JOIN conversations v ON v.id = n.conversation_id WHERE n.id = ANY ($1)
  ON CONFLICT (id) DO UPDATE SET conversation_id = EXCLUDED.conversation_id, words = EXCLUDED.words
$$;
CREATE FUNCTION put_conversation_words(threads uuid[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  INSERT INTO desk_words (id, account_id, conversation_id, words)
  SELECT v.id, v.account_id, v.id, desk_vector('v', v.account_id, v.id, v.language, concat_ws(chr(10), v.subject, array_to_string(v.tags, ' '), u.name,
    (SELECT string_agg(a.address, ' ' ORDER BY a.address_key) FROM customer_addresses a WHERE a.customer_id = u.id)))
  FROM conversations v JOIN customers u ON u.id = v.customer_id WHERE v.id = ANY ($1)
  ON CONFLICT (id) DO UPDATE SET words = EXCLUDED.words
$$;
CREATE FUNCTION put_customer_words(people uuid[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  INSERT INTO desk_words (id, account_id, customer_id, words)
  SELECT u.id, u.account_id, u.id, desk_vector('c', u.account_id, u.id, 'en', concat_ws(chr(10), u.name,
    (SELECT string_agg(a.address, ' ' ORDER BY a.address_key) FROM customer_addresses a WHERE a.customer_id = u.id)))
  FROM customers u WHERE u.id = ANY ($1)
  ON CONFLICT (id) DO UPDATE SET words = EXCLUDED.words
$$;

CREATE FUNCTION word_new_messages() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM put_message_words(ARRAY(SELECT m.id FROM made m));
  RETURN NULL;
END $$;
CREATE TRIGGER messages_worded AFTER INSERT ON messages REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION word_new_messages();
CREATE FUNCTION word_new_files() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM put_message_words(ARRAY(SELECT DISTINCT a.message_id FROM made a));
  RETURN NULL;
END $$;
CREATE TRIGGER attachments_worded AFTER INSERT ON attachments REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION word_new_files();
CREATE FUNCTION word_changed_message() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.emptied_at IS NOT NULL THEN
    DELETE FROM desk_words w WHERE w.id = NEW.id;
  ELSIF (OLD.own, OLD.subject, OLD.from_name, OLD.from_address, OLD.recipients, OLD.copies)
    IS DISTINCT FROM (NEW.own, NEW.subject, NEW.from_name, NEW.from_address, NEW.recipients, NEW.copies) THEN
    PERFORM put_message_words(ARRAY[NEW.id]);
  ELSE
    UPDATE desk_words w SET conversation_id = NEW.conversation_id WHERE w.id = NEW.id AND w.conversation_id <> NEW.conversation_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER messages_reworded AFTER UPDATE OF own, subject, from_name, from_address, recipients, copies, conversation_id, emptied_at ON messages
  FOR EACH ROW EXECUTE FUNCTION word_changed_message();
CREATE FUNCTION word_new_notes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM put_note_words(ARRAY(SELECT n.id FROM made n));
  RETURN NULL;
END $$;
CREATE TRIGGER conversation_notes_worded AFTER INSERT ON conversation_notes REFERENCING NEW TABLE AS made FOR EACH STATEMENT
  EXECUTE FUNCTION word_new_notes();
CREATE FUNCTION word_moved_note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE desk_words w SET conversation_id = NEW.conversation_id WHERE w.id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER conversation_notes_moved AFTER UPDATE OF conversation_id ON conversation_notes FOR EACH ROW EXECUTE FUNCTION word_moved_note();
CREATE FUNCTION unword_gone() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM desk_words w USING gone g WHERE w.id = g.id;
  RETURN NULL;
END $$;
CREATE TRIGGER conversation_notes_unworded AFTER DELETE ON conversation_notes REFERENCING OLD TABLE AS gone FOR EACH STATEMENT
  EXECUTE FUNCTION unword_gone();
CREATE TRIGGER messages_unworded AFTER DELETE ON messages REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION unword_gone();
CREATE FUNCTION word_new_conversations() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM put_conversation_words(ARRAY(SELECT v.id FROM made v));
  RETURN NULL;
END $$;
CREATE TRIGGER conversations_worded AFTER INSERT ON conversations REFERENCING NEW TABLE AS made FOR EACH STATEMENT
  EXECUTE FUNCTION word_new_conversations();
CREATE FUNCTION word_changed_conversation() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM put_conversation_words(ARRAY[NEW.id]);
  RETURN NULL;
END $$;
CREATE TRIGGER conversations_reworded AFTER UPDATE OF subject, tags, customer_id ON conversations FOR EACH ROW
  WHEN (OLD.subject <> NEW.subject OR OLD.tags <> NEW.tags OR OLD.customer_id <> NEW.customer_id) EXECUTE FUNCTION word_changed_conversation();
CREATE FUNCTION word_new_customers() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM put_customer_words(ARRAY(SELECT u.id FROM made u));
  RETURN NULL;
END $$;
CREATE TRIGGER customers_worded AFTER INSERT ON customers REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION word_new_customers();
-- Their name stands in their conversations too.
CREATE FUNCTION word_renamed_customer() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM put_customer_words(ARRAY[NEW.id]);
  PERFORM put_conversation_words(ARRAY(SELECT v.id FROM conversations v WHERE v.customer_id = NEW.id));
  RETURN NULL;
END $$;
CREATE TRIGGER customers_reworded AFTER UPDATE OF name ON customers FOR EACH ROW WHEN (OLD.name <> NEW.name) EXECUTE FUNCTION word_renamed_customer();
CREATE FUNCTION word_addresses() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE people uuid[] := ARRAY(SELECT DISTINCT a.customer_id FROM changed a);
BEGIN
  PERFORM put_customer_words(people);
  PERFORM put_conversation_words(ARRAY(SELECT v.id FROM conversations v WHERE v.customer_id = ANY (people)));
  RETURN NULL;
END $$;
CREATE TRIGGER customer_addresses_worded AFTER INSERT ON customer_addresses REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
  EXECUTE FUNCTION word_addresses();
CREATE TRIGGER customer_addresses_moved AFTER UPDATE ON customer_addresses REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
  EXECUTE FUNCTION word_addresses();
CREATE TRIGGER customer_addresses_left AFTER UPDATE ON customer_addresses REFERENCING OLD TABLE AS changed FOR EACH STATEMENT
  EXECUTE FUNCTION word_addresses();
CREATE TRIGGER customer_addresses_unworded AFTER DELETE ON customer_addresses REFERENCING OLD TABLE AS changed FOR EACH STATEMENT
  EXECUTE FUNCTION word_addresses();

DO $$
BEGIN
  PERFORM put_customer_words(ARRAY(SELECT id FROM customers));
  PERFORM put_conversation_words(ARRAY(SELECT id FROM conversations));
  PERFORM put_message_words(ARRAY(SELECT id FROM messages));
  PERFORM put_note_words(ARRAY(SELECT id FROM conversation_notes));
END $$;
-- What is not sorted in yet is read by every search: a quarter of a megabyte at most.
CREATE INDEX desk_words_words ON desk_words USING gin (words) WITH (gin_pending_list_limit = 256);

-- What somebody looks for: each word as it is or as its stem, all of them in one text; what has signs in it, such as an address, part after part.
-- With `by_beginning` words of three letters and more also stand for those that begin with them. NULL: there is no word.
CREATE FUNCTION desk_query(words text, by_beginning boolean) RETURNS tsquery
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp SET client_min_messages = warning AS $$
DECLARE
  part text;
  word tsquery;
  whole tsquery;
BEGIN
  FOREACH part IN ARRAY regexp_split_to_array(left($1, 200), '\s+') LOOP
    part := btrim(desk_folded(part));
    word := phraseto_tsquery('simple', part) || phraseto_tsquery('english_folded', part) || phraseto_tsquery('portuguese_folded', part);
    CONTINUE WHEN numnode(word) = 0;
    IF $2 AND length(part) >= 3 THEN word := word || to_tsquery('simple', quote_literal(part) || ':*'); END IF;
    whole := CASE WHEN whole IS NULL THEN word ELSE whole && word END;
  END LOOP;
  RETURN whole;
END $$;

-- The conversations (`v`) or customers (`c`) of whoever asks that hold some words, in no order; NULL where there are more than `few`: then they are met on
-- a walk (`door.desk_holds`). `query` is what was looked for: by the beginnings of words where nobody wrote those themselves; NULL: there are none.
CREATE FUNCTION door.desk_search(kind text, words text, few bigint) RETURNS TABLE (query text, ids uuid[])
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off SET work_mem = '32MB' AS $$
#variable_conflict use_column
-- `IS TRUE`, so that no index of accounts is chosen instead of that of words.
DECLARE
  many CONSTANT integer := 40;  -- of the sample, so of all some 2,500
  account CONSTANT uuid := my_account();
  mine CONSTANT tsquery := desk_word('#', $1, account)::tsquery;
  sample CONSTANT tsquery := desk_word('%', $1, account)::tsquery;
  wanted tsquery;
  hits uuid[];
BEGIN
  FOR attempt IN 0..1 LOOP
    wanted := desk_query($2, attempt = 1);
    IF account IS NULL OR wanted IS NULL THEN
      RETURN QUERY SELECT NULL::text, '{}'::uuid[];
      RETURN;
    END IF;
    IF (SELECT count(*) FROM (SELECT FROM desk_words w WHERE w.words @@ (sample && wanted) AND (w.account_id = account) IS TRUE LIMIT many + 1) x) > many THEN
      RETURN QUERY SELECT wanted::text, NULL::uuid[];
      RETURN;
    END IF;
    SELECT coalesce(array_agg(DISTINCT x.id), '{}') INTO hits FROM (
      SELECT coalesce(w.conversation_id, w.customer_id) AS id FROM desk_words w
      WHERE w.words @@ (mine && wanted) AND (w.account_id = account) IS TRUE LIMIT 8 * $3) x;
    EXIT WHEN cardinality(hits) > 0;
  END LOOP;
  RETURN QUERY SELECT wanted::text, CASE WHEN cardinality(hits) <= $3 THEN hits END;
END $$;

-- Whether a conversation or a customer of whoever asks holds what a search looked for.
CREATE FUNCTION door.desk_holds(it uuid, query tsquery) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT FROM desk_words w WHERE w.conversation_id = $1 AND w.words @@ $2 AND (w.account_id = my_account()) IS TRUE)
    OR EXISTS (SELECT FROM desk_words w WHERE w.customer_id = $1 AND w.words @@ $2 AND (w.account_id = my_account()) IS TRUE);
END $$;

REVOKE ALL ON FUNCTION forget_emptied(), drop_unused_files(uuid, bytea[]), same_customers(uuid), erase_entries(uuid, uuid[]), erase_drafts(uuid, uuid[]),
  erase_messages(uuid, uuid[], timestamptz), erase_thread(uuid, uuid, timestamptz), desk_folded(text), desk_word(text, text, uuid),
  desk_vector(text, uuid, uuid, text, text), desk_query(text, boolean), put_message_words(uuid[]), put_note_words(uuid[]), put_conversation_words(uuid[]),
  put_customer_words(uuid[]), word_new_messages(), word_new_files(), word_changed_message(), word_new_notes(), word_moved_note(), unword_gone(),
  word_new_conversations(), word_changed_conversation(), word_new_customers(), word_renamed_customer(), word_addresses() FROM PUBLIC;
REVOKE ALL ON FUNCTION door.empty_conversations(uuid, timestamptz, bigint, timestamptz), door.empty_raw_mails(uuid, bigint),
  door.erase_more(uuid, text, bigint, timestamptz), door.desk_search(text, text, bigint), door.desk_holds(uuid, tsquery) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.empty_conversations(uuid, timestamptz, bigint, timestamptz), door.empty_raw_mails(uuid, bigint) TO heed_work;
GRANT EXECUTE ON FUNCTION door.erase_more(uuid, text, bigint, timestamptz) TO heed_web, heed_work;
GRANT EXECUTE ON FUNCTION door.desk_search(text, text, bigint), door.desk_holds(uuid, tsquery) TO heed_web;
