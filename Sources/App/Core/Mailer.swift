import Domain
import Net
import Web

/// By which way mail leaves, and whom it is from.
public struct Mailer: Sendable {
  /// A mail server, or a folder where there is none.
  public enum Transport: Sendable {
    case smtp(SMTPServer)
    case maildir(Maildir)
  }

  public let transport: Transport
  public let from: Mail.Mailbox
  /// From one mail about reminders to the next that goes to the same address; 0: as many as there are, as in a folder of this machine.
  public let secondsBetween: Int

  public init(_ transport: Transport, from: Mail.Mailbox, secondsBetween: Int = 0) {
    self.transport = transport
    self.from = from
    self.secondsBetween = secondsBetween
  }

  /// As the settings say.
  ///
  /// - Throws: ``NetError`` for a server or sender that cannot be.
  public init(_ configuration: Configuration) throws(NetError) {
    switch configuration.mail {
    case .smtp(let url, let user, let password):
      transport = .smtp(try SMTPServer(url: url, user: user ?? "", password: password ?? ""))
      secondsBetween = configuration.mailSeconds
    case .maildir(let path):
      transport = .maildir(Maildir(path: path))
      secondsBetween = 0
    }
    from = try Mailer.sender(configuration.mailFrom)
  }

  /// `heed@example.org` or `Heed <heed@example.org>`.
  static func sender(_ text: String) throws(NetError) -> Mail.Mailbox {
    let parts = text.utf8.split(separator: UInt8(ascii: "<"), omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
    let name = parts.count > 1 ? trimmed(parts[0]) : "Heed"
    guard let last = parts.last, let address = MailAddress(trimmed(last)) else { throw .badHeader("From") }
    return Mail.Mailbox(name, address)
  }

  private static func trimmed(_ text: String) -> String {
    let bytes = text.utf8.drop { $0 == 32 || $0 == 34 }.reversed().drop { $0 == 32 || $0 == 34 || $0 == UInt8(ascii: ">") }.reversed()
    return String(decoding: Array(bytes), as: UTF8.self)
  }

  /// A name that nobody can guess and that is always the same for the same thing, so that a message sent twice is one message.
  func messageID(_ kind: String, _ id: String, _ keys: Keys) -> MessageID? {
    let host = from.address.wire.utf8.split(separator: UInt8(ascii: "@")).last.map { String(decoding: $0, as: UTF8.self) } ?? "localhost"
    return MessageID("heed.\(keys.tag(.message, kind + " " + id))@\(host)")
  }
}
