-- What somebody meant who named a time: the time on the wall, beside the instant that it was when it was stored. Zone data changes under the
-- service (RULES 1.7), and a single time, a snooze and "ask again" have to follow it as series do. NULL: a duration, or not known; the instant stays.
ALTER TABLE schedules ADD COLUMN wall timestamp CONSTRAINT schedules_wall CHECK (wall IS NULL OR kind = 'once');  -- by the clocks of timezone
ALTER TABLE snoozes ADD COLUMN wall timestamp, ADD COLUMN timezone text,
  ADD CONSTRAINT snoozes_wall CHECK ((wall IS NULL) = (timezone IS NULL));
ALTER TABLE escalations ADD COLUMN again_wall timestamp, ADD COLUMN again_zone text,  -- of the last again_at
  ADD CONSTRAINT escalations_again_wall CHECK ((again_wall IS NULL) = (again_zone IS NULL));

-- The rule that a zone's clocks go by from now on, as its file says it ('EST5EDT,M3.2.0,M11.1.0'): what stands in for it on the day on which the
-- machine no longer has the file. zone_lost: that day has come. The worker writes both anew when zone data changes, and daily.
ALTER TABLE schedules ADD COLUMN zone_rule text NOT NULL DEFAULT '' CONSTRAINT schedules_zone_rule_length CHECK (octet_length(zone_rule) <= 200),
  ADD COLUMN zone_lost boolean NOT NULL DEFAULT false;
ALTER TABLE users ADD COLUMN zone_rule text NOT NULL DEFAULT '' CONSTRAINT users_zone_rule_length CHECK (octet_length(zone_rule) <= 200),
  ADD COLUMN zone_lost boolean NOT NULL DEFAULT false;
CREATE INDEX schedules_lost ON schedules (user_id, reminder_id) WHERE zone_lost;  -- Today, /readyz: none as a rule
CREATE INDEX users_lost ON users (id) WHERE zone_lost;

-- What is stored already, as far as it can be known; PostgreSQL reads the same zone files as we do. Zones that it has not are left to the worker,
-- which knows old names too: zone_version '' has it compute the row afresh.
UPDATE schedules s SET wall = CASE WHEN s.kind = 'once' THEN s.at AT TIME ZONE s.timezone END, zone_version = '',
  -- The offset at least, until the worker has read the file. POSIX counts west of Greenwich.
  zone_rule = '<-00>' || CASE WHEN z.utc_offset > interval '0' THEN '-' ELSE '' END || to_char(greatest(z.utc_offset, -z.utc_offset), 'HH24:MI:SS')
FROM pg_timezone_names z WHERE z.name = s.timezone AND (s.at IS NULL OR isfinite(s.at));
UPDATE schedules SET zone_version = '' WHERE zone_version <> '';
UPDATE users u SET
  zone_rule = '<-00>' || CASE WHEN z.utc_offset > interval '0' THEN '-' ELSE '' END || to_char(greatest(z.utc_offset, -z.utc_offset), 'HH24:MI:SS')
FROM pg_timezone_names z WHERE z.name = u.timezone;
-- A duration keeps the seconds and microseconds of the moment in which it was typed; a time that was named is a whole minute. Where the moment was
-- a whole minute, too, nobody can tell, and the instant stays.
UPDATE snoozes s SET wall = s.until_time AT TIME ZONE u.timezone, timezone = u.timezone
FROM reminders r, users u, pg_timezone_names z
WHERE r.id = s.reminder_id AND r.status = 'snoozed' AND r.snoozed_until = s.until_time AND u.id = s.user_id AND z.name = u.timezone
  AND isfinite(s.until_time) AND s.until_time = date_trunc('minute', s.until_time) AND s.from_time <> date_trunc('minute', s.from_time);
UPDATE escalations e SET again_wall = e.again_at AT TIME ZONE u.timezone, again_zone = u.timezone
FROM users u, pg_timezone_names z
WHERE e.state = 'acknowledged' AND e.again_at IS NOT NULL AND u.id = e.user_id AND z.name = u.timezone
  AND isfinite(e.again_at) AND e.again_at = date_trunc('minute', e.again_at) AND e.acknowledged_at <> date_trunc('minute', e.acknowledged_at);

GRANT SELECT (zone_rule, zone_lost), INSERT (zone_rule, zone_lost), UPDATE (zone_rule, zone_lost) ON users TO heed_web;
GRANT SELECT (zone_rule, zone_lost), UPDATE (zone_rule, zone_lost) ON users TO heed_work;
GRANT SELECT (wall, zone_rule, zone_lost), INSERT (wall, zone_rule, zone_lost), UPDATE (wall, zone_rule, zone_lost) ON schedules
  TO heed_web, heed_work;
GRANT SELECT (wall, timezone), INSERT (wall, timezone), UPDATE (wall, timezone) ON snoozes TO heed_web, heed_work;
GRANT SELECT (again_wall, again_zone), UPDATE (again_wall, again_zone) ON escalations TO heed_web, heed_work;

-- For /readyz and heed check: the zones that this machine has lost and that somebody's times depend on. Counts stop at 10,000.
CREATE FUNCTION door.lost_zones() RETURNS TABLE (timezone text, reminders bigint, people bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp ROWS 1 AS $$
  SELECT x.timezone, count(*) FILTER (WHERE NOT x.is_person), count(*) FILTER (WHERE x.is_person) FROM (
    (SELECT s.timezone, false AS is_person FROM schedules s JOIN reminders r ON r.id = s.reminder_id
      WHERE s.zone_lost AND r.status IN ('active', 'snoozed') LIMIT 10000)
    UNION ALL (SELECT u.timezone, true FROM users u WHERE u.zone_lost LIMIT 10000)) x
  GROUP BY x.timezone ORDER BY x.timezone LIMIT 10
$$;
REVOKE ALL ON FUNCTION door.lost_zones() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.lost_zones() TO heed_web, heed_work;

-- New columns have constant defaults and indexes of rows that there are none of; the back-fill writes each schedule and user once (100,000 reminders
-- took 5 s on two busy cores) and holds them meanwhile. Safe while the site runs, but restart the responders soon: an older one that edits a
-- single time leaves its old wall behind. Rows that it makes have neither wall nor rule; the new worker completes them.
