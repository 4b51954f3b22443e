-- An installation of commit c732941 (migrations 0001 to 0008) with the demo's kinds of rows in every table, few of each: what `heed seed` and its worker
-- wrote, as a dump restores it (triggers off, counts as they were kept). Today is Saturday 21 November 2026, 09:00 UTC.
-- The audit chain and the password are those of the tests' secret and password (`Site.secret`, `Site.password`).
SET session_replication_role = replica;
SET timezone = 'UTC';
CREATE FUNCTION pg_temp.id(text) RETURNS uuid LANGUAGE sql AS $$ SELECT ('01a1f640-bc00-7000-8000-' || lpad($1, 12, '0'))::uuid $$;
-- Found by its full name only.
\set id pg_temp.id

INSERT INTO accounts VALUES (:id('a0'), 'Ana Ribeiro', '2026-11-01T12:00Z'), (:id('b0'), 'Eve', '2026-11-02T12:00Z');
INSERT INTO users (id, account_id, role, email, email_key, verified_at, password_hash, display_name, timezone, language, week_start, quiet_from,
  quiet_until, created_at, updated_at) VALUES
  (:id('a1'), :id('a0'), 'owner', 'Demo@heed.example', 'demo@heed.example', '2026-11-01T12:00Z',
    '$argon2id$v=19$m=19456,t=2,p=1$c2l4dGVlbiBvZiBzYWx0Lg$XPDKrJvYeFyB/cmxRpfQaA2kQydn3NPKOrCR4twrYec', 'Ana Ribeiro', 'America/Sao_Paulo', 'en', 1, 79200, 25200,
    '2026-11-01T12:00Z', '2026-11-01T12:00Z'),
  (:id('b1'), :id('b0'), 'owner', 'eve@heed.example', 'eve@heed.example', NULL, '', 'Eve', 'Asia/Kolkata', 'pt-BR', 7, NULL, NULL,
    '2026-11-02T12:00Z', '2026-11-02T12:00Z');
INSERT INTO web_sessions (id, user_id, token_hash, created_at, seen_at, address, agent) VALUES
  (:id('a2'), :id('a1'), sha256('a token'), '2026-11-20T12:00Z', '2026-11-21T08:00Z', '192.0.2.7', 'Lynx');
INSERT INTO agents (id, user_id, type, enabled, created_at, updated_at) VALUES
  (:id('a3'), :id('a1'), 'email', true, '2026-11-01T12:00Z', '2026-11-01T12:00Z'), (:id('b3'), :id('b1'), 'email', false, '2026-11-02T12:00Z', '2026-11-03T12:00Z');
INSERT INTO muted_addresses VALUES (:id('b1'), 'email', 'eve@heed.example', 'unsubscribed', '2026-11-03T12:00Z');
INSERT INTO profiles (id, user_id, preset, name, tiers, created_at, updated_at) VALUES
  (:id('a4'), :id('a1'), 'gentle', 'Gentle', '[{"delay":0,"agents":["email"],"contacts":false},{"delay":60,"agents":["email"],"contacts":false},{"delay":180,"agents":["email"],"contacts":true}]',
    '2026-11-01T12:00Z', '2026-11-01T12:00Z'),
  (:id('b4'), :id('b1'), 'gentle', 'Gentle', '[{"delay":0,"agents":["email"],"contacts":false}]', '2026-11-02T12:00Z', '2026-11-02T12:00Z');

-- In every state: asleep until tomorrow, ringing at tier 2, snoozed, completed, archived, acknowledged and to be asked again, never rung, critical.
INSERT INTO reminders (id, user_id, profile_id, title, description, importance, status, next_at, last_at, snoozed_until, completed_at, sort_at, version,
  created_at, updated_at)
SELECT :id(i), :id(u), :id(left(u, 1) || '4'), title, description, importance, status, next_at, last_at, snoozed_until, completed_at, sort_at, version,
  '2026-11-10T12:00Z', '2026-11-20T12:00Z'
FROM (VALUES
  ('c1', 'a1', 'Take the vitamins', '', 'low', 'active', '2026-11-21T11:00Z'::timestamptz, '2026-11-19T11:00Z'::timestamptz, NULL::timestamptz, NULL::timestamptz, '2026-11-21T11:00Z'::timestamptz, 1),
  ('c2', 'a1', 'Renew the TLS certificate', 'The steps are in the [runbook](https://wiki.example.com/tls).', 'high', 'active', NULL, '2026-11-20T22:00Z', NULL, NULL, '2026-11-20T22:00Z', 2),
  ('c3', 'a1', 'Renew the passport', 'Bring:

- the old one', 'high', 'snoozed', NULL, '2026-11-20T12:00Z', '2026-11-23T12:00Z', NULL, '2026-11-23T12:00Z', 1),
  ('c4', 'a1', 'Pay the electricity bill', '', 'critical', 'completed', NULL, '2026-11-18T12:00Z', NULL, '2026-11-18T14:00Z', '2026-11-18T12:00Z', 1),
  ('c5', 'a1', 'Old gym membership', '', 'low', 'archived', NULL, NULL, NULL, NULL, 'infinity', 1),
  ('c6', 'a1', 'Send the weekly report', 'Numbers from the **dashboard**.', 'medium', 'active', '2026-11-27T19:00Z', '2026-11-20T19:00Z', NULL, NULL, '2026-11-20T19:00Z', 1),
  ('c7', 'a1', 'Stretch and drink water', '', 'low', 'active', '2026-11-21T10:30Z', NULL, NULL, NULL, '2026-11-21T10:30Z', 1),
  ('c8', 'b1', 'Água às plantas', 'Só as do *escritório* 🌱', 'low', 'active', '2026-12-01T12:00Z', NULL, NULL, NULL, '2026-12-01T12:00Z', 1),
  ('c9', 'a1', 'Car insurance renewal', 'Compare *three* offers first.', 'critical', 'active', NULL, '2026-11-21T08:59Z', NULL, NULL, '2026-11-21T08:59Z', 1)
) r(i, u, title, description, importance, status, next_at, last_at, snoozed_until, completed_at, sort_at, version);
INSERT INTO reminder_counts VALUES (:id('a1'), 5, 1, 1, 1), (:id('b1'), 1, 0, 0, 0);
INSERT INTO schedules (reminder_id, user_id, kind, timezone, at, cron, every_minutes, exclude_weekends, zone_version) VALUES
  (:id('c1'), :id('a1'), 'recurring', 'America/Sao_Paulo', NULL, '0 8 * * *', NULL, false, '2025b'),
  (:id('c2'), :id('a1'), 'once', 'America/Sao_Paulo', '2026-11-20T22:00Z', NULL, NULL, false, '2025b'),
  (:id('c3'), :id('a1'), 'once', 'America/Sao_Paulo', '2026-11-20T12:00Z', NULL, NULL, false, '2025b'),
  (:id('c4'), :id('a1'), 'once', 'America/Sao_Paulo', '2026-11-18T12:00Z', NULL, NULL, false, '2025b'),
  (:id('c5'), :id('a1'), 'recurring', 'America/Sao_Paulo', NULL, '0 7 * * 1', NULL, true, '2025b'),
  (:id('c6'), :id('a1'), 'recurring', 'America/Sao_Paulo', NULL, '0 16 * * 5', NULL, false, '2025b'),
  (:id('c7'), :id('a1'), 'interval', 'America/Sao_Paulo', NULL, NULL, 180, false, '2025b'),
  (:id('c8'), :id('b1'), 'once', 'Asia/Kolkata', '2026-12-01T12:00Z', NULL, NULL, false, '2025b'),
  (:id('c9'), :id('a1'), 'once', 'America/Sao_Paulo', '2026-11-21T08:59Z', NULL, NULL, false, '2025b');
INSERT INTO snoozes (id, user_id, reminder_id, from_time, until_time, words, reason) VALUES
  (:id('e3'), :id('a1'), :id('c3'), '2026-11-20T13:30:00.25Z', '2026-11-23T12:00Z', 'monday 9am', 'the office is closed');

INSERT INTO escalations (id, user_id, reminder_id, occurrence_at, profile_id, profile_name, profile_version, plan, state, tier, started_at, next_step_at,
  again_at, snoozed_until, acknowledged_at, ended_at, created_at)
SELECT :id(i), :id('a1'), :id(reminder), at, :id('a4'), 'Gentle', 1,
  '{"tiers":[{"delay":0,"agents":["email"],"contacts":false},{"delay":60,"agents":["email"],"contacts":false},{"delay":180,"agents":["email"],"contacts":true}],"repeat":0,"limit":0}',
  state, tier, at, next_step_at, again_at, snoozed_until, acknowledged_at, ended_at, at
FROM (VALUES
  ('d1', 'c1', '2026-11-19T11:00Z'::timestamptz, 'expired', 3, NULL::timestamptz, NULL::timestamptz, NULL::timestamptz, NULL::timestamptz, '2026-11-20T20:00Z'::timestamptz),
  ('d2', 'c2', '2026-11-20T22:00Z', 'active', 2, '2026-11-21T12:00Z', NULL, NULL, NULL, NULL),
  ('d3', 'c3', '2026-11-20T12:00Z', 'snoozed', 2, NULL, NULL, '2026-11-23T12:00Z', NULL, NULL),
  ('d4', 'c4', '2026-11-18T12:00Z', 'completed', 1, NULL, NULL, NULL, NULL, '2026-11-18T14:00Z'),
  ('d6', 'c6', '2026-11-20T19:00Z', 'acknowledged', 1, NULL, '2026-11-21T13:00Z', NULL, '2026-11-20T20:10:11.5Z', NULL),
  ('d9', 'c9', '2026-11-21T08:59Z', 'active', 1, '2026-11-21T09:59Z', NULL, NULL, NULL, NULL)
) e(i, reminder, at, state, tier, next_step_at, again_at, snoozed_until, acknowledged_at, ended_at);
INSERT INTO occurrences (id, user_id, reminder_id, due_at, fired_at, reason, missed, missed_from, escalation_id)
SELECT :id(replace(i, 'd', '1')), :id('a1'), :id(replace(i, 'd', 'c')), due_at, due_at, reason, missed, missed_from, :id(i)
FROM (VALUES ('d1', '2026-11-19T11:00Z'::timestamptz, 'due', 0, NULL::timestamptz), ('d2', '2026-11-20T22:00Z', 'due', 0, NULL),
  ('d3', '2026-11-20T12:00Z', 'by_hand', 0, NULL), ('d4', '2026-11-18T12:00Z', 'due', 0, NULL),
  ('d6', '2026-11-20T19:00Z', 'caught_up', 2, '2026-11-06T19:00Z'), ('d9', '2026-11-21T08:59Z', 'due', 0, NULL)
) o(i, due_at, reason, missed, missed_from);
INSERT INTO escalation_events (id, user_id, escalation_id, at, kind, tier, round, actor, actor_name, data)
SELECT :id('2' || n), :id('a1'), :id(i), at, kind, tier, 0, actor, CASE actor WHEN 'system' THEN '' ELSE 'Ana Ribeiro' END, data
FROM (VALUES
  (1, 'd1', '2026-11-19T11:00Z'::timestamptz, 'started', NULL::int, 'system', '{"reason":"due","occurrence":"2026-11-19T11:00:00Z"}'::jsonb),
  (2, 'd1', '2026-11-20T20:00Z', 'expired', 3, 'system', '{}'),
  (3, 'd2', '2026-11-20T22:00Z', 'started', NULL, 'system', '{"reason":"due","occurrence":"2026-11-20T22:00:00Z"}'),
  (4, 'd2', '2026-11-20T22:00:00.000001Z', 'escalated', 1, 'system', '{}'),
  (5, 'd2', '2026-11-20T23:00Z', 'escalated', 2, 'system', '{}'),
  (6, 'd3', '2026-11-20T12:00Z', 'started', NULL, 'user', '{"reason":"by_hand","occurrence":"2026-11-20T12:00:00Z"}'),
  (7, 'd3', '2026-11-20T13:30:00.25Z', 'snoozed', 2, 'link', '{"until":"2026-11-23T12:00:00Z","words":"monday 9am"}'),
  (8, 'd4', '2026-11-18T14:00Z', 'completed', 1, 'user', '{}'),
  (9, 'd6', '2026-11-20T20:10:11.5Z', 'acknowledged', 1, 'user', '{"again_at":"2026-11-21T13:00:00Z"}'),
  (10, 'd9', '2026-11-21T08:59Z', 'escalated', 1, 'system', '{}')
) v(n, i, at, kind, tier, actor, data);
INSERT INTO deliveries (id, user_id, escalation_id, reminder_id, run, tier, round, agent, recipient, state, due_at, attempts, address, detail, created_at, sent_at)
SELECT :id('3' || n), :id('a1'), :id(i), :id(replace(i, 'd', 'c')), 1, tier, 0, 'email', 'owner', state, at, attempts, address, detail, at, sent_at
FROM (VALUES
  (1, 'd2', 1, 'sent', '2026-11-20T22:00Z'::timestamptz, 1, 'Demo@heed.example', '250 2.0.0 Ok', '2026-11-20T22:00:01Z'::timestamptz),
  (2, 'd2', 2, 'pending', '2026-11-21T08:55Z', 1, '', '451 4.3.0 try again', NULL),
  (3, 'd3', 2, 'cancelled', '2026-11-20T13:00Z', 0, '', 'answered', NULL),
  (4, 'd4', 1, 'sent', '2026-11-18T12:00Z', 1, 'Demo@heed.example', '250 2.0.0 Ok', '2026-11-18T12:00:01Z'),
  (5, 'd9', 1, 'pending', '2026-11-21T08:59Z', 0, '', '', NULL)
) d(n, i, tier, state, at, attempts, address, detail, sent_at);
INSERT INTO delivery_attempts (id, user_id, delivery_id, at, state, attempt, detail)
SELECT gen_random_uuid(), :id('a1'), :id('3' || n), at, state, attempt, detail
FROM (VALUES
  (1, '2026-11-20T22:00Z'::timestamptz, 'pending', 0, ''), (1, '2026-11-20T22:00Z', 'sending', 1, ''), (1, '2026-11-20T22:00:01Z', 'sent', 1, '250 2.0.0 Ok'),
  (2, '2026-11-20T23:00Z', 'pending', 0, ''), (2, '2026-11-20T23:00Z', 'sending', 1, ''), (2, '2026-11-20T23:00:02Z', 'pending', 1, '451 4.3.0 try again'),
  (3, '2026-11-20T13:00Z', 'pending', 0, ''), (3, '2026-11-20T13:30:00.25Z', 'cancelled', 0, ''),
  (4, '2026-11-18T12:00Z', 'pending', 0, ''), (4, '2026-11-18T12:00Z', 'sending', 1, ''), (4, '2026-11-18T12:00:01Z', 'sent', 1, '250 2.0.0 Ok'),
  (5, '2026-11-21T08:59Z', 'pending', 0, '')
) a(n, at, state, attempt, detail);

INSERT INTO letters (id, user_id, kind, email, state, due_at, created_at, expires_at, used_at, asked_from) VALUES
  (:id('41'), :id('a1'), 'verification', 'Demo@heed.example', 'sent', '2026-11-01T12:00Z', '2026-11-01T12:00Z', '2026-11-04T12:00Z', '2026-11-01T12:05Z', NULL),
  (:id('42'), NULL, 'reset', 'nobody@heed.example', 'pending', '2026-11-21T08:59Z', '2026-11-21T08:59Z', '2026-11-21T09:59Z', NULL, '{"address":"192.0.2.7","agent":"","request":"5e22"}');
INSERT INTO event_log (id, at, user_id, kind, payload) VALUES (:id('51'), '2026-11-20T12:00Z', NULL, 'sign_in.failed', '{"address":"192.0.2.7"}');
INSERT INTO idempotency_keys VALUES (:id('a1'), 'a nonce', '/reminders/' || :id('c2'), '2026-11-20T12:00Z');
INSERT INTO attempts VALUES ('signed-in', sha256('an address'), '2026-11-20T12:00Z');
INSERT INTO audit_log (id, account_id, number, at, user_id, actor, action, subject, subject_id, payload, address, agent, request_id, mac, payload_sha256)
SELECT *, sha256(l.payload::bytea) FROM (VALUES
  (:id('f1'), :id('a0'), 1, '2026-11-01T12:00:00Z'::timestamptz, :id('a1'), 'operator', 'account.made', 'user', :id('a1'), '{"email":"demo@heed.example"}', '', '', '',
    '\x8ef85b1a77ddeff9a556f323f572ccdce9bf947e578e9d6543c87e80066d2d4d'::bytea),
  (:id('f2'), :id('a0'), 2, '2026-11-10T12:00:00Z'::timestamptz, :id('a1'), 'user', 'reminder.made', 'reminder', :id('c2'), '{"title":"Renew the TLS certificate"}', '192.0.2.7', 'Lynx', '5e1f',
    '\xacf33e1141f35786c59094b70bbac7562c8d8d157210ca8ebb58cd0a26314bd5'::bytea),
  (:id('f3'), :id('a0'), 3, '2026-11-20T13:30:00.25Z'::timestamptz, :id('a1'), 'link', 'escalation.snoozed', 'escalation', :id('d3'), '{}', '192.0.2.7', 'Lynx', '5e20',
    '\xaccb37baf3ba12254b63ab2b1f279a8a4743c17fde3274a04c2d47f35e86316e'::bytea),
  (:id('f4'), :id('a0'), 4, '2026-11-20T20:00:00Z'::timestamptz, :id('a1'), 'system', 'escalation.expired', 'escalation', :id('d1'), '{}', '', '', '',
    '\xfb652496a53dc231a64625ee2596aacfe897adba18d4b6ac8d36fd03af2128c1'::bytea),
  (:id('f5'), :id('b0'), 1, '2026-11-02T12:00:00Z'::timestamptz, :id('b1'), 'user', 'account.made', 'user', :id('b1'), '{"email":"eve@heed.example"}', '198.51.100.9', '', '5e21',
    '\x91956e289827b15601bc511b3000150319e2f66e42b968b2a713623a82d3b9c1'::bytea)
) l(id, account_id, number, at, user_id, actor, action, subject, subject_id, payload, address, agent, request_id, mac);
INSERT INTO audit_heads VALUES
  (:id('a0'), 4, '\xfb652496a53dc231a64625ee2596aacfe897adba18d4b6ac8d36fd03af2128c1'),
  (:id('b0'), 1, '\x91956e289827b15601bc511b3000150319e2f66e42b968b2a713623a82d3b9c1');
