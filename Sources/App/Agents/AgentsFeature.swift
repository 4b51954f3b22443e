import Domain
import HTML
import Postgres

extension Feature {
  /// By which ways people are reached.
  static let agents = Feature(
    work: { bench in [OutboxWork(.tests, bench).kind("tests", share: .half)] },
    counts: ["tests"],
    retention: [AgentTest.retention],
    secrets: [ChannelSettings.column],
    sentence: { facts, words in facts.aboutAgents(words) },
    detail: { name, words in AuditFacts.agentDetail(name, words) },
    welcome: { user, now, db throws(PostgresError) in
      try db.run(
        """
        INSERT INTO agents (id, user_id, type, enabled, created_at, updated_at)
        VALUES (\(ID<Agent>.new(at: now)), \(user), 'email', true, \(now), \(now))
        """)
    },
    demo: { stage in
      try AgentsDemo.tell(stage)
      try AgentTest.ask(.email, for: stage.user, at: stage.now, stage.db)
      _ = try stage.worker.runOnce { stage.now }
    })
}
