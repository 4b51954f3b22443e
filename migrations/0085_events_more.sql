-- What is known of the kept instances of a series, and how lists find long events; what is behind its bell.
--
-- Only adds.

-- From when until when the instances of a series are kept; NULL of what takes place once, which is kept always. By which zone data it was placed last:
-- other data place it anew (RULES 9.4, 9.24).
ALTER TABLE events ADD COLUMN kept_from timestamptz, ADD COLUMN kept_until timestamptz,
  ADD COLUMN zone_version text NOT NULL DEFAULT '' CONSTRAINT events_zone_version CHECK (length(zone_version) <= 40),
  ADD CONSTRAINT events_kept CHECK ((kept_from IS NULL) = (kept_until IS NULL) AND kept_from <= kept_until);
GRANT UPDATE (kept_from, kept_until, zone_version) ON events TO heed_web, heed_work;
-- What an import writes over an event holds all of it.
GRANT UPDATE (continues, remind_months, remind_seconds, remind_time, remind_words, profile_id, private) ON events TO heed_work;
-- What is kept of it is no change of the event itself.
DROP TRIGGER events_revision ON events;
CREATE TRIGGER events_revision BEFORE UPDATE ON events FOR EACH ROW
  WHEN ((OLD.bell_at, OLD.kept_from, OLD.kept_until, OLD.zone_version) IS NOT DISTINCT FROM (NEW.bell_at, NEW.kept_from, NEW.kept_until, NEW.zone_version))
  EXECUTE FUNCTION count_revision();
CREATE INDEX events_repeating ON events (user_id, starts_at) WHERE kept_until IS NOT NULL AND deleted_at IS NULL;
-- What is to be kept anew as time goes on, and what new zone data may have moved.
CREATE INDEX events_to_keep ON events (kept_until) WHERE deleted_at IS NULL AND coalesce(series_until, 'infinity') >= kept_until;
CREATE INDEX events_by_zones ON events (zone_version) WHERE zone <> '' AND deleted_at IS NULL;
-- What began days before a page's first day is looked for by its end.
CREATE INDEX event_instances_long ON event_instances (user_id, ends_at) WHERE ends_at - starts_at > interval '48 hours';

-- The worker keeps the instances of people for whom it acts, and makes the reminder of the next.
GRANT EXECUTE ON FUNCTION door.drop_instances(uuid[]) TO heed_work;
GRANT INSERT ON event_reminders TO heed_work;

-- Since when the oldest bell of an event has waited.
CREATE FUNCTION overdue.events(at timestamptz) RETURNS timestamptz LANGUAGE sql AS $$
  SELECT min(bell_at) FROM events WHERE bell_at IS NOT NULL AND bell_at <= $1 AND deleted_at IS NULL
$$;
