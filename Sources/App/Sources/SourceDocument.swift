import Domain
import Postgres

/// Something that an account has written for its customers, from which drafts quote: pasted, sent as a file, or fetched from its address.
struct SourceDocument {
  /// How often its address is looked at.
  enum Refresh: String, CaseIterable, Bindable, FromColumn { case never, daily, weekly }

  /// How it stands, in the order in which it matters.
  enum State: String { case off, fetching, failing, stale, fresh }

  let id: ID<SourceDocument>
  let title: String
  let url: String?
  /// Markdown.
  let text: String
  let language: Language
  let refresh: Refresh
  let isEnabled: Bool
  /// A worker is to fetch it since then.
  let askedAt: Instant?
  /// The last good look at its address.
  let checkedAt: Instant?
  let indexedAt: Instant
  let failingSince: Instant?
  /// Why the last look failed: a ``SourceFailure`` and a detail.
  let error: String
  let passages: Int
  let version: Int
  let revision: Int
  let isStale: Bool

  /// What it is about, for the audit log.
  static let subject = "source"
  /// Bytes of its text.
  static let longest = 262_144

  /// Sources of the account that the transaction is for; those that were deleted are not there.
  ///
  /// - Parameter which: a condition on `s`, and their order.
  static func ours(_ which: SQL, at now: Instant) -> Query<SourceDocument> {
    Query(
      """
      SELECT s.id, s.title, s.url, s.text, s.language, s.refresh, s.enabled AS is_enabled, s.asked_at, s.checked_at, s.indexed_at, s.failing_since,
        s.error, s.passages, s.version, s.revision, source_is_stale(s.refresh, s.checked_at, s.indexed_at, \(now)) AS is_stale
      FROM sources s WHERE s.account_id = (SELECT my_account()) AND s.deleted_at IS NULL AND \(which)
      """, into: SourceDocument.init)
  }

  /// How many drafts quote it, at most a thousand.
  static func used(_ id: ID<SourceDocument>) -> Query<Int> {
    Query(
      column: """
        SELECT count(*) FROM (
          SELECT DISTINCT draft_id FROM draft_sources WHERE account_id = (SELECT my_account()) AND source_id = \(id) LIMIT 1000) x
        """)
  }

  var state: State {
    if !isEnabled { return .off }
    if askedAt != nil, passages == 0, failingSince == nil { return .fetching }
    if failingSince != nil { return .failing }
    return isStale ? .stale : .fresh
  }
}

/// A passage as the page of its source shows it.
struct StoredPassage {
  let n: Int
  let heading: String
  let text: String

  /// As many as a page shows.
  static let shown = 40

  static func of(_ source: ID<SourceDocument>) -> Query<StoredPassage> {
    Query(
      """
      SELECT n::integer, heading, text FROM passages
      WHERE source_id = \(source) AND account_id = (SELECT my_account()) ORDER BY n LIMIT \(StoredPassage.shown)
      """, into: StoredPassage.init)
  }
}

extension Person {
  /// Whether they may change what drafts quote from.
  var changesSources: Bool { role == .admin || role == .owner }
}
