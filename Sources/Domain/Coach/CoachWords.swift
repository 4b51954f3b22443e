/// The texts of one personality in one language, read from `words/PERSONALITY.LANG.txt`: `[topic]` sections, one text a line, facts in braces.
public struct CoachWords: Sendable {
  /// What the coach's authors must mend: line and reason. A file that the program carries has none.
  public let complaints: [CoachComplaint]
  let personality: CoachPersonality
  let language: Language
  let variants: [CoachTopic: [CoachVariant]]

  public init(_ file: String, _ personality: CoachPersonality, _ language: Language) {
    var (variants, complaints): ([CoachTopic: [CoachVariant]], [CoachComplaint]) = ([:], [])
    var topic: CoachTopic?
    for (line, number) in CoachComplaint.lines(file) where !line.hasPrefix("#") {
      if line.hasPrefix("["), line.hasSuffix("]") {
        topic = CoachTopic(rawValue: String(line.dropFirst().dropLast()))
        if topic == nil { complaints.append(CoachComplaint(line: number, reason: "no such topic: \(line)")) }
        continue
      }
      guard let topic else { continue }
      let variant = CoachVariant(line)
      let unknown = variant.unknown + variant.slots.subtracting(topic.always).subtracting(topic.sometimes).map(\.rawValue).sorted()
      if unknown.isEmpty {
        variants[topic, default: []].append(variant)
      } else {
        complaints.append(CoachComplaint(line: number, reason: "\(topic.rawValue) has no fact \(unknown.joined(separator: ", "))"))
      }
    }
    (self.variants, self.complaints, self.personality, self.language) = (variants, complaints, personality, language)
  }

  /// The text for `saying`. The same saying of the same key has the same text, for ever.
  ///
  /// - Parameter previous: the ``CoachText/source`` of what was said last about the same habit or goal: that text is not said again at once.
  /// - Returns: nil only when the file lacks the topic.
  public func text(for saying: CoachSaying, _ key: CoachKey, previous: String? = nil) -> CoachText? {
    let topic = saying.topic
    let fitting = (variants[topic] ?? []).enumerated().filter { $0.element.slots.allSatisfy { saying.text($0, language) != nil } }
    guard !fitting.isEmpty else { return nil }
    var pick = Int(key.hash % UInt64(fitting.count))
    if source(topic, fitting[pick].offset) == previous { pick = (pick + 1) % fitting.count }
    let (number, variant) = fitting[pick]
    return CoachText(text: variant.text(saying, language), source: source(topic, number))
  }

  /// "yoda.pt-BR.streak.3": numbers from 1, by the file's order.
  private func source(_ topic: CoachTopic, _ number: Int) -> String {
    "\(personality.rawValue).\(language.rawValue).\(topic.rawValue).\(number + 1)"
  }
}

/// A text of the coach's, and where it is from.
public struct CoachText: Hashable, Sendable {
  public let text: String
  /// The file, topic and number of the text: kept with the message as its `prompt`.
  public let source: String

  public init(text: String, source: String) { (self.text, self.source) = (text, source) }
}

/// What picks a text: the same in every process, on every machine, in every version.
public struct CoachKey: Hashable, Sendable {
  let hash: UInt64

  /// FNV-1a over person, habit or goal, date and event, mixed once more so that neighbouring dates do not pick neighbouring texts.
  ///
  /// - Parameter subject: nil for the week and the chat.
  public init<Person, Subject>(person: ID<Person>, subject: ID<Subject>?, day: Day, event: CoachEvent) {
    var bytes: [UInt8] = []
    person.write(to: &bytes)
    subject?.write(to: &bytes)
    bytes += Array(day.iso.utf8) + Array(event.rawValue.utf8)
    var hash = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    hash = (hash ^ hash >> 33) &* 0xFF51_AFD7_ED55_8CCD
    self.hash = hash ^ hash >> 33
  }
}

/// One text: words and facts in turn.
struct CoachVariant: Hashable {
  private enum Part: Hashable {
    case words(String)
    case fact(CoachSlot)
  }

  private let parts: [Part]
  let unknown: [String]

  var slots: Set<CoachSlot> {
    Set(parts.compactMap { if case .fact(let slot) = $0 { slot } else { nil } })
  }

  init(_ line: Substring) {
    var (parts, unknown): ([Part], [String]) = ([], [])
    var rest = line
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      if open > rest.startIndex { parts.append(.words(String(rest[..<open]))) }
      let name = String(rest[rest.index(after: open)..<close])
      if let slot = CoachSlot(rawValue: name) { parts.append(.fact(slot)) } else { unknown.append(name) }
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { parts.append(.words(String(rest))) }
    (self.parts, self.unknown) = (parts, unknown)
  }

  func text(_ saying: CoachSaying, _ language: Language) -> String {
    var text = ""
    for part in parts {
      switch part {
      case .words(let words): text += words
      case .fact(let slot):
        let fact = saying.text(slot, language) ?? ""
        text += slot.isPhrase && Self.isBeginning(text) ? fact.prefix(1).uppercased() + fact.dropFirst() : fact
      }
    }
    return text
  }

  private static func isBeginning(_ text: String) -> Bool {
    text.isEmpty || [". ", "? ", "\n"].contains { text.hasSuffix($0) }
  }
}
