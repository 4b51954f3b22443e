-- A list shows of a reminder how far its escalation is and what became of its last message. Both were looked up for each of fifty rows, which took twice
-- as long as reading the rows themselves; now they stand in the reminder's own row. The escalation is written there by the statements that have always
-- placed the reminder among the others (open_since).
--
-- Of the last message the row says which it is, and how it ended once it has: an end stays what it is. While it has none it is looked up. So whoever
-- sends need not wait for whoever changes the reminder: a row that is held by somebody is passed over, and looked up further on.
-- Safe while an older program serves: what it does to a reminder is put right by the next change of it.
ALTER TABLE reminders
  ADD COLUMN escalation_state text,  -- of the open escalation; where none is open, of the last one; NULL: it never rang
  ADD COLUMN tier  integer,          -- of the open escalation: how far it has come, 0 before the first
  ADD COLUMN tiers integer,          -- and how many it has; NULL: none is open
  ADD COLUMN last_message_id uuid,  -- the last message; it may be gone already
  ADD COLUMN message_agent text,
  ADD COLUMN message_state text;     -- how it ended; NULL: it may not have
-- No reminder is another by this.
ALTER TABLE reminders DISABLE TRIGGER USER;
UPDATE reminders r SET escalation_state = e.state, tier = CASE WHEN e.open THEN e.tier END,
  tiers = CASE WHEN e.open THEN jsonb_array_length(e.plan->'tiers') END
FROM (SELECT DISTINCT ON (reminder_id) * FROM escalations ORDER BY reminder_id, open DESC, id DESC) e
WHERE e.reminder_id = r.id AND e.user_id = r.user_id;
UPDATE reminders r SET last_message_id = o.id, message_agent = o.channel,
  message_state = CASE WHEN o.state IN ('sent', 'delivered', 'failed', 'cancelled') THEN o.state END
FROM (SELECT DISTINCT ON (reminder_id) * FROM outbox WHERE reminder_id IS NOT NULL ORDER BY reminder_id, created_at DESC) o
WHERE o.reminder_id = r.id AND o.user_id = r.user_id;
ALTER TABLE reminders ENABLE TRIGGER USER;
GRANT UPDATE (escalation_state, tier, tiers, last_message_id, message_agent, message_state) ON reminders TO heed_web;

CREATE OR REPLACE VIEW door.reminders AS
SELECT id, title, description, status, importance, sort_at, next_at, snoozed_until, profile_id, lower(title) AS title_key,
  array_position(ARRAY['critical', 'high', 'medium', 'low'], importance) AS rank, habit_id, escalation_state, tier, tiers, last_message_id, message_agent,
  message_state
FROM reminders WHERE user_id = (SELECT me());
