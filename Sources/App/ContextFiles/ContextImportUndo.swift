import Domain
import Postgres

/// Takes back what an import made and changed (RULES 9.17): what nobody has changed since.
enum ContextImportUndo {
  /// How many things go at a time.
  static let most = 500
  /// How many are put back at a time.
  private static let slice = 50

  /// - Parameter rounds: how often at most.
  /// - Returns: whether all that can go is gone.
  static func all(of id: ID<ContextImport>, rounds: Int, _ db: Connection) throws(PostgresError) -> Bool {
    for _ in 0..<rounds {
      if try some(of: id, db) == 0 { return true }
    }
    return false
  }

  /// - Returns: how many went; 0: no more will.
  static func some(of id: ID<ContextImport>, _ db: Connection) throws(PostgresError) -> Int {
    let gone: Int = try db.value("SELECT door.undo_context_import(\(id), \(most))") ?? 0
    if gone > 0 { try db.queue([counting(gone, id)]) }
    return gone
  }

  private static func counting(_ count: Int, _ id: ID<ContextImport>) -> SQL {
    "UPDATE context_imports SET undone = undone + \(count) WHERE id = \(id) AND user_id = (SELECT me())"
  }

  /// Whether it changed any.
  static func hasChanged(_ id: ID<ContextImport>) -> SQL {
    """
    SELECT EXISTS (SELECT FROM context_import_rows r WHERE r.import_id = \(id) AND r.user_id = (SELECT me()) AND r.before IS NOT NULL)
    """
  }

  /// Writes down that it is over.
  static func ending(_ id: ID<ContextImport>, at now: Instant) -> SQL {
    """
    UPDATE context_imports SET undone_at = \(now), kept = (
      SELECT count(*) FROM context_import_rows r JOIN search_documents d ON d.id = r.thing AND d.user_id = r.user_id AND NOT d.trashed
      WHERE r.import_id = \(id) AND r.user_id = (SELECT me()) AND (r.outcome = 'new'
          OR r.outcome IN ('updated', 'restored') AND r.before IS NOT NULL))
    WHERE id = \(id) AND user_id = (SELECT me()) AND undone_at IS NULL
    """
  }

  // MARK: - What it changed

  /// Puts some back that it changed and that nobody has changed since: for a worker.
  ///
  /// - Returns: how many; 0: no more will.
  static func putBack(_ id: ID<ContextImport>, _ with: DeadlineWriting) throws -> Int {
    let people: [ID<KnownPerson>] = try with.db.rows(unchanged(id, in: "people"))
    if !people.isEmpty {
      let first = [PutBackSQL.people(id, people, with.now), PutBackSQL.addressesGone(people), PutBackSQL.addresses(id, people)]
      // Where an address stays with somebody else the row says the next one.
      try with.db.queue(first + MergeWrites.renaming(people) + PutBackSQL.rest(id, people, "people") + [counting(people.count, id)])
      for person in try with.db.rows(KnownPerson.mine("p.id = ANY (\(people))")) where person.stayDueAt != nil {
        try PersonBell(person: person, with: with).follow()
      }
      try with.planner.note("person.undone", people.map { ThingRef(.person, of: $0) })
      return people.count
    }
    let events: [ID<Event>] = try with.db.rows(unchanged(id, in: "events"))
    if events.isEmpty { return try trashAgain(id, with) }
    let stored = try with.db.rows(StoredOverride.of(events, with.services.zones))
    let old = Dictionary(grouping: stored, by: \.event)
    let drops: [SQL] = old.map { event, overrides in "SELECT door.drop_overrides(\(event), \(overrides.map(\.instance)))" }
    let uninvited: [SQL] = events.map { "SELECT door.drop_guests(\($0))" }
    let rest = PutBackSQL.parts(id, events) + PutBackSQL.rest(id, events, "events")
    try with.db.queue([PutBackSQL.events(id, events, with.now)] + drops + uninvited + rest + [counting(events.count, id)])
    for event in events { try EventCommands.find(event, with).keepAnew() }
    try with.planner.note("event.undone", events.map { ThingRef(.event, of: $0) })
    return events.count
  }

  /// What it brought back from the trash lies there again.
  private static func trashAgain(_ id: ID<ContextImport>, _ with: DeadlineWriting) throws -> Int {
    let people: [ID<KnownPerson>] = try with.db.rows(unchanged(id, in: "people", as: .restored))
    let events: [ID<Event>] = try with.db.rows(unchanged(id, in: "events", as: .restored))
    for person in people { _ = try PersonCommands.find(person, with).delete() }
    for event in events { _ = try EventCommands.find(event, with).delete() }
    let things = people.map { ThingRef(.person, of: $0).id } + events.map { ThingRef(.event, of: $0).id }
    if things.isEmpty { return 0 }
    try with.db.queue([
      "UPDATE context_import_rows SET before = NULL WHERE import_id = \(id) AND user_id = (SELECT me()) AND thing = ANY (\(things))",
      counting(things.count, id),
    ])
    return things.count
  }

  private static func unchanged<Row>(
    _ id: ID<ContextImport>, in table: Columns, as outcome: ContextImport.Outcome = .updated
  ) -> Query<ID<Row>> {
    Query(
      column: """
        SELECT DISTINCT t.id FROM context_import_rows r JOIN \(table) t ON t.id = r.thing AND t.user_id = r.user_id
        WHERE r.import_id = \(id) AND r.user_id = (SELECT me()) AND r.before IS NOT NULL AND r.outcome = \(outcome) AND t.revision = r.changed_to
          AND t.deleted_at IS NULL
        ORDER BY t.id LIMIT \(slice)
        """)
  }
}

/// What puts things back as an import found them.
private enum PutBackSQL {
  private static func mine<Row>(_ id: ID<ContextImport>, _ things: [ID<Row>]) -> SQL {
    "i.import_id = \(id) AND i.user_id = (SELECT me()) AND i.thing = ANY (\(things)) AND i.before IS NOT NULL"
  }

  static func people(_ id: ID<ContextImport>, _ things: [ID<KnownPerson>], _ now: Instant) -> SQL {
    """
    UPDATE people p SET name = r.name, email = r.email, phone = r.phone, addresses = r.addresses, type = r.type, importance = r.importance,
      company = r.company, title = r.title, notes = r.notes, birth_year = r.birth_year, birth_month = r.birth_month, birth_day = r.birth_day,
      stay_words = r.stay_words, stay_months = r.stay_months, stay_days = r.stay_days, stay_set_at = r.stay_set_at, stay_due_at = r.stay_due_at,
      private = r.private, metadata = r.metadata, version = p.version + 1, updated_at = \(now)
    FROM context_import_rows i CROSS JOIN LATERAL jsonb_populate_record(NULL::people, i.before->'row') r
    WHERE \(mine(id, things)) AND p.id = i.thing AND p.user_id = i.user_id
    """
  }

  static func addressesGone(_ things: [ID<KnownPerson>]) -> SQL {
    "SELECT door.drop_addresses(t.id, '{}'::uuid[]) FROM unnest(\(things)) AS t (id)"
  }

  /// What somebody else has by now stays there.
  static func addresses(_ id: ID<ContextImport>, _ things: [ID<KnownPerson>]) -> SQL {
    """
    INSERT INTO person_addresses (id, user_id, person_id, kind, value, key, position)
    SELECT a.id, i.user_id, i.thing, a.kind, a.value, a.key, a.position
    FROM context_import_rows i CROSS JOIN LATERAL jsonb_populate_recordset(NULL::person_addresses, i.before->'addresses') a
    WHERE \(mine(id, things)) ON CONFLICT DO NOTHING
    """
  }

  /// A place that is gone meanwhile stays away.
  static func events(_ id: ID<ContextImport>, _ things: [ID<Event>], _ now: Instant) -> SQL {
    """
    UPDATE events e SET title = r.title, description = r.description, type = r.type, status = r.status, visibility = r.visibility, busy = r.busy,
      importance = r.importance, all_day = r.all_day, starts = r.starts, ends = r.ends, zone = r.zone, ends_zone = r.ends_zone,
      starts_at = r.starts_at, ends_at = r.ends_at, rule = r.rule, rule_words = r.rule_words, rdates = r.rdates, exdates = r.exdates,
      series_until = r.series_until, counts_start = r.counts_start, location = r.location, virtual_url = r.virtual_url,
      cancelled_at = r.cancelled_at, metadata = r.metadata, version = e.version + 1, sequence = e.sequence + 1, updated_at = \(now)
    FROM context_import_rows i CROSS JOIN LATERAL jsonb_populate_record(NULL::events, i.before->'row') r
    WHERE \(mine(id, things)) AND e.id = i.thing AND e.user_id = i.user_id
    """
  }

  static func parts(_ id: ID<ContextImport>, _ things: [ID<Event>]) -> [SQL] {
    [
      """
      INSERT INTO event_overrides (event_id, user_id, instance, all_day, starts, ends, is_point, zone, ends_zone, title, description, type, status,
        visibility, busy, importance, location, place_id, no_place, virtual_url, cancelled_at, created_at, updated_at)
      SELECT i.thing, i.user_id, o.instance, o.all_day, o.starts, o.ends, o.is_point, o.zone, o.ends_zone, o.title, o.description, o.type, o.status,
        o.visibility, o.busy, o.importance, o.location, (SELECT p.id FROM places p WHERE p.id = o.place_id AND p.user_id = i.user_id),
        coalesce(o.no_place, false), o.virtual_url, o.cancelled_at, o.created_at, o.updated_at
      FROM context_import_rows i CROSS JOIN LATERAL jsonb_populate_recordset(NULL::event_overrides, i.before->'overrides') o
      WHERE \(mine(id, things)) ON CONFLICT DO NOTHING
      """,
      """
      INSERT INTO event_guests (event_id, user_id, position, address, name, role, answer)
      SELECT i.thing, i.user_id, g.position, g.address, g.name, g.role, g.answer
      FROM context_import_rows i CROSS JOIN LATERAL jsonb_populate_recordset(NULL::event_guests, i.before->'guests') g
      WHERE \(mine(id, things)) ON CONFLICT DO NOTHING
      """,
    ]
  }

  /// Their tags, what the source said of them, and that this is done. What somebody had changed by hand before is known to be theirs still.
  static func rest<Row>(_ id: ID<ContextImport>, _ things: [ID<Row>], _ table: Columns) -> [SQL] {
    [
      """
      SELECT door.drop_tags(i.thing, ARRAY(SELECT jsonb_array_elements_text(i.before->'tags'))) FROM context_import_rows i WHERE \(mine(id, things))
      """,
      """
      INSERT INTO tags (user_id, thing, tag)
      SELECT i.user_id, i.thing, g.tag FROM context_import_rows i CROSS JOIN LATERAL jsonb_array_elements_text(i.before->'tags') AS g (tag)
      WHERE \(mine(id, things)) ON CONFLICT DO NOTHING
      """,
      """
      UPDATE entity_sources s SET sequence = o.sequence, modified_at = o.modified_at, stamped_at = o.stamped_at, sha256 = o.sha256, fields = o.fields,
        hand_changed = o.hand_changed,
        revision = CASE WHEN o.revision = (i.before->'row'->>'revision')::bigint THEN t.revision ELSE o.revision END
      FROM context_import_rows i CROSS JOIN LATERAL jsonb_populate_recordset(NULL::entity_sources, i.before->'sources') o
        JOIN \(table) t ON t.id = i.thing AND t.user_id = i.user_id
      WHERE \(mine(id, things)) AND s.source_id = o.source_id AND s.source = o.source AND s.kind = o.kind AND s.user_id = i.user_id
      """,
      """
      UPDATE context_import_rows i SET before = NULL WHERE \(mine(id, things))
      """,
    ]
  }
}
