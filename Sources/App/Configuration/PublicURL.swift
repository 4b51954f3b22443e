/// The origin people reach the site at: scheme, host and perhaps a port; no path. Links, redirects and the `Origin` check are
/// made from it, never from a request's Host.
public struct PublicURL: Hashable, Sendable {
  /// True for https: cookies are `Secure` with the `__Host-` prefix, and HSTS is sent.
  public let isSecure: Bool
  /// In lower case; an IPv6 address in its brackets.
  public let host: String
  /// nil when it is the scheme's own.
  public let port: Int?
  /// The origin as browsers send it in `Origin`: `https://heed.example.org`, without a slash at the end.
  public let text: String

  /// - Throws: a ``Mistake`` whose words say what to write instead.
  public init(_ written: String) throws(Mistake) {
    func wrong(_ words: String) -> Mistake { Mistake(Setting.publicURL.name, "is “\(written)”; \(words)") }
    let bytes = written.lowercased()
    let schemes = [("https://", true, 443), ("http://", false, 80)]
    guard let (scheme, secure, ownPort) = schemes.first(where: { bytes.utf8.starts(with: $0.0.utf8) }) else {
      throw wrong("it must begin with “https://” (or “http://” on one's own machine).")
    }
    var rest = bytes.utf8.dropFirst(scheme.utf8.count)
    if rest.last == UInt8(ascii: "/") { rest = rest.dropLast() }
    guard !rest.contains(where: { "/?#@".utf8.contains($0) }) else {
      throw wrong("it may hold a host and a port only, no path and no name: Heed answers at the top of its host.")
    }
    var hostBytes = rest
    var port: Int?
    if let colon = rest.lastIndex(of: UInt8(ascii: ":")), rest.last != UInt8(ascii: "]") {
      guard let number = Int(Substring(rest[rest.index(after: colon)...])), (1...65_535).contains(number) else {
        throw wrong("the port must be a number from 1 to 65535.")
      }
      hostBytes = rest[..<colon]
      port = number == ownPort ? nil : number
    }
    host = String(Substring(hostBytes))
    guard Self.isHost(host) else { throw wrong("“\(host)” is no host name (write an international name in its xn-- form).") }
    isSecure = secure
    self.port = port
    text = scheme + host + (port.map { ":\($0)" } ?? "")
  }

  /// Letters, digits, `-` and `.` with no empty label, at most 253 bytes; or an address in brackets.
  private static func isHost(_ host: String) -> Bool {
    let bytes = Array(host.utf8)
    if bytes.first == UInt8(ascii: "[") {
      return bytes.count > 3 && bytes.last == UInt8(ascii: "]")
        && bytes.dropFirst().dropLast().allSatisfy { "0123456789abcdef:.".utf8.contains($0) }
    }
    let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return bytes.count <= 253
      && labels.allSatisfy { label in
        (1...63).contains(label.count) && label.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789-".utf8.contains($0) }
          && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
      }
  }
}
