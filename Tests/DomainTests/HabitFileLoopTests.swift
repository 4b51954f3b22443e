import Testing

@testable import Domain

/// Loop Habit Tracker's archives, as parts, and what its numbers mean.
@Suite struct HabitFileLoopTests {
  private func read(_ parts: [String: String]) throws -> HabitFile {
    try HabitFile(
      parts: parts.sorted { $0.key < $1.key }.map { .init(name: $0.key, bytes: Array($0.value.utf8)) }, choices: habitChoices())
  }

  private static let head =
    "Position,Name,Type,Question,Description,FrequencyNumerator,FrequencyDenominator,Color,Unit,Target Type,Target Value,Archived?\n"

  @Test(arguments: [
    (1, 1, HabitFile.Frequency.daily, true), (7, 7, .daily, true), (3, 7, .perWeek(3), true), (1, 30, .perMonth(1), true),
    (4, 28, .perMonth(4), true), (10, 31, .perMonth(10), true), (1, 2, .perWeek(4), false), (1, 3, .perWeek(3), false),
    (2, 3, .perWeek(5), false),
    (6, 7, .perWeek(6), true), (13, 14, .daily, false), (2, 14, .perWeek(1), false), (1, 8, .perMonth(4), false),
    (1, 14, .perMonth(2), false),
    (1, 60, .perMonth(1), false), (1, 365, .perMonth(1), false), (9, 2, .daily, true), (0, 0, .daily, true), (-1, 7, .perWeek(1), true),
  ])
  func `a frequency of Loop and the nearest of ours`(times: Int, days: Int, expected: HabitFile.Frequency, isExact: Bool) throws {
    let file = try read(["Habits.csv": Self.head + "001,Regar,YES_NO,,,\(times),\(days),#7CB342,,,,false\n"])
    #expect(file.habits[0].rules == [.init(frequency: expected)])
    #expect(file.habits[0].changes == (isExact ? [] : [.frequency(times: times, every: days, .days, becomes: expected)]))
  }

  @Test(arguments: [
    (1, "10.0", HabitFile.Rule.Period.day, 10_000, true), (7, "10", .week, 10_000, true), (28, "2", .month, 2_000, true),
    (31, "2", .month, 2_000, true),
    (2, "10", .day, 5_000, false), (14, "20", .week, 10_000, false), (60, "20", .month, 10_000, false), (3, "1", .day, 333, false),
  ])
  func `a target for so many days`(days: Int, target: String, period: HabitFile.Rule.Period, expected: Int, isExact: Bool) throws {
    let habit = try read(["Habits.csv": Self.head + "001,Corrida,NUMERICAL,,,1,\(days),#388E3C,km,AT_LEAST,\(target),false\n"]).habits[0]
    #expect(habit.rules == [.init(target: expected, period: period)] && habit.unit == "km" && habit.kind == .amount)
    #expect(habit.changes.isEmpty == isExact)
  }

  @Test func `heads of every generation, numbers and words`() throws {
    let old = try read([
      "Habits.csv": "Name,Description,NumRepetitions,Interval,Color\nMeditate,Did you?,1,1,#AFB42B\nWake,,2,3,#00897B\n",
      "001 Meditate/Checkmarks.csv": "2026-02-04,2\n2026-02-03,1\n2026-02-02,3\n",
      "002 Wake/Checkmarks.csv": "2026-02-04,0\n2026-02-03,2\n",
      "001 Meditate/Scores.csv": "2026-02-04,1234\n",
    ])
    #expect(old.habits.map(\.said) == [["2026-02-02 skipped", "2026-02-04 done"], ["2026-02-03 done"]] && old.refusedCount == 0)
    #expect(old.habits[0].description == "Did you?" && old.habits.map(\.colour) == [3, 2])
    let words = try read([
      "Habits.csv": "Position,Name,Question,Description,NumRepetitions,Interval,Color\n001,Meditate,Did you?,calm,1,1,#FF8F00\n",
      "001 Meditate/Checkmarks.csv":
        "Date,Value,Notes\n2026-02-04,YES_MANUAL,\"a, b\"\n2026-02-03,YES_AUTO,\n2026-02-02,NO,no time\n2026-02-01,UNKNOWN,\n",
    ])
    #expect(
      words.habits[0].said == ["2026-02-02 note (no time)", "2026-02-04 done (a, b)"] && words.habits[0].description == "Did you?\n\ncalm")
  }

  @Test func `a habit's own file wins over the root, which speaks for those without`() throws {
    let file = try read([
      "Loop/Habits.csv": Self.head
        + "001,\"Água, fria\",YES_NO,,,1,1,#00ACC1,,,,false\n002,Km,NUMERICAL,,,1,1,#00ACC1,km,AT_LEAST,5,false\n",
      "Loop/001 gua fria/Checkmarks.csv": "Date,Value,Notes\n2027-01-02,YES_MANUAL,\n",
      "Loop/Checkmarks.csv": "Date,Água, fria,Km,\n2027-01-03,YES_MANUAL,6250,\n2027-01-02,UNKNOWN,NO,\n2027-01-01,NO,UNKNOWN,\n",
      "__MACOSX/Loop/._Habits.csv": "\u{0}", "Loop/.DS_Store": "\u{0}",
    ])
    #expect(file.habits.map(\.said) == [["2027-01-02 done"], ["2027-01-02 0", "2027-01-03 6.25"]] && file.refusedCount == 0)
  }

  @Test func `a folder that no line tells of is a habit all the same`() throws {
    let file = try read([
      "003 Ler/Checkmarks.csv": "Date,Value\n2027-01-02,YES_MANUAL\n", "004/Checkmarks.csv": "Date,Value\n2027-01-03,YES_MANUAL\n",
    ])
    #expect(file.habits.map(\.name) == ["Ler", ""] && file.habits.map(\.questions) == [[], [.name]])
    #expect(file.habits.map(\.said) == [["2027-01-02 done"], ["2027-01-03 done"]])
  }

  @Test func `lines that cannot be are refused with their file`() throws {
    let file = try read([
      "Habits.csv": Self.head + "001,Ler,YES_NO,,,1,1,#000000,,,,false\n001,Again,YES_NO,,,1,1,#000000,,,,false\n002,\"Bro\"ken\n",
      "001 Ler/Checkmarks.csv": "Date,Value,Notes\n2027-02-30,YES_MANUAL,\n2027-01-01,MAYBE,\n2027-01-02,7000,\n2027-01-03,YES_MANUAL,\n",
    ])
    #expect(file.habits.map(\.said) == [["2027-01-03 done"]])
    #expect(
      file.refused.map { "\($0.part) \($0.line) \($0.habit) \($0.reason)" } == [
        "Habits.csv 3  repeated", "Habits.csv 4  quotes", "001 Ler/Checkmarks.csv 2 Ler date(\"2027-02-30\")",
        "001 Ler/Checkmarks.csv 3 Ler value(\"MAYBE\")", "001 Ler/Checkmarks.csv 4 Ler value(\"7000\")",
      ])
  }

  @Test func `names with a comma and a blank in a root table alone; other commas ask for the ZIP`() throws {
    let file = try habitFile("Date,Água, fria,Ler,\n2027-01-02,YES_MANUAL,SKIP,\n")
    #expect(file.habits.map(\.name) == ["Água, fria", "Ler"] && file.habits.map(\.said) == [["2027-01-02 done"], ["2027-01-02 skipped"]])
    #expect(throws: HabitFileRefusal.loopPart) { try habitFile("Date,a,b,c,\n2027-01-02,YES_MANUAL,SKIP,\n") }
  }

  @Test func `of two files of one name the last counts, and one file of another kind is read`() throws {
    let parts = ["1", "2"].map { HabitFile.Part(name: "list.csv", bytes: Array("habit,date\nYoga,2027-01-0\($0)\n".utf8)) }
    let file = try HabitFile(parts: parts, choices: habitChoices())
    #expect(file.kind == .table && file.habits[0].said == ["2027-01-02 done"])
    #expect(try read(["a/export.csv": "habit,date\nYoga,2027-01-01\n", "a/readme.txt": "hello"]).habits.count == 1)
    #expect(throws: HabitFileRefusal.unknown) { try read(["a.csv": "habit,date\n", "b.csv": "habit,date\n"]) }
    #expect(throws: HabitFileRefusal.empty) { try read([:]) }
    #expect(throws: HabitFileRefusal.database) { try read(["Loop.db": "SQLite format 3\u{0}"]) }
  }

  @Test(arguments: [
    ("#E53935", 5), ("#D32F2F", 5), ("F57C00", 4), ("#F9A825", 3), ("#fdd835", 3), ("#43A047", 2), ("#00897B", 2), ("#00ACC1", 1),
    ("#1976D2", 1),
    ("#8E24AA", 7), ("#303030", 8), ("#757575", 8), ("indigo", 1), ("sky", 1), ("Red", 5), ("stone", 8), ("#12", nil), ("", nil),
    ("#GGGGGG", nil),
  ])
  func `a colour is the nearest of eight`(text: String, expected: Int?) { #expect(HabitFileColour.nearest(text) == expected) }
}
