import Domain
import Postgres

/// Everything that is kept of a customer, as JSON.
enum CustomerExport {
  /// Messages that are read at once: they are held as rows, while all that is written stays as bytes.
  private static let slice = 200

  private struct Sent {
    let conversation: ID<Conversation>
    let direction: String
    let kind: String
    let at: Instant
    let from: String
    let recipients: [String]
    let copies: [String]
    let subject: String
    let text: String
    let html: String?
    let sending: String?
    let files: [String]
  }

  static func json(_ details: CustomerDetails, _ db: Connection) throws(PostgresError) -> [UInt8] {
    let id = details.customer.id
    let notes = try db.rows(CustomerNote.of("\(id)", most: 1_000_000))
    let conversations = try db.rows(Conversation.ours("v.customer_id = \(id) ORDER BY v.id"))
    let ids = try db.rows(messages(of: id))
    // The messages go into it as the last member, as they are read.
    var json = Array(about(details.customer, notes, conversations).text.utf8.dropLast())
    json += ",\"messages\":[".utf8
    var isFirst = true
    for start in stride(from: 0, to: ids.count, by: slice) {
      for message in try db.rows(some(Array(ids[start..<min(start + slice, ids.count)]))) {
        if !isFirst { json.append(UInt8(ascii: ",")) }
        json += line(message).text.utf8
        isFirst = false
      }
    }
    json += "]}".utf8
    return json
  }

  /// In the order of their conversations: all of theirs, and what they wrote in those of others.
  private static func messages(of id: ID<Customer>) -> Query<ID<DeskMessage>> {
    Query(
      column: """
        SELECT x.id FROM (
          SELECT m.id, m.conversation_id, m.number FROM conversations v JOIN messages m ON m.conversation_id = v.id
          WHERE v.customer_id = \(id) AND v.account_id = (SELECT my_account()) AND m.account_id = (SELECT my_account())
          UNION SELECT m.id, m.conversation_id, m.number FROM messages m
          WHERE m.customer_id = \(id) AND m.account_id = (SELECT my_account())) x
        ORDER BY x.conversation_id, x.number
        """)
  }

  private static func some(_ ids: [ID<DeskMessage>]) -> Query<Sent> {
    Query(
      """
      SELECT m.conversation_id AS conversation, m.direction, m.kind, m.arrived_at AS at, m.from_address AS "from",
        CASE WHEN m.direction = 'outbound' THEN m.recipients
          ELSE ARRAY(SELECT a.address FROM message_addresses a WHERE a.message_id = m.id AND a.role = 'to' ORDER BY a.n) END AS recipients,
        CASE WHEN m.direction = 'outbound' THEN m.copies
          ELSE ARRAY(SELECT a.address FROM message_addresses a WHERE a.message_id = m.id AND a.role = 'cc' ORDER BY a.n) END AS copies,
        m.subject, CASE WHEN cardinality(m.part_texts) > 0 THEN array_to_string(m.part_texts, E'\\n') ELSE m.own END AS text, m.html, m.sending,
        ARRAY(SELECT a.name FROM attachments a WHERE a.message_id = m.id ORDER BY a.n) AS files
      FROM messages m WHERE m.id = ANY (\(ids)) AND m.account_id = (SELECT my_account()) ORDER BY m.conversation_id, m.number
      """, into: Sent.init)
  }

  private static func about(_ customer: Customer, _ notes: [CustomerNote], _ conversations: [Conversation]) -> JSONText {
    .object([
      (
        "customer",
        .object([
          ("id", .string(customer.id.text)), ("name", .string(customer.name)), ("addresses", texts(customer.addresses)),
          ("first_seen_at", .string(customer.firstSeenAt.iso)),
        ])
      ),
      (
        "notes",
        .array(
          notes.reversed().map {
            .object([("at", .string($0.at.iso)), ("author", .string($0.authorName)), ("text", .string($0.text))])
          })
      ),
      (
        "conversations",
        .array(
          conversations.map {
            .object([
              ("id", .string($0.id.text)), ("channel", .string($0.channelName)), ("subject", .string($0.subject)),
              ("state", .string($0.state.rawValue)), ("tags", texts($0.tags)), ("created_at", .string($0.createdAt.iso)),
            ])
          })
      ),
    ])
  }

  private static func line(_ message: Sent) -> JSONText {
    .object([
      ("conversation", .string(message.conversation.text)), ("direction", .string(message.direction)), ("kind", .string(message.kind)),
      ("at", .string(message.at.iso)), ("from", .string(message.from)), ("to", texts(message.recipients)), ("cc", texts(message.copies)),
      ("subject", .string(message.subject)), ("text", .string(message.text)), ("html", message.html.map { .string($0) } ?? .null),
      ("sending", message.sending.map { .string($0) } ?? .null), ("files", texts(message.files)),
    ])
  }

  private static func texts(_ texts: [String]) -> JSONText { .array(texts.map { .string($0) }) }
}
