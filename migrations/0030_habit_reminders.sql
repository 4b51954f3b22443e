-- A habit's reminder is a reminder like any other (RULES 5.19), so that all that rings, climbs, is told and answered goes one way. What it is, its
-- habit says: the profile here, else nothing rings. The row in `reminders` follows the habit.
ALTER TABLE habits ADD COLUMN reminder_profile_id uuid,
  ADD CONSTRAINT habits_reminder_profile_fkey FOREIGN KEY (reminder_profile_id, user_id) REFERENCES profiles (id, user_id),
  ADD CONSTRAINT habits_reminder_time CHECK (reminder_profile_id IS NULL OR preferred_time IS NOT NULL);
CREATE INDEX habits_by_profile ON habits (reminder_profile_id, user_id) WHERE reminder_profile_id IS NOT NULL;
GRANT UPDATE (reminder_profile_id) ON habits TO heed_web;

-- Deleted: with its habit, which can be brought back for a day. It is then nowhere to be seen: no query of requests has to say so.
ALTER TABLE reminders ADD COLUMN habit_id uuid,
  ADD CONSTRAINT reminders_habit_fkey FOREIGN KEY (habit_id, user_id) REFERENCES habits (id, user_id) ON DELETE CASCADE,
  DROP CONSTRAINT reminders_status,
  ADD CONSTRAINT reminders_status CHECK (status IN ('active', 'snoozed', 'completed', 'archived', 'deleted')),
  ADD CONSTRAINT reminders_deleted CHECK (status <> 'deleted' OR habit_id IS NOT NULL);
CREATE UNIQUE INDEX reminders_by_habit ON reminders (habit_id, user_id) WHERE habit_id IS NOT NULL;
CREATE POLICY reminders_kept ON reminders AS RESTRICTIVE TO heed_web USING (status <> 'deleted');

CREATE OR REPLACE VIEW door.reminders AS
SELECT id, title, description, status, importance, sort_at, next_at, snoozed_until, profile_id, lower(title) AS title_key,
  array_position(ARRAY['critical', 'high', 'medium', 'low'], importance) AS rank, habit_id
FROM reminders WHERE user_id = (SELECT me());

CREATE FUNCTION door.hide_habit_reminders(habits uuid[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE reminders r SET status = 'deleted', next_at = NULL, snoozed_until = NULL WHERE r.habit_id = ANY ($1) AND r.user_id = me()
$$;
CREATE FUNCTION door.return_habit_reminders(habits uuid[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE reminders r SET status = 'archived' WHERE r.habit_id = ANY ($1) AND r.user_id = me() AND r.status = 'deleted'
    AND EXISTS (SELECT FROM habits h WHERE h.id = r.habit_id AND h.user_id = r.user_id AND h.status <> 'deleted')
$$;
REVOKE ALL ON FUNCTION door.hide_habit_reminders(uuid[]), door.return_habit_reminders(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.hide_habit_reminders(uuid[]), door.return_habit_reminders(uuid[]) TO heed_web;

-- The date that an escalation rang for: it stays the same however long it is snoozed, and wherever its person goes.
ALTER TABLE escalations ADD COLUMN habit_date date;
