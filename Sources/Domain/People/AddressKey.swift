/// What makes two addresses of people the same (RULES 9.14).
public enum AddressKey {
  /// Digits of the shortest number that is kept: a short one of an authority.
  private static let shortest = 3

  /// Of an e-mail address: ASCII letters in lower case, blanks at the ends gone; dots and what stands behind a `+` stay. Signing in uses the same.
  public static func email(_ text: String) -> String {
    let bytes = text.utf8.drop { $0 == 32 }.reversed().drop { $0 == 32 }.reversed()
    return String(decoding: bytes.map(ASCII.lower), as: UTF8.self)
  }

  /// Whether mail can be sent there, as far as the spelling tells: the dot-atom form of RFC 5322 in ASCII, at most 254 bytes (RFC 5321).
  public static func isEmail(_ text: String) -> Bool {
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

  /// Of a telephone number: `+` and digits where its country can be told, else its digits alone.
  ///
  /// - Parameters:
  ///   - typed: as people type it; `tel:` in front is passed over.
  ///   - country: the person's own, whose numbers people write without its code; nil: nobody knows.
  /// - Returns: nil for what is no number: under 3 digits or over 32.
  public static func phone(_ typed: String, in country: CallingCode?) -> String? {
    guard typed.utf8.count <= 400 else { return nil }
    let text = withoutScheme(typed)
    if let number = PhoneNumber(text) { return number.text }
    let digits = text.utf8.filter { decimal($0) != nil }
    guard (shortest...32).contains(digits.count) else { return nil }
    // With a letter or a mark in it ("ext. 12") nothing is made whole.
    let isPlain = text.unicodeScalars.allSatisfy { scalar in
      ("0"..."9").contains(scalar) || scalar == "(" || scalar == ")" || PhoneNumber.separates(scalar)
    }
    if isPlain, let country, let whole = country.whole(digits) { return whole }
    return String(decoding: digits, as: UTF8.self)
  }

  static func withoutScheme(_ text: String) -> String {
    let bytes = Array(text.utf8)[...].trimmed
    return bytes.begins(with: "tel:") ? bytes.dropFirst(4).text : bytes.text
  }

  private static func isAtomByte(_ byte: UInt8) -> Bool { isLetterOrDigit(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte) }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
  }
}

/// An address of a person, as it is shown and as it is compared.
public struct PersonAddress: Hashable, Sendable {
  public enum Kind: String, CaseIterable, Hashable, Sendable { case email, phone }

  /// The longest number that is kept, in Unicode scalars.
  public static let longestPhone = 60

  public let kind: Kind
  /// An e-mail address as typed without blanks around it; a number as E.164 has it where its country can be told, else as typed in one line (RULES 9.2).
  public let value: String
  /// ``AddressKey``.
  public let key: String

  /// - Returns: nil for what no mail can be sent to.
  public init?(email typed: String) {
    let text = Array(typed.utf8)[...].trimmed.text
    guard AddressKey.isEmail(text) else { return nil }
    (kind, value, key) = (.email, text, AddressKey.email(text))
  }

  /// - Returns: nil for what is no number: without 3 digits, or longer than ``longestPhone``.
  public init?(phone typed: String, in country: CallingCode?) {
    let text = ImportText.oneLine(AddressKey.withoutScheme(typed))
    guard text.unicodeScalars.count <= PersonAddress.longestPhone, let key = AddressKey.phone(text, in: country) else { return nil }
    (kind, value, self.key) = (.phone, key.utf8.first == UInt8(ascii: "+") ? key : text, key)
  }
}
