-- People, places, how both are related to all else, what was thrown together of them, and where things came from.
--
-- Only adds; tasks gain who does them, without being rewritten.

-- Places that a person goes to.
CREATE TABLE places (
  id          uuid        CONSTRAINT places_pkey PRIMARY KEY,
  user_id     uuid        NOT NULL CONSTRAINT places_user_fkey REFERENCES users ON DELETE CASCADE,
  name        text        NOT NULL CONSTRAINT places_name CHECK (length(name) BETWEEN 1 AND 200),
  name_norm   text        NOT NULL GENERATED ALWAYS AS (normal_title(name)) STORED,
  type        text        NOT NULL DEFAULT 'location' CONSTRAINT places_type CHECK (type IN ('location', 'home', 'office', 'restaurant', 'venue')),
  address     text        NOT NULL DEFAULT '' CONSTRAINT places_address CHECK (length(address) <= 300),
  city        text        NOT NULL DEFAULT '' CONSTRAINT places_city CHECK (length(city) <= 100),
  state       text        NOT NULL DEFAULT '' CONSTRAINT places_state CHECK (length(state) <= 100),
  country     text        NOT NULL DEFAULT '' CONSTRAINT places_country CHECK (length(country) <= 100),
  latitude    numeric(10,8) CONSTRAINT places_latitude CHECK (latitude BETWEEN -90 AND 90),
  longitude   numeric(11,8) CONSTRAINT places_longitude CHECK (longitude BETWEEN -180 AND 180),
  timezone    text        NOT NULL DEFAULT '' CONSTRAINT places_timezone CHECK (length(timezone) <= 100),  -- '': not said
  notes       text        NOT NULL DEFAULT '' CONSTRAINT places_notes CHECK (octet_length(notes) <= 16384),
  private     boolean     NOT NULL DEFAULT false,
  metadata    jsonb       NOT NULL DEFAULT '{}'
    CONSTRAINT places_metadata CHECK (jsonb_typeof(metadata) = 'object' AND octet_length(metadata::text) <= 65536),
  source      text        NOT NULL DEFAULT 'manual' CONSTRAINT places_source CHECK (length(source) BETWEEN 1 AND 100),  -- where it came from first
  deleted_at  timestamptz,
  deletion_id uuid,
  created_at  timestamptz NOT NULL,
  updated_at  timestamptz NOT NULL,
  version     integer     NOT NULL DEFAULT 1,
  revision    bigint      NOT NULL DEFAULT 0,
  CONSTRAINT places_id_user UNIQUE (id, user_id),
  CONSTRAINT places_deletion_fkey FOREIGN KEY (deletion_id, user_id) REFERENCES deletions (id, user_id) ON DELETE CASCADE,
  CONSTRAINT places_point CHECK ((latitude IS NULL) = (longitude IS NULL)),
  CONSTRAINT places_deleted CHECK ((deleted_at IS NULL) = (deletion_id IS NULL))
);
CALL wall_user('places', '{name,type,address,city,state,country,latitude,longitude,timezone,notes,private,metadata,deleted_at,deletion_id,updated_at,version}');
CREATE TRIGGER places_revision BEFORE UPDATE ON places FOR EACH ROW EXECUTE FUNCTION count_revision();
CREATE INDEX places_by_name ON places (user_id, name_norm, id) WHERE deleted_at IS NULL;
CREATE INDEX places_by_deletion ON places (deletion_id) WHERE deletion_id IS NOT NULL;
CALL listed('places');
CALL registered('places', 'place', 'user_id', 'it.name', 'concat_ws('' '', it.address, it.city, it.state, it.country, it.notes)',
  'it.deleted_at IS NOT NULL', 'it.updated_at', '{name,address,city,state,country,notes,deleted_at}');

-- People that a person knows. Their addresses stand beside them; the main ones and all words of them here too, for lists and for search.
CREATE TABLE people (
  id           uuid        CONSTRAINT people_pkey PRIMARY KEY,
  user_id      uuid        NOT NULL CONSTRAINT people_user_fkey REFERENCES users ON DELETE CASCADE,
  name         text        NOT NULL CONSTRAINT people_name CHECK (length(name) BETWEEN 1 AND 200),
  name_norm    text        NOT NULL GENERATED ALWAYS AS (normal_title(name)) STORED,
  email        text        NOT NULL DEFAULT '' CONSTRAINT people_email CHECK (length(email) <= 254),  -- the main one, as typed
  phone        text        NOT NULL DEFAULT '' CONSTRAINT people_phone CHECK (length(phone) <= 50),
  addresses    text        NOT NULL DEFAULT '' CONSTRAINT people_addresses CHECK (length(addresses) <= 20000),  -- all of person_addresses, for search
  type         text        NOT NULL DEFAULT 'contact' CONSTRAINT people_type CHECK (type IN ('contact', 'colleague', 'friend', 'family', 'lead')),
  importance   integer     NOT NULL DEFAULT 5 CONSTRAINT people_importance CHECK (importance BETWEEN 1 AND 10),
  company      text        NOT NULL DEFAULT '' CONSTRAINT people_company CHECK (length(company) <= 200),
  title        text        NOT NULL DEFAULT '' CONSTRAINT people_title CHECK (length(title) <= 200),  -- what they are there
  notes        text        NOT NULL DEFAULT '' CONSTRAINT people_notes CHECK (octet_length(notes) <= 65536),  -- two of 16 kB joined fit
  birth_year   integer     CONSTRAINT people_birth_year CHECK (birth_year BETWEEN 1 AND 9999),
  birth_month  integer     CONSTRAINT people_birth_month CHECK (birth_month BETWEEN 1 AND 12),
  birth_day    integer     CONSTRAINT people_birth_day CHECK (birth_day BETWEEN 1 AND 31),
  -- "Stay in touch every 3 weeks": as typed, how long that is, since when it holds; what counts, and when somebody was last heard of.
  stay_words   text        NOT NULL DEFAULT '' CONSTRAINT people_stay_words CHECK (length(stay_words) <= 200),
  stay_months  integer     CONSTRAINT people_stay_months CHECK (stay_months BETWEEN 0 AND 120),
  stay_days    integer     CONSTRAINT people_stay_days CHECK (stay_days BETWEEN 0 AND 3660),
  stay_set_at  timestamptz,
  stay_events  boolean     NOT NULL DEFAULT true,  -- whether events count as contact when they end
  stay_due_at  timestamptz,  -- kept with the others of these
  last_contact_at timestamptz,
  private      boolean     NOT NULL DEFAULT false,
  metadata     jsonb       NOT NULL DEFAULT '{}'
    CONSTRAINT people_metadata CHECK (jsonb_typeof(metadata) = 'object' AND octet_length(metadata::text) <= 65536),
  source       text        NOT NULL DEFAULT 'manual' CONSTRAINT people_source CHECK (length(source) BETWEEN 1 AND 100),
  merged_into  uuid,  -- lies in the trash then, and leads there
  deleted_at   timestamptz,
  deletion_id  uuid,
  created_at   timestamptz NOT NULL,
  updated_at   timestamptz NOT NULL,
  version      integer     NOT NULL DEFAULT 1,
  revision     bigint      NOT NULL DEFAULT 0,
  CONSTRAINT people_id_user UNIQUE (id, user_id),
  CONSTRAINT people_merged_fkey FOREIGN KEY (merged_into, user_id) REFERENCES people (id, user_id) ON DELETE CASCADE,
  CONSTRAINT people_deletion_fkey FOREIGN KEY (deletion_id, user_id) REFERENCES deletions (id, user_id) ON DELETE CASCADE,
  CONSTRAINT people_birthday CHECK ((birth_month IS NULL) = (birth_day IS NULL)),
  CONSTRAINT people_stay CHECK ((stay_months IS NULL) = (stay_days IS NULL) AND (stay_months IS NULL) = (stay_set_at IS NULL)
    AND (stay_months IS NULL) = (stay_due_at IS NULL)),
  CONSTRAINT people_merged CHECK (merged_into IS NULL OR (deleted_at IS NOT NULL AND merged_into <> id)),
  CONSTRAINT people_deleted CHECK ((deleted_at IS NULL) = (deletion_id IS NULL))
);
CALL wall_user('people', '{name,email,phone,addresses,type,importance,company,title,notes,birth_year,birth_month,birth_day,stay_words,stay_months,stay_days,stay_set_at,stay_events,stay_due_at,last_contact_at,private,metadata,merged_into,deleted_at,deletion_id,updated_at,version}');
CREATE TRIGGER people_revision BEFORE UPDATE ON people FOR EACH ROW EXECUTE FUNCTION count_revision();
CREATE INDEX people_by_name ON people (user_id, name_norm, id) WHERE deleted_at IS NULL;
CREATE INDEX people_by_importance ON people (user_id, importance DESC, name_norm, id) WHERE deleted_at IS NULL;
CREATE INDEX people_by_contact ON people (user_id, (coalesce(last_contact_at, '-infinity')), id) WHERE deleted_at IS NULL;
CREATE INDEX people_by_type ON people (user_id, type, name_norm, id) WHERE deleted_at IS NULL;
CREATE INDEX people_by_birthday ON people (user_id, birth_month, birth_day) WHERE deleted_at IS NULL AND birth_month IS NOT NULL;
CREATE INDEX people_to_meet ON people (user_id, stay_due_at) WHERE deleted_at IS NULL AND stay_due_at IS NOT NULL;
CREATE INDEX people_by_deletion ON people (deletion_id) WHERE deletion_id IS NOT NULL;
CREATE INDEX people_by_survivor ON people (merged_into, user_id) WHERE merged_into IS NOT NULL;
CALL listed('people');
CALL registered('people', 'person', 'user_id', 'it.name', 'concat_ws('' '', it.addresses, it.company, it.title, it.notes)',
  'it.deleted_at IS NOT NULL', 'it.updated_at', '{name,addresses,company,title,notes,deleted_at}');

-- What somebody is reached at: the first of each kind is the main one. Of those who live each e-mail address belongs to one (RULES 9.14).
CREATE TABLE person_addresses (
  id        uuid     CONSTRAINT person_addresses_pkey PRIMARY KEY,
  user_id   uuid     NOT NULL CONSTRAINT person_addresses_user_fkey REFERENCES users ON DELETE CASCADE,
  person_id uuid     NOT NULL,
  kind      text     NOT NULL CONSTRAINT person_addresses_kind CHECK (kind IN ('email', 'phone')),
  value     text     NOT NULL CONSTRAINT person_addresses_value CHECK (length(value) BETWEEN 1 AND 254),  -- as typed
  key       text     NOT NULL CONSTRAINT person_addresses_key CHECK (length(key) BETWEEN 1 AND 254),  -- in lower case; digits, with a + where the country is known
  position  integer  NOT NULL CONSTRAINT person_addresses_position CHECK (position >= 0),
  live      boolean  NOT NULL DEFAULT true,  -- kept by a trigger: whether its person is not in the trash
  CONSTRAINT person_addresses_person_fkey FOREIGN KEY (person_id, user_id) REFERENCES people (id, user_id) ON DELETE CASCADE,
  CONSTRAINT person_addresses_once UNIQUE (person_id, kind, key)
);
CALL wall_user('person_addresses', '{person_id,value,position}');
CREATE UNIQUE INDEX person_addresses_one_email ON person_addresses (user_id, key) WHERE live AND kind = 'email';
CREATE INDEX person_addresses_by_key ON person_addresses (user_id, kind, key);
CALL listed('person_addresses');
CREATE FUNCTION person_addresses_live() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE person_addresses a SET live = m.deleted_at IS NULL FROM made m JOIN gone g ON g.id = m.id
  WHERE a.person_id = m.id AND a.live <> (m.deleted_at IS NULL) AND (m.deleted_at IS NULL) <> (g.deleted_at IS NULL);
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION person_addresses_live() FROM PUBLIC;
CREATE TRIGGER people_addresses_live AFTER UPDATE ON people REFERENCING OLD TABLE AS gone NEW TABLE AS made FOR EACH STATEMENT
  EXECUTE FUNCTION person_addresses_live();

-- When somebody was met or spoken to.
CREATE TABLE contact_log (
  id         uuid        CONSTRAINT contact_log_pkey PRIMARY KEY,
  user_id    uuid        NOT NULL CONSTRAINT contact_log_user_fkey REFERENCES users ON DELETE CASCADE,
  person_id  uuid        NOT NULL,
  at         timestamptz NOT NULL,
  words      text        NOT NULL DEFAULT '' CONSTRAINT contact_log_words CHECK (octet_length(words) <= 4096),
  event_id   uuid,  -- of an event that ended, which may be gone; no foreign key
  instance   timestamp,  -- which of its series
  created_at timestamptz NOT NULL,
  CONSTRAINT contact_log_person_fkey FOREIGN KEY (person_id, user_id) REFERENCES people (id, user_id) ON DELETE CASCADE,
  CONSTRAINT contact_log_instance CHECK (instance IS NULL OR event_id IS NOT NULL)
);
CALL wall_user('contact_log', '{person_id}');
GRANT INSERT ON contact_log TO heed_work;
GRANT UPDATE (last_contact_at, stay_due_at) ON people TO heed_work;
CREATE INDEX contact_log_by_person ON contact_log (person_id, at DESC, id);
CREATE UNIQUE INDEX contact_log_once ON contact_log (person_id, event_id, instance) NULLS NOT DISTINCT WHERE event_id IS NOT NULL;
CREATE INDEX contact_log_by_user ON contact_log (user_id);
CALL listed('contact_log');

-- The reminders that ring for somebody who was not heard of for long: gone with either.
CREATE TABLE person_reminders (
  reminder_id uuid CONSTRAINT person_reminders_pkey PRIMARY KEY,
  user_id     uuid NOT NULL CONSTRAINT person_reminders_user_fkey REFERENCES users ON DELETE CASCADE,
  person_id   uuid NOT NULL,
  CONSTRAINT person_reminders_reminder_fkey FOREIGN KEY (reminder_id, user_id) REFERENCES reminders (id, user_id) ON DELETE CASCADE,
  CONSTRAINT person_reminders_person_fkey FOREIGN KEY (person_id, user_id) REFERENCES people (id, user_id) ON DELETE CASCADE
);
CALL wall_user('person_reminders', '{person_id}');
CREATE INDEX person_reminders_by_person ON person_reminders (person_id, reminder_id);
CREATE INDEX person_reminders_by_user ON person_reminders (user_id);
CALL listed('person_reminders');

-- Who was merged into whom, and all that went along, so that it can be taken back for 30 days (RULES 9.16).
CREATE TABLE merges (
  id        uuid        CONSTRAINT merges_pkey PRIMARY KEY,
  user_id   uuid        NOT NULL CONSTRAINT merges_user_fkey REFERENCES users ON DELETE CASCADE,
  survivor  uuid        NOT NULL,
  merged    uuid        NOT NULL,
  at        timestamptz NOT NULL,
  moved     jsonb       NOT NULL,
  undone_at timestamptz,
  CONSTRAINT merges_survivor_fkey FOREIGN KEY (survivor, user_id) REFERENCES people (id, user_id) ON DELETE CASCADE,
  CONSTRAINT merges_merged_fkey FOREIGN KEY (merged, user_id) REFERENCES people (id, user_id) ON DELETE CASCADE,
  CONSTRAINT merges_other CHECK (survivor <> merged)
);
CALL wall_user('merges', '{undone_at}');
GRANT DELETE ON merges TO heed_work;
CREATE INDEX merges_by_user ON merges (user_id, at DESC);
CREATE INDEX merges_by_survivor ON merges (survivor, user_id);
CREATE INDEX merges_by_merged ON merges (merged, user_id);
CREATE INDEX merges_by_time ON merges (at);
CALL listed('merges');

-- Who does a task.
ALTER TABLE tasks ADD COLUMN assignee_id uuid,
  ADD CONSTRAINT tasks_assignee_fkey FOREIGN KEY (assignee_id, user_id) REFERENCES people (id, user_id) ON DELETE SET NULL (assignee_id);
GRANT UPDATE (assignee_id) ON tasks TO heed_web, heed_work;
CREATE INDEX tasks_by_assignee ON tasks (assignee_id, user_id) WHERE assignee_id IS NOT NULL;

-- How people, places, events, tasks and deadlines are related, in the stored form (RULES 9.30): reports_to is manages turned round, a two-way one has the
-- smaller id first. The ends are things of the register, so that none is an orphan or somebody else's.
CREATE TABLE entity_relationships (
  id           uuid        CONSTRAINT entity_relationships_pkey PRIMARY KEY,
  user_id      uuid        NOT NULL CONSTRAINT entity_relationships_user_fkey REFERENCES users ON DELETE CASCADE,
  relationship text        NOT NULL CONSTRAINT entity_relationships_relationship CHECK (length(relationship) BETWEEN 1 AND 40),
  reverse      text        NOT NULL DEFAULT '' CONSTRAINT entity_relationships_reverse CHECK (length(reverse) <= 40),  -- of words of one's own
  own          boolean     NOT NULL DEFAULT false,  -- words of one's own, whatever they are
  from_kind    text        NOT NULL CONSTRAINT entity_relationships_from_kind CHECK (from_kind IN ('person', 'place', 'event', 'task', 'deadline')),
  from_id      uuid        NOT NULL,
  to_kind      text        NOT NULL CONSTRAINT entity_relationships_to_kind CHECK (to_kind IN ('person', 'place', 'event', 'task', 'deadline')),
  to_id        uuid        NOT NULL,
  two_way      boolean     NOT NULL DEFAULT false,
  strength     integer     NOT NULL DEFAULT 5 CONSTRAINT entity_relationships_strength CHECK (strength BETWEEN 1 AND 10),
  since        date,
  until        date,
  notes        text        NOT NULL DEFAULT '' CONSTRAINT entity_relationships_notes CHECK (octet_length(notes) <= 16384),
  source       text        NOT NULL DEFAULT 'manual' CONSTRAINT entity_relationships_source CHECK (length(source) BETWEEN 1 AND 100),
  created_at   timestamptz NOT NULL,
  updated_at   timestamptz NOT NULL,
  version      integer     NOT NULL DEFAULT 1,
  revision     bigint      NOT NULL DEFAULT 0,
  CONSTRAINT entity_relationships_from_fkey FOREIGN KEY (from_id, user_id, from_kind) REFERENCES search_documents (id, user_id, kind) ON DELETE CASCADE,
  CONSTRAINT entity_relationships_to_fkey FOREIGN KEY (to_id, user_id, to_kind) REFERENCES search_documents (id, user_id, kind) ON DELETE CASCADE,
  CONSTRAINT entity_relationships_once UNIQUE (user_id, from_id, to_id, own, relationship),
  CONSTRAINT entity_relationships_other CHECK (from_id <> to_id),
  CONSTRAINT entity_relationships_order CHECK (NOT two_way OR from_id < to_id),
  CONSTRAINT entity_relationships_dates CHECK (until >= since)
);
CALL wall_user('entity_relationships', '{relationship,reverse,from_kind,from_id,to_kind,to_id,two_way,strength,since,until,notes,updated_at,version}');
GRANT INSERT ON entity_relationships TO heed_work;
CREATE TRIGGER entity_relationships_revision BEFORE UPDATE ON entity_relationships FOR EACH ROW EXECUTE FUNCTION count_revision();
CREATE INDEX entity_relationships_from ON entity_relationships (user_id, from_id) INCLUDE (to_id);
CREATE INDEX entity_relationships_to ON entity_relationships (user_id, to_id) INCLUDE (from_id);
CALL listed('entity_relationships');
CREATE FUNCTION door.drop_relationships(relationships uuid[]) RETURNS bigint LANGUAGE sql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
  WITH gone AS (DELETE FROM entity_relationships r WHERE r.id = ANY ($1) AND r.user_id = me() RETURNING 1) SELECT count(*) FROM gone
$$;
CREATE FUNCTION door.drop_addresses(person uuid, kept uuid[]) RETURNS bigint LANGUAGE sql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
-- Those of a person that are not among these ids.
  WITH gone AS (DELETE FROM person_addresses a WHERE a.person_id = $1 AND a.user_id = me() AND a.id <> ALL ($2) RETURNING 1) SELECT count(*) FROM gone
$$;
CREATE FUNCTION door.drop_contact(entry uuid) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH gone AS (DELETE FROM contact_log c WHERE c.id = $1 AND c.user_id = me() RETURNING 1) SELECT count(*) FROM gone
$$;
CREATE FUNCTION door.purge_person(person uuid) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH gone AS (DELETE FROM people p WHERE p.id = $1 AND p.user_id = me() AND p.deleted_at IS NOT NULL RETURNING p.deletion_id),
  event AS (DELETE FROM deletions d USING gone g WHERE d.id = g.deletion_id AND d.user_id = me() AND d.kind = 'person')
  SELECT count(*) FROM gone
$$;
CREATE FUNCTION door.purge_place(place uuid) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH gone AS (DELETE FROM places p WHERE p.id = $1 AND p.user_id = me() AND p.deleted_at IS NOT NULL RETURNING p.deletion_id),
  event AS (DELETE FROM deletions d USING gone g WHERE d.id = g.deletion_id AND d.user_id = me() AND d.kind = 'place')
  SELECT count(*) FROM gone
$$;
REVOKE ALL ON FUNCTION door.drop_relationships(uuid[]), door.drop_addresses(uuid, uuid[]), door.drop_contact(uuid), door.purge_person(uuid),
  door.purge_place(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.drop_relationships(uuid[]), door.drop_addresses(uuid, uuid[]), door.drop_contact(uuid), door.purge_person(uuid),
  door.purge_place(uuid) TO heed_web;

-- Which entry of a file, a feed or an account a thing is, how it was then, and what the person changed since by hand: those fields are left alone
-- (RULES 9.17). It outlives the trash, and goes with the thing.
CREATE TABLE entity_sources (
  user_id      uuid        NOT NULL CONSTRAINT entity_sources_user_fkey REFERENCES users ON DELETE CASCADE,
  kind         text        NOT NULL CONSTRAINT entity_sources_kind CHECK (kind IN ('person', 'place', 'event', 'task', 'deadline')),
  source       text        NOT NULL CONSTRAINT entity_sources_source CHECK (length(source) BETWEEN 1 AND 100),  -- import:vcard, import:csv, import:ics, calendar:ID
  source_id    text        NOT NULL CONSTRAINT entity_sources_id CHECK (length(source_id) BETWEEN 1 AND 500),
  thing        uuid        NOT NULL,
  sequence     integer     NOT NULL DEFAULT 0,
  modified_at  timestamptz,  -- as the source says
  stamped_at   timestamptz,
  sha256       bytea       NOT NULL,  -- of what it said
  fields       jsonb       NOT NULL DEFAULT '{}',  -- what it said of each field, to tell which of them a person changed
  hand_changed text[]      NOT NULL DEFAULT '{}',
  synced_at    timestamptz NOT NULL,
  import_id    uuid,  -- which made the thing, and may be gone
  revision     bigint      NOT NULL DEFAULT 0,  -- of the thing when it was made or last updated from here
  CONSTRAINT entity_sources_pkey PRIMARY KEY (user_id, kind, source, source_id),
  CONSTRAINT entity_sources_thing_fkey FOREIGN KEY (thing, user_id, kind) REFERENCES search_documents (id, user_id, kind) ON DELETE CASCADE
);
CALL wall_user('entity_sources', '{thing,sequence,modified_at,stamped_at,sha256,fields,hand_changed,synced_at,import_id,revision}');
GRANT INSERT, UPDATE (thing, sequence, modified_at, stamped_at, sha256, fields, hand_changed, synced_at, import_id, revision) ON entity_sources TO heed_work;
CREATE INDEX entity_sources_by_thing ON entity_sources (thing, user_id);
CREATE INDEX entity_sources_by_import ON entity_sources (user_id, import_id) WHERE import_id IS NOT NULL;
CALL listed('entity_sources');
