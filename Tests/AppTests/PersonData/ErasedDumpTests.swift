import Postgres
import Testing
import Web

@testable import App
@testable import Domain

/// Issue 14: what others may know of a person's context, and what is left of it when they are gone: nothing.
@Suite struct ErasedDumpTests {
  /// In names and texts of hers, and nowhere else.
  private static let mark = "Zebrafinch"

  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  /// A person, an event, a place, a note and what is between them, each with the mark in it; what was asked of the assistant about it, and answered.
  ///
  /// - Returns: pages of single things, and the address of the feed.
  private func fill() throws -> (pages: [String], feed: String) {
    let mark = Self.mark
    let person = try ana.known(["name": "Bea \(mark)", "email": "bea@zebrafinch.example", "notes": "Knows \(mark)."])
    let other = try ana.known(["name": "Rui \(mark)", "phone": "+351 912 345 678"])
    let event = try ana.event(["title": "Lunch \(mark)", "starts": "2026-12-01T09:00", "repeat": "daily", "repeat_times": "3"])
    let task = try ana.task(["title": "Call Bea \(mark)", "tags": mark])
    try ana.relate("person:" + person, "attends", "event:" + event)
    try ana.relate("person:" + person, "knows", "person:" + other)
    let feed = "/ics/" + (try ana.feed(["include": "events"])) + ".ics"
    site.pass(seconds: 1)
    let said = ana.post("/assistant/messages", ["content": "who is Bea \(mark)"])
    #expect(said.status == 303)
    site.pass(minutes: 2)
    try site.work()
    let chat = try said.location.unwrapped.components(separatedBy: "#")[0]
    return (
      [
        "/people/\(person)", "/people/\(person)/edit", "/people/\(person)/graph", "/people/\(person)/path?to=\(other)",
        "/people/\(person)/merge?with=\(other)",
        "/events/\(event)", "/tasks/\(task)", "/links/new?from=task:\(task)&type=related",
        "/relationships/new?from=person:\(person)&q=\(mark)", chat,
      ], feed
    )
  }

  /// All rows of all tables, as text.
  ///
  /// - Parameter without: a table that is left out.
  private func dump(without: String = "") throws -> String {
    try site.text(
      """
      SELECT string_agg(query_to_xml(format('SELECT t::text AS x FROM public.%I t', c.relname), true, true, '')::text, '')
      FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> \(without)
      """
    ).unwrapped
  }

  @Test func `Hard case 52: of a person who is erased nothing is left in a full dump, and their feed is gone`() throws {
    // All but what brings colleagues along, or another password.
    for footprint in footprints where footprint.worked["reminder_offers"] == nil && footprint.worked["account_mails"] == nil {
      try footprint.rows(ana)
    }
    let feed = try fill().feed
    // Of each of her rows, in whichever table it has an id.
    let lists: [String] = try site.owner.rows(
      Query(
        column: """
          SELECT query_to_xml(format('SELECT t.id FROM public.%I t WHERE t.user_id = %L', c.relname, \(ana.user.text)), true, true, '')::text
          FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'audit_log'
            AND (SELECT count(*) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname IN ('id', 'user_id') AND a.atttypid = 'uuid'::regtype) = 2
          """))
    let ids = Set(lists.flatMap { $0.components(separatedBy: "<id>").dropFirst().map { $0.components(separatedBy: "</id>")[0] } })
    #expect(try ids.count > 50 && dump().contains(Self.mark) && site.browser().get(feed).status == 200)
    #expect(ana.post("/settings/deletion", ["password": Site.password]).status == 303)
    #expect(site.browser().get(feed).status == 404)
    for _ in 0..<3 {
      site.pass(hours: 1)
      try site.work()
    }
    let all = try dump()
    #expect(!all.contains(Self.mark) && !all.contains("zebrafinch.example"))
    // The log knows that something of hers was changed, and no longer what.
    let left = try dump(without: "audit_log")
    #expect(ids.filter { left.contains($0) } == [])
  }

  @Test func `Hard case 53: to a housemate and a stranger no page tells of another's context, and its own pages are equally missing`()
    throws
  {
    let pages = try fill().pages
    let bob = try site.person("bob@x.test", sharing: ana, role: .admin)
    let eve = try site.person("eve@x.test")
    for browser in [bob, eve] {
      // Who has much alike is told of nothing either: no suggestion, no duplicate, no path.
      _ = try browser.known(["name": "Bea", "email": "bea@other.example"])
      for page in pages { #expect(browser.get(page).status == 404, "\(page)") }
    }
    let open = App.site.filter { $0.method == .get && $0.access == .member && !$0.pattern.utf8.contains(UInt8(ascii: ":")) }.map(\.pattern)
    #expect(open.count > 30)
    let asked = [
      "/search?q=bea", "/search?q=lunch", "/search?q=rui", "/people?q=rui", "/people/duplicates", "/people/export.csv",
      "/people/export.vcf",
      "/events/export.ics", "/settings/export", "/assumptions?state=all", "/activity", "/recent", "/tasks?q=call",
      "/calendar?date=2026-12-01",
      "/free?minutes=60", "/settings/audit", "/settings/privacy", "/proposals",
    ]
    for page in open + asked {
      for browser in [bob, eve] {
        let theirs = browser.get(page)
        #expect(theirs.status < 500, "\(page)")
        #expect(!theirs.text.lowercased().contains(Self.mark.lowercased()), "\(page)")
      }
    }
    #expect(ana.get("/search?q=\(Self.mark)").text.contains("Bea"))
    #expect(bob.post("/search/sense", ["q": Self.mark]).status == eve.post("/search/sense", ["q": Self.mark]).status)
    let chat = try pages.last.unwrapped
    for action in ["/stop", "/archival", "/restoration", "/deletion"] {
      for browser in [bob, eve] { #expect(browser.post(chat + action).status == 404, "\(action)") }
    }
    #expect(
      bob.post("/assistant/messages", ["conversation": String(chat.dropFirst("/assistant/".count)), "content": "what is due"]).status == 404
    )
  }
}
