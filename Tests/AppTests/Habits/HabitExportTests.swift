import Postgres
import Testing

@testable import App
@testable import Domain

/// Issue 9, hard cases 25 and 26: what is taken away comes back the same.
@Suite struct HabitExportTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    site.now = try Instant(iso: "2027-02-10T15:00:00Z").unwrapped
    ana = try site.person("ana@x.test", zone: "America/Sao_Paulo")
  }

  private static let facts = [
    "status", "current-streak", "longest-streak", "streak-unit", "total", "sum", "score", "rate", "misses", "since", "due", "done",
    "amount",
    "target",
  ]

  /// Habits of every kind and state with a past, by the rows that years of use leave.
  private func live() throws {
    let names = [
      "Read 👩‍👩‍👧‍👦", "=1+1", "a, \"b\"", "{{x}}", "\u{202E}שלום", String(repeating: "e\u{301}\u{302}\u{303}", count: 25), "-dash", "@at",
    ]
    var fields: [KeyValuePairs<String, String>] = names.map { ["name": $0, "description": "=x\n*y*", "group": "+g", "colour": "3"] }
    fields += [
      ["name": "Week", "frequency": "per_week", "times_per_week": "3", "preferred_time": "07:30"],
      ["name": "Month", "frequency": "per_month", "times_per_month": "4"],
      ["name": "Days", "frequency": "specific_days", "day": "mon"],
      ["name": "Coffee", "kind": "amount", "unit": "cups", "target": "2", "direction": "at_most"],
      ["name": "Run", "kind": "amount", "unit": "km", "target": "10", "period": "week"],
      ["name": "Away"], ["name": "Old"],
    ]
    for (place, habit) in fields.enumerated() {
      let id = try ana.habit(habit)
      try site.owner.run(
        """
        INSERT INTO habit_days (habit_id, user_id, date, state, amount, reason, notes, source, timezone, ticked_at)
        SELECT h.id, h.user_id, date '2026-06-01' + n, CASE WHEN n % 11 = 3 THEN 'skipped' WHEN n % 13 = 5 THEN 'note' ELSE 'done' END,
          CASE WHEN h.kind = 'amount' AND n % 11 <> 3 AND n % 13 <> 5 THEN (n % 5) * 1250 END, CASE WHEN n % 11 = 3 AND n % 2 = 0 THEN 'travel' END,
          CASE WHEN n % 13 = 5 OR n % 17 = 0 THEN '=note, "' || n || E'"\n- x' ELSE '' END, 'page', 'America/Sao_Paulo', \(site.now)
        FROM habits h, generate_series(0, 240) n WHERE h.id::text = \(id) AND (n * (\(place) + 3)) % 7 < 5
        """)
      // As after a restore: what is settled is reckoned from the rows by the next press.
      #expect(ana.post("/habits/\(id)/notes", ["date": "2027-02-09", "notes": "today"]).status == 303)
    }
    try site.owner.run(
      """
      INSERT INTO habit_pauses (id, habit_id, user_id, from_date, until_date, kind, reason)
      SELECT gen_random_uuid(), id, user_id, date '2026-08-01', date '2026-08-20', 'pause', 'holiday' FROM habits WHERE position % 2 = 0
      """)
    try site.owner.run("UPDATE habit_frequencies SET from_date = date '2026-06-01'")
    try site.owner.run("UPDATE habits SET created_on = date '2026-06-10', state = NULL, state_next = NULL")
    // What was asked changed in between, and back.
    try site.owner.run(
      """
      INSERT INTO habit_frequencies SELECT habit_id, user_id, date '2026-10-05', 'per_week', 0, 2, target, direction, 'day' FROM habit_frequencies f
      WHERE (SELECT position FROM habits WHERE id = f.habit_id) IN (1, 9)
      """)
    let away = try site.text("SELECT id::text FROM habits WHERE name = 'Away'").unwrapped
    let old = try site.text("SELECT id::text FROM habits WHERE name = 'Old'").unwrapped
    #expect(ana.post("/habits/\(away)/pause", ["from": "2027-02-08"]).status == 303)
    #expect(ana.post("/habits/\(old)/archival").status == 303)
    #expect(ana.post("/habits/\(old)/position", ["position": "3"]).status == 303)
  }

  private func ids(_ browser: Browser) throws -> [String] {
    try site.owner.rows(Query(column: "SELECT id::text FROM habits WHERE user_id = \(browser.user) ORDER BY position, id"))
  }

  private func figures(_ browser: Browser) throws -> [[String]] {
    try ids(browser).map { id in
      let page = browser.get("/habits/\(id)")
      return Self.facts.map { page.fact($0) ?? "-" }
    }
  }

  /// All that belongs to a person's habits, in their order, without ids and moments.
  private func rows(_ browser: Browser) throws -> [String] {
    try site.owner.rows(
      Query(
        column: """
          SELECT concat_ws('|', h.name, h.description, h.status, h.kind, h.unit, h.colour, h.habit_group, h.preferred_time, h.created_on,
            (SELECT string_agg(concat_ws(',', f.from_date, f.frequency, f.days, f.times, f.target, f.direction, f.period), ';' ORDER BY f.from_date)
              FROM habit_frequencies f WHERE f.habit_id = h.id),
            (SELECT string_agg(concat_ws(',', p.from_date, p.until_date, p.reason, p.kind), ';' ORDER BY p.from_date) FROM habit_pauses p
              WHERE p.habit_id = h.id),
            (SELECT string_agg(concat_ws(',', d.date, d.state, d.amount, d.reason, d.notes), ';' ORDER BY d.date) FROM habit_days d
              WHERE d.habit_id = h.id))
          FROM habits h WHERE h.user_id = \(browser.user) ORDER BY h.position
          """))
  }

  @Test func `hard cases 25 and 26: export, then import into an empty account, gives the same`() throws {
    try live()
    let file = ana.get("/habits/export.csv")
    #expect(file.status == 200 && file.header("Content-Type") == "text/csv; charset=utf-8")
    #expect(file.header("Content-Disposition") == "attachment; filename=\"heed-habits-2027-02-10.csv\"")
    let eva = try site.person("eva@x.test", zone: "America/Sao_Paulo")
    let preview = eva.sendHabits(file.response.body)
    #expect(preview.status == 200 && preview.fact("import-refused") == "0" && preview.fact("import-habits") == "15")
    #expect(try eva.confirmHabits(preview).status == 303)
    #expect(try rows(eva) == rows(ana))
    let (hers, mine) = (try figures(eva), try figures(ana))
    for (one, other) in zip(hers, mine) { #expect(one == other) }
    #expect(hers.count == 15 && mine.contains { $0[0] == "paused" } && mine.contains { $0[0] == "archived" })
    // What is settled when it is imported is what the rows say.
    try site.owner.run("UPDATE habits SET state = NULL, state_next = NULL WHERE user_id = \(eva.user)")
    #expect(try figures(eva) == hers)
    // And out again: but for the keys the same bytes.
    func keyless(_ page: Page, _ browser: Browser) throws -> String {
      try ids(browser).enumerated().reduce(page.text) { $0.replacingOccurrences(of: $1.element, with: "K\($1.offset)") }
    }
    #expect(try keyless(eva.get("/habits/export.csv"), eva) == keyless(file, ana))
    // One's own file changes nothing.
    let own = ana.sendHabits(file.response.body)
    #expect(own.fact("import-new") == "0")
    let before = try rows(ana)
    #expect(try ana.confirmHabits(own).status == 303)
    #expect(try rows(ana) == before && site.logged.isEmpty)
  }

  @Test func `the demo person's habits are brought to an empty account with the same figures`() throws {
    #expect(try DemoSeed(site.services, site.owner).run(at: site.now))
    let demo = site.browser()
    demo.user = try site.owner.value("SELECT user_id FROM habits LIMIT 1").unwrapped
    demo.account = try site.owner.value("SELECT account_id FROM users WHERE id = \(demo.user)").unwrapped
    try demo.openSession()
    let zone = try site.text("SELECT timezone FROM users WHERE id = \(demo.user)").unwrapped
    let eva = try site.person("eva@x.test", zone: zone)
    try site.owner.run(
      "UPDATE users SET week_start = d.week_start, day_start = d.day_start FROM users d WHERE d.id = \(demo.user) AND users.id = \(eva.user)"
    )
    let preview = eva.sendHabits(demo.get("/habits/export.csv").response.body)
    #expect(preview.fact("import-refused") == "0" && preview.fact("import-known") == "0")
    #expect(try eva.confirmHabits(preview).status == 303)
    #expect(try rows(eva) == rows(demo) && figures(eva) == figures(demo) && figures(eva).count >= 10)
  }

  @Test func `hard case 26: no cell of an export is a formula`() throws {
    try live()
    let table = ana.get("/habits/export.csv").text
    for name in ["'=1+1", "'-dash", "'@at", "'+g", "\"'=x\n*y*\"", "\"a, \"\"b\"\"\"", "{{x}}"] {
      #expect(table.contains(",\(name)"), "\(name)")
    }
    #expect(!table.contains(",=") && !table.contains(",\"=") && !table.contains(",@") && !table.contains(",+"))
  }

  @Test func `an account without habits exports the head alone, which imports as nothing`() throws {
    let file = ana.get("/habits/export.csv")
    #expect(file.status == 200 && file.text.hasPrefix("record,habit,date,until,") && file.text.split(separator: "\r\n").count == 1)
    let page = ana.sendHabits(file.response.body)
    #expect(page.status == 200 && page.text.contains("There is no habit in this file.") && page.form("/habits/import") == nil)
  }
}
