-- Desks of people of bench.sql, after it. Those of the first :desks have a channel: the first of them :many conversations with a draft that waits, the
-- others :few each, and the second besides two long threads (5 and 200 messages) and two drafts of 20 kB, one of them edited. The third has 50 passages
-- of sources, the fourth 5,000. Words are made up, common and rare ones. psql, as the superuser.
-- Triggers are off: desk_words is filled below by the functions that they call, passages come by the door that the program uses, and all else that
-- triggers write on these tables comes of updates (notices), which there are none of.
SET synchronous_commit = off;
SET session_replication_role = replica;
SET work_mem = '256MB';
\ir bench_words.sql

CREATE TEMP TABLE desk AS
  SELECT u, md5('user ' || u)::uuid AS user_id, md5('account ' || u)::uuid AS account, md5('channel ' || u)::uuid AS channel
  FROM generate_series(1, :desks) u;
INSERT INTO channels (id, account_id, name, type, external_id, address, aliases, inbound, folder, secret, signature, language, timezone, target_minutes,
    hours, closed_on, auto_draft, enabled, created_at, updated_at)
  SELECT channel, account, 'Support', 'email', '', 'desk' || u || '@shop.example', '{}', 'webhook', '', '\x00', 'Kind regards, the shop', 'en', 'UTC', 43200,
    '', '{}', true, true, now(), now()
  FROM desk;
INSERT INTO channel_states (channel_id, account_id, last_good_at) SELECT channel, account, now() FROM desk;

-- Nothing is late but one in five thousand, of which somebody was told: a worker has nothing to ring for.
CREATE TEMP TABLE thread AS
  SELECT t.*, pg_temp.made('conversation', i, at) AS id, pg_temp.made('draft', i, at) AS draft, pg_temp.made('customer', who, 'epoch') AS customer,
    'buyer' || who || '@customer.example' AS address, 'Buyer ' || who AS name, a.line AS topic
  FROM (
    SELECT d.*, n, d.u * 1000000::bigint + n AS i, d.u * 1000000::bigint + n / 4 AS who,
      CASE WHEN d.u = 2 AND n = :few + 1 THEN 5 WHEN d.u = 2 AND n = :few + 2 THEN 200 ELSE 1 END AS mails,
      CASE WHEN d.u = 2 THEN greatest(0, n - :few) ELSE 0 END AS special,
      now() - CASE WHEN n % 5000 = 7 THEN interval '40 days' ELSE interval '20 days' END + n * interval '1 second' AS at
    FROM desk d, generate_series(1, CASE d.u WHEN 1 THEN :many WHEN 2 THEN :few + 4 ELSE :few END) n) t
  JOIN lines a ON a.n = i % 5000;
ANALYZE thread;
INSERT INTO customers (id, account_id, name, first_seen_at, updated_at)
  SELECT DISTINCT ON (customer) customer, account, name, at, at FROM thread ORDER BY customer, at;
INSERT INTO customer_addresses (account_id, address_key, address, customer_id) SELECT DISTINCT account, address, address, customer FROM thread;
CREATE TEMP TABLE mail AS
  SELECT t.*, m, pg_temp.made('message', t.i * 1000 + m, t.at - (t.mails - m) * interval '1 minute') AS message,
    t.at - (t.mails - m) * interval '1 minute' AS came, (t.mails - m) % 2 = 0 AS is_inbound, a.line || '. ' || b.line || '. Order ' || t.i AS text
  FROM thread t CROSS JOIN LATERAL generate_series(1, t.mails) m
  JOIN lines a ON a.n = (t.i * 31 + m) % 5000 JOIN lines b ON b.n = (t.i * 17 + m) % 5000;
INSERT INTO conversations (id, account_id, channel_id, subject, subject_key, customer_id, state, tags, language, newest_inbound_id, waiting_since, late_at,
    late_told_at, is_answerable, messages, last_at, created_at)
  SELECT t.id, t.account, t.channel, t.topic, t.topic, t.customer, 'open', CASE WHEN t.n % 5 = 0 THEN ARRAY['vip'] ELSE '{}' END, 'en', m.message, t.at,
    t.at + interval '43200 minutes', CASE WHEN t.n % 5000 = 7 THEN now() END, true, t.mails, t.at, t.at - t.mails * interval '1 minute'
  FROM thread t JOIN mail m ON m.id = t.id AND m.m = t.mails ORDER BY t.id;
INSERT INTO messages (id, account_id, conversation_id, channel_id, direction, kind, message_key, body_key, message_id, from_name, from_address, customer_id,
    author_id, author_name, subject, own, part_kinds, part_texts, language, arrived_at, source, recipients, sending, sent_at)
  SELECT message, account, id, channel, CASE WHEN is_inbound THEN 'inbound' ELSE 'outbound' END, 'person', sha256(message::text::bytea),
    sha256(text::bytea), '<' || message || '@customer.example>', CASE WHEN is_inbound THEN name ELSE 'Support' END,
    CASE WHEN is_inbound THEN address ELSE 'desk' || u || '@shop.example' END, CASE WHEN is_inbound THEN customer END,
    CASE WHEN NOT is_inbound THEN user_id END, CASE WHEN is_inbound THEN '' ELSE 'User' END, topic, text,
    CASE WHEN is_inbound THEN ARRAY['own'] ELSE '{}' END, CASE WHEN is_inbound THEN ARRAY[text] ELSE '{}' END, 'en', came,
    CASE WHEN NOT is_inbound THEN text END, ARRAY[address], CASE WHEN NOT is_inbound THEN 'sent' END, CASE WHEN NOT is_inbound THEN came END
  FROM mail ORDER BY message;
INSERT INTO message_addresses (message_id, account_id, n, role, name, address, address_key)
  SELECT message, account, 1, 'from', name, address, address FROM mail WHERE is_inbound;
INSERT INTO participants (conversation_id, account_id, address_key, address, name, is_taken) SELECT id, account, address, address, name, true FROM thread;
INSERT INTO drafts (id, account_id, conversation_id, channel_id, state, generated, text, model_key, language, confidence, sources, question, triggers,
    newest_inbound_id, asked_at, ready_at)
  SELECT t.draft, t.account, t.id, t.channel, 'pending', x.text, x.text, 'builtin/extractive-1', 'en', 0.30 + t.n % 60 / 100.0, 2, m.text, ARRAY[m.message],
    m.message, t.at, t.at
  FROM thread t JOIN mail m ON m.id = t.id AND m.m = t.mails JOIN lines a ON a.n = (t.i * 13) % 5000 JOIN lines b ON b.n = (t.i * 11) % 5000
  CROSS JOIN LATERAL (SELECT 'Hello, ' || a.line || '. ' || b.line || '. Kind regards' AS text) x ORDER BY t.draft;
UPDATE drafts SET stale_sources = 1, sources_at = now();
INSERT INTO draft_sources (draft_id, account_id, n, source_id, passage, title, heading, text, indexed_at, is_stale, score)
  SELECT t.draft, t.account, s, pg_temp.made('source', s, 'epoch'), 1, 'What we say', 'Part ' || s, a.line, now(), s = 2, 0.5
  FROM thread t CROSS JOIN generate_series(1, 2) s JOIN lines a ON a.n = (t.i * 7 + s) % 5000;
-- 20 kB, a line a paragraph; of the edited one each tenth line is another.
UPDATE drafts d SET generated = x.text, text = CASE WHEN t.special = 3 THEN x.edited ELSE x.text END, is_edited = t.special = 3
  FROM thread t, (
    SELECT left(string_agg(line, E'.\n\n' ORDER BY n), 20000) AS text,
      left(string_agg(CASE WHEN n % 10 = 3 THEN 'other ' || reverse(line) ELSE line END, E'.\n\n' ORDER BY n), 20000) AS edited
    FROM lines WHERE n < 600) x
  WHERE d.id = t.draft AND t.special IN (3, 4);

SELECT put_customer_words(ARRAY(SELECT DISTINCT customer FROM thread)), put_conversation_words(ARRAY(SELECT id FROM thread)),
  put_message_words(ARRAY(SELECT message FROM mail)) \g /dev/null

-- Fifty passages a source.
CREATE TEMP TABLE written AS
  SELECT d.account, d.u, s, pg_temp.made('source', d.u * 1000 + s, now()) AS id, array_agg(a.line ORDER BY p) AS headings,
    array_agg(a.line || '. ' || b.line || '. ' || c.line || '. ' || e.line ORDER BY p) AS texts
  FROM desk d CROSS JOIN LATERAL generate_series(1, CASE d.u WHEN 3 THEN 1 WHEN 4 THEN 100 ELSE 0 END) s CROSS JOIN generate_series(1, 50) p
  JOIN lines a ON a.n = (s * 50 + p) % 5000 JOIN lines b ON b.n = (s * 131 + p * 7) % 5000 JOIN lines c ON c.n = (s * 57 + p * 11) % 5000
  JOIN lines e ON e.n = (s * 91 + p * 13) % 5000
  GROUP BY 1, 2, 3;
INSERT INTO sources (id, account_id, title, text, language, refresh, enabled, indexed_at, created_at, updated_at)
  SELECT id, account, 'Page ' || s || ' of ours', array_to_string(texts, E'\n\n'), 'en', 'never', true, now(), now(), now() FROM written;
GRANT SELECT ON written TO heed_owner;
SET SESSION AUTHORIZATION heed_owner;
SELECT count(door.index_passages(id, headings, texts, headings, texts, now())) FROM written \g /dev/null
RESET SESSION AUTHORIZATION;
VACUUM (ANALYZE);
