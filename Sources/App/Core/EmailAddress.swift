import Domain

/// E-mail addresses as Heed takes them: the dot-atom form of RFC 5322 in ASCII, at most 254 bytes (RFC 5321).
enum EmailAddress {
  /// What makes two addresses the same: ASCII letters in lower case, blanks at the ends gone.
  static func key(_ text: String) -> String { AddressKey.email(text) }

  /// Whether mail can be sent there, as far as the spelling tells.
  static func isValid(_ text: String) -> Bool { AddressKey.isEmail(text) }
}
