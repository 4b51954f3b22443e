-- What the form of an answer said besides its text, which an undo gives back; and messages of webhooks by the ids that programs give them, whichever
-- conversation they name (RULES 6.4, 6.8). Holds writes to messages while the index is built: seconds for a million.
ALTER TABLE messages ADD COLUMN follow_up text NOT NULL DEFAULT ''  -- as typed: when to remind whoever sent it
  CONSTRAINT messages_follow_up CHECK (length(follow_up) <= 200);
CREATE INDEX messages_by_external ON messages (channel_id, external_id) WHERE external_id <> '';
