/// What a correction may name: "no, at Acme" names Acme, where that is known (RULES 9.38). Nothing else of it is understood: it is kept as it is typed.
public enum CorrectionReading {
  /// How many words of it are looked at, and how many a name has at most.
  private static let most = 60
  private static let longest = 6
  /// After these something is said not to be so: "not at Umbrella".
  private static let refusals: Set<String> = ["not", "isn't", "isnt", "doesn't", "doesnt", "nao", "nunca", "never", "nem"]
  /// They stand between such a word and a name.
  private static let between: Set<String> = [
    "at", "in", "with", "for", "the", "a", "an", "work", "works", "live", "lives", "know", "knows", "em", "na", "no", "com", "para", "o",
    "as", "os",
    "trabalha", "mora", "conhece", "is", "e",
  ]

  /// Runs of words that may be a name, the longest first, without what is said not to be so.
  public static func candidates(_ text: String) -> [String] {
    let words = Array(CalledName.words(text).prefix(most))
    let plain = words.map { AssumptionKey.normal($0) }
    var denied: Set<Int> = []
    for (place, word) in plain.enumerated() where refusals.contains(word) || refusals.contains(words[place].lowercased()) {
      // "Não, na Acme" says no to what was asked, not to Acme.
      if place == 0, word.utf8.elementsEqual("nao".utf8) { continue }
      var next = place + 1
      while next < plain.count, between.contains(plain[next]) { next += 1 }
      denied.formUnion(next..<min(next + 1, plain.count))
    }
    var found: [String] = []
    for length in stride(from: min(longest, words.count), through: 1, by: -1) {
      for start in 0...(words.count - length) where !denied.contains(start) {
        found.append(words[start..<(start + length)].joined(separator: " "))
      }
    }
    return found
  }
}
