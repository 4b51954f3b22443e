/// What a way to say something means.
enum AssistantMeaning: Sendable {
  case task, reminder, event, person, due, overdue, recent, who, lastSeen, nextSeen, find, free, agenda, nextEvent, advice, snooze, done,
    start,
    reopen
  case delete, deleteAll, yes, no, help, thanks, hello
}

/// The ways to say things of one language. The first that fits counts, so what is said more exactly stands first.
struct AssistantPhrases: Sendable {
  let rows: [(meaning: AssistantMeaning, patterns: [AssistantPattern])]

  /// - Parameter rows: a meaning with its patterns, one a line.
  init(_ rows: [(AssistantMeaning, String)]) {
    self.rows = rows.map { meaning, text in
      (
        meaning: meaning,
        patterns: text.utf8.split(separator: UInt8(ascii: "\n")).map { AssistantPattern(String(decoding: $0, as: UTF8.self)) }
      )
    }
  }

  static func of(_ language: Language) -> AssistantPhrases { language == .portuguese ? portuguese : english }
}
