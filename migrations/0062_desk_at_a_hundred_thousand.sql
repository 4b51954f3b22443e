-- What a desk of a hundred thousand drafts waited for. Whether a draft stands among the late ones says its conversation: kept in both, other hours of a
-- channel wrote every draft that waits once more, one by one.
DROP TRIGGER conversations_late_follows ON conversations;
DROP FUNCTION drafts_follow_late();
DROP INDEX drafts_late;
ALTER TABLE drafts DROP COLUMN late_at;
-- What a row of the queue says of the passages that a draft quotes: they are as they were when it was written.
ALTER TABLE drafts ADD COLUMN stale_sources integer NOT NULL DEFAULT 0, ADD COLUMN sources_at timestamptz;
UPDATE drafts d SET stale_sources = x.stale, sources_at = x.at FROM (
  SELECT draft_id, count(*) FILTER (WHERE is_stale) AS stale, min(indexed_at) AS at FROM draft_sources GROUP BY 1) x WHERE x.draft_id = d.id;

-- Asked for on every page of the desk. A function in SQL is planned anew at each call, which took longer than what it finds.
CREATE OR REPLACE FUNCTION door.members()
  RETURNS TABLE (id uuid, role text, email text, display_name text, away_until timestamptz, created_at timestamptz)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT u.id, u.role, u.email, u.display_name, u.away_until, u.created_at FROM users u
    WHERE u.account_id = my_account() AND EXISTS (SELECT FROM users m WHERE m.id = me() AND m.account_id = u.account_id)
    ORDER BY array_position(ARRAY['owner', 'admin', 'agent', 'viewer'], u.role), lower(u.display_name), u.id;
END $$;

CREATE OR REPLACE FUNCTION door.late_escalation(conversation uuid)
  RETURNS TABLE (state text, user_id uuid, name text, at timestamptz, reminder_id uuid)
  LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT CASE WHEN l.is_over AND coalesce(e.open, true) THEN 'completed' ELSE coalesce(e.state, 'active') END, l.user_id, u.display_name, l.at,
      CASE WHEN l.user_id = me() THEN l.reminder_id END
    FROM desk_late l JOIN users u ON u.id = l.user_id
    LEFT JOIN LATERAL (SELECT e.state, e.open FROM escalations e WHERE e.reminder_id = l.reminder_id ORDER BY e.id DESC LIMIT 1) e ON true
    WHERE l.conversation_id = $1 AND l.account_id = my_account() ORDER BY l.at DESC, l.id DESC LIMIT 1;
END $$;

-- The words of an answer are found from when it leaves on, or is kept back: until then it may be taken back, and whoever sends it waits for no index.
CREATE OR REPLACE FUNCTION word_new_messages() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM put_message_words(ARRAY(SELECT m.id FROM made m WHERE m.sending IS DISTINCT FROM 'waiting'));
  RETURN NULL;
END $$;
CREATE FUNCTION word_left_message() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM put_message_words(ARRAY[NEW.id]);
  RETURN NULL;
END $$;
CREATE TRIGGER messages_worded_late AFTER UPDATE OF sending ON messages FOR EACH ROW
  WHEN (old.sending = 'waiting' AND new.sending IS DISTINCT FROM 'waiting') EXECUTE FUNCTION word_left_message();
REVOKE ALL ON FUNCTION word_left_message() FROM PUBLIC;

-- Answers that have not left are looked for in each conversation that somebody opens, however many messages came since.
CREATE INDEX messages_not_left ON messages (conversation_id) WHERE sending IN ('waiting', 'held');
