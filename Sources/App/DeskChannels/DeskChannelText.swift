import Domain
import HTML

/// Why a mailbox could not be looked into, as `channel_states.error` has it: a word, and what the server said behind a blank.
enum MailboxTrouble: String {
  /// There is no connection.
  case unreached
  case timeout
  /// No connection that nobody else reads.
  case tls
  /// The address guard lets nobody dial it.
  case refused
  case signIn = "sign_in"
  /// The folder is not there, or may not be read.
  case folder
  /// It leads to another folder.
  case link
  case broken

  /// As it is stored.
  func text(_ detail: String = "") -> String {
    let whole = detail.utf8.isEmpty ? rawValue : rawValue + " " + detail
    return String(String.UnicodeScalarView(whole.unicodeScalars.prefix(300)))
  }

  /// The word of what is stored, if it is one of ours, and the rest.
  static func read(_ error: String) -> (trouble: MailboxTrouble?, detail: String) {
    let parts = error.split(separator: " ", maxSplits: 1)
    guard let trouble = parts.first.flatMap({ MailboxTrouble(rawValue: String($0)) }) else { return (nil, error) }
    return (trouble, parts.count > 1 ? String(parts[1]) : "")
  }

  /// What is wrong.
  static func sentence(_ error: String, _ words: Words) -> String {
    let (trouble, detail) = read(error)
    let why =
      switch trouble {
      case .unreached?: words("The server does not answer.")
      case .timeout?: words("The server took too long.")
      case .tls?: words("The connection cannot be trusted: the server's certificate is not right, or it offers no TLS.")
      case .refused?: words("The server is in a network that Heed may not reach.")
      case .signIn?: words("The server lets nobody in with this name and password.")
      case .folder?: words("The folder is not there, or Heed may not read it.")
      case .link?: words("The folder is a link. Name the folder itself.")
      case .broken?, nil: words("The connection broke.")
      }
    return detail.utf8.isEmpty ? why : why + " " + words("It said: {words}", ["words": detail])
  }

  /// What to do.
  static func advice(_ error: String, _ words: Words) -> String {
    switch read(error).trouble {
    case .unreached?, .timeout?, .broken?, nil:
      words("Are name and port right? Heed goes on trying each minute; mails wait on the server, and none is lost.")
    case .tls?: words("Ask whoever runs the server, or choose the other kind of security.")
    case .refused?: words("Whoever runs this site can open the network: HEED_ALLOW_LAN.")
    case .signIn?: words("Type the password again below. Some providers want a password made for one program.")
    case .folder?, .link?: words("Check the name below. Whoever runs this site can give Heed the right to read it.")
    }
  }
}

/// What people are told about a channel.
struct DeskChannelText {
  let channel: DeskChannel
  private let person: Person
  private let clock: PageClock
  private let words: Words

  init(_ channel: DeskChannel, _ person: Person, _ clock: PageClock, _ words: Words) {
    (self.channel, self.person, self.clock, self.words) = (channel, person, clock, words)
  }

  var state: DeskChannel.State { channel.state(at: clock.now) }

  var badge: StatusBadge {
    switch state {
    case .off: StatusBadge(tone: "calm", icon: "stop", label: words("Off", context: "channel"))
    case .failing: StatusBadge(tone: "urgent", icon: "error", label: words("Failing", context: "channel"))
    case .working: StatusBadge(tone: "done", icon: "done", label: words("Working", context: "channel"))
    }
  }

  static func name(_ kind: DeskChannel.Kind, _ words: Words) -> String {
    switch kind {
    case .email: words("E-mail", context: "channel")
    case .chat: words("Chat", context: "channel")
    case .shopify: "Shopify"
    case .slack: "Slack"
    }
  }

  static func name(_ inbound: DeskChannel.Inbound, _ words: Words) -> String {
    switch inbound {
    case .webhook: words("by webhook: another program posts them")
    case .maildir: words("from a folder of this machine")
    case .imap: words("from a mailbox on a server (IMAP)")
    }
  }

  static func name(_ security: DeskChannel.Security, _ words: Words) -> String {
    switch security {
    case .tls: words("TLS from the beginning")
    case .starttls: words("TLS after a greeting (STARTTLS)")
    }
  }

  /// Where its messages come from.
  var incoming: String {
    switch channel.inbound {
    case .webhook: DeskChannelText.name(.webhook, words)
    case .maildir: words("from the folder {folder}", ["folder": channel.folder])
    case .imap:
      words("from {folder} of {user} at {host}", ["folder": channel.imapFolder, "user": channel.imapUser, "host": channel.imapHost])
    }
  }

  /// Where its answers go.
  var outgoing: String {
    if channel.type == .email {
      return channel.smtpHost.utf8.isEmpty ? words("by the mail server of this site") : words("by {host}", ["host": channel.smtpHost])
    }
    return channel.outboundURL.map { words("to {address}", ["address": $0]) } ?? words("nowhere yet: give the address that takes them")
  }

  /// Lines of hours; all, where none were said.
  var hours: [String] {
    let hours = OpeningHoursReading(channel.hours).hours ?? .always
    return hours.isAlways ? [words("at all hours")] : hours.text(person.language).split(separator: "\n").map { String($0) }
  }

  /// In which time an answer is owed.
  var target: String {
    channel.targetMinutes.map { words.count("within {n} working minute", "within {n} working minutes", $0) }
      ?? words("whenever: nothing is ever late")
  }

  /// Since when it fails, and why; nil: it does not.
  var why: String? {
    guard state == .failing, let since = channel.failingSince else { return nil }
    return words(
      "Nobody could look since {time}. {reason}",
      ["time": TimeText(since, person, clock).when.text, "reason": MailboxTrouble.sentence(channel.error, words)])
  }

  /// What to do about it; nil: it does not fail.
  var advice: String? { state == .failing ? MailboxTrouble.advice(channel.error, words) : nil }

  /// For a list.
  var facts: String {
    let last = channel.lastMessageAt.map { words("last message {time}", ["time": TimeText($0, person, clock).when.text]) }
    return [DeskChannelText.name(channel.type, words), channel.address, last ?? words("no message yet")].compactMap(\.self)
      .joined(separator: " · ")
  }
}
