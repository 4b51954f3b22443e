-- What the page of a habit draws of its days and notes, one row each, beside `habit_lines` and not in it: it is ten times as long as a line, and a list reads
-- the lines of all. It counts where its stamp is that of the habit's line, so whatever blanks that takes this back without a word to it.
CREATE TABLE habit_years (
  habit_id uuid   NOT NULL CONSTRAINT habit_years_pkey PRIMARY KEY,
  user_id  uuid   NOT NULL,
  stamp    bigint,
  page     bytea,
  notes    bytea,  -- what its newest notes look like; NULL: they are too long to be kept
  CONSTRAINT habit_years_habit_fkey FOREIGN KEY (habit_id, user_id) REFERENCES habits (id, user_id) ON DELETE CASCADE,
  CONSTRAINT habit_years_whole CHECK ((stamp IS NULL) = (page IS NULL))
) WITH (fillfactor = 50);
INSERT INTO habit_years (habit_id, user_id) SELECT id, user_id FROM habits;
CALL wall_user('habit_years', '{stamp,page,notes}');
REVOKE INSERT ON habit_years FROM heed_web;

CREATE OR REPLACE FUNCTION add_habit_lines() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO habit_lines (habit_id, user_id, gone, habit_revision) SELECT id, user_id, status = 'deleted', revision FROM changed;
  INSERT INTO habit_years (habit_id, user_id) SELECT id, user_id FROM changed;
  RETURN NULL;
END $$;
