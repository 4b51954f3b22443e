import Testing

@testable import Domain

/// Streaks of days, weeks and months (RULES 5.3 to 5.5, 5.16, 5.20). 2027-01-04 is a Monday.
@Suite struct HabitStreakTests {
  /// Line, current, longest, misses, total.
  @Test(arguments: [
    ("x", 1, 1, 0, 1), (".", 0, 0, 0, 0),
    // Today is open; yesterday is not.
    ("x.", 1, 1, 0, 1), ("x..", 0, 1, 1, 1), ("x...", 0, 1, 2, 1), ("..", 0, 0, 1, 0),
    ("xx.xx", 2, 2, 0, 4), ("xxx.x", 1, 3, 0, 4), ("x.xxx..", 0, 3, 1, 4),
    // Skipped and paused are looked through, a tick on a paused date counts, a note alone is no tick.
    ("xsx", 2, 2, 0, 2), ("xpx", 2, 2, 0, 2), ("xXx", 3, 3, 0, 3), ("xs", 1, 1, 0, 1), ("xnx", 1, 1, 0, 2), ("xn", 1, 1, 0, 1),
    ("x.s", 0, 1, 1, 1), ("x.ppp.", 0, 1, 1, 1), (".sxs.sx", 1, 1, 0, 2),
  ])
  func `days`(line: String, current: Int, longest: Int, misses: Int, total: Int) throws {
    let figures = try HabitSketch(line, from: "2027-01-04").figures
    #expect((figures.current, figures.longest, figures.misses, figures.total) == (current, longest, misses, total))
    #expect(figures.unit == .days)
  }

  /// From a Monday on; what is done on Tuesday counts in the total alone.
  @Test(arguments: [
    ("x.x.x..", 3, 3, 0, 3), ("xxxxx", 3, 3, 0, 5), ("x..", 1, 1, 0, 1), ("x...", 0, 1, 1, 1), ("x.s.x", 2, 2, 0, 2),
    ("xx.xx..", 1, 1, 0, 4),
    (".x.x.x.", 0, 0, 3, 3),
  ])
  func `chosen days`(line: String, current: Int, longest: Int, misses: Int, total: Int) throws {
    let figures = try HabitSketch(line, from: "2027-01-04", .mondayWednesdayFriday).figures
    #expect((figures.current, figures.longest, figures.misses, figures.total) == (current, longest, misses, total))
  }

  /// Three a week, from Monday on. The last week is the current one.
  @Test(arguments: [
    ("x.x.x.. x.x.x..", 2, 2, 0), ("xxx.... x......", 1, 1, 0), ("xx..... xxx....", 1, 1, 0), ("xx..... x......", 0, 0, 1),
    ("xxxxxxx x......", 1, 1, 0), ("xxx.... xx..... xxx....", 1, 1, 0), ("xxx.... xxx.... xx..... ......", 0, 2, 1),
    // Two done and one skipped are three: neither kept nor a break.
    ("xxs.... .......", 0, 0, 0), ("xxx.... xxs.... xxx....", 2, 2, 0), ("xxx.... xs..... .......", 0, 1, 1),
    // Paused from Tuesday to Tuesday: both weeks are neutral, unless three were done.
    ("xxx.... xpppppp p...... xxx....", 2, 2, 0), ("xxx.... xpppppp pxxx... .......", 2, 2, 0),
  ])
  func `hard case 5: weeks`(line: String, current: Int, longest: Int, misses: Int) throws {
    let figures = try HabitSketch(line, from: "2027-01-04", HabitRule(.perWeek(3))).figures
    #expect((figures.current, figures.longest, figures.misses, figures.unit) == (current, longest, misses, .weeks))
  }

  /// Made on a Wednesday: the first five dates are a part of a week.
  @Test(arguments: [("x.... xxx....", 1), ("..... xxx....", 1), ("xxx.. .......", 1), ("xxxxx", 1), ("xxxxx xxx.... ...", 2), ("....", 0)])
  func `hard case 4: a first week that is partial counts when it is done, and breaks nothing`(line: String, current: Int) throws {
    let figures = try HabitSketch(line, from: "2027-01-06", HabitRule(.perWeek(3))).figures
    #expect((figures.current, figures.misses) == (current, 0))
  }

  @Test func `hard case 5: a pause that ends on the day it began is none`() throws {
    var sketch = try HabitSketch("xxx.... xx..... .......", from: "2027-01-04", HabitRule(.perWeek(3)))
    sketch.pauses = [HabitPause(from: try day("2027-01-13"), until: try day("2027-01-13"))]
    #expect((sketch.figures.current, sketch.figures.longest) == (0, 1))
  }

  /// Known beforehand: from Monday 11 until Friday 15 January, entered on the 7th.
  @Test(arguments: [
    ("2027-01-10", false, 7), ("2027-01-11", true, 7), ("2027-01-14", true, 7), ("2027-01-15", false, 7), ("2027-01-17", false, 0),
  ])
  func `hard case 5: a pause begins and ends by itself`(today: String, isPaused: Bool, current: Int) throws {
    var sketch = try HabitSketch("xxxxxxx", from: "2027-01-04")
    sketch.pauses = [HabitPause(from: try day("2027-01-11"), until: try day("2027-01-15"))]
    let figures = sketch.history.figures(today: try day(today))
    #expect(figures.today.isPaused == isPaused && figures.current == current)
    #expect(figures.today.isDue == (!isPaused && today != "2027-01-10"))
  }

  @Test func `pauses that overlap or touch are one`() throws {
    let days = try ["2027-01-04", "2027-01-08", "2027-01-10", "2027-01-20"].map(day)
    #expect(
      HabitPause.merged([HabitPause(from: days[1], until: days[2]), HabitPause(from: days[0], until: days[1])])
        == [HabitPause(from: days[0], until: days[2])])
    #expect(
      HabitPause.merged([HabitPause(from: days[0], until: nil), HabitPause(from: days[1], until: days[2])])
        == [HabitPause(from: days[0], until: nil)])
    #expect(
      HabitPause.merged([HabitPause(from: days[0], until: days[1]), HabitPause(from: days[2], until: days[3])]).count == 2)
  }

  /// Two a week until Wednesday 20 January, then four: that week has two done, which would have been enough.
  @Test func `hard case 4: N of a week is what is in force on its last day`() throws {
    var sketch = try HabitSketch("xx..... xx..... xx..... .", from: "2027-01-04", HabitRule(.perWeek(2)))
    #expect(sketch.figures.current == 3)
    try sketch.change("2027-01-20", HabitRule(.perWeek(4)))
    #expect((sketch.figures.current, sketch.figures.longest, sketch.figures.misses) == (0, 2, 1))
    #expect(sketch.figures.since == sketch.created)
    // In the current week today's N counts at once.
    let thursday = sketch.history.figures(today: try day("2027-01-21"))
    #expect((thursday.current, thursday.today.progress?.required) == (2, 4))
  }

  /// Sunday 10 January is the last of its week for one person and the first for another: 3 + 3 become 2 + 3 + 1.
  @Test func `hard case 4: a new week start cuts all weeks anew`() throws {
    var sketch = try HabitSketch("xx....x xx....x .", from: "2027-01-04", HabitRule(.perWeek(3)))
    #expect(sketch.figures.current == 2)
    sketch.weekStart = .sunday
    // Monday 4 to Saturday 9 is partial now, Sunday 10 to Saturday 16 has three, Sunday 17 is in the current week.
    #expect((sketch.figures.current, sketch.figures.longest, sketch.figures.misses) == (1, 1, 0))
  }

  /// Two a month: January has two, February one, so March begins anew.
  @Test func `months`() throws {
    let march = String(repeating: ".", count: 29) + "xx" + "x" + String(repeating: ".", count: 27)
    let sketch = try HabitSketch(march + "xx", from: "2027-01-01", HabitRule(.perMonth(2)))
    #expect((sketch.figures.current, sketch.figures.longest, sketch.figures.unit) == (1, 1, .months))
    #expect(sketch.history.figures(today: try day("2027-02-28")).current == 1)
    #expect(sketch.history.figures(today: try day("2027-02-28")).misses == 0)
    #expect(try HabitSketch(march, from: "2027-01-01", HabitRule(.perMonth(2))).history.figures(today: try day("2027-03-01")).misses == 1)
  }

  @Test func `more times than a month has are every day of it`() throws {
    let february = String(repeating: "x", count: 28)
    let sketch = try HabitSketch(february + ".", from: "2027-02-01", HabitRule(.perMonth(31)))
    #expect((sketch.figures.current, sketch.figures.misses) == (1, 0))
    let short = try HabitSketch("." + february.dropFirst() + ".", from: "2027-02-01", HabitRule(.perMonth(31)))
    #expect((short.figures.current, short.figures.misses) == (0, 1))
  }

  /// Daily until Thursday 14 January, then two a week.
  @Test func `hard case 3: after a change from days to weeks the streaks begin there`() throws {
    var sketch = try HabitSketch("xxxxxxx xxx....", from: "2027-01-04")
    #expect((sketch.figures.longest, sketch.figures.since) == (10, sketch.created))
    try sketch.change("2027-01-14", HabitRule(.perWeek(2)))
    let since = try day("2027-01-14")
    // The three of that week stand before it; the rest of the week is partial.
    #expect((sketch.figures.current, sketch.figures.longest, sketch.figures.unit) == (0, 0, .weeks))
    #expect((sketch.figures.since, sketch.figures.total, sketch.figures.best) == (since, 10, []))
    #expect(sketch.history.since(asOf: try day("2027-01-13")) == sketch.created && sketch.history.since(asOf: since) == since)
    sketch.entries += [18, 20].map { HabitEntry(sketch.created.advanced(by: $0), .done(.zero)) }
    let later = sketch.history.figures(today: try day("2027-01-24"))
    #expect((later.current, later.longest, later.total) == (1, 1, 12))
  }

  /// Monday, Wednesday, Friday; daily from Thursday 14; the old days again from Wednesday 20, edited twice that day.
  @Test func `hard case 3: each change counts from its date, and the last of a day stands`() throws {
    var sketch = try HabitSketch("x.x.x.. x.x.... x.x..", from: "2027-01-04", .mondayWednesdayFriday)
    // Mondays, Wednesdays and the 8th are kept, Friday 15 is missed: 18 and 20 follow, today is Friday 22.
    #expect((sketch.figures.current, sketch.figures.longest) == (2, 5))
    try sketch.change("2027-01-14", .daily)
    try sketch.change("2027-01-20", HabitRule(.days([.sunday])))
    try sketch.change("2027-01-20", .mondayWednesdayFriday)
    // Thursday 14 to Sunday 17 and Tuesday 19 are asked for now: only the 20th stands after them.
    #expect((sketch.figures.current, sketch.figures.longest) == (1, 5))
    #expect((sketch.figures.unit, sketch.figures.since) == (.days, sketch.created))
  }

  @Test func `hard case 15: undo of the day that made the longest streak lowers it, a new tick brings it back`() throws {
    let whole = try HabitSketch("xxxxxxx", from: "2027-01-04")
    let undone = try HabitSketch("xxx.xxx", from: "2027-01-04")
    #expect((whole.figures.longest, undone.figures.longest, undone.figures.current) == (7, 3, 3))
  }

  @Test func `hard case 9: a habit starts at its first entry, where that is before its making`() throws {
    var sketch = try HabitSketch("xxxxxxxx", from: "2027-01-04")
    sketch.created = sketch.today
    sketch.changes = [HabitChange(from: sketch.today, .daily)]
    #expect((sketch.figures.start, sketch.figures.current) == (try day("2027-01-04"), 8))
    sketch.entries.removeAll()
    #expect((sketch.figures.start, sketch.figures.misses) == (sketch.today, 0))
  }

  /// Ten years of ticks, 2017 to 2027, brought along today; archived for 90 days and restored.
  @Test func `hard case 9: an imported habit starts at its first entry, and archived time is a pause`() throws {
    let (first, today) = (try day("2017-01-02"), try day("2027-01-02"))
    let archived = HabitPause(from: try day("2020-03-01"), until: try day("2020-05-30"))
    let ticks = (0...first.distance(to: today)).map { first.advanced(by: $0) }.filter {
      $0 < archived.from || $0 >= archived.until ?? .last
    }
    let history = HabitHistory(
      created: today, weekStart: .monday, changes: [], entries: ticks.map { HabitEntry($0, .done(.zero)) }, pauses: [archived])
    // 3,653 dates less the 90 of March, April and 29 days of May.
    #expect((history.figures(today: today).current, history.start) == (3563, first))
  }

  @Test func `the best streaks are the longest ten, the later first where they are equal`() throws {
    let line = (1...12).map { String(repeating: "x", count: $0) }.joined(separator: ".") + ".xxx"
    let best = try HabitSketch(line, from: "2026-01-05").figures.best
    #expect(best.map(\.length) == [12, 11, 10, 9, 8, 7, 6, 5, 4, 3])
    // The second of three, which goes on, is the later.
    #expect(try best.last == HabitStreak(length: 3, first: day("2026-04-05"), last: day("2026-04-07")))
  }

  /// Ticked in Auckland on the 6th and the 5th, then flown to Los Angeles, where it is the 5th.
  @Test func `hard case 6: who travels west right after a tick keeps the streak`() throws {
    let sketch = try HabitSketch("xxx", from: "2027-01-04")
    let west = sketch.history.figures(today: sketch.today.advanced(by: -1))
    #expect((west.current, west.total, west.today.date) == (3, 3, try day("2027-01-05")))
    #expect(west.today.isDone && !west.today.isDue)
    let undone = try HabitSketch("xx.", from: "2027-01-04").history.figures(today: sketch.today.advanced(by: -1))
    #expect((undone.current, undone.total) == (2, 2))
    // East: a date later, which is open.
    #expect(sketch.history.figures(today: sketch.today.advanced(by: 1)).current == 3)
  }

  /// Ticked on every date that Apia had: 28, 29 and 31 December, 1 January.
  @Test func `hard case 7: a date that was not there breaks no streak`() throws {
    let sketch = try HabitSketch("xx.xx", from: "2011-12-28")
    #expect(sketch.figures.current == 2)
    let history = HabitHistory(
      created: sketch.created, weekStart: .monday, changes: sketch.changes, entries: sketch.entries,
      leftOut: try zone("Pacific/Apia").leftOut(in: sketch.created...sketch.today))
    #expect(history.figures(today: sketch.today).current == 4)
  }

  /// One miss, then not yet kept: first on the page. Kept, paused, or twice missed: not.
  @Test(arguments: [
    ("xx..", true), ("xx.x", false), ("xx...", false), ("xx.p", false), ("xx", false), ("xx.s", true), (".x.", false), (".pp.", true),
  ])
  func `one miss, not two`(line: String, isRescue: Bool) throws {
    #expect(try HabitSketch(line, from: "2027-01-04").figures.isRescue == isRescue)
  }
}
