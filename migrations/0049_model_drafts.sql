-- A model may write drafts (RULES 6.16). Its calls are an account's, each about a draft, where the coach's are a person's; what they cost is kept with them;
-- and each passage says which sentences of a draft rest on it. Columns and a table more: safe while the site runs.
ALTER TABLE prompt_runs ALTER COLUMN user_id DROP NOT NULL,
  ADD COLUMN draft_id uuid,
  ADD COLUMN cost     bigint;  -- in millionths of the currency of HEED_LLM_PRICE; NULL: no price was set, or nobody counted
ALTER TABLE prompt_runs ADD CONSTRAINT prompt_runs_cause CHECK ((user_id IS NULL) <> (draft_id IS NULL)) NOT VALID;
ALTER TABLE prompt_runs VALIDATE CONSTRAINT prompt_runs_cause;
ALTER TABLE prompt_runs ADD CONSTRAINT prompt_runs_draft_fkey FOREIGN KEY (draft_id, account_id) REFERENCES drafts (id, account_id) ON DELETE CASCADE
  NOT VALID;
ALTER TABLE prompt_runs VALIDATE CONSTRAINT prompt_runs_draft_fkey;
CREATE INDEX prompt_runs_by_draft ON prompt_runs (draft_id) WHERE draft_id IS NOT NULL;
GRANT SELECT (cost) ON prompt_runs TO heed_web;

-- How many calls the drafts of an account have caused on a date, by UTC.
CREATE TABLE model_account_days (
  account_id uuid    NOT NULL CONSTRAINT model_account_days_account_fkey REFERENCES accounts ON DELETE CASCADE,
  date       date    NOT NULL,
  calls      integer NOT NULL,
  CONSTRAINT model_account_days_pkey PRIMARY KEY (account_id, date)
);
CREATE INDEX model_account_days_by_date ON model_account_days (date);
ALTER TABLE model_account_days ENABLE ROW LEVEL SECURITY;
CREATE POLICY model_account_days_own ON model_account_days FOR SELECT TO heed_web USING (account_id = (SELECT my_account()));
CREATE POLICY model_account_days_all ON model_account_days TO heed_work USING (true);
GRANT SELECT ON model_account_days TO heed_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON model_account_days TO heed_work;

ALTER TABLE draft_sources ADD COLUMN sentences text NOT NULL DEFAULT '';  -- of a model's draft: those that cite it, one a line
