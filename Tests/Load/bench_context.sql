-- People and calendars of the first people of bench.sql, after it. The first has little of each: :few events and 20 people. The second has a calendar of
-- :events events within half a year before and after, and :series series, each every four weeks
-- and kept for as long as the program keeps them. The third knows :people
-- people. The fourth and the fifth have the same ten events this week, and besides 190 and :instances instances farther away; the sixth knows one person
-- who was at a series of 200 instances, and one who was at series of :instances. The first knows 40 people who know each other. Triggers are off; the
-- register has those that relationships lead to. psql, as the superuser.
SET synchronous_commit = off;
SET session_replication_role = replica;
SET work_mem = '256MB';
CREATE FUNCTION pg_temp.person(n integer) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$ SELECT md5('user ' || n)::uuid $$;
CREATE FUNCTION pg_temp.wall(at timestamptz) RETURNS timestamp LANGUAGE sql IMMUTABLE AS $$ SELECT at AT TIME ZONE 'UTC' $$;

-- Single events: u, n, when.
CREATE TEMP TABLE single AS
  SELECT 1 AS u, n, date_trunc('day', now()) + (n % 28 - 14) * interval '1 day' + (8 + n % 9) * interval '1 hour' AS at FROM generate_series(1, :few) n
  UNION ALL
  SELECT 2, n, date_trunc('day', now()) + (n % 365 - 182) * interval '1 day' + (8 + n % 9) * interval '1 hour' FROM generate_series(1, :events) n
  UNION ALL
  SELECT u, n, date_trunc('week', now()) + (n % 5) * interval '1 day' + (8 + n) * interval '1 hour' FROM generate_series(4, 5) u, generate_series(1, 10) n;
-- Series: u, n, how many instances, how many days between them, the first.
CREATE TEMP TABLE series AS
  SELECT 2 AS u, n, 42 AS times, 28 AS days, date_trunc('day', now()) - 400 * interval '1 day' + (n % 28) * interval '1 day'
    + (8 * 60 + n) * interval '1 minute' AS first FROM generate_series(1, :series) n
  UNION ALL
  SELECT 4, 1, 190, 1, date_trunc('day', now()) + 100 * interval '1 day' + interval '9 hours'
  UNION ALL
  SELECT 5, n, 700, 1, date_trunc('day', now()) + 100 * interval '1 day' + n * interval '1 minute' FROM generate_series(1, :instances / 700) n
  UNION ALL
  SELECT 6, 0, 200, 1, date_trunc('day', now()) - 100 * interval '1 day' + interval '9 hours'
  UNION ALL
  SELECT 6, n, 1200, 1, date_trunc('day', now()) - 400 * interval '1 day' + n * interval '1 minute' FROM generate_series(1, :instances / 1200) n;

INSERT INTO events (id, user_id, title, starts, ends, zone, starts_at, ends_at, created_at, updated_at)
  SELECT md5('event ' || u || ' ' || n)::uuid, pg_temp.person(u), 'Meeting number ' || n, pg_temp.wall(at), pg_temp.wall(at + interval '1 hour'), 'UTC', at,
    at + interval '1 hour', now(), now() FROM single;
INSERT INTO event_instances (event_id, user_id, instance, all_day, starts_at, ends_at)
  SELECT md5('event ' || u || ' ' || n)::uuid, pg_temp.person(u), pg_temp.wall(at), false, at, at + interval '1 hour' FROM single;
INSERT INTO events (id, user_id, title, starts, ends, zone, starts_at, ends_at, rule, kept_from, kept_until, series_until, created_at, updated_at)
  SELECT md5('series ' || u || ' ' || n)::uuid, pg_temp.person(u), 'Round number ' || n, pg_temp.wall(first), pg_temp.wall(first + interval '30 minutes'),
    'UTC', first, first + interval '30 minutes',
    CASE WHEN days = 28 THEN 'FREQ=WEEKLY;INTERVAL=4' ELSE 'FREQ=DAILY;COUNT=' || times END, now() - interval '400 days', now() + interval '800 days',
    CASE WHEN days = 1 THEN first + times * interval '1 day' END, now(), now() FROM series;
INSERT INTO event_instances (event_id, user_id, instance, all_day, starts_at, ends_at)
  SELECT md5('series ' || u || ' ' || n)::uuid, pg_temp.person(u), pg_temp.wall(first + i * days * interval '1 day'), false,
    first + i * days * interval '1 day', first + i * days * interval '1 day' + interval '30 minutes'
  FROM series, generate_series(0, times - 1) i;

-- Known people: u, n.
CREATE TEMP TABLE known AS
  SELECT 1 AS u, n FROM generate_series(0, 40) n UNION ALL SELECT 3, n FROM generate_series(1, :people) n UNION ALL SELECT 6, n FROM generate_series(1, 2) n;
INSERT INTO people (id, user_id, name, email, company, birth_month, birth_day, importance, created_at, updated_at)
  SELECT md5('person ' || u || ' ' || n)::uuid, pg_temp.person(u), 'Ana number ' || n, 'ana' || n || '@example.test', 'Company ' || n % 100, 1 + n % 12,
    1 + n % 28, 1 + n % 10, now(), now() FROM known;
INSERT INTO search_documents (id, user_id, kind, title, words, trashed, updated_at)
  SELECT md5('person ' || u || ' ' || n)::uuid, pg_temp.person(u), 'person', 'Ana number ' || n, ''::tsvector, false, now() FROM known WHERE u <> 3
  UNION ALL
  SELECT md5('series 6 ' || n)::uuid, pg_temp.person(6), 'event', 'Round number ' || n, ''::tsvector, false, now() FROM series WHERE u = 6;
-- The first of the first's knows all others, who know two of each other.
INSERT INTO entity_relationships (id, user_id, relationship, from_kind, from_id, to_kind, to_id, two_way, strength, created_at, updated_at)
  SELECT DISTINCT ON (least(a, b), greatest(a, b)) gen_random_uuid(), pg_temp.person(1), 'knows', 'person', least(a, b), 'person', greatest(a, b), true,
    1 + n % 10, now(), now()
  FROM (
    SELECT n, md5('person 1 0')::uuid AS a, md5('person 1 ' || n)::uuid AS b FROM generate_series(1, 40) n
    UNION ALL
    SELECT n, md5('person 1 ' || n)::uuid, md5('person 1 ' || 1 + (n * 7 + k) % 40)::uuid FROM generate_series(1, 40) n, generate_series(1, 2) k) e
  WHERE a <> b;
INSERT INTO entity_relationships (id, user_id, relationship, from_kind, from_id, to_kind, to_id, created_at, updated_at)
  SELECT gen_random_uuid(), pg_temp.person(6), 'attends', 'person', md5('person 6 ' || CASE WHEN n = 0 THEN 1 ELSE 2 END)::uuid, 'event',
    md5('series 6 ' || n)::uuid, now(), now() FROM series WHERE u = 6;
ANALYZE;
