-- Who does a task and where an event takes place are columns, and these hold. The relationships assigned_to and located_at follow them (RULES
-- 9.30): so they stand among all others, with a strength and notes of their own, and no second truth can differ from the first.
--
-- Only adds. Nobody has either yet.

CREATE FUNCTION relationships_follow_tasks() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    DELETE FROM entity_relationships r USING made m JOIN gone g ON g.id = m.id
    WHERE m.assignee_id IS DISTINCT FROM g.assignee_id AND r.user_id = m.user_id AND r.to_id = m.id AND r.relationship = 'assigned_to' AND NOT r.own
      AND r.from_id IS DISTINCT FROM m.assignee_id;
    INSERT INTO entity_relationships (id, user_id, relationship, from_kind, from_id, to_kind, to_id, created_at, updated_at)
    SELECT new_id(m.updated_at), m.user_id, 'assigned_to', 'person', m.assignee_id, 'task', m.id, m.updated_at, m.updated_at
    FROM made m JOIN gone g ON g.id = m.id WHERE m.assignee_id IS DISTINCT FROM g.assignee_id AND m.assignee_id IS NOT NULL
    ON CONFLICT ON CONSTRAINT entity_relationships_once DO NOTHING;
  ELSE
    INSERT INTO entity_relationships (id, user_id, relationship, from_kind, from_id, to_kind, to_id, created_at, updated_at)
    SELECT new_id(m.updated_at), m.user_id, 'assigned_to', 'person', m.assignee_id, 'task', m.id, m.updated_at, m.updated_at
    FROM made m WHERE m.assignee_id IS NOT NULL
    ON CONFLICT ON CONSTRAINT entity_relationships_once DO NOTHING;
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION relationships_follow_events() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    DELETE FROM entity_relationships r USING made m JOIN gone g ON g.id = m.id
    WHERE m.place_id IS DISTINCT FROM g.place_id AND r.user_id = m.user_id AND r.from_id = m.id AND r.relationship = 'located_at' AND NOT r.own
      AND r.to_id IS DISTINCT FROM m.place_id;
    INSERT INTO entity_relationships (id, user_id, relationship, from_kind, from_id, to_kind, to_id, source, created_at, updated_at)
    SELECT new_id(m.updated_at), m.user_id, 'located_at', 'event', m.id, 'place', m.place_id, m.source, m.updated_at, m.updated_at
    FROM made m JOIN gone g ON g.id = m.id WHERE m.place_id IS DISTINCT FROM g.place_id AND m.place_id IS NOT NULL
    ON CONFLICT ON CONSTRAINT entity_relationships_once DO NOTHING;
  ELSE
    INSERT INTO entity_relationships (id, user_id, relationship, from_kind, from_id, to_kind, to_id, source, created_at, updated_at)
    SELECT new_id(m.updated_at), m.user_id, 'located_at', 'event', m.id, 'place', m.place_id, m.source, m.updated_at, m.updated_at
    FROM made m WHERE m.place_id IS NOT NULL
    ON CONFLICT ON CONSTRAINT entity_relationships_once DO NOTHING;
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION relationships_follow_tasks(), relationships_follow_events() FROM PUBLIC;

-- Triggers of one statement run in the order of their names: these come behind those that enter the thing into the register.
CREATE TRIGGER tasks_related_made AFTER INSERT ON tasks REFERENCING NEW TABLE AS made FOR EACH STATEMENT
  EXECUTE FUNCTION relationships_follow_tasks();
CREATE TRIGGER tasks_related_changed AFTER UPDATE ON tasks REFERENCING OLD TABLE AS gone NEW TABLE AS made FOR EACH STATEMENT
  EXECUTE FUNCTION relationships_follow_tasks();
CREATE TRIGGER events_related_made AFTER INSERT ON events REFERENCING NEW TABLE AS made FOR EACH STATEMENT
  EXECUTE FUNCTION relationships_follow_events();
CREATE TRIGGER events_related_changed AFTER UPDATE ON events REFERENCING OLD TABLE AS gone NEW TABLE AS made FOR EACH STATEMENT
  EXECUTE FUNCTION relationships_follow_events();
