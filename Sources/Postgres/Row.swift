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
  let result: ResultSet
  let index: Int

  /// - Throws: ``PostgresError`` naming the column when there is none of this name, when it is NULL and `Value` is not optional, or when
  ///   it is of another type.
  public func callAsFunction<Value: FromColumn>(_ name: StaticString, as type: Value.Type = Value.self) throws(PostgresError) -> Value {
    guard let column = result.index(of: name) else {
      throw .value("no column \(name) among \(result.names.joined(separator: ", "))")
    }
    return try Value(column: result.column(column, row: index))
  }

  /// By position, from 0: for results of a single column, such as a count.
  public func callAsFunction<Value: FromColumn>(at position: Int, as type: Value.Type = Value.self) throws(PostgresError) -> Value {
    guard position >= 0, position < result.names.count else { throw .value("no column \(position)") }
    return try Value(column: result.column(position, row: index))
  }
}

/// A type that is read from one row.
public protocol FromRow {
  init(row: Row) throws(PostgresError)
}

extension Row: FromRow {
  public init(row: Row) { self = row }
}
