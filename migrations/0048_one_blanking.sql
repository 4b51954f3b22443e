-- A tick changes a date and its habit, and each of them blanked the habit's line. The second time in one transaction, by whichever way it comes, now finds
-- that done and writes nothing: a row that this transaction wrote, blank, has a stamp that nobody outside has seen. Rows that a savepoint wrote carry
-- another number and are written again, which only takes longer. Safe while the site runs.
CREATE OR REPLACE FUNCTION blank_habit_lines() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE habit_lines l SET line = NULL, week = NULL, stamp = stamp + 1
  WHERE l.habit_id IN (SELECT c.habit_id FROM changed c)
    AND (l.xmin <> pg_current_xact_id()::xid OR l.line IS NOT NULL OR l.week IS NOT NULL);
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION blank_ticked_lines() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE habit_lines l SET line = NULL, week = NULL, stamp = stamp + 1
  WHERE l.habit_id IN (SELECT c.habit_id FROM changed c WHERE c.source <> 'import')
    AND (l.xmin <> pg_current_xact_id()::xid OR l.line IS NOT NULL OR l.week IS NOT NULL);
  RETURN NULL;
END $$;
