-- People make ladders of their own. Whose a ladder is, and whether it is a preset, no request changes.
GRANT UPDATE (name, description, tiers, repeat_minutes, repeat_limit, version, updated_at) ON profiles TO heed_web;

-- What climbs a ladder of the person: their reminders but for those of habits, their habits, and channels of whichever colleague chose it.
CREATE FUNCTION door.profile_uses(profile uuid) RETURNS TABLE (reminders bigint, habits bigint, channels bigint)
  LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT (SELECT count(*) FROM reminders r WHERE r.profile_id = p.id AND r.user_id = p.user_id AND r.habit_id IS NULL),
    (SELECT count(*) FROM habits h WHERE h.reminder_profile_id = p.id AND h.user_id = p.user_id),
    (SELECT count(*) FROM channels c WHERE c.profile_id = p.id)
  FROM profiles p WHERE p.id = $1 AND p.user_id = me()
$$;

-- Deletes one of the person's own, and lets what climbed it climb another of theirs from now on: running escalations keep their plan. Forms of these that
-- are open become stale. Whoever calls it has locked the ladder, then counted what climbs it. Returns the channels that climb another now; NULL: there is
-- no such ladder.
CREATE FUNCTION door.delete_profile(profile uuid, instead uuid, at timestamptz) RETURNS uuid[]
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
  WITH changed AS (
    UPDATE channels c SET profile_id = o.id, version = c.version + 1, updated_at = $3
      FROM profiles o WHERE c.profile_id = $1 AND o.id = $2 AND o.user_id = me() AND o.id <> $1 RETURNING c.id)
  SELECT coalesce(array_agg(id ORDER BY id), '{}') INTO moved FROM changed;
  DELETE FROM profiles p WHERE p.id = $1 AND p.user_id = me() AND p.preset IS NULL;
  RETURN moved;
END $$;

REVOKE ALL ON FUNCTION door.profile_uses(uuid), door.delete_profile(uuid, uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.profile_uses(uuid), door.delete_profile(uuid, uuid, timestamptz) TO heed_web;
