-- What a date of a habit held before it was last ticked or skipped, and by which press: the Undo of an amount that was added gives back the sum of before,
-- that of a tick the skip that it took away, and that of several dates what each of them held. Columns more, empty in rows that are there; writes to
-- habit_days wait for a moment. Safe while the site runs.
ALTER TABLE habit_days
  ADD COLUMN press      uuid,    -- all dates of one press have it in common; NULL: no press wrote this
  ADD COLUMN was_state  text,    -- NULL: neither done nor skipped
  ADD COLUMN was_amount bigint,  -- thousandths
  ADD COLUMN was_reason text;
ALTER TABLE habit_days ADD CONSTRAINT habit_days_was_state CHECK (was_state IN ('done', 'skipped')) NOT VALID;
ALTER TABLE habit_days VALIDATE CONSTRAINT habit_days_was_state;
ALTER TABLE habit_days
  ADD CONSTRAINT habit_days_was CHECK ((was_state = 'done' OR was_amount IS NULL) AND (was_state = 'skipped' OR was_reason IS NULL)) NOT VALID;
ALTER TABLE habit_days VALIDATE CONSTRAINT habit_days_was;
GRANT UPDATE (press, was_state, was_amount, was_reason) ON habit_days TO heed_web;
