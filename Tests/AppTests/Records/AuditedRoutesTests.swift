import Postgres
import TestSupport
import Testing
import Web

@testable import App
@testable import Domain

/// Every address that takes a form leaves an entry in the audit log: walked by the site's own table, so that a new one cannot be forgotten.
@Suite struct AuditedRoutesTests {
  /// A person with a ringing reminder, another session, and letters with links.
  private final class House {
    let site: Site
    let ana: Browser
    let escalation: ID<Escalation>

    /// - Parameter verified: an address that is leaves nothing to verify, and one that is not gets no test.
    init(verified: Bool = true) throws {
      site = try Site()
      ana = try site.person("ana@x.test", verified: verified)
      #expect(site.browser().signIn("ana@x.test").status == 303)
      let reminder = try ana.remind(["title": "A", "at": "2026-12-01T09:00"])
      #expect(ana.post("/reminders/\(reminder)/run").status == 303)
      escalation = try site.owner.value("SELECT id FROM escalations").unwrapped
      // Edits count versions; the walk's is the first.
      try site.owner.run("UPDATE reminders SET version = 1")
    }

    /// What is left of a house to be copied: making one takes longer than most posts.
    struct Kept {
      let site: Site.Kept
      let ana: Browser.Kept
      let escalation: ID<Escalation>
    }

    /// - Parameter verified: as of ``init(verified:)``.
    static func kept(verified: Bool) throws -> Kept {
      let house = try House(verified: verified)
      return Kept(site: try house.site.keep(), ana: house.ana.kept, escalation: house.escalation)
    }

    init(_ kept: Kept) throws {
      site = try Site(copying: kept.site)
      ana = Browser(site, kept.ana)
      escalation = kept.escalation
    }

    func path(_ pattern: String) throws -> String {
      try "/"
        + pattern.split(separator: "/").map { part in
          try (part == ":token" ? Footprint.token(pattern, ana) : Footprint.value(String(part), ana)) ?? String(part)
        }.joined(separator: "/")
    }

    /// What a form sends.
    func fields(_ post: Footprint.Post) throws -> [(String, String)] {
      try post.fields.map { ($0.name, try Footprint.value($0.right, ana) ?? $0.typed.1) }
    }

    /// Posts as who would: signed in where the route asks for it.
    func post(_ route: Route<Context, Change>, to path: String, _ fields: [(String, String)]) throws -> Page {
      switch route.access {
      case .anyone: return site.browser().fill(path, fields)
      case .bearer, .bearerFromAnywhere, .hook:
        return site.browser().post(path, raw: body(fields))
      case .member, .agent, .admin:
        return ana.post(path, raw: body([("csrf", ana.token())] + fields))
      }
    }

    private func body(_ fields: [(String, String)]) -> [UInt8] {
      Array(fields.map { Browser.encoded($0.0) + "=" + Browser.encoded($0.1) }.joined(separator: "&").utf8)
    }
  }

  @Test func `every post of the site leaves one entry of its own, or is known to leave none`() throws {
    let posts = site.filter { $0.method == .post && $0.access != .hook }
    #expect(posts.count > 20)
    let known = Footprint.all(\.posts)
    #expect(Set(posts.map(\.pattern)) == Set(known.keys))
    let (verified, unverified) = (try House.kept(verified: true), try House.kept(verified: false))
    defer { for kept in [verified, unverified] { kept.site.drop() } }
    for route in posts {
      guard let form = known[route.pattern] else { continue }
      let house = try House(route.pattern.hasPrefix("/email/") ? unverified : verified)
      let path = try house.path(route.pattern)
      let fields = try house.fields(form)
      if let first = form.after {
        // What makes a secret shows it.
        let page = house.ana.post(Footprint.pattern(first, of: route.pattern, at: path))
        #expect([200, 303].contains(page.status), "\(first)")
      }
      let before = try house.site.count("SELECT count(*) FROM audit_log")
      let page = try house.post(route, to: path, fields)
      let after = try house.site.count("SELECT count(*) FROM audit_log")
      guard let entry = form.entry else {
        #expect(after == before, "\(route.pattern)")
        continue
      }
      #expect(page.status == form.status, "\(route.pattern): \(page.status)")
      #expect(after == before + form.entries, "\(route.pattern)")
      #expect(try house.site.count("SELECT count(*) FROM audit_log WHERE action = \(entry)") > 0, "\(route.pattern)")
      // The log of an account stays when that is erased.
      let chains = try house.site.count("SELECT count(*) FROM audit_heads")
      let verdict = try AuditVerification.verify(house.site.services.keys, house.site.owner)
      #expect(verdict == .whole(rows: after, accounts: chains), "\(route.pattern)")
    }
  }

  @Test func `a note that is sent twice is written down once`() throws {
    let house = try House()
    let before = try house.site.count("SELECT count(*) FROM audit_log")
    for _ in 0..<2 {
      #expect(house.ana.post("/escalations/\(house.escalation.text)/notes", ["text": "Called.", "nonce": "n"]).status == 303)
    }
    #expect(try house.site.count("SELECT count(*) FROM audit_log") == before + 1)
    #expect(house.ana.get("/settings/audit").text.contains("Wrote a note about “A”."))
  }
}
