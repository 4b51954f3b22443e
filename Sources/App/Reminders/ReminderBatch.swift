import Domain
import Postgres

/// What desks are going to write: one for a press of a button, hundreds for the ticked rows of a list, in the same few statements.
struct ReminderBatch {
  var escalations: EscalationWrites
  let user: ID<User>
  private var ending: [ID<Reminder>] = []
  private var beginning: [Snooze] = []
  private var soonest: Instant?

  private struct Snooze {
    let reminder: ID<Reminder>
    let until: Instant
    let wall: WallTime?
    let words: String
    let reason: String
  }

  init(of user: ID<User>, at now: Instant) {
    self.user = user
    escalations = EscalationWrites(at: now)
  }

  /// Takes up where a reminder goes. Whatever is done with a snoozed one ends its snooze, a new snooze too.
  mutating func move(_ reminder: Reminder, to move: ReminderState) {
    if reminder.status == .snoozed { ending.append(reminder.id) }
    escalations.moves.append(move)
  }

  /// A snooze begins; ``move(_:to:)`` ends the one before.
  mutating func sleep(_ reminder: Reminder, until: Instant, meant wall: WallTime?, words: String, reason: String) {
    beginning.append(Snooze(reminder: reminder.id, until: until, wall: wall, words: words, reason: reason))
    soonest = min(soonest ?? until, until)
  }

  /// Writes everything in one round trip; the rows are locked.
  func write(_ db: Connection) throws(PostgresError) {
    let now = escalations.now
    var statements: [SQL] = []
    if !ending.isEmpty {
      statements.append(
        """
        UPDATE snoozes SET until_time = greatest(\(now), from_time + interval '1 microsecond')
        WHERE reminder_id = ANY(\(ending)) AND user_id = \(user) AND until_time > \(now)
        """)
    }
    statements += escalations.statements
    if !beginning.isEmpty {
      statements.append(
        .insert(
          into: "snoozes", .each("id", beginning.map { _ in ID<Reminder>.new(at: now) }), .all("user_id", "\(user)"),
          .each("reminder_id", beginning.map(\.reminder)), .all("from_time", "\(now)"), .each("until_time", beginning.map(\.until)),
          .each("wall", beginning.map(\.wall?.local)), .each("timezone", beginning.map(\.wall?.zone)),
          .each("words", beginning.map(\.words)), .each("reason", beginning.map(\.reason))))
    }
    // A worker sleeps until the next time it knows of; tell it of one that comes sooner than it would look.
    if let soonest, soonest <= now.advanced(seconds: 31) { statements.append("SELECT pg_notify('heed_work', '')") }
    try db.runAll(statements)
  }
}

extension ReminderCommands {
  /// The desks of many reminders of one person, whose rows are locked: their newest escalations are read and locked with one statement.
  static func all(
    _ reminders: [Reminder], of user: ID<User>, by actor: Actor, at now: Instant, _ db: Connection
  ) throws(PostgresError) -> [ReminderCommands] {
    let newest = try Escalation.newest(of: reminders.map(\.id), user, db)
    return reminders.map { ReminderCommands($0, newest[$0.id], by: actor, at: now, db) }
  }
}

extension Escalation {
  /// The newest of each of these reminders, as ``newest(of:_:_:)`` has it.
  static func newest(of reminders: [ID<Reminder>], _ user: ID<User>, _ db: Connection) throws(PostgresError) -> [ID<Reminder>: Escalation] {
    let ladderCache = LadderCache()
    let query = Query<Escalation>(
      """
      SELECT \(columns) FROM unnest(\(reminders)) AS t (id), LATERAL (
        SELECT n.id FROM escalations n WHERE n.reminder_id = t.id AND n.user_id = \(user)
        ORDER BY n.open DESC, n.created_at DESC, n.id DESC LIMIT 1
      ) n JOIN escalations e ON e.id = n.id
      ORDER BY e.id FOR UPDATE OF e
      """
    ) { row throws(PostgresError) in try Escalation(row: row, ladderCache) }
    var found: [ID<Reminder>: Escalation] = [:]
    for escalation in try db.rows(query) { found[escalation.reminder] = escalation }
    return found
  }
}
