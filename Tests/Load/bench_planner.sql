-- Tasks of the people of bench.sql, after it: :per_user of each of :users, and :heavy of the one with many, of whom :links more links lead from later to
-- earlier ones. Tags, links and the register are of the first hundred people and of that one. Triggers are off: what they count is written here; indexes
-- are made when all is there. psql, as the superuser.
SET synchronous_commit = off;
SET session_replication_role = replica;
SET work_mem = '256MB';
SET maintenance_work_mem = '512MB';
\ir bench_words.sql
\ir bench_things.sql

DROP INDEX search_documents_words;
CREATE TEMP TABLE anew AS
  SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = 'tasks' AND indexname NOT IN (SELECT conname FROM pg_constraint);
SELECT format('DROP INDEX %I', indexname) FROM anew \gexec

-- A person's rows lie spread over the table, as in bench.sql.
CREATE TEMP TABLE made AS
  SELECT md5('task ' || i)::uuid AS id, md5('user ' || u)::uuid AS user_id, u, n, u <= 100 OR u > :users AS is_whole,
    CASE WHEN n % 20000 = 7 THEN 5000 ELSE (u * 31 + n * 47) % 5000 END AS thing,
    CASE WHEN n % 20 < 12 THEN 'open' WHEN n % 20 < 13 THEN 'in_progress' WHEN n % 20 < 14 THEN 'deferred' WHEN n % 20 < 19 THEN 'done'
      ELSE 'cancelled' END AS status,
    n % 50 = 47 AS is_archived, CASE WHEN n % 10 < 7 THEN current_date + (n * 7919 % 400)::integer - 20 END AS due
  FROM (
    SELECT i, 1 + (i - 1) % :users AS u, (i - 1) / :users AS n, i::float AS place FROM generate_series(1, :users * :per_user) i
    UNION ALL
    SELECT :users * :per_user + h, :users + 1, h - 1, h::float * :users * :per_user / :heavy FROM generate_series(1, :heavy) h
  ) s ORDER BY place;
ALTER TABLE made ADD PRIMARY KEY (u, n);
ANALYZE made;
INSERT INTO tasks (id, user_id, title, notes, status, priority, impact, due, estimate, deferred_until, wake_at, completed_at, archived_at, created_at,
    updated_at)
  SELECT m.id, m.user_id, t.title, CASE WHEN m.n % 3 = 0 THEN t.body ELSE '' END, m.status, nullif(m.n % 5, 0), nullif(m.n % 6, 0), m.due,
    CASE WHEN m.n % 2 = 0 THEN 15 * (1 + m.n % 8) END, CASE WHEN m.status = 'deferred' THEN current_date + 30 END,
    CASE WHEN m.status = 'deferred' THEN (current_date + 30)::timestamp AT TIME ZONE 'UTC' END,
    CASE WHEN m.status = 'done' THEN now() - m.n % 300 * interval '1 hour' END, CASE WHEN m.is_archived THEN now() - interval '1 day' END,
    now() - interval '400 days', now() - m.n % 5000 * interval '1 minute'
  FROM made m JOIN thing t ON t.n = m.thing;
INSERT INTO search_documents (id, user_id, kind, title, words, trashed, updated_at)
  SELECT m.id, m.user_id, 'task', t.title, pg_temp.owned(t.words, m.user_id), m.is_archived, now() - m.n % 5000 * interval '1 minute'
  FROM made m JOIN thing t ON t.n = m.thing WHERE m.is_whole;
INSERT INTO tags (user_id, tag, thing) SELECT user_id, 'home', id FROM made WHERE is_whole AND n % 10 = 3;
INSERT INTO tags (user_id, tag, thing) SELECT user_id, 'work', id FROM made WHERE is_whole AND n % 7 = 5;

-- One in twenty waits for the one before it.
CREATE TEMP TABLE tie AS
  SELECT a.user_id, a.id, b.id AS blocker FROM made a JOIN made b ON b.u = a.u AND b.n = a.n - 1 WHERE a.is_whole AND a.n % 20 = 10
  UNION
  SELECT a.user_id, a.id, b.id FROM generate_series(1, :links) l JOIN made a ON a.u = :users + 1 AND a.n = 1 + l::bigint * 7919 % (:heavy - 1)
  JOIN made b ON b.u = a.u AND b.n = l::bigint * 104729 % a.n;
INSERT INTO entity_links (id, user_id, type, from_kind, from_id, to_kind, to_id, created_at)
  SELECT gen_random_uuid(), user_id, 'depends_on', 'task', id, 'task', blocker, now() FROM tie;
UPDATE tasks t SET open_blockers = c.n FROM (
  SELECT x.id, count(*) AS n FROM tie x JOIN tasks b ON b.id = x.blocker
  WHERE b.status IN ('open', 'in_progress', 'deferred') AND b.archived_at IS NULL GROUP BY x.id) c WHERE t.id = c.id;
INSERT INTO task_counts (user_id, open, in_progress, deferred, done, cancelled, archived, blocked)
  SELECT user_id, count(*) FILTER (WHERE a AND status = 'open'), count(*) FILTER (WHERE a AND status = 'in_progress'),
    count(*) FILTER (WHERE a AND status = 'deferred'), count(*) FILTER (WHERE a AND status = 'done'), count(*) FILTER (WHERE a AND status = 'cancelled'),
    count(*) FILTER (WHERE NOT a), count(*) FILTER (WHERE a AND status IN ('open', 'in_progress') AND open_blockers > 0)
  FROM (SELECT *, archived_at IS NULL AS a FROM tasks) t GROUP BY user_id;
SELECT indexdef FROM anew \gexec
:words_made_anew;
VACUUM (ANALYZE) tasks, task_counts, search_documents, tags, entity_links;
