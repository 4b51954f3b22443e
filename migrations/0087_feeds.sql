-- The feed by which other calendars read what is in a person's, and the accounts elsewhere that will fill it.
--
-- Only adds; safe while the site runs.

-- One a person: whoever has its address reads it, so that only a hash of that is kept. What was built last is kept beside what it was made of, and
-- however many read it, it is built once (RULES 9.28).
CREATE TABLE feeds (
  id           uuid        CONSTRAINT feeds_pkey PRIMARY KEY,
  user_id      uuid        NOT NULL CONSTRAINT feeds_user_fkey REFERENCES users ON DELETE CASCADE CONSTRAINT feeds_one UNIQUE,
  token_hash   bytea       NOT NULL CONSTRAINT feeds_token_hash UNIQUE CONSTRAINT feeds_token_hash_length CHECK (length(token_hash) = 32),
  include      text[]      NOT NULL
    CONSTRAINT feeds_include CHECK (cardinality(include) BETWEEN 1 AND 4 AND include <@ '{reminders,events,tasks,deadlines}'),
  detail       text        NOT NULL CONSTRAINT feeds_detail CHECK (detail IN ('full', 'busy')),
  descriptions boolean     NOT NULL,
  made_at      timestamptz NOT NULL,
  read_at      timestamptz,  -- to a quarter of an hour
  stamp        text        NOT NULL DEFAULT '' CONSTRAINT feeds_stamp CHECK (length(stamp) <= 100),  -- of what it was built; '': not yet
  etag         text        NOT NULL DEFAULT '' CONSTRAINT feeds_etag CHECK (length(etag) <= 100),
  body         bytea       NOT NULL DEFAULT ''
);
CALL wall_user('feeds', '{read_at,stamp,etag,body}');

-- Whose a feed is.
CREATE FUNCTION door.feed(token_hash bytea) RETURNS TABLE (user_id uuid, account_id uuid) LANGUAGE sql STABLE SECURITY DEFINER ROWS 1
  SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT u.id, u.account_id FROM feeds f JOIN users u ON u.id = f.user_id WHERE f.token_hash = $1
$$;
-- Takes the person's away, for good or before another is made: of two at once the second waits.
CREATE FUNCTION door.drop_feed() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  gone bigint;
BEGIN
  PERFORM FROM users u WHERE u.id = me() FOR NO KEY UPDATE;
  DELETE FROM feeds f WHERE f.user_id = me();
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END $$;
REVOKE ALL ON FUNCTION door.feed(bytea), door.drop_feed() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.feed(bytea), door.drop_feed() TO heed_web;

-- Accounts elsewhere: calendars and mailboxes (RULES 9.46). What signs in there is sealed.
CREATE TABLE connections (
  id               uuid        CONSTRAINT connections_pkey PRIMARY KEY,
  user_id          uuid        NOT NULL CONSTRAINT connections_user_fkey REFERENCES users ON DELETE CASCADE,
  type             text        NOT NULL CONSTRAINT connections_type CHECK (type IN ('imap', 'caldav', 'ics', 'oauth')),
  name             text        NOT NULL CONSTRAINT connections_name CHECK (length(name) BETWEEN 1 AND 80),
  provider         text        NOT NULL DEFAULT '' CONSTRAINT connections_provider CHECK (length(provider) <= 100),  -- of oauth: google, microsoft, …
  subject          text        NOT NULL DEFAULT '' CONSTRAINT connections_subject CHECK (length(subject) <= 255),  -- whose it is there
  endpoint         text        NOT NULL DEFAULT '' CONSTRAINT connections_endpoint CHECK (length(endpoint) <= 2000),
  username         text        NOT NULL DEFAULT '' CONSTRAINT connections_username CHECK (length(username) <= 254),
  secret           bytea,  -- sealed; NULL: none
  scopes           text[]      NOT NULL DEFAULT '{}' CONSTRAINT connections_scopes CHECK (cardinality(scopes) <= 50),
  state            text        NOT NULL DEFAULT 'new'
    CONSTRAINT connections_state CHECK (state IN ('new', 'working', 'failing', 'needs_attention', 'off')),
  error_count      integer     NOT NULL DEFAULT 0 CONSTRAINT connections_error_count CHECK (error_count >= 0),  -- one after the other
  last_error       text        NOT NULL DEFAULT '' CONSTRAINT connections_last_error CHECK (length(last_error) <= 500),
  last_success_at  timestamptz,
  next_try_at      timestamptz,
  token_expires_at timestamptz,
  created_at       timestamptz NOT NULL,
  updated_at       timestamptz NOT NULL,
  version          integer     NOT NULL DEFAULT 1,
  revision         bigint      NOT NULL DEFAULT 0,
  CONSTRAINT connections_id_user UNIQUE (id, user_id),
  CONSTRAINT connections_once UNIQUE (user_id, type, endpoint, username)
);
CALL wall_user('connections');
-- Nothing connects yet: nobody who serves adds one.
REVOKE INSERT ON connections FROM heed_web;
CREATE TRIGGER connections_revision BEFORE UPDATE ON connections FOR EACH ROW EXECUTE FUNCTION count_revision();
