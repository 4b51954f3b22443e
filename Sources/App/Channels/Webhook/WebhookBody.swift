import Domain
import Net

/// A message as webhooks get it.
struct WebhookBody {
  private let content: MessageContent
  private let now: Instant

  init(_ content: MessageContent, at now: Instant) { (self.content, self.now) = (content, now) }

  private typealias Pairs = [(name: String, value: JSONText)]

  /// - Throws: ``NetError/badURL`` for an address of ntfy without a topic.
  func post(_ format: WebhookFormat, to url: String) throws(NetError) -> (url: String, body: JSONText) {
    switch format {
    case .standard: return (url, standard)
    case .slack: return (url, .object([("text", .string(marked("*", ChatMarks.slack, most: 12_000)))]))
    case .discord:
      // Nobody is called by a title that reads like a call.
      let calls = JSONText.object([("parse", .array([]))])
      return (url, .object([("content", .string(marked("**", ChatMarks.markdown, most: 2_000))), ("allowed_mentions", calls)]))
    case .matrix:
      return (url, .object([("text", .string(marked("**", ChatMarks.markdown, most: 12_000))), ("username", .string("Heed"))]))
    case .ntfy:
      guard let topic = NtfyTopic(url) else { throw .badURL }
      var members: Pairs = [("topic", .string(topic.name)), ("priority", .number(urgency(2, 3, 4, 5)))]
      members += titled(most: 1_300)
      if let link { members.append((name: "click", value: .string(link))) }
      return (topic.root, .object(members))
    case .gotify:
      var members = titled(most: 12_000)
      members.append((name: "priority", value: .number(urgency(2, 5, 8, 10))))
      if let link {
        let click = JSONText.object([("click", .object([("url", .string(link))]))])
        members.append((name: "extras", value: .object([("client::notification", click)])))
      }
      return (url, .object(members))
    }
  }

  /// Standard Webhooks' `type`, `timestamp` and `data`.
  private var standard: JSONText {
    let data = JSONText.object([
      ("title", .string(content.subject)), ("text", .string(text(most: .max) { $0 })),
      ("escalations", .array(content.items.map(Self.json))),
    ])
    return .object([("type", .string(type)), ("timestamp", .string(now.iso)), ("data", data)])
  }

  private var type: String {
    guard let first = content.items.first else { return "heed.test" }
    if content.items.count > 1 { return "escalation.digest" }
    return first.tier == 1 && first.round == 0 ? "escalation.started" : "escalation.advanced"
  }

  private static func json(_ item: AnswerableItem) -> JSONText {
    .object([
      ("escalation", .string(item.escalation)), ("reminder", .string(item.reminder)), ("title", .string(item.title)),
      ("notes", .string(item.notes)), ("importance", .string(item.importance.rawValue)), ("tier", .number(item.tier)),
      ("tiers", .number(item.tiers)), ("round", .number(item.round)), ("due_at", .string(item.dueAt.iso)),
      ("url", item.link.map { JSONText.string($0) } ?? JSONText.null),
    ])
  }

  private func titled(most: Int) -> Pairs {
    [("title", .string(content.subject)), ("message", .string(text(most: most) { $0 }))]
  }

  /// With its title between such marks.
  private func marked(_ mark: String, _ quoted: (String) -> String, most: Int) -> String {
    let head = mark + quoted(content.subject) + mark + "\n"
    return head + text(most: most - head.unicodeScalars.count, quoted)
  }

  /// Where a press on the message leads, of one thing.
  private var link: String? { content.items.count == 1 ? content.items.first?.link : nil }

  private func urgency(_ low: Int, _ medium: Int, _ high: Int, _ critical: Int) -> Int {
    switch content.items.map(\.importance).max(by: { Self.rank($0) < Self.rank($1) }) {
    case .low?: low
    case .medium?, nil: medium
    case .high?: high
    case .critical?: critical
    }
  }

  private static func rank(_ importance: Importance) -> Int { Importance.allCases.firstIndex(of: importance) ?? 0 }

  /// Below its title. Titles, facts and links come whole; notes are shortened to what is left beside them, of several each to its part of that. Of so many
  /// that these alone are too long the first come.
  ///
  /// - Parameters:
  ///   - most: letters.
  ///   - quoted: makes people's words harmless where they would be read as markup, letter by letter.
  private func text(most: Int, _ quoted: (String) -> String) -> String {
    if content.items.isEmpty { return Self.cut(content.text, most, quoted) }
    let items = fitting(most, quoted)
    let isWhole = items.count == content.items.count
    let bare = items.map { part($0, notes: "", quoted) }.joined(separator: Self.between) + (isWhole ? "" : Self.between + "…")
    var (left, waiting) = (most - bare.unicodeScalars.count, items.count { !$0.notes.utf8.isEmpty })
    let parts = items.map { item in
      if item.notes.utf8.isEmpty { return part(item, notes: "", quoted) }
      // And the line's end.
      let notes = Self.cut(item.notes, left / waiting - 1, quoted)
      waiting -= 1
      if !notes.utf8.isEmpty { left -= notes.unicodeScalars.count + 1 }
      return part(item, notes: notes, quoted)
    }
    return parts.joined(separator: Self.between) + (isWhole ? "" : Self.between + "…")
  }

  private static let between = "\n\n"

  /// The first of them whose titles, facts and links fit; at least one.
  private func fitting(_ most: Int, _ quoted: (String) -> String) -> ArraySlice<AnswerableItem> {
    var letters = 0
    for (index, item) in content.items.enumerated() {
      letters += part(item, notes: "", quoted).unicodeScalars.count + Self.between.unicodeScalars.count
      // With the dots that say that more have been left out.
      if index > 0, letters + 1 > most { return content.items[..<index] }
    }
    return content.items[...]
  }

  /// - Parameter notes: as they are said.
  private func part(_ item: AnswerableItem, notes: String, _ quoted: (String) -> String) -> String {
    let lines = [content.items.count > 1 ? quoted(item.title) : "", quoted(item.facts), notes, item.link ?? ""]
    return lines.filter { !$0.utf8.isEmpty }.joined(separator: "\n")
  }

  /// The beginning of what is too long once it is quoted, by letters: no half of one is left, and of none what quotes it alone.
  private static func cut(_ text: String, _ most: Int, _ quoted: (String) -> String) -> String {
    let whole = quoted(text)
    if whole.unicodeScalars.count <= most { return whole }
    var (out, letters) = ("", 0)
    for scalar in text.unicodeScalars {
      let one = quoted(String(scalar))
      letters += one.unicodeScalars.count
      if letters >= most { break }
      out += one
    }
    return most > 1 ? out + "…" : ""
  }
}

/// People's words in chats that read some of their letters as markup.
enum ChatMarks {
  /// Slack's `mrkdwn` (https://docs.slack.dev/messaging/formatting-message-text): three letters are written otherwise, the others do no harm.
  static func slack(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out.append(contentsOf: "&amp;".unicodeScalars)
      case "<": out.append(contentsOf: "&lt;".unicodeScalars)
      case ">": out.append(contentsOf: "&gt;".unicodeScalars)
      default: out.append(scalar)
      }
    }
    return String(out)
  }

  /// Markdown: a backslash before each letter that could mean something.
  static func markdown(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if "\\`*_~|<>[]#".unicodeScalars.contains(scalar) { out.append("\\") }
      out.append(scalar)
    }
    return String(out)
  }
}

/// A topic of ntfy: it is published as JSON to the server's root, which names it.
struct NtfyTopic {
  let root: String
  let name: String

  /// - Parameter url: as people know it: `https://ntfy.sh/my-topic`.
  /// - Returns: nil where it does not end with a topic (letters, digits, `-` and `_`, at most 64).
  init?(_ url: String) {
    let bytes = Array(url.utf8)
    let end = bytes.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? bytes.count
    guard let slash = bytes[..<end].lastIndex(of: UInt8(ascii: "/")), slash > 0, bytes[slash - 1] != UInt8(ascii: "/") else { return nil }
    let topic = bytes[(slash + 1)..<end]
    let isTopic = topic.allSatisfy { (97...122).contains(ASCII.lower($0)) || (48...57).contains($0) || $0 == 0x2D || $0 == 0x5F }
    guard (1...64).contains(topic.count), isTopic else { return nil }
    root = String(decoding: bytes[...slash] + bytes[end...], as: UTF8.self)
    name = String(decoding: topic, as: UTF8.self)
  }
}
