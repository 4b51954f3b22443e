-- Habits: what somebody wants to keep doing, and on which dates it was done. Dates are dates of the person's days (RULES 5.1), never instants.
CREATE TABLE habits (
  id             uuid          CONSTRAINT habits_pkey PRIMARY KEY,
  user_id        uuid          NOT NULL CONSTRAINT habits_user_fkey REFERENCES users ON DELETE CASCADE,
  name           text          NOT NULL CONSTRAINT habits_name CHECK (length(name) BETWEEN 1 AND 100),
  description    text          NOT NULL CONSTRAINT habits_description CHECK (octet_length(description) <= 16384),
  status         text          NOT NULL CONSTRAINT habits_status CHECK (status IN ('active', 'archived', 'deleted')),
  kind           text          NOT NULL CONSTRAINT habits_kind CHECK (kind IN ('tick', 'amount')),
  unit           text          NOT NULL CONSTRAINT habits_unit CHECK (length(unit) <= 20),
  step           bigint        NOT NULL CONSTRAINT habits_step CHECK (step BETWEEN 1 AND 1000000000),  -- thousandths, as all amounts are
  colour         smallint      NOT NULL CONSTRAINT habits_colour CHECK (colour BETWEEN 1 AND 8),
  habit_group    text          NOT NULL CONSTRAINT habits_group CHECK (length(habit_group) <= 40),
  position       integer       NOT NULL,  -- the person's own order, from 1
  preferred_time integer       CONSTRAINT habits_preferred_time CHECK (preferred_time BETWEEN 0 AND 86399),  -- seconds of the day
  created_on     date          NOT NULL,
  state          bytea,  -- its past up to `state_next`, so that its figures cost the same in ten years; NULL: all of its days are read
  state_next     date,
  year_state     bytea,  -- the same up to the month thirteen months ago, for a page that draws the last year
  year_next      date,
  deleted_at     timestamptz,
  created_at     timestamptz   NOT NULL,
  updated_at     timestamptz   NOT NULL,
  version        integer       NOT NULL DEFAULT 1,
  revision       bigint        NOT NULL DEFAULT 0,
  CONSTRAINT habits_deleted CHECK ((status = 'deleted') = (deleted_at IS NOT NULL)),
  CONSTRAINT habits_id_user UNIQUE (id, user_id)
);
CREATE INDEX habits_by_user ON habits (user_id, status, position, id);
CREATE INDEX habits_gone ON habits (deleted_at) WHERE status = 'deleted';
CREATE TRIGGER habits_revision BEFORE UPDATE ON habits FOR EACH ROW EXECUTE FUNCTION count_revision();
CALL wall_user('habits', '{name,description,status,unit,step,colour,habit_group,position,preferred_time,deleted_at,updated_at,version,kind,state,state_next,year_state,year_next}');
GRANT DELETE ON habits TO heed_work;

-- What is asked, from a date on: a change counts from its date, and earlier dates are judged by what was in force on them (RULES 5.5, 5.12).
CREATE TABLE habit_frequencies (
  habit_id  uuid     NOT NULL,
  user_id   uuid     NOT NULL,
  from_date date     NOT NULL,
  frequency text     NOT NULL CONSTRAINT habit_frequencies_frequency CHECK (frequency IN ('daily', 'specific_days', 'per_week', 'per_month')),
  days      smallint NOT NULL CONSTRAINT habit_frequencies_days CHECK (days BETWEEN 0 AND 127),  -- chosen days: 1 Monday, 2 Tuesday, 4 Wednesday …
  times     smallint NOT NULL CONSTRAINT habit_frequencies_times CHECK (times BETWEEN 0 AND 31),
  target    bigint   CONSTRAINT habit_frequencies_target CHECK (target BETWEEN 0 AND 1000000000),  -- thousandths; NULL: ticks
  direction text     NOT NULL CONSTRAINT habit_frequencies_direction CHECK (direction IN ('at_least', 'at_most')),
  period    text     NOT NULL CONSTRAINT habit_frequencies_period CHECK (period IN ('day', 'week', 'month')),
  CONSTRAINT habit_frequencies_pkey PRIMARY KEY (habit_id, from_date),
  CONSTRAINT habit_frequencies_habit_fkey FOREIGN KEY (habit_id, user_id) REFERENCES habits (id, user_id) ON DELETE CASCADE,
  CONSTRAINT habit_frequencies_asked CHECK (
    (frequency = 'specific_days') = (days > 0) AND (frequency IN ('per_week', 'per_month')) = (times > 0)
    AND (frequency <> 'per_week' OR times <= 7))
);
CALL wall_user('habit_frequencies', '{frequency,days,times,target,direction,period}');

-- What happened on a date. `note`: neither done nor skipped; what was undone stays so, with its note or with none.
CREATE TABLE habit_days (
  habit_id  uuid        NOT NULL,
  user_id   uuid        NOT NULL,
  date      date        NOT NULL,
  state     text        NOT NULL CONSTRAINT habit_days_state CHECK (state IN ('done', 'skipped', 'note')),
  amount    bigint      CONSTRAINT habit_days_amount CHECK (amount BETWEEN 0 AND 1000000000),  -- thousandths
  reason    text        CONSTRAINT habit_days_reason CHECK (reason IN ('sick', 'travel', 'rest', 'holiday', 'other')),
  notes     text        NOT NULL CONSTRAINT habit_days_notes CHECK (octet_length(notes) <= 2048),
  source    text        NOT NULL CONSTRAINT habit_days_source CHECK (source IN ('page', 'link', 'import')),
  timezone  text        NOT NULL,  -- by whose clocks the date was this one
  ticked_at timestamptz NOT NULL,
  CONSTRAINT habit_days_pkey PRIMARY KEY (habit_id, date),
  CONSTRAINT habit_days_habit_fkey FOREIGN KEY (habit_id, user_id) REFERENCES habits (id, user_id) ON DELETE CASCADE,
  CONSTRAINT habit_days_told CHECK (
    (state = 'done' OR amount IS NULL) AND (state = 'skipped' OR reason IS NULL))
);
CREATE INDEX habit_days_by_user ON habit_days (user_id, date, habit_id);
CALL wall_user('habit_days', '{state,amount,reason,notes,source,timezone,ticked_at}');

-- Dates on which nothing is asked: from the first up to, and without, the last. The time in the archive is one, too.
CREATE TABLE habit_pauses (
  id         uuid NOT NULL CONSTRAINT habit_pauses_pkey PRIMARY KEY,
  habit_id   uuid NOT NULL,
  user_id    uuid NOT NULL,
  from_date  date NOT NULL,
  until_date date,  -- NULL: until it is resumed
  kind       text NOT NULL CONSTRAINT habit_pauses_kind CHECK (kind IN ('pause', 'archive')),
  reason     text CONSTRAINT habit_pauses_reason CHECK (reason IN ('sick', 'travel', 'rest', 'holiday', 'other')),
  batch      uuid,  -- "pause everything" is one
  CONSTRAINT habit_pauses_order CHECK (until_date > from_date),
  CONSTRAINT habit_pauses_habit_fkey FOREIGN KEY (habit_id, user_id) REFERENCES habits (id, user_id) ON DELETE CASCADE
);
CREATE INDEX habit_pauses_by_habit ON habit_pauses (habit_id, from_date);
CREATE INDEX habit_pauses_by_user ON habit_pauses (user_id, until_date);
CALL wall_user('habit_pauses', '{from_date,until_date,reason,batch}');

CREATE FUNCTION door.delete_habit_pause(pause uuid) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH gone AS (DELETE FROM habit_pauses p WHERE p.id = $1 AND p.user_id = me() RETURNING 1) SELECT count(*) FROM gone
$$;
CREATE FUNCTION door.delete_habit_frequency(habit uuid, from_date date) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
-- The first one stays: something is always asked.
  WITH gone AS (
    DELETE FROM habit_frequencies f WHERE f.habit_id = $1 AND f.user_id = me() AND f.from_date = $2
      AND EXISTS (SELECT FROM habit_frequencies o WHERE o.habit_id = f.habit_id AND o.from_date < f.from_date)
    RETURNING 1)
  SELECT count(*) FROM gone
$$;
REVOKE ALL ON FUNCTION door.delete_habit_pause(uuid), door.delete_habit_frequency(uuid, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.delete_habit_pause(uuid), door.delete_habit_frequency(uuid, date) TO heed_web;

-- Where weeks begin, and dates that a zone left out, are in what is kept of the past.
CREATE FUNCTION forget_habit_states() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE habits SET state = NULL, state_next = NULL, year_state = NULL, year_next = NULL WHERE user_id = NEW.id;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION forget_habit_states() FROM PUBLIC;
CREATE TRIGGER users_habit_states AFTER UPDATE OF week_start, timezone ON users FOR EACH ROW
  WHEN ((OLD.week_start, OLD.timezone) IS DISTINCT FROM (NEW.week_start, NEW.timezone)) EXECUTE FUNCTION forget_habit_states();

-- Today and the list show them.
CALL listed('habits');
CALL listed('habit_days');
CALL listed('habit_frequencies');
CALL listed('habit_pauses');
