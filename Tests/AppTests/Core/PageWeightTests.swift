import Postgres
import Testing

@testable import App
@testable import Domain

/// How many bytes pages have before they are compressed, for a person who has as much as pages show.
@Suite struct PageWeightTests {
  private let house: House
  private let ana: Browser

  init() throws {
    house = try House()
    ana = house.site.browser()
    (ana.user, ana.account) = (
      try house.site.owner.value("SELECT id FROM users WHERE email = 'ana@x.test'").unwrapped,
      try house.site.owner.value("SELECT account_id FROM users WHERE email = 'ana@x.test'").unwrapped
    )
    try ana.openSession()
  }

  /// Sixty reminders that are late, sixty that are due today and ten that ring; sessions, and a timeline with more entries than a page takes, every
  /// tenth a step with a message that failed twice.
  private func fill() throws {
    let site = house.site
    for number in 0..<130 {
      let minutes = number < 60 ? -number - 60 : number + 60
      let id = try ana.remind(nil, title: "Renew the certificate of \(number)", next: site.now.advanced(minutes: minutes))
      if number >= 120 && number < 130 { #expect(ana.post("/reminders/\(id.text)/run").status == 303) }
      if number >= 60 && number < 100 {
        #expect(
          ana.post("/reminders/\(id.text)", ["title": "Renew \(number)", "schedule": "interval", "every_minutes": "90", "version": "1"])
            .status == 303)
      }
    }
    for _ in 0..<60 { try ana.openSession() }
    try site.owner.run(
      """
      INSERT INTO escalation_events (id, user_id, escalation_id, at, kind, run, tier, round, data)
      SELECT gen_random_uuid(), e.user_id, e.id, \(site.now) - n * interval '7 minutes', CASE WHEN n % 10 = 0 THEN 'escalated' ELSE 'note' END, 1, 3, n,
        jsonb_build_object('text', 'Rui says the shop is closed until Monday, entry ' || n || '.')
      FROM escalations e, generate_series(1, 150) n WHERE e.id = \(try ID<Escalation>(house.path(":escalation")).unwrapped)
      """)
    try site.owner.run(
      """
      INSERT INTO outbox (id, user_id, subject, subject_id, reminder_id, run, tier, round, channel, recipient_kind, recipient_id, address, state, due_at, created_at)
      SELECT gen_random_uuid(), v.user_id, 'escalation', v.escalation_id, e.reminder_id, v.run, v.tier, v.round, 'email', 'user', v.user_id, 'ana@x.test', 'failed', v.at, v.at
      FROM escalation_events v JOIN escalations e ON e.id = v.escalation_id WHERE v.kind = 'escalated' AND v.round > 0
      """)
    try site.owner.run(
      """
      INSERT INTO outbox_attempts (id, user_id, subject_id, message_id, at, state, detail)
      SELECT gen_random_uuid(), user_id, subject_id, id, created_at + n * interval '1 second', CASE n % 2 WHEN 0 THEN 'failed' ELSE 'sending' END, ''
      FROM outbox, generate_series(1, 4) n WHERE round > 0
      """)
    try fillHabits()
    ana.get("/")  // Takes the flash line.
  }

  /// A hundred habits, each kept for a month, and the one that pages are asked for for ten years.
  private func fillHabits() throws {
    let site = house.site
    let kept = house.path(":habit")
    try site.owner.run(
      """
      INSERT INTO habits (id, user_id, name, description, status, kind, unit, step, colour, habit_group, position, created_on, created_at, updated_at)
      SELECT gen_random_uuid(), \(ana.user), 'Walk twenty minutes, number ' || n, '', 'active', 'tick', '', 1000, 1 + n % 8, '', n,
        \(site.now)::date - 30, \(site.now), \(site.now)
      FROM generate_series(1, 100) n
      """)
    try site.owner.run(
      """
      INSERT INTO habit_frequencies (habit_id, user_id, from_date, frequency, days, times, direction, period)
      SELECT id, user_id, created_on, 'daily', 0, 0, 'at_least', 'day' FROM habits WHERE name LIKE 'Walk twenty%'
      """)
    try site.owner.run(
      """
      INSERT INTO habit_days (habit_id, user_id, date, state, notes, source, timezone, ticked_at)
      SELECT h.id, h.user_id, d::date, 'done', '', 'page', 'UTC', d FROM habits h, generate_series(
        \(site.now)::date - CASE WHEN h.id::text = \(kept) THEN 3650 ELSE 30 END, \(site.now)::date - 2, interval '1 day') d
      WHERE h.user_id = \(ana.user) AND extract(day FROM d) <> 11 ON CONFLICT DO NOTHING
      """)
  }

  @Test func `no page is heavier than 80 kB, and a list of 50 rows no heavier than 57`() throws {
    try fill()
    let patterns = App.site.filter { $0.method == .get && $0.access >= .member && !House.leading.contains($0.pattern) }.map(\.pattern)
    #expect(patterns.count > 10 && patterns.contains("/"))
    let lists = [
      "/reminders?status=all", "/reminders?sort=title", "/escalations?state=all", "/reminders?q=certificate", "/habits?by=group",
      "/habits?page=2", "/habits?status=all&page=4",
    ]
    let weights = (patterns.map { house.path($0) } + lists).compactMap { path -> (path: String, weight: Int, rows: Int)? in
      let page = ana.get(path)
      #expect(page.status == 200, "\(path)")
      // A file is as long as what it holds.
      guard page.header("Content-Type")?.hasPrefix("text/html") == true else { return nil }
      return (path: path, weight: page.response.body.count, rows: page.text.components(separatedBy: "<li class=\"row\"").count - 1)
    }
    let heaviest = try weights.max { $0.weight < $1.weight }.unwrapped
    let heavy = weights.filter { $0.weight > 80_000 }.map { "\($0.path) \($0.weight)" }
    #expect(heavy == [])
    print("The heaviest page: \(heaviest.path), \(heaviest.weight) bytes")
    for list in weights where list.path.hasPrefix("/reminders?") || list.path == "/reminders" {
      #expect(list.rows == 50)
      #expect(list.weight <= 55_000, "\(list.path) has \(list.weight) bytes")
    }
    let habits = ["/habits", "/habits?page=2"].map { ana.get($0).text.components(separatedBy: "<li class=\"row habit\"").count - 1 }
    #expect(habits == [20, 20])
    // The year map of ten years.
    let page = ana.get(house.path("/habits/:habit")).text
    let map = try page.components(separatedBy: "</svg>").compactMap { $0.components(separatedBy: "<svg").last }.map(\.utf8.count).max()
      .unwrapped
    #expect(map > 5_000 && map <= 30_000, "\(map)")
    // The numbers above a section count what it does not show.
    let today = ana.get("/").text
    #expect(today.contains("<data value=\"60\">60</data>") && today.contains("There is more: see the whole list."))
  }

  @Test(arguments: [("/reminders", "<li class=\"row\""), ("/escalations", "<article class=alarm")])
  func `a list of 50 is no heavier than 55 kB when all of it rings`(path: String, row: String) throws {
    for number in 0..<55 {
      let id = try ana.remind(nil, title: "Renew the certificate of \(number)", next: house.site.now.advanced(minutes: number + 60))
      #expect(ana.post("/reminders/\(id.text)/run").status == 303)
    }
    try house.site.work()
    ana.get("/")  // Takes the flash line.
    let page = ana.get(path)
    #expect(page.text.components(separatedBy: row).count == 51 && page.text.components(separatedBy: "Escalating").count >= 51)
    #expect(page.response.body.count <= 55_000, "\(page.response.body.count)")
  }

  @Test func `a stale form of the longest notes is no heavier than 80 kB`() throws {
    let notes = String(repeating: "lorem ipsum ", count: 1_365)
    let id = try ana.remind(["title": "A", "description": notes])
    let edit = ana.post("/reminders/\(id)", ["title": "B", "at": "2026-12-01T09:00", "description": notes, "version": "1"])
    #expect(edit.status == 303)
    let stale = ana.post(
      "/reminders/\(id)", ["title": "C", "at": "2026-12-01T09:00", "description": String(notes.reversed()), "version": "1"])
    #expect(stale.status == 409 && stale.response.body.count <= 80_000, "\(stale.response.body.count)")
  }

  @Test func `a page of rows has one form for all their buttons, and each button is named after its row`() throws {
    try fill()
    for path in ["/", "/reminders", "/escalations"] {
      let text = ana.get(path).text
      let rows = text.components(separatedBy: "formaction=\"").count - 1
      // Habits on Today have a form each: with a nonce and an amount of its own.
      let own = text.components(separatedBy: "id=\"b-").count - 1
      #expect(rows >= 10 && text.components(separatedBy: "<form ").count - 1 - own <= 8, "\(path)")
      let ids = text.components(separatedBy: " id=\"").dropFirst().compactMap { $0.components(separatedBy: "\"").first }
      #expect(Set(ids).count == ids.count, "\(path)")
      for names in text.components(separatedBy: "aria-labelledby=\"").dropFirst().compactMap({ $0.components(separatedBy: "\"").first }) {
        #expect(names.split(separator: " ").allSatisfy { ids.contains(String($0)) }, "\(path): \(names)")
      }
    }
  }
}
