extension Query {
  /// Reads the columns in their order, each into the element of a tuple that stands at its place.
  ///
  /// ```swift
  /// let late: [(ID<Reminder>, Instant?)] = try db.rows(Query(tuple: "SELECT id, next_at FROM reminders WHERE …"))
  /// ```
  /// For what one place reads and takes apart at once, and for few rows: the compiler does not unfold packs across modules, so a row of 13 columns
  /// takes 0.8 µs against 0.3 by name.
  ///
  /// - Throws: when the result has more or fewer columns than the tuple has elements, or one of another type.
  @inlinable public init<each Element: FromColumn>(tuple sql: SQL, as type: Value.Type = Value.self) where Value == (repeat each Element) {
    self.init(sql) { row throws(PostgresError) in try row.tuple() }
  }

  /// The same with the columns as the arguments of a function: most often the initialiser that the compiler makes of a small type's fields.
  ///
  /// ```swift
  /// Query("SELECT address, at FROM muted_addresses WHERE …", into: MutedAddress.init)
  /// ```
  /// Neighbours of one type could change places unnoticed; types of many fields are read by name (``FromRow``).
  @inlinable public init<each Element: FromColumn>(_ sql: SQL, into make: @escaping (repeat each Element) -> Value) {
    self.init(sql) { row throws(PostgresError) in
      let values: (repeat each Element) = try row.tuple()
      return make(repeat each values)
    }
  }
}

extension Row {
  @inlinable func tuple<each Element: FromColumn>() throws(PostgresError) -> (repeat each Element) {
    var position = 0
    let values = (repeat try next(&position, as: (each Element).self))
    guard position == result.columnCount else { throw .value("\(result.columnCount) columns for a tuple of \(position)") }
    return values
  }

  @inlinable func next<Element: FromColumn>(_ position: inout Int, as type: Element.Type) throws(PostgresError) -> Element {
    defer { position += 1 }
    return try self(at: position)
  }
}
