-- A list that nobody changed is asked for every half minute by every open tab, and answered before any of its rows is read: list_changes says whether
-- anything in it can be another. It holds a random word a person, drawn anew by every transaction that changes a row their lists show. Random and not
-- counted: a database that was restored would count the same numbers again, for other rows.
--
-- Nobody waits for it. A worker that writes many people's rows and a request that writes one person's would wait for each other's, in a circle: a row
-- that another transaction is writing is passed over, and one more is added; the next one that finds several leaves one. What tells lists apart are all
-- of a person's words together, and the one of the transaction that committed last is always among them: it never was before.
CREATE TABLE list_changes (
  user_id uuid NOT NULL CONSTRAINT list_changes_user_fkey REFERENCES users ON DELETE CASCADE,
  change  uuid NOT NULL
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
CREATE INDEX list_changes_by_user ON list_changes (user_id);
CALL wall_user('list_changes');
REVOKE INSERT ON list_changes FROM heed_web;

-- By statement, and once a transaction and person: who has a word of this transaction already keeps it.
CREATE FUNCTION note_list_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  fresh uuid := gen_random_uuid();
  own xid := pg_current_xact_id()::xid;
  who uuid;
  place tid;
  is_own bool;
  is_noted bool;
BEGIN
  FOR who IN SELECT DISTINCT user_id FROM changed LOOP
    is_noted := false;
    FOR place, is_own IN SELECT ctid, xmin = own FROM list_changes WHERE user_id = who FOR UPDATE SKIP LOCKED LOOP
      IF is_own THEN
        is_noted := true;
      ELSIF is_noted THEN
        DELETE FROM list_changes WHERE ctid = place;
      ELSE
        UPDATE list_changes SET change = fresh WHERE ctid = place;
        is_noted := FOUND;
      END IF;
    END LOOP;
    -- Somebody who is being deleted with all that is theirs is gone by now.
    IF NOT is_noted THEN INSERT INTO list_changes (user_id, change) SELECT id, fresh FROM users WHERE id = who; END IF;
  END LOOP;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION note_list_change() FROM PUBLIC;

-- Says that lists show rows of a table that has a user_id: CALL listed('habits').
CREATE PROCEDURE listed(it regclass) LANGUAGE plpgsql AS $$
DECLARE called text := (SELECT relname FROM pg_class WHERE oid = it);
BEGIN
  EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %s REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_list_change()',
    called || '_listed_insert', it);
  EXECUTE format('CREATE TRIGGER %I AFTER UPDATE ON %s REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_list_change()',
    called || '_listed_update', it);
  EXECUTE format('CREATE TRIGGER %I AFTER DELETE ON %s REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_list_change()',
    called || '_listed_delete', it);
END $$;
REVOKE ALL ON PROCEDURE listed(regclass) FROM PUBLIC;
CALL listed('reminders');
CALL listed('schedules');
CALL listed('profiles');
CALL listed('escalations');
CALL listed('outbox');

-- A session makes its person the owner of the rest of the transaction by itself, so that one statement reads both: what it selects next to this is read
-- after it. Not while an older program serves: it asks for the function that this one replaces.
DROP FUNCTION door.session(bytea, timestamptz, timestamptz);
CREATE FUNCTION door.enter(token_hash bytea, seen_after timestamptz, made_after timestamptz)
RETURNS TABLE (session_id uuid, user_id uuid, seen_at timestamptz) LANGUAGE plpgsql ROWS 1
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  account uuid;
  role text;
BEGIN
  SELECT s.id, s.user_id, s.seen_at, u.account_id, u.role INTO session_id, user_id, seen_at, account, role
  FROM web_sessions s JOIN users u ON u.id = s.user_id WHERE s.token_hash = $1 AND s.seen_at > $2 AND s.created_at > $3;
  IF NOT FOUND THEN RETURN; END IF;
  PERFORM set_config('heed.user_id', user_id::text, true), set_config('heed.account_id', account::text, true), set_config('heed.role', role, true);
  RETURN NEXT;
END $$;
REVOKE ALL ON FUNCTION door.enter(bytea, timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.enter(bytea, timestamptz, timestamptz) TO heed_web;
