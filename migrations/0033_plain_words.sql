-- Searches that take a letter with a mark for the letter: "relatorio" finds "Relatório", and the other way round.
--
-- Holds writes to reminders while the words of those with other letters than ASCII's are written anew: some 10 seconds for 100,000.

-- Small letters without their marks: taken apart, what combines (U+0300 to U+036F) left out, put together again as far as scripts do (Hangul, kana).
-- A mark alone stays: nothing is found by a search for nothing. What is ASCII has none and is the same at a third of the time.
CREATE FUNCTION plain(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN pg_catalog.octet_length(words) = pg_catalog.length(words) THEN pg_catalog.lower(words)
    ELSE coalesce(nullif(pg_catalog.lower(pg_catalog.normalize(
      pg_catalog.regexp_replace(pg_catalog.normalize(words, 'NFD'), '[\u0300-\u036F]+', '', 'g'), 'NFC')), ''), pg_catalog.lower(words)) END
$$;
REVOKE ALL ON FUNCTION plain(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION plain(text) TO heed_web;

CREATE OR REPLACE FUNCTION keep_reminder_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO reminder_words (reminder_id, user_id, words) SELECT id, user_id, plain(title || chr(10) || description) FROM made;
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION change_reminder_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE reminder_words SET words = plain(NEW.title || chr(10) || NEW.description) WHERE reminder_id = NEW.id;
  RETURN NULL;
END $$;
UPDATE reminder_words SET words = plain(words) WHERE octet_length(words) <> length(words);

CREATE OR REPLACE FUNCTION door.holding(words text, most bigint) RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100
  SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off SET work_mem = '32MB' AS $$
DECLARE
  who uuid := me();
  small text := plain($1);
  bytes bytea := convert_to(small, 'UTF8') || '\x0000'::bytea;
  -- Four runs of it do: what is read is asked for the whole.
  wanted bigint[] := (SELECT array_agg((hashtextextended(who::text, 0) & -16777216)
      + (get_byte(bytes, i) << 16) + (get_byte(bytes, i + 1) << 8) + get_byte(bytes, i + 2))
    FROM (SELECT i FROM generate_series(0, greatest(length(bytes) - 5, 0), 3) i LIMIT 4) x);
BEGIN
  RETURN QUERY SELECT w.reminder_id FROM reminder_words w
    WHERE runs(w.user_id, w.words) @> wanted AND w.user_id = who AND strpos(w.words, small) > 0 LIMIT most;
END $$;
