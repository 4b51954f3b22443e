-- (filled by the issue's work)
DO $$ BEGIN END $$;
