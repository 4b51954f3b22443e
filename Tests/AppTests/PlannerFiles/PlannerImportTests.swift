import Foundation
import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

/// Tasks out of files and into them, with issue 12's hard cases 34, 35, 36 and 40. Monday 1 March 2027, noon in New York.
@Suite struct PlannerImportTests {
  private let planned: Planned
  private var site: Site { planned.site }
  private var ana: Browser { planned.ana }

  init() throws { planned = try Planned() }

  /// Sends a file and looks at what would come of it.
  private func look(_ text: String, as name: String = "file", _ browser: Browser? = nil) -> Page {
    (browser ?? ana).importing(Array(text.utf8), as: name, to: "/planner/import")
  }

  /// Takes a file in.
  ///
  /// - Returns: the page that says what came of it.
  @discardableResult
  private func take(_ text: String, _ fields: KeyValuePairs<String, String> = [:], _ browser: Browser? = nil) throws -> Page {
    let who = browser ?? ana
    let place = "/planner/import/" + (try look(text, who).fact("import").unwrapped)
    #expect(who.post(place + "/confirmation", fields).location == place)
    try site.work()
    return who.get(place)
  }

  /// "new same known updated trashed restored refused".
  private func figures(_ page: Page) -> String {
    ["new", "same", "known", "updated", "trashed", "restored", "refused"].map { page.fact($0) ?? "-" }.joined(separator: " ")
  }

  /// All that an import can say of tasks, by their titles.
  private func tasks(of browser: Browser? = nil) throws -> String {
    try site.text(
      """
      SELECT string_agg(concat_ws('|', t.title, t.notes, t.status, t.priority, t.impact, t.due, t.due_at, t.estimate, t.spent, p.title,
        t.deferred_until, t.started_at, t.completed_at, t.archived_at IS NOT NULL, t.private, t.created_at, t.metadata,
        r.rule, r.repeat_from, r.first_day,
        (SELECT string_agg(g.tag, ',' ORDER BY g.tag_norm) FROM tags g WHERE g.thing = t.id),
        (SELECT string_agg(b.title, ',' ORDER BY b.title) FROM entity_links l JOIN tasks b ON b.id = l.to_id 
          WHERE l.from_id = t.id AND l.type = 'depends_on'),
        (SELECT string_agg(b.title, ',' ORDER BY b.title) FROM entity_links l JOIN tasks b ON b.id IN (l.from_id, l.to_id) AND b.id <> t.id
          WHERE t.id IN (l.from_id, l.to_id) AND l.type = 'related')),
        E'\\n' ORDER BY t.title, t.id)
      FROM tasks t LEFT JOIN tasks p ON p.id = t.parent_id LEFT JOIN task_repeats r ON r.series_id = t.series_id
      WHERE t.user_id = \((browser ?? ana).user) AND t.deleted_at IS NULL
      """) ?? ""
  }

  private static let table = """
    id,title,parent,depends_on,status,due,tags,cost\r
    a,Build,,,open,2027-03-10,"home,big",=1+1\r
    b,Dig,a,,done,,,\r
    c,Paint,a,b,open,2027-03-09 14:00,,\r
    """

  @Test func `a file is looked at, taken in, known again, and taken back but for what was changed`() throws {
    // todo.txt and Taskwarrior have no word for it, and the page says so before the download.
    #expect(ana.get("/planner/import").text.components(separatedBy: "links that only relate two tasks").count == 3)
    let preview = look(Self.table)
    #expect(preview.status == 200 && preview.fact("state") == "preview" && preview.fact("new") == "3")
    #expect(try site.count("SELECT count(*) FROM tasks") == 0)
    let page = try take(Self.table)
    #expect(page.fact("state") == "done" && figures(page) == "3 0 0 0 0 0 0")
    #expect(try planned.states() == "Build open, Dig done, Paint open")
    #expect(
      try site.text("SELECT string_agg(t.title || '^' || p.title, ' ' ORDER BY t.title) FROM tasks t JOIN tasks p ON p.id = t.parent_id")
        == "Dig^Build Paint^Build")
    #expect(try site.count("SELECT count(*) FROM tasks WHERE due_at = '2027-03-09T19:00:00Z' AND open_blockers = 0") == 1)
    #expect(try site.text("SELECT metadata->>'cost' FROM tasks WHERE title = 'Build'") == "=1+1")
    try planned.check()
    // Hard case 35: nothing new; what was edited stays, what was thrown away is known there, what is gone for good is new.
    let second = try take(Self.table)
    #expect(figures(second) == "0 3 0 0 0 0 0")
    func id(_ title: String) throws -> String { try site.text("SELECT id::text FROM tasks WHERE title = \(title)").unwrapped }
    let (build, dig, paint) = (try id("Build"), try id("Dig"), try id("Paint"))
    #expect(ana.post("/tasks/\(build)", ["title": "Build it", "version": "1", "tags": "home"]).status == 303)
    #expect(planned.act(dig, "deletion").status == 303 && planned.act(paint, "deletion").status == 303)
    #expect(ana.post("/trash/task/\(paint)/purge").status == 303)
    #expect(figures(look(Self.table)).hasPrefix("1 0 1 0 1 "))
    let again = try take(Self.table)
    #expect(figures(again) == "1 0 1 0 1 0 0")
    // The first one takes back nothing: one was changed, the others are not there. The third does.
    let first = "/planner/import/" + (try page.fact("import").unwrapped)
    #expect(ana.post(first + "/undo").status == 303)
    #expect(ana.get(first).fact("state") == "undone")
    #expect(try planned.states() == "Build it open, Paint open")
    let third = "/planner/import/" + (try again.fact("import").unwrapped)
    #expect(ana.post(third + "/undo").status == 303)
    #expect(try planned.states() == "Build it open")
    #expect(ana.post(first + "/undo").status == 303, "twice")
    try planned.check()
    let last = try take(Self.table, ["trash": "restore", "same": "add"])
    #expect(figures(last) == "2 0 0 0 0 1 0")
    #expect(try planned.states() == "Build open, Build it open, Dig done, Paint open")
    #expect(site.logged.isEmpty && Set(site.workLogged).isSubset(of: [LoggedHeads.event]))
  }

  @Test func `what nobody has changed takes what the file says now where that is asked for`() throws {
    try take(Self.table)
    let newer = Self.table.replacingOccurrences(of: "Paint,a,b,open", with: "Paint it,a,b,done")
    let left = try take(newer)
    #expect(figures(left) == "0 3 0 0 0 0 0")
    #expect(try planned.states() == "Build open, Dig done, Paint open")
    let updated = try take(newer, ["same": "update"])
    #expect(figures(updated) == "0 2 0 1 0 0 0")
    #expect(try planned.states() == "Build open, Dig done, Paint it done")
    #expect(figures(look(newer)).hasPrefix("0 3 0 "))
    try planned.check()
    // Hard case 35: taken back, it is as it was before, and known as unchanged.
    let place = "/planner/import/" + (try updated.fact("import").unwrapped)
    #expect(ana.post(place + "/undo").status == 303)
    try site.work()
    #expect(ana.get(place).fact("state") == "undone")
    #expect(try planned.states() == "Build open, Dig done, Paint open" && Set(site.workLogged).isSubset(of: [LoggedHeads.event]))
    try planned.check()
    let again = try take(newer, ["same": "update"])
    #expect(figures(again) == "0 2 0 1 0 0 0")
    let paint = try site.text("SELECT id::text FROM tasks WHERE title = 'Paint it'").unwrapped
    #expect(planned.act(paint, "time", ["minutes": "5"]).status == 303)
    let last = "/planner/import/" + (try again.fact("import").unwrapped)
    #expect(ana.post(last + "/undo").status == 303)
    try site.work()
    #expect(try planned.states() == "Build open, Dig done, Paint it done" && ana.get(last).text.contains("1 was changed since and stays."))
    try planned.check()
  }

  @Test(
    arguments: [
      ("todo.txt", "Pay due:2027-02-30\r\nPay due:2027-02-30\r\n(B) Walk +out @dog\r\n\r\nx 2027-02-02 2027-02-01 Done", 4, 0),
      (
        "json",
        """
        {"uuid":"a","description":"A","status":"pending","depends":"b","mood":{"n":[1,2]}}
        {"uuid":"b","description":"B","status":"waiting","depends":["a"],"wait":"20270401T000000Z"}
        no json
        """, 2, 1
      ),
      (
        "ics",
        """
        BEGIN:VCALENDAR
        BEGIN:VTODO
        UID:1
        SUMMARY:Paint\\, then rest
        DUE;VALUE=DATE:20270310
        RELATED-TO:2
        CATEGORIES:home,big
        X-MOOD:fine
        BEGIN:VALARM
        TRIGGER:-PT15M
        END:VALARM
        END:VTODO
        BEGIN:VTODO
        UID:2
        SUMMARY:House
        STATUS:IN-PROCESS
        END:VTODO
        END:VCALENDAR
        """, 2, 0
      ),
      ("csv", "\u{FEFF}title;notes;due\nA;\"one\ntwo\";01/03/2027\nB;\"broken\"x;\n", 1, 1),
    ])
  func `Hard case 34: one broken line never stops the rest, and is named`(name: String, text: String, new: Int, refused: Int) throws {
    let page = try take(text)
    #expect(page.fact("state") == "done" && page.fact("new") == "\(new)" && page.fact("refused") == "\(refused)")
    #expect(try site.count("SELECT count(*) FROM tasks") == new)
    switch name {
    case "todo.txt": #expect(page.text.contains("Left off: due, which says “2027-02-30”."))
    case "json":
      #expect(page.text.contains("they would wait for each other") && page.text.contains("This line is not JSON."))
      #expect(ana.get("/planner/export.json").text.contains("\"mood\":"))
    case "ics":
      #expect(try site.text("SELECT p.title FROM tasks t JOIN tasks p ON p.id = t.parent_id WHERE t.title = 'Paint, then rest'") == "House")
      #expect(page.text.contains("1 alarm,") && ana.get("/planner/export.ics").text.contains("X-MOOD:fine"))
    default: #expect(try site.text("SELECT notes || due FROM tasks") == "one\ntwo2027-01-03")
    }
    try planned.check()
    let again = try take(text)
    #expect(figures(again).hasPrefix("0 \(new) 0 "), "the same again")
  }

  // Nothing, bytes that are no text, a ZIP, what was cut off, what is nested without end.
  @Test(arguments: ["", " \n", "\u{0}a", "PK\u{3}\u{4}\u{0}\u{0}", "[{\"description\":", String(repeating: "[", count: 10_000)])
  func `a file that is none is refused, and nothing is stored`(text: String) throws {
    let page = look(text)
    #expect(page.status == 422 && page.complaints == ["file"])
    #expect(try site.count("SELECT count(*) FROM planner_imports") == 0)
    #expect(ana.get("/planner/export.todo.txt").text.isEmpty && ana.get("/planner/export.csv").text.hasPrefix("id,parent,title"))
  }

  @Test func `a NUL in what a task is made without stops no import`() throws {
    let page = try take(#"[{"uuid":"u","description":"A","a\u0000b":"1","depends":["\u0000x"]}]"#)
    #expect(page.fact("state") == "done" && page.fact("new") == "1", "\(site.workLogged)")
    #expect(try site.text("SELECT metadata::text FROM tasks") == "{}")
  }

  @Test(arguments: ["json", "csv", "ics"])
  func `Hard case 36: what is exported and imported into an empty account is equal`(format: String) throws {
    var random: UInt64 = 4_711
    func draw(_ count: Int) -> Int {
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(random >> 33) % count
    }
    let numbers = "status,priority,impact,due,estimate,spent"
    var lines = ["id,title,parent,depends_on,related,\(numbers),tags,repeat,deferred_until,archived,private,notes"]
    for number in 0..<2_000 {
      let parent = number > 0 && draw(3) == 0 ? "k\(draw(number))" : ""
      let waits = draw(4) == 0 ? "k\(draw(2_000))" : ""
      // Taskwarrior has nothing for what only has to do with each other, and its page says so.
      let other = format != "json" && number > 0 && draw(4) == 0 ? "k\(draw(number)) k\(draw(number))" : ""
      let status = ["open", "in_progress", "deferred", "done", "cancelled"][draw(5)]
      let due = ["", "2027-03-1\(draw(10))", "2027-04-0\(1 + draw(9)) 1\(draw(10)):30"][draw(3)]
      let again = parent.isEmpty && waits.isEmpty && draw(10) == 0 ? "FREQ=WEEKLY;BYDAY=MO" : ""
      let later = status == "deferred" && draw(2) == 0 ? "2027-06-0\(1 + draw(9))" : ""
      lines.append(
        "k\(number),T\(number) ação,\(parent),\(waits),\(other),\(status),\(draw(5) == 0 ? "" : "\(1 + draw(4))"),\(1 + draw(5)),\(due),"
          + "\(1 + draw(200)),\(draw(3)),\"t\(draw(9)),u\",\(again),\(later),\(draw(9) == 0 ? "on" : ""),\(draw(5) == 0 ? "on" : ""),"
          + "\"n\(draw(50)), \"\"q\"\"\nline\"")
    }
    #expect(try take(lines.joined(separator: "\r\n")).fact("new") == "2000")
    try planned.check()
    let bob = try site.person("bob@x.test", zone: "America/New_York")
    let file = ana.get("/planner/export.\(format)").text
    #expect(try take(file, [:], bob).fact("state") == "done")
    // What was archived is so since it was taken in; all else is as it was.
    let (before, after) = (try tasks().split(separator: "\n"), try tasks(of: bob).split(separator: "\n"))
    #expect(before.count > 2_000 && before == after)
    #expect(Set(site.workLogged).isSubset(of: [LoggedHeads.event]))
  }

  @Test(arguments: [1, 2, 4])
  func `Hard case 40: its worker killed after any part, another goes on where it was, and each is made once`(parts: Int) throws {
    let weeks = [0: "done,2027-03-01", 400: "done,2027-03-08", 800: "done,2027-03-15", 1_100: "open,2027-03-22"]
    let rows = (0..<1_200).map { weeks[$0].map { "Water,FREQ=WEEKLY,2027-03-01,\($0)" } ?? "T\($0),,,," }
    let text = "title,repeat,repeat_first,status,due\n" + rows.joined(separator: "\n")
    let place = "/planner/import/" + (try look(text).fact("import").unwrapped)
    #expect(ana.post(place + "/confirmation").status == 303)
    let list = [Feature(jobs: [PlannerImportWork.kind])]
    var worker: Worker? = try site.worker(doing: list)
    for _ in 0..<parts { try worker?.cycle(site.now) }
    #expect(try site.count("SELECT count(*) FROM tasks") == min(parts, 3) * 500 - (parts > 2 ? 300 : 0))
    worker = nil
    try site.owner.run("UPDATE jobs SET lease_until = clock_timestamp() - interval '1 second' WHERE state = 'running'")
    _ = try site.worker(doing: list).runOnce { site.now }
    #expect(ana.get(place).fact("new") == "1200" && ana.get(place).fact("state") == "done")
    #expect(try site.count("SELECT count(*) FROM tasks") == 1_200 && site.count("SELECT count(*) FROM task_sources") == 1_200)
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'task_import.made'") == 1)
    // One series stays one, its instances in different parts or not.
    #expect(try site.text("SELECT string_agg(series_no::text, ' ' ORDER BY due) FROM tasks WHERE title = 'Water'") == "1 2 3 4")
    #expect(try site.count("SELECT count(DISTINCT series_id) FROM tasks") == 1)
    try planned.check()
  }

  @Test func `Hard case 40: its worker killed behind the tasks, another finds which of them wait for others`() throws {
    func file(_ depends: String) -> String {
      #"[{"uuid":"a","description":"A"},{"uuid":"b","description":"B"\#(depends)},{"uuid":"c","description":"C"}]"#
    }
    try take(file(""))
    let place = "/planner/import/" + (try look(file(#","depends":["a","c"]"#)).fact("import").unwrapped)
    #expect(ana.post(place + "/confirmation", ["same": "update"]).status == 303)
    let list = [Feature(jobs: [PlannerImportWork.kind])]
    var worker: Worker? = try site.worker(doing: list)
    try worker?.cycle(site.now)
    #expect(try site.count("SELECT count(*) FROM entity_links") == 0)
    worker = nil
    try site.owner.run("UPDATE jobs SET lease_until = clock_timestamp() - interval '1 second' WHERE state = 'running'")
    _ = try site.worker(doing: list).runOnce { site.now }
    #expect(ana.get(place).fact("state") == "done" && ana.get(place).fact("same") == "3")
    #expect(try planned.states() == "A open, B open!, C open")
    try planned.check()
  }

  @Test func `Hard case 39: nobody else sees an import, takes it in, or takes it back`() throws {
    let id = try look(Self.table).fact("import").unwrapped
    let missing = "/planner/import/0190ffff-0000-7000-8000-000000000000"
    for other in [try site.person("bob@x.test", sharing: ana), try site.person("eve@x.test")] {
      #expect(other.get("/planner/import/\(id)").unmasked == other.get(missing).unmasked)
      for what in ["confirmation", "undo", "deletion"] { #expect(other.post("/planner/import/\(id)/\(what)").status == 404) }
      try site.owner.transaction {
        try site.owner.run("SELECT set_config('heed.user_id', \(other.user.text), true)")
        try site.owner.run("SELECT door.discard_planner_import(\(id)::uuid), door.undo_planner_import(\(id)::uuid, 500)")
        try site.owner.run("SELECT door.replace_planner_imports(\(site.now))")
      }
    }
    #expect(try site.count("SELECT count(*) FROM planner_imports WHERE confirmed_at IS NULL AND replaced_at IS NULL") == 1)
    #expect(ana.post("/planner/import/\(id)/deletion").location == "/planner/import")
    #expect(ana.get("/planner/import/\(id)").status == 404)
  }
}
