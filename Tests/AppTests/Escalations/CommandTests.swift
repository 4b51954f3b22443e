import Testing

@testable import App
@testable import Domain

/// What people do with reminders, and what the worker makes of it.
@Suite struct CommandTests {
  private func ringing(_ importance: Importance = .high, _ kind: Schedule.Kind? = nil) throws -> (Site, Browser, ID<Reminder>) {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let id = try ana.remind(kind, importance)
    site.now = try ana.reminder(id).nextAt ?? site.now
    try site.work()
    return (site, ana, id)
  }

  @Test func acknowledgingStopsTheTiers() throws {
    let (site, ana, id) = try ringing()
    #expect(try ana.desk(id) { try $0.acknowledge() }.entries.first?.action == "reminder.acknowledged")
    site.pass(hours: 2)
    try site.work()
    #expect(try ana.state(id) == "acknowledged 1 0 1")
    #expect(try site.deliveries().count == 1)
    #expect(try ana.desk(id) { try $0.acknowledge() } == .already)
    #expect(try ana.reminder(id).status == .active)
  }

  @Test func aCriticalOneAsksAgainAfterFourHours() throws {
    let (site, ana, id) = try ringing(.critical)
    try ana.desk(id) { _ = try $0.acknowledge() }
    site.pass(hours: 4)
    #expect(try site.work().sent == 1)
    #expect(try ana.state(id) == "active 1 0 2")
  }

  @Test func whatIsNotSentYetIsWithdrawnByAnAnswer() throws {
    let (site, ana, id) = try ringing()
    try ana.desk(id) { _ = try $0.advance() }
    try ana.desk(id) { _ = try $0.complete() }
    #expect(try site.work().sent == 0)
    #expect(try site.deliveries() == ["1 sent kept", "2 cancelled "])
    #expect(try ana.state(id) == "completed 2 0 1")
  }

  @Test func completingASingleReminderCompletesItAndASeriesGoesOn() throws {
    let (site, ana, id) = try ringing()
    try ana.desk(id) { _ = try $0.complete() }
    #expect(try ana.reminder(id).status == .completed)
    #expect(try ana.desk(id) { try $0.complete() } == .already)
    #expect(throws: ReminderRefusal.completed) {
      try ana.desk(id) { try $0.snooze(until: site.now.advanced(hours: 1), words: "1h", reason: "") }
    }
    let (there, other, series) = try ringing(.high, .interval(minutes: 60))
    try other.desk(series) { _ = try $0.complete() }
    let reminder = try other.reminder(series)
    #expect(reminder.status == .active && reminder.nextAt == there.now.advanced(hours: 1))
    #expect(try other.state(series) == "completed 1 0 1")
    #expect(try other.desk(series) { try $0.complete() } == .nothing)
    #expect(try other.state(series) == "completed 1 0 1")
  }

  @Test func aSnoozeEndsWithARingThatNamesWhatCameInside() throws {
    let (site, ana, id) = try ringing(.high, .interval(minutes: 60))
    try ana.desk(id) { _ = try $0.snooze(until: site.now.advanced(minutes: 150), words: "150 min", reason: "") }
    #expect(try ana.reminder(id).status == .snoozed && ana.state(id) == "snoozed 1 0 1")
    site.pass(minutes: 149)
    #expect(try site.work() == Worker.Tally())
    site.pass(minutes: 1)
    #expect(try site.work().sent == 1)
    let reminder = try ana.reminder(id)
    #expect(reminder.status == .active && reminder.nextAt == site.now.advanced(minutes: 30))
    #expect(try ana.state(id) == "active 1 0 2")
    let row: String? = try site.owner.value("SELECT reason || ' ' || missed FROM fired ORDER BY due_at DESC LIMIT 1")
    #expect(row == "snoozed 1")
  }

  @Test func aReminderThatIsSnoozedBeforeItRingsStillRingsAtTheEnd() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let id = try ana.remind(.interval(minutes: 600), .high)
    try ana.desk(id) { _ = try $0.snooze(until: site.now.advanced(minutes: 30), words: "30 min", reason: "") }
    site.pass(minutes: 30)
    #expect(try site.work().fired == 1)
    #expect(try ana.state(id) == "active 1 0 1")
    #expect(try ana.reminder(id).nextAt == site.now.advanced(minutes: 570))
  }

  @Test func aNewSnoozeReplacesTheOldEndAndAnAnswerCancelsIt() throws {
    let (site, ana, id) = try ringing()
    try ana.desk(id) { _ = try $0.snooze(until: site.now.advanced(hours: 1), words: "1h", reason: "") }
    site.pass(minutes: 10)
    try ana.desk(id) { _ = try $0.snooze(until: site.now.advanced(hours: 5), words: "5h", reason: "travelling") }
    site.pass(hours: 2)
    #expect(try site.work() == Worker.Tally())
    #expect(try site.count("SELECT count(*) FROM snoozes WHERE until_time > \(site.now)") == 1)
    try ana.desk(id) { _ = try $0.acknowledge() }
    site.pass(hours: 9)
    #expect(try site.work() == Worker.Tally())
    #expect(try site.count("SELECT count(*) FROM snoozes WHERE until_time > \(site.now)") == 0)
    #expect(try ana.state(id) == "acknowledged 1 0 1" && ana.reminder(id).snoozedUntil == nil)
  }

  @Test func ringingByHandStartsWakesOrIsRecorded() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let id = try ana.remind(nil)
    let profile: EscalationProfile = try site.owner.row(
      "SELECT \(EscalationProfile.columns) FROM profiles p WHERE p.user_id = \(ana.user) AND p.preset = 'urgent'"
    ).unwrapped
    for expected in ["active 1 0 1", "active 1 0 1"] {
      try ana.desk(id) { _ = try $0.fire(profile) }
      #expect(try ana.state(id) == expected)
    }
    #expect(try ana.newest(id)?.course.firedAgain == 1)
    try ana.desk(id) { _ = try $0.snooze(until: site.now.advanced(hours: 9), words: "9h", reason: "") }
    try ana.desk(id) { _ = try $0.fire(profile) }
    #expect(try ana.state(id) == "active 1 0 2" && ana.reminder(id).status == .active)
    #expect(try site.count("SELECT count(*) FROM fired WHERE reason = 'by_hand'") == 3)
    // Its own time comes all the same.
    site.pass(hours: 1)
    #expect(try site.work().fired == 1)
  }

  @Test func archivingCancelsAndReopeningCountsFromNow() throws {
    let (site, ana, id) = try ringing(.high, .interval(minutes: 60))
    try ana.desk(id) { _ = try $0.archive() }
    #expect(try ana.state(id) == "cancelled 1 0 1" && ana.reminder(id).nextAt == nil)
    #expect(try ana.desk(id) { try $0.archive() } == .already)
    #expect(throws: ReminderRefusal.archived) { try ana.desk(id) { try $0.complete() } }
    site.pass(minutes: 90)
    try ana.desk(id) { _ = try $0.reopen() }
    #expect(try ana.reminder(id).nextAt == site.now.advanced(minutes: 30))
    #expect(try ana.desk(id) { try $0.reopen() } == .already)
  }

  @Test func theExpiredOneCanStillBeAnswered() throws {
    let (site, ana, id) = try ringing()
    site.pass(hours: 30)
    try site.work()
    site.pass(hours: 30)
    try site.work()
    #expect(try ana.state(id).hasPrefix("expired"))
    #expect(try ana.desk(id) { try $0.acknowledge() }.entries.first?.action == "reminder.acknowledged")
    #expect(try ana.state(id).hasPrefix("acknowledged"))
  }
}
