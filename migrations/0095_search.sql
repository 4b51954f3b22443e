-- Search as one list of all kinds (RULES 9.44): what is called or reached so, then names, then texts, each with its place, for the program to put
-- together with what lies near by its sense; how many of each kind there are; and the part of a text that holds the words.
--
-- Adds a function and takes one away: while the site runs, a request of before it that narrows its search is answered 500 until the program is new.

-- A part of a text about where a word stands, 600 characters at most.
CREATE FUNCTION text_around(body text, term text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE WHEN length($1) <= 600 THEN $1 ELSE (
    SELECT CASE WHEN x.start > 1 THEN '…' ELSE '' END || substr($1, x.start, 600) || CASE WHEN length($1) >= x.start + 600 THEN '…' ELSE '' END
    FROM (SELECT greatest(1, coalesce(nullif(strpos(p.body, ' ' || $2), 0), strpos(p.body, $2)) - 120) AS start FROM (SELECT plain($1) AS body) p) x) END
$$;
REVOKE ALL ON FUNCTION text_around(text, text) FROM PUBLIC;

-- The things of the person, and of their account, that hold all words, as find_things (0079) puts them in order, and narrowed as find_marked (0079) did
-- it; without words what the marks leave, the newest. Of a word that many hold a thousand are put in order.
--
-- `name` is what was typed without its marks: what is called so, or is a person reached by one of `addresses`, is pinned. Those of `also` come whether the
-- words find them or not (no match then), narrowed alike. The first `most` have a place, and of those beyond `told` a part of the text where the text was
-- found. A row without an id says how many of a kind there are. `parts` and `most_each` are of plain words alone, as in find_things.
CREATE FUNCTION door.search_things(words text, name text, addresses text[], phrases text[], without text[], kinds text[], tags text[], states text[],
    since timestamptz, until timestamptz, also uuid[], told bigint, most bigint, parts text[], most_each bigint)
  RETURNS TABLE (kind text, id uuid, title text, updated_at timestamptz, match text, is_pinned boolean, body text, place bigint, place_of_kind bigint,
    matches_of_kind bigint, is_whole boolean)
  LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 60
  SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off SET max_parallel_workers_per_gather = 0
  SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_column
DECLARE
  looked_for CONSTANT text := btrim(left(concat_ws(' ', $1, array_to_string($4, ' ')), 400));
  called CONSTANT text := btrim(plain(left($2, 400)));
  beyond CONSTANT text := called || chr(1114111);
  named CONSTANT tsquery := register_query(me(), looked_for, 't') || register_query(my_account(), looked_for, 't');
  held CONSTANT tsquery := register_query(me(), looked_for, 'b') || register_query(my_account(), looked_for, 'b');
  -- Signs that are no words of the register, and none of ASCII: they stand for themselves, as emoji do.
  drawn CONSTANT boolean := held IS NULL AND called <> '' AND octet_length(called) <> length(called);
  together CONSTANT text[] := ARRAY(SELECT plain(p) FROM unnest($4) p);
  marks CONSTANT text[] := ARRAY(SELECT normal_title(t) FROM unnest($7) t);
  reached CONSTANT uuid[] := ARRAY(SELECT a.person_id FROM person_addresses a WHERE a.user_id = me() AND a.live AND a.key = ANY ($3) LIMIT 100);
  term CONSTANT text := coalesce((SELECT t.lexeme FROM unnest(to_tsvector('simple', plain(looked_for))) t ORDER BY length(t.lexeme) DESC LIMIT 1), '');
  named_so uuid[] := '{}';  -- each kind of finding is asked for alone, and planned only where it may find something
  called_so uuid[] := '{}';
  held_so uuid[] := '{}';
  others uuid[] := '{}';
  room bigint;
  whole boolean;
  few text[];
  part text;
  one record;
  unwanted tsquery;
  word tsquery;
BEGIN
  IF me() IS NULL OR my_account() IS NULL THEN RETURN; END IF;
  FOREACH part IN ARRAY $5 LOOP
    word := register_query(me(), part, 'b') || register_query(my_account(), part, 'b');
    unwanted := CASE WHEN unwanted IS NULL THEN word WHEN word IS NULL THEN unwanted ELSE unwanted || word END;
  END LOOP;
  IF named IS NOT NULL THEN
    named_so := ARRAY(
      SELECT d.id FROM search_documents d
      WHERE d.words @@ named AND (d.user_id = me() OR d.account_id = my_account()) AND NOT d.trashed AND d.kind || '' = ANY ($6)
        AND (unwanted IS NULL OR NOT d.words @@ unwanted) AND (d.updated_at < $9) IS NOT TRUE AND (d.updated_at >= $10) IS NOT TRUE
        AND (cardinality(marks) = 0 OR EXISTS (SELECT FROM tags g WHERE g.user_id = me() AND g.tag_norm = marks[1] AND g.thing = d.id)) LIMIT 1000);
  END IF;
  IF called <> '' THEN
    room := CASE WHEN cardinality(named_so) < 1000 THEN 1000 ELSE 100 END;
    called_so := ARRAY(
      (SELECT d.id FROM search_documents d
       WHERE d.user_id = me() AND NOT d.trashed AND d.kind || '' = ANY ($6) AND d.title_norm ~>=~ called AND d.title_norm ~<~ beyond
       ORDER BY d.title_norm USING ~<~ LIMIT room)
      UNION ALL
      (SELECT d.id FROM search_documents d
       WHERE d.account_id = my_account() AND NOT d.trashed AND d.kind || '' = ANY ($6) AND d.title_norm ~>=~ called AND d.title_norm ~<~ beyond
       ORDER BY d.title_norm USING ~<~ LIMIT room));
  END IF;
  IF held IS NOT NULL AND cardinality(named_so) < 1000 THEN
    held_so := ARRAY(
      SELECT d.id FROM search_documents d
      WHERE d.words @@ held AND (d.user_id = me() OR d.account_id = my_account()) AND NOT d.trashed AND d.kind || '' = ANY ($6)
        AND (unwanted IS NULL OR NOT d.words @@ unwanted) AND (d.updated_at < $9) IS NOT TRUE AND (d.updated_at >= $10) IS NOT TRUE
        AND (cardinality(marks) = 0 OR EXISTS (SELECT FROM tags g WHERE g.user_id = me() AND g.tag_norm = marks[1] AND g.thing = d.id)) LIMIT 1000);
  END IF;
  IF drawn THEN
    others := ARRAY(
      SELECT d.id FROM search_documents d
      WHERE (d.user_id = me() OR d.account_id = my_account()) AND NOT d.trashed AND d.kind || '' = ANY ($6) AND strpos(d.title_norm, called) > 0 LIMIT 1000);
  ELSIF looked_for = '' AND cardinality(marks) > 0 THEN
    others := ARRAY(SELECT g.thing FROM tags g WHERE g.user_id = me() AND g.tag_norm = marks[1] LIMIT 1000);
  ELSIF looked_for = '' THEN
    others := ARRAY(
      SELECT n.id FROM unnest($6) k (kind) CROSS JOIN LATERAL (
        SELECT d.id FROM search_documents d WHERE d.user_id = me() AND d.kind = k.kind AND NOT d.trashed
          AND d.updated_at >= coalesce($9, '-infinity') AND d.updated_at < coalesce($10, 'infinity') ORDER BY d.updated_at DESC LIMIT 1000) n);
  END IF;
  whole := greatest(cardinality(named_so), cardinality(called_so), cardinality(held_so), cardinality(others)) < 1000;
  FOR one IN
    WITH candidates AS (
      SELECT u.id, min(u.list) AS list FROM (
        SELECT n AS id, 1 AS list FROM unnest(named_so || called_so || reached) n
        UNION ALL SELECT o, CASE WHEN drawn THEN 1 ELSE 2 END FROM unnest(held_so || others) o UNION ALL SELECT a, 9 FROM unnest($11) a) u
      GROUP BY u.id),
    found AS (
      SELECT d.id, d.kind, d.title, d.updated_at, c.list, called <> '' AND d.title_norm = called OR d.id = ANY (reached) AS pinned,
        strpos(d.title_norm, called) > 0 AS is_together
      FROM candidates c JOIN search_documents d ON d.id = c.id LEFT JOIN LATERAL (
        SELECT t.states, t.body FROM thing_state(d.kind, d.id) t WHERE cardinality($8) > 0 OR cardinality(together) > 0) s ON true
      WHERE (d.user_id = me() OR d.account_id = my_account()) AND NOT d.trashed AND d.kind = ANY ($6)
        AND (unwanted IS NULL OR NOT d.words @@ unwanted) AND (d.updated_at < $9) IS NOT TRUE AND (d.updated_at >= $10) IS NOT TRUE
        AND (cardinality($8) = 0 OR s.states && $8)
        AND (cardinality(together) = 0
          OR NOT EXISTS (SELECT FROM unnest(together) p WHERE strpos(d.title_norm, p) = 0 AND strpos(plain(coalesce(s.body, '')), p) = 0))
        AND (cardinality(marks) = 0 OR NOT EXISTS (SELECT FROM unnest(marks) m
          WHERE NOT EXISTS (SELECT FROM tags g WHERE g.user_id = me() AND g.tag_norm = m AND g.thing = d.id)))),
    counted AS MATERIALIZED (
      SELECT f.*, count(*) FILTER (WHERE f.list < 9) OVER (PARTITION BY f.kind) AS of_kind,
        row_number() OVER (PARTITION BY f.kind ORDER BY f.list = 9, f.pinned DESC, f.list, f.is_together DESC, f.updated_at DESC, f.id DESC) AS in_kind,
        row_number() OVER (ORDER BY f.list = 9, f.pinned DESC, f.list, f.is_together DESC, f.updated_at DESC, f.id DESC) AS n
      FROM found f),
    chosen AS (
      SELECT c.* FROM counted c
      WHERE c.n <= $13 OR c.id = ANY ($11) OR c.list < 9 AND c.in_kind <= $15 AND c.kind = ANY ($14)
      UNION ALL
      SELECT NULL, k.kind, NULL, NULL, NULL, NULL, NULL, k.of_kind, NULL, NULL FROM (SELECT DISTINCT c.kind, c.of_kind FROM counted c WHERE c.of_kind > 0) k)
    SELECT c.*, b.body
    FROM chosen c LEFT JOIN LATERAL (
      SELECT text_around(t.body, term) AS body FROM thing_state(c.kind, c.id) t
      WHERE c.list >= 2 AND (c.n > $12 AND c.n <= $13 OR c.list = 9) AND t.body <> '') b ON true
    ORDER BY c.n NULLS LAST
  LOOP
    kind := one.kind;
    id := one.id;
    title := one.title;
    updated_at := one.updated_at;
    match := CASE one.list WHEN 1 THEN 'name' WHEN 2 THEN 'words' END;
    is_pinned := one.pinned;
    body := one.body;
    place := CASE WHEN one.list < 9 AND (one.n <= $13 OR one.id = ANY ($11)) THEN one.n END;
    place_of_kind := CASE WHEN whole AND one.list < 9 AND one.in_kind <= $15 AND one.kind = ANY ($14) THEN one.in_kind END;
    matches_of_kind := one.of_kind;
    is_whole := whole;
    RETURN NEXT;
  END LOOP;
  IF whole THEN RETURN; END IF;

  -- Among more than are looked at no kind can be told: those of which there are few are gone through, the others looked for alone.
  -- OFFSET 0: those few are asked for their words, and not all that hold the words for their kind.
  few := ARRAY(SELECT k FROM unnest($14) k WHERE 1000 >= (SELECT count(*) FROM (
    (SELECT FROM search_documents d WHERE d.user_id = me() AND d.kind = k LIMIT 1001) UNION ALL
    (SELECT FROM search_documents d WHERE d.account_id = my_account() AND d.kind = k LIMIT 1001)) x));
  RETURN QUERY
  WITH found AS (
    SELECT d.id, d.kind, d.title, d.title_norm, d.updated_at,
      CASE WHEN d.words @@ named OR d.title_norm ~>=~ called AND d.title_norm ~<~ beyond THEN 1 ELSE 2 END AS list
    FROM unnest(few) k CROSS JOIN LATERAL (
      (SELECT * FROM search_documents s WHERE s.user_id = me() AND s.kind = k OFFSET 0) UNION ALL
      (SELECT * FROM search_documents s WHERE s.account_id = my_account() AND s.kind = k OFFSET 0)) d
    WHERE NOT d.trashed AND (d.words @@ held OR d.words @@ named OR d.title_norm ~>=~ called AND d.title_norm ~<~ beyond)
      AND (cardinality(together) = 0 OR strpos(d.title_norm, called) > 0)),
  ranked AS (
    SELECT f.*, count(*) OVER (PARTITION BY f.kind) AS of_kind,
      row_number() OVER (PARTITION BY f.kind ORDER BY f.title_norm = called DESC, f.list, strpos(f.title_norm, called) > 0 DESC,
        f.updated_at DESC, f.id DESC) AS in_kind
    FROM found f)
  SELECT r.kind, r.id, r.title, r.updated_at, CASE WHEN r.list = 1 THEN 'name' ELSE 'words' END, r.title_norm = called, NULL::text, NULL::bigint, r.in_kind,
    r.of_kind, true
  FROM ranked r WHERE r.in_kind <= $15;
  FOREACH part IN ARRAY $14 LOOP
    IF part = ANY (few) THEN CONTINUE; END IF;
    RETURN QUERY SELECT f.kind, f.id, f.title, f.updated_at, f.match, f.is_pinned, NULL::text, NULL::bigint, f.place, f.matches_of_kind, f.is_whole
      FROM door.search_things($1, $2, $3, $4, $5, ARRAY[part], $7, $8, $9, $10, '{}', $15, $15, '{}', 0) f WHERE f.id IS NOT NULL;
  END LOOP;
END $$;
REVOKE ALL ON FUNCTION door.search_things(text, text, text[], text[], text[], text[], text[], text[], timestamptz, timestamptz, uuid[], bigint, bigint, text[],
  bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.search_things(text, text, text[], text[], text[], text[], text[], text[], timestamptz, timestamptz, uuid[], bigint, bigint, text[],
  bigint) TO heed_web;

DROP FUNCTION door.find_marked(text, text[], text[], text[], text[], text[], timestamptz, timestamptz, bigint);
