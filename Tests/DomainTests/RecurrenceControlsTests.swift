import Testing

@testable import Domain

/// The form's controls for a series, and back (RULES 2.8). Wednesday 10 March 2027, 10:00 in New York.
@Suite struct RecurrenceControlsTests {
  private static let start = LocalTime(day: Day(20_000), time: .noon)

  private struct Dice: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state ^ (state >> 29)) &* 0xBF58_476D_1CE4_E5B9
    }
  }

  private func controls(_ dice: inout Dice) -> RecurrenceControls {
    let weekday = Weekday.allCases.randomElement(using: &dice) ?? .monday
    let (month, date) = (Int.random(in: 1...12, using: &dice), Int.random(in: 1...28, using: &dice))
    let days: [RecurrenceControls.Days] = [
      .daily, .weekly(Set(Weekday.allCases.filter { _ in Bool.random(using: &dice) } + [weekday])), .monthly(date), .monthly(-1),
      .monthly(31),
      .monthlyOn(Recurrence.NthWeekday(weekday, number: [1, 2, 3, 4, 5, -1].randomElement(using: &dice) ?? 1)),
      .yearly(month: month, day: date), .yearly(month: 2, day: 29),
    ]
    let times = Set((0..<Int.random(in: 1...4, using: &dice)).map { _ in Int.random(in: 0..<1_440, using: &dice) })
    var controls = RecurrenceControls(days.randomElement(using: &dice) ?? .daily, at: times)
    controls.every = Int.random(in: 1...3, using: &dice)
    if Bool.random(using: &dice) { controls.from = Day(20_800 + Int.random(in: 0...400, using: &dice)) }
    switch Int.random(in: 0...2, using: &dice) {
    case 0: controls.count = Int.random(in: 1...50, using: &dice)
    case 1: controls.until = Day(24_000 + Int.random(in: 0...400, using: &dice))
    default: break
    }
    return controls
  }

  @Test func `what the controls say is a rule that shows the same controls, rings at their times and is said in plain words`() throws {
    let reader = try RecurrenceRow.reader(.english)
    var dice = Dice(state: 7)
    for _ in 0..<200 {
      let asked = controls(&dice)
      guard case .rule(let rule, let start) = try reader.series(asked) else {
        Issue.record("\(asked) is no rule")
        continue
      }
      var shown = asked
      shown.from = start.day
      #expect(RecurrenceControls(rule, from: start) == shown, "\(rule.text)")
      #expect(try Recurrence(rule.text) == rule)
      let schedule = try Schedule(.rule(rule, from: start), zone: .utc)
      for time in schedule.upcoming(after: reader.now, count: 5) {
        let local = Zone.utc.local(time.instant)
        #expect(asked.times.contains(local.time.second / 60), "\(rule.text)")
        #expect(local.day >= asked.from ?? .first && local.day <= asked.until ?? .last)
      }
      #expect(!schedule.words(.english, now: reader.now).contains("FREQ"), "\(rule.text)")
      #expect(!schedule.words(.portuguese, now: reader.now).contains("FREQ"), "\(rule.text)")
      // Every time of a day comes, not only some of them.
      let times = schedule.upcoming(after: reader.now, count: 60).map { Zone.utc.local($0.instant).time.second / 60 }
      if times.count > asked.times.count * 2 { #expect(Set(times) == asked.times, "\(rule.text)") }
    }
  }

  @Test(arguments: [
    "FREQ=DAILY;BYHOUR=9;BYMINUTE=0", "FREQ=DAILY;BYHOUR=9,21;BYMINUTE=0,30;BYSETPOS=1,4",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;BYHOUR=9;BYMINUTE=0",
    "FREQ=WEEKLY;BYDAY=MO,FR;BYHOUR=9,21;BYMINUTE=0,30;BYSETPOS=1,4,5,8", "FREQ=MONTHLY;BYMONTHDAY=-1;BYHOUR=9;BYMINUTE=0",
    "FREQ=MONTHLY;COUNT=3;BYDAY=-1FR;BYHOUR=9;BYMINUTE=0", "FREQ=YEARLY;UNTIL=20301231;BYMONTH=12;BYMONTHDAY=25;BYHOUR=9;BYMINUTE=0",
  ])
  func `a rule that the controls can show is the same rule again`(text: String) throws {
    let rule = try Recurrence(text)
    #expect(RecurrenceControls(rule, from: Self.start)?.rule == rule)
  }

  @Test(arguments: [
    "FREQ=DAILY;BYDAY=MO;BYHOUR=9;BYMINUTE=0", "FREQ=DAILY;BYMONTH=3;BYHOUR=9;BYMINUTE=0",
    "FREQ=WEEKLY;BYMONTH=3;BYDAY=MO;BYHOUR=9;BYMINUTE=0",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;BYHOUR=9;BYMINUTE=0;WKST=SU", "FREQ=MONTHLY;BYMONTHDAY=1,15;BYHOUR=9;BYMINUTE=0",
    "FREQ=MONTHLY;BYMONTHDAY=-2;BYHOUR=9;BYMINUTE=0", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;BYHOUR=9;BYMINUTE=0",
    "FREQ=MONTHLY;BYDAY=1MO,3MO;BYHOUR=9;BYMINUTE=0", "FREQ=MONTHLY;BYDAY=-2FR;BYHOUR=9;BYMINUTE=0",
    "FREQ=YEARLY;BYMONTH=3;BYDAY=1MO;BYHOUR=9;BYMINUTE=0", "FREQ=YEARLY;BYMONTH=3,9;BYMONTHDAY=1;BYHOUR=9;BYMINUTE=0",
    "FREQ=YEARLY;BYYEARDAY=100;BYHOUR=9;BYMINUTE=0", "FREQ=HOURLY;BYMINUTE=0", "FREQ=DAILY;UNTIL=20301231T120000;BYHOUR=9;BYMINUTE=0",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=0;BYSETPOS=-1", "FREQ=DAILY;BYHOUR=9,21;BYMINUTE=0,30;BYSETPOS=1,2",
    "FREQ=WEEKLY;BYDAY=MO,FR;BYHOUR=9,21;BYMINUTE=0,30;BYSETPOS=1,4,5,7", "FREQ=DAILY;BYHOUR=9,21;BYMINUTE=0,30;BYSETPOS=-1",
  ])
  func `and one that they cannot show in full is not shown by them`(text: String) throws {
    #expect(RecurrenceControls(try Recurrence(text), from: Self.start) == nil)
  }

  @Test(arguments: [
    ("every day at 9 and 21:30", "FREQ=DAILY;BYHOUR=9,21;BYMINUTE=0,30;BYSETPOS=1,4"),
    ("todo dia às 8h30 e 20h", "FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0,30;BYSETPOS=2,3"),
    ("every monday and friday at 8:15 and 17:00", "FREQ=WEEKLY;BYDAY=MO,FR;BYHOUR=8,17;BYMINUTE=0,15;BYSETPOS=2,3,6,7"),
    ("every month on the 5th at 8:15 and 17:00", "FREQ=MONTHLY;BYMONTHDAY=5;BYHOUR=8,17;BYMINUTE=0,15;BYSETPOS=2,3"),
  ])
  func `words with times at different minutes are one series`(typed: String, rule: String) throws {
    let reader = try RecurrenceRow.reader(.english)
    let kind = try RecurrencePhrase(typed, reader: reader).kind
    guard case .rule(let found, _) = kind else { return #expect(Bool(false), "\(kind)") }
    #expect(found.text == rule)
    for language in Language.allCases {
      let sentence = try Schedule(kind, zone: reader.zone).words(language, now: reader.now)
      #expect(try RecurrencePhrase(sentence, reader: RecurrenceRow.reader(language).in(reader.zone)).kind == kind, "\(sentence)")
    }
  }
}

extension PhraseReader {
  fileprivate func `in`(_ zone: Zone) -> PhraseReader {
    PhraseReader(zone: zone, language: language, defaultHour: defaultHour, now: now)
  }
}
