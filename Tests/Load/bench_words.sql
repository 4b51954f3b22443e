-- What bench_desk.sql and bench_search.sql are made of: ids, and sentences of made-up words, the same ones in every run.
-- Ids in the order of their time, as the program makes them.
CREATE FUNCTION pg_temp.made(kind text, n bigint, at timestamptz) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
  SELECT (lpad(to_hex(floor(extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || left(md5(kind || n), 3) || '8' || right(md5(kind || n), 15))::uuid
$$;
-- One of `most` words, the first ones most often; sentences of them.
CREATE FUNCTION pg_temp.word(k bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT string_agg((ARRAY['ba', 'do', 'fi', 'gu', 'ka', 'lo', 'mi', 'nu', 'pa', 'ro', 'si', 'tu', 'va', 'zo', 'bri', 'cla', 'dro', 'flu', 'gra', 'pli'])
    [1 + k * 7919 / power(20, j)::bigint % 20], '') FROM generate_series(0, 2) j
$$;
CREATE FUNCTION pg_temp.pick(seed bigint, most integer) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT floor(most * power((hashint8extended(seed, 7) & 16777215) / 16777216.0::float, 3))::bigint
$$;
CREATE TEMP TABLE vocabulary AS SELECT k, pg_temp.word(k) AS word FROM generate_series(0, 3999) k;
CREATE TEMP TABLE lines AS
  SELECT n, string_agg(v.word, ' ' ORDER BY j) AS line FROM generate_series(0, 4999) n CROSS JOIN generate_series(1, 10) j
  JOIN vocabulary v ON v.k = pg_temp.pick(n * 100 + j, 4000) GROUP BY n;
ALTER TABLE lines ADD PRIMARY KEY (n);
ANALYZE vocabulary, lines;
