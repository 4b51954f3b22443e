import Domain
import Postgres

/// Edits and deletions of events and of their instances (RULES 9.23): what a scope means says ``SeriesEdit``; here it is written, with one undo.
extension EventCommands {
  /// - Throws: ``StaleForm``; ``Failure/notFound`` for an instance that is not; ``EventRefusal``.
  func save(_ draft: EventDraft) throws -> EventOutcome {
    let old = EventRecord(event, overrides)
    if let instance = draft.instance, old.series.instance(instance) == nil { throw Failure.notFound }
    guard draft.version == event.version else { throw StaleForm() }
    try EventCommands.check(draft, stored: event, with)
    let change = try EventRefusal.editing(old.series, draft)
    switch change.scope {
    case .this: return try saveOne(draft, change, old)
    case .all: return try saveAll(draft, change, old)
    case .later: return try saveLater(draft, change, old)
    }
  }

  // MARK: - One of them

  private func saveOne(_ draft: EventDraft, _ change: SeriesChange, _ old: EventRecord) throws -> EventOutcome {
    guard let key = draft.instance, let series = change.series else { throw Failure.notFound }
    if let field = draft.fieldOfAll(event) { throw EventRefusal.ofAll(field) }
    var content = draft.content.difference(from: old.content)
    // A place in the trash is on no form, which says nothing of it then.
    if event.placeName == nil { content.hasNoPlace = false }
    let times = series.overrides.first { $0.key == key }?.times
    let page = Paths.instance(event.id, key)
    let stored = overrides.first { $0.instance == key.wall }
    content.cancelledAt = stored?.content.cancelledAt
    if content.isSame(as: stored?.content ?? OverrideContent()), times == stored?.times { return EventOutcome(id: event.id, page: page) }
    let undo = EventUndo.keeping(event.id, back: page, with.planner)
    let isOne = times != nil || !content.isEmpty
    let drop: [SQL] = stored == nil ? [] : ["SELECT door.drop_overrides(\(event.id), \([key.wall]))"]
    try with.db.queue(
      [undo.sql, writes.touching(event.id)] + drop
        + writes.inserting(overrides: isOne ? [StoredOverride(event.id, key, times, content)] : []))
    try EventCommands.find(event.id, with).keepAnew()
    var outcome = try did("event.changed", draft.facts(event, scope: .this), page: page)
    outcome.undo = undo.path
    return outcome
  }

  // MARK: - All of them

  private func saveAll(_ draft: EventDraft, _ change: SeriesChange, _ old: EventRecord) throws -> EventOutcome {
    guard let series = change.series else { throw Failure.notFound }
    var row = draft.row(over: old, series, change, isContinuation: false)
    row.sequence = event.sequence + 1
    if draft.isSame(as: event, row, old) { return EventOutcome(id: event.id, page: Paths.event(event.id)) }
    let undo = EventUndo.keeping(event.id, back: Paths.event(event.id), with.planner)
    try with.db.queue(
      [undo.sql] + writes.updating([row], known: overrides) + TaskWrites.tagging(event.ref, draft.tags, with.planner))
    try ring()
    var outcome = try did("event.changed", draft.facts(event, scope: .all))
    (outcome.undo, outcome.dropped) = (undo.path, change.dropped)
    if change.isStartMoved { outcome.movedTo = series.times }
    return outcome
  }

  // MARK: - This one and what comes after it

  private func saveLater(_ draft: EventDraft, _ change: SeriesChange, _ old: EventRecord) throws -> EventOutcome {
    guard let series = change.series, let rest = change.continuation else { throw Failure.notFound }
    let made = ID<Event>.new(at: with.now)
    var next = draft.row(over: EventRecord(continuing: old, as: made), rest, change, isContinuation: true)
    next.continues = event.id
    let undo = EventUndo.keeping(event.id, making: made, back: Paths.event(event.id), with.planner)
    var statements: [SQL] = [undo.sql]
    statements += writes.updating([ended(old, series)], known: overrides)
    statements += writes.inserting([next])
    statements += TaskWrites.tagging(ThingRef(.event, of: made), draft.tags, with.planner)
    statements += takingAlong(to: made)
    try with.db.queue(statements)
    try ring()
    let commands = try EventCommands.find(made, with)
    try commands.ring()
    let later = draft.instance?.text ?? ""
    try with.planner.note("event.cut", [event.ref])
    var outcome = try commands.did("event.changed", draft.facts(event, scope: .later).merging(["instance": later]) { $1 })
    outcome.entries.append(AuditEntry("event.cut", Event.subject, event.id.text, ["title": event.title, "instance": later]))
    (outcome.undo, outcome.dropped) = (undo.path, change.dropped)
    if change.isStartMoved { outcome.movedTo = rest.times }
    return outcome
  }

  /// The series as it ends before a cut.
  private func ended(_ old: EventRecord, _ series: EventSeries) -> EventRecord {
    var row = old
    (row.series, row.sequence) = (series, event.sequence + 1)
    return row
  }

  /// Who comes and where it is goes along with what is cut off.
  private func takingAlong(to made: ID<Event>) -> [SQL] {
    [
      """
      INSERT INTO event_guests (event_id, user_id, position, address, name, role, answer)
      SELECT \(made), g.user_id, g.position, g.address, g.name, g.role, g.answer FROM event_guests g
      WHERE g.event_id = \(event.id) AND g.user_id = (SELECT me())
      """,
      """
      INSERT INTO entity_relationships (id, user_id, relationship, reverse, own, from_kind, from_id, to_kind, to_id, two_way, strength, since, until,
        notes, source, created_at, updated_at)
      SELECT gen_random_uuid(), r.user_id, r.relationship, r.reverse, r.own, r.from_kind,
        CASE WHEN r.from_id = \(event.id) THEN \(made) ELSE r.from_id END, r.to_kind,
        CASE WHEN r.to_id = \(event.id) THEN \(made) ELSE r.to_id END, false, r.strength, r.since, r.until, r.notes, r.source,
        \(with.now), \(with.now)
      FROM entity_relationships r WHERE r.user_id = (SELECT me()) AND (r.from_id = \(event.id) OR r.to_id = \(event.id)) AND NOT r.two_way
      ON CONFLICT DO NOTHING
      """,
    ]
  }

  // MARK: - Deletions

  /// - Parameters:
  ///   - instance: nil: the whole.
  ///   - scope: of an instance.
  /// - Throws: ``Failure/notFound`` for an instance that is not.
  func delete(_ instance: InstanceKey?, _ scope: EventScope) throws -> EventOutcome {
    let old = EventRecord(event, overrides)
    let change: SeriesChange
    do throws(SeriesEditError) {
      change = try old.series.deleting(instance, scope)
    } catch {
      throw Failure.notFound
    }
    guard let series = change.series, !series.isEmpty else { return try delete() }
    let undo = EventUndo.keeping(event.id, back: Paths.event(event.id), with.planner)
    try with.db.queue([undo.sql] + writes.updating([ended(old, series)], known: overrides))
    try ring()
    var outcome = try did(change.scope == .later ? "event.ended" : "event.left_out", ["instance": instance?.text ?? ""])
    outcome.undo = undo.path
    return outcome
  }
}

extension EventRecord {
  /// What a new event has of the one that it was cut off from.
  fileprivate init(continuing old: EventRecord, as id: ID<Event>) {
    self.init(id, old.content, old.series)
    (contents, ruleWords, remind, isPrivate) = (old.contents, old.ruleWords, old.remind, old.isPrivate)
  }
}

extension EventDraft {
  /// What the form makes of a stored event.
  ///
  /// - Parameters:
  ///   - series: as the edit leaves it.
  ///   - change: where its overrides come from.
  fileprivate func row(over old: EventRecord, _ series: EventSeries, _ change: SeriesChange, isContinuation: Bool) -> EventRecord {
    let shown = old.content.with(instance.flatMap { old.contents[$0] })
    let changed = content.difference(from: shown)
    var row = EventRecord(old.id, content.changes(from: shown, onto: old.content), series)
    (row.uid, row.source, row.cancelledAt, row.continues) = (old.uid, old.source, old.cancelledAt, old.continues)
    (row.ruleWords, row.remind, row.isPrivate) = (saysRule ? ruleWords : old.ruleWords, remind, isPrivate)
    let origins = Dictionary(
      change.moves.filter { $0.isInContinuation == isContinuation }.map { ($0.to, $0.from) }, uniquingKeysWith: { first, _ in first })
    for override in series.overrides {
      let from = origins[override.key] ?? override.key
      guard let own = old.contents[from] else { continue }
      row.contents[override.key] = from == instance ? own.without(changed) : own
    }
    return row
  }

  /// Whether the form says what is stored.
  fileprivate func isSame(as event: Event, _ row: EventRecord, _ old: EventRecord) -> Bool {
    row.content.difference(from: old.content).isEmpty && row.content.place == old.content.place && row.series == old.series
      && row.contents == old.contents && row.ruleWords.utf8.elementsEqual(old.ruleWords.utf8) && remind.isSame(as: old.remind)
      && isPrivate == event.isPrivate && tags.elementsEqual(event.tags, by: { $0.utf8.elementsEqual($1.utf8) })
  }

  /// What is told of an edit.
  fileprivate func facts(_ event: Event, scope: EventScope) -> [String: String] {
    changes.merging(["event": content.title, "scope": scope.rawValue]) { first, _ in first }
  }
}
