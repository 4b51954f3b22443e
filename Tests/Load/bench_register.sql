-- A register of things to search, after bench.sql: :per_user of each of :users people. Names and texts are of made-up words, each as common with
-- everybody. Their words are put in before the index on them, or it took longer than all the rest. psql, as the superuser.
SET synchronous_commit = off;
SET session_replication_role = replica;
SET work_mem = '256MB';
SET maintenance_work_mem = '512MB';
\ir bench_words.sql

SELECT indexdef AS made_anew FROM pg_indexes WHERE indexname = 'search_documents_words' \gset
DROP INDEX search_documents_words;
-- The words of five thousand things, without their owner: the same for all who have them.
CREATE TEMP TABLE thing AS
  SELECT a.n, a.line AS title, ARRAY(SELECT DISTINCT sign || s FROM unnest(stems(a.line)) s CROSS JOIN unnest(ARRAY['t', 'b']) sign
    UNION SELECT 'b' || s FROM unnest(stems(b.line)) s) AS words
  FROM lines a JOIN lines b ON b.n = (a.n + 1) % 5000;
ALTER TABLE thing ADD PRIMARY KEY (n);
ANALYZE thing;
INSERT INTO search_documents (id, user_id, kind, title, words, trashed, updated_at)
  SELECT gen_random_uuid(), p.id, 'reminder', left(t.title, 200),
    array_to_tsvector(ARRAY(SELECT DISTINCT left(owner_mark(p.id) || w, 500) FROM unnest(t.words) w)), false, now() - k.i * interval '1 minute'
  FROM (SELECT u, md5('user ' || u)::uuid AS id FROM generate_series(1, :users) u) p CROSS JOIN generate_series(1, :per_user) k(i)
  JOIN thing t ON t.n = (p.u * 31 + k.i * 47) % 5000;
:made_anew;
VACUUM (ANALYZE) search_documents;
