import Domain
import Postgres

/// Deletes what an erased person has left (RULES 7.6): from the first moment nothing of theirs rings or leaves, and nobody can sign in. Little is deleted
/// within the request, much by a job, step by step.
enum PersonErasure {
  /// Steps that are done within the request, and reminders of a step.
  private static let stepsAtOnce = 8
  private static let most = 300

  static let kind = JobKind("person.erase") { run, bench, _ in
    guard let person = ID<User>(run.place) else { return .failed("there is no person in its place") }
    run.done += 1
    return try PersonErasure.step(person, bench.db) ? .again : .done
  }

  /// For the person that the transaction is for, of whom nothing rings or leaves any more.
  ///
  /// - Returns: whether all is done; else a job does it.
  static func begin(_ person: ID<User>, now: Instant, _ db: Connection) throws -> Bool {
    for _ in 0..<stepsAtOnce {
      if try !step(person, db) { return true }
    }
    try db.queue(["SELECT door.erase_person_later(\(ID<Job>.new(at: now)), \(now))"])
    return false
  }

  /// - Returns: whether there is more.
  private static func step(_ person: ID<User>, _ db: Connection) throws(PostgresError) -> Bool {
    try db.value("SELECT door.erase_person_more(\(person), \(most))") ?? false
  }
}
