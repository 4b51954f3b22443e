/// A statement together with how its rows are read, for ``Connection/read(_:)``.
public struct Query<Value> {
  @usableFromInline let sql: SQL
  @usableFromInline let decode: (Row) throws(PostgresError) -> Value

  @inlinable public init(_ sql: SQL, _ decode: @escaping (Row) throws(PostgresError) -> Value) {
    (self.sql, self.decode) = (sql, decode)
  }

  @inlinable public init(_ sql: SQL, as type: Value.Type = Value.self) where Value: FromRow {
    self.init(sql) { row throws(PostgresError) in try Value(row: row) }
  }

  /// Reads the first column.
  @inlinable public init(column sql: SQL, as type: Value.Type = Value.self) where Value: FromColumn {
    self.init(sql) { row throws(PostgresError) in try row(at: 0) }
  }
}

extension Query {
  /// The rows of the result whose turn it is.
  @inlinable func rows(next results: inout ArraySlice<ResultSet>) throws(PostgresError) -> [Value] {
    guard let result = results.popFirst() else { return [] }
    return try rows(of: result)
  }

  @inlinable func rows(of result: ResultSet) throws(PostgresError) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(result.rowCount)
    for index in 0..<result.rowCount { values.append(try decode(Row(result: result, index: index))) }
    return values
  }
}

extension Connection {
  /// Runs several reads in one round trip and, outside of a transaction, as one transaction, in the order given.
  ///
  /// So a statement may set what the following ones look at, until the end of this call:
  /// ```swift
  /// let (session, counts, list) = try db.read(
  ///   Query("SELECT s.*, set_config('heed.user_id', s.user_id::text, true) FROM session(\(hash), \(now)) s", as: Session.self),
  ///   Query("SELECT … WHERE user_id = me()", as: Counts.self),
  ///   Query("SELECT … WHERE user_id = me()", as: ReminderRow.self))
  /// ```
  /// All may be sent a second time when the connection breaks, so none may change anything.
  @inlinable public func read<each Value>(_ query: repeat Query<each Value>) throws(PostgresError) -> (repeat [each Value]) {
    var batch: [SQL] = []
    repeat batch.append((each query).sql)
    if batch.isEmpty { return (repeat [] as [each Value]) }
    var results = try perform(batch, isRepeatable: true)[...]
    return (repeat try (each query).rows(next: &results))
  }
}
