import Domain
import HTML
import Net
import Postgres

/// A channel's test that is claimed.
private struct PendingDeskTest {
  let message: OutboxMessage
  let channel: ID<DeskChannel>
  let email: String
  let name: String
  let isVerified: Bool
  /// Whether they are of the account still.
  let isHere: Bool
  let language: Language

  static func query(_ ids: [ID<OutboxMessage>]) -> Query<PendingDeskTest> {
    Query(
      """
      SELECT \(OutboxMessage.columns), t.channel_id AS channel, u.email, u.display_name AS name, u.verified_at IS NOT NULL AS is_verified,
        u.account_id = t.account_id AS is_here, u.language
      FROM outbox d JOIN channel_tests t ON t.id = d.subject_id JOIN users u ON u.id = d.user_id
      WHERE d.id = ANY (\(ids)) ORDER BY d.due_at, d.id
      """, into: PendingDeskTest.init)
  }
}

extension OutboxSubject {
  /// Tests of channels: they leave as an answer of the channel would, at once.
  static let channelTests = OutboxSubject(name: "'channel_test'", noun: "channel_test", counted: "channel_tests") { ids, round, claim in
    let (services, db) = (round.bench.services, round.bench.db)
    let tests = try db.rows(PendingDeskTest.query(ids))
    let channels = Dictionary(
      try db.rows(DeskChannel.query("c.id = ANY (\(tests.map(\.channel)))")).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var sendings: [OutboxSending] = []
    for test in tests {
      guard test.isHere, let channel = channels[test.channel] else {
        claim.set(test.message, .cancelled, .noUse)
        continue
      }
      let isMail = test.message.channel == .email
      if isMail, services.checksAddresses, !test.isVerified {
        claim.set(test.message, .cancelled, .unverified)
      } else if test.message.isGivenUp {
        claim.giveUp(test.message)
      } else {
        claim.set(test.message, .sending)
        let vault = Vault(masters: services.masters, db: db)
        let mailer: (Mailer) throws -> Mailer = { try DeskMailer.mailer(of: channel, vault, $0) }
        var sending = OutboxSending(message: test.message, isUrgent: true, mailer: mailer) {
          DeskTestMail(test, channel, services).content(for: test)
        }
        if !isMail {
          sending.letter = { composing in
            let body = DeskTestMail(test, channel, services).json(for: test)
            return .request(try DeskPost.request(body, id: test.message.subject.text, through: channel, vault, at: composing.now))
          }
        }
        sendings.append(sending)
      }
    }
    return sendings
  }
}

/// By which way the mail of a channel leaves, and whom it is from.
enum DeskMailer {
  /// - Parameter site: the operator's, which is used where the channel has no server of its own.
  /// - Throws: ``NetError`` for a server or sender that cannot be, or a ``VaultError``.
  static func mailer(of channel: DeskChannel, _ vault: Vault, _ site: Mailer) throws -> Mailer {
    let from = channel.address.flatMap { MailAddress($0) }.map { Mail.Mailbox(channel.name, $0) } ?? site.from
    if channel.smtpHost.utf8.isEmpty { return Mailer(site.transport, from: from) }
    return Mailer(.smtp(try server(of: channel, vault)), from: from)
  }

  /// The channel's own server. A person named it.
  private static func server(of channel: DeskChannel, _ vault: Vault) throws -> SMTPServer {
    let password = try channel.smtpPassword.map { sealed in
      String(decoding: try vault.open(sealed, of: channel.account, at: DeskChannel.smtpPasswordColumn.place(channel.id)), as: UTF8.self)
    }
    let (security, port): (MailSecurity, Int) = channel.smtpSecurity == .tls ? (.tls, 465) : (.starttls, 587)
    guard let host = MailHost(channel.smtpHost, port: channel.smtpPort ?? port) else { throw NetError.badServer }
    return try SMTPServer(host, security, user: channel.smtpUser, password: password ?? "")
  }
}

/// A channel's test as people read it.
struct DeskTestMail {
  let frame: MailFrame
  let title: String
  let message: String
  let link: SafeURL?
  let label: String
  private let words: Words

  fileprivate init(_ test: PendingDeskTest, _ channel: DeskChannel, _ services: Services) {
    words = services.words(test.language)
    title = words("A test of the channel “{name}”", ["name": channel.name])
    message = words("You asked for this test. If you read it, this is how answers of the channel reach people.")
    link = SafeURL(services.origin + Paths.channel(channel.id).text)
    label = words("Look at the channel")
    frame = MailFrame(aboutAccount: title, message, test.language, services)
  }

  /// For the program that takes answers, and tells this from one by its type.
  fileprivate func json(for test: PendingDeskTest) -> JSONText {
    .object([
      ("type", .string("channel.test")),
      ("message", .object([("id", .string(test.message.subject.text)), ("text", .string(title + "\n\n" + message))])),
    ])
  }

  fileprivate func content(for test: PendingDeskTest) -> MessageContent {
    MessageContent(
      key: ("channel_test", test.message.id.text), name: test.name, address: test.message.channel == .email ? test.email : "",
      subject: title, text: frame.text([title, message], label, link),
      html: String(decoding: rendered(words), as: UTF8.self))
  }
}
