/// A value that can be read from a column.
///
/// A type with a raw value that can (an enum of words, a wrapped number) needs only to name the protocol; a raw value that it does not know
/// is an error that names column and value.
public protocol FromColumn: FromColumns {
  init(column: borrowing Column) throws(PostgresError)
  /// Reads an array. Only bytes differ from the default: a `bytea` is a `[UInt8]`.
  static func array(column: borrowing Column) throws(PostgresError) -> [Self]
}

/// One value of a result in PostgreSQL's binary form, lent while it is read.
///
/// It can't be copied and so never outlives the call it is lent to; that is why it need not hold its result, which would cost more than
/// reading a number.
public struct Column: ~Copyable {
  @usableFromInline let result: Unmanaged<ResultSet>
  @usableFromInline let index: Int
  /// The number of its type in `pg_type`.
  @usableFromInline let type: UInt32
  @usableFromInline let start: UnsafePointer<UInt8>?
  /// Bytes; 0 for NULL.
  @usableFromInline let count: Int

  @usableFromInline init(result: Unmanaged<ResultSet>, index: Int, type: UInt32, start: UnsafePointer<UInt8>?, count: Int) {
    (self.result, self.index, self.type, self.start, self.count) = (result, index, type, start, count)
  }

  public var name: String { result._withUnsafeGuaranteedRef { $0.name(index) } }
  @inlinable public var isNull: Bool { start == nil }

  /// For types of our own: what was wanted and is not there.
  public func mismatch(_ wanted: String) -> PostgresError {
    .value("column \(name) is \(isNull ? "NULL" : "of type \(type), \(count) bytes"), not \(wanted)")
  }

  /// What is there stands for no value of the type. At most 40 characters of it are told: the line goes into a log.
  @usableFromInline func unknown<Raw, Value>(_ raw: Raw, _ type: Value.Type) -> PostgresError {
    .value("column \(name) holds “\(String("\(raw)".prefix(40)))”, which is no \(type)")
  }

  /// A big-endian number that fills the whole value.
  @inlinable func integer<Number: FixedWidthInteger>(_ wanted: String) throws(PostgresError) -> Number {
    guard let start, count == MemoryLayout<Number>.size else { throw mismatch(wanted) }
    return Number(bigEndian: UnsafeRawPointer(start).loadUnaligned(as: Number.self))
  }

  /// The bytes of a text or JSON, without the version number in front of `jsonb`.
  @inlinable func text(_ wanted: String) throws(PostgresError) -> Text {
    if let start {
      if PostgresType.isText(type) { return Text(owner: result.takeUnretainedValue(), start: start, count: count) }
      if type == PostgresType.jsonb.oid, count > 0 { return Text(owner: result.takeUnretainedValue(), start: start + 1, count: count - 1) }
    }
    throw mismatch(wanted)
  }

  func textBytes(_ wanted: String) throws(PostgresError) -> [UInt8] {
    try text(wanted).bytes
  }
}

extension FromColumn {
  /// The default: a PostgreSQL array of one dimension, read element by element.
  public static func array(column: borrowing Column) throws(PostgresError) -> [Self] {
    var elements = try ArrayReader(column)
    var array: [Self] = []
    array.reserveCapacity(elements.remaining)
    while let element = try elements.next(of: column) { array.append(try Self(column: element)) }
    return array
  }
}

extension Array: FromColumns where Element: FromColumn {}

extension Array: FromColumn where Element: FromColumn {
  public init(column: borrowing Column) throws(PostgresError) {
    self = try Element.array(column: column)
  }
}

extension Optional: FromColumns where Wrapped: FromColumn {}

extension Optional: FromColumn where Wrapped: FromColumn {
  @inlinable public init(column: borrowing Column) throws(PostgresError) {
    self = column.isNull ? nil : .some(try Wrapped(column: column))
  }
}

extension FromColumn where Self: RawRepresentable, RawValue: FromColumn {
  @inlinable public init(column: borrowing Column) throws(PostgresError) {
    let raw = try RawValue(column: column)
    guard let value = Self(rawValue: raw) else { throw column.unknown(raw, Self.self) }
    self = value
  }
}
