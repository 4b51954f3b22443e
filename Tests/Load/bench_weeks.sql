-- :users people whose week ended this night in UTC, :per_user habits each, kept for five weeks: what the weekly mails and the coach's words are made of. psql, as the superuser.
SET synchronous_commit = off;
SET session_replication_role = replica;
CREATE TEMP TABLE person AS SELECT u, md5('user ' || u)::uuid AS id, md5('account ' || u)::uuid AS account FROM generate_series(1, :users) u;
INSERT INTO accounts SELECT account, 'Account ' || u, now() FROM person;
INSERT INTO users (id, account_id, role, email, email_key, verified_at, password_hash, display_name, timezone, language, week_start, default_time,
    created_at, updated_at)
  SELECT id, account, 'owner', 'user' || u || '@example.test', 'user' || u || '@example.test', now(), 'none', 'User ' || u, 'UTC',
    CASE WHEN u % 2 = 0 THEN 'en' ELSE 'pt-BR' END, extract(isodow FROM now() AT TIME ZONE 'UTC')::smallint, 0, now(), now()
  FROM person;
INSERT INTO reminder_counts (user_id) SELECT id FROM person;
CREATE TEMP TABLE kept AS
  SELECT md5('habit ' || p.u || ' ' || n)::uuid AS id, p.id AS user_id, p.u, n, current_date - 40 AS since FROM person p, generate_series(1, :per_user) n;
INSERT INTO habits (id, user_id, name, description, status, kind, unit, step, colour, habit_group, position, created_on, created_at, updated_at)
  SELECT id, user_id, 'Read & write #' || n, '', 'active', 'tick', '', 1000, 1 + n % 8, '', n, since, since, now() FROM kept;
INSERT INTO habit_frequencies (habit_id, user_id, from_date, frequency, days, times, direction, period)
  SELECT id, user_id, since, CASE WHEN n % 3 = 0 THEN 'per_week' ELSE 'daily' END, 0, CASE WHEN n % 3 = 0 THEN 3 ELSE 0 END, 'at_least', 'day' FROM kept;
INSERT INTO habit_days (habit_id, user_id, date, state, notes, source, timezone, ticked_at)
  SELECT k.id, k.user_id, d::date, 'done', '', 'page', 'UTC', d + interval '12 hours'
  FROM kept k, generate_series(k.since, current_date, interval '1 day') d WHERE (d::date - k.since + k.n + k.u) % 4 > 0;
INSERT INTO coach_rounds (user_id, looked_on, due_at) SELECT id, current_date, now() + interval '1 year' FROM person;
-- Not due before somebody looks.
INSERT INTO weekly_reviews (user_id, due_at) SELECT id, now() + interval '1 year' FROM person;
VACUUM (FREEZE, ANALYZE) accounts, users, reminder_counts, habits, habit_frequencies, habit_days, coach_rounds, weekly_reviews;
