import Domain
import HTML

/// A message as our service worker reads it (`static/worker.js`): what its notification says, and what its buttons do.
struct PushPayload {
  private let content: MessageContent
  /// Bytes that it may have.
  private let most: Int

  /// - Parameter most: of the whole of it.
  init(_ content: MessageContent, most: Int) { (self.content, self.most) = (content, most) }

  /// By what notifications are told apart: a newer one of the same escalation takes the place of the one before.
  static func tag(_ content: MessageContent) -> String {
    content.closes ?? (content.items.count == 1 ? content.items.first?.escalation : nil) ?? content.key.id
  }

  var json: JSONText {
    if let closes = content.closes {
      return .object([
        ("close", .string(closes)), ("title", .string(Self.cut(content.subject, 300))), ("body", .string(content.text)),
        ("link", .string(Paths.escalations.text)),
      ])
    }
    let room = max(0, most - Self.length(written("", "").text))
    let title = Self.cut(content.subject, room)
    return written(title, Self.cut(text, room - Self.length(JSONText.string(title).text) + 2))
  }

  private func written(_ title: String, _ body: String) -> JSONText {
    let isCritical = content.items.contains { $0.importance == .critical }
    var members: [(name: String, value: JSONText)] = [
      ("title", .string(title)), ("body", .string(body)), ("tag", .string(Self.tag(content))), ("critical", .bool(isCritical)),
      ("link", .string(link)), ("items", .array(content.items.prefix(most / 200).map(Self.item))),
    ]
    if content.items.count == 1, let item = content.items.first, item.link != nil, let words = content.words {
      members.append((name: "actions", value: Self.actions(item, words)))
    }
    return .object(members)
  }

  /// Where a press on the notification leads.
  private var link: String {
    if content.items.isEmpty { return Paths.agent(.push).text }
    return (content.items.count == 1 ? content.items.first?.link : nil) ?? Paths.escalations.text
  }

  /// Below its title.
  private var text: String {
    if content.items.isEmpty { return content.text }
    guard content.items.count == 1, let item = content.items.first else { return content.items.map(\.title).joined(separator: "\n") }
    return [item.facts, item.notes].filter { !$0.utf8.isEmpty }.joined(separator: "\n")
  }

  private static func item(_ item: AnswerableItem) -> JSONText {
    .object([("escalation", .string(item.escalation)), ("title", .string(cut(item.title, 80)))])
  }

  /// As the signed link takes them. A browser shows the first two or three.
  private static func actions(_ item: AnswerableItem, _ words: Words) -> JSONText {
    let all = [
      ("acknowledgement", words("I am on it")), ("completion", words("It is done")), ("snooze", words("In an hour")),
    ]
    let offered = all.filter { item.canComplete || $0.0 != "completion" }
    return .array(offered.map { .object([("action", .string($0.0)), ("title", .string($0.1))]) })
  }

  private static func length(_ text: String) -> Int { text.utf8.count }

  /// The beginning of what is too long, by whole letters as people see them: an accent stays with its letter, and a family is not parted.
  ///
  /// - Parameter most: bytes that it may take in JSON.
  static func cut(_ text: String, _ most: Int) -> String {
    func size(_ text: String) -> Int { length(JSONText.string(text).text) - 2 }
    if size(text) <= most { return text }
    let mark = "…"
    var (left, kept) = (most - length(mark), "")
    if left < 0 { return "" }
    for letter in text {
      left -= size(String(letter))
      if left < 0 { break }
      kept.append(letter)
    }
    return kept + mark
  }
}
