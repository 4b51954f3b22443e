import Foundation
import Postgres
import TestSupport
import Testing
import Web

@testable import App
@testable import Domain

/// What the dispatcher makes of what a handler answers: written down, said, remembered, or undone.
@Suite struct ChangeTests {
  private let site: Site
  private let ana: Browser
  private let own: OwnRoutes

  /// Each route notes an attempt, so that one sees what stays of it.
  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
    @Sendable func note(_ web: Context) throws {
      try web.db.run("INSERT INTO attempts (kind, key, at) VALUES ('test', ''::bytea, \(web.now))")
    }
    @Sendable func change(_ web: Context) throws -> Change {
      try note(web)
      let entry = AuditEntry("test.made", "user", nil, ["n": web.form.text("n") ?? ""])
      let wakes = web.form.text("due").flatMap(Int64.init).map { web.now.advanced(seconds: $0) }
      return Change(to: "/made", says: "Made.", undo: "/undo", did: [entry], wakes: wakes)
    }
    own = OwnRoutes(
      site,
      [
        .post("/make", .member, change),
        .post("/make/:id", .member) { (web: Context, id: ID<Reminder>) in
          _ = try Reminder.find(id, web)
          return try change(web)
        },
        .post("/refuse", .member) { web in
          try note(web)
          return .refused(.text("no", status: 422))
        },
        .post("/keep", .member) { web in
          try note(web)
          if web.form.text("right") != nil { return Change(to: "/made", says: nil, did: []) }
          web.keepsChanges = true
          return .refused(.text("no", status: 422))
        },
        .post("/conflict", .member) { web in
          try note(web)
          throw Failure.conflict("no")
        },
        .ask("/ask", .member) { web in
          try note(web)
          return .text("asked")
        },
      ])
  }

  private func post(_ path: String, nonce: String?, _ more: [(String, String)] = []) -> Page {
    own.post(path, [("csrf", ana.token())] + (nonce.map { [("nonce", $0)] } ?? []) + more, by: ana)
  }

  private var noted: Int { get throws { try site.count("SELECT count(*) FROM attempts WHERE kind = 'test'") } }
  private var keys: Int { get throws { try site.count("SELECT count(*) FROM idempotency_keys") } }

  @Test func `a change is written down, said and remembered, each once`() throws {
    let first = post("/make", nonce: "a")
    #expect(first.status == 303 && first.location == "/made")
    #expect(first.cookies.contains { $0.hasPrefix(Flash.cookie(site.services) + "=") })
    let again = post("/make", nonce: "a")
    #expect(again.status == 303 && again.location == "/made" && again.cookies.isEmpty)
    #expect(try noted == 1)
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'test.made' AND user_id = \(ana.user)") == 1)
    #expect(post("/make", nonce: nil).status == 303 && post("/make", nonce: nil).status == 303)
    #expect(try noted == 3)
    #expect(try AuditVerification.verify(site.services.keys, site.owner) == .whole(rows: 3, accounts: 1))
  }

  @Test func `a worker is told of what falls due before it would look, once that is stored`() throws {
    let worker = try site.connection("heed_work")
    try worker.listen("heed_work")
    for (fields, heard) in [([], 0), ([("due", "32")], 0), ([("due", "31")], 1), ([("due", "-1")], 1)] as [([(String, String)], Int)] {
      #expect(post("/make", nonce: nil, fields).status == 303)
      // What was sent before this statement's answer has arrived with it.
      _ = try worker.value("SELECT 1", as: Int.self)
      #expect(try worker.notifications().count == heard, "\(fields)")
    }
  }

  @Test(arguments: [("/refuse", 422), ("/conflict", 409), ("/ask", 200)])
  func `what is refused or only asked is undone, and its nonce is free`(path: String, status: Int) throws {
    #expect(post(path, nonce: "a").status == status)
    #expect(try noted == 0)
    #expect(try keys == 0)
    #expect(post("/make", nonce: "a").location == "/made")
    #expect(try noted == 1)
  }

  @Test func `a nonce that was used is told before what is wrong with the form, and after what is gone`() throws {
    #expect(post("/make", nonce: "a").status == 303)
    for path in ["/refuse", "/conflict", "/keep"] { #expect(post(path, nonce: "a").location == "/made", "\(path)") }
    #expect(try noted == 1)
    // One that is only asked leads nowhere.
    #expect(post("/ask", nonce: "a").status == 200)
    let id = try ana.remind()
    #expect(post("/make/\(id)", nonce: "a").location == "/made")
    try site.owner.run("DELETE FROM reminders")
    #expect(post("/make/\(id)", nonce: "a").status == 404)
    #expect(post("/make/none", nonce: "a").status == 404)
  }

  @Test func `a refusal that keeps something leaves the nonce free`() throws {
    #expect(post("/keep", nonce: "a").status == 422)
    #expect(try noted == 1)
    #expect(post("/keep", nonce: "a", [("right", "1")]).location == "/made")
    #expect(try noted == 2)
    #expect(post("/keep", nonce: "a", [("right", "1")]).location == "/made")
    #expect(try noted == 2)
  }

  @Test func `of two equal posts at the same time the second waits, and leads where the first led`() throws {
    let (first, second) = (try site.connection("heed_web"), try site.connection("heed_web"))
    let watcher = try Connection(url: Cluster.shared.get().url())
    let fields = [("csrf", ana.token()), ("nonce", "a")]
    let done = DispatchSemaphore(value: 0)
    nonisolated(unsafe) let (own, ana) = (own, ana)
    nonisolated(unsafe) let other = second
    nonisolated(unsafe) var answer: Page?
    try first.transaction {
      #expect(own.post("/make", fields, by: ana, on: first).location == "/made")
      Thread.detachNewThread {
        answer = own.post("/make", fields, by: ana, on: other)
        done.signal()
      }
      let waiting: SQL = "SELECT count(*) FROM pg_stat_activity WHERE datname = \(site.name) AND wait_event_type = 'Lock'"
      try #require(try until { try watcher.value(waiting, as: Int.self) == 1 })
      #expect(answer == nil)
    }
    done.wait()
    #expect(answer?.status == 303 && answer?.location == "/made")
    #expect(try noted == 1)
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'test.made'") == 1)
  }
}
