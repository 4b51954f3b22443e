import Postgres
import Testing

@testable import App
@testable import Domain

/// The functions at the door of sources, asked by themselves, as somebody who is past the program would.
@Suite struct SourceDoorTests {
  private let site: Site
  private let ana: Browser
  private let source: String

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
    source = try ana.source(["title": "A", "text": "Quokkas are friendly."])
    #expect(ana.post("/sources/golden", ["file": "Quokkas?,https://x.test/a"]).status == 303)
  }

  /// The state of the error that a statement ends with; nil: it is done, and stays.
  private func ask(_ sql: SQL, as person: Browser, _ role: Role) throws -> String? {
    do {
      try site.web.transaction {
        try site.web.run(
          """
          SELECT set_config('heed.user_id', \(person.user.text), true), set_config('heed.account_id', \(person.account.text), true),
            set_config('heed.role', \(role), true)
          """)
        try site.web.run(sql)
      }
      return nil
    } catch let error as PostgresError { return error.sqlstate }
  }

  @Test func `passages are cut by who may change sources of their account, and nobody else`() throws {
    let none: [String] = []
    let empties: SQL = "SELECT door.index_passages(\(source)::uuid, \(none), \(none), \(none), \(none), \(site.now))"
    let eve = try site.person("eve@x.test")
    let before = try site.fingerprint()
    #expect(try ask(empties, as: eve, .owner) == "42501")
    for role in [Role.viewer, .agent] { #expect(try ask(empties, as: ana, role) == "42501") }
    #expect(try site.fingerprint() == before)
    #expect(try ask(empties, as: ana, .admin) == nil)
    #expect(try site.count("SELECT count(*) FROM passages") == 0)
  }

  @Test func `passages of another account are found by nobody, whatever words they hold`() throws {
    let eve = try site.person("eve@x.test")
    let hex = ana.account.text.replacing("-", with: "")
    _ = try eve.source(["title": "account\(hex)", "text": "#\(hex) account\(hex) Quokkas bite."])
    let found = try site.text(
      """
      SELECT string_agg(text, ' ') FROM door.find_passages(\(ana.account), 'en', \(["quokkas"]), \(["quokkas"]), \(site.now), 10)
      """)
    #expect(found == "Quokkas are friendly.")
  }

  @Test func `a question about accounts finds nothing in sources that say nothing of them`() throws {
    for question in ["account", "accountant", "accounts"] {
      let page = ana.get("/sources/trial?q=\(question)&language=en")
      #expect(page.status == 200 && page.fact("confidence") == "0.00" && !page.text.contains("Quokkas are friendly."), "\(question)")
    }
  }

  @Test func `what is known by its beginning alone is no word that a passage holds`() throws {
    let page = ana.get("/sources/trial?q=friendship&language=en")
    #expect(page.status == 200 && Double(page.fact("confidence") ?? "1") ?? 1 <= 0.4)
  }

  @Test func `golden questions go by who may change them, and only one's own account's`() throws {
    let drop: SQL = "SELECT door.drop_golden_questions()"
    let eve = try site.person("eve@x.test")
    for role in [Role.viewer, .agent] { #expect(try ask(drop, as: ana, role) == "42501") }
    #expect(try ask(drop, as: eve, .owner) == nil)
    #expect(try site.count("SELECT count(*) FROM golden_questions") == 1)
    #expect(try ask(drop, as: ana, .admin) == nil)
    #expect(try site.count("SELECT count(*) FROM golden_questions") == 0)
  }

  @Test func `rows are written by who may, past the program too`() throws {
    for (role, state) in [(Role.viewer, "0"), (.agent, "0"), (.admin, "1"), (.owner, "1")] {
      #expect(try ask("UPDATE sources SET title = title || 'x' WHERE id = \(source)::uuid", as: ana, role) == nil)
      #expect(try site.text("SELECT (length(title) > 1)::int::text FROM sources") == state)
      try site.owner.run("UPDATE sources SET title = 'A'")
    }
  }
}
