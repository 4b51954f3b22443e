import Postgres
import Testing
import Web

@testable import App
@testable import Domain

/// Every address that takes a form leaves an entry in the audit log: walked by the site's own table, so that a new one cannot be forgotten.
@Suite struct AuditedRoutesTests {
  /// Those that leave none, and why.
  private static let silent = [
    "/reminders/preview": "changes nothing",
    "/password/forgotten": "the worker writes it down, once it has looked whose address that is; the request must not tell",
  ]

  /// What one post leaves: its status, and the entry.
  private static let entries = [
    "/sign-up": "account.made", "/sign-in": "session.opened", "/sign-out": "session.ended", "/password/reset/:token": "password.reset",
    "/email/verify/:token": "email.verified", "/email/verification": "email.verification_asked", "/settings/profile": "settings.changed",
    "/settings/password": "password.changed", "/settings/sessions/:session/revocation": "session.revoked", "/reminders": "reminder.made",
    "/reminders/bulk": "reminder.completed", "/reminders/:reminder": "reminder.changed",
    "/reminders/:reminder/completion": "reminder.completed", "/reminders/:reminder/acknowledgement": "reminder.acknowledged",
    "/reminders/:reminder/reopening": "reminder.reopened", "/reminders/:reminder/archival": "reminder.archived",
    "/reminders/:reminder/deletion": "reminder.deleted", "/reminders/:reminder/run": "reminder.run",
    "/reminders/:reminder/snoozes": "reminder.snoozed", "/escalations/:escalation/acknowledgement": "reminder.acknowledged",
    "/escalations/:escalation/snoozes": "reminder.snoozed", "/escalations/:escalation/completion": "reminder.completed",
    "/escalations/:escalation/advance": "escalation.advanced", "/escalations/:escalation/notes": "escalation.noted",
    "/a/:token": "reminder.completed", "/u/:token": "agent.unsubscribed",
  ].merging(Footprint.all(\.posts).mapValues(\.entry)) { first, _ in first }

  private static let fields: [String: [(String, String)]] = [
    "/settings/profile": [("display_name", "Anna"), ("version", "1")],
    "/settings/password": [("current", Site.password), ("password", "a brand new walrus")],
    "/password/reset/:token": [("password", "a brand new walrus")], "/reminders": [("title", "Another")],
    "/reminders/:reminder": [("title", "Changed"), ("at", "2026-12-01T09:00"), ("version", "1")],
    "/reminders/:reminder/snoozes": [("until", "2 hours")], "/escalations/:escalation/snoozes": [("until", "2 hours")],
    "/escalations/:escalation/notes": [("text", "Called them."), ("nonce", "n")], "/a/:token": [("action", "completion")],
    "/u/:token": [("List-Unsubscribe", "One-Click")],
    "/sign-up": [("email", "new@x.test"), ("password", Site.password)], "/sign-in": [("email", "ana@x.test"), ("password", Site.password)],
  ].merging(Footprint.all(\.posts).mapValues { $0.fields.map(\.typed) }) { first, _ in first }

  /// A person with a ringing reminder, another session, and letters with links.
  private final class House {
    let site: Site
    let ana: Browser
    let reminder: String
    let escalation: ID<Escalation>
    let session: String

    /// - Parameter verified: an address that is leaves nothing to verify, and one that is not gets no test.
    init(verified: Bool = true) throws {
      site = try Site()
      ana = try site.person("ana@x.test", verified: verified)
      #expect(site.browser().signIn("ana@x.test").status == 303)
      session = try site.text("SELECT id::text FROM web_sessions WHERE address <> ''").unwrapped
      reminder = try ana.remind(["title": "A", "at": "2026-12-01T09:00"])
      #expect(ana.post("/reminders/\(reminder)/run").status == 303)
      escalation = try site.owner.value("SELECT id FROM escalations").unwrapped
      // Edits count versions; the walk's is the first.
      try site.owner.run("UPDATE reminders SET version = 1")
    }

    func letter(_ kind: String) throws -> String {
      let id = ID<AccountMail>.new(at: site.now)
      try site.owner.run(
        """
        INSERT INTO account_mails (id, user_id, kind, email, created_at, expires_at)
        VALUES (\(id), \(ana.user), \(kind), 'ana@x.test', \(site.now), \(site.now.advanced(hours: 1)))
        """)
      return AccountMail.token(id, site.services.keys)
    }

    func path(_ pattern: String) throws -> String {
      let token =
        switch pattern {
        case "/a/:token": ActionLink(escalation, to: nil, sentAt: site.now).token(site.services.keys)
        case "/u/:token": UnsubscribeLink(ana.user, "ana@x.test").token(site.services.keys)
        case "/email/verify/:token": try letter("verification")
        case "/password/reset/:token": try letter("reset")
        default: ""
        }
      let values = [
        ":reminder": reminder, ":escalation": escalation.text, ":session": session, ":token": token,
      ]
      return try "/"
        + pattern.split(separator: "/").map { try values[String($0)] ?? Footprint.value(String($0), ana) ?? String($0) }.joined(
          separator: "/")
    }

    /// Posts as who would: signed in where the route asks for it.
    func post(_ route: Route<Context, Change>, to path: String, _ fields: [(String, String)]) throws -> Page {
      switch route.access {
      case .anyone: return site.browser().fill(path, fields)
      case .bearer, .bearerFromAnywhere:
        return site.browser().post(path, raw: Array(fields.map { "\($0.0)=\($0.1)" }.joined(separator: "&").utf8))
      case .member, .agent, .admin:
        let pairs = [("csrf", ana.token())] + fields
        return ana.post(path, raw: Array(pairs.map { Browser.encoded($0.0) + "=" + Browser.encoded($0.1) }.joined(separator: "&").utf8))
      }
    }
  }

  @Test func `every post of the site leaves one entry of its own, or is known to leave none`() throws {
    let posts = site.filter { $0.method == .post }
    #expect(posts.count > 20)
    #expect(Set(posts.map(\.pattern)) == Set(AuditedRoutesTests.entries.keys).union(AuditedRoutesTests.silent.keys))
    for route in posts {
      let house = try House(verified: !route.pattern.hasPrefix("/email/"))
      // What is not closed cannot be opened again.
      if route.pattern == "/reminders/:reminder/reopening" { house.ana.post("/reminders/\(house.reminder)/completion") }
      var fields = AuditedRoutesTests.fields[route.pattern] ?? []
      if route.pattern == "/reminders/bulk" { fields = [("id", house.reminder), ("action", "completion")] }
      let path = try house.path(route.pattern)
      if let first = Footprint.all(\.posts)[route.pattern]?.after {
        #expect(house.ana.post(Footprint.pattern(first, at: path)).status == 303)
      }
      let before = try house.site.count("SELECT count(*) FROM audit_log")
      let page = try house.post(route, to: path, fields)
      let after = try house.site.count("SELECT count(*) FROM audit_log")
      guard let entry = AuditedRoutesTests.entries[route.pattern] else {
        #expect(after == before, "\(route.pattern)")
        continue
      }
      #expect([200, 303].contains(page.status), "\(route.pattern): \(page.status)")
      #expect(after == before + 1, "\(route.pattern)")
      #expect(try house.site.count("SELECT count(*) FROM audit_log WHERE action = \(entry)") > 0, "\(route.pattern)")
      let chains = try house.site.count("SELECT count(*) FROM accounts")
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
