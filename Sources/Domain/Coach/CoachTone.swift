/// What a text may be thrown away for, whatever its facts.
public enum CoachToneFault: String, CaseIterable, Hashable, Sendable {
  case blame, disappointment, loss, threat
  /// Flattery of dependence: "I will miss you".
  case dependence
  /// As on a sports field: words of the list, two exclamation marks, or two words in capitals side by side.
  case shouting
  /// "I cannot help with that."
  case refusal
}

/// The tone list of a language, read.
public struct CoachTone: Sendable {
  private let list: CoachPhraseList

  /// - Parameter list: `tone.LANG.N.txt`, read.
  public init(_ list: CoachPhraseList) { self.list = list }

  /// - Returns: nil for a text that the coach may say.
  public func fault(in text: String) -> CoachToneFault? {
    if let section = list.section(in: text), let fault = CoachToneFault(rawValue: section) { return fault }
    return isShouted(text) ? .shouting : nil
  }

  private func isShouted(_ text: String) -> Bool {
    if text.unicodeScalars.count(where: { $0 == "!" }) > 1 { return true }
    var capitals = 0
    for word in text.split(whereSeparator: { $0.isWhitespace }) {
      let letters = word.filter(\.isLetter)
      capitals = letters.count > 2 && letters.allSatisfy(\.isUppercase) ? capitals + 1 : 0
      if capitals > 1 { return true }
    }
    return false
  }
}
