-- What a person keeps has a bound, and a page's forms know that something has changed.
--
-- reminder_counts.bytes: what titles and descriptions hold, kept by the same triggers as the counts, so that a quota costs a row and not a sum over
-- 100,000 texts. octet_length() reads no text that is stored out of line.
-- reminders.revision: grows with every change of the row, whatever the clock says. The nonces of a page's forms are made from it: before, they were
-- made from what the page shows, which repeats where the page cuts its history.
--
-- Holds reminders, for readers too, while all are counted once: about a second for a million. Safe while the site runs, if that pause is.
ALTER TABLE reminders ADD COLUMN revision bigint NOT NULL DEFAULT 0;
ALTER TABLE reminder_counts
  ADD COLUMN bytes bigint NOT NULL DEFAULT 0 CONSTRAINT reminder_counts_bytes CHECK (bytes >= 0);

CREATE OR REPLACE FUNCTION count_reminder() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  was   text   := CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE OLD.status END;
  made  text   := CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE NEW.status END;
  who   uuid   := CASE WHEN TG_OP = 'DELETE' THEN OLD.user_id ELSE NEW.user_id END;
  grown bigint := CASE TG_OP
    WHEN 'INSERT' THEN octet_length(NEW.title) + octet_length(NEW.description)
    WHEN 'DELETE' THEN -(octet_length(OLD.title) + octet_length(OLD.description))
    ELSE 0 END;
BEGIN
  UPDATE reminder_counts SET
    active    = active    + coalesce((made = 'active')::int, 0)    - coalesce((was = 'active')::int, 0),
    snoozed   = snoozed   + coalesce((made = 'snoozed')::int, 0)   - coalesce((was = 'snoozed')::int, 0),
    completed = completed + coalesce((made = 'completed')::int, 0) - coalesce((was = 'completed')::int, 0),
    archived  = archived  + coalesce((made = 'archived')::int, 0)  - coalesce((was = 'archived')::int, 0),
    bytes     = bytes     + grown
  WHERE user_id = who;
  RETURN NULL;
END $$;

CREATE FUNCTION weigh_reminder() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE reminder_counts SET bytes = bytes + octet_length(NEW.title) + octet_length(NEW.description)
    - octet_length(OLD.title) - octet_length(OLD.description)
  WHERE user_id = NEW.user_id;
  RETURN NULL;
END $$;
CREATE TRIGGER reminders_weighed AFTER UPDATE OF title, description ON reminders FOR EACH ROW
  WHEN (octet_length(OLD.title) <> octet_length(NEW.title) OR octet_length(OLD.description) <> octet_length(NEW.description))
  EXECUTE FUNCTION weigh_reminder();

UPDATE reminder_counts c SET bytes = t.bytes
FROM (SELECT user_id, sum(octet_length(title) + octet_length(description)) AS bytes FROM reminders GROUP BY user_id) t
WHERE c.user_id = t.user_id;

-- Where a role may change these tables by column only, it may change these columns.
GRANT UPDATE (revision) ON reminders TO heed_web, heed_work;
GRANT UPDATE (bytes) ON reminder_counts TO heed_web, heed_work;
