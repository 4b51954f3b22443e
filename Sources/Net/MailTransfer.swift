/// One message to one recipient: an envelope and the bytes that go into it.
public struct MailTransfer: Sendable {
  public let server: SMTPServer
  public let sender: MailAddress
  public let recipient: MailAddress
  /// A whole message with CRLF line ends, see ``Mail/bytes()``. Leading dots are doubled on the way.
  public let message: [UInt8]
  /// How often the message has been tried, this time included. The server gets longer to answer one that was tried before.
  public let attempt: Int

  public init(through server: SMTPServer, from sender: MailAddress, to recipient: MailAddress, message: [UInt8], attempt: Int = 1) {
    self.server = server
    (self.sender, self.recipient) = (sender, recipient)
    self.message = message
    self.attempt = attempt
  }
}

/// How handing over a message ended.
public enum MailOutcome: Hashable, Sendable {
  /// The server has taken it: it answered the message with 250.
  case delivered(MailReply)
  /// Not taken, and another attempt may succeed: 4xx, no connection, time over before the message was complete.
  case temporary(MailReply)
  /// Refused for good: 5xx to the sender, the recipient or the message.
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

  /// For what ends without a server: a message kept in a folder, one that could not be written.
  public init(stage: Stage, code: Int?, enhanced: String?, text: String, fault: Fault? = nil) {
    (self.stage, self.code, self.enhanced, self.text, self.fault) = (stage, code, enhanced, text, fault)
  }
}
