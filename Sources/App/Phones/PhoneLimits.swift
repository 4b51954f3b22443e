import Domain
import Postgres

/// How much went to some numbers of late, and what may go now (RULES 4.7). Read and written in the transaction that claims messages: whoever claims one
/// for the same number waits meanwhile.
struct PhoneLimits {
  private let now: Instant
  private var sent: [String: [Instant]] = [:]
  private var counted: [(user: ID<User>, key: String)] = []

  /// - Parameter keys: of the numbers (``Phone/key(_:_:)``); what is said twice or empty counts once or not at all.
  init(of keys: [String], at now: Instant, _ db: Connection) throws(PostgresError) {
    self.now = now
    let numbers = Set(keys).filter { !$0.utf8.isEmpty }.sorted()
    if numbers.isEmpty { return }
    // In one order, so that nobody waits for who waits for them.
    try db.run(
      "SELECT pg_advisory_xact_lock(hashtextextended('sms ' || k, 0)) FROM unnest(\(numbers)) WITH ORDINALITY AS t (k, n) ORDER BY n")
    let since = now.advanced(seconds: -SMSLimit.memory)
    let rows = try db.rows(
      Query<(String, Instant)>(tuple: "SELECT number_key, at FROM sms_sends WHERE number_key = ANY (\(numbers)) AND at > \(since)"))
    for (key, at) in rows { sent[key, default: []].append(at) }
  }

  /// Until when a message waits; nil: it goes now, and counts from here on.
  mutating func wait(_ key: String, for user: ID<User>) -> Instant? {
    if let end = SMSLimit.wait(after: sent[key] ?? [], at: now) { return end }
    sent[key, default: []].append(now)
    counted.append((user, key))
    return nil
  }

  /// Writes down what goes.
  func write(_ db: Connection) throws(PostgresError) {
    if counted.isEmpty { return }
    let rows: SQL = .insert(
      into: "sms_sends", .each("user_id", counted.map { $0.user }), .each("number_key", counted.map { $0.key }), .all("at", "\(now)"))
    try db.run("\(rows) ON CONFLICT DO NOTHING")
  }

  /// What counts no more.
  static let retention = Retention("sms_sends", days: 1) { before in
    "DELETE FROM sms_sends WHERE ctid IN (SELECT ctid FROM sms_sends WHERE at < \(before) LIMIT \(Chore.slice))"
  }
}
