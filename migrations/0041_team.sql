-- A team: people are invited to an account by mail, have roles in it, are away, leave it or are taken out of it. Whoever goes takes along what is
-- theirs, into an account of their own. Nothing that is there changes; safe while the site runs.

ALTER TABLE users
  ADD away_until    timestamptz,  -- work is not given to them until then; NULL: they are here
  ADD auth_provider text CONSTRAINT users_auth_provider_length CHECK (length(auth_provider) BETWEEN 1 AND 50),  -- sign-in by others comes later
  ADD auth_subject  text CONSTRAINT users_auth_subject_length CHECK (length(auth_subject) BETWEEN 1 AND 255),
  ADD CONSTRAINT users_auth_both CHECK ((auth_provider IS NULL) = (auth_subject IS NULL));
CREATE UNIQUE INDEX users_auth ON users (auth_provider, auth_subject) WHERE auth_subject IS NOT NULL;
GRANT SELECT (away_until) ON users TO heed_work;

CREATE TABLE invitations (
  id          uuid        CONSTRAINT invitations_pkey PRIMARY KEY,
  account_id  uuid        NOT NULL CONSTRAINT invitations_account_fkey REFERENCES accounts ON DELETE CASCADE,
  email       text        NOT NULL CONSTRAINT invitations_email_length CHECK (octet_length(email) BETWEEN 3 AND 254),
  email_key   text        NOT NULL,
  role        text        NOT NULL CONSTRAINT invitations_role CHECK (role IN ('admin', 'agent', 'viewer')),
  language    text        NOT NULL CONSTRAINT invitations_language CHECK (language IN ('en', 'pt-BR')),  -- of whoever invites
  invited_by  text        NOT NULL,  -- their address then, for the mail and the page behind its link
  created_at  timestamptz NOT NULL,
  expires_at  timestamptz NOT NULL,
  accepted_at timestamptz,
  revoked_at  timestamptz
);
-- Inviting an address again takes the first invitation back.
CREATE UNIQUE INDEX invitations_open ON invitations (account_id, email_key) WHERE accepted_at IS NULL AND revoked_at IS NULL;
CREATE INDEX invitations_by_account ON invitations (account_id, id);
CREATE INDEX invitations_expired ON invitations (expires_at);
CALL wall_account('invitations', 'admin', '{revoked_at}');
GRANT DELETE ON invitations TO heed_work;
CREATE TRIGGER invitations_gone AFTER DELETE ON invitations REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION forget_messages();

ALTER TABLE outbox DROP CONSTRAINT outbox_subject, ADD CONSTRAINT outbox_subject
  CHECK (subject IN ('escalation', 'account', 'test', 'week', 'invitation')) NOT VALID;
ALTER TABLE outbox VALIDATE CONSTRAINT outbox_subject;
ALTER TABLE outbox DROP CONSTRAINT outbox_recipient_kind, ADD CONSTRAINT outbox_recipient_kind
  CHECK (recipient_kind IN ('user', 'contact', 'guest')) NOT VALID;
ALTER TABLE outbox VALIDATE CONSTRAINT outbox_recipient_kind;
CREATE FUNCTION overdue.invitations(at timestamptz) RETURNS timestamptz LANGUAGE sql AS $$
  SELECT min(due_at) FROM outbox WHERE subject = 'invitation' AND state IN ('pending', 'held') AND due_at <= $1
$$;

-- Calls of the model go with the person: what they cost an account, its own calls say.
ALTER TABLE prompt_runs DROP CONSTRAINT prompt_runs_user_fkey, ADD CONSTRAINT prompt_runs_user_fkey
  FOREIGN KEY (user_id, account_id) REFERENCES users (id, account_id) ON UPDATE CASCADE ON DELETE CASCADE;

-- Who is in the account of whoever asks, without anything that opens anything.
CREATE FUNCTION door.members() RETURNS TABLE (id uuid, role text, email text, display_name text, away_until timestamptz, created_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT u.id, u.role, u.email, u.display_name, u.away_until, u.created_at FROM users u
  WHERE u.account_id = my_account() AND EXISTS (SELECT FROM users m WHERE m.id = me() AND m.account_id = u.account_id)
  ORDER BY array_position(ARRAY['owner', 'admin', 'agent', 'viewer'], u.role), lower(u.display_name), u.id
$$;
REVOKE ALL ON FUNCTION door.members() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.members() TO heed_web;

-- How far the mails of the account's open invitations have come, whoever of it invited.
CREATE FUNCTION door.invitation_mails() RETURNS TABLE (invitation_id uuid, state text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT DISTINCT ON (i.id) i.id, o.state FROM invitations i JOIN outbox o ON o.subject_id = i.id AND o.escalation_id IS NULL
  WHERE i.account_id = my_account() AND i.accepted_at IS NULL AND i.revoked_at IS NULL
    AND EXISTS (SELECT FROM users m WHERE m.id = me() AND m.account_id = i.account_id)
  ORDER BY i.id, o.id DESC
$$;
REVOKE ALL ON FUNCTION door.invitation_mails() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.invitation_mails() TO heed_web;

-- What a change of a member is measured by: whoever asks is taken from the table, not from what the request says of them. The account is locked, so
-- that of two owners who lower each other one stays. NULL: go ahead.
CREATE FUNCTION hinders_member(member uuid, lowers boolean) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  mine record;
  theirs record;
BEGIN
  PERFORM FROM accounts WHERE id = my_account() FOR NO KEY UPDATE;
  SELECT u.role INTO mine FROM users u WHERE u.id = me() AND u.account_id = my_account();
  SELECT u.role INTO theirs FROM users u WHERE u.id = member AND u.account_id = my_account() FOR NO KEY UPDATE;
  IF mine.role IS NULL OR theirs.role IS NULL THEN RETURN 'missing'; END IF;
  IF member IS DISTINCT FROM me() AND (mine.role NOT IN ('owner', 'admin') OR theirs.role = 'owner' AND mine.role <> 'owner') THEN
    RETURN 'forbidden';
  END IF;
  IF lowers AND theirs.role = 'owner'
    AND NOT EXISTS (SELECT FROM users u WHERE u.account_id = my_account() AND u.role = 'owner' AND u.id <> member) THEN
    RETURN 'last';
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION hinders_member(uuid, boolean) FROM PUBLIC;

-- Whoever invites no more has invited nobody: or they would come back under another address.
CREATE FUNCTION take_back_invitations(member uuid, at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE invitations i SET revoked_at = $2 FROM users u
  WHERE u.id = $1 AND i.account_id = u.account_id AND i.invited_by = u.email AND i.accepted_at IS NULL AND i.revoked_at IS NULL
$$;
REVOKE ALL ON FUNCTION take_back_invitations(uuid, timestamptz) FROM PUBLIC;

-- "done", "same", or why not: "missing", "forbidden", "last".
CREATE FUNCTION door.set_role(member uuid, new_role text, at timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  hindered text := hinders_member(member, new_role <> 'owner');
BEGIN
  IF hindered IS NOT NULL THEN RETURN hindered; END IF;
  -- Nobody gives what they do not have, and those below an admin give nothing.
  IF array_position(ARRAY['viewer', 'agent', 'admin', 'owner'], new_role)
    > array_position(ARRAY['viewer', 'agent', 'admin', 'owner'], (SELECT role FROM users WHERE id = me()))
    OR (SELECT role FROM users WHERE id = me()) NOT IN ('owner', 'admin') THEN
    RETURN 'forbidden';
  END IF;
  UPDATE users SET role = new_role, updated_at = at WHERE id = member AND role <> new_role;
  IF FOUND AND new_role NOT IN ('owner', 'admin') THEN PERFORM take_back_invitations(member, at); RETURN 'done'; END IF;
  RETURN CASE WHEN FOUND THEN 'done' ELSE 'same' END;
END $$;

CREATE FUNCTION door.set_absence(member uuid, until timestamptz, at timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  hindered text := hinders_member(member, false);
BEGIN
  IF hindered IS NOT NULL THEN RETURN hindered; END IF;
  UPDATE users SET away_until = until, updated_at = at WHERE id = member AND away_until IS DISTINCT FROM until;
  RETURN CASE WHEN FOUND THEN 'done' ELSE 'same' END;
END $$;

-- A person goes on in an account of their own, which is made here, with all that is theirs.
CREATE FUNCTION door.remove_member(member uuid, own_account uuid, at timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  hindered text := hinders_member(member, true);
BEGIN
  IF hindered IS NOT NULL THEN RETURN hindered; END IF;
  PERFORM take_back_invitations(member, at);
  INSERT INTO accounts (id, name, created_at) SELECT own_account, u.display_name, at FROM users u WHERE u.id = member;
  UPDATE users SET account_id = own_account, role = 'owner', away_until = NULL, updated_at = at WHERE id = member;
  UPDATE jobs SET account_id = own_account WHERE user_id = member;
  RETURN 'done';
END $$;

-- What an invitation says, for whoever holds its link.
CREATE FUNCTION door.invitation(invitation uuid) RETURNS TABLE (
  id uuid, account_id uuid, team text, email text, email_key text, role text, language text, invited_by text, expires_at timestamptz,
  accepted_at timestamptz, revoked_at timestamptz, has_account boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp ROWS 1 AS $$
  SELECT i.id, i.account_id, a.name, i.email, i.email_key, i.role, i.language, i.invited_by, i.expires_at, i.accepted_at, i.revoked_at,
    EXISTS (SELECT FROM users u WHERE u.email_key = i.email_key)
  FROM invitations i JOIN accounts a ON a.id = i.account_id WHERE i.id = $1
$$;

-- Whoever the transaction is for takes an invitation to their address: once, and only while it is good. Somebody who was made in that account just
-- now, stays; somebody of another moves, unless that would leave others there without an owner. "done", "used", "missing", "last",
-- "same", "keeps": the account that would be left has things that nobody could reach any more.
CREATE FUNCTION door.join_team(invitation uuid, at timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  asked invitations%ROWTYPE;
  person record;
BEGIN
  SELECT * INTO asked FROM invitations i WHERE i.id = invitation FOR UPDATE;
  IF NOT FOUND THEN RETURN 'missing'; END IF;
  IF asked.accepted_at IS NOT NULL OR asked.revoked_at IS NOT NULL OR asked.expires_at <= at
    OR NOT EXISTS (SELECT FROM users u WHERE u.account_id = asked.account_id AND u.role = 'owner') THEN
    RETURN 'used';
  END IF;
  SELECT u.account_id, u.role, u.email_key INTO person FROM users u WHERE u.id = me();
  IF person.email_key IS DISTINCT FROM asked.email_key THEN RETURN 'missing'; END IF;
  -- Both in one order, so that two who change places do not wait for each other.
  PERFORM FROM accounts WHERE id IN (person.account_id, asked.account_id) ORDER BY id FOR NO KEY UPDATE;
  SELECT u.account_id, u.role INTO person FROM users u WHERE u.id = me() FOR UPDATE;
  IF person.account_id = asked.account_id AND person.role <> asked.role
    AND array_position(ARRAY['viewer', 'agent', 'admin', 'owner'], person.role)
      > array_position(ARRAY['viewer', 'agent', 'admin', 'owner'], asked.role) THEN
    RETURN 'same';  -- An invitation lowers nobody.
  END IF;
  IF person.account_id <> asked.account_id AND person.role = 'owner'
    AND EXISTS (SELECT FROM users u WHERE u.account_id = person.account_id AND u.id <> me())
    AND NOT EXISTS (SELECT FROM users u WHERE u.account_id = person.account_id AND u.role = 'owner' AND u.id <> me()) THEN
    RETURN 'last';
  END IF;
  IF person.account_id <> asked.account_id AND NOT EXISTS (SELECT FROM users u WHERE u.account_id = person.account_id AND u.id <> me()) THEN
    -- Nobody is left who could reach what the account has.
    IF EXISTS (SELECT FROM sources s WHERE s.account_id = person.account_id AND s.deleted_at IS NULL) THEN RETURN 'keeps'; END IF;
    UPDATE invitations SET revoked_at = at WHERE account_id = person.account_id AND accepted_at IS NULL AND revoked_at IS NULL;
  END IF;
  -- Which account that was, this transaction may ask: it may be another than when the request came.
  PERFORM set_config('heed.left_account', person.account_id::text, true);
  UPDATE users SET account_id = asked.account_id, role = asked.role, verified_at = coalesce(verified_at, at), away_until = NULL, updated_at = at
  WHERE id = me();
  UPDATE jobs SET account_id = asked.account_id WHERE user_id = me() AND account_id <> asked.account_id;
  UPDATE invitations SET accepted_at = at WHERE id = invitation;
  RETURN 'done';
END $$;

REVOKE ALL ON FUNCTION door.set_role(uuid, text, timestamptz), door.set_absence(uuid, timestamptz, timestamptz),
  door.remove_member(uuid, uuid, timestamptz), door.invitation(uuid), door.join_team(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.set_role(uuid, text, timestamptz), door.set_absence(uuid, timestamptz, timestamptz),
  door.remove_member(uuid, uuid, timestamptz), door.invitation(uuid), door.join_team(uuid, timestamptz) TO heed_web;

-- Of what an account shares the entries are the account's, and the first of an account that is made for somebody who leaves another is ours.
CREATE OR REPLACE FUNCTION door.audit_append(at timestamp with time zone, address text, agent text, request_id text, version smallint, accounts uuid[], numbers bigint[], owners uuid[], actors text[], actor_ids uuid[], ids uuid[], actions text[], subjects text[], subject_ids uuid[], payloads text[], hashes bytea[], macs bytea[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
DECLARE moved bigint;
BEGIN
  IF session_user NOT IN ('heed_work', current_user) AND EXISTS (
    SELECT FROM unnest($6, $7, $8, $9, $10) AS e(account, number, owner, actor, actor_id)
    WHERE e.account IS DISTINCT FROM my_account() OR e.owner IS NOT NULL AND e.owner IS DISTINCT FROM me()
      OR e.actor NOT IN ('user', 'link', 'key') AND (e.actor <> 'system' OR e.number <> 1)
      OR e.actor IN ('user', 'link') AND e.actor_id IS DISTINCT FROM me()) THEN
    RAISE insufficient_privilege USING MESSAGE = 'an entry of the audit log in another''s name';
  END IF;
  UPDATE audit_heads h SET number = t.last, mac = t.mac
  FROM (
    SELECT e.account, min(e.number) AS first, max(e.number) AS last, count(*) AS entries, count(DISTINCT e.number) AS numbers,
      (array_agg(e.mac ORDER BY e.number DESC))[1] AS mac
    FROM unnest($6, $7, $17) AS e(account, number, mac) GROUP BY e.account) t
  WHERE h.account_id = t.account AND h.number = t.first - 1 AND t.entries = t.numbers AND t.numbers = t.last - t.first + 1;
  GET DIAGNOSTICS moved = ROW_COUNT;
  IF moved <> (SELECT count(DISTINCT a) FROM unnest($6) a) THEN
    RAISE object_not_in_prerequisite_state USING MESSAGE = format('audit logs do not end before these rows: accounts %s, rows %s', $6, $7);
  END IF;
  INSERT INTO audit_log (id, account_id, number, at, user_id, actor, actor_id, action, subject, subject_id, payload, payload_sha256, address,
    agent, request_id, version, mac)
  SELECT e.id, e.account, e.number, $1, e.owner, e.actor, e.actor_id, e.action, e.subject, e.subject_id, e.payload, e.hash, $2, $3, $4, $5, e.mac
  FROM unnest($6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
    AS e(account, number, owner, actor, actor_id, id, action, subject, subject_id, payload, hash, mac);
END $_$;
