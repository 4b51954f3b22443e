import Domain
import Postgres

/// How an account elsewhere is reached.
enum ConnectionType: String, CaseIterable, Bindable, FromColumn { case imap, caldav, ics, oauth }

/// How it goes.
enum ConnectionState: String, CaseIterable, Bindable, FromColumn {
  case new, working, failing
  case needsAttention = "needs_attention"
  case off
}

/// An account elsewhere that mails or events come from, as stored (RULES 9.46). What signs in there is sealed, and on no page.
struct ConnectedAccount {
  let id: ID<ConnectedAccount>
  let type: ConnectionType
  let name: String
  /// Of `oauth`: who it is signed in with; else empty.
  let provider: String
  let state: ConnectionState
  /// Failures one after the other.
  let errorCount: Int
  /// The other side's words; may be empty.
  let lastError: String
  let lastSuccessAt: Instant?
  let nextTryAt: Instant?

  /// Where its password or token lies.
  static let secretColumn = SecretColumn(table: "connections", column: "secret", owner: .user)
  /// How many a page shows.
  static let mostShown = 200

  /// Those of the person that the transaction is for, by name.
  static var mine: Query<ConnectedAccount> {
    Query(
      """
      SELECT id, type, name, provider, state, error_count, last_error, last_success_at, next_try_at FROM connections
      WHERE user_id = (SELECT me()) ORDER BY lower(name), id LIMIT \(mostShown)
      """, into: ConnectedAccount.init)
  }
}
