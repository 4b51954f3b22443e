/// What stays the same each time a statement runs: its literals, by address, and the types of its binds.
///
/// Literals never move and are never freed, so address and length stand for the text: comparing two shapes of ten pieces reads 160
/// bytes, and hashing is done while the statement is put together. (Hashing the text of a page's four statements instead took longer
/// than sending them.) The same text at two places in the program is prepared twice, which does no harm.
struct StatementKey: Hashable, Sendable {
  private(set) var pieces: [Piece]
  private var digest: UInt = 0

  init(capacity: Int) {
    pieces = []
    pieces.reserveCapacity(capacity)
  }

  /// The types of the binds, `$1` first.
  var types: [UInt32] {
    pieces.compactMap { piece in
      guard case .bind(let type) = piece.content else { return nil }
      return type
    }
  }

  mutating func append(_ literal: StaticString) {
    if literal.hasPointerRepresentation {
      if literal.utf8CodeUnitCount > 0 { append(Piece(address: UInt(bitPattern: literal.utf8Start), word: literal.utf8CodeUnitCount)) }
    } else {
      append(Piece(address: 0, word: Piece.scalars + Int(literal.unicodeScalar.value)))
    }
  }

  mutating func append(bind type: UInt32) {
    append(Piece(address: 0, word: Int(type)))
  }

  mutating func append(name index: Int) {
    append(Piece(address: 0, word: -1 - index))
  }

  mutating func append(_ other: StatementKey, namesBefore: Int) {
    for piece in other.pieces {
      if case .name(let index) = piece.content { append(name: index + namesBefore) } else { append(piece) }
    }
  }

  private mutating func append(_ piece: Piece) {
    pieces.append(piece)
    let mixed = (digest ^ piece.address) &* 0x9E37_79B9_7F4A_7C15
    digest = (mixed ^ (mixed >> 29)) &+ UInt(bitPattern: piece.word)
  }

  static func == (left: StatementKey, right: StatementKey) -> Bool {
    left.digest == right.digest && left.pieces == right.pieces
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(digest)
  }
}

extension StatementKey {
  /// 16 plain bytes, so that copying and comparing a shape counts no references.
  struct Piece: Equatable, Sendable {
    enum Content {
      case text([UInt8])
      case bind(type: UInt32)
      case name(index: Int)
    }

    /// Above any type's number: a literal of one scalar, which Swift may hold without an address.
    static let scalars = 1 << 32

    /// A number and no pointer, so that statements may be constants. 0 for what is no literal.
    fileprivate let address: UInt
    fileprivate let word: Int

    var content: Content {
      if let start = UnsafePointer<UInt8>(bitPattern: address) { return .text(Array(UnsafeBufferPointer(start: start, count: word))) }
      if word < 0 { return .name(index: -1 - word) }
      if let scalar = UInt32(exactly: word - Piece.scalars).flatMap(Unicode.Scalar.init) { return .text(Array(String(scalar).utf8)) }
      return .bind(type: UInt32(truncatingIfNeeded: word))
    }
  }
}
