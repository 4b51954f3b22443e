import Domain
import Testing

@testable import App
@testable import Postgres

@Suite("Hard case 29: a customer is erased")
struct CustomerErasureTests {
  let site: Site
  let desk: Desk

  init() throws {
    site = try Site()
    desk = try Desk(site)
  }

  /// Where any of some words stands, in any column of any table that can hold a text or bytes: "messages.own".
  private func places(_ words: [String]) throws -> Set<String> {
    let found: [String] = try site.owner.rows(
      Query(
        column: """
          SELECT DISTINCT x.place FROM (
            SELECT c.relname || '.' || a.attname AS place, query_to_xml(format('SELECT 1 AS x FROM %I t WHERE %s LIMIT 1', c.relname,
              CASE WHEN a.atttypid = 'bytea'::regtype THEN format('position(convert_to(%L, ''UTF8'') IN t.%I) > 0', w, a.attname)
                ELSE format('t.%I::text ILIKE %L', a.attname, '%' || w || '%') END), true, true, '')::text AS found
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped CROSS JOIN unnest(\(words)) w
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
              AND a.atttypid = ANY ('{text,text[],bytea,bytea[],jsonb,json,tsvector,varchar,name}'::regtype[])) x
          WHERE x.found LIKE '%<row%' ORDER BY 1
          """))
    return Set(found)
  }

  private static let words = ["zebra", "souza", "ana@customer.example"]

  /// Of each thing that a desk keeps one that holds words of the customer: in two conversations of theirs, and in one of somebody else.
  private func fill() throws -> (customer: String, first: String, second: String) {
    let first = try desk.write("My zebra is blue", subject: "Zebra")
    let draft = try desk.draft(first)
    let rejection: KeyValuePairs = ["version": desk.fields(draft).version, "reason": "tone", "note": "No zebra!", "nonce": "r"]
    #expect(desk.owner.post("/drafts/\(draft)/rejection", rejection).status == 303)
    let second = try desk.write("Zebra elsewhere", in: "b", subject: "Zebra two")
    desk.approve(try desk.draft(second), "Your zebra is fine.")
    #expect(desk.owner.post("/conversations/\(second)/notes", ["text": "A zebra note."]).status == 303)
    #expect(desk.owner.post("/conversations/\(second)/tags", ["tags": "zebra"]).status == 303)
    #expect(desk.owner.post("/conversations/\(first)/snoozes", ["until": "tomorrow"]).status == 303)
    let customer = try site.text("SELECT customer_id::text FROM conversations LIMIT 1").unwrapped
    #expect(desk.owner.post("/customers/\(customer)/notes", ["text": "Has a zebra."]).status == 303)
    // The same message again with other words.
    #expect(desk.post(desk.body("Zebra, again", message: "m1", subject: "Zebra")).status == 200)
    for (sha, bytes) in [("z", "a zebra in a file"), ("r", "a zebra in a mail"), ("q", "From: Ana@customer.example\r\n\r\n\u{0}")] {
      let (sha, bytes) = (Array(sha.utf8), Array(bytes.utf8))
      try site.owner.run(
        "INSERT INTO files (account_id, sha256, size, bytes) VALUES (\(desk.owner.account), sha256(\(sha)), 9, \(bytes))")
    }
    try site.owner.run(
      """
      INSERT INTO attachments (id, account_id, message_id, n, name, type, size, sha256, state)
      SELECT new_id(\(site.now)), m.account_id, m.id, 1, 'zebra.txt', 'text/plain', 9, sha256('z'), 'kept' FROM messages m
      WHERE m.conversation_id = \(second)::uuid AND m.direction = 'inbound'
      """)
    try site.owner.run("UPDATE messages SET raw = sha256('r') WHERE conversation_id = \(second)::uuid AND direction = 'inbound'")
    for (state, sha, conversation) in [("waiting", "q", nil), ("taken", "r", second)] as [(String, String, String?)] {
      let place = conversation.flatMap { ID<Conversation>($0) }
      try site.owner.run(
        """
        INSERT INTO quarantine (id, account_id, channel_id, key, at, reason, detail, name, size, raw, state, conversation_id)
        VALUES (new_id(\(site.now)), \(desk.owner.account), \(desk.channel), sha256(\(Array(state.utf8))), \(site.now), 'failed', '', 'zebra.eml', 9,
          sha256(\(Array(sha.utf8))), \(state), \(place)::uuid)
        """)
    }
    // They take part in what somebody else writes.
    let other = try desk.write("Hello", in: "other", email: "bob@customer.test", name: "Bob Lee", subject: "Other")
    try site.owner.run(
      """
      INSERT INTO participants (conversation_id, account_id, address_key, address, name, is_taken)
      VALUES (\(other)::uuid, \(desk.owner.account), 'ana@customer.example', 'Ana@customer.example', 'Ana Souza', true)
      """)
    try site.owner.run(
      """
      INSERT INTO message_addresses (message_id, account_id, n, role, name, address, address_key)
      SELECT id, account_id, 9, 'cc', 'Ana Souza', 'Ana@customer.example', 'ana@customer.example' FROM messages WHERE conversation_id = \(other)::uuid
      """)
    return (customer, first, second)
  }

  private func erase(_ customer: String) -> Page { desk.owner.post("/customers/\(customer)/erasure", ["password": Site.password]) }

  /// Many more messages, in the first conversation and in others.
  private func many(_ first: String) throws {
    try site.owner.run(
      """
      INSERT INTO conversations (id, account_id, channel_id, subject, subject_key, customer_id, state, language, is_answerable, last_at, created_at)
      SELECT new_id(\(site.now)), v.account_id, v.channel_id, 'Zebra ' || n, 'zebra', v.customer_id, 'open', 'en', true, \(site.now), \(site.now)
      FROM conversations v, generate_series(1, 230) n WHERE v.id = \(first)::uuid
      """)
    try site.owner.run(
      """
      INSERT INTO messages (id, account_id, conversation_id, channel_id, direction, kind, message_key, body_key, from_name, from_address, customer_id,
        subject, own, arrived_at)
      SELECT new_id(\(site.now)), v.account_id, v.id, v.channel_id, 'inbound', 'person', sha256((v.id::text || n)::bytea), sha256('x'), 'Ana Souza',
        'ana@customer.example', v.customer_id, 'Zebra', 'zebra ' || n, \(site.now)
      FROM conversations v, generate_series(1, 900) n WHERE v.customer_id IS NOT NULL AND v.account_id = \(desk.owner.account)
        AND (v.id = \(first)::uuid OR v.subject LIKE 'Zebra _%' AND n <= 2)
      """)
  }

  @Test(arguments: [false, true])
  func `nothing remains of them but counts, in any table, whether at once or by a job`(isLarge: Bool) throws {
    let (customer, first, _) = try fill()
    if isLarge { try many(first) }
    let messages = try site.count("SELECT count(*) FROM messages")
    let before = try places(Self.words)
    for place in [
      "attachments.name", "audit_log.payload", "conversation_notes.text", "conversations.subject", "conversations.tags",
      "customer_addresses.address", "customer_notes.text", "customers.name", "decisions.note", "desk_words.words", "drafts.question",
      "drafts.text", "files.bytes",
      "message_addresses.name", "message_revisions.own", "messages.from_address", "messages.own", "messages.subject", "participants.name",
      "quarantine.name", "reminders.title",
    ] { #expect(before.contains(place), "\(place) holds nothing that could be erased") }
    #expect(erase(customer).status == 303)
    site.pass(seconds: 90)
    try site.work()
    let left = try places(Self.words)
    #expect(left == [])
    #expect(try site.mails().isEmpty)
    #expect(try site.count("SELECT count(*) FROM messages") == messages)
    #expect(try site.count("SELECT count(*) FROM customers WHERE erased_at IS NOT NULL") == 1)
    #expect(try site.count("SELECT count(*) FROM messages WHERE sender_domain = 'customer.example'") == 0)
    // One that nobody could read was theirs.
    #expect(try site.text("SELECT string_agg(state, ' ') FROM quarantine") == "taken")
    #expect(try site.count("SELECT count(*) FROM jobs WHERE kind = 'erase'") == (isLarge ? 1 : 0))
    // What is somebody else's is as it was.
    #expect(try site.count("SELECT count(*) FROM messages WHERE from_address = 'bob@customer.test' AND own = 'Hello'") == 1)
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'customer.erased' AND payload LIKE '%\"messages\"%'") == 1)
    #expect(desk.owner.get("/learning/export.jsonl").text.isEmpty)
    #expect(!desk.owner.get("/search?q=zebra").links.contains { $0.hasPrefix("/conversations/") })
    #expect(site.logged.isEmpty)
  }

  @Test func `of one with more than a thousand messages nothing leaves from the first moment, and a killed worker's job goes on`() throws {
    let (customer, first, _) = try fill()
    // An answer waits, and a draft is asked for: of so many messages in an hour none would be.
    let asked = try desk.write("Zebra once more", in: "c", subject: "Zebra three")
    try many(first)
    #expect(try site.count("SELECT count(*) FROM jobs WHERE kind = 'draft' AND state = 'pending'") > 0)
    let waiting = try site.text("SELECT string_agg(d.state, ' ') FROM drafts d WHERE d.conversation_id = \(asked)::uuid")
    #expect(waiting == "asked")
    let page = erase(customer)
    #expect(page.status == 303 && page.location == "/jobs", "\(page.complaints)")
    #expect(try site.count("SELECT count(*) FROM outbox WHERE subject = 'answer' AND state IN ('pending', 'held')") == 0)
    #expect(try site.count("SELECT count(*) FROM messages WHERE sending IN ('waiting', 'held', 'queued')") == 0)
    let state = try site.text("SELECT state FROM drafts WHERE conversation_id = \(asked)::uuid")
    #expect(state == "superseded")
    #expect(
      try site.count(
        """
        SELECT count(*) FROM jobs j JOIN drafts d ON d.id::text = j.place
        WHERE j.kind = 'draft' AND j.state IN ('pending', 'running') AND d.conversation_id = \(asked)::uuid
        """) == 0)
    #expect(desk.owner.get("/customers/\(customer)").status == 404)
    #expect(!desk.owner.get("/customers").text.contains("Souza"))
    #expect(!desk.owner.get("/conversations?state=all").text.contains("Zebra"))
    // Its job is in the monitor; once more asked for, there is one.
    #expect(desk.owner.get("/jobs?type=erase").text.contains("Erase a customer"))
    #expect(erase(customer).status == 404)
    // A worker dies in its third step.
    let dying = Feature(jobs: [
      JobKind("erase") { run, bench, now in
        if run.done >= 400 { throw PostgresError.connection("gone") }
        return try CustomerErasure.kind.step(&run, bench, now)
      }
    ])
    #expect(throws: PostgresError.self) { try site.worker(doing: [dying]).runOnce { site.now } }
    let emptied = try site.count("SELECT count(*) FROM messages WHERE emptied_at IS NOT NULL")
    #expect(emptied >= 400 && emptied < 1_000)
    #expect(try site.count("SELECT done FROM jobs WHERE kind = 'erase'") == emptied)
    try site.owner.run("UPDATE jobs SET lease_until = clock_timestamp() - interval '1 second' WHERE state = 'running'")
    site.pass(seconds: 90)
    try site.work()
    #expect(try site.text("SELECT state || ' ' || (done = total) FROM jobs WHERE kind = 'erase'") == "done true")
    let left = try places(Self.words)
    #expect(left == [])
    #expect(try site.mails().isEmpty)
  }

  @Test func `an answer that a dying worker had when they were erased does not leave, and its address does not stay`() throws {
    let (customer, _, _) = try fill()
    site.pass(seconds: 31)
    try site.owner.run("UPDATE messages SET sending = 'sending' WHERE sending = 'waiting'")
    try site.owner.run(
      "UPDATE outbox SET state = 'sending', fence = 1, lease_until = clock_timestamp() - interval '1 second' WHERE subject = 'answer'")
    #expect(erase(customer).status == 303)
    #expect(try places(Self.words).contains("outbox.address"))
    site.pass(seconds: 90)
    try site.work()
    try site.work()
    #expect(try places(Self.words) == [])
    #expect(try site.mails().isEmpty)
    #expect(try site.text("SELECT state FROM outbox WHERE subject = 'answer'") == "cancelled")
    #expect(try site.text("SELECT sending FROM messages WHERE direction = 'outbound'") == "cancelled")
  }

  @Test func `whoever writes again is somebody new, and joins nothing that was erased`() throws {
    let (customer, first, second) = try fill()
    #expect(erase(customer).status == 303)
    let again = try desk.write("Hello again", in: "c1", subject: "Zebra")
    #expect(again != first && again != second)
    #expect(try site.text("SELECT customer_id::text FROM customer_addresses WHERE address_key = 'ana@customer.example'") != customer)
    #expect(desk.owner.get("/search?q=again").links.contains("/conversations/\(again)"))
  }

  @Test func `an erasure goes no further than its account`() throws {
    let (customer, _, _) = try fill()
    let eve = try site.person("eve@x.test")
    #expect(erase(customer).status == 303)
    for account in [eve.account.text, ""] {
      let error = #expect(throws: PostgresError.self) {
        try site.web.transaction {
          try site.web.run("SELECT set_config('heed.user_id', \(eve.user.text), true), set_config('heed.account_id', \(account), true)")
          try site.web.run("SELECT FROM door.erase_more(\(ID<Customer>(customer))::uuid, '', 10, \(site.now))")
        }
      }
      #expect(error?.sqlstate == "42501")
    }
  }
}
