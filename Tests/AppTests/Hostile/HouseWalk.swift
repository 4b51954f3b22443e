import Foundation
import Postgres
import Testing
import Web

@testable import App
@testable import Domain

extension House {
  /// Sends each in a transaction that is rolled back.
  func walk(_ requests: [HostileRequest]) throws {
    struct Undone: Error {}
    for request in requests {
      do {
        try site.web.transaction {
          let page = ask(request.guest, request.method, request.target, Array(request.body.utf8))
          try check(page, request)
          throw Undone()
        }
      } catch is Undone {}
    }
  }

  private func check(_ page: Page, _ request: HostileRequest) throws {
    let place: Comment = "\(request.place): \(page.status)"
    #expect(page.status == request.status, place)
    #expect(site.logged.isEmpty, "\(site.logged.last ?? "") \(request.place)")
    Headers.check(page, https: true, place)
    checkText(page, place)
    if request.method == .get || page.status >= 400 {
      let written: String? = try site.web.value("SELECT coalesce(current_setting('test.written', true), '')")
      #expect((written ?? "").isEmpty, "\(written ?? "") was written: \(request.place)")
    } else if let shown = page.location, ["/reminders", "/settings/profile", "/escalations/", "/a/"].contains(where: shown.hasPrefix) {
      // What was taken can be shown.
      let next = ask(request.guest, .get, shown, [])
      #expect(next.status == 200 || next.status == 404 && request.place.contains("nonce"), "\(request.place): then \(next.status)")
      checkText(next, place)
    }
  }

  /// What was written is text in a page. Plain text may hold anything: no browser reads it as a page, since none may guess (``Headers``).
  private func checkText(_ page: Page, _ place: Comment) {
    if page.header("Content-Type") != "text/plain; charset=utf-8" { #expect(!page.response.body.holds("<script>alert"), place) }
  }

  func ask(
    _ guest: Guest, _ method: Web.Method, _ target: String, _ body: [UInt8], type: String = "application/x-www-form-urlencoded"
  ) -> Page {
    var headers = ["cookie": Array(guest.cookie.utf8)]
    if method != .get { headers["content-type"] = Array(type.utf8) }
    return Page(site.respond(Request(method: method, target: Array(target.utf8), headers: headers, body: body, address: "192.0.2.1")))
  }
}

extension [UInt8] {
  /// Whether the bytes are in there.
  func holds(_ text: String) -> Bool { Data(self).range(of: Data(text.utf8)) != nil }
}

extension Site {
  /// Makes every written row add the name of its table to the setting `test.written`, which a rollback takes back with the row. Throttling and
  /// the log of events are left out: they note what was refused. Of the lines of habits, which keep
  /// what a page reckoned, what says that they count; of feeds, which keep what was built of them, whose they are.
  func noteWrites() throws {
    try owner.run("CREATE SCHEMA test")
    try owner.run(
      """
      CREATE FUNCTION test.note() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM set_config('test.written', coalesce(current_setting('test.written', true), '') || TG_TABLE_NAME || ' ', false);
        RETURN NULL;
      END $$
      """)
    let tables: [String] = try owner.rows(
      Query(
        column: """
          SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
            AND relname NOT IN ('event_log', 'attempts', 'schema_migrations')
          """))
    let kept: [String: SQL] = ["habit_lines": "UPDATE OF stamp, gone", "habit_years": "UPDATE OF user_id", "feeds": "UPDATE OF token_hash"]
    for table in tables {
      let update: SQL = kept[table] ?? "UPDATE"
      try owner.run(
        "CREATE TRIGGER test_note AFTER INSERT OR \(update) OR DELETE ON \(name: table) FOR EACH ROW EXECUTE FUNCTION test.note()")
    }
  }
}
