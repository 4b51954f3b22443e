import Domain
import HTML
import Postgres

/// What the assistant knows of people.
extension ToolReading {
  /// Somebody, with what is near them.
  struct PersonRow {
    let thing: ToolThing
    let person: KnownPerson
    let related: [(words: String, thing: ToolThing)]
    let tasks: [ToolThing]
    let contact: LoggedContact?
    let next: NearRow?
    let past: NearRow?
  }

  /// An event of theirs.
  struct NearRow {
    let event: PersonEvent
    let thing: ToolThing
  }

  /// Whom a name means: who is called just so, else who has it as the first name, else who is called so somewhere.
  func people(_ name: String) throws -> [ToolThing] {
    guard mayRead(.person) else { return [] }
    let called = Query<(ID<KnownPerson>, Bool)>(
      tuple: """
        SELECT p.id, p.name_norm = normal_title(\(name)) FROM people p
        WHERE p.user_id = (SELECT me()) AND p.deleted_at IS NULL
          AND (p.name_norm = normal_title(\(name)) OR split_part(p.name_norm, ' ', 1) = normal_title(\(name))) ORDER BY p.name_norm, p.id LIMIT 11
        """)
    let found = try db.rows(called)
    let exact = found.filter { $0.1 }
    let chosen = exact.isEmpty ? found : exact
    if !chosen.isEmpty { return try things(chosen.map { (kind: "person", id: $0.0.found) }) }
    switch try named(name, ["person"]) {
    case .none: return []
    case .one(let thing): return [thing]
    case .several(let things): return things
    }
  }

  /// All that tools say of somebody.
  func details(of thing: ToolThing) throws -> PersonRow? {
    let id: ID<KnownPerson> = thing.id.row()
    let (people, log, tasks, next, past, related) = try db.read(
      KnownPerson.mine("p.id = \(id)"), LoggedContact.of(id), PersonTask.of(id), PersonEvent.next(id, now, in: person.zone),
      PersonEvent.past(id, now, in: person.zone), RelatedThing.of(thing.id.row()))
    guard let known = people.first else { return nil }
    let standing = related.filter { $0.state(on: today) == .standing }.prefix(20)
    let asked = standing.map { (kind: $0.kind.rawValue, id: $0.other.found) }
    let events = (next + past).map { (kind: "event", id: $0.id.found) }
    let things = try self.things(asked + events + tasks.map { (kind: "task", id: $0.id.found) })
    let byID = Dictionary(things.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    func near(_ events: [PersonEvent]) -> NearRow? {
      events.lazy.compactMap { event in byID[event.id.found].map { NearRow(event: event, thing: $0) } }.first
    }
    return PersonRow(
      thing: thing, person: known,
      related: standing.compactMap { tie in
        // Events are told by their time.
        tie.kind == .event ? nil : byID[tie.other.found].map { (words: tie.words(words), thing: $0) }
      }, tasks: tasks.compactMap { byID[$0.id.found] }, contact: log.first, next: near(next), past: near(past))
  }

  /// When an event of somebody's begins, in words: without a time where it takes the day.
  func when(_ event: PersonEvent) -> String {
    if event.isAllDay { return TimeWords.date(Zone.utc.local(event.startsAt).day, person.language) }
    return TimeWords.dateTime(event.startsAt, person.zone, person.language)
  }
}
