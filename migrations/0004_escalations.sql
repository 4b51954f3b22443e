-- What happens when a reminder is due: an occurrence, an escalation that climbs its ladder, and the messages that go out.
CREATE TABLE agents (
  id             uuid        CONSTRAINT agents_pkey PRIMARY KEY,
  user_id        uuid        NOT NULL CONSTRAINT agents_user_fkey REFERENCES users ON DELETE CASCADE,
  type           text        NOT NULL CONSTRAINT agents_type CHECK (type IN ('email', 'sms', 'webhook', 'push', 'pull')),
  enabled        boolean     NOT NULL,
  configuration  bytea,                 -- AES-256-GCM; NULL where a type needs none
  last_tested_at timestamptz,
  last_result    text        NOT NULL DEFAULT '',
  version        integer     NOT NULL DEFAULT 1,
  created_at     timestamptz NOT NULL,
  updated_at     timestamptz NOT NULL,
  CONSTRAINT agents_type_once UNIQUE (user_id, type)
);

-- An address that asked not to be written to, or that its server says is not there.
CREATE TABLE muted_addresses (
  user_id uuid        NOT NULL CONSTRAINT muted_addresses_user_fkey REFERENCES users ON DELETE CASCADE,
  agent   text        NOT NULL CONSTRAINT muted_addresses_agent CHECK (agent IN ('email', 'sms', 'webhook', 'push', 'pull')),
  address text        NOT NULL,
  reason  text        NOT NULL CONSTRAINT muted_addresses_reason CHECK (reason IN ('unsubscribed', 'refused', 'gone')),
  at      timestamptz NOT NULL,
  CONSTRAINT muted_addresses_pkey PRIMARY KEY (user_id, agent, address)
);

CREATE TABLE escalations (
  id              uuid        CONSTRAINT escalations_pkey PRIMARY KEY,
  user_id         uuid        NOT NULL CONSTRAINT escalations_user_fkey REFERENCES users ON DELETE CASCADE,
  reminder_id     uuid        NOT NULL,
  occurrence_at   timestamptz NOT NULL,  -- the scheduled instant that started it
  profile_id      uuid        NOT NULL,  -- which profile the plan was copied from; it may be gone
  profile_name    text        NOT NULL,
  profile_version integer     NOT NULL,
  plan            jsonb       NOT NULL,  -- the tiers as they were, and the repetition
  state           text        NOT NULL CONSTRAINT escalations_state CHECK (state IN ('active', 'acknowledged', 'snoozed', 'completed', 'expired', 'cancelled')),
  run             integer     NOT NULL DEFAULT 1,  -- 2, 3 … after a snooze or "ask again"
  tier            integer     NOT NULL DEFAULT 0,  -- the last tier reached in this run; 0: none yet
  round           integer     NOT NULL DEFAULT 0,  -- the last repetition of the last tier in this run
  started_at      timestamptz NOT NULL,  -- of this run: delays count from it
  next_step_at    timestamptz,           -- the next tier, or the expiry when no tier is left; NULL when nothing is planned
  again_at        timestamptz,           -- acknowledged, and to be asked again then
  snoozed_until   timestamptz,
  acknowledged_at timestamptz,
  ended_at        timestamptz,
  fired_again     integer     NOT NULL DEFAULT 0,
  version         integer     NOT NULL DEFAULT 1,
  created_at      timestamptz NOT NULL,
  open            boolean     NOT NULL GENERATED ALWAYS AS (state IN ('active', 'snoozed') OR (state = 'acknowledged' AND again_at IS NOT NULL)) STORED,
  CONSTRAINT escalations_id_user UNIQUE (id, user_id),
  CONSTRAINT escalations_reminder_fkey FOREIGN KEY (reminder_id, user_id) REFERENCES reminders (id, user_id) ON DELETE CASCADE
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
CREATE UNIQUE INDEX escalations_one_open ON escalations (reminder_id) WHERE open;
CREATE INDEX escalations_by_user ON escalations (user_id, open, id);
CREATE INDEX escalations_by_reminder ON escalations (reminder_id, id);
CREATE INDEX escalations_due ON escalations (next_step_at) WHERE state = 'active';
CREATE INDEX escalations_again ON escalations (again_at) WHERE state = 'acknowledged' AND again_at IS NOT NULL;

-- One scheduled instant of one reminder. The unique key is what keeps a restart or a second worker from firing it twice.
CREATE TABLE occurrences (
  id            uuid        CONSTRAINT occurrences_pkey PRIMARY KEY,
  user_id       uuid        NOT NULL CONSTRAINT occurrences_user_fkey REFERENCES users ON DELETE CASCADE,
  reminder_id   uuid        NOT NULL,
  due_at        timestamptz NOT NULL,
  fired_at      timestamptz NOT NULL,
  reason        text        NOT NULL CONSTRAINT occurrences_reason CHECK (reason IN ('due', 'caught_up', 'snoozed', 'by_hand')),
  missed        integer     NOT NULL DEFAULT 0,  -- how many before this one never fired
  missed_from   timestamptz,                     -- the first of them
  escalation_id uuid,
  CONSTRAINT occurrences_once UNIQUE (reminder_id, due_at),
  CONSTRAINT occurrences_reminder_fkey FOREIGN KEY (reminder_id, user_id) REFERENCES reminders (id, user_id) ON DELETE CASCADE,
  CONSTRAINT occurrences_escalation_fkey FOREIGN KEY (escalation_id, user_id) REFERENCES escalations (id, user_id) ON DELETE CASCADE
);
CREATE INDEX occurrences_by_escalation ON occurrences (escalation_id);

CREATE TABLE escalation_events (
  id            uuid        CONSTRAINT escalation_events_pkey PRIMARY KEY,
  user_id       uuid        NOT NULL CONSTRAINT escalation_events_user_fkey REFERENCES users ON DELETE CASCADE,
  escalation_id uuid        NOT NULL,
  at            timestamptz NOT NULL,
  kind          text        NOT NULL CONSTRAINT escalation_events_kind_length CHECK (length(kind) BETWEEN 1 AND 40),
  run           integer     NOT NULL DEFAULT 1,
  tier          integer,
  round         integer,
  actor         text        NOT NULL DEFAULT 'system' CONSTRAINT escalation_events_actor CHECK (actor IN ('system', 'user', 'link', 'key')),
  actor_name    text        NOT NULL DEFAULT '',  -- as it was: a name or an address
  data          jsonb       NOT NULL DEFAULT '{}',
  CONSTRAINT escalation_events_escalation_fkey FOREIGN KEY (escalation_id, user_id) REFERENCES escalations (id, user_id) ON DELETE CASCADE
);
CREATE INDEX escalation_events_by_escalation ON escalation_events (escalation_id, at, id);

-- The outbox: a row per message, written in the transaction that escalates, sent after it has committed.
CREATE TABLE deliveries (
  id            uuid        CONSTRAINT deliveries_pkey PRIMARY KEY,
  user_id       uuid        NOT NULL CONSTRAINT deliveries_user_fkey REFERENCES users ON DELETE CASCADE,
  escalation_id uuid        NOT NULL,
  reminder_id   uuid        NOT NULL,
  run           integer     NOT NULL,
  tier          integer     NOT NULL,
  round         integer     NOT NULL,
  agent         text        NOT NULL CONSTRAINT deliveries_agent CHECK (agent IN ('email', 'sms', 'webhook', 'push', 'pull')),
  recipient     text        NOT NULL,             -- 'owner' or a contact's id: the address itself is read when it is sent
  state         text        NOT NULL CONSTRAINT deliveries_state CHECK (state IN ('pending', 'sending', 'sent', 'delivered', 'failed', 'cancelled', 'held')),
  due_at        timestamptz NOT NULL,             -- when to send or try again; when held, until when
  attempts      integer     NOT NULL DEFAULT 0,
  lease_until   timestamptz,                      -- by the database's clock, because workers' clocks may differ
  fence         integer     NOT NULL DEFAULT 0,   -- grows with every claim: a late worker's result is refused
  address       text        NOT NULL DEFAULT '',  -- where it last went
  detail        text        NOT NULL DEFAULT '',  -- what the other side said, or why it waits
  created_at    timestamptz NOT NULL,
  sent_at       timestamptz,
  CONSTRAINT deliveries_once UNIQUE (escalation_id, run, tier, round, agent, recipient),
  CONSTRAINT deliveries_id_user UNIQUE (id, user_id),
  CONSTRAINT deliveries_escalation_fkey FOREIGN KEY (escalation_id, user_id) REFERENCES escalations (id, user_id) ON DELETE CASCADE
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
CREATE INDEX deliveries_due ON deliveries (due_at) WHERE state IN ('pending', 'held');
CREATE INDEX deliveries_leased ON deliveries (lease_until) WHERE state = 'sending';
CREATE INDEX deliveries_by_reminder ON deliveries (reminder_id, created_at DESC);
CREATE INDEX deliveries_by_user ON deliveries (user_id, sent_at) WHERE sent_at IS NOT NULL;

-- Every change of a delivery's state, with its time: the timeline shows how long each lasted.
CREATE TABLE delivery_attempts (
  id          uuid        CONSTRAINT delivery_attempts_pkey PRIMARY KEY,
  user_id     uuid        NOT NULL CONSTRAINT delivery_attempts_user_fkey REFERENCES users ON DELETE CASCADE,
  delivery_id uuid        NOT NULL,
  at          timestamptz NOT NULL,
  state       text        NOT NULL,               -- the state it went into
  attempt     integer     NOT NULL DEFAULT 0,
  detail      text        NOT NULL DEFAULT '',
  CONSTRAINT delivery_attempts_delivery_fkey FOREIGN KEY (delivery_id, user_id) REFERENCES deliveries (id, user_id) ON DELETE CASCADE
);
CREATE INDEX delivery_attempts_by_delivery ON delivery_attempts (delivery_id, at, id);

ALTER TABLE agents ENABLE ROW LEVEL SECURITY;
ALTER TABLE muted_addresses ENABLE ROW LEVEL SECURITY;
ALTER TABLE escalations ENABLE ROW LEVEL SECURITY;
ALTER TABLE occurrences ENABLE ROW LEVEL SECURITY;
ALTER TABLE escalation_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE deliveries ENABLE ROW LEVEL SECURITY;
ALTER TABLE delivery_attempts ENABLE ROW LEVEL SECURITY;
CREATE POLICY agents_own ON agents TO heed_web USING (user_id = (SELECT me()));
CREATE POLICY agents_all ON agents TO heed_work USING (true);
CREATE POLICY muted_addresses_own ON muted_addresses TO heed_web USING (user_id = (SELECT me()));
CREATE POLICY muted_addresses_all ON muted_addresses TO heed_work USING (true);
CREATE POLICY escalations_own ON escalations TO heed_web USING (user_id = (SELECT me()));
CREATE POLICY escalations_all ON escalations TO heed_work USING (true);
CREATE POLICY occurrences_own ON occurrences TO heed_web USING (user_id = (SELECT me()));
CREATE POLICY occurrences_all ON occurrences TO heed_work USING (true);
CREATE POLICY escalation_events_own ON escalation_events TO heed_web USING (user_id = (SELECT me()));
CREATE POLICY escalation_events_all ON escalation_events TO heed_work USING (true);
CREATE POLICY deliveries_own ON deliveries TO heed_web USING (user_id = (SELECT me()));
CREATE POLICY deliveries_all ON deliveries TO heed_work USING (true);
CREATE POLICY delivery_attempts_own ON delivery_attempts TO heed_web USING (user_id = (SELECT me()));
CREATE POLICY delivery_attempts_all ON delivery_attempts TO heed_work USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON agents, muted_addresses, escalations, occurrences, escalation_events, deliveries, delivery_attempts TO heed_web, heed_work;

-- A signed link names an escalation; whose it is must be read before anybody is known.
CREATE FUNCTION door.escalation(escalation_id uuid)
RETURNS TABLE (user_id uuid, account_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public ROWS 1 AS $$
  SELECT e.user_id, u.account_id FROM escalations e JOIN users u ON u.id = e.user_id WHERE e.id = $1
$$;
-- An unsubscribe link names a user by id (and is signed); the account must be known to write the audit row.
CREATE FUNCTION door.account(user_id uuid)
RETURNS TABLE (account_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public ROWS 1 AS $$
  SELECT u.account_id FROM users u WHERE u.id = $1
$$;
-- For /readyz: since when the oldest due work has been waiting; NULL: nothing is.
CREATE FUNCTION door.oldest_overdue(at timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT least(
    (SELECT min(next_at) FROM reminders WHERE status = 'active' AND next_at <= $1),
    (SELECT min(snoozed_until) FROM reminders WHERE status = 'snoozed' AND snoozed_until <= $1),
    (SELECT min(next_step_at) FROM escalations WHERE state = 'active' AND next_step_at <= $1),
    (SELECT min(again_at) FROM escalations WHERE state = 'acknowledged' AND again_at IS NOT NULL AND again_at <= $1),
    (SELECT min(due_at) FROM deliveries WHERE state IN ('pending', 'held') AND due_at <= $1),
    (SELECT min(due_at) FROM letters WHERE state = 'pending' AND due_at <= $1))
$$;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA door FROM PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA door TO heed_web, heed_work;
