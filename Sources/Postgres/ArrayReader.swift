/// Walks the elements of a binary array (`array_send` in `arrayfuncs.c`), every length checked against what is there.
struct ArrayReader: ~Copyable {
  private let result: Unmanaged<ResultSet>
  private let index: Int
  private let bytes: UnsafeBufferPointer<UInt8>
  private var elementType: UInt32 = 0
  private var offset = 0
  private(set) var remaining = 0

  init(_ column: borrowing Column) throws(PostgresError) {
    (result, index) = (column.result, column.index)
    bytes = UnsafeBufferPointer(start: column.start, count: column.count)
    guard let dimensions = word(), dimensions <= 1, word() != nil, let type = word() else { throw column.mismatch("an array") }
    elementType = UInt32(bitPattern: type)
    if dimensions == 0 { return }
    // An element takes four bytes at least, so a bogus length reserves no memory.
    guard let length = word(), word() != nil, (0...bytes.count / 4).contains(Int(length)) else { throw column.mismatch("an array") }
    remaining = Int(length)
  }

  /// - Parameter column: the one that the array came from, for the error.
  /// - Returns: nil after the last one.
  mutating func next(of column: borrowing Column) throws(PostgresError) -> Column? {
    guard remaining > 0 else { return nil }
    remaining -= 1
    guard let word = word(), Int(word) <= bytes.count - offset else { throw column.mismatch("an array") }
    let length = Int(word)
    guard length >= 0, let start = bytes.baseAddress else {
      return Column(result: result, index: index, type: elementType, start: nil, count: 0)
    }
    defer { offset += length }
    return Column(result: result, index: index, type: elementType, start: start + offset, count: length)
  }

  private mutating func word() -> Int32? {
    guard let start = bytes.baseAddress, bytes.count - offset >= 4 else { return nil }
    defer { offset += 4 }
    return Int32(bigEndian: UnsafeRawPointer(start + offset).loadUnaligned(as: Int32.self))
  }
}
