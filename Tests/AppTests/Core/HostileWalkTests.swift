import Foundation
import Postgres
import Testing
import Web

@testable import App
@testable import Domain

/// Every route of the table, with what no browser would send, as everybody there is: the answer is one that the site map knows, nothing
/// unforeseen happens, and what is refused leaves no trace.
///
/// It takes many minutes, so it runs when asked for: `HEED_WALK=1 swift test --filter HostileWalk`.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["HEED_WALK"] != nil))
final class HostileWalkTests {
  /// Values as they stand in a body or query, already encoded; nil: the field is not sent.
  static let values: [(name: String, encoded: String?)] = [
    ("missing", nil), ("empty", ""), ("blank", "+%09+"), ("nul", "a%00b"), ("line ends", "a%0D%0ASet-Cookie:+x=1"),
    ("bad utf-8", "%FF%FE%C0%80"),
    ("half of a pair", "%ED%A0%80"), ("bidi", "%E2%80%AEtxt.exe%E2%81%A6"), ("combining", "e" + String(repeating: "%CC%81", count: 300)),
    ("huge", "99999999999999999999999999"), ("int64", "9223372036854775807"), ("negative", "-9223372036854775808"),
    ("beyond", "9223372036854775808"),
    ("fraction", "1.5e9"), ("markup", "%22%3E%3Cscript%3Ealert(1)%3C/script%3E"), ("sql", "%27);DROP+TABLE+users;--"),
    ("broken escape", "%"), ("broken escapes", "%zz%4"), ("path", "..%2F..%2Fetc%2Fpasswd"), ("astral", "%F0%9F%92%A9%F4%8F%BF%BF"),
    ("separator", "%E2%80%A8%C2%85"), ("year", "9999-12-31T23:59"), ("year 0", "0000-00-00T24:60"), ("word", "constructor"),
    ("long", String(repeating: "a", count: 70_000)), ("long and wide", String(repeating: "%E2%82%AC", count: 24_000)),
    ("an id", "0192f000-0000-7000-8000-000000000000"), ("repeated", "*&*=*"),
  ]

  /// The fields of each form, with values that are right, so that each can be wrong alone.
  static let fields: [String: [(String, String)]] = [
    "/sign-up": [("email", "new@x.test"), ("password", "short"), ("display_name", "N"), ("timezone", "UTC"), ("language", "en")],
    "/sign-in": [("email", "ana@x.test"), ("password", "short"), ("next", "/")],
    "/password/forgotten": [("email", "nobody@x.test")],
    "/password/reset/:token": [("password", "a good new walrus")],
    "/settings/profile": [
      ("display_name", "Ana"), ("timezone", "UTC"), ("language", "en"), ("week_start", "monday"), ("day_start", "0"),
      ("default_hour", "09:00"),
      ("quiet_from", "22:00"), ("quiet_until", "07:00"), ("personality", "yoda"), ("theme", "dark"), ("version", "1"),
    ],
    "/settings/password": [("current", "wrong"), ("password", "short")],
    "/reminders": reminder,
    "/reminders/preview": reminder,
    "/reminders/:reminder": reminder + [("version", "1")],
    "/reminders/:reminder/run": [("nonce", "r")],
    "/reminders/:reminder/snoozes": [("until", "2 hours"), ("reason", "because"), ("nonce", "s")],
    "/reminders/bulk": [("id", "0192f000-0000-7000-8000-000000000000"), ("action", "snooze"), ("until", "1 hour")],
    "/agents/:type": [("enabled", "on")],
    "/a/:token": [("action", "snooze"), ("until", "1 hour")],
    "/escalations/:escalation/acknowledgement": [("again_in", "2 hours")],
    "/escalations/:escalation/snoozes": [("until", "2 hours"), ("reason", "because")],
    "/escalations/:escalation/notes": [("text", "Called her.")],
  ]

  static let reminder = [
    ("title", "A"), ("description", "b"), ("importance", "high"), ("profile", ""), ("schedule", "recurring"), ("timezone", "Europe/Berlin"),
    ("at", "2027-01-01T09:00"), ("cron", "0 9 * * *"), ("every_minutes", "5"), ("exclude_dates", "2027-01-01"), ("exclude_weekends", "on"),
  ]

  /// What each field holds alone, beside others that are right; together they hold everything above.
  static let alone: Set<String> = ["missing", "nul", "line ends", "bad utf-8", "bidi", "huge", "negative", "long", "repeated"]

  static let queries = ["status", "importance", "q", "sort", "after", "state", "next", "year"]

  private static let refusals: Set<Int> = [401, 403, 404, 409, 413, 422, 429]

  private let site: Site
  private let people: [(name: String, browser: Browser)]
  private var reminder = ""
  private var escalation = ""

  init() throws {
    site = try Site()
    let owner = try site.person("ana@x.test")
    let housemate = try site.person("bob@x.test", sharing: owner, role: .viewer)
    people = [("owner", owner), ("housemate", housemate), ("stranger", try site.person("eve@x.test")), ("nobody", site.browser())]
    try remake()
  }

  /// A fresh reminder of the owner that rings: the one before may be done, archived or deleted by now.
  private func remake() throws {
    let owner = people[0].browser
    try owner.openSession()
    reminder = try owner.remind()
    #expect(owner.post("/reminders/\(reminder)/run").status == 303)
    escalation = try site.text("SELECT id::text FROM escalations ORDER BY id DESC LIMIT 1").unwrapped
  }

  /// The path with its parameters filled in.
  private func path(_ pattern: String, _ parameter: String? = nil) -> String {
    pattern.split(separator: "/", omittingEmptySubsequences: false).map { segment in
      guard segment.hasPrefix(":") else { return String(segment) }
      if let parameter { return parameter }
      switch segment {
      case ":reminder": return reminder
      case ":escalation": return escalation
      default: return "0192f000-0000-7000-8000-000000000000"
      }
    }.joined(separator: "/")
  }

  private func check(_ page: Page, _ method: Web.Method, _ place: String) {
    let allowed: Set<Int> = method == .get ? [200, 303, 304, 404, 405, 422] : [200, 303, 401, 403, 404, 409, 413, 422, 429]
    #expect(allowed.contains(page.status), "\(page.status) \(place)")
    #expect(site.logged.isEmpty, "\(site.logged.last ?? "") \(place)")
    Headers.check(page, https: true, "\(place)")
  }

  /// One request, with the rows before and after.
  private func walk(_ browser: Browser, _ method: Web.Method, _ target: String, _ body: String, _ before: inout String, _ place: String)
    throws
  {
    let page = method == .get ? browser.get(target) : browser.post(target, raw: Array(body.utf8))
    check(page, method, place)
    if method == .get || HostileWalkTests.refusals.contains(page.status) {
      let after = try site.fingerprint()
      #expect(after == before, "something was stored: \(page.status) \(place)")
      before = after
    } else {
      // Some of these are no worse than odd, and are done: who signed out signs in again.
      if browser.user.high != 0 { try browser.openSession() }
      // Whose address is taken gets a letter, which would be taken for a trace.
      try site.owner.run("DELETE FROM users WHERE email_key = 'new@x.test'")
      before = try site.fingerprint()
    }
  }

  @Test func `hostile addresses are answered as the site map says`() throws {
    for (who, browser) in people {
      let secret = "csrf=" + browser.token()
      var before = try site.fingerprint()
      for route in routeTable where route.pattern.contains(":") {
        for (what, value) in HostileWalkTests.values {
          guard let value, !value.isEmpty, value.utf8.count < 9_000 else { continue }
          try walk(browser, route.method, path(route.pattern, value), secret, &before, "\(who) \(route.method) \(route.pattern) \(what)")
        }
      }
    }
  }

  @Test func `hostile queries are answered as the site map says`() throws {
    for (who, browser) in people {
      var before = try site.fingerprint()
      for route in routeTable where route.method == .get {
        for (what, value) in HostileWalkTests.values {
          let query = HostileWalkTests.queries.map { name in value.map { name + "=" + $0 } ?? name }
          for q in who == "owner" ? query + [query.joined(separator: "&")] : [query.joined(separator: "&")] {
            guard q.utf8.count < 9_000 else { continue }
            try walk(browser, .get, path(route.pattern) + "?" + q, "", &before, "\(who) \(route.pattern) \(what)")
          }
        }
      }
    }
  }

  @Test func `hostile forms are answered as the site map says and store nothing when refused`() throws {
    for (who, browser) in people {
      for route in routeTable where route.method == .post {
        try remake()
        let fields = HostileWalkTests.fields[route.pattern] ?? []
        let versions: SQL =
          route.pattern.hasPrefix("/reminders")
          ? "SELECT version FROM reminders ORDER BY id DESC LIMIT 1" : "SELECT version FROM users WHERE email_key = 'ana@x.test'"
        for (what, value) in HostileWalkTests.values {
          var before = try site.fingerprint()
          let place = "\(who) \(route.pattern) \(what)"
          func pair(_ name: String) -> String? { value.map { "\(name)=\($0)" } }
          let all = ["csrf=" + browser.token()] + fields.compactMap { pair($0.0) }
          try walk(browser, .post, path(route.pattern), all.joined(separator: "&"), &before, place)
          guard who == "owner", HostileWalkTests.alone.contains(what) else { continue }
          for (wrong, _) in fields {
            let version = String(try site.count(versions))
            let mixed =
              ["csrf=" + browser.token()]
              + fields.compactMap { name, right in
                name == wrong ? pair(name) : "\(name)=\(name == "version" ? version : Browser.encoded(right))"
              }
            try walk(browser, .post, path(route.pattern), mixed.joined(separator: "&"), &before, place + " " + wrong)
          }
          if let value { try walk(browser, .post, path(route.pattern), "csrf=\(value)", &before, place + " csrf") }
        }
      }
    }
  }

  @Test func `every form of the table is walked with its fields`() throws {
    // A route that takes fields and stands here without them would be walked with an empty form only.
    let without: Set<String> = [
      "/sign-out", "/email/verify/:token", "/u/:token", "/email/verification", "/settings/sessions/:session/revocation",
    ]
    let actions = ["/completion", "/acknowledgement", "/reopening", "/archival", "/deletion", "/advance"]
    for route in routeTable where route.method == .post && !without.contains(route.pattern) {
      #expect(HostileWalkTests.fields[route.pattern] != nil || actions.contains { route.pattern.hasSuffix($0) }, "\(route.pattern)")
    }
  }
}

/// The table, under a name that a property of the tests cannot hide.
private let routeTable = App.site
