import Domain
import Postgres

/// Reminders whose time has come: the scheduled one, or the end of a snooze.
enum RingingKind { case fire, wake }

/// Fires reminders that are due and ends snoozes that are over.
struct FiringWork {
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
    var total = 0
    while true {
      let count = try rows.batch(
        at: now,
        all: { try batch(kind, now, limit: 500) },
        rows: { try db.rows(Query(column: chosen(kind, now, limit: 500))) },
        one: { id in try batch(kind, now, limit: 1, only: id) })
      total += count
      bench.tally.add("fired", count)
      if count < 500 { return total }
    }
  }

  private func chosen(_ kind: RingingKind, _ now: Instant, limit: Int) -> SQL {
    let late = rows.passed(at: now)
    switch kind {
    case .fire:
      return """
        SELECT r.id FROM reminders r WHERE r.status = 'active' AND r.next_at <= \(now) AND r.id <> ALL (\(late))
        ORDER BY r.next_at LIMIT \(limit)
        """
    case .wake:
      return """
        SELECT r.id FROM reminders r WHERE r.status = 'snoozed' AND r.snoozed_until <= \(now) AND r.id <> ALL (\(late))
        ORDER BY r.snoozed_until LIMIT \(limit)
        """
    }
  }

  /// Takes up to `limit` reminders and does what follows, in one transaction: rows only, nothing is sent here.
  private func batch(_ kind: RingingKind, _ now: Instant, limit: Int, only: ID<Reminder>? = nil) throws -> Int {
    try db.transaction {
      let ids: [ID<Reminder>]
      if let only {
        ids = try db.rows(
          Query(
            column: """
              SELECT id FROM reminders WHERE id = \(only)
                AND (status = 'active' AND next_at <= \(now) OR status = 'snoozed' AND snoozed_until <= \(now)) FOR UPDATE SKIP LOCKED
              """))
      } else {
        ids = try db.rows(Query(column: "\(chosen(kind, now, limit: limit)) FOR UPDATE SKIP LOCKED"))
      }
      if ids.isEmpty { return 0 }
      let batch = try ring(kind, ids, now)
      try batch.write(db)
      return ids.count
    }
  }

  private func ring(_ kind: RingingKind, _ ids: [ID<Reminder>], _ now: Instant) throws -> EscalationWrites {
    let (zones, ladderCache) = (bench.services.zones, ladders)
    let reminders = Query<Reminder>(
      "SELECT \(Reminder.columns) FROM reminders r JOIN schedules s ON s.reminder_id = r.id WHERE r.id = ANY (\(ids)) ORDER BY r.next_at, r.id"
    ) { row throws(PostgresError) in try Reminder(row: row, zones: zones) }
    let profiles = Query<EscalationProfile>(
      "SELECT \(EscalationProfile.columns) FROM profiles p WHERE p.id IN (SELECT r.profile_id FROM reminders r WHERE r.id = ANY (\(ids)))"
    ) { row throws(PostgresError) in try EscalationProfile(row: row, ladderCache) }
    let open = Query<Escalation>(
      "SELECT \(Escalation.columns) FROM escalations e WHERE e.reminder_id = ANY (\(ids)) AND e.open FOR UPDATE"
    ) { row throws(PostgresError) in try Escalation(row: row, ladderCache) }
    let (due, ladders, running) = try db.read(reminders, profiles, open)
    let byProfile = Dictionary(ladders.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let byReminder = Dictionary(running.map { ($0.reminder, $0) }, uniquingKeysWith: { first, _ in first })
    let done = try fired(due, since: now)
    var batch = EscalationWrites(at: now)
    for reminder in due {
      guard let profile = byProfile[reminder.profile] else { continue }
      batch.take(kind, reminder, byReminder[reminder.id], profile, done[reminder.id] ?? [])
    }
    return batch
  }

  /// Occurrences that were recorded already, so that nothing fires twice even when clocks go back.
  private func fired(_ due: [Reminder], since now: Instant) throws -> [ID<Reminder>: Set<Instant>] {
    guard let first = due.compactMap(\.nextAt).min() else { return [:] }
    let rows: [(ID<Reminder>, Instant)] = try db.rows(
      Query(tuple: "SELECT reminder_id, due_at FROM occurrences WHERE reminder_id = ANY (\(due.map(\.id))) AND due_at >= \(first)"))
    return Dictionary(grouping: rows, by: \.0).mapValues { Set($0.map(\.1)) }
  }
}

extension EscalationWrites {
  /// One due reminder: what rings, and where the reminder stands afterwards.
  mutating func take(_ kind: RingingKind, _ reminder: Reminder, _ open: Escalation?, _ profile: EscalationProfile, _ fired: Set<Instant>) {
    var move = ReminderState(reminder)
    var firing: DueOccurrence?
    if let next = reminder.nextAt, next <= now {
      if next == reminder.placedAt, let later = reminder.schedule.at, later > now {
        // Zone data has changed: by the clocks of now it is not time yet.
        move.nextAt = later
        if kind == .fire { return moves.append(move) }
      }
    }
    if let next = move.nextAt, next <= now {
      let found = DueOccurrence(due: next, of: reminder.schedule, at: now)
      move.lastAt = found.at
      move.nextAt = reminder.schedule.following(max(now, found.at), last: found.at)
      if !fired.contains(found.at) { firing = found }
    }
    switch kind {
    case .fire:
      if let firing { ring(reminder, open, profile, firing) }
    case .wake:
      let until = reminder.snoozedUntil ?? now
      (move.status, move.snoozedUntil) = (.active, nil)
      wake(reminder, open, profile, firing?.afterSnooze, until: fired.contains(until) ? now : until)
    }
    moves.append(move)
  }
}
