-- A text that a server of vectors refuses by itself holds up none of the others: its piece stays without a vector (RULES 9.42). What was looked for by
-- meaning before the model changed becomes a question of the new set that nobody answered, so that its address says so and offers to ask again
-- (RULES 9.44).
--
-- A function anew and a right: safe while the site runs.

CREATE OR REPLACE FUNCTION door.nearest_vectors(looked_in uuid, signs bit varying, vector bytea, kinds text[], most bigint, found uuid[])
  RETURNS TABLE (thing uuid, kind text, chunk smallint, half bytea) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 400
  SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off SET max_parallel_workers_per_gather = 0
  SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_column
DECLARE
  is_small CONSTANT boolean := (SELECT count(*) FROM (SELECT FROM embeddings e WHERE e.user_id = me() AND e.set_id = $1 LIMIT 4001) x) <= 4000;
BEGIN
  IF is_small THEN
    RETURN QUERY SELECT e.thing, e.kind, e.chunk, e.half FROM embeddings e
      WHERE e.user_id = me() AND e.set_id = $1 AND NOT e.trashed AND e.kind = ANY ($4);
  ELSIF has_near() THEN
    RETURN QUERY EXECUTE 'SELECT e.thing, e.kind, e.chunk, e.half FROM embeddings e JOIN (
        (SELECT x.thing, x.chunk FROM embeddings x WHERE x.user_id = me() AND x.set_id = $1 AND NOT x.trashed AND x.kind = ANY ($3)
         ORDER BY x.near <#> half_numbers($2)::halfvec LIMIT $4)
        UNION SELECT x.thing, x.chunk FROM embeddings x WHERE x.thing = ANY ($5) AND x.user_id = me() AND x.set_id = $1 AND NOT x.trashed) b
        ON b.thing = e.thing AND b.chunk = e.chunk WHERE e.set_id = $1' USING $1, $3, $4, $5, $6;
  ELSE
    -- Signs of two lengths cannot be compared: a piece that was refused has none.
    RETURN QUERY SELECT e.thing, e.kind, e.chunk, e.half FROM embeddings e JOIN (
        (SELECT x.thing, x.chunk FROM embeddings x WHERE x.user_id = me() AND x.set_id = $1 AND NOT x.trashed AND x.kind = ANY ($4)
           AND length(x.bits) > 0
         ORDER BY bit_count(x.bits # $2) LIMIT $5)
        UNION SELECT x.thing, x.chunk FROM embeddings x WHERE x.thing = ANY ($6) AND x.user_id = me() AND x.set_id = $1 AND NOT x.trashed) b
      ON b.thing = e.thing AND b.chunk = e.chunk WHERE e.set_id = $1;
  END IF;
END $$;

GRANT UPDATE (set_id) ON query_vectors TO heed_work;
