import Postgres
import Testing

@testable import App
@testable import Domain

/// Accounts elsewhere, before anything fills them (RULES 9.46).
@Suite struct ConnectionTests {
  @Test func `the page is honest while nothing is connected, and shows what is, without its secret`() throws {
    let site = try Site()
    let (ana, eve) = (try site.person("ana@x.test"), try site.person("eve@x.test"))
    let empty = ana.get("/connections")
    #expect(empty.status == 200 && empty.text.contains("Nothing is connected"))
    #expect(empty.links.contains("/events/import") && empty.links.contains("/people/import"))
    // No button that does nothing.
    #expect(empty.form("/connections") == nil && empty.fact("state") == nil)
    try ana.connection("Work", state: .failing)
    let page = ana.get("/connections")
    #expect(page.fact("state") == "failing" && page.fact("error-count") == "2" && page.fact("last-success") == "2026-11-21T08:00:00Z")
    #expect(page.text.contains("no answer") && !page.text.contains("Nothing is connected") && !page.text.contains("sealed"))
    #expect(eve.get("/connections").text.contains("Nothing is connected"))
    // Nor in what a person takes along.
    let export = ana.get("/settings/export").text
    #expect(export.contains("https://dav.x.test/Work") && !export.contains("\"secret\""))
    // Nobody who serves adds one past the page.
    #expect(throws: PostgresError.self) {
      try site.web.transaction {
        _ = try site.web.rows(Query<Void>.setting(user: ana.user, account: ana.account, role: nil))
        try site.web.run(
          """
          INSERT INTO connections (id, user_id, type, name, created_at, updated_at)
          VALUES (\(ID<ConnectedAccount>.new(at: site.now)), \(ana.user), 'ics', 'X', \(site.now), \(site.now))
          """)
      }
    }
    let secrets = features.flatMap(\.secrets).map { "\($0.table) \($0.column)" }
    #expect(secrets.contains("connections secret"))
  }

  @Test func `a page says what its thing came from, and what was changed by hand and is therefore kept`() throws {
    let site = try Site()
    let (ana, eve) = (try site.person("ana@x.test"), try site.person("eve@x.test"))
    let task = try ana.task(["title": "Call"])
    try site.owner.run(
      """
      INSERT INTO entity_sources (user_id, kind, source, source_id, thing, sha256, hand_changed, synced_at)
      VALUES (\(ana.user), 'task', 'import:ics', '1', \(task)::text::uuid, sha256('x'), '{title,notes,colour}', \(site.now)),
        (\(ana.user), 'task', 'calendar:1', '2', \(task)::text::uuid, sha256('y'), '{}', \(site.now.advanced(days: 1)))
      """)
    let ref = try ThingRef("task:\(task)").unwrapped
    func sources(_ browser: Browser) throws -> [ThingSource] {
      try site.web.transaction {
        _ = try site.web.rows(Query<Void>.setting(user: browser.user, account: browser.account, role: nil))
        return try site.web.rows(ThingSource.of(ref))
      }
    }
    let found = try sources(ana)
    #expect(found.map(\.source) == ["calendar:1", "import:ics"] && found.map(\.handChanged) == [[], ["title", "notes", "colour"]])
    #expect(try sources(eve).isEmpty)
    let words = site.services.words(.english)
    let names = found.map { SourceRows.name($0.source, words) }
    #expect(names == ["A connected calendar", "A calendar file (ICS)"])
    let person: Person = try site.web.transaction {
      _ = try site.web.rows(Query<Void>.setting(user: ana.user, account: ana.account, role: nil))
      return try site.web.row(Person.mine(site.services.zones)).unwrapped
    }
    let rows = try SourceRows(found, nil, person, PageClock(site.now), words).unwrapped
    #expect(rows.rows.map(\.kept) == [nil, "title, notes, colour"])
    #expect(SourceRows([], nil, person, PageClock(site.now), words) == nil)
    let html = String(decoding: rows.rendered(words), as: UTF8.self)
    #expect(html.contains("data-fact=\"source\" value=\"import:ics\"") && html.contains("title, notes, colour"))
  }
}
