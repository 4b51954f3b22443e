import Foundation
import Postgres
import TestSupport
import Testing
import Web

@testable import App
@testable import Domain

/// What another program may do to a channel's webhook.
@Suite struct HardCasesHookTests {
  let site: Site
  let desk: Desk

  init() throws {
    site = try Site()
    desk = try Desk(site, type: .chat)
  }

  /// Posts the same bytes so often, each on a connection of its own, and lets them go on once all wait for the first.
  private func atOnce(_ count: Int, _ body: [UInt8]) throws -> [Page] {
    let (path, head) = (desk.hook, desk.signature(of: body))
    let lock = try site.connection("heed_owner")
    let watcher = try Connection(url: Cluster.shared.get().url())
    nonisolated(unsafe) let browsers = try (0..<count).map { _ in try Site(as: site, zoneinfo: "/usr/share/zoneinfo").browser() }
    nonisolated(unsafe) var pages = [Page?](repeating: nil, count: count)
    let (guarding, group) = (NSLock(), DispatchGroup())
    try lock.transaction {
      try lock.run("LOCK TABLE conversations IN SHARE MODE")
      for number in browsers.indices {
        group.enter()
        Thread.detachNewThread {
          let page = browsers[number].post(path, raw: body, head)
          guarding.withLock { pages[number] = page }
          group.leave()
        }
      }
      let waiting: SQL = "SELECT count(*) FROM pg_stat_activity WHERE datname = \(site.name) AND wait_event_type = 'Lock'"
      try #require(try until { try watcher.value(waiting, as: Int.self) == count })
    }
    group.wait()
    for browser in browsers { #expect(browser.site.logged.isEmpty) }
    return pages.compactMap(\.self)
  }

  @Test func `Hard case 9: of one id that comes twenty times at once one is new, all have the same ids, and one draft is asked for`() throws
  {
    let pages = try atOnce(20, Array(desk.body("Hello", message: "m1").utf8))
    #expect(pages.map(\.status).sorted() == [Int](repeating: 200, count: 19) + [201])
    #expect(Set(pages.map(\.text)).count == 1)
    for table in ["messages", "conversations", "customers", "drafts"] {
      #expect(try site.count("SELECT count(*) FROM \(name: table)") == 1, "\(table)")
    }
    #expect(try site.count("SELECT count(*) FROM message_revisions") == 0)
  }

  @Test func `Hard case 9: the same id in another tenant is another message, and another's other words are no revision`() throws {
    let other = try Desk(site, as: site.person("other@x.test"), type: .chat)
    #expect(desk.post(desk.body("Mine", message: "m1")).status == 201)
    #expect(other.post(other.body("Theirs", message: "m1")).status == 201)
    #expect(other.post(other.body("Theirs", message: "m1")).status == 200)
    #expect(try site.text("SELECT string_agg(own, ' ' ORDER BY own) FROM messages") == "Mine Theirs")
    #expect(try site.count("SELECT count(DISTINCT account_id) FROM conversations") == 2)
    #expect(try site.count("SELECT count(*) FROM message_revisions") == 0)
  }

  @Test func `Hard case 9: signed are the bytes that came, not what they mean`() throws {
    let body = desk.body("Hello", message: "m1")
    let signed = desk.signature(of: Array(body.utf8))
    for other in [body + " ", " " + body, body.replacingOccurrences(of: "\":", with: "\": ")] {
      #expect(site.browser().post(desk.hook, raw: Array(other.utf8), signed).status == 401)
    }
    #expect(try site.count("SELECT count(*) FROM messages") == 0)
    #expect(site.browser().post(desk.hook, raw: Array(body.utf8), signed).status == 201)
  }

  @Test func `Hard case 9: the old secret is good for a day after a new one was made, and no longer`() throws {
    let page = desk.owner.post("/channels/\(desk.channel.text)/secret")
    let new = try page.fact("secret").unwrapped
    #expect(desk.post(desk.body("One", message: "m1")).status == 201)
    #expect(desk.post(desk.body("Two", message: "m2"), secret: new).status == 201)
    site.pass(hours: 23, seconds: 3_599)
    #expect(desk.post(desk.body("Three", message: "m3")).status == 201)
    site.pass(seconds: 1)
    #expect(desk.post(desk.body("Four", message: "m4")).status == 401)
    #expect(desk.post(desk.body("Five", message: "m5"), secret: new).status == 201)
    #expect(try site.count("SELECT count(*) FROM messages") == 4)
  }

  @Test(arguments: [(64_000, 201), (70_000, 422), (2_000_000, 422), (5_000_000, 413)])
  func `Hard case 9: metadata of two megabytes is named as what is too long`(bytes: Int, status: Int) throws {
    let message: [(name: String, value: JSONText)] = [
      ("external_id", .string("m1")), ("body_text", .string("Hello")),
      ("metadata", .object([("order", .string(String(repeating: "x", count: bytes)))])),
    ]
    let body = JSONText.object([("conversation", .object([("external_id", .string("c1"))])), ("message", .object(message))]).text
    let page = desk.post(body)
    #expect(page.status == status)
    #expect(page.text.contains("metadata") == (status == 422))
    #expect(try site.count("SELECT count(*) FROM messages") == (status == 201 ? 1 : 0))
  }

  @Test(arguments: ["no JSON at all", "{\"conversation\":", "\u{0}", String(repeating: "[", count: 100_000)])
  func `Hard case 9: of a body whose signature is wrong nothing is parsed, whatever it is`(body: String) throws {
    let wrong = WebhookSignature.newSecret()
    #expect(desk.post(body, secret: wrong).status == 401)
    #expect(desk.post(desk.body("Hello", message: "m1"), secret: wrong).text == desk.post(body, secret: wrong).text)
    #expect(desk.post(body).status == 422)
    #expect(try site.count("SELECT count(*) FROM conversations") == 0)
  }
}
