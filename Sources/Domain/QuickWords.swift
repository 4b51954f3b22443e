/// The words of a line that are neither a time nor simply the title.
enum QuickWords {
  /// Behind which a unit says how often.
  static let every: Set = ["every", "each", "todo", "toda", "todos", "todas", "cada"]

  /// What stands behind "every" in what says how often.
  static func isPeriod(_ word: String) -> Bool {
    PhraseWords.units[word] != nil || PhraseWords.weekdays[word] != nil || periods.contains(word) || PhraseWords.ordinalNumbers[word] != nil
      || (PhraseWords.numbers[word] ?? 0) > 1 || PhraseWords.parts[word] != nil || RecurrenceVocabulary.partsInPlural[word] != nil
  }

  private static let periods: Set = [
    "other", "weekday", "weekdays", "weekend", "weekends", "workday", "outro", "outra", "quarter", "trimestre",
    "bimestre", "semestre", "quinzena",
  ]

  /// Before a series: with it something else says which days are meant.
  static let leadsOn = RecurrenceVocabulary.exceptions.union(["of", "and", "or", "e", "ou", "from", "between", "entre", "alternate"])
  /// Behind a series, in the same way.
  static let followsOn = RecurrenceVocabulary.exceptions.union(["of", "and", "or", "e", "ou", "alternados", "alternadas"])
  /// Behind "every month" and its like: "every quarter end".
  static let followsPeriod = PhraseWords.ends.union(PhraseWords.starts).union(["past"])

  /// Between days or times that are said one after the other.
  static let joints: Set<PhraseToken.Kind> = Set(
    ["and", "or", "to", "e", "ou", "a", "ate"].map { .word($0) } + [",", "/", "-"].map { .mark(UInt8(ascii: $0)) })

  static let articles: Set = ["the", "a", "an", "my", "our", "o", "um", "uma", "meu", "minha"]

  /// Left away between "remind me" or a time and the title.
  static func joining(isWish: Bool) -> Set<String> {
    isWish ? ["to", "that", "about", "of", "de", "do", "da", "dos", "das", "que", "para", "pra"] : ["to", "that", "que"]
  }

  /// Left away between the title and a time.
  static let beforeTime: Set = ["at", "em", "que"]

  /// How many pieces at the beginning only ask for a reminder: "please remind me", "me lembre", "lembrar de".
  static func wish(_ tokens: [PhraseToken]) -> Int {
    let words = tokens.prefix(6).map { token in if case .word(let word) = token.kind { word } else { "" } }
    var index = words.first.map { ["please", "pls", "plz", "pfv"].contains($0) } == true ? 1 : 0
    if words.starts(with: ["por", "favor"]) { index = 2 }
    if index > 0, tokens.count > index, tokens[index].kind == .mark(UInt8(ascii: ",")) { index += 1 }
    let rest = words.dropFirst(index).prefix(2).map(\.self)
    guard rest.count == 2, tokens.count > index + 2 else { return 0 }
    if asking.contains(rest[0]), rest[1] == "me" || rest[1] == "us" || rest[1] == "nos" { return index + 2 }
    if rest[0] == "me", asking.contains(rest[1]) { return index + 2 }
    return remembering.contains(rest[0]) && ["de", "que"].contains(rest[1]) ? index + 1 : 0
  }

  private static let asking: Set = ["remind", "lembre", "lembra", "lembrar", "avise", "avisa", "avisar"]
  private static let remembering: Set = ["lembre", "lembra", "lembrar", "lembrete"]

  /// What a phrase of its own may begin with and a title may hold: "wake up tomorrow", "adiar a reunião amanhã".
  static let deeds = PhraseWords.wishes.subtracting(asking).union(["me"])
  static let ofPart: Set = ["da", "of"]
  static let neverOn = PhraseWords.tomorrows.union(["today", "tonight", "hoje", "in", "at", "this", "later"])
  /// Days with a name of their own end in a weekday.
  static let feasts: Set = ["black", "cyber", "good", "easter", "palm", "ash", "casual", "super", "giving", "blue"]

  static let partsAlone = Set(PhraseWords.parts.keys).union(["early"])
  static let vague: Set = [
    "the morning", "the afternoon", "the evening", "the night", "weekend", "the weekend", "fim de semana", "final de semana",
    "o fim de semana", "o final de semana", "ter", "a bit", "a little",
  ]
  static let englishDays: Set = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

  static let during: Set = ["for", "por", "durante"]
  static let inHowLong: Set = ["in", "after", "within", "daqui", "em", "dentro", "depois", "apos", "another", "mais"]
  static let fromNow: Set = ["now", "later", "agora"]
  static let singular: Set = ["minute", "hour", "day", "week", "month", "year"]
  static let behindLength: Set = [
    "of", "in", "for", "with", "without", "before", "after", "ago", "de", "do", "da", "em", "com", "sem", "antes", "depois", "a", "per",
    "por",
  ]

  /// Without the points and dashes that joined a time to it.
  static func withoutPoints(_ text: String, atStart: Bool, atEnd: Bool) -> String {
    var scalars = Array(text.unicodeScalars)[...]
    func isBlank(_ scalar: Unicode.Scalar?) -> Bool { scalar.map { $0 == " " || $0 == "\u{A0}" || ("\t"..."\r").contains($0) } ?? true }
    while atStart, let first = scalars.first {
      let isDash = ["-", "–", "—", ".", "!", "?", "|", ">"].contains(first) && isBlank(scalars.dropFirst().first)
      guard isBlank(first) || [",", ":", ";"].contains(first) || isDash else { break }
      scalars.removeFirst()
    }
    while atEnd, let last = scalars.last {
      let isDash = ["-", "–", "—", "|", "@"].contains(last) && isBlank(scalars.dropLast().last)
      guard isBlank(last) || [",", ":", ";"].contains(last) || isDash else { break }
      scalars.removeLast()
    }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}
