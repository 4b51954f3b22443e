import Testing

@testable import Domain

/// What is printed for a schedule can be typed again and is the same schedule, in both languages (RULES 2.8).
@Suite struct RecurrenceSentenceTests {
  private func again(_ sentence: String, _ language: Language, _ zone: Zone, _ now: Instant) throws -> Schedule {
    let noon = try #require(TimeOfDay(hour: 12, minute: 0))
    let reader = PhraseReader(zone: zone, language: language, defaultHour: noon, now: now)
    do {
      return try Schedule(RecurrencePhrase(sentence, reader: reader).kind, zone: zone)
    } catch {
      Issue.record("“\(sentence)” is not read: \(error)")
      return try Schedule(.once(at: .distantPast), zone: zone)
    }
  }

  private func check(_ schedule: Schedule, _ now: Instant) throws {
    for language in Language.allCases {
      let sentence = schedule.words(language, now: now)
      let repeated = try again(sentence, language, schedule.zone, now)
      #expect(repeated.upcoming(after: now, count: 12) == schedule.upcoming(after: now, count: 12), "\(sentence)")
    }
  }

  /// A rhythm of hours within days that are named, with an end that has a time: found by the fuzzer.
  @Test(arguments: [
    "FREQ=HOURLY;INTERVAL=2;BYDAY=MO,FR;UNTIL=20290101T000000", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;BYHOUR=9,12,15,18;BYMINUTE=0",
    "every month on the 1st, every hour, on the hour", "every day, every 2 hours from 9 to 17, until 1 june 2028 at 11:00",
    "every 2 weeks on friday, every 3 hours from 09:00 to 18:00, starting 12 march 2027",
  ])
  func `a rhythm of hours on some days is read again`(text: String) throws {
    let (here, now) = (try zone("America/New_York"), try instant("2027-03-10T15:00:00Z"))
    let reader = PhraseReader(zone: here, language: .english, defaultHour: .noon, now: now)
    let kind = try (try? reader.series(rule: text)) ?? RecurrencePhrase(text, reader: reader).kind
    try check(try Schedule(kind, zone: here), now)
  }

  /// Any rule of any shape, begun now or long ago.
  @Test(arguments: 0..<6)
  func `the sentence of a rule is read as the same rule`(seed: UInt64) throws {
    var dice = Seeded(seed)
    let now = try instant("2027-03-10T15:00:00Z")
    let here = try zone(["America/New_York", "America/Sao_Paulo", "UTC"].randomElement(using: &dice) ?? "UTC")
    func some(_ range: ClosedRange<Int>, _ most: Int) -> [Int] {
      Set((0..<Int.random(in: 1...most, using: &dice)).map { _ in Int.random(in: range, using: &dice) }).sorted()
    }
    for _ in 0..<150 {
      var rule = Recurrence([.daily, .weekly, .monthly, .yearly].randomElement(using: &dice) ?? .daily)
      if Bool.random(using: &dice) { rule.interval = Int.random(in: 1...4, using: &dice) }
      if Int.random(in: 0..<3, using: &dice) == 0 { rule.months = some(1...12, 4) }
      let days = Weekday.allCases.shuffled(using: &dice).prefix(Int.random(in: 1...4, using: &dice)).sorted { $0.rawValue < $1.rawValue }
      switch Int.random(in: 0..<5, using: &dice) {
      case 0: rule.weekdays = days.map { Recurrence.NthWeekday($0) }
      case 1 where rule.frequency == .monthly || rule.frequency == .yearly:
        rule.weekdays = [Recurrence.NthWeekday(days[0], number: [1, 2, 3, 4, 5, -1].randomElement(using: &dice) ?? 1)]
      case 2 where rule.frequency == .monthly || rule.frequency == .yearly:
        rule.monthDays = some(1...31, 3)
        if Bool.random(using: &dice) { rule.monthDays.insert(-Int.random(in: 1...3, using: &dice), at: 0) }
      case 3 where rule.frequency == .monthly:
        rule.weekdays = RecurrenceShape.Days.workWeek.map { Recurrence.NthWeekday($0) }
        rule.positions = [[1, -1, 5, -2].randomElement(using: &dice) ?? 1]
      default: break
      }
      rule.hours = some(0...23, 2)
      rule.minutes = rule.positions.isEmpty ? some(0...59, 2) : [Int.random(in: 0...59, using: &dice)]
      if !rule.positions.isEmpty { rule.hours = [rule.hours[0]] }
      if Int.random(in: 0..<4, using: &dice) == 0 { rule.count = Int.random(in: 1...40, using: &dice) }
      if rule.count == nil, Int.random(in: 0..<4, using: &dice) == 0 { rule.end = .day(try day("2029-05-31")) }
      let begun = here.local(now.advanced(days: [0, 0, -40, 60].randomElement(using: &dice) ?? 0))
      rule = rule.completed(on: begun.day, at: begun.time)
      guard let start = try? rule.begin(notBefore: LocalTime(day: begun.day.advanced(by: 1), time: .midnight)) else { continue }
      try check(Schedule(.rule(rule, from: start), zone: here), now)
    }
  }

  /// Patterns whose sentence is one of a rule; others are said in ways that no single rule has.
  @Test(arguments: [
    "0 9 * * *", "30 8,20 * * *", "0 9 * * 1-5", "0 9 * * 1", "15 6 * * MON,WED,FRI", "0 10 * * 6,0", "0 9 1 * *", "0 9 1,15 * *",
    "0 9 L * *",
    "0 9 1,L * *", "0 9 * * FRIL", "0 9 * * MON#1", "0 9 * * TUE#2,TUE#4", "0 9 * 6-8 *", "0 9 * 6 1",
    "0 9-17 * * *",
    "0 8-18/2 * * 1-5", "0 * * * *", "20 * * * *", "*/15 9-17 * * 1-5", "0 9 1-5 * *",
  ])
  func `the sentence of a pattern is read as a rule with the same times`(pattern: String) throws {
    try check(Schedule(.recurring(Cron(pattern)), zone: .utc), instant("2027-03-10T15:00:00Z"))
  }

  @Test(arguments: [1, 2, 59, 60, 90, 1_440, 525_600])
  func `the sentence of an interval is read as the same interval`(minutes: Int) throws {
    let schedule = try Schedule(.interval(minutes: minutes), zone: .utc)
    for language in Language.allCases {
      #expect(try again(schedule.words(language), language, .utc, instant("2027-03-10T15:00:00Z")).kind == .interval(minutes: minutes))
    }
  }
}
