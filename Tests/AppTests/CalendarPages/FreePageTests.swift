import Postgres
import Testing

@testable import App
@testable import Domain

/// Free times by request, issue 13's hard case 31. Monday 1 March 2027, noon in New York, working hours from 09:00 to 17:00.
@Suite struct FreePageTests {
  /// All gaps of a page.
  private func gaps(_ page: Page) -> [String] {
    page.text.components(separatedBy: "data-fact=\"free\" value=\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
  }

  @Test func `Hard case 31: the gaps between what is on, of working hours, over a clock change and over midnight`() throws {
    let planned = try Planned()
    let (site, ana) = (planned.site, planned.ana)
    #expect(gaps(ana.get("/free?from=2027-03-01&until=2027-03-01")) == ["2027-03-01T17:00:00Z/2027-03-01T22:00:00Z"])
    #expect(gaps(ana.get("/free")).count == 5)
    _ = try ana.event(["title": "A", "starts": "2027-03-02T09:30", "ends": "2027-03-02T11:00"])
    _ = try ana.event(["title": "B", "starts": "2027-03-02T10:30", "ends": "2027-03-02T12:00"])
    _ = try ana.event(["title": "T", "starts": "2027-03-02T13:00", "ends": "2027-03-02T14:00", "status": "tentative"])
    _ = try ana.event(["title": "C", "starts": "2027-03-02T15:00", "ends": "2027-03-02T16:00", "status": "cancelled"])
    _ = try ana.event(["title": "F", "starts": "2027-03-02T16:00", "ends": "2027-03-02T16:30", "busy": "off"])
    _ = try ana.event(["title": "D", "all_day": "on", "starts": "2027-03-02", "ends": "2027-03-02"])
    _ = try ana.event(["title": "W", "all_day": "on", "starts": "2027-03-03", "ends": "2027-03-03", "busy": "on"])
    let day = ana.get("/free?minutes=60&from=2027-03-02&until=2027-03-03")
    #expect(gaps(day) == ["2027-03-02T17:00:00Z/2027-03-02T22:00:00Z"])
    #expect(day.text.contains("Something tentative is on: 13:00–14:00.") && !day.text.contains("It is only free if that falls away."))
    #expect(ana.get("/free?minutes=240&from=2027-03-02&until=2027-03-02").text.contains("It is only free if that falls away."))
    #expect(gaps(ana.get("/free?minutes=30&from=2027-03-02&until=2027-03-02")).first == "2027-03-02T14:00:00Z/2027-03-02T14:30:00Z")
    let none = ana.get("/free?minutes=301&from=2027-03-02&until=2027-03-03")
    #expect(gaps(none).isEmpty && none.text.contains("Nothing is free") && none.text.contains("minutes=301"))

    // A night of work in which the clocks go forward has seven hours.
    let saturday = Int(WeekdaySet([.saturday]).bits)
    try site.owner.run("UPDATE users SET work_from = 79200, work_until = 21600, work_days = \(saturday) WHERE id = \(ana.user)")
    let night = "from=2027-03-13&until=2027-03-14"
    #expect(gaps(ana.get("/free?minutes=420&\(night)")) == ["2027-03-14T03:00:00Z/2027-03-14T10:00:00Z"])
    #expect(gaps(ana.get("/free?minutes=421&\(night)")).isEmpty)
    _ = try ana.event(["title": "N", "starts": "2027-03-13T23:30", "ends": "2027-03-14T00:30"])
    let early = "2027-03-14T03:00:00Z/2027-03-14T04:30:00Z"
    #expect(gaps(ana.get("/free?minutes=60&\(night)")) == [early, "2027-03-14T05:30:00Z/2027-03-14T10:00:00Z"])

    // What cannot be asked is said beside its control, all at once, and stays as it was typed.
    let bad: [(query: String, fields: [String])] = [
      ("minutes=0", ["minutes"]), ("minutes=1441", ["minutes"]), ("minutes=x&from=blurb", ["minutes", "from"]),
      ("from=2027-02-30", ["from"]),
      ("from=2027-03-10&until=2027-03-09", ["until"]), ("from=2027-03-10&until=2028-03-10", ["until"]), ("until=9999-12-31", ["until"]),
    ]
    for (query, fields) in bad {
      let page = ana.get("/free?\(query)")
      #expect(page.status == 422 && page.complaints == fields, "\(query) \(page.status) \(page.complaints)")
    }
    #expect(ana.get("/free?from=blurb").text.contains("value=\"blurb\""))
    // A stranger has no event and all hours.
    let other = try site.person("cy@x.test", zone: "America/New_York")
    #expect(gaps(other.get("/free?minutes=480&from=2027-03-02&until=2027-03-03")).count == 2)
  }
}
