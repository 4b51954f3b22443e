-- Of which kinds of a person's things a model may be told (RULES 9.45): those of the context, too. Reminders and habits wait for the assistant.

ALTER TABLE users
  DROP CONSTRAINT users_model_kinds,
  ADD CONSTRAINT users_model_kinds
    CHECK (model_kinds <@ ARRAY['task', 'goal', 'problem', 'deadline', 'person', 'place', 'event', 'reminder', 'habit']);
