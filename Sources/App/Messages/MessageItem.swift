import Domain
import HTML

/// A message as a page shows it, with the facts that tools read.
struct MessageItem {
  let id: String
  let direction: String
  let kind: String
  let from: String
  /// Beside the name, where that is not the address itself.
  let address: String?
  /// The address, or the name where there is none.
  var fromValue: String { address ?? from }
  let to: String
  let cc: String
  let subject: String
  let attachments: Int
  let at: TimeText
  let charset: String
  /// Of one of ours.
  let sending: Sending?
  let badge: StatusBadge?
  /// What else is to be known of it, a sentence each.
  let remarks: [String]
  /// When it says of itself that it was written; nil: it does not, or in words that are no time.
  let dated: TimeText?
  let parts: [Part]
  /// Markdown of ours, rendered.
  let body: SafeHTML?
  /// The oldest first.
  let revisions: [Revision]
  let files: [File]
  let raw: Path?
  let html: Path?

  var hasTo: Bool { !to.utf8.isEmpty }
  var hasCopies: Bool { !cc.utf8.isEmpty }
  var hasBoth: Bool { hasTo && hasCopies }
  var hasRecipients: Bool { hasTo || hasCopies }
  var hasFiles: Bool { !files.isEmpty }
  var hasForms: Bool { raw != nil }

  struct Sending {
    let state: String
    let badge: StatusBadge
    /// When a server took it; nil: none did.
    let at: TimeText?
    /// What the server said, or until when it can be undone.
    let words: String?
  }

  struct Part {
    /// own, forwarded, quoted, signature
    let kind: String
    let isFolded: Bool
    let label: String
    let text: String
  }

  /// Other words that its source sent later under the same id.
  struct Revision {
    let at: TimeText
    let label: String
    let text: String
  }

  struct File {
    let name: String
    let path: Path?
    let words: String
  }

  init(
    _ message: DeskMessage, in conversation: Conversation, _ files: [DeskFile], _ revisions: [MessageRevision], _ person: Person,
    _ clock: PageClock, _ words: Words
  ) {
    id = message.id.text
    direction = message.direction.rawValue
    kind = message.kind.rawValue
    let isOurs = message.direction == .outbound
    from = isOurs && !message.authorName.utf8.isEmpty ? message.authorName : Customer.title(message.fromName, message.fromAddress)
    address = message.fromAddress.utf8.isEmpty || from.utf8.elementsEqual(message.fromAddress.utf8) ? nil : message.fromAddress
    to = message.to.joined(separator: ", ")
    cc = message.cc.joined(separator: ", ")
    subject = message.subject
    attachments = message.files
    at = TimeText(message.arrivedAt, person, clock)
    charset = message.isGuessed ? "guessed" : "declared"
    sending = message.sending.map {
      Sending(
        state: $0.rawValue, badge: SendingText.badge($0, words), at: message.sentAt.map { TimeText($0, person, clock) },
        words: SendingText.why(message, words))
    }
    badge = SendingText.badge(message.kind, words)
    remarks = SendingText.remarks(message, words)
    dated = SendingText.dated(message).map { TimeText($0, person, clock) }
    body = message.source.map { Markdown.rendered($0).html }
    parts = message.source == nil && !message.isEmptied ? MessageItem.parts(message, words) : []
    let again = words("{name} sent it again with other words", ["name": from])
    self.revisions = revisions.reversed().map {
      Revision(at: TimeText($0.at, person, clock), label: again, text: $0.own.utf8.isEmpty ? words("Without a text") : $0.own)
    }
    self.files = files.map { file in
      File(
        name: file.name, path: file.state == "kept" ? Paths.attachment(file.id) : nil,
        words: [SendingText.size(file.size), file.state == "kept" ? "" : SendingText.state(of: file, words)]
          .filter { !$0.utf8.isEmpty }.joined(separator: " · "))
    }
    raw = message.hasRaw && person.answersCustomers ? Paths.raw(conversation.id, message.id) : nil
    html = message.hasHTML && !isOurs ? Paths.html(conversation.id, message.id) : nil
  }

  private static func parts(_ message: DeskMessage, _ words: Words) -> [Part] {
    let parts = zip(message.partKinds, message.partTexts).map { kind, text in
      Part(kind: kind, isFolded: kind == "quoted" || kind == "signature", label: label(kind, words), text: text)
    }
    return parts.isEmpty && !message.own.utf8.isEmpty
      ? [Part(kind: "own", isFolded: false, label: label("own", words), text: message.own)] : parts
  }

  private static func label(_ kind: String, _ words: Words) -> String {
    switch kind {
    case "quoted": words("Quoted text")
    case "signature": words("Signature", context: "mail")
    case "forwarded": words("Forwarded message")
    default: words("Message", context: "mail")
    }
  }
}
