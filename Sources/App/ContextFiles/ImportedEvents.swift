import Domain
import HTML
import Postgres

/// Takes events of a file or a feed in (RULES 9.17, 9.22, 9.25): new ones many at a time; of those that are there what nobody changed by hand.
final class ImportedEvents: ContextTarget {
  /// What is done besides.
  struct Order {
    var same = ContextImport.Same.update
    var trash = ContextImport.InTrash.skip
    /// Whether people are made of those who are asked.
    var makesPeople = false
    /// nil: a feed, which is no import.
    var made: ID<ContextImport>?
  }

  let plan: ContextPlan
  var outcomes: [ContextImport.Outcome]
  var things: [ThingRef?]
  private(set) var left: [Int: [String]] = [:]
  private(set) var before: [Int: (row: String, revision: Int)] = [:]
  private let events: EventsPlan
  private let order: Order
  private let words: Words

  init(_ events: EventsPlan, _ order: Order, _ words: Words) {
    (self.events, plan, self.order, self.words) = (events, events.plan, order, words)
    outcomes = events.plan.entries.indices.map { events.plan.outcome($0, order.same, order.trash) }
    things = events.plan.entries.map(\.thing)
  }

  func write(_ places: [Int], _ with: DeadlineWriting) throws {
    try passOver(places, with)
    for place in places where outcomes[place] == .restored { try restore(place, with) }
    let new = places.filter { outcomes[$0] == .new }
    if !new.isEmpty { try make(new, with) }
    let updated = places.filter { outcomes[$0] == .updated }
    if !updated.isEmpty { try update(updated, with) }
    try stamp(places.filter { outcomes[$0] == .same }, with)
    for place in places {
      if case .touched(let names) = plan.entries[place].found, outcomes[place] == .known { keep(names, place) }
    }
  }

  private func leave(_ place: Int, _ text: String) { left[place, default: []].append(text) }

  private func keep(_ names: [String], _ place: Int) {
    if !names.isEmpty { leave(place, ContextImportText(words: words).kept(names)) }
  }

  private func key(_ place: Int) -> String {
    guard order.same == .add, plan.entries[place].found != .new, let made = order.made else { return events.keys[place] }
    return EventsPlan.again(events.keys[place], in: made)
  }

  /// What was taken in by another import since this one was planned is there.
  private func passOver(_ places: [Int], _ with: DeadlineWriting) throws(PostgresError) {
    let new = places.filter { outcomes[$0] == .new }
    if new.isEmpty { return }
    let found = Dictionary(
      try with.db.rows(StoredSource.events(new.map(key), events.source)).map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    for place in new {
      if let source = found[key(place)] {
        (outcomes[place], things[place]) = (source.isTrashed ? .trashed : .same, ThingRef(.event, source.thing))
      }
    }
  }

  /// Equal ones are told anew; earlier tellings count as such from now on.
  private func stamp(_ places: [Int], _ with: DeadlineWriting) throws(PostgresError) {
    var rows: [(key: String, order: EventOrder)] = []
    for place in places {
      guard case .whole(let event) = events.items[place], let source = events.sources[place], source.order < event.order else { continue }
      rows.append((source.key, event.order))
    }
    if rows.isEmpty { return }
    try with.db.queue([
      .update(
        "entity_sources",
        set: [
          .each("sequence", rows.map(\.order.sequence)), .each("modified_at", rows.map(\.order.modified)),
          .each("stamped_at", rows.map(\.order.stamp)), .all("synced_at", "\(with.now)"),
        ], by: [.each("source_id", rows.map(\.key))],
        where: """
          d.source_id = t.source_id
          AND CASE WHEN d.source_id = t.source_id THEN d.user_id = (SELECT me()) AND d.kind = 'event' AND d.source = \(events.source) END
          """)
    ])
  }

  // MARK: - New ones

  private func make(_ places: [Int], _ with: DeadlineWriting) throws {
    var made: [(place: Int, event: FileEvent, row: EventRecord)] = []
    for place in places {
      guard case .whole(let event) = events.items[place] else {
        outcomes[place] = .known
        continue
      }
      var row = try joined(event, events.singles[place], with)
      if key(place) != event.key { row.uid = "" }
      made.append((place, event, row))
      things[place] = ThingRef(.event, of: row.id)
    }
    let sources = made.map { one in
      SourceRow(
        key: key(one.place), thing: ThingRef(.event, of: one.row.id).id, order: one.event.order,
        sha256: SourceFields.hash(one.event.content), fields: said(one.event, one.row, one.event.tags))
    }
    let writes = EventWrites(with.person.id, at: with.now, with.services.zones)
    let tags = made.flatMap { one in one.event.tags.map { (id: one.row.id, tag: $0) } }
    let tagging: SQL = .insert(
      into: "tags", .all("user_id", "\(with.person.id)"), .each("thing", tags.map(\.id)), .each("tag", tags.map(\.tag)))
    try with.db.queue(
      writes.inserting(made.map(\.row)) + (tags.isEmpty ? [] : ["\(tagging) ON CONFLICT DO NOTHING"])
        + EventGuest.writing(made.map { (id: $0.row.id, guests: $0.event.guests) }, isNew: true, with.planner)
        + SourceRow.writing(sources, .event, "events", events.source, made: order.made, with.planner))
    for one in made where !events.singles[one.place].isEmpty { try takeIn(events.singles[one.place], one.row.id, with) }
    try relate(made.map { (id: $0.row.id, guests: $0.event.guests) }, with)
    try with.planner.note("event.made", made.map { ThingRef(.event, of: $0.row.id) })
  }

  /// What the source says of an event as it is stored now.
  private func said(_ event: FileEvent, _ row: EventRecord, _ tags: [String]) -> SourceFields {
    var fields = SourceFields(row.sourced(tags))
    fields["guests"] = event.fields["guests"]
    fields["hash"] = event.hash
    for (key, order) in event.orders { fields[EventRecord.order(key)] = order.compared }
    return fields
  }

  private func relate(_ all: [(id: ID<Event>, guests: [EventGuest])], _ with: DeadlineWriting) throws {
    if order.makesPeople { try EventPeople(source: events.source, made: order.made, with: with).relate(all) }
  }

  // MARK: - Instances that came before their series

  /// A series with the single instances that came alone: as its file says them, else as they are (RULES 9.22).
  private func joined(_ event: FileEvent, _ singles: [StoredSource], _ with: DeadlineWriting) throws -> EventRecord {
    var row = event.row
    if singles.isEmpty { return row }
    let stored = try StoredEvents(singles.map { ThingRef(.event, $0.thing).row() }, with.services.zones, with.db)
    var overrides = Dictionary(row.series.overrides.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    for source in singles {
      let name = source.key.utf8.drop { $0 != UInt8(ascii: "\n") }.dropFirst()
      guard let date = SeriesDate(String(decoding: name, as: UTF8.self), zone: { _ in nil }),
        let single = stored.events.first(where: { $0.ref.id == source.thing })
      else { continue }
      let key = row.series.key(for: date)
      if overrides[key] != nil, !source.isTouched { continue }
      let isMoved = single.times != row.series.times.moved(to: key.wall)
      overrides[key] = EventOverride(key, times: isMoved ? single.times : nil, isCancelled: single.status == .cancelled)
      var own = EventContent(single)
      (own.type, own.importance, own.place) = (row.content.type, row.content.importance, row.content.place)
      row.contents[key] = own.difference(from: row.content)
    }
    row.series = row.series.with(Array(overrides.values))
    return row
  }

  /// The singles lie in the trash then, and what comes of them again is of the series.
  private func takeIn(_ singles: [StoredSource], _ series: ID<Event>, _ with: DeadlineWriting) throws {
    guard let first = singles.first else { return }
    let deletion = ID<Deletion>.new(at: with.now)
    try with.db.queue([
      """
      INSERT INTO deletions (id, user_id, kind, thing, things, at)
      VALUES (\(deletion), \(with.person.id), 'event', \(first.thing), \(singles.count), \(with.now))
      """
    ])
    for single in singles { try EventCommands.find(ThingRef(.event, single.thing).row(), with).delete(with: deletion) }
    try with.db.queue([
      """
      UPDATE entity_sources SET thing = \(series), import_id = NULL, synced_at = \(with.now)
      WHERE source_id = ANY (\(singles.map(\.key))) AND user_id = (SELECT me()) AND kind = 'event' AND source = \(events.source)
      """
    ])
  }

  // MARK: - Those that are there

  /// An event that changes: how it was, and how it will be.
  private struct Changed {
    let place: Int
    let event: Event
    let row: EventRecord
    let tags: [String]
    let guests: [EventGuest]?
    let metadata: String?
    let source: SourceRow
    let isSame: Bool
  }

  private func update(_ places: [Int], _ with: DeadlineWriting) throws {
    let ids: [ID<Event>] = places.compactMap { things[$0]?.row() }
    _ = try with.db.rows(EventBell.locking("b.event_id = ANY (\(ids))"))
    _ = try with.db.rows(
      Query<ID<Event>>(column: "SELECT id FROM events WHERE id = ANY (\(ids)) AND user_id = (SELECT me()) ORDER BY id FOR UPDATE"))
    let stored = try StoredEvents(ids, with.services.zones, with.db)
    let byID = Dictionary(stored.events.map { ($0.ref.id, $0) }, uniquingKeysWith: { first, _ in first })
    var all: [Changed] = []
    for place in places {
      guard let id = things[place]?.id, let event = byID[id], let one = try change(place, event, stored.row(event), with) else {
        outcomes[place] = .known
        continue
      }
      all.append(one)
      if one.isSame { outcomes[place] = one.source.handChanged.isEmpty ? .same : .known }
    }
    let changed = all.filter { !$0.isSame }
    let old = try ContextBefore.events(changed.map(\.event.id), events.source, with.db)
    try with.db.queue(writing(changed, stored, with))
    for one in all where !events.singles[one.place].isEmpty { try takeIn(events.singles[one.place], one.event.id, with) }
    for one in changed where one.event.rings != nil { try EventCommands.find(one.event.id, with).ring() }
    try relate(changed.map { (id: $0.event.id, guests: $0.guests ?? []) }, with)
    try with.db.queue(SourceRow.writing(all.map(\.source), .event, "events", events.source, made: nil, with.planner))
    let revisions = try ContextBefore.revisions(changed.map(\.event.id), "events", with.db)
    for one in changed {
      if let json = old[one.event.id], let revision = revisions[one.event.id] { before[one.place] = (json, revision) }
    }
    try with.planner.note("event.changed", changed.map(\.event.ref))
  }

  private func writing(_ changed: [Changed], _ stored: StoredEvents, _ with: DeadlineWriting) -> [SQL] {
    if changed.isEmpty { return [] }
    let writes = EventWrites(with.person.id, at: with.now, with.services.zones)
    let kept = changed.filter { $0.metadata != nil }
    let metadata: SQL = .update(
      "events", set: [.each("metadata", kept.map { $0.metadata ?? "{}" }, as: "t.metadata::jsonb")],
      by: [.each("id", kept.map(\.event.id))],
      where: "d.id = t.id AND d.user_id = (SELECT me()) AND d.metadata <> t.metadata::jsonb")
    return writes.updating(changed.map(\.row), known: stored.overrides) + (kept.isEmpty ? [] : [metadata])
      + changed.flatMap { TaskWrites.tagging($0.event.ref, $0.tags, with.planner) }
      + EventGuest.writing(changed.compactMap { one in one.guests.map { (id: one.event.id, guests: $0) } }, isNew: false, with.planner)
  }

  /// - Returns: nil: nothing of it is newer.
  private func change(_ place: Int, _ event: Event, _ old: EventRecord, _ with: DeadlineWriting) throws -> Changed? {
    guard let source = events.sources[place] else { return nil }
    let hand = SourceFields(old.sourced(event.tags)).differing(from: source.fields, EventRecord.sourced)
    let kept = EventRecord.kept(source.isTouched ? hand : [])
    keep(source.isTouched ? hand : [], place)
    switch events.items[place] {
    case .whole(let said): return try whole(said, place, event, old, source, kept, with)
    case .changes(let entries):
      if kept.contains("changes") { return nil }
      guard let (row, orders) = old.changing(entries, known: source.fields) else { return nil }
      var new = row
      new.sequence = max(old.sequence + 1, entries.map(\.order.keptSequence).max() ?? 0)
      var fields = source.fields
      fields["changes"] = row.sourced(event.tags)["changes"]
      for (key, order) in orders { fields[EventRecord.order(key)] = order.compared }
      var written = SourceRow(key: source.key, thing: source.own, order: source.order, sha256: source.sha256, fields: fields)
      written.handChanged = kept
      return Changed(
        place: place, event: event, row: new, tags: event.tags, guests: nil, metadata: nil, source: written,
        isSame: row.sourced(event.tags) == old.sourced(event.tags))
    }
  }

  private func whole(
    _ said: FileEvent, _ place: Int, _ event: Event, _ old: EventRecord, _ source: StoredSource, _ kept: [String], _ with: DeadlineWriting
  ) throws -> Changed {
    var news = try joined(said, events.singles[place], with)
    if !events.isFeed { news = news.keeping(old) }
    var row = old.taking(news, but: kept, isBare: said.isBareCancellation)
    row.sequence = max(old.sequence + 1, said.order.keptSequence)
    let tags = kept.contains("tags") || said.isBareCancellation ? event.tags : said.tags
    var fields = self.said(said, said.isBareCancellation ? row : news, tags)
    for name in kept where !said.isBareCancellation { fields[name] = said.fields[name] }
    var written = SourceRow(
      key: source.key, thing: source.own, order: max(said.order, source.order), sha256: SourceFields.hash(said.content), fields: fields)
    written.handChanged = kept
    return Changed(
      place: place, event: event, row: row, tags: tags, guests: said.isBareCancellation ? nil : said.guests,
      metadata: said.isBareCancellation ? nil : news.metadata, source: written,
      isSame: row.sourced(tags) == old.sourced(event.tags) && said.fields["guests"] == source.fields["guests"])
  }

  private func restore(_ place: Int, _ with: DeadlineWriting) throws {
    guard let id: ID<Event> = things[place]?.row() else { return }
    do {
      _ = try EventCommands.restore(id, reminders: false, with)
      if let revision = try ContextBefore.revisions([id], "events", with.db)[id] { before[place] = (ContextBefore.trashed, revision) }
    } catch {
      guard (error as? Failure) == .notFound else { throw error }
      outcomes[place] = .trashed
    }
  }
}
