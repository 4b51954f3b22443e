import Testing

@testable import Domain

/// The week of the review (RULES 5.24), and cells of maps. 2027-01-04 is a Monday.
@Suite struct HabitWeekTests {
  @Test(arguments: [
    ("2026-W53", "2026-12-28", "2026-12-27"), ("2027-W01", "2027-01-04", "2027-01-03"), ("2026-W11", "2026-03-09", "2026-03-08"),
    ("2026-W01", "2025-12-29", "2025-12-28"), ("2020-W53", "2020-12-28", "2020-12-27"), ("2027-W52", "2027-12-27", "2027-12-26"),
  ])
  func `hard case 8: an address names the week that holds its Thursday`(address: String, monday: String, sunday: String) throws {
    #expect(try PersonWeek(address, weekStart: .monday)?.first == day(monday))
    #expect(try PersonWeek(address, weekStart: .sunday)?.first == day(sunday))
    // Weeks from Friday on: the Thursday is their last day.
    #expect(try PersonWeek(address, weekStart: .friday)?.last == day(monday).advanced(by: 3))
  }

  @Test(arguments: [
    "2027-W53", "2026-W00", "2026-w01", "2026-W54", "2026-W1", "2026W01", "2026-W01 ", "", "2026-W-1", "26-W01", "2026-W011", "0000-W01",
    "٢٠٢٦-W01",
  ])
  func `hard case 8: what is no ISO week has no address`(address: String) {
    for weekStart in Weekday.allCases { #expect(PersonWeek(address, weekStart: weekStart) == nil) }
  }

  @Test func `every week has one address, whatever day begins it`() throws {
    for weekStart in Weekday.allCases {
      var week = PersonWeek(holding: try day("2019-12-20"), weekStart: weekStart)
      var addresses: Set<String> = []
      for _ in 0..<600 {
        #expect(week.first.weekday == weekStart && PersonWeek(week.address, weekStart: weekStart) == week)
        #expect(week.next.previous == week && week.days.count == 7)
        #expect(week.days.allSatisfy { PersonWeek(holding: $0, weekStart: weekStart) == week })
        addresses.insert(week.address)
        week = week.next
      }
      #expect(addresses.count == 600)
    }
  }

  /// Line from Monday 4 January, rule, done, required, rate in percent (−1: none), all of the week of the 11th.
  static let weeks: [(String, HabitRule, Int, Int, Int)] = [
    ("....... xx.xsx.", HabitRule.daily, 4, 5, 80), ("....... xxxxxxx ..", .daily, 7, 7, 100), ("....... x", .daily, 1, 1, 100),
    ("....... .", .daily, 0, 0, -1), ("....... ppppppp", .daily, 0, 0, -1), ("....... xx.x... .", .mondayWednesdayFriday, 1, 3, 33),
    ("....... xx..... .", HabitRule(.perWeek(3)), 2, 3, 67), ("....... xxxxx.. .", HabitRule(.perWeek(3)), 3, 3, 100),
    ("....... xs..... .", HabitRule(.perWeek(3)), 1, 2, 50), ("....... xx", HabitRule(.perWeek(3)), 2, 3, -1),
    ("....... xxx", HabitRule(.perWeek(3)), 3, 3, 100), ("....... xxp.... .", HabitRule(.perWeek(3)), 2, 3, -1),
    ("....... xxpx... .", HabitRule(.perWeek(3)), 3, 3, 100),
    ("....... 6..4... .", .atLeast(10, per: .week), 1, 1, 100), ("....... 6..3... .", .atLeast(10, per: .week), 0, 1, 0),
    ("....... 6..3...", .atLeast(10, per: .week), 0, 1, -1),
  ]

  @Test(arguments: weeks)
  func `a week is what was done of what it asked`(line: String, rule: HabitRule, done: Int, required: Int, percent: Int) throws {
    let sketch = try HabitSketch(line, from: "2027-01-04", rule)
    let week = sketch.history.week(PersonWeek(holding: try day("2027-01-11"), weekStart: .monday), today: sketch.today)
    #expect((week.done, week.required, week.rate?.percent ?? -1) == (done, required, percent))
    #expect(week.blocks.map(\.date) == (11...17).map { Day(year: 2027, month: 1, day: $0) })
  }

  @Test func `a habit made in the middle of a week is asked from then on`() throws {
    let week = PersonWeek(holding: try day("2027-01-07"), weekStart: .monday)
    let daily = try HabitSketch("x.x.. .", from: "2027-01-06")
    #expect(daily.history.week(week, today: daily.today).required == 5)
    let weekly = try HabitSketch("xx... .", from: "2027-01-06", HabitRule(.perWeek(3)))
    #expect(weekly.history.week(week, today: weekly.today).rate == nil)
    let before = daily.history.week(week.previous, today: daily.today)
    #expect(before.required == nil && before.rate == nil && before.blocks.allSatisfy { $0.mark == .nothing })
    let monthly = try HabitSketch("xx... .", from: "2027-01-06", HabitRule(.perMonth(3))).history.week(week, today: daily.today)
    #expect(monthly.done == 2 && monthly.required == nil && monthly.rate == nil)
  }

  /// 4 of 5, 1 of 3 and none: (0.8 + 0.333…)/2 = 0.566667; from 0.5 that is 6.7 points more.
  @Test func `the week's rate is the mean of the habits', and its change is in tenths of a point`() throws {
    let week = PersonWeek(holding: try day("2027-01-11"), weekStart: .monday)
    let weeks = try [
      HabitSketch("....... xx.xsx. .", from: "2027-01-04"), HabitSketch("....... xx.x... .", from: "2027-01-04", .mondayWednesdayFriday),
      HabitSketch("....... ppppppp .", from: "2027-01-04"),
    ].map { $0.history.week(week, today: $0.today) }
    // The first has a Sunday that is over and missed: 4 of 6.
    let mean = try #require(HabitWeek.mean(weeks))
    #expect(mean.fact == "0.500000")
    #expect(HabitWeek.mean([weeks[2]]) == nil)
    #expect(HabitWeek.change(from: Proportion(0.5), to: Proportion(0.5667)) == 67)
    #expect(HabitWeek.change(from: Proportion(2.0 / 3), to: Proportion(0.5)) == -167)
  }

  @Test func `cells`() throws {
    let sketch = try HabitSketch("x.spX.", from: "2027-01-04")
    let cells = sketch.history.cells(sketch.created.advanced(by: -1)...sketch.today.advanced(by: 1), today: sketch.today)
    #expect(cells.map(\.mark) == [.nothing, .kept, .missed, .skipped, .paused, .kept, .nothing, .nothing])
    let amounts = try HabitSketch("49.4", from: "2027-01-04", .atLeast(8))
    let shown = amounts.history.cells(amounts.created...amounts.today, today: amounts.today)
    #expect(shown.map(\.mark) == [.partial, .kept, .missed, .partial] && shown.map(\.share) == [0.5, 1, 0, 0.5])
    #expect(shown.map(\.entered) == [Amount(4), Amount(9), nil, Amount(4)])
    let most = try HabitSketch("03.", from: "2027-01-04", .atMost(2))
    #expect(most.history.cells(most.created...most.today, today: most.today).map(\.mark) == [.kept, .missed, .nothing])
    let chosen = try HabitSketch(".xn..n", from: "2027-01-04", .mondayWednesdayFriday)
    let days = chosen.history.cells(chosen.created...chosen.today, today: chosen.today)
    #expect(days.map(\.mark) == [.missed, .kept, .missed, .nothing, .missed, .nothing])
    #expect(
      days.map(\.isScheduled) == [true, false, true, false, true, false] && days.map(\.hasNote) == [false, false, true, false, false, true])
    let weekly = try HabitSketch("x......", from: "2027-01-04", HabitRule(.perWeek(3)))
    #expect(HabitTally(weekly.history.cells(weekly.created...weekly.today, today: weekly.today)).missed == 0)
  }

  @Test func `hard case 7: a date that was not there is no miss on the map`() throws {
    let sketch = try HabitSketch("xx.xx", from: "2011-12-28")
    let history = HabitHistory(
      created: sketch.created, weekStart: .monday, changes: [], entries: sketch.entries,
      leftOut: try zone("Pacific/Apia").leftOut(in: sketch.created...sketch.today))
    #expect(history.cells(sketch.created...sketch.today, today: sketch.today).map(\.mark) == [.kept, .kept, .nothing, .kept, .kept])
  }

  @Test func `sums by week belong to the person's weeks`() throws {
    let sketch = try HabitSketch("1234567 89", from: "2027-01-04", .atLeast(1))
    let cells = sketch.history.cells(sketch.created...sketch.today, today: sketch.today)
    #expect(cells.sums(weekStart: .monday).map(\.sum) == [Amount(28), Amount(17)])
    #expect(cells.sums(weekStart: .sunday).map(\.sum) == [Amount(21), Amount(24)])
    #expect(try cells.sums(weekStart: .sunday).map(\.week) == [day("2027-01-03"), day("2027-01-10")])
  }

  @Test(arguments: [("2027-02", 28), ("2028-02", 29), ("2026-12", 31)])
  func `a month has its days`(text: String, count: Int) throws {
    let month = try #require(CalendarMonth(text))
    #expect(month.days.count == count && month.text == text && month.next.previous == month)
    #expect(month.days.lowerBound.iso == text + "-01")
  }

  @Test(arguments: ["2027-13", "2027-00", "2027-1", "2027-02-01", "", "0000-01", "2027/02"])
  func `what is no month is none`(text: String) { #expect(CalendarMonth(text) == nil) }
}
