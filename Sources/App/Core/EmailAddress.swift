/// E-mail addresses as Heed takes them: the dot-atom form of RFC 5322 in ASCII, at most 254 bytes (RFC 5321).
enum EmailAddress {
  /// What makes two addresses the same: ASCII letters in lower case, blanks at the ends gone.
  static func key(_ text: String) -> String {
    let bytes = text.utf8.drop { $0 == 32 }.reversed().drop { $0 == 32 }.reversed()
    return String(decoding: bytes.map { $0 >= 65 && $0 <= 90 ? $0 | 32 : $0 }, as: UTF8.self)
  }

  /// Whether mail can be sent there, as far as the spelling tells.
  static func isValid(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count <= 254, let at = bytes.firstIndex(of: UInt8(ascii: "@")), at == bytes.lastIndex(of: UInt8(ascii: "@")) else {
      return false
    }
    let local = bytes[..<at]
    let host = bytes[(at + 1)...]
    guard (1...64).contains(local.count), (1...253).contains(host.count) else { return false }
    let atoms = local.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let labels = host.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return atoms.allSatisfy { !$0.isEmpty && $0.allSatisfy(isAtomByte) }
      && labels.allSatisfy { label in
        (1...63).contains(label.count) && label.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
          && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
      }
  }

  private static func isAtomByte(_ byte: UInt8) -> Bool {
    isLetterOrDigit(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
  }
}
