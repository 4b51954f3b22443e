import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

/// A program of a person's fetches what is told them.
@Suite struct PullTests {
  /// A message as a program gets it.
  private struct Fetched: Decodable {
    let id: String
    let attempt: Int
    let expiresAt: String
    let title: String
    let tier: Int?
    let url: String
  }

  private struct Answer: Decodable {
    let data: [Fetched]
    let pollAfter: Int
  }

  private let site: Site
  private let ana: Browser
  private let key: String

  /// Pull alone, and again with mail five minutes later.
  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
    key = try ana.apiKey()
    let ladder = try Ladder(
      tiers: [Tier(delayMinutes: 0, agents: [.pull]), Tier(delayMinutes: 5, agents: [.pull, .email])], repeatMinutes: 0, repeatLimit: 0)
    try site.owner.run("UPDATE profiles SET tiers = \(ladder.tiersText)::text::jsonb")
    #expect(ana.post("/agents/pull", ["enabled": "on"]).location == "/agents/pull")
  }

  private func page(_ key: String? = nil, limit: Int? = nil, method: String = "GET") -> Page {
    let target = "/api/v1/notifications/pending?agent=pull" + (limit.map { "&limit=\($0)" } ?? "")
    return site.browser().get(target, ["authorization": "Bearer \(key ?? self.key)"], method: method == "HEAD" ? .head : .get)
  }

  private func fetch(_ key: String? = nil, limit: Int? = nil) throws -> Answer {
    try Self.read(page(key, limit: limit))
  }

  private static func read(_ page: Page) throws -> Answer {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Answer.self, from: Data(page.text.utf8))
  }

  private func receipt(_ id: String, _ key: String? = nil) -> Page {
    site.browser().post("/api/v1/notifications/\(id)/receipt", raw: [], ["authorization": "Bearer \(key ?? self.key)"])
  }

  /// A reminder that has just rung.
  @discardableResult
  private func ring(_ title: String = "Pay the rent", _ importance: Importance = .high) throws -> ID<Reminder> {
    let id = try ana.remind(nil, importance, title: title, next: site.now)
    try site.work()
    return id
  }

  private func timeline(_ id: ID<Reminder>) throws -> Page { try ana.get("/escalations/\(ana.newest(id).unwrapped.id.text)") }

  @Test func `what is due waits to be fetched, says what it is about, and is answered by its link`() throws {
    let id = try ring()
    #expect(try site.deliveries() == ["1 pending laid_out"])
    let waiting = try timeline(id)
    #expect(waiting.fact("delivery") == "pending" && waiting.text.contains("waits to be fetched until Sun 22 Nov 2026, 08:00"))
    let page = page()
    #expect(page.status == 200 && page.header("Content-Type") == "application/json" && page.header("Cache-Control") == "no-store")
    #expect(page.text.hasPrefix("{\"data\":[{\"id\":\"") && page.text.hasSuffix("\"}],\"poll_after\":30}"))
    let answer = try Self.read(page)
    let it = try answer.data.first.unwrapped
    #expect(answer.data.count == 1 && it.title == "Pay the rent" && it.tier == 1 && it.attempt == 1)
    #expect(it.expiresAt == "2026-11-22T08:00:00Z" && it.url.hasPrefix("https://heed.test/a/"))
    let link = String(it.url.dropFirst("https://heed.test".count))
    #expect(site.browser().get(link).text.contains("Pay the rent"))
    let fetched = try timeline(id)
    #expect(fetched.fact("delivery") == "sent" && fetched.text.contains("fetched, its receipt has not come yet"))
    #expect(site.browser().post(link, ["action": "acknowledgement"], csrf: false).status == 303)
    #expect(try ana.state(id).hasPrefix("acknowledged"))
    #expect(try site.mails().isEmpty && site.logged.isEmpty)
  }

  @Test func `Hard case 14: what was fetched by a program that crashed comes again after 60 seconds, until its receipt`() throws {
    let id = try ring()
    let first = try fetch().data.first.unwrapped
    site.pass(seconds: 59)
    #expect(try fetch().data.isEmpty)
    site.pass(seconds: 1)
    let second = try fetch().data.first.unwrapped
    #expect(second.id == first.id && second.attempt == 2 && second.expiresAt == first.expiresAt)
    for _ in 0..<2 {
      let answer = receipt(first.id)
      #expect(answer.status == 204 && answer.text.isEmpty)
    }
    site.pass(minutes: 2)
    #expect(try fetch().data.isEmpty)
    let page = try timeline(id)
    #expect(page.fact("delivery") == "delivered" && page.text.contains("received"))
    let states: [String] = try site.owner.rows(
      Query(
        column: """
          SELECT concat_ws(' ', state, reason, attempt) FROM outbox_attempts WHERE reason IN ('fetched', 'received')
          ORDER BY at, attempt, state DESC
          """
      ))
    #expect(states == ["sent fetched 1", "sent fetched 2", "delivered received 2"])
  }

  @Test func `two tiers of one instant are both given out`() throws {
    let ladder = try Ladder(tiers: [Tier(delayMinutes: 0, agents: [.pull]), Tier(delayMinutes: 0, agents: [.pull])])
    try site.owner.run("UPDATE profiles SET tiers = \(ladder.tiersText)::text::jsonb")
    try ring()
    try site.work()
    #expect(try Set(fetch().data.map(\.tier)) == [1, 2])
  }

  @Test func `Hard case 14: of two programs that fetch at the same moment each gets one`() throws {
    for title in ["One", "Two"] { try ring(title) }
    let other = try site.connection("heed_web")
    let (now, user, account) = (site.now, ana.user, ana.account)
    var theirs: [String] = []
    var ours: [String] = []
    try other.transaction {
      _ = try other.rows(Query<Void>.setting(user: user, account: account, role: nil))
      theirs = try other.rows(PendingNotification.giveOut(1, isQuiet: false, at: now)).map(\.id.text)
      ours = try fetch(limit: 1).data.map(\.id)
      // Nothing is waited for: what the other is being given is passed over.
      #expect(try fetch().data.isEmpty)
    }
    #expect(theirs.count == 1 && ours.count == 1 && theirs != ours)
    #expect(try fetch().data.isEmpty)
  }

  @Test func `one after the other they get each a part, and are told to come again soon while there is more`() throws {
    for title in ["One", "Two", "Three"] {
      try ring(title)
      site.pass(seconds: 1)
    }
    let keys = [key, try ana.apiKey()]
    let first = try fetch(keys[0], limit: 2)
    let second = try fetch(keys[1], limit: 2)
    #expect(first.data.map(\.title) == ["One", "Two"] && first.pollAfter == 1)
    #expect(second.data.map(\.title) == ["Three"] && second.pollAfter == 30)
  }

  @Test(arguments: [
    (true, "failed unreceived", "it was fetched, and its receipt did not come in time"),
    (false, "failed expired", "nobody fetched it in time"),
  ])
  func `Hard case 14: what expired before its receipt is noted`(isFetched: Bool, becomes: String, says: String) throws {
    try site.owner.run("UPDATE profiles SET tiers = jsonb_build_array(tiers->0)")
    let id = try ring()
    // What rings again would end this one.
    try site.owner.run("UPDATE reminders SET next_at = NULL WHERE id = \(id)")
    let message = try site.text("SELECT id::text FROM outbox").unwrapped
    if isFetched { #expect(try fetch().data.map(\.id) == [message]) }
    site.pass(hours: Pull.hours)
    #expect(try fetch().data.isEmpty)
    try site.work()
    let deliveries = try site.deliveries()
    #expect(deliveries == ["1 " + becomes])
    let page = try timeline(id)
    #expect(page.fact("delivery") == "failed" && page.text.contains("failed: " + says))
    // The receipt of what was fetched is late, and changes nothing.
    #expect(receipt(message).status == (isFetched ? 204 : 409))
    #expect(try site.deliveries() == ["1 " + becomes])
  }

  @Test func `Hard case 14: with a key that is revoked in between there is neither receipt nor more, and another key gets it again`() throws
  {
    try ring()
    let id = try fetch().data.first.unwrapped.id
    let row = try site.text("SELECT id::text FROM api_keys").unwrapped
    #expect(ana.post("/settings/keys/\(row)/revocation").status == 303)
    #expect(receipt(id).status == 401 && page().status == 401)
    site.pass(minutes: 1)
    let other = try ana.apiKey()
    #expect(try fetch(other).data.map(\.id) == [id])
    #expect(receipt(id, other).status == 204)
  }

  @Test(arguments: ["completion", "acknowledgement"])
  func `what somebody answered elsewhere comes no more, and its receipt is taken`(action: String) throws {
    let id = try ring()
    let message = try fetch().data.first.unwrapped.id
    #expect(ana.post("/reminders/\(id.text)/\(action)").status == 303)
    site.pass(minutes: 2)
    #expect(try fetch().data.isEmpty)
    #expect(receipt(message).status == 204)
    #expect(try site.text("SELECT state FROM outbox") == "cancelled")
    #expect(try timeline(id).fact("delivery") == "cancelled")
  }

  @Test func `of an escalation only the newest step comes`() throws {
    try ring()
    site.pass(minutes: 5)
    try site.work()
    #expect(try site.deliveries().sorted() == ["1 pending laid_out", "2 pending laid_out", "2 sent kept"])
    #expect(try fetch().data.map(\.tier) == [2])
  }

  @Test func `switched off it gives out nothing, and goes on when it is on again`() throws {
    try ring()
    #expect(ana.post("/agents/pull").status == 303)
    #expect(try fetch().data.isEmpty)
    #expect(ana.post("/agents/pull", ["enabled": "on"]).status == 303)
    #expect(try fetch().data.count == 1)
  }

  @Test func `in quiet hours only what is critical comes, and the rest when they are over`() throws {
    try ring("Normal")
    try ring("Critical", .critical)
    try site.owner.run("UPDATE users SET quiet_from = 32400, quiet_until = 36000")
    #expect(try fetch().data.map(\.title) == ["Critical"])
    try ring("Held")
    #expect(try site.count("SELECT count(*) FROM outbox WHERE state = 'held' AND reason = 'quiet'") == 1)
    site.pass(hours: 1)
    try site.owner.run("UPDATE escalations SET next_step_at = \(site.now.advanced(hours: 5))")
    try site.work()
    #expect(try Set(fetch().data.map(\.title)) == ["Normal", "Critical", "Held"])
  }

  @Test func `what is not one's own is not there, and what was not fetched has no receipt`() throws {
    try ring()
    let id = try site.text("SELECT id::text FROM outbox").unwrapped
    let eve = try site.person("eve@x.test").apiKey()
    #expect(try fetch(eve).data.isEmpty)
    #expect(receipt(id, eve).status == 404 && receipt("0192f000-0000-7000-8000-000000000000").status == 404)
    #expect(receipt(id).status == 409)
    #expect(try site.deliveries() == ["1 pending laid_out"])
  }

  @Test func `HEAD gives out nothing`() throws {
    try ring()
    #expect(page(method: "HEAD").status == 200)
    #expect(try fetch().data.first?.attempt == 1)
  }

  @Test func `the test button leaves a message, and the page says what becomes of it`() throws {
    let nonce = ana.get("/agents/pull").field("nonce", ofForm: "/agents/pull/test") ?? ""
    #expect(ana.post("/agents/pull/test", ["nonce": nonce]).location == "/agents/pull")
    try site.work()
    let waiting = ana.get("/agents/pull")
    #expect(waiting.fact("delivery") == "pending" && waiting.text.contains("waits to be fetched until Sat 21 Nov 2026, 10:00."))
    let it = try fetch().data.first.unwrapped
    #expect(it.title == "A test message from Heed" && it.tier == nil && it.url == "https://heed.test/agents/pull")
    #expect(ana.get("/agents/pull").fact("delivery") == "sent")
    #expect(receipt(it.id).status == 204)
    let received = ana.get("/agents/pull")
    #expect(received.fact("delivery") == "delivered" && received.text.contains("its receipt came Sat 21 Nov 2026, 09:00."))
  }

  @Test func `a test that nobody fetches has failed after an hour`() throws {
    #expect(ana.post("/agents/pull/test").status == 303)
    try site.work()
    site.pass(hours: 1)
    try site.work()
    #expect(ana.get("/agents/pull").text.contains("failed: nobody fetched it in time."))
  }

  @Test func `for somebody who never touched it, it is off, and tiers do without it`() throws {
    let bob = try site.person("bob@x.test")
    let page = bob.get("/agents/pull")
    let form = try page.form("/agents/pull").unwrapped
    #expect(!form.contains(" checked") && form.contains("/api/v1/notifications/pending?agent=pull"))
    #expect(page.text.contains("Off: nothing is sent") && bob.get("/agents").links.contains("/agents/pull"))
  }

  @Test func `what waits to be fetched is not late`() throws {
    try ring()
    site.pass(hours: 2)
    try site.owner.run("UPDATE escalations SET next_step_at = \(site.now.advanced(hours: 5))")
    #expect(!site.readiness.contains("mail"))
  }
}
