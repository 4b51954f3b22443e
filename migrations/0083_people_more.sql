-- When meetings of people have to be noted, and what a worker makes for them.
--
-- Only adds; numbers of people may be as long as they are read.

ALTER TABLE people DROP CONSTRAINT people_phone, ADD CONSTRAINT people_phone CHECK (length(phone) <= 60);

-- A worker that notes a meeting lets the reminder to stay in touch begin anew.
GRANT INSERT ON person_reminders TO heed_work;

-- A meeting that was none is taken out of the log, and stays out: what a worker noted it must find again, to note it no second time.
ALTER TABLE contact_log ADD COLUMN taken_out boolean NOT NULL DEFAULT false;
CREATE OR REPLACE FUNCTION door.drop_contact(entry uuid) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH gone AS (DELETE FROM contact_log c WHERE c.id = $1 AND c.user_id = me() AND c.event_id IS NULL RETURNING 1),
  aside AS (UPDATE contact_log c SET taken_out = true WHERE c.id = $1 AND c.user_id = me() AND c.event_id IS NOT NULL AND NOT c.taken_out RETURNING 1)
  SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM aside)
$$;

-- When the next event that somebody known attends ends, for each person: nobody goes through all events that ever were (RULES 9.18).
CREATE TABLE contact_rounds (
  user_id uuid        CONSTRAINT contact_rounds_pkey PRIMARY KEY CONSTRAINT contact_rounds_user_fkey REFERENCES users ON DELETE CASCADE,
  due_at  timestamptz  -- NULL: none is to come
);
CREATE INDEX contact_rounds_due ON contact_rounds (due_at) WHERE due_at IS NOT NULL;
CALL wall_user('contact_rounds');
REVOKE INSERT ON contact_rounds FROM heed_web;
GRANT UPDATE (due_at) ON contact_rounds TO heed_work;

CREATE FUNCTION note_attendance() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO contact_rounds (user_id, due_at)
  SELECT m.user_id, min(i.ends_at) FROM made m JOIN event_instances i ON i.event_id = m.to_id AND i.user_id = m.user_id
  WHERE m.to_kind = 'event' AND m.from_kind = 'person' AND m.relationship IN ('attends', 'organizes') AND NOT m.own GROUP BY m.user_id ORDER BY m.user_id
  ON CONFLICT (user_id) DO UPDATE SET due_at = least(contact_rounds.due_at, EXCLUDED.due_at)
  WHERE contact_rounds.due_at IS NULL OR contact_rounds.due_at > EXCLUDED.due_at;
  RETURN NULL;
END $$;
CREATE FUNCTION note_attended() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO contact_rounds (user_id, due_at)
  SELECT m.user_id, min(m.ends_at) FROM made m
  WHERE EXISTS (SELECT FROM entity_relationships r WHERE r.user_id = m.user_id AND r.to_id = m.event_id AND r.from_kind = 'person'
    AND r.relationship IN ('attends', 'organizes') AND NOT r.own) GROUP BY m.user_id ORDER BY m.user_id
  ON CONFLICT (user_id) DO UPDATE SET due_at = least(contact_rounds.due_at, EXCLUDED.due_at)
  WHERE contact_rounds.due_at IS NULL OR contact_rounds.due_at > EXCLUDED.due_at;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION note_attendance(), note_attended() FROM PUBLIC;
CREATE TRIGGER entity_relationships_attended AFTER INSERT ON entity_relationships REFERENCING NEW TABLE AS made FOR EACH STATEMENT
  EXECUTE FUNCTION note_attendance();
CREATE TRIGGER event_instances_attended AFTER INSERT ON event_instances REFERENCING NEW TABLE AS made FOR EACH STATEMENT
  EXECUTE FUNCTION note_attended();

-- Since when the oldest meeting has to be noted.
CREATE FUNCTION overdue.people(at timestamptz) RETURNS timestamptz LANGUAGE sql AS $$
  SELECT min(due_at) FROM contact_rounds WHERE due_at <= $1
$$;
