import Domain
import Postgres

/// Ends what was put off when its time has come, and reminders that nobody needs any more.
struct DeskReminderWork {
  private static let most = 100

  private let bench: WorkBench
  private let sleeping: RowWork<Conversation>
  private let reminders: RowWork<Reminder>

  private var db: Connection { bench.db }

  init(_ bench: WorkBench) {
    self.bench = bench
    sleeping = RowWork("desk_snooze", bench)
    reminders = RowWork("desk_reminder", bench)
  }

  var kinds: [WorkKind] {
    let woken = DueTime(name: "desk_snoozes") { now in
      "SELECT min(snoozed_until) FROM conversations WHERE snoozed_until IS NOT NULL AND id <> ALL (\(sleeping.passed(at: now)))"
    }
    let over = DueTime(name: "desk_reminders") { now in
      """
      SELECT min(over_at) FROM desk_reminders WHERE over_at IS NOT NULL AND ended_at IS NULL AND reminder_id <> ALL (\(reminders.passed(at: now)))
      """
    }
    return [
      WorkKind(name: "desk_snoozes", due: woken) { now, _ in
        try sleeping.batches(
          of: Self.most, counted: "woken", at: now, all: { try asleep(now).reduce(0) { try $0 + wake($1, now) } },
          rows: { try asleep(now) },
          one: { try wake($0, now) })
      },
      WorkKind(name: "desk_reminders", due: over, follows: true) { now, _ in
        try reminders.batches(
          of: Self.most, counted: "calmed", at: now, all: { try finished(now).reduce(0) { try $0 + end($1, now) } },
          rows: { try finished(now) }, one: { try end($0, now) })
      },
    ]
  }

  private func asleep(_ now: Instant) throws -> [ID<Conversation>] {
    try db.rows(
      Query(
        column: """
          SELECT id FROM conversations WHERE snoozed_until <= \(now) AND id <> ALL (\(sleeping.passed(at: now))) ORDER BY snoozed_until LIMIT \(Self.most)
          """))
  }

  private func finished(_ now: Instant) throws -> [ID<Reminder>] {
    try db.rows(
      Query(
        column: """
          SELECT reminder_id FROM desk_reminders WHERE over_at <= \(now) AND ended_at IS NULL AND reminder_id <> ALL (\(reminders.passed(at: now)))
          ORDER BY over_at LIMIT \(Self.most)
          """))
  }

  /// It is open and on top; its reminder rings by itself. Nothing is sent.
  private func wake(_ id: ID<Conversation>, _ now: Instant) throws -> Int {
    try db.transaction {
      let found: (ID<DeskChannel>, ID<Account>)? = try db.row(
        Query(
          tuple: """
            SELECT channel_id, account_id FROM conversations WHERE id = \(id) AND snoozed_until <= \(now) FOR NO KEY UPDATE SKIP LOCKED
            """))
      guard let (channel, account) = found else { return 0 }
      let since = try OwedAnswer.since(in: id, db)
      let late = try since.flatMap { since in
        try db.row(DeskChannel.query("c.id = \(channel)"))?.lateAt(since, bench.services.zones)
      }
      try db.queue([
        """
        UPDATE desk_reminders SET woken_at = \(now) WHERE conversation_id = \(id) AND kind = 'snooze' AND over_at IS NULL AND until_time <= \(now)
        """,
        """
        UPDATE conversations SET state = 'open', snoozed_until = NULL, waiting_since = \(since), late_at = \(late), late_told_at = NULL,
          last_at = \(now), version = version + 1
        WHERE id = \(id)
        """,
        ConversationEvent.adding(.woken, to: id, of: account, at: now),
      ])
      return 1
    }
  }

  private func end(_ id: ID<Reminder>, _ now: Instant) throws -> Int {
    try db.transaction {
      let user: ID<User>? = try db.value(
        "SELECT user_id FROM desk_reminders WHERE reminder_id = \(id) AND over_at <= \(now) AND ended_at IS NULL FOR UPDATE SKIP LOCKED")
      guard let user else { return 0 }
      let commands = try ReminderCommands.find(id, of: user, by: .system, at: now, bench.services.zones, db)
      if commands.reminder.status == .active || commands.reminder.status == .snoozed { _ = try commands.complete() }
      try db.queue(["UPDATE desk_reminders SET ended_at = \(now) WHERE reminder_id = \(id)"])
      return 1
    }
  }
}

extension Feature {
  /// Reminders of people about conversations.
  static let deskReminders = Feature(
    work: { bench in DeskReminderWork(bench).kinds },
    follows: { change, web in try DeskSnoozes.follow(change, web) },
    counts: ["woken", "calmed"])
}
