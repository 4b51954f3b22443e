-- Searches of a desk find a word with its other endings too (RULES 6.38, 6.12): `reclamacao` what is said of reclamações. Which those are the program
-- knows (DeskSearch); what is stored stays as it is, each word of a text as it stands there and by its stem. And mailboxes take turns, and keep
-- none of a folder that they are no longer (RULES 6.22). Functions, and columns with constant defaults: no row is written; safe while the site runs.
DROP FUNCTION door.desk_search(text, text, bigint);
DROP FUNCTION desk_query(text, boolean);

-- What somebody looks for: each word as it is or as its stem, all of them in one text; what has signs in it, such as an address, part after part.
-- `endings`: of each word that has others, the word and what it is with them, without accents, with blanks between. With `by_beginning` words of three
-- letters and more also stand for those that begin with them. NULL: there is no word.
CREATE FUNCTION desk_query(words text, endings text[], by_beginning boolean) RETURNS tsquery
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp SET client_min_messages = warning AS $$
DECLARE
  part text;
  config regconfig;
  term text;
  form text;
  forms tsquery;
  phrase tsquery;
  word tsquery;
  whole tsquery;
BEGIN
  FOREACH part IN ARRAY regexp_split_to_array(left($1, 200), '\s+') LOOP
    part := btrim(desk_folded(part));
    word := ''::tsquery;
    FOREACH config IN ARRAY '{simple,english_folded,portuguese_folded}'::regconfig[] LOOP
      phrase := ''::tsquery;
      FOR term IN SELECT t.lexeme FROM unnest(to_tsvector('simple', part)) t, unnest(t.positions) p ORDER BY p LOOP
        forms := ''::tsquery;
        FOREACH form IN ARRAY string_to_array(coalesce((SELECT e FROM unnest($2) e WHERE split_part(e, ' ', 1) = term LIMIT 1), term), ' ') LOOP
          forms := forms || phraseto_tsquery(config, form);
        END LOOP;
        phrase := phrase <-> forms;
      END LOOP;
      word := word || phrase;
    END LOOP;
    CONTINUE WHEN numnode(word) = 0;
    IF $3 AND length(part) >= 3 THEN word := word || to_tsquery('simple', quote_literal(part) || ':*'); END IF;
    whole := CASE WHEN whole IS NULL THEN word ELSE whole && word END;
  END LOOP;
  RETURN whole;
END $$;

-- The conversations (`v`) or customers (`c`) of whoever asks that hold some words, in no order; NULL where there are more than `few`: then they are met on
-- a walk (`door.desk_holds`). `query` is what was looked for: by the beginnings of words where nobody wrote those themselves; NULL: there are none.
CREATE FUNCTION door.desk_search(kind text, words text, endings text[], few bigint) RETURNS TABLE (query text, ids uuid[])
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off SET work_mem = '32MB' AS $$
#variable_conflict use_column
-- `IS TRUE`, so that no index of accounts is chosen instead of that of words.
DECLARE
  many CONSTANT integer := 40;  -- of the sample, so of all some 2,500
  account CONSTANT uuid := my_account();
  mine CONSTANT tsquery := desk_word('#', $1, account)::tsquery;
  sample CONSTANT tsquery := desk_word('%', $1, account)::tsquery;
  wanted tsquery;
  hits uuid[];
BEGIN
  FOR attempt IN 0..1 LOOP
    wanted := desk_query($2, $3, attempt = 1);
    IF account IS NULL OR wanted IS NULL THEN
      RETURN QUERY SELECT NULL::text, '{}'::uuid[];
      RETURN;
    END IF;
    IF (SELECT count(*) FROM (SELECT FROM desk_words w WHERE w.words @@ (sample && wanted) AND (w.account_id = account) IS TRUE LIMIT many + 1) x) > many THEN
      RETURN QUERY SELECT wanted::text, NULL::uuid[];
      RETURN;
    END IF;
    SELECT coalesce(array_agg(DISTINCT x.id), '{}') INTO hits FROM (
      SELECT coalesce(w.conversation_id, w.customer_id) AS id FROM desk_words w
      WHERE w.words @@ (mine && wanted) AND (w.account_id = account) IS TRUE LIMIT 8 * $4) x;
    EXIT WHEN cardinality(hits) > 0;
  END LOOP;
  RETURN QUERY SELECT wanted::text, CASE WHEN cardinality(hits) <= $4 THEN hits END;
END $$;

-- Which look of all looks the last one was: whose was longest ago comes next, whatever waits in each. Times do not tell, as many looks are of one moment.
ALTER TABLE mailbox_looks ADD COLUMN turn bigint NOT NULL DEFAULT 0;
-- Which mailbox a channel has: one more when its settings name another. What a look has reached counts for the one that it was into.
ALTER TABLE channel_states ADD COLUMN mailbox integer NOT NULL DEFAULT 0;
GRANT UPDATE (mailbox) ON channel_states TO heed_web;
ALTER TABLE mailbox_looks ADD COLUMN mailbox integer NOT NULL DEFAULT 0;
-- The mail at which the last look ended, and how many in a row ended there.
ALTER TABLE mailbox_looks ADD COLUMN stuck_uid bigint NOT NULL DEFAULT 0;
ALTER TABLE mailbox_looks ADD COLUMN stuck integer NOT NULL DEFAULT 0;

REVOKE ALL ON FUNCTION desk_query(text, text[], boolean) FROM PUBLIC;
REVOKE ALL ON FUNCTION door.desk_search(text, text, text[], bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.desk_search(text, text, text[], bigint) TO heed_web;
