-- An answer that its server has put off for an hour wants attention, and its writer is told once ("Decided besides" 50). Holds writes to messages while the
-- index is built: seconds for a million.
ALTER TABLE messages ADD COLUMN deferred_at timestamptz;  -- when its writer was told; counts where it is after send_at
DROP INDEX messages_attention;
CREATE INDEX messages_attention ON messages (account_id, id)
  WHERE sending IN ('failed', 'unknown', 'bounced', 'held') OR deferred_at IS NOT NULL;

-- Who is given a conversation, and whose answer did not arrive or was put off: said where the timeline says it, so that no way to it can forget it.
CREATE OR REPLACE FUNCTION notify_of_event() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
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
    NEW.conversation_id, NULL, NULL, NEW.actor_name, CASE WHEN NEW.kind IN ('failed', 'unknown', 'held', 'deferred') THEN NEW.kind ELSE '' END, NEW.at);
  RETURN NULL;
END $$;
DROP TRIGGER conversation_events_notify ON conversation_events;
CREATE TRIGGER conversation_events_notify AFTER INSERT ON conversation_events FOR EACH ROW
  WHEN (NEW.kind IN ('assigned', 'failed', 'unknown', 'held', 'bounced', 'deferred')) EXECUTE FUNCTION notify_of_event();
