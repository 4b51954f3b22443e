/// Walks the elements of a binary array (`array_send` in `arrayfuncs.c`), every length checked against what is there.
struct ArrayReader {
  private let column: Column
  private var elementType: UInt32 = 0
  private var offset = 0
  private(set) var remaining = 0

  init(_ column: borrowing Column) throws(PostgresError) {
    self.column = copy column
    let dimensions = try word()
    _ = try word()
    elementType = UInt32(bitPattern: try word())
    switch dimensions {
    case 0: return
    case 1: remaining = max(0, Int(try word()))
    default: throw column.mismatch("an array of one dimension")
    }
    _ = try word()
    // An element takes four bytes at least, so a bogus length reserves no memory.
    if remaining > column.count / 4 { throw column.mismatch("an array") }
  }

  /// - Returns: nil after the last one.
  mutating func next() throws(PostgresError) -> Column? {
    guard remaining > 0 else { return nil }
    remaining -= 1
    let length = Int(try word())
    guard length >= 0, let start = column.start else {
      return Column(result: column.result, index: column.index, type: elementType, start: nil, count: 0)
    }
    guard length <= column.count - offset else { throw column.mismatch("an array") }
    defer { offset += length }
    return Column(result: column.result, index: column.index, type: elementType, start: start + offset, count: length)
  }

  private mutating func word() throws(PostgresError) -> Int32 {
    guard let start = column.start, column.count - offset >= 4 else { throw column.mismatch("an array") }
    defer { offset += 4 }
    return Int32(bigEndian: UnsafeRawPointer(start + offset).loadUnaligned(as: Int32.self))
  }
}
