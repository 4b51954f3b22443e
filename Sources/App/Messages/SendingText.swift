import Domain
import HTML

/// What is said of messages: how far one of ours has come, what kind one of theirs is, what is odd about it.
enum SendingText {
  static func badge(_ sending: DeskMessage.Sending, _ words: Words) -> StatusBadge {
    switch sending {
    case .waiting: StatusBadge(tone: "calm", icon: "clock", label: words("Can still be undone"))
    case .held: StatusBadge(tone: "due", icon: "held", label: words("Kept back: the customer wrote again"))
    case .queued: StatusBadge(tone: "calm", icon: "clock", label: words("On its way"))
    case .sending: StatusBadge(tone: "calm", icon: "clock", label: words("Being sent"))
    case .sent: StatusBadge(tone: "done", icon: "done", label: words("Sent", context: "answer"))
    case .failed: StatusBadge(tone: "urgent", icon: "error", label: words("Not sent"))
    case .unknown: StatusBadge(tone: "urgent", icon: "error", label: words("Nobody knows whether it arrived"))
    case .cancelled: StatusBadge(tone: "calm", icon: "stop", label: words("Taken back"))
    case .bounced: StatusBadge(tone: "urgent", icon: "error", label: words("Came back undelivered"))
    }
  }

  /// Why nothing is written to spam.
  static func spam(_ words: Words) -> String { words("This conversation is spam. Take it out of spam first.") }

  /// nil: of a person, which is nothing special.
  static func badge(_ kind: MailKind, _ words: Words) -> StatusBadge? {
    switch kind {
    case .person: nil
    case .automatic: StatusBadge(tone: "calm", icon: "repeat", label: words("Automatic"))
    case .list: StatusBadge(tone: "calm", icon: "repeat", label: words("From a mailing list"))
    case .bounce: StatusBadge(tone: "due", icon: "error", label: words("A mail server’s report"))
    case .own: StatusBadge(tone: "calm", icon: "repeat", label: words("Our own mail, back again"))
    }
  }

  /// Why it stands as it does; nil: its badge says it all.
  static func why(_ message: DeskMessage, _ words: Words) -> String? {
    let said = [message.code ?? "", message.detail].filter { !$0.utf8.isEmpty }.joined(separator: " ")
    switch message.sending {
    case .queued where message.attempts > 0 && !said.utf8.isEmpty:
      return words("The server said “{words}”. It is tried again by itself.", ["words": said])
    case .sent where message.reason == .refused && !said.utf8.isEmpty:
      return words("Not all of them got it. The server said “{words}”.", ["words": said])
    case .failed, .bounced:
      return said.utf8.isEmpty ? DeliveryWords.why(message.reason, nil, "", words) : words("The server said “{words}”.", ["words": said])
    case .unknown:
      return words("The server had all of it and did not answer. Ask the customer, or send it again: it carries the same id.")
    default: return nil
    }
  }

  /// What is odd about one of theirs.
  static func remarks(_ message: DeskMessage, _ words: Words) -> [String] {
    var remarks: [String] = []
    if message.isStranger {
      remarks.append(words("From somebody new: this address has had no part in the conversation, and gets nothing until you say so."))
    }
    if message.isSigned { remarks.append(words("Signed; the signature was not checked.")) }
    if !message.notice.utf8.isEmpty { remarks.append(MailNotice.sentence(message.notice, words)) }
    if message.direction == .inbound, !message.dated.utf8.isEmpty, dated(message) == nil {
      remarks.append(words("It says of itself that it was written {date}.", ["date": message.dated]))
    }
    if message.isEmptied { remarks.append(words("Its text is kept no longer.")) }
    return remarks
  }

  /// When one of theirs says that it was written, where that is odd and a time.
  static func dated(_ message: DeskMessage) -> Instant? {
    message.direction == .inbound && !message.dated.utf8.isEmpty ? message.datedAt : nil
  }

  static func state(of file: DeskFile, _ words: Words) -> String {
    switch file.state {
    case "large": words("too large to be kept")
    case "emptied": words("kept no longer")
    case "asked": words("being fetched", context: "file")
    case "failed": words("could not be fetched")
    default: ""
    }
  }

  static func size(_ bytes: Int64) -> String {
    // What a customer's program says of a file may be any number.
    func rounded(to unit: Int64) -> Int64 { bytes / unit + (bytes % unit >= unit / 2 ? 1 : 0) }
    return switch bytes {
    case ..<1_000: "\(bytes) B"
    case ..<1_000_000: "\(rounded(to: 1_000)) kB"
    default: "\(rounded(to: 100_000) / 10).\(rounded(to: 100_000) % 10) MB"
    }
  }
}
