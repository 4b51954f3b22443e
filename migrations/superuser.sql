-- What a superuser does once in the database of an installation, and again after restoring it into another cluster; `heed check` tells where it is
-- missing. `heed dev` does it by itself. Harmless when repeated:
--   psql --dbname heed --file migrations/superuser.sql
--
-- Large objects have no rows that a policy could guard, and PostgreSQL lets every role make them, without bounds. Heed uses none.
DO $$
DECLARE it regprocedure;
BEGIN
  FOR it IN SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND proname ~ '^(lo_|lo(read|write)$)'
  LOOP EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', it); END LOOP;
END $$;
