import CCurl

/// An e-mail address that can be written into a mail envelope and a header as it stands: `local@domain`, no quotes, no comments.
///
/// Letters outside ASCII are allowed on both sides. In the domain they are turned into their ASCII form (IDNA) before they are sent;
/// in the local part they need a server that announces SMTPUTF8 (RFC 6531), and without it the address is refused for good.
public struct MailAddress: Hashable, Sendable {
  /// As given; a domain outside ASCII is not yet converted.
  public let text: String
  /// As it goes over the wire: the domain in ASCII.
  public let wire: String
  /// The local part is outside ASCII.
  public let needsUTF8: Bool

  /// Reads what RFC 5321 calls Mailbox, without quoted strings and address literals.
  ///
  /// - Returns: nil when it is longer than 254 bytes (local part 64), has a control character, blank or line end, or is no address.
  public init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    guard parts.count == 2, text.utf8.count <= 254, MailAddress.isLocal(parts[0]), let domain = MailAddress.ascii(parts[1]) else {
      return nil
    }
    let local = String(Substring(parts[0]))
    self.text = text
    wire = "\(local)@\(domain)"
    needsUTF8 = parts[0].contains { $0 >= 0x80 }
  }

  /// RFC 5322's dot-atom, and any scalar beyond Latin-1's controls (RFC 6532).
  private static func isLocal(_ local: Substring.UTF8View) -> Bool {
    guard (1...64).contains(local.count) else { return false }
    let atoms = local.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let isAtom = { (byte: UInt8) in
      byte >= 0x80 || (48...57).contains(byte) || (65...90).contains(byte & 0xDF) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }
    return atoms.allSatisfy { !$0.isEmpty && $0.allSatisfy(isAtom) } && Substring(local).unicodeScalars.allSatisfy(isVisible)
  }

  private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .unassigned, .privateUse: false
    default: true
    }
  }

  /// The name of a machine or domain as it is looked up; nil when it is none.
  static func ascii(domain: String) -> String? { ascii(Substring(domain).utf8) }

  /// The domain in ASCII: labels of letters, digits and hyphens. libcurl converts the others (libidn2).
  private static func ascii(_ domain: Substring.UTF8View) -> String? {
    guard let ascii = domain.allSatisfy({ $0 < 0x80 }) ? String(Substring(domain)) : punycode(Substring(domain)) else { return nil }
    let labels = ascii.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let fits = labels.allSatisfy { label in
      (1...63).contains(label.count) && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
        && label.allSatisfy { (48...57).contains($0) || (65...90).contains($0 & 0xDF) || $0 == UInt8(ascii: "-") }
    }
    return fits && ascii.utf8.count <= 253 ? ascii : nil
  }

  private static func punycode(_ domain: Substring) -> String? {
    // Of ASCII only what a label may hold: anything else would be read as another part of the URL.
    let isPlain = domain.utf8.allSatisfy { $0 >= 0x80 || (48...57).contains($0) || (65...90).contains($0 & 0xDF) || $0 == 45 || $0 == 46 }
    guard Easy.isStarted, isPlain, domain.unicodeScalars.allSatisfy(isVisible), let url = curl_url() else { return nil }
    defer { curl_url_cleanup(url) }
    var host: UnsafeMutablePointer<CChar>?
    guard curl_url_set(url, CURLUPART_URL, "http://\(domain)/", 0) == CURLUE_OK,
      curl_url_get(url, CURLUPART_HOST, &host, UInt32(CURLU_PUNYCODE)) == CURLUE_OK, let host
    else { return nil }
    defer { curl_free(host) }
    return String(cString: host)
  }
}
