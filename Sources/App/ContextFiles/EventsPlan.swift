import Domain
import HTML
import Postgres

/// What would come of the events of a file or a feed (RULES 9.17, 9.22, 9.25).
struct EventsPlan {
  /// What an entry is about.
  enum Item {
    /// An event or a series, with what the file says of its instances.
    case whole(FileEvent)
    /// Changed instances of a series that is there.
    case changes([EventEntry])
  }

  let source: String
  /// Whether it is all that there is: what a feed does not say any more is gone.
  let isFeed: Bool
  let items: [Item]
  let keys: [String]
  /// Of each what it was taken in as.
  let sources: [StoredSource?]
  /// Single instances that a series takes in: they came before it (RULES 9.22).
  let singles: [[StoredSource]]
  let plan: ContextPlan

  /// - Parameter db: its transaction acts for the person.
  init(
    _ file: EventFile, source: String, isFeed: Bool = false, at now: Instant, _ words: Words, _ zones: Zones, _ db: Connection
  ) throws(PostgresError) {
    (self.source, self.isFeed) = (source, isFeed)
    let groups = file.groups
    let text = EventFileText(words: words)
    let alone = groups.filter { $0.event == nil && !$0.uid.isEmpty }.map { FileEvent.key(uid: $0.uid) }
    let series = Set(try EventsPlan.read(alone, source, db).map(\.key))
    var reading = EventsReading(source: source, names: FileEvent.Names(words), text: text, now: now)
    for group in groups { reading.take(group, isKnown: series.contains(FileEvent.key(uid: group.uid))) }
    (items, keys) = (reading.items, reading.keys)
    let found = Dictionary(try EventsPlan.read(keys, source, db).map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    let sources = reading.keys.map { found[$0] }
    self.sources = sources
    singles = try EventsPlan.singles(reading.items, sources, source, db)
    let finding = try EventsFinding(reading.items, sources, zones, db)
    let entries = reading.items.indices.map { place in
      ContextPlan.Entry(
        line: reading.lines[place], title: reading.titles[place], found: finding.found[place],
        thing: sources[place].map { ThingRef(.event, $0.thing) } ?? finding.own[place].map { ThingRef(.event, $0) },
        remarks: reading.remarks[place])
    }
    let refused = file.refused.map { one in
      ContextPlan.Refused(line: one.line, title: one.title.isEmpty ? "–" : one.title, reason: text.reason(one.reason))
    }
    plan = ContextPlan(entries: entries, refused: (refused + reading.refused).sorted { $0.line < $1.line })
  }

  private static func read(_ keys: [String], _ source: String, _ db: Connection) throws(PostgresError) -> [StoredSource] {
    keys.isEmpty ? [] : try db.rows(StoredSource.events(keys, source))
  }

  /// The instances that came alone, by the series that the file has.
  private static func singles(
    _ items: [Item], _ sources: [StoredSource?], _ source: String, _ db: Connection
  ) throws(PostgresError) -> [[StoredSource]] {
    let found = try db.rows(StoredSource.events(of: source, "position(\("\n") IN s.source_id) > 0")).filter { !$0.isTrashed }
    if found.isEmpty { return items.map { _ in [] } }
    let byUID = Dictionary(grouping: found) { one in
      String(decoding: one.key.utf8.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }
    return zip(items, sources).map { item, known in
      guard case .whole(let event) = item else { return [] }
      // What it took in before leads to it.
      return (byUID[event.key] ?? []).filter { $0.thing != known?.thing }
    }
  }

  /// The key of an event that is made once more.
  static func again(_ key: String, in id: ID<ContextImport>) -> String { "sha256:" + SourceFields.hash(key + id.text) }
}

/// The groups of a file on their way to items.
private struct EventsReading {
  let source: String
  let names: FileEvent.Names
  let text: EventFileText
  let now: Instant
  private(set) var items: [EventsPlan.Item] = []
  private(set) var keys: [String] = []
  private(set) var lines: [Int] = []
  private(set) var titles: [String] = []
  private(set) var remarks: [[String]] = []
  private(set) var refused: [ContextPlan.Refused] = []

  init(source: String, names: FileEvent.Names, text: EventFileText, now: Instant) {
    (self.source, self.names, self.text, self.now) = (source, names, text, now)
  }

  /// - Parameter isKnown: whether the series of a group that has none is there.
  mutating func take(_ group: EventGroup, isKnown: Bool) {
    for passed in group.passed {
      refused.append(ContextPlan.Refused(line: passed.entry.line, title: shown(passed.entry), reason: text.passed(line: passed.line)))
    }
    if let event = group.event {
      whole(event, group.changes)
    } else if isKnown, let first = group.changes.first {
      add(.changes(group.changes), FileEvent.key(uid: group.uid), first, group.changes)
    } else {
      for change in group.changes { whole(change, []) }
    }
  }

  private mutating func whole(_ entry: EventEntry, _ changes: [EventEntry]) {
    do throws(EventTimesError) {
      let event = try FileEvent(entry, changes, source: source, names, at: now)
      add(.whole(event), event.key, entry, [entry] + changes)
    } catch {
      refused.append(
        ContextPlan.Refused(line: entry.line, title: shown(entry), reason: text.reason(error == .tooLong ? .tooLong : .endsBeforeStart)))
    }
  }

  private mutating func add(_ item: EventsPlan.Item, _ key: String, _ first: EventEntry, _ all: [EventEntry]) {
    items.append(item)
    keys.append(key)
    lines.append(first.line)
    titles.append(shown(first))
    var said: [EventRemark] = []
    for remark in all.flatMap(\.remarks) where !said.contains(remark) { said.append(remark) }
    remarks.append(said.prefix(20).map(text.remark))
  }

  private func shown(_ entry: EventEntry) -> String { entry.title.isEmpty ? names.untitled : entry.title }
}

/// How events of a file stand to those that are there.
private struct EventsFinding {
  private(set) var found: [ContextPlan.Found] = []
  /// Of each the event of ours that it was written from.
  private(set) var own: [ID<Thing>?] = []

  init(_ items: [EventsPlan.Item], _ sources: [StoredSource?], _ zones: Zones, _ db: Connection) throws(PostgresError) {
    let ours = zip(items, sources).map { item, source in source == nil ? EventsFinding.own(item) : nil }
    let asked = zip(items, sources).compactMap { item, source -> ID<Thing>? in
      guard let source, !source.isTrashed else { return nil }
      if case .changes = item { return source.thing }
      return source.isTouched ? source.thing : nil
    }
    let rows = try EventsFinding.rows(asked + ours.compactMap(\.self), zones, db)
    let trashed = try EventsFinding.trashed(ours.compactMap(\.self), db)
    for (place, item) in items.enumerated() {
      if let source = sources[place] {
        found.append(EventsFinding.outcome(item, source, rows[source.thing]))
        own.append(nil)
      } else if let id = ours[place], rows[id] != nil || trashed.contains(id) {
        found.append(EventsFinding.outcome(item, rows[id]))
        own.append(id)
      } else {
        found.append(.new)
        own.append(nil)
      }
    }
  }

  private static func outcome(_ item: EventsPlan.Item, _ source: StoredSource, _ stored: (row: EventRecord, tags: [String])?)
    -> ContextPlan.Found
  {
    if source.isTrashed { return .trashed }
    let kept = stored.map { SourceFields($0.row.sourced($0.tags)).differing(from: source.fields, EventRecord.sourced) } ?? []
    switch item {
    case .whole(let event):
      if SourceFields.hash(event.content) == source.sha256 { return kept.isEmpty ? .equal : .touched(kept) }
      return isOld(event.order, source.order) ? .older : .changed(kept: kept)
    case .changes(let entries):
      guard let stored, let changed = stored.row.changing(entries, known: source.fields) else { return .older }
      let isEqual = changed.row.sourced(stored.tags) == stored.row.sourced(stored.tags)
      return isEqual ? kept.isEmpty ? .equal : .touched(kept) : .changed(kept: kept)
    }
  }

  /// One of ours that came back.
  private static func outcome(_ item: EventsPlan.Item, _ stored: (row: EventRecord, tags: [String])?) -> ContextPlan.Found {
    guard let stored else { return .trashed }
    guard case .whole(let event) = item else { return .own }
    return event.row.sourced(event.tags) == stored.row.sourced(stored.tags) ? .equal : .own
  }

  /// An earlier telling, or one from the same moment. Where neither says when it was written, what comes later stands.
  private static func isOld(_ order: EventOrder, _ known: EventOrder) -> Bool {
    let saysNothing = order.sequence == 0 && order.modified == nil && order.stamp == nil
    return order < known || order == known && !saysNothing
  }

  /// Our own files name an event by its id.
  private static func own(_ item: EventsPlan.Item) -> ID<Thing>? {
    guard case .whole(let event) = item, event.key.utf8.count == 41, event.key.utf8.reversed().starts(with: "@heed".utf8.reversed()) else {
      return nil
    }
    return ID<Thing>(String(decoding: event.key.utf8.prefix(36), as: UTF8.self))
  }

  private static func rows(
    _ ids: [ID<Thing>], _ zones: Zones, _ db: Connection
  ) throws(PostgresError) -> [ID<Thing>: (row: EventRecord, tags: [String])] {
    if ids.isEmpty { return [:] }
    let found = try StoredEvents(ids.map { ThingRef(.event, $0).row() }, zones, db)
    return Dictionary(found.events.map { ($0.ref.id, (row: found.row($0), tags: $0.tags)) }, uniquingKeysWith: { first, _ in first })
  }

  private static func trashed(_ ids: [ID<Thing>], _ db: Connection) throws(PostgresError) -> Set<ID<Thing>> {
    if ids.isEmpty { return [] }
    return Set(
      try db.rows(
        Query(
          column: "SELECT id FROM events WHERE user_id = (SELECT me()) AND id = ANY (\(ids)) AND deleted_at IS NOT NULL", as: ID<Thing>.self
        )))
  }
}

/// Some events as they are stored, with their changed instances.
struct StoredEvents {
  let events: [Event]
  let overrides: [StoredOverride]

  init(_ ids: [ID<Event>], _ zones: Zones, _ db: Connection) throws(PostgresError) {
    (events, overrides) = try db.read(Event.mine("e.id = ANY (\(ids))", zones), StoredOverride.of(ids, zones))
    byEvent = Dictionary(grouping: overrides, by: \.event)
  }

  private let byEvent: [ID<Event>: [StoredOverride]]

  func row(_ event: Event) -> EventRecord { EventRecord(event, byEvent[event.id] ?? []) }
}

extension EventRecord {
  /// It with further changed instances.
  ///
  /// - Parameter known: when the source said which, by ``EventRecord/order(_:)``.
  /// - Returns: nil: all of them were said later already.
  func changing(_ entries: [EventEntry], known: SourceFields) -> (row: EventRecord, orders: [InstanceKey: EventOrder])? {
    var (row, orders) = (self, [InstanceKey: EventOrder]())
    var overrides = Dictionary(series.overrides.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    let base = series.with([])
    for entry in entries {
      let names = FileEvent.Names(untitled: content.title)
      guard let one = FileOverride(entry, of: base, content, names) else { continue }
      if let said = known[EventRecord.order(one.key)], !said.utf8.lexicographicallyPrecedes(entry.order.compared.utf8) { continue }
      orders[one.key] = entry.order
      overrides[one.key] = one.isNothing ? nil : one.override
      row.contents[one.key] = one.isNothing ? nil : one.content
    }
    if orders.isEmpty { return nil }
    row.series = series.with(Array(overrides.values))
    return (row, orders)
  }

  /// What a source's fields call the time at which an instance was said.
  static func order(_ key: InstanceKey) -> String { "order " + key.text }
}

extension EventOrder {
  /// As an event of ours takes it on: changes here count on from it, and there has to be room for them.
  var keptSequence: Int { min(sequence, 2_000_000_000) }

  /// Texts that are in the order of the tellings.
  var compared: String {
    let digits = String(sequence)
    let number = String(repeating: "0", count: 10 - min(digits.utf8.count, 10)) + digits
    return [number, modified?.iso ?? "", stamp?.iso ?? ""].joined(separator: " ")
  }
}
