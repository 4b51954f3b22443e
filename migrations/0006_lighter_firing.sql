-- A reminder that fires writes seven rows. Each of them named its user twice: by a key of its own, and by the composite key of what it belongs to,
-- which ends at reminders (id, user_id) and there at users. The second says all that the first says, and deletes along the same way; the first
-- cost a look-up and a lock on the user's row each time (a fifth of the whole write), and a scan of the table for each user that is deleted.
-- Dropping a constraint holds both tables for an instant; safe while the site runs.
ALTER TABLE escalations       DROP CONSTRAINT escalations_user_fkey;
ALTER TABLE occurrences       DROP CONSTRAINT occurrences_user_fkey;
ALTER TABLE escalation_events DROP CONSTRAINT escalation_events_user_fkey;
ALTER TABLE deliveries        DROP CONSTRAINT deliveries_user_fkey;
ALTER TABLE delivery_attempts DROP CONSTRAINT delivery_attempts_user_fkey;
