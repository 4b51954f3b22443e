/// A word of a text, as it is looked for.
public struct DeskWord: Hashable, Sendable {
  /// In lower case, each accented letter in one scalar.
  public let text: String
  /// Without accents.
  public let folded: String
}

/// The words of questions and sources.
public enum DeskWords {
  /// All of them, in their order: letters and digits. An apostrophe ends a word, as it does for PostgreSQL's parser.
  public static func all(of text: String) -> [DeskWord] {
    var words: [DeskWord] = []
    var word = String.UnicodeScalarView()
    func end() {
      guard !word.isEmpty else { return }
      let text = String(word)
      words.append(DeskWord(text: text, folded: String(decoding: mailFolded(Array(text.utf8)[...]), as: UTF8.self)))
      word = String.UnicodeScalarView()
    }
    for scalar in text.unicodeScalars {
      if (0x300...0x36F).contains(scalar.value) {
        guard let base = word.last else { continue }
        if let letter = composed(base, scalar) {
          word.removeLast()
          word.append(letter)
        }
      } else if scalar.isASCII {
        if ASCII.isAlphanumeric(scalar) { word.append(Unicode.Scalar(ASCII.lower(UInt8(scalar.value)))) } else { end() }
      } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
        word.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
      } else if !scalar.properties.isDefaultIgnorableCodePoint {
        end()
      }
    }
    end()
    return words
  }

  /// Those that say something: no stop words, none of one letter.
  public static func content(of text: String) -> [DeskWord] {
    all(of: text).filter { $0.folded.utf8.count > 1 && !StopWords.all.contains($0.folded) }
  }

  /// A text as the dictionaries without accents are given it: what says something in it, without accents, in its order.
  public static func plain(_ text: String) -> String { content(of: text).map(\.folded).joined(separator: " ") }

  /// The letter that a base and an accent behind it are together.
  private static func composed(_ base: Unicode.Scalar, _ accent: Unicode.Scalar) -> Unicode.Scalar? { letters[base]?[accent] }

  private static let letters: [Unicode.Scalar: [Unicode.Scalar: Unicode.Scalar]] = {
    let accents: [Unicode.Scalar] = ["\u{300}", "\u{301}", "\u{302}", "\u{303}", "\u{308}", "\u{327}"]
    // By base: with grave, acute, circumflex, tilde, diaeresis, cedilla; a dot where there is none.
    let rows: [(Unicode.Scalar, String)] = [
      ("a", "àáâãä."), ("e", "èéê.ë."), ("i", "ìíî.ï."), ("o", "òóôõö."), ("u", "ùúû.ü."), ("c", ".....ç"), ("n", "...ñ.."),
      ("y", ".ý..ÿ."),
    ]
    var letters: [Unicode.Scalar: [Unicode.Scalar: Unicode.Scalar]] = [:]
    for (base, row) in rows {
      letters[base] = Dictionary(uniqueKeysWithValues: zip(accents, row.unicodeScalars).filter { $0.1 != "." })
    }
    return letters
  }()
}
