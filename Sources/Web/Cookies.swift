/// Cookies (RFC 6265), read and written.
public struct Cookies: Sendable {
  private let header: [UInt8]

  /// - Parameter header: the `Cookie` header as it came.
  public init(_ header: [UInt8]?) { self.header = header ?? [] }

  /// The first cookie of that name; nil when there is none. Names are compared byte by byte.
  public subscript(name: String) -> String? {
    for pair in header.split(separator: UInt8(ascii: ";")) {
      let trimmed = pair.drop { $0 == 32 || $0 == 9 }
      guard let mark = trimmed.firstIndex(of: UInt8(ascii: "=")), trimmed[..<mark].elementsEqual(name.utf8) else { continue }
      return Bytes.validText(Array(trimmed[(mark + 1)...]))
    }
    return nil
  }

  /// A `Set-Cookie` value. Always `HttpOnly` and `SameSite=Lax`, for the whole site, with `Max-Age` and never `Expires`: a browser's clock may be wrong.
  ///
  /// - Parameters:
  ///   - seconds: how long it is kept; nil: until the browser closes; 0: remove it.
  ///   - secure: whether the public address is https.
  public static func set(_ name: String, _ value: String, seconds: Int?, secure: Bool) -> String {
    var out = "\(name)=\(value); Path=/; HttpOnly; SameSite=Lax"
    if let seconds { out += "; Max-Age=\(seconds)" }
    if secure { out += "; Secure" }
    return out
  }
}
