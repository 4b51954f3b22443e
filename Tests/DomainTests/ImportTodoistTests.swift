import Testing

@testable import Domain

/// Todoist's CSV, on Wednesday 10 March 2027, 10:00 in New York.
@Suite struct ImportTodoistTests {
  private static let head = "TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE"

  private func read(_ rows: String...) throws -> [ImportEntry] {
    try ImportCalendarTests.read(([Self.head] + rows).joined(separator: "\r\n") + "\r\n")
  }

  private func next(_ entry: ImportEntry) -> String? {
    guard case .planned(let plan) = entry.outcome else { return nil }
    return plan.schedule.zone.local(plan.next).text
  }

  @Test(arguments: [
    ("2027-03-12", "2027-03-12T09:00"), ("2027-03-12 17:30", "2027-03-12T17:30"), ("tomorrow", "2027-03-11T09:00"),
    ("friday at 18:00", "2027-03-12T18:00"), ("every day at 8", "2027-03-11T08:00"), ("every monday", "2027-03-15T09:00"),
    ("every 2 weeks on friday at 17:00", "2027-03-12T17:00"), ("12 Dec", "2027-12-12T09:00"), ("2029-01-01", "2029-01-01T09:00"),
  ])
  func `dates in words and figures`(date: String, expected: String) throws {
    let entry = try #require(read("task,Pay the rent,,4,1,Ana (1),,\(date),en,America/New_York").first)
    #expect(next(entry) == expected, "\(entry.outcome)")
    #expect(entry.title == "Pay the rent" && entry.importance == .medium && entry.line == 2)
  }

  @Test func `Portuguese words, another zone, the first priority`() throws {
    let entry = try #require(read("task,Remédio,,1,1,,,todo dia às 8h,pt,America/Sao_Paulo").first)
    #expect(next(entry) == "2027-03-11T08:00" && entry.importance == .high)
  }

  @Test func `sections are passed over, comments join their task, blank lines count`() throws {
    let entries = try read(
      "section,House,,,,,,,,", ",,,,,,,,,", "", "task,\"Clean, \"\"all\"\"\",\"One\nTwo\",4,1,,,tomorrow,en,",
      "note,Under the bed too,,,,,,,,",
      "task,Second,,4,2,,,tomorrow,en,")
    #expect(entries.map(\.title) == ["Clean, \"all\"", "Second"] && entries.map(\.line) == [5, 8])
    #expect(entries[0].notes == "One\nTwo\n\nUnder the bed too")
  }

  @Test func `semicolons and a mark, as Excel writes them`() throws {
    let text = "\u{FEFF}TYPE;CONTENT;PRIORITY;DATE\ntask;Água;1;2027-03-12\n"
    #expect(try ImportCalendarTests.read(text).map(next) == ["2027-03-12T09:00"])
  }

  @Test(arguments: [
    ("task,No date,,4,1,,,,en,", ImportEntry.Reason.noTime), ("task,,,4,1,,,tomorrow,en,", .noTitle),
    ("task,Past,,4,1,,,2027-03-09,en,", .past),
    ("task,Zone,,4,1,,,tomorrow,en,Mars/Olympus", .zone("Mars/Olympus")), ("task,\"Broken\"x,,4,1,,,tomorrow,en,", .quotes),
    ("task,Bro\"ken,,4,1,,,tomorrow,en,", .quotes), ("task,\"Open,,4,1,,,tomorrow,en,", .quotes),
    ("task,Far,,4,1,,,in 3 years,en,", .words("in 3 years", .tooFar)),
    ("task,What,,4,1,,,every day at blue,en,", .rule(.unknown("at blue"))),
  ])
  func `what becomes no reminder says why`(row: String, reason: ImportEntry.Reason) throws {
    let outcomes = try read(row).map(\.outcome)
    #expect(outcomes == [.leftOut(reason)], "\(outcomes)")
  }

  @Test func `the same row is made once, and a broken one spoils no other`() throws {
    let entries = try read(
      "task,Milk,,4,1,,,tomorrow,en,", "task,Mi\"lk,,4,1,,,tomorrow,en,", "task,Milk,,4,1,,,tomorrow,en,", "task,Bread,,4,1,,,tomorrow,en,")
    #expect(entries.map { next($0) != nil } == [true, false, false, true])
    #expect(entries[2].outcome == .leftOut(.repeated(line: 2)))
  }

  @Test func `other tables are refused, and too many rows are`() {
    #expect(throws: ImportRefusal.unknown) { try ImportCalendarTests.read("a,b\n1,2\n") }
    let rows = String(repeating: "task,Milk,,4,1,,,,en,\n", count: ImportFile.mostEntries + 1)
    #expect(throws: ImportRefusal.tooMany) { try ImportCalendarTests.read(Self.head + "\n" + rows) }
  }
}
