import Domain
import Net
import Postgres
import Web

/// Fetches the files that a webhook named by their addresses, one after the other, through the address guard (RULES 6.20).
enum AttachmentFetch {
  static let name = "attachments.fetch"
  /// For each, from the name look-up to the last byte.
  private static let milliseconds = 15_000

  /// A file that is still to be fetched, and how many bytes of its message are kept.
  private struct Target {
    let id: ID<DeskFile>
    let account: ID<Account>
    let url: String
    let kept: Int64

    static func next(of message: ID<DeskMessage>) -> Query<Target> {
      Query(
        """
        SELECT a.id, a.account_id AS account, coalesce(a.url, '') AS url,
          (SELECT coalesce(sum(k.size), 0)::bigint FROM attachments k WHERE k.message_id = a.message_id AND k.state = 'kept') AS kept
        FROM attachments a WHERE a.message_id = \(message) AND a.state = 'asked' ORDER BY a.n LIMIT 1
        """, into: Target.init)
    }

    /// How many of its bytes would be kept.
    var room: Int { max(MailAttachment.mostBytes - Int(clamping: kept), 0) }
  }

  /// Its place is the message. A step takes what came for the first file that was asked for, and asks for the next.
  static let kind = JobKind(name) { run, bench, now in
    guard let message = ID<DeskMessage>(run.place) else { return .done }
    if let answer = run.answer, let file = try bench.db.row(Target.next(of: message)) {
      try take(answer, file, bench.db)
      run.done += 1
    }
    while let file = try bench.db.row(Target.next(of: message)) {
      if file.room == 0 {
        try bench.db.run(ended(file, "large"))
        continue
      }
      do throws(NetError) {
        return .transfer(try HTTPRequest(.get, file.url, milliseconds: milliseconds, bytes: file.room))
      } catch {
        try bench.db.run(ended(file, "failed"))
      }
    }
    return .done
  }

  private static func take(_ answer: HTTPOutcome, _ file: Target, _ db: Connection) throws(PostgresError) {
    guard case .response(let response) = answer, response.status == 200 else {
      try db.run(ended(file, "failed"))
      return
    }
    if response.isTruncated {
      try db.run(ended(file, "large"))
      return
    }
    let digest = Keys.sha256(response.body)
    try db.runAll([
      "UPDATE attachments SET state = 'kept', size = \(response.body.count), sha256 = \(digest) WHERE id = \(file.id) AND state = 'asked'",
      // Its message may have been emptied meanwhile.
      Intake.file(
        response.body, digest, of: file.account, where: "EXISTS (SELECT FROM attachments WHERE id = \(file.id) AND sha256 = \(digest))"),
    ])
  }

  private static func ended(_ file: Target, _ state: String) -> SQL {
    "UPDATE attachments SET state = \(state) WHERE id = \(file.id) AND state = 'asked'"
  }
}
