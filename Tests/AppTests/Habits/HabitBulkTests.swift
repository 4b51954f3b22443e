import Foundation
import Testing

@testable import App
@testable import Domain

/// Many habits at once: ticked rows, a whole group, everything (RULES 5.17, 5.21). Monday 4 January 2027, noon in São Paulo.
@Suite struct HabitBulkTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    site.now = try Instant(iso: "2027-01-04T15:00:00Z").unwrapped
    ana = try site.person("ana@x.test", zone: "America/Sao_Paulo")
  }

  private func bulk(_ ids: [String], _ fields: String...) -> Page {
    let body = (["csrf=\(ana.token())"] + ids.map { "id=" + $0 } + fields).joined(separator: "&")
    return ana.post("/habits/bulk", raw: Array(body.utf8))
  }

  /// What the page says to which an answer leads.
  private func flash(_ page: Page) -> String {
    let text = ana.get(page.location ?? "").text.components(separatedBy: "class=\"flash\"").dropFirst().first ?? ""
    return text.components(separatedBy: "<p>").dropFirst().first?.components(separatedBy: "</p>").first ?? ""
  }

  @Test func `done acts on what is due and not entered, and says how many`() throws {
    let (read, gym) = (try ana.habit(["name": "Read"]), try ana.habit(["name": "Gym", "frequency": "specific_days", "day": "tue"]))
    let pages = try ana.habit(["name": "Pages", "kind": "amount", "unit": "pages", "target": "10"])
    let coffee = try ana.habit(["name": "Coffee", "kind": "amount", "target": "2", "direction": "at_most"])
    let run = try ana.habit(["name": "Run", "kind": "amount", "unit": "km", "target": "10", "period": "week"])
    #expect(ana.post("/habits/\(run)/completions", ["amount": "4", "date": "2027-01-04"]).status == 303)
    let page = bulk([read, gym, pages, coffee, run], "action=completion")
    #expect(page.status == 303 && flash(page) == "3 habits done. 2 stayed as they were.")
    #expect(
      try site.text(
        "SELECT string_agg(h.name || coalesce(d.amount, -1), ' ' ORDER BY h.position) FROM habit_days d JOIN habits h ON h.id = d.habit_id")
        == "Read-1 Pages10000 Coffee0 Run4000")
    #expect(flash(bulk([read, gym], "action=completion")) == "Nothing was changed.")
    // A date before, where nothing was asked on one of them; the week's sum takes what its target says.
    #expect(flash(bulk([read, gym], "action=completion", "date=2026-12-29")) == "2 habits done.")
    #expect(flash(bulk([read, gym], "action=skip", "date=2026-12-30", "reason=travel")) == "1 habit skipped. 1 stayed as it was.")
    #expect(try site.text("SELECT reason FROM habit_days WHERE state = 'skipped'") == "travel")
  }

  @Test func `what a bulk form does not say is told, and nothing happens`() throws {
    for (fields, complaints) in [
      ("", []), ("action=raise", []), ("action=completion&date=2026-12-27", ["date"]), ("action=completion&date=2027-01-05", ["date"]),
      ("action=skip&reason=lazy", ["reason"]), ("action=pause&reason=x", ["reason"]),
      ("action=group&group=" + String(repeating: "x", count: 41), ["group"]),
    ] as [(String, [String])] {
      let place: Comment = "\(fields), \(complaints)"
      let page = bulk([try ana.habit()], fields)
      #expect(page.status == 422 && page.complaints == complaints, place)
      #expect(complaints.isEmpty == page.text.contains("Choose what to do with the ticked habits."), place)
      #expect(page.text.contains("name=\"id\"") && page.text.contains(" checked"), place)
      #expect(try site.count("SELECT count(*) FROM habit_days") + site.count("SELECT count(*) FROM habit_pauses") == 0, place)
    }
  }

  @Test func `hard case 27: no row, rows that are none, and rows of others in a bulk`() throws {
    let (own, foreign) = (try ana.habit(), try site.person("eve@x.test").habit())
    #expect(bulk([], "action=completion").text.contains("Tick at least one habit."))
    #expect(bulk([own, foreign], "action=completion").status == 404 && bulk(["x"], "action=completion").status == 404)
    #expect(try site.count("SELECT count(*) FROM habit_days") == 0)
  }

  @Test func `a group is one, however its letters are written, and all of it is done with one press`() throws {
    let (a, b) = (try ana.habit(["name": "A", "group": "Morning"]), try ana.habit(["name": "B", "group": "mORNING"]))
    #expect(try site.text("SELECT DISTINCT habit_group FROM habits") == "Morning")
    let c = try ana.habit(["name": "C"])
    #expect(flash(bulk([c], "action=group", "group=morning")) == "1 habit moved to the group.")
    #expect(try site.count("SELECT count(*) FROM habits WHERE habit_group = 'Morning'") == 3)
    let list = ana.get("/habits?by=group")
    #expect(list.text.contains("All done<span class=\"vh\">: Morning</span>"))
    #expect(flash(bulk([a, b, c], "action=completion", "next=/habits?by=group")) == "3 habits done.")
    let done = ana.get("/habits?by=group")
    #expect(!done.text.contains("All done<span") && done.text.contains("All done for today."))
    #expect(flash(bulk([c], "action=group", "group=")) == "1 habit moved to the group.")
    #expect(ana.get("/habits?by=group").text.contains("Without a group"))
  }

  @Test func `hard case 5: pause everything, and what was paused by itself before stays so`() throws {
    let (read, gym) = (try ana.habit(["name": "Read"]), try ana.habit(["name": "Gym"]))
    #expect(ana.post("/habits/\(gym)/pause", [:]).status == 303)
    let page = ana.post("/habits/pause", ["reason": "holiday"])
    #expect(page.status == 303 && ana.get("/habits").text.contains("Everything is paused"))
    #expect(ana.get("/habits/\(read)").fact("status") == "paused" && ana.get("/habits").text.contains("End the pause of everything"))
    // A second press changes nothing.
    #expect(flash(ana.post("/habits/pause", [:])) == "Nothing was changed.")
    #expect(flash(ana.post("/habits/resumption", [:])) == "1 habit goes on.")
    #expect(ana.get("/habits/\(read)").fact("status") == "active" && ana.get("/habits/\(gym)").fact("status") == "paused")
    #expect(flash(ana.post("/habits/resumption", [:])) == "Nothing was changed.")
    // Ahead of its time, and ended by itself.
    #expect(ana.post("/habits/pause", ["from": "2027-01-11", "until": "2027-01-15"]).status == 303)
    #expect(ana.get("/habits/\(read)").fact("status") == "active")
    site.pass(hours: 24 * 8)
    let later = try site.visit(as: ana)
    #expect(later.get("/habits/\(read)").fact("status") == "paused")
    site.pass(hours: 24 * 4)
    #expect(try site.visit(as: ana).get("/habits/\(read)").fact("status") == "active")
  }

  @Test(arguments: [
    ("from=2026-12-27", ["from"]), ("from=2028-01-05", ["from"]), ("from=2027-01-06&until=2027-01-06", ["until"]), ("from=x", ["from"]),
  ])
  func `a pause of everything that cannot be is told`(fields: String, complaints: [String]) throws {
    _ = try ana.habit()
    let page = ana.post("/habits/pause", raw: Array("csrf=\(ana.token())&\(fields)".utf8))
    #expect(page.status == 422 && page.complaints == complaints && page.text.contains("id=\"pause-all\" open"))
    #expect(try site.count("SELECT count(*) FROM habit_pauses") == 0)
  }
}
