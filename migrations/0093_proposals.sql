-- What the assistant proposes (RULES 9.33): the form of one thing, filled in. Nothing is done by it: whoever accepts it sends that form. Its fields are an
-- array of pairs, a name and a value, in the order of the form, as one field may come often.
--
-- A thing is named without a foreign key, as a relationship is none of the register, and what is gone leaves its proposal overtaken, not unsaid.
CREATE TABLE proposals (
  id            uuid        CONSTRAINT proposals_pkey PRIMARY KEY,
  user_id       uuid        NOT NULL CONSTRAINT proposals_user_fkey REFERENCES users ON DELETE CASCADE,
  chat_id       uuid        NOT NULL,
  exchange      integer     NOT NULL,  -- which of the chat
  action        text        NOT NULL CONSTRAINT proposals_action CHECK (action IN ('create', 'update', 'status', 'link', 'delete', 'snooze')),
  kind          text        NOT NULL CONSTRAINT proposals_kind CHECK (kind IN
    ('task', 'reminder', 'deadline', 'goal', 'problem', 'habit', 'person', 'place', 'event', 'relationship', 'link')),
  thing_id      uuid,
  thing_revision bigint,  -- as the thing stood when it was proposed, or when that was last shown beside it
  title         text        NOT NULL CONSTRAINT proposals_title CHECK (length(title) <= 200),
  fields        jsonb       NOT NULL CONSTRAINT proposals_fields CHECK (jsonb_typeof(fields) = 'array'),
  digest        bytea       NOT NULL CONSTRAINT proposals_digest CHECK (octet_length(digest) = 32),  -- of action, thing and fields
  is_foreign    boolean     NOT NULL,  -- made after texts of others were read (RULES 9.34)
  intent        text        NOT NULL CONSTRAINT proposals_intent CHECK (length(intent) <= 500),
  reasoning     text        NOT NULL CONSTRAINT proposals_reasoning CHECK (length(reasoning) <= 2000),
  confidence    integer     NOT NULL CONSTRAINT proposals_confidence CHECK (confidence BETWEEN 0 AND 100),  -- hundredths
  read          jsonb       NOT NULL CONSTRAINT proposals_read CHECK (jsonb_typeof(read) = 'array'),  -- kind, id, title, whether it is of others
  assumptions   uuid[]      NOT NULL DEFAULT '{}',
  state         text        NOT NULL CONSTRAINT proposals_state CHECK (state IN ('open', 'accepted', 'changed', 'refused', 'ended', 'overtaken')),
  made_at       timestamptz NOT NULL,
  expires_at    timestamptz NOT NULL,
  answered_at   timestamptz,
  answered_by   uuid,
  result_id     uuid,  -- what was made or changed
  revision      bigint      NOT NULL DEFAULT 0,
  CONSTRAINT proposals_chat_fkey FOREIGN KEY (chat_id, user_id) REFERENCES chats (id, user_id) ON DELETE CASCADE,
  CONSTRAINT proposals_thing CHECK ((thing_id IS NULL) = (action IN ('create', 'link'))),
  CONSTRAINT proposals_foreign CHECK (NOT (is_foreign AND action = 'delete')),
  CONSTRAINT proposals_answered CHECK ((answered_at IS NULL) = (state = 'open'))
);
CALL wall_user('proposals', '{thing_revision,state,answered_at,answered_by,result_id}');
GRANT UPDATE (state, answered_at), DELETE ON proposals TO heed_work;
CREATE TRIGGER proposals_revision BEFORE UPDATE ON proposals FOR EACH ROW EXECUTE FUNCTION count_revision();
CREATE UNIQUE INDEX proposals_once ON proposals (user_id, digest) WHERE state = 'open';
CREATE INDEX proposals_by_user ON proposals (user_id, id);
CREATE INDEX proposals_by_chat ON proposals (chat_id, exchange);
CREATE INDEX proposals_open ON proposals (made_at) WHERE state = 'open';
CREATE INDEX proposals_by_time ON proposals (made_at);
CALL listed('proposals');
