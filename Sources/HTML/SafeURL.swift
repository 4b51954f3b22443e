/// An address elsewhere that a person may follow: `http`, `https`, `mailto` without a query, `tel`, or `geo` with a point alone.
///
/// An allow-list over bytes. Whatever does not begin with one of the five schemes, letter by letter, is refused, so tabs
/// inside `java\tscript:`, controls in front of it and look-alike letters need no thought.
public struct SafeURL: URLText, Hashable, Sendable, CustomStringConvertible {
  /// The address, ASCII only: other characters have been percent-encoded.
  public let text: String

  /// Whom the address leads to, in lower case: the host of a web address, the address of a mail, the number of a call, a point.
  public let target: String

  public var description: String { text }

  /// - Returns: nil for other schemes, user names (`https://bank.example@evil.example`), no host, spaces, controls,
  ///   and addresses longer than 2,000 bytes.
  public init?(_ address: some StringProtocol) {
    var bytes: [UInt8] = []
    for byte in address.utf8 {
      if byte >= 0x80 { bytes += [0x25, hexDigit(byte >> 4), hexDigit(byte & 15)] } else { bytes.append(byte) }
    }
    guard bytes.count <= 2_000, bytes.allSatisfy({ isURLByte($0) }), let colon = bytes.firstIndex(of: 0x3A) else { return nil }
    let rest = bytes[(colon + 1)...]
    let found: ArraySlice<UInt8>?
    switch bytes[..<colon].map({ $0 | 0x20 }) {
    case Array("http".utf8), Array("https".utf8): found = SafeURL.host(rest)
    case Array("mailto".utf8): found = SafeURL.mailbox(rest)
    case Array("tel".utf8): found = SafeURL.number(rest)
    case Array("geo".utf8): found = SafeURL.point(rest)
    default: found = nil
    }
    guard let found else { return nil }
    text = String(decoding: bytes, as: UTF8.self)
    target = String(decoding: found, as: UTF8.self).lowercased()
  }

  public func write(into html: inout HTMLWriter) { html.text(text) }

  private static func host(_ rest: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard rest.starts(with: [0x2F, 0x2F]) else { return nil }
    let authority = rest.dropFirst(2).prefix { $0 != 0x2F && $0 != 0x3F && $0 != 0x23 }
    let host = authority.first == 0x5B ? authority : authority.prefix { $0 != 0x3A }
    return host.isEmpty || authority.contains(0x40) ? nil : host
  }

  /// One mailbox. A query could add recipients and text, a percent sign could hide one.
  private static func mailbox(_ rest: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let refused = Array("?&#%,;:/()[]".utf8)  // not for each byte: 16 kB hold 2,340 addresses
    let allowed = !rest.contains { refused.contains($0) }
    let parts = rest.split(separator: 0x40, omittingEmptySubsequences: false)
    return allowed && parts.count == 2 && parts.allSatisfy { !$0.isEmpty } ? rest : nil
  }

  private static func number(_ rest: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let marks = Array("+-.()".utf8)
    let allowed = rest.allSatisfy { (0x30...0x39).contains($0) || marks.contains($0) }
    return allowed && rest.contains { (0x30...0x39).contains($0) } ? rest : nil
  }
  /// Latitude and longitude with a comma between them (RFC 5870).
  private static func point(_ rest: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let parts = rest.split(separator: 0x2C, omittingEmptySubsequences: false)
    let isPoint = parts.allSatisfy { part in
      part.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x2E } && part.contains { (0x30...0x39).contains($0) }
    }
    return parts.count == 2 && isPoint ? rest : nil
  }
}
