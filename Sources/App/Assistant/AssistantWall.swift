import Domain
import Postgres

/// Reading as the person (RULES 9.32): the worker takes the role that serves requests, whose policies show it nothing but what is theirs, whatever
/// arguments a model makes up.
enum AssistantWall {
  /// Whether the worker may take that role; not before `superuser.sql` has run.
  static func isThere(_ db: Connection) throws(PostgresError) -> Bool {
    try db.value("SELECT pg_has_role(session_user, 'heed_web', 'MEMBER')") ?? false
  }

  /// Does something behind it, in a savepoint of the job's transaction, which acts for the person already. An error undoes what it did, and the
  /// transaction goes on as it was.
  static func behind<Value>(_ db: Connection, _ body: () throws -> Value) throws -> Value {
    let value = try db.transaction {
      try db.local("role", "heed_web")
      return try body()
    }
    try db.local("role", "none")
    return value
  }
}
