/// Takes text down to lower-case ASCII: letters without accents, digits, the marks that phrases use, and blanks.
enum PhraseFolding {
  /// The folded bytes of `text`; nil when it contains a character that no phrase has.
  static func fold(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      if isAccent(scalar) {
        // Only on a letter: an accent on a blank or a digit is a disguise, not a way of writing.
        guard let base = bytes.last, case UInt8(ascii: "a")...UInt8(ascii: "z") = base else { return nil }
      } else if scalar == "ª" {
        // Apart from its number: "2ª feira" is Monday, and "9ª" is not "9a", nine in the morning.
        bytes += Array(" a".utf8)
      } else if let byte = ascii(scalar) {
        bytes.append(byte)
      } else {
        return nil
      }
    }
    return bytes
  }

  /// The combining grave, acute, circumflex, tilde, diaeresis and cedilla: what macOS and iOS type apart from the letter.
  private static func isAccent(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x300...0x303, 0x308, 0x327: true
    default: false
    }
  }

  private static func ascii(_ scalar: Unicode.Scalar) -> UInt8? {
    switch scalar {
    case "a"..."z", "0"..."9", ":", "/", "-", ",", ".", "@", "'": UInt8(scalar.value)
    case "A"..."Z": UInt8(scalar.value + 32)
    case " ", "\t", "\n", "\r", "\u{A0}", "\u{2009}", "\u{202F}": UInt8(ascii: " ")
    case "’", "‘": UInt8(ascii: "'")
    case "\u{2010}", "\u{2011}", "–", "\u{2212}": UInt8(ascii: "-")
    default: letter(scalar)
    }
  }

  /// The accented letters of Portuguese and its neighbours, and the sign of ordinals ("1º").
  private static func letter(_ scalar: Unicode.Scalar) -> UInt8? {
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
