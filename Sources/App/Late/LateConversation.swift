import Domain
import HTML
import Postgres

/// A conversation whose customer waits too long and of which nobody was told.
struct LateConversation {
  let id: ID<Conversation>
  let account: ID<Account>
  let channel: ID<DeskChannel>
  let channelName: String
  let timezone: String
  /// Its channel is there.
  let isChannelThere: Bool
  let profile: ID<EscalationProfile>?
  let assignee: ID<User>?
  let lateAt: Instant
  let subject: String
  let customerName: String
  let customerAddress: String?

  /// Which conversations are owed something: the same in every statement here and in `overdue.late`.
  static let owed: SQL = """
    v.late_at IS NOT NULL AND v.late_told_at IS NULL AND v.merged_into IS NULL AND v.state IN ('open', 'waiting')
    """

  static func query(_ ids: [ID<Conversation>]) -> Query<LateConversation> {
    Query(
      """
      SELECT v.id, v.account_id AS account, v.channel_id AS channel, c.name AS channel_name, c.timezone, c.deleted_at IS NULL AS is_channel_there,
        c.profile_id AS profile, v.assignee_id AS assignee, v.late_at, v.subject, u.name AS customer_name,
        (SELECT a.address FROM customer_addresses a WHERE a.customer_id = u.id ORDER BY a.address_key LIMIT 1) AS customer_address
      FROM conversations v JOIN channels c ON c.id = v.channel_id JOIN customers u ON u.id = v.customer_id
      WHERE v.id = ANY (\(ids)) ORDER BY v.late_at, v.id
      """, into: LateConversation.init)
  }

  /// "Ana Souza: Delivery".
  func title(_ words: Words) -> String {
    let about = subject.utf8.isEmpty ? words("Without a subject") : subject
    return Customer.title(customerName, customerAddress) + ": " + about
  }
}

/// Somebody of an account, as far as it matters who is told.
struct DutyMember {
  let id: ID<User>
  let account: ID<Account>
  let role: Role
  let awayUntil: Instant?
  let timezone: String
  let language: Language

  /// Oldest first: the first owner is the one who is told where nobody else is.
  static func query(_ accounts: [ID<Account>]) -> Query<DutyMember> {
    Query(
      """
      SELECT id, account_id AS account, role, away_until, timezone, language FROM users WHERE account_id = ANY (\(accounts)) ORDER BY created_at, id
      """, into: DutyMember.init)
  }

  /// Whoever may only read answers nobody.
  var presence: Rota<ID<User>>.Presence {
    if role == .viewer { return .gone }
    return awayUntil.map { .away(until: $0) } ?? .present
  }
}

/// The reminder of whoever is told, as it reads.
struct LateText {
  private let words: Words
  private let origin: String

  /// Bytes of a description that names several.
  private static let most = 12_000

  init(_ words: Words, origin: String) { (self.words, self.origin) = (words, origin) }

  func title(_ late: LateConversation) -> String {
    LateText.short(words("Late: {title}", ["title": late.title(words)]))
  }

  func title(of count: Int, in channel: String) -> String {
    LateText.short(
      words.count("{n} customer of {channel} waits too long", "{n} customers of {channel} wait too long", count, ["channel": channel]))
  }

  /// Markdown.
  func description(_ late: LateConversation) -> String {
    "[\(words("Open the conversation"))](\(origin + Paths.conversation(late.id).text))"
  }

  /// Names all, as far as they fit.
  func description(of all: [LateConversation]) -> String {
    var text = ""
    for (place, late) in all.enumerated() {
      let line = "- [\(LateText.plain(late.title(words)))](\(origin + Paths.conversation(late.id).text))\n"
      if text.utf8.count + line.utf8.count > LateText.most {
        return text + "\n" + words("and {n} more", ["n": String(all.count - place)])
      }
      text += line
    }
    return text
  }

  /// One line of a reminder's title.
  static func short(_ text: String) -> String {
    let line = text.unicodeScalars.map { (scalar: Unicode.Scalar) -> Unicode.Scalar in
      let breaks = scalar.value < 32 || (127...159).contains(scalar.value) || scalar.value == 0x2028 || scalar.value == 0x2029
      return breaks ? " " : scalar
    }
    return String(String.UnicodeScalarView(line.prefix(200)))
  }

  /// What a customer wrote is no markup, and short.
  private static func plain(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in short(text).unicodeScalars.prefix(120) {
      let isMark =
        scalar.isASCII && (33...126).contains(scalar.value) && !scalar.properties.isAlphabetic && scalar.properties.numericType == nil
      if isMark { out.append("\\") }
      out.append(scalar)
    }
    return String(out)
  }
}
