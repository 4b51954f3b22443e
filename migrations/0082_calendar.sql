-- Events: what takes place at a time, once or again and again, by the clock on a wall; what was changed of single ones, and which there are around now.
--
-- Only adds; deadlines gain the event they belong to, without being rewritten.

CREATE TABLE events (
  id            uuid        CONSTRAINT events_pkey PRIMARY KEY,
  user_id       uuid        NOT NULL CONSTRAINT events_user_fkey REFERENCES users ON DELETE CASCADE,
  title         text        NOT NULL CONSTRAINT events_title CHECK (length(title) BETWEEN 1 AND 200),
  title_norm    text        NOT NULL GENERATED ALWAYS AS (normal_title(title)) STORED,
  description   text        NOT NULL DEFAULT '' CONSTRAINT events_description CHECK (octet_length(description) <= 16384),
  type          text        NOT NULL DEFAULT 'meeting' CONSTRAINT events_type CHECK (type IN ('meeting', 'call', 'travel', 'deadline')),
  status        text        NOT NULL DEFAULT 'confirmed' CONSTRAINT events_status CHECK (status IN ('tentative', 'confirmed', 'cancelled')),
  visibility    text        NOT NULL DEFAULT 'private' CONSTRAINT events_visibility CHECK (visibility IN ('private', 'public')),
  busy          boolean     NOT NULL DEFAULT true,
  importance    integer     NOT NULL DEFAULT 5 CONSTRAINT events_importance CHECK (importance BETWEEN 1 AND 10),
  -- Of a series its first: by the clock of its zone (RULES 9.19). Of an all-day one dates at 00:00, the last one inclusive.
  all_day       boolean     NOT NULL DEFAULT false,
  starts        timestamp   NOT NULL,
  ends          timestamp,  -- NULL: a point in time
  zone          text        NOT NULL DEFAULT '' CONSTRAINT events_zone CHECK (length(zone) <= 100),  -- '' of all-day ones
  ends_zone     text        NOT NULL DEFAULT '' CONSTRAINT events_ends_zone CHECK (length(ends_zone) <= 100),  -- '': the same
  starts_at     timestamptz NOT NULL,  -- where these are placed by the zone data of now; of all-day ones as if in UTC
  ends_at       timestamptz NOT NULL,
  rule          text        NOT NULL DEFAULT '' CONSTRAINT events_rule CHECK (length(rule) <= 2000),  -- RRULE; '': once
  rule_words    text        NOT NULL DEFAULT '' CONSTRAINT events_rule_words CHECK (length(rule_words) <= 200),  -- as typed
  counts_start  boolean     NOT NULL DEFAULT false,  -- the first is an instance whatever the rule says (of a file: RULES 9.21)
  rdates        text[]      NOT NULL DEFAULT '{}' CONSTRAINT events_rdates CHECK (cardinality(rdates) <= 5000),
  exdates       text[]      NOT NULL DEFAULT '{}' CONSTRAINT events_exdates CHECK (cardinality(exdates) <= 5000),
  series_until  timestamptz,  -- of a series when its last ends; NULL: it has no end, or is none
  continues     uuid,  -- the series that this one was cut off from
  location      text        NOT NULL DEFAULT '' CONSTRAINT events_location CHECK (length(location) <= 300),
  place_id      uuid,
  virtual_url   text        NOT NULL DEFAULT '' CONSTRAINT events_virtual_url CHECK (length(virtual_url) <= 2000),
  -- So long before each instance a reminder rings.
  remind_months integer     CONSTRAINT events_remind_months CHECK (remind_months BETWEEN 0 AND 120),
  remind_seconds integer    CONSTRAINT events_remind_seconds CHECK (remind_seconds BETWEEN 0 AND 315360000),
  remind_time   integer     CONSTRAINT events_remind_time CHECK (remind_time BETWEEN 0 AND 86399),
  remind_words  text        NOT NULL DEFAULT '' CONSTRAINT events_remind_words CHECK (length(remind_words) <= 200),  -- as typed
  profile_id    uuid,  -- NULL: by importance
  bell_at       timestamptz,  -- when its next reminder has to be looked at; NULL: never
  uid           text        NOT NULL DEFAULT '' CONSTRAINT events_uid CHECK (length(uid) <= 500),  -- as other calendars know it; '': its id
  sequence      integer     NOT NULL DEFAULT 0 CONSTRAINT events_sequence CHECK (sequence >= 0),
  cancelled_at  timestamptz,  -- since when it is cancelled: the feed says so for 60 days
  private       boolean     NOT NULL DEFAULT false,
  metadata      jsonb       NOT NULL DEFAULT '{}'
    CONSTRAINT events_metadata CHECK (jsonb_typeof(metadata) = 'object' AND octet_length(metadata::text) <= 65536),
  source        text        NOT NULL DEFAULT 'manual' CONSTRAINT events_source CHECK (length(source) BETWEEN 1 AND 100),
  deleted_at    timestamptz,
  deletion_id   uuid,
  created_at    timestamptz NOT NULL,
  updated_at    timestamptz NOT NULL,
  version       integer     NOT NULL DEFAULT 1,
  revision      bigint      NOT NULL DEFAULT 0,
  CONSTRAINT events_id_user UNIQUE (id, user_id),
  CONSTRAINT events_place_fkey FOREIGN KEY (place_id, user_id) REFERENCES places (id, user_id) ON DELETE SET NULL (place_id),
  CONSTRAINT events_profile_fkey FOREIGN KEY (profile_id, user_id) REFERENCES profiles (id, user_id) ON DELETE SET NULL (profile_id),
  CONSTRAINT events_continues_fkey FOREIGN KEY (continues, user_id) REFERENCES events (id, user_id) ON DELETE SET NULL (continues),
  CONSTRAINT events_deletion_fkey FOREIGN KEY (deletion_id, user_id) REFERENCES deletions (id, user_id) ON DELETE CASCADE,
  CONSTRAINT events_all_day CHECK (NOT all_day OR (ends IS NOT NULL AND starts = date_trunc('day', starts) AND ends = date_trunc('day', ends))),
  CONSTRAINT events_zoned CHECK (all_day = (zone = '')),
  CONSTRAINT events_span CHECK (ends_at >= starts_at),
  CONSTRAINT events_offset CHECK ((remind_months IS NULL) = (remind_seconds IS NULL) AND (remind_time IS NULL OR remind_seconds IS NOT NULL)),
  CONSTRAINT events_cancelled CHECK ((status = 'cancelled') = (cancelled_at IS NOT NULL)),
  CONSTRAINT events_deleted CHECK ((deleted_at IS NULL) = (deletion_id IS NULL))
);
CALL wall_user('events', '{title,description,type,status,visibility,busy,importance,all_day,starts,ends,zone,ends_zone,starts_at,ends_at,rule,rule_words,counts_start,rdates,exdates,series_until,continues,location,place_id,virtual_url,remind_months,remind_seconds,remind_time,remind_words,profile_id,bell_at,uid,sequence,cancelled_at,private,metadata,deleted_at,deletion_id,updated_at,version}');
-- The worker places series anew, rings for the next of them, and takes in files.
GRANT INSERT, UPDATE (title, description, type, status, visibility, busy, importance, all_day, starts, ends, zone, ends_zone, starts_at, ends_at, rule,
  rule_words, counts_start, rdates, exdates, series_until, location, place_id, virtual_url, bell_at, uid, sequence, cancelled_at, metadata, deleted_at,
  deletion_id, updated_at, version) ON events TO heed_work;
-- When its bell is looked at again is no change of the event itself.
CREATE TRIGGER events_revision BEFORE UPDATE ON events FOR EACH ROW WHEN (OLD.bell_at IS NOT DISTINCT FROM NEW.bell_at) EXECUTE FUNCTION count_revision();
CREATE INDEX events_by_start ON events (user_id, starts_at, id) WHERE deleted_at IS NULL;
CREATE INDEX events_series ON events (user_id, (coalesce(series_until, 'infinity')), starts_at) WHERE rule <> '' AND deleted_at IS NULL;
CREATE INDEX events_by_name ON events (user_id, title_norm, id) WHERE deleted_at IS NULL;
CREATE INDEX events_by_uid ON events (user_id, uid) WHERE uid <> '';
CREATE INDEX events_by_place ON events (place_id, user_id) WHERE place_id IS NOT NULL;
CREATE INDEX events_by_profile ON events (profile_id, user_id) WHERE profile_id IS NOT NULL;
CREATE INDEX events_by_continued ON events (continues, user_id) WHERE continues IS NOT NULL;
CREATE INDEX events_by_deletion ON events (deletion_id) WHERE deletion_id IS NOT NULL;
CREATE INDEX events_bells ON events (bell_at) WHERE bell_at IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX events_by_update ON events (user_id, updated_at DESC, id DESC) WHERE deleted_at IS NULL;
CALL listed('events');
CALL registered('events', 'event', 'user_id', 'it.title', 'concat_ws('' '', it.location, it.description)', 'it.deleted_at IS NOT NULL', 'it.updated_at',
  '{title,location,description,deleted_at}');

-- Single instances of a series that were changed: what is NULL is as in the series. `instance` is the wall-clock start that the rule gives, or would.
CREATE TABLE event_overrides (
  event_id    uuid      NOT NULL,
  user_id     uuid      NOT NULL CONSTRAINT event_overrides_user_fkey REFERENCES users ON DELETE CASCADE,
  instance    timestamp NOT NULL,
  all_day     boolean,
  starts      timestamp,
  ends        timestamp,
  is_point    boolean   NOT NULL DEFAULT false,  -- moved, and has no end
  zone        text      CONSTRAINT event_overrides_zone CHECK (length(zone) <= 100),
  ends_zone   text      CONSTRAINT event_overrides_ends_zone CHECK (length(ends_zone) <= 100),
  title       text      CONSTRAINT event_overrides_title CHECK (length(title) BETWEEN 1 AND 200),
  description text      CONSTRAINT event_overrides_description CHECK (octet_length(description) <= 16384),
  type        text      CONSTRAINT event_overrides_type CHECK (type IN ('meeting', 'call', 'travel', 'deadline')),
  status      text      CONSTRAINT event_overrides_status CHECK (status IN ('tentative', 'confirmed', 'cancelled')),
  visibility  text      CONSTRAINT event_overrides_visibility CHECK (visibility IN ('private', 'public')),
  busy        boolean,
  importance  integer   CONSTRAINT event_overrides_importance CHECK (importance BETWEEN 1 AND 10),
  location    text      CONSTRAINT event_overrides_location CHECK (length(location) <= 300),
  place_id    uuid,
  virtual_url text      CONSTRAINT event_overrides_virtual_url CHECK (length(virtual_url) <= 2000),
  created_at  timestamptz NOT NULL,
  updated_at  timestamptz NOT NULL,
  CONSTRAINT event_overrides_pkey PRIMARY KEY (event_id, instance),
  CONSTRAINT event_overrides_event_fkey FOREIGN KEY (event_id, user_id) REFERENCES events (id, user_id) ON DELETE CASCADE,
  CONSTRAINT event_overrides_place_fkey FOREIGN KEY (place_id, user_id) REFERENCES places (id, user_id) ON DELETE SET NULL (place_id),
  CONSTRAINT event_overrides_moved CHECK (ends IS NULL OR starts IS NOT NULL)
);
CALL wall_user('event_overrides', '{instance,all_day,starts,ends,is_point,zone,ends_zone,title,description,type,status,visibility,busy,importance,location,place_id,virtual_url,updated_at}');
GRANT INSERT, UPDATE ON event_overrides TO heed_work;
CREATE INDEX event_overrides_by_user ON event_overrides (user_id);
CREATE INDEX event_overrides_by_place ON event_overrides (place_id, user_id) WHERE place_id IS NOT NULL;
CALL listed('event_overrides');

-- Which instances there are from 400 days ago to 800 ahead, at most 3,000 of a series (RULES 9.24), for lists; single events have one each. All-day ones
-- stand as if in UTC, whoever looks.
CREATE TABLE event_instances (
  event_id  uuid        NOT NULL,
  user_id   uuid        NOT NULL CONSTRAINT event_instances_user_fkey REFERENCES users ON DELETE CASCADE,
  instance  timestamp   NOT NULL,
  all_day   boolean     NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at   timestamptz NOT NULL,
  CONSTRAINT event_instances_pkey PRIMARY KEY (event_id, instance),
  CONSTRAINT event_instances_event_fkey FOREIGN KEY (event_id, user_id) REFERENCES events (id, user_id) ON DELETE CASCADE,
  CONSTRAINT event_instances_span CHECK (ends_at >= starts_at)
);
CALL wall_user('event_instances');
GRANT INSERT, DELETE ON event_instances TO heed_work;
CREATE INDEX event_instances_by_start ON event_instances (user_id, starts_at, event_id);
CREATE INDEX event_instances_by_end ON event_instances (user_id, ends_at);

-- Who is asked to an event as other calendars say it; those among them whom the person knows are related to it besides.
CREATE TABLE event_guests (
  event_id uuid    NOT NULL,
  user_id  uuid    NOT NULL CONSTRAINT event_guests_user_fkey REFERENCES users ON DELETE CASCADE,
  position integer NOT NULL CONSTRAINT event_guests_position CHECK (position BETWEEN 0 AND 199),
  address  text    NOT NULL DEFAULT '' CONSTRAINT event_guests_address CHECK (length(address) <= 254),
  name     text    NOT NULL DEFAULT '' CONSTRAINT event_guests_name CHECK (length(name) <= 200),
  role     text    NOT NULL DEFAULT 'guest' CONSTRAINT event_guests_role CHECK (role IN ('organizer', 'guest', 'optional')),
  answer   text    NOT NULL DEFAULT 'none' CONSTRAINT event_guests_answer CHECK (answer IN ('none', 'accepted', 'tentative', 'declined')),
  CONSTRAINT event_guests_pkey PRIMARY KEY (event_id, position),
  CONSTRAINT event_guests_event_fkey FOREIGN KEY (event_id, user_id) REFERENCES events (id, user_id) ON DELETE CASCADE
);
CALL wall_user('event_guests');
GRANT INSERT, DELETE ON event_guests TO heed_work;
CREATE INDEX event_guests_by_user ON event_guests (user_id);

-- The reminder of an event's next instance: gone with either.
CREATE TABLE event_reminders (
  reminder_id uuid      CONSTRAINT event_reminders_pkey PRIMARY KEY,
  user_id     uuid      NOT NULL CONSTRAINT event_reminders_user_fkey REFERENCES users ON DELETE CASCADE,
  event_id    uuid      NOT NULL,
  instance    timestamp NOT NULL,
  CONSTRAINT event_reminders_reminder_fkey FOREIGN KEY (reminder_id, user_id) REFERENCES reminders (id, user_id) ON DELETE CASCADE,
  CONSTRAINT event_reminders_event_fkey FOREIGN KEY (event_id, user_id) REFERENCES events (id, user_id) ON DELETE CASCADE
);
CALL wall_user('event_reminders');
CREATE INDEX event_reminders_by_event ON event_reminders (event_id, reminder_id);
CREATE INDEX event_reminders_by_user ON event_reminders (user_id);

-- Deadlines that belong to an event.
ALTER TABLE deadlines ADD COLUMN event_id uuid,
  ADD CONSTRAINT deadlines_event_fkey FOREIGN KEY (event_id, user_id) REFERENCES events (id, user_id) ON DELETE SET NULL (event_id);
GRANT UPDATE (event_id) ON deadlines TO heed_web;
CREATE INDEX deadlines_by_event ON deadlines (event_id, user_id) WHERE event_id IS NOT NULL;

CREATE FUNCTION door.drop_instances(events uuid[]) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH gone AS (DELETE FROM event_instances i WHERE i.event_id = ANY ($1) AND i.user_id = me() RETURNING 1) SELECT count(*) FROM gone
$$;
CREATE FUNCTION door.drop_overrides(event uuid, instances timestamp[]) RETURNS bigint LANGUAGE sql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
  WITH gone AS (DELETE FROM event_overrides o WHERE o.event_id = $1 AND o.user_id = me() AND o.instance = ANY ($2) RETURNING 1) SELECT count(*) FROM gone
$$;
CREATE FUNCTION door.drop_guests(event uuid) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH gone AS (DELETE FROM event_guests g WHERE g.event_id = $1 AND g.user_id = me() RETURNING 1) SELECT count(*) FROM gone
$$;
CREATE FUNCTION door.purge_event(event uuid) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH gone AS (DELETE FROM events e WHERE e.id = $1 AND e.user_id = me() AND e.deleted_at IS NOT NULL RETURNING e.deletion_id)
  SELECT count(*) FROM gone
$$;
REVOKE ALL ON FUNCTION door.drop_instances(uuid[]), door.drop_overrides(uuid, timestamp[]), door.drop_guests(uuid), door.purge_event(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.drop_instances(uuid[]), door.drop_overrides(uuid, timestamp[]), door.drop_guests(uuid), door.purge_event(uuid) TO heed_web;
GRANT EXECUTE ON FUNCTION door.drop_overrides(uuid, timestamp[]), door.drop_guests(uuid) TO heed_work;

-- How a thing of the register stands, and its text, with these kinds besides (0078).
CREATE OR REPLACE FUNCTION thing_state(kind text, thing uuid) RETURNS TABLE (states text[], body text) LANGUAGE sql STABLE ROWS 1
  SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT ARRAY[t.status] || CASE WHEN t.open_blockers > 0 AND t.status IN ('open', 'in_progress') THEN ARRAY['blocked'] ELSE '{}'::text[] END,
      t.notes FROM tasks t WHERE $1 = 'task' AND t.id = $2
  UNION ALL SELECT ARRAY[g.status], g.description FROM goals g WHERE $1 = 'goal' AND g.id = $2
  UNION ALL SELECT ARRAY[p.status], p.description FROM problems p WHERE $1 = 'problem' AND p.id = $2
  UNION ALL SELECT ARRAY[l.status], l.description FROM deadlines l WHERE $1 = 'deadline' AND l.id = $2
  UNION ALL SELECT ARRAY[p.type], concat_ws(' ', p.addresses, p.company, p.title, p.notes) FROM people p WHERE $1 = 'person' AND p.id = $2
  UNION ALL SELECT ARRAY[p.type], concat_ws(' ', p.address, p.city, p.state, p.country, p.notes) FROM places p WHERE $1 = 'place' AND p.id = $2
  UNION ALL SELECT ARRAY[e.status], concat_ws(' ', e.location, e.description) FROM events e WHERE $1 = 'event' AND e.id = $2
  UNION ALL SELECT ARRAY[h.status], h.description FROM habits h WHERE $1 = 'habit' AND h.id = $2
  UNION ALL SELECT ARRAY[r.status], r.description FROM reminders r WHERE $1 = 'reminder' AND r.id = $2
$$;
