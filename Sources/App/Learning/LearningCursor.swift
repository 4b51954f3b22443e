import Domain
import HTML
import Postgres
import Web

/// Where whoever reads the export goes on: behind a sample, in the order in which transactions ended as far as that is certain. `TX.ID`.
///
/// Samples of two transactions are told apart by the number of the transaction, which it gets when it begins to write: one with a lower number may end
/// later. So what is not older than every transaction that is still under way is given to nobody yet; of what has been given out none can come before.
/// Rejected: times, of which two may be the same, and which a transaction has long before it ends.
struct LearningCursor: Equatable {
  let tx: UInt64
  let id: ID<LearningSample>

  init(tx: UInt64, id: ID<LearningSample>) { (self.tx, self.id) = (tx, id) }

  /// nil: it is none.
  init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 2, (1...20).contains(parts[0].count), parts[0].allSatisfy({ (48...57).contains($0) }),
      let tx = UInt64(String(Substring(parts[0]))), let id = ID<LearningSample>(String(Substring(parts[1])))
    else { return nil }
    self.init(tx: tx, id: id)
  }

  var text: String { "\(tx).\(id.text)" }

  /// Whether a sample of `s` is given out, and stands behind it.
  static func behind(_ cursor: LearningCursor?) -> SQL {
    var isBehind: SQL = "true"
    if let cursor { isBehind = "(s.tx, s.id) > (\(String(cursor.tx))::text::xid8, \(cursor.id)::uuid)" }
    return "s.tx < pg_snapshot_xmin(pg_current_snapshot()) AND \(isBehind)"
  }
}
