-- The inbox: what somebody wrote down before it was sorted, in the sessions in which it came.
--
-- New tables alone; safe while the site runs.

-- When somebody was active in one chat without a gap of half an hour (RULES 8.25). A chat is the web, an address, a program.
CREATE TABLE chat_sessions (
  id               uuid        CONSTRAINT chat_sessions_pkey PRIMARY KEY,
  user_id          uuid        NOT NULL CONSTRAINT chat_sessions_user_fkey REFERENCES users ON DELETE CASCADE,
  source           text        NOT NULL CONSTRAINT chat_sessions_source CHECK (length(source) BETWEEN 1 AND 40),
  chat_id          text        NOT NULL CONSTRAINT chat_sessions_chat CHECK (length(chat_id) <= 200),  -- as the program calls it
  started_at       timestamptz NOT NULL,
  last_activity_at timestamptz NOT NULL,
  ended_at         timestamptz NOT NULL,  -- half an hour behind the last: nothing joins it from then on
  CONSTRAINT chat_sessions_id_user UNIQUE (id, user_id),
  CONSTRAINT chat_sessions_once UNIQUE (user_id, source, chat_id, started_at),
  CONSTRAINT chat_sessions_order CHECK (started_at <= last_activity_at AND last_activity_at < ended_at)
);
CALL wall_user('chat_sessions', '{started_at,last_activity_at,ended_at}');
CREATE INDEX chat_sessions_by_activity ON chat_sessions (user_id, source, chat_id, ended_at);

CREATE TABLE inbox_items (
  id             uuid        CONSTRAINT inbox_items_pkey PRIMARY KEY,
  user_id        uuid        NOT NULL CONSTRAINT inbox_items_user_fkey REFERENCES users ON DELETE CASCADE,
  session_id     uuid        NOT NULL,
  message_id     uuid        NOT NULL,  -- of all that came at once: the id of its first line
  line           integer     NOT NULL CONSTRAINT inbox_items_line CHECK (line >= 1),  -- within that
  source         text        NOT NULL CONSTRAINT inbox_items_source CHECK (length(source) BETWEEN 1 AND 40),
  client_msg_id  text        CONSTRAINT inbox_items_client CHECK (length(client_msg_id) BETWEEN 1 AND 200),
  message_sha256 bytea       NOT NULL CONSTRAINT inbox_items_sha256 CHECK (octet_length(message_sha256) = 32),  -- of the whole text (RULES 8.24)
  raw            text        NOT NULL CONSTRAINT inbox_items_raw CHECK (octet_length(raw) BETWEEN 1 AND 8192),
  normalised     text        NOT NULL GENERATED ALWAYS AS (normal_title(raw)) STORED,
  received_at    timestamptz NOT NULL,
  said_at        timestamptz,  -- when a program says it came, where that cannot be
  became_kind    text        CONSTRAINT inbox_items_became_kind
    CHECK (became_kind IN ('task', 'deadline', 'goal', 'problem', 'reminder', 'habit', 'none')),  -- NULL: not sorted
  became_id      uuid,
  joined         boolean     NOT NULL DEFAULT false,  -- to what was there already
  sorted_at      timestamptz,
  deleted_at     timestamptz,
  created_at     timestamptz NOT NULL,
  CONSTRAINT inbox_items_id_user UNIQUE (id, user_id),
  CONSTRAINT inbox_items_session_fkey FOREIGN KEY (session_id, user_id) REFERENCES chat_sessions (id, user_id) ON DELETE CASCADE,
  CONSTRAINT inbox_items_sorted CHECK ((became_kind IS NULL) = (sorted_at IS NULL)),
  CONSTRAINT inbox_items_became CHECK ((became_id IS NULL) = (became_kind IS NULL OR became_kind = 'none')),
  CONSTRAINT inbox_items_joined CHECK (NOT joined OR became_id IS NOT NULL)
);
CALL wall_user('inbox_items', '{became_kind,became_id,joined,sorted_at,deleted_at}');
GRANT DELETE ON inbox_items TO heed_work;
CREATE UNIQUE INDEX inbox_items_once ON inbox_items (user_id, source, client_msg_id, line) WHERE client_msg_id IS NOT NULL;
CREATE INDEX inbox_items_open ON inbox_items (user_id, received_at, message_id, line) WHERE became_kind IS NULL AND deleted_at IS NULL;
CREATE INDEX inbox_items_by_time ON inbox_items (user_id, received_at, message_id, line) WHERE deleted_at IS NULL;
CREATE INDEX inbox_items_by_sorting ON inbox_items (user_id, sorted_at) WHERE sorted_at IS NOT NULL;
CREATE INDEX inbox_items_by_thing ON inbox_items (user_id, became_id) WHERE became_id IS NOT NULL;
CREATE INDEX inbox_items_by_session ON inbox_items (session_id);
CREATE INDEX inbox_items_by_message ON inbox_items (user_id, message_id, line);
CREATE INDEX inbox_items_deleted ON inbox_items (deleted_at) WHERE deleted_at IS NOT NULL;

-- One session of several: what came late between two of them joins both.
CREATE FUNCTION door.join_sessions(kept uuid, gone uuid[]) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  joined bigint;
BEGIN
  UPDATE inbox_items i SET session_id = $1 WHERE i.session_id = ANY ($2) AND i.user_id = me()
    AND EXISTS (SELECT FROM chat_sessions k WHERE k.id = $1 AND k.user_id = me());
  DELETE FROM chat_sessions s WHERE s.id = ANY ($2) AND s.id <> $1 AND s.user_id = me()
    AND EXISTS (SELECT FROM chat_sessions k WHERE k.id = $1 AND k.user_id = me());
  GET DIAGNOSTICS joined = ROW_COUNT;
  RETURN joined;
END $$;
REVOKE ALL ON FUNCTION door.join_sessions(uuid, uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.join_sessions(uuid, uuid[]) TO heed_web;

-- How many items a person has still to sort, for the navigation: counted by statement.
CREATE TABLE inbox_counts (
  user_id uuid    CONSTRAINT inbox_counts_pkey PRIMARY KEY CONSTRAINT inbox_counts_user_fkey REFERENCES users ON DELETE CASCADE,
  open    integer NOT NULL CONSTRAINT inbox_counts_open CHECK (open >= 0)
);
ALTER TABLE inbox_counts ENABLE ROW LEVEL SECURITY;
CREATE POLICY inbox_counts_own ON inbox_counts FOR SELECT TO heed_web USING (user_id = (SELECT me()));
CREATE POLICY inbox_counts_all ON inbox_counts TO heed_work USING (true);
GRANT SELECT ON inbox_counts TO heed_web, heed_work;

CREATE FUNCTION count_inbox() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO inbox_counts AS c (user_id, open)
    SELECT m.user_id, count(*) FILTER (WHERE m.became_kind IS NULL AND m.deleted_at IS NULL) FROM made m GROUP BY m.user_id
    ON CONFLICT (user_id) DO UPDATE SET open = c.open + excluded.open;
  ELSIF TG_OP = 'UPDATE' THEN
    UPDATE inbox_counts c SET open = c.open + s.n
    FROM (
      SELECT x.user_id, sum(x.n) AS n FROM (
        SELECT m.user_id, 1 AS n FROM made m WHERE m.became_kind IS NULL AND m.deleted_at IS NULL
        UNION ALL
        SELECT g.user_id, -1 FROM gone g WHERE g.became_kind IS NULL AND g.deleted_at IS NULL) x
      GROUP BY x.user_id) s
    WHERE c.user_id = s.user_id AND s.n <> 0;
  ELSE
    UPDATE inbox_counts c SET open = c.open - s.n
    FROM (SELECT g.user_id, count(*) AS n FROM gone g WHERE g.became_kind IS NULL AND g.deleted_at IS NULL GROUP BY g.user_id) s
    WHERE c.user_id = s.user_id;
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION count_inbox() FROM PUBLIC;
CREATE TRIGGER inbox_items_counted_made AFTER INSERT ON inbox_items REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION count_inbox();
CREATE TRIGGER inbox_items_counted_changed AFTER UPDATE ON inbox_items REFERENCING OLD TABLE AS gone NEW TABLE AS made FOR EACH STATEMENT
  EXECUTE FUNCTION count_inbox();
CREATE TRIGGER inbox_items_counted_gone AFTER DELETE ON inbox_items REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION count_inbox();
