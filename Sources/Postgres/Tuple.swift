/// What stands at one place of a tuple: the value of a column (``FromColumn``), or a part of a row that takes several.
///
/// ```swift
/// struct Progress { let state: State, tier: Int }
/// extension Progress: FromColumns {
///   init(columns: inout ColumnReader) throws(PostgresError) { self = try columns.read(into: Self.init) }
/// }
/// ```
public protocol FromColumns {
  /// Takes the columns whose turn it is.
  init(columns: inout ColumnReader) throws(PostgresError)
}

extension FromColumn {
  @inlinable public init(columns: inout ColumnReader) throws(PostgresError) { self = try columns.next() }
}

/// Hands out the columns of a row one after the other.
public struct ColumnReader {
  @usableFromInline let row: Row
  @usableFromInline var position: Int

  @usableFromInline init(_ row: Row, from position: Int = 0) { (self.row, self.position) = (row, position) }

  /// Reads as many as a function takes: most often the initialiser that the compiler makes of a type's fields.
  @inlinable public mutating func read<each Part: FromColumns, Value>(into make: (repeat each Part) -> Value) throws(PostgresError) -> Value
  {
    let values = (repeat try (each Part)(columns: &self))
    return make(repeat each values)
  }

  @inlinable mutating func next<Value: FromColumn>() throws(PostgresError) -> Value {
    defer { position += 1 }
    return try row(at: position)
  }
}

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
  @inlinable public init<each Part: FromColumns>(tuple sql: SQL, as type: Value.Type = Value.self) where Value == (repeat each Part) {
    self.init(sql) { row throws(PostgresError) in
      var columns = ColumnReader(row)
      let values = (repeat try (each Part)(columns: &columns))
      try row.end(at: columns.position)
      return values
    }
  }

  /// The same with the columns as the arguments of a function: most often the initialiser that the compiler makes of a type's fields.
  ///
  /// ```swift
  /// Query("SELECT address, at FROM muted_addresses WHERE …", into: MutedAddress.init)
  /// ```
  /// Neighbours of one type cannot change places unnoticed: a debug build, so every test, compares the names of columns and fields. A field is called after
  /// its column, without its `_id` or with an `is` or `has` before it.
  @inlinable public init<each Part: FromColumns>(_ sql: SQL, into make: @escaping (repeat each Part) -> Value) {
    self.init(sql) { row throws(PostgresError) in
      var columns = ColumnReader(row)
      let value = try columns.read(into: make)
      try row.end(at: columns.position)
      try row.checkNames(of: value)
      return value
    }
  }
}

extension Connection {
  /// All rows, their columns the arguments of a function (``Query/init(_:into:)``).
  @inlinable public func rows<each Part: FromColumns, Value>(
    _ sql: SQL, into make: @escaping (repeat each Part) -> Value
  ) throws(PostgresError) -> [Value] {
    try rows(Query(sql, into: make))
  }

  /// The first row, or nil.
  @inlinable public func row<each Part: FromColumns, Value>(
    _ sql: SQL, into make: @escaping (repeat each Part) -> Value
  ) throws(PostgresError) -> Value? {
    try row(Query(sql, into: make))
  }
}

extension Row {
  /// A part that begins with a column, for a row whose other columns are read by name.
  @inlinable public func callAsFunction<Part: FromColumns>(from position: Int, as type: Part.Type = Part.self) throws(PostgresError) -> Part
  {
    var columns = ColumnReader(self, from: position)
    let part = try Part(columns: &columns)
    try checkNames(of: part, from: position)
    return part
  }

  @usableFromInline func end(at position: Int) throws(PostgresError) {
    guard position == result.columnCount else { throw .value("\(result.columnCount) columns for a tuple of \(position)") }
  }

  /// Compares the names of a value's fields with those of the columns that were read into them.
  @inlinable func checkNames<Value>(of value: Value, from position: Int = 0) throws(PostgresError) {
    #if DEBUG
      if index == 0 { try check(fields(of: value), from: position) }
    #endif
  }

  @usableFromInline func check(_ fields: [String], from position: Int) throws(PostgresError) {
    let names = (position..<result.columnCount).map(result.name)
    // One alone has nothing to change places with; and fields beyond the columns have their values from elsewhere.
    guard min(fields.count, names.count) > 1 else { return }
    for (field, name) in zip(fields, names) where !isCalled(field, after: name) {
      throw .value("column \(name) would be read into the field \(field)")
    }
  }

  /// The names of a value's fields, in the order of the columns: of a part its own.
  @usableFromInline func fields(of value: Any) -> [String] {
    Mirror(reflecting: value).children.flatMap { child -> [String] in
      let isPart = child.value is any FromColumns && !(child.value is any FromColumn)
      return isPart ? fields(of: child.value) : [child.label ?? "?"]
    }
  }

  private func isCalled(_ field: String, after column: String) -> Bool {
    let (field, name) = (field.lowercased(), column.filter { $0 != "_" })
    return [field, field + "id"].contains(name) || ["is" + name, "has" + name].contains(field)
  }
}
