import Testing

@testable import Domain

/// What amounts mean for a habit (RULES 5.12). 2027-01-04 is a Monday.
@Suite struct HabitAmountTests {
  @Test func `one press adds a step; of an at-most habit the first enters nothing`() {
    let (most, least) = (HabitTarget(Amount(2), .atMost), HabitTarget(Amount(10)))
    #expect(least.pressed(nil, step: Amount(5)) == Amount(5) && least.pressed(Amount(5), step: Amount(5)) == Amount(10))
    #expect(most.pressed(nil, step: Amount(1)) == .zero && most.pressed(.zero, step: Amount(1)) == Amount(1))
    #expect(least.pressed(.limit, step: Amount(1)) == .limit)
  }

  /// At most 2 coffees: 0 pressed, nothing entered, 3 entered, corrected to 2; the last date is today.
  @Test(arguments: [
    ("0", 1, 0), ("0.", 1, 0), ("0..", 0, 1), ("0.x", 1, 0), ("03", 0, 1), ("03.", 0, 1), ("02", 2, 0), ("0123210", 3, 0), ("3", 0, 1),
    ("s", 0, 0),
  ])
  func `hard case 11: at most`(line: String, current: Int, misses: Int) throws {
    let figures = try HabitSketch(line, from: "2027-01-04", .atMost(2)).figures
    #expect((figures.current, figures.misses) == (current, misses))
  }

  @Test func `hard case 11: at most nothing: 0 keeps, 1 breaks`() throws {
    let figures = try HabitSketch("0010", from: "2027-01-04", .atMost(0)).figures
    #expect((figures.current, figures.longest, figures.total, figures.sum) == (1, 2, 3, Amount(1)))
  }

  /// Ten pages a day: a part of it is no kept date, and a break when the day is over.
  @Test func `at least`() throws {
    var sketch = try HabitSketch("99.", from: "2027-01-04", .atLeast(9))
    #expect((sketch.figures.current, sketch.figures.sum) == (2, Amount(18)))
    sketch = try HabitSketch("9989", from: "2027-01-04", .atLeast(9))
    #expect((sketch.figures.current, sketch.figures.longest, sketch.figures.total) == (1, 2, 3))
    sketch = try HabitSketch("998", from: "2027-01-04", .atLeast(9))
    #expect((sketch.figures.current, sketch.figures.today.isDue, sketch.figures.today.isDone) == (2, true, false))
  }

  /// 10 km a week: 6 + 4 is kept on the second; 9 is a break once Monday comes.
  @Test(arguments: [
    ("6", 0, 0, true), ("6..4", 1, 0, false), ("6..3...", 0, 0, true), ("6..3... .", 0, 1, true), ("6..4... 55", 2, 0, false),
    ("s...... .", 0, 0, true), ("s.1.... .", 0, 1, true), ("1p..... .", 0, 0, true), ("....... .", 0, 1, true),
  ])
  func `hard case 12: at least in a week`(line: String, current: Int, misses: Int, isDue: Bool) throws {
    let figures = try HabitSketch(line, from: "2027-01-04", .atLeast(10, per: .week)).figures
    #expect((figures.current, figures.misses, figures.today.isDue, figures.unit) == (current, misses, isDue, .weeks))
  }

  /// At most 3 a week: 2 + 2 on Thursday is a break at once; 2 + 1 counts when the week is over; nothing entered was not kept.
  @Test(arguments: [
    ("2", 0, 0), ("2..2", 0, 1), ("2..1...", 0, 0), ("2..1... .", 1, 0), ("....... .", 0, 1), ("0...... 0...... 2", 2, 0),
    ("2..1... 2..2", 0, 1), ("2p..... .", 0, 0), ("sssssss .", 0, 0),
  ])
  func `hard case 12: at most in a week`(line: String, current: Int, misses: Int) throws {
    let figures = try HabitSketch(line, from: "2027-01-04", .atMost(3, per: .week)).figures
    #expect((figures.current, figures.misses) == (current, misses))
  }

  @Test func `a change of target counts from its date on`() throws {
    var sketch = try HabitSketch("5555", from: "2027-01-04", .atLeast(5))
    try sketch.change("2027-01-06", .atLeast(8))
    #expect((sketch.figures.longest, sketch.figures.current, sketch.figures.total) == (2, 0, 2))
  }

  @Test func `a month's sum`() throws {
    let sketch = try HabitSketch("9" + String(repeating: ".", count: 30) + "1", from: "2027-01-01", .atLeast(9, per: .month))
    #expect((sketch.figures.current, sketch.figures.unit, sketch.figures.today.progress?.sum) == (1, .months, Amount(1)))
  }
}
