import Testing

@testable import Domain

/// What an import cannot keep is said, or its entry is refused: nothing rings on a day that the file leaves out. Wednesday 10 March 2027, 10:00 in New York.
@Suite struct ImportLossTests {
  private func one(_ lines: String...) throws -> ImportEntry {
    let text = ImportCalendarTests.calendar("BEGIN:VTODO", "UID:u", "SUMMARY:Pills", lines.joined(separator: "\r\n"), "END:VTODO")
    return try #require(ImportCalendarTests.read(text).first)
  }

  private func todoist(_ date: String, _ language: String = "en") throws -> ImportEntry {
    let text = "TYPE,CONTENT,DATE,DATE_LANG\r\ntask,Water,\(date),\(language)\r\n"
    return try #require(ImportCalendarTests.read(text).first)
  }

  private func plan(_ entry: ImportEntry) -> ImportEntry.Plan? {
    guard case .planned(let plan) = entry.outcome else { return nil }
    return plan
  }

  private func next(_ entry: ImportEntry) -> String? { plan(entry).map { $0.schedule.zone.local($0.next).text } }

  private func days(_ days: String...) throws -> [Day] { try days.map { try #require(Day(iso: $0)) } }

  @Test(arguments: [
    ("FREQ=DAILY;BYHOUR=9,15;BYMINUTE=0", "20270311T150000", true),
    ("FREQ=DAILY;BYHOUR=9,15;BYMINUTE=0", "20270311T090000,20270311T150000", false),
    ("FREQ=DAILY;BYHOUR=9;BYMINUTE=0,30", "20270311T093000", true), ("FREQ=HOURLY;BYMINUTE=0", "20270311T150000", true),
    ("FREQ=DAILY;BYHOUR=9;BYMINUTE=0", "20270311T090000", false),
  ])
  func `one time of several a day that is left out says that its day is`(rule: String, dates: String, says: Bool) throws {
    let entry = try one("DUE:20270308T090000", "RRULE:\(rule)", "EXDATE:\(dates)")
    #expect(entry.remarks == (says ? [.wholeDays(try days("2027-03-11"))] : []))
    #expect(plan(entry)?.schedule.excludedDays == Set(try days("2027-03-11")))
  }

  @Test func `days that are left out as such, and those of the past, need no words`() throws {
    let entry = try one(
      "DUE:20270308T090000", "RRULE:FREQ=DAILY;BYHOUR=9,15;BYMINUTE=0", "EXDATE;VALUE=DATE:20270312", "EXDATE:20270309T150000")
    #expect(entry.remarks.isEmpty)
    #expect(plan(entry)?.schedule.excludedDays == Set(try days("2027-03-12")))
  }

  @Test func `of single dates the next rings, and that the others do not is said`() throws {
    let entry = try one("DUE:20270308T090000", "RDATE:20270320T090000,20270311T090000", "RDATE:20270309T090000")
    #expect(next(entry) == "2027-03-11T09:00" && entry.remarks == [.furtherDates])
    #expect(try one("DUE:20270308T090000", "RDATE:20270309T090000").outcome == .leftOut(.past))
    #expect(try one("DUE:20270308T090000", "RRULE:FREQ=DAILY", "RDATE:20270320T120000").remarks == [.extraDates])
  }

  @Test func `a second rule is said, a rule of what is left out refuses the entry`() throws {
    #expect(try one("DUE:20270308T090000", "RRULE:FREQ=DAILY", "RRULE:FREQ=WEEKLY").remarks == [.furtherRules])
    #expect(try one("DUE:20270308T090000", "RRULE:FREQ=DAILY", "EXRULE:FREQ=WEEKLY").outcome == .leftOut(.exceptionRule))
  }

  @Test func `400 days that are left out are kept, 401 refuse the entry, also in more lines than are read`() throws {
    func entry(_ count: Int) throws -> ImportEntry {
      let first = try #require(Day(iso: "2027-03-11"))
      let dates = (0..<count).map { "EXDATE:" + first.advanced(by: $0).iso.filter { $0 != "-" } + "T090000" }
      return try one("DUE:20270308T180000", "RRULE:FREQ=DAILY", dates.joined(separator: "\r\n"))
    }
    let kept = try entry(400)
    #expect(plan(kept)?.schedule.excludedDays.count == 400, "\(kept.outcome)")
    for count in [401, 600] {
      let refused = try entry(count)
      #expect(refused.outcome == .leftOut(.exclusions))
    }
  }

  @Test(arguments: [
    ("every! 3 days", "en", "every 3 days"), ("after 3 days", "en", "every 3 days"), ("Every! day at 8", "en", "every day at 8"),
    ("a cada! 3 dias", "pt", "a cada 3 dias"), ("todo! dia às 8h", "pt", "todo dia às 8h"),
  ])
  func `what counts from when it was done says that it does not here`(date: String, language: String, plain: String) throws {
    let entry = try todoist(date, language)
    let same = try todoist(plain, language)
    #expect(plan(entry) != nil && entry.outcome == same.outcome, "\(entry.outcome)")
    #expect(entry.remarks == [.fromCompletion])
  }

  @Test func `words that only begin alike are what they were`() throws {
    let entry = try todoist("depois de amanhã", "pt")
    #expect(next(entry) == "2027-03-12T09:00" && entry.remarks.isEmpty, "\(entry.outcome)")
    #expect(try todoist("every day at 8").remarks.isEmpty)
  }
}
