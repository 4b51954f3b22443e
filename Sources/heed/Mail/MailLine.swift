import Domain

/// What Heed makes of a mail, as one line of JSON.
struct MailLine {
  private var out: [UInt8] = [0x7B]
  private var isFirst = true

  /// - Returns: the line with its end. `own` is all that stands open, so a mail that is passed on is in it, and once more in `forwarded`.
  static func of(_ mail: IncomingMail, file: String) -> [UInt8] {
    var line = MailLine()
    line.text("file", file)
    line.person("from", mail.people.from.first)
    line.text("name", mail.people.from.first?.name ?? "")
    line.person("customer", mail.customer)
    line.list("to", mail.people.to.map(\.address))
    line.list("cc", mail.people.cc.map(\.address))
    line.text("subject", mail.subject.text)
    line.optional("message_id", mail.messageID)
    line.list("in_reply_to", mail.inReplyTo)
    line.list("references", mail.references)
    line.text("kind", mail.kind.rawValue)
    line.optional("language", mail.language.map { $0 == .portuguese ? "pt" : "en" })
    line.text("text", mail.text)
    line.text("own", mail.text(of: [.own, .forwarded]))
    line.text("quoted", mail.text(of: [.quoted]))
    line.text("forwarded", mail.text(of: [.forwarded]))
    line.text("signature", mail.text(of: [.signature]))
    line.attachments(mail.attachments)
    line.notice(mail.notice)
    line.text("charset", mail.isCharsetGuessed ? "guessed" : "declared")
    line.flag("signed", mail.isSigned)
    line.flag("encrypted", mail.isEncrypted)
    line.flag("no_reply", mail.customer?.isNoReply ?? false)
    line.flag("thread_index", mail.threadIndex != nil)
    line.bounce(mail.bounce)
    return line.finished()
  }

  static func of(_ fault: IncomingMail.Fault, file: String) -> [UInt8] {
    var line = MailLine()
    line.text("file", file)
    line.text("quarantine", fault.rawValue)
    return line.finished()
  }

  // MARK: - Members

  private mutating func member(_ name: StaticString) {
    if !isFirst { out.append(0x2C) }
    isFirst = false
    string(name.withUTF8Buffer { String(decoding: $0, as: UTF8.self) })
    out.append(0x3A)
  }

  private mutating func text(_ name: StaticString, _ value: String) {
    member(name)
    string(value)
  }

  private mutating func optional(_ name: StaticString, _ value: String?) {
    member(name)
    if let value { string(value) } else { out += "null".utf8 }
  }

  private mutating func person(_ name: StaticString, _ person: MailPerson?) {
    optional(name, person.flatMap { $0.isUsable ? $0.address : nil })
  }

  private mutating func flag(_ name: StaticString, _ value: Bool) {
    member(name)
    out += (value ? "true" : "false").utf8
  }

  private mutating func list(_ name: StaticString, _ values: [String]) {
    member(name)
    out.append(0x5B)
    for (index, value) in values.enumerated() {
      if index > 0 { out.append(0x2C) }
      string(value)
    }
    out.append(0x5D)
  }

  private mutating func attachments(_ files: [MailAttachment]) {
    member("attachments")
    out.append(0x5B)
    for (index, file) in files.enumerated() {
      if index > 0 { out.append(0x2C) }
      var object = MailLine()
      object.text("name", file.name)
      object.text("type", file.type)
      object.member("size")
      object.out += String(file.size).utf8
      object.text("sha256", hex(file.sha256))
      object.text("cid", file.contentID)
      object.flag("kept", file.isKept)
      out += object.out
      out.append(0x7D)
    }
    out.append(0x5D)
  }

  /// What stands in the place of text; null where there is text.
  private mutating func notice(_ notice: IncomingMail.Notice?) {
    let word: String? =
      switch notice {
      case .invitation: "invitation"
      case .onlyFiles: "files"
      case .encrypted: "encrypted"
      case .wrapped: "winmail"
      case .nothing: "nothing"
      case nil: nil
      }
    optional("instead", word)
    guard case .invitation(let invitation)? = notice else { return }
    text("title", invitation.title)
    text("start", invitation.start)
    text("location", invitation.location)
  }

  private mutating func bounce(_ report: BounceReport?) {
    member("bounce")
    guard let report else {
      out += "null".utf8
      return
    }
    var object = MailLine()
    object.text("action", report.action.rawValue)
    object.text("status", report.status)
    object.text("recipient", report.recipient)
    object.optional("returned", report.returnedID)
    object.flag("ours", report.isOurs)
    object.text("diagnostic", report.diagnostic)
    out += object.out
    out.append(0x7D)
  }

  private func finished() -> [UInt8] { out + [0x7D, 0x0A] }

  private func hex(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// A text in quotes (RFC 8259, 7). Terminals must not obey what a mail says: DEL and the controls of Latin-1 are escaped, too.
  private mutating func string(_ text: String) {
    out.append(0x22)
    var before: UInt8 = 0
    for byte in text.utf8 {
      switch byte {
      case 0x22, 0x5C: out += [0x5C, byte]
      case 0x0A: out += "\\n".utf8
      case 0x09: out += "\\t".utf8
      case 0..<0x20, 0x7F: out += "\\u00\(hex([byte]))".utf8
      case 0x80..<0xA0 where before == 0xC2:
        out.removeLast()
        out += "\\u00\(hex([byte]))".utf8
      default: out.append(byte)
      }
      before = byte
    }
    out.append(0x22)
  }
}
