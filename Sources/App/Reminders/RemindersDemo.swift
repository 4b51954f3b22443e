import Domain
import Postgres
import Web

/// The reminders of the demo account in its last weeks: in every state.
struct RemindersDemo {
  private let stage: DemoStage
  private var made: [String: ID<Reminder>] = [:]
  private var scenes: [Scene] = []

  /// Something that somebody does.
  private struct Scene {
    let at: Instant
    let play: (inout RemindersDemo) throws -> Void
  }

  private var user: ID<User> { stage.user }
  private var services: Services { stage.services }
  private var db: Connection { stage.db }
  private var now: Instant { stage.now }

  init(_ stage: DemoStage) { self.stage = stage }

  /// Lets time pass and people act, each in their own time, whatever the order in which the story is written down: what is recorded of it stands in
  /// the order in which it happens.
  mutating func tell() throws {
    try write()
    // Sorting keeps the order of what happens at the same time.
    for scene in scenes.sorted(by: { $0.at < $1.at }) {
      try pass(until: scene.at)
      try scene.play(&self)
    }
    try pass(until: ago(minutes: 9))
    try pass(until: ago(minutes: 4))
    try pass(until: now)
  }

  private mutating func write() throws {
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
    let here = PhraseReader(zone: zone, language: .english, defaultHour: .noon, now: ago(days: 21))
    try make("Water the balcony herbs", .low, RecurrencePhrase("every other friday at 17:00", reader: here), zone, at: ago(days: 21))
    try make(
      "Close the month's books", .medium, RecurrencePhrase("last weekday of every month at 16:30", reader: here), zone, at: ago(days: 21))
    try make("Old gym membership", .low, .recurring(Cron("0 7 * * 1")), zone, at: ago(days: 20))
    for (days, who) in [
      (21, "Take the vitamins"), (14, "Take the vitamins"), (8, "Water the office plants"), (2, "Pay the electricity bill"),
    ] {
      act(who, at: ago(days: Int64(days)).advanced(hours: 3)) { _ = try $0.complete() }
    }
    act("Send the weekly report", at: ago(days: 5)) { _ = try $0.acknowledge() }
    act("Old gym membership", at: ago(days: 4)) { _ = try $0.archive() }
    act("Renew the passport", at: ago(days: 5)) { [until = now.advanced(days: 2)] commands in
      _ = try commands.snooze(until: until, words: "in 2 days", reason: "the office is closed")
    }
    try make("Dentist, Dr. Okafor", .medium, .once(at: now.advanced(hours: 5)), zone, at: ago(days: 1))
    try make("Car insurance renewal", .critical, .once(at: now.advanced(days: 33)), zone, at: ago(days: 1), "Compare *three* offers first.")
    try make(
      "Renew the TLS certificate for api.example.com", .high, .once(at: ago(minutes: 9)), zone, at: ago(days: 1),
      "The steps are in the [runbook](https://wiki.example.com/tls).")
  }

  private func ago(days: Int64) -> Instant { now.advanced(days: -days) }
  private func ago(hours: Int64) -> Instant { now.advanced(hours: -hours) }
  private func ago(minutes: Int64) -> Instant { now.advanced(minutes: -minutes) }

  private mutating func make(_ title: String, _ importance: Importance, _ phrase: RecurrencePhrase, _ zone: Zone, at moment: Instant) throws
  {
    try make(title, importance, phrase.kind, zone, at: moment, words: phrase.words)
  }

  private mutating func make(
    _ title: String, _ importance: Importance, _ kind: Schedule.Kind, _ zone: Zone, at moment: Instant, _ description: String = "",
    words: String = ""
  ) throws {
    let schedule = try Schedule(kind, zone: zone)
    let profile: ID<EscalationProfile>? = try db.value(
      "SELECT id FROM profiles WHERE user_id = \(user) AND preset = \(importance.preset)")
    guard let profile else { return }
    let draft = ReminderDraft(
      title: title, description: description, importance: importance, profile: profile, schedule: schedule,
      nextAt: try schedule.next(after: moment, lastScheduled: nil), isMoved: false, words: words)
    scenes.append(
      Scene(at: moment) { demo in
        let (id, stage) = (ID<Reminder>.new(at: moment), demo.stage)
        try stage.db.transaction { () throws(PostgresError) in
          try draft.insert(id, for: stage.user, zoneVersion: stage.services.zones.version, at: moment, stage.db)
        }
        demo.made[title] = id
      })
  }

  /// Somebody does something with a reminder.
  private mutating func act(_ title: String, at moment: Instant, _ deed: @escaping (ReminderCommands) throws -> Void) {
    scenes.append(
      Scene(at: moment) { demo in
        guard let id = demo.made[title] else { return }
        let stage = demo.stage
        try stage.db.transaction {
          let who = Actor(kind: .user, name: "Ana Ribeiro")
          try deed(.find(id, of: stage.user, by: who, at: moment, stage.services.zones, stage.db))
        }
      })
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
