import Domain
import HTML
import Net
import Web

/// A password of another service, as a form says it: never shown, so a blank one keeps what is stored.
enum PasswordDraft: Equatable {
  case kept, none
  case new(String)

  var isNew: Bool { if case .new = self { true } else { false } }

  /// - Parameters:
  ///   - isNeeded: whether somebody signs in with it.
  ///   - isStored: whether there is one.
  ///   - isElsewhere: whether it would be told to another server than before: then it has to be typed again, or whoever may edit a channel
  ///     could have it sent to a server of their own.
  fileprivate init(_ read: inout FormReader, _ name: String, isNeeded: Bool, isStored: Bool, isElsewhere: Bool) {
    let text = read.raw(name)
    guard isNeeded else {
      self = .none
      return
    }
    if text.utf8.count > 1_000 { read.complain(name, read.words("This is too long: at most {n} bytes fit.", ["n": "1000"])) }
    if text.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) {
      read.complain(name, read.words("Keep this to one line, without control characters."))
    }
    if !text.utf8.isEmpty {
      self = .new(text)
    } else if isStored, !isElsewhere {
      self = .kept
    } else {
      read.complain(
        name, isStored ? read.words("Type the password again: the server is another.") : read.words("Fill this in."))
      self = .none
    }
  }
}

/// How messages come, as the form says it.
struct MailboxDraft {
  let inbound: DeskChannel.Inbound
  var folder = ""
  var host = ""
  var port: Int?
  var security = DeskChannel.Security.tls
  var user = ""
  var password = PasswordDraft.none
  var imapFolder = "INBOX"

  init(_ read: inout FormReader, _ inbound: DeskChannel.Inbound, _ stored: DeskChannel?, hasMaildirs: Bool) {
    self.inbound = inbound
    switch inbound {
    case .webhook: break
    case .maildir: folder = MailboxDraft.folder(&read, hasMaildirs: hasMaildirs)
    case .imap:
      host = read.host("imap_host", isRequired: true)
      security = read.choice("imap_security", DeskChannel.Security.tls)
      port = read.integer("imap_port", 1...65_535, security == .tls ? 993 : 143)
      user = read.line("imap_user", 1...254)
      let isElsewhere = stored.map { !$0.imapHost.utf8.elementsEqual(host.utf8) } ?? false
      password = PasswordDraft(
        &read, "imap_password", isNeeded: true, isStored: stored?.imapPassword != nil, isElsewhere: isElsewhere)
      let typed = read.line("imap_folder", 0...200)
      imapFolder = typed.utf8.isEmpty ? "INBOX" : typed
    }
  }

  func note(_ edit: inout AuditDifference, from stored: DeskChannel) {
    edit.note("inbound", from: stored.inbound, to: inbound, \.rawValue)
    edit.note("folder", from: stored.folder, to: folder)
    edit.note("imap_host", from: stored.imapHost, to: host)
    edit.note("imap_port", from: stored.imapPort.map { String($0) } ?? "", to: port.map { String($0) } ?? "")
    edit.note("imap_security", from: stored.imapSecurity, to: security, \.rawValue)
    edit.note("imap_user", from: stored.imapUser, to: user)
    edit.note("imap_folder", from: stored.imapFolder, to: imapFolder)
    if password.isNew { edit.noteLong("imap_password", from: "", to: "new") }
  }

  /// Whether another mailbox is looked into than before, where nothing of what was read is known.
  func isAnother(than stored: DeskChannel) -> Bool {
    let (old, new) = ([stored.folder, stored.imapHost, stored.imapUser, stored.imapFolder], [folder, host, user, imapFolder])
    return inbound != stored.inbound || !zip(old, new).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
  }

  /// Whether a look may end otherwise than the last.
  func isChanged(from stored: DeskChannel) -> Bool {
    isAnother(than: stored) || port != stored.imapPort || security != stored.imapSecurity || password.isNew
  }

  /// A folder below `HEED_MAILDIRS`: one name, so that no path leads out of there.
  private static func folder(_ read: inout FormReader, hasMaildirs: Bool) -> String {
    let name = read.line("folder", 1...100)
    if !hasMaildirs {
      read.complain("folder", read.words("This site has no folder for Maildirs. Whoever runs it can name one: HEED_MAILDIRS."))
    } else if name.utf8.contains(UInt8(ascii: "/")) || name.utf8.first == UInt8(ascii: ".") {
      read.complain("folder", read.words("Write the name of one folder, without a slash and without a dot in front."))
    }
    return name
  }
}

/// How answers leave, as the form says it.
struct OutgoingDraft {
  /// Empty: the site's server.
  var host = ""
  var port: Int?
  var security = DeskChannel.Security.starttls
  var user = ""
  var password = PasswordDraft.none
  /// Of what is no mail.
  var url: String?

  init(_ read: inout FormReader, isMail: Bool, _ stored: DeskChannel?) {
    guard isMail else {
      url = read.webAddress("outbound_url")
      return
    }
    host = read.host("smtp_host", isRequired: false)
    if host.utf8.isEmpty { return }
    security = read.choice("smtp_security", DeskChannel.Security.starttls)
    port = read.integer("smtp_port", 1...65_535, security == .tls ? 465 : 587)
    user = read.line("smtp_user", 0...254)
    let isElsewhere = stored.map { !$0.smtpHost.utf8.elementsEqual(host.utf8) } ?? false
    password = PasswordDraft(
      &read, "smtp_password", isNeeded: !user.utf8.isEmpty, isStored: stored?.smtpPassword != nil, isElsewhere: isElsewhere)
  }

  func note(_ edit: inout AuditDifference, from stored: DeskChannel) {
    edit.note("smtp_host", from: stored.smtpHost, to: host)
    edit.note("smtp_port", from: stored.smtpPort.map { String($0) } ?? "", to: port.map { String($0) } ?? "")
    edit.note("smtp_security", from: stored.smtpSecurity, to: security, \.rawValue)
    edit.note("smtp_user", from: stored.smtpUser, to: user)
    edit.note("outbound_url", from: stored.outboundURL ?? "", to: url ?? "")
    if password.isNew { edit.noteLong("smtp_password", from: "", to: "new") }
  }
}

extension FormReader {
  /// The name or address of a server, without anything around it. It is dialled past the address guard alone.
  fileprivate mutating func host(_ name: String, isRequired: Bool) -> String {
    let text = line(name, (isRequired ? 1 : 0)...253)
    if text.utf8.isEmpty { return "" }
    if MailHost(text, port: 25) != nil { return text }
    complain(name, words("Write the name of the server alone, such as mail.shop.example."))
    return ""
  }

  /// A whole address of the web; nil: none was given.
  fileprivate mutating func webAddress(_ name: String) -> String? {
    let text = trimmed(raw(name))
    if text.utf8.isEmpty { return nil }
    do throws(NetError) {
      let request = try HTTPRequest(.post, text)
      let scheme = request.url.utf8.prefix(8).map(ASCII.lower)
      guard scheme.starts(with: "http://".utf8) || scheme.elementsEqual("https://".utf8), text.utf8.count <= 2_048 else { throw .badURL }
      return text
    } catch {
      complain(name, words("Write a whole address such as https://shop.example/messages."))
      return nil
    }
  }
}
