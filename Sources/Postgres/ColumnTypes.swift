import Domain

extension Bool: FromColumn {
  @inlinable public init(column: borrowing Column) throws(PostgresError) {
    guard column.type == PostgresType.bool.oid else { throw column.mismatch("bool") }
    self = try column.integer("bool") as UInt8 != 0
  }
}

/// `smallint`, `integer` and `bigint`, whichever it is. Sums and averages of `bigint` are `numeric`: cast them in the statement.
extension Int: FromColumn {
  @inlinable public init(column: borrowing Column) throws(PostgresError) {
    switch column.type {
    case PostgresType.int8.oid: self = Int(truncatingIfNeeded: try column.integer("an integer") as Int64)
    case PostgresType.int4.oid: self = Int(try column.integer("an integer") as Int32)
    case PostgresType.int2.oid: self = Int(try column.integer("an integer") as Int16)
    default: throw column.mismatch("an integer")
    }
  }
}

extension Int64: FromColumn {
  @inlinable public init(column: borrowing Column) throws(PostgresError) { self = Int64(try Int(column: column)) }
}

extension Int32: FromColumn {
  @inlinable public init(column: borrowing Column) throws(PostgresError) {
    guard let value = Int32(exactly: try Int(column: column)) else { throw column.mismatch("an integer of 4 bytes") }
    self = value
  }
}

extension Int16: FromColumn {
  @inlinable public init(column: borrowing Column) throws(PostgresError) {
    guard let value = Int16(exactly: try Int(column: column)) else { throw column.mismatch("an integer of 2 bytes") }
    self = value
  }
}

/// One byte alone is read from an integer; an array of bytes from a `bytea` or a text.
extension UInt8: FromColumn {
  @inlinable public init(column: borrowing Column) throws(PostgresError) {
    guard let value = UInt8(exactly: try Int(column: column)) else { throw column.mismatch("a byte") }
    self = value
  }

  public static func array(column: borrowing Column) throws(PostgresError) -> [UInt8] {
    guard column.type == PostgresType.bytea.oid, let start = column.start else { return try column.textBytes("bytea") }
    return Array(UnsafeBufferPointer(start: start, count: column.count))
  }
}

extension Double: FromColumn {
  @inlinable public init(column: borrowing Column) throws(PostgresError) {
    switch column.type {
    case PostgresType.float8.oid: self = Double(bitPattern: try column.integer("a float"))
    case PostgresType.float4: self = Double(Float(bitPattern: try column.integer("a float")))
    default: throw column.mismatch("a float")
    }
  }
}

extension Text: FromColumn {
  @inlinable public init(column: borrowing Column) throws(PostgresError) { self = try column.text("text") }
}

/// Bytes that are not UTF-8, which only a database of encoding SQL_ASCII can hold, are an error and never repaired.
extension String: FromColumn {
  @inlinable public init(column: borrowing Column) throws(PostgresError) {
    let text = try column.text("text")
    let bytes = UnsafeBufferPointer(start: text.start, count: text.count)
    // Plain ASCII, as the words of a status are, needs no proof; `String(validating:)` costs ten times as much.
    if bytes.allSatisfy({ $0 < 0x80 }) {
      self = String(decoding: bytes, as: UTF8.self)
      return
    }
    guard let value = String(validating: bytes, as: UTF8.self) else {
      throw column.mismatch("UTF-8")
    }
    self = value
  }
}

/// `infinity`, and what lies beyond the year 9999, is ``Instant/distantFuture``.
extension Instant: FromColumn {
  @inlinable public init(column: borrowing Column) throws(PostgresError) {
    guard column.type == PostgresType.timestamptz.oid else { throw column.mismatch("timestamptz") }
    let (sum, overflow) = (try column.integer("timestamptz") as Int64).addingReportingOverflow(Epoch.microseconds)
    self = overflow ? .distantFuture : Instant(microseconds: sum)
  }
}

extension Day: FromColumn {
  /// Days outside the years 1…9999, and infinite ones, are refused: no day could stand for them.
  @inlinable public init(column: borrowing Column) throws(PostgresError) {
    guard column.type == PostgresType.date.oid else { throw column.mismatch("date") }
    let number = Int(try column.integer("date") as Int32) + Epoch.days
    self = Day(number)
    if self.number != number { throw column.mismatch("a day of the years 1 to 9999") }
  }
}

/// Fractions of a second are cut. Times outside the years 1…9999, and infinite ones, are refused: no wall shows them.
extension LocalTime: FromColumn {
  public init(column: borrowing Column) throws(PostgresError) {
    guard column.type == PostgresType.timestamp.oid else { throw column.mismatch("timestamp") }
    let (sum, overflow) = (try column.integer("timestamp") as Int64).addingReportingOverflow(Epoch.microseconds)
    // What is stored is read as if the wall stood in UTC.
    let instant = Instant(microseconds: sum)
    guard !overflow, instant.microseconds == sum else { throw column.mismatch("a time of the years 1 to 9999") }
    self = Zone.utc.local(instant)
  }
}

extension ID: FromColumn {
  @inlinable public init(column: borrowing Column) throws(PostgresError) {
    guard column.type == PostgresType.uuid.oid, column.count == 16, let start = column.start else { throw column.mismatch("uuid") }
    let bytes = UnsafeRawPointer(start)
    self.init(
      high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
      low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
  }
}
