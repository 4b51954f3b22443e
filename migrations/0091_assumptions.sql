-- What Heed takes for true without being told (RULES 9.36 to 9.40): by rules over what a person typed and did, and from what they wrote to the assistant.
-- A person confirms, corrects or dismisses it; on what it rests stands beside it, with the words quoted at the time.
--
-- Adds two tables and one of whom rules are looked at for; only adds a column to `entity_relationships`. The rounds of people who are there begin with it.

CREATE TABLE assumptions (
  id            uuid         CONSTRAINT assumptions_pkey PRIMARY KEY,
  user_id       uuid         NOT NULL CONSTRAINT assumptions_user_fkey REFERENCES users ON DELETE CASCADE,
  key           text         NOT NULL CONSTRAINT assumptions_key CHECK (length(key) BETWEEN 1 AND 400),  -- `person:ID works_with person:ID`
  subject_kind  text         CONSTRAINT assumptions_subject_kind CHECK (length(subject_kind) BETWEEN 1 AND 40),
  subject_id    uuid,  -- NULL: it is about the person themselves
  predicate     text         NOT NULL DEFAULT '' CONSTRAINT assumptions_predicate CHECK (length(predicate) <= 40),  -- empty: it is nothing but words
  object_kind   text         CONSTRAINT assumptions_object_kind CHECK (length(object_kind) BETWEEN 1 AND 40),
  object_id     uuid,
  object        text         NOT NULL DEFAULT '' CONSTRAINT assumptions_object CHECK (length(object) <= 200),  -- where it is no thing: "Umbrella", "07:00"
  words         text         NOT NULL CONSTRAINT assumptions_words CHECK (length(words) BETWEEN 1 AND 1000),
  category      text         NOT NULL CONSTRAINT assumptions_category CHECK (category IN ('intent', 'context', 'preference', 'inference')),
  confidence    numeric(3,2) NOT NULL CONSTRAINT assumptions_confidence CHECK (confidence BETWEEN 0 AND 1),
  state         text         NOT NULL DEFAULT 'open'
    CONSTRAINT assumptions_state CHECK (state IN ('open', 'confirmed', 'corrected', 'dismissed', 'faded', 'superseded')),
  written       text         NOT NULL CONSTRAINT assumptions_written CHECK (written IN ('rules', 'model', 'person')),  -- whose words they are
  -- Why it faded: nobody answered, what it rested on went, stronger ones took its place.
  faded         text         CONSTRAINT assumptions_faded CHECK (faded IN ('time', 'evidence', 'room')),
  -- What was said to it before and when, of a question that is asked again.
  again_state   text         CONSTRAINT assumptions_again_state CHECK (again_state IN ('corrected', 'dismissed')),
  again_at      timestamptz,
  correction    text         NOT NULL DEFAULT '' CONSTRAINT assumptions_correction CHECK (length(correction) <= 1000),
  answered_at   timestamptz,
  answered_by   uuid,
  superseded_by uuid,  -- what holds in its place: a later question, or the fact that corrects it
  hidden        boolean      NOT NULL DEFAULT false,  -- kept by a trigger: whether what it is about lies in the trash
  moved         uuid[]       NOT NULL DEFAULT '{}',  -- kept by a trigger: from whom merges moved it to whom it is about, the last behind
  created_at    timestamptz  NOT NULL,
  updated_at    timestamptz  NOT NULL,
  version       integer      NOT NULL DEFAULT 1,
  revision      bigint       NOT NULL DEFAULT 0,
  CONSTRAINT assumptions_id_user UNIQUE (id, user_id),
  CONSTRAINT assumptions_subject_fkey FOREIGN KEY (subject_id, user_id, subject_kind) REFERENCES search_documents (id, user_id, kind) ON DELETE CASCADE,
  CONSTRAINT assumptions_object_fkey FOREIGN KEY (object_id, user_id, object_kind) REFERENCES search_documents (id, user_id, kind) ON DELETE CASCADE,
  CONSTRAINT assumptions_superseded_fkey FOREIGN KEY (superseded_by, user_id) REFERENCES assumptions (id, user_id) ON DELETE SET NULL (superseded_by),
  CONSTRAINT assumptions_subject CHECK ((subject_id IS NULL) = (subject_kind IS NULL)),
  CONSTRAINT assumptions_object_one CHECK ((object_id IS NULL) = (object_kind IS NULL)),
  CONSTRAINT assumptions_again CHECK ((again_state IS NULL) = (again_at IS NULL)),
  CONSTRAINT assumptions_answered CHECK ((state IN ('confirmed', 'corrected', 'dismissed')) <= (answered_at IS NOT NULL)),
  CONSTRAINT assumptions_faded_state CHECK ((state = 'faded') <= (faded IS NOT NULL))
);
CALL wall_user('assumptions',
  '{confidence,state,faded,again_state,again_at,correction,answered_at,answered_by,superseded_by,updated_at,version}');
GRANT INSERT ON assumptions TO heed_work;
GRANT UPDATE (confidence, state, faded, superseded_by, updated_at, version) ON assumptions TO heed_work;
CREATE TRIGGER assumptions_revision BEFORE UPDATE ON assumptions FOR EACH ROW EXECUTE FUNCTION count_revision();
CREATE UNIQUE INDEX assumptions_once ON assumptions (user_id, key) WHERE state <> 'superseded';
CREATE INDEX assumptions_by_key ON assumptions (user_id, key);
CREATE INDEX assumptions_newest ON assumptions (user_id, created_at, id);
CREATE INDEX assumptions_open ON assumptions (user_id, created_at) WHERE state = 'open';
CREATE INDEX assumptions_by_subject ON assumptions (subject_id) WHERE subject_id IS NOT NULL;
CREATE INDEX assumptions_by_object ON assumptions (object_id) WHERE object_id IS NOT NULL;
CREATE INDEX assumptions_by_successor ON assumptions (superseded_by) WHERE superseded_by IS NOT NULL;
CALL listed('assumptions');

-- What one rests on: a thing of the register, or a message of the person's to the assistant. It stays when that is gone, marked.
CREATE TABLE assumption_evidence (
  id            uuid        CONSTRAINT assumption_evidence_pkey PRIMARY KEY,
  user_id       uuid        NOT NULL CONSTRAINT assumption_evidence_user_fkey REFERENCES users ON DELETE CASCADE,
  assumption_id uuid        NOT NULL,
  kind          text        NOT NULL CONSTRAINT assumption_evidence_kind CHECK (length(kind) BETWEEN 1 AND 40),  -- as the register says, or `message`
  thing         uuid        NOT NULL,
  part          text        NOT NULL DEFAULT '' CONSTRAINT assumption_evidence_part CHECK (length(part) <= 254),  -- which part of it: an address
  quote         text        NOT NULL CONSTRAINT assumption_evidence_quote CHECK (length(quote) <= 500),
  weighed_at    timestamptz NOT NULL,
  gone_at       timestamptz,
  CONSTRAINT assumption_evidence_assumption_fkey FOREIGN KEY (assumption_id, user_id) REFERENCES assumptions (id, user_id) ON DELETE CASCADE,
  CONSTRAINT assumption_evidence_once UNIQUE (assumption_id, kind, thing, part)
);
CALL wall_user('assumption_evidence');
GRANT INSERT ON assumption_evidence TO heed_work;
CREATE INDEX assumption_evidence_by_thing ON assumption_evidence (thing);
CREATE INDEX assumption_evidence_by_user ON assumption_evidence (user_id);

-- A relationship that came of accepting an assumption: what corrects that, changes it.
ALTER TABLE entity_relationships ADD COLUMN from_assumption uuid,
  ADD CONSTRAINT entity_relationships_assumption_fkey FOREIGN KEY (from_assumption, user_id) REFERENCES assumptions (id, user_id)
    ON DELETE SET NULL (from_assumption);
GRANT UPDATE (from_assumption) ON entity_relationships TO heed_web;
CREATE INDEX entity_relationships_by_assumption ON entity_relationships (from_assumption) WHERE from_assumption IS NOT NULL;

-- What becomes of assumptions when things go into the trash, come back or are gone: evidence is marked, an open one without any fades, and asks again when
-- it is back; what is about them is not shown meanwhile.
CREATE FUNCTION assumptions_lose(things uuid[], at timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE assumption_evidence e SET gone_at = $2 WHERE e.thing = ANY ($1) AND e.gone_at IS NULL;
  UPDATE assumptions a SET state = 'faded', faded = 'evidence', version = a.version + 1, updated_at = $2
  WHERE a.id IN (SELECT e.assumption_id FROM assumption_evidence e WHERE e.thing = ANY ($1)) AND a.state = 'open'
    AND NOT EXISTS (SELECT FROM assumption_evidence e WHERE e.assumption_id = a.id AND e.gone_at IS NULL);
END $$;
CREATE FUNCTION assumptions_follow_register() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  lost uuid[];
  back uuid[];
  at timestamptz;
BEGIN
  IF TG_OP = 'DELETE' THEN
    SELECT array_agg(g.id), max(g.updated_at) INTO lost, at FROM gone g;
    IF lost IS NOT NULL THEN PERFORM assumptions_lose(lost, at); END IF;
    RETURN NULL;
  END IF;
  SELECT array_agg(m.id) FILTER (WHERE m.trashed), array_agg(m.id) FILTER (WHERE NOT m.trashed), max(m.updated_at) INTO lost, back, at
  FROM made m JOIN gone g ON g.id = m.id WHERE m.trashed <> g.trashed;
  IF lost IS NOT NULL THEN
    PERFORM assumptions_lose(lost, at);
    UPDATE assumptions a SET hidden = true WHERE a.subject_id = ANY (lost) AND NOT a.hidden;
    UPDATE assumptions a SET hidden = true WHERE a.object_id = ANY (lost) AND NOT a.hidden;
  END IF;
  IF back IS NOT NULL THEN
    UPDATE assumption_evidence e SET gone_at = NULL WHERE e.thing = ANY (back) AND e.gone_at IS NOT NULL;
    UPDATE assumptions a SET state = 'open', faded = NULL, version = a.version + 1, updated_at = at
    WHERE a.id IN (SELECT e.assumption_id FROM assumption_evidence e WHERE e.thing = ANY (back)) AND a.state = 'faded' AND a.faded = 'evidence';
    UPDATE assumptions a SET hidden = EXISTS (SELECT FROM search_documents d WHERE d.id IN (a.subject_id, a.object_id) AND d.trashed)
    WHERE (a.subject_id = ANY (back) OR a.object_id = ANY (back)) AND a.hidden;
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION assumptions_follow_messages() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  lost uuid[];
  at timestamptz;
BEGIN
  SELECT array_agg(g.id), max(coalesce(g.answered_at, g.created_at)) INTO lost, at FROM gone g;
  IF lost IS NOT NULL THEN PERFORM assumptions_lose(lost, at); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER search_documents_assumed AFTER UPDATE ON search_documents REFERENCING OLD TABLE AS gone NEW TABLE AS made FOR EACH STATEMENT
  EXECUTE FUNCTION assumptions_follow_register();
CREATE TRIGGER search_documents_unassumed AFTER DELETE ON search_documents REFERENCING OLD TABLE AS gone FOR EACH STATEMENT
  EXECUTE FUNCTION assumptions_follow_register();
CREATE TRIGGER chat_messages_unassumed AFTER DELETE ON chat_messages REFERENCING OLD TABLE AS gone FOR EACH STATEMENT
  EXECUTE FUNCTION assumptions_follow_messages();

-- Who is made one with somebody takes along what is assumed about them, and has it back when they are apart again: what they have both already stays hidden.
CREATE FUNCTION assumptions_follow_merges() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  gone CONSTANT uuid := CASE WHEN NEW.merged_into IS NULL THEN OLD.merged_into ELSE NEW.id END;
  stays CONSTANT uuid := CASE WHEN NEW.merged_into IS NULL THEN NEW.id ELSE NEW.merged_into END;
  is_back CONSTANT boolean := NEW.merged_into IS NULL;
BEGIN
  UPDATE assumptions a SET subject_id = n.subject, object_id = n.object, key = n.key,
    moved = CASE WHEN is_back THEN trim_array(a.moved, 1) ELSE a.moved || gone END, version = a.version + 1, updated_at = NEW.updated_at
  FROM (SELECT w.id, w.subject, w.object, CASE WHEN w.predicate IN ('works_with', 'knows') AND w.object IS NOT NULL
      THEN format('person:%s %s person:%s', w.subject, w.predicate, w.object) ELSE replace(w.key, gone::text, stays::text) END AS key
    FROM (SELECT v.id, v.key, v.predicate, CASE WHEN v.is_turned THEN v.object ELSE v.subject END AS subject,
        CASE WHEN v.is_turned THEN v.subject ELSE v.object END AS object
      FROM (SELECT u.*, u.predicate IN ('works_with', 'knows') AND u.object < u.subject AS is_turned
        FROM (SELECT x.id, x.key, x.predicate, CASE WHEN x.subject_id = gone THEN stays ELSE x.subject_id END AS subject,
            CASE WHEN x.object_id = gone THEN stays ELSE x.object_id END AS object
          FROM assumptions x WHERE x.user_id = NEW.user_id AND (x.subject_id = gone OR x.object_id = gone) AND x.state <> 'superseded'
            AND (NOT is_back OR x.moved[cardinality(x.moved)] = stays)) u) v) w) n
  WHERE a.id = n.id AND n.subject IS DISTINCT FROM n.object
    AND NOT EXISTS (SELECT FROM assumptions y WHERE y.user_id = a.user_id AND y.key = n.key AND y.state <> 'superseded');
  RETURN NULL;
END $$;
-- Before the register hears that one of them lies in the trash: triggers of one row run in the order of their names.
CREATE TRIGGER people_assumed_merged AFTER UPDATE OF merged_into ON people FOR EACH ROW WHEN (OLD.merged_into IS DISTINCT FROM NEW.merged_into)
  EXECUTE FUNCTION assumptions_follow_merges();

-- Whose rules are to be looked at, and when: at once after something changed that one of them reads, and once a day, as hours of habits and work do.
CREATE TABLE assumption_rounds (
  user_id uuid        CONSTRAINT assumption_rounds_pkey PRIMARY KEY CONSTRAINT assumption_rounds_user_fkey REFERENCES users ON DELETE CASCADE,
  due_at  timestamptz NOT NULL
);
CREATE INDEX assumption_rounds_due ON assumption_rounds (due_at);
CALL wall_user('assumption_rounds');
REVOKE INSERT ON assumption_rounds FROM heed_web;
GRANT UPDATE (due_at) ON assumption_rounds TO heed_work;

-- People, what is said of them, and what is to be done; an assumption of whoever has none of these fades one day, too.
CREATE FUNCTION note_assumption_round() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO assumption_rounds (user_id, due_at)
  SELECT m.user_id, CASE WHEN TG_ARGV[0] = 'today' THEN max(m.created_at) ELSE max(m.created_at) + interval '1 day' END
  FROM made m GROUP BY m.user_id ORDER BY m.user_id
  ON CONFLICT (user_id) DO UPDATE SET due_at = EXCLUDED.due_at WHERE assumption_rounds.due_at > EXCLUDED.due_at;
  RETURN NULL;
END $$;
CREATE FUNCTION note_assumption_round_anew() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO assumption_rounds (user_id, due_at)
  SELECT m.user_id, max(m.updated_at) FROM made m JOIN gone g ON g.id = m.id
  WHERE m.addresses <> g.addresses OR m.name <> g.name OR (m.deleted_at IS NULL) <> (g.deleted_at IS NULL)
  GROUP BY m.user_id ORDER BY m.user_id
  ON CONFLICT (user_id) DO UPDATE SET due_at = EXCLUDED.due_at WHERE assumption_rounds.due_at > EXCLUDED.due_at;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION assumptions_lose(uuid[], timestamptz), assumptions_follow_register(), assumptions_follow_messages(), assumptions_follow_merges(),
  note_assumption_round(), note_assumption_round_anew() FROM PUBLIC;
CREATE TRIGGER people_assumed AFTER INSERT ON people REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION note_assumption_round('today');
CREATE TRIGGER people_assumed_anew AFTER UPDATE ON people REFERENCING OLD TABLE AS gone NEW TABLE AS made FOR EACH STATEMENT
  EXECUTE FUNCTION note_assumption_round_anew();
CREATE TRIGGER entity_relationships_assumed AFTER INSERT ON entity_relationships REFERENCING NEW TABLE AS made FOR EACH STATEMENT
  EXECUTE FUNCTION note_assumption_round('today');
CREATE TRIGGER tasks_assumed AFTER INSERT ON tasks REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION note_assumption_round('today');
-- When their transaction ends: a file of habits is taken in by one, and what else the person does would wait for it.
CREATE FUNCTION note_assumption_round_of_habit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO assumption_rounds (user_id, due_at) VALUES (NEW.user_id, NEW.created_at + interval '1 day') ON CONFLICT (user_id) DO NOTHING;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION note_assumption_round_of_habit() FROM PUBLIC;
CREATE CONSTRAINT TRIGGER habits_assumed AFTER INSERT ON habits DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  EXECUTE FUNCTION note_assumption_round_of_habit();
CREATE TRIGGER assumptions_assumed AFTER INSERT ON assumptions REFERENCING NEW TABLE AS made FOR EACH STATEMENT
  EXECUTE FUNCTION note_assumption_round('later');
INSERT INTO assumption_rounds (user_id, due_at) SELECT user_id, max(updated_at) FROM people GROUP BY user_id;

CREATE FUNCTION overdue.assumptions(at timestamptz) RETURNS timestamptz LANGUAGE sql AS $$
  SELECT min(due_at) FROM assumption_rounds WHERE due_at <= $1
$$;
