import Domain
import Postgres

/// Rings for the next of each event when the one before has rung (RULES 9.29), and keeps instances as time goes on and zone data change (RULES 9.24).
struct EventWork {
  private static let most = 500
  /// How many of one person's at a time: their requests wait meanwhile.
  private static let slice = 100

  private let bench: WorkBench
  private let ringing: RowWork<User>

  private var db: Connection { bench.db }

  init(_ bench: WorkBench) {
    self.bench = bench
    ringing = RowWork("event_owner", bench)
  }

  var kinds: [WorkKind] {
    let bells = DueTime(name: "events") { now in
      "SELECT min(bell_at) FROM events WHERE bell_at IS NOT NULL AND deleted_at IS NULL AND user_id <> ALL (\(ringing.passed(at: now)))"
    }
    return [
      WorkKind(name: "events", due: bells, follows: true) { now, _ in
        try ringing.batches(
          of: Self.most, counted: "event_bells", at: now, all: { try owners(now).reduce(0) { try $0 + ring($1, now) } },
          rows: { try owners(now) }, one: { try ring($0, now) })
      }
    ]
  }

  private func owners(_ now: Instant) throws -> [ID<User>] {
    try db.rows(
      Query(
        column: """
          SELECT DISTINCT user_id FROM events WHERE bell_at <= \(now) AND deleted_at IS NULL AND user_id <> ALL (\(ringing.passed(at: now)))
          LIMIT \(Self.most)
          """))
  }

  private func ring(_ user: ID<User>, _ now: Instant) throws -> Int {
    try db.transaction {
      guard let person = try Person.acting(user, bench) else { return 0 }
      let planner = PlannerWriting(person: person, now: now, request: "", db: db)
      let actor = Actor(kind: .user, id: person.id.text, name: person.displayName)
      let with = DeadlineWriting(planner: planner, services: bench.services, actor: actor)
      try planner.lock()
      let due: [ID<Event>] = try db.rows(
        Query(
          column: """
            SELECT id FROM events WHERE user_id = \(user) AND bell_at <= \(now) AND deleted_at IS NULL ORDER BY bell_at, id LIMIT \(Self.slice)
            """))
      for id in due {
        let commands = try EventCommands.find(id, with)
        try EventBell(commands.event, commands.overrides, with).follow()
      }
      return 1
    }
  }
}

extension WorkBench {
  /// Places the next ``Chore/slice`` events anew that other zone data placed last, or of whose instances not all are kept that should be by now: the
  /// wall time stays, the instants move, and reminders with them (RULES 9.4). Doing it again changes nothing.
  ///
  /// - Parameter place: all zero at the beginning; what was done is not found again, so where it ended does not matter.
  /// - Returns: where to go on; nil at the end.
  func keepEvents(after place: ID<Event>, _ now: Instant) throws -> ID<Event>? {
    try db.transaction { () throws -> ID<Event>? in
      let (zones, ahead) = (services.zones, KeptInstances.window(at: now).upperBound.advanced(days: -1))
      let ids: [ID<Event>] = try db.rows(
        Query(
          column: """
            SELECT e.id FROM events e WHERE e.deleted_at IS NULL AND (
                (e.zone <> '' AND (e.zone_version < \(zones.version) OR e.zone_version > \(zones.version)))
                OR (coalesce(e.series_until, 'infinity') >= e.kept_until AND e.kept_until < \(ahead)))
              AND e.id > \(place)
            ORDER BY e.id LIMIT \(Chore.slice) FOR NO KEY UPDATE OF e SKIP LOCKED
            """))
      if ids.isEmpty { return nil }
      let (found, overrides) = try db.read(Event.all("e.id = ANY (\(ids)) ORDER BY e.id", zones), StoredOverride.all(of: ids, zones))
      let own = Dictionary(grouping: overrides, by: \.event)
      let rows = found.map { EventRecord($0, own[$0.id] ?? []) }
      try keep(rows, found, now)
      return ids.last
    }
  }

  private func keep(_ rows: [EventRecord], _ found: [Event], _ now: Instant) throws {
    let placed = rows.map(\.series.times.placed)
    let kept = rows.map { KeptEvent($0, at: now) }
    let owners = Dictionary(found.map { ($0.id, $0.user) }, uniquingKeysWith: { first, _ in first })
    let instances: [SQL] = Dictionary(grouping: kept, by: { owners[$0.id] }).flatMap { user, events in
      user.map { KeptEvent.inserting(events, for: $0) } ?? []
    }
    try db.runAll(
      [
        .update(
          "events",
          set: [
            .each("starts_at", placed.map(\.start)), .each("ends_at", placed.map(\.end)),
            .each("series_until", rows.map { $0.isUnfolded ? $0.series.seriesUntil : nil }),
          ], by: [.each("id", rows.map(\.id))],
          where: """
            d.id = t.id AND (d.starts_at, d.ends_at, d.series_until) IS DISTINCT FROM (t.starts_at, t.ends_at, t.series_until)
            """),
        "DELETE FROM event_instances WHERE event_id = ANY (\(rows.map(\.id)))",
      ] + instances + [
        KeptEvent.noting(kept, services.zones.version, of: nil),
        "UPDATE events SET bell_at = \(now) WHERE id = ANY (\(rows.map(\.id))) AND bell_at > \(now)",
      ])
  }
}
