import Domain
import Net
import Postgres

/// A way by which customers write to an account and are answered: an address or a shop's webhook. A ``Channel`` is a way by which Heed reaches its own
/// people.
struct DeskChannel {
  enum Kind: String, CaseIterable, Bindable, FromColumn {
    case email, chat, shopify, slack

    /// How answers leave.
    var way: AgentType { self == .email ? .email : .webhook }
  }

  /// How its messages come.
  enum Inbound: String, CaseIterable, Bindable, FromColumn { case webhook, maildir, imap }

  enum Security: String, CaseIterable, Bindable, FromColumn { case tls, starttls }

  /// When a customer is told at once that the message has come.
  enum Acknowledgement: String, CaseIterable, Bindable, FromColumn { case never, closed, always }

  /// How it stands.
  enum State: String { case working, failing, off }

  let id: ID<DeskChannel>
  let account: ID<Account>
  let name: String
  let type: Kind
  let externalID: String
  /// Of an e-mail channel alone.
  let address: String?
  let aliases: [String]
  let inbound: Inbound
  /// Below `HEED_MAILDIRS`.
  let folder: String
  let imapHost: String
  let imapPort: Int?
  let imapSecurity: Security
  let imapUser: String
  /// Sealed.
  let imapPassword: [UInt8]?
  let imapFolder: String
  /// Empty: the site's server.
  let smtpHost: String
  let smtpPort: Int?
  let smtpSecurity: Security
  let smtpUser: String
  /// Sealed.
  let smtpPassword: [UInt8]?
  /// Where answers go that do not leave by mail.
  let outboundURL: String?
  /// Sealed.
  let secret: [UInt8]
  /// Markdown.
  let signature: String
  let language: Language
  let timezone: String
  /// Working minutes in which an answer is owed; nil: nothing is ever late.
  let targetMinutes: Int?
  /// As ``OpeningHours/text(_:)`` writes them in English.
  let hours: String
  let closedOn: [Day]
  let profile: ID<EscalationProfile>?
  /// Markdown.
  let acknowledge: String
  let acknowledgeWhen: Acknowledgement
  let autoDraft: Bool
  let trustsSpam: Bool
  let isEnabled: Bool
  let version: Int
  let revision: Int
  let lastLookAt: Instant?
  let lastGoodAt: Instant?
  let lastMessageAt: Instant?
  let failingSince: Instant?
  let error: String

  /// What it is about, for the audit log.
  static let subject = "channel"
  static let secretColumn = SecretColumn(table: "channels", column: "secret", owner: .account)
  static let oldSecretColumn = SecretColumn(table: "channels", column: "old_secret", owner: .account)
  static let imapPasswordColumn = SecretColumn(table: "channels", column: "imap_password", owner: .account)
  static let smtpPasswordColumn = SecretColumn(table: "channels", column: "smtp_password", owner: .account)

  /// Whatever condition holds of `c`, whoever asks.
  static func query(_ which: SQL) -> Query<DeskChannel> {
    Query(
      """
      SELECT c.id, c.account_id AS account, c.name, c.type, c.external_id, c.address, c.aliases, c.inbound, c.folder, c.imap_host, c.imap_port,
        c.imap_security, c.imap_user, c.imap_password, c.imap_folder, c.smtp_host, c.smtp_port, c.smtp_security, c.smtp_user, c.smtp_password,
        c.outbound_url, c.secret, c.signature, c.language, c.timezone, c.target_minutes, c.hours, c.closed_on, c.profile_id AS profile, c.acknowledge,
        c.acknowledge_when, c.auto_draft, c.trusts_spam, c.enabled AS is_enabled, c.version, c.revision, s.last_look_at, s.last_good_at,
        s.last_message_at, s.failing_since, s.error
      FROM channels c JOIN channel_states s ON s.channel_id = c.id WHERE \(which)
      """, into: DeskChannel.init)
  }

  /// Channels of the account that the transaction is for; those that were deleted are not there.
  ///
  /// - Parameter which: a condition on `c`, and their order.
  static func ours(_ which: SQL) -> Query<DeskChannel> {
    query("c.account_id = (SELECT my_account()) AND c.deleted_at IS NULL AND \(which)")
  }

  /// A mailbox that nobody could look into for so many seconds is failing (RULES 6.23).
  static let patience: Int64 = 900

  func state(at now: Instant) -> State {
    if !isEnabled { return .off }
    guard inbound != .webhook, failingSince != nil, let good = lastGoodAt else { return .working }
    return good.advanced(seconds: DeskChannel.patience) <= now ? .failing : .working
  }

  /// Its address and aliases.
  var addresses: [String] { [address].compactMap(\.self) + aliases }

  /// Its working time.
  func clock(_ zones: Zones) -> WorkClock {
    WorkClock(OpeningHoursReading(hours).hours ?? .always, in: zones.zone(timezone) ?? .utc, closed: Set(closedOn))
  }

  /// By when somebody who wrote then is answered; nil: nothing is owed.
  func lateAt(_ waitingSince: Instant, _ zones: Zones) -> Instant? {
    targetMinutes.flatMap { clock(zones).instant(after: waitingSince, minutes: $0) }
  }
}
