import Domain
import Postgres
import Web

/// The reminders of the demo account in its last weeks: in every state.
struct RemindersDemo {
  private let stage: DemoStage
  private var made: [String: ID<Reminder>] = [:]

  private var user: ID<User> { stage.user }
  private var services: Services { stage.services }
  private var db: Connection { stage.db }
  private var now: Instant { stage.now }

  init(_ stage: DemoStage) { self.stage = stage }

  /// Makes the reminders, then lets time pass and people act.
  mutating func tell() throws {
    let zone = services.zones.stored("America/Sao_Paulo", rule: "<-03>3")
    try make("Take the vitamins", .low, .recurring(Cron("0 8 * * *")), zone, at: ago(days: 21))
    try make(
      "Send the weekly report", .medium, .recurring(Cron("0 16 * * 5")), zone, at: ago(days: 21),
      "Numbers from the **dashboard**, two sentences each.")
    try make("Stretch and drink water", .low, .interval(minutes: 180), zone, at: ago(days: 1))
    try make("Back up the photographs", .medium, .recurring(Cron("30 19 L * *")), zone, at: ago(days: 21))
    try make(
      "Renew the passport", .high, .once(at: ago(days: 6)), zone, at: ago(days: 21),
      "Bring:\n\n- the old one\n- two photographs\n- [the form](https://www.gov.br/pf)")
    try make("Pay the electricity bill", .critical, .once(at: ago(days: 3)), zone, at: ago(days: 12))
    try make("Call Dona Célia about the lease", .medium, .once(at: ago(hours: 2)), zone, at: ago(days: 2))
    try make("Water the office plants", .low, .once(at: ago(days: 9)), zone, at: ago(days: 15))
    try make("Old gym membership", .low, .recurring(Cron("0 7 * * 1")), zone, at: ago(days: 20))
    for (days, who) in [
      (21, "Take the vitamins"), (14, "Take the vitamins"), (8, "Water the office plants"), (2, "Pay the electricity bill"),
    ] {
      try act(who, at: ago(days: Int64(days)).advanced(hours: 3)) { _ = try $0.complete() }
    }
    try act("Send the weekly report", at: ago(days: 5)) { _ = try $0.acknowledge() }
    try act("Old gym membership", at: ago(days: 4)) { _ = try $0.archive() }
    try act("Renew the passport", at: ago(days: 5)) { [until = now.advanced(days: 2)] commands in
      _ = try commands.snooze(until: until, words: "in 2 days", reason: "the office is closed")
    }
    try make("Dentist, Dr. Okafor", .medium, .once(at: now.advanced(hours: 5)), zone, at: ago(days: 1))
    try make("Car insurance renewal", .critical, .once(at: now.advanced(days: 33)), zone, at: ago(days: 1), "Compare *three* offers first.")
    try make(
      "Renew the TLS certificate for api.example.com", .high, .once(at: ago(minutes: 9)), zone, at: ago(days: 1),
      "The steps are in the [runbook](https://wiki.example.com/tls).")
    try pass(until: ago(minutes: 9))
    try pass(until: ago(minutes: 4))
    try pass(until: now)
  }

  private func ago(days: Int64) -> Instant { now.advanced(days: -days) }
  private func ago(hours: Int64) -> Instant { now.advanced(hours: -hours) }
  private func ago(minutes: Int64) -> Instant { now.advanced(minutes: -minutes) }

  private mutating func make(
    _ title: String, _ importance: Importance, _ kind: Schedule.Kind, _ zone: Zone, at moment: Instant, _ description: String = ""
  ) throws {
    try pass(until: moment)
    let schedule = try Schedule(kind, zone: zone)
    let profile: ID<EscalationProfile>? = try db.value(
      "SELECT id FROM profiles WHERE user_id = \(user) AND preset = \(importance.preset)")
    guard let profile else { return }
    let draft = ReminderDraft(
      title: title, description: description, importance: importance, profile: profile, schedule: schedule,
      nextAt: try schedule.next(after: moment, lastScheduled: nil), isMoved: false)
    let id = ID<Reminder>.new(at: moment)
    try db.transaction { () throws(PostgresError) in
      try draft.insert(id, for: user, zoneVersion: services.zones.version, at: moment, db)
    }
    made[title] = id
  }

  /// Somebody does something with a reminder.
  private func act(_ title: String, at moment: Instant, _ deed: (ReminderCommands) throws -> Void) throws {
    guard let id = made[title] else { return }
    try pass(until: moment)
    try db.transaction {
      try deed(.find(id, of: user, by: Actor(kind: .user, name: "Ana Ribeiro"), at: moment, services.zones, db))
    }
  }

  /// Lets the worker do all that falls due, each thing in its own time, until a moment.
  private func pass(until moment: Instant) throws {
    var last = Instant.distantPast
    // A row that stays due (the worker put it off) must not hold the story up.
    while let due = try due(before: moment), due > last {
      _ = try stage.worker.runOnce { due }
      last = due
    }
    _ = try stage.worker.runOnce { moment }
  }

  private func due(before moment: Instant) throws(PostgresError) -> Instant? {
    let due: Instant?? = try db.value(
      """
      SELECT least(
        (SELECT min(next_at) FROM reminders WHERE user_id = \(user) AND status = 'active'),
        (SELECT min(snoozed_until) FROM reminders WHERE user_id = \(user) AND status = 'snoozed'),
        (SELECT min(next_step_at) FROM escalations WHERE user_id = \(user) AND state = 'active'))
      """)
    guard let due = due ?? nil, due < moment else { return nil }
    return due
  }
}
