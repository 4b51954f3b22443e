-- The rows of ../shared/bench/sql/seed.sql in Heed's tables. :model is a user to copy profiles from, :tokens one session token a user.
-- A user's rows lie spread over the whole table, as after months of interleaved inserts.
CREATE TEMP TABLE person AS
  SELECT u::int, gen_random_uuid() AS id, gen_random_uuid() AS account, token FROM unnest(:tokens) WITH ORDINALITY AS t (token, u);
INSERT INTO accounts SELECT account, 'Account ' || u, now() FROM person;
INSERT INTO users (id, account_id, role, email, email_key, verified_at, password_hash, display_name, timezone, language, week_start, created_at, updated_at)
  SELECT id, account, 'owner', 'user' || u || '@example.test', 'user' || u || '@example.test', now(), 'none',
    'Ann "Q" O''Neil & Sons <' || u || '>', 'UTC', 'en', 1, now(), now() FROM person;
INSERT INTO reminder_counts (user_id) SELECT id FROM person;
INSERT INTO web_sessions (id, user_id, token_hash, created_at, seen_at)
  SELECT gen_random_uuid(), id, sha256(token::bytea), now(), now() FROM person;
INSERT INTO profiles (id, user_id, preset, name, description, tiers, created_at, updated_at)
  SELECT gen_random_uuid(), p.id, m.preset, m.name, m.description, m.tiers, now(), now() FROM person p, profiles m WHERE m.user_id = :model;

CREATE TEMP TABLE made AS
  SELECT gen_random_uuid() AS id, gen_random_uuid() AS escalation, p.id AS user_id, i, n,
    (ARRAY['gentle', 'urgent', 'critical'])[1 + n % 3] AS preset, timestamptz '2030-01-01Z' + make_interval(mins => n * 7919 % 43200) AS at,
    CASE WHEN n % 10 < 6 THEN 'active' WHEN n % 10 < 7 THEN 'snoozed' WHEN n % 10 < 9 THEN 'completed' ELSE 'archived' END AS status
  FROM (SELECT i, 1 + (i - 1) % cardinality(:tokens) AS u, (i - 1) / cardinality(:tokens) AS n
        FROM generate_series(1, cardinality(:tokens) * 200) i) s JOIN person p USING (u);
-- The trigger would count row by row.
ALTER TABLE reminders DISABLE TRIGGER reminders_counted;
INSERT INTO reminders (id, user_id, profile_id, title, description, importance, status, next_at, last_at, snoozed_until, sort_at, created_at, updated_at)
  SELECT m.id, m.user_id, f.id,
    (ARRAY['Renew the "blue" passport', 'Call mum & dad', 'Pay <urgent> invoice', 'Water Anna''s plants', 'Stand-up notes'])[1 + n % 5] || ' #' || i,
    CASE WHEN n % 7 = 0 THEN '' ELSE 'Check **item ' || n || '** in the shared folder, then write back to Sam & Co. before <noon>; ' || left(md5(i::text), 4 + n % 29) END,
    (ARRAY['low', 'medium', 'high', 'critical'])[1 + n % 4], status,
    CASE WHEN status IN ('active', 'snoozed') THEN at END, CASE WHEN n % 3 > 0 THEN timestamptz '2025-12-01Z' END,
    CASE WHEN status = 'snoozed' THEN at END, at, now(), now()
  FROM made m JOIN profiles f ON f.user_id = m.user_id AND f.preset = m.preset ORDER BY i;
ALTER TABLE reminders ENABLE TRIGGER reminders_counted;
UPDATE reminder_counts c SET (active, snoozed, completed, archived) = (
  SELECT count(*) FILTER (WHERE status = 'active'), count(*) FILTER (WHERE status = 'snoozed'), count(*) FILTER (WHERE status = 'completed'),
    count(*) FILTER (WHERE status = 'archived') FROM made m WHERE m.user_id = c.user_id)
WHERE c.user_id IN (SELECT id FROM person);
INSERT INTO schedules (reminder_id, user_id, kind, timezone, at) SELECT id, user_id, 'once', 'UTC', at FROM made;
INSERT INTO escalations (id, user_id, reminder_id, occurrence_at, profile_id, profile_name, profile_version, plan, state, started_at, ended_at, created_at)
  SELECT m.escalation, m.user_id, m.id, '2025-12-01Z', f.id, f.name, 1, '{}', 'completed', '2025-12-01Z', '2025-12-01Z', '2025-12-01Z'
  FROM made m JOIN profiles f ON f.user_id = m.user_id AND f.preset = m.preset WHERE n % 3 > 0;
INSERT INTO deliveries (id, user_id, escalation_id, reminder_id, run, tier, round, agent, recipient, state, due_at, created_at, sent_at)
  SELECT gen_random_uuid(), user_id, escalation, id, 1, t, 0, 'email', 'owner', CASE WHEN i % 3 = 0 THEN 'failed' ELSE 'delivered' END,
    '2025-12-01Z', timestamptz '2025-12-01Z' + make_interval(mins => t * 10), '2025-12-01Z'
  FROM made, generate_series(1, 2) t WHERE n % 3 > 0;
