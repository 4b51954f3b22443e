import Foundation
import Postgres
import TestSupport
import Testing
import Web

@testable import App
@testable import Domain

/// The table, under a name that a property of the tests cannot hide.
private let routeTable = App.site

/// Who may, and what reaches a customer: walked over the whole table of routes, so that a new one cannot be forgotten.
@Suite("Hard cases 25 and 26: every route")
struct HardCasesRouteTests {
  // MARK: - 25

  /// What is meant to reach a customer.
  private static let sending: Set<String> = ["/conversations", "/conversations/:conversation/reply", "/drafts/:draft/approval"]

  /// A person with a conversation whose draft waits, a colleague whom notes can name, and what else forms are about.
  private func person(verified: Bool) throws -> Browser {
    let site = try Site()
    let ana = try site.person("ana@x.test", verified: verified)
    _ = try site.person("bia@x.test", sharing: ana, role: .agent)
    #expect(site.browser().signIn("ana@x.test").status == 303)
    let reminder = try ana.remind(["title": "A", "at": "2026-12-01T09:00"])
    #expect(ana.post("/reminders/\(reminder)/run").status == 303)
    try site.owner.run("UPDATE reminders SET version = 1")
    _ = try ana.someDraft()
    return ana
  }

  /// The two, verified and not, as they are copied for each route.
  private final class People {
    private var kept: [Bool: (site: Site.Kept, ana: Browser.Kept)] = [:]

    deinit { for (site, _) in kept.values { site.drop() } }

    func copy(for pattern: String, make: (Bool) throws -> Browser) throws -> Browser {
      let verified = !pattern.hasPrefix("/email/")
      if kept[verified] == nil {
        let ana = try make(verified)
        kept[verified] = (try ana.site.keep(), ana.kept)
      }
      let made = try kept[verified].unwrapped
      return Browser(try Site(copying: made.site), made.ana)
    }
  }

  private func path(_ pattern: String, _ ana: Browser) throws -> String {
    try "/"
      + pattern.split(separator: "/").map { part in
        try (part == ":token" ? Footprint.token(pattern, ana) : Footprint.value(String(part), ana)) ?? String(part)
      }.joined(separator: "/")
  }

  private func post(_ route: Route<Context, Change>, _ form: Footprint.Post, by ana: Browser) throws -> Page {
    let path = try path(route.pattern, ana)
    var fields: [(String, String)] = try form.fields.map { ($0.name, try Footprint.value($0.right, ana) ?? $0.typed.1) }
    if route.pattern == "/conversations/:conversation/notes" { fields = [("text", "Look at this, @bia: ana@customer.example wrote.")] }
    if let first = form.after { _ = ana.post(Footprint.pattern(first, of: route.pattern, at: path)) }
    func body(_ fields: [(String, String)]) -> [UInt8] {
      Array(fields.map { "\(Browser.encoded($0.0))=\(Browser.encoded($0.1))" }.joined(separator: "&").utf8)
    }
    switch route.access {
    case .anyone: return ana.site.browser().fill(path, fields)
    case .bearer, .bearerFromAnywhere, .hook: return ana.site.browser().post(path, raw: body(fields))
    case .member, .agent, .admin: return ana.post(path, raw: body([("csrf", ana.token())] + fields))
    }
  }

  @Test func `Hard case 25: of all forms of the site only an answer, an approval and a mail that we begin reach a customer`() throws {
    let known = Footprint.all(\.posts)
    let people = People()
    let posts = routeTable.filter { $0.method == .post && $0.access != .hook }
    let desk = posts.filter { route in ["/conversations", "/drafts", "/customers"].contains(where: route.pattern.hasPrefix) }
    for route in desk {
      let ana = try people.copy(for: route.pattern, make: person)
      let form = try known[route.pattern].unwrapped
      let page = try post(route, form, by: ana)
      #expect(page.status == form.status, "\(route.pattern): \(page.status)")
      try expectMails(of: ana.site, Self.sending.contains(route.pattern) ? 1 : 0, route.pattern)
    }
    // What is not about customers: all of one kind of thing by one person, one after the other.
    let others = posts.filter { !desk.map(\.pattern).contains($0.pattern) }
    for (kind, routes) in Dictionary(grouping: others, by: { $0.pattern.split(separator: "/").first ?? "" }) {
      let ana = try people.copy(for: routes[0].pattern, make: person)
      for route in routes { _ = try post(route, known[route.pattern].unwrapped, by: ana) }
      try expectMails(of: ana.site, 0, String(kind))
    }
  }

  /// Once every undo is over.
  private func expectMails(of site: Site, _ count: Int, _ what: String) throws {
    site.pass(minutes: 3)
    for _ in 0..<2 { try site.work() }
    let mails = try site.mails().filter { $0.contains("customer.example") }
    let queued = try site.count("SELECT count(*) FROM outbox WHERE subject = 'answer' OR recipient_kind = 'customer'")
    #expect(mails.count == count, "\(what): \(mails.first ?? "")")
    #expect(queued == count, "\(what)")
  }

  // MARK: - 26

  private func ask(_ guest: House.Guest, _ house: House, _ method: Web.Method, _ target: String, _ body: String = "") -> Page {
    var headers = ["cookie": Array(guest.cookie.utf8)]
    if method != .get { headers["content-type"] = Array("application/x-www-form-urlencoded".utf8) }
    return Page(
      house.site.respond(
        Request(method: method, target: Array(target.utf8), headers: headers, body: Array(body.utf8), address: "192.0.2.1")))
  }

  /// The same, and then as if it had not been asked.
  private func ask(
    undoing guest: House.Guest, _ house: House, _ method: Web.Method, _ target: String, _ body: String, _ check: (Page) -> Void
  ) throws {
    struct Undone: Error {}
    do {
      try house.site.web.transaction {
        check(ask(guest, house, method, target, body))
        throw Undone()
      }
    } catch is Undone {}
  }

  private func isAllowed(_ role: Role, _ access: Access) -> Bool {
    switch access {
    case .admin: role == .admin || role == .owner
    case .agent: role != .viewer
    default: true
    }
  }

  @Test(arguments: Role.allCases)
  func `Hard case 26: each route is for the roles that the table says, whatever its fields hold`(role: Role) throws {
    let house = try House()
    let guest = house.guests[1]
    try house.site.owner.run("UPDATE users SET role = \(role) WHERE email = 'bob@x.test'")
    var (allowed, refused) = (0, 0)
    for route in routeTable where route.access > .member {
      let place = "\(role) \(route.method) \(route.pattern)"
      let pairs = route.method == .post ? house.fields(route.pattern).map { "\($0.name)=\($0.right)" } : []
      // All of them, each one missing, none.
      let bodies: [[String]] = [pairs] + pairs.indices.map { left in pairs.indices.filter { $0 != left }.map { pairs[$0] } }
      for body in bodies {
        let text = (["csrf=" + guest.csrf] + body).joined(separator: "&")
        try ask(undoing: guest, house, route.method, house.path(route.pattern), route.method == .post ? text : "") { page in
          if isAllowed(role, route.access) {
            allowed += 1
            // Handlers are stricter about owners, and about saved replies of others.
            if !["/settings/members/", "/saved-replies/:saved"].contains(where: route.pattern.hasPrefix) {
              #expect(page.status != 403 && page.status != 401 && page.status < 500, "\(place): \(page.status)")
            }
          } else {
            refused += 1
            #expect(page.status == 403, "\(place): \(page.status)")
          }
        }
      }
    }
    #expect(allowed > 50 || role == .viewer)
    #expect(refused > 50 || role == .admin || role == .owner)
    #expect(house.site.logged.isEmpty, "\(house.site.logged.last ?? "")")
  }

  @Test func `Hard case 26: what is another account's is not there for a stranger, byte for byte like what never was`() throws {
    let house = try House()
    let stranger = house.guests[2]
    let missing = "0192f000-0000-7000-8000-000000000000"
    var count = 0
    for route in routeTable where route.access >= .member && (House.isShared(route.pattern) || House.isOwned(route.pattern)) {
      let fields = route.method == .post ? house.fields(route.pattern).map { "\($0.name)=\($0.right)" } : []
      let body = route.method == .post ? (["csrf=" + stranger.csrf] + fields).joined(separator: "&") : ""
      var pages: [Page] = []
      for target in [house.path(route.pattern), house.path(route.pattern, missing)] {
        try ask(undoing: stranger, house, route.method, target, body) { pages.append($0) }
      }
      #expect(pages.map(\.status) == [404, 404], "\(route.method) \(route.pattern)")
      #expect(pages[0].unmasked == pages[1].unmasked, "\(route.method) \(route.pattern)")
      count += 1
    }
    #expect(count > 60)
  }
}
