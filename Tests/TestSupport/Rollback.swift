import Postgres

/// A connection to the shared cluster.
public func connect(_ database: String = "postgres", options: ConnectionOptions = ConnectionOptions()) throws -> Connection {
  let cluster = try Cluster.shared.get()
  return try Connection(url: cluster.url(database), options: options)
}

/// Runs a test inside a transaction that is rolled back at the end.
public func rolledBack(_ db: Connection, _ body: () throws -> Void) throws {
  struct Done: Error {}
  do {
    try db.transaction {
      try body()
      throw Done()
    }
  } catch is Done {}
}
