-- A large file of habits is taken in by a job (habits.import) on a connection of its own, in one transaction, slice by slice between the worker's other
-- work. What was chosen waits with the file. Nothing that is there is changed but what becomes of previews; safe while the site runs.
ALTER TABLE habit_imports
  ADD COLUMN job_id  uuid,  -- what takes it in, or did; it runs while that job is pending or running. NULL: nobody asked, or it failed
  ADD COLUMN choices bytea, -- what was chosen on the preview, while it waits and runs
  ADD COLUMN failure text CONSTRAINT habit_imports_failure CHECK (failure IN ('gone', 'error')),  -- why the last try came to nothing
  ADD CONSTRAINT habit_imports_choices CHECK (choices IS NULL OR octet_length(choices) <= 1000000 AND file IS NOT NULL);
GRANT UPDATE (job_id, choices, failure) ON habit_imports TO heed_web;

-- What the job writes. It acts for one person, whose rows it names.
GRANT UPDATE (file, refused, confirmed_at, job_id, choices, failure) ON habit_imports TO heed_work;
GRANT INSERT ON habits, habit_frequencies, habit_pauses, habit_days, habit_import_rows, habit_sources TO heed_work;
GRANT UPDATE (state, state_next, year_state, year_next, position, updated_at) ON habits TO heed_work;
GRANT UPDATE (habit_id) ON habit_sources TO heed_work;

-- Whoever's first habits come by a job would wait for it with a habit made by hand meanwhile: both begin the rounds of the same person.
CREATE FUNCTION begin_habit_rounds() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO coach_rounds (user_id, looked_on, due_at) VALUES (NEW.user_id, (NEW.created_at AT TIME ZONE 'UTC')::date - 1, NEW.created_at)
  ON CONFLICT DO NOTHING;
  INSERT INTO weekly_reviews (user_id, due_at) VALUES (NEW.user_id, NEW.created_at) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION begin_habit_rounds() FROM PUBLIC;
CREATE TRIGGER habit_imports_rounds AFTER UPDATE OF job_id ON habit_imports FOR EACH ROW
  WHEN (NEW.job_id IS NOT NULL) EXECUTE FUNCTION begin_habit_rounds();

-- A preview, or one that runs, which the job then finds gone and rolls back.
CREATE FUNCTION door.discard_habit_import(import uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  DELETE FROM habit_imports i WHERE i.id = $1 AND i.user_id = me() AND i.confirmed_at IS NULL AND i.replaced_at IS NULL
$$;
REVOKE ALL ON FUNCTION door.discard_habit_import(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.discard_habit_import(uuid) TO heed_web;
DROP FUNCTION door.discard_habit_imports();

CREATE OR REPLACE FUNCTION door.replace_habit_imports(at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
-- As door.replace_reminder_imports; what runs is no preview.
  UPDATE habit_imports i SET replaced_at = $1, file = NULL, choices = NULL WHERE i.user_id = me() AND i.confirmed_at IS NULL AND i.replaced_at IS NULL
    AND NOT EXISTS (SELECT FROM jobs j WHERE j.id = i.job_id AND j.state IN ('pending', 'running'));
  DELETE FROM habit_imports WHERE id IN (
    SELECT i.id FROM habit_imports i WHERE i.user_id = me() AND i.replaced_at IS NOT NULL ORDER BY i.id DESC OFFSET 10);
$$;
