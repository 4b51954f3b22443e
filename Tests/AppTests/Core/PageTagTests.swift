import Postgres
import Testing

@testable import App
@testable import Domain

/// Lists that are made of more than a person's own rows are answered 304 as well, and never when anything on them is another.
@Suite struct PageTagTests {
  struct Listed: Sendable, CustomTestStringConvertible {
    let path: String
    /// Whether it says how long ago something was, or which days are over.
    var hasTimes = false
    /// One after the other; each is seen on it.
    let changes: [SQL]
    /// A post after which it is another.
    let press: (action: String, fields: String)
    var testDescription: String { path }
  }

  static let lists = [
    Listed(
      path: "/settings/audit", hasTimes: true,
      changes: [
        "UPDATE users SET display_name = 'Zoe' WHERE email = 'bia@x.test'", "UPDATE reminders SET title = 'Another'",
        "DELETE FROM reminders",
      ], press: ("/reminders", "&title=B")),
    Listed(
      path: "/settings/sessions", hasTimes: true,
      changes: [
        "UPDATE web_sessions SET agent = 'Firefox' WHERE address = '203.0.113.9'",
        "UPDATE web_sessions SET seen_at = seen_at - interval '3 days' WHERE address = '203.0.113.9'",
        "UPDATE web_sessions SET created_at = created_at - interval '3 days' WHERE address = '203.0.113.9'",
        "UPDATE web_sessions SET address = '198.51.100.7' WHERE address = '203.0.113.9'",
        "DELETE FROM web_sessions WHERE address = '198.51.100.7'",
      ], press: ("/settings/sessions/:session/revocation", "")),
    Listed(
      path: "/settings/keys", hasTimes: true,
      changes: [
        "UPDATE api_keys SET name = 'Another'", "UPDATE api_keys SET used_at = created_at",
        "UPDATE api_keys SET used_at = NULL, prefix = 'heed_x'", "UPDATE api_keys SET expires_at = created_at + interval '9 days'",
        "UPDATE api_keys SET revoked_at = created_at", "DELETE FROM api_keys",
      ], press: ("/agents/email", "")),
    Listed(
      path: "/settings/members", hasTimes: true,
      changes: [
        "UPDATE users SET display_name = 'Zoe' WHERE email = 'bia@x.test'", "UPDATE users SET role = 'viewer' WHERE email = 'bia@x.test'",
        "UPDATE users SET away_until = created_at + interval '9 days' WHERE email = 'bia@x.test'",
        "UPDATE users SET created_at = created_at - interval '3 days' WHERE email = 'bia@x.test'",
        "UPDATE users SET email = 'zoe@x.test' WHERE email = 'bia@x.test'", "UPDATE invitations SET email = 'other@x.test'",
        "UPDATE invitations SET role = 'viewer'", "UPDATE invitations SET expires_at = expires_at + interval '3 days'",
        "DELETE FROM outbox",
        "UPDATE invitations SET revoked_at = created_at",
      ], press: ("/settings/members", "&email=carl@x.test&role=agent")),
    Listed(
      path: "/profiles",
      changes: [
        "UPDATE profiles SET name = 'Another' WHERE preset = 'gentle'",
        "UPDATE profiles SET description = 'Other words.' WHERE preset = 'gentle'",
        "UPDATE profiles SET repeat_minutes = 17, repeat_limit = 3 WHERE preset = 'gentle'", "UPDATE agents SET enabled = false",
        "UPDATE users SET quiet_from = 79200, quiet_until = 25200 WHERE email = 'ana@x.test'",
        "UPDATE users SET verified_at = NULL WHERE email = 'ana@x.test'",
      ], press: ("/agents/email", "")),
    Listed(
      path: "/contacts",
      changes: [
        "UPDATE contacts SET name = 'Another'", "UPDATE contacts SET relationship = 'Aunt'", "UPDATE contacts SET phone = '+351912345678'",
        "UPDATE contact_mails SET created_at = created_at - interval '3 days'",
        "UPDATE outbox SET state = 'failed' WHERE subject = 'contact'",
        "UPDATE contacts SET verified_at = created_at", "UPDATE contacts SET notify_email = false",
        "INSERT INTO contact_stops (user_id, address_key, at) SELECT user_id, address_key, created_at FROM contacts",
        "UPDATE contact_stops SET at = at - interval '3 days'", "UPDATE contacts SET deleted_at = created_at",
      ], press: ("/contacts", "&name=Bia&email=bia@x.test")),
    Listed(
      path: "/agents",
      changes: [
        "UPDATE agents SET enabled = false",
        """
        INSERT INTO muted_addresses (user_id, agent, address, reason, at)
        SELECT id, 'email', email_key, 'refused', created_at FROM users WHERE email = 'ana@x.test'
        """,
        "UPDATE muted_addresses SET reason = 'unsubscribed'", "UPDATE muted_addresses SET at = at - interval '3 days'",
        "UPDATE users SET verified_at = NULL WHERE email = 'ana@x.test'",
        "UPDATE users SET email = 'anna@x.test' WHERE email = 'ana@x.test'",
      ], press: ("/agents/email/test", "")),
    Listed(
      path: "/search?q=walrus",
      changes: [
        "UPDATE reminders SET title = 'A grey walrus'", "UPDATE goals SET title = 'Walrus tusks'",
        "UPDATE goals SET deadline = '2027-03-15'",
        "UPDATE habits SET name = 'Walrus rides'", "UPDATE habits SET habit_group = 'Morning'",
        "UPDATE habit_days SET notes = 'The walrus came.'", "DELETE FROM goals",
      ], press: ("/reminders", "&title=Another+walrus")),
    Listed(
      path: "/review", hasTimes: true,
      changes: [
        "UPDATE habits SET name = 'Walrus rides'", "UPDATE habit_frequencies SET frequency = 'per_week', times = 3",
        "DELETE FROM habit_days",
        "UPDATE goals SET deadline = '2026-11-25'", "UPDATE goals SET title = 'Walrus tusks'",
        "UPDATE habits SET status = 'deleted', deleted_at = updated_at",
      ], press: ("/habits", "&name=Another")),
  ]

  private let site: Site
  private let ana: Browser
  private let session: String

  /// Two of a team, an invitation, another browser, a key, and one of each thing that a search finds.
  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
    let bia = try site.person("bia@x.test", sharing: ana, role: .admin)
    #expect(bia.post("/settings/members", ["email": "guest@x.test", "role": "agent"]).status == 303)
    let own = try site.text("SELECT id::text FROM web_sessions WHERE user_id = \(ana.user)").unwrapped
    _ = try site.visit(as: ana)
    try site.owner.run("UPDATE web_sessions SET address = '203.0.113.9' WHERE user_id = \(ana.user) AND id <> \(own)::uuid")
    session = try site.text("SELECT id::text FROM web_sessions WHERE address = '203.0.113.9'").unwrapped
    #expect(ana.post("/agents/email", ["enabled": "on"]).status == 303)
    try ana.contact("Rui", "rui@x.test")
    let reminder = try ana.remind(["title": "A tusk", "at": "2026-12-01T09:00"])
    #expect(ana.post("/reminders/\(reminder)", ["title": "A walrus", "at": "2026-12-01T09:00", "version": "1"]).status == 303)
    _ = try ana.apiKey()
    _ = try ana.goal(["title": "A walrus"])
    let habit = try ana.habit(["name": "Ride a walrus"])
    try site.owner.run("UPDATE habits SET created_on = '2026-11-16'")
    try site.owner.run("UPDATE habit_frequencies SET from_date = '2026-11-16'")
    try site.owner.run(
      """
      INSERT INTO habit_days (habit_id, user_id, date, state, notes, source, timezone, ticked_at)
      VALUES (\(habit)::uuid, \(ana.user), '2026-11-20', 'done', 'A walrus came.', 'page', 'UTC', \(site.now))
      """)
  }

  private func tag(_ target: String, _ browser: Browser? = nil) throws -> String {
    (browser ?? ana).setCookie("__Host-heed_flash", nil)
    return try (browser ?? ana).get(target).header("ETag").unwrapped
  }

  private func has(_ target: String, _ tag: String) -> Bool {
    let page = ana.get(target, ["if-none-match": tag])
    let isHeld = page.header("ETag").map { tag.hasSuffix($0) } ?? false
    #expect(page.status == 200 || page.status == 304 && isHeld && page.text.isEmpty, "\(page.status)")
    return page.status == 304
  }

  @Test(arguments: lists) func `each change that a list shows makes another tag, and until then it is answered 304`(list: Listed) throws {
    var tags = [try tag(list.path)]
    #expect(tags[0].hasPrefix("W/\""))
    for change in list.changes {
      #expect(has(list.path, tags[tags.count - 1]) && has(list.path, "\"x\", " + tags[tags.count - 1]), "before \(change.text)")
      try site.owner.run(change)
      let now = try tag(list.path)
      #expect(!tags.contains(now) && !tags.contains { has(list.path, $0) }, "after \(change.text)")
      tags.append(now)
    }
    #expect(has(list.path, tags[tags.count - 1]))
    #expect(site.logged.isEmpty)
  }

  @Test(arguments: lists) func `what is done through the pages is seen at once`(list: Listed) throws {
    let first = try tag(list.path)
    let action = list.press.action.split(separator: "/").map { "/" + ($0 == ":session" ? session : String($0)) }.joined()
    #expect(ana.post(action, raw: Array(("csrf=" + ana.token() + list.press.fields).utf8)).status == 303)
    let second = try tag(list.path)
    #expect(second != first && !has(list.path, first) && has(list.path, second))
  }

  @Test(arguments: lists) func `a list that says how long ago something was is another when that is`(list: Listed) throws {
    let first = try tag(list.path)
    site.pass(hours: 49)
    #expect(has(list.path, first) == !list.hasTimes)
    #expect(try has(list.path, tag(list.path)))
  }

  @Test(arguments: lists) func `another session or language has another tag, and a flash line none`(list: Listed) throws {
    let first = try tag(list.path)
    #expect(try tag(list.path, site.visit(as: ana)) != first)
    let mine = try tag(list.path)
    try site.owner.run("UPDATE users SET language = 'pt-BR'")
    #expect(try tag(list.path) != mine)
    ana.post("/reminders", ["title": "A"])
    #expect(ana.get(list.path, ["if-none-match": "*"]).header("ETag") == nil)
  }

  @Test func `an invitation is sent once by its nonce, and one of somebody else from another window is another`() throws {
    func nonce() throws -> String { try ana.get("/settings/members").field("nonce", ofForm: "/settings/members").unwrapped }
    let first = try nonce()
    #expect(try nonce() == first)
    for email in ["carl@x.test", "carl@x.test", "dora@x.test"] {
      #expect(ana.post("/settings/members", ["email": email, "role": "agent", "nonce": first]).location == "/settings/members")
    }
    #expect(try site.count("SELECT count(*) FROM invitations WHERE email = 'carl@x.test'") == 1)
    #expect(try site.count("SELECT count(*) FROM invitations WHERE email = 'dora@x.test'") == 1)
    #expect(try nonce() != first)
  }
}
