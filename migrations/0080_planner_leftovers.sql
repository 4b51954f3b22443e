-- The profile that somebody chose for a deadline stays the deadline's own: its reminder goes with the trash, and another takes it up again.
--
-- Only adds; safe while the site runs: what a request of before it made is rung by the profile that goes with the importance.

ALTER TABLE deadlines ADD COLUMN profile_id uuid,  -- NULL: the one that goes with its importance
  ADD CONSTRAINT deadlines_profile_fkey FOREIGN KEY (profile_id, user_id) REFERENCES profiles (id, user_id);
CREATE INDEX deadlines_by_profile ON deadlines (profile_id, user_id) WHERE profile_id IS NOT NULL;
GRANT UPDATE (profile_id) ON deadlines TO heed_web;

-- What rings by another than goes with its importance was chosen.
UPDATE deadlines d SET profile_id = p.id
FROM (SELECT DISTINCT ON (b.deadline_id) b.deadline_id, r.profile_id FROM deadline_reminders b JOIN reminders r ON r.id = b.reminder_id
    ORDER BY b.deadline_id, b.reminder_id DESC) n
  JOIN profiles p ON p.id = n.profile_id
WHERE d.id = n.deadline_id
  AND p.preset IS DISTINCT FROM CASE WHEN d.importance >= 8 THEN 'critical' WHEN d.importance >= 6 THEN 'urgent' ELSE 'gentle' END;

-- Deletes one of the person's own profiles, as before (0065), with the deadlines that climb it, also those in the trash.
CREATE OR REPLACE FUNCTION door.delete_profile(profile uuid, instead uuid, at timestamptz) RETURNS uuid[]
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  moved uuid[];
BEGIN
  IF NOT EXISTS (SELECT FROM profiles p WHERE p.id = $1 AND p.user_id = me() AND p.preset IS NULL) THEN RETURN NULL; END IF;
  UPDATE reminders r SET profile_id = o.id, version = r.version + 1, updated_at = $3
    FROM profiles o WHERE r.profile_id = $1 AND r.user_id = me() AND o.id = $2 AND o.user_id = me() AND o.id <> $1;
  UPDATE habits h SET reminder_profile_id = o.id, version = h.version + 1, updated_at = $3
    FROM profiles o WHERE h.reminder_profile_id = $1 AND h.user_id = me() AND o.id = $2 AND o.user_id = me() AND o.id <> $1;
  -- One that nothing rings for asks for no other: it goes by its importance again where none is named.
  UPDATE deadlines d SET version = d.version + 1, updated_at = $3,
      profile_id = (SELECT o.id FROM profiles o WHERE o.id = $2 AND o.user_id = me() AND o.id <> $1)
    WHERE d.profile_id = $1 AND d.user_id = me();
  WITH changed AS (
    UPDATE channels c SET profile_id = o.id, version = c.version + 1, updated_at = $3
      FROM profiles o WHERE c.profile_id = $1 AND o.id = $2 AND o.user_id = me() AND o.id <> $1 RETURNING c.id)
  SELECT coalesce(array_agg(id ORDER BY id), '{}') INTO moved FROM changed;
  DELETE FROM profiles p WHERE p.id = $1 AND p.user_id = me() AND p.preset IS NULL;
  RETURN moved;
END $$;
