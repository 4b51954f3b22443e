import Postgres

/// The error of `body`; nil when it throws none of ours. For places where `#expect(throws:)` can't be nested.
func failure<Value>(_ body: () throws -> Value) -> PostgresError? {
  do {
    _ = try body()
    return nil
  } catch {
    return error as? PostgresError
  }
}
