-- Whose turn it is, and what never ends.

-- How many claims in a row have ended without a result: its worker died or lost it each time. What does that again and again is given up.
-- Columns with a constant default, so no table is written anew; safe while the site runs, but for the indexes, which hold writes to deliveries
-- for as long as they take to build (only what waits is in them).
ALTER TABLE deliveries ADD COLUMN lost smallint NOT NULL DEFAULT 0;
ALTER TABLE letters    ADD COLUMN lost smallint NOT NULL DEFAULT 0;

-- A person's critical messages leave before their others. A copy of the reminder's importance, since the index of turns needs it.
ALTER TABLE deliveries ADD COLUMN critical boolean NOT NULL DEFAULT false;
UPDATE deliveries d SET critical = true FROM reminders r
WHERE r.id = d.reminder_id AND r.importance = 'critical' AND d.state IN ('pending', 'held', 'sending');

-- The copy follows the reminder, whoever edits it; and what quiet hours hold of one that becomes critical is due at once, as it would have been
-- written. As the owner: whoever edits a reminder may change neither. Making a trigger holds writes to reminders for an instant.
CREATE FUNCTION follow_importance() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE deliveries SET critical = NEW.importance = 'critical',
    due_at = CASE WHEN NEW.importance = 'critical' AND state = 'held' AND detail = 'quiet' THEN least(due_at, NEW.updated_at) ELSE due_at END
  WHERE user_id = NEW.user_id AND reminder_id = NEW.id AND state IN ('pending', 'held', 'sending');
  PERFORM pg_notify('heed_work', '');
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION follow_importance() FROM PUBLIC;
CREATE TRIGGER reminders_importance AFTER UPDATE OF importance ON reminders FOR EACH ROW
  WHEN ((OLD.importance = 'critical') <> (NEW.importance = 'critical')) EXECUTE FUNCTION follow_importance();

-- People take turns: the claim steps from person to person, and takes the first few of each.
CREATE INDEX deliveries_by_turn ON deliveries (user_id, critical, due_at) WHERE state IN ('pending', 'held');
-- What was held for a person leaves as one mail.
CREATE INDEX deliveries_held ON deliveries (user_id, due_at) WHERE state = 'held';

-- What is taken up again and again waits, too: it is in the hands of nobody since its lease ran out. Since the lease is measured by the database's
-- clock, so is its end.
CREATE OR REPLACE FUNCTION door.overdue(at timestamptz) RETURNS TABLE (work text, since timestamptz)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp ROWS 1 AS $$
  SELECT x.work, x.since FROM (VALUES
    ('reminders', least(
      (SELECT min(next_at) FROM reminders WHERE status = 'active' AND next_at <= $1),
      (SELECT min(snoozed_until) FROM reminders WHERE status = 'snoozed' AND snoozed_until <= $1))),
    ('escalations', least(
      (SELECT min(next_step_at) FROM escalations WHERE state = 'active' AND next_step_at <= $1),
      (SELECT min(again_at) FROM escalations WHERE state = 'acknowledged' AND again_at IS NOT NULL AND again_at <= $1))),
    ('mail', least(
      (SELECT min(due_at) FROM deliveries WHERE state IN ('pending', 'held') AND due_at <= $1),
      (SELECT min(due_at) FROM deliveries WHERE state = 'sending' AND lease_until < clock_timestamp() AND due_at <= $1),
      (SELECT min(due_at) FROM letters WHERE state = 'pending' AND due_at <= $1),
      (SELECT min(due_at) FROM letters WHERE state = 'sending' AND lease_until < clock_timestamp() AND due_at <= $1)))) AS x(work, since)
  WHERE x.since IS NOT NULL ORDER BY x.since LIMIT 1
$$;
