import Domain
import Postgres

/// Makes people of those who are asked to events, or finds them by their addresses, and relates them to the events (RULES 9.17, 9.30).
struct EventPeople {
  /// `import:ics`, `calendar:…`.
  let source: String
  /// The import that makes them; nil: a feed.
  let made: ID<ContextImport>?
  let with: DeadlineWriting

  /// Whoever is reached at an address.
  private typealias Known = [String: ID<KnownPerson>]

  func relate(_ events: [(id: ID<Event>, guests: [EventGuest])]) throws {
    let own = AddressKey.email(with.person.email)
    let all = events.flatMap { event in
      event.guests.compactMap { guest -> (event: ID<Event>, guest: EventGuest, key: String)? in
        guard guest.isPerson, let address = PersonAddress(email: guest.address), address.key != own else { return nil }
        return (event: event.id, guest: guest, key: address.key)
      }
    }
    if all.isEmpty { return }
    var names: [String: EventGuest] = [:]
    for one in all where names[one.key].map({ $0.name.isEmpty }) ?? true { names[one.key] = one.guest }
    let keys = names.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    var known = try found(keys)
    known.merge(try make(keys.filter { known[$0] == nil }, names)) { first, _ in first }
    try write(all.compactMap { one in known[one.key].map { (person: $0, event: one.event, kind: EventPeople.kind(one.guest)) } })
  }

  private static func kind(_ guest: EventGuest) -> RelationshipKind {
    guest.role == .organizer ? .organizes : guest.answer == .declined ? .declined : .attends
  }

  private func found(_ keys: [String]) throws(PostgresError) -> Known {
    Dictionary(try with.db.rows(AddressHolder.of(keys, but: nil)).map { ($0.key, $0.id) }, uniquingKeysWith: { first, _ in first })
  }

  /// Whoever was made of an address before and lies in the trash is not made again.
  private func make(_ keys: [String], _ names: [String: EventGuest]) throws -> Known {
    if keys.isEmpty { return [:] }
    var known: Known = [:]
    var passed: Set<String> = []
    for (key, source) in zip(keys, try PeoplePlan.known(keys, source, with.db)) {
      guard let source else { continue }
      if source.isTrashed { passed.insert(key) } else { known[key] = ThingRef(.person, source.thing).row() }
    }
    var rows: [(id: ID<KnownPerson>, fields: PersonFields)] = []
    var written: [SourceRow] = []
    for key in keys where known[key] == nil && !passed.contains(key) {
      guard let guest = names[key], let address = PersonAddress(email: guest.address) else { continue }
      var fields = PersonFields(EventPeople.name(guest))
      fields.emails = [address]
      let id = ID<KnownPerson>.new(at: with.now)
      rows.append((id: id, fields: fields))
      known[key] = id
      written.append(
        SourceRow(
          key: key, thing: ThingRef(.person, of: id).id, sha256: SourceFields.hash(fields.canonical), fields: fields.sourceFields))
    }
    try with.db.queue(
      PersonRows(rows: rows, with: with).inserting(source)
        + SourceRow.writing(written, .person, "people", source, made: made, with.planner))
    try with.planner.note("person.made", rows.map { ThingRef(.person, of: $0.id) })
    return known
  }

  /// As the file calls them, else what stands before the @.
  private static func name(_ guest: EventGuest) -> String {
    if !guest.name.isEmpty { return guest.name }
    let local = guest.address.utf8.prefix { $0 != UInt8(ascii: "@") }
    return String(decoding: local, as: UTF8.self)
  }

  /// Who declined does not attend, and the other way round: the newer stands.
  private func write(_ all: [(person: ID<KnownPerson>, event: ID<Event>, kind: RelationshipKind)]) throws(PostgresError) {
    let ties = all.filter { $0.kind != .organizes }
    let others = ties.map { $0.kind == .attends ? RelationshipKind.declined : .attends }
    let insert: SQL = .insert(
      into: "entity_relationships", .each("id", all.map { _ in ID<Relationship>.new(at: with.now) }), .all("user_id", "\(with.person.id)"),
      .each("relationship", all.map(\.kind)), .all("from_kind", "'person'"), .each("from_id", all.map(\.person)),
      .all("to_kind", "'event'"), .each("to_id", all.map(\.event)), .all("source", "\(source)"), .all("created_at", "\(with.now)"),
      .all("updated_at", "\(with.now)"))
    try with.db.queue([
      """
      SELECT door.drop_relationships(ARRAY(SELECT r.id FROM unnest(\(ties.map(\.person)), \(ties.map(\.event)), \(others)) AS t (person, event, other)
        JOIN entity_relationships r ON r.user_id = (SELECT me()) AND r.from_id = t.person AND r.to_id = t.event AND r.relationship = t.other
          AND NOT r.own))
      """,
      "\(insert) ON CONFLICT DO NOTHING",
    ])
  }
}
