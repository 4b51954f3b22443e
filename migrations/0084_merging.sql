-- People who are one: what says so, and where those lie who were merged into another.
--
-- Only adds; who was merged lies in no deletion, so that their page leads to the other as long as that one is kept (RULES 9.16).

ALTER TABLE people DROP CONSTRAINT people_deleted,
  ADD CONSTRAINT people_deleted CHECK ((deleted_at IS NULL) = (deletion_id IS NULL AND merged_into IS NULL)
    AND (deletion_id IS NULL OR merged_into IS NULL));

-- What was moved is kept no longer than it can be taken back; that it was, as long as both are.
GRANT UPDATE (moved) ON merges TO heed_work;
REVOKE DELETE ON merges FROM heed_work;
DROP INDEX merges_by_time;
CREATE INDEX merges_by_time ON merges (at) WHERE moved <> '{}';

-- Numbers of those who live, by which two of them who have one are found.
CREATE INDEX person_addresses_phones ON person_addresses (user_id, key, person_id) WHERE live AND kind = 'phone';

-- Pairs who may be one: of equal numbers or equal names each with the one before it, so that a number that hundreds share is no square of them. An e-mail
-- address belongs to one alone. Of each reason the first so many, the oldest first; of names those of one company before all others.
CREATE FUNCTION door.duplicate_people(most bigint) RETURNS TABLE (first uuid, second uuid, reason text) LANGUAGE sql STABLE SECURITY DEFINER ROWS 200
  SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off SET enable_hashagg = off AS $$
  WITH numbers AS MATERIALIZED (
    SELECT a.key FROM person_addresses a WHERE a.user_id = me() AND a.live AND a.kind = 'phone' GROUP BY a.key HAVING count(*) > 1 LIMIT 10000),
  names AS MATERIALIZED (
    SELECT p.name_norm FROM people p WHERE p.user_id = me() AND p.deleted_at IS NULL GROUP BY p.name_norm HAVING count(*) > 1 LIMIT 10000)
  (SELECT x.one, x.two, 'phone' FROM (
     SELECT lag(a.person_id) OVER (PARTITION BY a.key ORDER BY a.person_id) AS one, a.person_id AS two
     FROM numbers n JOIN person_addresses a ON a.user_id = me() AND a.live AND a.kind = 'phone' AND a.key = n.key) x
   WHERE x.one IS NOT NULL ORDER BY x.one, x.two LIMIT $1)
  UNION ALL
  (SELECT x.one, x.two, 'name' FROM (
     SELECT y.id AS two, y.at, lag(y.id) OVER (PARTITION BY y.name_norm ORDER BY y.at, y.id) AS one,
       lag(y.at) OVER (PARTITION BY y.name_norm ORDER BY y.at, y.id) AS at_other
     FROM (SELECT p.id, p.name_norm, normal_title(p.company) AS at FROM names n
       JOIN people p ON p.user_id = me() AND p.deleted_at IS NULL AND p.name_norm = n.name_norm) y) x
   WHERE x.one IS NOT NULL ORDER BY (x.at = x.at_other AND x.at <> '') DESC, x.one, x.two LIMIT $1)
$$;
REVOKE ALL ON FUNCTION door.duplicate_people(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.duplicate_people(bigint) TO heed_web;
