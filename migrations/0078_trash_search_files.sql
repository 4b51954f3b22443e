-- The trash of all kinds, gone for good by hand; search by marks and by what is nearly called so; tasks out of files, and an import taken back.
--
-- Nothing that is there is changed but how somebody is erased; safe while the site runs.

-- A series goes with the last of its tasks.
CREATE FUNCTION drop_empty_series() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM task_repeats r USING (SELECT DISTINCT g.series_id FROM gone g WHERE g.series_id IS NOT NULL) s
  WHERE r.series_id = s.series_id AND NOT EXISTS (SELECT FROM tasks t WHERE t.series_id = r.series_id);
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION drop_empty_series() FROM PUBLIC;
CREATE TRIGGER tasks_series_gone AFTER DELETE ON tasks REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION drop_empty_series();

-- Each takes one thing out of the person's trash for good, and says how many went.
CREATE FUNCTION door.purge_task(task uuid) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
-- With what the same deletion took below it. What another one took from there keeps its own time, at the top.
DECLARE
  took uuid;
  things uuid[];
BEGIN
  SELECT t.deletion_id INTO took FROM tasks t WHERE t.id = $1 AND t.user_id = me() FOR UPDATE;
  IF took IS NULL THEN RETURN 0; END IF;
  WITH RECURSIVE below (id) AS (
    SELECT $1 UNION SELECT c.id FROM below b JOIN tasks c ON c.parent_id = b.id WHERE c.user_id = me() AND c.deletion_id = took)
  SELECT array_agg(b.id) INTO things FROM below b;
  UPDATE tasks t SET parent_id = NULL, position = 0 WHERE t.user_id = me() AND t.parent_id = ANY (things) AND t.id <> ALL (things);
  DELETE FROM tasks t WHERE t.user_id = me() AND t.id = ANY (things);
  DELETE FROM deletions d WHERE d.id = took AND d.user_id = me() AND d.kind = 'task'
    AND (d.thing = $1 OR NOT EXISTS (SELECT FROM tasks t WHERE t.deletion_id = d.id));
  RETURN cardinality(things);
END $$;
CREATE FUNCTION door.purge_tasks(most bigint) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
-- All of the person's tasks in the trash, so many at a time: one by one they take seventy times as long.
DECLARE
  things CONSTANT uuid[] := ARRAY(SELECT t.id FROM deletions d JOIN tasks t ON t.deletion_id = d.id AND t.user_id = d.user_id
    WHERE d.user_id = me() ORDER BY d.at, t.id LIMIT $1);
BEGIN
  UPDATE tasks t SET parent_id = NULL, position = 0 WHERE t.user_id = me() AND t.parent_id = ANY (things) AND t.deletion_id IS NULL;
  DELETE FROM tasks t WHERE t.user_id = me() AND t.id = ANY (things);
  DELETE FROM deletions d WHERE d.user_id = me() AND d.kind = 'task' AND d.restored_at IS NULL
    AND NOT EXISTS (SELECT FROM tasks t WHERE t.deletion_id = d.id) AND NOT EXISTS (SELECT FROM deadlines l WHERE l.deletion_id = d.id);
  RETURN cardinality(things);
END $$;
CREATE FUNCTION door.purge_goal(goal uuid) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH gone AS (DELETE FROM goals g WHERE g.id = $1 AND g.user_id = me() AND g.deleted_at IS NOT NULL RETURNING g.deletion_id),
  event AS (DELETE FROM deletions d USING gone g WHERE d.id = g.deletion_id AND d.user_id = me())
  SELECT count(*) FROM gone
$$;
CREATE FUNCTION door.purge_problem(problem uuid) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH gone AS (DELETE FROM problems p WHERE p.id = $1 AND p.user_id = me() AND p.deleted_at IS NOT NULL RETURNING p.deletion_id),
  event AS (DELETE FROM deletions d USING gone g WHERE d.id = g.deletion_id AND d.user_id = me())
  SELECT count(*) FROM gone
$$;
CREATE FUNCTION door.purge_deadline(deadline uuid) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH own AS (SELECT d.id FROM deletions d WHERE d.user_id = me() AND d.kind = 'deadline' AND d.thing = $1),
  gone AS (DELETE FROM deadlines l USING own o WHERE l.id = $1 AND l.user_id = me() AND l.deletion_id = o.id RETURNING l.deletion_id),
  event AS (DELETE FROM deletions d USING gone g WHERE d.id = g.deletion_id AND d.user_id = me())
  SELECT count(*) FROM gone
$$;
CREATE FUNCTION door.purge_habit(habit uuid) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH gone AS (DELETE FROM habits h WHERE h.id = $1 AND h.user_id = me() AND h.status = 'deleted' RETURNING 1) SELECT count(*) FROM gone
$$;
REVOKE ALL ON FUNCTION door.purge_task(uuid), door.purge_tasks(bigint), door.purge_goal(uuid), door.purge_problem(uuid), door.purge_deadline(uuid),
  door.purge_habit(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.purge_task(uuid), door.purge_tasks(bigint), door.purge_goal(uuid), door.purge_problem(uuid), door.purge_deadline(uuid),
  door.purge_habit(uuid) TO heed_web;

-- How a thing of the register stands, and its text, for those few that were found. A kind that has neither is not in it.
CREATE FUNCTION thing_state(kind text, thing uuid) RETURNS TABLE (states text[], body text) LANGUAGE sql STABLE ROWS 1
  SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT ARRAY[t.status] || CASE WHEN t.open_blockers > 0 AND t.status IN ('open', 'in_progress') THEN ARRAY['blocked'] ELSE '{}'::text[] END,
      t.notes FROM tasks t WHERE $1 = 'task' AND t.id = $2
  UNION ALL SELECT ARRAY[g.status], g.description FROM goals g WHERE $1 = 'goal' AND g.id = $2
  UNION ALL SELECT ARRAY[p.status], p.description FROM problems p WHERE $1 = 'problem' AND p.id = $2
  UNION ALL SELECT ARRAY[l.status], l.description FROM deadlines l WHERE $1 = 'deadline' AND l.id = $2
  UNION ALL SELECT ARRAY[h.status], h.description FROM habits h WHERE $1 = 'habit' AND h.id = $2
  UNION ALL SELECT ARRAY[r.status], r.description FROM reminders r WHERE $1 = 'reminder' AND r.id = $2
$$;
REVOKE ALL ON FUNCTION thing_state(text, uuid) FROM PUBLIC;

-- What door.find_things finds, narrowed by marks: phrases that stand together, words that may not be there, kinds, tags, states, and when it was
-- changed. Without words the newest of each kind are looked at, or those of the first tag.
CREATE FUNCTION door.find_marked(words text, phrases text[], without text[], kinds text[], tags text[], states text[], since timestamptz,
    until timestamptz, most bigint)
  RETURNS TABLE (kind text, id uuid, title text, match text, matches bigint) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20
  SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_column
DECLARE
  looked_for CONSTANT text := left(concat_ws(' ', $1, array_to_string($2, ' ')), 400);
  named CONSTANT tsquery := register_query(me(), looked_for, 't') || register_query(my_account(), looked_for, 't');
  held CONSTANT tsquery := register_query(me(), looked_for, 'b') || register_query(my_account(), looked_for, 'b');
  called CONSTANT text := btrim(plain(left($1, 400)));
  together CONSTANT text[] := ARRAY(SELECT plain(p) FROM unnest($2) p);
  marks CONSTANT text[] := ARRAY(SELECT normal_title(t) FROM unnest($5) t);
  unwanted tsquery;
  word text;
  one tsquery;
BEGIN
  IF me() IS NULL OR my_account() IS NULL THEN RETURN; END IF;
  FOREACH word IN ARRAY $3 LOOP
    one := register_query(me(), word, 'b') || register_query(my_account(), word, 'b');
    unwanted := CASE WHEN unwanted IS NULL THEN one WHEN one IS NULL THEN unwanted ELSE unwanted || one END;
  END LOOP;
  RETURN QUERY
  WITH found AS MATERIALIZED (
    (SELECT d.id, 1 AS list FROM search_documents d WHERE d.words @@ named AND (d.user_id = me() OR d.account_id = my_account()) AND NOT d.trashed
       AND d.kind = ANY ($4) LIMIT 1000)
    UNION ALL
    (SELECT d.id, 2 FROM search_documents d WHERE d.words @@ held AND (d.user_id = me() OR d.account_id = my_account()) AND NOT d.trashed
       AND d.kind = ANY ($4) LIMIT 1000)
    UNION ALL
    (SELECT g.thing, 3 FROM tags g WHERE held IS NULL AND cardinality(marks) > 0 AND g.user_id = me() AND g.tag_norm = marks[1] LIMIT 1000)
    UNION ALL
    (SELECT n.id, 3 FROM unnest($4) k (kind) CROSS JOIN LATERAL (
       SELECT d.id FROM search_documents d WHERE held IS NULL AND cardinality(marks) = 0 AND d.user_id = me() AND d.kind = k.kind AND NOT d.trashed
         AND d.updated_at >= coalesce($7, '-infinity') AND d.updated_at < coalesce($8, 'infinity') ORDER BY d.updated_at DESC LIMIT 1000) n)),
  ranked AS (
    SELECT d.kind, d.id, d.title, d.updated_at, min(f.list) AS list, d.title_norm = called AS is_name
    FROM found f JOIN search_documents d ON d.id = f.id LEFT JOIN LATERAL thing_state(d.kind, d.id) s ON true
    WHERE NOT d.trashed AND d.kind = ANY ($4) AND (unwanted IS NULL OR NOT d.words @@ unwanted)
      AND d.updated_at >= coalesce($7, '-infinity') AND d.updated_at < coalesce($8, 'infinity')
      AND (cardinality($6) = 0 OR s.states && $6)
      AND NOT EXISTS (SELECT FROM unnest(together) p WHERE strpos(d.title_norm, p) = 0 AND strpos(plain(coalesce(s.body, '')), p) = 0)
      AND NOT EXISTS (SELECT FROM unnest(marks) m
        WHERE NOT EXISTS (SELECT FROM tags g WHERE g.user_id = d.user_id AND g.user_id = me() AND g.tag_norm = m AND g.thing = d.id))
    GROUP BY d.id)
  SELECT r.kind, r.id, r.title, CASE WHEN r.list = 1 THEN 'name' ELSE 'words' END, count(*) OVER ()
  FROM ranked r ORDER BY r.is_name DESC, r.list, r.updated_at DESC, r.id DESC LIMIT $9;
END $$;

-- What is nearly called so, for words that nothing holds: each has to be like a word of the name, by three letters at a time (as pg_trgm reckons,
-- which would read everybody's). Looked at are names with a word that begins as one of them does.
CREATE FUNCTION door.find_similar(words text, kinds text[], most bigint)
  RETURNS TABLE (kind text, id uuid, title text, match text, matches bigint) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20
  SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_column
DECLARE
  terms CONSTANT text[] := ARRAY(
    SELECT t.lexeme FROM unnest(to_tsvector('simple', plain(left($1, 400)))) t WHERE length(t.lexeme) BETWEEN 3 AND 40 ORDER BY 1 LIMIT 5);
  near tsquery;
  term text;
  one tsquery;
BEGIN
  IF me() IS NULL OR my_account() IS NULL OR cardinality(terms) = 0 THEN RETURN; END IF;
  FOREACH term IN ARRAY terms LOOP
    one := (quote_literal(owner_mark(me()) || 't' || translate(left(term, 2), '\', ' ')) || ':*')::tsquery
      || (quote_literal(owner_mark(my_account()) || 't' || translate(left(term, 2), '\', ' ')) || ':*')::tsquery;
    near := CASE WHEN near IS NULL THEN one ELSE near || one END;
  END LOOP;
  RETURN QUERY
  WITH asked AS (
    SELECT t.term, ARRAY(SELECT DISTINCT substr('  ' || t.term || ' ', n, 3) FROM generate_series(1, length(t.term) + 1) n) AS grams
    FROM unnest(terms) t (term)),
  candidates AS MATERIALIZED (
    SELECT d.kind, d.id, d.title, d.title_norm, d.updated_at FROM search_documents d
    WHERE d.words @@ near AND (d.user_id = me() OR d.account_id = my_account()) AND NOT d.trashed AND d.kind = ANY ($2) LIMIT 1000),
  alike AS (
    SELECT c.id, a.term, max(s.part) AS part FROM candidates c CROSS JOIN asked a CROSS JOIN LATERAL unnest(to_tsvector('simple', c.title_norm)) w
    CROSS JOIN LATERAL (
      SELECT x.same::real / (x.all_of_it + cardinality(a.grams) - x.same) AS part FROM (
        SELECT count(*) AS all_of_it, count(*) FILTER (WHERE g.gram = ANY (a.grams)) AS same FROM (
          SELECT DISTINCT substr('  ' || w.lexeme || ' ', n, 3) AS gram FROM generate_series(1, length(w.lexeme) + 1) n) g) x) s
    GROUP BY c.id, a.term),
  ranked AS (SELECT l.id, min(l.part) AS part FROM alike l GROUP BY l.id HAVING min(l.part) >= 0.3)
  SELECT c.kind, c.id, c.title, 'similar', count(*) OVER ()
  FROM ranked r JOIN candidates c ON c.id = r.id ORDER BY r.part DESC, c.updated_at DESC, c.id DESC LIMIT $3;
END $$;
REVOKE ALL ON FUNCTION door.find_marked(text, text[], text[], text[], text[], text[], timestamptz, timestamptz, bigint),
  door.find_similar(text, text[], bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.find_marked(text, text[], text[], text[], text[], text[], timestamptz, timestamptz, bigint),
  door.find_similar(text, text[], bigint) TO heed_web;

-- All of a long list of tasks at once, which a worker goes through: what waits still, what was left and why, and what takes each step back.
CREATE TABLE task_batches (
  id          uuid        CONSTRAINT task_batches_pkey PRIMARY KEY,
  user_id     uuid        NOT NULL CONSTRAINT task_batches_user_fkey REFERENCES users ON DELETE CASCADE,
  deed        text        NOT NULL CONSTRAINT task_batches_deed
    CHECK (deed IN ('completion', 'start', 'reopening', 'deferral', 'priority', 'tag', 'archival', 'deletion')),
  value       text        NOT NULL CONSTRAINT task_batches_value CHECK (length(value) <= 40),  -- its day, priority or tag
  back        text        NOT NULL CONSTRAINT task_batches_back CHECK (length(back) BETWEEN 1 AND 200),  -- the list
  waiting     uuid[]      NOT NULL,  -- tasks, in the order in which they are changed
  total       integer     NOT NULL CONSTRAINT task_batches_total CHECK (total BETWEEN 1 AND 10000),
  missing     integer     NOT NULL DEFAULT 0,  -- were not there any more
  refused     integer     NOT NULL DEFAULT 0,  -- could not be changed
  reasons     text[]      NOT NULL DEFAULT '{}',  -- of the first of these
  undos       uuid[]      NOT NULL DEFAULT '{}',  -- what takes each step back, the last first
  undone      integer     NOT NULL DEFAULT 0,
  kept        integer     NOT NULL DEFAULT 0,  -- changed since, and left as it is
  job_id      uuid        NOT NULL,  -- what goes through it, or takes it back
  created_at  timestamptz NOT NULL,
  finished_at timestamptz,
  undo_at     timestamptz,  -- since when it is taken back
  undone_at   timestamptz,
  CONSTRAINT task_batches_undone CHECK (undone_at IS NULL OR undo_at IS NOT NULL)
);
CREATE INDEX task_batches_by_user ON task_batches (user_id);
CREATE INDEX task_batches_by_time ON task_batches (created_at);
CALL wall_user('task_batches', '{job_id,undo_at}');
GRANT UPDATE (waiting, missing, refused, reasons, undos, undone, kept, finished_at, undone_at) ON task_batches TO heed_work;
GRANT DELETE ON task_batches TO heed_work;
-- What that job writes besides what an import does.
GRANT INSERT ON undos, deletions TO heed_work;
GRANT UPDATE (undone_at) ON undos TO heed_work;
GRANT UPDATE (archived_at) ON tasks TO heed_work;
GRANT UPDATE (ended_at, updated_at) ON task_repeats TO heed_work;
GRANT EXECUTE ON FUNCTION door.drop_next_task(uuid), door.drop_tags(uuid, text[]) TO heed_work;

-- Tasks out of files of other programs and of ours: what a person is about to take in, and what was taken in before.
CREATE TABLE planner_imports (
  id           uuid        CONSTRAINT planner_imports_pkey PRIMARY KEY,
  user_id      uuid        NOT NULL CONSTRAINT planner_imports_user_fkey REFERENCES users ON DELETE CASCADE,
  kind         text        NOT NULL CONSTRAINT planner_imports_kind CHECK (kind IN ('todo.txt', 'json', 'csv', 'todoist', 'ics')),
  file_name    text        NOT NULL DEFAULT '' CONSTRAINT planner_imports_file_name CHECK (length(file_name) <= 200),
  file         bytea,  -- as it was sent, until it is taken in
  created_at   timestamptz NOT NULL,
  confirmed_at timestamptz,  -- NULL: a preview
  same         text        NOT NULL DEFAULT 'skip' CONSTRAINT planner_imports_same CHECK (same IN ('skip', 'update', 'add')),
  trash        text        NOT NULL DEFAULT 'skip' CONSTRAINT planner_imports_trash CHECK (trash IN ('skip', 'restore')),
  job_id       uuid,  -- what takes it in, or did
  finished_at  timestamptz,
  failed       boolean     NOT NULL DEFAULT false,
  undo_at      timestamptz,  -- since when it is taken back
  undone_at    timestamptz,
  kept         integer     NOT NULL DEFAULT 0,  -- tasks that stayed when it was taken back
  replaced_at  timestamptz,  -- a preview in whose place another file came
  CONSTRAINT planner_imports_file CHECK (file IS NOT NULL OR finished_at IS NOT NULL OR replaced_at IS NOT NULL OR failed),
  CONSTRAINT planner_imports_finished CHECK (finished_at IS NULL OR confirmed_at IS NOT NULL),
  CONSTRAINT planner_imports_undone CHECK (undone_at IS NULL OR undo_at IS NOT NULL),
  CONSTRAINT planner_imports_replaced CHECK (replaced_at IS NULL OR confirmed_at IS NULL),
  CONSTRAINT planner_imports_id_user UNIQUE (id, user_id)
);
CREATE INDEX planner_imports_by_user ON planner_imports (user_id, id);
CALL wall_user('planner_imports', '{file,confirmed_at,same,trash,job_id,finished_at,undo_at,undone_at,kept}');
GRANT UPDATE (file, finished_at, failed, undone_at, kept) ON planner_imports TO heed_work;
GRANT DELETE ON planner_imports TO heed_work;

-- What came of each line of a file.
CREATE TABLE planner_import_rows (
  import_id uuid    NOT NULL,
  user_id   uuid    NOT NULL,
  number    integer NOT NULL,  -- the file's n-th task, from 0; behind them what was refused
  line      integer NOT NULL,
  outcome   text    NOT NULL
    CONSTRAINT planner_import_rows_outcome CHECK (outcome IN ('new', 'same', 'known', 'updated', 'trashed', 'restored', 'refused')),
  task_id   uuid,  -- which may be gone
  -- What was left off, or why nothing was made.
  reason    text    NOT NULL DEFAULT '' CONSTRAINT planner_import_rows_reason CHECK (length(reason) <= 1000),
  CONSTRAINT planner_import_rows_pkey PRIMARY KEY (import_id, number),
  CONSTRAINT planner_import_rows_import_fkey FOREIGN KEY (import_id, user_id) REFERENCES planner_imports (id, user_id) ON DELETE CASCADE
);
CALL wall_user('planner_import_rows');
GRANT INSERT, UPDATE (reason) ON planner_import_rows TO heed_work;

-- Which entry of a file a task was made of, and how it was then: the same again makes nothing. It goes with the task.
CREATE TABLE task_sources (
  user_id   uuid   NOT NULL,
  key       text   NOT NULL CONSTRAINT task_sources_key CHECK (length(key) = 64),
  task_id   uuid   NOT NULL,
  import_id uuid   NOT NULL,  -- which may be gone
  revision  bigint NOT NULL,  -- of the task when it was made: another one, and somebody changed it
  before        jsonb,  -- how the task was before a later import changed it, with the revision that this left
  before_import uuid,
  CONSTRAINT task_sources_pkey PRIMARY KEY (user_id, key),
  CONSTRAINT task_sources_task_fkey FOREIGN KEY (task_id, user_id) REFERENCES tasks (id, user_id) ON DELETE CASCADE
);
CREATE INDEX task_sources_by_task ON task_sources (task_id, user_id);
CREATE INDEX task_sources_by_import ON task_sources (user_id, import_id);
CREATE INDEX task_sources_changed ON task_sources (user_id, before_import) WHERE before_import IS NOT NULL;
CALL wall_user('task_sources');
GRANT INSERT, UPDATE (revision, before, before_import) ON task_sources TO heed_work;

-- What the job writes. It acts for one person, whose rows it names.
GRANT INSERT ON tasks, task_repeats, task_completions, tags, entity_links, event_log TO heed_work;
GRANT UPDATE (title, notes, status, priority, impact, due, due_at, estimate, spent, deferred_until, wake_at, started_at, completed_at, parent_id,
  position, series_id, series_no, private, deleted_at, deletion_id, updated_at, version) ON tasks TO heed_work;
GRANT UPDATE (undone_at) ON task_completions TO heed_work;
GRANT UPDATE (restored_at) ON deletions TO heed_work;
GRANT EXECUTE ON FUNCTION door.drop_links(uuid[]) TO heed_work;

CREATE FUNCTION door.discard_planner_import(import uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  DELETE FROM planner_imports i WHERE i.id = $1 AND i.user_id = me() AND i.confirmed_at IS NULL AND i.replaced_at IS NULL
$$;
CREATE FUNCTION door.replace_planner_imports(at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
-- As door.replace_reminder_imports.
  UPDATE planner_imports i SET replaced_at = $1, file = NULL WHERE i.user_id = me() AND i.confirmed_at IS NULL AND i.replaced_at IS NULL;
  DELETE FROM planner_imports WHERE id IN (
    SELECT i.id FROM planner_imports i WHERE i.user_id = me() AND i.replaced_at IS NOT NULL ORDER BY i.id DESC OFFSET 10);
$$;
CREATE FUNCTION door.undo_planner_import(import uuid, most bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
-- Some of what it made: what nobody has changed since, with nothing below it, no deadline, and no link that came later. Below others are those first: ask until
-- nothing goes.
DECLARE gone bigint;
BEGIN
  WITH mine AS MATERIALIZED (
    SELECT s.task_id FROM planner_imports i JOIN task_sources s ON s.user_id = i.user_id AND s.import_id = i.id
    JOIN tasks t ON t.id = s.task_id AND t.user_id = s.user_id
    WHERE i.id = $1 AND i.user_id = me() AND i.undo_at IS NOT NULL AND t.revision = s.revision
      AND NOT EXISTS (SELECT FROM tasks c WHERE c.user_id = t.user_id AND c.parent_id = t.id)
      AND NOT EXISTS (SELECT FROM deadlines d WHERE d.user_id = t.user_id AND d.task_id = t.id)
      AND NOT EXISTS (SELECT FROM entity_links l WHERE l.user_id = t.user_id AND l.from_id = t.id AND l.created_at > i.finished_at)
      AND NOT EXISTS (SELECT FROM entity_links l WHERE l.user_id = t.user_id AND l.to_id = t.id AND l.created_at > i.finished_at)
    LIMIT $2)
  DELETE FROM tasks t USING mine m WHERE t.id = m.task_id AND t.user_id = me();
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END $$;
REVOKE ALL ON FUNCTION door.discard_planner_import(uuid), door.replace_planner_imports(timestamptz), door.undo_planner_import(uuid, bigint)
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.discard_planner_import(uuid), door.replace_planner_imports(timestamptz), door.undo_planner_import(uuid, bigint)
  TO heed_web;
GRANT EXECUTE ON FUNCTION door.undo_planner_import(uuid, bigint) TO heed_work;

-- The planner of somebody who is erased goes little by little, too.
CREATE OR REPLACE FUNCTION door.erase_person_more(person uuid, most bigint) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE account uuid;
BEGIN
  IF session_user NOT IN ('heed_work', current_user) AND person IS DISTINCT FROM me() THEN
    RAISE insufficient_privilege USING MESSAGE = 'the erasure of another person';
  END IF;
  SELECT u.account_id INTO account FROM users u WHERE u.id = person AND u.email_key = erased_key(person) FOR NO KEY UPDATE;
  IF NOT FOUND THEN RETURN false; END IF;
  DELETE FROM reminders r WHERE r.id IN (SELECT x.id FROM reminders x WHERE x.user_id = person ORDER BY x.id LIMIT most);
  IF FOUND THEN RETURN true; END IF;
  DELETE FROM habits h WHERE h.id IN (SELECT x.id FROM habits x WHERE x.user_id = person ORDER BY x.id LIMIT greatest(most / 50, 1));
  IF FOUND THEN RETURN true; END IF;
  -- What nothing stands below, so that no task takes thousands along.
  DELETE FROM tasks t WHERE t.id IN (SELECT x.id FROM tasks x WHERE x.user_id = person
    AND NOT EXISTS (SELECT FROM tasks c WHERE c.user_id = x.user_id AND c.parent_id = x.id) LIMIT most);
  IF FOUND THEN RETURN true; END IF;
  DELETE FROM deadlines d WHERE d.id IN (SELECT x.id FROM deadlines x WHERE x.user_id = person LIMIT most);
  IF FOUND THEN RETURN true; END IF;
  DELETE FROM inbox_items i WHERE i.id IN (SELECT x.id FROM inbox_items x WHERE x.user_id = person LIMIT 10 * most);
  IF FOUND THEN RETURN true; END IF;
  DELETE FROM planner_imports i WHERE i.id IN (SELECT x.id FROM planner_imports x WHERE x.user_id = person LIMIT 1);
  IF FOUND THEN RETURN true; END IF;
  DELETE FROM event_log e WHERE e.id IN (SELECT x.id FROM event_log x WHERE x.user_id = person LIMIT 10 * most);
  IF FOUND THEN RETURN true; END IF;
  DELETE FROM outbox o WHERE o.user_id = person AND o.subject NOT IN ('answer', 'invitation');
  IF EXISTS (SELECT FROM users u WHERE u.account_id = account AND u.id <> person) THEN
    DELETE FROM users u WHERE u.id = person;
    RETURN false;
  END IF;
  -- What nothing refers to goes little by little, as a desk may be large; what refers to each other, together at the end.
  DELETE FROM conversations v WHERE v.id IN (SELECT x.id FROM conversations x WHERE x.account_id = account
    AND NOT EXISTS (SELECT FROM conversations y WHERE y.merged_into = x.id) AND NOT EXISTS (SELECT FROM conversations y WHERE y.continues = x.id)
    AND NOT EXISTS (SELECT FROM conversations y WHERE y.may_belong_to = x.id) LIMIT greatest(most / 3, 1));
  IF FOUND THEN RETURN true; END IF;
  DELETE FROM customers c WHERE c.id IN (SELECT x.id FROM customers x WHERE x.account_id = account
    AND NOT EXISTS (SELECT FROM customers y WHERE y.merged_into = x.id) AND NOT EXISTS (SELECT FROM conversations v WHERE v.customer_id = x.id)
    AND NOT EXISTS (SELECT FROM messages m WHERE m.customer_id = x.id) LIMIT most);
  IF FOUND THEN RETURN true; END IF;
  DELETE FROM conversations v WHERE v.account_id = account;
  DELETE FROM customers c WHERE c.account_id = account;
  DELETE FROM outbox o WHERE o.user_id = person;
  DELETE FROM users u WHERE u.id = person;
  DELETE FROM accounts a WHERE a.id = account;
  RETURN false;
END $$;
