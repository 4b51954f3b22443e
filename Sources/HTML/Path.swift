/// An address on this site: `"/reminders/\(id)/snoozes?after=\(cursor)"`.
///
/// The literal parts are constants of the program; every value between them is percent-encoded, so it stays one
/// segment or one query value. A path never starts with `//` or `/\`, holds no backslash, control or `.`/`..` segment:
/// where values would make one (an empty first segment, a value `..`) the path becomes `/`, since a trap would be an outage.
public struct Path: URLText, Sendable, CustomStringConvertible {
  /// A list has hundreds of links to rows. Kept in parts, such a path needs no memory of its own.
  private enum Form {
    case text(String)
    case row(before: StaticString, high: UInt64, low: UInt64, after: StaticString)
  }

  private let form: Form

  /// As it goes into a `Location` header: ASCII only.
  public var text: String {
    switch form {
    case .text(let text): return text
    case .row(let before, let high, let low, let after):
      var bytes = HTMLWriter(words: Words.none, capacity: 128)
      bytes.literal(before)
      bytes.uuid(high, low)
      bytes.literal(after)
      return String(decoding: bytes.bytes, as: UTF8.self)
    }
  }

  public var description: String { text }

  /// Accepts what a stranger sent as `next=`: a path of this site, already encoded, at most 2,000 bytes.
  ///
  /// Checked on bytes, since `"/\u{338}evil".hasPrefix("/")` is false and a browser reads `/\evil` as `//evil`.
  public init?(checking text: String) {
    guard text.utf8.count <= 2_000, Array(text.utf8).withUnsafeBufferPointer({ isSafePath($0) }) else { return nil }
    form = .text(text)
  }

  /// The same path with `name=value` at the end of its query; unchanged when `value` is nil.
  public func adding(_ name: StaticString, _ value: String?) -> Path {
    guard let value else { return self }
    let text = text
    var bytes = Array(text.utf8)
    bytes.append(text.utf8.contains(0x3F) ? 0x26 : 0x3F)
    name.withUTF8Buffer { bytes += $0 }
    bytes.append(0x3D)
    appendEncoded(value, to: &bytes)
    return Path(bytes)
  }

  /// The same path with `#name` at its end.
  public func fragment(_ name: String) -> Path {
    var bytes = Array(text.utf8) + [0x23]
    appendEncoded(name, to: &bytes)
    return Path(bytes)
  }

  public func write(into html: inout HTMLWriter) {
    switch form {
    case .text(let text): html.text(text)
    case .row(let before, let high, let low, let after):
      html.constant(before)
      html.uuid(high, low)
      html.constant(after)
    }
  }

  private init(_ bytes: [UInt8]) {
    form = .text(bytes.withUnsafeBufferPointer { isSafePath($0) } ? String(decoding: bytes, as: UTF8.self) : "/")
  }

  private init(_ form: Form) {
    self.form = form
  }
}

extension Path: Hashable {
  public static func == (left: Path, right: Path) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

  public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

/// A value of 16 bytes whose text is a UUID: the id of a row.
public protocol PathID {
  /// Bytes 0…7, big-endian.
  var high: UInt64 { get }
  /// Bytes 8…15, big-endian.
  var low: UInt64 { get }
}

extension Path: ExpressibleByStringInterpolation {
  public init(stringLiteral value: StaticString) {
    self.init(value.withUTF8Buffer { Array($0) })
  }

  public init(stringInterpolation path: Interpolation) {
    // An id is harmless, whatever stands beside it.
    if path.bytes.isEmpty, let id = path.id, path.isPlain {
      self.init(.row(before: path.before, high: id.high, low: id.low, after: path.after))
    } else {
      self.init(path.whole)
    }
  }

  /// Collects the parts of a path literal: as two literals and an id while that is all there is, then as bytes.
  public struct Interpolation: StringInterpolationProtocol {
    fileprivate var before: StaticString = ""
    fileprivate var id: (high: UInt64, low: UInt64)?
    fileprivate var after: StaticString = ""
    fileprivate var bytes: [UInt8] = []

    public init(literalCapacity: Int, interpolationCount: Int) {}

    public mutating func appendLiteral(_ literal: StaticString) {
      if literal.utf8CodeUnitCount == 0 { return }
      if bytes.isEmpty, id == nil, before.utf8CodeUnitCount == 0 {
        before = literal
      } else if bytes.isEmpty, id != nil, after.utf8CodeUnitCount == 0 {
        after = literal
      } else {
        bytes = whole + literal.withUTF8Buffer { Array($0) }
      }
    }

    /// The id of a row.
    public mutating func appendInterpolation(_ value: some PathID) {
      if bytes.isEmpty, id == nil {
        id = (value.high, value.low)
      } else {
        bytes = whole + Interpolation.text(value.high, value.low)
      }
    }

    /// One segment or one query value; anything but `A–Z a–z 0–9 - . _ ~` is percent-encoded.
    public mutating func appendInterpolation(_ value: some StringProtocol) {
      bytes = whole
      appendEncoded(value, to: &bytes)
    }

    public mutating func appendInterpolation(_ value: some FixedWidthInteger) {
      bytes = whole + String(value).utf8
    }

    /// Whether this begins as a path must. The rest are constants of the program, which builds for debugging, and so the tests, look at whole:
    /// a list writes hundreds of paths, and a third of that was reading them again.
    fileprivate var isPlain: Bool {
      #if DEBUG
        if !(before.withUTF8Buffer { isSafePath($0) } && after.withUTF8Buffer { isSafeRest($0) }) { return false }
      #endif
      return before.withUTF8Buffer { $0.count >= 1 && $0[0] == 0x2F && ($0.count == 1 || ($0[1] != 0x2F && $0[1] != 0x5C)) }
    }

    /// All so far.
    fileprivate var whole: [UInt8] {
      if !bytes.isEmpty { return bytes }
      var bytes = before.withUTF8Buffer { Array($0) }
      if let id { bytes += Interpolation.text(id.high, id.low) }
      return bytes + after.withUTF8Buffer { Array($0) }
    }

    private static func text(_ high: UInt64, _ low: UInt64) -> [UInt8] {
      var html = HTMLWriter(words: Words.none, capacity: 36)
      html.uuid(high, low)
      return html.bytes
    }
  }
}
