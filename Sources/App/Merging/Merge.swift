import Domain
import HTML
import Postgres
import Web

/// Two people who were made one, as stored: whoever was merged lies in the trash, and their page leads to the other (RULES 9.16).
struct Merge {
  let id: ID<Merge>
  let survivor: ID<KnownPerson>
  let merged: ID<KnownPerson>
  let at: Instant
  let isUndone: Bool

  /// So long it can be taken back.
  static let days: Int64 = 30

  /// Those of the person that the transaction is for.
  ///
  /// - Parameter which: a condition on `m`, and their order.
  static func mine(_ which: SQL) -> Query<Merge> {
    Query(
      """
      SELECT m.id, m.survivor, m.merged, m.at, m.undone_at IS NOT NULL AS undone FROM merges m WHERE m.user_id = (SELECT me()) AND \(which)
      """, into: Merge.init)
  }

  /// Whether its time to be taken back has passed.
  func isOver(_ now: Instant) -> Bool { now >= at.advanced(days: Merge.days) }

  /// Where a post takes it back.
  var undo: Path { Paths.undo(ID<PlannerUndo>(high: id.high, low: id.low)) }
}

/// Why two people cannot be made one, or two again.
enum MergeRefusal: Refusal, Equatable {
  /// Somebody was merged meanwhile: who, and into whom.
  case merged(String, into: String)
  case already
  case over

  func sentence(_ words: Words) -> String {
    switch self {
    case .merged(let name, let survivor): words("“{name}” is merged into “{survivor}” already.", ["name": name, "survivor": survivor])
    case .already: words("This was taken back already.")
    case .over: words("People who were merged can be taken apart for 30 days, and they are over.")
    }
  }
}

/// Who is to be merged, and in which state they are.
struct MergeEnd {
  let id: ID<KnownPerson>
  let name: String
  let isDeleted: Bool
  let mergedInto: ID<KnownPerson>?

  /// Locked in the order of their ids, so that of two merges at once one waits and finds what the other did.
  static func locking(_ ids: [ID<KnownPerson>]) -> Query<MergeEnd> {
    Query(
      """
      SELECT p.id, p.name, p.deleted_at IS NOT NULL AS deleted, p.merged_into FROM people p
      WHERE p.id = ANY (\(ids)) AND p.user_id = (SELECT me()) ORDER BY p.id FOR UPDATE
      """, into: MergeEnd.init)
  }
}
