-- People and events out of files: what a person is about to take in, what was taken in before, and what a feed has left out for a while.
--
-- Only adds, but for the order of a key of a table that is empty as yet.

CREATE TABLE context_imports (
  id           uuid        CONSTRAINT context_imports_pkey PRIMARY KEY,
  user_id      uuid        NOT NULL CONSTRAINT context_imports_user_fkey REFERENCES users ON DELETE CASCADE,
  noun         text        NOT NULL CONSTRAINT context_imports_noun CHECK (noun IN ('people', 'events')),
  kind         text        NOT NULL CONSTRAINT context_imports_kind CHECK (kind IN ('vcf', 'csv', 'ics')),
  file_name    text        NOT NULL DEFAULT '' CONSTRAINT context_imports_file_name CHECK (length(file_name) <= 200),
  file         bytea,  -- as it was sent, until it is taken in
  sha256       bytea       NOT NULL CONSTRAINT context_imports_sha256 CHECK (octet_length(sha256) = 32),
  makes_people boolean     NOT NULL DEFAULT false,  -- of those who are asked to events
  created_at   timestamptz NOT NULL,
  confirmed_at timestamptz,  -- NULL: a preview
  same         text        NOT NULL DEFAULT 'update' CONSTRAINT context_imports_same CHECK (same IN ('skip', 'update', 'add')),
  trash        text        NOT NULL DEFAULT 'skip' CONSTRAINT context_imports_trash CHECK (trash IN ('skip', 'restore')),
  job_id       uuid,  -- what takes it in, or did
  finished_at  timestamptz,
  failed       boolean     NOT NULL DEFAULT false,
  undo_at      timestamptz,  -- since when it is taken back
  undone_at    timestamptz,
  undone       integer     NOT NULL DEFAULT 0,  -- how many are gone again, or as they were
  kept         integer     NOT NULL DEFAULT 0,  -- how many stayed when it was taken back
  replaced_at  timestamptz,  -- a preview in whose place another file came
  CONSTRAINT context_imports_file CHECK (file IS NOT NULL OR finished_at IS NOT NULL OR replaced_at IS NOT NULL OR failed),
  CONSTRAINT context_imports_finished CHECK (finished_at IS NULL OR confirmed_at IS NOT NULL),
  CONSTRAINT context_imports_undone CHECK (undone_at IS NULL OR undo_at IS NOT NULL),
  CONSTRAINT context_imports_replaced CHECK (replaced_at IS NULL OR confirmed_at IS NULL),
  CONSTRAINT context_imports_id_user UNIQUE (id, user_id)
);
CREATE INDEX context_imports_by_user ON context_imports (user_id, id);
CALL wall_user('context_imports', '{file,confirmed_at,same,trash,job_id,finished_at,undo_at,undone_at,undone,kept}');
GRANT UPDATE (file, finished_at, failed, undone_at, undone, kept) ON context_imports TO heed_work;
GRANT DELETE ON context_imports TO heed_work;

-- What came of each entry of a file.
CREATE TABLE context_import_rows (
  import_id uuid    NOT NULL,
  user_id   uuid    NOT NULL,
  number    integer NOT NULL,  -- the file's n-th entry, from 0; behind them what was refused
  line      integer NOT NULL,
  outcome   text    NOT NULL
    CONSTRAINT context_import_rows_outcome CHECK (outcome IN ('new', 'same', 'known', 'updated', 'trashed', 'restored', 'refused')),
  thing     uuid,  -- which may be gone
  reason    text    NOT NULL DEFAULT '' CONSTRAINT context_import_rows_reason CHECK (length(reason) <= 1000),
  before    jsonb,  -- of what was updated: how it was, until that is put back
  changed_to bigint,  -- the revision that it had afterwards: another one, and somebody changed it
  CONSTRAINT context_import_rows_pkey PRIMARY KEY (import_id, number),
  CONSTRAINT context_import_rows_import_fkey FOREIGN KEY (import_id, user_id) REFERENCES context_imports (id, user_id) ON DELETE CASCADE
);
CALL wall_user('context_import_rows');
GRANT INSERT, UPDATE (before) ON context_import_rows TO heed_work;
CREATE INDEX context_import_rows_changed ON context_import_rows (import_id) WHERE before IS NOT NULL;

-- What is known of an entry is found by its id alone, which leads one index: see 0079. Of a feed all is read.
ALTER TABLE entity_sources DROP CONSTRAINT entity_sources_pkey,
  ADD CONSTRAINT entity_sources_pkey PRIMARY KEY (source_id, user_id, kind, source),
  -- Since when a feed does not hold it any more, and whether what it deleted still lies in the trash by that: then it comes back with the feed.
  ADD COLUMN vanished_at timestamptz, ADD COLUMN vanished_by uuid;
CREATE INDEX entity_sources_by_source ON entity_sources (user_id, source, kind);
GRANT UPDATE (vanished_at, vanished_by, source_id) ON entity_sources TO heed_work;
-- What is left of a deletion stands under one that still lies there.
GRANT UPDATE (thing) ON deletions TO heed_work;

-- A feed that has lost more than half: what is missing, since when. The second time it is believed (RULES 9.27).
CREATE TABLE feed_doubts (
  user_id uuid        NOT NULL CONSTRAINT feed_doubts_user_fkey REFERENCES users ON DELETE CASCADE,
  source  text        NOT NULL CONSTRAINT feed_doubts_source CHECK (length(source) BETWEEN 1 AND 100),
  since   timestamptz NOT NULL,
  missing uuid[]      NOT NULL,
  CONSTRAINT feed_doubts_pkey PRIMARY KEY (user_id, source)
);
CALL wall_user('feed_doubts');
GRANT INSERT, UPDATE, DELETE ON feed_doubts TO heed_work;

-- What the job writes. It acts for one person, whose rows it names.
GRANT INSERT, UPDATE (name, email, phone, addresses, type, importance, company, title, notes, birth_year, birth_month, birth_day, stay_words,
  stay_months, stay_days, stay_set_at, stay_events, stay_due_at, private, metadata, deleted_at, deletion_id, updated_at, version)
  ON people TO heed_work;
GRANT INSERT, UPDATE (value, position) ON person_addresses TO heed_work;
GRANT INSERT ON person_reminders TO heed_work;
GRANT EXECUTE ON FUNCTION door.drop_addresses(uuid, uuid[]), door.drop_relationships(uuid[]) TO heed_work;

CREATE FUNCTION door.discard_context_import(import uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  DELETE FROM context_imports i WHERE i.id = $1 AND i.user_id = me() AND i.confirmed_at IS NULL AND i.replaced_at IS NULL
$$;
CREATE FUNCTION door.replace_context_imports(noun text, at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
-- As door.replace_reminder_imports.
  UPDATE context_imports i SET replaced_at = $2, file = NULL
  WHERE i.user_id = me() AND i.noun = $1 AND i.confirmed_at IS NULL AND i.replaced_at IS NULL;
  DELETE FROM context_imports WHERE id IN (
    SELECT i.id FROM context_imports i WHERE i.user_id = me() AND i.noun = $1 AND i.replaced_at IS NOT NULL ORDER BY i.id DESC OFFSET 10);
$$;
CREATE FUNCTION door.undo_context_import(import uuid, most bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
-- Some of what it made: what nobody has changed since, and nothing that came later leads to. Events first, then people: ask until nothing goes.
DECLARE
  events uuid[];
  persons uuid[];
BEGIN
  SELECT array_agg(x.thing) INTO events FROM (
    SELECT s.thing FROM context_imports i JOIN entity_sources s ON s.user_id = i.user_id AND s.import_id = i.id AND s.kind = 'event'
    JOIN events e ON e.id = s.thing AND e.user_id = s.user_id
    WHERE i.id = $1 AND i.user_id = me() AND i.undo_at IS NOT NULL AND e.revision = s.revision
      AND NOT EXISTS (SELECT FROM deadlines d WHERE d.user_id = e.user_id AND d.event_id = e.id)
      AND NOT EXISTS (SELECT FROM entity_relationships r WHERE r.user_id = e.user_id AND r.from_id = e.id AND r.source = 'manual')
      AND NOT EXISTS (SELECT FROM entity_relationships r WHERE r.user_id = e.user_id AND r.to_id = e.id AND r.source = 'manual')
    LIMIT $2) x;
  IF cardinality(events) > 0 THEN
    DELETE FROM events e WHERE e.user_id = me() AND e.id = ANY (events);
    RETURN cardinality(events);
  END IF;
  SELECT array_agg(x.thing) INTO persons FROM (
    SELECT s.thing FROM context_imports i JOIN entity_sources s ON s.user_id = i.user_id AND s.import_id = i.id AND s.kind = 'person'
    JOIN people p ON p.id = s.thing AND p.user_id = s.user_id
    WHERE i.id = $1 AND i.user_id = me() AND i.undo_at IS NOT NULL AND p.revision = s.revision
      AND NOT EXISTS (SELECT FROM tasks t WHERE t.user_id = p.user_id AND t.assignee_id = p.id)
      AND NOT EXISTS (SELECT FROM people m WHERE m.user_id = p.user_id AND m.merged_into = p.id)
      AND NOT EXISTS (SELECT FROM contact_log c WHERE c.person_id = p.id)
      AND NOT EXISTS (SELECT FROM entity_relationships r WHERE r.user_id = p.user_id AND r.from_id = p.id)
      AND NOT EXISTS (SELECT FROM entity_relationships r WHERE r.user_id = p.user_id AND r.to_id = p.id)
    LIMIT $2) x;
  IF cardinality(persons) > 0 THEN
    DELETE FROM reminders r USING person_reminders b
    WHERE r.id = b.reminder_id AND r.user_id = b.user_id AND b.user_id = me() AND b.person_id = ANY (persons);
    DELETE FROM people p WHERE p.user_id = me() AND p.id = ANY (persons);
  END IF;
  RETURN coalesce(cardinality(persons), 0);
END $$;
REVOKE ALL ON FUNCTION door.discard_context_import(uuid), door.replace_context_imports(text, timestamptz), door.undo_context_import(uuid, bigint)
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.discard_context_import(uuid), door.replace_context_imports(text, timestamptz), door.undo_context_import(uuid, bigint)
  TO heed_web;
GRANT EXECUTE ON FUNCTION door.undo_context_import(uuid, bigint) TO heed_work;
