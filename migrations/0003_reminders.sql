-- Reminders, when they are due, and the ladders they climb.
CREATE TABLE profiles (
  id             uuid        CONSTRAINT profiles_pkey PRIMARY KEY,
  user_id        uuid        NOT NULL CONSTRAINT profiles_user_fkey REFERENCES users ON DELETE CASCADE,
  preset         text        CONSTRAINT profiles_preset CHECK (preset IN ('gentle', 'urgent', 'critical')),  -- NULL: one's own
  name           text        NOT NULL CONSTRAINT profiles_name_length CHECK (length(name) BETWEEN 1 AND 100),
  description    text        NOT NULL DEFAULT '' CONSTRAINT profiles_description_length CHECK (length(description) <= 1000),
  tiers          jsonb       NOT NULL,
  repeat_minutes integer     NOT NULL DEFAULT 0 CONSTRAINT profiles_repeat_minutes CHECK (repeat_minutes BETWEEN 0 AND 525600),
  repeat_limit   integer     NOT NULL DEFAULT 0 CONSTRAINT profiles_repeat_limit CHECK (repeat_limit BETWEEN 0 AND 1000),
  version        integer     NOT NULL DEFAULT 1,
  created_at     timestamptz NOT NULL,
  updated_at     timestamptz NOT NULL,
  CONSTRAINT profiles_preset_once UNIQUE (user_id, preset),
  CONSTRAINT profiles_id_user UNIQUE (id, user_id)
);

CREATE TABLE reminders (
  id            uuid        CONSTRAINT reminders_pkey PRIMARY KEY,
  user_id       uuid        NOT NULL CONSTRAINT reminders_user_fkey REFERENCES users ON DELETE CASCADE,
  profile_id    uuid        NOT NULL,
  title         text        NOT NULL CONSTRAINT reminders_title_length CHECK (length(title) BETWEEN 1 AND 200),
  description   text        NOT NULL DEFAULT '' CONSTRAINT reminders_description_length CHECK (octet_length(description) <= 16384),
  importance    text        NOT NULL CONSTRAINT reminders_importance CHECK (importance IN ('low', 'medium', 'high', 'critical')),
  status        text        NOT NULL CONSTRAINT reminders_status CHECK (status IN ('active', 'snoozed', 'completed', 'archived')),
  next_at       timestamptz,           -- the next scheduled occurrence; NULL: none to come
  last_at       timestamptz,           -- the scheduled instant of the last occurrence that fired: intervals count from it
  snoozed_until timestamptz,
  completed_at  timestamptz,
  sort_at       timestamptz NOT NULL,  -- the open occurrence, else next_at, else infinity: keyset paging breaks on NULL
  version       integer     NOT NULL DEFAULT 1,
  created_at    timestamptz NOT NULL,
  updated_at    timestamptz NOT NULL,
  CONSTRAINT reminders_snoozed CHECK ((status = 'snoozed') = (snoozed_until IS NOT NULL)),
  CONSTRAINT reminders_id_user UNIQUE (id, user_id),
  -- Both columns: a foreign key check does not see policies.
  CONSTRAINT reminders_profile_fkey FOREIGN KEY (profile_id, user_id) REFERENCES profiles (id, user_id)
);
CREATE INDEX reminders_open ON reminders (user_id, sort_at, id) WHERE status IN ('active', 'snoozed');  -- the list as it opens
CREATE INDEX reminders_by_status ON reminders (user_id, status, sort_at, id);  -- the list, filtered
CREATE INDEX reminders_due ON reminders (next_at) WHERE status = 'active';  -- the worker
CREATE INDEX reminders_waking ON reminders (snoozed_until) WHERE status = 'snoozed';  -- the worker
CREATE INDEX reminders_by_profile ON reminders (profile_id, user_id);

CREATE TABLE schedules (
  reminder_id      uuid     CONSTRAINT schedules_pkey PRIMARY KEY,
  user_id          uuid     NOT NULL,
  kind             text     NOT NULL CONSTRAINT schedules_kind CHECK (kind IN ('once', 'recurring', 'interval')),
  timezone         text     NOT NULL,
  at               timestamptz,
  cron             text     CONSTRAINT schedules_cron_length CHECK (length(cron) <= 500),
  every_minutes    integer  CONSTRAINT schedules_every_minutes CHECK (every_minutes BETWEEN 1 AND 525600),
  exclude_dates    date[]   NOT NULL DEFAULT '{}' CONSTRAINT schedules_exclude_dates CHECK (cardinality(exclude_dates) <= 400),
  exclude_weekends boolean  NOT NULL DEFAULT false,
  zone_version     text     NOT NULL DEFAULT '',  -- of the zone data that reminders.next_at was computed with
  CONSTRAINT schedules_one_kind CHECK (
    (kind = 'once') = (at IS NOT NULL) AND (kind = 'recurring') = (cron IS NOT NULL) AND (kind = 'interval') = (every_minutes IS NOT NULL)),
  CONSTRAINT schedules_reminder_fkey FOREIGN KEY (reminder_id, user_id) REFERENCES reminders (id, user_id) ON DELETE CASCADE
);

-- A snooze is a row, not two columns of reminders: the timeline shows every one, with who and why.
CREATE TABLE snoozes (
  id          uuid        CONSTRAINT snoozes_pkey PRIMARY KEY,
  user_id     uuid        NOT NULL CONSTRAINT snoozes_user_fkey REFERENCES users ON DELETE CASCADE,
  reminder_id uuid        NOT NULL,
  from_time   timestamptz NOT NULL,
  until_time  timestamptz NOT NULL,
  words       text        NOT NULL CONSTRAINT snoozes_words_length CHECK (length(words) <= 200),  -- as typed: "until next friday"
  reason      text        NOT NULL DEFAULT '' CONSTRAINT snoozes_reason_length CHECK (length(reason) <= 200),
  CONSTRAINT snoozes_forward CHECK (until_time > from_time),
  CONSTRAINT snoozes_reminder_fkey FOREIGN KEY (reminder_id, user_id) REFERENCES reminders (id, user_id) ON DELETE CASCADE
);
CREATE INDEX snoozes_by_reminder ON snoozes (user_id, reminder_id, from_time);  -- the timeline page

-- An exact count of a person's 100,000 rows costs 4.5 ms on every page; this costs a row.
CREATE TABLE reminder_counts (
  user_id   uuid    CONSTRAINT reminder_counts_pkey PRIMARY KEY CONSTRAINT reminder_counts_user_fkey REFERENCES users ON DELETE CASCADE,
  active    integer NOT NULL DEFAULT 0 CONSTRAINT reminder_counts_active CHECK (active >= 0),
  snoozed   integer NOT NULL DEFAULT 0 CONSTRAINT reminder_counts_snoozed CHECK (snoozed >= 0),
  completed integer NOT NULL DEFAULT 0 CONSTRAINT reminder_counts_completed CHECK (completed >= 0),
  archived  integer NOT NULL DEFAULT 0 CONSTRAINT reminder_counts_archived CHECK (archived >= 0)
) WITH (fillfactor = 70);

-- Kept by a trigger and not by the program, so that no path can forget it. It fires only where a status changes.
CREATE FUNCTION count_reminder() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  was  text := CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE OLD.status END;
  made text := CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE NEW.status END;
  who  uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.user_id ELSE NEW.user_id END;
BEGIN
  UPDATE reminder_counts SET
    active    = active    + coalesce((made = 'active')::int, 0)    - coalesce((was = 'active')::int, 0),
    snoozed   = snoozed   + coalesce((made = 'snoozed')::int, 0)   - coalesce((was = 'snoozed')::int, 0),
    completed = completed + coalesce((made = 'completed')::int, 0) - coalesce((was = 'completed')::int, 0),
    archived  = archived  + coalesce((made = 'archived')::int, 0)  - coalesce((was = 'archived')::int, 0)
  WHERE user_id = who;
  RETURN NULL;
END $$;
CREATE TRIGGER reminders_counted AFTER INSERT OR DELETE ON reminders FOR EACH ROW EXECUTE FUNCTION count_reminder();
CREATE TRIGGER reminders_recounted AFTER UPDATE OF status ON reminders FOR EACH ROW
  WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION count_reminder();

ALTER TABLE profiles ENABLE ROW LEVEL SECURITY;
ALTER TABLE reminders ENABLE ROW LEVEL SECURITY;
ALTER TABLE schedules ENABLE ROW LEVEL SECURITY;
ALTER TABLE snoozes ENABLE ROW LEVEL SECURITY;
ALTER TABLE reminder_counts ENABLE ROW LEVEL SECURITY;
CREATE POLICY profiles_own ON profiles TO heed_web USING (user_id = (SELECT me()));
CREATE POLICY profiles_all ON profiles TO heed_work USING (true);
CREATE POLICY reminders_own ON reminders TO heed_web USING (user_id = (SELECT me()));
CREATE POLICY reminders_all ON reminders TO heed_work USING (true);
CREATE POLICY schedules_own ON schedules TO heed_web USING (user_id = (SELECT me()));
CREATE POLICY schedules_all ON schedules TO heed_work USING (true);
CREATE POLICY snoozes_own ON snoozes TO heed_web USING (user_id = (SELECT me()));
CREATE POLICY snoozes_all ON snoozes TO heed_work USING (true);
CREATE POLICY reminder_counts_own ON reminder_counts TO heed_web USING (user_id = (SELECT me()));
CREATE POLICY reminder_counts_all ON reminder_counts TO heed_work USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON profiles, reminders, schedules, snoozes, reminder_counts TO heed_web, heed_work;
