import Domain
import Postgres

/// Deletes what an erased person has left (RULES 7.6): from the first moment nothing of theirs rings or leaves, and nobody can sign in. The rest is
/// deleted by a job, step by step.
enum PersonErasure {
  /// Reminders of a step.
  private static let most = 300

  static let kind = JobKind("person.erase") { run, bench, _ in
    guard let person = ID<User>(run.place) else { return .failed("there is no person in its place") }
    run.done += 1
    return try PersonErasure.step(person, bench.db) ? .again : .done
  }

  /// For the person that the transaction is for, of whom nothing rings or leaves any more. Not here: what this request did is written into the log of an
  /// account that goes with whoever was alone in it.
  static func begin(now: Instant, _ db: Connection) throws(PostgresError) {
    try db.run("SELECT door.erase_person_later(\(ID<Job>.new(at: now)), \(now))")
  }

  /// - Returns: whether there is more.
  private static func step(_ person: ID<User>, _ db: Connection) throws(PostgresError) -> Bool {
    try db.value("SELECT door.erase_person_more(\(person), \(most))") ?? false
  }
}
