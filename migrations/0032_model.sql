-- What is asked of a model server (RULES 5.22, 5.23). A row before each call, closed after it: numbers, reasons and hashes, and no text, neither of a
-- person nor of the model. New tables only; safe while the site runs.
CREATE TABLE prompt_runs (
  id            uuid        CONSTRAINT prompt_runs_pkey PRIMARY KEY,
  account_id    uuid        NOT NULL,
  user_id       uuid        NOT NULL,
  call          smallint    NOT NULL CONSTRAINT prompt_runs_call CHECK (call BETWEEN 1 AND 3),  -- which for its text
  date          date        NOT NULL,  -- the person's habit date (RULES 5.14)
  event         text        NOT NULL,
  prompt        text        NOT NULL,  -- its file and number: streak.1
  model         text        NOT NULL,
  host          text        NOT NULL,
  outcome       text        NOT NULL CONSTRAINT prompt_runs_outcome CHECK (outcome IN ('asking', 'taken', 'refused', 'failed')),
  reason        text        NOT NULL DEFAULT '' CONSTRAINT prompt_runs_reason CHECK (length(reason) <= 40),
  prompt_bytes  integer     NOT NULL,
  prompt_hash   bytea       NOT NULL,
  answer_bytes  integer,
  answer_hash   bytea,
  prompt_tokens integer,  -- as the server counted them; NULL: it did not say
  answer_tokens integer,
  milliseconds  integer,
  started_at    timestamptz NOT NULL,
  ended_at      timestamptz,
  CONSTRAINT prompt_runs_user_fkey FOREIGN KEY (user_id, account_id) REFERENCES users (id, account_id) ON DELETE CASCADE,
  CONSTRAINT prompt_runs_ended CHECK ((outcome = 'asking') = (ended_at IS NULL)),
  CONSTRAINT prompt_runs_reasoned CHECK ((outcome IN ('refused', 'failed')) = (reason <> ''))
);
CREATE INDEX prompt_runs_by_account ON prompt_runs (account_id, date, event);  -- the operators' page
CREATE INDEX prompt_runs_by_user ON prompt_runs (user_id);
ALTER TABLE prompt_runs ENABLE ROW LEVEL SECURITY;
CREATE POLICY prompt_runs_own ON prompt_runs FOR SELECT TO heed_web USING (account_id = (SELECT my_account()));
CREATE POLICY prompt_runs_all ON prompt_runs TO heed_work USING (true);
-- For those who run the account: what was asked, and not for whom.
GRANT SELECT (account_id, date, event, outcome, reason, prompt_tokens, answer_tokens, milliseconds) ON prompt_runs TO heed_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON prompt_runs TO heed_work;

-- How many calls a person has caused on a date, so that two workers together allow no more than one does, and whether the limit was told.
CREATE TABLE model_days (
  user_id uuid    NOT NULL CONSTRAINT model_days_user_fkey REFERENCES users ON DELETE CASCADE,
  date    date    NOT NULL,
  calls   integer NOT NULL,
  is_told boolean NOT NULL DEFAULT false,
  CONSTRAINT model_days_pkey PRIMARY KEY (user_id, date)
);
CREATE INDEX model_days_by_date ON model_days (date);
ALTER TABLE model_days ENABLE ROW LEVEL SECURITY;
CREATE POLICY model_days_own ON model_days FOR SELECT TO heed_web USING (user_id = (SELECT me()));
CREATE POLICY model_days_all ON model_days TO heed_work USING (true);
GRANT SELECT ON model_days TO heed_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON model_days TO heed_work;

-- How a server does, for all workers: after five failures in a row nobody asks it for five minutes, then one tries. Nobody's own.
CREATE TABLE model_servers (
  host         text        CONSTRAINT model_servers_pkey PRIMARY KEY,
  in_a_row     smallint    NOT NULL,  -- failures
  paused_until timestamptz,
  trying_until timestamptz  -- one call is under way to see whether it is back
);
GRANT SELECT ON model_servers TO heed_web;
GRANT SELECT, INSERT, UPDATE ON model_servers TO heed_work;
