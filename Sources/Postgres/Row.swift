/// One row of a result, read by the names of its columns.
///
/// ```swift
/// init(row: Row) throws(PostgresError) {
///   id = try row("id")
///   title = try row("title")
///   snoozedUntil = try row("snoozed_until")  // Instant?
/// }
/// ```
/// Reading in the order of the SELECT is fastest. A row keeps its whole result in memory.
public struct Row {
  @usableFromInline let result: ResultSet
  @usableFromInline let index: Int

  @usableFromInline init(result: ResultSet, index: Int) {
    (self.result, self.index) = (result, index)
  }

  /// - Throws: ``PostgresError`` naming the column when there is none of this name, when it is NULL and `Value` is not optional, or when
  ///   it is of another type.
  @inlinable public func callAsFunction<Value: FromColumn>(_ name: StaticString, as type: Value.Type = Value.self) throws(PostgresError)
    -> Value
  {
    try withExtendedLifetime(result) { () throws(PostgresError) in try Value(column: try result.column(name, row: index)) }
  }

  /// By position, from 0: for results of a single column, such as a count.
  @inlinable public func callAsFunction<Value: FromColumn>(at position: Int, as type: Value.Type = Value.self) throws(PostgresError)
    -> Value
  {
    try withExtendedLifetime(result) { () throws(PostgresError) in try Value(column: try result.column(at: position, row: index)) }
  }
}

/// A type that is read from one row.
public protocol FromRow {
  init(row: Row) throws(PostgresError)
}

extension Row: FromRow {
  @inlinable public init(row: Row) { self = row }
}
