/// What a phrase says, before a clock and a zone make an instant of it.
enum PhraseMeaning: Equatable {
  /// A duration from now.
  case span(PhraseSpan)
  /// A day, a time, or both.
  case moment(PhraseMoment)
}

/// Where a number without a mark is an hour.
enum PhraseBareHours {
  /// Nowhere: in texts that only contain a time ("tomorrow 9 eggs").
  case none
  /// "Tomorrow 9", at the end of such a text.
  case behindDay
  /// Also "9 tomorrow": in a field for a time.
  case besideDay
}

/// A reader of tokens that can go back. Each rule of the grammar takes what it understands and returns nil, with nothing taken,
/// when it does not. A phrase has at most 200 tokens and no rule calls itself, so the work is bounded.
struct PhraseParser {
  private(set) var tokens: ArraySlice<PhraseToken>
  /// The piece that comes next, counted from the beginning of the whole text.
  private(set) var index: Int
  /// The first piece that no rule got past: what a refusal is blamed on.
  private(set) var furthest: Int
  /// Whether "5/12" is the fifth of December.
  let dayComesFirst: Bool
  /// Whether "until" came first: then "9" and "9h" are times of day.
  private(set) var isUntil = false

  /// Whether hours are a duration however they are written, as in a field that says "in" before it.
  private let isDuration: Bool

  /// Whether "tomorrow 9" is nine o'clock.
  let bareHours: PhraseBareHours

  init(_ tokens: ArraySlice<PhraseToken>, dayComesFirst: Bool, isDuration: Bool = false, bareHours: PhraseBareHours = .besideDay) {
    (self.tokens, self.dayComesFirst, self.isDuration) = (tokens, dayComesFirst, isDuration)
    self.bareHours = bareHours
    (index, furthest) = (tokens.startIndex, tokens.startIndex)
    dropFarewell()
  }

  /// Whether a date with its year was taken: only then is "17:30:00" a time.
  var isBehindFullDate = false

  /// The whole phrase; nil when any part of it is not understood.
  mutating func meaning() -> PhraseMeaning? {
    takeCourtesy()
    isUntil = take(anyOf: PhraseWords.untils)
    if isUntil { _ = take("o") || take("a") || take("the") }
    if let vague = vagueSpan() { return .span(vague) }
    let hours = isDuration ? .span : leadingHours
    if isUntil { return wholeMoment() ?? (hours == .doubtful ? nil : wholeSpan()) }
    switch hours {
    case .time?: return wholeMoment() ?? wholeSpan()
    case .doubtful?: return wholeMoment(besideDay: true)
    case .span?, nil: return wholeSpan() ?? wholeMoment()
    }
  }

  /// Whether the person reads and writes Portuguese, where "12h" is a time.
  var isPortuguese: Bool { dayComesFirst }

  private mutating func wholeSpan() -> PhraseMeaning? { whole { $0.span() }.map { .span($0) } }

  private mutating func wholeMoment(besideDay: Bool = false) -> PhraseMeaning? {
    whole { parser in parser.moment().flatMap { besideDay && $0.day == nil && $0.part == nil ? nil : $0 } }.map { .moment($0) }
  }

  var isAtEnd: Bool { index == tokens.endIndex }

  func token(_ ahead: Int = 0) -> PhraseToken? { index + ahead < tokens.endIndex ? tokens[index + ahead] : nil }

  func word(_ ahead: Int = 0) -> String? {
    guard case .word(let word)? = token(ahead)?.kind else { return nil }
    return word
  }

  func number(_ ahead: Int = 0) -> (value: Int, digits: Int)? {
    guard case .number(let value, let digits)? = token(ahead)?.kind else { return nil }
    return (value, digits)
  }

  func isGlued(_ ahead: Int) -> Bool { token(ahead)?.glued ?? false }

  func isMark(_ mark: Unicode.Scalar, _ ahead: Int = 0) -> Bool { token(ahead)?.kind == .mark(UInt8(ascii: mark)) }

  mutating func skip(_ count: Int = 1) {
    index = min(index + count, tokens.endIndex)
    furthest = max(furthest, index)
  }

  /// Takes these words if they come next, in this order.
  mutating func take(_ words: String...) -> Bool {
    for (ahead, expected) in words.enumerated() where word(ahead) != expected { return false }
    skip(words.count)
    return true
  }

  /// Leaves off what follows the last `count` pieces that matter.
  mutating func drop(last count: Int) { tokens = tokens.dropLast(count) }

  mutating func take(anyOf words: Set<String>) -> Bool {
    guard let next = word(), words.contains(next) else { return false }
    skip()
    return true
  }

  mutating func take(mark: Unicode.Scalar) -> Bool {
    guard isMark(mark) else { return false }
    skip()
    return true
  }

  /// Takes the next word if `table` has it.
  mutating func take<Meaning>(from table: [String: Meaning]) -> Meaning? {
    guard let next = word(), let meaning = table[next] else { return nil }
    skip()
    return meaning
  }

  /// Goes back to where it was when `rule` does not apply.
  mutating func attempt<Result>(_ rule: (inout PhraseParser) -> Result?) -> Result? {
    let start = index
    if let result = rule(&self) { return result }
    index = start
    return nil
  }

  /// The same of a rule that says only whether it applies.
  mutating func takeIf(_ rule: (inout PhraseParser) -> Bool) -> Bool { attempt { rule(&$0) ? true : nil } ?? false }

  private mutating func whole<Result>(_ rule: (inout PhraseParser) -> Result?) -> Result? {
    attempt { parser in
      guard let result = rule(&parser), parser.isAtEnd else { return nil }
      return result
    }
  }
}
