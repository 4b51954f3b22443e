-- The second wall, closer: what the web role may do is what requests do, and no more.

-- A SECURITY DEFINER function looks for relations in pg_temp before all else unless the path names it. A role that may make temporary views
-- could put one in the place of a table and have its own function run as the owner.
ALTER FUNCTION door.session(bytea, timestamptz, timestamptz) SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION door.credentials(text) SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION door.letter(uuid) SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION door.escalation(uuid) SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION door.account(uuid) SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION door.overdue(timestamptz) SET search_path = pg_catalog, public, pg_temp;

-- Attempts belong to nobody, so no policy can say whose they are: the web role adds to them and counts those of one exact key.
CREATE FUNCTION door.attempts(kind text, key bytea, since timestamptz, until timestamptz, most bigint)
RETURNS TABLE (at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT a.at FROM attempts a WHERE a.kind = $1 AND a.key = $2 AND a.at > $3 AND a.at <= $4 ORDER BY a.at DESC LIMIT $5
$$;
REVOKE ALL ON FUNCTION door.attempts(text, bytea, timestamptz, timestamptz, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.attempts(text, bytea, timestamptz, timestamptz, bigint) TO heed_web;
REVOKE SELECT ON attempts FROM heed_web;
ALTER TABLE attempts ENABLE ROW LEVEL SECURITY;
CREATE POLICY attempts_noted ON attempts FOR INSERT TO heed_web WITH CHECK (true);
CREATE POLICY attempts_all ON attempts TO heed_work USING (true);

-- No page does these; a history that the web role cannot change stays one.
REVOKE UPDATE, DELETE ON accounts, escalation_events, delivery_attempts, occurrences FROM heed_web;
REVOKE DELETE ON users, schedules, snoozes, reminder_counts, agents, escalations, deliveries FROM heed_web;
