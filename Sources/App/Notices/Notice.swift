import Domain
import Postgres

/// Something that somebody is told of their work at the desk. Most are written by triggers, where the timeline of a conversation says the same; whatever
/// else happens says so by ``adding(_:to:of:about:by:_:at:)``.
struct Notice {
  enum Kind: String, CaseIterable, Bindable, FromColumn {
    case draftReady = "draft_ready"
    case assigned, mention, late
    case sendFailed = "send_failed"
    case bounced
    case jobFailed = "job_failed"
    case channelFailing = "channel_failing"
    /// So much comes at once that no more drafts are written.
    case flood
  }

  let id: ID<Notice>
  let kind: Kind
  let conversation: ID<Conversation>?
  let channel: ID<DeskChannel>?
  let job: ID<Job>?
  let actorName: String
  /// What it is about where nothing else says it: a kind of job, how a sending ended.
  let words: String
  let at: Instant
  let readAt: Instant?
  /// Of its conversation, as it is now.
  let subject: String?
  let customer: String?
  let channelName: String?

  /// What somebody is told who never said what: drafts that are ready are many.
  static let usual = Kind.allCases.filter { $0 != .draftReady }

  /// Of the person that the transaction is for, in their account.
  static func mine(_ which: SQL) -> Query<Notice> {
    Query(
      """
      SELECT n.id, n.kind, n.conversation_id AS conversation, n.channel_id AS channel, n.job_id AS job, n.actor_name, n.words, n.at, n.read_at,
        v.subject, (SELECT u.name FROM customers u WHERE u.id = v.customer_id) AS customer,
        (SELECT c.name FROM channels c WHERE c.id = coalesce(n.channel_id, v.channel_id)) AS channel_name
      FROM notifications n LEFT JOIN conversations v ON v.id = n.conversation_id
      WHERE n.user_id = (SELECT me()) AND n.account_id = (SELECT my_account()) AND \(which)
      """, into: Notice.init)
  }

  /// How many are unread, at most 100: also where no channel was ever made, of jobs that failed.
  static var unread: Query<Int> { Query(column: "SELECT (notice_numbers())[1]") }

  /// Tells whoever of these people wants to hear of it.
  static func adding(
    _ kind: Kind, to people: [ID<User>], of account: ID<Account>, about conversation: ID<Conversation>? = nil,
    channel: ID<DeskChannel>? = nil, by actor: String = "", _ words: String = "", at now: Instant
  ) -> SQL {
    "SELECT door.notify(\(account), \(people), \(kind), \(conversation)::uuid, \(channel)::uuid, \(actor), \(words), \(now))"
  }
}

/// Whom a note names: `@` and a name, or what stands before the `@` of an address.
enum Mentions {
  static func of(_ note: String, among members: [Member], but author: ID<User>) -> [ID<User>] {
    let text = Array(note.utf8.map(ASCII.lower))
    return members.filter { member in
      guard member.id != author else { return false }
      let local = member.email.utf8.split(separator: UInt8(ascii: "@"), maxSplits: 1).first.map { Array($0) } ?? []
      let name = Array(member.displayName.utf8)
      let first = Array(name.split(separator: 32).first ?? [])
      return [name, name.filter { $0 != 32 }, first, local].contains { holds(text, $0.map(ASCII.lower)) }
    }.map(\.id)
  }

  /// Whether the text has `@` and these letters as a word of its own.
  private static func holds(_ text: [UInt8], _ name: [UInt8]) -> Bool {
    guard !name.isEmpty else { return false }
    for start in text.indices where text[start] == UInt8(ascii: "@") {
      if start > 0, isLetter(text[start - 1]) { continue }
      let rest = text[(start + 1)...]
      if rest.starts(with: name), !(rest.dropFirst(name.count).first.map(isLetter) ?? false) { return true }
    }
    return false
  }

  /// Of a word; bytes of other scripts and of letters with accents are.
  private static func isLetter(_ byte: UInt8) -> Bool {
    byte >= 128 || (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte) || byte == UInt8(ascii: "_")
  }
}
