import Domain
import Postgres
import Web

/// The devices on which a person sees notifications.
enum PushDevices {
  /// POST /agents/push/subscriptions: from then on this browser is told, and the agent is on. The same address again is the same device, whose keys may
  /// be new.
  static func add(_ web: Context) throws -> Change {
    let person = try web.person
    return try web.takeForm(askingAgain: { try Agents.page(web, of: .push, adding: $0) }) {
      let form = try PushDeviceForm(web)
      let hash = PushDevice.hash(form.subscription.endpoint)
      // Two that come at once are counted one after the other.
      try web.db.run("SELECT pg_advisory_xact_lock(hashtextextended('devices ' || me()::text, 0))")
      let known: String? = try web.db.value(
        "SELECT label FROM push_devices WHERE user_id = \(person.id) AND endpoint_hash = \(hash) FOR UPDATE")
      if known == nil { try checkRoom(web) }
      // Only a name that was typed takes the place of another.
      let isNamed = web.form.text("label").map { !$0.utf8.isEmpty } ?? false
      let label = isNamed ? form.label : known ?? form.label
      let sealed = try form.subscription.settings.sealed(
        at: PushDevice.place(of: person.id, hash), person.account, web.vault, web.now)
      let service = form.service
      try web.db.run(
        """
        INSERT INTO push_devices (id, user_id, label, service, endpoint_hash, subscription, created_at)
        VALUES (\(ID<PushDevice>.new(at: web.now)), \(person.id), \(label), \(service), \(hash), \(sealed), \(web.now))
        ON CONFLICT (user_id, endpoint_hash) DO UPDATE SET label = excluded.label, subscription = excluded.subscription
        """)
      try switchOn(person.id, web)
      let isKnown = known.map { $0.utf8.elementsEqual(label.utf8) } ?? false
      let entry = AuditEntry("device.added", "agent", nil, ["device": label, "service": service])
      return Change(
        to: Paths.agent(.push),
        says: known == nil
          ? web.words("{device} shows your reminders from now on.", ["device": label])
          : web.words("{device} shows your reminders already.", ["device": label]),
        did: isKnown ? [] : [entry])
    }
  }

  /// POST /agents/push/subscriptions/:device/deletion
  static func remove(_ web: Context, _ id: ID<PushDevice>) throws -> Change {
    _ = try web.person
    let removed = try web.db.value("SELECT door.delete_push_device(\(id))", as: String?.self) ?? nil
    guard let label = removed else { throw Failure.notFound }
    return Change(
      to: Paths.agent(.push), says: web.words("{device} shows no more reminders.", ["device": label]),
      did: [AuditEntry("device.removed", "agent", nil, ["device": label])])
  }

  private static func checkRoom(_ web: Context) throws {
    let count: Int? = try web.db.value("SELECT count(*) FROM push_devices WHERE user_id = (SELECT me())")
    guard let count, count >= PushDevice.most else { return }
    throw FormErrors("subscription", web.words("You have {n} devices. Remove one first.", ["n": String(PushDevice.most)]))
  }

  /// Whoever adds a device wants to be told there.
  private static func switchOn(_ user: ID<User>, _ web: Context) throws(PostgresError) {
    try web.db.run(
      """
      INSERT INTO agents (id, user_id, type, enabled, created_at, updated_at)
      VALUES (\(ID<Agent>.new(at: web.now)), \(user), 'push', true, \(web.now), \(web.now))
      ON CONFLICT (user_id, type) DO UPDATE SET enabled = true, version = agents.version + 1, updated_at = excluded.updated_at
      WHERE NOT agents.enabled
      """)
  }
}
