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
}
