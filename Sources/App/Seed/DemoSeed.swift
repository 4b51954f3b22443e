import Domain
import FoundationEssentials
import Net
import Postgres
import Web

/// Demo data for one account, as each feature has it (``Feature/demo``), with a history that really happened. Everything goes through the same rules as the
/// site's own, by a clock that steps through the weeks before now; mail of those weeks goes into a folder that is thrown away.
public struct DemoSeed {
  let services: Services
  let db: Connection

  /// - Parameter db: signed in as `heed_owner`.
  public init(_ services: Services, _ db: Connection) {
    self.services = services
    self.db = db
  }

  /// Makes the account.
  ///
  /// - Returns: false when it is there already.
  public func run(at now: Instant) throws -> Bool {
    let known: Int? = try db.value("SELECT count(*)::int FROM users WHERE email_key = \(Demo.email)")
    guard known == 0 else { return false }
    let id = try Operator.makeUser(
      email: Demo.email, password: Demo.password, timezone: "America/Sao_Paulo", language: "en", role: "owner", account: nil, services,
      at: now.advanced(days: -60), db)
    guard let user = ID<User>(id) else { return false }
    try db.run("UPDATE users SET display_name = 'Ana Ribeiro' WHERE id = \(user)")
    let folder = FileManager.default.temporaryDirectory.path + "/heed-seed-" + Bytes.hex(Keys.random(8))
    defer { try? FileManager.default.removeItem(atPath: folder) }  // Best effort: it is a temporary folder.
    let mailer = Mailer(.maildir(Maildir(path: folder)), from: try Mailer.sender("heed@heed.example"))
    let worker = try Worker(services, db, mailer) { _, _ in }
    let stage = DemoStage(user: user, services: services, db: db, worker: worker, now: now)
    for feature in features { try feature.demo(stage) }
    try PlannerDemo.tell(stage)
    try ContextDemo.tell(stage)
    try AssistantDemo.tell(stage)
    return true
  }
}
