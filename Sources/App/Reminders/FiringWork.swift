import Domain
import Postgres

/// Reminders whose time has come: the scheduled one, or the end of a snooze.
enum RingingKind { case fire, wake }

/// Fires reminders that are due and ends snoozes that are over.
struct FiringWork {
  /// How many reminders are fired in one transaction. What each batch costs besides its rows is then little; its rows are locked for a sixth of a second.
  static let most = 2_000

  private let bench: WorkBench
  private let rows: RowWork<Reminder>
  private let ladders = LadderCache()

  private var db: Connection { bench.db }

  init(_ bench: WorkBench) {
    self.bench = bench
    rows = RowWork("reminder", bench)
  }

  var kinds: [WorkKind] {
    let wake = DueTime(name: "wake") { now in
      "SELECT min(snoozed_until) FROM reminders WHERE status = 'snoozed' AND id <> ALL (\(rows.passed(at: now)))"
    }
    let fire = DueTime(name: "fire") { now in
      "SELECT min(next_at) FROM reminders WHERE status = 'active' AND id <> ALL (\(rows.passed(at: now)))"
    }
    return [
      WorkKind(name: "wake", due: wake) { now, _ in try inBatches(.wake, now) },
      WorkKind(name: "fire", due: fire) { now, _ in try inBatches(.fire, now) },
    ]
  }

  /// As many batches as it takes.
  private func inBatches(_ kind: RingingKind, _ now: Instant) throws -> Int {
    try rows.batches(
      of: Self.most, counted: "fired", at: now,
      all: { try batch(kind, now, chosen(kind, now)) },
      rows: { try db.rows(Query(column: chosen(kind, now))) },
      one: { id in try batch(kind, now, only(id, now)) })
  }

  private func chosen(_ kind: RingingKind, _ now: Instant) -> SQL {
    let late = rows.passed(at: now)
    switch kind {
    case .fire:
      return """
        SELECT r.id FROM reminders r WHERE r.status = 'active' AND r.next_at <= \(now) AND r.id <> ALL (\(late))
        ORDER BY r.next_at LIMIT \(Self.most)
        """
    case .wake:
      return """
        SELECT r.id FROM reminders r WHERE r.status = 'snoozed' AND r.snoozed_until <= \(now) AND r.id <> ALL (\(late))
        ORDER BY r.snoozed_until LIMIT \(Self.most)
        """
    }
  }

  private func only(_ id: ID<Reminder>, _ now: Instant) -> SQL {
    """
    SELECT r.id FROM reminders r WHERE r.id = \(id)
      AND (r.status = 'active' AND r.next_at <= \(now) OR r.status = 'snoozed' AND r.snoozed_until <= \(now))
    """
  }

  /// Takes up reminders and does what follows, in one transaction: rows only, nothing is sent here.
  private func batch(_ kind: RingingKind, _ now: Instant, _ choice: SQL) throws -> Int {
    try db.transaction {
      let ids: [ID<Reminder>] = try db.rows(Query(column: "\(choice) FOR UPDATE SKIP LOCKED"))
      if ids.isEmpty { return 0 }
      let due = try read(ids)
      // With COMMIT, in one round trip.
      try db.queue(ring(kind, due, now).statements)
      return ids.count
    }
  }

  /// What firing needs of them, in the order of their times.
  private func read(_ ids: [ID<Reminder>]) throws -> [DueReminder] {
    let zones = bench.services.zones
    return try db.rows(
      Query(
        """
        SELECT \(DueReminder.columns) FROM reminders r JOIN schedules s ON s.reminder_id = r.id WHERE r.id = ANY (\(ids)) ORDER BY r.next_at, r.id
        """
      ) { row throws(PostgresError) in try DueReminder(row: row, zones: zones) })
  }

  private func ring(_ kind: RingingKind, _ due: [DueReminder], _ now: Instant) throws -> EscalationWrites {
    let ladderCache = ladders
    let ids = due.map(\.state.id)
    let profiles = Query<EscalationProfile>(
      "SELECT \(EscalationProfile.columns) FROM profiles p WHERE p.id = ANY (\(Array(Set(due.map(\.profile)))))"
    ) { row throws(PostgresError) in try EscalationProfile(row: row, ladderCache) }
    let open = Query<Escalation>(
      "SELECT \(Escalation.columns) FROM escalations e WHERE e.reminder_id = ANY (\(ids)) AND e.open FOR UPDATE"
    ) { row throws(PostgresError) in try Escalation(row: row, ladderCache) }
    let (ladders, running, fired) = try db.read(profiles, open, fired(ids, since: due.compactMap(\.state.nextAt).min() ?? now))
    let byProfile = Dictionary(ladders.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let byReminder = Dictionary(running.map { ($0.reminder, $0) }, uniquingKeysWith: { first, _ in first })
    let habits = try HabitRing.read(due.compactMap(\.habit), bench.services.zones, at: now, db)
    let done = Dictionary(grouping: fired, by: \.0).mapValues { Set($0.map(\.1)) }
    var batch = EscalationWrites(at: now)
    for reminder in due {
      guard let profile = byProfile[reminder.profile] else { continue }
      if let habit = reminder.habit {
        batch.take(kind, reminder, habits[habit], byReminder[reminder.state.id], profile)
        continue
      }
      batch.take(kind, reminder, byReminder[reminder.state.id], profile, done[reminder.state.id] ?? [])
    }
    return batch
  }

  /// Occurrences that have fired already, so that nothing fires twice even when clocks go back. What has begun an escalation, its row tells; one of
  /// an occurrence that was not before `first` was not made before it either, give or take what a button adds (``ReminderCommands``), and ids begin
  /// with the time.
  private func fired(_ ids: [ID<Reminder>], since first: Instant) -> Query<(ID<Reminder>, Instant)> {
    Query(
      tuple: """
        SELECT reminder_id, due_at FROM occurrences WHERE reminder_id = ANY (\(ids)) AND due_at >= \(first)
        UNION ALL
        SELECT reminder_id, occurrence_at FROM escalations
        WHERE reminder_id = ANY (\(ids)) AND id >= \(ID<Escalation>.first(from: first.advanced(seconds: -1))) AND occurrence_at >= \(first)
        """)
  }
}
