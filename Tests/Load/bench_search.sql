-- What is searched, after bench.sql: the first person's account has :many messages, the second's :few, ten a conversation, in which each word is as
-- common as in the other. Every twenty name an order of their own. psql, as the superuser.
-- Triggers are off: desk_words is filled by the functions that they call, and its index made when all is there, or it took longer than all the rest.
SET synchronous_commit = off;
SET session_replication_role = replica;
SET work_mem = '256MB';
SET maintenance_work_mem = '512MB';
\ir bench_words.sql

CREATE TEMP TABLE desk AS
  SELECT u, md5('account ' || u)::uuid AS account, md5('channel ' || u)::uuid AS channel, CASE u WHEN 1 THEN :many ELSE :few END AS mails
  FROM generate_series(1, 2) u;
INSERT INTO channels (id, account_id, name, type, external_id, address, aliases, inbound, folder, secret, signature, language, timezone, hours, closed_on,
    auto_draft, enabled, created_at, updated_at)
  SELECT channel, account, 'Support', 'email', '', 'desk' || u || '@shop.example', '{}', 'webhook', '', '\x00', '', 'en', 'UTC', '', '{}', true, true, now(),
    now()
  FROM desk;
INSERT INTO channel_states (channel_id, account_id, last_good_at) SELECT channel, account, now() FROM desk;
CREATE TEMP TABLE thread AS
  SELECT d.*, n, d.u * 10000000::bigint + n AS i, x.at, pg_temp.made('conversation', d.u * 10000000::bigint + n, x.at) AS id,
    pg_temp.made('customer', d.u * 10000000::bigint + n / 4, 'epoch') AS customer, n / 4 AS who
  FROM desk d CROSS JOIN LATERAL generate_series(1, d.mails / 10) n
  CROSS JOIN LATERAL (SELECT now() - interval '700 days' + n * (interval '699 days' / (d.mails / 10)) AS at) x;
ANALYZE thread;
INSERT INTO customers (id, account_id, name, first_seen_at, updated_at) SELECT DISTINCT customer, account, 'Buyer ' || who, now(), now() FROM thread;
INSERT INTO customer_addresses (account_id, address_key, address, customer_id)
  SELECT DISTINCT account, 'buyer' || who || '@customer.example', 'buyer' || who || '@customer.example', customer FROM thread;
INSERT INTO conversations (id, account_id, channel_id, subject, subject_key, customer_id, state, language, is_answerable, messages, last_at, closed_at,
    created_at)
  SELECT t.id, t.account, t.channel, a.line, a.line, t.customer, CASE WHEN t.n % 10 = 0 THEN 'open' ELSE 'closed' END, 'en', true, 10, t.at,
    CASE WHEN t.n % 10 > 0 THEN t.at END, t.at
  FROM thread t JOIN lines a ON a.n = t.i % 5000 ORDER BY t.id;
INSERT INTO messages (id, account_id, conversation_id, channel_id, direction, kind, message_key, body_key, from_name, from_address, customer_id, subject,
    own, language, arrived_at, recipients)
  SELECT pg_temp.made('message', t.i * 10 + m, t.at), t.account, t.id, t.channel, 'inbound', 'person', sha256((t.i * 10 + m)::text::bytea),
    sha256((t.i * 10 + m)::text::bytea), 'Buyer ' || t.who, 'buyer' || t.who || '@customer.example', t.customer, '',
    a.line || '. ' || b.line || '. ' || c.line || '. Order no' || (t.n * 10 + m) / 20, 'en', t.at, ARRAY['buyer' || t.who || '@customer.example']
  FROM thread t CROSS JOIN generate_series(0, 9) m JOIN lines a ON a.n = (hashint8extended(t.i * 10 + m, 1) & 1048575) % 5000
  JOIN lines b ON b.n = (hashint8extended(t.i * 10 + m, 2) & 1048575) % 5000 JOIN lines c ON c.n = (hashint8extended(t.i * 10 + m, 3) & 1048575) % 5000
  ORDER BY 1;

SELECT indexdef AS made_anew FROM pg_indexes WHERE indexname = 'desk_words_words' \gset
DROP INDEX desk_words_words;
SELECT put_customer_words(ARRAY(SELECT id FROM customers)), put_conversation_words(ARRAY(SELECT id FROM thread)) \g /dev/null
SELECT count(put_message_words(ids))
  FROM (SELECT array_agg(id) AS ids FROM (SELECT id, row_number() OVER () / 20000 AS part FROM messages) m GROUP BY part) p \g /dev/null
:made_anew;
VACUUM (ANALYZE);
