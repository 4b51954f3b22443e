-- Whether whoever asks was in the team that a draft or a conversation belongs to, and is in it no more: so its log says. Others are told nothing.
CREATE FUNCTION door.has_left(thing uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM audit_log a
    WHERE a.subject_id = me() AND a.action IN ('member.left', 'member.removed') AND a.account_id <> my_account() AND a.account_id IN (
      SELECT d.account_id FROM drafts d WHERE d.id = $1 UNION ALL SELECT v.account_id FROM conversations v WHERE v.id = $1))
$$;
REVOKE ALL ON FUNCTION door.has_left(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.has_left(uuid) TO heed_web;
