-- The page of a habit shows its newest notes: without an index of those alone it read ten years of days to find twenty.
CREATE INDEX habit_days_noted_by_habit ON habit_days (habit_id, date) WHERE notes <> '';

-- What is reckoned of a habit for the pages that show all of a person's: one small row each, so that none of its days is read for them. The line of
-- its list and that of the week's review each say inside for which date they hold. What they are reckoned from blanks them, whoever changes it, and
-- the page that finds one blank reckons it and puts it back where nothing has changed meanwhile: then `stamp` is what it was.
CREATE TABLE habit_lines (
  habit_id uuid    NOT NULL CONSTRAINT habit_lines_pkey PRIMARY KEY,
  user_id  uuid    NOT NULL,
  gone     boolean NOT NULL,  -- deleted, and not shown
  habit_revision bigint NOT NULL,
  stamp    bigint  NOT NULL DEFAULT 0,
  line     bytea,
  week     bytea,
  CONSTRAINT habit_lines_habit_fkey FOREIGN KEY (habit_id, user_id) REFERENCES habits (id, user_id) ON DELETE CASCADE
) WITH (fillfactor = 50);
INSERT INTO habit_lines (habit_id, user_id, gone, habit_revision) SELECT id, user_id, status = 'deleted', revision FROM habits;
CREATE INDEX habit_lines_by_user ON habit_lines (user_id);
CALL wall_user('habit_lines', '{line,week}');
REVOKE INSERT ON habit_lines FROM heed_web;

CREATE FUNCTION add_habit_lines() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO habit_lines (habit_id, user_id, gone, habit_revision) SELECT id, user_id, status = 'deleted', revision FROM changed;
  RETURN NULL;
END $$;
CREATE FUNCTION follow_habits() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE habit_lines l SET line = NULL, week = NULL, stamp = stamp + 1, gone = c.status = 'deleted', habit_revision = c.revision
  FROM changed c WHERE l.habit_id = c.id;
  RETURN NULL;
END $$;
CREATE FUNCTION blank_habit_lines() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE habit_lines l SET line = NULL, week = NULL, stamp = stamp + 1 WHERE l.habit_id IN (SELECT c.habit_id FROM changed c);
  RETURN NULL;
END $$;
-- An import writes dates long before it ends, and nobody may wait for it: at its end it changes the habits.
CREATE FUNCTION blank_ticked_lines() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE habit_lines l SET line = NULL, week = NULL, stamp = stamp + 1
  WHERE l.habit_id IN (SELECT c.habit_id FROM changed c WHERE c.source <> 'import');
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION add_habit_lines(), follow_habits(), blank_habit_lines(), blank_ticked_lines() FROM PUBLIC;

CREATE TRIGGER habits_lines_insert AFTER INSERT ON habits REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION add_habit_lines();
CREATE TRIGGER habits_lines_update AFTER UPDATE ON habits REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION follow_habits();
CREATE TRIGGER habit_days_lines_insert AFTER INSERT ON habit_days REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION blank_ticked_lines();
CREATE TRIGGER habit_days_lines_update AFTER UPDATE ON habit_days REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION blank_habit_lines();
CREATE TRIGGER habit_days_lines_delete AFTER DELETE ON habit_days REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION blank_habit_lines();
CREATE TRIGGER habit_frequencies_lines_insert AFTER INSERT ON habit_frequencies REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION blank_habit_lines();
CREATE TRIGGER habit_frequencies_lines_update AFTER UPDATE ON habit_frequencies REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION blank_habit_lines();
CREATE TRIGGER habit_frequencies_lines_delete AFTER DELETE ON habit_frequencies REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION blank_habit_lines();
CREATE TRIGGER habit_pauses_lines_insert AFTER INSERT ON habit_pauses REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION blank_habit_lines();
CREATE TRIGGER habit_pauses_lines_update AFTER UPDATE ON habit_pauses REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION blank_habit_lines();
CREATE TRIGGER habit_pauses_lines_delete AFTER DELETE ON habit_pauses REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION blank_habit_lines();
