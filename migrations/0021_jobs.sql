-- Work that is done step by step: nightly work once for the whole installation instead of once by each worker, imports, exports, calls of models.
-- A row is leased as messages are; what it has done so far, how it failed and what it took stay as its history, for thirty days. Nothing that is
-- there is changed but the function that /readyz asks; safe while the site runs.
CREATE TABLE jobs (
  id          uuid        CONSTRAINT jobs_pkey PRIMARY KEY,
  kind        text        NOT NULL CONSTRAINT jobs_kind_length CHECK (length(kind) BETWEEN 1 AND 100),
  key         text        CONSTRAINT jobs_key_length CHECK (length(key) <= 200),  -- one of its kind with this key, such as a day; NULL: any number
  account_id  uuid        CONSTRAINT jobs_account_fkey REFERENCES accounts ON DELETE CASCADE,  -- NULL: the house's own
  user_id     uuid        CONSTRAINT jobs_user_fkey REFERENCES users ON DELETE CASCADE,        -- NULL: the account's
  state       text        NOT NULL CONSTRAINT jobs_state CHECK (state IN ('pending', 'running', 'done', 'failed', 'cancelled')),
  due_at      timestamptz NOT NULL,
  lease_until timestamptz,
  fence       integer     NOT NULL DEFAULT 0,
  attempts    integer     NOT NULL DEFAULT 0,  -- claims
  lost        smallint    NOT NULL DEFAULT 0,  -- claims in a row that ended without a step, because their worker died
  place       text        NOT NULL DEFAULT '',  -- where the next step begins, in the words of its kind
  done        bigint      NOT NULL DEFAULT 0,
  total       bigint,  -- NULL: not known
  failures    integer     NOT NULL DEFAULT 0,  -- in a row
  failing_since timestamptz,
  error       text        NOT NULL DEFAULT '',  -- the last one; for operators
  metrics     jsonb       NOT NULL DEFAULT '{}',  -- sums of all steps: {"steps":3,"milliseconds":41}
  created_at  timestamptz NOT NULL,
  started_at  timestamptz,
  finished_at timestamptz,
  CONSTRAINT jobs_owner CHECK (user_id IS NULL OR account_id IS NOT NULL),
  CONSTRAINT jobs_lease CHECK ((state = 'running') = (lease_until IS NOT NULL)),
  CONSTRAINT jobs_finished CHECK ((state IN ('done', 'failed', 'cancelled')) = (finished_at IS NOT NULL))
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
CREATE UNIQUE INDEX jobs_once ON jobs (kind, key, account_id, user_id) NULLS NOT DISTINCT WHERE key IS NOT NULL;
CREATE INDEX jobs_due ON jobs (due_at) WHERE state = 'pending';
CREATE INDEX jobs_leases ON jobs (lease_until) WHERE state = 'running';
CREATE INDEX jobs_finished_at ON jobs (finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX jobs_by_account ON jobs (account_id, user_id, id) WHERE account_id IS NOT NULL;
CREATE INDEX jobs_by_user ON jobs (user_id) WHERE user_id IS NOT NULL;
-- A person's own and those of the account. Nobody's are nobody's business.
CREATE POLICY jobs_own ON jobs TO heed_web
  USING (account_id = (SELECT my_account()) AND (user_id = (SELECT me()) OR user_id IS NULL));
CALL wall('jobs', '{}');
GRANT INSERT, UPDATE, DELETE ON jobs TO heed_work;

-- What has been due for longest, of each kind of work by itself, so that a new kind adds its own and rewrites no other: a function of this schema,
-- named as /readyz is to call it. They look at all rows, so nobody may call them but the door.
CREATE SCHEMA overdue;
CREATE FUNCTION overdue.reminders(at timestamptz) RETURNS timestamptz LANGUAGE sql AS $$
  SELECT least(
    (SELECT min(next_at) FROM reminders WHERE status = 'active' AND next_at <= $1),
    (SELECT min(snoozed_until) FROM reminders WHERE status = 'snoozed' AND snoozed_until <= $1))
$$;
CREATE FUNCTION overdue.escalations(at timestamptz) RETURNS timestamptz LANGUAGE sql AS $$
  SELECT least(
    (SELECT min(next_step_at) FROM escalations WHERE state = 'active' AND next_step_at <= $1),
    (SELECT min(again_at) FROM escalations WHERE state = 'acknowledged' AND again_at IS NOT NULL AND again_at <= $1))
$$;
CREATE FUNCTION overdue.mail(at timestamptz) RETURNS timestamptz LANGUAGE sql AS $$
  SELECT least(
    (SELECT min(due_at) FROM outbox WHERE subject = 'escalation' AND state IN ('pending', 'held') AND due_at <= $1),
    (SELECT min(due_at) FROM outbox WHERE subject = 'account' AND state IN ('pending', 'held') AND due_at <= $1),
    (SELECT min(due_at) FROM outbox WHERE state = 'sending' AND lease_until < clock_timestamp() AND due_at <= $1),
    (SELECT min(created_at) FROM account_mails WHERE user_id IS NULL AND created_at <= $1))
$$;
-- Somebody waits for what was asked for; nobody for the house's own, which on a large installation may take a while.
CREATE FUNCTION overdue.jobs(at timestamptz) RETURNS timestamptz LANGUAGE sql AS $$
  SELECT min(due_at) FROM jobs WHERE state = 'pending' AND due_at <= $1 AND account_id IS NOT NULL
$$;
CREATE OR REPLACE FUNCTION door.overdue(at timestamptz) RETURNS TABLE (work text, since timestamptz)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp ROWS 1 AS $$
DECLARE
  kinds text := (SELECT string_agg(format('(%L, overdue.%I($1))', proname, proname), ', ' ORDER BY proname)
    FROM pg_proc WHERE pronamespace = 'overdue'::regnamespace);
BEGIN
  RETURN QUERY EXECUTE
    'SELECT x.work, x.since FROM (VALUES ' || kinds || ') AS x(work, since) WHERE x.since IS NOT NULL ORDER BY x.since LIMIT 1' USING $1;
END $$;
