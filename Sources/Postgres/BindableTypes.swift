import Domain

extension Bool: Bindable {
  public static var postgresType: PostgresType { .bool }
  public func bind(to writer: inout BindWriter) { writer.integer(self ? 1 as UInt8 : 0) }
}

extension Int: Bindable {
  public static var postgresType: PostgresType { .int8 }
  public func bind(to writer: inout BindWriter) { writer.integer(Int64(self)) }
}

extension Int64: Bindable {
  public static var postgresType: PostgresType { .int8 }
  public func bind(to writer: inout BindWriter) { writer.integer(self) }
}

/// For functions that insist on `integer`.
extension Int32: Bindable {
  public static var postgresType: PostgresType { .int4 }
  public func bind(to writer: inout BindWriter) { writer.integer(self) }
}

extension Int16: Bindable {
  public static var postgresType: PostgresType { .int2 }
  public func bind(to writer: inout BindWriter) { writer.integer(self) }
}

/// One byte alone is a `smallint`; an array of bytes is a `bytea`.
extension UInt8: Bindable {
  public static var postgresType: PostgresType { .int2 }
  public static var postgresArrayType: PostgresType { .bytea }
  public func bind(to writer: inout BindWriter) { writer.integer(Int16(self)) }
  public static func bind(array: [UInt8], to writer: inout BindWriter) { writer.raw(array) }
}

extension Double: Bindable {
  public static var postgresType: PostgresType { .float8 }
  public func bind(to writer: inout BindWriter) { writer.integer(bitPattern) }
}

/// A text with a NUL byte is refused when the statement runs: PostgreSQL can't store one.
extension String: Bindable {
  public static var postgresType: PostgresType { .text }
  public func bind(to writer: inout BindWriter) { writer.text(utf8) }
}

extension Substring: Bindable {
  public static var postgresType: PostgresType { .text }
  public func bind(to writer: inout BindWriter) { writer.text(utf8) }
}

/// The server checks that the bytes are UTF-8 (SQLSTATE 22021 if not).
extension Text: Bindable {
  public static var postgresType: PostgresType { .text }
  public func bind(to writer: inout BindWriter) { writer.text(UnsafeBufferPointer(start: start, count: count)) }
}

/// JSON as text for a `jsonb` column; the server checks it (SQLSTATE 22P02 if it is none).
public struct JSON: Bindable, FromColumn, Hashable, Sendable {
  /// UTF-8.
  public let bytes: [UInt8]

  public init(_ bytes: [UInt8]) { self.bytes = bytes }
  public init(_ text: String) { bytes = Array(text.utf8) }

  public init(column: borrowing Column) throws(PostgresError) {
    bytes = try column.textBytes("JSON")
  }

  public static var postgresType: PostgresType { .jsonb }

  public func bind(to writer: inout BindWriter) {
    writer.integer(1 as UInt8)  // the version of jsonb's binary form
    writer.text(bytes)
  }
}

/// The ends of ``Instant``'s range stand for PostgreSQL's `infinity` and `-infinity`.
extension Instant: Bindable {
  public static var postgresType: PostgresType { .timestamptz }
  public func bind(to writer: inout BindWriter) {
    writer.integer(self == .distantFuture ? .max : self == .distantPast ? .min : microseconds - Epoch.microseconds)
  }
}

extension Day: Bindable {
  public static var postgresType: PostgresType { .date }
  public func bind(to writer: inout BindWriter) { writer.integer(Int32(clamping: number - Epoch.days)) }
}

/// `timestamp`: what a wall shows, of no zone.
extension LocalTime: Bindable {
  public static var postgresType: PostgresType { .timestamp }
  public func bind(to writer: inout BindWriter) {
    writer.integer((Int64(day.number - Epoch.days) * 86_400 + Int64(time.second)) * 1_000_000)
  }
}

extension ID: Bindable {
  public static var postgresType: PostgresType { .uuid }
  public func bind(to writer: inout BindWriter) {
    writer.integer(high)
    writer.integer(low)
  }
}

// The words and numbers of Domain that tables hold; their columns have a CHECK that lists the same.
extension Language: Bindable, FromColumn {}
extension Importance: Bindable, FromColumn {}
extension EscalationState: Bindable, FromColumn {}
extension NextKind: Bindable, FromColumn {}
extension LadderPreset: Bindable, FromColumn {}
extension AgentType: Bindable, FromColumn {}
extension Weekday: Bindable, FromColumn {}

extension Optional: Bindable where Wrapped: Bindable {
  public static var postgresType: PostgresType { Wrapped.postgresType }
  public static var postgresArrayType: PostgresType { PostgresType(oid: Wrapped.postgresType.array, array: 0) }

  public func bind(to writer: inout BindWriter) {
    guard let value = self else { return writer.null() }
    value.bind(to: &writer)
  }
}

extension Array: Bindable where Element: Bindable {
  public static var postgresType: PostgresType { Element.postgresArrayType }
  public func bind(to writer: inout BindWriter) { Element.bind(array: self, to: &writer) }
}

extension Bindable {
  public static func bind(array: [Self], to writer: inout BindWriter) { writer.array(array) }
}

/// PostgreSQL counts from 2000-01-01.
@usableFromInline enum Epoch {
  @inlinable static var microseconds: Int64 { 946_684_800_000_000 }
  @inlinable static var days: Int { 10_957 }
}
