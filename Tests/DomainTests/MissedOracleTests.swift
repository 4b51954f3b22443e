import Testing

@testable import Domain

/// What was missed, against loops that know nothing of the engine: every minute is looked at, every step of an interval is taken.
@Suite struct MissedOracleTests {
  struct Rule: Sendable, CustomTestStringConvertible {
    let text: String
    /// Minute, hour, day of the month, month, weekday (1 = Monday).
    let fires: @Sendable (Int, Int, Int, Int, Int) -> Bool
    var testDescription: String { text }
  }

  static let rules: [Rule] = [
    Rule(text: "*/25 * * * *") { minute, _, _, _, _ in minute % 25 == 0 },
    Rule(text: "10-50/20 6-22/8 * * *") { minute, hour, _, _, _ in [10, 30, 50].contains(minute) && [6, 14, 22].contains(hour) },
    Rule(text: "0 9 13 * FRI") { minute, hour, day, _, weekday in minute == 0 && hour == 9 && (day == 13 || weekday == 5) },
    Rule(text: "0 9 */2 * MON") { minute, hour, day, _, weekday in minute == 0 && hour == 9 && day % 2 == 1 && weekday == 1 },
    Rule(text: "59 23 29 2 *") { minute, hour, day, month, _ in minute == 59 && hour == 23 && day == 29 && month == 2 },
    Rule(text: "0 0 * 2,3 SUN") { minute, hour, _, month, weekday in minute == 0 && hour == 0 && [2, 3].contains(month) && weekday == 7 },
    Rule(text: "30 0 1-7 * 1") { minute, hour, day, _, weekday in minute == 30 && hour == 0 && (day <= 7 || weekday == 1) },
  ]

  /// Zones whose clocks run evenly: one with three quarters of an hour, one a day ahead.
  @Test(arguments: rules, ["Asia/Kathmandu", "Pacific/Kiritimati"])
  func `the count, the first and the newest are those of a look at every minute`(rule: Rule, name: String) throws {
    let zone = try zone(name)
    let excluded = try Set(["2028-02-13", "2028-02-28", "2028-03-01"].map(day))
    for weekends in [false, true] {
      let schedule = try Schedule(.recurring(Cron(rule.text)), zone: zone, excludedDays: excluded, excludesWeekends: weekends)
      for (from, minutes) in [("2028-02-12T11:47:13Z", 27_000), ("2028-02-28T10:00:00Z", 1_440), ("2028-02-29T00:00:00Z", 3_001)] {
        let start = try instant(from)
        let end = start.advanced(minutes: minutes)
        var expected: [Instant] = []
        var moment = Instant(seconds: (start.seconds / 60 + 1) * 60)
        while moment <= end {
          let local = zone.local(moment)
          let (_, month, date) = local.day.date
          let weekday = local.day.weekday.rawValue
          let isOff = excluded.contains(local.day) || weekends && weekday >= 6
          if !isOff, rule.fires(local.time.minute, local.time.hour, date, month, weekday) { expected.append(moment) }
          moment = moment.advanced(minutes: 1)
        }
        let missed = schedule.occurrences(after: start, through: end)
        #expect(missed?.count ?? 0 == expected.count)
        #expect(missed?.first == expected.first)
        #expect(missed?.newest == expected.last)
      }
    }
  }

  /// Apia and Kwajalein left out a Friday and a Saturday: an interval takes no notice, its weekends are those of the calendar there.
  @Test(
    arguments: [
      ("Pacific/Apia", "2011-12-28T07:00:00Z"), ("Pacific/Kwajalein", "1993-08-18T00:00:00Z"),
      ("Australia/Lord_Howe", "2026-04-02T01:00:00Z"),
      ("America/New_York", "2026-10-30T05:00:00Z"),
    ], [1, 7, 95, 1_439, 1_441])
  func `an interval is counted as its steps are`(place: (String, String), minutes: Int) throws {
    let zone = try zone(place.0)
    let start = try instant(place.1)
    let end = start.advanced(days: 6)
    for weekends in [false, true] {
      let schedule = try Schedule(.interval(minutes: minutes), zone: zone, excludesWeekends: weekends)
      var expected: [Instant] = []
      var step = start.advanced(minutes: minutes)
      while step <= end {
        if !(weekends && zone.local(step).day.weekday.rawValue >= 6) { expected.append(step) }
        step = step.advanced(minutes: minutes)
      }
      let missed = schedule.occurrences(after: start, through: end)
      #expect(missed?.count ?? 0 == expected.count)
      #expect(missed?.first == expected.first)
      #expect(missed?.newest == expected.last)
    }
  }
}
