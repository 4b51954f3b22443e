-- The planner in less time: the register by statement, search that asks once, and what it compares.
--
-- Changes no row. Makes two indexes anew, of what accounts share and of what was made of files, and holds writes to both meanwhile: less than a
-- second for 100,000.

-- What was made of an entry of a file is found by its key, which leads one index alone: planned while the table was nearly empty, each slice of a
-- file went through all that the person has from files, by whichever index the person is in.
ALTER TABLE task_sources DROP CONSTRAINT task_sources_pkey, ADD CONSTRAINT task_sources_pkey PRIMARY KEY (key, user_id);

-- The words that a thing is found by, as before, without a statement of their own for each: a name and a text of a few hundred characters hold no
-- word that has to be cut. `array_to_tsvector` leaves out what is there twice.
CREATE OR REPLACE FUNCTION register_words(owner uuid, title text, body text) RETURNS tsvector LANGUAGE plpgsql STABLE PARALLEL SAFE
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  named CONSTANT text[] := stems($2);
  held CONSTANT text[] := CASE WHEN $3 = '' THEN '{}' ELSE stems(left($3, 65536)) END;
  t CONSTANT text := owner_mark($1) || 't';
  b CONSTANT text := owner_mark($1) || 'b';
BEGIN
  IF octet_length($2) > 400 OR octet_length($3) > 400 OR cardinality(named) = 0 THEN
    RETURN array_to_tsvector(ARRAY(
      SELECT DISTINCT left(owner_mark($1) || x.word, 500) FROM (
        SELECT sign || s AS word FROM unnest(named) s CROSS JOIN unnest(ARRAY['t', 'b']) sign
        UNION ALL SELECT 'b' || s FROM unnest(held) s) x));
  END IF;
  RETURN array_to_tsvector(string_to_array(
    t || array_to_string(named, chr(10) || t) || chr(10) || b || array_to_string(named || held, chr(10) || b), chr(10)));
END $$;

-- What was changed of tasks, by statement: a tree of five thousand that goes into the trash took seven seconds, row by row.
CREATE FUNCTION register_tasks_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  renamed CONSTANT uuid[] := ARRAY(SELECT x.id FROM (
    SELECT it.id, it.title, it.notes FROM made it EXCEPT ALL SELECT it.id, it.title, it.notes FROM gone it) x);
  moved CONSTANT uuid[] := ARRAY(SELECT x.id FROM (
    SELECT it.id, it.deleted_at IS NOT NULL OR it.archived_at IS NOT NULL FROM made it
    EXCEPT ALL SELECT it.id, it.deleted_at IS NOT NULL OR it.archived_at IS NOT NULL FROM gone it) x);
BEGIN
  IF cardinality(renamed) + cardinality(moved) = 0 THEN RETURN NULL; END IF;
  -- Planned anew each time, for as many as there are.
  EXECUTE 'UPDATE search_documents d SET title = left(it.title, 200), trashed = it.deleted_at IS NOT NULL OR it.archived_at IS NOT NULL,
      words = CASE WHEN it.id = ANY ($1) THEN register_words(it.user_id, it.title, it.notes) ELSE d.words END, updated_at = it.updated_at
    FROM made it WHERE it.id = ANY ($1 || $2) AND d.id = it.id AND d.kind = ''task''' USING renamed, moved;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION register_tasks_changed() FROM PUBLIC;
DROP TRIGGER tasks_registered_anew ON tasks;
CREATE TRIGGER tasks_registered_anew AFTER UPDATE ON tasks REFERENCING OLD TABLE AS gone NEW TABLE AS made FOR EACH STATEMENT
  EXECUTE FUNCTION register_tasks_changed();

-- As it was; whose a thing is stands in its row.
CREATE OR REPLACE FUNCTION blockers_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  things uuid[];
  steps integer[];
  made CONSTANT text := CASE TG_OP WHEN 'UPDATE'
    THEN format('SELECT it.id, it.user_id, CASE WHEN %s THEN 1 ELSE 0 END AS n FROM made it UNION ALL ', TG_ARGV[0]) ELSE '' END;
BEGIN
  EXECUTE format('SELECT array_agg(w.from_id), array_agg(w.n) FROM (
      SELECT l.from_id, sum(c.n)::integer AS n FROM (
        SELECT x.id, x.user_id, sum(x.n) AS n FROM (%s SELECT it.id, it.user_id, CASE WHEN %s THEN -1 ELSE 0 END AS n FROM gone it) x
        GROUP BY x.id, x.user_id HAVING sum(x.n) <> 0) c
      JOIN entity_links l ON l.to_id = c.id AND l.type = ''depends_on'' AND l.user_id = c.user_id
      GROUP BY l.from_id) w WHERE w.n <> 0', made, TG_ARGV[0]) INTO things, steps;
  IF things IS NULL THEN RETURN NULL; END IF;
  UPDATE tasks t SET open_blockers = t.open_blockers + s.n FROM unnest(things, steps) AS s(id, n) WHERE t.id = s.id;
  RETURN NULL;
END $$;

-- As it was, but without a stem that the word's own beginning finds anyway: to read what many have twice takes twice as long.
CREATE OR REPLACE FUNCTION register_query(owner uuid, words text, sign text) RETURNS tsquery LANGUAGE plpgsql STABLE
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  term text;
  form text;
  word tsquery;
  whole tsquery;
BEGIN
  FOR term IN SELECT t.lexeme FROM unnest(to_tsvector('simple', plain(left($2, 400)))) t LIMIT 20 LOOP
    word := (quote_literal(owner_mark($1) || $3 || translate(term, '\', ' ')) || ':*')::tsquery;
    FOREACH form IN ARRAY stems(term) LOOP
      IF NOT starts_with(form, term) THEN word := word || quote_literal(owner_mark($1) || $3 || translate(form, '\', ' '))::tsquery; END IF;
    END LOOP;
    whole := CASE WHEN whole IS NULL THEN word ELSE whole && word END;
  END LOOP;
  RETURN whole;
END $$;

-- Of an account's things by kind, as `search_documents_newest` has a person's.
CREATE INDEX search_documents_shared_newest ON search_documents (account_id, kind, updated_at) WHERE account_id IS NOT NULL;

-- The things of the person, and of their account, that hold all words: those called exactly so first, then those whose name holds them, then those
-- whose text does, each the newest first. The first `most` of all kinds have a place; of each of `parts` the first `most_each` have one among their
-- kind, so that a page asks once. Of a word that many hold a thousand are put in order, among them what is called so; names alone, where there are as
-- many. Planned anew each time: one plan for a person with ten things and one with a hundred thousand would read all of the latter's. `kind || ''` is
-- in no index: for the first thousand the planner would else go through everybody's by one of them.
DROP FUNCTION door.find_things(text, text[], bigint);
CREATE FUNCTION door.find_things(words text, kinds text[], most bigint, parts text[], most_each bigint)
  RETURNS TABLE (kind text, id uuid, title text, match text, place bigint, matches bigint, place_of_kind bigint, matches_of_kind bigint)
  LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20
  SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off SET max_parallel_workers_per_gather = 0
  SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_column
DECLARE
  looked_for CONSTANT text := btrim(plain(left($1, 400)));
  beyond CONSTANT text := looked_for || chr(1114111);
  -- Signs that would mean something elsewhere are meant as they stand. Quotation marks part words, as in what is kept.
  is_exact CONSTANT boolean := looked_for <> translate(looked_for, '%_\*', '');
  named CONSTANT tsquery := register_query(me(), $1, 't') || register_query(my_account(), $1, 't');
  held CONSTANT tsquery := register_query(me(), $1, 'b') || register_query(my_account(), $1, 'b');
  is_whole boolean := true;
  few text[];
  part text;
  one record;
BEGIN
  IF me() IS NULL OR my_account() IS NULL OR looked_for = '' THEN RETURN; END IF;
  FOR one IN
    WITH named_so AS MATERIALIZED (
      SELECT d.id, d.kind, d.title, d.title_norm, d.updated_at FROM search_documents d
      WHERE d.words @@ named AND (d.user_id = me() OR d.account_id = my_account()) AND NOT d.trashed AND d.kind || '' = ANY ($2) LIMIT 1000),
    called AS MATERIALIZED (
      (SELECT d.id, d.kind, d.title, d.title_norm, d.updated_at FROM search_documents d
       WHERE d.user_id = me() AND NOT d.trashed AND d.kind || '' = ANY ($2) AND d.title_norm ~>=~ looked_for AND d.title_norm ~<~ beyond
       ORDER BY d.title_norm USING ~<~ LIMIT (SELECT CASE WHEN count(*) < 1000 THEN 1000 ELSE 100 END FROM named_so))
      UNION ALL
      (SELECT d.id, d.kind, d.title, d.title_norm, d.updated_at FROM search_documents d
       WHERE d.account_id = my_account() AND NOT d.trashed AND d.kind || '' = ANY ($2) AND d.title_norm ~>=~ looked_for AND d.title_norm ~<~ beyond
       ORDER BY d.title_norm USING ~<~ LIMIT (SELECT CASE WHEN count(*) < 1000 THEN 1000 ELSE 100 END FROM named_so))),
    held_so AS MATERIALIZED (
      SELECT d.id, d.kind, d.title, d.title_norm, d.updated_at FROM search_documents d
      WHERE (SELECT count(*) < 1000 FROM named_so) AND d.words @@ held AND (d.user_id = me() OR d.account_id = my_account()) AND NOT d.trashed
        AND d.kind || '' = ANY ($2) LIMIT 1000),
    found AS (
      SELECT DISTINCT ON (u.id) u.* FROM (
        SELECT n.*, 1 AS list FROM named_so n UNION ALL SELECT c.*, 1 FROM called c UNION ALL SELECT h.*, 2 FROM held_so h) u
      WHERE NOT is_exact OR strpos(u.title_norm, looked_for) > 0 ORDER BY u.id, u.list),
    ranked AS (
      SELECT f.id, f.kind, f.title, f.list, count(*) OVER () AS of_all, count(*) OVER (PARTITION BY f.kind) AS of_kind,
        row_number() OVER (PARTITION BY f.kind ORDER BY f.title_norm = looked_for DESC, f.list, strpos(f.title_norm, looked_for) > 0 DESC,
          f.updated_at DESC, f.id DESC) AS in_kind,
        row_number() OVER (ORDER BY f.title_norm = looked_for DESC, f.list, strpos(f.title_norm, looked_for) > 0 DESC, f.updated_at DESC,
          f.id DESC) AS n
      FROM found f)
    SELECT r.*, greatest((SELECT count(*) FROM named_so), (SELECT count(*) FROM called), (SELECT count(*) FROM held_so)) < 1000 AS is_whole
    FROM ranked r WHERE r.n <= $3 OR r.in_kind <= $5 AND r.kind = ANY ($4) ORDER BY r.n
  LOOP
    is_whole := one.is_whole;
    IF is_whole OR one.n <= $3 THEN
      kind := one.kind;
      id := one.id;
      title := one.title;
      match := CASE WHEN one.list = 1 THEN 'name' ELSE 'words' END;
      place := CASE WHEN one.n <= $3 THEN one.n END;
      matches := one.of_all;
      place_of_kind := CASE WHEN is_whole AND one.in_kind <= $5 AND one.kind = ANY ($4) THEN one.in_kind END;
      matches_of_kind := one.of_kind;
      RETURN NEXT;
    END IF;
  END LOOP;
  IF is_whole THEN RETURN; END IF;

  -- Among more than are looked at no kind can be told: those of which there are few are gone through, the others looked for alone.
  few := ARRAY(SELECT k FROM unnest($4) k WHERE 1000 >= (SELECT count(*) FROM (
    (SELECT FROM search_documents d WHERE d.user_id = me() AND d.kind = k LIMIT 1001) UNION ALL
    (SELECT FROM search_documents d WHERE d.account_id = my_account() AND d.kind = k LIMIT 1001)) x));
  RETURN QUERY
  WITH found AS (
    SELECT d.id, d.kind, d.title, d.title_norm, d.updated_at,
      CASE WHEN d.words @@ named OR d.title_norm ~>=~ looked_for AND d.title_norm ~<~ beyond THEN 1 ELSE 2 END AS list
    FROM unnest(few) k CROSS JOIN LATERAL (
      SELECT * FROM search_documents s WHERE s.user_id = me() AND s.kind = k UNION ALL
      SELECT * FROM search_documents s WHERE s.account_id = my_account() AND s.kind = k) d
    WHERE NOT d.trashed AND (d.words @@ held OR d.words @@ named OR d.title_norm ~>=~ looked_for AND d.title_norm ~<~ beyond)
      AND (NOT is_exact OR strpos(d.title_norm, looked_for) > 0)),
  ranked AS (
    SELECT f.id, f.kind, f.title, f.list, count(*) OVER (PARTITION BY f.kind) AS of_kind,
      row_number() OVER (PARTITION BY f.kind ORDER BY f.title_norm = looked_for DESC, f.list, strpos(f.title_norm, looked_for) > 0 DESC,
        f.updated_at DESC, f.id DESC) AS in_kind
    FROM found f)
  SELECT r.kind, r.id, r.title, CASE WHEN r.list = 1 THEN 'name' ELSE 'words' END, NULL::bigint, 0::bigint, r.in_kind, r.of_kind
  FROM ranked r WHERE r.in_kind <= $5;
  FOREACH part IN ARRAY $4 LOOP
    IF part = ANY (few) THEN CONTINUE; END IF;
    RETURN QUERY SELECT f.kind, f.id, f.title, f.match, NULL::bigint, 0::bigint, f.place, f.matches
      FROM door.find_things($1, ARRAY[part], $5, '{}', 0) f;
  END LOOP;
END $$;
REVOKE ALL ON FUNCTION door.find_things(text, text[], bigint, text[], bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.find_things(text, text[], bigint, text[], bigint) TO heed_web;

-- As it was, but that how a thing stands, and its text, are read where somebody asks for them.
CREATE OR REPLACE FUNCTION door.find_marked(words text, phrases text[], without text[], kinds text[], tags text[], states text[], since timestamptz,
    until timestamptz, most bigint)
  RETURNS TABLE (kind text, id uuid, title text, match text, matches bigint) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20
  SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off SET max_parallel_workers_per_gather = 0
  SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_column
DECLARE
  looked_for CONSTANT text := left(concat_ws(' ', $1, array_to_string($2, ' ')), 400);
  named CONSTANT tsquery := register_query(me(), looked_for, 't') || register_query(my_account(), looked_for, 't');
  held CONSTANT tsquery := register_query(me(), looked_for, 'b') || register_query(my_account(), looked_for, 'b');
  called CONSTANT text := btrim(plain(left($1, 400)));
  together CONSTANT text[] := ARRAY(SELECT plain(p) FROM unnest($2) p);
  marks CONSTANT text[] := ARRAY(SELECT normal_title(t) FROM unnest($5) t);
  unwanted tsquery;
  word text;
  one tsquery;
BEGIN
  IF me() IS NULL OR my_account() IS NULL THEN RETURN; END IF;
  FOREACH word IN ARRAY $3 LOOP
    one := register_query(me(), word, 'b') || register_query(my_account(), word, 'b');
    unwanted := CASE WHEN unwanted IS NULL THEN one WHEN one IS NULL THEN unwanted ELSE unwanted || one END;
  END LOOP;
  RETURN QUERY
  WITH found AS MATERIALIZED (
    (SELECT d.id, 1 AS list FROM search_documents d WHERE d.words @@ named AND (d.user_id = me() OR d.account_id = my_account()) AND NOT d.trashed
       AND d.kind || '' = ANY ($4) LIMIT 1000)
    UNION ALL
    (SELECT d.id, 2 FROM search_documents d WHERE d.words @@ held AND (d.user_id = me() OR d.account_id = my_account()) AND NOT d.trashed
       AND d.kind || '' = ANY ($4) LIMIT 1000)
    UNION ALL
    (SELECT g.thing, 3 FROM tags g WHERE held IS NULL AND cardinality(marks) > 0 AND g.user_id = me() AND g.tag_norm = marks[1] LIMIT 1000)
    UNION ALL
    (SELECT n.id, 3 FROM unnest($4) k (kind) CROSS JOIN LATERAL (
       SELECT d.id FROM search_documents d WHERE held IS NULL AND cardinality(marks) = 0 AND d.user_id = me() AND d.kind = k.kind AND NOT d.trashed
         AND d.updated_at >= coalesce($7, '-infinity') AND d.updated_at < coalesce($8, 'infinity') ORDER BY d.updated_at DESC LIMIT 1000) n)),
  ranked AS (
    SELECT d.kind, d.id, d.title, d.updated_at, min(f.list) AS list, d.title_norm = called AS is_name
    FROM found f JOIN search_documents d ON d.id = f.id LEFT JOIN LATERAL (
      SELECT t.states, t.body FROM thing_state(d.kind, d.id) t WHERE cardinality($6) > 0 OR cardinality(together) > 0) s ON true
    WHERE NOT d.trashed AND d.kind = ANY ($4) AND (unwanted IS NULL OR NOT d.words @@ unwanted)
      AND d.updated_at >= coalesce($7, '-infinity') AND d.updated_at < coalesce($8, 'infinity')
      AND (cardinality($6) = 0 OR s.states && $6)
      AND NOT EXISTS (SELECT FROM unnest(together) p WHERE strpos(d.title_norm, p) = 0 AND strpos(plain(coalesce(s.body, '')), p) = 0)
      AND NOT EXISTS (SELECT FROM unnest(marks) m
        WHERE NOT EXISTS (SELECT FROM tags g WHERE g.user_id = d.user_id AND g.user_id = me() AND g.tag_norm = m AND g.thing = d.id))
    GROUP BY d.id)
  SELECT r.kind, r.id, r.title, CASE WHEN r.list = 1 THEN 'name' ELSE 'words' END, count(*) OVER ()
  FROM ranked r ORDER BY r.is_name DESC, r.list, r.updated_at DESC, r.id DESC LIMIT $9;
END $$;

-- As it was, but that a word which several names hold is compared once, and only where it has three letters in common with one that is looked for.
CREATE OR REPLACE FUNCTION door.find_similar(words text, kinds text[], most bigint)
  RETURNS TABLE (kind text, id uuid, title text, match text, matches bigint) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20
  SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off SET enable_hashjoin = on SET max_parallel_workers_per_gather = 0
  SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_column
DECLARE
  terms CONSTANT text[] := ARRAY(
    SELECT t.lexeme FROM unnest(to_tsvector('simple', plain(left($1, 400)))) t WHERE length(t.lexeme) BETWEEN 3 AND 40 ORDER BY 1 LIMIT 5);
  near tsquery;
  term text;
  one tsquery;
BEGIN
  IF me() IS NULL OR my_account() IS NULL OR cardinality(terms) = 0 THEN RETURN; END IF;
  FOREACH term IN ARRAY terms LOOP
    one := (quote_literal(owner_mark(me()) || 't' || translate(left(term, 2), '\', ' ')) || ':*')::tsquery
      || (quote_literal(owner_mark(my_account()) || 't' || translate(left(term, 2), '\', ' ')) || ':*')::tsquery;
    near := CASE WHEN near IS NULL THEN one ELSE near || one END;
  END LOOP;
  RETURN QUERY
  WITH asked AS MATERIALIZED (
    SELECT t.term, ARRAY(SELECT DISTINCT substr('  ' || t.term || ' ', n, 3) FROM generate_series(1, length(t.term) + 1) n) AS grams
    FROM unnest(terms) t (term)),
  candidates AS MATERIALIZED (
    SELECT d.kind, d.id, d.title, d.title_norm, d.updated_at FROM search_documents d
    WHERE d.words @@ near AND (d.user_id = me() OR d.account_id = my_account()) AND NOT d.trashed AND d.kind || '' = ANY ($2) LIMIT 1000),
  held AS MATERIALIZED (
    SELECT c.id, w.lexeme FROM candidates c CROSS JOIN LATERAL unnest(to_tsvector('simple', c.title_norm)) w),
  alike AS MATERIALIZED (
    SELECT p.lexeme, p.term, x.same::real / (x.all_of_it + cardinality(p.grams) - x.same) AS part FROM (
      SELECT l.lexeme, a.term, a.grams FROM (SELECT DISTINCT h.lexeme FROM held h) l CROSS JOIN asked a
      WHERE EXISTS (SELECT FROM unnest(a.grams) g WHERE strpos('  ' || l.lexeme || ' ', g) > 0)) p
    CROSS JOIN LATERAL (
      SELECT count(*) AS all_of_it, count(*) FILTER (WHERE g.gram = ANY (p.grams)) AS same FROM (
        SELECT DISTINCT substr('  ' || p.lexeme || ' ', n, 3) AS gram FROM generate_series(1, length(p.lexeme) + 1) n) g) x),
  best AS (SELECT h.id, l.term, max(l.part) AS part FROM held h JOIN alike l ON l.lexeme = h.lexeme GROUP BY h.id, l.term),
  ranked AS (SELECT b.id, min(b.part) AS part FROM best b GROUP BY b.id HAVING count(*) = cardinality(terms) AND min(b.part) >= 0.3)
  SELECT c.kind, c.id, c.title, 'similar', count(*) OVER ()
  FROM ranked r JOIN candidates c ON c.id = r.id ORDER BY r.part DESC, c.updated_at DESC, c.id DESC LIMIT $3;
END $$;
