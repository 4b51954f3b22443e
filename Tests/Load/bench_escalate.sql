-- What ladders need besides the reminders of bench_work.sql: people who can sign in, and three tiers by webhook and mail whatever the profile.
INSERT INTO web_sessions (id, user_id, token_hash, created_at, seen_at)
  SELECT gen_random_uuid(), md5('user ' || u)::uuid, sha256(rtrim(translate(encode(sha256(('bench ' || u)::bytea), 'base64'), '+/', '-_'), '=')::bytea),
    now(), now()
  FROM generate_series(1, :users) u;
UPDATE profiles SET tiers = '[{"delay": 0, "agents": ["webhook"], "contacts": false}, {"delay": 30, "agents": ["webhook", "email"], "contacts": false},
  {"delay": 60, "agents": ["webhook", "email"], "contacts": false}]' WHERE user_id IN (SELECT md5('user ' || u)::uuid FROM generate_series(1, :users) u);
ANALYZE web_sessions, profiles;
