/// One message to its recipients, in one transaction: an envelope and the bytes that go into it.
public struct MailTransfer: Sendable {
  public let server: SMTPServer
  /// Where bounces go. It need not be the sender that the message names.
  public let sender: MailAddress
  /// In the order in which they are said; none twice, at least one.
  public let recipients: [MailAddress]
  /// A whole message with CRLF line ends, see ``Mail/bytes()``. Leading dots are doubled on the way.
  public let message: [UInt8]
  /// How often the message has been tried, this time included. The server gets longer to answer one that was tried before.
  public let attempt: Int

  public init(through server: SMTPServer, from sender: MailAddress, to recipient: MailAddress, message: [UInt8], attempt: Int = 1) {
    self.init(server, sender, [recipient], message, attempt)
  }

  /// - Parameter recipients: said once each, whoever stands there twice.
  /// - Returns: nil without any.
  public init?(through server: SMTPServer, from sender: MailAddress, to recipients: [MailAddress], message: [UInt8], attempt: Int = 1) {
    var seen: Set<String> = []
    let once = recipients.filter { seen.insert($0.wire).inserted }
    if once.isEmpty { return nil }
    self.init(server, sender, once, message, attempt)
  }

  private init(_ server: SMTPServer, _ sender: MailAddress, _ recipients: [MailAddress], _ message: [UInt8], _ attempt: Int) {
    self.server = server
    (self.sender, self.recipients) = (sender, recipients)
    self.message = message
    self.attempt = attempt
  }
}

/// One of several recipients for whom a message was not taken.
public struct MailRefusal: Hashable, Sendable {
  public let recipient: MailAddress
  /// What the server said of this one.
  public let reply: MailReply
  /// 5xx: another attempt would end alike.
  public let isPermanent: Bool
}

/// How handing over a message ended.
public enum MailOutcome: Hashable, Sendable {
  /// The server has taken it: it answered the message with 250. Not for those in ``MailReply/refusals``.
  case delivered(MailReply)
  /// Not taken, and another attempt may succeed: 4xx, no connection, time over before the message was complete.
  case temporary(MailReply)
  /// Refused for good: 5xx to the sender, to every recipient or to the message. Where one of several recipients was refused only for now, it is
  /// ``temporary(_:)``.
  case permanent(MailReply)
  /// The whole message was sent and no answer came: it may have been taken. Another attempt with the same Message-ID may double it.
  case unknown(MailReply)

  public var reply: MailReply {
    switch self {
    case .delivered(let reply), .temporary(let reply), .permanent(let reply), .unknown(let reply): reply
    }
  }
}

/// What the server said, or, without a code, what we can say in its place.
public struct MailReply: Hashable, Sendable {
  /// What was being done when the answer came.
  public enum Stage: String, Sendable { case connection, sender, recipient, message }

  /// How it ended without an answer of the server's.
  public enum Fault: String, Sendable {
    /// No connection came about, or no secure one.
    case unreached
    case timeout
    /// The connection broke, or what came was not SMTP.
    case broken
    /// The server takes no addresses outside ASCII (RFC 6531).
    case ascii
    /// We stopped.
    case cancelled
    /// Whoever had it sent said no in the last moment: nothing of it was said. See ``Transfers/add(_:_:beforeData:)``.
    case withheld
    /// The server's address may not be dialled on a person's behalf (``AddressGuard``).
    case guarded
  }

  public let stage: Stage
  /// 200 to 599; nil when the server said nothing.
  public let code: Int?
  /// The enhanced status (RFC 3463) such as `5.1.1`, when the server gave one.
  public let enhanced: String?
  /// At most 500 bytes, without control characters; for logs and, where the server said it, the timeline.
  public let text: String
  /// nil: the server answered, and ``text`` is what it said.
  public let fault: Fault?
  /// The recipients for whom the message was not taken, in the order of the envelope; for each what was said of it.
  public internal(set) var refusals: [MailRefusal] = []

  /// For what ends without a server: a message kept in a folder, one that could not be written.
  public init(stage: Stage, code: Int?, enhanced: String?, text: String, fault: Fault? = nil) {
    (self.stage, self.code, self.enhanced, self.text, self.fault) = (stage, code, enhanced, text, fault)
  }
}
