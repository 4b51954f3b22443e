import Domain
import Postgres

/// Where features put their demo data.
struct DemoStage {
  /// Whose it is.
  let user: ID<User>
  let services: Services
  let db: Connection
  /// Does what falls due in the story.
  let worker: Worker
  /// When the story ends.
  let now: Instant

  /// What the person does, in a transaction that is theirs.
  func act(_ deed: (Person) throws -> Void) throws {
    try db.transaction {
      guard let person = try Person.acting(user, worker.bench) else { return }
      try deed(person)
    }
  }

  /// The same for the colleague, who speaks Portuguese; nil: nobody has come to the account yet.
  func colleague() throws -> DemoStage? {
    let found: ID<User>? = try db.value(
      """
      SELECT u.id FROM users u JOIN users d ON d.account_id = u.account_id WHERE d.id = \(user) AND u.id <> d.id ORDER BY u.id LIMIT 1
      """)
    return found.map { DemoStage(user: $0, services: services, db: db, worker: worker, now: now) }
  }
}
