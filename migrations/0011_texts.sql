-- What a reminder's notes look like, rendered when they are saved: pages and mails read it and parse nothing (RULES 6.11).
--
-- A table of its own and not columns of reminders: a reminder that fires is written anew whole, but for what is kept out of line (above 2 kB). With
-- the rendered text beside notes of 200 to 600 bytes each firing wrote half as much again to the log (1,256 to 1,839 and 1,742 to 2,536 bytes a row),
-- and the heap that lists read had more than twice the pages.
--
-- Rows of before have none yet: they are rendered when they are shown, and a worker stores them in slices. The new trigger and the foreign key hold
-- writes to reminders for an instant; safe while the site runs.
CREATE TABLE reminder_texts (
  reminder_id uuid    CONSTRAINT reminder_texts_pkey PRIMARY KEY,
  user_id     uuid    NOT NULL,
  version     integer NOT NULL,  -- of the rules by which it was rendered; of other ones it counts for nothing
  html        text    NOT NULL CONSTRAINT reminder_texts_html_length CHECK (octet_length(html) <= 131072),
  plain       text    NOT NULL CONSTRAINT reminder_texts_plain_length CHECK (octet_length(plain) <= 65536),
  -- Both columns: a foreign key check does not see policies.
  CONSTRAINT reminder_texts_reminder_fkey FOREIGN KEY (reminder_id, user_id) REFERENCES reminders (id, user_id) ON DELETE CASCADE
);
ALTER TABLE reminder_texts ENABLE ROW LEVEL SECURITY;
CREATE POLICY reminder_texts_own ON reminder_texts TO heed_web USING (user_id = (SELECT me()));
CREATE POLICY reminder_texts_all ON reminder_texts TO heed_work USING (true);
GRANT SELECT, INSERT ON reminder_texts TO heed_web, heed_work;
GRANT UPDATE (version, html, plain) ON reminder_texts TO heed_web, heed_work;

-- Other notes make it wrong, whoever writes them: also a responder that was started before this migration. It fires where notes are changed, only. As the
-- owner: no role that serves may delete a table's rows at will.
CREATE FUNCTION forget_reminder_text() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM reminder_texts WHERE reminder_id = NEW.id;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION forget_reminder_text() FROM PUBLIC;
CREATE TRIGGER reminders_rewritten AFTER UPDATE OF description ON reminders FOR EACH ROW
  WHEN (OLD.description <> NEW.description) EXECUTE FUNCTION forget_reminder_text();
