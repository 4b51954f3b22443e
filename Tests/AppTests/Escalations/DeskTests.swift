import Testing

@testable import App
@testable import Domain

/// What people do with reminders, and what the worker makes of it.
@Suite struct DeskTests {
  private func ringing(_ importance: Importance = .high, _ kind: Schedule.Kind? = nil) throws -> (World, ID<Reminder>) {
    let world = try World()
    let id = try world.remind(kind, importance)
    world.now = try world.reminder(id).nextAt ?? world.now
    try world.work()
    return (world, id)
  }

  @Test func acknowledgingStopsTheTiers() throws {
    let (world, id) = try ringing()
    #expect(try world.desk(id) { try $0.acknowledge() } == .done)
    world.pass(hours: 2)
    try world.work()
    #expect(try world.state(id) == "acknowledged 1 0 1")
    #expect(try world.deliveries().count == 1)
    #expect(try world.desk(id) { try $0.acknowledge() } == .already)
    #expect(try world.reminder(id).status == .active)
  }

  @Test func aCriticalOneAsksAgainAfterFourHours() throws {
    let (world, id) = try ringing(.critical)
    try world.desk(id) { _ = try $0.acknowledge() }
    world.pass(hours: 4)
    #expect(try world.work().sent == 1)
    #expect(try world.state(id) == "active 1 0 2")
  }

  @Test func whatIsNotSentYetIsWithdrawnByAnAnswer() throws {
    let (world, id) = try ringing()
    try world.desk(id) { _ = try $0.advance() }
    try world.desk(id) { _ = try $0.complete() }
    #expect(try world.work().sent == 0)
    #expect(try world.deliveries() == ["1 sent kept", "2 cancelled "])
    #expect(try world.state(id) == "completed 2 0 1")
  }

  @Test func completingASingleReminderCompletesItAndASeriesGoesOn() throws {
    let (world, id) = try ringing()
    try world.desk(id) { _ = try $0.complete() }
    #expect(try world.reminder(id).status == .completed)
    #expect(try world.desk(id) { try $0.complete() } == .already)
    #expect(throws: Failure.self) { try world.desk(id) { try $0.snooze(until: world.now.advanced(hours: 1), words: "1h", reason: "") } }
    let (other, series) = try ringing(.high, .interval(minutes: 60))
    try other.desk(series) { _ = try $0.complete() }
    let reminder = try other.reminder(series)
    #expect(reminder.status == .active && reminder.nextAt == other.now.advanced(hours: 1))
    #expect(try other.state(series) == "completed 1 0 1")
    #expect(try other.desk(series) { try $0.complete() } == .nothing)
    #expect(try other.state(series) == "completed 1 0 1")
  }

  @Test func aSnoozeEndsWithARingThatNamesWhatCameInside() throws {
    let (world, id) = try ringing(.high, .interval(minutes: 60))
    try world.desk(id) { _ = try $0.snooze(until: world.now.advanced(minutes: 150), words: "150 min", reason: "") }
    #expect(try world.reminder(id).status == .snoozed && world.state(id) == "snoozed 1 0 1")
    world.pass(minutes: 149)
    #expect(try world.work() == Worker.Tally())
    world.pass(minutes: 1)
    #expect(try world.work().sent == 1)
    let reminder = try world.reminder(id)
    #expect(reminder.status == .active && reminder.nextAt == world.now.advanced(minutes: 30))
    #expect(try world.state(id) == "active 1 0 2")
    let row: String? = try world.db.value("SELECT reason || ' ' || missed FROM occurrences ORDER BY due_at DESC LIMIT 1")
    #expect(row == "snoozed 1")
  }

  @Test func aReminderThatIsSnoozedBeforeItRingsStillRingsAtTheEnd() throws {
    let world = try World()
    let id = try world.remind(.interval(minutes: 600), .high)
    try world.desk(id) { _ = try $0.snooze(until: world.now.advanced(minutes: 30), words: "30 min", reason: "") }
    world.pass(minutes: 30)
    #expect(try world.work().fired == 1)
    #expect(try world.state(id) == "active 1 0 1")
    #expect(try world.reminder(id).nextAt == world.now.advanced(minutes: 570))
  }

  @Test func aNewSnoozeReplacesTheOldEndAndAnAnswerCancelsIt() throws {
    let (world, id) = try ringing()
    try world.desk(id) { _ = try $0.snooze(until: world.now.advanced(hours: 1), words: "1h", reason: "") }
    world.pass(minutes: 10)
    try world.desk(id) { _ = try $0.snooze(until: world.now.advanced(hours: 5), words: "5h", reason: "travelling") }
    world.pass(hours: 2)
    #expect(try world.work() == Worker.Tally())
    #expect(try world.count("SELECT count(*) FROM snoozes WHERE until_time > \(world.now)") == 1)
    try world.desk(id) { _ = try $0.acknowledge() }
    world.pass(hours: 9)
    #expect(try world.work() == Worker.Tally())
    #expect(try world.count("SELECT count(*) FROM snoozes WHERE until_time > \(world.now)") == 0)
    #expect(try world.state(id) == "acknowledged 1 0 1" && world.reminder(id).snoozedUntil == nil)
  }

  @Test func ringingByHandStartsWakesOrIsRecorded() throws {
    let world = try World()
    let id = try world.remind()
    let profile: EscalationProfile = try world.db.row(
      "SELECT \(EscalationProfile.columns) FROM profiles p WHERE p.user_id = \(world.user) AND p.preset = 'urgent'"
    ).unwrapped
    for expected in ["active 1 0 1", "active 1 0 1"] {
      try world.desk(id) { _ = try $0.fire(profile) }
      #expect(try world.state(id) == expected)
    }
    #expect(try world.newest(id)?.course.firedAgain == 1)
    try world.desk(id) { _ = try $0.snooze(until: world.now.advanced(hours: 9), words: "9h", reason: "") }
    try world.desk(id) { _ = try $0.fire(profile) }
    #expect(try world.state(id) == "active 1 0 2" && world.reminder(id).status == .active)
    #expect(try world.count("SELECT count(*) FROM occurrences WHERE reason = 'by_hand'") == 3)
    // Its own time comes all the same.
    world.pass(hours: 1)
    #expect(try world.work().fired == 1)
  }

  @Test func archivingCancelsAndReopeningCountsFromNow() throws {
    let (world, id) = try ringing(.high, .interval(minutes: 60))
    try world.desk(id) { _ = try $0.archive() }
    #expect(try world.state(id) == "cancelled 1 0 1" && world.reminder(id).nextAt == nil)
    #expect(try world.desk(id) { try $0.archive() } == .already)
    #expect(throws: Failure.self) { try world.desk(id) { try $0.complete() } }
    world.pass(minutes: 90)
    try world.desk(id) { _ = try $0.reopen() }
    #expect(try world.reminder(id).nextAt == world.now.advanced(minutes: 30))
    #expect(try world.desk(id) { try $0.reopen() } == .already)
  }

  @Test func theExpiredOneCanStillBeAnswered() throws {
    let (world, id) = try ringing()
    world.pass(hours: 30)
    try world.work()
    world.pass(hours: 30)
    try world.work()
    #expect(try world.state(id).hasPrefix("expired"))
    #expect(try world.desk(id) { try $0.acknowledge() } == .done)
    #expect(try world.state(id).hasPrefix("acknowledged"))
  }
}
