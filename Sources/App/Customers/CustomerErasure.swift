import Domain
import Postgres

/// Empties what an erased customer has left (RULES 6.17): at once where that is little, else step by step. From the first moment nothing leaves and nobody
/// finds them; what has been emptied is done, so a job whose worker is killed goes on behind its last step.
enum CustomerErasure {
  /// So many messages are emptied within the request.
  static let mostAtOnce = 1_000
  /// Messages of a step.
  private static let most = 200

  /// What is still to be emptied, and of how many messages.
  private struct Bookmark {
    let customer: ID<Customer>
    let messages: Int
    /// In the words of the database; empty at first.
    var next = ""

    init(_ customer: ID<Customer>, messages: Int) { (self.customer, self.messages) = (customer, messages) }

    init?(_ text: String) {
      let parts = text.split(separator: " ", maxSplits: 2)
      guard parts.count >= 2, let customer = ID<Customer>(parts[0]), let messages = Int(parts[1]) else { return nil }
      (self.customer, self.messages) = (customer, messages)
      if parts.count > 2 { next = String(parts[2]) }
    }

    var text: String { "\(customer.text) \(messages)" + (next.utf8.isEmpty ? "" : " " + next) }

    /// Empties some more.
    ///
    /// - Returns: how many messages; whether there is more.
    mutating func step(_ now: Instant, _ db: Connection) throws -> (done: Int, hasMore: Bool) {
      let row: (String?, Int)? = try db.row(
        Query(tuple: "SELECT next, done FROM door.erase_more(\(customer), \(next), \(CustomerErasure.most), \(now))"))
      next = row?.0 ?? ""
      return (row?.1 ?? 0, row?.0 != nil)
    }
  }

  static let kind = JobKind(JobType.erase.rawValue) { run, bench, now in
    guard var place = Bookmark(run.place) else { return .failed("there is no customer in its place") }
    run.total = place.messages
    let (done, hasMore) = try place.step(now, bench.db)
    run.done += done
    run.count("messages", done)
    run.place = place.text
    return hasMore ? .again : .done
  }

  /// For a customer of whom nothing leaves any more.
  ///
  /// - Returns: whether all is done; else a job does it.
  static func begin(_ customer: ID<Customer>, of account: ID<Account>, messages: Int, now: Instant, _ db: Connection) throws -> Bool {
    var place = Bookmark(customer, messages: messages)
    if messages > mostAtOnce {
      try db.queue([Job.asking(for: JobType.erase.rawValue, key: customer.text, at: place.text, of: account, now: now)])
      return false
    }
    while try place.step(now, db).hasMore {}
    return true
  }
}
