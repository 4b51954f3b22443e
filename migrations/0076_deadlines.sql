-- Deadlines: what has to be done by an instant, with what comes of it when it is not, how it was put later, and the reminder that rings for it.
--
-- Only adds. Goals that are thrown away are kept as long as all else of the planner.

CREATE TABLE deadlines (
  id            uuid        CONSTRAINT deadlines_pkey PRIMARY KEY,
  user_id       uuid        NOT NULL CONSTRAINT deadlines_user_fkey REFERENCES users ON DELETE CASCADE,
  title         text        NOT NULL CONSTRAINT deadlines_title CHECK (length(title) BETWEEN 1 AND 200),
  title_norm    text        NOT NULL GENERATED ALWAYS AS (normal_title(title)) STORED,
  description   text        NOT NULL DEFAULT '' CONSTRAINT deadlines_description CHECK (octet_length(description) <= 16384),
  type          text        NOT NULL DEFAULT 'deadline' CONSTRAINT deadlines_type CHECK (type IN ('deadline', 'milestone', 'reminder')),
  status        text        NOT NULL DEFAULT 'pending' CONSTRAINT deadlines_status CHECK (status IN ('pending', 'extended', 'missed', 'completed')),
  due_at        timestamptz NOT NULL,
  -- When its reminder rings: at an instant, or so long before; neither: not at all.
  remind_at     timestamptz,
  remind_months integer     CONSTRAINT deadlines_remind_months CHECK (remind_months BETWEEN 0 AND 120),
  remind_seconds integer    CONSTRAINT deadlines_remind_seconds CHECK (remind_seconds BETWEEN 0 AND 315360000),
  remind_time   integer     CONSTRAINT deadlines_remind_time CHECK (remind_time BETWEEN 0 AND 86399),  -- second of the day
  remind_words  text        NOT NULL DEFAULT '' CONSTRAINT deadlines_remind_words CHECK (length(remind_words) <= 200),  -- as typed
  importance    integer     NOT NULL DEFAULT 5 CONSTRAINT deadlines_importance CHECK (importance BETWEEN 1 AND 10),
  consequences  text        NOT NULL DEFAULT '' CONSTRAINT deadlines_consequences CHECK (octet_length(consequences) <= 4096),
  task_id       uuid,
  put_away      boolean     NOT NULL DEFAULT false,  -- its task is in the archive
  private       boolean     NOT NULL DEFAULT false,
  missed_at     timestamptz,  -- its own due, however late somebody noticed
  looked_at     timestamptz,  -- when its owner had seen that it was missed
  completed_at  timestamptz,
  by_task       boolean     NOT NULL DEFAULT false,  -- whether its task completed it
  settle_at     timestamptz,  -- since when its task is other than it knows
  deleted_at    timestamptz,
  deletion_id   uuid,
  created_at    timestamptz NOT NULL,
  updated_at    timestamptz NOT NULL,
  version       integer     NOT NULL DEFAULT 1,
  revision      bigint      NOT NULL DEFAULT 0,
  CONSTRAINT deadlines_id_user UNIQUE (id, user_id),
  CONSTRAINT deadlines_task_fkey FOREIGN KEY (task_id, user_id) REFERENCES tasks (id, user_id) ON DELETE CASCADE,
  CONSTRAINT deadlines_deletion_fkey FOREIGN KEY (deletion_id, user_id) REFERENCES deletions (id, user_id) ON DELETE CASCADE,
  CONSTRAINT deadlines_reminds CHECK (remind_at IS NULL OR remind_seconds IS NULL),
  CONSTRAINT deadlines_offset CHECK ((remind_months IS NULL) = (remind_seconds IS NULL) AND (remind_time IS NULL OR remind_seconds IS NOT NULL)),
  CONSTRAINT deadlines_missed CHECK (status <> 'missed' OR missed_at IS NOT NULL),
  CONSTRAINT deadlines_completed CHECK ((status = 'completed') = (completed_at IS NOT NULL)),
  CONSTRAINT deadlines_by_task CHECK (NOT by_task OR status = 'completed'),
  CONSTRAINT deadlines_deleted CHECK ((deleted_at IS NULL) = (deletion_id IS NULL))
);
CALL wall_user('deadlines', '{title,description,type,status,due_at,remind_at,remind_months,remind_seconds,remind_time,remind_words,importance,consequences,task_id,put_away,private,missed_at,looked_at,completed_at,by_task,settle_at,deleted_at,deletion_id,updated_at,version}');
-- The worker sees that one was missed, and what became of tasks that a job changed.
GRANT UPDATE (status, put_away, missed_at, looked_at, completed_at, by_task, settle_at, deleted_at, deletion_id, updated_at) ON deadlines TO heed_work;
CREATE TRIGGER deadlines_revision BEFORE UPDATE ON deadlines FOR EACH ROW EXECUTE FUNCTION count_revision();
CREATE INDEX deadlines_ahead ON deadlines (user_id, (status <> 'missed'), due_at, id)
  WHERE deleted_at IS NULL AND NOT put_away AND status <> 'completed';
CREATE INDEX deadlines_over ON deadlines (user_id, completed_at DESC, id DESC) WHERE deleted_at IS NULL AND status = 'completed';
CREATE INDEX deadlines_by_name ON deadlines (user_id, title_norm) WHERE deleted_at IS NULL;
CREATE INDEX deadlines_by_task_id ON deadlines (task_id) WHERE task_id IS NOT NULL;
CREATE INDEX deadlines_by_deletion ON deadlines (deletion_id) WHERE deletion_id IS NOT NULL;
CREATE INDEX deadlines_due ON deadlines (due_at) WHERE status IN ('pending', 'extended') AND deleted_at IS NULL AND NOT put_away;
CREATE INDEX deadlines_to_settle ON deadlines (settle_at) WHERE settle_at IS NOT NULL;
CALL listed('deadlines');
CALL registered('deadlines', 'deadline', 'user_id', 'it.title', 'it.description', 'it.deleted_at IS NOT NULL', 'it.updated_at',
  '{title,description,deleted_at}');

-- How often it was put later, and why.
CREATE TABLE deadline_extensions (
  id          uuid        CONSTRAINT deadline_extensions_pkey PRIMARY KEY,
  user_id     uuid        NOT NULL CONSTRAINT deadline_extensions_user_fkey REFERENCES users ON DELETE CASCADE,
  deadline_id uuid        NOT NULL,
  from_due    timestamptz NOT NULL,
  to_due      timestamptz NOT NULL,
  reason      text        NOT NULL DEFAULT '' CONSTRAINT deadline_extensions_reason CHECK (length(reason) <= 500),
  at          timestamptz NOT NULL,
  CONSTRAINT deadline_extensions_later CHECK (to_due > from_due),
  CONSTRAINT deadline_extensions_deadline_fkey FOREIGN KEY (deadline_id, user_id) REFERENCES deadlines (id, user_id) ON DELETE CASCADE
);
CALL wall_user('deadline_extensions');
CREATE INDEX deadline_extensions_by_deadline ON deadline_extensions (deadline_id, at);
CREATE INDEX deadline_extensions_by_user ON deadline_extensions (user_id, at);
CALL listed('deadline_extensions');

-- The reminders that ring for a deadline, the newest as it is now: gone with either.
CREATE TABLE deadline_reminders (
  reminder_id uuid CONSTRAINT deadline_reminders_pkey PRIMARY KEY,
  user_id     uuid NOT NULL CONSTRAINT deadline_reminders_user_fkey REFERENCES users ON DELETE CASCADE,
  deadline_id uuid NOT NULL,
  CONSTRAINT deadline_reminders_reminder_fkey FOREIGN KEY (reminder_id, user_id) REFERENCES reminders (id, user_id) ON DELETE CASCADE,
  CONSTRAINT deadline_reminders_deadline_fkey FOREIGN KEY (deadline_id, user_id) REFERENCES deadlines (id, user_id) ON DELETE CASCADE
);
CALL wall_user('deadline_reminders');
CREATE INDEX deadline_reminders_by_deadline ON deadline_reminders (deadline_id, reminder_id);
CREATE INDEX deadline_reminders_by_user ON deadline_reminders (user_id);
CALL listed('deadline_reminders');
-- What a job does to tasks the worker does to the reminders of their deadlines.
GRANT EXECUTE ON FUNCTION door.delete_reminder(uuid) TO heed_work;

-- Whatever closes, opens, archives, throws away or brings back tasks lets their deadlines be looked at, by whoever did it or else by a worker.
CREATE FUNCTION call_deadlines() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE deadlines d SET settle_at = m.updated_at FROM made m JOIN gone g ON g.id = m.id
  WHERE d.task_id = m.id AND d.user_id = m.user_id AND d.settle_at IS NULL
    AND ((m.status = 'done') <> (g.status = 'done') OR (m.archived_at IS NULL) <> (g.archived_at IS NULL)
      OR (m.deleted_at IS NULL) <> (g.deleted_at IS NULL));
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION call_deadlines() FROM PUBLIC;
CREATE TRIGGER tasks_deadlines AFTER UPDATE ON tasks REFERENCING OLD TABLE AS gone NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION call_deadlines();

CREATE FUNCTION overdue.deadlines(at timestamptz) RETURNS timestamptz LANGUAGE sql AS $$
  SELECT least(
    (SELECT min(due_at) FROM deadlines WHERE status IN ('pending', 'extended') AND due_at <= $1 AND deleted_at IS NULL AND NOT put_away),
    (SELECT min(settle_at) FROM deadlines WHERE settle_at IS NOT NULL AND settle_at <= $1))
$$;

-- The pages of problems and goals show what addresses and supports them.
CALL listed('problems');
CALL listed('entity_links');

-- Series of tasks go on: what comes after an instance is taken away again when that is reopened, unless somebody has touched it.
CREATE FUNCTION door.drop_next_task(task uuid) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH RECURSIVE tree (id, revision, created_at) AS (
    SELECT t.id, t.revision, t.created_at FROM tasks t WHERE t.id = $1 AND t.user_id = me() AND t.series_no > 1
    UNION ALL
    SELECT c.id, c.revision, c.created_at FROM tree w JOIN tasks c ON c.parent_id = w.id AND c.user_id = me()),
  gone AS (
    DELETE FROM tasks t WHERE t.id = $1 AND t.user_id = me()
      AND (SELECT bool_and(w.revision = 0 AND w.created_at = t.created_at) FROM tree w)
      AND NOT EXISTS (
        SELECT FROM tree w JOIN entity_links l ON l.user_id = me() AND (l.from_id = w.id OR l.to_id = w.id)
        WHERE l.type IN ('depends_on', 'related') OR l.created_at <> w.created_at)
      AND NOT EXISTS (SELECT FROM tree w JOIN deadlines d ON d.task_id = w.id AND d.user_id = me())
    RETURNING 1)
  SELECT count(*) FROM gone
$$;
REVOKE ALL ON FUNCTION door.drop_next_task(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.drop_next_task(uuid) TO heed_web;
