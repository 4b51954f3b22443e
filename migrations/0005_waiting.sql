-- What waits, and who was refused.

-- /readyz says which work has been waiting, not only since when: mail waits while its server is away, and then no worker is missing.
DROP FUNCTION door.oldest_overdue(timestamptz);
CREATE FUNCTION door.overdue(at timestamptz) RETURNS TABLE (work text, since timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public ROWS 1 AS $$
  SELECT x.work, x.since FROM (VALUES
    ('reminders', least(
      (SELECT min(next_at) FROM reminders WHERE status = 'active' AND next_at <= $1),
      (SELECT min(snoozed_until) FROM reminders WHERE status = 'snoozed' AND snoozed_until <= $1))),
    ('escalations', least(
      (SELECT min(next_step_at) FROM escalations WHERE state = 'active' AND next_step_at <= $1),
      (SELECT min(again_at) FROM escalations WHERE state = 'acknowledged' AND again_at IS NOT NULL AND again_at <= $1))),
    ('mail', least(
      (SELECT min(due_at) FROM deliveries WHERE state IN ('pending', 'held') AND due_at <= $1),
      (SELECT min(due_at) FROM letters WHERE state = 'pending' AND due_at <= $1)))) AS x(work, since)
  WHERE x.since IS NOT NULL ORDER BY x.since LIMIT 1
$$;
REVOKE ALL ON FUNCTION door.overdue(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.overdue(timestamptz) TO heed_web, heed_work;

-- Whether an address was refused the time before, too. Few rows: they are deleted with their escalations.
CREATE INDEX deliveries_failed ON deliveries (user_id, due_at) WHERE state = 'failed';
