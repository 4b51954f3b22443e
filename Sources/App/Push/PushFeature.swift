import Crypto
import Domain
import FoundationEssentials
import HTML
import Postgres
import Web

extension Feature {
  /// Devices that show notifications.
  static let push = Feature(
    retention: [
      Retention("push_closings", days: 2) { before in
        """
        DELETE FROM push_closings WHERE id IN (
          SELECT id FROM push_closings WHERE id < \(ID<PushClosing>.first(from: before)) LIMIT \(Chore.slice))
        """
      }
    ],
    secrets: [PushDevice.column],
    sentence: { facts, words in facts.aboutDevices(words) },
    detail: { name, words in AuditFacts.deviceDetail(name, words) },
    demo: { stage in try PushDemo.tell(stage) })
}

/// That an escalation was answered, for a device that shows its notification: a row of `push_closings`, and a message to say so.
enum PushClosing {
  /// - Parameter shown: `user_id`, `device_id` and `escalation_id` of what is to be taken away.
  static func asking(at now: Instant, _ shown: SQL) -> SQL {
    """
    WITH shown AS (\(shown)), closed AS (
      INSERT INTO push_closings (id, user_id, device_id, escalation_id, created_at)
      SELECT new_id(\(now)), user_id, device_id, escalation_id, \(now) FROM shown RETURNING id, user_id, device_id
    ), asked AS (
      INSERT INTO outbox (id, user_id, subject, subject_id, channel, recipient_kind, recipient_id, state, due_at, created_at)
      SELECT new_id(\(now)), user_id, 'closing', id, 'push', 'device', device_id, 'pending', \(now), \(now) FROM closed RETURNING 1
    )
    SELECT pg_notify('heed_work', '') FROM asked LIMIT 1
    """
  }
}

extension AuditFacts {
  /// The sentences about devices; nil for other entries.
  func aboutDevices(_ words: Words) -> String? {
    let values: KeyValuePairs = ["device": self["device"]]
    return switch action {
    case "device.added": words("Added a device for notifications: {device}.", values)
    case "device.removed": words("Removed a device for notifications: {device}.", values)
    case "device.gone": words("No more notifications on {device}: its push service says that it is gone.", values)
    default: nil
    }
  }

  /// What their details are called; nil for other details.
  static func deviceDetail(_ name: String, _ words: Words) -> String? {
    switch name {
    case "device": words("Device")
    case "service": words("Push service")
    default: nil
    }
  }
}

/// Demo data of devices.
enum PushDemo {
  /// One that is set up, and the agent off: nothing of the story leaves this machine.
  static func tell(_ stage: DemoStage) throws {
    let point = Bytes.base64url(Array(P256.KeyAgreement.PrivateKey().publicKey.x963Representation))
    let endpoint = "https://push.example.com/send/demo"
    guard let device = PushSubscription(endpoint: endpoint, point: point, auth: Bytes.base64url(Keys.random(16))) else { return }
    try stage.act { person in
      let (hash, vault) = (PushDevice.hash(endpoint), Vault(masters: stage.services.masters, db: stage.db))
      let sealed = try device.settings.sealed(at: PushDevice.place(of: person.id, hash), person.account, vault, stage.now)
      try stage.db.run(
        """
        INSERT INTO push_devices (id, user_id, label, service, endpoint_hash, subscription, created_at)
        VALUES (\(ID<PushDevice>.new(at: stage.now)), \(person.id), 'Firefox', 'push.example.com', \(hash), \(sealed), \(stage.now))
        """)
      try stage.db.run(
        """
        INSERT INTO agents (id, user_id, type, enabled, created_at, updated_at)
        VALUES (\(ID<Agent>.new(at: stage.now)), \(person.id), 'push', false, \(stage.now), \(stage.now))
        """)
    }
  }
}
