import Domain
import Postgres
import Web

/// Habits' reminders follow their habits (RULES 5.19): with every change of a habit, in its transaction, the reminder is made, changed or taken away,
/// what rings for a date that asks for nothing any more ends, and the next time is that of the next date that asks for something.
enum HabitReminders {
  /// What of a person's settings says when a habit's dates begin and end.
  private static let settings: Set = ["timezone", "day_start", "week_start"]

  /// What follows of a change. Every change is recorded, so none is overlooked.
  static func follow(_ change: Change, _ web: Context) throws {
    let did = change.did.filter { $0.subject == Habit.subject }
    var ids = Array(Set(did.compactMap { $0.subjectID.flatMap { ID<Habit>($0) } }))
    // An import tells of itself, not of each habit that it gives days to.
    let isOfAll = change.did.contains { entry in
      entry.subject == HabitImport.subject || entry.action == "settings.changed" && !settings.isDisjoint(with: entry.payload.keys)
    }
    if isOfAll {
      ids += try web.db.rows(
        Query(
          column: """
            SELECT id FROM habits WHERE user_id = (SELECT me()) AND reminder_profile_id IS NOT NULL AND status <> 'deleted' ORDER BY id
            FOR NO KEY UPDATE
            """))
    }
    if ids.isEmpty { return }
    let restored = did.contains { $0.action == "habit.restored" } ? ids : []
    if !restored.isEmpty { try web.db.queue(["SELECT door.return_habit_reminders(\(restored))"]) }
    ids = try web.db.rows(concerned(ids, of: web.person.id))
    if ids.isEmpty { return }
    let isNew = try follow(ids, restored: restored, of: web.person.id, by: web.actor(change.actor), at: web.now, web.services, web.db)
    if !isNew { return }
    do {
      try web.services.quota.check(isNew: true, grownBy: 0, web)
    } catch let errors as FormErrors {
      throw Failure.conflict(errors.complaints.first?.text ?? "")
    }
  }

  /// Those that have a reminder or ask for one: most ticks are of others, and end here.
  private static func concerned(_ ids: [ID<Habit>], of user: ID<User>) -> Query<ID<Habit>> {
    Query(
      column: """
        SELECT h.id FROM habits h WHERE h.id = ANY (\(ids)) AND h.user_id = \(user)
          AND (h.reminder_profile_id IS NOT NULL OR EXISTS (SELECT FROM reminders r WHERE r.habit_id = h.id AND r.user_id = h.user_id))
        ORDER BY h.id
        """)
  }

  /// What follows of dates that a job gave habits, their rows locked: none of them gets a reminder by that.
  static func follow(_ ids: [ID<Habit>], of person: Person, _ bench: WorkBench, _ now: Instant) throws {
    let ringing: [ID<Habit>] = try bench.db.rows(
      Query(
        column: """
          SELECT id FROM habits WHERE id = ANY (\(ids)) AND user_id = (SELECT me()) AND reminder_profile_id IS NOT NULL AND status <> 'deleted'
          """))
    if ringing.isEmpty { return }
    let actor = Actor(kind: .user, id: person.id.text, name: person.displayName)
    _ = try follow(ringing, of: person.id, by: actor, at: now, bench.services, bench.db)
  }

  /// - Parameters:
  ///   - ids: habits of one person, their rows locked.
  ///   - restored: those that may have been deleted until now.
  ///   - user: the owner.
  /// - Returns: whether one has got a reminder that had none.
  static func follow(
    _ ids: [ID<Habit>], restored: [ID<Habit>] = [], of user: ID<User>, by actor: Actor, at now: Instant, _ services: Services,
    _ db: Connection
  ) throws -> Bool {
    let lock = Query<Void>("SELECT 1 FROM reminders WHERE habit_id = ANY (\(ids)) AND user_id = \(user) ORDER BY id FOR UPDATE") {
      (_: Row) throws(PostgresError) in
    }
    let (_, found, rung, reminders, open) = try db.read(
      lock, HabitRing.owned(ids, services.zones, at: now), HabitRing.lastDates(ids),
      Reminder.query(ofHabits: ids, of: user, services.zones),
      Escalation.open(ofHabits: ids, user))
    let stored = Dictionary(reminders.map { ($0.habit, $0) }) { $1 }
    let ringing = Dictionary(open.map { ($0.reminder, $0) }) { $1 }
    let lost = try restored.isEmpty ? [] : db.rows(Escalation.lost(ofHabits: restored, user))
    var following = HabitFollowing(of: user, by: actor, at: now, zoneVersion: services.zones.version)
    for (id, ring) in HabitRing.of(found, rung).sorted(by: { $0.key.text < $1.key.text }) {
      try following.take(ring, stored[id], stored[id].flatMap { ringing[$0.id] })
      if let reminder = stored[id] { following.bringBack(lost.first { $0.reminder == reminder.id }, ring) }
    }
    try following.write(db)
    return following.isNew
  }
}

/// What is to be written so that habits' reminders are what their habits say.
private struct HabitFollowing {
  let actor: Actor
  let now: Instant
  let zoneVersion: String
  private var batch: ReminderBatch
  private var rows: [SQL] = []
  private var hidden: [ID<Habit>] = []
  private(set) var isNew = false

  init(of user: ID<User>, by actor: Actor, at now: Instant, zoneVersion: String) {
    (self.actor, self.now, self.zoneVersion) = (actor, now, zoneVersion)
    batch = ReminderBatch(of: user, at: now)
  }

  /// - Parameters:
  ///   - stored: its reminder as it stands.
  ///   - open: what rings, sleeps or will ask again of it.
  mutating func take(_ ring: HabitRing, _ stored: Reminder?, _ open: Escalation?) throws {
    guard let stored else {
      guard ring.isWanted, ring.habit.status == .active, let draft = try ring.draft(nextAt: ring.next(after: now)) else { return }
      isNew = true
      rows += draft.inserting(ID<Reminder>.new(at: now), for: ring.habit.user, zoneVersion: zoneVersion, at: now)
      return wake(draft.nextAt)
    }
    if ring.habit.status == .deleted {
      if let open { batch.escalations.end(open, .deleted, by: actor) }
      return hidden.append(ring.habit.id)
    }
    guard ring.isWanted, let draft = try ring.draft(nextAt: nil) else { return rows.append("SELECT door.delete_reminder(\(stored.id))") }
    rows += draft.overwriting(stored, zoneVersion: zoneVersion, at: now)
    move(ring, stored, open)
  }

  /// Lets ring again what the deletion of its habit ended, for the date that it is still (hard case 15).
  mutating func bringBack(_ lost: Escalation?, _ ring: HabitRing) {
    guard let lost, let date = lost.habitDate, date == ring.date(now), ring.isWanted, ring.silence(on: date) == nil,
      let change = try? lost.course.revive(at: now)  // It is cancelled: nothing else was looked for.
    else { return }
    batch.escalations.resume(change, of: lost, by: actor)
    wake(now)
  }

  private mutating func move(_ ring: HabitRing, _ stored: Reminder, _ open: Escalation?) {
    let silence = open.flatMap { ring.silence(on: $0.habitDate ?? ring.date($0.occurrenceAt)) }
    if let open, let silence { batch.escalations.end(open, silence, by: actor) }
    var state = ReminderState(stored)
    if ring.habit.status == .archived {
      (state.status, state.snoozedUntil) = (.archived, nil)
    } else if stored.status == .archived || silence != nil || open == nil && isOver(ring, stored) {
      (state.status, state.snoozedUntil) = (.active, nil)
    }
    // What is due and has not rung yet keeps its time: it rings in the worker's next round, or at the end of the snooze.
    let from = stored.nextAt.map { $0 <= now ? $0.advanced(microseconds: -1) : now } ?? now
    state.nextAt = ring.next(after: from)
    let isSame = state.status == stored.status && state.nextAt == stored.nextAt && state.snoozedUntil == stored.snoozedUntil
    if isSame, silence == nil { return }
    batch.move(stored, to: state)
    wake(state.nextAt)
  }

  /// Whether a snooze under which nothing has rung is for a date that asks for nothing any more.
  private func isOver(_ ring: HabitRing, _ stored: Reminder) -> Bool {
    guard stored.status == .snoozed, let until = stored.snoozedUntil else { return false }
    return ring.silence(on: ring.date(stored.nextAt.map { min($0, until) } ?? until)) != nil
  }

  private mutating func wake(_ next: Instant?) { if let next { batch.due = min(batch.due ?? next, next) } }

  func write(_ db: Connection) throws {
    try db.queue(rows)
    try batch.write(db)
    if !hidden.isEmpty { try db.queue(["SELECT door.hide_habit_reminders(\(hidden))"]) }
  }
}

extension Reminder {
  /// Those of habits of a person.
  fileprivate static func query(ofHabits ids: [ID<Habit>], of user: ID<User>, _ zones: Zones) -> Query<Reminder> {
    Query(
      """
      SELECT \(columns) FROM reminders r JOIN schedules s ON s.reminder_id = r.id WHERE r.habit_id = ANY (\(ids)) AND r.user_id = \(user)
      """
    ) { row throws(PostgresError) in try Reminder(row: row, zones: zones) }
  }
}

extension Escalation {
  /// What is open of these, locked after the reminders.
  fileprivate static func open(ofHabits ids: [ID<Habit>], _ user: ID<User>) -> Query<Escalation> {
    Query(
      """
      SELECT \(columns) FROM escalations e JOIN reminders r ON r.id = e.reminder_id
      WHERE r.habit_id = ANY (\(ids)) AND e.user_id = \(user) AND e.open ORDER BY e.id FOR UPDATE OF e
      """)
  }

  /// The newest of each, where the deletion of its habit cancelled it.
  fileprivate static func lost(ofHabits ids: [ID<Habit>], _ user: ID<User>) -> Query<Escalation> {
    Query(
      """
      SELECT \(columns) FROM escalations e JOIN reminders r ON r.id = e.reminder_id
      WHERE r.habit_id = ANY (\(ids)) AND e.user_id = \(user) AND e.state = 'cancelled'
        AND e.id = (SELECT n.id FROM escalations n WHERE n.reminder_id = r.id ORDER BY n.created_at DESC, n.id DESC LIMIT 1)
        AND (SELECT v.data->>'reason' FROM escalation_events v WHERE v.escalation_id = e.id AND v.kind = 'cancelled' ORDER BY v.at DESC LIMIT 1)
          = 'habit_deleted'
      ORDER BY e.id FOR UPDATE OF e
      """)
  }
}
