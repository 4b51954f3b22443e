import Foundation
import Net
import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

/// What locks several rows of the desk takes them in one order (GUIDE): whoever waits for a conversation has nothing that comes behind it, so that
/// two never wait for each other.
@Suite struct DeskLockOrderTests {
  let box: Mailbox
  var site: Site { box.site }
  var desk: Desk { box.desk }

  /// A desk that is written to by mail and by a program.
  init() throws { box = try Mailbox() }

  /// Holds a row, lets `act` run until it waits for that, and looks whether it has taken any other by then.
  ///
  /// - Parameters:
  ///   - rows: the table and which of it is held; all that is to be free.
  ///   - meanwhile: what the holder does before it lets go.
  /// - Returns: what came of `act`.
  @discardableResult
  func takes<Value>(
    _ held: SQL, before rows: [SQL], _ act: @escaping @Sendable () throws -> Value, meanwhile: (Connection) throws -> Void = { _ in }
  ) throws -> Value {
    let holder = try site.connection("heed_owner")
    let watcher = try Connection(url: Cluster.shared.get().url())
    let ended = DispatchSemaphore(value: 0)
    nonisolated(unsafe) var outcome: Result<Value, any Error>?
    var hasBegun = false
    do {
      defer { if hasBegun { ended.wait() } }
      try holder.transaction {
        try #require(try holder.value("SELECT count(*) FROM (SELECT FROM \(held) FOR NO KEY UPDATE) x", as: Int.self) == 1)
        // A thread of its own: the queue's may all be busy.
        Thread.detachNewThread {
          outcome = Result { try act() }
          ended.signal()
        }
        hasBegun = true
        let waiting: SQL = """
          SELECT count(DISTINCT l.pid) FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid WHERE a.datname = \(site.name) AND NOT l.granted
          """
        try #require(try until { try watcher.value(waiting, as: Int.self) == 1 })
        for some in rows {
          let free = try holder.value("SELECT count(*) FROM (SELECT FROM \(some) FOR NO KEY UPDATE NOWAIT) x", as: Int.self)
          #expect(free ?? 0 > 0, "\(some.text)")
        }
        try meanwhile(holder)
      }
    }
    return try outcome.unwrapped.get()
  }

  /// What the owner of the desk posts, on a connection of its own.
  func posting(_ path: String, _ fields: KeyValuePairs<String, String> = [:]) throws -> @Sendable () throws -> Page {
    nonisolated(unsafe) let browser = try Site(as: site, zoneinfo: "/usr/share/zoneinfo").visit(as: desk.owner)
    return { browser.post(path, fields) }
  }

  /// What a worker of its own does.
  func working() throws -> @Sendable () throws -> Void {
    nonisolated(unsafe) let worker = try site.worker()
    let now = site.now
    return { _ = try worker.runOnce { now } }
  }

  /// Conversations of as many customers, in the order of their ids.
  func write(_ names: String..., email: (String) -> String = { $0 + "@customer.example" }) throws -> [String] {
    try site.owner.run("UPDATE channels SET inbound = 'webhook' WHERE id = \(desk.channel)")
    let written = try names.map { name in
      site.pass(seconds: 1)
      return try desk.write("How long?", in: name, email: email(name), subject: "About \(name)")
    }
    try site.owner.run("UPDATE channels SET inbound = 'maildir' WHERE id = \(desk.channel)")
    return written
  }

  func customer(_ name: String) throws -> String {
    try site.text("SELECT customer_id::text FROM customer_addresses WHERE address_key = \(name + "@customer.example")").unwrapped
  }

  func sending() throws -> String? { try site.text("SELECT sending FROM messages WHERE direction = 'outbound'") }

  /// An answer whose undo is over.
  func approve() throws -> String {
    let conversation = try write("ana")[0]
    let draft = try desk.draft()
    #expect(desk.approve(draft).status == 303)
    site.pass(seconds: 31)
    return conversation
  }

  // MARK: - Who sends

  @Test(arguments: ["unknown", "held"])
  func `Hard case 4: a claim that ends an answer or keeps it back has its conversation first`(outcome: String) throws {
    let conversation = try approve()
    if outcome == "unknown" {
      try site.owner.run("UPDATE messages SET sending = 'sending', handed_at = \(site.now) WHERE direction = 'outbound'")
      try site.owner.run(
        "UPDATE outbox SET state = 'sending', fence = 1, lease_until = clock_timestamp() - interval '1 second' WHERE subject = 'answer'")
    } else {
      try site.owner.run("UPDATE messages SET seen_id = NULL WHERE direction = 'outbound'")
    }
    try takes("conversations WHERE id = \(conversation)::uuid", before: ["messages", "drafts", "customers"], working())
    #expect(try sending() == outcome)
    #expect(try site.mails().isEmpty)
  }

  @Test func `Hard case 4: a claim that waited for an undo sends nothing`() throws {
    let conversation = try approve()
    try takes(
      "conversations WHERE id = \(conversation)::uuid", before: ["messages"], working(),
      meanwhile: { try $0.run("UPDATE messages SET sending = 'cancelled' WHERE direction = 'outbound'") })
    #expect(try sending() == "cancelled")
    #expect(try site.text("SELECT state FROM outbox WHERE subject = 'answer'") == "cancelled")
    #expect(try site.mails().isEmpty)
  }

  @Test func `Hard case 21: a claim that waited for a merge sends from where its answer is now`() throws {
    let conversation = try approve()
    let other = try write("bob")[0]
    try takes(
      "conversations WHERE id = \(conversation)::uuid", before: ["messages"], working(),
      meanwhile: { holder in
        try holder.run(
          """
          UPDATE messages SET conversation_id = \(other)::uuid, seen_id = (SELECT newest_inbound_id FROM conversations WHERE id = \(other)::uuid)
          WHERE direction = 'outbound'
          """)
      })
    #expect(try sending() == "sent")
    #expect(try site.text("SELECT state FROM conversations WHERE id = \(other)::uuid") == "waiting")
    #expect(try site.text("SELECT state FROM conversations WHERE id = \(conversation)::uuid") == "open")
  }

  // MARK: - What comes in

  @Test func `Hard case 12: what came back has the conversation before the answer, however long that is closed`() throws {
    let conversation = try box.take(Mailbox.mail())
    let ours = try box.answer(conversation)
    try site.owner.run("UPDATE conversations SET state = 'closed', closed_at = \(site.now.advanced(days: -91))")
    site.pass(minutes: 2)
    try box.put(Mailbox.report(of: ours))
    try takes("conversations WHERE id = \(conversation)::uuid", before: ["messages", "drafts"], working())
    #expect(try sending() == "bounced")
    #expect(try box.of(conversation, "state") == "open")
  }

  @Test func `Hard case 21: what is written to a merged conversation locks that into which it was merged, and no other`() throws {
    let ids = try write("a", "b") { _ in "ana@customer.example" }
    #expect(desk.owner.post("/conversations/\(ids[0])/merge", ["into": ids[1], "nonce": "1"]).status == 303)
    let body = Array(desk.body("Once more", conversation: "a", message: "late").utf8)
    nonisolated(unsafe) let shop = try Site(as: site, zoneinfo: "/usr/share/zoneinfo").browser()
    try site.owner.run("UPDATE channels SET inbound = 'webhook'")
    let (hook, head) = (desk.hook, desk.signature(of: body))
    let page = try takes("conversations WHERE id = \(ids[1])::uuid", before: ["conversations WHERE id = \(ids[0])::uuid", "customers"]) {
      shop.post(hook, raw: body, head)
    }
    #expect(page.status == 201)
    #expect(try site.text("SELECT conversation_id::text FROM messages WHERE external_id = 'late'") == ids[1])
  }

  @Test func `Hard case 29: what is written to a conversation that is being erased begins another`() throws {
    let conversation = try write("ana")[0]
    let (person, body) = (try customer("ana"), Array(desk.body("Once more", conversation: "ana", message: "late").utf8))
    nonisolated(unsafe) let shop = try Site(as: site, zoneinfo: "/usr/share/zoneinfo").browser()
    try site.owner.run("UPDATE channels SET inbound = 'webhook'")
    let (hook, head, now) = (desk.hook, desk.signature(of: body), site.now)
    let page = try takes(
      "conversations WHERE id = \(conversation)::uuid", before: ["customers"], { shop.post(hook, raw: body, head) },
      meanwhile: { holder in
        try holder.run("UPDATE conversations SET external_id = NULL")
        try holder.run("DELETE FROM customer_addresses")
        try holder.run("UPDATE customers SET erased_at = \(now)")
      })
    #expect(page.status == 201)
    #expect(try site.count("SELECT count(*) FROM messages WHERE conversation_id = \(conversation)::uuid") == 1)
    #expect(try site.count("SELECT count(*) FROM conversations WHERE external_id = 'ana' AND customer_id <> \(person)::uuid") == 1)
  }

  @Test func `what answers an answer of long ago does not lock what it does not join`() throws {
    let first = try box.take(Mailbox.mail())
    let ours = try box.answer(first)
    try site.owner.run("UPDATE conversations SET state = 'closed', closed_at = \(site.now.advanced(days: -91))")
    site.pass(minutes: 2)
    let second = try box.take(Mailbox.mail(subject: "Re: Delivery", id: "a2@customer.example", answering: ours, "Once more."))
    #expect(second != first)
    site.pass(minutes: 2)
    try box.put(Mailbox.mail(subject: "Re: Delivery", id: "a3@customer.example", answering: ours, "And this."))
    try takes("conversations WHERE id = \(second)::uuid", before: ["conversations WHERE id = \(first)::uuid", "customers"], working())
    #expect(try site.text("SELECT conversation_id::text FROM messages WHERE message_id = '<a3@customer.example>'") == second)
  }

  // MARK: - Who decides

  @Test func `Hard case 19: many drafts are taken in the order of their conversations`() throws {
    let ids = try write("a", "b")
    let draft = try desk.draft(ids[0])
    // Another one of the first is younger than that of the second.
    site.pass(seconds: 1)
    let again: KeyValuePairs = ["version": desk.fields(draft).version, "instruction": "", "nonce": "again"]
    #expect(desk.owner.post("/drafts/\(draft)/regeneration", again).status == 303)
    let drafts = try [desk.draft(ids[0]), desk.draft(ids[1])]
    #expect(drafts[0] > drafts[1])
    let page = try takes(
      "conversations WHERE id = \(ids[0])::uuid", before: ["conversations WHERE id = \(ids[1])::uuid", "drafts", "messages"],
      posting("/drafts/bulk", ["action": "claim", "id": drafts[0], "id": drafts[1]]))
    #expect(page.status == 303)
    #expect(try site.count("SELECT count(*) FROM conversations WHERE claimed_by = \(desk.owner.user)") == 2)
  }

  @Test func `Hard case 19: many conversations are taken before anything that is theirs`() throws {
    let ids = try write("a", "b")
    let page = try takes(
      "conversations WHERE id = \(ids[1])::uuid", before: ["customers", "messages", "drafts"],
      posting("/conversations/bulk", ["action": "spam", "id": ids[0], "id": ids[1]]))
    #expect(page.status == 303)
    #expect(try site.count("SELECT count(*) FROM customers WHERE is_spam") == 2)
  }

  @Test func `Hard case 21: who takes a merge back takes both conversations in the order of who merges`() throws {
    let ids = try write("a", "b") { _ in "ana@customer.example" }
    let first = try site.text("SELECT id::text FROM messages WHERE conversation_id = \(ids[0])::uuid").unwrapped
    #expect(desk.owner.post("/conversations/\(ids[0])/merge", ["into": ids[1], "nonce": "1"]).status == 303)
    let page = try takes(
      "conversations WHERE id = \(ids[0])::uuid", before: ["conversations WHERE id = \(ids[1])::uuid", "messages", "drafts"],
      posting("/conversations/\(ids[1])/split", ["message": first, "nonce": "2"]))
    #expect(page.status == 303 && page.location?.hasSuffix(ids[0]) == true)
    #expect(try site.count("SELECT count(*) FROM conversations WHERE merged_into IS NOT NULL") == 0)
  }

  @Test(arguments: ["removal", "role"]) func `who leaves the desk gives back what they had in the order of its ids`(way: String) throws {
    let ids = try write("a", "b")
    let mia = try desk.member("mia@x.test")
    // The first lies behind the second.
    for id in ids.reversed() { try site.owner.run("UPDATE conversations SET assignee_id = \(mia.user) WHERE id = \(id)::uuid") }
    let page = try takes(
      "conversations WHERE id = \(ids[0])::uuid", before: ["conversations WHERE id = \(ids[1])::uuid", "drafts", "messages"],
      posting("/settings/members/\(mia.user.text)/\(way)", ["role": "viewer"]))
    #expect(page.status == 303)
    #expect(try site.count("SELECT count(*) FROM conversations WHERE assignee_id IS NULL") == 2)
  }
}
