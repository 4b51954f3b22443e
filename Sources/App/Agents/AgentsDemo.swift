import Domain
import Postgres

/// Demo data of agents.
enum AgentsDemo {
  /// A webhook that is set up and off: nothing of the story leaves this machine.
  static func tell(_ stage: DemoStage) throws {
    try stage.act { person in
      let values = [ChannelField.webhookURL.name: "https://hooks.example.com/heed", ChannelField.webhookFormat.name: "standard"]
      let settings = SigningSecrets().kept(in: ChannelSettings(values: values))
      let vault = Vault(masters: stage.services.masters, db: stage.db)
      let sealed = try settings.sealed(.webhook, of: person.id, person.account, vault, at: stage.now)
      try stage.db.run(
        """
        INSERT INTO agents (id, user_id, type, enabled, configuration, created_at, updated_at)
        VALUES (\(ID<Agent>.new(at: stage.now)), \(person.id), 'webhook', false, \(sealed), \(stage.now), \(stage.now))
        """)
    }
  }
}
