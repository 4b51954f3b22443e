import Postgres
import Testing
import Web

@testable import App
@testable import Domain

/// Pages of the desk that a browser has already are answered 304, and never when anything on them is another.
@Suite struct DeskTagTests {
  struct Listed: Sendable, CustomTestStringConvertible {
    let path: String
    /// Whether it says how long ago something was.
    var hasTimes = true
    /// One after the other; each is seen on it.
    let changes: [SQL]
    var testDescription: String { path }
  }

  static let lists = [
    Listed(
      path: "/customers",
      changes: [
        "UPDATE customers SET name = 'Zoe'", "UPDATE customers SET is_spam = true",
        "UPDATE customer_addresses SET address = 'zoe@customer.example'",
        "UPDATE customers SET first_seen_at = first_seen_at - interval '3 days'", "UPDATE customers SET erased_at = first_seen_at",
      ]),
    Listed(
      path: "/sources", hasTimes: false,
      changes: [
        "UPDATE sources SET title = 'Hours'", "UPDATE sources SET language = 'pt-BR'", "UPDATE sources SET passages = passages + 7",
        "UPDATE sources SET failing_since = indexed_at, error = 'timeout'", "UPDATE sources SET enabled = false",
        "UPDATE sources SET deleted_at = updated_at",
      ]),
    Listed(
      path: "/saved-replies",
      changes: [
        "UPDATE saved_replies SET title = 'Another'", "UPDATE saved_replies SET text = 'Other words.'",
        "UPDATE saved_replies SET author_name = 'Zoe'", "UPDATE saved_replies SET updated_at = updated_at - interval '3 days'",
        "UPDATE saved_replies SET deleted_at = updated_at",
      ]),
    Listed(
      path: "/channels",
      changes: [
        "UPDATE channels SET name = 'Shop'", "UPDATE channels SET enabled = false", "DELETE FROM quarantine",
        "UPDATE channels SET deleted_at = updated_at",
      ]),
    Listed(
      path: "/quarantine",
      changes: [
        "UPDATE quarantine SET name = 'b.eml'", "UPDATE quarantine SET reason = 'too_many_parts'", "UPDATE quarantine SET size = 123456",
        "UPDATE quarantine SET at = at - interval '3 days'", "UPDATE channels SET name = 'Shop'", "UPDATE quarantine SET state = 'deleted'",
      ]),
    Listed(
      path: "/conversations/:conversation/timeline",
      changes: [
        "UPDATE messages SET from_name = 'Zoe' WHERE direction = 'inbound'",
        "UPDATE messages SET sending = 'held' WHERE direction = 'outbound'", "UPDATE conversation_notes SET text = 'Another note.'",
        "UPDATE conversation_events SET actor_name = 'Zoe' WHERE kind = 'tagged'", "UPDATE decisions SET user_name = 'Zoe'",
        "UPDATE conversations SET subject = 'Another'", "DELETE FROM conversation_notes",
      ]),
  ]

  private let site: Site
  private let desk: Desk
  private let conversation: String

  /// One of everything.
  init() throws {
    site = try Site()
    desk = try Desk(site)
    conversation = try desk.write("How long does delivery take?")
    desk.approve(try desk.draft())
    let place = "/conversations/\(conversation)"
    #expect(desk.owner.post(place + "/notes", ["text": "A note."]).status == 303)
    #expect(desk.owner.post(place + "/tags", ["tags": "delivery"]).status == 303)
    #expect(desk.owner.post("/saved-replies", ["title": "Thanks", "text": "Thank you."]).status == 303)
    _ = try desk.owner.someSource()
    _ = try desk.owner.someQuarantined()
  }

  private func target(_ list: Listed) -> String {
    list.path.split(separator: "/").map { "/" + ($0 == ":conversation" ? conversation : String($0)) }.joined()
  }

  private func tag(_ target: String, _ browser: Browser? = nil) throws -> String {
    (browser ?? desk.owner).setCookie("__Host-heed_flash", nil)
    return try (browser ?? desk.owner).get(target).header("ETag").unwrapped
  }

  private func has(_ target: String, _ tag: String) -> Bool {
    let page = desk.owner.get(target, ["if-none-match": tag])
    let isHeld = page.header("ETag").map { tag.hasSuffix($0) } ?? false
    #expect(page.status == 200 || page.status == 304 && isHeld && page.text.isEmpty, "\(page.status)")
    return page.status == 304
  }

  @Test(arguments: lists) func `each change that a page shows makes another tag, and until then it is answered 304`(list: Listed) throws {
    let target = target(list)
    var tags = [try tag(target)]
    #expect(tags[0].hasPrefix("W/\""))
    for change in list.changes {
      #expect(has(target, tags[tags.count - 1]) && has(target, "\"x\", " + tags[tags.count - 1]), "before \(change.text)")
      try site.owner.run(change)
      let now = try tag(target)
      #expect(!tags.contains(now) && !tags.contains { has(target, $0) }, "after \(change.text)")
      tags.append(now)
    }
    #expect(has(target, tags[tags.count - 1]))
    #expect(site.logged.isEmpty)
  }

  @Test(arguments: lists) func `a page that says how long ago something was is another when that is`(list: Listed) throws {
    let target = target(list)
    let first = try tag(target)
    site.pass(hours: 49)
    #expect(has(target, first) == !list.hasTimes)
    #expect(try has(target, tag(target)))
  }

  @Test func `what is made through the pages is seen on them, once by its nonce`() throws {
    let first = try tag("/saved-replies")
    let nonce = try desk.owner.get("/saved-replies").field("nonce", ofForm: "/saved-replies").unwrapped
    for _ in 0..<2 {
      #expect(desk.owner.post("/saved-replies", ["title": "Bye", "text": "Goodbye.", "nonce": nonce]).location == "/saved-replies")
    }
    #expect(try site.count("SELECT count(*) FROM saved_replies") == 2)
    let second = try tag("/saved-replies")
    #expect(second != first && has("/saved-replies", second))
    let next = try desk.owner.get("/saved-replies").field("nonce", ofForm: "/saved-replies").unwrapped
    #expect(next != nonce)
    // The same words once more are meant when they are sent from the page of then.
    #expect(desk.owner.post("/saved-replies", ["title": "Bye", "text": "Goodbye.", "nonce": next]).status == 303)
    #expect(try site.count("SELECT count(*) FROM saved_replies") == 3)
  }

  @Test func `another session, person or language has another tag, and a flash line none`() throws {
    let admin = try desk.member("adam@x.test", .admin)
    for list in Self.lists {
      let target = target(list)
      let mine = try tag(target)
      let others = try [tag(target, site.visit(as: desk.owner)), tag(target, admin)]
      #expect(!others.contains(mine) && others[0] != others[1], "\(target)")
      try site.owner.run("UPDATE users SET language = 'pt-BR'")
      #expect(try tag(target) != mine)
      try site.owner.run("UPDATE users SET language = 'en'")
    }
    desk.owner.post("/saved-replies", ["title": "A", "text": "B"])
    #expect(desk.owner.get("/saved-replies", ["if-none-match": "*"]).header("ETag") == nil)
  }
}
