/// Which language a text is in, by its small words.
public enum CoachTongue: Hashable, Sendable {
  case english, portuguese
  /// Neither of the two.
  case other
  /// Too short to tell.
  case unclear

  /// Names, which may be of any language, are to be taken out before.
  public init(of text: String) {
    let found = SmallWords(text)
    let foreign = text.unicodeScalars.count { $0.properties.isAlphabetic && $0.value > 0x2FF }
    let (english, portuguese, other) = (found.english, found.portuguese, found.other)
    let best = max(english, portuguese, other)
    if foreign > 8, foreign > found.letters {
      self = .other
    } else if best == 0 {
      self = found.words >= 8 ? .other : .unclear
    } else if other == best, other > max(english, portuguese) || other >= 3 && english < other && portuguese < other {
      self = .other
    } else if english == portuguese {
      self = .unclear
    } else {
      self = english > portuguese ? .english : .portuguese
    }
  }

  public func fits(_ language: Language) -> Bool {
    switch self {
    case .unclear: true
    case .english: language == .english
    case .portuguese: language == .portuguese
    case .other: false
    }
  }
}
