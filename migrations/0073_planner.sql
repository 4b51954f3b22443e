-- The planner: tasks with their repeats and completions, problems, wider goals, and links between all of these; tags of things, what was thrown away
-- together, and what can be taken back.
--
-- Rewrites goals, which are few, and holds writes to them while it does. Adds to the log of events without rewriting it.

-- What two titles have in common that say the same (RULES 8.6): case folded, compatibility forms and blanks made one, what cannot be seen left out but
-- the two joiners that tell words and emoji apart. Accents stay. Without settings, it is inlined.
CREATE FUNCTION normal_title(title text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN $1 !~ '[^\u0021-\u007E ]|  |^ | $' THEN pg_catalog.lower($1)
    ELSE pg_catalog.btrim(pg_catalog.regexp_replace(pg_catalog.regexp_replace(
      pg_catalog.normalize(pg_catalog.lower(pg_catalog.upper(pg_catalog.normalize($1, 'NFKC') COLLATE pg_catalog."und-x-icu")
        COLLATE pg_catalog."und-x-icu"), 'NFKC'),
      '[\u00AD\u0600-\u0605\u061C\u06DD\u070F\u0890\u0891\u08E2\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF'
      '\uFFF9-\uFFFB\U000110BD\U000110CD\U00013430-\U0001343F\U0001BCA0-\U0001BCA3\U0001D173-\U0001D17A\U000E0001\U000E0020-\U000E007F]+',
      '', 'g'), '[\u0009-\u000D\u0020\u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]+', ' ', 'g')) END
$$;
REVOKE ALL ON FUNCTION normal_title(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION normal_title(text) TO heed_web, heed_work;

-- What went into the trash by one press: a thing and what lay below it. Gone for good, it takes along what it holds.
CREATE TABLE deletions (
  id          uuid        CONSTRAINT deletions_pkey PRIMARY KEY,
  user_id     uuid        NOT NULL CONSTRAINT deletions_user_fkey REFERENCES users ON DELETE CASCADE,
  kind        text        NOT NULL CONSTRAINT deletions_kind CHECK (length(kind) BETWEEN 1 AND 40),  -- of the thing, as the register calls it
  thing       uuid        NOT NULL,
  things      integer     NOT NULL CONSTRAINT deletions_things CHECK (things >= 1),  -- with those below it
  at          timestamptz NOT NULL,
  restored_at timestamptz,
  CONSTRAINT deletions_id_user UNIQUE (id, user_id)
);
CALL wall_user('deletions', '{restored_at}');
GRANT DELETE ON deletions TO heed_work;
CREATE INDEX deletions_by_user ON deletions (user_id, at DESC, id);
CREATE INDEX deletions_by_time ON deletions (at);

-- What one press changed of several things, as it was before: for a day.
CREATE TABLE undos (
  id         uuid        CONSTRAINT undos_pkey PRIMARY KEY,
  user_id    uuid        NOT NULL CONSTRAINT undos_user_fkey REFERENCES users ON DELETE CASCADE,
  at         timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  back       text        NOT NULL CONSTRAINT undos_back CHECK (length(back) BETWEEN 1 AND 200),  -- the page that shows the result
  changes    jsonb       NOT NULL,  -- of each thing its kind, id, the revision that the press left, and what it held before
  undone_at  timestamptz
);
CALL wall_user('undos', '{undone_at}');
GRANT DELETE ON undos TO heed_work;
CREATE INDEX undos_by_time ON undos (at);

-- What repeats: the rule of a series, whose tasks are made one after the other.
CREATE TABLE task_repeats (
  series_id   uuid        CONSTRAINT task_repeats_pkey PRIMARY KEY,
  user_id     uuid        NOT NULL CONSTRAINT task_repeats_user_fkey REFERENCES users ON DELETE CASCADE,
  rule        text        NOT NULL CONSTRAINT task_repeats_rule CHECK (length(rule) BETWEEN 1 AND 2000),
  words       text        NOT NULL CONSTRAINT task_repeats_words CHECK (length(words) <= 200),  -- as typed
  repeat_from text        NOT NULL CONSTRAINT task_repeats_from CHECK (repeat_from IN ('due', 'completion')),
  first_day   date        NOT NULL,
  ended_at    timestamptz,
  created_at  timestamptz NOT NULL,
  updated_at  timestamptz NOT NULL,
  CONSTRAINT task_repeats_series_user UNIQUE (series_id, user_id)
);
CALL wall_user('task_repeats', '{rule,words,repeat_from,first_day,ended_at,updated_at}');
CREATE INDEX task_repeats_by_user ON task_repeats (user_id);

CREATE TABLE tasks (
  id             uuid        CONSTRAINT tasks_pkey PRIMARY KEY,
  user_id        uuid        NOT NULL CONSTRAINT tasks_user_fkey REFERENCES users ON DELETE CASCADE,
  title          text        NOT NULL CONSTRAINT tasks_title CHECK (length(title) BETWEEN 1 AND 200),
  title_norm     text        NOT NULL GENERATED ALWAYS AS (normal_title(title)) STORED,
  notes          text        NOT NULL DEFAULT '' CONSTRAINT tasks_notes CHECK (octet_length(notes) <= 16384),
  status         text        NOT NULL DEFAULT 'open'
    CONSTRAINT tasks_status CHECK (status IN ('open', 'in_progress', 'deferred', 'done', 'cancelled')),
  priority       smallint    CONSTRAINT tasks_priority CHECK (priority BETWEEN 1 AND 4),  -- 1 is first
  impact         smallint    CONSTRAINT tasks_impact CHECK (impact BETWEEN 1 AND 5),
  due            date,
  due_at         timestamptz,  -- where it has a time: `due` is its date in the person's zone when it was set
  estimate       integer     CONSTRAINT tasks_estimate CHECK (estimate BETWEEN 0 AND 60000),  -- minutes
  spent          integer     NOT NULL DEFAULT 0 CONSTRAINT tasks_spent CHECK (spent BETWEEN 0 AND 60000),  -- minutes
  parent_id      uuid,
  position       integer     NOT NULL DEFAULT 0 CONSTRAINT tasks_position CHECK (position >= 0),  -- among its siblings, from 1; 0 at the top
  deferred_until date,  -- NULL of a deferred one: someday
  wake_at        timestamptz,  -- the beginning of that day, of the zone of then
  open_blockers  integer     NOT NULL DEFAULT 0 CONSTRAINT tasks_open_blockers CHECK (open_blockers >= 0),  -- kept by triggers
  series_id      uuid,
  series_no      integer     CONSTRAINT tasks_series_no CHECK (series_no >= 1),
  passed_over    integer     NOT NULL DEFAULT 0 CONSTRAINT tasks_passed_over CHECK (passed_over >= 0),  -- dates of the series before this one
  private        boolean     NOT NULL DEFAULT false,
  metadata       jsonb       NOT NULL DEFAULT '{}'
    CONSTRAINT tasks_metadata CHECK (jsonb_typeof(metadata) = 'object' AND octet_length(metadata::text) <= 65536),
  started_at     timestamptz,
  completed_at   timestamptz,
  archived_at    timestamptz,
  deleted_at     timestamptz,
  deletion_id    uuid,
  created_at     timestamptz NOT NULL,
  updated_at     timestamptz NOT NULL,
  version        integer     NOT NULL DEFAULT 1,
  revision       bigint      NOT NULL DEFAULT 0,
  CONSTRAINT tasks_id_user UNIQUE (id, user_id),
  CONSTRAINT tasks_parent_fkey FOREIGN KEY (parent_id, user_id) REFERENCES tasks (id, user_id) ON DELETE CASCADE,
  CONSTRAINT tasks_series_fkey FOREIGN KEY (series_id, user_id) REFERENCES task_repeats (series_id, user_id) ON DELETE CASCADE,
  CONSTRAINT tasks_deletion_fkey FOREIGN KEY (deletion_id, user_id) REFERENCES deletions (id, user_id) ON DELETE CASCADE,
  CONSTRAINT tasks_parent_other CHECK (parent_id <> id),
  CONSTRAINT tasks_completed CHECK ((status = 'done') = (completed_at IS NOT NULL)),
  CONSTRAINT tasks_completed_after CHECK (completed_at >= created_at),
  CONSTRAINT tasks_due_time CHECK (due_at IS NULL OR due IS NOT NULL),
  CONSTRAINT tasks_deferred CHECK (status = 'deferred' OR deferred_until IS NULL),
  CONSTRAINT tasks_wakes CHECK ((deferred_until IS NULL) = (wake_at IS NULL)),
  CONSTRAINT tasks_series CHECK ((series_id IS NULL) = (series_no IS NULL)),
  CONSTRAINT tasks_deleted CHECK ((deleted_at IS NULL) = (deletion_id IS NULL))
);
CALL wall_user('tasks', '{title,notes,status,priority,impact,due,due_at,estimate,spent,parent_id,position,deferred_until,wake_at,series_id,series_no,passed_over,private,metadata,started_at,completed_at,archived_at,deleted_at,deletion_id,updated_at,version}');
-- What is counted of others, and where it stands among its siblings, is no change of the task itself.
CREATE TRIGGER tasks_revision BEFORE UPDATE ON tasks FOR EACH ROW
  WHEN (OLD.open_blockers = NEW.open_blockers AND (OLD.position = NEW.position OR OLD.parent_id IS DISTINCT FROM NEW.parent_id))
  EXECUTE FUNCTION count_revision();
-- What is to be done, in the orders of its list; the rest by its state.
CREATE INDEX tasks_by_due ON tasks (user_id, (coalesce(due, 'infinity')), (coalesce(due_at, 'infinity')), id)
  WHERE deleted_at IS NULL AND archived_at IS NULL AND status IN ('open', 'in_progress');
CREATE INDEX tasks_by_priority ON tasks (user_id, (coalesce(priority, 5)), (coalesce(due, 'infinity')), id)
  WHERE deleted_at IS NULL AND archived_at IS NULL AND status IN ('open', 'in_progress');
CREATE INDEX tasks_by_status ON tasks (user_id, status, due, id) WHERE deleted_at IS NULL;
CREATE INDEX tasks_by_name ON tasks (user_id, title_norm, id) WHERE deleted_at IS NULL;
CREATE INDEX tasks_by_update ON tasks (user_id, updated_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX tasks_by_parent ON tasks (user_id, parent_id, position) WHERE parent_id IS NOT NULL;
CREATE INDEX tasks_blocked ON tasks (user_id, (coalesce(due, 'infinity')), (coalesce(due_at, 'infinity')), id)
  WHERE open_blockers > 0 AND deleted_at IS NULL AND archived_at IS NULL;
CREATE INDEX tasks_to_wake ON tasks (wake_at) WHERE status = 'deferred' AND wake_at IS NOT NULL AND deleted_at IS NULL AND archived_at IS NULL;
CREATE INDEX tasks_by_deletion ON tasks (deletion_id) WHERE deletion_id IS NOT NULL;
CREATE UNIQUE INDEX tasks_one_open ON tasks (series_id)
  WHERE status IN ('open', 'in_progress', 'deferred') AND deleted_at IS NULL AND archived_at IS NULL;
CREATE INDEX tasks_by_series ON tasks (series_id, series_no) WHERE series_id IS NOT NULL;
CALL listed('tasks');

-- When a task was done, as often as it was: once at a time.
CREATE TABLE task_completions (
  id        uuid        CONSTRAINT task_completions_pkey PRIMARY KEY,
  user_id   uuid        NOT NULL CONSTRAINT task_completions_user_fkey REFERENCES users ON DELETE CASCADE,
  task_id   uuid        NOT NULL,
  at        timestamptz NOT NULL,
  anyway    boolean     NOT NULL,  -- while it waited for something
  undone_at timestamptz,  -- when it was open again
  CONSTRAINT task_completions_task_fkey FOREIGN KEY (task_id, user_id) REFERENCES tasks (id, user_id) ON DELETE CASCADE
);
CALL wall_user('task_completions', '{undone_at}');
CREATE UNIQUE INDEX task_completions_once ON task_completions (task_id) WHERE undone_at IS NULL;
CREATE INDEX task_completions_by_task ON task_completions (task_id, at);
CREATE INDEX task_completions_by_user ON task_completions (user_id, at);

CREATE TABLE problems (
  id          uuid        CONSTRAINT problems_pkey PRIMARY KEY,
  user_id     uuid        NOT NULL CONSTRAINT problems_user_fkey REFERENCES users ON DELETE CASCADE,
  title       text        NOT NULL CONSTRAINT problems_title CHECK (length(title) BETWEEN 1 AND 200),
  title_norm  text        NOT NULL GENERATED ALWAYS AS (normal_title(title)) STORED,
  description text        NOT NULL DEFAULT '' CONSTRAINT problems_description CHECK (octet_length(description) <= 16384),
  status      text        NOT NULL DEFAULT 'active' CONSTRAINT problems_status CHECK (status IN ('active', 'monitoring', 'resolved', 'archived')),
  severity    smallint    CONSTRAINT problems_severity CHECK (severity BETWEEN 1 AND 5),
  horizon     text        CONSTRAINT problems_horizon CHECK (horizon IN ('week', 'month', 'quarter', 'year', 'life')),
  private     boolean     NOT NULL DEFAULT false,
  resolved_at timestamptz,  -- also of one that was archived after it was resolved
  deleted_at  timestamptz,
  deletion_id uuid,
  created_at  timestamptz NOT NULL,
  updated_at  timestamptz NOT NULL,
  version     integer     NOT NULL DEFAULT 1,
  revision    bigint      NOT NULL DEFAULT 0,
  CONSTRAINT problems_id_user UNIQUE (id, user_id),
  CONSTRAINT problems_deletion_fkey FOREIGN KEY (deletion_id, user_id) REFERENCES deletions (id, user_id) ON DELETE CASCADE,
  CONSTRAINT problems_resolved CHECK (status = 'archived' OR (status = 'resolved') = (resolved_at IS NOT NULL)),
  CONSTRAINT problems_deleted CHECK ((deleted_at IS NULL) = (deletion_id IS NULL))
);
CALL wall_user('problems', '{title,description,status,severity,horizon,private,resolved_at,deleted_at,deletion_id,updated_at,version}');
CREATE TRIGGER problems_revision BEFORE UPDATE ON problems FOR EACH ROW EXECUTE FUNCTION count_revision();
CREATE INDEX problems_by_status ON problems (user_id, status, id) WHERE deleted_at IS NULL;
CREATE INDEX problems_by_name ON problems (user_id, title_norm) WHERE deleted_at IS NULL;
CREATE INDEX problems_by_deletion ON problems (deletion_id) WHERE deletion_id IS NOT NULL;

-- Goals rest, and reach as far as somebody looks. `completed` is what the planner calls done, `deadline` its target date.
ALTER TABLE goals
  ADD COLUMN title_norm text NOT NULL GENERATED ALWAYS AS (normal_title(title)) STORED,
  ADD COLUMN rests boolean NOT NULL DEFAULT false,  -- it was archived while it rested
  ADD COLUMN horizon text CONSTRAINT goals_horizon CHECK (horizon IN ('week', 'month', 'quarter', 'year', 'life')),
  ADD COLUMN private boolean NOT NULL DEFAULT false,
  ADD COLUMN deletion_id uuid,
  ADD CONSTRAINT goals_deletion_fkey FOREIGN KEY (deletion_id, user_id) REFERENCES deletions (id, user_id) ON DELETE CASCADE,
  DROP CONSTRAINT goals_status,
  ADD CONSTRAINT goals_status CHECK (status IN ('active', 'paused', 'completed', 'archived'));
GRANT UPDATE (horizon, private, deletion_id, rests) ON goals TO heed_web;
CREATE INDEX goals_by_name ON goals (user_id, title_norm) WHERE deleted_at IS NULL;
CREATE INDEX goals_by_deletion ON goals (deletion_id) WHERE deletion_id IS NOT NULL;

-- Things of the register. What is archived is found by nobody (RULES 8.9).
CALL registered('tasks', 'task', 'user_id', 'it.title', 'it.notes', 'it.deleted_at IS NOT NULL OR it.archived_at IS NOT NULL', 'it.updated_at',
  '{title,notes,deleted_at,archived_at}');
CALL registered('problems', 'problem', 'user_id', 'it.title', 'it.description', 'it.deleted_at IS NOT NULL OR it.status = ''archived''', 'it.updated_at',
  '{title,description,deleted_at,status}');

-- Links in their stored form (RULES 8.7): `A blocks B` is `B depends_on A`, `related` has the smaller id first.
CREATE TABLE entity_links (
  id         uuid        CONSTRAINT entity_links_pkey PRIMARY KEY,
  user_id    uuid        NOT NULL CONSTRAINT entity_links_user_fkey REFERENCES users ON DELETE CASCADE,
  type       text        NOT NULL CONSTRAINT entity_links_type CHECK (type IN ('depends_on', 'supports_goal', 'related', 'addresses_problem')),
  from_kind  text        NOT NULL CONSTRAINT entity_links_from_kind CHECK (from_kind IN ('task', 'goal', 'problem')),
  from_id    uuid        NOT NULL,
  to_kind    text        NOT NULL CONSTRAINT entity_links_to_kind CHECK (to_kind IN ('task', 'goal', 'problem')),
  to_id      uuid        NOT NULL,
  created_at timestamptz NOT NULL,
  CONSTRAINT entity_links_from_fkey FOREIGN KEY (from_id, user_id, from_kind) REFERENCES search_documents (id, user_id, kind) ON DELETE CASCADE,
  CONSTRAINT entity_links_to_fkey FOREIGN KEY (to_id, user_id, to_kind) REFERENCES search_documents (id, user_id, kind) ON DELETE CASCADE,
  CONSTRAINT entity_links_once UNIQUE (user_id, from_id, to_id, type),
  CONSTRAINT entity_links_other CHECK (from_id <> to_id),
  CONSTRAINT entity_links_order CHECK (type <> 'related' OR from_id < to_id),
  CONSTRAINT entity_links_ends CHECK (CASE type
    WHEN 'depends_on' THEN from_kind IN ('task', 'goal')
    WHEN 'supports_goal' THEN to_kind = 'goal'
    WHEN 'addresses_problem' THEN from_kind IN ('task', 'goal') AND to_kind = 'problem'
    ELSE true END)
);
CALL wall_user('entity_links');
CREATE INDEX entity_links_from ON entity_links (user_id, from_id, type) INCLUDE (to_id);
CREATE INDEX entity_links_to ON entity_links (user_id, to_id, type) INCLUDE (from_id);

CREATE FUNCTION door.drop_links(links uuid[]) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH gone AS (DELETE FROM entity_links l WHERE l.id = ANY ($1) AND l.user_id = me() RETURNING 1) SELECT count(*) FROM gone
$$;
REVOKE ALL ON FUNCTION door.drop_links(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.drop_links(uuid[]) TO heed_web;

-- Tags of things of whatever kind.
CREATE TABLE tags (
  user_id  uuid NOT NULL CONSTRAINT tags_user_fkey REFERENCES users ON DELETE CASCADE,
  tag_norm text NOT NULL GENERATED ALWAYS AS (normal_title(tag)) STORED,
  tag      text NOT NULL CONSTRAINT tags_tag CHECK (length(tag) BETWEEN 1 AND 40),
  thing    uuid NOT NULL,
  CONSTRAINT tags_pkey PRIMARY KEY (user_id, tag_norm, thing),
  CONSTRAINT tags_thing_fkey FOREIGN KEY (thing, user_id) REFERENCES search_documents (id, user_id) ON DELETE CASCADE
);
CALL wall_user('tags');
CREATE INDEX tags_by_thing ON tags (thing, tag_norm);
CALL listed('tags');

CREATE FUNCTION door.drop_tags(thing uuid, kept text[]) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH gone AS (DELETE FROM tags t WHERE t.thing = $1 AND t.user_id = me() AND t.tag <> ALL ($2) RETURNING 1) SELECT count(*) FROM gone
$$;
REVOKE ALL ON FUNCTION door.drop_tags(uuid, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.drop_tags(uuid, text[]) TO heed_web;

-- For how many open things a task waits (RULES 8.8, 8.19). `blocks` is whether a row of a table is in the way of what waits for it, as an expression of it.
-- Each statement counts once, however many rows it changes; where it changes nothing of that it writes nothing, or it would call itself for ever.
CREATE FUNCTION blockers_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  things uuid[];
  steps integer[];
  made CONSTANT text := CASE TG_OP WHEN 'UPDATE' THEN format('SELECT it.id, CASE WHEN %s THEN 1 ELSE 0 END AS n FROM made it UNION ALL ', TG_ARGV[0]) ELSE '' END;
BEGIN
  EXECUTE format('SELECT array_agg(w.from_id), array_agg(w.n) FROM (
      SELECT l.from_id, sum(c.n)::integer AS n FROM (
        SELECT x.id, sum(x.n) AS n FROM (%s SELECT it.id, CASE WHEN %s THEN -1 ELSE 0 END AS n FROM gone it) x GROUP BY x.id HAVING sum(x.n) <> 0) c
      JOIN entity_links l ON l.to_id = c.id AND l.type = ''depends_on'' AND l.user_id = (SELECT d.user_id FROM search_documents d WHERE d.id = c.id)
      GROUP BY l.from_id) w WHERE w.n <> 0', made, TG_ARGV[0]) INTO things, steps;
  IF things IS NULL THEN RETURN NULL; END IF;
  UPDATE tasks t SET open_blockers = t.open_blockers + s.n FROM unnest(things, steps) AS s(id, n) WHERE t.id = s.id;
  RETURN NULL;
END $$;

-- The same of links that are made and taken away. What they lead to is held meanwhile, so that whoever closes it at this moment sees them, or is seen.
CREATE FUNCTION links_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  waiting uuid[];
  blockers uuid[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(l.from_id), array_agg(l.to_id) INTO waiting, blockers FROM made l WHERE l.type = 'depends_on';
  ELSE
    SELECT array_agg(l.from_id), array_agg(l.to_id) INTO waiting, blockers FROM gone l WHERE l.type = 'depends_on';
  END IF;
  IF waiting IS NULL THEN RETURN NULL; END IF;
  PERFORM FROM tasks t WHERE t.id = ANY (blockers) ORDER BY t.id FOR SHARE;
  PERFORM FROM goals g WHERE g.id = ANY (blockers) ORDER BY g.id FOR SHARE;
  PERFORM FROM problems p WHERE p.id = ANY (blockers) ORDER BY p.id FOR SHARE;
  UPDATE tasks t SET open_blockers = t.open_blockers + CASE TG_OP WHEN 'INSERT' THEN s.n ELSE -s.n END
  FROM (
    SELECT x.id, count(*)::integer AS n FROM unnest(waiting, blockers) AS x(id, blocker)
    WHERE EXISTS (SELECT FROM tasks b WHERE b.id = x.blocker AND b.status IN ('open', 'in_progress', 'deferred') AND b.archived_at IS NULL
        AND b.deleted_at IS NULL)
      OR EXISTS (SELECT FROM goals b WHERE b.id = x.blocker AND b.status IN ('active', 'paused') AND b.deleted_at IS NULL)
      OR EXISTS (SELECT FROM problems b WHERE b.id = x.blocker AND b.status = 'active' AND b.deleted_at IS NULL)
    GROUP BY x.id) s
  WHERE t.id = s.id;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION blockers_changed(), links_changed() FROM PUBLIC;
CREATE TRIGGER entity_links_blocking_made AFTER INSERT ON entity_links REFERENCING NEW TABLE AS made FOR EACH STATEMENT
  EXECUTE FUNCTION links_changed();
CREATE TRIGGER entity_links_blocking_gone AFTER DELETE ON entity_links REFERENCING OLD TABLE AS gone FOR EACH STATEMENT
  EXECUTE FUNCTION links_changed();
-- Before `…_unregistered` by their names: the links are there still.
CREATE TRIGGER tasks_blocking_changed AFTER UPDATE ON tasks REFERENCING OLD TABLE AS gone NEW TABLE AS made FOR EACH STATEMENT
  EXECUTE FUNCTION blockers_changed('it.status IN (''open'', ''in_progress'', ''deferred'') AND it.archived_at IS NULL AND it.deleted_at IS NULL');
CREATE TRIGGER tasks_blocking_gone AFTER DELETE ON tasks REFERENCING OLD TABLE AS gone FOR EACH STATEMENT
  EXECUTE FUNCTION blockers_changed('it.status IN (''open'', ''in_progress'', ''deferred'') AND it.archived_at IS NULL AND it.deleted_at IS NULL');
CREATE TRIGGER goals_blocking_changed AFTER UPDATE ON goals REFERENCING OLD TABLE AS gone NEW TABLE AS made FOR EACH STATEMENT
  EXECUTE FUNCTION blockers_changed('it.status IN (''active'', ''paused'') AND it.deleted_at IS NULL');
CREATE TRIGGER goals_blocking_gone AFTER DELETE ON goals REFERENCING OLD TABLE AS gone FOR EACH STATEMENT
  EXECUTE FUNCTION blockers_changed('it.status IN (''active'', ''paused'') AND it.deleted_at IS NULL');
CREATE TRIGGER problems_blocking_changed AFTER UPDATE ON problems REFERENCING OLD TABLE AS gone NEW TABLE AS made FOR EACH STATEMENT
  EXECUTE FUNCTION blockers_changed('it.status = ''active'' AND it.deleted_at IS NULL');
CREATE TRIGGER problems_blocking_gone AFTER DELETE ON problems REFERENCING OLD TABLE AS gone FOR EACH STATEMENT
  EXECUTE FUNCTION blockers_changed('it.status = ''active'' AND it.deleted_at IS NULL');

-- How many tasks a person has in each state, for the navigation and the lists: counted by statement, so that an import costs a row and not thousands.
CREATE TABLE task_counts (
  user_id     uuid    CONSTRAINT task_counts_pkey PRIMARY KEY CONSTRAINT task_counts_user_fkey REFERENCES users ON DELETE CASCADE,
  open        integer NOT NULL DEFAULT 0,
  in_progress integer NOT NULL DEFAULT 0,
  deferred    integer NOT NULL DEFAULT 0,
  done        integer NOT NULL DEFAULT 0,
  cancelled   integer NOT NULL DEFAULT 0,
  archived    integer NOT NULL DEFAULT 0,
  blocked     integer NOT NULL DEFAULT 0,  -- of those that are open or in progress
  CONSTRAINT task_counts_whole CHECK (least(open, in_progress, deferred, done, cancelled, archived, blocked) >= 0)
);
ALTER TABLE task_counts ENABLE ROW LEVEL SECURITY;
CREATE POLICY task_counts_own ON task_counts FOR SELECT TO heed_web USING (user_id = (SELECT me()));
CREATE POLICY task_counts_all ON task_counts TO heed_work USING (true);
GRANT SELECT ON task_counts TO heed_web, heed_work;

CREATE FUNCTION count_tasks() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO task_counts (user_id) SELECT DISTINCT m.user_id FROM made m ON CONFLICT DO NOTHING;
  END IF;
  EXECUTE format('UPDATE task_counts c SET open = c.open + s.open, in_progress = c.in_progress + s.in_progress, deferred = c.deferred + s.deferred,
      done = c.done + s.done, cancelled = c.cancelled + s.cancelled, archived = c.archived + s.archived, blocked = c.blocked + s.blocked
    FROM (
      SELECT x.user_id, coalesce(sum(n) FILTER (WHERE state = ''open''), 0) AS open, coalesce(sum(n) FILTER (WHERE state = ''in_progress''), 0) AS in_progress,
        coalesce(sum(n) FILTER (WHERE state = ''deferred''), 0) AS deferred, coalesce(sum(n) FILTER (WHERE state = ''done''), 0) AS done,
        coalesce(sum(n) FILTER (WHERE state = ''cancelled''), 0) AS cancelled, coalesce(sum(n) FILTER (WHERE state = ''archived''), 0) AS archived,
        coalesce(sum(n) FILTER (WHERE state IN (''open'', ''in_progress'') AND x.open_blockers > 0), 0) AS blocked
      FROM (SELECT r.*, CASE WHEN r.archived_at IS NOT NULL THEN ''archived'' ELSE r.status END AS state FROM (%s) r WHERE r.deleted_at IS NULL) x
      GROUP BY x.user_id) s
    WHERE c.user_id = s.user_id AND (s.open, s.in_progress, s.deferred, s.done, s.cancelled, s.archived, s.blocked) <> (0, 0, 0, 0, 0, 0, 0)',
    concat_ws(' UNION ALL ',
      CASE WHEN TG_OP <> 'DELETE' THEN 'SELECT m.user_id, m.status, m.archived_at, m.deleted_at, m.open_blockers, 1 AS n FROM made m' END,
      CASE WHEN TG_OP <> 'INSERT' THEN 'SELECT g.user_id, g.status, g.archived_at, g.deleted_at, g.open_blockers, -1 AS n FROM gone g' END));
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION count_tasks() FROM PUBLIC;
CREATE TRIGGER tasks_counted_made AFTER INSERT ON tasks REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION count_tasks();
CREATE TRIGGER tasks_counted_changed AFTER UPDATE ON tasks REFERENCING OLD TABLE AS gone NEW TABLE AS made FOR EACH STATEMENT
  EXECUTE FUNCTION count_tasks();
CREATE TRIGGER tasks_counted_gone AFTER DELETE ON tasks REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION count_tasks();

-- Events say which request they come of and what they are about: ids, so that what is gone for good is not kept here (RULES 8.32).
ALTER TABLE event_log
  ADD COLUMN request_id text NOT NULL DEFAULT '' CONSTRAINT event_log_request CHECK (length(request_id) <= 100),
  ADD COLUMN thing_kind text CONSTRAINT event_log_thing_kind CHECK (length(thing_kind) <= 40),
  ADD COLUMN thing_id uuid,
  ADD CONSTRAINT event_log_thing CHECK ((thing_kind IS NULL) = (thing_id IS NULL));
CREATE INDEX event_log_by_thing ON event_log (user_id, thing_id, at) WHERE thing_id IS NOT NULL;

-- The worker brings back what was put off, when its day begins.
GRANT UPDATE (status, deferred_until, wake_at, updated_at) ON tasks TO heed_work;
CREATE FUNCTION overdue.tasks(at timestamptz) RETURNS timestamptz LANGUAGE sql AS $$
  SELECT min(wake_at) FROM tasks WHERE status = 'deferred' AND wake_at <= $1 AND deleted_at IS NULL AND archived_at IS NULL
$$;
