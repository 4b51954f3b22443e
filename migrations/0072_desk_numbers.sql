-- What is counted for everybody who works at a desk came with each look-up of a person, also where there is no desk. Whatever a statement only may read is
-- opened and locked before it runs, and beyond sixteen tables and indexes a lock is one in memory that all share: half of what a request took. In functions
-- in plpgsql, which plan what they ask once a connection, nothing of it is touched until they are called. Safe while the site runs, but for the index:
-- channels wait while it is made, a moment for thousands.

CREATE INDEX channels_by_account ON channels (account_id);

-- Whether the account has, or had, a channel: without one it has no conversations, hence nothing of what is counted below.
CREATE FUNCTION has_desk() RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN EXISTS (SELECT FROM channels WHERE account_id = my_account());
END $$;

-- As whoever asks, hence behind their walls; each the numbers of one feature, in its order.
CREATE FUNCTION late_numbers() RETURNS integer[] LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (
    SELECT ARRAY[count(*)::integer, coalesce(hashtext(string_agg(late_at::text, ' ' ORDER BY late_at)), 0)] FROM (
      SELECT late_at FROM conversations WHERE account_id = (SELECT my_account()) AND late_at IS NOT NULL ORDER BY late_at LIMIT 100) x);
END $$;

-- What wants attention is what DeskMessage.wantsAttention says.
CREATE FUNCTION draft_numbers() RETURNS integer[] LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN ARRAY[
    (SELECT count(*)::integer FROM (
      SELECT 1 FROM drafts WHERE account_id = (SELECT my_account()) AND state = 'pending' LIMIT 100) x),
    (SELECT count(*)::integer FROM (
      SELECT 1 FROM channels WHERE account_id = (SELECT my_account()) AND deleted_at IS NULL LIMIT 1) y),
    (SELECT count(*)::integer FROM (
      SELECT 1 FROM messages m JOIN conversations v ON v.id = m.conversation_id
      WHERE m.account_id = (SELECT my_account()) AND m.kind = 'person'
        AND (m.sending IN ('failed', 'unknown', 'bounced', 'held') OR m.deferred_at > m.send_at AND m.sending IN ('queued', 'sending'))
        AND (m.sending NOT IN ('failed', 'unknown', 'bounced') OR v.state IN ('open', 'snoozed')) LIMIT 100) z)
    + (SELECT count(*)::integer FROM (
      SELECT 1 FROM drafts WHERE account_id = (SELECT my_account()) AND state = 'pending' AND is_to_check LIMIT 100) c)];
END $$;

CREATE FUNCTION notice_numbers() RETURNS integer[] LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN ARRAY[(SELECT count(*)::integer FROM (
    SELECT 1 FROM notifications WHERE user_id = (SELECT me()) AND account_id = (SELECT my_account()) AND read_at IS NULL LIMIT 100) x)];
END $$;

CREATE FUNCTION channel_numbers() RETURNS integer[] LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN ARRAY[(SELECT count(*)::integer FROM channel_failures WHERE account_id = (SELECT my_account()))];
END $$;

CREATE FUNCTION quarantine_numbers() RETURNS integer[] LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF NOT may('admin') THEN RETURN ARRAY[0]; END IF;
  RETURN ARRAY[(SELECT count(*)::integer FROM (
    SELECT 1 FROM quarantine WHERE account_id = (SELECT my_account()) AND state = 'waiting' LIMIT 1000) x)];
END $$;
