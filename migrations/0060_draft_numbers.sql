-- Drafts and notifications of one instant stand in the order of the desk, as messages and events do: two ids of one millisecond have none. Writes to both
-- wait while what is there is numbered and indexed, half a minute for a million.

ALTER TABLE drafts ADD COLUMN number bigint;
UPDATE drafts d SET number = x.n FROM (SELECT o.id, nextval('desk_order') AS n FROM (SELECT id FROM drafts ORDER BY id) o) x WHERE x.id = d.id;
ALTER TABLE drafts ALTER COLUMN number SET DEFAULT nextval('desk_order'), ALTER COLUMN number SET NOT NULL;
DROP INDEX drafts_queue, drafts_all;
CREATE INDEX drafts_queue ON drafts (account_id, state, asked_at, number);
CREATE INDEX drafts_all ON drafts (account_id, asked_at, number);

ALTER TABLE notifications ADD COLUMN number bigint;
UPDATE notifications n SET number = x.n FROM (SELECT o.id, nextval('desk_order') AS n FROM (SELECT id FROM notifications ORDER BY id) o) x WHERE x.id = n.id;
ALTER TABLE notifications ALTER COLUMN number SET DEFAULT nextval('desk_order'), ALTER COLUMN number SET NOT NULL;
DROP INDEX notifications_list, notifications_unread;
CREATE INDEX notifications_list ON notifications (user_id, at, number);
CREATE INDEX notifications_unread ON notifications (user_id, at, number) WHERE read_at IS NULL;
