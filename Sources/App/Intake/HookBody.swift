import Domain
import Web

/// Why the body of a webhook is not taken, for whoever wrote the program that sent it.
struct HookRefusal: Error {
  let reason: String
}

/// Reads what a webhook of a channel says:
/// `{"conversation":{"external_id","subject","customer":{"email","name"}},"message":{"external_id","body_text","body_html","sent_at","metadata",
/// "attachments":[{"file_name","mime_type","size","url"}]}}`. Unknown members are passed over; texts may be missing, ids not.
enum HookBody {
  static func read(_ body: [UInt8], _ channel: DeskChannel) throws(HookRefusal) -> ArrivedMessage {
    guard !body.contains(0), let root = JSONValue(body), root.isObject, isShallow(body) else {
      throw HookRefusal(reason: "the body is no JSON object of at most 32 levels, in UTF-8 and without NUL")
    }
    let conversation = try object(root, "conversation")
    let message = try object(root, "message")
    let (thread, id) = (try id(conversation, "conversation"), try id(message, "message"))
    let customer = try optionalObject(conversation, "customer")
    let person = MailPerson(name: line(try text(customer, "name")), address: try address(customer, channel))
    let (plain, html) = (try text(message, "body_text"), try text(message, "body_html"))
    guard plain.utf8.count <= 1_000_000 else { throw HookRefusal(reason: "message.body_text is too long") }
    let subject = MailSubject(text: line(try text(conversation, "subject")))
    let arrived = ArrivedText(plain: plain, html: html.utf8.isEmpty ? nil : html, isForward: subject.isForward)
    let files = try files(message)
    let metadata = try metadata(message)
    // Shown as it is: what comes is in the order of its coming (RULES 6.24).
    let sentAt = Intake.short(line(try text(message, "sent_at")))
    var said = Array(plain.utf8) + [0] + Array(html.utf8) + [0] + Array(metadata.utf8)
    for file in files { said += [0] + Array((file.url ?? "").utf8) }
    return ArrivedMessage(
      thread: .external(thread), kind: .person, key: Keys.sha256(Array(thread.utf8) + [0] + Array(id.utf8)), bodyKey: Keys.sha256(said),
      externalID: id, from: person, customer: person.isUsable ? person : nil,
      addresses: person.isUsable ? [.init(role: "from", person: person)] : [], subject: subject,
      own: arrived.text(of: [.own, .forwarded]), sections: arrived.sections, html: html.utf8.isEmpty ? nil : html,
      language: arrived.language,
      notice: arrived.text.utf8.contains { $0 > 32 } ? "" : files.isEmpty ? "nothing" : "files", files: files, dated: sentAt,
      datedAt: Instant(iso: sentAt), metadata: metadata)
  }

  /// JSON that nests deeper is nobody's message.
  private static func isShallow(_ body: [UInt8]) -> Bool {
    var (depth, isInText, isEscaped) = (0, false, false)
    for byte in body {
      if isInText {
        if isEscaped { isEscaped = false } else if byte == 0x5C { isEscaped = true } else if byte == 0x22 { isInText = false }
        continue
      }
      switch byte {
      case 0x22: isInText = true
      case 0x7B, 0x5B:
        depth += 1
        if depth > 32 { return false }
      case 0x7D, 0x5D: depth -= 1
      default: break
      }
    }
    return true
  }

  private static func object(_ value: JSONValue, _ name: String) throws(HookRefusal) -> JSONValue {
    guard let found = value[name], found.isObject else { throw HookRefusal(reason: "\(name) is missing, or no object") }
    return found
  }

  private static func optionalObject(_ value: JSONValue, _ name: String) throws(HookRefusal) -> JSONValue? {
    guard let found = value[name], found.json != .null else { return nil }
    guard found.isObject else { throw HookRefusal(reason: "\(name) is no object") }
    return found
  }

  private static func text(_ value: JSONValue?, _ name: String) throws(HookRefusal) -> String {
    guard let found = value?[name], found.json != .null else { return "" }
    guard let text = found.text else { throw HookRefusal(reason: "\(name) is no text") }
    if text.utf8.contains(0) { throw HookRefusal(reason: "\(name) holds NUL") }
    return text
  }

  private static func id(_ value: JSONValue, _ name: String) throws(HookRefusal) -> String {
    let id = try text(value, "external_id")
    guard GivenID.isUsable(id) else {
      throw HookRefusal(reason: "\(name).external_id is missing, empty, or longer than 1,000 bytes")
    }
    return id
  }

  private static func address(_ customer: JSONValue?, _ channel: DeskChannel) throws(HookRefusal) -> String {
    let email = try text(customer, "email")
    if email.utf8.isEmpty, channel.type != .email { return "" }
    guard EmailAddress.isValid(email) else { throw HookRefusal(reason: "conversation.customer.email is no address") }
    return email
  }

  /// Line breaks in what should be one line become blanks: a shop's fault loses no message ("Decided besides" 59).
  private static func line(_ text: String) -> String {
    let spaced = text.unicodeScalars.map { $0.value < 32 || $0.value == 127 || $0.value == 0x2028 || $0.value == 0x2029 ? " " : $0 }
    return Intake.short(String(String.UnicodeScalarView(spaced)).split(separator: " ").joined(separator: " "), 1_000)
  }

  private static func metadata(_ message: JSONValue) throws(HookRefusal) -> String {
    guard let found = message["metadata"], found.json != .null else { return "" }
    guard found.isObject else { throw HookRefusal(reason: "message.metadata is no object") }
    let json = found.json.text
    guard json.utf8.count <= 65_536 else { throw HookRefusal(reason: "message.metadata is longer than 64 kB") }
    guard !holdsNUL(json) else { throw HookRefusal(reason: "message.metadata holds NUL") }
    return json
  }

  /// Whether a text in it does, escaped as JSON has to.
  private static func holdsNUL(_ json: String) -> Bool {
    let bytes = Array(json.utf8)
    var isEscaped = false
    for (place, byte) in bytes.enumerated() {
      if isEscaped {
        isEscaped = false
        if byte == UInt8(ascii: "u"), bytes[(place + 1)...].prefix(4).elementsEqual("0000".utf8) { return true }
      } else if byte == 0x5C {
        isEscaped = true
      }
    }
    return false
  }

  /// Bytes of a file; 0: it does not say.
  private static func size(_ file: JSONValue) throws(HookRefusal) -> Int {
    guard let found = file["size"], found.json != .null else { return 0 }
    guard let number = found.number.flatMap({ Double($0) }), number >= 0 else {
      throw HookRefusal(reason: "the size of an attachment is no number of at least 0")
    }
    return Int(exactly: number.rounded(.up)) ?? Int.max
  }

  private static func files(_ message: JSONValue) throws(HookRefusal) -> [ArrivedMessage.File] {
    guard let list = message["attachments"], list.json != .null else { return [] }
    guard list.isArray, list.elements.count <= MailAttachment.mostFiles else {
      throw HookRefusal(reason: "message.attachments is no list of at most 100")
    }
    var files: [ArrivedMessage.File] = []
    for (index, file) in list.elements.enumerated() {
      guard file.isObject else { throw HookRefusal(reason: "an attachment is no object") }
      let size = try size(file)
      let url = try text(file, "url")
      let type = try text(file, "mime_type")
      files.append(
        ArrivedMessage.File(
          name: AttachmentName.neutral(try text(file, "file_name"), type: type, number: index + 1),
          type: type.utf8.count <= 200 && type.utf8.allSatisfy { $0 > 32 && $0 < 127 } ? type : "application/octet-stream",
          size: size,
          sha256: [], state: size > MailAttachment.mostBytes ? "large" : url.utf8.isEmpty ? "failed" : "asked",
          url: url.utf8.isEmpty ? nil : url))
    }
    return files
  }
}
