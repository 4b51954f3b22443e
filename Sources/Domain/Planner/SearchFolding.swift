/// Letters as search compares them: small, and without the accents of U+0300 to U+036F, whether they are written apart or not. The register keeps its names
/// so (`plain()` in the database).
enum SearchFolding {
  /// Scalars of small letters without accents.
  static func folded(_ characters: some Sequence<Character>) -> [Unicode.Scalar] {
    var folded: [Unicode.Scalar] = []
    for character in characters {
      for scalar in character.unicodeScalars {
        if scalar.isASCII {
          folded.append(("A"..."Z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value) + 32) : scalar)
        } else if !isAccent(scalar), !scalar.properties.isDefaultIgnorableCodePoint {
          add(scalar, to: &folded)
        }
      }
    }
    return folded
  }

  /// Whether it belongs to a word.
  static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar) }
    return switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark, .spacingMark, .decimalNumber,
      .letterNumber, .otherNumber:
      true
    default: false
    }
  }

  /// What the register drops from letters.
  private static func isAccent(_ scalar: Unicode.Scalar) -> Bool { (0x300...0x36F).contains(scalar.value) }

  private static func add(_ scalar: Unicode.Scalar, to folded: inout [Unicode.Scalar]) {
    for small in scalar.properties.lowercaseMapping.unicodeScalars where !isAccent(small) { folded.append(bases[small] ?? small) }
  }

  /// Of each small letter that is one scalar with its accents, the letter without. A string equals another that is written with the accents apart, which is
  /// how the two are told to be one.
  private static let bases: [Unicode.Scalar: Unicode.Scalar] = {
    var plain: [String: Unicode.Scalar] = [:]
    let one: [Unicode.Scalar] = [
      "\u{300}", "\u{301}", "\u{302}", "\u{303}", "\u{304}", "\u{306}", "\u{307}", "\u{308}", "\u{309}", "\u{30A}", "\u{30B}", "\u{30C}",
      "\u{30F}",
      "\u{311}", "\u{31B}", "\u{323}", "\u{324}", "\u{325}", "\u{326}", "\u{327}", "\u{328}", "\u{32D}", "\u{32E}", "\u{330}", "\u{331}",
      "\u{342}",
      "\u{313}", "\u{314}",
    ]
    let letters = "abcdefghijklmnopqrstuvwxyzαβγδεζηθικλμνξοπρστυφχψωабвгдежзийклмнопрстуфхцчшщъыьэюяієіѣ".unicodeScalars
    for letter in letters {
      for accent in one { plain[text(letter, [accent])] = letter }
    }
    for letter in "aeiouyαεηιουω".unicodeScalars {
      for first in one {
        for second in one { plain[text(letter, [first, second])] = letter }
      }
    }
    var bases: [Unicode.Scalar: Unicode.Scalar] = [:]
    for range in [0xC0...0x24F, 0x370...0x4FF, 0x1E00...0x1FFF] as [ClosedRange<UInt32>] {
      for value in range {
        if let scalar = Unicode.Scalar(value), let letter = plain[String(scalar)] { bases[scalar] = letter }
      }
    }
    return bases
  }()

  private static func text(_ letter: Unicode.Scalar, _ accents: [Unicode.Scalar]) -> String {
    var scalars = String.UnicodeScalarView([letter])
    scalars.append(contentsOf: accents)
    return String(scalars)
  }
}
