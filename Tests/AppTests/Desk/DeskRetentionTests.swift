import Domain
import Postgres
import Testing

@testable import App

@Suite("What is kept of a desk no longer")
struct DeskRetentionTests {
  let site: Site
  let desk: Desk

  init() throws {
    site = try Site()
    desk = try Desk(site)
  }

  private func choose(_ retention: String) {
    let version = desk.owner.get("/settings/desk").field("version", ofForm: "/settings/desk") ?? ""
    #expect(desk.owner.post("/settings/desk", ["undo_seconds": "30", "retention": retention, "version": version]).status == 303)
  }

  /// A conversation with a rejected draft, a file, a revision and a raw mail, that has been in a state for so many days when the next night comes.
  private func fill(_ state: String = "closed", days: Int) throws -> String {
    let id = try desk.write("My zebra is blue", subject: "Zebra")
    let draft = try desk.draft(id)
    let version = desk.fields(draft).version
    let rejection: KeyValuePairs = ["version": version, "reason": "tone", "note": "Zebra!", "nonce": "r"]
    #expect(desk.owner.post("/drafts/\(draft)/rejection", rejection).status == 303)
    try site.owner.run("INSERT INTO files (account_id, sha256, size, bytes) VALUES (\(desk.owner.account), sha256('z'), 5, 'zebra')")
    try site.owner.run(
      """
      INSERT INTO attachments (id, account_id, message_id, n, name, type, size, sha256, state)
      SELECT new_id(\(site.now)), m.account_id, m.id, 1, 'zebra.txt', 'text/plain', 5, sha256('z'), 'kept' FROM messages m
      """)
    try site.owner.run(
      """
      INSERT INTO message_revisions (message_id, account_id, body_key, at, own)
      SELECT id, account_id, sha256('r'), \(site.now), 'zebra' FROM messages
      """)
    try site.owner.run(
      """
      INSERT INTO draft_sources (draft_id, account_id, n, source_id, passage, title, url, heading, text, indexed_at, is_stale, score, sentences)
      SELECT id, account_id, 9, id, 1, 'Animals', NULL, '', 'Zebras are striped.', \(site.now), false, 1, 'Your zebra is blue.' FROM drafts
      ON CONFLICT DO NOTHING
      """)
    site.pass(hours: 24)
    let since = site.now.advanced(days: -days)
    try site.owner.run(
      """
      UPDATE conversations SET state = \(state), closed_at = CASE WHEN \(state) = 'closed' THEN \(since)::timestamptz END,
        snoozed_until = CASE WHEN \(state) = 'snoozed' THEN \(site.now.advanced(days: 9))::timestamptz END, last_at = \(since)
      """)
    return id
  }

  /// What of it is left where a text could be.
  private var left: String {
    get throws {
      try site.text(
        """
        SELECT concat_ws(' ', (SELECT count(*) FROM messages WHERE own <> ''), (SELECT count(*) FROM files), (SELECT count(*) FROM message_revisions),
          (SELECT count(*) FROM drafts WHERE text <> '' OR question <> ''), (SELECT count(*) FROM decisions WHERE note <> ''))
        """
      ).unwrapped
    }
  }

  @Test(arguments: [
    ("365", "closed", 366, true), ("365", "closed", 364, false), ("730", "closed", 731, true), ("730", "closed", 729, false),
    ("never", "closed", 5_000, false), ("365", "open", 5_000, false), ("365", "waiting", 5_000, false), ("365", "snoozed", 5_000, false),
    ("365", "spam", 5_000, false),
  ])
  func `the texts of a conversation go when it has been closed for as long as the account says`(
    retention: String, state: String, days: Int, goes: Bool
  ) throws {
    choose(retention)
    let id = try fill(state, days: days)
    #expect(try left == "1 1 1 1 1")
    let due = desk.owner.get("/settings/desk").text
    #expect(due.contains("The next night empties 1 conversation") == goes)
    #expect(due.contains("The texts of conversations are kept for ever.") == (retention == "never"))
    try site.work()
    #expect(try left == (goes ? "0 0 0 0 0" : "1 1 1 1 1"))
    #expect(try site.count("SELECT count(*) FROM draft_sources WHERE text <> '' OR sentences <> ''") == (goes ? 0 : 1))
    // Who, when and how many stay, and so does what was learnt.
    #expect(try site.count("SELECT count(*) FROM messages WHERE from_address = 'ana@customer.example'") == 1)
    #expect(try site.count("SELECT count(*) FROM attachments WHERE size = 5") == 1)
    #expect(try site.count("SELECT count(*) FROM learning_samples WHERE action = 'reject'") == 1)
    #expect(try site.text("SELECT state FROM drafts") == (goes ? "archived" : "rejected"))
    #expect(desk.owner.get("/conversations/\(id)").text.contains("kept no longer") == goes)
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'desk.emptied'") == (goes ? 1 : 0))
    if goes { #expect(desk.owner.get("/learning/export.jsonl").text.isEmpty) }
    let draft = try site.text("SELECT id::text FROM drafts").unwrapped
    #expect(desk.state(draft) == (goes ? "archived" : "rejected"))
    // The next night finds nothing.
    site.pass(hours: 24)
    try site.work()
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'desk.emptied'") == (goes ? 1 : 0))
  }

  @Test func `a pass goes slice by slice, and on from where it stood; what begins again has something to empty again`() throws {
    choose("365")
    let id = try fill(days: 400)
    try site.owner.run(
      """
      INSERT INTO messages (id, account_id, conversation_id, channel_id, direction, kind, message_key, body_key, from_name, from_address, customer_id,
        subject, own, arrived_at)
      SELECT new_id(\(site.now)), v.account_id, v.id, v.channel_id, 'inbound', 'person', sha256(n::text::bytea), sha256('x'), 'Ana',
        'ana@customer.example', v.customer_id, 'Zebra', 'zebra ' || n, \(site.now)
      FROM conversations v, generate_series(1, 449) n
      """)
    let work = try site.connection("heed_work")
    func slice() throws -> String? {
      try work.value(
        """
        SELECT conversations || ' ' || messages
        FROM door.empty_conversations(\(desk.owner.account), \(site.now.advanced(days: -365)), 200, \(site.now))
        """)
    }
    #expect(try slice() == "0 200")
    #expect(try site.count("SELECT count(*) FROM conversations WHERE emptied_at IS NULL") == 1)
    try site.work()
    #expect(try site.count("SELECT count(*) FROM messages WHERE own <> ''") == 0)
    #expect(try site.count("SELECT (metrics->>'messages')::integer FROM jobs WHERE kind = 'retention.conversations' AND done > 0") == 250)
    #expect(try slice() == "0 0")
    #expect(desk.owner.post("/conversations/\(id)/reopening").status == 303)
    #expect(try site.count("SELECT count(*) FROM conversations WHERE emptied_at IS NULL") == 1)
  }

  @Test func `nobody but the worker empties anything`() throws {
    for call: SQL in [
      "SELECT FROM door.empty_conversations(\(desk.owner.account), \(site.now), 1, \(site.now))",
      "SELECT door.empty_raw_mails(\(ID<DeskMessage>.new(at: site.now)), 1)",
    ] {
      let error = #expect(throws: PostgresError.self) { try site.web.transaction { try site.web.run(call) } }
      #expect(error?.sqlstate == "42501")
    }
  }

  @Test(arguments: [(89, false), (91, true)])
  func `mails as they came go after ninety days, and a file that another names stays`(days: Int, goes: Bool) throws {
    let id = try desk.write("My zebra is blue")
    try site.owner.run(
      """
      INSERT INTO files (account_id, sha256, size, bytes)
      VALUES (\(desk.owner.account), sha256('raw'), 3, 'raw'), (\(desk.owner.account), sha256('z'), 1, 'z')
      """)
    try site.owner.run("UPDATE messages SET raw = sha256('raw')")
    try desk.write("Another")
    try site.owner.run("UPDATE messages SET raw = sha256('z') WHERE raw IS NULL")
    try site.owner.run(
      """
      INSERT INTO attachments (id, account_id, message_id, n, name, type, size, sha256, state)
      SELECT new_id(\(site.now)), m.account_id, m.id, 1, 'z', 'text/plain', 1, sha256('z'), 'kept' FROM messages m LIMIT 1
      """)
    let mail = try site.text("SELECT id::text FROM messages WHERE raw = sha256('raw')").unwrapped
    site.pass(hours: 24 * days)
    try desk.owner.openSession()
    try site.work()
    #expect(try site.count("SELECT count(*) FROM messages WHERE raw IS NOT NULL") == (goes ? 0 : 2))
    #expect(try site.count("SELECT count(*) FROM files") == (goes ? 1 : 2))
    #expect(desk.owner.get("/conversations/\(id)/messages/\(mail)/raw").status == (goes ? 404 : 200))
    #expect(try site.count("SELECT count(*) FROM messages WHERE own <> ''") == 2)
  }
}
