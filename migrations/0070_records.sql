-- What is kept of people, found by them, given to them and taken away: the register that search reads, the audit log's archive, the erasure of a person,
-- and reminders that one member offers another.
--
-- Holds writes to reminders and the other kinds while theirs are copied: about ten seconds for 100,000. Reading goes on.

-- The register: one row a thing of every kind, with the thing's own id, written by the triggers that `registered` makes and by nothing else.
CREATE TABLE search_documents (
  id         uuid        CONSTRAINT search_documents_pkey PRIMARY KEY,
  user_id    uuid        CONSTRAINT search_documents_user_fkey REFERENCES users ON DELETE CASCADE,
  account_id uuid        CONSTRAINT search_documents_account_fkey REFERENCES accounts ON DELETE CASCADE,  -- of what an account shares
  kind       text        NOT NULL CONSTRAINT search_documents_kind CHECK (length(kind) BETWEEN 1 AND 40),
  title      text        NOT NULL CONSTRAINT search_documents_title CHECK (length(title) <= 200),
  title_norm text        NOT NULL GENERATED ALWAYS AS (plain(title)) STORED,
  -- Each word with its owner in front, so that one that is looked for by its beginning reads entries of that owner alone, whatever others keep.
  words      tsvector    NOT NULL,
  trashed    boolean     NOT NULL,  -- nobody finds it
  private    boolean     NOT NULL DEFAULT false,
  source     text        NOT NULL DEFAULT '',
  updated_at timestamptz NOT NULL,
  CONSTRAINT search_documents_of_one CHECK (num_nonnulls(user_id, account_id) = 1),
  -- What refers to a thing of a person does so by these, so that it cannot lead into those of somebody else.
  CONSTRAINT search_documents_id_user UNIQUE (id, user_id),
  CONSTRAINT search_documents_id_user_kind UNIQUE (id, user_id, kind)
);
ALTER TABLE search_documents ENABLE ROW LEVEL SECURITY;
CREATE POLICY search_documents_all ON search_documents TO heed_work USING (true);
CREATE POLICY search_documents_own ON search_documents FOR SELECT TO heed_web USING (user_id = (SELECT me()));
CREATE POLICY search_documents_ours ON search_documents FOR SELECT TO heed_web USING (account_id = (SELECT my_account()));
GRANT SELECT ON search_documents TO heed_web, heed_work;

-- What stands before each word of an owner. Where two should have the same, the owner is asked for besides. Without settings, these are inlined.
CREATE FUNCTION owner_mark(owner uuid) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT pg_catalog.right($1::pg_catalog.text, 12)
$$;

-- The words of a text as they are and by their stems in both languages, accents and letter case aside.
CREATE FUNCTION stems(words text) RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT pg_catalog.tsvector_to_array(pg_catalog.to_tsvector('pg_catalog.simple', public.plain($1))
    || pg_catalog.to_tsvector('public.english_folded', public.plain($1)) || pg_catalog.to_tsvector('public.portuguese_folded', public.plain($1)))
$$;

-- Those of a title twice: what begins with `t` is looked for where names are.
CREATE FUNCTION register_words(owner uuid, title text, body text) RETURNS tsvector LANGUAGE sql STABLE PARALLEL SAFE
  SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT array_to_tsvector(ARRAY(
    SELECT DISTINCT left(owner_mark($1) || x.word, 500) FROM (
      SELECT sign || s AS word FROM unnest(stems($2)) s CROSS JOIN unnest(ARRAY['t', 'b']) sign
      UNION ALL SELECT 'b' || s FROM unnest(stems(left($3, 65536))) s) x))
$$;

-- Enters what was made. Arguments of the trigger: the kind, the owner's column, title, text, whether nobody finds it, and when it was changed, as
-- expressions of the row.
CREATE FUNCTION register_made() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  EXECUTE format('INSERT INTO search_documents (id, %2$I, kind, title, words, trashed, updated_at)
    SELECT it.id, it.%2$I, %1$L, left(%3$s, 200), register_words(it.%2$I, %3$s, %4$s), %5$s, %6$s FROM made it', VARIADIC TG_ARGV);
  RETURN NULL;
END $$;

-- The same for one that was changed.
CREATE FUNCTION register_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  EXECUTE format('UPDATE search_documents d SET %2$I = it.%2$I, title = left(%3$s, 200), words = register_words(it.%2$I, %3$s, %4$s),
      trashed = %5$s, updated_at = %6$s FROM (SELECT ($1).*) it WHERE d.id = it.id AND d.kind = %1$L', VARIADIC TG_ARGV) USING NEW;
  RETURN NULL;
END $$;

CREATE FUNCTION unregister() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM search_documents d USING gone g WHERE d.id = g.id;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION register_made(), register_changed(), unregister() FROM PUBLIC;

-- Makes the rows of a table things of the register, those that are there already too. `changes` are the columns that a change of is looked at; entered is
-- only what the name, the text or whether it is found becomes another by: thousands that are put away at once write nothing here.
CREATE PROCEDURE registered(it regclass, kind text, owner name, title text, body text, trashed text, changed text, changes name[])
LANGUAGE plpgsql AS $$
DECLARE
  called text := (SELECT relname FROM pg_class WHERE oid = it);
  arguments text := (SELECT string_agg(quote_literal(a), ', ') FROM unnest(ARRAY[kind, owner::text, title, body, trashed, changed]) a);
BEGIN
  EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %s REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION register_made(%s)',
    called || '_registered', it, arguments);
  EXECUTE format('CREATE TRIGGER %I AFTER UPDATE OF %s ON %s FOR EACH ROW WHEN (%s) EXECUTE FUNCTION register_changed(%s)',
    called || '_registered_anew', (SELECT string_agg(quote_ident(c), ', ') FROM unnest(changes) c), it,
    (SELECT string_agg(format('(%s) IS DISTINCT FROM (%s)', replace(e, 'it.', 'OLD.'), replace(e, 'it.', 'NEW.')), ' OR ')
      FROM unnest(ARRAY[title, body, trashed]) e WHERE e LIKE '%it.%'), arguments);
  EXECUTE format('CREATE TRIGGER %I AFTER DELETE ON %s REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION unregister()',
    called || '_unregistered', it);
  EXECUTE format('INSERT INTO search_documents (id, %2$I, kind, title, words, trashed, updated_at)
    SELECT it.id, it.%2$I, %1$L, left(%3$s, 200), register_words(it.%2$I, %3$s, %4$s), %5$s, %6$s FROM %7$s it',
    kind, owner, title, body, trashed, changed, it);
END $$;
REVOKE ALL ON PROCEDURE registered(regclass, text, name, text, text, text, text, name[]) FROM PUBLIC;

-- A reminder of a habit is found as the habit.
CALL registered('reminders', 'reminder', 'user_id', 'it.title', 'it.description', 'it.status = ''deleted'' OR it.habit_id IS NOT NULL', 'it.updated_at',
  '{title,description,status}');
CALL registered('habits', 'habit', 'user_id', 'it.name', 'it.description', 'it.status = ''deleted''', 'it.updated_at', '{name,description,status}');
CALL registered('goals', 'goal', 'user_id', 'it.title', 'it.description', 'it.deleted_at IS NOT NULL', 'it.updated_at', '{title,description,deleted_at}');
CALL registered('contacts', 'contact', 'user_id', 'it.name', 'concat_ws('' '', it.address, it.phone, it.relationship)', 'it.deleted_at IS NOT NULL',
  'it.updated_at', '{name,address,phone,relationship,deleted_at}');
CALL registered('profiles', 'profile', 'user_id', 'it.name', 'it.description', 'false', 'it.updated_at', '{name,description}');
-- What was written in it stands in `desk_words`.
CALL registered('conversations', 'conversation', 'account_id', 'it.subject', '''''', 'it.state = ''spam'' OR it.merged_into IS NOT NULL',
  'it.last_at', '{subject,state,merged_into}');
CALL registered('customers', 'customer', 'account_id', 'it.name', '''''', 'it.is_spam OR it.merged_into IS NOT NULL OR it.erased_at IS NOT NULL',
  'it.updated_at', '{name,is_spam,merged_into,erased_at}');
CALL registered('sources', 'source', 'account_id', 'it.title', 'it.text', 'it.deleted_at IS NOT NULL', 'it.updated_at', '{title,text,deleted_at}');
CALL registered('saved_replies', 'saved_reply', 'account_id', 'it.title', 'it.text', 'it.deleted_at IS NOT NULL', 'it.updated_at',
  '{title,text,deleted_at}');

CREATE INDEX search_documents_words ON search_documents USING gin (words) WITH (gin_pending_list_limit = 256);
CREATE INDEX search_documents_named ON search_documents (user_id, title_norm text_pattern_ops) WHERE user_id IS NOT NULL;
CREATE INDEX search_documents_shared ON search_documents (account_id, title_norm text_pattern_ops) WHERE account_id IS NOT NULL;
CREATE INDEX search_documents_newest ON search_documents (user_id, kind, updated_at) WHERE user_id IS NOT NULL;

-- What somebody looks for among words of one owner: each word by its beginning in a name or a text, or by its stem. NULL: there is no word.
CREATE FUNCTION register_query(owner uuid, words text, sign text) RETURNS tsquery LANGUAGE plpgsql STABLE
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  term text;
  form text;
  word tsquery;
  whole tsquery;
BEGIN
  FOR term IN SELECT t.lexeme FROM unnest(to_tsvector('simple', plain(left($2, 400)))) t LIMIT 20 LOOP
    word := (quote_literal(owner_mark($1) || $3 || translate(term, '\', ' ')) || ':*')::tsquery;
    FOREACH form IN ARRAY stems(term) LOOP word := word || quote_literal(owner_mark($1) || $3 || translate(form, '\', ' '))::tsquery; END LOOP;
    whole := CASE WHEN whole IS NULL THEN word ELSE whole && word END;
  END LOOP;
  RETURN whole;
END $$;

-- The things of the person, and of their account, that hold all words: those called exactly so first, then those whose name holds them, then those whose
-- text does, each the newest first. Of a word that many hold a thousand are put in order, among them what is called so. Planned anew each time: one plan
-- for a person with ten things and one with a hundred thousand would read all of the latter's.
CREATE FUNCTION door.find_things(words text, kinds text[], most bigint)
  RETURNS TABLE (kind text, id uuid, title text, match text, matches bigint) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20
  SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_column
DECLARE
  looked_for CONSTANT text := btrim(plain(left($1, 400)));
  -- Signs that would mean something elsewhere are meant as they stand. Quotation marks part words, as in what is kept.
  is_exact CONSTANT boolean := looked_for <> translate(looked_for, '%_\*', '');
  named CONSTANT tsquery := register_query(me(), $1, 't') || register_query(my_account(), $1, 't');
  held CONSTANT tsquery := register_query(me(), $1, 'b') || register_query(my_account(), $1, 'b');
BEGIN
  IF me() IS NULL OR my_account() IS NULL OR looked_for = '' THEN RETURN; END IF;
  RETURN QUERY
  WITH found AS MATERIALIZED (
    (SELECT d.id, 1 AS list FROM search_documents d WHERE d.user_id = me() AND NOT d.trashed AND d.kind = ANY ($2)
       AND d.title_norm ~>=~ looked_for AND d.title_norm ~<~ (looked_for || chr(1114111)) ORDER BY d.title_norm USING ~<~ LIMIT 1000)
    UNION ALL
    (SELECT d.id, 1 FROM search_documents d WHERE d.account_id = my_account() AND NOT d.trashed AND d.kind = ANY ($2)
       AND d.title_norm ~>=~ looked_for AND d.title_norm ~<~ (looked_for || chr(1114111)) ORDER BY d.title_norm USING ~<~ LIMIT 1000)
    UNION ALL
    (SELECT d.id, 1 FROM search_documents d WHERE d.words @@ named AND (d.user_id = me() OR d.account_id = my_account()) AND NOT d.trashed
       AND d.kind = ANY ($2) LIMIT 1000)
    UNION ALL
    (SELECT d.id, 2 FROM search_documents d WHERE d.words @@ held AND (d.user_id = me() OR d.account_id = my_account()) AND NOT d.trashed
       AND d.kind = ANY ($2) LIMIT 1000)),
  ranked AS (
    SELECT d.kind, d.id, d.title, d.updated_at, min(f.list) AS list, d.title_norm = looked_for AS is_name, strpos(d.title_norm, looked_for) > 0 AS is_whole
    FROM found f JOIN search_documents d ON d.id = f.id WHERE NOT is_exact OR strpos(d.title_norm, looked_for) > 0 GROUP BY d.id)
  SELECT r.kind, r.id, r.title, CASE WHEN r.list = 1 THEN 'name' ELSE 'words' END, count(*) OVER ()
  FROM ranked r ORDER BY r.is_name DESC, r.list, r.is_whole DESC, r.updated_at DESC, r.id DESC LIMIT $3;
END $$;
REVOKE ALL ON FUNCTION door.find_things(text, text[], bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.find_things(text, text[], bigint) TO heed_web;

-- The audit log keeps a year. What is older goes into files first: how far an account's have gone, and the MAC at which its chain goes on, sealed by the
-- program, so that nobody who can only write here can cut a chain at its beginning.
CREATE TABLE audit_archives (
  account_id uuid        CONSTRAINT audit_archives_pkey PRIMARY KEY,  -- no foreign key: the record outlives what it is about
  number     bigint      NOT NULL CONSTRAINT audit_archives_number CHECK (number >= 1),  -- of the last row that is no longer in audit_log
  mac        bytea       NOT NULL,  -- of that row
  seal       bytea       NOT NULL,
  at         timestamptz NOT NULL
);
ALTER TABLE audit_archives ENABLE ROW LEVEL SECURITY;
CREATE POLICY audit_archives_all ON audit_archives TO heed_work USING (true);
CREATE POLICY audit_archives_own ON audit_archives FOR SELECT TO heed_web USING (account_id = (SELECT my_account()));
GRANT SELECT ON audit_archives TO heed_web, heed_work;

-- The first rows of a chain that are older than an id, of the first account at or behind a place that has any; never the last row of a chain.
CREATE FUNCTION door.audit_old(before uuid, place uuid, most bigint) RETURNS TABLE (version smallint, id uuid, account_id uuid, number bigint,
    at timestamptz, user_id uuid, actor text, actor_id uuid, action text, subject text, subject_id uuid, payload text, payload_sha256 bytea,
    address text, agent text, request_id text, mac bytea)
  LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 200 SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  account uuid;
  final bigint;
  stop bigint;
BEGIN
  SELECT h.account_id, h.number INTO account, final FROM audit_heads h
    CROSS JOIN LATERAL (SELECT l.id, l.number FROM audit_log l WHERE l.account_id = h.account_id ORDER BY l.number LIMIT 1) f
    WHERE h.account_id >= $2 AND f.id < $1 AND f.number < h.number ORDER BY h.account_id LIMIT 1;
  SELECT min(x.number) INTO stop FROM (
    SELECT l.id, l.number FROM audit_log l WHERE l.account_id = account ORDER BY l.number LIMIT $3) x WHERE x.id >= $1;
  RETURN QUERY SELECT l.version, l.id, l.account_id, l.number, l.at, l.user_id, l.actor, l.actor_id, l.action, l.subject, l.subject_id, l.payload,
      l.payload_sha256, l.address, l.agent, l.request_id, l.mac
    FROM audit_log l WHERE l.account_id = account AND l.number < final AND (stop IS NULL OR l.number < stop) ORDER BY l.number LIMIT $3;
END $$;

-- Takes those out that are in a file now.
CREATE FUNCTION door.audit_archived(account uuid, through bigint, mac bytea, seal bytea, before uuid, at timestamptz) RETURNS bigint
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE gone bigint;
BEGIN
  DELETE FROM audit_log l WHERE l.account_id = $1 AND l.number <= $2 AND l.id < $5
    AND l.number < (SELECT h.number FROM audit_heads h WHERE h.account_id = $1);
  GET DIAGNOSTICS gone = ROW_COUNT;
  INSERT INTO audit_archives (account_id, number, mac, seal, at) VALUES ($1, $2, $3, $4, $6)
    ON CONFLICT (account_id) DO UPDATE SET number = excluded.number, mac = excluded.mac, seal = excluded.seal, at = excluded.at;
  RETURN gone;
END $$;
REVOKE ALL ON FUNCTION door.audit_old(uuid, uuid, bigint), door.audit_archived(uuid, bigint, bytea, bytea, uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.audit_old(uuid, uuid, bigint), door.audit_archived(uuid, bigint, bytea, bytea, uuid, timestamptz) TO heed_work;

-- Somebody who erases their account is gone at once for everybody: no session, key, agent, contact or message of theirs is left, nothing of theirs rings,
-- and the address is free. What they had is deleted step by step behind it.
CREATE FUNCTION erased_key(person uuid) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT 'erased-' || $1::text || '@invalid'
$$;

CREATE FUNCTION door.erase_person(at timestamptz) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  who CONSTANT uuid := me();
  account CONSTANT uuid := my_account();
  is_shared boolean;
  mine record;
BEGIN
  -- Invitations before the account, as whoever takes one does.
  PERFORM FROM invitations i WHERE i.account_id = account AND i.accepted_at IS NULL AND i.revoked_at IS NULL ORDER BY i.id FOR UPDATE;
  PERFORM FROM accounts a WHERE a.id = account FOR NO KEY UPDATE;
  -- A worker may refer to the person while it has messages of theirs, which are waited for below.
  SELECT u.role, u.email, u.email_key INTO mine FROM users u WHERE u.id = who AND u.account_id = account FOR NO KEY UPDATE;
  IF NOT FOUND THEN RETURN 'missing'; END IF;
  is_shared := EXISTS (SELECT FROM users u WHERE u.account_id = account AND u.id <> who);
  IF is_shared AND mine.role = 'owner' AND NOT EXISTS (SELECT FROM users u WHERE u.account_id = account AND u.role = 'owner' AND u.id <> who) THEN
    RETURN 'last';
  END IF;
  DELETE FROM web_sessions s WHERE s.user_id = who;
  DELETE FROM api_keys k WHERE k.user_id = who;
  DELETE FROM jobs j WHERE j.user_id = who;
  -- Nobody comes by an invitation of somebody who is gone, or into an account that nobody has.
  PERFORM take_back_invitations(who, $1);
  IF NOT is_shared THEN
    UPDATE invitations i SET revoked_at = $1 WHERE i.account_id = account AND i.accepted_at IS NULL AND i.revoked_at IS NULL;
  END IF;
  DELETE FROM invitations i WHERE i.account_id = account AND i.email_key = mine.email_key;
  UPDATE invitations i SET invited_by = '–' WHERE i.account_id = account AND i.invited_by = mine.email;
  -- In the order of all who change these: reminders, what rings of them, messages.
  PERFORM FROM reminders r WHERE r.user_id = who AND r.status IN ('active', 'snoozed') ORDER BY r.id FOR UPDATE;
  UPDATE reminders r SET status = 'archived', next_at = NULL, snoozed_until = NULL WHERE r.user_id = who AND r.status IN ('active', 'snoozed');
  UPDATE escalations e SET state = 'cancelled', next_step_at = NULL, again_at = NULL, again_wall = NULL, again_zone = NULL, next_kind = NULL,
    snoozed_until = NULL, ended_at = $1 WHERE e.user_id = who AND (e.open OR e.next_step_at IS NOT NULL);
  -- What a team says stays the team's; of whoever was alone nothing leaves any more.
  PERFORM FROM outbox o WHERE o.user_id = who AND (NOT is_shared OR o.subject NOT IN ('answer', 'invitation')) ORDER BY o.id FOR UPDATE;
  DELETE FROM outbox o WHERE o.user_id = who AND (NOT is_shared OR o.subject NOT IN ('answer', 'invitation'));
  DELETE FROM agents a WHERE a.user_id = who;
  DELETE FROM push_devices d WHERE d.user_id = who;
  DELETE FROM phones p WHERE p.user_id = who;
  UPDATE address_sends s SET user_id = gen_random_uuid() WHERE s.user_id = who;
  DELETE FROM completion_criteria c WHERE c.user_id = who;
  DELETE FROM contacts c WHERE c.user_id = who;
  DELETE FROM account_mails m WHERE m.user_id = who;
  DELETE FROM weekly_reviews w WHERE w.user_id = who;
  DELETE FROM coach_rounds c WHERE c.user_id = who;
  UPDATE audit_log l SET payload = NULL WHERE l.account_id = account AND (l.user_id = who OR l.subject_id = who) AND l.payload IS NOT NULL;
  UPDATE users u SET email = erased_key(who), email_key = erased_key(who), password_hash = '', verified_at = NULL, display_name = '–',
    preferences = '{}', weekly_mail = false, coach_speak = 'never', auth_provider = NULL, auth_subject = NULL,
    role = CASE WHEN is_shared THEN 'viewer' ELSE u.role END, updated_at = $1 WHERE u.id = who;
  RETURN 'done';
END $$;

-- Deletes some more of somebody who is erased, at last the person, and the account of who was alone in it.
-- Returns whether there is more.
CREATE FUNCTION door.erase_person_more(person uuid, most bigint) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE account uuid;
BEGIN
  IF session_user NOT IN ('heed_work', current_user) AND person IS DISTINCT FROM me() THEN
    RAISE insufficient_privilege USING MESSAGE = 'the erasure of another person';
  END IF;
  SELECT u.account_id INTO account FROM users u WHERE u.id = person AND u.email_key = erased_key(person) FOR NO KEY UPDATE;
  IF NOT FOUND THEN RETURN false; END IF;
  DELETE FROM reminders r WHERE r.id IN (SELECT x.id FROM reminders x WHERE x.user_id = person ORDER BY x.id LIMIT most);
  IF FOUND THEN RETURN true; END IF;
  DELETE FROM habits h WHERE h.id IN (SELECT x.id FROM habits x WHERE x.user_id = person ORDER BY x.id LIMIT greatest(most / 50, 1));
  IF FOUND THEN RETURN true; END IF;
  DELETE FROM event_log e WHERE e.id IN (SELECT x.id FROM event_log x WHERE x.user_id = person LIMIT 10 * most);
  IF FOUND THEN RETURN true; END IF;
  DELETE FROM outbox o WHERE o.user_id = person AND o.subject NOT IN ('answer', 'invitation');
  IF EXISTS (SELECT FROM users u WHERE u.account_id = account AND u.id <> person) THEN
    DELETE FROM users u WHERE u.id = person;
    RETURN false;
  END IF;
  -- What nothing refers to goes little by little, as a desk may be large; what refers to each other, together at the end.
  DELETE FROM conversations v WHERE v.id IN (SELECT x.id FROM conversations x WHERE x.account_id = account
    AND NOT EXISTS (SELECT FROM conversations y WHERE y.merged_into = x.id) AND NOT EXISTS (SELECT FROM conversations y WHERE y.continues = x.id)
    AND NOT EXISTS (SELECT FROM conversations y WHERE y.may_belong_to = x.id) LIMIT greatest(most / 3, 1));
  IF FOUND THEN RETURN true; END IF;
  DELETE FROM customers c WHERE c.id IN (SELECT x.id FROM customers x WHERE x.account_id = account
    AND NOT EXISTS (SELECT FROM customers y WHERE y.merged_into = x.id) AND NOT EXISTS (SELECT FROM conversations v WHERE v.customer_id = x.id)
    AND NOT EXISTS (SELECT FROM messages m WHERE m.customer_id = x.id) LIMIT most);
  IF FOUND THEN RETURN true; END IF;
  DELETE FROM conversations v WHERE v.account_id = account;
  DELETE FROM customers c WHERE c.account_id = account;
  DELETE FROM outbox o WHERE o.user_id = person;
  DELETE FROM users u WHERE u.id = person;
  DELETE FROM accounts a WHERE a.id = account;
  RETURN false;
END $$;

-- Asks for the rest to be deleted by a job of the house's own: one of the person or of their account would go with them.
CREATE FUNCTION door.erase_person_later(job uuid, at timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM users u WHERE u.id = me() AND u.email_key = erased_key(me())) THEN
    RAISE insufficient_privilege USING MESSAGE = 'the erasure of somebody who is not erased';
  END IF;
  INSERT INTO jobs (id, kind, key, state, due_at, place, created_at) VALUES ($1, 'person.erase', me()::text, 'pending', $2, me()::text, $2)
    ON CONFLICT DO NOTHING;
END $$;
REVOKE ALL ON FUNCTION door.erase_person(timestamptz), door.erase_person_more(uuid, bigint), door.erase_person_later(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.erase_person(timestamptz), door.erase_person_later(uuid, timestamptz) TO heed_web;
GRANT EXECUTE ON FUNCTION door.erase_person_more(uuid, bigint) TO heed_web, heed_work;

-- A reminder that its owner offers to another member, who becomes its owner by accepting: theirs is made anew, under their own profile, and the first
-- one is put away. All of it by functions: the other member has no right to the rows.
CREATE TABLE reminder_offers (
  id          uuid        CONSTRAINT reminder_offers_pkey PRIMARY KEY,
  user_id     uuid        NOT NULL,
  account_id  uuid        NOT NULL CONSTRAINT reminder_offers_account_fkey REFERENCES accounts ON DELETE CASCADE,
  reminder_id uuid        NOT NULL,
  to_user     uuid        NOT NULL CONSTRAINT reminder_offers_to_fkey REFERENCES users ON DELETE CASCADE,
  state       text        NOT NULL CONSTRAINT reminder_offers_state CHECK (state IN ('open', 'accepted', 'refused', 'withdrawn')),
  taken_as    uuid,  -- the reminder that came of it
  created_at  timestamptz NOT NULL,
  decided_at  timestamptz,
  CONSTRAINT reminder_offers_decided CHECK ((state = 'open') = (decided_at IS NULL)),
  CONSTRAINT reminder_offers_taken CHECK ((state = 'accepted') = (taken_as IS NOT NULL)),
  CONSTRAINT reminder_offers_other CHECK (user_id <> to_user),
  CONSTRAINT reminder_offers_reminder_fkey FOREIGN KEY (reminder_id, user_id) REFERENCES reminders (id, user_id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX reminder_offers_open ON reminder_offers (reminder_id) WHERE state = 'open';
CREATE INDEX reminder_offers_given ON reminder_offers (user_id, id);
CREATE INDEX reminder_offers_received ON reminder_offers (to_user, id);
CREATE INDEX reminder_offers_by_reminder ON reminder_offers (reminder_id);
CALL wall_user('reminder_offers');
REVOKE INSERT ON reminder_offers FROM heed_web;
GRANT DELETE ON reminder_offers TO heed_work;

-- Lists and Today of both are made anew.
CREATE FUNCTION note_offers() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO list_changes (user_id, change) SELECT u.id, gen_random_uuid() FROM users u
    WHERE EXISTS (SELECT FROM changed c WHERE u.id IN (c.user_id, c.to_user));
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION note_offers() FROM PUBLIC;
CREATE TRIGGER reminder_offers_noted_insert AFTER INSERT ON reminder_offers REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
  EXECUTE FUNCTION note_offers();
CREATE TRIGGER reminder_offers_noted_update AFTER UPDATE ON reminder_offers REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
  EXECUTE FUNCTION note_offers();

CREATE FUNCTION door.offer_reminder(offer uuid, reminder uuid, member uuid, at timestamptz) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE known uuid;
BEGIN
  PERFORM FROM reminders r WHERE r.id = $2 AND r.user_id = me() AND r.habit_id IS NULL AND NOT r.of_desk AND r.status IN ('active', 'snoozed')
    FOR UPDATE;
  IF NOT FOUND THEN RETURN 'missing'; END IF;
  IF member = me() OR NOT EXISTS (SELECT FROM users u WHERE u.id = member AND u.account_id = my_account())
    OR NOT EXISTS (SELECT FROM users u WHERE u.id = me() AND u.account_id = my_account()) THEN RETURN 'stranger'; END IF;
  -- One that was made when either was in another account can be answered by nobody.
  UPDATE reminder_offers o SET state = 'withdrawn', decided_at = $4 WHERE o.reminder_id = $2 AND o.state = 'open'
    AND NOT (o.account_id = my_account() AND EXISTS (SELECT FROM users u WHERE u.id = o.to_user AND u.account_id = o.account_id));
  SELECT o.to_user INTO known FROM reminder_offers o WHERE o.reminder_id = $2 AND o.state = 'open';
  IF FOUND THEN RETURN CASE WHEN known = member THEN 'same' ELSE 'offered' END; END IF;
  INSERT INTO reminder_offers (id, user_id, account_id, reminder_id, to_user, state, created_at)
    VALUES ($1, me(), my_account(), $2, member, 'open', $4);
  RETURN 'done';
END $$;

-- The offers of a person, given and received, open ones first and then the newest. What is done or put away meanwhile is offered to nobody.
CREATE FUNCTION door.reminder_offers(most bigint) RETURNS TABLE (id uuid, is_mine boolean, state text, reminder_id uuid, taken_as uuid, title text,
    description text, importance text, other text, created_at timestamptz, decided_at timestamptz)
  LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT o.id, o.user_id = me(), o.state, o.reminder_id, o.taken_as, r.title, CASE WHEN o.state = 'open' THEN r.description ELSE '' END,
      r.importance, u.display_name, o.created_at, o.decided_at
    FROM reminder_offers o JOIN reminders r ON r.id = o.reminder_id AND r.user_id = o.user_id
    JOIN users u ON u.id = CASE WHEN o.user_id = me() THEN o.to_user ELSE o.user_id END AND u.account_id = o.account_id
    WHERE (o.user_id = me() OR o.to_user = me() AND (o.state <> 'open' OR r.status IN ('active', 'snoozed'))) AND o.account_id = my_account()
    ORDER BY o.state <> 'open', o.id DESC LIMIT $1;
END $$;

-- Accepts (`accepted`), refuses (`refused`) or takes back (`withdrawn`) one.
CREATE FUNCTION door.decide_offer(offer uuid, decision text, copy uuid, at timestamptz)
  RETURNS TABLE (outcome text, giver uuid, taker uuid, reminder uuid, title text, importance text, next_at timestamptz)
  LANGUAGE plpgsql SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  it reminder_offers;
  r reminders;
BEGIN
  SELECT o.* INTO it FROM reminder_offers o WHERE o.id = $1 AND o.account_id = my_account()
    AND CASE WHEN $2 = 'withdrawn' THEN o.user_id ELSE o.to_user END = me();
  IF NOT FOUND THEN RETURN; END IF;
  -- The reminder first, as whoever changes it does.
  SELECT x.* INTO r FROM reminders x WHERE x.id = it.reminder_id AND x.user_id = it.user_id FOR UPDATE;
  SELECT o.* INTO it FROM reminder_offers o WHERE o.id = $1 FOR UPDATE;
  IF NOT FOUND OR r.id IS NULL
    OR (SELECT count(*) FROM users u WHERE u.id IN (it.user_id, it.to_user) AND u.account_id = my_account()) < 2 THEN RETURN; END IF;
  IF it.state <> 'open' THEN
    RETURN QUERY SELECT CASE WHEN it.state = $2 THEN 'same' ELSE it.state END, it.user_id, it.to_user, coalesce(it.taken_as, it.reminder_id), r.title,
      r.importance, NULL::timestamptz;
    RETURN;
  END IF;
  IF $2 = 'accepted' THEN
    IF r.status NOT IN ('active', 'snoozed') THEN
      RETURN QUERY SELECT 'closed'::text, it.user_id, it.to_user, it.reminder_id, r.title, r.importance, NULL::timestamptz;
      RETURN;
    END IF;
    -- One that rings unanswered rings for its new owner at once, as does one of which nothing would come any more; one that is put off or answered for a
    -- while, when that ends. By what it is completed goes along; its address does not: another number makes another.
    INSERT INTO reminders (id, user_id, profile_id, title, description, importance, status, next_at, version, created_at, updated_at)
      SELECT $3, me(), p.id, r.title, r.description, r.importance, 'active',
        coalesce(r.snoozed_until,
          (SELECT CASE e.state WHEN 'active' THEN $4 ELSE coalesce(e.snoozed_until, e.again_at) END FROM escalations e
            WHERE e.reminder_id = r.id AND e.user_id = r.user_id AND e.open),
          r.next_at, $4), 1, $4, $4
      FROM profiles p WHERE p.user_id = me()
        AND p.preset = CASE r.importance WHEN 'critical' THEN 'critical' WHEN 'high' THEN 'urgent' ELSE 'gentle' END;
    INSERT INTO schedules (reminder_id, user_id, kind, timezone, at, cron, every_minutes, exclude_dates, exclude_weekends, zone_version, wall, zone_rule,
        zone_lost, rule, rule_from, words, first_day)
      SELECT $3, me(), s.kind, s.timezone, s.at, s.cron, s.every_minutes, s.exclude_dates, s.exclude_weekends, s.zone_version, s.wall, s.zone_rule,
        s.zone_lost, s.rule, s.rule_from, s.words, s.first_day
      FROM schedules s WHERE s.reminder_id = r.id;
    INSERT INTO completion_criteria (reminder_id, user_id, type, created_at, updated_at)
      SELECT $3, me(), c.type, $4, $4 FROM completion_criteria c WHERE c.reminder_id = r.id AND c.user_id = r.user_id;
  END IF;
  UPDATE reminder_offers o SET state = $2, decided_at = $4, taken_as = CASE WHEN $2 = 'accepted' THEN $3 END WHERE o.id = $1;
  RETURN QUERY SELECT 'done'::text, it.user_id, it.to_user, it.reminder_id, r.title, r.importance,
    (SELECT x.next_at FROM reminders x WHERE x.id = $3 AND x.user_id = me());
END $$;
REVOKE ALL ON FUNCTION door.offer_reminder(uuid, uuid, uuid, timestamptz), door.reminder_offers(bigint),
  door.decide_offer(uuid, text, uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.offer_reminder(uuid, uuid, uuid, timestamptz), door.reminder_offers(bigint),
  door.decide_offer(uuid, text, uuid, timestamptz) TO heed_web;

-- What comes of an offer is written down for both: whoever decides may append to the log of the other, about this offer alone.
CREATE FUNCTION is_offered(subject text, offer uuid, owner uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT $1 = 'offer' AND EXISTS (SELECT FROM reminder_offers o WHERE o.id = $2 AND o.account_id = my_account()
    AND me() IN (o.user_id, o.to_user) AND $3 IN (o.user_id, o.to_user))
$$;
REVOKE ALL ON FUNCTION is_offered(text, uuid, uuid) FROM PUBLIC;
CREATE OR REPLACE FUNCTION door.audit_append(at timestamptz, address text, agent text, request_id text, version smallint, accounts uuid[], numbers bigint[], owners uuid[], actors text[], actor_ids uuid[], ids uuid[], actions text[], subjects text[], subject_ids uuid[], payloads text[], hashes bytea[], macs bytea[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE moved bigint;
BEGIN
  IF session_user NOT IN ('heed_work', current_user) AND EXISTS (
    SELECT FROM unnest($6, $7, $8, $9, $10, $13, $14) AS e(account, number, owner, actor, actor_id, subject, subject_id)
    WHERE e.account IS DISTINCT FROM my_account() OR e.owner IS NOT NULL AND e.owner IS DISTINCT FROM me() AND NOT is_offered(e.subject, e.subject_id, e.owner)
      OR e.actor NOT IN ('user', 'link', 'webhook', 'key', 'sms') AND (e.actor <> 'system' OR e.number <> 1)
      OR e.actor IN ('user', 'link', 'webhook', 'sms') AND e.actor_id IS DISTINCT FROM me()) THEN
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
END $$;
