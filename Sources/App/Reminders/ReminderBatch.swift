import Domain
import Postgres

/// What commands are going to write: one for a press of a button, hundreds for the ticked rows of a list, in the same few statements.
struct ReminderBatch {
  var escalations: EscalationWrites
  let user: ID<User>
  private var ending: [ID<Reminder>] = []
  private var beginning: [Snooze] = []
  /// Of escalations that are acknowledged: the time on the wall at which to ask again; nil: none was named.
  var walls: [(escalation: ID<Escalation>, wall: WallTime?)] = []
  /// The first time at which something is due because of it.
  var due: Instant?
  /// Whether a press can take its snoozes back: what they ended is then kept with them.
  var press: ID<SnoozePress>?

  /// A silence that begins.
  struct Snooze {
    fileprivate let reminder: ID<Reminder>
    fileprivate let until: Instant
    fileprivate let wall: WallTime?
    fileprivate let words: String
    fileprivate let reason: String
    /// What it ended, of one that a press can take back.
    fileprivate let before: SnoozedBefore?
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
  ///
  /// - Parameter escalation: which it puts off.
  mutating func sleep(
    _ reminder: Reminder, _ escalation: Escalation? = nil, until: Instant, meant wall: WallTime?, words: String, reason: String
  ) {
    let before = press.map { _ in SnoozedBefore(reminder, escalation) }
    beginning.append(Snooze(reminder: reminder.id, until: until, wall: wall, words: words, reason: reason, before: before))
    due = min(due ?? until, until)
  }

  /// Writes everything, together with whatever the transaction sends next; the rows are locked.
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
    if !walls.isEmpty {
      statements.append(
        """
        UPDATE escalations e SET again_wall = t.wall, again_zone = t.zone
        FROM unnest(\(walls.map { $0.escalation }), \(walls.map { $0.wall?.local }), \(walls.map { $0.wall?.zone })) AS t(id, wall, zone)
        WHERE e.id = t.id AND e.user_id = \(user)
        """)
    }
    if !beginning.isEmpty {
      statements.append(
        .insert(
          into: "snoozes", .each("id", beginning.map { _ in ID<Snooze>.new(at: now) }), .all("user_id", "\(user)"),
          .each("reminder_id", beginning.map(\.reminder)), .all("from_time", "\(now)"), .each("until_time", beginning.map(\.until)),
          .each("wall", beginning.map(\.wall?.local)), .each("timezone", beginning.map(\.wall?.zone)),
          .each("words", beginning.map(\.words)), .each("reason", beginning.map(\.reason)), .all("press_id", "\(press)"),
          .each("before_until", beginning.map(\.before?.until)), .each("before_state", beginning.map(\.before?.state)),
          .each("before_at", beginning.map(\.before?.at)), .each("before_ended_at", beginning.map(\.before?.endedAt))))
    }
    try db.queue(statements + Waking.statements(due, at: now))
  }
}

extension ReminderCommands {
  /// Changes many reminders of one person with as many statements as one.
  ///
  /// - Parameter change: plans the change of one.
  /// - Returns: what is recorded, and how many no longer allow it.
  static func all(
    _ commands: [ReminderCommands], of user: ID<User>, at now: Instant, _ db: Connection,
    _ change: (ReminderCommands, inout ReminderBatch) throws -> Outcome
  ) throws -> (entries: [AuditEntry], refused: Int) {
    var batch = ReminderBatch(of: user, at: now)
    var entries: [AuditEntry] = []
    var refused = 0
    for one in commands {
      do {
        entries += try change(one, &batch).entries
      } catch is any Refusal { refused += 1 }
    }
    try batch.write(db)
    return (entries, refused)
  }
}
