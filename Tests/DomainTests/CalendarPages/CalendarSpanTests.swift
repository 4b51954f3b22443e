import Testing

@testable import Domain

/// Which dates a page of the calendar shows, and on which of them an event stands.
@Suite struct CalendarSpanTests {
  @Test func `a month is shown in whole weeks, from the first day of the week of its first date`() throws {
    let rows: [(String, Weekday, String, String, Int)] = [
      ("2027-03-10", .monday, "2027-03-01", "2027-04-04", 5), ("2027-03-10", .sunday, "2027-02-28", "2027-04-03", 5),
      ("2027-02-28", .monday, "2027-02-01", "2027-02-28", 4), ("2027-02-01", .sunday, "2027-01-31", "2027-03-06", 5),
      ("2027-05-31", .sunday, "2027-04-25", "2027-06-05", 6), ("2026-08-15", .monday, "2026-07-27", "2026-09-06", 6),
    ]
    for (date, weekStart, first, last, weeks) in rows {
      let grid = MonthGrid(holding: try day(date), weekStart: weekStart)
      #expect(grid.days.lowerBound.iso == first && grid.days.upperBound.iso == last && grid.weeks.count == weeks, "\(date) \(weekStart)")
    }
  }

  @Test func `every month of 300 years is covered by its weeks, whichever day begins them`() throws {
    for weekStart in [Weekday.monday, .sunday, .saturday] {
      var date = CalendarSpan.reach.lowerBound
      while let next = CalendarSpan(.month, date, weekStart: weekStart).next {
        let grid = MonthGrid(holding: date, weekStart: weekStart)
        let weeks = grid.weeks
        var good = grid.first.day == 1 && grid.last.advanced(by: 1) == next && grid.contains(date) && !grid.contains(next)
        good =
          good && weeks.first?.first == grid.days.lowerBound && weeks.last?.last == grid.days.upperBound && (4...6).contains(weeks.count)
        good = good && weeks.allSatisfy { $0.first.weekday == weekStart && $0.first <= grid.last && $0.last >= grid.first }
        if !good { Issue.record("\(date.iso) \(weekStart)") }
        date = next
      }
      #expect(date.iso == "2200-12-01")
    }
  }

  @Test func `each page leads to the one before and the one after, from 1900 to 2200`() throws {
    let rows: [(CalendarView, String, String, String?, String?)] = [
      (.agenda, "2027-03-10", "2027-03-10 2027-03-23", "2027-02-24", "2027-03-24"),
      (.week, "2027-03-10", "2027-03-08 2027-03-14", "2027-03-03", "2027-03-17"),
      (.month, "2027-03-31", "2027-03-01 2027-04-04", "2027-02-01", "2027-04-01"),
      (.agenda, "1900-01-03", "1900-01-03 1900-01-16", nil, "1900-01-17"),
      (.month, "1900-01-31", "1900-01-01 1900-02-04", nil, "1900-02-01"),
      (.week, "2200-12-31", "2200-12-29 2201-01-04", "2200-12-24", nil), (.month, "2200-12-31", "2200-12-01 2201-01-04", "2200-11-01", nil),
      // What lies beyond is the nearer end.
      (.week, "1582-10-10", "1900-01-01 1900-01-07", nil, "1900-01-08"),
      (.agenda, "9999-12-31", "2200-12-31 2201-01-13", "2200-12-17", nil),
    ]
    for (view, date, days, previous, next) in rows {
      let span = CalendarSpan(view, try day(date), weekStart: .monday)
      #expect("\(span.days.lowerBound.iso) \(span.days.upperBound.iso)" == days, "\(view) \(date)")
      #expect(span.previous?.iso == previous && span.next?.iso == next, "\(view) \(date)")
    }
    let clocks = try zone("America/New_York")
    let week = CalendarSpan(.week, try day("2027-03-10"), weekStart: .monday).instants(in: clocks)
    let (start, end) = (try instant("2027-03-08T05:00:00Z"), try instant("2027-03-15T04:00:00Z"))
    #expect(week == start..<end)
  }

  @Test func `hard case 14: an event is on each date that it touches in the reader's zone`() throws {
    typealias Row = (from: String, until: String, zone: String, days: String)
    let rows: [Row] = [
      ("2027-03-11T04:00:00Z", "2027-03-11T06:00:00Z", "America/New_York", "2027-03-10 begins, 2027-03-11 ends"),  // 23:00–01:00
      ("2027-03-11T03:00:00Z", "2027-03-11T05:00:00Z", "America/New_York", "2027-03-10 whole"),  // 22:00–00:00
      ("2027-03-11T05:00:00Z", "2027-03-11T05:00:00Z", "America/New_York", "2027-03-11 whole"),  // 00:00–00:00
      (
        "2027-03-10T15:00:00Z", "2027-03-12T15:00:00Z", "America/New_York",
        "2027-03-10 begins, 2027-03-11 continues, 2027-03-12 ends"
      ),
      // The same as seen from elsewhere.
      ("2027-03-11T04:00:00Z", "2027-03-11T06:00:00Z", "Europe/Lisbon", "2027-03-11 whole"),
      ("2027-03-11T03:00:00Z", "2027-03-11T05:00:00Z", "Pacific/Pago_Pago", "2027-03-10 whole"),
      ("2027-03-11T05:00:00Z", "2027-03-11T05:00:00Z", "Pacific/Kiritimati", "2027-03-11 whole"),
      ("2027-03-10T09:00:00Z", "2027-03-10T11:00:00Z", "Pacific/Kiritimati", "2027-03-10 begins, 2027-03-11 ends"),
      // All of the 25 hours of a date, and a second more.
      ("2027-11-07T04:00:00Z", "2027-11-08T05:00:00Z", "America/New_York", "2027-11-07 whole"),
      ("2027-11-07T04:00:00Z", "2027-11-08T05:00:01Z", "America/New_York", "2027-11-07 begins, 2027-11-08 ends"),
    ]
    for row in rows {
      let span = try instant(row.from)..<(try instant(row.until))
      let touched = EventDaysTouched(span, in: try zone(row.zone))
      let around = (touched.days.lowerBound.advanced(by: -2)...touched.days.upperBound.advanced(by: 2))
      let parts = around.compactMap { day in touched.part(on: day).map { "\(day.iso) \($0.rawValue)" } }
      #expect(parts.joined(separator: ", ") == row.days, "\(row)")
    }
  }

  @Test func `hard case 10: an all-day event has its dates, and a page those of them that it shows`() throws {
    let days = try day("2027-03-10")...(try day("2027-03-12"))
    let touched = EventDaysTouched(allDay: days)
    let (second, later) = (try day("2027-03-11"), try day("2027-03-13")...(try day("2027-03-18")))
    #expect(touched.days == days && touched.part(on: second) == .continues)
    let week = try day("2027-03-12")...(try day("2027-03-18"))
    #expect(touched.days(within: week)?.lowerBound.iso == "2027-03-12" && touched.days(within: week)?.upperBound.iso == "2027-03-12")
    #expect(touched.days(within: later) == nil)
  }

  @Test func `confirmed events are busy, tentative ones maybe, cancelled ones and those marked free are not`() {
    for isMarkedBusy in [true, false] {
      #expect(EventBusyness(isCancelled: true, isTentative: false, isMarkedBusy: isMarkedBusy) == .free)
      #expect(EventBusyness(isCancelled: false, isTentative: true, isMarkedBusy: isMarkedBusy) == (isMarkedBusy ? .maybe : .free))
      #expect(EventBusyness(isCancelled: false, isTentative: false, isMarkedBusy: isMarkedBusy) == (isMarkedBusy ? .busy : .free))
    }
  }

  /// Today is in 2027.
  @Test func `an event is said in words, in both languages`() throws {
    let (newYork, today) = (try zone("America/New_York"), try day("2027-03-01"))
    let rows: [(String, String, String, String)] = [
      ("2027-03-10T14:00:00Z", "2027-03-10T15:00:00Z", "Wed 10 Mar, 09:00–10:00", "qua., 10/03, 09:00–10:00"),
      ("2027-03-10T14:00:00Z", "2027-03-10T14:00:00Z", "Wed 10 Mar, 09:00", "qua., 10/03, 09:00"),
      ("2027-03-11T04:00:00Z", "2027-03-11T06:00:00Z", "Wed 10 Mar, 23:00 – Thu 11 Mar, 01:00", "qua., 10/03, 23:00 – qui., 11/03, 01:00"),
      ("2027-03-11T03:00:00Z", "2027-03-11T05:00:00Z", "Wed 10 Mar, 22:00–00:00", "qua., 10/03, 22:00–00:00"),
      (
        "2028-01-01T03:00:00Z", "2028-01-01T06:00:00Z", "Fri 31 Dec, 22:00 – Sat 1 Jan 2028, 01:00",
        "sex., 31/12, 22:00 – sáb., 01/01/2028, 01:00"
      ),
      ("2027-11-07T05:30:00Z", "2027-11-07T06:30:00Z", "Sun 7 Nov, 01:30 EDT–01:30 EST", "dom., 07/11, 01:30 EDT–01:30 EST"),
      // A shift through the night in which the clocks go forward.
      ("2027-03-14T03:00:00Z", "2027-03-14T10:00:00Z", "Sat 13 Mar, 22:00 – Sun 14 Mar, 06:00", "sáb., 13/03, 22:00 – dom., 14/03, 06:00"),
    ]
    for (from, until, english, portuguese) in rows {
      let span = try instant(from)..<(try instant(until))
      #expect(EventSpanWords.text(span, in: newYork, .english, today: today) == english)
      #expect(EventSpanWords.text(span, in: newYork, .portuguese, today: today) == portuguese)
    }
    let days = try day("2027-03-10")...(try day("2027-03-12"))
    #expect(EventSpanWords.text(days, .english, today: today) == "Wed 10 Mar – Fri 12 Mar")
    #expect(EventSpanWords.text(days.lowerBound...days.lowerBound, .portuguese, today: today) == "qua., 10/03")
    let later = try day("2026-12-31")...(try day("2027-01-01"))
    #expect(EventSpanWords.text(later, .portuguese, today: today) == "qui., 31/12/2026 – sex., 01/01")
  }

  @Test func `hard case 13: an event elsewhere is said by its own clocks too, a flight by both`() throws {
    let (newYork, saoPaulo, lisbon) = (try zone("America/New_York"), try zone("America/Sao_Paulo"), try zone("Europe/Lisbon"))
    let (today, toronto) = (try day("2027-03-01"), try zone("America/Toronto"))
    let flight = try instant("2027-03-11T01:00:00Z")..<(try instant("2027-03-11T12:30:00Z"))
    func words(_ from: Zone, _ until: Zone, _ reader: Zone, _ language: Language) -> String? {
      EventSpanWords.elsewhere(flight, from: from, until: until, reader: reader, language, today: today)
    }
    #expect(
      words(saoPaulo, lisbon, newYork, .english) == "Wed 10 Mar, 22:00 (Sao Paulo time) – Thu 11 Mar, 12:30 (Lisbon time)")
    #expect(
      words(saoPaulo, lisbon, saoPaulo, .portuguese)
        == "qua., 10/03, 22:00 (horário de São Paulo) – qui., 11/03, 12:30 (horário de Lisbon)")
    #expect(words(lisbon, lisbon, newYork, .english) == "Thu 11 Mar, 01:00–12:30 (Lisbon time)")
    // The same time on other clocks says nothing.
    #expect(words(lisbon, lisbon, lisbon, .english) == nil && words(newYork, newYork, toronto, .english) == nil)
  }

  @Test func `below the heading of a date stands what of an event is on it`() throws {
    let newYork = try zone("America/New_York")
    let rows: [(String, String, String, String?, String?)] = [
      ("2027-03-10T14:00", "2027-03-10T15:00", "2027-03-10", "09:00–10:00", "09:00–10:00"),
      ("2027-03-10T14:00", "2027-03-10T14:00", "2027-03-10", "09:00", "09:00"),
      ("2027-03-10T14:00", "2027-03-10T15:00", "2027-03-11", nil, nil),
      ("2027-03-11T04:00", "2027-03-12T06:00", "2027-03-10", "from 23:00", "a partir das 23:00"),
      ("2027-03-11T04:00", "2027-03-12T06:00", "2027-03-11", "all day", "o dia todo"),
      ("2027-03-11T04:00", "2027-03-12T06:00", "2027-03-12", "until 01:00", "até 01:00"),
      ("2027-03-10T06:30", "2027-03-12T06:00", "2027-03-10", "from 01:30", "a partir da 01:30"),
      ("2027-03-11T03:00", "2027-03-11T05:00", "2027-03-10", "22:00–00:00", "22:00–00:00"),
    ]
    for (from, until, date, english, portuguese) in rows {
      let span = try instant(from + ":00Z")..<(try instant(until + ":00Z"))
      let shown = try day(date)
      #expect(EventSpanWords.clock(span, on: shown, in: newYork, .english) == english, "\(from) \(date)")
      #expect(EventSpanWords.clock(span, on: shown, in: newYork, .portuguese) == portuguese, "\(from) \(date)")
    }
  }
}
