import Archive
import Foundation

@testable import Domain

extension Target {
  /// Files of habits of every kind: what is read keeps to its bounds, is read the same again, and comes back from our own CSV the same to the letter.
  static let habitFiles = Target(
    "habitFiles", longest: 4_000,
    seeds: bytes([
      "HabitName,HabitDescription,HabitCategory,CalendarDate,Value,CommentText\nFloss,,Health,1/2/2026,1,\nFloss,,Health,2026-11-29,-2.15E+09,x\n",
      "task_id,title,entry_type,entry_date,entry_timestamp,quantity,notes\nt1,Up,completed_auto,20270104,,5.5,a\nt1,Up,skipped_auto,20270105,,0,\n",
      "Habit,Date,Total log,Unit,Status,Habit ID\nWater,2027-01-04,2000,mL,Completed,-N\nDesk,2027-01-04,1,times,Failed,-M\n",
      "Date,Ler,Passos,\n2026-03-03,Entry(timestamp=2026-03-03, value=2),Entry(timestamp=2026-03-03, value=7000),\n",
      "2026-02-04,2\n2026-02-03,3\n",
      "Date,Value,Notes\n2027-01-10,YES_MANUAL,\"a, b\"\n2027-01-08,SKIP,\n", "\u{FEFF}Data;Ler;Água\r\n31/01/2027;x;1,5\r\n",
      "habit,date,value,note\nYoga,2027-02-01,1,\nYoga,20270202,skip,\"a\nb\"\n", String(decoding: ours, as: UTF8.self),
      """
      {"habits":[{"id":"h","name":"A","isInverse":true,"createdAt":"2026-12-01T08:00:00.000Z"}],"completions":[{"date":"2027-01-04T23:00:00.000Z",
      "habitId":"h","timezoneOffsetInMinutes":60,"amountOfCompletions":2,"note":"\\u00e9"}],"intervals":[{"habitId":"h","type":"week",
      "startDate":"2026-12-01T00:00:00.000Z","requiredNumberOfCompletions":3,"requiredNumberOfCompletionsPerDay":1}]}
      """,
      """
      {"preferences":{"dayStart":3,"timezoneOffset":180},"tasks":{"dailys":[{"text":"A","frequency":"weekly","everyX":1,"repeat":{"m":true},
      "history":[{"date":1799060400000,"completed":true}]}],"habits":[{"text":"B","down":true,"history":[{"date":1799074800000,"scoredDown":2}]}]}}
      """,
    ]),
    words: [
      "YES_MANUAL", "Entry(", " value=", "sep=;\n", "\"", "\"\"", ",", ";", "\t", "\r\n", "2027-01-04", "1/2/2027", "31/01/27", "1e9", "-",
      "0.001",
      "day,1,", "frequency,1,", "'=", "completed", "skip", "\u{FEFF}", "\\uD83D", "{", "[", "null", "everyX\":99", "monthly", "isInverse",
    ]
  ) { input in
    var kinds: [String] = []
    for order in [nil, HabitFileChoices.DateOrder.dayFirst, .monthFirst] {
      let choices = HabitFileChoices(today: Day(20_860), dateOrder: order, asTicks: order == .monthFirst ? [0] : [])
      kinds.append(try HabitFileCheck.read(choices) { () throws(HabitFileRefusal) in try HabitFile(input, choices: choices) })
    }
    return kinds.joined(separator: " ")
  }

  /// The same of archives as they come unpacked: parts between NULs, each with its name in its first line.
  static let habitParts = Target(
    "habitParts", longest: 4_000,
    seeds: bytes([
      "Habits.csv\nPosition,Name,Type,Question,Description,FrequencyNumerator,FrequencyDenominator,Color,Unit,Target Type,Target Value,Archived?\n"
        + "001,\"A, b\",NUMERICAL,q,d,1,9,#00ACC1,km,AT_MOST,10.0,false\n002,B,YES_NO,,,3,8,#8E24AA,,,,true\n\u{0}"
        + "001 A/Checkmarks.csv\nDate,Value,Notes\n2027-01-10,6250,x\n\u{0}Checkmarks.csv\nDate,A, b,B,\n2027-01-09,NO,YES_MANUAL,\n",
      "a/list.csv\nhabit,date\nYoga,2027-02-01\n\u{0}__MACOSX/x\n1",
    ]),
    words: [
      "\u{0}", "001 A/Checkmarks.csv\n", "Habits.csv\n", "Checkmarks.csv\n", "/", "NUMERICAL", "YES_NO", "YES_MANUAL", "SKIP", "9999999",
      ",0,0,",
    ]
  ) { input in
    let parts = input.split(separator: 0, omittingEmptySubsequences: false).map { part in
      let name = part.prefix { $0 != 0x0A }
      return HabitFile.Part(name: String(decoding: name, as: UTF8.self), bytes: Array(part.dropFirst(name.count + 1)))
    }
    let choices = HabitFileChoices(today: Day(20_860))
    return try HabitFileCheck.read(choices) { () throws(HabitFileRefusal) in try HabitFile(parts: parts, choices: choices) }
  }

  /// ZIPs: what is unpacked keeps to the limits and is the same again.
  static let archives = Target("archives", longest: 4_000, seeds: archiveSeeds, words: ["PK\u{1}\u{2}", "PK\u{3}\u{4}", "PK\u{5}\u{6}"]) {
    input in
    let limits = Archive.Limits(entries: 5, bytes: 20_000)
    let entries: [Archive.Entry]
    do { entries = try Archive.entries(of: input, within: limits) } catch { return "\(error)" }
    try hold(entries.count <= limits.entries, "\(entries.count) entries")
    try hold(entries.reduce(0) { $0 + $1.bytes.count } <= limits.bytes, "more than the limit")
    try hold(entries == (try Archive.entries(of: input, within: limits)), "another content the second time")
    return "\(entries.count) \(size(entries.reduce(0) { $0 + $1.bytes.count }))"
  }

  private static let ours: [UInt8] = {
    var habit = HabitFile.Habit(name: "Run, \"=x\"")
    habit.key = "1"
    habit.kind = .amount
    habit.rules = [
      .init(frequency: .days([.monday]), target: 5_500), .init(from: Day(20_500), frequency: .perMonth(3), target: 0, direction: .atMost),
    ]
    habit.pauses = [.init(from: Day(20_600), until: Day(20_610), reason: .sick)]
    habit.entries = [
      .init(Day(20_700), .done, amount: 1_500, note: "=1"), .init(Day(20_701), .skipped, reason: .travel),
      .init(Day(20_702), .note, note: "n"),
    ]
    return HabitFileWriter.csv([habit])
  }()

  /// Deflated with data descriptors, as Loop writes them; stored, one name twice.
  private static let archiveSeeds: [[UInt8]] = [
    "UEsDBBQACAAIAAAAIV4AAAAAAAAAAAAAAAAKAAAASGFiaXRzLmNzdgvIL84syczP0/FLzE3VCaksSOUyMDDUcdSJdA2O9/PnAgBQSwcIAeLUzyIAAAAgAAAAUEsDBBQACAAIAAAAIV4AAAAAAAAA"
      + "AAAAAAAUAAAAMDAxIEEvQ2hlY2ttYXJrcy5jc3ZzSSxJ1QlLzClN5TIyMDLXNTAEIp1I1+B4X0e/UEcfhKgRsigAUEsHCNS08ZAlAAAANwAAAFBLAQIUAxQACAAIAAAAIV4B4tTPIgAAACAAAAAK"
      + "AAAAAAAAAAAAAACAAQAAAABIYWJpdHMuY3N2UEsBAhQDFAAIAAgAAAAhXtS08ZAlAAAANwAAABQAAAAAAAAAAAAAAIABWgAAADAwMSBBL0NoZWNrbWFya3MuY3N2UEsFBgAAAAACAAIAegAAAMEA"
      + "AAAAAA==",
    "UEsDBBQAAAAAAAAAIV6WsnH7GAAAABgAAAAIAAAAbGlzdC5jc3ZoYWJpdCxkYXRlCkEsMjAyNy0wMS0wMQpQSwMEFAAAAAAAAAAhXoMW3IwBAAAAAQAAAAgAAABsaXN0LmNzdnhQSwECFAMUAAAA"
      + "AAAAACFelrJx+xgAAAAYAAAACAAAAAAAAAAAAAAAgAEAAAAAbGlzdC5jc3ZQSwECFAMUAAAAAAAAACFegxbcjAEAAAABAAAACAAAAAAAAAAAAAAAgAE+AAAAbGlzdC5jc3ZQSwUGAAAAAAIAAgBs"
      + "AAAAZQAAAAAA",
  ].compactMap { Data(base64Encoded: $0).map { Array($0) } }
}

/// What must hold of a file of habits, whatever it was.
private enum HabitFileCheck {
  static func read(_ choices: HabitFileChoices, _ read: () throws(HabitFileRefusal) -> HabitFile) throws -> String {
    let file: HabitFile
    do { file = try read() } catch { return "\(error)".prefix { $0 != "(" }.description }
    try hold(file == (try read()), "read otherwise the second time")
    try hold(
      file.refused.count <= HabitFile.mostRefusedShown && file.refused.count <= file.refusedCount, "\(file.refused.count) refused lines")
    for habit in file.habits { try check(habit, choices) }
    try checkReturn(file, choices)
    let days = file.habits.reduce(0) { $0 + $1.entries.count }
    let reasons = Set(file.refused.map { "\($0.reason)".prefix { $0 != "(" }.description }).sorted()
    return "\(file.kind) \(size(file.habits.count)) \(size(days)) \(reasons) \(file.asksDateOrder)"
  }

  private static func check(_ habit: HabitFile.Habit, _ choices: HabitFileChoices) throws {
    try hold(habit.name.unicodeScalars.count <= HabitFile.Habit.longestName, "a name of \(habit.name.unicodeScalars.count) scalars")
    try hold(habit.name.isEmpty == habit.questions.contains(.name), "a name that is asked, and stands there, or neither")
    try hold(!habit.rules.isEmpty, "no rule")
    try hold(
      habit.kind == .tick || habit.rules.allSatisfy { (0...HabitFile.Entry.largestAmount).contains($0.target ?? -1) },
      "a target out of bounds")
    try hold(habit.kind == .amount || habit.rules.allSatisfy { $0.target == nil }, "a target of ticks")
    var last = Day(-1)
    for entry in habit.entries {
      try hold(entry.day > last && entry.day <= choices.today, "\(entry.day.iso) after \(last.iso)")
      last = entry.day
      let isEntered = entry.state == .done && habit.kind == .amount
      try hold(
        (entry.amount != nil) == isEntered && (0...HabitFile.Entry.largestAmount).contains(entry.amount ?? 0), "an amount of \(entry)")
      try hold(entry.note.utf8.count <= HabitFile.Entry.longestNote && (entry.state != .note || !entry.note.isEmpty), "a note of \(entry)")
    }
  }

  /// Through our own CSV and back.
  private static func checkReturn(_ file: HabitFile, _ choices: HabitFileChoices) throws {
    let habits = file.habits.enumerated().map { place, habit in
      var habit = habit
      if habit.name.isEmpty { habit.name = "?" }
      (habit.key, habit.line, habit.refusedCount, habit.changes, habit.questions) = ("\(place)", 0, 0, [], [])
      return habit
    }
    let back = try HabitFile(HabitFileWriter.csv(habits), choices: HabitFileChoices(today: choices.today))
    let read = back.habits.map { habit in
      var habit = habit
      habit.line = 0
      return habit
    }
    try hold(back.refusedCount == 0, "our own lines are refused: \(back.refused)")
    try hold(read == habits, "not the same from our own file: \(habits), \(read)")
    try hold(HabitFileWriter.csv(read) == HabitFileWriter.csv(habits), "other bytes")
  }
}
