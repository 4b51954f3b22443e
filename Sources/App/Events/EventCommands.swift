import Domain
import HTML
import Postgres
import Web

/// What a command did to an event.
struct EventOutcome {
  /// The event, or the one that was cut off.
  let id: ID<Event>
  /// The page that shows it.
  var page: Path
  /// What the audit log is told: nothing where it was so already.
  var entries: [AuditEntry] = []
  /// Where a post takes it back.
  var undo: Path?
  /// How many changed instances and dates name no instance any more (RULES 9.23).
  var dropped = 0
  /// When the first is, where the rule does not give the typed start (RULES 9.21).
  var movedTo: EventTimes?
  /// Whether its reminder has gone and is not back.
  var isSilent = false

  var isNothing: Bool { entries.isEmpty }
}

/// What people do with an event, in one transaction. The person's planner is locked before this begins, and its reminders before the event.
struct EventCommands {
  let event: Event
  let overrides: [StoredOverride]
  let with: DeadlineWriting

  /// - Throws: ``Failure/notFound`` when it is missing, in the trash or somebody else's.
  static func find(_ id: ID<Event>, _ with: DeadlineWriting) throws -> EventCommands {
    try with.planner.lock()
    _ = try with.db.rows(EventBell.locking("b.event_id = \(id)"))
    let (zones, lock) = (with.services.zones, Query<ID<Event>>(column: locking(id)))
    let (_, found, overrides) = try with.db.read(lock, Event.mine("e.id = \(id)", zones), StoredOverride.of([id], zones))
    guard let event = found.first else { throw Failure.notFound }
    return EventCommands(event: event, overrides: overrides, with: with)
  }

  private static func locking(_ id: ID<Event>) -> SQL { "SELECT id FROM events WHERE id = \(id) AND user_id = (SELECT me()) FOR UPDATE" }

  var writes: EventWrites { EventWrites(with.person.id, at: with.now, with.services.zones) }

  /// A new event, with its instances and its reminder.
  ///
  /// - Throws: ``EventRefusal``.
  static func make(_ draft: EventDraft, _ with: DeadlineWriting) throws -> EventOutcome {
    try with.planner.lock()
    try check(draft, with)
    let id = ID<Event>.new(at: with.now)
    let typed = EventSeries(draft.times, rule: draft.rule, rdates: draft.rdates ?? [], exdates: draft.exdates ?? [])
    let series: EventSeries
    do throws(RecurrenceError) {
      series = try typed.begun()
    } catch {
      throw EventRefusal.rule(error, typed.rule)
    }
    var row = EventRecord(id, draft.content, series)
    (row.ruleWords, row.remind, row.isPrivate) = (draft.ruleWords, draft.remind, draft.isPrivate)
    let tagging = draft.tags.isEmpty ? [] : TaskWrites.tagging(ThingRef(.event, of: id), draft.tags, with.planner)
    try with.db.queue(EventWrites(with.person.id, at: with.now, with.services.zones).inserting([row]) + tagging)
    let made = try find(id, with)
    try made.ring()
    var outcome = try made.did("event.made")
    if series.times.start != typed.times.start { outcome.movedTo = series.times }
    return outcome
  }

  /// A place and a profile are the person's.
  static func check(_ draft: EventDraft, stored: Event? = nil, _ with: DeadlineWriting) throws {
    if let place = draft.content.place, place != stored?.place {
      let known: ID<Place>? = try with.db.value(
        "SELECT id FROM places WHERE id = \(place) AND user_id = (SELECT me()) AND deleted_at IS NULL")
      if known == nil { throw EventRefusal.noPlace }
    }
    guard let profile = draft.remind.profile else { return }
    let known: ID<EscalationProfile>? = try with.db.value("SELECT id FROM profiles WHERE id = \(profile) AND user_id = (SELECT me())")
    if known == nil { throw EventRefusal.noProfile }
  }

  // MARK: - The trash

  /// Gone for 30 days, its reminder at once.
  func delete() throws -> EventOutcome {
    let deletion = ID<Deletion>.new(at: with.now)
    try with.db.queue([
      """
      INSERT INTO deletions (id, user_id, kind, thing, things, at) VALUES (\(deletion), \(with.person.id), 'event', \(event.id), 1, \(with.now))
      """
    ])
    try delete(with: deletion)
    var outcome = try did("event.deleted")
    outcome.undo = Paths.eventRestoration(event.id).adding("reminders", "on")
    return outcome
  }

  /// The same as a part of what else goes.
  func delete(with deletion: ID<Deletion>) throws {
    try EventBell(event, overrides, with).delete()
    try with.db.queue([
      """
      UPDATE events SET deleted_at = \(with.now), deletion_id = \(deletion), updated_at = \(with.now)
      WHERE id = \(event.id) AND user_id = (SELECT me())
      """,
      "SELECT door.drop_instances(\([event.id]))",
    ])
  }

  /// Back from the trash, with what went in the same piece if it was the first of that; its reminder only where that is asked for.
  /// What its feed does not hold any more is the person's own from now on (RULES 9.27).
  ///
  /// - Returns: nothing for one that is not in the trash.
  /// - Throws: ``Failure/notFound`` for one that is gone for good, or somebody else's.
  static func restore(_ id: ID<Event>, reminders: Bool, _ with: DeadlineWriting) throws -> EventOutcome {
    try with.planner.lock()
    let found: (ID<Event>, ID<Deletion>?, Bool)? = try with.db.row(
      Query(
        tuple: """
          SELECT e.id, e.deletion_id, coalesce(d.thing = e.id, false) FROM events e
          LEFT JOIN deletions d ON d.id = e.deletion_id AND d.user_id = e.user_id
          WHERE e.id = \(id) AND e.user_id = (SELECT me()) FOR UPDATE OF e
          """))
    guard let (_, gone, isFirst) = found else { throw Failure.notFound }
    guard let deletion = gone else { return EventOutcome(id: id, page: Paths.event(id)) }
    let back: [ID<Event>] = try with.db.rows(
      Query(
        column: """
          UPDATE events e SET deleted_at = NULL, deletion_id = NULL, updated_at = \(with.now),
            source = CASE WHEN EXISTS (SELECT FROM entity_sources s WHERE s.thing = e.id AND s.user_id = e.user_id AND s.vanished_at IS NOT NULL)
              THEN 'manual' ELSE e.source END
          WHERE e.user_id = (SELECT me()) AND e.deletion_id = \(deletion) AND (e.id = \(id) OR \(isFirst)) RETURNING e.id
          """))
    try with.db.queue([
      """
      UPDATE deletions d SET restored_at = \(with.now) WHERE d.id = \(deletion) AND d.user_id = (SELECT me()) AND d.kind = 'event'
        AND NOT EXISTS (SELECT FROM events e WHERE e.deletion_id = d.id AND e.user_id = d.user_id)
      """
    ])
    for one in back { try find(one, with).keepAnew(rings: reminders) }
    let commands = try find(id, with)
    var outcome = try commands.did("event.restored")
    outcome.isSilent = !reminders && commands.event.rings != nil
    return outcome
  }

  // MARK: - What they share

  /// Places its instances by the zone data of now, and its reminder.
  func keepAnew(rings: Bool = true) throws {
    try with.db.queue(writes.keeping([EventRecord(event, overrides)]))
    if rings { try ring() }
  }

  /// Its reminder follows what is written already.
  func ring() throws {
    let zones = with.services.zones
    let (found, overrides) = try with.db.read(Event.mine("e.id = \(event.id)", zones), StoredOverride.of([event.id], zones))
    if let event = found.first, event.rings != nil || event.bellAt != nil { try EventBell(event, overrides, with).follow() }
  }

  /// What is told of a change: to the audit log and to the log of events.
  func did(_ action: String, _ facts: [String: String] = [:], page: Path? = nil) throws -> EventOutcome {
    try with.planner.note(action, [event.ref])
    let payload = ["title": event.title].merging(facts) { $1 }
    return EventOutcome(
      id: event.id, page: page ?? Paths.event(event.id), entries: [AuditEntry(action, Event.subject, event.id.text, payload)])
  }
}

/// Why something cannot be done with an event.
enum EventRefusal: Refusal {
  case noPlace, noProfile, ruleOfOne
  /// A field that one instance alone cannot have otherwise.
  case ofAll(String)
  case rule(RecurrenceError, Recurrence?)

  /// What an edit does to a series, by the rules.
  ///
  /// - Throws: ``EventRefusal``; ``Failure/notFound`` for an instance that is not.
  static func editing(_ series: EventSeries, _ draft: EventDraft) throws -> SeriesChange {
    do throws(SeriesEditError) {
      return try series.editing(draft.edit)
    } catch {
      switch error {
      case .noInstance: throw Failure.notFound
      case .ruleOfOne: throw EventRefusal.ruleOfOne
      case .rule(let wrong): throw EventRefusal.rule(wrong, draft.rule)
      }
    }
  }

  func sentence(_ words: Words) -> String {
    switch self {
    case .noPlace: words("Choose one of your places.")
    case .noProfile: words("Choose one of your profiles.")
    case .ruleOfOne: words("One instance alone does not repeat. Choose “this and later” or “all”.")
    case .ofAll: words("This is the same for the whole series. Choose “this and later” or “all”.")
    case .rule(let error, let rule): EventRepeatWords.complaint(error, of: rule, words)
    }
  }

  /// The field of a form that it is about.
  var field: String {
    switch self {
    case .noPlace: "place"
    case .noProfile: "profile"
    case .ruleOfOne: "scope"
    case .ofAll(let name): name
    case .rule: "repeat"
    }
  }
}
