/// An address on this site: `"/reminders/\(id)/snoozes?after=\(cursor)"`.
///
/// The literal parts are constants of the program; every value between them is percent-encoded, so it stays one
/// segment or one query value. A path never starts with `//` or `/\`, holds no backslash, control or `.`/`..` segment:
/// where values would make one (an empty first segment, a value `..`) the path becomes `/`, since a trap would be an outage.
public struct Path: URLText, Hashable, Sendable, CustomStringConvertible {
  /// As it goes into a `Location` header: ASCII only.
  public let text: String

  public var description: String { text }

  /// Accepts what a stranger sent as `next=`: a path of this site, already encoded, at most 2,000 bytes.
  ///
  /// Checked on bytes, since `"/\u{338}evil".hasPrefix("/")` is false and a browser reads `/\evil` as `//evil`.
  public init?(checking text: String) {
    guard text.utf8.count <= 2_000, Path.isSafe(Array(text.utf8)) else { return nil }
    self.text = text
  }

  /// The same path with `name=value` at the end of its query; unchanged when `value` is nil.
  public func adding(_ name: StaticString, _ value: String?) -> Path {
    guard let value else { return self }
    let mark = text.utf8.contains(0x3F) ? "&" : "?"
    return Path(built: text + mark + "\(name)=" + Path.encode(value))
  }

  /// The same path with `#name` at its end.
  public func fragment(_ name: String) -> Path {
    Path(built: text + "#" + Path.encode(name))
  }

  public func write(into html: inout HTMLWriter) { html.text(text) }

  init(built text: String) {
    self.text = Path.isSafe(Array(text.utf8)) ? text : "/"
  }

  /// Everything but the unreserved characters of RFC 3986 becomes `%XX`.
  static func encode(_ value: some StringProtocol) -> String {
    var bytes: [UInt8] = []
    for byte in value.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: bytes.append(byte)
      default: bytes += [0x25, hexDigit(byte >> 4), hexDigit(byte & 15)]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func isSafe(_ bytes: [UInt8]) -> Bool {
    guard bytes.first == 0x2F, bytes.count == 1 || bytes[1] != 0x2F else { return false }
    // Printable ASCII without " < > \ ^ ` { | } : what may stand in a URL. That leaves out the backslash.
    guard bytes.allSatisfy({ isURLByte($0) }) else { return false }
    let path = bytes.prefix { $0 != 0x3F && $0 != 0x23 }
    return !path.split(separator: 0x2F).contains { isDotSegment($0) }
  }

  /// Browsers read `%2e` as a dot here (WHATWG URL, "double-dot path segment").
  private static func isDotSegment(_ segment: ArraySlice<UInt8>) -> Bool {
    let text = String(decoding: segment, as: UTF8.self).lowercased()
    return [".", "..", "%2e", "%2e.", ".%2e", "%2e%2e"].contains(text)
  }
}

extension Path: ExpressibleByStringInterpolation {
  public init(stringLiteral value: StaticString) {
    self.init(built: "\(value)")
  }

  public init(stringInterpolation: Interpolation) {
    self.init(built: stringInterpolation.text)
  }

  /// Collects the parts of a path literal.
  public struct Interpolation: StringInterpolationProtocol {
    var text = ""

    public init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity + 40 * interpolationCount)
    }

    public mutating func appendLiteral(_ literal: StaticString) {
      text += "\(literal)"
    }

    /// One segment or one query value; anything but `A–Z a–z 0–9 - . _ ~` is percent-encoded.
    public mutating func appendInterpolation(_ value: some StringProtocol) {
      text += Path.encode(value)
    }

    public mutating func appendInterpolation(_ value: some FixedWidthInteger) {
      text += String(value)
    }
  }
}

func hexDigit(_ nibble: UInt8) -> UInt8 { nibble < 10 ? 0x30 + nibble : 0x37 + nibble }

/// Printable ASCII that may stand in a URL (RFC 3986), the percent sign included.
func isURLByte(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x22, 0x3C, 0x3E, 0x5C, 0x5E, 0x60, 0x7B, 0x7C, 0x7D: false
  default: byte > 0x20 && byte < 0x7F
  }
}
