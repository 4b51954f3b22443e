/// A word of a question with the other forms in which a source may have it.
public struct QuestionWord: Hashable, Sendable {
  public let word: DeskWord
  /// The word as it was written first, then what it is with other endings.
  public let forms: [String]
  /// The same without accents, none twice.
  public let plainForms: [String]
}

/// What is looked for when somebody asks (RULES 6.12).
public enum QuestionWords {
  /// As many words of a question count.
  public static let most = 24

  /// The words that say something, none twice, in their order.
  ///
  /// Of a long letter those count that it says most often, and of these the longest: what it is about comes again, and long words are rare ones.
  ///
  /// - Parameter text: subject and messages, together.
  public static func of(_ text: String) -> [QuestionWord] {
    var counts: [String: Int] = [:]
    var words: [DeskWord] = []
    for word in DeskWords.content(of: text) {
      // Nothing that is looked for has more: a URL, a line of rubbish.
      guard word.folded.utf8.count <= 40 else { continue }
      counts[word.folded, default: 0] += 1
      if counts[word.folded] == 1 { words.append(word) }
    }
    if words.count > most {
      let order = words.indices.sorted { left, right in
        let (a, b) = (words[left].folded, words[right].folded)
        let (m, n) = (counts[a] ?? 0, counts[b] ?? 0)
        return m != n ? m > n : a.utf8.count != b.utf8.count ? a.utf8.count > b.utf8.count : left < right
      }
      words = order.prefix(most).sorted().map { words[$0] }
    }
    return words.map { word in
      let forms = PortugueseEndings.forms(of: word)
      return QuestionWord(word: word, forms: forms, plainForms: plain(forms))
    }
  }

  /// For a search, in which every word counts (RULES 6.38): of each that has other endings, the word and what it is with them, without accents, with
  /// blanks between. Neither is a little word: `mais` are not many of `mal`.
  public static func endings(in text: String) -> [String] {
    var known: Set<String> = []
    return DeskWords.content(of: text).compactMap { word in
      guard known.insert(word.folded).inserted else { return nil }
      let forms = plain(PortugueseEndings.forms(of: word)).filter { !StopWords.all.contains($0) }
      return forms.count > 1 ? forms.joined(separator: " ") : nil
    }
  }

  /// Without accents, none twice.
  private static func plain(_ forms: [String]) -> [String] {
    var plain: [String] = []
    for form in forms {
      let folded = String(decoding: mailFolded(Array(form.utf8)[...]), as: UTF8.self)
      if !plain.contains(folded) { plain.append(folded) }
    }
    return plain
  }
}

/// Portuguese words that change their ends more than their stemmer takes back: `reclamação` and `reclamações`, and whoever types no accents.
enum PortugueseEndings {
  /// Endings of one word, without accents; the first that fits counts.
  private static let families: [[String]] = [
    ["oes", "ao", "aes", "aos"], ["ais", "al"], ["eis", "el"], ["ois", "ol"], ["uis", "ul"], ["ens", "em"], ["ins", "im"], ["ons", "om"],
  ]
  /// How they are written.
  private static let accented: [String: [String]] = [
    "ao": ["ão"], "oes": ["ões"], "aes": ["ães"], "aos": ["ãos"], "eis": ["éis"], "ois": ["óis"], "em": ["ém"], "ens": ["éns"],
  ]

  /// The word itself first.
  static func forms(of word: DeskWord) -> [String] {
    let (folded, scalars) = (Array(word.folded.utf8), Array(word.text.unicodeScalars))
    guard scalars.count == folded.count,
      let (family, ending) = families.lazy.compactMap({ family in
        family.first { folded.count > $0.utf8.count && folded.suffix($0.utf8.count).elementsEqual($0.utf8) }.map { (family, $0) }
      }).first
    else { return [word.text] }
    let base = scalars.dropLast(ending.utf8.count)
    var forms = [word.text]
    for base in bases(base) {
      for end in family.flatMap({ (accented[$0] ?? []) + [$0] }) where !forms.contains(where: { $0.utf8.elementsEqual((base + end).utf8) })
      {
        forms.append(base + end)
      }
    }
    return forms
  }

  /// What stands before the ending, with and without its cedilla.
  private static func bases(_ scalars: ArraySlice<Unicode.Scalar>) -> [String] {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    let base = String(view)
    guard let last = scalars.last, last == "c" || last == "ç" else { return [base] }
    view.removeLast()
    view.append(last == "c" ? "ç" : "c")
    return [base, String(view)]
  }
}
