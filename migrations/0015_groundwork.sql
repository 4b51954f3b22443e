-- What the next features stand on, changed while the tables are small: one sort key, counts by statement, walls in one line, an audit log that knows
-- who did it, keys by which the large tables can be cut into months.
--
-- Not while an older program serves: it writes sort_at, and appends to the audit log by a door that is gone. Stop responders and workers, migrate,
-- start the new ones. Reminders, attempts and occurrences are written anew and held meanwhile: 38 s on two busy cores for 100,000 reminders with
-- half a million escalations, and three entries and three attempts each.

-- An id of version 7 (RFC 9562) for rows whose number only the database knows: it begins with the time, in milliseconds, as those that the program makes.
CREATE FUNCTION new_id(at timestamptz) RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
  SELECT encode(set_bit(set_bit(
    overlay(uuid_send(gen_random_uuid()) PLACING substring(int8send(floor(extract(epoch FROM at) * 1000)::bigint) FROM 3) FROM 1 FOR 6),
    52, 1), 53, 1), 'hex')::uuid
$$;

-- 1. Where a reminder stands in lists: by when it rings next, or has rung and is not answered. The rule stood in five statements; now the one thing
-- in it that is in another table is a column, which the engine writes when it opens and ends escalations, and the rest is generated.
ALTER TABLE reminders ADD COLUMN open_since timestamptz;  -- the occurrence that started the open escalation; NULL: none is open
UPDATE reminders r SET open_since = e.occurrence_at FROM escalations e WHERE e.reminder_id = r.id AND e.user_id = r.user_id AND e.open;
ALTER TABLE reminders DROP COLUMN sort_at;  -- its indexes go with it
-- Never NULL: keyset paging breaks on it.
ALTER TABLE reminders ADD COLUMN sort_at timestamptz NOT NULL
  GENERATED ALWAYS AS (coalesce(snoozed_until, open_since, next_at, last_at, 'infinity')) STORED;
CREATE INDEX reminders_open ON reminders (user_id, sort_at, id) WHERE status IN ('active', 'snoozed');  -- the list as it opens
CREATE INDEX reminders_by_status ON reminders (user_id, status, sort_at, id);  -- the list, filtered
GRANT UPDATE (open_since) ON reminders TO heed_web;

-- 2. Counts, by statement: a trigger for each row writes a counter's row as often, and each time looks through all that it was in this transaction
-- (20,000 reminders of one person in one statement took 7.7 s, and now 0.57). One function for each kind of statement, since each has
-- other rows to look at, from one text. As the owner: whoever serves counts by writing reminders and not otherwise. Counters are written in the
-- order of their people, so that two statements about the same people wait for each other and never for themselves.
DROP TRIGGER reminders_counted ON reminders;
DROP TRIGGER reminders_recounted ON reminders;
DROP TRIGGER reminders_weighed ON reminders;
DROP FUNCTION count_reminder();
DROP FUNCTION weigh_reminder();
DO $do$
DECLARE it record;
BEGIN
  FOR it IN VALUES
    ('insert', 'NEW TABLE AS made', 'SELECT 1 AS n, * FROM made'),
    ('delete', 'OLD TABLE AS gone', 'SELECT -1 AS n, * FROM gone'),
    ('update', 'OLD TABLE AS gone NEW TABLE AS made', 'SELECT 1 AS n, * FROM made UNION ALL SELECT -1, * FROM gone')
  LOOP
    EXECUTE format($create$
      CREATE FUNCTION count_reminders_%1$s() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
      DECLARE grown reminder_counts;
      BEGIN
        FOR grown IN
          SELECT x.user_id, coalesce(sum(x.n) FILTER (WHERE x.status = 'active'), 0), coalesce(sum(x.n) FILTER (WHERE x.status = 'snoozed'), 0),
            coalesce(sum(x.n) FILTER (WHERE x.status = 'completed'), 0), coalesce(sum(x.n) FILTER (WHERE x.status = 'archived'), 0),
            sum(x.n * (octet_length(x.title) + octet_length(x.description)))
          FROM (%3$s) x GROUP BY x.user_id ORDER BY x.user_id
        LOOP
          IF (grown.active, grown.snoozed, grown.completed, grown.archived, grown.bytes) <> (0, 0, 0, 0, 0) THEN
            UPDATE reminder_counts c SET active = c.active + grown.active, snoozed = c.snoozed + grown.snoozed,
              completed = c.completed + grown.completed, archived = c.archived + grown.archived, bytes = c.bytes + grown.bytes
            WHERE c.user_id = grown.user_id;
          END IF;
        END LOOP;
        RETURN NULL;
      END $$;
      REVOKE ALL ON FUNCTION count_reminders_%1$s() FROM PUBLIC;
      CREATE TRIGGER reminders_counted_%1$s AFTER %1$s ON reminders REFERENCING %2$s FOR EACH STATEMENT
        EXECUTE FUNCTION count_reminders_%1$s();
    $create$, it.column1, it.column2, it.column3);
  END LOOP;
END $do$;
REVOKE UPDATE ON reminder_counts FROM heed_work;
REVOKE UPDATE (active, snoozed, completed, archived, bytes) ON reminder_counts FROM heed_web, heed_work;
-- Once more from the rows: whatever was counted wrongly before is right from here on.
UPDATE reminder_counts c SET active = t.active, snoozed = t.snoozed, completed = t.completed, archived = t.archived, bytes = t.bytes
FROM (
  SELECT p.user_id, count(*) FILTER (WHERE r.status = 'active') AS active, count(*) FILTER (WHERE r.status = 'snoozed') AS snoozed,
    count(*) FILTER (WHERE r.status = 'completed') AS completed, count(*) FILTER (WHERE r.status = 'archived') AS archived,
    coalesce(sum(octet_length(r.title) + octet_length(r.description)), 0) AS bytes
  FROM reminder_counts p LEFT JOIN reminders r ON r.user_id = p.user_id GROUP BY p.user_id) t
WHERE c.user_id = t.user_id
  AND (c.active, c.snoozed, c.completed, c.archived, c.bytes) IS DISTINCT FROM (t.active, t.snoozed, t.completed, t.archived, t.bytes);

-- 3. Walls. The transaction also says which role the person has; nobody who is known by a link alone has one. A policy asks (SELECT may('agent')),
-- once for a statement.
CREATE FUNCTION my_role() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('heed.role', true), '') $$;
CREATE FUNCTION may(lowest text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_position(ARRAY['viewer', 'agent', 'admin', 'owner'], my_role())
    >= array_position(ARRAY['viewer', 'agent', 'admin', 'owner'], lowest), false)
$$;
DROP FUNCTION door.session(bytea, timestamptz, timestamptz);
CREATE FUNCTION door.session(token_hash bytea, seen_after timestamptz, made_after timestamptz)
RETURNS TABLE (session_id uuid, user_id uuid, account_id uuid, role text, seen_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp ROWS 1 AS $$
-- For every page, so in plpgsql: it keeps the plan, where a function in SQL is planned at each call (0.35 ms against 0.07).
BEGIN
  RETURN QUERY SELECT s.id, s.user_id, u.account_id, u.role, s.seen_at FROM web_sessions s JOIN users u ON u.id = s.user_id
    WHERE s.token_hash = $1 AND s.seen_at > $2 AND s.created_at > $3;
END $$;
REVOKE ALL ON FUNCTION door.session(bytea, timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.session(bytea, timestamptz, timestamptz) TO heed_web, heed_work;

-- A new table of a person's rows (user_id), in one line of its migration: CALL wall_user('habits', '{name,colour}').
-- The web role reads, adds, and changes the columns that are named, of its person's rows; the worker reads all. What else the worker does is granted
-- beside it; what requests delete goes through a door.
CREATE PROCEDURE wall_user(it regclass, changes name[] DEFAULT '{}') LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE POLICY %I ON %s TO heed_web USING (user_id = (SELECT me()))',
    (SELECT relname FROM pg_class WHERE oid = it) || '_own', it);
  CALL wall(it, changes);
END $$;
-- The same of what an account shares (account_id): all its people read; whoever has at least this role adds and changes.
CREATE PROCEDURE wall_account(it regclass, lowest text DEFAULT 'agent', changes name[] DEFAULT '{}') LANGUAGE plpgsql AS $$
DECLARE
  called text := (SELECT relname FROM pg_class WHERE oid = it);
  ours text := format('account_id = (SELECT my_account()) AND (SELECT may(%L))', lowest);
BEGIN
  IF lowest NOT IN ('viewer', 'agent', 'admin', 'owner') THEN
    RAISE invalid_parameter_value USING MESSAGE = format('there is no role %s', lowest);
  END IF;
  EXECUTE format('CREATE POLICY %I ON %s FOR SELECT TO heed_web USING (account_id = (SELECT my_account()))', called || '_own', it);
  EXECUTE format('CREATE POLICY %I ON %s FOR INSERT TO heed_web WITH CHECK (%s)', called || '_made', it, ours);
  EXECUTE format('CREATE POLICY %I ON %s FOR UPDATE TO heed_web USING (%s)', called || '_changed', it, ours);
  CALL wall(it, changes);
END $$;
-- What both have in common.
CREATE PROCEDURE wall(it regclass, changes name[]) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', it);
  EXECUTE format('CREATE POLICY %I ON %s TO heed_work USING (true)', (SELECT relname FROM pg_class WHERE oid = it) || '_all', it);
  EXECUTE format('GRANT SELECT, INSERT ON %s TO heed_web', it);
  EXECUTE format('GRANT SELECT ON %s TO heed_work', it);
  IF cardinality(changes) > 0 THEN
    EXECUTE format('GRANT UPDATE (%s) ON %s TO heed_web', (SELECT string_agg(quote_ident(c), ', ') FROM unnest(changes) c), it);
  END IF;
END $$;
REVOKE ALL ON PROCEDURE wall_user(regclass, name[]), wall_account(regclass, text, name[]), wall(regclass, name[]) FROM PUBLIC;

-- 4. The audit log: who did it, beside whose it is, and by which formula a row's MAC was made, so that the next column needs no new log. The rows
-- that are there have version 0. Their MACs know no actor_id, so none is put in: what the log says, it can show.
ALTER TABLE audit_log ADD COLUMN actor_id uuid, ADD COLUMN version smallint NOT NULL DEFAULT 0,
  ADD CONSTRAINT audit_log_version CHECK (version > 0 OR actor_id IS NULL);
ALTER TABLE audit_log ALTER COLUMN version DROP DEFAULT;

-- Entries of many accounts at once, so that a request, and a worker's batch, takes two round trips however many it writes. Both doors are for the
-- worker (any account), the owner of the tables, and the web role for whom its transaction acts for. A member of another role gets no further
-- than heed_web.
DROP FUNCTION door.audit_head(uuid);
DROP FUNCTION door.audit_append(uuid, bigint, timestamptz, uuid, text, text, text, text, uuid[], text[], text[], uuid[], text[], bytea[], bytea[]);
CREATE FUNCTION door.audit_heads(accounts uuid[]) RETURNS TABLE (account_id uuid, number bigint, mac bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
-- Locks the ends of some accounts' chains until the transaction ends, in the order of the accounts, and begins chains where there are none yet.
BEGIN
  IF session_user NOT IN ('heed_work', current_user) AND EXISTS (SELECT FROM unnest($1) a WHERE a IS DISTINCT FROM my_account()) THEN
    RAISE insufficient_privilege USING MESSAGE = 'the audit log of another account';
  END IF;
  INSERT INTO audit_heads (account_id, number, mac)
  SELECT a.id, 0, ''::bytea FROM accounts a
  WHERE a.id = ANY ($1) AND NOT EXISTS (SELECT FROM audit_heads h WHERE h.account_id = a.id) ORDER BY a.id
  ON CONFLICT DO NOTHING;
  RETURN QUERY SELECT h.account_id, h.number, h.mac FROM audit_heads h WHERE h.account_id = ANY ($1) ORDER BY h.account_id FOR UPDATE;
END $$;
CREATE FUNCTION door.audit_append(
  at timestamptz, address text, agent text, request_id text, version smallint,
  accounts uuid[], numbers bigint[], owners uuid[], actors text[], actor_ids uuid[],
  ids uuid[], actions text[], subjects text[], subject_ids uuid[], payloads text[], hashes bytea[], macs bytea[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
-- Appends entries behind the ends of their chains, without a gap, and moves the ends.
DECLARE moved bigint;
BEGIN
  IF session_user NOT IN ('heed_work', current_user) AND EXISTS (
    SELECT FROM unnest($6, $8, $9, $10) AS e(account, owner, actor, actor_id)
    WHERE e.account IS DISTINCT FROM my_account() OR e.owner IS DISTINCT FROM me() OR e.actor NOT IN ('user', 'link', 'key')
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
END $$;
REVOKE ALL ON FUNCTION door.audit_heads(uuid[]), door.audit_append(timestamptz, text, text, text, smallint, uuid[], bigint[], uuid[], text[], uuid[],
  uuid[], text[], text[], uuid[], text[], bytea[], bytea[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.audit_heads(uuid[]), door.audit_append(timestamptz, text, text, text, smallint, uuid[], bigint[], uuid[], text[], uuid[],
  uuid[], text[], text[], uuid[], text[], bytea[], bytea[]) TO heed_web, heed_work;

-- 5. Keys for tables that will be cut by months, by id (of version 7, so in the order of time) or by time: each unique key has to hold what is cut
-- by. Where a key did not, it now begins with what rows are looked up by and takes the place of an index besides; firing writes five index
-- entries less.
--   deliveries, delivery_attempts, escalation_events: by escalation_id. deliveries_once holds it already.
--   occurrences: by due_at. Nothing ever named one by its id.
--   audit_log, event_log: by id. (account_id, number) cannot stay unique: the end of the chain, which is locked, keeps the numbers, and
--   `heed audit verify` finds doubles.
-- Two keys are for all time and stay whole: escalations_one_open, and escalations (id, user_id), to which the others refer.
ALTER TABLE delivery_attempts DROP CONSTRAINT delivery_attempts_delivery_fkey, DROP CONSTRAINT delivery_attempts_pkey,
  ADD COLUMN escalation_id uuid;
DROP INDEX delivery_attempts_by_delivery;
ALTER TABLE deliveries DROP CONSTRAINT deliveries_id_user, DROP CONSTRAINT deliveries_pkey,
  ADD CONSTRAINT deliveries_pkey PRIMARY KEY (id, escalation_id, user_id);
UPDATE delivery_attempts a SET escalation_id = d.escalation_id, id = new_id(a.at) FROM deliveries d WHERE d.id = a.delivery_id;
ALTER TABLE delivery_attempts ALTER COLUMN escalation_id SET NOT NULL,
  ADD CONSTRAINT delivery_attempts_pkey PRIMARY KEY (delivery_id, at, id, escalation_id),
  ADD CONSTRAINT delivery_attempts_delivery_fkey FOREIGN KEY (delivery_id, escalation_id, user_id)
    REFERENCES deliveries (id, escalation_id, user_id) ON DELETE CASCADE;
ALTER TABLE escalation_events DROP CONSTRAINT escalation_events_pkey,
  ADD CONSTRAINT escalation_events_pkey PRIMARY KEY (escalation_id, at, id);
DROP INDEX escalation_events_by_escalation;
ALTER TABLE occurrences DROP COLUMN id, DROP CONSTRAINT occurrences_once,  -- the primary key goes with the column
  ADD CONSTRAINT occurrences_pkey PRIMARY KEY (reminder_id, due_at);
ALTER TABLE audit_log DROP CONSTRAINT audit_log_number;
CREATE INDEX audit_log_by_number ON audit_log (account_id, number);

-- 6. Tables whose rows are updated at every firing or every post are tidied after so many rows, however large they are; reminders, of which there are
-- many and few change, after a fiftieth. escalations, deliveries and letters were made so.
ALTER TABLE reminders SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000);
ALTER TABLE reminder_counts SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
ALTER TABLE audit_heads SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- 7. What next_step_at, again_at or snoozed_until is the time of, by the engine that plans it: lists worked it out of the plan once more, in SQL.
ALTER TABLE escalations ADD COLUMN next_kind text  -- NULL: nothing happens by itself
  CONSTRAINT escalations_next_kind CHECK (next_kind IN ('tier', 'round', 'expiry', 'question', 'waking'));
UPDATE escalations SET next_kind = CASE state WHEN 'snoozed' THEN 'waking' WHEN 'acknowledged' THEN 'question' ELSE CASE
    WHEN next_step_at IS NULL THEN NULL
    WHEN tier < jsonb_array_length(plan->'tiers') THEN 'tier'
    WHEN (plan->>'repeat')::int > 0 AND ((plan->>'limit')::int = 0 OR round < (plan->>'limit')::int) THEN 'round'
    ELSE 'expiry' END END
WHERE open;
GRANT UPDATE (next_kind) ON escalations TO heed_web;

-- 8. Whoever changes many messages of a person takes them in one order, so that two who do wait for each other and not in a circle.
CREATE OR REPLACE FUNCTION follow_importance() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM FROM deliveries WHERE user_id = NEW.user_id AND reminder_id = NEW.id AND state IN ('pending', 'held', 'sending') ORDER BY id FOR UPDATE;
  UPDATE deliveries SET critical = NEW.importance = 'critical',
    due_at = CASE WHEN NEW.importance = 'critical' AND state = 'held' AND detail = 'quiet' THEN least(due_at, NEW.updated_at) ELSE due_at END
  WHERE user_id = NEW.user_id AND reminder_id = NEW.id AND state IN ('pending', 'held', 'sending');
  PERFORM pg_notify('heed_work', '');
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION release_held() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM FROM deliveries WHERE user_id = NEW.id AND state = 'held' AND detail = 'unverified' ORDER BY id FOR UPDATE;
  UPDATE deliveries SET due_at = NEW.verified_at WHERE user_id = NEW.id AND state = 'held' AND detail = 'unverified';
  PERFORM pg_notify('heed_work', '');
  RETURN NULL;
END $$;
