import Postgres
import Testing

@testable import App
@testable import Domain

/// The calendar by request, with issue 13's hard cases 10, 11 and 14. Monday 1 March 2027, noon in New York.
@Suite struct CalendarPageTests {
  private let planned: Planned
  private var site: Site { planned.site }
  private var ana: Browser { planned.ana }

  init() throws { planned = try Planned() }

  /// What a page of days has on one of them, from its heading on; nil: that day is not there.
  private func day(_ date: String, _ page: Page) -> String? {
    page.text.components(separatedBy: "id=\"d\(date)\"").dropFirst().first?.components(separatedBy: "</tbody>").first
  }

  /// What a page of days says beside a title on a day.
  private func row(_ title: String, on date: String, _ page: Page) -> String? {
    day(date, page)?.components(separatedBy: "<tr").first { $0.contains(">\(title)</a>") }
  }

  private func move(_ zone: String) throws { try site.owner.run("UPDATE users SET timezone = \(zone)") }

  @Test func `Hard cases 10, 11 and 14: dates are the same everywhere, times are by the reader's clocks and days`() throws {
    // Hard case 11: the 14th says 03:30.
    _ = try ana.event(["title": "Daily", "starts": "2027-03-13T02:30", "repeat": "daily", "repeat_times": "3"])
    let agenda = ana.get("/calendar?date=2027-03-13")
    let expected = [
      ("2027-03-13", "2027-03-13T07:30:00Z", "02:30–03:30"), ("2027-03-14", "2027-03-14T07:30:00Z", "03:30–04:30"),
      ("2027-03-15", "2027-03-15T06:30:00Z", "02:30–03:30"),
    ]
    for (date, instant, clock) in expected {
      let row = try self.row("Daily", on: date, agenda).unwrapped
      #expect(row.contains("datetime=\"\(instant)\"") && row.contains(clock), "\(date) \(row)")
      #expect(row.contains("moved by the clocks") == (date == "2027-03-14"), "\(date)")
    }
    #expect(day("2027-03-16", agenda) == nil && agenda.fact("events") == "3")

    // Hard case 10: the same three dates, wherever their person is.
    _ = try ana.event(["title": "Fair", "all_day": "on", "starts": "2027-03-10", "ends": "2027-03-12"])
    for zone in ["Pacific/Kiritimati", "Pacific/Pago_Pago", "America/New_York"] {
      try move(zone)
      let page = ana.get("/calendar?date=2027-03-08")
      let on = (8...14).filter { row("Fair", on: "2027-03-\($0 < 10 ? "0" : "")\($0)", page) != nil }
      #expect(on == [10, 11, 12], "\(zone)")
      let month = ana.get("/calendar?view=month&date=2027-03-08").text
      #expect(month.components(separatedBy: ">Fair</a>").count == 4, "\(zone)")
    }

    // Hard case 14: over midnight, to midnight, at midnight, over three days.
    _ = try ana.event(["title": "Night", "starts": "2027-03-16T23:00", "ends": "2027-03-17T01:00"])
    _ = try ana.event(["title": "Late", "starts": "2027-03-18T22:00", "ends": "2027-03-19T00:00"])
    _ = try ana.event(["title": "Zero", "starts": "2027-03-20T00:00", "ends": "2027-03-20T00:00"])
    _ = try ana.event(["title": "Three", "starts": "2027-03-22T10:00", "ends": "2027-03-24T12:00"])
    let page = ana.get("/calendar?date=2027-03-16")
    let clocks = [
      ("Night", "2027-03-16", "from 23:00"), ("Night", "2027-03-17", "until 01:00"), ("Late", "2027-03-18", "22:00–00:00"),
      ("Zero", "2027-03-20", ">00:00<"), ("Three", "2027-03-22", "from 10:00"), ("Three", "2027-03-23", "all day"),
      ("Three", "2027-03-24", "until 12:00"),
    ]
    for (title, date, clock) in clocks {
      let row = try self.row(title, on: date, page).unwrapped
      #expect(row.contains(clock), "\(title) \(date) \(row)")
    }
    #expect(row("Night", on: "2027-03-17", page)?.contains("continues") == true)
    #expect(row("Night", on: "2027-03-16", page)?.contains("continues") == false)
    #expect(row("Late", on: "2027-03-19", page) == nil && row("Zero", on: "2027-03-19", page) == nil)
    // On each of its days, and once in the count.
    #expect(page.fact("events") == "4")
    try move("Asia/Tokyo")
    let there = ana.get("/calendar?date=2027-03-16")
    #expect(row("Night", on: "2027-03-16", there) == nil && row("Night", on: "2027-03-17", there)?.contains("12:00–14:00") == true)
    #expect(row("Night", on: "2027-03-17", there)?.contains("New York time") == true)
    // A flight names the clocks of both its ends, here and on its page.
    let flight = try ana.event([
      "title": "Flight", "starts": "2027-03-25T22:00", "ends": "2027-03-26T12:30", "timezone": "America/Sao_Paulo",
      "ends_timezone": "Europe/Lisbon",
    ])
    let note = try row("Flight", on: "2027-03-26", ana.get("/calendar?date=2027-03-16")).unwrapped
    #expect(note.contains("22:00 (Sao Paulo time)") && note.contains("12:30 (Lisbon time)"), "\(note)")
    #expect(ana.get("/events/\(flight)").text.contains("Sao Paulo time – Lisbon time"))
  }

  @Test func `what is on at once stands side by side, at its true length, and says how sure it is`() throws {
    _ = try ana.event(["title": "Over the change", "starts": "2027-03-14T01:00", "ends": "2027-03-14T05:00"])
    _ = try ana.event(["title": "Dentist", "starts": "2027-03-10T10:00", "ends": "2027-03-10T11:00", "status": "tentative"])
    _ = try ana.event(["title": "Call", "starts": "2027-03-10T10:30", "ends": "2027-03-10T11:30"])
    _ = try ana.event(["title": "Off", "starts": "2027-03-10T10:30", "ends": "2027-03-10T11:30", "status": "cancelled"])
    _ = try ana.event(["title": "Alone", "starts": "2027-03-11T10:00", "ends": "2027-03-11T11:00"])
    let week = ana.get("/calendar?view=week&date=2027-03-10")
    let drawing = try #require(
      week.text.components(separatedBy: "class=\"timetable\"").dropFirst().first?.components(separatedBy: "</table>").first)
    func block(_ title: String) -> String? {
      drawing.components(separatedBy: "<a href").first { $0.contains("<title>\(title),") }
    }
    // Three hours by elapsed time, four by the clock on the wall.
    #expect(block("Over the change")?.contains("height=\"130\"") == true)
    #expect(block("Alone")?.contains("width=\"128\" height=\"42\"") == true)
    #expect(block("Dentist")?.contains("class=\"tentative\"") == true && block("Dentist")?.contains("width=\"41\"") == true)
    #expect(row("Dentist", on: "2027-03-10", week)?.contains("data-mark=\"tentative\"") == true)
    #expect(row("Dentist", on: "2027-03-10", week)?.contains("tentative · overlaps “Call”") == true)
    #expect(row("Call", on: "2027-03-10", week)?.contains("overlaps “Dentist”") == true)
    #expect(row("Off", on: "2027-03-10", week)?.contains("data-mark=\"cancelled\"") == true)
    #expect(row("Off", on: "2027-03-10", week)?.contains("overlaps") == false)
    #expect(day("2027-03-12", week)?.contains("Nothing is on.") == true)
    // A month has room for three of a date.
    for hour in 10..<15 { _ = try ana.event(["title": "At \(hour)", "starts": "2027-03-30T\(hour):00"]) }
    let month = ana.get("/calendar?view=month&date=2027-03-01")
    #expect(month.text.contains("March 2027") && month.text.contains("href=\"/calendar?date=2027-03-30\">+2 more</a>"))
    #expect(month.text.contains("</time> At 12</a>") && !month.text.contains("</time> At 13</a>"))
    #expect(month.fact("events") == "10")
    let fourth = ana.get("/calendar?date=2027-03-30")
    #expect(row("At 14", on: "2027-03-30", fourth) != nil)
  }

  @Test func `what is due and birthdays lie over the events until they are switched off, and what cannot be is refused`() throws {
    let empty = ana.get("/calendar")
    #expect(empty.text.contains("Free all week") && empty.text.contains("Monday to Friday, 09:00–17:00"))
    #expect(ana.get("/calendar?view=month").text.contains("Free all month"))
    for bad in ["date=2027-02-30", "date=soon", "view=year", "overlay=maybe"] {
      #expect(ana.get("/calendar?\(bad)").status == 422, "\(bad)")
    }
    // As far as dates go there is a page.
    for far in ["1900-01-01", "9999-12-31"] { #expect(ana.get("/calendar?view=month&date=\(far)").status == 200, "\(far)") }

    _ = try ana.event(["title": "Meeting", "starts": "2027-02-27T09:00"])
    try ana.deadline(["title": "Tax", "due": "2027-03-05 17:00"])
    _ = try ana.task(["title": "Paint", "due": "2027-03-06"])
    for (name, month, date) in [("Leo", 2, 29), ("Eva", 3, 4)] {
      try site.owner.run(
        """
        INSERT INTO people (id, user_id, name, birth_year, birth_month, birth_day, created_at, updated_at)
        VALUES (gen_random_uuid(), \(ana.user), \(name), 1988, \(month), \(date), \(site.now), \(site.now))
        """)
    }
    let page = ana.get("/calendar?date=2027-02-27")
    #expect(row("Tax", on: "2027-03-05", page)?.contains("data-mark=\"deadline\"") == true)
    #expect(row("Tax", on: "2027-03-05", page)?.contains("2027-03-05T22:00:00Z") == true)
    #expect(row("Paint", on: "2027-03-06", page)?.contains("datetime=\"2027-03-06\"") == true)
    #expect(row("Leo", on: "2027-02-28", page)?.contains("39 years old · born on 29 February") == true)
    #expect(row("Eva", on: "2027-03-04", page)?.contains("39 years old") == true)
    #expect(page.fact("events") == "1")
    let bare = ana.get("/calendar?date=2027-02-27&overlay=off")
    for title in ["Tax", "Paint", "Leo", "Eva"] { #expect(!bare.text.contains(">\(title)</a>"), "\(title)") }
    #expect(row("Meeting", on: "2027-02-27", bare) != nil)
    // It stays so from page to page, but for the link that switches them on.
    #expect(bare.links.filter { $0.hasPrefix("/calendar?") && !$0.contains("overlay=off") } == ["/calendar?date=2027-02-27"])
    #expect(bare.links.contains("/calendar?view=week&date=2027-02-27&overlay=off"))
    #expect(page.links.contains("/calendar?date=2027-02-13") && page.links.contains("/calendar?date=2027-03-13"))

    // Nobody else sees any of it.
    for other in [try site.person("bo@x.test", sharing: ana), try site.person("cy@x.test")] {
      for view in ["agenda", "week", "month"] {
        let page = other.get("/calendar?view=\(view)&date=2027-02-27")
        #expect(page.status == 200 && page.fact("events") == "0")
        for title in ["Meeting", "Tax", "Paint", "Leo", "Eva"] { #expect(!page.text.contains(">\(title)<"), "\(view) \(title)") }
      }
    }
    // Portuguese has its words.
    try site.owner.run("UPDATE users SET language = 'pt-BR' WHERE id = \(ana.user)")
    let translated = ana.get("/calendar?view=month&date=2027-03-01").text
    #expect(translated.contains("Março de 2027") && translated.contains("Calendário"))
  }
}
