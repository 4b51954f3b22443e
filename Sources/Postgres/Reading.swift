/// Statements and what is made of all their rows together: what one part of a page asks for. Readings travel together, so who puts a page together
/// reads the parts in one round trip without knowing what they ask.
public struct Reading<Value> {
  @usableFromInline let statements: [SQL]
  /// Takes the results of the statements, in their order.
  @usableFromInline let make: (inout ArraySlice<ResultSet>) throws(PostgresError) -> Value

  @usableFromInline init(statements: [SQL], make: @escaping (inout ArraySlice<ResultSet>) throws(PostgresError) -> Value) {
    (self.statements, self.make) = (statements, make)
  }

  /// Makes a value of the rows of some queries.
  @inlinable public init<each Row>(_ query: repeat Query<each Row>, make: @escaping (repeat [each Row]) -> Value) {
    var statements: [SQL] = []
    repeat statements.append((each query).sql)
    self.init(statements: statements) { results throws(PostgresError) in
      let rows = (repeat try (each query).rows(next: &results))
      return make(repeat each rows)
    }
  }

  /// The rows themselves, as a tuple of arrays.
  @inlinable public init<each Row>(rows query: repeat Query<each Row>) where Value == (repeat [each Row]) {
    var statements: [SQL] = []
    repeat statements.append((each query).sql)
    self.init(statements: statements) { results throws(PostgresError) in (repeat try (each query).rows(next: &results)) }
  }

  /// What is made of the value.
  public func map<Other>(_ change: @escaping (Value) -> Other) -> Reading<Other> {
    let make = make
    return Reading<Other>(statements: statements) { results throws(PostgresError) in change(try make(&results)) }
  }

  /// This one and another.
  public func beside<Other>(_ other: Reading<Other>) -> Reading<(Value, Other)> {
    let (make, makeOther) = (make, other.make)
    return Reading<(Value, Other)>(statements: statements + other.statements) { results throws(PostgresError) in
      (try make(&results), try makeOther(&results))
    }
  }

  /// One after the other.
  public init<Part>(all parts: [Reading<Part>]) where Value == [Part] {
    self.init(statements: parts.flatMap(\.statements)) { results throws(PostgresError) in
      var values: [Part] = []
      for part in parts { values.append(try part.make(&results)) }
      return values
    }
  }
}

extension Connection {
  /// Reads them in one round trip, as ``read(_:)-(Query<Value>)`` does: what an earlier statement sets, the later ones see.
  @inlinable public func read<each Value>(together reading: repeat Reading<each Value>) throws(PostgresError) -> (repeat each Value) {
    var batch: [SQL] = []
    repeat batch += (each reading).statements
    var results = (batch.isEmpty ? [] : try perform(batch, isRepeatable: true))[...]
    return (repeat try (each reading).make(&results))
  }
}
