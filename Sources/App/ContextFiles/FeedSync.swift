import Domain
import Postgres

/// Brings the events of a calendar elsewhere into line with what it says now, whole (RULES 9.17, 9.25, 9.27): what whoever fetches a feed fills.
///
/// Each changes what a person did not change by hand; what vanished goes to the trash as one deletion, and comes back with the feed, or by hand as an
/// event of one's own, once. A feed that has lost more than half of over ten events is not believed before it says so again ten minutes later: a page
/// of errors is no empty calendar (RULES 9.27).
struct FeedSync {
  /// More events than these are doubted when more than half are gone.
  static let fewest = 10
  /// In seconds: how long a second look comes after the first.
  static let patience: Int64 = 600

  /// What came of it.
  struct Outcome: Equatable {
    var new = 0
    var updated = 0
    var same = 0
    /// Changed by hand, or told later before.
    var known = 0
    /// Lie in the trash because the person put them there.
    var trashed = 0
    /// Came back with the feed.
    var returned = 0
    var vanished = 0
    /// Too many are gone: they stay until the feed says so again.
    var isDoubted = false
  }

  /// `calendar:ID`: what the sources of its events say.
  let source: String
  let with: DeadlineWriting
  /// Whether people are made of those who are asked.
  var makesPeople = false

  private var db: Connection { with.db }

  /// In one transaction, which acts for the person: a worker's.
  ///
  /// - Parameter file: all that the feed holds. One that was not read whole is none.
  func apply(_ file: EventFile) throws -> Outcome {
    try with.planner.lock()
    try rename(file)
    let plan = try EventsPlan(file, source: source, isFeed: true, at: with.now, with.words, with.services.zones, db)
    let all = try db.rows(StoredSource.events(of: source, "true"))
    var outcome = Outcome()
    let present = Set(plan.keys)
    outcome.returned = try bringBack(all.filter { $0.vanishedAt != nil && present.contains($0.key) })
    // What came back is there: it is looked at once more.
    let settled =
      outcome.returned == 0
      ? plan : try EventsPlan(file, source: source, isFeed: true, at: with.now, with.words, with.services.zones, db)
    try take(settled, &outcome)
    let there = all.filter { !$0.isTrashed && $0.vanishedAt == nil }
    let gone = there.filter { !present.contains($0.key) && !isOfSeries($0, present) }
    let believed = try believed(gone, of: there.count)
    outcome.isDoubted = believed.count < gone.count
    outcome.vanished = try letGo(believed)
    return outcome
  }

  private func take(_ plan: EventsPlan, _ outcome: inout Outcome) throws {
    let events = ImportedEvents(plan, ImportedEvents.Order(makesPeople: makesPeople), with.words)
    var done = 0
    while done < plan.items.count {
      let end = min(done + ContextImportWrites.slice, plan.items.count)
      try events.write(Array(done..<end), with)
      done = end
    }
    for one in events.outcomes {
      switch one {
      case .new: outcome.new += 1
      case .updated: outcome.updated += 1
      case .same: outcome.same += 1
      case .trashed: outcome.trashed += 1
      case .known, .restored, .refused: outcome.known += 1
      }
    }
  }

  /// One changed instance goes and stays with its series.
  private func isOfSeries(_ one: StoredSource, _ present: Set<String>) -> Bool {
    let uid = one.key.utf8.prefix { $0 != UInt8(ascii: "\n") }
    return uid.count < one.key.utf8.count && present.contains(String(decoding: uid, as: UTF8.self))
  }

  /// A source that makes up new UIDs each time says the same events by other names (RULES 9.25).
  private func rename(_ file: EventFile) throws(PostgresError) {
    let all = try db.rows(StoredSource.events(of: source, "s.fields ? 'hash'"))
    var known: [String: EventHash] = [:]
    for one in all { known[one.key] = one.fields["hash"].map { EventHash(text: $0) } }
    let feed = file.groups.compactMap { group in
      group.event.map { (uid: group.uid.isEmpty ? "" : FileEvent.key(uid: group.uid), hash: $0.hash) }
    }
    let found = EventRenaming.found(known: known, feed: feed)
    if found.isEmpty { return }
    let names = found.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    try db.queue([
      .update(
        "entity_sources", set: [.each("source_id", names.map(\.key))], by: [.each("old", names.map(\.value))],
        where: "d.source_id = t.old AND d.user_id = (SELECT me()) AND d.kind = 'event' AND d.source = \(source)")
    ])
  }

  // MARK: - What is gone

  /// Those that are gone indeed: of more than half those alone that were missing ten minutes ago as well.
  private func believed(_ gone: [StoredSource], of count: Int) throws -> [StoredSource] {
    let isLoss = count > FeedSync.fewest && 2 * gone.count > count
    let doubt: (Instant, [ID<Thing>])? = try db.row(
      Query(tuple: "SELECT since, missing FROM feed_doubts WHERE user_id = (SELECT me()) AND source = \(source)"))
    let forgetting: SQL = "DELETE FROM feed_doubts WHERE user_id = (SELECT me()) AND source = \(source)"
    guard isLoss else {
      if doubt != nil { try db.queue([forgetting]) }
      return gone
    }
    guard let (since, missing) = doubt else {
      try db.queue([
        """
        INSERT INTO feed_doubts (user_id, source, since, missing) VALUES (\(with.person.id), \(source), \(with.now), \(gone.map(\.thing)))
        """
      ])
      return []
    }
    guard since.advanced(seconds: FeedSync.patience) <= with.now else { return [] }
    try db.queue([forgetting])
    let before = Set(missing)
    return gone.filter { before.contains($0.thing) }
  }

  /// To the trash, as one deletion.
  private func letGo(_ gone: [StoredSource]) throws -> Int {
    guard let first = gone.first else { return 0 }
    let deletion = ID<Deletion>.new(at: with.now)
    let things = Array(Set(gone.map(\.thing)))
    try db.queue([
      """
      INSERT INTO deletions (id, user_id, kind, thing, things, at)
      VALUES (\(deletion), \(with.person.id), 'event', \(first.thing), \(things.count), \(with.now))
      """
    ])
    let ringing: [ID<Event>] = try db.rows(
      Query(
        column: """
          SELECT id FROM events WHERE user_id = (SELECT me()) AND id = ANY (\(things)) AND deleted_at IS NULL
            AND (bell_at IS NOT NULL OR EXISTS (SELECT FROM event_reminders b WHERE b.event_id = events.id AND b.user_id = events.user_id))
          """))
    for id in ringing { try EventCommands.find(id, with).delete(with: deletion) }
    try db.queue([
      """
      UPDATE events SET deleted_at = \(with.now), deletion_id = \(deletion), updated_at = \(with.now)
      WHERE user_id = (SELECT me()) AND id = ANY (\(things)) AND deleted_at IS NULL
      """,
      "SELECT door.drop_instances(\(things))",
      """
      UPDATE entity_sources SET vanished_at = \(with.now), vanished_by = \(deletion)
      WHERE source_id = ANY (\(gone.map(\.key))) AND user_id = (SELECT me()) AND kind = 'event' AND source = \(source)
      """,
    ])
    try with.planner.note("event.vanished", things.map { ThingRef(.event, $0) })
    return things.count
  }

  /// What the feed says again: out of the trash where it lies there because of the feed; what was brought back by hand is the feed's again.
  private func bringBack(_ back: [StoredSource]) throws -> Int {
    if back.isEmpty { return 0 }
    let trashed = back.filter(\.isTrashedByFeed).map(\.thing)
    let deletions: [ID<Deletion>] = try db.rows(
      Query(
        column:
          "SELECT DISTINCT deletion_id FROM events WHERE user_id = (SELECT me()) AND id = ANY (\(trashed)) AND deletion_id IS NOT NULL"))
    try db.queue([
      """
      UPDATE events SET deleted_at = NULL, deletion_id = NULL, updated_at = \(with.now)
      WHERE user_id = (SELECT me()) AND id = ANY (\(trashed)) AND deleted_at IS NOT NULL
      """,
      """
      UPDATE deletions d SET restored_at = \(with.now) WHERE d.id = ANY (\(deletions)) AND d.user_id = (SELECT me())
        AND NOT EXISTS (SELECT FROM events e WHERE e.deletion_id = d.id AND e.user_id = d.user_id)
      """,
      """
      UPDATE events SET source = \(source) WHERE user_id = (SELECT me()) AND id = ANY (\(back.map(\.thing))) AND source = 'manual'
      """,
      // What is left of it stands under one that still lies there.
      """
      UPDATE deletions d SET thing = e.id FROM (SELECT DISTINCT ON (deletion_id) id, deletion_id, user_id FROM events
        WHERE user_id = (SELECT me()) AND deletion_id = ANY (\(deletions)) ORDER BY deletion_id, id) e
      WHERE d.id = e.deletion_id AND d.user_id = e.user_id
      """,
      """
      UPDATE entity_sources SET vanished_at = NULL, vanished_by = NULL
      WHERE source_id = ANY (\(back.map(\.key))) AND user_id = (SELECT me()) AND kind = 'event' AND source = \(source)
        AND (vanished_by IS NOT NULL OR vanished_at IS NOT NULL)
      """,
    ])
    let stored = try StoredEvents(trashed.map { ThingRef(.event, $0).row() }, with.services.zones, db)
    try db.queue(EventWrites(with.person.id, at: with.now, with.services.zones).keeping(stored.events.map { stored.row($0) }))
    for event in stored.events where event.rings != nil { try EventCommands.find(event.id, with).ring() }
    try with.planner.note("event.restored", stored.events.map(\.ref))
    return trashed.count
  }
}
