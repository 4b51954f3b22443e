-- Channels of one account that take mails out of folders, the last of which asks for drafts; after bench.sql. psql, as the superuser: nobody opens the
-- secrets. Their rows have no triggers that fill others.
CREATE TEMP TABLE box AS
  SELECT n, md5('channel ' || n)::uuid AS id, md5('account 1')::uuid AS account FROM generate_series(1, 3) n;
INSERT INTO channels (id, account_id, name, type, external_id, address, aliases, inbound, folder, secret, signature, language, timezone, hours, closed_on,
    auto_draft, enabled, created_at, updated_at)
  SELECT id, account, 'Box ' || n, 'email', '', 'box' || n || '@shop.example', '{}', 'maildir', 'box' || n, '\x00', '', 'en', 'UTC', '', '{}', n = 3, true,
    now(), now()
  FROM box;
INSERT INTO channel_states (channel_id, account_id, last_good_at) SELECT id, account, now() FROM box;
