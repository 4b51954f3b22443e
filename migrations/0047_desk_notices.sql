-- What people are told of a desk: customers who wait too long ring like reminders (RULES 6.14), and what happens to one's work stands in a feed. What
-- becomes of jobs is said by people who run the account. New tables, functions, and triggers on tables of the desk; safe while the site runs.

-- A customer who waits too long, as a reminder of whoever is on duty: one a conversation at a time. Fifty of a channel are one reminder.
CREATE TABLE desk_late (
  id              uuid        CONSTRAINT desk_late_pkey PRIMARY KEY,
  account_id      uuid        NOT NULL,
  channel_id      uuid        NOT NULL,
  conversation_id uuid        NOT NULL,
  user_id         uuid        NOT NULL CONSTRAINT desk_late_user_fkey REFERENCES users ON DELETE CASCADE,
  reminder_id     uuid        NOT NULL,
  is_group        boolean     NOT NULL,                -- the reminder names several
  at              timestamptz NOT NULL,
  is_over         boolean     NOT NULL DEFAULT false,  -- nothing is owed any more
  ended_at        timestamptz,                         -- a worker has seen to it
  CONSTRAINT desk_late_channel_fkey FOREIGN KEY (channel_id, account_id) REFERENCES channels (id, account_id) ON DELETE CASCADE,
  CONSTRAINT desk_late_conversation_fkey FOREIGN KEY (conversation_id, account_id) REFERENCES conversations (id, account_id) ON DELETE CASCADE,
  -- Whoever throws the reminder away has been told all the same: nobody is told again.
  CONSTRAINT desk_late_reminder_fkey FOREIGN KEY (reminder_id, user_id) REFERENCES reminders (id, user_id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX desk_late_open ON desk_late (conversation_id) WHERE NOT is_over;
CREATE INDEX desk_late_by_conversation ON desk_late (conversation_id, at);
CREATE INDEX desk_late_by_channel ON desk_late (channel_id, at);
CREATE INDEX desk_late_by_reminder ON desk_late (reminder_id);
CREATE INDEX desk_late_by_user ON desk_late (user_id);
CREATE INDEX desk_late_to_end ON desk_late (id) WHERE is_over AND ended_at IS NULL;
CALL wall_account('desk_late', 'agent');
GRANT INSERT, UPDATE ON desk_late TO heed_work;
-- The reminder of whoever is told is the worker's to make.
GRANT INSERT ON reminders, schedules TO heed_work;

CREATE FUNCTION overdue.late(at timestamptz) RETURNS timestamptz LANGUAGE sql AS $$
  SELECT min(late_at) FROM conversations
  WHERE late_at <= $1 AND late_at IS NOT NULL AND late_told_at IS NULL AND merged_into IS NULL AND state IN ('open', 'waiting')
$$;

-- Whatever owes nothing any more was told to nobody: the next time that it is late, somebody is told.
CREATE FUNCTION forget_late() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.late_told_at := NULL;
  RETURN NEW;
END $$;
CREATE TRIGGER conversations_late_forgotten BEFORE UPDATE OF late_at ON conversations FOR EACH ROW
  WHEN (NEW.late_at IS NULL AND NEW.late_told_at IS NOT NULL) EXECUTE FUNCTION forget_late();

-- Answered, closed, put off, spam, merged: whichever statement says so, what rings for it ends. An approval alone says nothing, so its undo has
-- nothing to bring back.
CREATE FUNCTION end_late() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE desk_late SET is_over = true WHERE conversation_id = NEW.id AND NOT is_over;
  IF FOUND THEN PERFORM pg_notify('heed_work', ''); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER conversations_late_ends AFTER UPDATE OF late_at, late_told_at, merged_into ON conversations FOR EACH ROW
  WHEN (OLD.late_told_at IS NOT NULL AND (NEW.late_told_at IS NULL OR NEW.late_at IS NULL OR NEW.merged_into IS NOT NULL)) EXECUTE FUNCTION end_late();

-- Whoever leaves, or may only read from now on, is on duty no more: somebody else is told.
CREATE FUNCTION leave_late() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE conversations SET late_told_at = NULL
  WHERE id IN (SELECT conversation_id FROM desk_late WHERE user_id = OLD.id AND account_id = OLD.account_id AND NOT is_over);
  RETURN NULL;
END $$;
CREATE TRIGGER users_leave_late AFTER UPDATE OF account_id, role ON users FOR EACH ROW
  WHEN (OLD.account_id IS DISTINCT FROM NEW.account_id OR NEW.role = 'viewer' AND OLD.role <> 'viewer') EXECUTE FUNCTION leave_late();

-- The steps of such an escalation stand in the timeline of its conversation: the first where its row tells of it, the others by their events.
CREATE FUNCTION tell_first_late() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO conversation_events (id, account_id, conversation_id, at, kind, detail)
  SELECT new_id(e.created_at), l.account_id, l.conversation_id, e.created_at, 'told', u.display_name
  FROM made e JOIN desk_late l ON l.reminder_id = e.reminder_id AND NOT l.is_over JOIN users u ON u.id = l.user_id
  WHERE e.first_told <> '';
  RETURN NULL;
END $$;
CREATE TRIGGER escalations_tell_late AFTER INSERT ON escalations REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION tell_first_late();
CREATE FUNCTION tell_late() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO conversation_events (id, account_id, conversation_id, at, kind, detail)
  SELECT new_id(v.at), l.account_id, l.conversation_id, v.at,
    CASE WHEN v.run = 1 AND v.tier = 1 AND v.round = 0 THEN 'told' ELSE 'told_again' END, u.display_name
  FROM made v JOIN escalations e ON e.id = v.escalation_id JOIN desk_late l ON l.reminder_id = e.reminder_id AND NOT l.is_over
  JOIN users u ON u.id = l.user_id
  WHERE v.kind IN ('escalated', 'advanced');
  RETURN NULL;
END $$;
CREATE TRIGGER escalation_events_tell_late AFTER INSERT ON escalation_events REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION tell_late();

-- How the newest escalation of a conversation stands: it is a member's own, and all of the account may know of it.
CREATE FUNCTION door.late_escalation(conversation uuid) RETURNS TABLE (state text, user_id uuid, name text, at timestamptz, reminder_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp ROWS 1 AS $$
  SELECT CASE WHEN l.is_over AND coalesce(e.open, true) THEN 'completed' ELSE coalesce(e.state, 'active') END, l.user_id, u.display_name, l.at,
    CASE WHEN l.user_id = me() THEN l.reminder_id END
  FROM desk_late l JOIN users u ON u.id = l.user_id
  LEFT JOIN LATERAL (SELECT e.state, e.open FROM escalations e WHERE e.reminder_id = l.reminder_id ORDER BY e.id DESC LIMIT 1) e ON true
  WHERE l.conversation_id = $1 AND l.account_id = my_account() ORDER BY l.at DESC, l.id DESC LIMIT 1
$$;

-- What somebody is told. Words of customers are not here but where they belong: whoever erases those has erased all.
CREATE TABLE notifications (
  id              uuid        CONSTRAINT notifications_pkey PRIMARY KEY,
  user_id         uuid        NOT NULL CONSTRAINT notifications_user_fkey REFERENCES users ON DELETE CASCADE,
  account_id      uuid        NOT NULL CONSTRAINT notifications_account_fkey REFERENCES accounts ON DELETE CASCADE,
  kind            text        NOT NULL CONSTRAINT notifications_kind
    CHECK (kind IN ('draft_ready', 'assigned', 'mention', 'late', 'send_failed', 'bounced', 'job_failed', 'channel_failing')),
  conversation_id uuid,
  channel_id      uuid,
  job_id          uuid,         -- may be gone by now
  actor_name      text        NOT NULL DEFAULT '',  -- '': nobody
  words           text        NOT NULL DEFAULT '' CONSTRAINT notifications_words CHECK (length(words) <= 300),
  at              timestamptz NOT NULL,
  read_at         timestamptz,
  CONSTRAINT notifications_conversation_fkey FOREIGN KEY (conversation_id, account_id) REFERENCES conversations (id, account_id) ON DELETE CASCADE,
  CONSTRAINT notifications_channel_fkey FOREIGN KEY (channel_id, account_id) REFERENCES channels (id, account_id) ON DELETE CASCADE
);
CREATE INDEX notifications_list ON notifications (user_id, id);
CREATE INDEX notifications_unread ON notifications (user_id, id) WHERE read_at IS NULL;
CREATE INDEX notifications_by_account ON notifications (account_id);
CREATE INDEX notifications_by_conversation ON notifications (conversation_id) WHERE conversation_id IS NOT NULL;
CREATE INDEX notifications_by_channel ON notifications (channel_id) WHERE channel_id IS NOT NULL;
CREATE INDEX notifications_by_time ON notifications (at);
CALL wall_user('notifications', '{read_at}');
GRANT DELETE ON notifications TO heed_work;

-- What somebody wants to be told; no row: all but drafts that are ready, of which there are many.
CREATE TABLE notification_settings (
  user_id    uuid        CONSTRAINT notification_settings_pkey PRIMARY KEY CONSTRAINT notification_settings_user_fkey REFERENCES users ON DELETE CASCADE,
  tells      text[]      NOT NULL CONSTRAINT notification_settings_tells
    CHECK (tells <@ ARRAY['draft_ready', 'assigned', 'mention', 'late', 'send_failed', 'bounced', 'job_failed', 'channel_failing']),
  version    integer     NOT NULL DEFAULT 1,
  revision   bigint      NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
CREATE TRIGGER notification_settings_revision BEFORE UPDATE ON notification_settings FOR EACH ROW EXECUTE FUNCTION count_revision();
CALL wall_user('notification_settings', '{tells,version,updated_at}');

-- For triggers and the door below: whoever of these people is of the account and wants to hear of it.
CREATE FUNCTION put_notifications(
  account uuid, people uuid[], kind text, conversation uuid, channel uuid, job uuid, actor text, words text, at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  INSERT INTO notifications (id, user_id, account_id, kind, conversation_id, channel_id, job_id, actor_name, words, at)
  SELECT new_id($9), u.id, u.account_id, $3, $4, $5, $6, coalesce($7, ''), left(coalesce($8, ''), 300), $9
  FROM users u LEFT JOIN notification_settings s ON s.user_id = u.id
  WHERE u.id = ANY ($2) AND u.account_id = $1 AND ($3 = ANY (s.tells) OR s.user_id IS NULL AND $3 <> 'draft_ready')
$$;
CREATE FUNCTION door.notify(
  account uuid, people uuid[], kind text, conversation uuid, channel uuid, actor text, words text, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF session_user NOT IN ('heed_work', current_user) AND account IS DISTINCT FROM my_account() THEN
    RAISE insufficient_privilege USING MESSAGE = 'the notifications of another account';
  END IF;
  PERFORM put_notifications($1, $2, $3, $4, $5, NULL, $6, $7, $8);
END $$;

-- Titles of reminders name the customer, and so does the text of one that names several (RULES 6.17).
CREATE FUNCTION erase_late() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM notifications n USING conversations v WHERE n.conversation_id = v.id AND v.customer_id = NEW.id;
  UPDATE reminders r SET description = '' FROM desk_late l JOIN conversations v ON v.id = l.conversation_id
  WHERE r.id = l.reminder_id AND l.is_group AND v.customer_id = NEW.id;
  DELETE FROM reminders r USING desk_late l, conversations v
  WHERE l.reminder_id = r.id AND NOT l.is_group AND v.id = l.conversation_id AND v.customer_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER customers_erase_late AFTER UPDATE OF erased_at ON customers FOR EACH ROW
  WHEN (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL) EXECUTE FUNCTION erase_late();

-- Who is given a conversation, and whose answer did not arrive: said where the timeline says it, so that no way to it can forget it.
CREATE FUNCTION notify_of_event() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE person uuid;
BEGIN
  IF NEW.kind = 'assigned' THEN
    SELECT v.assignee_id INTO person FROM conversations v WHERE v.id = NEW.conversation_id;
    IF person IS NULL OR person IS NOT DISTINCT FROM NEW.actor_id THEN RETURN NULL; END IF;
  ELSE
    SELECT m.author_id INTO person FROM messages m WHERE m.id = NEW.other_id AND m.direction = 'outbound';
    IF person IS NULL THEN RETURN NULL; END IF;
  END IF;
  PERFORM put_notifications(
    NEW.account_id, ARRAY[person], CASE NEW.kind WHEN 'assigned' THEN 'assigned' WHEN 'bounced' THEN 'bounced' ELSE 'send_failed' END,
    NEW.conversation_id, NULL, NULL, NEW.actor_name, CASE WHEN NEW.kind IN ('failed', 'unknown', 'held') THEN NEW.kind ELSE '' END, NEW.at);
  RETURN NULL;
END $$;
CREATE TRIGGER conversation_events_notify AFTER INSERT ON conversation_events FOR EACH ROW
  WHEN (NEW.kind IN ('assigned', 'failed', 'unknown', 'held', 'bounced')) EXECUTE FUNCTION notify_of_event();

-- A draft waits: told is whose conversation it is, of nobody's whoever answers.
CREATE FUNCTION notify_of_draft() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM put_notifications(
    NEW.account_id,
    ARRAY(SELECT u.id FROM users u JOIN conversations v ON v.id = NEW.conversation_id
      WHERE u.account_id = NEW.account_id AND u.role <> 'viewer' AND (v.assignee_id IS NULL OR v.assignee_id = u.id)),
    'draft_ready', NEW.conversation_id, NULL, NULL, '', '', NEW.ready_at);
  RETURN NULL;
END $$;
CREATE TRIGGER drafts_notify AFTER UPDATE OF state ON drafts FOR EACH ROW
  WHEN (OLD.state = 'asked' AND NEW.state = 'pending' AND NEW.ready_at IS NOT NULL) EXECUTE FUNCTION notify_of_draft();

-- A job of the account cannot be done: told are those who can do something about it.
CREATE FUNCTION notify_of_job() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM put_notifications(
    NEW.account_id, ARRAY(SELECT u.id FROM users u WHERE u.account_id = NEW.account_id AND u.role IN ('owner', 'admin')),
    'job_failed', NULL, NULL, NEW.id, '', NEW.kind, NEW.finished_at);
  RETURN NULL;
END $$;
CREATE TRIGGER jobs_notify AFTER UPDATE OF state ON jobs FOR EACH ROW
  WHEN (NEW.state = 'failed' AND OLD.state <> 'failed' AND NEW.account_id IS NOT NULL AND NEW.user_id IS NULL) EXECUTE FUNCTION notify_of_job();

-- Jobs of the account are for those who run it to try again and to stop. One that is under way ends at its next step, which finds that it is no longer
-- its worker's.
CREATE FUNCTION door.retry_job(job uuid, at timestamptz) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH again AS (
    UPDATE jobs SET state = 'pending', due_at = $2, lost = 0, failures = 0, failing_since = NULL, error = '', finished_at = NULL
    WHERE id = $1 AND account_id = my_account() AND user_id IS NULL AND state IN ('failed', 'cancelled') AND may('admin') RETURNING 1)
  SELECT EXISTS (SELECT FROM again)
$$;
CREATE FUNCTION door.cancel_job(job uuid, at timestamptz) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH ended AS (
    UPDATE jobs SET state = 'cancelled', lease_until = NULL, finished_at = $2
    WHERE id = $1 AND account_id = my_account() AND user_id IS NULL AND state IN ('pending', 'running') AND may('admin') RETURNING 1)
  SELECT EXISTS (SELECT FROM ended)
$$;

-- Golden questions are asked again by a job as well.
GRANT UPDATE ON golden_questions TO heed_work;
GRANT INSERT ON golden_runs TO heed_work;

REVOKE ALL ON FUNCTION end_late(), leave_late(), erase_late(), tell_first_late(), tell_late(), notify_of_event(), notify_of_draft(), notify_of_job(),
  put_notifications(uuid, uuid[], text, uuid, uuid, uuid, text, text, timestamptz) FROM PUBLIC;
REVOKE ALL ON FUNCTION door.late_escalation(uuid), door.notify(uuid, uuid[], text, uuid, uuid, text, text, timestamptz),
  door.retry_job(uuid, timestamptz), door.cancel_job(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.late_escalation(uuid), door.retry_job(uuid, timestamptz), door.cancel_job(uuid, timestamptz) TO heed_web;
GRANT EXECUTE ON FUNCTION door.notify(uuid, uuid[], text, uuid, uuid, text, text, timestamptz) TO heed_web, heed_work;
