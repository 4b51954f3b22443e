import Foundation
import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

/// So much at once that no more drafts are asked for (RULES 6.15, 6.51).
@Suite struct DraftFloodTests {
  let site: Site
  let desk: Desk

  init() throws {
    site = try Site()
    desk = try Desk(site)
  }

  /// Somebody else of a domain writes, about something of their own.
  @discardableResult
  private func write(_ number: Int, at domain: String = "flood.example", to other: Desk? = nil) throws -> String {
    try (other ?? desk).write("Hello", in: "\(number) \(domain)", email: "p\(number)@\(domain)", subject: "S\(number)")
  }

  private var drafts: Int { get throws { try site.count("SELECT count(*) FROM drafts") } }

  /// Who was told of which floods; empty: nobody of any.
  private var told: String? {
    get throws {
      try site.text(
        """
        SELECT coalesce(string_agg(u.email || ' ' || n.words, ', ' ORDER BY n.at, u.email), '') FROM notifications n JOIN users u ON u.id = n.user_id
        WHERE n.kind = 'flood'
        """)
    }
  }

  @Test func `Hard case 12: thirty messages an hour of one domain get drafts, all others are kept, and members are told once`() throws {
    let bia = try desk.member("bia@x.test")
    _ = try desk.member("vic@x.test", .viewer)
    for number in 1...30 { try write(number) }
    #expect(try drafts == 30 && told == "")
    let first = try write(31)
    let once = "bia@x.test domain, owner@x.test domain"
    #expect(try drafts == 30 && told == once)
    #expect(try site.count("SELECT count(*) FROM messages WHERE kind = 'person' AND own = 'Hello'") == 31)
    #expect(desk.owner.get("/conversations/\(first)").text.contains("So much came from this domain that no more drafts are written"))
    let feed = bia.get("/notifications")
    #expect(feed.text.contains("So much comes to Support from one domain") && feed.links.contains("/conversations/\(first)"))
    try write(32)
    try write(1, at: "other.example")
    #expect(try drafts == 31 && told == once)
    site.pass(seconds: 3_599)
    try write(33)
    #expect(try drafts == 31 && told == once)
    // Those of an hour ago count no more.
    site.pass(seconds: 1)
    try write(34)
    #expect(try drafts == 32 && told == once)
    // The last without a draft is a second old: it is the same flood.
    for number in 35...63 { try write(number) }
    #expect(try drafts == 60 && told == once)
    site.pass(hours: 1)
    for number in 64...94 { try write(number) }
    #expect(try drafts == 90 && told == "\(once), \(once)")
  }

  @Test(arguments: ["gmail.com", "Hotmail.COM"])
  func `a large provider's domain is everybody's`(domain: String) throws {
    for number in 1...31 { try write(number, at: domain) }
    #expect(try drafts == 31 && told == "")
  }

  @Test func `Hard case 12: of one address ten messages an hour get drafts, and members are told once`() throws {
    for number in 1...12 {
      try desk.write("Hello", in: "c\(number)", email: "ana@customer.example")
      #expect(try drafts == min(number, 10) && told == (number > 10 ? "owner@x.test address" : ""), "\(number)")
    }
    site.pass(hours: 1)
    try desk.write("Hello", in: "c13", email: "ana@customer.example")
    #expect(try drafts == 11)
  }

  @Test func `Hard case 12: a channel has two hundred drafts an hour, and members are told once`() throws {
    try write(0, at: "a0.example")
    try site.owner.run(
      """
      INSERT INTO drafts (id, account_id, conversation_id, channel_id, state, language, asked_at)
      SELECT new_id(\(site.now)), account_id, conversation_id, channel_id, 'superseded', language, asked_at FROM drafts, generate_series(1, 198)
      """)
    try write(1, at: "a1.example")
    #expect(try drafts == 200 && told == "")
    let first = try write(2, at: "a2.example")
    try write(3, at: "a3.example")
    #expect(try drafts == 200 && told == "owner@x.test channel")
    #expect(desk.owner.get("/conversations/\(first)").text.contains("So many drafts were asked for in this channel"))
    // Whoever wants one all the same asks for it, and another channel has its own.
    #expect(desk.owner.post("/conversations/\(first)/draft", ["nonce": "d"]).status == 303)
    #expect(try drafts == 201)
    try write(4, at: "a4.example", to: Desk(site, as: desk.owner, type: .chat))
    #expect(try drafts == 202)
    site.pass(hours: 1)
    try write(5, at: "a5.example")
    #expect(try drafts == 203 && told == "owner@x.test channel")
  }

  /// Two of one domain write to two channels at one moment, each over a connection of its own: both wait for the same, and go on together.
  private func twoAtOnce(_ desks: [Desk]) throws -> [Int] {
    let lock = try site.connection("heed_owner")
    let watcher = try Connection(url: Cluster.shared.get().url())
    nonisolated(unsafe) let browsers = try desks.map { _ in try Site(as: site, zoneinfo: "/usr/share/zoneinfo").browser() }
    nonisolated(unsafe) var statuses = [Int](repeating: 0, count: desks.count)
    let (guarding, group) = (NSLock(), DispatchGroup())
    try lock.transaction {
      try lock.run("LOCK TABLE conversations IN SHARE MODE")
      for (number, desk) in desks.enumerated() {
        let body = Array(desk.body("Now", conversation: "n\(number)", message: "n\(number)", email: "n\(number)@flood.example").utf8)
        let (path, head) = (desk.hook, desk.signature(of: body))
        group.enter()
        Thread.detachNewThread {
          let page = browsers[number].post(path, raw: body, head)
          guarding.withLock { statuses[number] = page.status }
          group.leave()
        }
      }
      let waiting: SQL = "SELECT count(*) FROM pg_stat_activity WHERE datname = \(site.name) AND wait_event_type = 'Lock'"
      try #require(try until { try watcher.value(waiting, as: Int.self) == desks.count })
    }
    group.wait()
    return statuses
  }

  @Test(arguments: [29, 30])
  func `of two that come at once at the border thirty have drafts, and who is told is told once`(before: Int) throws {
    let desks = [desk, try Desk(site, as: desk.owner, type: .chat)]
    for number in 1...before { try write(number) }
    #expect(try twoAtOnce(desks) == [201, 201])
    #expect(try drafts == 30 && told == "owner@x.test domain")
  }

  @Test func `each count reads an index`() throws {
    let watch = try site.watchRequests(usesIndexes: true)
    try write(1)
    let plan = try watch.plans.first { $0.contains("sender_domain = $") }.unwrapped
    for index in ["messages_by_customer", "messages_by_domain"] { #expect(plan.contains(index), "\(plan)") }
    // Both begin an hour ago.
    #expect(plan.contains("drafts_by_channel") || plan.contains("drafts_all"), "\(plan)")
  }

  @Test(
    arguments: [
      ("ana@Shop.Example", "shop.example"), ("a@b@c.example", "c.example"), ("mailer-daemon", nil), ("@x.example", nil), ("", nil),
    ] as [(String, String?)])
  func `a domain is what stands behind the last sign`(address: String, domain: String?) {
    #expect(MailPerson(name: "", address: address).domain == domain)
  }

  @Test func `a flood is forgotten two days later`() throws {
    for number in 1...11 { try desk.write("Hello", in: "c\(number)", email: "ana@customer.example") }
    #expect(try site.count("SELECT count(*) FROM draft_floods") == 1)
    site.pass(hours: 48)
    try site.work()
    #expect(try site.count("SELECT count(*) FROM draft_floods") == 0)
  }
}
