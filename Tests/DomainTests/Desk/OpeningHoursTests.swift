import Testing

@testable import Domain

/// RULES 6.14: the hours of a channel as they are typed.
@Suite struct OpeningHoursTests {
  @Test(arguments: [
    ("mon-fri 09:00-18:00", "mon-fri 09:00-18:00"), ("mon-fri 09:00-12:00 13:00-18:00", "mon-fri 09:00-12:00 13:00-18:00"),
    ("mon-fri 09:00-18:00\nsat 09:00-12:00", "mon-fri 09:00-18:00\nsat 09:00-12:00"), ("", ""), ("  \r\n \n", ""),
    ("mon-sun 00:00-24:00", ""), ("every day 0:00-0:00", ""), ("daily 8-20", "mon-sun 08:00-20:00"),
    ("Mon, Wed and Fri: 9:30 to 17:00", "mon,wed,fri 09:30-17:00"), ("fri-mon 10-11", "mon,fri-sun 10:00-11:00"),
    ("weekdays 9am-5:30pm", "mon-fri 09:00-17:30"), ("Saturday 12pm-12am", "sat 12:00-24:00"), ("mon 12am-1am", "mon 00:00-01:00"),
    ("seg-sex 9h-12h, 13h30-18h", "mon-fri 09:00-12:00 13:30-18:00"), ("Segunda-feira a sexta-feira das 08:00 às 18:00", "?"),
    ("segunda-feira a sexta-feira 08:00 às 18:00", "mon-fri 08:00-18:00"), ("s\u{E1}b e dom 10h–14h", "sat-sun 10:00-14:00"),
    ("ter\u{E7}a 9-10\nter\u{E7}a 11-12", "tue 09:00-10:00 11:00-12:00"), ("mon 13:00-18:00 09:00-12:00", "mon 09:00-12:00 13:00-18:00"),
    ("mon 9-12 12-18", "mon 09:00-18:00"), ("tue 09:00-10:00\nmon 09:00-10:00", "mon-tue 09:00-10:00"),
    ("mon 18:00-00:00", "mon 18:00-24:00"), ("sun-sun 9-10", "sun 09:00-10:00"),
  ])
  func `hours are read as they are typed, in both languages`(text: String, canonical: String) throws {
    let reading = OpeningHoursReading(text)
    guard canonical != "?" else {
      #expect(reading.complaints.map(\.problem) == [.day])
      return
    }
    let hours = try #require(reading.hours, "\(reading.complaints)")
    #expect(reading.complaints.isEmpty && hours.text() == canonical)
    #expect(OpeningHoursReading(hours.text(.portuguese)).hours == hours)
  }

  @Test func `they are said in the reader's language`() throws {
    let hours = try #require(OpeningHoursReading("mon-fri 09:00-18:00\nsat 09:00-12:00").hours)
    #expect(hours.text(.portuguese) == "seg-sex 09:00-18:00\ns\u{E1}b 09:00-12:00")
    #expect(hours.weeklyMinutes == 5 * 540 + 180 && !hours.isAlways && OpeningHours.always.isAlways)
  }

  @Test(
    arguments: [
      ("mon-fri", [(1, .noHours, "")]), ("09:00-18:00", [(1, .day, "")]), ("foo 9-10", [(1, .day, "foo")]), ("mon- 9-10", [(1, .day, "")]),
      ("mon 25:00-26:00", [(1, .time, "25:00-26:00")]), ("mon 9:60-10", [(1, .time, "9:60-10")]), ("mon 9", [(1, .time, "9")]),
      ("mon 9-", [(1, .time, "9")]), ("mon 9-10 11", [(1, .time, "11")]), ("mon 9-10x", [(1, .time, "10x")]),
      ("mon 0pm-3pm", [(1, .time, "0pm-3pm")]),
      ("mon 22:00-02:00", [(1, .overMidnight, "22:00-02:00")]), ("mon 9-9", [(1, .overMidnight, "9-9")]),
      ("mon 24:00-03:00", [(1, .time, "24:00-03:00")]),
      ("mon 9-12 11-13", [(1, .overlap, "11:00-13:00")]), ("mon-fri 9-12\nfri 11-13", [(2, .overlap, "11:00-13:00")]),
      ("x 9-10\nmon 9-12\n\ntue 9", [(1, .day, "x"), (4, .time, "9")]), ("mon-wed-fri 9-10x", [(1, .time, "10x")]),
      ("mon 09:00-18:00 \u{1F600}", [(1, .time, "?")]), ("\u{1F600} 9-10", [(1, .day, "?")]), ("mon 123456-9", [(1, .time, "123456-9")]),
    ] as [(String, [(Int, OpeningHoursReading.Complaint.Problem, String)])])
  func `Hard case 20: every line that cannot be read says why, hours over midnight among them`(
    text: String, complaints: [(Int, OpeningHoursReading.Complaint.Problem, String)]
  ) {
    let reading = OpeningHoursReading(text)
    #expect(reading.hours == nil)
    #expect(reading.complaints == complaints.map { .init($0, $1, $2) })
  }

  @Test func `too many lines, and too long ones, are refused`() {
    #expect(OpeningHoursReading(Array(repeating: "", count: 60).joined(separator: "\n")).complaints.map(\.problem) == [.tooLong])
    #expect(OpeningHoursReading("mon 9-10 " + String(repeating: "x", count: 300)).complaints.map(\.problem) == [.tooLong])
  }

  @Test(arguments: 0..<4)
  func `what is written is read as the same`(seed: UInt64) {
    var random = Seeded(seed &+ 11)
    for _ in 0..<200 {
      let hours = OpeningHours(Self.spans(&random))
      #expect(OpeningHoursReading(hours.text()).hours == (hours.weeklyMinutes == 0 ? .always : hours), "\(hours.text())")
    }
  }

  /// Up to five stretches on days of chance.
  static func spans(_ random: inout Seeded) -> [(days: WeekdaySet, span: OpeningHours.Span)] {
    (0..<Int.random(in: 0...5, using: &random)).compactMap { _ in
      let from = Int.random(in: 0...96, using: &random) * 15
      let until = Int.random(in: 0...96, using: &random) * 15
      return OpeningHours.Span(from: from, until: until).map { (WeekdaySet(bits: UInt8.random(in: 1...127, using: &random)), $0) }
    }
  }
}
