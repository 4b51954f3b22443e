/// The identity of a mail (RFC 5322, 3.6.4): `local@domain`, without its angle brackets. Whoever retries a message uses the same one.
public struct MessageID: Hashable, Sendable {
  public let text: String

  /// One that we give.
  ///
  /// - Parameter text: with or without angle brackets.
  /// - Returns: nil unless both sides of the `@` are dot-atoms of ASCII, at most 200 bytes together.
  public init?(_ text: String) {
    var bytes = Substring(text).utf8
    if bytes.first == UInt8(ascii: "<"), bytes.last == UInt8(ascii: ">") { bytes = bytes.dropFirst().dropLast() }
    let sides = bytes.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    let isAtom = { (byte: UInt8) in
      (48...57).contains(byte) || (65...90).contains(byte & 0xDF) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }
    guard bytes.count <= 200, sides.count == 2,
      sides.allSatisfy({ side in
        side.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty && $0.allSatisfy(isAtom) }
      })
    else { return nil }
    self.text = String(Substring(bytes))
  }

  /// An id that another program gave, for ``Mail/inReplyTo`` and ``Mail/references`` alone: those name what they answer as it names itself, also
  /// where that is no dot-atom.
  ///
  /// - Returns: nil unless it is `<…@…>` of visible ASCII without further angle brackets, at most 980 bytes: anything else does not come into a head.
  public init?(foreign text: String) {
    let bytes = text.utf8
    guard (5...980).contains(bytes.count), bytes.first == UInt8(ascii: "<"), bytes.last == UInt8(ascii: ">") else { return nil }
    let inner = bytes.dropFirst().dropLast()
    guard inner.allSatisfy({ $0 > 32 && $0 < 127 && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") }),
      let at = inner.firstIndex(of: UInt8(ascii: "@")), at != inner.startIndex, inner.last != UInt8(ascii: "@")
    else { return nil }
    self.text = String(Substring(inner))
  }

  var bracketed: String { "<\(text)>" }

  /// A byte that differs for most ids.
  var mark: UInt8 { text.utf8.reduce(0x5D) { ($0 ^ $1) &* 0xB3 } }

  /// 128 bits in hexadecimal that differ where the ids differ (FNV-1a, twice). Not a secret: it names, it does not protect.
  var fingerprint: String {
    let halves: [UInt64] = [0xCBF2_9CE4_8422_2325, 0x8422_2325_CBF2_9CE4].map { start in
      text.utf8.reduce(start) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
    return halves.map { half in
      let digits = String(half, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}
