-- A conversation with the assistant that its person deletes is no evidence any more, from that moment on and not only when it is gone for good: what rests
-- on nothing but that fades at once, and is asked about again when the conversation is back (RULES 9.37).
--
-- What was replaced goes after 90 days: what took its place has its evidence.
--
-- Adds a trigger on `chats`, an index and a right; no row is touched: safe while the site runs.

CREATE FUNCTION assumptions_follow_chats() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  said CONSTANT uuid[] := ARRAY(SELECT m.id FROM chat_messages m WHERE m.chat_id = NEW.id AND m.user_id = NEW.user_id);
  at CONSTANT timestamptz := coalesce(NEW.deleted_at, OLD.deleted_at);
BEGIN
  IF NEW.deleted_at IS NOT NULL THEN
    PERFORM assumptions_lose(said, at);
    RETURN NULL;
  END IF;
  UPDATE assumption_evidence e SET gone_at = NULL WHERE e.thing = ANY (said) AND e.user_id = NEW.user_id AND e.gone_at IS NOT NULL;
  UPDATE assumptions a SET state = 'open', faded = NULL, version = a.version + 1, updated_at = at
  WHERE a.id IN (SELECT e.assumption_id FROM assumption_evidence e WHERE e.thing = ANY (said)) AND a.user_id = NEW.user_id
    AND a.state = 'faded' AND a.faded = 'evidence';
  RETURN NULL;
END $$;
CREATE TRIGGER chats_assumed AFTER UPDATE OF deleted_at ON chats FOR EACH ROW
  WHEN (NEW.kind = 'assistant' AND (OLD.deleted_at IS NULL) <> (NEW.deleted_at IS NULL)) EXECUTE FUNCTION assumptions_follow_chats();
REVOKE ALL ON FUNCTION assumptions_follow_chats() FROM PUBLIC;

GRANT DELETE ON assumptions TO heed_work;
CREATE INDEX assumptions_replaced ON assumptions (updated_at) WHERE state = 'superseded';
