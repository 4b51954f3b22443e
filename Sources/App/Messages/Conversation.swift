import Domain
import Postgres

/// What a customer and an account write to each other about one thing.
struct Conversation {
  enum State: String, CaseIterable, Bindable, FromColumn { case open, waiting, snoozed, closed, spam }

  let id: ID<Conversation>
  let account: ID<Account>
  let channel: ID<DeskChannel>
  let channelName: String
  let channelType: DeskChannel.Kind
  let channelAddress: String?
  /// The channel is there, and on.
  let isChannelOn: Bool
  let customer: ID<Customer>
  let customerName: String
  /// That of theirs that was seen first.
  let customerAddress: String?
  let subject: String
  let state: State
  let assignee: ID<User>?
  let tags: [String]
  let language: Language
  /// The newest message of a person.
  let newestInbound: ID<DeskMessage>?
  /// The oldest message of a person that nobody has answered.
  let waitingSince: Instant?
  let lateAt: Instant?
  let snoozedUntil: Instant?
  let claimedBy: ID<User>?
  let claimedAt: Instant?
  let isAnswerable: Bool
  let mayBelongTo: ID<Conversation>?
  let continues: ID<Conversation>?
  let mergedInto: ID<Conversation>?
  let messages: Int
  let lastAt: Instant
  let createdAt: Instant
  let version: Int
  let revision: Int

  /// What it is about, for the audit log.
  static let subject = "conversation"
  /// Seconds for which a claim holds after the last post (RULES 6.3).
  static let claim: Int64 = 600

  static let columns: Columns = """
    v.id, v.account_id AS account, v.channel_id AS channel, c.name AS channel_name, c.type AS channel_type, c.address AS channel_address,
    c.enabled AND c.deleted_at IS NULL AS is_channel_on, v.customer_id AS customer, u.name AS customer_name,
    (SELECT a.address FROM customer_addresses a WHERE a.customer_id = u.id ORDER BY a.address_key LIMIT 1) AS customer_address, v.subject, v.state,
    v.assignee_id AS assignee, v.tags, v.language, v.newest_inbound_id AS newest_inbound, v.waiting_since, v.late_at, v.snoozed_until, v.claimed_by,
    v.claimed_at, v.is_answerable, v.may_belong_to, v.continues, v.merged_into, v.messages, v.last_at, v.created_at, v.version, v.revision
    """
  static let tables: Columns = "conversations v JOIN channels c ON c.id = v.channel_id JOIN customers u ON u.id = v.customer_id"

  /// Where what was in it stands: itself, or at the end of what it was merged into.
  static func standing(_ id: ID<Conversation>) -> Query<ID<Conversation>> {
    Query(
      column: """
        WITH RECURSIVE chain AS (
          SELECT v.id, v.merged_into, 1 AS n FROM conversations v WHERE v.id = \(id) AND v.account_id = (SELECT my_account())
          UNION ALL
          SELECT w.id, w.merged_into, chain.n + 1 FROM chain JOIN conversations w ON w.id = chain.merged_into AND w.account_id = (SELECT my_account())
          WHERE chain.n < 100)
        SELECT id FROM chain ORDER BY n DESC LIMIT 1
        """)
  }

  /// Of the account that the transaction is for.
  ///
  /// - Parameter which: a condition on `v`, and their order.
  static func ours(_ which: SQL) -> Query<Conversation> {
    Query("SELECT \(columns) FROM \(tables) WHERE v.account_id = (SELECT my_account()) AND \(which)", into: Conversation.init)
  }

  /// Locks one of the account that the transaction is for: whatever happens to it happens one after the other (RULES 6.2).
  static func locking(_ id: ID<Conversation>) -> Query<ID<Conversation>> { locking(ours: "v.id = \(id)") }

  /// Locks some of the account that the transaction is for.
  static func locking(ours which: SQL) -> Query<ID<Conversation>> { locking(where: "v.account_id = (SELECT my_account()) AND \(which)") }

  /// Locks some in the order of their ids, before anything that is theirs; what only names one, such as a line of its timeline, does not wait.
  ///
  /// - Parameter which: a condition on `v`.
  static func locking(where which: SQL) -> Query<ID<Conversation>> {
    Query(column: "SELECT v.id FROM conversations v WHERE \(which) ORDER BY v.id FOR NO KEY UPDATE")
  }

  /// Who holds it; nil: nobody, or not any more.
  func claimant(at now: Instant) -> ID<User>? {
    guard let claimedBy, let claimedAt, claimedAt.advanced(seconds: Conversation.claim) > now else { return nil }
    return claimedBy
  }

  func isLate(at now: Instant) -> Bool { lateAt.map { $0 <= now } ?? false }
}

extension Conversation {
  /// Gives it to somebody of the team; nil: to nobody. Empty: they have it already.
  func assigning(to member: Member?, by person: Person, at now: Instant) -> [SQL] {
    if assignee == member?.id { return [] }
    return [
      "UPDATE conversations SET assignee_id = \(member?.id), version = version + 1 WHERE id = \(id)",
      ConversationEvent.adding(
        member == nil ? .unassigned : .assigned, to: id, of: account, by: person, member?.displayName ?? "", at: now),
    ]
  }

  /// The same for the audit log.
  func assigned(to member: Member?) -> AuditEntry {
    AuditEntry("conversation.assigned", Conversation.subject, id.text, ["name": member?.displayName ?? "", "subject": subject]).shared
  }
}

extension Person {
  /// Whether they answer customers; else they only read.
  var answersCustomers: Bool { role != .viewer }
}
