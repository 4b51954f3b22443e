import Testing

@testable import Domain

/// Score and rate (RULES 5.8, 5.18), worked out by hand. 2027-01-04 is a Monday.
@Suite struct HabitScoreTests {
  private func score(_ line: String, _ rule: HabitRule = .daily) throws -> Double {
    try HabitSketch(line, from: "2027-01-04", rule).figures.score.value
  }

  /// m = 0.5^(1/13), so 13 dates in a row halve what is missing, and 13 missed ones halve what is there.
  @Test(arguments: [(13, 0, 0.5), (26, 0, 0.75), (39, 0, 0.875), (26, 13, 0.375), (0, 13, 0), (130, 0, 0.9990234375)])
  func `thirteen dates halve the distance`(kept: Int, missed: Int, expected: Double) throws {
    // One more date: today, which is open.
    let line = String(repeating: "x", count: kept) + String(repeating: ".", count: missed + 1)
    #expect(try abs(score(line) - expected) < 1e-12)
  }

  @Test func `today counts once something is entered`() throws {
    #expect(try score("xxx.") == score("xxx") && score("xxx") > score("xx"))
    #expect(try score("xxxn") == score("xxx") && score("xxxs") == score("xxx"))
    // A part of the target moves it too.
    #expect(try score("99998", .atLeast(9)) > score("9999.", .atLeast(9)))
  }

  /// One tick at 7 a week: v = 1/14; the second: 2/14. With m = 0.5^(1/13) = 0.948077: (1 − m)(m + 2)/14 = 0.010934.
  @Test func `per week it is the dates kept in fourteen`() throws {
    #expect(try abs(score("xx", HabitRule(.perWeek(7))) - 0.010934) < 1e-6)
  }

  /// Mondays: m = 0.5^(√(1/7)/13) = 0.980049, v = 1/2 after one Monday, on Tuesday still: 0.009976, 0.019752. A tick on Tuesday changes nothing.
  @Test func `of chosen days it is the chosen ones kept in fourteen dates`() throws {
    let mondays = HabitRule(.days([.monday]))
    #expect(try abs(score("x", mondays) - 0.009976) < 1e-6)
    #expect(try abs(score("x..", mondays) - 0.019752) < 1e-6)
    #expect(try score("xx.", mondays) == score("x..", mondays))
  }

  /// Both are a third of a week's days kept: the same score from the second Monday on, and before.
  @Test func `chosen days score as the same number per week`() throws {
    let line = String(repeating: "x.x.x..", count: 8)
    #expect(try score(line, .mondayWednesdayFriday) == score(line, HabitRule(.perWeek(3))))
  }

  /// Two a month: m = 0.5^(√(2/30)/13) = 0.986327, v = 1/4 after one: 0.003418.
  @Test func `per month it is the dates kept in sixty`() throws {
    #expect(try abs(score("x", HabitRule(.perMonth(2))) - 0.003418) < 1e-6)
  }

  /// (1 − m)/2 = 0.025961: half the target, and half as much again as an at-most target allows.
  @Test func `amounts count in part`() throws {
    #expect(try abs(score("4", .atLeast(8)) - 0.025961) < 1e-6)
    #expect(try abs(score("3", .atMost(2)) - 0.025961) < 1e-6)
    #expect(try score("9", .atLeast(8)) == score("x") && score("2", .atMost(2)) == score("x") && score("4", .atMost(2)) == 0)
    #expect(try score("9", .atMost(2)) == 0 && score("0", .atMost(0)) == score("x") && score("1", .atMost(0)) == 0)
    // A date without an entry is worth nothing, also where little is good.
    #expect(try score(".x", .atMost(2)) == score(".x"))
  }

  /// Six of ten kilometres in the last seven dates: m as of one a week, v = 0.6: 0.011971.
  @Test func `sums are those of the last dates`() throws {
    #expect(try abs(score("6", .atLeast(10, per: .week)) - 0.011971) < 1e-6)
    // The eighth date looks at the seven before it and itself: what was on the first is gone.
    let (eight, none) = (try HabitSketch("6.......", from: "2027-01-04", .atLeast(10, per: .week)), 0.011971)
    #expect(eight.history.figures(today: eight.today.advanced(by: 1)).score.value < eight.figures.score.value)
    #expect(eight.figures.score.value > none)
  }

  @Test func `a tick on a paused date counts, a part of an amount does not`() throws {
    #expect(try score("xpx") == score("xx") && score("xXx") == score("xxx"))
    var sketch = try HabitSketch("8484", from: "2027-01-04", .atLeast(8))
    sketch.pauses = [HabitPause(from: sketch.created.advanced(by: 1), until: sketch.created.advanced(by: 2))]
    #expect(try sketch.figures.score.value == score("884", .atLeast(8)))
    #expect(sketch.figures.current == 2)
  }

  @Test func `no frequency is a trap`() throws {
    for rule in [HabitRule(.days(.none)), HabitRule(.perWeek(0)), HabitRule(.perMonth(-1)), HabitRule(.perWeek(99))] {
      #expect(try (0...1).contains(score("xx.xx", rule)), "\(rule)")
    }
  }

  // MARK: Rate

  /// Line, rule, kept, asked; 0 asked: no rate.
  static let rates: [(String, HabitRule, Int, Int)] = [
    ("xx.x.", HabitRule.daily, 3, 4), ("xxsx", .daily, 3, 3), (".", .daily, 0, 0), ("x", .daily, 1, 1), ("xpXx.", .daily, 3, 3),
    ("x.x....", .mondayWednesdayFriday, 2, 3), ("xx.....", .mondayWednesdayFriday, 1, 3),
    // Monday to Sunday with two of three, and a week that has only begun.
    ("xx..... x", HabitRule(.perWeek(3)), 2, 3), ("xx..... xxx", HabitRule(.perWeek(3)), 5, 6), ("xxs.... .", HabitRule(.perWeek(3)), 2, 2),
    ("xxxxx.. .", HabitRule(.perWeek(3)), 3, 3), ("xp..... xxx.... .", HabitRule(.perWeek(3)), 3, 3),
    ("xpxx... .", HabitRule(.perWeek(3)), 3, 3), ("sss.... .", HabitRule(.perWeek(3)), 0, 0), ("xxxss.. .", HabitRule(.perWeek(3)), 1, 1),
    ("6..4... 1...... .", .atLeast(10, per: .week), 1, 2), ("1...... 55", .atLeast(10, per: .week), 1, 2),
    ("2..2", .atMost(3, per: .week), 0, 1),
  ]

  @Test(arguments: rates)
  func `the rate is what was kept of what was asked`(line: String, rule: HabitRule, kept: Int, asked: Int) throws {
    #expect(try HabitSketch(line, from: "2027-01-04", rule).figures.rate == Proportion(kept, of: asked))
  }

  @Test func `a partial first week has no rate unless it is done`() throws {
    #expect(try HabitSketch("x.... xx..... .", from: "2027-01-06", HabitRule(.perWeek(3))).figures.rate == Proportion(2, of: 3))
    #expect(try HabitSketch("xxx.. xx..... .", from: "2027-01-06", HabitRule(.perWeek(3))).figures.rate == Proportion(5, of: 6))
  }

  /// 400 dates, the first 40 missed: 35 of them are too long ago. 60 weeks, the first 10 without a tick: two of those are among the last 52.
  @Test func `the rate looks back 365 dates and 52 weeks`() throws {
    let days = String(repeating: ".", count: 40) + String(repeating: "x", count: 360)
    #expect(try HabitSketch(days, from: "2026-01-05").figures.rate == Proportion(360, of: 365))
    let weeks = String(repeating: ".......", count: 10) + String(repeating: "x......", count: 50) + "."
    #expect(try HabitSketch(weeks, from: "2026-01-05", HabitRule(.perWeek(1))).figures.rate == Proportion(50, of: 52))
  }

  @Test(arguments: [
    (0.0, "0.000000", 0), (1.0, "1.000000", 100), (0.5248714, "0.524871", 52), (0.9999999, "1.000000", 99), (0.0001, "0.000100", 1),
    (2.0 / 3, "0.666667", 67), (-1.0, "0.000000", 0), (7.0, "1.000000", 100),
  ])
  func `proportions are given with six decimals and in whole percent`(value: Double, fact: String, percent: Int) {
    #expect((Proportion(value).fact, Proportion(value).percent) == (fact, percent))
  }
}
