import Domain
import Postgres
import Web

/// What a key may be used for.
enum APIScope: String, CaseIterable {
  case pull = "notifications:pull"
  case act = "reminders:act"
  case planner = "planner:write"
}

/// A key by which another program asks for what is a person's, as the page of keys shows it. The key itself is nowhere: its hash is.
struct APIKey {
  let id: ID<APIKey>
  let name: String
  /// Its beginning, by which people know it.
  let prefix: String
  let scopes: [String]
  let expiresAt: Instant?
  let createdAt: Instant
  let usedAt: Instant?
  let revokedAt: Instant?

  /// Most good keys of a person, and most keys that the page shows.
  static let (most, mostShown) = (50, 200)
  /// Bytes of a key, and how many of them are its beginning.
  static let (length, prefixLength) = (48, 13)

  /// A new key: 256 random bits, after a word by which programs that look for leaked keys find it.
  static func newKey() -> String { "heed_" + Bytes.base64url(Keys.random(32)) }

  /// What the table holds of a key.
  static func hash(_ key: String) -> [UInt8] { Keys.sha256(Array(key.utf8)) }

  /// Whether it works.
  func isGood(at now: Instant) -> Bool { revokedAt == nil && (expiresAt.map { now < $0 } ?? true) }

  /// Those of whoever owns the transaction: good ones first, the newest first.
  static func mine(at now: Instant) -> Query<APIKey> {
    Query(
      """
      SELECT id, name, prefix, scopes, expires_at, created_at, used_at, revoked_at FROM api_keys WHERE user_id = me()
      ORDER BY (revoked_at IS NULL AND (expires_at IS NULL OR expires_at > \(now))) DESC, id DESC LIMIT \(mostShown)
      """, into: APIKey.init)
  }

  /// Those that work no more, for a while: the page says since when.
  static let retention = Retention("api_keys", days: 90) { before in
    """
    DELETE FROM api_keys WHERE id IN (SELECT id FROM api_keys
      WHERE revoked_at < \(before) OR expires_at < \(before) LIMIT \(Chore.slice))
    """
  }
}
