/// A piece of markup that a page holds many times, the same bytes wherever the key is the same: `{{#once state}}…{{/once}}`.
public struct Once {
  /// Where it stands on the page.
  struct Piece {
    let number: UInt64
    let start, length: Int
  }

  /// Which piece of all templates, above the bytes of the key; 0 for one whose key is too large.
  @usableFromInline let number: UInt64

  /// - Parameters:
  ///   - place: the number that the template compiler gave it, from 1.
  ///   - key: what the piece depends on, apart from the page: a case of an enum, or a few of them, at most four bytes. With a larger one the
  ///     piece is rendered every time.
  @inlinable
  public init(_ place: Int, _ key: some BitwiseCopyable) {
    number = withUnsafeBytes(of: key) { bytes in
      bytes.count > 4 ? 0 : bytes.reduce(UInt64(0)) { $0 &<< 8 | UInt64($1) } | UInt64(truncatingIfNeeded: place) &<< 32
    }
  }

  /// A piece that depends on the page alone.
  @inlinable
  public init(_ place: Int) { number = UInt64(truncatingIfNeeded: place) &<< 32 }
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
    for index in kept.indices where kept[index].number == once.number {
      let piece = kept[index]
      reserve(piece.length)
      (start + count).update(from: start + piece.start, count: piece.length)
      count &+= piece.length
      return true
    }
    return false
  }

  /// Notes that everything since `start` is what `once` stands for. A page keeps the first 100 of them.
  public mutating func keep(_ once: Once, from start: Int) {
    if once.number != 0, kept.count < 100 { kept.append(Once.Piece(number: once.number, start: start, length: count &- start)) }
  }
}
