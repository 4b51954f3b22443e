-- A letter that somebody asked for by an address alone has no owner until the worker looks for one: were the account looked for in the request,
-- the time of the answer would tell whether there is one. Adding a column without a default and dropping NOT NULL hold the table for an
-- instant, the check reads it once. Safe while the site runs; restart the worker before the responders, since an older one stumbles over letters
-- without an owner.
ALTER TABLE letters ALTER COLUMN user_id DROP NOT NULL;
ALTER TABLE letters ADD COLUMN asked_from jsonb;  -- address, agent and request, for the audit row; gone once the owner is known
ALTER TABLE letters ADD CONSTRAINT letters_owned CHECK (user_id IS NOT NULL OR (kind = 'reset' AND state = 'pending'));
CREATE POLICY letters_asked ON letters FOR INSERT TO heed_web WITH CHECK (user_id IS NULL);
