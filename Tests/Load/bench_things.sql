-- What the register holds of things, after bench_words.sql: five thousand names, of the first five words of a line each, and their words with those of
-- the next as their text, but for the owner that stands before each. They are joined into one text: to take an array of words apart and to make them
-- distinct once more, for each of a million rows, took longer than to store them; and each more word is a million entries of the index.
CREATE TEMP TABLE name AS SELECT n, array_to_string((string_to_array(line, ' '))[1:5], ' ') AS title FROM lines;
CREATE TEMP TABLE thing AS
  SELECT a.n, a.title, b.title AS body, array_to_string(ARRAY(SELECT DISTINCT sign || s FROM unnest(stems(a.title)) s CROSS JOIN unnest(ARRAY['t', 'b']) sign
    UNION SELECT 'b' || s FROM unnest(stems(b.title)) s), ' ') AS words
  FROM name a JOIN name b ON b.n = (a.n + 1) % 5000;
-- A word that few things have.
INSERT INTO thing SELECT 5000, 'Xylophone lessons', '', array_to_string(ARRAY(
  SELECT DISTINCT sign || s FROM unnest(stems('Xylophone lessons')) s CROSS JOIN unnest(ARRAY['t', 'b']) sign), ' ');
ALTER TABLE thing ADD PRIMARY KEY (n);
ANALYZE thing;
CREATE FUNCTION pg_temp.owned(words text, owner uuid) RETURNS tsvector LANGUAGE sql IMMUTABLE AS $$
  SELECT array_to_tsvector(string_to_array(owner_mark($2) || replace($1, ' ', ' ' || owner_mark($2)), ' '))
$$;
SELECT indexdef AS words_made_anew FROM pg_indexes WHERE indexname = 'search_documents_words' \gset
