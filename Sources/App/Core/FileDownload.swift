import Domain
import Postgres
import Web

extension Context {
  /// A file to take along: one picture of one moment, however much it holds and whatever is changed meanwhile.
  ///
  /// - Parameters:
  ///   - name: what the browser calls it, in ASCII.
  ///   - type: its `Content-Type`.
  ///   - write: gets a connection of its own, whose transaction is for the person and reads only, and what takes the bytes piece by piece.
  func download(
    _ name: String, _ type: String, _ write: (_ db: Connection, _ sink: ([UInt8]) throws -> Void) throws -> Void
  ) throws -> Response {
    let person = try self.person
    // One of its own: the picture is a transaction.
    let other = try db.another()
    let file = try BodyFile()
    try other.transaction {
      try other.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
      _ = try other.rows(Query<Void>.setting(user: person.id, account: person.account, role: person.role))
      try write(other) { try file.append($0) }
    }
    var response = Response(
      status: 200,
      headers: [
        ("Content-Type", type), ("Content-Disposition", "attachment; filename=\"\(name)\""), ("Cache-Control", "no-store"),
      ])
    response.file = file
    return response
  }
}
