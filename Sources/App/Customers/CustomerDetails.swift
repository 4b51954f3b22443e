import Domain
import Postgres

/// What the page of a customer shows.
struct CustomerDetails {
  let customer: Customer
  let mergedInto: ID<Customer>?
  let notes: [CustomerNote]
  let conversations: [Conversation]
  let members: [Member]

  static let most = 100

  static func reading(_ id: ID<Customer>) -> Reading<CustomerDetails?> {
    let notes = CustomerNote.of("\(id)", most: 200)
    let merged = Query<ID<Customer>?>(column: "SELECT merged_into FROM customers WHERE id = \(id) AND account_id = (SELECT my_account())")
    return Reading(
      rows: Customer.ours("u.id = \(id) AND u.erased_at IS NULL"), merged, notes,
      Conversation.ours("v.customer_id = \(id) AND v.merged_into IS NULL ORDER BY v.last_at DESC, v.id DESC LIMIT \(most)"), Member.query
    ).map { customers, merged, notes, conversations, members in
      guard let customer = customers.first else { return nil }
      return CustomerDetails(
        customer: customer, mergedInto: merged.first ?? nil, notes: notes, conversations: conversations, members: members)
    }
  }
}

/// Everything that is kept of a customer, as JSON.
enum CustomerExport {
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

  static func json(_ details: CustomerDetails, _ db: Connection) throws -> JSONText {
    let id = details.customer.id
    let messages = try db.rows(
      Query(
        """
        SELECT m.conversation_id AS conversation, m.direction, m.kind, m.arrived_at AS at, m.from_address AS "from",
          CASE WHEN m.direction = 'outbound' THEN m.recipients
            ELSE ARRAY(SELECT a.address FROM message_addresses a WHERE a.message_id = m.id AND a.role = 'to' ORDER BY a.n) END AS recipients,
          CASE WHEN m.direction = 'outbound' THEN m.copies
            ELSE ARRAY(SELECT a.address FROM message_addresses a WHERE a.message_id = m.id AND a.role = 'cc' ORDER BY a.n) END AS copies,
          m.subject, CASE WHEN cardinality(m.part_texts) > 0 THEN array_to_string(m.part_texts, E'\\n') ELSE m.own END AS text, m.html, m.sending,
          ARRAY(SELECT a.name FROM attachments a WHERE a.message_id = m.id ORDER BY a.n) AS files
        FROM messages m WHERE m.account_id = (SELECT my_account())
          AND (m.customer_id = \(id) OR m.conversation_id IN (SELECT v.id FROM conversations v WHERE v.customer_id = \(id)))
        ORDER BY m.conversation_id, m.number LIMIT 50000
        """, into: Sent.init))
    let conversations = try db.rows(Conversation.ours("v.customer_id = \(id) ORDER BY v.id"))
    let customer = details.customer
    func texts(_ texts: [String]) -> JSONText { .array(texts.map { .string($0) }) }
    return .object([
      (
        "customer",
        .object([
          ("id", .string(id.text)), ("name", .string(customer.name)), ("addresses", texts(customer.addresses)),
          ("first_seen_at", .string(customer.firstSeenAt.iso)),
        ])
      ),
      (
        "notes",
        .array(
          details.notes.reversed().map {
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
      (
        "messages",
        .array(
          messages.map {
            .object([
              ("conversation", .string($0.conversation.text)), ("direction", .string($0.direction)), ("kind", .string($0.kind)),
              ("at", .string($0.at.iso)), ("from", .string($0.from)), ("to", texts($0.recipients)), ("cc", texts($0.copies)),
              ("subject", .string($0.subject)), ("text", .string($0.text)), ("html", $0.html.map { .string($0) } ?? .null),
              ("sending", $0.sending.map { .string($0) } ?? .null), ("files", texts($0.files)),
            ])
          })
      ),
    ])
  }
}
