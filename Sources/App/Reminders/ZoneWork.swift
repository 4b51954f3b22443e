import Domain
import Postgres

/// Zone data that changes under the service (RULES 1.7): whoever meant a time on the wall is rung when the wall shows it.
extension WorkBench {
  /// Computes afresh what was computed with other zone data, of the next ``Chore/slice`` reminders, and notes which zones are lost. Doing it again
  /// changes nothing. What is due already keeps its time: it fires in the next round.
  ///
  /// - Parameter place: the last reminder that was done; all zero at the beginning, when people and held messages are looked at too.
  /// - Returns: where to go on; nil at the end.
  func recomputeZones(after place: ID<Reminder>, _ now: Instant) throws -> ID<Reminder>? {
    if place == ID(high: 0, low: 0) {
      try noteZonesOfPeople()
      try moveHeld(now)
    }
    let end: ID<Reminder>? = try db.value(
      "SELECT reminder_id FROM schedules WHERE reminder_id > \(place) ORDER BY reminder_id OFFSET \(Chore.slice - 1) LIMIT 1")
    let last = end ?? ID(high: .max, low: .max)
    let names: [String] = try db.rows(
      Query(column: "SELECT DISTINCT timezone FROM schedules WHERE reminder_id > \(place) AND reminder_id <= \(last)"))
    let lost = names.filter { services.zones.zone($0) == nil }
    try db.transaction {
      try moveSchedules(after: place, through: last, lost, now)
      try moveSnoozes(after: place, through: last, now)
      try moveQuestions(after: place, through: last, now)
    }
    return end
  }

  /// - Parameter lost: those of the slice's zones that this machine does not know.
  private func moveSchedules(after place: ID<Reminder>, through last: ID<Reminder>, _ lost: [String], _ now: Instant) throws {
    let (version, zones) = (services.zones.version, services.zones)
    let stale: [Reminder] = try db.rows(
      Query(
        """
        SELECT \(Reminder.columns) FROM reminders r JOIN schedules s ON s.reminder_id = r.id
        WHERE s.reminder_id > \(place) AND s.reminder_id <= \(last) AND r.status IN ('active', 'snoozed')
          AND CASE WHEN s.timezone = ANY (\(lost)) THEN NOT s.zone_lost ELSE s.zone_lost OR s.zone_version <> \(version) END
        FOR UPDATE OF r, s SKIP LOCKED
        """
      ) { row throws(PostgresError) in try Reminder(row: row, zones: zones) })
    if stale.isEmpty { return }
    let moved = stale.map { $0.nextAt(byZonesOf: now) }
    try db.runAll([
      """
      UPDATE reminders r SET next_at = t.next_at FROM unnest(\(stale.map(\.id)), \(moved)) AS t(id, next_at) WHERE r.id = t.id AND r.next_at IS DISTINCT FROM t.next_at
      """,
      """
      UPDATE schedules s SET at = t.at, wall = coalesce(s.wall, t.wall), zone_lost = t.lost,
        zone_version = CASE WHEN t.lost THEN '' ELSE \(version) END, zone_rule = CASE WHEN t.lost THEN s.zone_rule ELSE t.rule END
      FROM unnest(\(stale.map(\.id)), \(stale.map(\.schedule.at)), \(stale.map(\.shown)), \(stale.map(\.schedule.zone.isLost)),
        \(stale.map(\.schedule.zone.rule))) AS t(id, at, wall, lost, rule)
      WHERE s.reminder_id = t.id
      """,
    ])
  }

  /// Snoozes until a time on the wall. An open escalation sleeps exactly as long.
  private func moveSnoozes(after place: ID<Reminder>, through last: ID<Reminder>, _ now: Instant) throws {
    let rows = try db.rows(
      Query(
        """
        SELECT s.id, r.id AS reminder_id, s.until_time AS at, s.wall, s.timezone AS zone, s.from_time AS after
        FROM reminders r JOIN snoozes s ON s.user_id = r.user_id AND s.reminder_id = r.id AND s.until_time = r.snoozed_until
        WHERE r.id > \(place) AND r.id <= \(last) AND r.status = 'snoozed' AND r.snoozed_until > \(now) AND s.wall IS NOT NULL
        FOR UPDATE OF r, s SKIP LOCKED
        """, into: WallRow.init))
    let moved = rows.compactMap { $0.moved(services.zones) }
    if moved.isEmpty { return }
    let (reminders, times) = (moved.map(\.row.reminder), moved.map(\.time))
    try db.runAll([
      """
      UPDATE snoozes s SET until_time = t.at FROM unnest(\(moved.map(\.row.id)), \(times)) AS t(id, at) WHERE s.id = t.id
      """,
      """
      UPDATE reminders r SET snoozed_until = t.at FROM unnest(\(reminders), \(times)) AS t(id, at) WHERE r.id = t.id
      """,
      """
      UPDATE escalations e SET snoozed_until = t.at
      FROM unnest(\(reminders), \(times)) AS t(id, at) WHERE e.reminder_id = t.id AND e.open AND e.state = 'snoozed'
      """,
    ])
  }

  /// "Ask me again at nine": when an acknowledged escalation comes back.
  private func moveQuestions(after place: ID<Reminder>, through last: ID<Reminder>, _ now: Instant) throws {
    let rows = try db.rows(
      Query(
        """
        SELECT e.id, e.reminder_id, e.again_at AS at, e.again_wall AS wall, e.again_zone AS zone, e.acknowledged_at AS after
        FROM escalations e JOIN reminders r ON r.id = e.reminder_id
        WHERE e.reminder_id > \(place) AND e.reminder_id <= \(last) AND e.open AND e.state = 'acknowledged' AND e.again_at > \(now)
          AND e.again_wall IS NOT NULL
        FOR UPDATE OF r, e SKIP LOCKED
        """, into: WallRow.init))
    let moved = rows.compactMap { $0.moved(services.zones) }
    if moved.isEmpty { return }
    try db.run(
      """
      UPDATE escalations e SET again_at = t.at
      FROM unnest(\(moved.map(\.row.id)), \(moved.map(\.time))) AS t(id, at) WHERE e.id = t.id
      """)
  }

  /// What quiet hours of whoever gets it hold leaves when they end by the clocks of now. Few wait at any time; whatever is beyond the limit is decided about when
  /// its time comes.
  private func moveHeld(_ now: Instant) throws {
    let zones = services.zones
    try db.transaction {
      let held = try db.rows(
        Query<HeldRow>(
          """
          SELECT d.id, d.due_at, d.critical, coalesce(c.timezone, u.timezone) AS timezone, coalesce(c.zone_rule, u.zone_rule) AS zone_rule,
            \(QuietHours.ofRecipient)
          FROM outbox d JOIN users u ON u.id = d.user_id
          LEFT JOIN contacts c ON d.recipient_kind = 'contact' AND c.id = d.recipient_id AND c.user_id = d.user_id
          WHERE d.state = 'held' AND d.reason = 'quiet' AND d.recipient_kind IN ('user', 'device', 'contact') AND d.due_at > \(now)
          ORDER BY d.due_at LIMIT 10000 FOR UPDATE OF d SKIP LOCKED
          """
        ) { row throws(PostgresError) in try HeldRow(row: row, zones) })
      let moved = held.map { ($0.id, $0.end(at: now)) }
      try db.run(
        """
        UPDATE outbox d SET due_at = t.at FROM unnest(\(moved.map(\.0)), \(moved.map(\.1))) AS t(id, at)
        WHERE d.id = t.id AND d.due_at <> t.at
        """)
    }
  }

  /// The rules that stand in for people's zones, and whether they have to. People are taken in the order of their ids: two workers that begin with
  /// this at once would otherwise wait for each other in a circle.
  func noteZonesOfPeople() throws {
    let names: [String] = try db.rows(Query(column: "SELECT DISTINCT timezone FROM users"))
    let zones = names.map { services.zones.zone($0) }
    try db.run(
      """
      WITH changed AS (
        SELECT u.id, t.rule FROM users u JOIN unnest(\(names), \(zones.map { $0?.rule })) AS t(name, rule) ON u.timezone = t.name
        WHERE (u.zone_lost, u.zone_rule) IS DISTINCT FROM (t.rule IS NULL, coalesce(t.rule, u.zone_rule))
        ORDER BY u.id FOR NO KEY UPDATE OF u
      )
      UPDATE users u SET zone_lost = c.rule IS NULL, zone_rule = coalesce(c.rule, u.zone_rule) FROM changed c WHERE u.id = c.id
      """)
  }
}

/// A time on the wall, and the instant that it was when it was stored.
private struct WallRow {
  let id: ID<WallRow>
  let reminder: ID<Reminder>
  let at: Instant
  let wall: LocalTime
  let zone: String
  /// What it has to stay after.
  let after: Instant?

  /// Where it stands now; nil: where it stood, also in a zone that is lost.
  func moved(_ zones: Zones) -> (row: WallRow, time: Instant)? {
    guard let zone = zones.zone(zone) else { return nil }
    var time = zone.instant(wall, was: at)
    if let after { time = max(time, after.advanced(microseconds: 1)) }
    return time == at ? nil : (self, time)
  }
}

/// A message that quiet hours hold.
private struct HeldRow {
  let id: ID<OutboxMessage>
  let dueAt: Instant
  let isCritical: Bool
  let zone: Zone
  let quiet: QuietHours

  init(row: Row, _ zones: Zones) throws(PostgresError) {
    id = try row("id")
    dueAt = try row("due_at")
    isCritical = try row("critical")
    zone = try zones.stored(row)
    quiet = try QuietHours(row)
  }

  /// When the hours of now end; now, when there are none.
  func end(at now: Instant) -> Instant { quiet.end(zone, at: now, critical: isCritical) ?? now }
}

extension Reminder {
  /// The next occurrence by the zone data of now. A lost zone moves nothing.
  fileprivate func nextAt(byZonesOf now: Instant) -> Instant? {
    guard let nextAt, nextAt > now, !schedule.zone.isLost else { return nextAt }
    if let at = schedule.at { return nextAt == placedAt ? at : nextAt }
    // A habit's keeps its date, which the schedule alone does not know.
    if habit != nil { return schedule.following(max(now, nextAt.advanced(hours: -12)), last: nil) }
    return schedule.following(now, last: base(at: now))
  }

  /// What the wall shows at a single time, where that was never stored.
  fileprivate var shown: LocalTime? { schedule.zone.isLost ? nil : schedule.at.map { schedule.zone.local($0) } }
}
