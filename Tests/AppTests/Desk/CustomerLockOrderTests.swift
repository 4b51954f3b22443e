import Postgres
import Testing

@testable import App

/// Customers that become one, or are erased, beside whoever works on their conversations.
extension DeskLockOrderTests {
  @Test func `customers become one behind their conversations`() throws {
    let ids = try write("a", "b")
    let (one, two) = (try customer("a"), try customer("b"))
    let page = try takes(
      "conversations WHERE id = \(ids[1])::uuid", before: ["customers", "messages", "drafts"],
      posting("/customers/\(one)/merge", ["into": two]))
    #expect(page.status == 303)
    #expect(try site.count("SELECT count(*) FROM conversations WHERE customer_id = \(two)::uuid") == 2)
  }

  @Test(arguments: [true, false]) func `two customers are taken in the order of their ids, whoever becomes whom`(isUpwards: Bool) throws {
    _ = try write("a", "b")
    let people: [String] = try site.owner.rows(Query(column: "SELECT id::text FROM customers ORDER BY id"))
    let (from, into) = isUpwards ? (people[0], people[1]) : (people[1], people[0])
    let page = try takes(
      "customers WHERE id = \(people[0])::uuid", before: ["customers WHERE id = \(people[1])::uuid", "messages"],
      posting("/customers/\(from)/merge", ["into": into]))
    #expect(page.status == 303)
    #expect(try site.text("SELECT merged_into::text FROM customers WHERE id = \(from)::uuid") == into)
  }

  @Test func `Hard case 29: who is erased is taken behind the conversations, their own and those they have part in`() throws {
    let conversation = try approve()
    let other = try write("bob")[0]
    try site.owner.run(
      """
      INSERT INTO participants (conversation_id, account_id, address_key, address, name, is_taken)
      VALUES (\(other)::uuid, \(desk.owner.account), 'ana@customer.example', 'ana@customer.example', 'Ana Souza', true)
      """)
    let erasing = try posting("/customers/\(customer("ana"))/erasure", ["password": Site.password])
    let page = try takes(
      "conversations WHERE id = \(other)::uuid", before: ["customers", "messages", "drafts", "outbox WHERE subject = 'answer'"], erasing)
    #expect(page.status == 303)
    #expect(try site.text("SELECT subject FROM conversations WHERE id = \(conversation)::uuid") == "")
    #expect(try site.count("SELECT count(*) FROM customers WHERE erased_at IS NOT NULL") == 1)
  }

  @Test func `Hard case 29: an erasure does not wait for a worker that waits for it, and nothing leaves`() throws {
    _ = try approve()
    let id = try customer("ana")
    let worker = try site.connection("heed_owner")
    try site.web.run("SET lock_timeout = '10s'")
    try worker.transaction {
      // As a claim has it.
      let claimed = try worker.value("SELECT count(*) FROM (SELECT FROM outbox WHERE subject = 'answer' FOR UPDATE) x", as: Int.self)
      #expect(claimed == 1)
      #expect(desk.owner.post("/customers/\(id)/erasure", ["password": Site.password]).status == 303)
    }
    try site.work()
    site.pass(seconds: 90)
    try site.work()
    #expect(try site.text("SELECT state FROM outbox WHERE subject = 'answer'") == "cancelled")
    #expect(try site.count("SELECT count(*) FROM outbox WHERE address <> '' AND subject = 'answer'") == 0)
    #expect(try site.mails().isEmpty && site.logged.isEmpty)
  }

  @Test func `Hard case 29: who is erased in steps is taken behind their conversations in each`() throws {
    let conversation = try approve()
    try site.owner.run("UPDATE customers SET erased_at = \(site.now)")
    let id = try customer("ana")
    let (url, now) = (try site.url("heed_work"), site.now)
    try takes("conversations WHERE id = \(conversation)::uuid", before: ["messages", "drafts", "outbox WHERE subject = 'answer'"]) {
      try Connection(url: url).run("SELECT FROM door.erase_more(\(id)::uuid, '', 10, \(now))")
    }
    #expect(try site.count("SELECT count(*) FROM messages WHERE own <> ''") == 0)
  }

  @Test func `Hard case 29: a mail in quarantine is taken before any conversation, as by whoever reads it anew`() throws {
    _ = try write("ana")
    let mail = try desk.owner.someQuarantined()
    let erasing = try posting("/customers/\(customer("ana"))/erasure", ["password": Site.password])
    let page = try takes("quarantine WHERE id = \(mail)::uuid", before: ["conversations", "customers", "messages"], erasing)
    #expect(page.status == 303)
    #expect(try site.count("SELECT count(*) FROM quarantine") == 0)
  }
}
