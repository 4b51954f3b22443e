-- Reminders that repeat, far from due, for the workers: :users people of :per_user each. :model is a user to copy profiles from.
SET synchronous_commit = off;
SET session_replication_role = replica;
CREATE TEMP TABLE person AS SELECT u, md5('user ' || u)::uuid AS id, md5('account ' || u)::uuid AS account FROM generate_series(1, :users) u;
INSERT INTO accounts SELECT account, 'Account ' || u, now() FROM person;
INSERT INTO users (id, account_id, role, email, email_key, verified_at, password_hash, display_name, timezone, language, week_start, created_at, updated_at)
  SELECT id, account, 'owner', 'user' || u || '@example.test', 'user' || u || '@example.test', now(), 'none', 'User ' || u, 'UTC', 'en', 1, now(), now()
  FROM person;
INSERT INTO reminder_counts (user_id, active) SELECT id, :per_user FROM person;
INSERT INTO profiles (id, user_id, preset, name, description, tiers, created_at, updated_at)
  SELECT gen_random_uuid(), p.id, m.preset, m.name, m.description, m.tiers, now(), now() FROM person p, profiles m WHERE m.user_id = :'model';
CREATE TEMP TABLE made AS
  SELECT i, md5('reminder ' || i)::uuid AS id, p.id AS user_id, f.id AS profile_id, timestamptz '2100-01-01Z' + i * interval '1 millisecond' AS at
  FROM generate_series(1, :users * :per_user) i JOIN person p ON p.u = 1 + (i - 1) % :users
  JOIN profiles f ON f.user_id = p.id AND f.preset = (ARRAY['gentle', 'urgent', 'critical'])[1 + i / :users % 3];
INSERT INTO reminders (id, user_id, profile_id, title, description, importance, status, next_at, created_at, updated_at)
  SELECT id, user_id, profile_id, 'Water Anna''s plants #' || i, 'Check **item** in the shared folder.', 'medium', 'active', at, now(), now()
  FROM made ORDER BY i;
-- :zones is the version of the system's zone data: nothing is to be computed afresh.
INSERT INTO schedules (reminder_id, user_id, kind, timezone, every_minutes, zone_version) SELECT id, user_id, 'interval', 'UTC', 525600, :'zones' FROM made;
-- Not the empty ones: a plan made for a table that is known to be empty reads all of it, whatever is in it later.
VACUUM (FREEZE, ANALYZE) accounts, users, reminder_counts, profiles, reminders, schedules;
