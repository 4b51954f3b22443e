extension Connection {
  /// Runs two leading reads and then others, all in one round trip and one implicit transaction: the leading ones find out who asks and
  /// make that person the owner of what follows.
  @inlinable public func read<First, Second, each Value>(
    after first: Query<First>, and second: Query<Second>, _ query: repeat Query<each Value>
  ) throws(PostgresError) -> (first: [First], second: [Second], rest: (repeat [each Value])) {
    var batch = [first.sql, second.sql]
    repeat batch.append((each query).sql)
    var results = try perform(batch, isRepeatable: true)[...]
    let firstRows = try decode(next: first, &results)
    let secondRows = try decode(next: second, &results)
    return (firstRows, secondRows, (repeat try decode(next: each query, &results)))
  }
}

extension Connection {
  /// As above with one leading read.
  @inlinable public func read<First, each Value>(
    after first: Query<First>, _ query: repeat Query<each Value>
  ) throws(PostgresError) -> (first: [First], rest: (repeat [each Value])) {
    var batch = [first.sql]
    repeat batch.append((each query).sql)
    var results = try perform(batch, isRepeatable: true)[...]
    let firstRows = try decode(next: first, &results)
    return (firstRows, (repeat try decode(next: each query, &results)))
  }
}
