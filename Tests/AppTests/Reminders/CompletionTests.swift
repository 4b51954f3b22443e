import Postgres
import Testing

@testable import App
@testable import Domain

/// Reminders that other programs complete: by an address of their own, or with a key.
@Suite struct CompletionTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  private func remind(_ criteria: String, _ fields: [(String, String)] = [("at", "2026-12-01T09:00")]) throws -> String {
    let all = [("csrf", ana.token()), ("title", "Pay the rent"), ("criteria", criteria)] + fields
    let page = ana.post(
      "/reminders", raw: Array(all.map { Browser.encoded($0.0) + "=" + Browser.encoded($0.1) }.joined(separator: "&").utf8))
    #expect(page.status == 303, "\(page.complaints)")
    return try String(page.location.unwrapped.dropFirst("/reminders/".count))
  }

  /// The path of a new address of a reminder, which no page shows but the answer to the press.
  private func address(_ id: String) throws -> String {
    let page = ana.post("/reminders/\(id)/completion-secret")
    #expect(page.status == 200)
    let address = try page.fact("webhook").unwrapped
    #expect(!ana.get("/reminders/\(id)").text.contains("/d/"))
    return String(address.dropFirst("https://heed.test".count))
  }

  private func status(_ id: String) throws -> String? { try site.text("SELECT status FROM reminders WHERE id::text = \(id)") }

  private func post(_ path: String, _ headers: [String: String] = [:]) -> Page { site.browser().post(path, raw: [], headers) }

  @Test func `a post to the address completes the reminder, and twice is as once`() throws {
    let id = try remind("webhook")
    let path = try address(id)
    #expect(site.browser().get(path).status == 405)
    let first = post(path)
    #expect(first.status == 200 && first.text == "{\"reminder\":\"\(id)\",\"changed\":true}")
    #expect(try status(id) == "completed")
    let second = post(path)
    #expect(second.status == 200 && second.text == "{\"reminder\":\"\(id)\",\"changed\":false}")
    #expect(
      try site.text("SELECT string_agg(action || ' ' || actor, ', ') FROM audit_log WHERE action = 'reminder.completed'")
        == "reminder.completed webhook")
    #expect(site.browser().post(path, raw: Array("{\"any\": 1}".utf8), ["content-type": "application/json"]).status == 200)
  }

  @Test func `it ends what rings of a series, which goes on`() throws {
    let id = try remind("webhook", [("schedule", "recurring"), ("cron", "0 10 * * *")])
    site.pass(hours: 1)
    try site.work()
    #expect(try site.count("SELECT count(*) FROM escalations WHERE state = 'active'") == 1)
    let path = try address(id)
    #expect(post(path).text.contains("\"changed\":true"))
    #expect(try status(id) == "active" && site.count("SELECT count(*) FROM escalations WHERE state = 'completed'") == 1)
    #expect(post(path).text.contains("\"changed\":false"))
    let escalation = try site.text("SELECT id::text FROM escalations").unwrapped
    #expect(ana.get("/escalations/\(escalation)").text.contains("A webhook says that it is done."))
  }

  @Test func `an address counts until another takes its place, and only while it is the way`() throws {
    let id = try remind("webhook")
    let old = try address(id)
    let new = try address(id)
    #expect(old != new && post(old).status == 404)
    func edit(_ criteria: String?, _ version: String) {
      let time = "2026-12-01T09:00"
      let page =
        criteria.map { ana.post("/reminders/\(id)", ["title": "Pay", "at": time, "criteria": $0, "version": version]) }
        ?? ana.post("/reminders/\(id)", ["title": "Pay it", "at": time, "version": version])
      #expect(page.status == 303, "\(page.complaints)")
    }
    edit("manual", "1")
    #expect(post(new).status == 404)
    // What is not sent stays.
    edit(nil, "2")
    #expect(ana.post("/reminders/\(id)/completion-secret").status == 409)
    edit("webhook", "3")
    #expect(post(new).status == 200)
    #expect(try status(id) == "completed")
  }

  @Test func `the same press twice makes one address`() throws {
    let id = try remind("webhook")
    #expect(ana.post("/reminders/\(id)/completion-secret", ["nonce": "once"]).status == 200)
    #expect(ana.post("/reminders/\(id)/completion-secret", ["nonce": "once"]).location == "/reminders/\(id)")
    #expect(try site.count("SELECT link_number FROM completion_criteria") == 2)
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'reminder.link_made'") == 1)
  }

  @Test func `forged addresses and those of what is gone or put away complete nothing`() throws {
    let id = try remind("webhook")
    let path = try address(id)
    let other = UnsubscribeLink(ana.user, "ana@x.test").token(site.services.keys)
    for forged in ["/d/x", "/d/" + String(path.dropFirst(3).reversed()), "/d/\(other)", path + "A"] {
      #expect(post(forged).status == 404, "\(forged)")
    }
    #expect(ana.post("/reminders/\(id)/archival").status == 303)
    #expect(post(path).status == 409)
    #expect(ana.post("/reminders/\(id)/deletion").status == 303)
    #expect(post(path).status == 404)
    #expect(site.logged.isEmpty)
  }

  @Test func `a key with the scope completes what a key may complete, and nothing else`() throws {
    let id = try remind("api")
    let (key, other) = (try ana.apiKey(["reminders:act"]), try ana.apiKey())
    let path = "/api/v1/reminders/\(id)/completion"
    #expect(ana.get("/reminders/\(id)").text.contains("https://heed.test" + path))
    #expect(post(path).status == 401 && post(path, ["authorization": "Bearer \(other)"]).status == 403)
    let eve = try site.person("eve@x.test").apiKey(["reminders:act"])
    #expect(post(path, ["authorization": "Bearer \(eve)"]).status == 404)
    let byHand = try remind("manual")
    #expect(post("/api/v1/reminders/\(byHand)/completion", ["authorization": "Bearer \(key)"]).status == 409)
    let done = post(path, ["authorization": "Bearer \(key)"])
    #expect(done.status == 200 && done.text == "{\"reminder\":\"\(id)\",\"changed\":true}")
    #expect(try status(id) == "completed" && status(byHand) == "active")
    #expect(post(path, ["authorization": "Bearer \(key)"]).text.contains("\"changed\":false"))
    #expect(try site.text("SELECT actor FROM audit_log WHERE action = 'reminder.completed'") == "key")
    try site.owner.run("UPDATE api_keys SET revoked_at = \(site.now)")
    #expect(post(path, ["authorization": "Bearer \(key)"]).status == 401)
  }

  @Test func `the form says that mails come later, and refuses what it does not offer`() throws {
    #expect(ana.get("/reminders/new").text.contains("Mails that complete a reminder come later"))
    let page = ana.post("/reminders", ["title": "A", "criteria": "email_watcher"])
    #expect(page.status == 422 && page.complaints == ["criteria"])
    #expect(try site.count("SELECT count(*) FROM reminders") == 0)
  }
}
