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

-- The worker reads for the assistant as the person would whom it answers: behind the policies of the role that serves requests, which it takes for as
-- long as it reads (RULES 9.32). It inherits nothing of that role: what it may do by itself stays what it was.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'heed_work' AND rolinherit) THEN ALTER ROLE heed_work NOINHERIT; END IF;
  IF NOT EXISTS (SELECT FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles w ON w.oid = m.member
    WHERE g.rolname = 'heed_web' AND w.rolname = 'heed_work')
  THEN GRANT heed_web TO heed_work; END IF;
  -- `heed seed` lets the demo account ask the assistant, signed in as the owner.
  IF NOT EXISTS (SELECT FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles w ON w.oid = m.member
    WHERE g.rolname = 'heed_web' AND w.rolname = 'heed_owner')
  THEN GRANT heed_web TO heed_owner; END IF;
END $$;
