/// Text taken down to lower-case ASCII: letters without accents, digits, the marks that phrases use, and blanks.
struct PhraseFolding {
  /// Stands for a character that no phrase has.
  static let foreign: UInt8 = 0
  /// Stand for ¼, ½ and ¾.
  static let fractions: [UInt8] = [1, 2, 3]

  private(set) var bytes: [UInt8] = []
  /// Of each byte of ``bytes``: where its character begins and ends in the text, in bytes of UTF-8. Accents behind it are part of it.
  private(set) var starts: [Int] = []
  private(set) var ends: [Int] = []

  /// Linear in the length of `text`.
  init(_ text: String) {
    bytes.reserveCapacity(text.utf8.count)
    var position = 0
    for scalar in text.unicodeScalars {
      let end = position + UTF8.width(scalar)
      if isAccent(scalar), let base = bytes.last, case UInt8(ascii: "a")...UInt8(ascii: "z") = base {
        // Only on a letter: an accent on a blank or a digit is a disguise, not a way of writing.
        ends[ends.count - 1] = end
      } else if scalar == "ª" {
        // Apart from its number: "2ª feira" is Monday, and "9ª" is not "9a", nine in the morning.
        add(UInt8(ascii: " "), position, end)
        add(UInt8(ascii: "a"), position, end)
      } else {
        add(ascii(scalar) ?? Self.foreign, position, end)
      }
      position = end
    }
  }

  private mutating func add(_ byte: UInt8, _ start: Int, _ end: Int) {
    bytes.append(byte)
    starts.append(start)
    ends.append(end)
  }

  /// The combining grave, acute, circumflex, tilde, diaeresis and cedilla: what macOS and iOS type apart from the letter.
  private func isAccent(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x300...0x303, 0x308, 0x327: true
    default: false
    }
  }

  private func ascii(_ scalar: Unicode.Scalar) -> UInt8? {
    switch scalar {
    case "a"..."z", "0"..."9", ":", "/", "-", ",", ".", "@", "'", "+", "!", "?", "&": UInt8(scalar.value)
    case "A"..."Z": UInt8(scalar.value + 32)
    case " ", "\t", "\n", "\r", "\u{A0}", "\u{2009}", "\u{202F}": UInt8(ascii: " ")
    case "’", "‘": UInt8(ascii: "'")
    case "\u{2010}", "\u{2011}", "–", "\u{2212}": UInt8(ascii: "-")
    case "¼", "½", "¾": Self.fractions[Int(scalar.value - 0xBC)]
    default: letter(scalar)
    }
  }

  /// The accented letters of Portuguese and its neighbours, and the sign of ordinals ("1º").
  private func letter(_ scalar: Unicode.Scalar) -> UInt8? {
    switch scalar {
    case "à"..."ä", "À"..."Ä": UInt8(ascii: "a")
    case "ç", "Ç": UInt8(ascii: "c")
    case "è"..."ë", "È"..."Ë": UInt8(ascii: "e")
    case "ì"..."ï", "Ì"..."Ï": UInt8(ascii: "i")
    case "ñ", "Ñ": UInt8(ascii: "n")
    case "ò"..."ö", "Ò"..."Ö", "º", "°": UInt8(ascii: "o")
    case "ù"..."ü", "Ù"..."Ü": UInt8(ascii: "u")
    default: nil
    }
  }
}

extension Phrase {
  /// Whether the text says that it is not to be at any time, in either language, with or without accents.
  public static func saysNever(_ text: String) -> Bool {
    let said = PhraseFolding(text).bytes
    return ["never", "no", "nunca", "nao"].contains { said.elementsEqual($0.utf8) }
  }
}
