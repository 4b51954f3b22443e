-- Habits out of files of other programs and of ours: what a person is about to take in, and what was taken in before, so that the same file again
-- makes nothing twice. Nothing that is there is changed; safe while the site runs.
CREATE TABLE habit_imports (
  id           uuid        CONSTRAINT habit_imports_pkey PRIMARY KEY,
  user_id      uuid        NOT NULL CONSTRAINT habit_imports_user_fkey REFERENCES users ON DELETE CASCADE,
  kind         text        NOT NULL
    CONSTRAINT habit_imports_kind CHECK (kind IN ('heed', 'loop', 'habitbull', 'habitica', 'habitkit', 'streaks', 'habitify', 'table')),
  file_name    text        NOT NULL DEFAULT '' CONSTRAINT habit_imports_file_name CHECK (length(file_name) <= 200),
  file         bytea,  -- as it was sent, while it is a preview: what it means depends on what is chosen there
  refused      integer     NOT NULL DEFAULT 0,  -- lines that said nothing, when it was confirmed
  created_at   timestamptz NOT NULL,
  confirmed_at timestamptz,  -- NULL: a preview
  undone_at    timestamptz,
  replaced_at  timestamptz,  -- a preview in whose place another file came
  CONSTRAINT habit_imports_file CHECK ((file IS NULL) = (confirmed_at IS NOT NULL OR replaced_at IS NOT NULL)),
  CONSTRAINT habit_imports_undone CHECK (undone_at IS NULL OR confirmed_at IS NOT NULL),
  CONSTRAINT habit_imports_replaced CHECK (replaced_at IS NULL OR confirmed_at IS NULL),
  CONSTRAINT habit_imports_id_user UNIQUE (id, user_id)
);
CREATE INDEX habit_imports_by_user ON habit_imports (user_id, id);
CALL wall_user('habit_imports', '{file,refused,confirmed_at,undone_at}');
GRANT DELETE ON habit_imports TO heed_work;

-- What came of each habit of a confirmed file that was not left out.
CREATE TABLE habit_import_rows (
  import_id uuid    NOT NULL,
  user_id   uuid    NOT NULL,
  number    integer NOT NULL,  -- the file's n-th habit
  name      text    NOT NULL CONSTRAINT habit_import_rows_name CHECK (length(name) <= 100),
  habit_id  uuid    NOT NULL,  -- which may be gone
  is_new    boolean NOT NULL,
  added     integer NOT NULL,  -- dates
  known     integer NOT NULL,  -- dates that were there, and stayed as they were
  CONSTRAINT habit_import_rows_pkey PRIMARY KEY (import_id, number),
  CONSTRAINT habit_import_rows_import_fkey FOREIGN KEY (import_id, user_id) REFERENCES habit_imports (id, user_id) ON DELETE CASCADE
);
CALL wall_user('habit_import_rows');

-- Which habit of which kind of file a habit was made of, or joined to: a second file joins it, whatever it is called by then. It goes with the habit.
CREATE TABLE habit_sources (
  user_id  uuid NOT NULL,
  key      text NOT NULL CONSTRAINT habit_sources_key CHECK (length(key) = 64),
  habit_id uuid NOT NULL,
  CONSTRAINT habit_sources_pkey PRIMARY KEY (user_id, key),
  CONSTRAINT habit_sources_habit_fkey FOREIGN KEY (habit_id, user_id) REFERENCES habits (id, user_id) ON DELETE CASCADE
);
CREATE INDEX habit_sources_by_habit ON habit_sources (habit_id, user_id);
CALL wall_user('habit_sources', '{habit_id}');

CREATE FUNCTION door.discard_habit_imports() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  DELETE FROM habit_imports i WHERE i.user_id = me() AND i.confirmed_at IS NULL AND i.replaced_at IS NULL
$$;
CREATE FUNCTION door.replace_habit_imports(at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
-- As door.replace_reminder_imports.
  UPDATE habit_imports i SET replaced_at = $1, file = NULL WHERE i.user_id = me() AND i.confirmed_at IS NULL AND i.replaced_at IS NULL;
  DELETE FROM habit_imports WHERE id IN (
    SELECT i.id FROM habit_imports i WHERE i.user_id = me() AND i.replaced_at IS NOT NULL ORDER BY i.id DESC OFFSET 10);
$$;
CREATE FUNCTION door.undo_habit_import(import uuid) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
-- The dates that it added to habits that were there before, but for those that were written down anew since.
  WITH gone AS (
    DELETE FROM habit_days d USING habit_imports i, habit_import_rows r
    WHERE i.id = $1 AND i.user_id = me() AND r.import_id = i.id AND NOT r.is_new AND d.habit_id = r.habit_id AND d.user_id = i.user_id
      AND d.source = 'import' AND d.ticked_at = i.confirmed_at
    RETURNING 1)
  SELECT count(*) FROM gone
$$;
REVOKE ALL ON FUNCTION door.discard_habit_imports(), door.replace_habit_imports(timestamptz), door.undo_habit_import(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.discard_habit_imports(), door.replace_habit_imports(timestamptz), door.undo_habit_import(uuid) TO heed_web;
