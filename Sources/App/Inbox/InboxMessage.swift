import Domain
import HTML
import Web

/// What somebody put into the inbox at once (RULES 8.24): a line is an item.
struct InboxMessage {
  let text: String
  /// None is empty; at least one.
  let lines: [String]
  /// Where it comes from: `web`, `api`, a word of a program's.
  let source: String
  /// The chat of that, as the program calls it.
  let chat: String
  /// By which it is known when it comes again; nil: it makes new items each time.
  let clientID: String?
  let receivedAt: Instant
  /// When a program said that it came, where that cannot be.
  let saidAt: Instant?

  static let (longestSource, longestChat, longestClientID) = (40, 200, 200)
  /// How long ago a message may have come, and how far ahead the clock of a program may be.
  static let (mostDays, mostMinutes) = (30, 5)

  /// What is compared when it comes again.
  var sha256: [UInt8] { Keys.sha256(Array(InboxPost.canonical(text).utf8)) }

  /// From the form of the inbox, or the field on other pages, which says how much was recorded when its page was made: the same words from the same page
  /// are one press, and other words from it are another message.
  init(_ form: Form, _ reader: Reader) throws(FormErrors) {
    var read = FormReader(form, reader.words)
    let typed = read.raw("text")
    var found: [String] = []
    do throws(InboxPost.TooLong) {
      found = try InboxPost(typed).lines
    } catch {
      let facts: KeyValuePairs = ["n": String(error.line), "bytes": String(InboxPost.longestLine)]
      read.complain("text", reader.words("Line {n} is too long: at most {bytes} bytes fit into one. Nothing was taken.", facts))
    }
    if found.isEmpty { read.complain("text", reader.words("Write what is on your mind.")) }
    let source = read.line("source", 0...InboxMessage.longestSource)
    let client = read.line("client_msg_id", 0...InboxMessage.longestClientID)
    let seen = form.text("seen").flatMap { Int64($0) }
    try read.finish()
    (text, lines) = (typed, found)
    self.source = source.utf8.isEmpty ? "web" : source
    let hash = Keys.sha256(Array(InboxPost.canonical(typed).utf8))
    clientID = client.utf8.isEmpty ? seen.map { "seen \($0) \(Bytes.hex(hash.prefix(16)))" } : client
    (chat, receivedAt, saidAt) = ("", reader.now, nil)
  }

  /// From a program.
  ///
  /// - Throws: ``APIRefusal``.
  init(_ body: [UInt8], now: Instant) throws {
    guard !body.contains(0), let root = JSONValue(body), root.isObject else {
      throw InboxMessage.refusal("the body is no JSON object of at most 32 levels, in UTF-8 and without NUL")
    }
    text = try InboxMessage.text(root, "text") ?? ""
    do {
      lines = try InboxPost(text).lines
    } catch {
      throw InboxMessage.refusal("a line of text is longer than \(InboxPost.longestLine) bytes; nothing was taken")
    }
    if lines.isEmpty { throw InboxMessage.refusal("text is missing, or empty") }
    source = try InboxMessage.word(root, "source", InboxMessage.longestSource) ?? "api"
    chat = try InboxMessage.word(root, "chat_id", InboxMessage.longestChat) ?? ""
    clientID = try InboxMessage.word(root, "client_msg_id", InboxMessage.longestClientID)
    let said = try InboxMessage.text(root, "received_at").map { text in
      guard let instant = Instant(iso: text) else { throw InboxMessage.refusal("received_at is no time such as 2027-03-01T17:00:00Z") }
      return instant
    }
    let isPossible = said.map { $0 >= now.advanced(days: -InboxMessage.mostDays) && $0 <= now.advanced(minutes: InboxMessage.mostMinutes) }
    receivedAt = isPossible == true ? said ?? now : now
    saidAt = isPossible == false ? said : nil
  }

  private static func refusal(_ text: String) -> APIRefusal { APIRefusal(status: 422, error: text) }

  private static func text(_ root: JSONValue, _ name: String) throws -> String? {
    guard let value = root[name] else { return nil }
    guard let text = value.text, !text.utf8.contains(0) else { throw refusal("\(name) is no text without NUL") }
    return text
  }

  /// nil: it says nothing.
  private static func word(_ root: JSONValue, _ name: String, _ most: Int) throws -> String? {
    guard let text = try InboxMessage.text(root, name), !text.utf8.isEmpty else { return nil }
    guard text.unicodeScalars.count <= most, text.unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value != 127 }) else {
      throw refusal("\(name) has control characters, or more than \(most)")
    }
    return text
  }
}
