-- A mailbox that is silent speaks (RULES 6.23), and programs fetch files of answers. A new table and a function; safe while the site runs.

-- A channel that fails, from when members were told until its mailbox is back.
CREATE TABLE channel_failures (
  channel_id  uuid        CONSTRAINT channel_failures_pkey PRIMARY KEY,
  account_id  uuid        NOT NULL,
  told_at     timestamptz NOT NULL,
  rung_at     timestamptz,  -- NULL: it has not lasted long enough
  user_id     uuid,         -- whose reminder rings; NULL: nobody's, or it is gone
  reminder_id uuid,
  CONSTRAINT channel_failures_channel_fkey FOREIGN KEY (channel_id, account_id) REFERENCES channels (id, account_id) ON DELETE CASCADE,
  -- Whoever throws the reminder away has been told all the same.
  CONSTRAINT channel_failures_reminder_fkey FOREIGN KEY (reminder_id, user_id) REFERENCES reminders (id, user_id) ON DELETE SET NULL
);
CREATE INDEX channel_failures_by_account ON channel_failures (account_id);
CREATE INDEX channel_failures_by_reminder ON channel_failures (reminder_id) WHERE reminder_id IS NOT NULL;
CALL wall_account('channel_failures', 'admin');
GRANT INSERT, UPDATE, DELETE ON channel_failures TO heed_work;

-- A file, for whoever holds a signed link to it.
CREATE FUNCTION door.linked_file(attachment uuid) RETURNS TABLE (name text, type text, bytes bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp ROWS 1 AS $$
  SELECT a.name, a.type, f.bytes FROM attachments a JOIN files f ON f.account_id = a.account_id AND f.sha256 = a.sha256
  WHERE a.id = $1 AND a.state = 'kept'
$$;
REVOKE ALL ON FUNCTION door.linked_file(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.linked_file(uuid) TO heed_web;
