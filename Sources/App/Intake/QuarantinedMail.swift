import Domain
import HTML
import Postgres
import Web

/// Why a mail is in quarantine; the raw value is stored.
enum QuarantineReason: String, Bindable, FromColumn {
  case empty
  case tooLarge = "too_large"
  case tooManyParts = "too_many_parts"
  case unreadable
  /// The server would not give it out; its words follow.
  case withheld
  /// What the server answered is no mail. Its bytes are what it gave out by count.
  case garbled
  /// What lies in the folder is a link, a pipe or a folder.
  case noFile = "no_file"
  /// The file may not be read.
  case forbidden
  /// Something of ours went wrong.
  case failed
  /// Two workers died while they read it.
  case crash

  init(_ fault: IncomingMail.Fault) {
    switch fault {
    case .empty: self = .empty
    case .tooLarge: self = .tooLarge
    case .tooManyParts: self = .tooManyParts
    case .unreadable: self = .unreadable
    }
  }

  func sentence(_ words: Words) -> String {
    switch self {
    case .empty: words("There is nothing in it.")
    case .tooLarge: words("It is larger than 40 MB.")
    case .tooManyParts: words("It has more than 10,000 parts.")
    case .unreadable: words("Heed cannot tell its parts from each other.")
    case .withheld: words("The mail server would not give it out.")
    case .garbled: words("The mail server's answer could not be understood.")
    case .noFile: words("What lies in the folder is no file.")
    case .forbidden: words("Heed may not read the file.")
    case .failed: words("Something went wrong while it was stored.")
    case .crash: words("Two workers ended while they read it.")
    }
  }
}

/// A mail that came to a channel and cannot be read, or not be stored: kept with its bytes and the reason, for 90 days (RULES 6.22).
struct QuarantinedMail {
  /// Of one that was deleted only the key is kept, so that the same mail stays away; nobody reads its row.
  enum State: String, CaseIterable, Bindable, FromColumn { case waiting, taken }

  let id: ID<QuarantinedMail>
  let channel: ID<DeskChannel>
  let channelName: String
  let at: Instant
  let reason: QuarantineReason
  /// What was said of it; may be empty.
  let detail: String
  /// Of the file, or its UID.
  let name: String
  let size: Int64
  /// They are there; of an empty mail that is none.
  let hasBytes: Bool
  let tries: Int
  let triedAt: Instant?
  let state: State
  let conversation: ID<Conversation>?

  /// What it is about, for the audit log.
  static let subject = "quarantine"

  /// Whether the mail `q` was fetched and has no byte, which no file holds.
  static let isBlank: SQL = "(q.size = 0 AND q.reason = 'empty')"

  /// Of the account that the transaction is for, but for those that were deleted.
  ///
  /// - Parameter which: a condition on `q`, and their order.
  static func ours(_ which: SQL) -> Query<QuarantinedMail> {
    Query(
      """
      SELECT q.id, q.channel_id AS channel, c.name AS channel_name, q.at, q.reason, q.detail, q.name, q.size, q.raw IS NOT NULL OR \(isBlank) AS has_bytes,
        q.tries, q.tried_at, q.state, q.conversation_id AS conversation
      FROM quarantine q JOIN channels c ON c.id = q.channel_id
      WHERE q.account_id = (SELECT my_account()) AND q.state <> 'deleted' AND \(which)
      """, into: QuarantinedMail.init)
  }

  /// Stores one with its bytes. The same once more changes nothing.
  ///
  /// - Parameters:
  ///   - bytes: nil: they were not fetched.
  ///   - size: what it would have, then.
  static func keeping(
    _ bytes: [UInt8]?, _ name: String, _ reason: QuarantineReason, _ detail: String, size: Int, of channel: DeskChannel, at now: Instant
  ) -> [SQL] {
    let isThere = bytes.map { !$0.isEmpty } ?? false
    let digest = bytes.flatMap { isThere ? Keys.sha256($0) : nil }
    var statements: [SQL] = [
      """
      INSERT INTO quarantine (id, account_id, channel_id, key, at, reason, detail, name, size, raw)
      VALUES (\(ID<QuarantinedMail>.new(at: now)), \(channel.account), \(channel.id), \(digest ?? Keys.sha256(Array(name.utf8))), \(now), \(reason),
        \(Intake.short(detail, 300)), \(name), \(bytes?.count ?? size), \(digest))
      ON CONFLICT (channel_id, key) DO NOTHING
      """
    ]
    // Not of one that was deleted, or taken, before it came again.
    if let bytes, let digest {
      let isKept: SQL = "EXISTS (SELECT FROM quarantine WHERE channel_id = \(channel.id) AND key = \(digest) AND raw IS NOT NULL)"
      statements.append(Intake.file(bytes, digest, of: channel.account, where: isKept))
    }
    return statements
  }

  static let retention = Retention("quarantine", days: 90) { before in
    "DELETE FROM quarantine WHERE id IN (SELECT id FROM quarantine WHERE id < \(ID<QuarantinedMail>.first(from: before)) LIMIT \(Chore.slice))"
  }
}
