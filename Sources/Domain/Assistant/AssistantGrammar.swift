/// Reads what people ask of the assistant where there is no model, in both languages whatever the person's is (RULES 9.11, 9.35). Case, accents and
/// courtesy make no difference; what is named is kept as typed. Nothing is guessed: a line that no pattern has from its first word to its last is not
/// understood.
public struct AssistantGrammar: Sendable {
  /// Longer lines are text and no command, in Unicode scalars.
  public static let longest = 1_000
  /// More words than anybody says at once.
  private static let mostWords = 160

  private let calendar: AssistantCalendar

  /// - Parameters:
  ///   - reader: whose words they are; its language is tried first.
  ///   - today: the person's date.
  public init(_ reader: PhraseReader, today: Day, weekStart: Weekday) {
    calendar = AssistantCalendar(reader: reader, today: today, weekStart: weekStart)
  }

  /// - Returns: nil: not understood.
  public func read(_ text: String) -> AssistantWish? {
    guard text.utf8.count <= AssistantGrammar.longest * 4, text.unicodeScalars.count <= AssistantGrammar.longest else { return nil }
    let line = QuickText.trimmed(text)
    // Several lines are something that was pasted.
    if line.utf8.contains(UInt8(ascii: "\n")) { return nil }
    let words = AssistantGrammar.words(line)
    guard !words.isEmpty, words.count <= AssistantGrammar.mostWords else { return nil }
    let ends = AssistantCourtesy.ends(of: words)
    for end in ends {
      for start in AssistantCourtesy.starts(of: words[..<end]) {
        if let wish = wish(words[start..<end], Array(line.utf8)) { return wish }
      }
    }
    guard words.contains(where: { Int($0.text) != nil }) else { return nil }
    for end in ends {
      for start in AssistantCourtesy.starts(of: words[..<end]) {
        if let refused = refused(words[start..<end], Array(line.utf8)) { return .noTime(refused) }
      }
    }
    return nil
  }

  /// The time of a question about one that cannot be; nil: it is no such question.
  private func refused(_ words: ArraySlice<AssistantWord>, _ line: [UInt8]) -> String? {
    let matching = AssistantMatching(words, line, calendar, takesRefused: true)
    for row in [Language.english, .portuguese].flatMap({ AssistantPhrases.of($0).rows }) where [.due, .free, .agenda].contains(row.meaning)
    {
      for pattern in row.patterns {
        if let place = matching.captures(pattern)?.refused { return matching.text(place) }
      }
    }
    return nil
  }

  private func wish(_ words: ArraySlice<AssistantWord>, _ line: [UInt8]) -> AssistantWish? {
    let matching = AssistantMatching(words, line, calendar)
    let other: Language = calendar.reader.language == .english ? .portuguese : .english
    let (own, foreign) = (AssistantPhrases.of(calendar.reader.language).rows, AssistantPhrases.of(other).rows)
    let rows = own + foreign
    // What would delete everything in one language is no name in the other.
    for index in rows.indices.filter({ rows[$0].meaning == .deleteAll }) + Array(rows.indices) {
      let meaning = rows[index].meaning
      for pattern in rows[index].patterns {
        guard let found = matching.captures(pattern), let meant = wish(meaning, found, matching) else { continue }
        let isForeign = index >= own.count && AssistantGrammar.timed.contains(meaning)
        return isForeign ? AssistantGrammar.unclearDate(words).map { .unclearDate($0) } ?? meant : meant
      }
    }
    return nil
  }

  private static let timed: Set<AssistantMeaning> = [.task, .reminder, .event, .due, .free, .agenda, .snooze]

  /// "3/4" at the end of a line or before its hour, which is a day and a month in either order: what somebody says in the other language they may
  /// write in its order (RULES 2.9).
  private static func unclearDate(_ words: ArraySlice<AssistantWord>) -> String? {
    for start in words.indices where start + 2 < words.endIndex && words[start + 1].text == "/" {
      guard let first = Int(words[start].text), let second = Int(words[start + 2].text), first != second else { continue }
      guard (1...12).contains(first), (1...12).contains(second) else { continue }
      // "2027/3/4" has one order.
      if start > words.startIndex, words[start - 1].text == "/" { continue }
      let next = start + 3 < words.endIndex ? words[start + 3].text : "at"
      if ["at", "as", "/"].contains(next) { return "\(first)/\(second)" }
    }
    return nil
  }

  /// - Returns: nil: what it names is nothing.
  private func wish(_ meaning: AssistantMeaning, _ found: AssistantCaptures, _ matching: AssistantMatching) -> AssistantWish? {
    let name = found.name.map { matching.text($0) } ?? ""
    let target = found.name.flatMap { AssistantTarget($0, matching) }
    switch meaning {
    case .task: return .task(name)
    case .reminder: return .reminder(name)
    case .event: return .event(found.name.map { matching.text(AssistantGrammar.event($0, matching)) } ?? name)
    case .person: return .person(name)
    case .due: return .due(found.days)
    case .overdue: return .overdue
    case .recent: return .recent
    case .who: return AssistantGrammar.calling(found.name, matching).map { .who($0) }
    case .lastSeen: return AssistantGrammar.calling(found.name, matching).map { .lastSeen($0) }
    case .nextSeen: return AssistantGrammar.calling(found.name, matching).map { .nextSeen($0) }
    case .find: return .find(name)
    case .free: return .free(found.days, minutes: found.minutes)
    case .agenda: return .agenda(found.days)
    case .nextEvent: return .nextEvent
    case .advice: return .advice
    case .snooze: return target.map { .snooze($0, until: found.when.map { matching.text($0) }) }
    case .done: return target.map { .done($0) }
    case .start: return target.map { .start($0) }
    case .reopen: return target.map { .reopen($0) }
    case .delete: return target.map { .delete($0) }
    case .deleteAll: return .deleteAll
    case .yes: return .yes
    case .no: return .no
    case .help: return .help
    case .thanks: return .thanks
    case .hello: return .hello
    }
  }

  /// "A meeting with Ana" is called so, "an event: lunch" is lunch.
  private static func event(_ name: Range<Int>, _ matching: AssistantMatching) -> Range<Int> {
    guard name.lowerBound > 0, let first = matching.folded(name).first, relations.contains(first) else { return name }
    let before = name.lowerBound - 1
    guard let kind = matching.folded(before..<name.lowerBound).first, meetings.contains(kind) else { return name }
    return before..<name.upperBound
  }

  private static let meetings: Set = ["meeting", "appointment", "reuniao", "consulta", "compromisso"]
  private static let relations: Set = ["with", "about", "at", "in", "com", "sobre", "no", "na", "do", "da", "de"]

  /// A name without what only leads to it: "my friend Ana", "Ana's", "a Ana".
  private static func calling(_ name: Range<Int>?, _ matching: AssistantMatching) -> String? {
    guard var name else { return nil }
    while name.count > 1, let first = matching.folded(name).first, articles.contains(first) { name = name.lowerBound + 1..<name.upperBound }
    var text = AssistantTarget.unquoted(matching.text(name))
    for end in ["'s", "’s"] where text.utf8.count > end.utf8.count && text.utf8.suffix(end.utf8.count).elementsEqual(end.utf8) {
      text = String(decoding: text.utf8.dropLast(end.utf8.count), as: UTF8.self)
    }
    return text.utf8.isEmpty ? nil : text
  }

  static let articles: Set = ["the", "my", "our", "a", "an", "o", "os", "as", "meu", "minha"]

  /// The words of a line, folded, with contractions taken apart.
  private static func words(_ line: String) -> [AssistantWord] {
    PhraseScanner.tokens(of: line).flatMap { token -> [AssistantWord] in
      switch token.kind {
      case .word(let word): (contractions[word] ?? [word]).map { AssistantWord(text: $0, range: token.range) }
      case .number(let number, _): [AssistantWord(text: String(number), range: token.range)]
      case .mark(let mark): [AssistantWord(text: String(decoding: [mark], as: UTF8.self), range: token.range)]
      }
    }
  }

  private static let contractions: [String: [String]] = [
    "what's": ["what", "is"], "whats": ["what", "is"], "who's": ["who", "is"], "whos": ["who", "is"], "when's": ["when", "is"],
    "where's": ["where", "is"], "wheres": ["where", "is"], "how's": ["how", "is"], "there's": ["there", "is"], "what're": ["what", "are"],
    "i'm": ["i", "am"], "im": ["i", "am"], "i've": ["i", "have"], "i'd": ["i", "would"], "i'll": ["i", "will"], "don't": ["do", "not"],
    "dont": ["do", "not"], "pra": ["para"], "pro": ["para", "o"], "vc": ["voce"], "q": ["que"], "oq": ["o", "que"],
    "cade": ["onde", "esta"],
    "tb": ["tambem"], "pfv": ["por", "favor"],
  ]
}

/// Words of courtesy, which mean nothing at either end of a line.
enum AssistantCourtesy {
  /// Where what is meant may begin: as it stands, then behind each word of courtesy.
  static func starts(of words: ArraySlice<AssistantWord>) -> [Int] {
    var starts = [words.startIndex]
    var rest = words.map(\.text)[...]
    while true {
      if let first = rest.first, marks.contains(first) {
        rest = rest.dropFirst()
      } else if let phrase = leading.first(where: { rest.starts(with: $0) }) {
        rest = rest.dropFirst(phrase.count)
      } else {
        return starts
      }
      if rest.isEmpty { return starts }
      starts.append(words.endIndex - rest.count)
    }
  }

  /// Where it may end: without courtesy first, then without marks alone.
  static func ends(of words: [AssistantWord]) -> [Int] {
    func trimmed(_ texts: ArraySlice<String>) -> ArraySlice<String> {
      var rest = texts
      while let last = rest.last, marks.contains(last) { rest = rest.dropLast() }
      return rest
    }
    let plain = trimmed(words.map(\.text)[...])
    var short = plain
    while let phrase = trailing.first(where: { short.count >= $0.count && short.suffix($0.count).elementsEqual($0) }) {
      short = trimmed(short.dropLast(phrase.count))
    }
    if plain.isEmpty { return [] }
    return short.isEmpty || short.count == plain.count ? [plain.endIndex] : [short.endIndex, plain.endIndex]
  }

  private static let marks: Set = ["?", "!", ".", ",", ":"]

  private static let leading: [[String]] = [
    "please", "pls", "plz", "hey", "hi", "hello", "heed", "ok", "okay", "so", "now", "also", "and", "can you", "could you", "would you",
    "will you",
    "i want you to", "i would like you to", "i need you to", "i want to", "i would like to", "tell me", "show me", "give me", "let me know",
    "do you know", "can you tell me", "just", "assistant", "por favor", "oi", "ola", "ei", "pode", "voce pode", "poderia", "voce poderia",
    "consegue",
    "voce consegue", "quero", "eu quero", "queria", "eu queria", "gostaria de", "quero que", "me diga", "me diz", "diga", "me mostre",
    "me mostra",
    "mostre", "mostra", "mostrar", "me fala", "me fale", "voce sabe", "sabe", "entao", "assistente",
  ].map { words in words.utf8.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) } }

  private static let trailing: [[String]] = [
    "please", "pls", "plz", "thanks", "thank you", "thx", "heed", "por favor", "muito obrigado", "muito obrigada", "obrigado", "obrigada",
    "valeu",
    "por gentileza",
  ].map { words in words.utf8.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) } }
}

extension AssistantTarget {
  /// What a line names at some places: a kind before it says which, unless the name goes on with it ("the meeting with Ana").
  init?(_ places: Range<Int>, _ matching: AssistantMatching) {
    var rest = places
    func first() -> String? { matching.folded(rest).first }
    while rest.count > 1, let word = first(), AssistantTarget.leading.contains(word) { rest = rest.lowerBound + 1..<rest.upperBound }
    var kind: String?
    if let word = first(), let found = AssistantTarget.kinds[word] {
      kind = found
      let next = matching.folded(rest).dropFirst().first
      if rest.count > 1, next.map({ AssistantTarget.goesOn.contains($0) }) == false {
        rest = rest.lowerBound + 1..<rest.upperBound
        while rest.count > 1, let word = first(), AssistantTarget.naming.contains(word) { rest = rest.lowerBound + 1..<rest.upperBound }
      }
    }
    let name = AssistantTarget.unquoted(matching.text(rest))
    if name.utf8.isEmpty { return nil }
    self.init(name, kind: kind)
  }

  private static let leading = AssistantGrammar.articles.union(["this", "that", "esse", "essa", "este", "esta", "aquele", "aquela", ":"])
  private static let naming: Set = [":", "called", "named", "chamada", "chamado"]
  private static let goesOn: Set = [
    "with", "about", "for", "of", "to", "at", "in", "on", "com", "sobre", "de", "do", "da", "para", "no", "na", "em", "a", "o",
  ]
  private static let kinds: [String: String] = [
    "task": "task", "todo": "task", "reminder": "reminder", "event": "event", "meeting": "event", "appointment": "event",
    "deadline": "deadline",
    "goal": "goal", "problem": "problem", "habit": "habit", "person": "person", "contact": "person", "place": "place", "tarefa": "task",
    "lembrete": "reminder", "evento": "event", "reuniao": "event", "compromisso": "event", "consulta": "event", "prazo": "deadline",
    "meta": "goal",
    "objetivo": "goal", "problema": "problem", "habito": "habit", "pessoa": "person", "contato": "person", "lugar": "place",
  ]

  /// Without quotation marks around all of it.
  static func unquoted(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let first = scalars.first, let last = scalars.last, scalars.count > 2, quotes.contains(first), quotes.contains(last) else {
      return text
    }
    return String(String.UnicodeScalarView(scalars.dropFirst().dropLast()))
  }

  private static let quotes: Set<Unicode.Scalar> = ["\"", "“", "”", "„", "«", "»", "'", "‘", "’"]
}
