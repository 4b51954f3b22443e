-- A series may be a rule (RFC 5545) instead of a pattern, with its first time by the clocks of its zone, and the words that were typed for either or
-- for an interval. Nothing that is stored changes; the constraint is checked against every row once, which is an instant for a million.
ALTER TABLE schedules
  ADD COLUMN rule      text CONSTRAINT schedules_rule_length CHECK (length(rule) <= 500),
  ADD COLUMN rule_from timestamp,
  ADD COLUMN words     text NOT NULL DEFAULT '' CONSTRAINT schedules_words_length CHECK (length(words) <= 500),
  ADD CONSTRAINT schedules_rule_from CHECK ((rule IS NULL) = (rule_from IS NULL)),
  DROP CONSTRAINT schedules_one_kind,
  ADD CONSTRAINT schedules_one_kind CHECK (
    (kind = 'once') = (at IS NOT NULL) AND (kind = 'recurring') = (num_nonnulls(cron, rule) = 1) AND num_nonnulls(cron, rule) <= 1
    AND (kind = 'interval') = (every_minutes IS NOT NULL));
GRANT UPDATE (rule, rule_from, words) ON schedules TO heed_web;
