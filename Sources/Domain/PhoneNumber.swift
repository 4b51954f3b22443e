/// A telephone number as E.164 has it: `+`, the code of a country, and digits, fifteen in all at most.
public struct PhoneNumber: Hashable, Sendable {
  /// `+351912345678`.
  public let text: String

  /// Reads what people type and what address books paste: blanks, dots, dashes, strokes and brackets between the digits go, and so does what cannot be
  /// seen; `00` in front stands for `+`, and a nought in brackets is dialled only where there is no code of a country.
  ///
  /// - Returns: nil for what is no number that could be called from anywhere.
  public init?(_ typed: String) {
    var kept: [UInt8] = []
    for scalar in typed.unicodeScalars where !PhoneNumber.separates(scalar) {
      guard scalar.isASCII, let byte = UInt8(exactly: scalar.value), kept.count < 32 else { return nil }
      kept.append(byte)
    }
    let trunk = Array("(0)".utf8)
    if let place = kept.indices.first(where: { kept[$0...].starts(with: trunk) }) { kept.removeSubrange(place..<place + trunk.count) }
    kept.removeAll { $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: ")") }
    let plus = UInt8(ascii: "+")
    if kept.starts(with: Array("00".utf8)) { kept = [plus] + kept.dropFirst(2) }
    let digits = kept.dropFirst()
    guard kept.first == plus, (8...15).contains(digits.count), digits.allSatisfy({ (48...57).contains($0) }), digits.first != 48 else {
      return nil
    }
    text = String(decoding: kept, as: UTF8.self)
  }

  /// What may stand between digits, seen or not.
  static func separates(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case " ", "\t", ".", "-", "/", "\u{A0}", "\u{2007}", "\u{202F}": true
    // Dashes of all lengths, and marks of direction, which address books put around numbers.
    case "\u{2010}"..."\u{2015}", "\u{200B}"..."\u{200F}", "\u{202A}"..."\u{202E}", "\u{2060}"..."\u{2069}", "\u{FEFF}": true
    default: false
    }
  }
}
