-- Search by sense (RULES 9.42, 9.43): of each thing whose kind its person allows a model to be told of, pieces of text with their vectors, and what is to
-- be made anew. Vectors are unit vectors as IEEE half bytes; beside them stand the signs of (vector - mean of the person's set) for the first step of a
-- search. No extension is needed: `heed vectors on` adds a column where pgvector is installed.
--
-- New tables, and triggers that hold writes to eight tables for an instant; safe while the site runs.

-- The vectors of a person by one model. While a second set is built, search uses the first; vectors of two sets are never compared.
CREATE TABLE embedding_sets (
  id             uuid        CONSTRAINT embedding_sets_pkey PRIMARY KEY,
  user_id        uuid        NOT NULL CONSTRAINT embedding_sets_user_fkey REFERENCES users ON DELETE CASCADE,
  fingerprint    bytea       NOT NULL CONSTRAINT embedding_sets_fingerprint CHECK (octet_length(fingerprint) = 32),  -- of host, model and prefixes
  host           text        NOT NULL CONSTRAINT embedding_sets_host CHECK (length(host) <= 300),
  model          text        NOT NULL CONSTRAINT embedding_sets_model CHECK (length(model) <= 300),
  query_prefix   text        NOT NULL CONSTRAINT embedding_sets_query CHECK (length(query_prefix) <= 300),
  passage_prefix text        NOT NULL CONSTRAINT embedding_sets_passage CHECK (length(passage_prefix) <= 300),
  state          text        NOT NULL CONSTRAINT embedding_sets_state CHECK (state IN ('live', 'building', 'gone')),  -- gone: deleted slice by slice
  dimension      integer     CONSTRAINT embedding_sets_dimension CHECK (dimension BETWEEN 1 AND 8192),  -- of the first vector; NULL: there is none
  mean           bytea,      -- of its vectors when there were so many; half bytes
  mean_chunks    bigint      NOT NULL DEFAULT 0,
  chunks         bigint      NOT NULL DEFAULT 0,  -- when somebody last counted
  created_at     timestamptz NOT NULL,
  CONSTRAINT embedding_sets_id_user UNIQUE (id, user_id),
  CONSTRAINT embedding_sets_mean CHECK (mean IS NULL OR octet_length(mean) = 2 * dimension)
);
CALL wall_user('embedding_sets');
REVOKE INSERT ON embedding_sets FROM heed_web;
GRANT INSERT, UPDATE (state, dimension, mean, mean_chunks, chunks), DELETE ON embedding_sets TO heed_work;
CREATE UNIQUE INDEX embedding_sets_one ON embedding_sets (user_id, state) WHERE state <> 'gone';
CREATE INDEX embedding_sets_by_user ON embedding_sets (user_id);

-- A piece of a thing. The foreign key to the thing comes before that of what is to be made, so that deleting goes in the order of the worker.
CREATE TABLE embeddings (
  set_id  uuid        NOT NULL,
  thing   uuid        NOT NULL,
  chunk   smallint    NOT NULL CONSTRAINT embeddings_chunk CHECK (chunk BETWEEN 1 AND 64),
  user_id uuid        NOT NULL CONSTRAINT embeddings_user_fkey REFERENCES users ON DELETE CASCADE,
  kind    text        NOT NULL,
  trashed boolean     NOT NULL,             -- as the register says; never found then
  cut     boolean     NOT NULL,             -- the last piece of a thing that has more
  content text        NOT NULL CONSTRAINT embeddings_content CHECK (octet_length(content) <= 16384),
  sha256  bytea       NOT NULL CONSTRAINT embeddings_sha256 CHECK (octet_length(sha256) = 32),
  half    bytea       NOT NULL,
  bits    bit varying NOT NULL,
  CONSTRAINT embeddings_pkey PRIMARY KEY (set_id, thing, chunk),
  CONSTRAINT embeddings_set_fkey FOREIGN KEY (set_id, user_id) REFERENCES embedding_sets (id, user_id) ON DELETE CASCADE,
  CONSTRAINT embeddings_thing_fkey FOREIGN KEY (thing, user_id, kind) REFERENCES search_documents (id, user_id, kind) ON DELETE CASCADE,
  CONSTRAINT embeddings_length CHECK (octet_length(half) = 2 * length(bits))
);
ALTER TABLE embeddings ALTER COLUMN half SET STORAGE EXTERNAL;  -- noise does not become smaller
CALL wall_user('embeddings');
REVOKE INSERT ON embeddings FROM heed_web;
GRANT INSERT, UPDATE (bits), DELETE ON embeddings TO heed_work;
CREATE INDEX embeddings_bits ON embeddings (user_id, set_id) INCLUDE (thing, chunk, kind, trashed, bits);  -- the first step of a search
CREATE INDEX embeddings_by_thing ON embeddings (thing);

-- Which things are to be looked at, and when. `fence` grows with each change, so that what was read before is not stored over it.
CREATE TABLE embedding_jobs (
  thing   uuid        CONSTRAINT embedding_jobs_pkey PRIMARY KEY,
  user_id uuid        NOT NULL CONSTRAINT embedding_jobs_user_fkey REFERENCES users ON DELETE CASCADE,
  kind    text        NOT NULL,
  due_at  timestamptz NOT NULL,
  fence   bigint      NOT NULL DEFAULT 0,
  CONSTRAINT embedding_jobs_thing_fkey FOREIGN KEY (thing, user_id, kind) REFERENCES search_documents (id, user_id, kind) ON DELETE CASCADE
);
CALL wall_user('embedding_jobs');
REVOKE INSERT ON embedding_jobs FROM heed_web;
GRANT INSERT, UPDATE (due_at, fence), DELETE ON embedding_jobs TO heed_work;
CREATE INDEX embedding_jobs_due ON embedding_jobs (user_id, due_at, thing);

-- Whose things are to be looked at. The job of a person takes them; while it is there, nobody makes another.
CREATE TABLE embedding_rounds (
  user_id uuid        CONSTRAINT embedding_rounds_pkey PRIMARY KEY CONSTRAINT embedding_rounds_user_fkey REFERENCES users ON DELETE CASCADE,
  due_at  timestamptz,
  job_id  uuid,
  sweep   boolean     NOT NULL DEFAULT false  -- what is allowed, or by which model, is another: all things are to be compared
);
CREATE INDEX embedding_rounds_due ON embedding_rounds (due_at) WHERE due_at IS NOT NULL;
CALL wall_user('embedding_rounds');
REVOKE INSERT ON embedding_rounds FROM heed_web;
GRANT INSERT, UPDATE (due_at, job_id, sweep), DELETE ON embedding_rounds TO heed_work;

-- How a server of vectors does, by the fingerprint of its model. Nobody's rows: no names, no texts.
CREATE TABLE embedding_servers (
  fingerprint bytea       CONSTRAINT embedding_servers_pkey PRIMARY KEY,
  failures    integer     NOT NULL DEFAULT 0,  -- in a row: no answer, or a status that is none
  invalid     integer     NOT NULL DEFAULT 0,  -- in a row: answers that cannot be used
  wait_until  timestamptz
);
GRANT SELECT ON embedding_servers TO heed_web;
GRANT SELECT, INSERT, UPDATE ON embedding_servers TO heed_work;

-- What somebody looked for by sense. The words stand here until the server has answered, the vector for a day; after that nothing says what it was.
CREATE TABLE query_vectors (
  id      uuid        CONSTRAINT query_vectors_pkey PRIMARY KEY,
  user_id uuid        NOT NULL CONSTRAINT query_vectors_user_fkey REFERENCES users ON DELETE CASCADE,
  set_id  uuid        NOT NULL,
  sha256  bytea       NOT NULL CONSTRAINT query_vectors_sha256 CHECK (octet_length(sha256) = 32),  -- of the words
  words   text        CONSTRAINT query_vectors_words CHECK (octet_length(words) <= 8192),
  half    bytea,
  state   text        NOT NULL CONSTRAINT query_vectors_state CHECK (state IN ('asked', 'answered', 'failed')),
  at      timestamptz NOT NULL,
  CONSTRAINT query_vectors_once UNIQUE (set_id, sha256),
  CONSTRAINT query_vectors_set_fkey FOREIGN KEY (set_id, user_id) REFERENCES embedding_sets (id, user_id) ON DELETE CASCADE,
  CONSTRAINT query_vectors_answer CHECK ((state = 'answered') = (half IS NOT NULL)),
  CONSTRAINT query_vectors_asked CHECK ((state = 'asked') = (words IS NOT NULL))
);
CALL wall_user('query_vectors', '{words,state,at}');
GRANT INSERT, UPDATE (sha256, words, half, state, at), DELETE ON query_vectors TO heed_work;
CREATE INDEX query_vectors_by_user ON query_vectors (user_id);
CREATE INDEX query_vectors_over ON query_vectors (at);

-- Has a person looked at, at that time or before.
CREATE FUNCTION embed_round(people uuid[], times timestamptz[]) RETURNS void LANGUAGE sql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
  INSERT INTO embedding_rounds AS r (user_id, due_at)
  SELECT x.person, min(x.at) FROM unnest($1, $2) AS x(person, at) GROUP BY x.person ORDER BY x.person
  ON CONFLICT (user_id) DO UPDATE SET due_at = EXCLUDED.due_at WHERE r.due_at IS NULL OR r.due_at > EXCLUDED.due_at
$$;

-- A thing that was entered or changed in the register, where name and text stand as they are found, is looked at a minute later; each further change
-- begins that minute anew, so that whoever goes on writing is read once. What went into the trash keeps its vectors, and nobody finds them; what came
-- back is looked at.
CREATE FUNCTION embeddings_made() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  people uuid[];
  times timestamptz[];
BEGIN
  WITH asked AS (
    INSERT INTO embedding_jobs AS j (thing, user_id, kind, due_at)
    SELECT m.id, m.user_id, m.kind, m.updated_at + interval '60 seconds' FROM made m JOIN users u ON u.id = m.user_id
    WHERE m.kind = ANY (u.model_kinds) AND NOT m.trashed ORDER BY m.id
    ON CONFLICT (thing) DO UPDATE SET due_at = EXCLUDED.due_at, fence = j.fence + 1 RETURNING user_id, due_at)
  SELECT array_agg(a.user_id), array_agg(a.due_at) INTO people, times FROM (SELECT user_id, min(due_at) AS due_at FROM asked GROUP BY user_id) a;
  IF people IS NOT NULL THEN PERFORM embed_round(people, times); END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION embeddings_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  hidden uuid[];
  shown uuid[];
  people uuid[];
  times timestamptz[];
BEGIN
  SELECT array_agg(m.id) FILTER (WHERE m.trashed), array_agg(m.id) FILTER (WHERE NOT m.trashed) INTO hidden, shown
    FROM made m JOIN gone g ON g.id = m.id WHERE m.trashed <> g.trashed;
  IF hidden IS NOT NULL THEN EXECUTE 'UPDATE embeddings SET trashed = true WHERE thing = ANY ($1)' USING hidden; END IF;
  IF shown IS NOT NULL THEN EXECUTE 'UPDATE embeddings SET trashed = false WHERE thing = ANY ($1)' USING shown; END IF;
  WITH asked AS (
    INSERT INTO embedding_jobs AS j (thing, user_id, kind, due_at)
    SELECT m.id, m.user_id, m.kind, m.updated_at + interval '60 seconds' FROM made m JOIN users u ON u.id = m.user_id
    WHERE m.kind = ANY (u.model_kinds) AND NOT m.trashed ORDER BY m.id
    ON CONFLICT (thing) DO UPDATE SET due_at = EXCLUDED.due_at, fence = j.fence + 1 RETURNING user_id, due_at)
  SELECT array_agg(a.user_id), array_agg(a.due_at) INTO people, times FROM (SELECT user_id, min(due_at) AS due_at FROM asked GROUP BY user_id) a;
  IF people IS NOT NULL THEN PERFORM embed_round(people, times); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER search_documents_embedded AFTER INSERT ON search_documents REFERENCING NEW TABLE AS made FOR EACH STATEMENT
  EXECUTE FUNCTION embeddings_made();
CREATE TRIGGER search_documents_embedded_anew AFTER UPDATE ON search_documents REFERENCING OLD TABLE AS gone NEW TABLE AS made FOR EACH STATEMENT
  EXECUTE FUNCTION embeddings_changed();

-- A thing that became private loses its vectors at once, and what is being asked of it is not stored; one that is no longer is looked at like any other.
CREATE FUNCTION embeddings_private() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.private THEN
    DELETE FROM embeddings e WHERE e.thing = NEW.id;
    DELETE FROM embedding_jobs j WHERE j.thing = NEW.id;
    RETURN NULL;
  END IF;
  IF NOT EXISTS (SELECT FROM users u WHERE u.id = NEW.user_id AND TG_ARGV[0] = ANY (u.model_kinds)) THEN RETURN NULL; END IF;
  INSERT INTO embedding_jobs AS j (thing, user_id, kind, due_at)
    SELECT d.id, d.user_id, d.kind, NEW.updated_at FROM search_documents d WHERE d.id = NEW.id AND d.user_id = NEW.user_id AND d.kind = TG_ARGV[0]
    ON CONFLICT (thing) DO UPDATE SET due_at = EXCLUDED.due_at, fence = j.fence + 1;
  PERFORM embed_round(ARRAY[NEW.user_id], ARRAY[NEW.updated_at]);
  RETURN NULL;
END $$;
CREATE TRIGGER tasks_embedded AFTER UPDATE OF private ON tasks FOR EACH ROW WHEN (OLD.private <> NEW.private)
  EXECUTE FUNCTION embeddings_private('task');
CREATE TRIGGER goals_embedded AFTER UPDATE OF private ON goals FOR EACH ROW WHEN (OLD.private <> NEW.private)
  EXECUTE FUNCTION embeddings_private('goal');
CREATE TRIGGER problems_embedded AFTER UPDATE OF private ON problems FOR EACH ROW WHEN (OLD.private <> NEW.private)
  EXECUTE FUNCTION embeddings_private('problem');
CREATE TRIGGER deadlines_embedded AFTER UPDATE OF private ON deadlines FOR EACH ROW WHEN (OLD.private <> NEW.private)
  EXECUTE FUNCTION embeddings_private('deadline');
CREATE TRIGGER people_embedded AFTER UPDATE OF private ON people FOR EACH ROW WHEN (OLD.private <> NEW.private)
  EXECUTE FUNCTION embeddings_private('person');
CREATE TRIGGER places_embedded AFTER UPDATE OF private ON places FOR EACH ROW WHEN (OLD.private <> NEW.private)
  EXECUTE FUNCTION embeddings_private('place');
CREATE TRIGGER events_embedded AFTER UPDATE OF private ON events FOR EACH ROW WHEN (OLD.private <> NEW.private)
  EXECUTE FUNCTION embeddings_private('event');

-- What somebody allows or forbids holds at once.
CREATE FUNCTION embeddings_allowed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO embedding_rounds (user_id, due_at, sweep) VALUES (NEW.id, NEW.updated_at, true)
    ON CONFLICT (user_id) DO UPDATE SET due_at = EXCLUDED.due_at, sweep = true;
  PERFORM pg_notify('heed_work', '');
  RETURN NULL;
END $$;
CREATE TRIGGER users_embedded AFTER UPDATE OF model_kinds ON users FOR EACH ROW WHEN (OLD.model_kinds IS DISTINCT FROM NEW.model_kinds)
  EXECUTE FUNCTION embeddings_allowed();
REVOKE ALL ON FUNCTION embed_round(uuid[], timestamptz[]), embeddings_made(), embeddings_changed(), embeddings_private(), embeddings_allowed() FROM PUBLIC;

-- What a model is told of things of the person: name and text; never addresses, numbers, or what is about customers.
CREATE FUNCTION door.embedded_texts(things uuid[]) RETURNS TABLE (thing uuid, kind text, title text, body text, private boolean, trashed boolean)
  LANGUAGE sql STABLE SECURITY DEFINER ROWS 64 SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT d.id, d.kind, x.title, x.body, x.private, d.trashed FROM search_documents d CROSS JOIN LATERAL (
    SELECT t.title, t.notes AS body, t.private FROM tasks t WHERE d.kind = 'task' AND t.id = d.id
    UNION ALL SELECT g.title, g.description, g.private FROM goals g WHERE d.kind = 'goal' AND g.id = d.id
    UNION ALL SELECT p.title, p.description, p.private FROM problems p WHERE d.kind = 'problem' AND p.id = d.id
    UNION ALL SELECT l.title, l.description, l.private FROM deadlines l WHERE d.kind = 'deadline' AND l.id = d.id
    UNION ALL SELECT p.name, concat_ws(E'\n\n', nullif(concat_ws(', ', nullif(p.title, ''), nullif(p.company, '')), ''), nullif(p.notes, '')), p.private
      FROM people p WHERE d.kind = 'person' AND p.id = d.id
    UNION ALL SELECT p.name, concat_ws(E'\n\n', nullif(concat_ws(', ', nullif(p.city, ''), nullif(p.state, ''), nullif(p.country, '')), ''),
        nullif(p.notes, '')), p.private FROM places p WHERE d.kind = 'place' AND p.id = d.id
    UNION ALL SELECT e.title, concat_ws(E'\n\n', nullif(e.location, ''), nullif(e.description, '')), e.private
      FROM events e WHERE d.kind = 'event' AND e.id = d.id
    UNION ALL SELECT r.title, r.description, r.of_desk FROM reminders r WHERE d.kind = 'reminder' AND r.id = d.id
    UNION ALL SELECT h.name, h.description, false FROM habits h WHERE d.kind = 'habit' AND h.id = d.id) x
  WHERE d.id = ANY ($1) AND d.user_id = me()
$$;

-- Whether `heed vectors on` has added its column, and filled it: its trigger is called so only then.
CREATE FUNCTION has_near() RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = 'public.embeddings'::regclass AND tgname = 'embeddings_near')
$$;

-- The numbers of half bytes (IEEE 754 binary16, the lower byte first), for the column of pgvector.
CREATE FUNCTION half_numbers(half bytea) RETURNS real[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT array_agg((CASE WHEN x.h >= 32768 THEN -1 ELSE 1 END * CASE WHEN (x.h >> 10) & 31 = 0 THEN (x.h & 1023) * power(2.0::float8, -24)
      ELSE (1024 + (x.h & 1023)) * power(2.0::float8, ((x.h >> 10) & 31) - 25) END)::real ORDER BY x.n)
  FROM (SELECT n, get_byte($1, 2 * n) + 256 * get_byte($1, 2 * n + 1) AS h FROM generate_series(0, octet_length($1) / 2 - 1) n) x
$$;

-- Vectors of a set of the person that may be the nearest: all of up to 4,000, else the best by their signs, and whatever other lists found; with pgvector
-- the best by the vectors themselves. Exact cosines are reckoned of what this returns.
CREATE FUNCTION door.nearest_vectors(looked_in uuid, signs bit varying, vector bytea, kinds text[], most bigint, found uuid[])
  RETURNS TABLE (thing uuid, kind text, chunk smallint, half bytea) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 400
  SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off SET max_parallel_workers_per_gather = 0
  SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_column
DECLARE
  is_small CONSTANT boolean := (SELECT count(*) FROM (SELECT FROM embeddings e WHERE e.user_id = me() AND e.set_id = $1 LIMIT 4001) x) <= 4000;
BEGIN
  IF is_small THEN
    RETURN QUERY SELECT e.thing, e.kind, e.chunk, e.half FROM embeddings e
      WHERE e.user_id = me() AND e.set_id = $1 AND NOT e.trashed AND e.kind = ANY ($4);
  ELSIF has_near() THEN
    RETURN QUERY EXECUTE 'SELECT e.thing, e.kind, e.chunk, e.half FROM embeddings e JOIN (
        (SELECT x.thing, x.chunk FROM embeddings x WHERE x.user_id = me() AND x.set_id = $1 AND NOT x.trashed AND x.kind = ANY ($3)
         ORDER BY x.near <#> half_numbers($2)::halfvec LIMIT $4)
        UNION SELECT x.thing, x.chunk FROM embeddings x WHERE x.thing = ANY ($5) AND x.user_id = me() AND x.set_id = $1 AND NOT x.trashed) b
        ON b.thing = e.thing AND b.chunk = e.chunk WHERE e.set_id = $1' USING $1, $3, $4, $5, $6;
  ELSE
    RETURN QUERY SELECT e.thing, e.kind, e.chunk, e.half FROM embeddings e JOIN (
        (SELECT x.thing, x.chunk FROM embeddings x WHERE x.user_id = me() AND x.set_id = $1 AND NOT x.trashed AND x.kind = ANY ($4)
         ORDER BY bit_count(x.bits # $2) LIMIT $5)
        UNION SELECT x.thing, x.chunk FROM embeddings x WHERE x.thing = ANY ($6) AND x.user_id = me() AND x.set_id = $1 AND NOT x.trashed) b
      ON b.thing = e.thing AND b.chunk = e.chunk WHERE e.set_id = $1;
  END IF;
END $$;
-- What the calls of a person took since a date; whose a call was, the web role reads of no row.
CREATE FUNCTION door.embedding_use(after date) RETURNS TABLE (tokens bigint, cost bigint)
  LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(sum(r.prompt_tokens), 0)::bigint, sum(r.cost)::bigint FROM prompt_runs r
  WHERE r.user_id = me() AND r.event = 'embedding' AND r.date > $1
$$;
REVOKE ALL ON FUNCTION door.embedding_use(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.embedding_use(date) TO heed_web;
REVOKE ALL ON FUNCTION door.embedded_texts(uuid[]), door.nearest_vectors(uuid, bit varying, bytea, text[], bigint, uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.embedded_texts(uuid[]) TO heed_web, heed_work;
GRANT EXECUTE ON FUNCTION door.nearest_vectors(uuid, bit varying, bytea, text[], bigint, uuid[]) TO heed_web, heed_work;

-- Since when whose things nobody has looked at.
CREATE FUNCTION overdue.vectors(at timestamptz) RETURNS timestamptz LANGUAGE sql AS $$
  SELECT min(due_at) FROM embedding_rounds r WHERE r.due_at <= $1
    AND NOT EXISTS (SELECT FROM jobs j WHERE j.id = r.job_id AND j.state IN ('pending', 'running'))
$$;
