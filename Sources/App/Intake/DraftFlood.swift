import Domain
import Postgres
import Web

/// So much within an hour that no more drafts are asked for: from one address (RULES 6.15), from people of one domain that is no large provider's, or in
/// one channel (6.51). Every message is kept, the timeline of its conversation says why it has no draft, and members are told once of each flood.
struct DraftFlood {
  enum Kind: String, Bindable { case address, domain, channel }

  /// So many messages of an address in an hour get drafts, and of the people of a domain.
  static let perAddress = 10
  static let perDomain = 30
  /// So many drafts a channel has in an hour.
  static let perChannel = 200

  let kind: Kind
  /// What it comes from, by a hash: a domain may be a person's name.
  private let key: [UInt8]
  private let account: ID<Account>
  private let channel: ID<DeskChannel>

  private init(_ kind: Kind, of name: String, in channel: DeskChannel) {
    (self.kind, account, self.channel) = (kind, channel.account, channel.id)
    key = Keys.sha256(Array("\(kind.rawValue) \(name)".utf8))
  }

  /// Whether the message that a customer wrote at this moment, which is stored, is one too many.
  ///
  /// Of two at once that could be the last with a draft the second counts the first: messages of one address wait for each other since their customer was
  /// looked up, those of one channel since it noted the last, those of one domain here.
  ///
  /// - Parameter domain: the sender's; nil: none that counts.
  static func find(_ customer: ID<Customer>, _ domain: String?, in channel: DeskChannel, at now: Instant, _ db: Connection)
    throws(PostgresError) -> DraftFlood?
  {
    let (since, account) = (now.advanced(hours: -1), channel.account)
    let counted: String? = domain.flatMap { MailProviders.isLarge($0) ? nil : $0 }
    if let counted {
      try db.queue(["SELECT pg_advisory_xact_lock(hashtextextended(\(account.text + " " + counted), 2))"])
    }
    let counts = try db.row(
      Query<(Int, Int, Int)>(
        tuple: """
          SELECT
            (SELECT count(*) FROM (
              SELECT 1 FROM messages WHERE customer_id = \(customer) AND arrived_at > \(since) AND direction = 'inbound'
              LIMIT \(perAddress + 1)) a) AS address,
            (SELECT count(*) FROM (
              SELECT 1 FROM messages WHERE account_id = \(account) AND sender_domain = \(counted) AND arrived_at > \(since)
              LIMIT \(perDomain + 1)) b) AS domain,
            (SELECT count(*) FROM (
              SELECT 1 FROM drafts WHERE channel_id = \(channel.id) AND asked_at > \(since) LIMIT \(perChannel)) c) AS channel
          """))
    guard let (ofAddress, ofDomain, ofChannel) = counts else { return nil }
    if ofAddress > perAddress { return DraftFlood(.address, of: customer.text, in: channel) }
    if ofDomain > perDomain, let counted { return DraftFlood(.domain, of: counted, in: channel) }
    return ofChannel >= perChannel ? DraftFlood(.channel, of: channel.id.text, in: channel) : nil
  }

  /// Counts a message too many: the first of a flood tells members (trigger `draft_floods_notify`). It is over when none came for an hour.
  func counting(in conversation: ID<Conversation>, at now: Instant) -> SQL {
    let isOver: SQL = "f.last_at <= \(now.advanced(hours: -1))"
    return """
      INSERT INTO draft_floods AS f (account_id, key, kind, channel_id, conversation_id, messages, last_at)
      VALUES (\(account), \(key), \(kind), \(channel), \(conversation), 1, \(now))
      ON CONFLICT (account_id, key) DO UPDATE SET channel_id = CASE WHEN \(isOver) THEN excluded.channel_id ELSE f.channel_id END,
        conversation_id = CASE WHEN \(isOver) THEN excluded.conversation_id ELSE f.conversation_id END,
        messages = CASE WHEN \(isOver) THEN 1 ELSE f.messages + 1 END, last_at = greatest(f.last_at, excluded.last_at)
      """
  }

  static let retention = Retention("draft_floods", days: 1) { before in
    """
    DELETE FROM draft_floods WHERE (account_id, key) IN (
      SELECT account_id, key FROM draft_floods WHERE last_at < \(before) LIMIT \(Chore.slice))
    """
  }
}
