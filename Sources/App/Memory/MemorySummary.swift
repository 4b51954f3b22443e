import Domain
import Postgres

/// What came of a session, a day or a week, as stored (RULES 8.13, 8.30).
struct MemorySummary {
  /// What it is about; the words are the contract's.
  enum Kind: String, CaseIterable, Bindable, FromColumn { case session, daily, weekly }
  /// Who wrote its words.
  enum Written: String, Bindable, FromColumn { case rules, model, person }

  let id: ID<MemorySummary>
  let chat: String
  let type: Kind
  /// "2027-03-01", "2027-W09", the id of a session.
  let period: String
  let fromAt: Instant
  let untilAt: Instant
  /// By whose clock it was cut.
  let zone: String
  let weekStart: Weekday
  /// JSON (``MemoryFactText``).
  let facts: String
  /// Empty: the rule's words stand.
  let text: String
  let written: Written
  let updatedAt: Instant
  let version: Int
  let revision: Int

  /// What it is about, for the audit log.
  static let subject = "summary"
  /// Of days and weeks: what was done in whichever chat.
  static let everywhere = "all"

  /// Those of the person that the transaction is for; deleted ones are not there.
  ///
  /// - Parameter which: a condition on `s`, and their order.
  static func mine(_ which: SQL) -> Query<MemorySummary> {
    Query(
      """
      SELECT s.id, s.chat, s.type, s.period, s.from_at, s.until_at, s.zone, s.week_start, s.facts::text AS facts, s.text, s.written,
        s.updated_at, s.version, s.revision
      FROM memory_summaries s WHERE s.user_id = (SELECT me()) AND s.deleted_at IS NULL AND \(which)
      """, into: MemorySummary.init)
  }
}

/// Marks the ids of sessions in chats.
enum MemorySession {}
