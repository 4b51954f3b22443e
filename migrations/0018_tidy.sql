-- The worker signs nobody in, opens no link and answers no /readyz: what only requests call is theirs. By name, whatever the parameters are.
DO $$
DECLARE f regprocedure;
BEGIN
  FOR f IN
    SELECT oid FROM pg_proc WHERE pronamespace = 'door'::regnamespace
      AND proname IN ('account', 'credentials', 'escalation', 'letter', 'lost_zones', 'overdue', 'session')
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM heed_work', f);
  END LOOP;
END $$;
