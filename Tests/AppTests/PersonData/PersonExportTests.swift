import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

/// Issue 11, part 8: all that is kept of a person, to take along.
@Suite struct PersonExportTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  private func export(_ browser: Browser) throws -> [String: Any] {
    let page = browser.get("/settings/export")
    #expect(page.status == 200 && page.header("Content-Type") == "application/json")
    // What is long lies in a file until it is written.
    #expect(page.response.body.isEmpty)
    #expect(page.header("Content-Disposition")?.contains("attachment") == true && page.header("Cache-Control") == "no-store")
    return try (JSONSerialization.jsonObject(with: Data(page.text.utf8)) as? [String: Any]).unwrapped
  }

  private func rows(_ json: [String: Any], _ table: String) -> [[String: Any]] { json[table] as? [[String: Any]] ?? [] }

  @Test func `it holds what is theirs and nothing of others, and no secret`() throws {
    let bob = try site.person("bob@x.test", sharing: ana, role: .admin)
    for person in [ana, bob] { for footprint in footprints { try footprint.rows(person) } }
    _ = try ana.remind(["title": "Pay <the> rent", "description": "ção 😀"])
    let json = try export(ana)
    #expect((json["person"] as? [String: Any])?["email"] as? String == "ana@x.test")
    #expect(rows(json, "reminders").contains { $0["title"] as? String == "Pay <the> rent" && $0["description"] as? String == "ção 😀" })
    for (table, value) in json where table != "person" {
      guard let rows = value as? [[String: Any]] else { continue }
      for row in rows { #expect(row["user_id"] as? String == ana.user.text, "\(table)") }
    }
    let text = ana.get("/settings/export").text
    for secret in ["password_hash", "token_hash", "key_hash", "configuration", "bob@x.test"] {
      #expect(!text.contains("\"\(secret)\""), "\(secret)")
    }
    #expect(!text.contains("<"))
    #expect(site.browser().get("/settings/export").status == 303 && site.logged.isEmpty)
  }

  @Test func `every table with a person's rows is in it, or known to be left out`() throws {
    let tables: [String] = try site.owner.rows(
      Query(
        column: """
          SELECT c.relname::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'user_id'
          WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1
          """))
    let exported = Set(ExportedTable.all.map { "\($0.name)" })
    #expect(exported.count == ExportedTable.all.count && exported.isDisjoint(with: ExportedTable.leftOut))
    #expect(Set(tables) == exported.union(ExportedTable.leftOut))
  }

  @Test func `Hard case 20: the export of many reminders while they change is one moment's picture`() throws {
    // Each of 1,200, some slices of the export, says the same number; another connection raises all of them together, again and again, while the export is read.
    try site.owner.run(
      """
      INSERT INTO reminders (id, user_id, profile_id, title, importance, status, created_at, updated_at)
      SELECT gen_random_uuid(), p.user_id, p.id, '0', 'low', 'archived', \(site.now), \(site.now) FROM profiles p, generate_series(1, 1200)
      WHERE p.user_id = \(ana.user) AND p.preset = 'gentle'
      """)
    let other = try site.connection("heed_owner")
    var number = 0
    var out: [UInt8] = []
    let db = try site.connection("heed_web")
    let begin: () throws -> ID<User>? = {
      _ = try db.rows(Query<Void>.setting(user: ana.user, account: ana.account, role: nil))
      return ana.user
    }
    try PersonExport.write(at: site.now, db, for: begin) { bytes in
      out += bytes
      number += 1
      if number < 8 { try other.run("UPDATE reminders SET title = \(String(number))") }
    }
    let json = try (JSONSerialization.jsonObject(with: Data(out)) as? [String: Any]).unwrapped
    let titles = rows(json, "reminders").compactMap { $0["title"] as? String }
    #expect(number > 5 && titles.count == 1_200 && Set(titles) == ["0"])
    #expect(try site.text("SELECT min(title) FROM reminders") != "0")
  }

  @Test func `Hard case 17: an export that runs while its person is erased ends as it began, and keeps nobody waiting`() throws {
    for title in ["One", "Two", "Three"] { _ = try ana.remind(["title": title]) }
    var out: [UInt8] = []
    var page: Page?
    let db = try site.connection("heed_web")
    let begin: () throws -> ID<User>? = {
      _ = try db.rows(Query<Void>.setting(user: ana.user, account: ana.account, role: nil))
      return ana.user
    }
    try PersonExport.write(at: site.now, db, for: begin) { bytes in
      out += bytes
      if page == nil { page = ana.post("/settings/deletion", ["password": Site.password]) }
    }
    #expect(page?.status == 303)
    try site.work()
    #expect(try site.count("SELECT count(*) FROM users") == 0)
    let json = try (JSONSerialization.jsonObject(with: Data(out)) as? [String: Any]).unwrapped
    #expect(Set(rows(json, "reminders").compactMap { $0["title"] as? String }) == ["One", "Two", "Three"])
  }

  @Test func `operators get the same by an address, and it is written down`() throws {
    _ = try ana.remind(["title": "Pay the rent"])
    let found = try HeedCommand("export", "ANA@x.test", on: site)
    let json = try (JSONSerialization.jsonObject(with: Data(found.output.utf8)) as? [String: Any]).unwrapped
    #expect(found.status == 0 && rows(json, "reminders").count == 1)
    #expect(ana.get("/settings/audit").text.contains("The operator exported all that is kept of you."))
    let none = try HeedCommand("export", "nobody@x.test", on: site)
    #expect(none.status != 0 && none.output.contains("Nobody has the address"))
  }
}
