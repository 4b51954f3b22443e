import Domain
import Postgres

/// A colleague who answers customers, and somebody who is invited.
enum TeamDemo {
  static func make(_ stage: DemoStage) throws {
    let account: ID<Account>? = try stage.db.value("SELECT account_id FROM users WHERE id = \(stage.user)")
    let bruno = try Operator.makeUser(
      email: "bruno@heed.example", password: Demo.password, timezone: "America/Sao_Paulo", language: "pt-BR", role: Role.agent.rawValue,
      account: account?.text, stage.services, at: stage.now, stage.db)
    try stage.db.run("UPDATE users SET display_name = 'Bruno Costa' WHERE id = \(ID<User>(bruno))")
    try stage.act { person in
      _ = try Invitation.send(to: "carla@heed.example", as: .viewer, by: person, at: stage.now.advanced(hours: -20), stage.db)
    }
    _ = try stage.worker.runOnce { stage.now }
  }
}
