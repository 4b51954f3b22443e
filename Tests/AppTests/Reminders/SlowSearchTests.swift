import Foundation
import Postgres
import TestSupport
import Testing
import Web

@testable import App
@testable import Domain

/// A search reads every text. Whoever keeps very much gets an honest answer within a second or two, and holds one responder and not all.
@Suite struct SlowSearchTests {
  private let site: Site
  private let (ana, eve): (Browser, Browser)

  init() throws {
    site = try Site()
    (ana, eve) = (try site.person("ana@x.test"), try site.person("eve@x.test"))
    _ = try eve.remind(["title": "Buy zzzz", "at": "2026-12-01T09:00"])
    // 480 MB of text: five seconds of reading where this was written. Not counted: the triggers would keep all of it a second time.
    try site.owner.run("SET statement_timeout = 0")
    try site.owner.run("ALTER TABLE reminders DISABLE TRIGGER USER")
    try site.owner.run(
      """
      INSERT INTO reminders (id, user_id, profile_id, title, description, importance, status, next_at, created_at, updated_at)
      SELECT gen_random_uuid(), \(ana.user), (SELECT id FROM profiles WHERE user_id = \(ana.user) AND preset = 'gentle'), 'A' || n,
        repeat('a long text. ', 1230), 'low', CASE WHEN n > 29990 THEN 'completed' ELSE 'active' END, t, t, t
      FROM generate_series(1, 30000) n, LATERAL (SELECT \(site.now)::timestamptz + n * interval '1 minute' AS t) x
      """)
    try site.owner.run("ALTER TABLE reminders ENABLE TRIGGER USER")
    try site.owner.run("ANALYZE reminders")
  }

  private func timed(_ body: () throws -> Page) rethrows -> (Page, Duration) {
    let began = ContinuousClock.now
    let page = try body()
    return (page, ContinuousClock.now - began)
  }

  @Test func `it is stopped, keeps what was typed, and says what to do`() throws {
    let (page, took) = timed { ana.get("/reminders?q=zzzz%22&importance=low") }
    #expect(page.status == 422)
    #expect(took < .seconds(4))
    #expect(page.text.contains("name=\"q\" type=\"search\" value=\"zzzz&quot;\""))
    #expect(page.complaints == ["q"])
    #expect(page.text.contains("aria-invalid=\"true\" aria-describedby=\"q-complaint\""))
    #expect(page.text.contains("Choose a state or an importance"))
    #expect(!page.text.contains("Nothing matches"))
    #expect(page.header("ETag") == nil)
    #expect(site.logged.isEmpty)
    try site.owner.run("UPDATE users SET language = 'pt-BR'")
    #expect(ana.get("/reminders?q=zzzz").text.contains("Escolha um estado ou uma importância"))
    // What it says helps; what is found soon is found; and nothing stays of the limit.
    #expect(ana.get("/reminders?q=a%20LONG&status=completed").text.contains("A30000"))
    #expect(ana.get("/reminders?q=A7").status == 200)
    #expect(ana.get("/reminders").status == 200)
    #expect(eve.get("/reminders?q=ZZZZ").text.contains("Buy zzzz"))
  }

  @Test func `a bulk form that is refused does not search longer`() throws {
    let (page, took) = timed { ana.post("/reminders/bulk", ["list": "q=zzzz", "action": "snooze", "until": "soonish"]) }
    #expect(page.status == 422)
    #expect(took < .seconds(4))
    #expect(Set(page.complaints) == ["q", "bulk-until"])
    #expect(page.text.contains("Tick at least one reminder."))
    #expect(ana.get("/reminders").status == 200)
  }

  @Test func `the second at the same time is answered at once, and everybody else as ever`() throws {
    let ended = DispatchSemaphore(value: 0)
    nonisolated(unsafe) var first = 0
    nonisolated(unsafe) let answer = Dispatcher(site.services) { _, _ in }
    nonisolated(unsafe) let db = try site.connection("heed_web")
    let cookie = ana.cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
    let request = Request(method: .get, target: Array("/reminders?q=zzzz".utf8), headers: ["cookie": Array(cookie.utf8)])
    let now = site.now
    DispatchQueue.global().async {
      first = answer.respond(to: request, now: now, db).status
      ended.signal()
    }
    let cluster = try Connection(url: Cluster.shared.get().url())
    let running: SQL = """
      SELECT count(*) FROM pg_stat_activity WHERE datname = \(site.name) AND usename = 'heed_web' AND state = 'active' AND query LIKE '%strpos%'
      """
    try #require(try until { try cluster.value(running, as: Int.self) == 1 })
    let (second, took) = timed { ana.get("/reminders?q=zzzz") }
    #expect(second.status == 429)
    #expect(second.header("Retry-After") == "2")
    #expect(second.text.contains("Another search of yours is still running"))
    #expect(took < .milliseconds(700))
    #expect(eve.get("/reminders?q=zzzz").status == 200)
    #expect(ana.get("/reminders").status == 200)
    ended.wait()
    #expect(first == 422)
    // And then it is this one's turn.
    #expect(ana.get("/reminders?q=zzzz&status=completed").status == 200)
  }
}
