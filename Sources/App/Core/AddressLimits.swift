import Domain
import Postgres

/// An address of which is counted how much goes there.
struct LimitedAddress: Hashable {
  let channel: AgentType
  /// By what it is known: a mail address in its plain form, a keyed hash of a number; empty: it has no limit.
  let key: String
}

/// How much went to some addresses of late, and what may go now (RULES 4.7). Read and written in the transaction that claims messages: whoever claims
/// one for the same address waits meanwhile.
struct AddressLimits {
  private let now: Instant
  private let limits: [AgentType: SendingLimit]
  private var sent: [LimitedAddress: [Sent]] = [:]
  private var counted: [(message: OutboxMessage, address: LimitedAddress)] = []

  private struct Sent {
    let at: Instant
    /// nil: one of before this was noted.
    let message: ID<OutboxMessage>?
  }

  /// - Parameters:
  ///   - addresses: what is said twice, or has no limit, costs nothing.
  ///   - mailSeconds: from one mail about reminders to the next (``Mailer/secondsBetween``); 0: as many as there are.
  init(of addresses: [LimitedAddress], mailSeconds: Int = 0, at now: Instant, _ db: Connection) throws(PostgresError) {
    self.now = now
    limits = mailSeconds > 0 ? [.sms: .sms, .email: .mail(every: mailSeconds)] : [.sms: .sms]
    let known: [AgentType: SendingLimit] = limits
    let places = Set(addresses.filter { known[$0.channel] != nil && !$0.key.utf8.isEmpty })
      .sorted { ($0.channel.rawValue, $0.key) < ($1.channel.rawValue, $1.key) }
    if places.isEmpty { return }
    let (channels, keys) = (places.map(\.channel), places.map(\.key))
    // In one order, so that nobody waits for who waits for them.
    try db.queue([
      """
      SELECT pg_advisory_xact_lock(hashtextextended(c || ' ' || k, 0)) FROM unnest(\(channels), \(keys)) WITH ORDINALITY AS t (c, k, n) ORDER BY n
      """
    ])
    let used = Set(places.map(\.channel)).compactMap { known[$0] }
    let since = now.advanced(seconds: -(used.map(\.memory).max() ?? 0))
    let rows = try db.rows(
      Query<(AgentType, String, Instant, ID<OutboxMessage>?)>(
        tuple: """
          SELECT t.c, t.k, s.at, s.message_id FROM unnest(\(channels), \(keys)) AS t (c, k) CROSS JOIN LATERAL (
            SELECT a.at, a.message_id FROM address_sends a WHERE a.channel = t.c AND a.address_key = t.k AND a.at > \(since)
            ORDER BY a.at DESC LIMIT \(used.map(\.most).max() ?? 0)) s
          """))
    for (channel, key, at, message) in rows {
      sent[LimitedAddress(channel: channel, key: key), default: []].append(Sent(at: at, message: message))
    }
  }

  /// Whether messages for it take turns.
  func holds(_ address: LimitedAddress) -> Bool { limits[address.channel] != nil && !address.key.utf8.isEmpty }

  /// Until when a message waits; nil: it goes now, and counts from here on. What it was counted for before, or whose mail it travelled in, does not
  /// hold it up: it is tried again.
  mutating func wait(_ message: OutboxMessage, to address: LimitedAddress) -> Instant? {
    guard holds(address), let limit = limits[address.channel] else { return nil }
    let others = (sent[address] ?? []).filter { $0.message == nil || $0.message != message.id && $0.message != message.carrier }
    if let end = limit.wait(after: others.map(\.at), at: now) { return end }
    count(message, to: address)
    return nil
  }

  /// It goes now, whatever went before.
  mutating func count(_ message: OutboxMessage, to address: LimitedAddress) {
    sent[address, default: []].append(Sent(at: now, message: message.id))
    counted.append((message: message, address: address))
  }

  /// Writes down what goes.
  func write(_ db: Connection) throws(PostgresError) {
    if counted.isEmpty { return }
    let rows: SQL = .insert(
      into: "address_sends", .each("user_id", counted.map { $0.message.user }),
      .each("channel", counted.map { $0.address.channel }),
      .each("address_key", counted.map { $0.address.key }), .each("message_id", counted.map { $0.message.id }), .all("at", "\(now)"))
    try db.queue(["\(rows) ON CONFLICT DO NOTHING"])
  }

  /// What counts no more.
  static let retention = Retention("address_sends", days: 1) { before in
    "DELETE FROM address_sends WHERE ctid IN (SELECT ctid FROM address_sends WHERE at < \(before) LIMIT \(Chore.slice))"
  }
}
