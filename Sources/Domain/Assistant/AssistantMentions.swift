/// What of a message may be somebody's name or the title of something: runs of its words (RULES 9.47, 9.45).
public enum AssistantMentions {
  /// Titles of more words are not looked for.
  static let longest = 8

  /// All runs of one to eight words that hold one which is no small word of either language, each once, as they are written.
  ///
  /// - Complexity: eight times the number of words; a message has 4 kB at most.
  public static func runs(in text: String) -> [String] {
    let words = words(of: text)
    let small = words.map { isSmall($0) }
    var found: [String] = []
    var known: Set<String> = []
    for start in words.indices {
      for length in 1...longest where start + length <= words.count {
        if small[start..<(start + length)].allSatisfy({ $0 }) { continue }
        let run = words[start..<(start + length)].joined(separator: " ")
        if known.insert(run).inserted { found.append(run) }
      }
    }
    return found
  }

  /// Words that may be a first name, each once: those that are no small words.
  public static func words(in text: String) -> [String] {
    var known: Set<String> = []
    return words(of: text).filter { !isSmall($0) && $0.utf8.count > 1 && known.insert($0).inserted }
  }

  private static func isSmall(_ word: String) -> Bool {
    let count = SmallWords(word)
    return count.english + count.portuguese > 0
  }

  /// Letters and digits, with what joins them within a word.
  private static func words(of text: String) -> [String] {
    var (words, word) = ([String](), String.UnicodeScalarView())
    func end() {
      while let last = word.last, joins(last) { word.removeLast() }
      if !word.isEmpty { words.append(String(word)) }
      word = String.UnicodeScalarView()
    }
    for scalar in Unseen.removed(from: text).unicodeScalars {
      let isPart =
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar.properties.generalCategory == .nonspacingMark
      if isPart || joins(scalar) && !word.isEmpty { word.append(scalar) } else { end() }
    }
    end()
    return words
  }

  private static func joins(_ scalar: Unicode.Scalar) -> Bool { scalar == "'" || scalar == "’" || scalar == "-" || scalar == "." }
}

/// Whether a message does nothing but agree: then it is said where to press (RULES 9.33), as no message changes anything.
public enum AssistantConsent {
  private static let words: Set<String> = [
    "yes", "yes please", "ok", "okay", "sure", "do it", "go ahead", "yes do it", "accept", "accept it", "i accept", "confirm", "confirmed",
    "please do",
    "sim", "sim por favor", "pode", "pode ser", "pode fazer", "faca", "faca isso", "faz isso", "aceito", "aceitar", "confirmo", "confirma",
    "claro",
    "isso mesmo", "por favor",
  ]

  public static func isAll(of text: String) -> Bool {
    let said = CoachTokens.read(text).filter { $0.kind == .word || $0.kind == .digits }.map(\.text).joined(separator: " ")
    return words.contains(said)
  }
}
