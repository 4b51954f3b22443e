-- What is held because nobody had verified the address comes due at the moment somebody does, whichever way: by the letter's button, by a new
-- password, by an operator. Whoever verifies may not otherwise touch those rows, so the function runs as the owner; it takes no text of theirs.
-- Making a trigger holds writes to users for an instant; safe while the site runs.
CREATE FUNCTION release_held() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE deliveries SET due_at = NEW.verified_at WHERE user_id = NEW.id AND state = 'held' AND detail = 'unverified';
  PERFORM pg_notify('heed_work', '');
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION release_held() FROM PUBLIC;
CREATE TRIGGER users_verified AFTER UPDATE OF verified_at ON users FOR EACH ROW
  WHEN (OLD.verified_at IS NULL AND NEW.verified_at IS NOT NULL) EXECUTE FUNCTION release_held();

-- Of some people those whose address nobody has verified. Their rows stay locked until the transaction ends, so that a verification at this moment
-- waits and then finds what is held here. As the owner: the worker may change nothing of a person, and locking a row asks for that right.
CREATE FUNCTION door.unverified(people uuid[]) RETURNS SETOF uuid
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT u.id FROM users u WHERE u.id = ANY ($1) AND u.verified_at IS NULL ORDER BY u.id FOR SHARE
$$;
REVOKE ALL ON FUNCTION door.unverified(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door.unverified(uuid[]) TO heed_work;
