-- Habits of the first :keepers people of bench.sql, after it: :habits each, ticked on nine days of ten for :years years, up to the eight days that can
-- still be ticked, and one that is new. Every seventh is counted by the week, every fifth is an amount. psql, as the superuser.
SET synchronous_commit = off;
SET session_replication_role = replica;
CREATE TEMP TABLE kept AS
  SELECT md5('habit ' || u || ' ' || n)::uuid AS id, md5('user ' || u)::uuid AS user_id, u, n,
    CASE WHEN n = 0 THEN current_date ELSE current_date - :years * 365 END AS since
  FROM generate_series(1, :keepers) u, generate_series(0, :habits) n;
INSERT INTO habits (id, user_id, name, description, status, kind, unit, step, colour, habit_group, position, created_on, created_at, updated_at)
  SELECT id, user_id, (ARRAY['Read', 'Run & stretch', 'Água', 'Piano', '“Deep” work'])[1 + n % 5] || ' #' || n, '', 'active',
    CASE WHEN n % 5 = 4 THEN 'amount' ELSE 'tick' END, CASE WHEN n % 5 = 4 THEN 'pages' ELSE '' END, CASE WHEN n % 5 = 4 THEN 10000 ELSE 1000 END,
    1 + n % 8, (ARRAY['Morning', 'Evening', '', 'Work'])[1 + n % 4], n, since, now(), now()
  FROM kept;
INSERT INTO habit_lines (habit_id, user_id, gone, habit_revision) SELECT id, user_id, false, 0 FROM kept;
INSERT INTO habit_years (habit_id, user_id) SELECT id, user_id FROM kept;
INSERT INTO habit_frequencies (habit_id, user_id, from_date, frequency, days, times, target, direction, period)
  SELECT id, user_id, since, CASE WHEN n % 7 = 6 THEN 'per_week' ELSE 'daily' END, 0, CASE WHEN n % 7 = 6 THEN 3 ELSE 0 END,
    CASE WHEN n % 5 = 4 THEN 20000 END, 'at_least', 'day'
  FROM kept;
INSERT INTO habit_days (habit_id, user_id, date, state, amount, notes, source, timezone, ticked_at)
  SELECT k.id, k.user_id, d::date, 'done', CASE WHEN k.n % 5 = 4 THEN 20000 END, CASE WHEN (d::date - k.since) % 100 = 7 THEN 'Went *well*.' ELSE '' END,
    'page', 'UTC', d + interval '12 hours'
  FROM kept k, generate_series(k.since, current_date - 9, interval '1 day') d
  WHERE k.n > 0 AND (d::date - k.since + k.n) % 10 <> 3;
INSERT INTO habit_pauses (id, habit_id, user_id, from_date, until_date, kind)
  SELECT gen_random_uuid(), id, user_id, since + 1000, since + 1010, 'pause' FROM kept WHERE n % 3 = 1;
-- The coach has looked at them.
INSERT INTO coach_rounds (user_id, looked_on, due_at) SELECT DISTINCT user_id, current_date, now() + interval '1 year' FROM kept;
VACUUM (ANALYZE);
