import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

/// What is kept of habits for the list, the review and the page of each is what all of their rows say, whatever happens.
@Suite struct HabitLinesTests {
  private let site: Site
  private let ana: Browser
  private static let pages = [
    "/", "/habits", "/habits?status=all&by=group", "/habits?status=all&sort=streak&q=a", "/habits?status=paused", "/review",
  ]

  init() throws {
    site = try Site()
    site.now = try Instant(iso: "2027-01-04T15:00:00Z").unwrapped
    ana = try site.person("ana@x.test", zone: "America/Sao_Paulo")
  }

  private func shown(_ target: String) -> String {
    ana.setCookie("__Host-heed_flash", nil)
    let page = ana.get(target)
    #expect(page.status == 200, "\(target)")
    return page.unmasked
  }

  private func blank() throws {
    try site.owner.run("UPDATE habit_lines SET line = NULL, week = NULL")
    try site.owner.run("UPDATE habit_years SET stamp = NULL, page = NULL, notes = NULL")
  }

  /// The lists, and the page of each habit that is not deleted, which also look at the year before.
  private func all(_ ids: [String]) throws -> [String] {
    let there = try ids.filter { try site.text("SELECT status FROM habits WHERE id = \($0)::uuid") != "deleted" }
    return Self.pages + there.map { "/habits/\($0)" } + there.prefix(1).map { "/habits/\($0)?year=2026" }
  }

  /// Of how many of these the year is not kept, or not as it is now.
  private func years(_ ids: [String]) throws -> Int {
    try site.count(
      """
      SELECT count(*) FROM habits h JOIN habit_lines l ON l.habit_id = h.id JOIN habit_years y ON y.habit_id = h.id
      WHERE h.id::text = ANY (\(ids)) AND h.status <> 'deleted' AND y.stamp IS DISTINCT FROM l.stamp
      """)
  }

  private func blanks(_ part: SQL = "line") throws -> Int {
    try Int(site.owner.value("SELECT count(*) FROM habit_lines WHERE NOT gone AND \(part) IS NULL", as: Int64.self) ?? -1)
  }

  private func habits() throws -> [String] {
    let kinds: [KeyValuePairs<String, String>] = [
      ["name": "Read a page", "group": "Morning"], ["name": "Walk", "frequency": "specific_days", "day": "mon"],
      ["name": "Swim a lap", "frequency": "per_week", "times_per_week": "2", "group": "Evening"],
      ["name": "Call a friend", "frequency": "per_month", "times_per_month": "3"],
      ["name": "Drink water", "kind": "amount", "unit": "glasses", "target": "3", "direction": "at_least"],
      ["name": "Coffee", "kind": "amount", "unit": "cups", "target": "2", "direction": "at_most"],
    ]
    return try kinds.map { try ana.habit($0) }
  }

  private func happen(_ ids: [String], _ dice: inout Dice) throws -> String {
    let id = ids.randomElement(using: &dice) ?? ""
    let today = Zone.utc.local(site.now).day
    let date = today.advanced(by: -Int.random(in: 0...7, using: &dice)).iso
    func post(_ path: String, _ fields: KeyValuePairs<String, String> = [:]) -> String {
      "\(path) \(ana.post(path.hasPrefix("/") ? path : "/habits/\(id)/\(path)", fields).status)"
    }
    switch Int.random(in: 0..<30, using: &dice) {
    case 0...6: return post("completions", ["date": date, "amount": "2"])
    case 7: return post("completions/\(date)/deletion")
    case 8: return post("skips", ["date": date, "reason": "sick"])
    case 9: return post("skips/\(date)/deletion")
    case 10: return post("notes", ["date": today.advanced(by: -Int.random(in: 0...20, using: &dice)).iso, "notes": "A note."])
    case 11: return post("pause", ["from": date, "until": today.advanced(by: 3).iso])
    case 12: return post("pause")
    case 13: return post("resumption")
    case 14: return post("archival")
    case 15: return post("restoration")
    case 16: return post("deletion")
    case 17: return post("position", ["position": "2"])
    case 18: return post("/habits/pause")
    case 19: return post("/habits/resumption")
    case 20:
      let start = Int.random(in: 0...4, using: &dice)
      let language = start % 2 == 0 ? "pt-BR" : "en"
      try site.owner.run("UPDATE users SET day_start = \(start), week_start = \(1 + start), language = \(language) WHERE id = \(ana.user)")
      return "day start \(start)"
    case 21:
      let zone = ["America/Sao_Paulo", "Pacific/Apia", "Europe/Berlin"].randomElement(using: &dice) ?? "UTC"
      try site.owner.run("UPDATE users SET timezone = \(zone) WHERE id = \(ana.user)")
      return zone
    case 22, 23:
      let version = try site.text("SELECT version::text FROM habits WHERE id = \(id)::uuid") ?? ""
      let times = String(Int.random(in: 1...7, using: &dice))
      return post(
        "/habits/\(id)",
        [
          "name": "Habit " + times, "version": version, "frequency": times < "4" ? "daily" : "per_week", "times_per_week": times,
          "group": times < "3" ? "Noon" : "",
        ])
    case 24:
      let action = ["completion", "skip", "archival"].randomElement(using: &dice) ?? ""
      return post("/habits/bulk", ["id": id, "id": ids[0], "action": action])
    case 25, 26:
      // Dates of before, in names that are there and in one that is not.
      let name = try site.text("SELECT name FROM habits WHERE id = \(id)::uuid") ?? ""
      let days = (0..<5).map { _ in today.advanced(by: -Int.random(in: 0...30, using: &dice)).iso }
      let preview = ana.sendHabits("habit,date\n" + days.map { "\(name),\($0)\n" }.joined() + "New,\(date)\n")
      return "import \(try ana.confirmHabits(preview).status)"
    case 27:
      let last = try site.text(
        "SELECT id::text FROM habit_imports WHERE confirmed_at IS NOT NULL AND undone_at IS NULL ORDER BY id DESC LIMIT 1")
      return last.map { post("/habits/import/\($0)/deletion") } ?? post("/habits/resumption")
    default:
      let hours = Int.random(in: 1...40, using: &dice)
      site.pass(hours: hours)
      return "\(hours) h"
    }
  }

  @Test(arguments: [UInt64(1), 2, 3])
  func `lists, the review and the page of a habit say the same from what is kept as from all rows, whatever happens`(seed: UInt64) throws {
    var dice = Dice(seed: seed)
    let ids = try habits()
    var story: [String] = []
    for step in 0..<60 {
      story.append(try happen(ids, &dice))
      if step % 2 == 1 { continue }
      let pages = try all(ids)
      let found = pages.map(shown)
      #expect(try blanks() == 0 && blanks("week") == 0, "\(story.suffix(5))")
      #expect(try years(ids) == 0, "\(story.suffix(5))")
      let kept = pages.map(shown)
      try blank()
      let reckoned = pages.map(shown)
      for (place, page) in pages.enumerated() {
        #expect(found[place] == reckoned[place], "\(page), found, after \(story.suffix(5))")
        #expect(kept[place] == reckoned[place], "\(page), kept, after \(story.suffix(5))")
      }
    }
    #expect(Set(story.map { $0.split(separator: " ")[0] }).count > 12, "\(story)")
  }

  @Test func `what nobody changed is shown without a look at its days`() throws {
    let ids = try habits()
    #expect(ana.post("/habits/\(ids[0])/completions").status == 303)
    let before = Self.pages.map(shown)
    let watch = try site.watchRequests()
    #expect(Self.pages.map(shown) == before)
    #expect(!watch.plans.isEmpty && !watch.plans.contains { $0.contains("habit_frequencies") || $0.contains("habit_pauses") })
    // The next day asks anew, and keeps that.
    site.pass(hours: 24)
    watch.forget()
    let next = Self.pages.map(shown)
    #expect(watch.plans.contains { $0.contains("habit_frequencies") } && next != before)
    watch.forget()
    #expect(Self.pages.map(shown) == next && !watch.plans.contains { $0.contains("habit_frequencies") })
  }

  @Test func `the page of a habit that nobody changed looks at none of its days`() throws {
    let ids = try habits()
    #expect(ana.post("/habits/\(ids[4])/completions", ["amount": "2"]).status == 303)
    let pages = ids.map { "/habits/\($0)" }
    let before = pages.map(shown)
    let watch = try site.watchRequests()
    #expect(pages.map(shown) == before)
    // Neither reads nor keeps anything: only the notes are asked for, by an index of their own.
    #expect(!watch.statements.isEmpty && !watch.statements.contains { $0.contains("UPDATE habit_years") })
    // The next day, another zone and another day start ask anew, and keep that.
    let changes: [() throws -> Void] = [
      { site.pass(hours: 24) }, { try site.owner.run("UPDATE users SET timezone = 'Pacific/Apia'") },
      { try site.owner.run("UPDATE users SET day_start = 5") }, { try site.owner.run("UPDATE users SET week_start = 7") },
    ]
    for change in changes {
      try change()
      watch.forget()
      let found = pages.map(shown)
      #expect(watch.statements.count { $0.contains("UPDATE habit_years") } == pages.count)
      watch.forget()
      #expect(pages.map(shown) == found && !watch.statements.contains { $0.contains("UPDATE habit_years") })
      try blank()
      #expect(pages.map(shown) == found)
    }
    // A language does not: what is kept is no words.
    try site.owner.run("UPDATE users SET language = 'pt-BR'")
    watch.forget()
    let found = pages.map(shown)
    #expect(!watch.statements.contains { $0.contains("UPDATE habit_years") } && found[0].contains("janeiro"))
    try blank()
    #expect(pages.map(shown) == found)
  }

  @Test func `a year that is kept is of the stamp that its line has`() throws {
    let ids = try habits()
    let page = "/habits/\(ids[0])"
    let before = shown(page)
    #expect(try years(ids) == 5)
    // What another page had reckoned before a change, and keeps after it, counts for nobody.
    try site.owner.run("UPDATE habit_lines SET stamp = stamp + 1")
    #expect(try years(ids) == 6)
    try site.owner.run("UPDATE habit_years SET page = '\\x01'::bytea WHERE page IS NOT NULL")
    #expect(shown(page) == before)
    #expect(try years(ids) == 5)
    // What cannot be read is reckoned anew.
    try site.owner.run("UPDATE habit_years SET page = substr(page, 1, length(page) - 1) WHERE page IS NOT NULL")
    #expect(shown(page) == before)
  }

  @Test func `notes that are kept look as they did, and are rendered again by other rules`() throws {
    let (id, today) = (try habits()[0], Zone.utc.local(site.now).day)
    for (index, text) in ["*Went* well & <b>soon</b>.", "[link](https://x.test/?a=1&b=2)", "Só um “teste”"].enumerated() {
      #expect(ana.post("/habits/\(id)/completions", ["date": today.advanced(by: -index).iso, "notes": text]).status == 303)
    }
    let (page, watch) = ("/habits/\(id)", try site.watchRequests())
    let before = shown(page)
    #expect(before.contains("<em>Went</em> well &amp; &lt;b&gt;soon&lt;/b&gt;.") && before.contains("“teste”"))
    #expect(shown(page) == before && shown(page + "?year=2026").contains("“teste”"))
    #expect(try site.count("SELECT count(*) FROM habit_years WHERE notes IS NOT NULL") == 1)
    // Kept by an older version of the rules.
    try site.owner.run("UPDATE habit_years SET notes = '\\x00'::bytea WHERE notes IS NOT NULL")
    #expect(shown(page) == before)
    // Long ones are read by each view.
    let long = String(repeating: "*a* ", count: 500)
    for index in 0..<8 {
      #expect(ana.post("/habits/\(id)/completions", ["date": today.advanced(by: -index).iso, "notes": long]).status == 303)
    }
    let found = shown(page)
    #expect(try site.count("SELECT count(*) FROM habit_years WHERE page IS NOT NULL AND notes IS NULL") == 1)
    watch.forget()
    #expect(shown(page) == found && found.contains("<em>a</em>") && !watch.statements.contains { $0.contains("UPDATE habit_years") })
  }

  @Test func `a page of a habit waits for nobody who keeps its year`() throws {
    let ids = try habits()
    let page = "/habits/\(ids[0])"
    let holder = try site.connection("heed_owner")
    try holder.transaction {
      try holder.run("UPDATE habit_years SET user_id = user_id")
      _ = shown(page)
      #expect(try years(ids) == 6)
    }
    _ = shown(page)
    #expect(try years(ids) == 5)
  }

  @Test func `a change by hand is seen at once`() throws {
    let id = try habits()[0]
    let before = Self.pages.map(shown)
    try site.owner.run(
      """
      INSERT INTO habit_days (habit_id, user_id, date, state, notes, source, timezone, ticked_at)
      VALUES (\(id)::uuid, \(ana.user), '2027-01-04', 'done', '', 'page', 'UTC', \(site.now))
      """)
    #expect(try blanks() == 1)
    #expect(Self.pages.map(shown) != before)
    try site.owner.run("DELETE FROM habit_days")
    #expect(Self.pages.map(shown) == before)
  }

  @Test func `a page waits for nobody who changes a habit, and keeps nothing over a change`() throws {
    let id = try habits()[0]
    _ = shown("/habits")
    try blank()
    let holder = try site.connection("heed_owner")
    try holder.transaction {
      try holder.run("UPDATE habits SET name = 'Another' WHERE id = \(id)::uuid")
      #expect(shown("/habits").contains("Read a page"))
      #expect(try blanks() == 1)
    }
    #expect(shown("/habits").contains("Another"))
    #expect(try blanks() == 0)
  }
}
