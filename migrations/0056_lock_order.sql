-- What locks several rows of the desk takes them in the order of everybody else (Sources/App/GUIDE.md), which erasing a customer and leaving a team did not: they
-- waited for those who waited for them, and one of both was answered 503.

-- Erases a customer as before: behind the conversations, beside what a worker is claiming. NULL: there is no such customer, or no more.
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
  PERFORM FROM customers c WHERE c.id = customer AND c.account_id = account AND c.erased_at IS NULL;
  IF NOT FOUND THEN RETURN NULL; END IF;
  LOOP
    people := same_customers(customer);
    SELECT coalesce(array_agg(DISTINCT x.address), '{}') INTO known
    FROM customer_addresses a CROSS JOIN LATERAL (VALUES (a.address), (lower(a.address)), (a.address_key)) x(address) WHERE a.customer_id = ANY (people);
    -- Mails that nobody could read, and that are from them or to them.
    DELETE FROM quarantine q USING files f WHERE q.account_id = account AND q.state = 'waiting' AND f.account_id = account AND f.sha256 = q.raw
      AND EXISTS (SELECT FROM unnest(known) k WHERE position(lower(k) IN lower(encode(f.bytes, 'escape'))) > 0);
    -- Conversations before customers, all at once: theirs, and those that they wrote into or have part in.
    PERFORM FROM conversations v WHERE v.account_id = account AND v.id = ANY (ARRAY(
      SELECT t.id FROM conversations t WHERE t.customer_id = ANY (people)
      UNION SELECT m.conversation_id FROM messages m WHERE m.customer_id = ANY (people)
      UNION SELECT p.conversation_id FROM participants p WHERE p.account_id = account AND p.address_key = ANY (known)))
    ORDER BY v.id FOR NO KEY UPDATE;
    PERFORM FROM customers c WHERE c.id = ANY (people) ORDER BY c.id FOR NO KEY UPDATE;
    -- Who was merged while we waited is one of them.
    EXIT WHEN same_customers(customer) <@ people;
  END LOOP;
  -- Somebody else was here first, or made another's of what was theirs.
  PERFORM FROM customers c WHERE c.id = customer AND c.erased_at IS NULL AND c.merged_into IS NULL;
  IF NOT FOUND THEN RETURN NULL; END IF;
  -- As it is now that nobody changes it any more.
  SELECT coalesce(array_agg(v.id), '{}') INTO threads FROM conversations v WHERE v.customer_id = ANY (people) AND v.account_id = account;
  SELECT coalesce(array_agg(DISTINCT x.address), '{}') INTO known
  FROM customer_addresses a CROSS JOIN LATERAL (VALUES (a.address), (lower(a.address)), (a.address_key)) x(address) WHERE a.customer_id = ANY (people);
  -- What a worker is claiming at this moment waits for a conversation of these, and finds that they are erased.
  UPDATE outbox o SET state = 'cancelled', reason = 'gone', address = '', detail = '' WHERE o.id IN (
    SELECT i.id FROM outbox i JOIN messages m ON m.id = i.subject_id
    WHERE i.subject = 'answer' AND i.state IN ('pending', 'held') AND m.conversation_id = ANY (threads) AND m.direction = 'outbound'
    FOR UPDATE OF i SKIP LOCKED);
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

-- Of the outbox what no worker has in hands.
CREATE OR REPLACE FUNCTION erase_messages(account uuid, mails uuid[], at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE used bytea[];
BEGIN
  -- What a worker is claiming or ending at this moment waits for the conversation, and is emptied once more behind it.
  UPDATE outbox o SET state = 'cancelled', reason = 'gone' WHERE o.id IN (
    SELECT i.id FROM outbox i WHERE i.subject = 'answer' AND i.subject_id = ANY ($2) AND i.state IN ('pending', 'held') FOR UPDATE SKIP LOCKED);
  UPDATE outbox o SET address = '', detail = '' WHERE o.id IN (
    SELECT i.id FROM outbox i WHERE i.subject = 'answer' AND i.subject_id = ANY ($2) AND i.state <> 'sending' FOR UPDATE SKIP LOCKED);
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

-- As before, each call with its conversations locked.
CREATE OR REPLACE FUNCTION door.erase_more(customer uuid, place text, most bigint, at timestamptz) RETURNS TABLE (next text, done integer)
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
  FOR thread IN
    SELECT v.id FROM conversations v WHERE v.customer_id = ANY (people) AND v.account_id = account AND v.id >= since ORDER BY v.id LIMIT 100
    FOR NO KEY UPDATE
  LOOP
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
  -- A step of its own, whose conversations come in the order of their ids too.
  IF threads > 0 THEN
    RETURN QUERY SELECT 'ffffffff-ffff-ffff-ffff-ffffffffffff 0'::text, taken;
    RETURN;
  END IF;
  -- What they wrote in conversations of others, and what answered it.
  PERFORM FROM conversations v WHERE v.account_id = account AND v.id = ANY (ARRAY(
    SELECT m.conversation_id FROM messages m WHERE m.customer_id = ANY (people) AND (m.emptied_at IS NULL OR m.from_address <> '')))
  ORDER BY v.id FOR NO KEY UPDATE;
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

-- Whoever leaves the team, or only reads from now on, gives back what they had: all of it is locked before the first changes.
CREATE FUNCTION lock_desk_of(member uuid, account uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM FROM conversations v WHERE v.account_id = $2 AND v.id = ANY (ARRAY(
    SELECT a.id FROM conversations a WHERE a.assignee_id = $1
    UNION SELECT c.id FROM conversations c WHERE c.claimed_by = $1
    UNION SELECT l.conversation_id FROM desk_late l WHERE l.user_id = $1 AND NOT l.is_over))
  ORDER BY v.id FOR NO KEY UPDATE;
END $$;
REVOKE ALL ON FUNCTION lock_desk_of(uuid, uuid) FROM PUBLIC;
CREATE OR REPLACE FUNCTION leave_desk() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM lock_desk_of(OLD.id, OLD.account_id);
  UPDATE conversations SET assignee_id = NULL WHERE assignee_id = OLD.id AND account_id = OLD.account_id;
  UPDATE conversations SET claimed_by = NULL, claimed_at = NULL WHERE claimed_by = OLD.id AND account_id = OLD.account_id;
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION leave_late() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM lock_desk_of(OLD.id, OLD.account_id);
  UPDATE conversations SET late_told_at = NULL
  WHERE id IN (SELECT conversation_id FROM desk_late WHERE user_id = OLD.id AND account_id = OLD.account_id AND NOT is_over);
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION lower_from_desk() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM lock_desk_of(NEW.id, NEW.account_id);
  UPDATE conversations SET assignee_id = NULL WHERE assignee_id = NEW.id AND account_id = NEW.account_id;
  UPDATE conversations SET claimed_by = NULL, claimed_at = NULL WHERE claimed_by = NEW.id AND account_id = NEW.account_id;
  RETURN NULL;
END $$;
