/// A piece of markup that a page holds many times, the same bytes wherever the key is the same: `{{#once state}}…{{/once}}`.
public struct Once: Equatable {
  /// Which piece of all templates, above the bytes of the key.
  private let place: Int
  /// nil: larger than a key may be.
  private let key: UInt64?

  /// - Parameters:
  ///   - place: the number that the template compiler gave it.
  ///   - key: what the piece depends on, apart from the page: a case of an enum, or a few of them, at most eight bytes. What is larger
  ///     is rendered every time.
  @inlinable
  public init(_ place: Int, _ key: some BitwiseCopyable) {
    self.init(
      place,
      bytes: withUnsafeBytes(of: key) { bytes in
        if bytes.count > 8 { return nil }
        var number: UInt64 = 0
        for byte in bytes { number = number &<< 8 | UInt64(byte) }
        return number
      })
  }

  /// A piece that depends on the page alone.
  @inlinable
  public init(_ place: Int) { self.init(place, bytes: 0) }

  @usableFromInline init(_ place: Int, bytes: UInt64?) { (self.place, key) = (place, bytes) }

  fileprivate var isKept: Bool { key != nil }
}

/// Rendered once a page and copied after that, from the page itself: a row of a list has parts that are the same in all rows, or in all rows
/// of a state. Nothing outlives the page, so there is nothing to be thrown away or to be mixed up with another person's.
extension HTMLWriter {
  /// Where the next byte goes.
  public var position: Int { count }

  /// Writes what stands on this page for `once` already.
  ///
  /// - Returns: false when there is nothing; the caller then renders it and says ``keep(_:from:)``.
  public mutating func again(_ once: Once) -> Bool {
    for piece in kept where piece.once == once {
      reserve(piece.length)
      (start + count).update(from: start + piece.start, count: piece.length)
      count &+= piece.length
      return true
    }
    return false
  }

  /// Notes that everything since `start` is what `once` stands for. A page keeps the first 100 of them.
  public mutating func keep(_ once: Once, from start: Int) {
    if once.isKept, kept.count < 100 { kept.append((once, start, count &- start)) }
  }
}
