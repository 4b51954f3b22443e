import Foundation
import Testing

@testable import App
@testable import Domain

/// What is taken back in a list, and where that leads. Monday 4 January 2027, noon in São Paulo.
@Suite struct HabitUndoTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    site.now = try Instant(iso: "2027-01-04T15:00:00Z").unwrapped
    ana = try site.person("ana@x.test", zone: "America/Sao_Paulo")
  }

  private func bulk(_ ids: [String], _ fields: String...) -> Page {
    site.pass(seconds: 1)
    let body = (["csrf=\(ana.token())"] + ids.map { "id=" + $0 } + fields).joined(separator: "&")
    return ana.post("/habits/bulk", raw: Array(body.utf8))
  }

  /// Where the Undo of a page leads, and what it says to come back to.
  private func undo(_ page: Page) throws -> (path: String, next: String?)? {
    guard let start = page.text.range(of: "class=\"flash\"") else { return nil }
    let flash = page.text[start.upperBound...].components(separatedBy: "</div>")[0]
    guard
      let form = flash.components(separatedBy: "<form method=\"post\" action=\"").dropFirst().first?.components(separatedBy: "</form>")
        .first
    else { return nil }
    let path = form.components(separatedBy: "\"")[0]
    return (path, page.field("next", ofForm: path)?.replacingOccurrences(of: "&amp;", with: "&"))
  }

  private func stored() throws -> String? {
    try site.text(
      """
      SELECT string_agg(h.name || ' ' || h.status || ' ' || coalesce((SELECT string_agg(d.date || d.state, ' ' ORDER BY d.date) FROM habit_days d
        WHERE d.habit_id = h.id AND d.state <> 'note'), '-') || ' ' || (SELECT count(*) FROM habit_pauses p WHERE p.habit_id = h.id),
        ', ' ORDER BY h.name) FROM habits h
      """)
  }

  @Test(arguments: [
    ["action=completion"], ["action=completion", "date=2026-12-30"], ["action=skip", "reason=sick"], ["action=pause"], ["action=archival"],
  ])
  func `what a bulk form did is taken back with one press, in the list that it stood below`(fields: [String]) throws {
    let ids = try ["A", "B", "C"].map { try ana.habit(["name": $0]) }
    // One was so already, and stays so.
    let path = ["archival", "pause"].first { fields[0].hasSuffix($0) }
    if let path {
      #expect(ana.post("/habits/\(ids[2])/\(path)").status == 303)
    } else {
      #expect(ana.post("/habits/\(ids[2])/completions", ["date": "2027-01-04"]).status == 303)
    }
    let before = try stored()
    let page = bulk(Array(ids.prefix(2)), (fields + ["next=/habits?by%3Dgroup%26status%3Dall"]).joined(separator: "&"))
    #expect(page.status == 303 && page.location == "/habits?by=group&status=all")
    #expect(try stored() != before)
    let undo = try undo(ana.get("/habits?by=group&status=all")).unwrapped
    #expect(undo.next == "/habits?by=group&status=all")
    // Nobody else's press does it.
    #expect(try site.person("eve@x.test").post(undo.path).status == 303)
    #expect(try stored() != before)
    site.pass(seconds: 60)
    let back = ana.post(undo.path, ["next": undo.next ?? ""])
    #expect(back.location == "/habits?by=group&status=all" && ana.get("/habits").text.contains("2 habits are as they were."))
    #expect(try stored() == before)
    #expect(ana.post(undo.path).location == "/habits" && ana.get("/habits").text.contains("There was nothing to undo."))
    #expect(try stored() == before && site.logged.isEmpty)
  }

  @Test func `what was changed since the bulk form stays`() throws {
    let ids = try ["A", "B"].map { try ana.habit(["name": $0]) }
    #expect(bulk(ids, "action=completion").status == 303)
    let undo = try undo(ana.get("/habits")).unwrapped
    site.pass(seconds: 1)
    #expect(ana.post("/habits/\(ids[0])/completions/2027-01-04/deletion").status == 303)
    #expect(ana.post("/habits/\(ids[0])/completions").status == 303)
    #expect(ana.post(undo.path).status == 303 && ana.get("/habits").text.contains("1 habit is as it was."))
    #expect(try stored() == "A active 2027-01-04done 0, B active - 0")
  }

  @Test func `a group and a resumption have no undo, nor has what changed nothing`() throws {
    let id = try ana.habit()
    #expect(bulk([id], "action=group&group=Morning").status == 303)
    #expect(try undo(ana.get("/habits")) == nil)
    for _ in 0..<2 { #expect(bulk([id], "action=completion").status == 303) }
    #expect(try undo(ana.get("/habits")) == nil)
    for wrong in ["x", "-1", "01", "99999999999999999999"] { #expect(ana.post("/habits/bulk/\(wrong)/restoration").status == 404) }
  }

  @Test func `the undo of a tick leads back to the list and the row where it was pressed`() throws {
    let ids = try (0..<45).map { try ana.habit(["name": "H\($0)"]) }
    let (id, list) = (ids[42], "/habits?after=\(ids[39])")
    let page = ana.post("/habits/\(id)/completions", ["next": list])
    #expect(page.location == "\(list)#h-\(id)")
    let undo = try undo(ana.get(list)).unwrapped
    #expect(undo.path == "/habits/\(id)/completions/2027-01-04/deletion" && undo.next == list)
    #expect(ana.post(undo.path, ["next": undo.next ?? ""]).location == "\(list)#h-\(id)")
    // A refused post shows its line on a page that cannot be asked for.
    #expect(ana.post("/habits/\(id)/completions").status == 303)
    #expect(try self.undo(ana.get("/habits/\(id)"))?.next == "/habits/\(id)")
  }

  private func days(_ id: String, _ path: String, _ fields: String...) -> Page {
    ana.post("/habits/\(id)/\(path)", raw: Array((["csrf=\(ana.token())"] + fields.filter { $0 != "" }).joined(separator: "&").utf8))
  }

  /// What each date of all habits holds.
  private func held() throws -> String? {
    try site.text(
      """
      SELECT coalesce(string_agg(concat_ws(' ', to_char(date, 'DD'), state, amount / 1000, reason), ', ' ORDER BY date), '') FROM habit_days
      WHERE state <> 'note'
      """)
  }

  @Test(arguments: ["amount=3", "amount=3&set=on", "set=on", "", "amount=3&next=/habits"])
  func `the undo of an amount gives back what the date held before, once`(fields: String) throws {
    let id = try ana.habit(["name": "Run", "kind": "amount", "unit": "km", "target": "10", "step": "5"])
    #expect(days(id, "completions", "amount=1").status == 303 && days(id, "completions", "amount=3").status == 303)
    #expect(try held() == "04 done 4")
    let page = days(id, "completions", fields)
    #expect(try page.status == 303 && held() != "04 done 4")
    let undo = try undo(ana.get(fields.hasSuffix("/habits") ? "/habits" : "/habits/\(id)")).unwrapped
    #expect(try site.person("eve@x.test").post(undo.path).status == 303 && held() != "04 done 4")
    for says in ["1 habit is as it was.", "There was nothing to undo."] {
      #expect(ana.post(undo.path, ["next": undo.next ?? ""]).status == 303)
      #expect(try ana.get("/habits").text.contains(says) && held() == "04 done 4")
    }
    // Of the first one nothing is left.
    #expect(ana.post("/habits/\(id)/completions/2027-01-04/deletion").status == 303)
    #expect(days(id, "completions", fields).status == 303)
    let path = try self.undo(ana.get("/habits/\(id)")).unwrapped.path
    #expect(try ana.post(path).status == 303 && held()?.isEmpty == true && site.logged.isEmpty)
  }

  @Test func `the undo of an amount leaves what was entered since`() throws {
    let id = try ana.habit(["name": "Run", "kind": "amount", "unit": "km", "target": "10"])
    #expect(days(id, "completions", "amount=4").status == 303 && days(id, "completions", "amount=3").status == 303)
    let undo = try undo(ana.get("/habits/\(id)")).unwrapped
    #expect(days(id, "completions", "amount=2").status == 303)
    #expect(try ana.post(undo.path).status == 303 && held() == "04 done 9")
  }

  @Test func `hard case 13: the undo of a tick on a skipped date brings the skip back with its reason`() throws {
    for fields in [["name": "Read"], ["name": "Run", "kind": "amount", "unit": "km", "target": "10"]] as [KeyValuePairs<String, String>] {
      let id = try ana.habit(fields)
      #expect(days(id, "skips", "date=2027-01-03", "reason=sick").status == 303)
      #expect(days(id, "completions", "date=2027-01-03").status == 303)
      let undo = try undo(ana.get("/habits/\(id)")).unwrapped
      #expect(try ana.post(undo.path).status == 303 && held() == "03 skipped sick")
      #expect(ana.post("/habits/\(id)/skips/2027-01-03/deletion").status == 303)
    }
    // A note alone leaves the date as it was.
    let id = try ana.habit()
    for notes in ["", "Well."] { #expect(days(id, "completions", "notes=\(notes)").status == 303) }
    #expect(try self.undo(ana.get("/habits/\(id)")) == nil)
  }

  @Test(arguments: [
    ("completions", "“Read”: 2 days done. 1 skip is taken away.", "It was done already."),
    ("skips", "“Read”: 2 days skipped.", "Nothing was changed."),
  ])
  func `several dates of one post are taken back together, each to what it held`(way: String, says: String, again: String) throws {
    let id = try ana.habit()
    let other = way == "skips" ? "reason=sick" : "notes=Well."
    #expect(days(id, way, "date=2027-01-01", other).status == 303)
    if way == "completions" { #expect(days(id, "skips", "date=2027-01-02", "reason=rest").status == 303) }
    let before = try held()
    let page = days(id, way, "date=2027-01-01", "date=2027-01-02", "date=2027-01-03", "next=/habits")
    #expect(try page.status == 303 && held() != before)
    let list = ana.get("/habits")
    #expect(list.text.contains(says))
    let undo = try undo(list).unwrapped
    #expect(days(id, way, "date=2027-01-01", "date=2027-01-02", "date=2027-01-03").status == 303)
    #expect(ana.get("/habits").text.contains(again))
    #expect(ana.post(undo.path, ["next": undo.next ?? ""]).location == "/habits#h-\(id)")
    #expect(try held() == before && before?.isEmpty == false && site.logged.isEmpty)
  }

  @Test func `what is said of several dates with an amount is not that they are done`() throws {
    let id = try ana.habit(["name": "Run", "kind": "amount", "unit": "km", "target": "10"])
    #expect(days(id, "completions", "date=2027-01-03", "date=2027-01-04", "amount=4").status == 303)
    #expect(ana.get("/habits").text.contains("“Run”: entered on 2 days."))
  }

  @Test func `the undo of a reminder done in a list leads back to that list`() throws {
    let id = try ana.remind(["title": "Pay the rent", "at": "2027-02-01T09:00"])
    #expect(ana.post("/reminders/\(id)/completion", ["next": "/reminders?sort=title"]).location == "/reminders?sort=title")
    let undo = try undo(ana.get("/reminders?sort=title")).unwrapped
    #expect(ana.post(undo.path, ["next": undo.next ?? ""]).location == "/reminders?sort=title")
  }

  @Test(arguments: ["", "&by=group", "&sort=name"])
  func `a page behind the last habit is the last, one behind a habit that is gone the first`(more: String) throws {
    for number in 0..<25 { _ = try ana.habit(["name": "H\(number)"]) }
    let paused = try ana.habit(["name": "Asleep"])
    #expect(ana.post("/habits/\(paused)/pause").status == 303)
    func rows(_ page: Page) -> [String] {
      page.text.components(separatedBy: "id=\"h-").dropFirst().compactMap { $0.components(separatedBy: "\"").first }
        .filter { $0.utf8.count == 36 }
    }
    let first = ana.get("/habits?status=active\(more)")
    let last = ana.get(try first.links.first { $0.contains("after=") }.unwrapped)
    #expect(rows(first).count == 20 && rows(last).count == 5 && Set(rows(first) + rows(last)).count == 25)
    #expect(!last.links.contains { $0.contains("after=") })
    let beyond = ana.get("/habits?after=\(try rows(last).last.unwrapped)\(more)")
    #expect(rows(beyond) == rows(last) && !beyond.text.contains("Everything is paused"))
    #expect(beyond.text.contains("after=\(try rows(first).last.unwrapped)\""))
    #expect(rows(ana.get("/habits?after=\(paused)\(more)")) == rows(first))
    for wrong in ["x", "\(paused)x", "%00", "2"] { #expect(ana.get("/habits?after=\(wrong)\(more)").status == 422) }
  }
}
