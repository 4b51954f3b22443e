-- Lists and searches that cost the same for a person with 200 reminders and with 100,000.
--
-- reminder_words: what a search looks through, in small letters, kept by triggers. A table of its own and not an index of reminders: that one is written
-- anew whenever a reminder fires, and its words, some 300 entries of the index, change when somebody edits them. What they say is indexed as runs of one,
-- two and three bytes, each with the person's number in front: a search reads entries of that person alone, whatever others keep, and finds words of one
-- letter, signs and letters of any script, where pg_trgm sees Latin words of three letters and everybody's.
--
-- Holds writes to reminders while theirs are copied and indexed: about 20 seconds for 100,000. Lists go on.
CREATE TABLE reminder_words (
  reminder_id uuid CONSTRAINT reminder_words_pkey PRIMARY KEY,
  user_id     uuid NOT NULL,
  words       text NOT NULL,
  -- Both columns: a foreign key check does not see policies.
  CONSTRAINT reminder_words_reminder_fkey FOREIGN KEY (reminder_id, user_id) REFERENCES reminders (id, user_id) ON DELETE CASCADE
);
CALL wall_user('reminder_words');
REVOKE INSERT ON reminder_words FROM heed_web;

-- The runs of bytes in a text: 40 bits of the person's number, then the bytes, 0 where there are fewer than three; no text holds a 0.
CREATE FUNCTION runs(who uuid, words text) RETURNS bigint[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  person bigint := hashtextextended(who::text, 0) & -16777216;
  bytes bytea := convert_to(words, 'UTF8') || '\x0000'::bytea;
BEGIN
  -- One list after the other: rows of three made it seven times slower.
  RETURN (SELECT array_agg(person + (get_byte(bytes, i) << 16)) || array_agg(person + (get_byte(bytes, i) << 16) + (get_byte(bytes, i + 1) << 8))
      || array_agg(person + (get_byte(bytes, i) << 16) + (get_byte(bytes, i + 1) << 8) + get_byte(bytes, i + 2))
    FROM generate_series(0, length(bytes) - 3) i);
END $$;

CREATE FUNCTION keep_reminder_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO reminder_words (reminder_id, user_id, words) SELECT id, user_id, lower(title || chr(10) || description) FROM made;
  RETURN NULL;
END $$;
CREATE FUNCTION change_reminder_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE reminder_words SET words = lower(NEW.title || chr(10) || NEW.description) WHERE reminder_id = NEW.id;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION keep_reminder_words(), change_reminder_words() FROM PUBLIC;
CREATE TRIGGER reminders_worded AFTER INSERT ON reminders REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION keep_reminder_words();
CREATE TRIGGER reminders_reworded AFTER UPDATE OF title, description ON reminders FOR EACH ROW
  WHEN (OLD.title <> NEW.title OR OLD.description <> NEW.description) EXECUTE FUNCTION change_reminder_words();

INSERT INTO reminder_words (reminder_id, user_id, words) SELECT id, user_id, lower(title || chr(10) || description) FROM reminders;
-- What is not sorted in yet is read by every search: a quarter of a megabyte at most.
CREATE INDEX reminder_words_runs ON reminder_words USING gin (runs(user_id, words)) WITH (gin_pending_list_limit = 256);

-- The reminders that hold a text, at most so many. At the door, since no index serves a condition that might tell of other people's rows, as @> might.
-- Without table scans, and with room to name each row of 500,000: rows named by their page alone would have their neighbours' words looked at.
CREATE FUNCTION door.holding(words text, most bigint) RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100
  SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off SET work_mem = '32MB' AS $$
DECLARE
  who uuid := me();
  small text := lower($1);
  bytes bytea := convert_to(small, 'UTF8') || '\x0000'::bytea;
  -- Four runs of it do: what is read is asked for the whole.
  wanted bigint[] := (SELECT array_agg((hashtextextended(who::text, 0) & -16777216)
      + (get_byte(bytes, i) << 16) + (get_byte(bytes, i + 1) << 8) + get_byte(bytes, i + 2))
    FROM (SELECT i FROM generate_series(0, greatest(length(bytes) - 5, 0), 3) i LIMIT 4) x);
BEGIN
  RETURN QUERY SELECT w.reminder_id FROM reminder_words w
    WHERE runs(w.user_id, w.words) @> wanted AND w.user_id = who AND strpos(w.words, small) > 0 LIMIT most;
END $$;

-- Orders that a list offers, by index. The view is a person's own reminders with what these indexes are made of: what is written with lower() is not
-- looked up in an index for a role that policies bind.
CREATE INDEX reminders_by_title ON reminders (user_id, status, lower(title), id);
CREATE INDEX reminders_by_importance ON reminders (user_id, status, array_position(ARRAY['critical', 'high', 'medium', 'low'], importance), sort_at, id);
CREATE VIEW door.reminders AS
  SELECT id, title, description, status, importance, sort_at, next_at, snoozed_until, profile_id, lower(title) AS title_key,
    array_position(ARRAY['critical', 'high', 'medium', 'low'], importance) AS rank
  FROM reminders WHERE user_id = (SELECT me());

REVOKE ALL ON FUNCTION runs(uuid, text), door.holding(text, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.holding(text, bigint) TO heed_web;
GRANT SELECT ON door.reminders TO heed_web;
