import CCurl
import Domain

/// How a connection to a mail server is kept from others.
public enum MailSecurity: String, Hashable, Sendable, CaseIterable {
  /// From the first byte (RFC 8314).
  case tls
  /// After a greeting in the clear; where the server does not offer it, nothing is said.
  case starttls
  /// Never, also where the server would offer it.
  case none
}

/// A mail server by its name or address and its port, as people type them.
public struct MailHost: Hashable, Sendable {
  /// In ASCII: a name with other letters is in Punycode, an IPv6 address in brackets.
  public let name: String
  public let port: Int

  /// - Parameters:
  ///   - host: a name, an IPv4 or an IPv6 address (with or without brackets); blanks around it are passed over.
  ///   - port: 1 to 65535.
  /// - Returns: nil when it is none: also for an address with a scheme, a path or a user.
  public init?(_ host: String, port: Int) {
    let bytes = host.utf8.drop { $0 == 32 || $0 == 9 }
    let end = bytes.lastIndex { $0 != 32 && $0 != 9 }.map { bytes.index(after: $0) } ?? bytes.startIndex
    let text = String(Substring(bytes[..<end]))
    guard (1...65_535).contains(port), let name = MailHost.ascii(text) else { return nil }
    (self.name, self.port) = (name, port)
  }

  private static func ascii(_ text: String) -> String? {
    let bytes = text.utf8
    let isBracketed = bytes.first == UInt8(ascii: "[") && bytes.last == UInt8(ascii: "]")
    let inner = isBracketed ? String(Substring(bytes.dropFirst().dropLast())) : text
    if inner.utf8.contains(UInt8(ascii: ":")) { return IPAddress(inner).map { "[\($0)]" } }
    if isBracketed { return nil }
    // Whatever may stand behind the @ of an address, and a trailing dot.
    let name = bytes.last == UInt8(ascii: ".") ? String(Substring(bytes.dropLast())) : text
    return MailAddress.ascii(domain: name)
  }

  /// - Parameter scheme: without TLS; an `s` is added where TLS comes first.
  func url(_ scheme: String, _ security: MailSecurity) -> String {
    "\(scheme)\(security == .tls ? "s" : "")://\(name):\(port)"
  }
}

/// Which addresses a server may be dialled at, and what was refused.
final class DialWatch {
  private let addresses: AddressGuard
  /// Why the last address was not dialled, for operators and whoever typed its name.
  private(set) var refusal: String?

  init(_ addresses: AddressGuard) { self.addresses = addresses }

  /// Asks the guard before each address that `easy` dials.
  func watch(_ easy: Easy) {
    easy.mayDial = { [self] address in
      guard let refused = addresses.refusal(of: address) else { return true }
      refusal = "\(address) is not dialled: \(refused.rawValue)"
      return false
    }
  }
}
