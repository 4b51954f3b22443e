-- A register of things to search, after bench.sql: :per_user of each of :users people. Names and texts are of made-up words, each as common with
-- everybody. Their words are put in before the index on them, or it took longer than all the rest. Ids are in the order of their time, as the program
-- makes them, and a person's rows lie spread over the table. psql, as the superuser.
SET synchronous_commit = off;
SET session_replication_role = replica;
SET work_mem = '256MB';
SET maintenance_work_mem = '1GB';
\ir bench_words.sql
\ir bench_things.sql

DROP INDEX search_documents_words;
INSERT INTO search_documents (id, user_id, kind, title, words, trashed, updated_at)
  SELECT pg_temp.made('register', k.i, now() - interval '30 days' + k.i * interval '1 millisecond'), p.id, 'reminder', left(t.title, 200),
    pg_temp.owned(t.words, p.id), false, now() - k.n * interval '1 minute'
  FROM (SELECT i, 1 + i % :users AS u, 1 + i / :users AS n FROM generate_series(0, :users * :per_user - 1) i) k
  JOIN (SELECT u, md5('user ' || u)::uuid AS id FROM generate_series(1, :users) u) p USING (u)
  JOIN thing t ON t.n = (k.u * 31 + k.n * 47) % 5000;
:words_made_anew;
VACUUM (ANALYZE) search_documents;
