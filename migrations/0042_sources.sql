-- Sources: what an account has written for its customers, the passages they are cut into, and the questions by which somebody tries whether the right
-- one is found (RULES 6.12). New tables only; safe while the site runs.

-- Each language twice: as PostgreSQL comes with it, and the same stemmer for text without accents. `unaccent` in front of the former breaks
-- plurals and stop words, so both stand in one vector. The latter has no list of stop words, which could only be a file of the server's:
-- the program leaves them out (StopWords).
CREATE TEXT SEARCH DICTIONARY portuguese_folded (TEMPLATE = pg_catalog.snowball, Language = portuguese);
CREATE TEXT SEARCH DICTIONARY english_folded (TEMPLATE = pg_catalog.snowball, Language = english);
CREATE TEXT SEARCH CONFIGURATION portuguese_folded (COPY = pg_catalog.portuguese);
CREATE TEXT SEARCH CONFIGURATION english_folded (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION portuguese_folded
  ALTER MAPPING FOR asciiword, word, hword, hword_part, asciihword, hword_asciipart WITH portuguese_folded;
ALTER TEXT SEARCH CONFIGURATION english_folded
  ALTER MAPPING FOR asciiword, word, hword, hword_part, asciihword, hword_asciipart WITH english_folded;

CREATE TABLE sources (
  id            uuid        CONSTRAINT sources_pkey PRIMARY KEY,
  account_id    uuid        NOT NULL CONSTRAINT sources_account_fkey REFERENCES accounts ON DELETE CASCADE,
  title         text        NOT NULL CONSTRAINT sources_title CHECK (length(title) BETWEEN 1 AND 200),
  url           text        CONSTRAINT sources_url CHECK (octet_length(url) BETWEEN 1 AND 2048),
  text          text        NOT NULL CONSTRAINT sources_text CHECK (octet_length(text) <= 262144),  -- Markdown
  language      text        NOT NULL CONSTRAINT sources_language CHECK (language IN ('en', 'pt-BR')),
  refresh       text        NOT NULL CONSTRAINT sources_refresh CHECK (refresh IN ('never', 'daily', 'weekly')),
  enabled       boolean     NOT NULL,
  etag          text        NOT NULL DEFAULT '' CONSTRAINT sources_etag CHECK (octet_length(etag) <= 1000),
  modified      text        NOT NULL DEFAULT '' CONSTRAINT sources_modified CHECK (octet_length(modified) <= 100),  -- Last-Modified, as it came
  asked_at      timestamptz,           -- a worker is to fetch it
  checked_at    timestamptz,           -- the last good look at its address
  indexed_at    timestamptz NOT NULL,  -- its passages are of that time
  failing_since timestamptz,
  error         text        NOT NULL DEFAULT '' CONSTRAINT sources_error CHECK (length(error) <= 200),  -- why the last look failed: a code, and a detail
  passages      integer     NOT NULL DEFAULT 0,
  version       integer     NOT NULL DEFAULT 1,
  revision      bigint      NOT NULL DEFAULT 1,
  created_at    timestamptz NOT NULL,
  updated_at    timestamptz NOT NULL,
  deleted_at    timestamptz,
  CONSTRAINT sources_id_account UNIQUE (id, account_id),
  CONSTRAINT sources_refreshed CHECK (url IS NOT NULL OR refresh = 'never'),
  CONSTRAINT sources_failing CHECK ((failing_since IS NULL) = (error = ''))
);
CREATE UNIQUE INDEX sources_by_url ON sources (account_id, url) WHERE url IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX sources_list ON sources (account_id, id) WHERE deleted_at IS NULL;
CREATE INDEX sources_scheduled ON sources (id) WHERE refresh <> 'never' AND enabled AND deleted_at IS NULL;
CREATE INDEX sources_gone ON sources (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE TRIGGER sources_revision BEFORE UPDATE ON sources FOR EACH ROW EXECUTE FUNCTION count_revision();
CALL wall_account('sources', 'admin',
  '{title,url,text,language,refresh,enabled,etag,modified,asked_at,failing_since,error,version,updated_at,deleted_at}');
GRANT UPDATE, DELETE ON sources TO heed_work;

-- Of sources that are on. `words` holds a word for the account too, so that one index finds the words of one account.
CREATE TABLE passages (
  id         bigint   GENERATED ALWAYS AS IDENTITY CONSTRAINT passages_pkey PRIMARY KEY,
  account_id uuid     NOT NULL,
  source_id  uuid     NOT NULL,
  n          smallint NOT NULL,  -- from 1
  heading    text     NOT NULL,
  text       text     NOT NULL,
  words      tsvector NOT NULL,
  CONSTRAINT passages_n UNIQUE (source_id, n),
  CONSTRAINT passages_source_fkey FOREIGN KEY (source_id, account_id) REFERENCES sources (id, account_id) ON DELETE CASCADE
);
CREATE INDEX passages_by_account ON passages (account_id);
CREATE INDEX passages_words ON passages USING gin (words) WITH (fastupdate = off);
CALL wall_account('passages', 'admin');
REVOKE INSERT ON passages FROM heed_web;

-- Whether what a source says may have changed since it was looked at last. One that nobody fetches is confirmed by saving it.
CREATE FUNCTION source_is_stale(refresh text, checked_at timestamptz, indexed_at timestamptz, at timestamptz) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT $4 - CASE WHEN $1 = 'never' THEN $3 ELSE coalesce($2, $3) END
    > CASE $1 WHEN 'daily' THEN interval '3 days' WHEN 'weekly' THEN interval '16 days' ELSE interval '180 days' END
$$;

-- A word that no text yields, quoted as tsvector and tsquery read it, so that the index finds an account's passages among all. It is no wall: who asks
-- for passages asks for their account besides.
CREATE FUNCTION account_word(account uuid) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT quote_literal('#' || translate($1::text, '-', ''))
$$;

-- Puts passages in the place of those of a source. `plain_…`: the same without accents and stop words.
CREATE FUNCTION door.index_passages(source uuid, headings text[], texts text[], plain_headings text[], plain_texts text[], at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  it sources;
  whole regconfig;
  folded regconfig;
BEGIN
  SELECT * INTO STRICT it FROM sources s WHERE s.id = $1 FOR UPDATE;
  IF session_user NOT IN ('heed_work', current_user) AND (it.account_id IS DISTINCT FROM my_account() OR NOT may('admin')) THEN
    RAISE insufficient_privilege USING MESSAGE = 'a source of another account';
  END IF;
  whole := CASE it.language WHEN 'pt-BR' THEN 'portuguese' ELSE 'english' END;
  folded := CASE it.language WHEN 'pt-BR' THEN 'portuguese_folded' ELSE 'english_folded' END;
  DELETE FROM passages p WHERE p.source_id = $1;
  IF it.enabled AND it.deleted_at IS NULL THEN
    INSERT INTO passages (account_id, source_id, n, heading, text, words)
    SELECT it.account_id, it.id, p.n, p.heading, p.text,
      setweight(to_tsvector(whole, normalize(it.title || ' . ' || p.heading)), 'A') || setweight(to_tsvector(folded, p.plain_heading), 'A')
        || to_tsvector(whole, normalize(p.text)) || to_tsvector(folded, p.plain_text) || account_word(it.account_id)::tsvector
    FROM unnest($2, $3, $4, $5) WITH ORDINALITY AS p(heading, text, plain_heading, plain_text, n);
  END IF;
  UPDATE sources s SET indexed_at = $6, passages = (SELECT count(*) FROM passages p WHERE p.source_id = $1) WHERE s.id = $1;
END $$;

-- What a word of a question stands for in passages: its forms as each dictionary knows them. With `mark` only where it has that weight.
CREATE FUNCTION passage_query(forms text, plain_forms text, mark text) RETURNS tsquery LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT string_agg(DISTINCT quote_literal(l.lexeme) || $3, ' | ')::tsquery
  FROM (
    SELECT unnest(ts_lexize('pg_catalog.portuguese_stem', f)) AS lexeme FROM unnest(string_to_array($1, ' ')) f
    UNION SELECT unnest(ts_lexize('pg_catalog.english_stem', f)) FROM unnest(string_to_array($1, ' ')) f
    UNION SELECT unnest(ts_lexize('public.portuguese_folded', f)) FROM unnest(string_to_array($2, ' ')) f
    UNION SELECT unnest(ts_lexize('public.english_folded', f)) FROM unnest(string_to_array($2, ' ')) f) l
$$;

-- The best passages for the words of a question: each word counts by how rare it is, twice in a title or heading; a source that is stale, or in another
-- language than the question, counts less. Words that stand in many passages find none by themselves where a rarer one does.
CREATE FUNCTION door.find_passages(account uuid, asked_in text, forms text[], plain_forms text[], at timestamptz, most bigint)
RETURNS TABLE (source_id uuid, n integer, title text, url text, language text, heading text, text text, indexed_at timestamptz, is_stale boolean,
  score double precision, held integer)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
#variable_conflict use_column
-- `IS TRUE`, so that no index of accounts is chosen instead of that of words.
DECLARE
  few CONSTANT integer := 60;  -- passages that a word may find by itself
  mine CONSTANT tsquery := account_word($1)::tsquery;
  word tsquery;
  shape text;
  hits integer;
  asked tsquery[] := '{}';
  heads tsquery[] := '{}';
  counts integer[] := '{}';
  guesses boolean[] := '{}';  -- which words are known by their beginning alone: they find, and do not count as held
  wanted tsquery;
  rest tsquery[] := '{}';
  whole tsquery;
  taken integer := 0;
  place integer;
BEGIN
  IF session_user NOT IN ('heed_work', current_user) AND $1 IS DISTINCT FROM my_account() THEN
    RAISE insufficient_privilege USING MESSAGE = 'passages of another account';
  END IF;
  FOR i IN 1..coalesce(cardinality($3), 0) LOOP
    word := passage_query($3[i], $4[i], '');
    CONTINUE WHEN word IS NULL;
    SELECT count(*) INTO hits FROM (SELECT FROM passages p WHERE p.words @@ (mine && word) AND (p.account_id = $1) IS TRUE LIMIT few + 1) x;
    shape := '';
    IF hits = 0 AND length(split_part($4[i], ' ', 1)) >= 5 THEN
      -- Nobody wrote it: most often its end is mistyped.
      shape := left(split_part($4[i], ' ', 1), CASE WHEN length(split_part($4[i], ' ', 1)) > 8 THEN 5 ELSE 4 END);
      word := (quote_literal(shape) || ':*')::tsquery;
      SELECT count(*) INTO hits FROM (SELECT FROM passages p WHERE p.words @@ (mine && word) AND (p.account_id = $1) IS TRUE LIMIT few + 1) x;
    END IF;
    CONTINUE WHEN hits = 0;
    asked := asked || word;
    heads := heads || CASE WHEN shape = '' THEN passage_query($3[i], $4[i], ':A') ELSE (quote_literal(shape) || ':*A')::tsquery END;
    counts := counts || hits;
    guesses := guesses || (shape <> '');
    whole := CASE WHEN whole IS NULL THEN word ELSE whole || word END;
  END LOOP;
  IF whole IS NULL THEN RETURN; END IF;
  FOR place IN SELECT u.o FROM unnest(counts) WITH ORDINALITY u(c, o) ORDER BY u.c, u.o LOOP
    IF counts[place] <= few AND (wanted IS NULL OR taken + counts[place] <= 2 * few) THEN
      wanted := CASE WHEN wanted IS NULL THEN asked[place] ELSE wanted || asked[place] END;
      taken := taken + counts[place];
    ELSIF cardinality(rest) < 4 THEN
      rest := rest || asked[place];
    END IF;
  END LOOP;
  -- Common words find what holds two of them.
  FOR i IN 2..cardinality(rest) LOOP
    word := rest[i - 1] && rest[i];
    wanted := CASE WHEN wanted IS NULL THEN word ELSE wanted || word END;
  END LOOP;
  IF NOT EXISTS (SELECT FROM passages p WHERE p.words @@ (mine && wanted) AND (p.account_id = $1) IS TRUE) THEN wanted := rest[1]; END IF;
  RETURN QUERY
    WITH candidates AS MATERIALIZED (
      SELECT p.id, p.source_id, p.words FROM passages p WHERE p.words @@ (mine && wanted) AND (p.account_id = $1) IS TRUE LIMIT 3 * few),
    asked_words AS MATERIALIZED (
      SELECT u.q, u.head, u.guess, ln(1 + 2 * few / u.c::double precision) AS weight FROM unnest(asked, heads, counts, guesses) u(q, head, c, guess)),
    rated AS (
      SELECT c.id, r.weight, r.held, ts_rank_cd('{0.5, 0.5, 0.5, 1}', c.words, whole, 32) AS density, c.source_id
      FROM candidates c CROSS JOIN LATERAL (
        SELECT sum(w.weight * CASE WHEN c.words @@ w.head THEN 2 ELSE 1 END) AS weight, (count(*) FILTER (WHERE NOT w.guess))::integer AS held
        FROM asked_words w WHERE c.words @@ w.q) r),
    scored AS (
      SELECT r.id, r.held, s.title, s.url, s.language, s.indexed_at, x.is_stale,
        r.weight / (SELECT 2 * sum(w.weight) FROM asked_words w) * (0.7 + 0.3 * r.density)
          * CASE WHEN x.is_stale THEN 0.8 ELSE 1 END * CASE WHEN s.language = $2 THEN 1 ELSE 0.8 END AS score
      FROM rated r JOIN sources s ON s.id = r.source_id
      CROSS JOIN LATERAL (SELECT source_is_stale(s.refresh, s.checked_at, s.indexed_at, $5) AS is_stale) x
      ORDER BY score DESC, s.id, r.id LIMIT $6)
    SELECT p.source_id, p.n::integer, o.title, o.url, o.language, p.heading, p.text, o.indexed_at, o.is_stale, o.score, o.held
    FROM scored o JOIN passages p ON p.id = o.id ORDER BY o.score DESC, p.source_id, p.n;
END $$;

-- What somebody asks to try the sources: which of them should be found, at which place it was, and before that.
CREATE TABLE golden_questions (
  account_id uuid     NOT NULL CONSTRAINT golden_questions_account_fkey REFERENCES accounts ON DELETE CASCADE,
  n          smallint NOT NULL,  -- its line
  question   text     NOT NULL CONSTRAINT golden_questions_question CHECK (length(question) BETWEEN 1 AND 1000),
  source_url text     NOT NULL CONSTRAINT golden_questions_url CHECK (octet_length(source_url) BETWEEN 1 AND 2048),
  place      smallint NOT NULL CONSTRAINT golden_questions_place CHECK (place BETWEEN 0 AND 3),  -- 0: not found
  CONSTRAINT golden_questions_pkey PRIMARY KEY (account_id, n)
);
CALL wall_account('golden_questions', 'admin', '{place}');
CREATE TABLE golden_runs (
  id         uuid        CONSTRAINT golden_runs_pkey PRIMARY KEY,
  account_id uuid        NOT NULL CONSTRAINT golden_runs_account_fkey REFERENCES accounts ON DELETE CASCADE,
  at         timestamptz NOT NULL,
  questions  integer     NOT NULL,
  first      integer     NOT NULL,  -- how many found their source first
  found      integer     NOT NULL   -- among three
);
CREATE INDEX golden_runs_by_account ON golden_runs (account_id, id);
CALL wall_account('golden_runs', 'admin');
GRANT DELETE ON golden_runs TO heed_work;
CREATE FUNCTION door.drop_golden_questions() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT may('admin') THEN RAISE insufficient_privilege USING MESSAGE = 'questions are for admins to change'; END IF;
  DELETE FROM golden_questions WHERE account_id = my_account();
END $$;

REVOKE ALL ON FUNCTION source_is_stale(text, timestamptz, timestamptz, timestamptz), account_word(uuid), passage_query(text, text, text) FROM PUBLIC;
REVOKE ALL ON FUNCTION door.index_passages(uuid, text[], text[], text[], text[], timestamptz),
  door.find_passages(uuid, text, text[], text[], timestamptz, bigint), door.drop_golden_questions() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION source_is_stale(text, timestamptz, timestamptz, timestamptz) TO heed_web, heed_work;
GRANT EXECUTE ON FUNCTION door.index_passages(uuid, text[], text[], text[], text[], timestamptz),
  door.find_passages(uuid, text, text[], text[], timestamptz, bigint) TO heed_web, heed_work;
GRANT EXECUTE ON FUNCTION door.drop_golden_questions() TO heed_web;
