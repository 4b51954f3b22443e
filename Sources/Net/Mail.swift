import Domain

/// A mail as people think of it; ``bytes()`` makes of it what goes over the wire (RULES 4.4).
public struct Mail: Sendable {
  /// A name, possibly empty, and an address.
  public struct Mailbox: Hashable, Sendable {
    public let name: String
    public let address: MailAddress

    public init(_ name: String, _ address: MailAddress) {
      self.name = name
      self.address = address
    }
  }

  /// Why nobody's program should answer it (RFC 3834, 5).
  public enum Automatic: String, Sendable {
    /// Nobody wrote it.
    case generated = "auto-generated"
    /// Nobody wrote it, and it answers a mail: an acknowledgement. Exchange is asked for silence, too.
    case replied = "auto-replied"
  }

  /// A file that goes along.
  public struct Attachment: Hashable, Sendable {
    /// Made safe when written (RULES 6.20).
    public let name: String
    /// `type/subtype`. What is none, or would be read as a part of the mail itself, goes as `application/octet-stream`.
    public let type: String
    public let bytes: [UInt8]

    public init(name: String, type: String, bytes: [UInt8]) {
      (self.name, self.type, self.bytes) = (name, type, bytes)
    }
  }

  public var from: Mailbox
  public var to: [Mailbox]
  public var cc: [Mailbox] = []
  /// Where answers go, when not to ``from``.
  public var replyTo: Mailbox?
  public var subject: String
  /// The same content twice; `html` nil: text alone.
  public var text: String
  public var html: String?
  public var messageID: MessageID
  public var date: Instant
  /// The thread so far, oldest first, ours and others' (``MessageID/init(foreign:)``). When it is long, the first and the newest are kept.
  public var references: [MessageID] = []
  public var inReplyTo: MessageID?
  /// Where one click (a POST, RFC 8058) ends these mails: an `https` or `http` address.
  public var unsubscribe: String?
  /// `Auto-Submitted` (RFC 3834): vacation programs do not answer. nil: a person wrote it.
  public var automatic: Automatic? = .generated
  /// Whether nobody wrote it: ``automatic``.
  public var isAutomatic: Bool {
    get { automatic != nil }
    set { automatic = newValue ? automatic ?? .generated : nil }
  }
  /// `Thread-Index` of the mail that this one answers. Outlook finds the thread by it; ours is placed below (RULES 6.9).
  public var threadIndex: ThreadIndex?
  /// `Thread-Topic` of the mail that this one answers, decoded; it is sent back unchanged.
  public var threadTopic: String?
  /// In their order, after the text.
  public var attachments: [Attachment] = []
  /// Further headers, after ours. Names that we set ourselves are refused.
  public var extra: [HeaderField] = []

  public init(
    from: Mailbox, to: [Mailbox], subject: String, text: String, html: String? = nil, messageID: MessageID, date: Instant
  ) {
    (self.from, self.to, self.subject) = (from, to, subject)
    (self.text, self.html) = (text, html)
    (self.messageID, self.date) = (messageID, date)
  }

  /// The whole message: CRLF line ends, ASCII alone (unless an address is not), no line over 998 bytes. The same mail gives the same
  /// bytes always, so a retry is the same message to the byte.
  ///
  /// Line ends and other control characters in header values become blanks: nothing that data holds can begin a header.
  /// - Throws: ``NetError/badHeader(_:)`` for a name in `extra` that is no token or is ours, a value of it that is not ASCII, and an
  ///   `unsubscribe` that is no web address; ``NetError/unencodable(_:)`` when a header will not fit the format.
  public func bytes() throws(NetError) -> [UInt8] {
    let message = try MailComposer.compose(self)
    // The last word is ours, whatever the library does with the longest of subjects.
    for line in message.split(separator: 10) where line.count > 999 { throw .unencodable(String(decoding: line.prefix(20), as: UTF8.self)) }
    return message
  }

  /// The headers that are written as they stand: `References`, `List-Unsubscribe`, ….
  func plainHeaders() throws(NetError) -> [HeaderField] {
    var headers: [HeaderField] = []
    if let inReplyTo { headers.append(HeaderField("In-Reply-To", inReplyTo.bracketed)) }
    if !references.isEmpty {
      let kept = references.count <= 20 ? references : references.prefix(1) + references.suffix(19)
      headers.append(HeaderField("References", kept.map(\.bracketed).joined(separator: " ")))
    }
    if let automatic { headers.append(HeaderField("Auto-Submitted", automatic.rawValue)) }
    if automatic == .replied { headers.append(HeaderField("X-Auto-Response-Suppress", "All")) }
    if let threadIndex {
      let ours = threadIndex.answered(at: date, mark: messageID.mark)
      headers.append(HeaderField("Thread-Index", MailWords.base64(ours.bytes)))
    }
    if let threadTopic, Mail.oneLine(threadTopic).utf8.contains(where: { $0 != 32 }) {
      headers.append(HeaderField("Thread-Topic", MailWords.phrase(threadTopic)))
    }
    if let unsubscribe {
      guard (try? HTTPRequest(.post, unsubscribe)) != nil, unsubscribe.utf8.count <= 900,
        unsubscribe.utf8.allSatisfy({ $0 < 127 && !"<>,\"".utf8.contains($0) })
      else { throw .badHeader("List-Unsubscribe") }
      headers.append(HeaderField("List-Unsubscribe", "<\(unsubscribe)>"))
      headers.append(HeaderField("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    }
    for header in extra {
      let isOurs = Mail.own.contains { header.isNamed($0) }
      guard header.hasSafeName, !isOurs, header.value.utf8.allSatisfy({ $0 < 128 }) else { throw .badHeader(header.name) }
      headers.append(HeaderField(header.name, Mail.oneLine(header.value)))
    }
    return headers
  }

  private static let own = [
    "From", "To", "Cc", "Bcc", "Reply-To", "Sender", "Subject", "Date", "Message-ID", "References", "In-Reply-To", "MIME-Version",
    "Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "Auto-Submitted", "X-Auto-Response-Suppress", "Thread-Index",
    "Thread-Topic", "List-Unsubscribe", "List-Unsubscribe-Post",
  ]

  /// Control characters and line ends of every kind become blanks, a run of them one; at either end they go.
  static func oneLine(_ text: String) -> String {
    var words: [String.UnicodeScalarView] = [String.UnicodeScalarView()]
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: words.append(String.UnicodeScalarView())
      default: words[words.count - 1].append(scalar)
      }
    }
    return words.filter { !$0.isEmpty }.map { String($0) }.joined(separator: " ")
  }
}
