-- Quiet hours that differ by weekday, that hold what is critical too, and "not until …" for now; how long after an acknowledgement somebody is asked again;
-- snoozes that a press takes back; and by what reminders are completed beside by hand. Columns with constant defaults and constraints that every row
-- meets, one new table, two triggers: safe while the site runs.

ALTER TABLE users
  ADD COLUMN quiet_days         smallint    NOT NULL DEFAULT 0,  -- bits, Monday the lowest: on these days other hours begin, or none
  ADD COLUMN quiet_days_from    integer,  -- second of the day
  ADD COLUMN quiet_days_until   integer,
  ADD COLUMN quiet_critical     boolean     NOT NULL DEFAULT false,  -- whether they hold what is critical, too
  ADD COLUMN quiet_paused_until timestamptz,  -- no messages until then, whatever the hours are
  ADD COLUMN quiet_paused_words text        NOT NULL DEFAULT '',  -- as it was said
  ADD COLUMN again_low          integer,  -- minutes after an acknowledgement until somebody asks again; NULL: nobody does
  ADD COLUMN again_medium       integer,
  ADD COLUMN again_high         integer,
  ADD COLUMN again_critical     integer     DEFAULT 240,
  ADD CONSTRAINT users_quiet_days CHECK (quiet_days BETWEEN 0 AND 127),
  ADD CONSTRAINT users_quiet_days_from CHECK (quiet_days_from BETWEEN 0 AND 86399),
  ADD CONSTRAINT users_quiet_days_until CHECK (quiet_days_until BETWEEN 0 AND 86399),
  ADD CONSTRAINT users_quiet_days_both CHECK ((quiet_days_from IS NULL) = (quiet_days_until IS NULL)),
  ADD CONSTRAINT users_quiet_paused_words CHECK (length(quiet_paused_words) <= 200),
  ADD CONSTRAINT users_again_low CHECK (again_low BETWEEN 1 AND 525600),
  ADD CONSTRAINT users_again_medium CHECK (again_medium BETWEEN 1 AND 525600),
  ADD CONSTRAINT users_again_high CHECK (again_high BETWEEN 1 AND 525600),
  ADD CONSTRAINT users_again_critical CHECK (again_critical BETWEEN 1 AND 525600);
GRANT UPDATE (quiet_days, quiet_days_from, quiet_days_until, quiet_critical, quiet_paused_until, quiet_paused_words, again_low, again_medium, again_high,
  again_critical) ON users TO heed_web;
GRANT SELECT (quiet_days, quiet_days_from, quiet_days_until, quiet_critical, quiet_paused_until, again_low, again_medium, again_high, again_critical)
  ON users TO heed_work;

ALTER TABLE contacts
  ADD COLUMN quiet_days       smallint NOT NULL DEFAULT 0,
  ADD COLUMN quiet_days_from  integer,
  ADD COLUMN quiet_days_until integer,
  ADD COLUMN quiet_critical   boolean  NOT NULL DEFAULT false,
  ADD CONSTRAINT contacts_quiet_days CHECK (quiet_days BETWEEN 0 AND 127),
  ADD CONSTRAINT contacts_quiet_days_from CHECK (quiet_days_from BETWEEN 0 AND 86399),
  ADD CONSTRAINT contacts_quiet_days_until CHECK (quiet_days_until BETWEEN 0 AND 86399),
  ADD CONSTRAINT contacts_quiet_days_both CHECK ((quiet_days_from IS NULL) = (quiet_days_until IS NULL));
GRANT UPDATE (quiet_days, quiet_days_from, quiet_days_until, quiet_critical) ON contacts TO heed_web;

-- Hours that were changed count at once for what they hold: it is due, and who sends it decides anew. The person's rows are locked in the order of their
-- ids, as by whoever else changes those (RULES 3.9). So are those that wait to be sent: whoever is deciding about one by the hours before may be about to
-- hold it. Not of somebody unverified, whose own row that worker waits for (door.unverified).
CREATE FUNCTION follow_quiet_hours() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  owner uuid := coalesce((to_jsonb(NEW) ->> 'user_id')::uuid, NEW.id);  -- a person's row has no such column
  is_verified CONSTANT boolean := (to_jsonb(NEW) ->> 'verified_at') IS NOT NULL;
BEGIN
  PERFORM FROM outbox WHERE user_id = owner AND (recipient_id = NEW.id OR owner = NEW.id AND recipient_kind = 'device')
    AND (state = 'held' AND reason = 'quiet' OR state = 'pending' AND is_verified) ORDER BY id FOR UPDATE;
  UPDATE outbox SET due_at = least(due_at, NEW.updated_at)
  WHERE user_id = owner AND (recipient_id = NEW.id OR owner = NEW.id AND recipient_kind = 'device') AND state = 'held' AND reason = 'quiet';
  IF FOUND THEN PERFORM pg_notify('heed_work', ''); END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION follow_quiet_hours() FROM PUBLIC;
CREATE TRIGGER users_quiet AFTER UPDATE ON users FOR EACH ROW
  WHEN ((OLD.quiet_from, OLD.quiet_until, OLD.quiet_days, OLD.quiet_days_from, OLD.quiet_days_until, OLD.quiet_critical, OLD.quiet_paused_until, OLD.timezone)
    IS DISTINCT FROM (NEW.quiet_from, NEW.quiet_until, NEW.quiet_days, NEW.quiet_days_from, NEW.quiet_days_until, NEW.quiet_critical,
      NEW.quiet_paused_until, NEW.timezone))
  EXECUTE FUNCTION follow_quiet_hours();
CREATE TRIGGER contacts_quiet AFTER UPDATE ON contacts FOR EACH ROW
  WHEN ((OLD.quiet_from, OLD.quiet_until, OLD.quiet_days, OLD.quiet_days_from, OLD.quiet_days_until, OLD.quiet_critical, OLD.timezone, OLD.deleted_at)
    IS DISTINCT FROM (NEW.quiet_from, NEW.quiet_until, NEW.quiet_days, NEW.quiet_days_from, NEW.quiet_days_until, NEW.quiet_critical, NEW.timezone,
      NEW.deleted_at))
  EXECUTE FUNCTION follow_quiet_hours();

-- Snoozes that one press made of many, with what they ended: the press is taken back as a whole.
ALTER TABLE snoozes
  ADD COLUMN press_id        uuid,  -- NULL: of one reminder, which another snooze or an answer ends
  ADD COLUMN before_until    timestamptz,  -- the end of the snooze before; NULL: there was none
  ADD COLUMN before_state    text,  -- of the escalation that it put off; NULL: nothing rang
  ADD COLUMN before_at       timestamptz,  -- what would have come next of that
  ADD COLUMN before_ended_at timestamptz;
CREATE INDEX snoozes_by_press ON snoozes (user_id, press_id) WHERE press_id IS NOT NULL;

-- By what a reminder is completed besides its person's pressing "done". No row: by nothing.
CREATE TABLE completion_criteria (
  reminder_id uuid        CONSTRAINT completion_criteria_pkey PRIMARY KEY,
  user_id     uuid        NOT NULL,
  type        text        NOT NULL CONSTRAINT completion_criteria_type CHECK (type IN ('manual', 'webhook', 'api')),
  link_number integer     NOT NULL DEFAULT 1,  -- which signed address counts: another one ends those before
  created_at  timestamptz NOT NULL,
  updated_at  timestamptz NOT NULL,
  CONSTRAINT completion_criteria_reminder_fkey FOREIGN KEY (reminder_id, user_id) REFERENCES reminders (id, user_id) ON DELETE CASCADE
);
CALL wall_user('completion_criteria', '{type,link_number,updated_at}');

-- Whose reminder a signed address completes, and only while that counts.
CREATE FUNCTION door.completion_link(reminder uuid, number integer) RETURNS TABLE (user_id uuid, account_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp ROWS 1 AS $$
  SELECT c.user_id, u.account_id FROM completion_criteria c JOIN users u ON u.id = c.user_id
  WHERE c.reminder_id = $1 AND c.type = 'webhook' AND c.link_number = $2
$$;
REVOKE ALL ON FUNCTION door.completion_link(uuid, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.completion_link(uuid, integer) TO heed_web;
