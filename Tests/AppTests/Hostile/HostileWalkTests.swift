import Foundation
import Postgres
import Testing
import Web

@testable import App
@testable import Domain

/// Every route of the table, with what no browser would send, as everybody there is: the answer is SITEMAP's, nothing unforeseen happens, and
/// what is refused leaves no trace. Every request runs in a transaction that is rolled back, so each meets the same house.
@Suite struct HostileWalkTests {
  private let house: House

  init() throws {
    house = try House()
    try house.site.noteWrites()
  }

  @Test func `hostile forms of one's own are answered as SITEMAP says, and refused ones store nothing`() throws {
    try walk(house.ownForms)
  }

  @Test func `hostile forms of a housemate, a stranger and nobody touch nothing`() throws { try walk(house.formsOfOthers) }

  @Test func `hostile addresses lead nowhere`() throws { try walk(house.addresses) }

  @Test func `hostile queries are answered as SITEMAP says`() throws { try walk(house.queries) }

  @Test func `every post is refused in SITEMAP's order before its fields are looked at`() throws {
    let large = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_001)
    for route in routeTable where route.method == .post && route.access != .hook {
      let target = house.path(route.pattern)
      let place: Comment = "\(route.pattern)"
      #expect(ask(house.guests[3], .other, target, []).status == 405, place)
      #expect(ask(house.guests[3], .post, target, large, type: "application/json").status == 413, place)
      for type in ["application/json", "text/plain"] { #expect(ask(house.guests[3], .post, target, [], type: type).status == 415, place) }
      if route.access >= .member {
        #expect(ask(house.guests[3], .post, target, []).status == 401, place)
        // The form's origin comes before the row: a stranger learns nothing from it.
        for guest in house.guests.dropLast() { #expect(ask(guest, .post, target, []).status == 403, place) }
      }
    }
  }

  @Test func `every form of the table is walked with its fields`() throws {
    for route in routeTable where route.method == .post && route.access != .hook {
      #expect(Footprint.all(\.posts)[route.pattern] != nil, "\(route.pattern)")
    }
    // What is right is taken: else the walk would find refusals for the wrong reason.
    for request in house.ownForms where request.place.hasSuffix("csrf rightFirst") {
      #expect(request.status == House.success(String(request.place.prefix { $0 != " " })), "\(request.place)")
    }
  }

  private func walk(_ requests: [HostileRequest]) throws {
    struct Undone: Error {}
    for request in requests {
      do {
        try house.site.web.transaction {
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
    #expect(house.site.logged.isEmpty, "\(house.site.logged.last ?? "") \(request.place)")
    Headers.check(page, https: true, place)
    checkText(page, place)
    if request.method == .get || page.status >= 400 {
      let written: String? = try house.site.web.value("SELECT coalesce(current_setting('test.written', true), '')")
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

  private func ask(
    _ guest: House.Guest, _ method: Web.Method, _ target: String, _ body: [UInt8], type: String = "application/x-www-form-urlencoded"
  ) -> Page {
    var headers = ["cookie": Array(guest.cookie.utf8)]
    if method != .get { headers["content-type"] = Array(type.utf8) }
    return Page(house.site.respond(Request(method: method, target: Array(target.utf8), headers: headers, body: body, address: "192.0.2.1")))
  }
}

/// The table, under a name that a property of the tests cannot hide.
private let routeTable = App.site

extension [UInt8] {
  /// Whether the bytes are in there.
  func holds(_ text: String) -> Bool { Data(self).range(of: Data(text.utf8)) != nil }
}

extension Site {
  /// Makes every written row add the name of its table to the setting `test.written`, which a rollback takes back with the row. Throttling and
  /// the log of events are left out: they note what was refused. Of the lines of habits, which keep
  /// what a page reckoned, what says that they count.
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
    let kept: [String: SQL] = ["habit_lines": "UPDATE OF stamp, gone", "habit_years": "UPDATE OF user_id"]
    for table in tables {
      let update: SQL = kept[table] ?? "UPDATE"
      try owner.run(
        "CREATE TRIGGER test_note AFTER INSERT OR \(update) OR DELETE ON \(name: table) FOR EACH ROW EXECUTE FUNCTION test.note()")
    }
  }
}
