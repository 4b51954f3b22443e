import Glibc

/// The bytes of a text column where the result of the query holds them: no `String` is made, nothing is copied.
///
/// A `Text` keeps its whole result in memory, so it belongs in rows and pages, not in something that outlives the request. It compares
/// and hashes by bytes, as PostgreSQL does. For tests and samples it can be written as a literal.
public struct Text {
  @usableFromInline let owner: AnyObject?
  @usableFromInline let start: UnsafePointer<UInt8>?
  /// Bytes, not characters.
  public let count: Int

  @inlinable init(owner: AnyObject?, start: UnsafePointer<UInt8>?, count: Int) {
    (self.owner, self.start, self.count) = (owner, start, count)
  }

  /// A copy of `bytes`, which should be UTF-8.
  public init(_ bytes: some Collection<UInt8>) {
    let copy = OwnBytes(bytes)
    self.init(owner: copy, start: UnsafePointer(copy.buffer.baseAddress), count: copy.buffer.count)
  }

  public init(_ text: String) { self.init(text.utf8) }

  @inlinable public var isEmpty: Bool { count == 0 }

  /// Calls `body` with the bytes.
  @inlinable public func withBytes<Result: ~Copyable, Failure: Error>(_ body: (Span<UInt8>) throws(Failure) -> Result) throws(Failure)
    -> Result
  {
    try withExtendedLifetime(owner) { () throws(Failure) in
      try body(UnsafeBufferPointer(start: start, count: count).span)
    }
  }

  /// A copy of the bytes.
  public var bytes: [UInt8] {
    withExtendedLifetime(owner) { Array(UnsafeBufferPointer(start: start, count: count)) }
  }
}

extension Text: ExpressibleByStringLiteral {
  @inlinable public init(stringLiteral text: StaticString) {
    if text.hasPointerRepresentation {
      self.init(owner: nil, start: text.utf8Start, count: text.utf8CodeUnitCount)
    } else {
      self.init(String(text.unicodeScalar))
    }
  }
}

extension Text: Hashable {
  public static func == (left: Text, right: Text) -> Bool {
    guard left.count == right.count, let first = left.start, let second = right.start else { return left.count == right.count }
    return memcmp(first, second, left.count) == 0
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(bytes: UnsafeRawBufferPointer(start: start, count: count))
  }
}

extension Text: CustomStringConvertible {
  public var description: String { String(self) }
}

extension String {
  /// Bytes that are not UTF-8, which a UTF-8 database never sends, become U+FFFD.
  public init(_ text: Text) {
    self = text.withBytes { span in span.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) } }
  }
}

/// Bytes of a ``Text`` that comes from no result.
private final class OwnBytes {
  let buffer: UnsafeMutableBufferPointer<UInt8>

  init(_ bytes: some Collection<UInt8>) {
    buffer = .allocate(capacity: bytes.count)
    _ = buffer.initialize(from: bytes)
  }

  deinit { buffer.deallocate() }
}
