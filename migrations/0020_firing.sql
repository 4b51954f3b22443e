-- Firing writes less: seven rows of a reminder were written, and each of them is a row, its index entries and its checks of foreign keys. What began an
-- escalation is told by its own row now: the occurrence, and the first entries of its timeline, where nobody but the engine began it.
--
-- Rows that are there keep what is stored of them: reason is NULL in them. Not while an older program serves: it would not see occurrences that
-- have no row. No row is written anew.

ALTER TABLE escalations
  ADD COLUMN reason text  -- why its occurrence fired, as in occurrences, where it then has no row; NULL: it has one
    CONSTRAINT escalations_reason CHECK (reason IN ('due', 'caught_up', 'snoozed', 'by_hand')),
  ADD COLUMN missed integer NOT NULL DEFAULT 0,  -- how many before it never fired
  ADD COLUMN missed_from timestamptz,  -- the first of them
  -- Which agents the first tier had, for a step that was done in the instant in which it began; '': none was. The timeline tells both, "started" and
  -- "escalated", by this column. NULL: they are entries.
  ADD COLUMN first_told text
    CONSTRAINT escalations_first_told CHECK (first_told IS NULL OR reason IS NOT NULL);

-- Everything that fired: what began an escalation, and what met one that was running.
CREATE VIEW fired WITH (security_invoker = true) AS
  SELECT user_id, reminder_id, due_at, fired_at, reason, missed, missed_from, escalation_id FROM occurrences
  UNION ALL
  SELECT user_id, reminder_id, occurrence_at, created_at, reason, missed, missed_from, id FROM escalations WHERE reason IS NOT NULL;

-- Everything that happened to an escalation, the beginning told from its row. An entry's data is as the program writes it.
CREATE VIEW escalation_timeline WITH (security_invoker = true) AS
  SELECT id, user_id, escalation_id, at, kind, run, tier, round, actor, actor_name, data FROM escalation_events
  UNION ALL
  SELECT id, user_id, id, created_at, 'started', 1, NULL, NULL, 'system', '', jsonb_strip_nulls(jsonb_build_object(
    'reason', reason, 'occurrence', to_char(occurrence_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    'missed', CASE WHEN missed > 0 THEN missed::text END, 'missed_from', to_char(missed_from AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')))
  FROM escalations WHERE first_told IS NOT NULL
  UNION ALL
  SELECT id, user_id, id, created_at + interval '1 microsecond', 'escalated', 1, 1, 0, 'system', '', jsonb_strip_nulls(jsonb_build_object(
    'not_set_up', nullif(array_to_string(array_remove(string_to_array(first_told, ' '), 'email'), ' '), ''),
    'instead', CASE WHEN 'email' <> ALL (string_to_array(first_told, ' ')) THEN 'email' END))
  FROM escalations WHERE first_told <> '';
GRANT SELECT ON fired, escalation_timeline TO heed_web, heed_work;

-- Each had two unique indexes, of its id and of its id with its owner, and firing wrote to all four. The second alone does for both: whoever looks for
-- an id finds it there, and what belongs to a row refers to it with its owner. No id is chosen by people: the program makes it.
ALTER TABLE escalations DROP CONSTRAINT escalations_reminder_fkey;
ALTER TABLE occurrences DROP CONSTRAINT occurrences_reminder_fkey;
ALTER TABLE reminder_texts DROP CONSTRAINT reminder_texts_reminder_fkey;
ALTER TABLE schedules DROP CONSTRAINT schedules_reminder_fkey;
ALTER TABLE snoozes DROP CONSTRAINT snoozes_reminder_fkey;
ALTER TABLE escalation_events DROP CONSTRAINT escalation_events_escalation_fkey;
ALTER TABLE occurrences DROP CONSTRAINT occurrences_escalation_fkey;
ALTER TABLE outbox DROP CONSTRAINT outbox_escalation_fkey;
ALTER TABLE reminders DROP CONSTRAINT reminders_pkey, DROP CONSTRAINT reminders_id_user, ADD CONSTRAINT reminders_pkey PRIMARY KEY (id, user_id);
ALTER TABLE escalations DROP CONSTRAINT escalations_pkey, DROP CONSTRAINT escalations_id_user, ADD CONSTRAINT escalations_pkey PRIMARY KEY (id, user_id);
ALTER TABLE escalations ADD CONSTRAINT escalations_reminder_fkey FOREIGN KEY (reminder_id, user_id) REFERENCES reminders (id, user_id) ON DELETE CASCADE;
ALTER TABLE occurrences ADD CONSTRAINT occurrences_reminder_fkey FOREIGN KEY (reminder_id, user_id) REFERENCES reminders (id, user_id) ON DELETE CASCADE;
ALTER TABLE reminder_texts ADD CONSTRAINT reminder_texts_reminder_fkey FOREIGN KEY (reminder_id, user_id) REFERENCES reminders (id, user_id) ON DELETE CASCADE;
ALTER TABLE schedules ADD CONSTRAINT schedules_reminder_fkey FOREIGN KEY (reminder_id, user_id) REFERENCES reminders (id, user_id) ON DELETE CASCADE;
ALTER TABLE snoozes ADD CONSTRAINT snoozes_reminder_fkey FOREIGN KEY (reminder_id, user_id) REFERENCES reminders (id, user_id) ON DELETE CASCADE;
ALTER TABLE escalation_events ADD CONSTRAINT escalation_events_escalation_fkey FOREIGN KEY (escalation_id, user_id) REFERENCES escalations (id, user_id) ON DELETE CASCADE;
ALTER TABLE occurrences ADD CONSTRAINT occurrences_escalation_fkey FOREIGN KEY (escalation_id, user_id) REFERENCES escalations (id, user_id) ON DELETE CASCADE;
ALTER TABLE outbox ADD CONSTRAINT outbox_escalation_fkey FOREIGN KEY (escalation_id, user_id) REFERENCES escalations (id, user_id) ON DELETE CASCADE;
