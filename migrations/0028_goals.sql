-- Goals: what somebody wants to reach, step by step (RULES 5.9). How far one is, is counted from its steps whenever it is shown: nothing is cached
-- that could drift. The planner is to widen this table.
CREATE TABLE goals (
  id           uuid        CONSTRAINT goals_pkey PRIMARY KEY,
  user_id      uuid        NOT NULL CONSTRAINT goals_user_fkey REFERENCES users ON DELETE CASCADE,
  title        text        NOT NULL CONSTRAINT goals_title CHECK (length(title) BETWEEN 1 AND 200),
  description  text        NOT NULL CONSTRAINT goals_description CHECK (octet_length(description) <= 16384),
  category     text        NOT NULL CONSTRAINT goals_category
    CHECK (category IN ('career', 'health', 'education', 'personal', 'finance', 'other')),
  deadline     date,  -- the last of the person's days on which it is in time
  status       text        NOT NULL CONSTRAINT goals_status CHECK (status IN ('active', 'completed', 'archived')),
  completed_at timestamptz,  -- stays in the archive
  deleted_at   timestamptz,  -- comes back as it was, as long as it is kept
  created_at   timestamptz NOT NULL,
  updated_at   timestamptz NOT NULL,
  version      integer     NOT NULL DEFAULT 1,
  revision     bigint      NOT NULL DEFAULT 0,
  CONSTRAINT goals_completed CHECK (status = 'archived' OR (status = 'completed') = (completed_at IS NOT NULL)),
  CONSTRAINT goals_id_user UNIQUE (id, user_id)
);
CREATE INDEX goals_by_user ON goals (user_id, status, deadline, id) WHERE deleted_at IS NULL;
CREATE INDEX goals_gone ON goals (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE TRIGGER goals_revision BEFORE UPDATE ON goals FOR EACH ROW EXECUTE FUNCTION count_revision();
CALL wall_user('goals', '{title,description,category,deadline,status,completed_at,deleted_at,updated_at,version}');
GRANT DELETE ON goals TO heed_work;

-- The steps of a goal, in its owner's order: from 1, without gaps. Whoever changes them has locked the goal's row.
CREATE TABLE goal_subtasks (
  id               uuid        CONSTRAINT goal_subtasks_pkey PRIMARY KEY,
  goal_id          uuid        NOT NULL,
  user_id          uuid        NOT NULL,
  position         integer     NOT NULL CONSTRAINT goal_subtasks_position CHECK (position >= 1),
  title            text        NOT NULL CONSTRAINT goal_subtasks_title CHECK (length(title) BETWEEN 1 AND 200),
  description      text        NOT NULL CONSTRAINT goal_subtasks_description CHECK (octet_length(description) <= 4096),
  success_criteria text        NOT NULL CONSTRAINT goal_subtasks_success_criteria CHECK (octet_length(success_criteria) <= 2048),
  estimated_days   integer     CONSTRAINT goal_subtasks_estimated_days CHECK (estimated_days BETWEEN 1 AND 3650),
  status           text        NOT NULL CONSTRAINT goal_subtasks_status CHECK (status IN ('pending', 'in_progress', 'completed')),
  completed_at     timestamptz,
  deleted_at       timestamptz,  -- its position is then where it was
  created_at       timestamptz NOT NULL,
  updated_at       timestamptz NOT NULL,
  version          integer     NOT NULL DEFAULT 1,
  revision         bigint      NOT NULL DEFAULT 0,
  CONSTRAINT goal_subtasks_completed CHECK ((status = 'completed') = (completed_at IS NOT NULL)),
  CONSTRAINT goal_subtasks_order EXCLUDE USING btree (goal_id WITH =, position WITH =) WHERE (deleted_at IS NULL) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT goal_subtasks_goal_fkey FOREIGN KEY (goal_id, user_id) REFERENCES goals (id, user_id) ON DELETE CASCADE
);
CREATE INDEX goal_subtasks_by_user ON goal_subtasks (user_id, completed_at) WHERE deleted_at IS NULL;  -- what moved in a week
CREATE INDEX goal_subtasks_gone ON goal_subtasks (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE TRIGGER goal_subtasks_revision BEFORE UPDATE ON goal_subtasks FOR EACH ROW EXECUTE FUNCTION count_revision();
CALL wall_user('goal_subtasks',
  '{position,title,description,success_criteria,estimated_days,status,completed_at,deleted_at,updated_at,version}');
GRANT DELETE ON goal_subtasks TO heed_work;

-- Which habits serve which goals.
CREATE TABLE habit_goals (
  habit_id uuid NOT NULL,
  goal_id  uuid NOT NULL,
  user_id  uuid NOT NULL,
  CONSTRAINT habit_goals_pkey PRIMARY KEY (habit_id, goal_id),
  CONSTRAINT habit_goals_habit_fkey FOREIGN KEY (habit_id, user_id) REFERENCES habits (id, user_id) ON DELETE CASCADE,
  CONSTRAINT habit_goals_goal_fkey FOREIGN KEY (goal_id, user_id) REFERENCES goals (id, user_id) ON DELETE CASCADE
);
CREATE INDEX habit_goals_by_goal ON habit_goals (goal_id, habit_id);
CALL wall_user('habit_goals');
CREATE FUNCTION door.drop_habit_goals(habit uuid, kept uuid[]) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH gone AS (DELETE FROM habit_goals g WHERE g.habit_id = $1 AND g.user_id = me() AND g.goal_id <> ALL ($2) RETURNING 1) SELECT count(*) FROM gone
$$;
REVOKE ALL ON FUNCTION door.drop_habit_goals(uuid, uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.drop_habit_goals(uuid, uuid[]) TO heed_web;

-- The list of goals shows them.
CALL listed('goals');
CALL listed('goal_subtasks');

-- The weekly mail (RULES 5.24): for everybody who has had a habit, when to look whether a week has ended.
CREATE TABLE weekly_reviews (
  user_id     uuid        CONSTRAINT weekly_reviews_pkey PRIMARY KEY CONSTRAINT weekly_reviews_user_fkey REFERENCES users ON DELETE CASCADE,
  weekly_mail boolean     NOT NULL DEFAULT true,
  due_at      timestamptz NOT NULL
);
CREATE INDEX weekly_reviews_due ON weekly_reviews (due_at);
CALL wall_user('weekly_reviews', '{weekly_mail}');
GRANT UPDATE ON weekly_reviews TO heed_work;

-- One for each person and week, whatever becomes of it: what decides between two workers, and what a message of the outbox is about.
CREATE TABLE weekly_mails (
  id         uuid        CONSTRAINT weekly_mails_pkey PRIMARY KEY,
  user_id    uuid        NOT NULL CONSTRAINT weekly_mails_user_fkey REFERENCES users ON DELETE CASCADE,
  week       text        NOT NULL,  -- as its address says: 2027-W01
  expires_at timestamptz NOT NULL,  -- it is told on the first day of the next week, or not at all
  created_at timestamptz NOT NULL,
  CONSTRAINT weekly_mails_once UNIQUE (user_id, week)
);
CREATE INDEX weekly_mails_by_age ON weekly_mails (created_at);
CALL wall_user('weekly_mails');
GRANT INSERT, DELETE ON weekly_mails TO heed_work;
CREATE TRIGGER weekly_mails_gone AFTER DELETE ON weekly_mails REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION forget_messages();

-- The constraint is wider than the one before; the table is read once to see it.
ALTER TABLE outbox DROP CONSTRAINT outbox_subject,
  ADD CONSTRAINT outbox_subject CHECK (subject IN ('escalation', 'account', 'test', 'week'));

-- Whoever has a first habit, however it came, gets a row that is due: the worker finds out when.
CREATE FUNCTION begin_weekly_review() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO weekly_reviews (user_id, due_at) SELECT user_id, min(created_at) FROM made GROUP BY user_id ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION begin_weekly_review() FROM PUBLIC;
CREATE TRIGGER habits_review AFTER INSERT ON habits REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION begin_weekly_review();
INSERT INTO weekly_reviews (user_id, due_at) SELECT user_id, max(created_at) FROM habits GROUP BY user_id;

-- Another zone, week or hour: looked at afresh.
CREATE FUNCTION move_weekly_review() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE weekly_reviews SET due_at = least(due_at, NEW.updated_at) WHERE user_id = NEW.id;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION move_weekly_review() FROM PUBLIC;
CREATE TRIGGER users_review AFTER UPDATE OF timezone, week_start, default_time ON users FOR EACH ROW
  WHEN ((OLD.timezone, OLD.week_start, OLD.default_time) IS DISTINCT FROM (NEW.timezone, NEW.week_start, NEW.default_time))
  EXECUTE FUNCTION move_weekly_review();

CREATE FUNCTION overdue.weeks(at timestamptz) RETURNS timestamptz LANGUAGE sql AS $$
  SELECT least(
    (SELECT min(due_at) FROM weekly_reviews WHERE due_at <= $1),
    (SELECT min(due_at) FROM outbox WHERE subject = 'week' AND state IN ('pending', 'held') AND due_at <= $1))
$$;
