-- What one instance of a series says otherwise: that it has no place, and since when it is called off (RULES 9.23, 9.28). An event of a feed that is brought
-- back by hand becomes its person's own (RULES 9.27).
--
-- Columns with a constant or none, filled where instances are called off, which are few: safe while the site runs.

ALTER TABLE event_overrides
  ADD COLUMN no_place     boolean NOT NULL DEFAULT false,  -- the series has one, this has none
  ADD COLUMN cancelled_at timestamptz;                     -- stays through all edits: what is called off is told for 60 days
UPDATE event_overrides SET cancelled_at = updated_at WHERE status = 'cancelled';
GRANT UPDATE (no_place, cancelled_at) ON event_overrides TO heed_web;
GRANT UPDATE (source) ON events TO heed_web, heed_work;
