-- Reminders out of files of other programs: what a person is about to take in, and what was taken in before, so that the same file again makes nothing
-- twice. Nothing that is there is changed; safe while the site runs.
CREATE TABLE reminder_imports (
  id           uuid        CONSTRAINT reminder_imports_pkey PRIMARY KEY,
  user_id      uuid        NOT NULL CONSTRAINT reminder_imports_user_fkey REFERENCES users ON DELETE CASCADE,
  kind         text        NOT NULL CONSTRAINT reminder_imports_kind CHECK (kind IN ('calendar', 'google', 'todoist')),
  file_name    text        NOT NULL DEFAULT '' CONSTRAINT reminder_imports_file_name CHECK (length(file_name) <= 200),
  created_at   timestamptz NOT NULL,
  confirmed_at timestamptz,  -- NULL: a preview
  undone_at    timestamptz,
  replaced_at  timestamptz,  -- a preview in whose place another file came: it has no rows any more
  CONSTRAINT reminder_imports_undone CHECK (undone_at IS NULL OR confirmed_at IS NOT NULL),
  CONSTRAINT reminder_imports_replaced CHECK (replaced_at IS NULL OR confirmed_at IS NULL),
  CONSTRAINT reminder_imports_id_user UNIQUE (id, user_id)
);
CREATE INDEX reminder_imports_by_user ON reminder_imports (user_id, id);
CALL wall_user('reminder_imports', '{confirmed_at,undone_at}');
GRANT DELETE ON reminder_imports TO heed_work;

-- What the preview says, row by row, as the file had it.
CREATE TABLE reminder_import_rows (
  import_id     uuid      NOT NULL,
  user_id       uuid      NOT NULL,
  number        integer   NOT NULL,
  line          integer   NOT NULL,
  key           text      NOT NULL CONSTRAINT reminder_import_rows_key CHECK (length(key) = 64),
  title         text      NOT NULL CONSTRAINT reminder_import_rows_title CHECK (length(title) <= 200),
  description   text      NOT NULL CONSTRAINT reminder_import_rows_description CHECK (octet_length(description) <= 16384),
  importance    text      NOT NULL CONSTRAINT reminder_import_rows_importance CHECK (importance IN ('low', 'medium', 'high', 'critical')),
  reason        text      NOT NULL,  -- why nothing is made of it, in the person's words; empty: it is made
  note          text      NOT NULL,  -- what to know of what is made
  kind          text,  -- from here on as in schedules; NULL where nothing is made
  timezone      text,
  at            timestamptz,
  wall          timestamp,
  rule          text,
  rule_from     timestamp,
  words         text,
  every_minutes integer,
  exclude_dates text,  -- 2027-03-11,2027-03-12
  CONSTRAINT reminder_import_rows_pkey PRIMARY KEY (import_id, number),
  CONSTRAINT reminder_import_rows_planned CHECK ((reason = '') = (kind IS NOT NULL)),
  CONSTRAINT reminder_import_rows_import_fkey FOREIGN KEY (import_id, user_id) REFERENCES reminder_imports (id, user_id) ON DELETE CASCADE
);
CALL wall_user('reminder_import_rows');

-- Which entry of which calendar a reminder was made of. It goes with the reminder: what was deleted can be taken in again.
CREATE TABLE reminder_sources (
  user_id     uuid NOT NULL,
  key         text NOT NULL CONSTRAINT reminder_sources_key CHECK (length(key) = 64),
  reminder_id uuid NOT NULL,
  import_id   uuid NOT NULL,  -- which may be gone
  CONSTRAINT reminder_sources_pkey PRIMARY KEY (user_id, key),
  CONSTRAINT reminder_sources_reminder_fkey FOREIGN KEY (reminder_id, user_id) REFERENCES reminders (id, user_id) ON DELETE CASCADE
);
CREATE INDEX reminder_sources_by_reminder ON reminder_sources (reminder_id, user_id);
CREATE INDEX reminder_sources_by_import ON reminder_sources (user_id, import_id);
CALL wall_user('reminder_sources');

CREATE FUNCTION door.discard_reminder_imports() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  DELETE FROM reminder_imports i WHERE i.user_id = me() AND i.confirmed_at IS NULL AND i.replaced_at IS NULL
$$;
CREATE FUNCTION door.replace_reminder_imports(at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
-- One preview a person: the next file takes its place. That it did is kept of the last ten, for who looks at one in another tab.
  DELETE FROM reminder_import_rows w WHERE w.import_id IN (
    SELECT i.id FROM reminder_imports i WHERE i.user_id = me() AND i.confirmed_at IS NULL AND i.replaced_at IS NULL);
  UPDATE reminder_imports i SET replaced_at = $1 WHERE i.user_id = me() AND i.confirmed_at IS NULL AND i.replaced_at IS NULL;
  DELETE FROM reminder_imports WHERE id IN (
    SELECT i.id FROM reminder_imports i WHERE i.user_id = me() AND i.replaced_at IS NOT NULL ORDER BY i.id DESC OFFSET 10);
$$;
CREATE FUNCTION door.undo_reminder_import(import uuid) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
-- What it made and nobody has touched since, and what has not rung. Each is found by its own key: right after thousands were made the planner
-- believes in one, and would read all of a person's reminders for each row of the import. Hence the CASE: what is in it looks like no index of the lists.
  WITH mine AS MATERIALIZED (SELECT s.reminder_id, s.user_id FROM reminder_sources s WHERE s.user_id = me() AND s.import_id = $1),
  gone AS (
    DELETE FROM reminders r USING mine s
    WHERE r.id = s.reminder_id AND CASE WHEN r.version = 1 AND r.last_at IS NULL THEN r.status = 'active' AND r.user_id = s.user_id END
      AND NOT EXISTS (SELECT FROM escalations e WHERE e.reminder_id = r.id)
    RETURNING 1)
  SELECT count(*) FROM gone
$$;
REVOKE ALL ON FUNCTION door.discard_reminder_imports(), door.replace_reminder_imports(timestamptz), door.undo_reminder_import(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.discard_reminder_imports(), door.replace_reminder_imports(timestamptz), door.undo_reminder_import(uuid) TO heed_web;

-- The same runs of bytes as before, which are a set to their index: a loop makes those of a title in a fifth of the time that a query takes to begin.
CREATE OR REPLACE FUNCTION runs(who uuid, words text) RETURNS bigint[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  person bigint := hashtextextended(who::text, 0) & -16777216;
  bytes bytea := convert_to(words, 'UTF8') || '\x0000'::bytea;
  found bigint[] := '{}';
  one bigint;
  two bigint;
BEGIN
  IF length(bytes) > 80 THEN
    -- One list after the other: rows of three made it seven times slower.
    RETURN (SELECT array_agg(person + (get_byte(bytes, i) << 16)) || array_agg(person + (get_byte(bytes, i) << 16) + (get_byte(bytes, i + 1) << 8))
        || array_agg(person + (get_byte(bytes, i) << 16) + (get_byte(bytes, i + 1) << 8) + get_byte(bytes, i + 2))
      FROM generate_series(0, length(bytes) - 3) i);
  END IF;
  FOR i IN 0 .. length(bytes) - 3 LOOP
    one := person + (get_byte(bytes, i) << 16);
    two := one + (get_byte(bytes, i + 1) << 8);
    found := found || ARRAY[one, two, two + get_byte(bytes, i + 2)];
  END LOOP;
  RETURN found;
END $$;
