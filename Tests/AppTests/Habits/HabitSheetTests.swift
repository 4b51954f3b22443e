import Testing

@testable import App
@testable import Domain

/// Month sheets: days down, habits across. Wednesday 10 February 2027 in São Paulo.
@Suite struct HabitSheetTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    site.now = try Instant(iso: "2027-02-10T15:00:00Z").unwrapped
    ana = try site.person("ana@x.test", zone: "America/Sao_Paulo")
  }

  /// What stands in the row of a day, behind the weekday.
  private func marks(_ page: Page, _ day: Int) -> [String] {
    let row = page.text.components(separatedBy: "<tr").first { $0.contains("<th scope=\"row\">\(day)</th>") } ?? ""
    return row.components(separatedBy: "<td>").dropFirst(2).compactMap { $0.components(separatedBy: "</td>").first }
  }

  @Test func `what is over is filled in, and what is to come is empty`() throws {
    let read = try ana.habit(["name": "Read"])
    let run = try ana.habit(["name": "Run", "kind": "amount", "unit": "km", "target": "5"])
    #expect(ana.post("/habits/\(read)/completions", ["date": "2027-02-05"]).status == 303)
    #expect(ana.post("/habits/\(read)/skips", ["date": "2027-02-06"]).status == 303)
    #expect(ana.post("/habits/\(run)/completions", ["date": "2027-02-05", "amount": "2.5"]).status == 303)
    let page = ana.get("/habits/sheet")
    #expect(page.status == 200 && page.text.contains("<h1>February 2027</h1>"))
    #expect(marks(page, 4) == ["", ""] && marks(page, 5) == ["✓", "2.5"] && marks(page, 6) == ["–", "×"])
    #expect(marks(page, 28) == ["", ""] && marks(page, 29).isEmpty)
    #expect(page.text.contains("<th scope=\"col\">Read <small>Every day</small></th>"))
    let one = ana.get("/habits/\(read)/sheet?month=2027-02")
    #expect(marks(one, 5) == ["✓", ""] && !one.text.contains("<th scope=\"col\">Run"))
  }

  @Test func `months before and after, a leap day, and months that are none`() throws {
    try ana.habit()
    let page = ana.get("/habits/sheet?month=2028-02")
    #expect(marks(page, 29) == [""])
    #expect(page.links.contains("/habits/sheet?month=2028-01") && page.links.contains("/habits/sheet?month=2028-03"))
    for month in ["2027-13", "2027-00", "2027-2", "2027", "27-02", "2027-02-01", "x", "1969-12", "2037-03", "9999-12", "%ff"] {
      let page = ana.get("/habits/sheet?month=\(month)")
      #expect(page.status == 422, "\(month) \(page.status)")
    }
    #expect(ana.get("/habits/sheet?month=1970-01").status == 200 && ana.get("/habits/sheet?month=2037-02").status == 200)
    #expect(!ana.get("/habits/sheet?month=1970-01").links.contains("/habits/sheet?month=1969-12"))
  }

  @Test func `a month of years ago is read for itself, and ten habits stand on one sheet`() throws {
    let rows = (0..<12).flatMap { habit in (0..<3).map { "H\(habit),\(Day(18_000 + $0 * 400 + habit).iso)\n" } }
    #expect(try ana.confirmHabits(ana.sendHabits("habit,date\n" + rows.joined())).status == 303)
    let page = ana.get("/habits/sheet?month=2019-04")
    #expect(page.text.components(separatedBy: "<table class=\"sheet\">").count == 3)
    #expect(marks(page, 14)[0] == "✓" && marks(page, 15)[0...1] == ["×", "✓"])
    #expect(ana.get("/habits/sheet").text.contains("<h1>February 2027</h1>"))
  }

  @Test func `archived habits have no column, but a sheet of their own; without habits it says so`() throws {
    #expect(ana.get("/habits/sheet").text.contains("No habits yet"))
    let id = try ana.habit(["name": "Old"])
    #expect(ana.post("/habits/\(id)/archival").status == 303)
    #expect(!ana.get("/habits/sheet").text.contains("Old") && ana.get("/habits/\(id)/sheet").text.contains("Old"))
    #expect(ana.post("/habits/\(id)/deletion").status == 303)
    #expect(ana.get("/habits/\(id)/sheet").status == 404)
  }
}
