import Testing

@testable import Domain

/// What is taken away comes back the same to the letter.
@Suite struct HabitFileWriterTests {
  private func back(_ habits: [HabitFile.Habit]) throws -> HabitFile { try HabitFile(HabitFileWriter.csv(habits), choices: habitChoices()) }

  @Test func `the lines of a habit`() throws {
    var habit = HabitFile.Habit(name: "Run, \"slowly\"")
    habit.key = "7"
    habit.kind = .amount
    habit.unit = "km"
    habit.colour = 3
    habit.created = Day(iso: "2027-01-01")
    habit.rules = [
      .init(frequency: .days([.friday, .monday]), target: 5_500), .init(from: Day(iso: "2027-02-01"), target: 10_000, period: .week),
    ]
    habit.pauses = [
      .init(from: Day(iso: "2027-01-10")!, until: Day(iso: "2027-01-12"), reason: .sick), .init(from: Day(iso: "2027-02-09")!),
    ]
    habit.entries = [
      .init(Day(iso: "2027-01-04")!, .done, amount: 50, note: "=1+1"), .init(Day(iso: "2027-01-05")!, .skipped, reason: .travel),
    ]
    #expect(
      String(decoding: HabitFileWriter.csv([habit]), as: UTF8.self)
        == [
          "record,habit,date,until,state,amount,reason,frequency,days,times,kind,unit,target,direction,period,status,colour,group,preferred_time,name,notes",
          "habit,7,2027-01-01,,,,,,,,amount,km,,,,active,3,,,\"Run, \"\"slowly\"\"\",",
          "frequency,7,,,,,,specific_days,mon fri,,,,5.5,at_least,day,,,,,,",
          "frequency,7,2027-02-01,,,,,daily,,,,,10,at_least,week,,,,,,",
          "pause,7,2027-01-10,2027-01-12,,,sick,,,,,,,,,,,,,,",
          "pause,7,2027-02-09,,,,,,,,,,,,,,,,,,",
          "day,7,2027-01-04,,done,0.05,,,,,,,,,,,,,,,'=1+1",
          "day,7,2027-01-05,,skipped,,travel,,,,,,,,,,,,,,", "",
        ].joined(separator: "\r\n"))
  }

  @Test(arguments: ["=1+1", "+x", "-x", "@x", "\tx", "\rx", "'=1", "''=1", "'", "'x", "''", "-", " =1", "'\t"])
  func `a cell that looks like a formula is made harmless, and comes back`(text: String) throws {
    var habit = HabitFile.Habit(name: text)
    habit.description = text
    let csv = String(decoding: HabitFileWriter.csv([habit]), as: UTF8.self)
    let cell = try #require(csv.utf8.split(separator: 0x0A)[1].split(separator: 0x2C).last.map { $0.drop { $0 == 0x22 } })
    #expect(!"=+-@\t\r".utf8.contains(try #require(cell.first)), "\(csv)")
    let read = try back([habit]).habits
    #expect(read.map { Array($0.name.utf8) } == [Array(text.utf8)] && read.map { Array($0.description.utf8) } == [Array(text.utf8)])
  }

  @Test(arguments: UInt64(1)...12) func `random habits of every kind, with nasty texts, in their order`(seed: UInt64) throws {
    var random = HabitGenerator(seed: seed)
    let habits = (0..<random.number(1...12)).map { random.habit(key: $0) }
    let file = try back(habits)
    #expect(file.kind == .heed && file.refusedCount == 0, "\(file.refused)")
    let read = file.habits.map { habit in
      var habit = habit
      habit.line = 0
      return habit
    }
    #expect(read.count == habits.count)
    for (one, other) in zip(read, habits) {
      #expect(one == other)
      // Strings that are only equivalent are equal, too.
      #expect(
        Array(one.name.utf8) == Array(other.name.utf8)
          && one.entries.map { Array($0.note.utf8) } == other.entries.map { Array($0.note.utf8) })
    }
    #expect(HabitFileWriter.csv(read) == HabitFileWriter.csv(habits))
  }

  @Test func `lines in any order mean the same, and what stands twice counts once`() throws {
    var random = HabitGenerator(seed: 77)
    let habits = (0..<4).map { random.habit(key: $0, texts: ["a", "b, c", "=x"]) }
    let lines = String(decoding: HabitFileWriter.csv(habits), as: UTF8.self).split(separator: "\r\n")
    let reversed = ([lines[0]] + lines.dropFirst().reversed()).joined(separator: "\n")
    let twice = (lines + lines.dropFirst()).joined(separator: "\n")
    func days(_ file: HabitFile) -> [String: [HabitFile.Entry]] {
      Dictionary(uniqueKeysWithValues: file.habits.map { ($0.key, $0.entries) })
    }
    #expect(days(try habitFile(reversed)) == days(try back(habits)))
    let again = try habitFile(twice)
    #expect(days(again) == days(try back(habits)) && again.refused.map(\.reason) == Array(repeating: .repeated, count: 4))
  }

  @Test(arguments: [
    ("day,9,2027-01-01,,done", "2 unknownHabit(\"9\")"), ("day,1,2027-02-30,,done", "3 date(\"2027-02-30\")"),
    ("day,1,2027-01-01,,maybe", "3 value(\"maybe\")"), ("walk,1,2027-01-01", "3 value(\"walk\")"), ("day,1,2027-02-11,,done", "3 future"),
    ("frequency,1,,,,,,weekly", "3 value(\"weekly\")"), ("frequency,1,,,,,,per_week,,8", "3 value(\"per_week\")"),
    ("frequency,1,,,,,,specific_days,mon foo", "3 value(\"specific_days\")"), ("day,1,\"2027-01-01", "3 quotes"),
    ("day,1,1969-12-31,,done", "3 tooEarly"), ("pause,1,,2027-01-01", "3 date(\"\")"),
    ("pause,1,2027-01-02,2027-01-01", "3 value(\"2027-01-01\")"), ("habit,1,,,,,,,,,,,,,,,,,,Again", "3 repeated"),
    ("habit,2", "3 noName"), ("day,2,2027-01-01,,done,-1.05", "4 value(\"-1.05\")"), ("day,2,2027-01-01,,done,1.5.2", "4 value(\"1.5.2\")"),
    ("day,2,2027-01-01,,done", "4 noAmount"),
  ])
  func `a line that cannot be is refused, and no other`(line: String, expected: String) throws {
    let head = HabitFileWriter.Column.allCases.map(\.title).joined(separator: ",")
    var text = [head, "habit,1,,,,,,,,,tick,,,,,,,,,One,"]
    if expected.hasPrefix("4") { text.append("habit,2,,,,,,,,,amount,,,,,,,,,Two,") }
    if expected.hasPrefix("2") { text.remove(at: 1) }
    let file = try habitFile((text + [line]).joined(separator: "\n"))
    #expect(file.refusals.count == 1 && file.refusals[0].hasPrefix(expected), "\(file.refusals)")
    #expect(file.habits.count == text.count - 1 && file.habits.allSatisfy { $0.entries.isEmpty })
  }
}

/// Habits that nobody has, the same for the same seed.
struct HabitGenerator {
  private var state: UInt64

  static let texts = [
    "Água, fria", "🎸", "👩‍👩‍👧‍👦 família", "שלום, עולם", "e\u{301}\u{302}\u{303}", "a\nb", "\"quoted\"", "'=1+1", "=SUM(A1)", "-1", "@x", "+55",
    "{{x}}",
    "<script>", "a;b\tc", "\u{202E}abc", "x\r\ny", "line\n\n\nend", "ZZ\u{FEFF}", "nul?", "''", "'", "😀,😀", "naïve\u{200D}", "record",
    "1,5",
  ]

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func number(_ range: ClosedRange<Int>) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return range.lowerBound + Int(state % UInt64(range.count))
  }

  mutating func pick<T>(_ values: [T]) -> T { values[number(0...values.count - 1)] }

  mutating func habit(key: Int, texts: [String] = texts) -> HabitFile.Habit {
    var habit = HabitFile.Habit(name: pick(texts) + pick(texts))
    habit.key = pick(["", "=", "x,"]) + String(key)
    habit.description = pick(texts + [""])
    habit.kind = pick(HabitFile.Habit.Kind.allCases)
    habit.unit = habit.kind == .amount ? pick(["km", "=x", "xícaras, frias", ""]) : ""
    habit.group = pick(texts + [""])
    habit.colour = pick([nil, 1, 8])
    habit.status = pick(HabitFile.Habit.Status.allCases)
    habit.preferredTime = pick([nil, TimeOfDay(hour: 0, minute: 0), TimeOfDay(hour: 23, minute: 59)])
    habit.created = pick([nil, Day(20_000)])
    habit.rules = [rule(nil, habit.kind)] + (0..<number(0...3)).map { rule(Day(20_000 + $0 * 30), habit.kind) }
    habit.pauses = (0..<number(0...3)).map { place in
      let from = Day(20_100 + place * 50)
      return .init(
        from: from, until: pick([nil, from.advanced(by: number(1...400))]), reason: pick([nil] + HabitFile.Entry.Reason.allCases))
    }
    var day = 20_000
    habit.entries = (0..<number(0...60)).map { _ in
      day += number(1...9)
      return entry(Day(day), habit.kind, texts)
    }
    return habit
  }

  private mutating func rule(_ from: Day?, _ kind: HabitFile.Habit.Kind) -> HabitFile.Rule {
    let frequency: HabitFile.Frequency = pick([
      .daily, .days([.sunday]), .days([.monday, .thursday, .saturday]), .perWeek(number(1...7)), .perMonth(number(1...31)),
    ])
    if kind == .tick { return .init(from: from, frequency: frequency) }
    return .init(
      from: from, frequency: frequency, target: pick([0, 1, 1_500, 2_000, 999_999_999, 1_000_000_000]),
      direction: pick(HabitFile.Rule.Direction.allCases),
      period: pick(HabitFile.Rule.Period.allCases))
  }

  private mutating func entry(_ day: Day, _ kind: HabitFile.Habit.Kind, _ texts: [String]) -> HabitFile.Entry {
    switch number(0...3) {
    case 0: .init(day, .skipped, reason: pick([nil] + HabitFile.Entry.Reason.allCases), note: pick(texts + [""]))
    case 1: .init(day, .note, note: pick(texts))
    default:
      .init(day, .done, amount: kind == .amount ? pick([0, 1, 10, 250, 1_050, 12_345, 1_000_000_000]) : nil, note: pick(["", ""] + texts))
    }
  }
}
