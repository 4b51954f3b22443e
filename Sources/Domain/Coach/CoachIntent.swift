/// What a person asks of the coach when there is no model.
public enum CoachIntent: String, CaseIterable, Hashable, Sendable {
  case due, week, month, streak
  case bestDay = "best_day"
  case missed, again, easier, pause, thanks, goodbye, hello, help

  /// The page that the answer links to.
  public func page(habit: Int?) -> CoachPage {
    switch self {
    case .due, .pause, .easier, .again:
      guard let habit else { return .habits }
      return self == .pause ? .pauseForm(habit) : self == .easier ? .editForm(habit) : .habit(habit)
    case .week, .month, .bestDay: return .review
    case .streak, .missed: return habit.map { .habit($0) } ?? .habits
    case .thanks, .goodbye, .hello, .help: return .none
    }
  }
}

/// A page of Heed's; a habit is named by its place among the names that were read.
public enum CoachPage: Hashable, Sendable {
  case none, habits, review
  case habit(Int), editForm(Int), pauseForm(Int)
}

/// A question, read.
public struct CoachQuestion: Hashable, Sendable {
  /// nil when it was not understood: the coach says so, with examples.
  public let intent: CoachIntent?
  /// The place of the habit it names among the names given; nil when it names none.
  public let habit: Int?
}

/// Reads what people ask, in both languages, in any spelling.
public struct CoachIntentReader: Sendable {
  private let lists: [CoachPhraseList]
  /// The section of what is no question of these, though its other words may be those of one: "delete all my habits".
  public static let other = "other"

  /// What alone asks for the list.
  private static let listNames: Set<[String]> = [["my", "habits"], ["meus", "habitos"]]

  /// - Parameter lists: `intents.en.N.txt` and `intents.pt-BR.N.txt`, read.
  public init(_ lists: [CoachPhraseList]) { self.lists = lists }

  /// - Parameters:
  ///   - text: after ``CoachHarmReader`` found nothing in it.
  ///   - habits: the names of the person's habits. One is found when its words stand in the text, each of five letters or more with one letter wrong
  ///     at most; of several the longest, then the first. Where none does, one word that only one of them has is enough for questions about one
  ///     habit: "the guitar" of "Play the guitar".
  ///   - language: whose list is asked first.
  public func read(_ text: String, habits: [String], _ language: Language) -> CoachQuestion {
    let text = String(String.UnicodeScalarView(text.unicodeScalars.prefix(2000)))
    let words = Self.words(text)
    let found = habits.indices.compactMap { index in Self.range(of: Self.words(habits[index]), in: words).map { (index: index, range: $0) }
    }
    let habit = found.max { ($0.range.count, -$0.range.lowerBound) < ($1.range.count, -$1.range.lowerBound) }
    // "Ler sobre pausas" is a name, not a wish: the name's words say nothing else.
    let rest = habit.map { Array(words[..<$0.range.lowerBound]) + ["habit"] + Array(words[$0.range.upperBound...]) } ?? words
    let ordered = language == .english ? lists : lists.reversed()
    let section = ordered.lazy.compactMap { $0.section(in: rest.joined(separator: " ")) }.first
    // Within more words ("are all my habits in vain") it is no question.
    if section == nil, habit == nil, Self.listNames.contains(words) { return CoachQuestion(intent: .due, habit: nil) }
    if section == Self.other { return CoachQuestion(intent: nil, habit: nil) }
    let intent = section.flatMap { CoachIntent(rawValue: $0) }
    // A name alone asks how it stands.
    if let habit { return CoachQuestion(intent: intent ?? (rest.count <= 3 ? .streak : nil), habit: habit.index) }
    switch intent {
    case .streak, .again, .easier, .pause: return CoachQuestion(intent: intent, habit: Self.part(of: habits, in: words))
    case nil where words.count <= 3:
      let part = Self.part(of: habits, in: words)
      return CoachQuestion(intent: part.map { _ in .streak }, habit: part)
    default: return CoachQuestion(intent: intent, habit: nil)
    }
  }

  /// The place of the one name of which most words stand in a text, of those that no other name has. Nil: there is none, or more than one.
  private static func part(of habits: [String], in words: [String]) -> Int? {
    let names = habits.map { Set(Self.words($0).filter { $0.utf8.count >= 4 && !common.contains($0) }) }
    let counts = names.indices.map { index in
      names[index].count { word in
        words.contains { isSame(word, $0) }
          && names.indices.allSatisfy { other in other == index || !names[other].contains { isSame($0, word) } }
      }
    }
    guard let most = counts.max(), most > 0, counts.count(where: { $0 == most }) == 1 else { return nil }
    return counts.firstIndex(of: most)
  }

  /// Words of questions and of many names: alone they mean no habit.
  private static let common: Set<String> = [
    "about", "again", "after", "before", "begin", "days", "down", "each", "easier", "every", "from", "habit", "habits", "have", "hour",
    "hours",
    "less", "long", "make", "minute", "minutes", "month", "more", "morning", "evening", "night", "pause", "restart", "smaller", "start",
    "stop",
    "streak", "take", "than", "that", "this", "time", "times", "today", "tomorrow", "week", "what", "when", "with", "without", "your",
    "antes", "cada", "comecar", "como", "depois", "dias", "este", "esta", "fazer", "facil", "habito", "habitos", "hoje", "hora", "horas",
    "mais", "manha", "menor", "menos", "meses", "meu", "minha", "minuto", "minutos", "noite", "novo", "para", "parar", "pausa", "pausar",
    "pela", "pelo", "quando", "recomecar", "semana", "sequencia", "tarde", "tempo", "todo", "todos", "toda", "todas", "vezes",
  ]

  private static func words(_ text: String) -> [String] {
    CoachTokens.read(text).filter { $0.kind == .word || $0.kind == .digits }.map(\.text)
  }

  private static func range(of name: [String], in words: [String]) -> Range<Int>? {
    guard !name.isEmpty, name.count <= words.count else { return nil }
    for start in 0...(words.count - name.count) where zip(name, words[start...]).allSatisfy({ isSame($0, $1) }) {
      return start..<(start + name.count)
    }
    return nil
  }

  private static func isSame(_ name: String, _ word: String) -> Bool {
    name == word || name.utf8.count >= 5 && word.utf8.count >= 4 && isWithinOneLetter(name.utf8, word.utf8)
  }
}
