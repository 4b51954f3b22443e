-- Days of habits come by the hundred thousand, out of files. Their foreign key was looked up for each of them, which took as long as writing them into
-- the table and both its indexes; few habits have many days. So what the key said is kept here by statement, each habit of it looked up once: a day's
-- habit is there and is its person's, whoever takes it away waits for the day and then takes it along, and neither gets another id or owner.
-- A moment without writes to habits and habit_days; safe while the site runs.
ALTER TABLE habit_days DROP CONSTRAINT habit_days_habit_fkey;

CREATE FUNCTION hold_habits_of_days() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  habit uuid;
  who uuid;
BEGIN
  -- One by one, by their key and in one order, as a foreign key looks them up: what the planner believes about a batch does not matter.
  FOR habit, who IN SELECT DISTINCT m.habit_id, m.user_id FROM made m ORDER BY 1, 2 LOOP
    PERFORM FROM habits h WHERE h.id = habit AND h.user_id = who FOR KEY SHARE;
    IF NOT FOUND THEN
      RAISE foreign_key_violation USING MESSAGE = 'a day of a habit that is not there, or not of its person', TABLE = 'habit_days',
        CONSTRAINT = 'habit_days_habit_fkey', DETAIL = format('habit %s, person %s', habit, who);
    END IF;
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER habit_days_of_habits AFTER INSERT ON habit_days REFERENCING NEW TABLE AS made
  FOR EACH STATEMENT EXECUTE FUNCTION hold_habits_of_days();

CREATE FUNCTION delete_days_of_habit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM habit_days d WHERE d.habit_id = OLD.id AND d.user_id = OLD.user_id;
  RETURN NULL;
END $$;
CREATE TRIGGER habits_with_days AFTER DELETE ON habits FOR EACH ROW EXECUTE FUNCTION delete_days_of_habit();

CREATE FUNCTION refuse_another_key() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE foreign_key_violation USING MESSAGE = format('rows of %I keep what they are found by', TG_TABLE_NAME);
END $$;
CREATE TRIGGER habit_days_keyed BEFORE UPDATE OF habit_id, user_id ON habit_days FOR EACH ROW
  WHEN (OLD.habit_id <> NEW.habit_id OR OLD.user_id <> NEW.user_id) EXECUTE FUNCTION refuse_another_key();
CREATE TRIGGER habits_keyed BEFORE UPDATE OF id, user_id ON habits FOR EACH ROW
  WHEN (OLD.id <> NEW.id OR OLD.user_id <> NEW.user_id) EXECUTE FUNCTION refuse_another_key();
REVOKE ALL ON FUNCTION hold_habits_of_days(), delete_days_of_habit(), refuse_another_key() FROM PUBLIC;
