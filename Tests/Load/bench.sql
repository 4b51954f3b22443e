-- The rows of ../shared/bench/sql/seed.sql in Heed's tables: :users people of :per_user reminders each and, after them, one of :heavy.
-- :model is a user to copy profiles from. A person's rows lie spread over the whole table, as after months of interleaved inserts.
-- Ids follow from numbers, so that the other side of a measurement can name them. psql, as the superuser: what triggers count is written here, and every key is made to fit.
SET synchronous_commit = off;
SET session_replication_role = replica;
SET work_mem = '256MB';
CREATE TEMP TABLE person AS
  SELECT u, md5('user ' || u)::uuid AS id, md5('account ' || u)::uuid AS account FROM generate_series(1, :users + (:heavy > 0)::int) u;
INSERT INTO accounts SELECT account, 'Account ' || u, now() FROM person;
INSERT INTO users (id, account_id, role, email, email_key, verified_at, password_hash, display_name, timezone, language, week_start, created_at, updated_at)
  SELECT id, account, 'owner', 'user' || u || '@example.test', 'user' || u || '@example.test', now(), 'none',
    'Ann "Q" O''Neil & Sons <' || u || '>', 'UTC', 'en', 1, now(), now() FROM person;
-- The tokens that Tests/Load/bench makes too.
INSERT INTO web_sessions (id, user_id, token_hash, created_at, seen_at)
  SELECT gen_random_uuid(), id, sha256(rtrim(translate(encode(sha256(('bench ' || u)::bytea), 'base64'), '+/', '-_'), '=')::bytea), now(), now() FROM person;
INSERT INTO profiles (id, user_id, preset, name, description, tiers, created_at, updated_at)
  SELECT gen_random_uuid(), p.id, m.preset, m.name, m.description, m.tiers, now(), now() FROM person p, profiles m WHERE m.user_id = :'model';

CREATE TEMP TABLE made AS
  SELECT md5('reminder ' || i)::uuid AS id, gen_random_uuid() AS escalation, p.id AS user_id, f.id AS profile_id, f.name AS profile,
    jsonb_build_object('tiers', f.tiers, 'repeat', f.repeat_minutes, 'limit', f.repeat_limit) AS plan, i, n,
    timestamptz '2030-01-01Z' + make_interval(mins => n * 7919 % 43200) AS at,
    CASE WHEN n % 10 < 6 THEN 'active' WHEN n % 10 < 7 THEN 'snoozed' WHEN n % 10 < 9 THEN 'completed' ELSE 'archived' END AS status
  FROM (
    SELECT i, 1 + (i - 1) % :users AS u, (i - 1) / :users AS n, i::float AS place FROM generate_series(1, :users * :per_user) i
    UNION ALL
    SELECT :users * :per_user + h, :users + 1, h - 1, h::float * :users * :per_user / nullif(:heavy, 0) FROM generate_series(1, :heavy) h
  ) s
  JOIN person p USING (u)
  JOIN profiles f ON f.user_id = p.id AND f.preset = (ARRAY['gentle', 'urgent', 'critical'])[1 + n % 3]
  ORDER BY place;
ANALYZE made;
INSERT INTO reminders (id, user_id, profile_id, title, description, importance, status, next_at, last_at, snoozed_until, escalation_state, created_at, updated_at)
  SELECT id, user_id, profile_id,
    (ARRAY['Renew the "blue" passport', 'Call mum & dad', 'Pay <urgent> invoice', 'Water Anna''s plants', 'Stand-up notes'])[1 + n % 5] || ' #' || i,
    CASE WHEN n % 7 = 0 THEN '' ELSE 'Check **item ' || n || '** in the shared folder, then write back to Sam & Co. before <noon>; ' || left(md5(i::text), 4 + n % 29) END,
    (ARRAY['low', 'medium', 'high', 'critical'])[1 + n % 4], status,
    CASE WHEN status IN ('active', 'snoozed') THEN at END, CASE WHEN n % 3 > 0 THEN timestamptz '2025-12-01Z' END,
    CASE WHEN status = 'snoozed' THEN at END, CASE WHEN n % 3 > 0 THEN 'completed' END, now(), now()
  FROM made;
INSERT INTO reminder_counts (user_id, active, snoozed, completed, archived)
  SELECT user_id, count(*) FILTER (WHERE status = 'active'), count(*) FILTER (WHERE status = 'snoozed'),
    count(*) FILTER (WHERE status = 'completed'), count(*) FILTER (WHERE status = 'archived') FROM made GROUP BY user_id;
-- What is searched, of the first hundred people and of the one with many: to index the words of a million takes longer than all the rest.
INSERT INTO reminder_words (reminder_id, user_id, words)
  SELECT r.id, r.user_id, lower(r.title || chr(10) || r.description) FROM reminders r JOIN person p ON p.id = r.user_id WHERE p.u <= 100 OR p.u > :users;
INSERT INTO schedules (reminder_id, user_id, kind, timezone, at, zone_version) SELECT id, user_id, 'once', 'UTC', at, :'zones' FROM made;
INSERT INTO escalations (id, user_id, reminder_id, occurrence_at, profile_id, profile_name, profile_version, plan, state, started_at, ended_at, created_at)
  SELECT escalation, user_id, id, '2025-12-01Z', profile_id, profile, 1, plan, 'completed', '2025-12-01Z', '2025-12-01Z', '2025-12-01Z'
  FROM made WHERE n % 3 > 0;
INSERT INTO outbox (id, user_id, subject, subject_id, reminder_id, run, tier, round, channel, recipient_kind, recipient_id, state, due_at, created_at, sent_at)
  SELECT gen_random_uuid(), user_id, 'escalation', escalation, id, 1, t, 0, 'email', 'user', user_id, CASE WHEN i % 3 = 0 THEN 'failed' ELSE 'delivered' END,
    '2025-12-01Z', timestamptz '2025-12-01Z' + make_interval(mins => t * 10), '2025-12-01Z'
  FROM made, generate_series(1, 2) t WHERE n % 3 > 0;
VACUUM (FREEZE, ANALYZE);
