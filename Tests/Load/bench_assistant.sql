-- Vectors of the person with many things of bench_planner.sql, after it: one chunk of :dimension numbers for each of the first :chunks tasks, as a worker
-- stores them, and one question with an answer. The numbers are those of the table `made_vectors`, again and again. psql, as the superuser.
SET synchronous_commit = off;
SET session_replication_role = replica;
SET work_mem = '256MB';
DELETE FROM query_vectors WHERE user_id = :'person'::uuid;
DELETE FROM embeddings WHERE user_id = :'person'::uuid;
DELETE FROM embedding_sets WHERE user_id = :'person'::uuid;
UPDATE users SET model_kinds = '{task}' WHERE id = :'person'::uuid;
INSERT INTO embedding_sets (id, user_id, fingerprint, host, model, query_prefix, passage_prefix, state, dimension, mean, mean_chunks, chunks, created_at)
  VALUES (md5('set ' || :dimension)::uuid, :'person'::uuid, sha256('bench'), :'host', 'bag-384', '', '', 'live', :dimension,
    decode(repeat('00', 2 * :dimension), 'hex'), :chunks, :chunks, now());
INSERT INTO embeddings (set_id, thing, chunk, user_id, kind, trashed, cut, content, sha256, half, bits)
  SELECT md5('set ' || :dimension)::uuid, d.id, 1, d.user_id, d.kind, d.trashed, false, d.title, sha256(convert_to(d.title, 'UTF8')), v.half, v.bits
  FROM (SELECT *, row_number() OVER (ORDER BY id) AS n FROM search_documents WHERE user_id = :'person'::uuid AND kind = 'task' ORDER BY id LIMIT :chunks) d
  JOIN made_vectors v ON v.n = d.n % (SELECT count(*) FROM made_vectors);
INSERT INTO query_vectors (id, user_id, set_id, sha256, half, state, at)
  SELECT md5('question ' || :dimension)::uuid, :'person'::uuid, md5('set ' || :dimension)::uuid, sha256(convert_to(:'question', 'UTF8')), v.half, 'answered',
    now()
  FROM made_vectors v WHERE v.n = 0;
VACUUM (ANALYZE) embeddings, embedding_sets, query_vectors;
