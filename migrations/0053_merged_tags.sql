-- What of a conversation's tags came by a merge, so that taking it back takes those along and no others (RULES 6.31). A constant default: no row is written.
ALTER TABLE conversation_merges ADD COLUMN tags text[] NOT NULL DEFAULT '{}';

-- What somebody has taken off since, or erased, is no merge's any more: also where somebody sets it again.
CREATE FUNCTION keep_merged_tags() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE conversation_merges g SET tags = ARRAY(SELECT t FROM unnest(g.tags) t WHERE lower(t) IN (SELECT lower(n) FROM unnest(NEW.tags) n))
  WHERE g.target_id = NEW.id AND g.account_id = NEW.account_id AND g.tags <> '{}';
  RETURN NULL;
END $$;
CREATE TRIGGER conversations_retagged AFTER UPDATE OF tags ON conversations FOR EACH ROW
  WHEN (OLD.tags <> NEW.tags) EXECUTE FUNCTION keep_merged_tags();
REVOKE ALL ON FUNCTION keep_merged_tags() FROM PUBLIC;
