import Testing

@testable import Domain

/// The next of a series, deferral and what is late, on and around Monday 1 March 2027 in New York.
@Suite struct TaskRepeatTests {
  private func next(
    _ rule: String, first: String, from: TaskRepeat.From = .due, after: String, today: String, _ zoneName: String = "America/New_York",
    number: Int = 1
  ) throws -> String {
    let clocks = try zone(zoneName)
    let again = try TaskRepeat(Recurrence(rule), first: day(first), from: from)
    let closed = try after == "-" ? nil : due(after, clocks)
    guard let next = again.next(after: closed, today: try day(today), zone: clocks, number: number) else { return "over" }
    return said(next.due, clocks) + (next.passedOver > 0 ? " passed \(next.passedOver)" : "")
  }

  @Test(arguments: [("2027-02-27", "2027-03-08"), ("2027-03-08", "2027-03-08"), ("2027-03-10", "2027-03-15 passed 1")])
  func `Hard case 12: a weekly Monday task that is done early, on its next day and late`(today: String, expected: String) throws {
    let found = try next("FREQ=WEEKLY;BYDAY=MO", first: "2027-03-01", after: "2027-03-01", today: today)
    #expect(found == expected)
  }

  @Test(
    arguments: [
      ("FREQ=MONTHLY;BYMONTHDAY=31", .due, "2027-01-31", "2027-03-31"), ("FREQ=MONTHLY", .due, "2027-01-31", "2027-03-31"),
      ("FREQ=MONTHLY;BYMONTHDAY=-1", .due, "2027-01-31", "2027-02-28"), ("FREQ=MONTHLY", .completion, "2027-01-31", "2027-02-28"),
      ("FREQ=DAILY;INTERVAL=3", .completion, "2027-03-10", "2027-03-13"),
      ("FREQ=WEEKLY;INTERVAL=2", .completion, "2027-03-10", "2027-03-24"),
      ("FREQ=YEARLY", .completion, "2028-02-29", "2029-02-28"), ("FREQ=YEARLY", .due, "2028-02-29", "2032-02-29"),
    ] as [(String, TaskRepeat.From, String, String)])
  func `Hard case 13: from due by the rule, from completion by the calendar`(
    rule: String, from: TaskRepeat.From, today: String, expected: String
  ) throws {
    let found = try next(rule, first: today, from: from, after: today, today: today)
    #expect(found == expected)
  }

  @Test func `Hard case 13: half past midnight is the person's day, which may be the one before`() throws {
    let moment = try instant("2027-03-10T05:30:00Z")
    let dates = try [0, 4].map { HabitClock(zone: try zone("America/New_York"), dayStart: $0).date(moment).iso }
    #expect(dates == ["2027-03-10", "2027-03-09"])
    let found = try dates.map {
      try next("FREQ=DAILY;INTERVAL=3", first: "2027-03-01", from: .completion, after: "2027-03-08", today: $0)
    }
    #expect(found == ["2027-03-13", "2027-03-12"])
  }

  @Test(arguments: [
    // The clocks skip 02:30 on 14 March and show 01:30 twice on 7 November.
    ("FREQ=DAILY;BYHOUR=2;BYMINUTE=30", "2027-03-13T02:30", "2027-03-13", "2027-03-14T03:30"),
    ("FREQ=DAILY;BYHOUR=2;BYMINUTE=30", "2027-03-14T03:30", "2027-03-14", "2027-03-15T02:30"),
    ("FREQ=DAILY;BYHOUR=1;BYMINUTE=30", "2027-11-07T01:30", "2027-11-07", "2027-11-08T01:30"),
    // Twice a day: the later one of the same date, though its hour is over.
    ("FREQ=DAILY;BYHOUR=9,21;BYMINUTE=0", "2027-03-01T09:00", "2027-03-01", "2027-03-01T21:00"),
    ("FREQ=DAILY;BYHOUR=9,21;BYMINUTE=0", "2027-03-01T21:00", "2027-03-03", "2027-03-03T09:00 passed 2"),
    // Its time was taken away: any time of the day is behind it.
    ("FREQ=DAILY;BYHOUR=9;BYMINUTE=0", "2027-03-01", "2027-03-01", "2027-03-02T09:00"),
    // It was moved to Wednesday.
    ("FREQ=WEEKLY;BYDAY=MO", "2027-03-03", "2027-03-03", "2027-03-08"),
    // It was given a time, which the next keeps.
    ("FREQ=WEEKLY;BYDAY=MO", "2027-03-08T18:00", "2027-03-08", "2027-03-15T18:00"),
    // It has no date any more.
    ("FREQ=WEEKLY;BYDAY=MO", "-", "2027-03-08", "2027-03-15"),
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "2027-03-01", "2027-03-16", "2027-03-29 passed 1"),
    ("FREQ=WEEKLY;BYDAY=MO;COUNT=3", "2027-03-08", "2027-03-08", "2027-03-15"),
    ("FREQ=WEEKLY;BYDAY=MO;COUNT=3", "2027-03-15", "2027-03-15", "over"),
    ("FREQ=WEEKLY;BYDAY=MO;COUNT=3", "2027-03-01", "2027-04-01", "over"),
    ("FREQ=WEEKLY;BYDAY=MO;UNTIL=20270310", "2027-03-01", "2027-03-01", "2027-03-08"),
    ("FREQ=WEEKLY;BYDAY=MO;UNTIL=20270310", "2027-03-08", "2027-03-08", "over"),
  ])
  func `times, clock changes, edits, counts and ends`(rule: String, after: String, today: String, expected: String) throws {
    let found = try next(rule, first: "2027-03-01", after: after, today: today)
    #expect(found == expected)
  }

  @Test func `a count from completion is of instances, and a date has no zone`() throws {
    let three = try [1, 2, 3].map {
      try next("FREQ=DAILY;COUNT=3", first: "2027-03-01", from: .completion, after: "2027-03-01", today: "2027-03-01", number: $0)
    }
    #expect(three == ["2027-03-02", "2027-03-02", "over"])
    for place in ["Pacific/Kiritimati", "Pacific/Honolulu", "America/Sao_Paulo", "Pacific/Apia"] {
      let found = try next("FREQ=DAILY", first: "2027-03-01", after: "2027-03-01", today: "2027-03-01", place)
      #expect(found == "2027-03-02", "\(place)")
    }
  }

  @Test(arguments: UInt64(1)...10) func `what comes next is what a walk over the days finds`(seed: UInt64) throws {
    var random = Seeded(seed)
    let monday = try day("2027-03-01")
    let clocks = try zone("America/New_York")
    for _ in 0..<25 {
      let days = Weekday.allCases.filter { _ in Bool.random(using: &random) }
      guard !days.isEmpty else { continue }
      let interval = Int.random(in: 1...3, using: &random)
      var rule = Recurrence(.weekly)
      rule.interval = interval
      rule.weekdays = days.map { Recurrence.NthWeekday($0) }
      let closed = monday.advanced(by: Int.random(in: 0...30, using: &random))
      let today = monday.advanced(by: Int.random(in: 0...60, using: &random))
      // Weeks from the first one, which begins on its Monday.
      func fits(_ day: Day) -> Bool { monday.distance(to: day) / 7 % interval == 0 && days.contains(day.weekday) }
      var (expected, passedOver) = (closed.advanced(by: 1), 0)
      while !fits(expected) || expected < today {
        if fits(expected) { passedOver += 1 }
        expected = expected.advanced(by: 1)
      }
      let found = try TaskRepeat(rule, first: monday).next(after: Due(day: closed), today: today, zone: clocks)
      #expect(found?.due == Due(day: expected) && found?.passedOver == passedOver, "\(rule.text) \(closed.iso) \(today.iso)")
    }
  }

  @Test(arguments: [
    ("every 3 days", "FREQ=DAILY;INTERVAL=3", false), ("a cada 2 semanas", "FREQ=WEEKLY;INTERVAL=2", false),
    ("every month", "FREQ=MONTHLY", false), ("every day at 9", "FREQ=DAILY;BYHOUR=9;BYMINUTE=0", true),
  ])
  func `words from completion are a plain pace`(words: String, rule: String, isTimed: Bool) throws {
    let again = try TaskRepeat(words, from: .completion, reader: plannerReader())
    #expect(again.rule.text == rule && again.isTimed == isTimed && again.from == .completion)
  }

  @Test(
    arguments: [
      ("FREQ=WEEKLY;BYDAY=MO", .due, "Every Monday", "Toda segunda-feira"), ("FREQ=DAILY", .due, "Every day", "Todos os dias"),
      ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", .due, "Every 2 weeks on Friday", "A cada 2 semanas na sexta-feira"),
      ("FREQ=MONTHLY;BYMONTHDAY=-1", .due, "Every month on the last day", "Todo mês no último dia"),
      ("FREQ=DAILY;BYHOUR=9;BYMINUTE=0;COUNT=2", .due, "Every day at 09:00, 2 times", "Todos os dias às 09:00, 2 vezes"),
      ("FREQ=DAILY;INTERVAL=3", .completion, "Every 3 days after it is done", "A cada 3 dias depois de concluída"),
      ("FREQ=YEARLY", .completion, "Every year after it is done", "Todo ano depois de concluída"),
    ] as [(String, TaskRepeat.From, String, String)])
  func `a repeat in words says a time only where there is one`(rule: String, from: TaskRepeat.From, english: String, portuguese: String)
    throws
  {
    let again = try TaskRepeat(Recurrence(rule), first: day("2027-03-01"), from: from)
    #expect(again.words(.english) == english && again.words(.portuguese) == portuguese)
  }

  @Test func `what cannot be is refused`() throws {
    let (reader, first) = (try plannerReader(), try day("2027-03-01"))
    #expect(throws: TaskRepeatError.onlyEverySoMany) { try TaskRepeat("every monday", from: .completion, reader: reader) }
    #expect(throws: TaskRepeatError.onlyEverySoMany) { try TaskRepeat("every month on the 15th", from: .completion, reader: reader) }
    #expect(throws: TaskRepeatError.tooOften) { try TaskRepeat("every 90 minutes", reader: reader) }
    #expect(throws: TaskRepeatError.tooOften) { try TaskRepeat(Recurrence("FREQ=HOURLY"), first: first) }
    #expect(throws: TaskRepeatError.rule(.neverComes)) { try TaskRepeat(Recurrence("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), first: first) }
    #expect(throws: TaskRepeatError.self) { try TaskRepeat("blah", reader: reader) }
  }

  @Test func `the next five dates, and subtasks that move with them`() throws {
    let clocks = try zone("America/New_York")
    let again = try TaskRepeat("last friday of the month", reader: plannerReader())
    let dates = again.upcoming(after: Due(day: try day("2027-03-26")), count: 5, zone: clocks).map(\.day.iso)
    #expect(dates == ["2027-04-30", "2027-05-28", "2027-06-25", "2027-07-30", "2027-08-27"])
    // Over the change of the clocks: the same time on the wall.
    let moved = try [due("2027-03-12", clocks), due("2027-03-12T09:00", clocks)].map { said($0.advanced(by: 7, zone: clocks), clocks) }
    #expect(moved == ["2027-03-19", "2027-03-19T09:00"])
  }

  @Test(arguments: ["2027-03-01", "2027-02-28", "today"])
  func `Hard case 10: nothing is put off until a day that has come`(words: String) throws {
    let reader = try plannerReader()
    #expect(throws: PhraseError.past) { try Deferral(words, reader: reader) }
  }

  @Test func `Hard case 10: back at the beginning of the person's day, where they are by then`() throws {
    let reader = try plannerReader("2027-03-01T10:00", "Asia/Tokyo")
    let tomorrow = try Deferral("tomorrow", reader: reader, dayStart: 4)
    let back = tomorrow.wakes(HabitClock(zone: try zone("Pacific/Honolulu"), dayStart: 4))
    let expected = try instant("2027-03-02T14:00:00Z")
    #expect(tomorrow == .until(try day("2027-03-02")) && back == expected)
    let someday = try ["someday", "never", "algum dia"].map { try Deferral($0, reader: reader) }
    #expect(someday.allSatisfy { $0 == .someday && $0.wakes(HabitClock(zone: reader.zone)) == nil })
  }

  @Test(arguments: [
    ("2027-03-02T04:59:00Z", "America/New_York", 0, false), ("2027-03-02T05:00:00Z", "America/New_York", 0, true),
    ("2027-03-02T05:00:00Z", "America/New_York", 3, false), ("2027-03-02T08:00:00Z", "America/New_York", 3, true),
    // Further west it is still the first of March.
    ("2027-03-02T05:00:00Z", "Pacific/Honolulu", 0, false), ("2027-03-01T16:00:00Z", "Asia/Tokyo", 0, true),
  ])
  func `Hard case 11: a date is over when the next day begins, where the person is`(
    now: String, place: String, dayStart: Int, isPast: Bool
  ) throws {
    let (moment, clock) = (try instant(now), HabitClock(zone: try zone(place), dayStart: dayStart))
    let task = Due(day: try day("2027-03-01"))
    #expect(task.isPast(today: clock.date(moment), now: moment) == isPast)
    #expect((task.end(clock) <= moment) == isPast)
  }
}
