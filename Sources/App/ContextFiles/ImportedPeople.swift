import Domain
import HTML
import Postgres

/// Takes people of a file in (RULES 9.17): new ones many at a time; of those that are there what nobody changed by hand.
final class ImportedPeople: ContextTarget {
  let plan: ContextPlan
  var outcomes: [ContextImport.Outcome]
  var things: [ThingRef?]
  private(set) var left: [Int: [String]] = [:]
  private(set) var before: [Int: (row: String, revision: Int)] = [:]
  private let people: PeoplePlan
  private let made: ID<ContextImport>
  private let same: ContextImport.Same
  private let words: Words

  init(_ people: PeoplePlan, _ state: ContextImportState, _ made: ID<ContextImport>, _ words: Words) {
    (self.people, plan, self.made, same, self.words) = (people, people.plan, made, state.same, words)
    outcomes = people.plan.entries.indices.map { people.plan.outcome($0, state.same, state.trash) }
    things = people.plan.entries.map(\.thing)
  }

  func write(_ places: [Int], _ with: DeadlineWriting) throws {
    try passOver(places, with)
    let new = places.filter { outcomes[$0] == .new }
    if !new.isEmpty { try make(new, with) }
    let updated = places.filter { outcomes[$0] == .updated }
    if !updated.isEmpty { try update(updated, with) }
    for place in places where outcomes[place] == .restored { try restore(place, with) }
    for place in places {
      if case .touched(let names) = plan.entries[place].found { keep(names, place) }
      if outcomes[place] == .known, case .taken(let name) = plan.entries[place].found {
        leave(place, words("{name} has this address.", ["name": name]))
      }
    }
  }

  private func entry(_ place: Int) -> CardEntry { people.file.entries[place] }

  private func leave(_ place: Int, _ text: String) { left[place, default: []].append(text) }

  private func keep(_ names: [String], _ place: Int) {
    if !names.isEmpty { leave(place, ContextImportText(words: words).kept(names)) }
  }

  private func key(_ place: Int) -> String {
    let isAgain = same == .add && plan.entries[place].found != .new
    return isAgain ? PeoplePlan.again(people.keys[place], in: made) : people.keys[place]
  }

  /// Who was taken in by another import since this one was planned is there.
  private func passOver(_ places: [Int], _ with: DeadlineWriting) throws(PostgresError) {
    let new = places.filter { outcomes[$0] == .new }
    for (place, source) in zip(new, try PeoplePlan.known(new.map(key), people.source, with.db)) {
      if let source { (outcomes[place], things[place]) = (source.isTrashed ? .trashed : .same, ThingRef(.person, source.thing)) }
    }
  }

  // MARK: - New ones

  private func make(_ places: [Int], _ with: DeadlineWriting) throws {
    var takers = Dictionary(
      try holders(places.flatMap { entry($0).person.emails.map(\.key) }, with).map { ($0.key, $0.name) },
      uniquingKeysWith: { first, _ in first })
    let rows = places.map { place in
      var fields = entry(place).person
      fields.emails = fields.emails.filter { email in
        if let taker = takers[email.key] {
          leave(place, words("Left off: {address}, which {name} has.", ["address": email.value, "name": taker]))
          return false
        }
        takers[email.key] = fields.name
        return true
      }
      return (id: ID<KnownPerson>.new(at: with.now), fields: fields)
    }
    for (place, row) in zip(places, rows) { things[place] = ThingRef(.person, of: row.id) }
    let sources = zip(places, rows).map { place, row in
      SourceRow(
        key: key(place), thing: ThingRef(.person, of: row.id).id, order: EventOrder(modified: entry(place).revised),
        sha256: SourceFields.hash(entry(place).content), fields: row.fields.sourceFields)
    }
    try with.db.queue(
      PersonRows(rows: rows, with: with).inserting(people.source)
        + SourceRow.writing(sources, .person, "people", people.source, made: made, with.planner))
    try ring(rows.filter { $0.fields.stayInTouch != nil }.map(\.id), with)
    try with.planner.note("person.made", rows.map { ThingRef(.person, of: $0.id) })
  }

  private func holders(_ keys: [String], _ with: DeadlineWriting) throws(PostgresError) -> [AddressHolder] {
    keys.isEmpty ? [] : try with.db.rows(AddressHolder.of(keys, but: nil))
  }

  /// What rings to stay in touch follows what is written.
  private func ring(_ ids: [ID<KnownPerson>], _ with: DeadlineWriting) throws {
    if ids.isEmpty { return }
    for person in try with.db.rows(KnownPerson.mine("p.id = ANY (\(ids)) ORDER BY p.id")) {
      try PersonBell(person: person, with: with).follow()
    }
  }

  // MARK: - Those that are there

  private func update(_ places: [Int], _ with: DeadlineWriting) throws {
    let ids: [ID<KnownPerson>] = places.compactMap { things[$0]?.row() }
    let lock = Query<ID<KnownPerson>>(
      column: "SELECT id FROM people WHERE id = ANY (\(ids)) AND user_id = (SELECT me()) ORDER BY id FOR UPDATE")
    let (_, found) = try with.db.read(lock, KnownPerson.mine("p.id = ANY (\(ids))"))
    let stored = Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let holders = try holders(places.flatMap { entry($0).person.emails.map(\.key) }, with)
    var rows: [(id: ID<KnownPerson>, fields: PersonFields)] = []
    var written: [SourceRow] = []
    var changed: [Int] = []
    for place in places {
      guard let id: ID<KnownPerson> = things[place]?.row(), let person = stored[id], let source = people.sources[place] else {
        outcomes[place] = .known
        continue
      }
      let kept = PeoplePlan.kept(source, person)
      var fields = person.fields.taking(entry(place).person, but: kept)
      fields.emails = fields.emails.filter { email in
        guard let holder = holders.first(where: { $0.key.utf8.elementsEqual(email.key.utf8) && $0.id != id }) else { return true }
        leave(place, words("Left off: {address}, which {name} has.", ["address": email.value, "name": holder.name]))
        return false
      }
      keep(kept, place)
      var said = entry(place).person.sourceFields
      said["emails"] = kept.contains("emails") ? said["emails"] : fields.sourceFields["emails"]
      said["private"] = kept.contains("private") ? said["private"] : fields.sourceFields["private"]
      var row = SourceRow(
        key: people.keys[place], thing: source.own, order: EventOrder(modified: entry(place).revised),
        sha256: SourceFields.hash(entry(place).content), fields: said)
      row.handChanged = kept
      written.append(row)
      let isSame = fields.sourceFields == person.fields.sourceFields && fields.metadata == person.fields.metadata
      if isSame || rows.contains(where: { $0.id == id }) {
        outcomes[place] = kept.isEmpty ? .same : .known
      } else {
        rows.append((id: id, fields: fields))
        changed.append(place)
      }
    }
    let old = try ContextBefore.people(rows.map(\.id), people.source, with.db)
    try with.db.queue(PersonRows(rows: rows, with: with).updating(stored))
    try ring(rows.filter { stored[$0.id]?.pace != $0.fields.stayInTouch || stored[$0.id]?.stayDueAt != nil }.map(\.id), with)
    try with.db.queue(SourceRow.writing(written, .person, "people", people.source, made: nil, with.planner))
    let revisions = try ContextBefore.revisions(rows.map(\.id), "people", with.db)
    for (place, row) in zip(changed, rows) {
      if let json = old[row.id], let revision = revisions[row.id] { before[place] = (json, revision) }
    }
    try with.planner.note("person.changed", rows.map { ThingRef(.person, of: $0.id) })
  }

  /// Back from the trash as they were, without what others are reached at now.
  private func restore(_ place: Int, _ with: DeadlineWriting) throws {
    guard let id: ID<KnownPerson> = things[place]?.row() else { return }
    do {
      let outcome = try PersonCommands.restore(id, without: true, reminders: false, with)
      if let revision = try ContextBefore.revisions([id], "people", with.db)[id] { before[place] = (ContextBefore.trashed, revision) }
      let without = outcome.entries.first?.payload["without"]
      if let without { leave(place, words("Left off: {address}, which somebody else has.", ["address": without])) }
    } catch {
      guard (error as? Failure) == .notFound else { throw error }
      outcomes[place] = .trashed
    }
  }
}

/// How things were before an import changes them, for its undo.
enum ContextBefore {
  /// Of what an import brought back from the trash: it goes there again.
  static let trashed = "{}"

  /// People with how they are reached, their tags, and what the source said of them.
  static func people(_ ids: [ID<KnownPerson>], _ source: String, _ db: Connection) throws(PostgresError) -> [ID<KnownPerson>: String] {
    if ids.isEmpty { return [:] }
    let found: [(ID<KnownPerson>, String)] = try db.rows(
      Query(
        tuple: """
          SELECT p.id, jsonb_build_object('row', to_jsonb(p), 'tags', \(tags("p")), 'sources', \(sources("p", source)),
            'addresses', (SELECT coalesce(jsonb_agg(to_jsonb(a)), '[]') FROM person_addresses a
              WHERE a.person_id = p.id AND a.user_id = p.user_id))::text
          FROM people p WHERE p.id = ANY (\(ids)) AND p.user_id = (SELECT me())
          """))
    return Dictionary(found, uniquingKeysWith: { first, _ in first })
  }

  /// The same of events, with their changed instances and guests.
  static func events(_ ids: [ID<Event>], _ source: String, _ db: Connection) throws(PostgresError) -> [ID<Event>: String] {
    if ids.isEmpty { return [:] }
    let found: [(ID<Event>, String)] = try db.rows(
      Query(
        tuple: """
          SELECT e.id, jsonb_build_object('row', to_jsonb(e), 'tags', \(tags("e")), 'sources', \(sources("e", source)),
            'overrides', (SELECT coalesce(jsonb_agg(to_jsonb(o)), '[]') FROM event_overrides o WHERE o.event_id = e.id AND o.user_id = e.user_id),
            'guests', (SELECT coalesce(jsonb_agg(to_jsonb(g)), '[]') FROM event_guests g WHERE g.event_id = e.id AND g.user_id = e.user_id))::text
          FROM events e WHERE e.id = ANY (\(ids)) AND e.user_id = (SELECT me())
          """))
    return Dictionary(found, uniquingKeysWith: { first, _ in first })
  }

  private static func tags(_ it: Columns) -> SQL {
    "(SELECT coalesce(jsonb_agg(g.tag ORDER BY g.tag_norm), '[]') FROM tags g WHERE g.thing = \(it).id AND g.user_id = \(it).user_id)"
  }

  private static func sources(_ it: Columns, _ source: String) -> SQL {
    """
    (SELECT coalesce(jsonb_agg(to_jsonb(s)), '[]') FROM entity_sources s
      WHERE s.thing = \(it).id AND s.user_id = \(it).user_id AND s.source = \(source))
    """
  }

  static func revisions<Row>(_ ids: [ID<Row>], _ table: Columns, _ db: Connection) throws(PostgresError) -> [ID<Row>: Int] {
    if ids.isEmpty { return [:] }
    let found: [(ID<Row>, Int)] = try db.rows(
      Query(tuple: "SELECT id, revision FROM \(table) WHERE id = ANY (\(ids)) AND user_id = (SELECT me())"))
    return Dictionary(found, uniquingKeysWith: { first, _ in first })
  }
}
