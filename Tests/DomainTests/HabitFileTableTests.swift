import Testing

@testable import Domain

/// Tables as spreadsheets and people write them.
@Suite struct HabitFileTableTests {
  enum Encoding: CaseIterable { case utf8, mark, little, big, windows }

  /// The same bytes that a program of that kind would write.
  private func bytes(_ text: String, _ encoding: Encoding) -> [UInt8] {
    switch encoding {
    case .utf8: Array(text.utf8)
    case .mark: [0xEF, 0xBB, 0xBF] + text.utf8
    case .little: [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    case .big: [0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
    case .windows: text.unicodeScalars.map { $0 == "€" ? 0x80 : UInt8($0.value) }
    }
  }

  private static let rows = [
    ["Data", "Ler \"tudo\"", "Água, fria", "Café; 1€"], ["31/01/2027", "x", "1.5", "2"], ["01/02/2027", "", "2", "0"],
    ["02/02/2027", "sim", "", "3"],
  ]

  @Test(arguments: [",", ";", "\t"], ["\n", "\r", "\r\n"]) func `delimiters, line ends and encodings change nothing`(
    mark: String, end: String
  ) throws {
    let plain = Self.rows.map { row in
      row.map { "\"" + $0.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\"" }
    }
    for encoding in Encoding.allCases {
      for last in ["", end, end + end] {
        let text = plain.map { $0.joined(separator: mark) }.joined(separator: end) + last
        let file = try HabitFile(bytes(text, encoding), choices: habitChoices())
        #expect(file.habits.map(\.name) == ["Ler \"tudo\"", "Água, fria", "Café; 1€"], "\(encoding)")
        #expect(file.habits[0].said == ["2027-01-31 done", "2027-02-02 done"])
        #expect(file.habits[1].said == ["2027-01-31 1.5", "2027-02-01 2"])
        #expect(file.habits[2].said == ["2027-01-31 2", "2027-02-01 0", "2027-02-02 3"])
        #expect(file.refusedCount == 0)
      }
    }
  }

  @Test func `quotes may hold line ends, and lines count on`() throws {
    let file = try habitFile("date,habit,note\n2027-01-01,\"a\nb\",\"one\r\ntwo\"\n2027-13-01,c,\n")
    #expect(file.habits.map(\.name) == ["a b", "c"] && file.habits[0].said == ["2027-01-01 done (one\ntwo)"])
    #expect(file.refusals == ["5 date(\"2027-13-01\")"])
  }

  @Test(arguments: [
    ("2027-01-01,\"Yoga\"x,1", "quotes"), ("2027-01-01,Yo\"ga,1", "quotes"), ("2027-01-01,\"Yoga,1", "quotes"),
    ("2027-01-01,Yoga,1,,more", "cells"),
    ("2027-01-01,,1", "noName"), ("2027-01-01,Yoga,perhaps", "value(\"perhaps\")"), ("2027-01-01,Yoga,\"1,234\"", "value(\"1,234\")"),
    ("31/02/2027,Yoga,1", "date(\"31/02/2027\")"), ("2027-02-30,Yoga,1", "date(\"2027-02-30\")"), (",Yoga,1", "date(\"\")"),
    ("tomorrow,Yoga,1", "date(\"tomorrow\")"), ("2027-02-11,Yoga,1", "future"), ("1900-01-01,Yoga,1", "tooEarly"),
    ("2027-01-01x,Yoga,1", "date("),
    ("2027-01-01,Yoga,1000001", "value(\"1000001\")"),
  ])
  func `a line that cannot be is refused by name, and no other`(line: String, reason: String) throws {
    let file = try habitFile("date,habit,value\n2027-01-03,Read,1\n2027-01-04,Read,1\n" + line)
    #expect(file.refusals.count == 1 && file.refusals[0].hasPrefix("4 " + reason), "\(file.refusals)")
    #expect(try file.habit("Read").said == ["2027-01-03 done", "2027-01-04 done"])
    #expect(file.habits.dropFirst().allSatisfy { $0.entries.isEmpty })
  }

  @Test func `short lines and empty cells beyond the table are no fault`() throws {
    let file = try habitFile("date,habit,value,note\n2027-01-01,Yoga\n2027-01-02,Yoga,1,,,,\n,,,\n")
    #expect(try file.habit("Yoga").said == ["2027-01-02 done"] && file.refusals == ["4 noName"])
  }

  @Test(arguments: [
    ("1", "done"), ("x", "done"), (" X ", "done"), ("✓", "done"), ("✅", "done"), ("Yes", "done"), ("SIM", "done"), ("concluído", "done"),
    ("conclui\u{301}do", "done"), ("0", nil), ("", nil), ("no", nil), ("Não", nil), ("-", nil), ("-1", nil), ("skip", "skipped"),
    ("Pulado", "skipped"), ("2", "2"), ("1,5", "1.5"), ("1.5", "1.5"), ("0.0004", nil), ("0.0005", "0.001"), ("2e2", "200"), ("+3", nil),
  ])
  func `words and numbers of a cell`(cell: String, expected: String?) throws {
    let file = try habitFile("date;habit;value\n2027-01-01;Yoga;\(cell)\n")
    #expect(file.habits[0].said == (expected.map { ["2027-01-01 \($0)"] } ?? []))
    #expect(file.refusedCount == (cell == "+3" ? 1 : 0))
  }

  @Test(arguments: [
    ("2027/01/02", "2027-01-02"), ("2027.1.2", "2027-01-02"), ("20270102", "2027-01-02"), ("2.1.2027", "2027-01-02"),
    ("02.01.27", "2027-01-02"),
    ("2027-01-02 10:30", "2027-01-02"), ("2027-01-02T23:59:59Z", "2027-01-02"), ("2027-01-02T23:59:59-11:00", "2027-01-02"),
    ("13/1/2027", "2027-01-13"), ("1/13/2027", "2027-01-13"), ("1-31-2027", "2027-01-31"), ("2027-1-2", "2027-01-02"),
  ])
  func `dates as they are written, touched by no zone`(cell: String, expected: String) throws {
    let file = try habitFile("date,habit\n\(cell),Yoga\n")
    #expect(file.habits[0].entries.map(\.day.iso) == [expected] && !file.asksDateOrder)
  }

  @Test func `an order that nothing proves is asked, and one that the file contradicts is, too`() throws {
    let unclear = "Date,Yoga\n1/2/2027,x\n2027-01-05,x\n"
    let asked = try habitFile(unclear)
    #expect(asked.asksDateOrder && asked.habits[0].said == ["2027-01-05 done"] && asked.refusedCount == 0)
    #expect(try habitFile(unclear, .dayFirst).habits[0].said == ["2027-01-05 done", "2027-02-01 done"])
    #expect(try habitFile(unclear, .monthFirst).habits[0].said == ["2027-01-02 done", "2027-01-05 done"])
    let both = "Date,Yoga\n13/1/2027,x\n1/14/2027,x\n"
    #expect(try habitFile(both).asksDateOrder)
    #expect(try habitFile(both, .dayFirst).refusals == ["3 date(\"1/14/2027\")"])
  }

  @Test func `amounts of one date add up, a habit is one in any letter case`() throws {
    let file = try habitFile("habit,date,amount,unit\nWater,2027-01-01,250,mL\nwater,2027-01-01,500,mL\nWATER,2027-01-02,skip,mL\n")
    #expect(file.habits.count == 1 && file.habits[0].said == ["2027-01-01 750", "2027-01-02 skipped"] && file.habits[0].unit == "mL")
    #expect(file.habits[0].changes == [.merged(1, first: try #require(Day(iso: "2027-01-01")))])
  }

  @Test func `columns of text and nameless ones are no habits; a value without a name asks for it`() throws {
    let file = try habitFile("Date,Weekday,Yoga,\n2027-01-01,Friday,x,\n2027-01-02,Saturday,x,\n")
    #expect(file.habits.map(\.name) == ["Yoga"] && file.leftOut == 1 && file.refusedCount == 0)
    #expect(try habitFile("Date;Value\n2027-01-01;1\n2027-01-02;0\n").habits.map(\.questions) == [[.name]])
  }

  @Test func `what Excel says of its separator is believed`() throws {
    #expect(try habitFile("sep=;\nDate;Yoga\n2027-01-01;x\n").habits.map(\.said) == [["2027-01-01 done"]])
  }

  @Test(arguments: [
    ("", HabitFileRefusal.empty), (" \n\r\n", .empty), ("hello", .unknown), ("a,b\n1,2\n", .unknown), ("{\"a\":1}", .unknown),
    ("[]", .unknown),
    ("{\"a\":\n\n", .brokenJSON(line: 3)), ("date,Yoga\n2027-01-01,\u{0}", .notText),
    ("Position,Name,Question,Description,NumRepetitions,Interval,Color\n001,A,,,1,1,#000000\n", .loopPart),
    ("Date,Score\n2027-01-10,0.0112\n", .loopPart),
    ("Date,A,B,\n2027-01-10,0.0112,0.5000,\n", .loopPart), ("\u{FEFF}", .empty),
  ])
  func `a file that says nothing is refused by name`(text: String, refusal: HabitFileRefusal) {
    #expect(throws: refusal) { try habitFile(text) }
  }

  @Test func `half a character of UTF-16 is no text`() {
    #expect(throws: HabitFileRefusal.notText) { try HabitFile([0xFF, 0xFE, 0x41], choices: habitChoices()) }
    #expect(throws: HabitFileRefusal.notText) { try HabitFile([0xFE, 0xFF, 0xD8, 0x00], choices: habitChoices()) }
  }

  @Test func `too much of anything is refused, and what just fits is not`() throws {
    func columns(_ count: Int) -> String {
      "Date" + (0..<count).map { ",h\($0)" }.joined() + "\n2027-01-01" + String(repeating: ",x", count: count)
    }
    #expect(try habitFile(columns(500)).habits.count == 500)
    #expect(throws: HabitFileRefusal.tooLarge(.habits)) { try habitFile(columns(501)) }
    #expect(throws: HabitFileRefusal.tooLarge(.bytes)) {
      try HabitFile([UInt8](repeating: 0x20, count: HabitFile.mostBytes + 1), choices: habitChoices())
    }
    let part = HabitFile.Part(name: "a", bytes: [])
    #expect(throws: HabitFileRefusal.tooLarge(.parts)) {
      try HabitFile(parts: Array(repeating: part, count: 2_001), choices: habitChoices())
    }
    var builder = HabitFileBuilder(try habitChoices())
    let place = try builder.add(.init(HabitFile.Habit(name: "a")))
    for _ in 0..<HabitFile.mostDays { try builder.enter(place, Day(20_000), .done, line: 1) }
    #expect(throws: HabitFileRefusal.tooLarge(.days)) { try builder.enter(place, Day(20_000), .done, line: 1) }
  }

  @Test func `of many refused lines the first hundred are named, all are counted`() throws {
    let file = try habitFile("Date,Yoga\n" + String(repeating: "2027-13-01,x\n", count: 250))
    #expect(file.refusedCount == 250 && file.refused.count == 100 && file.refused.last?.line == 101)
  }

  @Test func `what is too long is cut, and said`() throws {
    let name = String(repeating: "👩‍👩‍👧", count: 100)
    let file = try habitFile("habit,date,note\n\(name),2027-01-01,\(String(repeating: "é", count: 1_500))\n")
    #expect(file.habits[0].name.unicodeScalars.count == 100 && file.habits[0].entries[0].note.utf8.count == 2_048)
    #expect(file.habits[0].changes == [.cut(.name), .cut(.note)])
  }
}
