import Domain
import HTML
import Postgres
import Web

/// By which ways a person is reached.
enum Agents {
  /// GET /agents
  static func list(_ web: Context) throws -> Response { web.list(try page(web, of: .email)) }

  /// GET /agents/:type
  static func form(_ web: Context, _ type: String) throws -> Response {
    guard let type = AgentType(rawValue: type) else { throw Failure.notFound }
    let answer = web.page(try page(web, of: web.services.channels.first { $0.type == type } ?? .email))
    return type == .push ? answer.working() : answer
  }

  /// POST /agents/:type: switched on or off, and told what its channel asks.
  static func save(_ web: Context, _ type: String) throws -> Change {
    let (person, channel) = (try web.person, try channel(type, web))
    let vault = web.vault
    return try web.takeForm(askingAgain: { try page(web, $0, of: channel) }) {
      let stored = try Agent.find(channel.type, web.db)
      let settings = try ChannelSettings.open(stored?.configuration, channel.type, of: person.id, person.account, vault)
      let form = try AgentForm(web.form, channel, stored: settings, web.services.addresses, web.words)
      if let version = form.version, version != stored?.version ?? 0 { throw StaleForm() }
      let phone = try channel.usesPhone ? AgentPhone.keep(form, web) : nil
      // A number that nobody has verified is not on before somebody does.
      let isOn = form.isOn && phone?.isVerified != false
      let isUnmuted = try form.isOn && channel.usesAddress && unmute(EmailAddress.key(person.email), channel, web)
      let isChanged = (stored?.isOn ?? channel.isOnUntouched) != isOn || !form.changes.isEmpty || isUnmuted
      let made = channel.isSigned && SigningSecrets(settings) == nil ? SigningSecrets() : nil
      let kept = made?.kept(in: form.settings) ?? form.settings
      let sealed = try channel.fields.isEmpty ? nil : kept.sealed(channel.type, of: person.id, person.account, vault, at: web.now)
      let id: ID<Agent>? = try web.db.value(
        """
        INSERT INTO agents (id, user_id, type, enabled, configuration, created_at, updated_at)
        VALUES (\(ID<Agent>.new(at: web.now)), \(person.id), \(channel.type), \(isOn), \(sealed), \(web.now), \(web.now))
        ON CONFLICT (user_id, type) DO UPDATE SET enabled = excluded.enabled, configuration = excluded.configuration, gone_at = NULL,
          version = agents.version + 1, updated_at = excluded.updated_at
        RETURNING id
        """)
      let facts = form.changes.merging(["type": channel.type.rawValue, "enabled": isOn ? "on" : "off"]) { first, _ in first }
      let entries = isChanged ? [AuditEntry("agent.changed", "agent", nil, facts)] : []
      if let made, let id {
        let page = web.page(try AgentSecretPage(id, channel.type, made.present, isFirst: true, web))
        return .page(page, again: Paths.agent(channel.type), did: entries)
      }
      let agents = try web.db.rows(Agent.mine)
      let isAlone = !agents.contains { $0.isOn && $0.isReady && $0.type != channel.type }
      let isReady = agents.allSatisfy { $0.isReady || $0.type != channel.type }
      let says = phone?.says ?? AgentText.saved(channel.type, isOn, isReady: isReady, isAlone: isAlone, web.words)
      return Change(
        to: channel.type == .email ? Paths.agents : Paths.agent(channel.type), says: says, did: entries,
        wakes: phone?.says == nil ? nil : web.now)
    }
  }

  /// POST /agents/:type/test: a message to the person by this way, also while it is switched off. The page shows what becomes of it.
  static func test(_ web: Context, _ type: String) throws -> Change {
    let (person, channel) = (try web.person, try channel(type, web))
    if channel.usesAddress, !web.services.trusts(person) { throw Failure.conflict(AgentText.unverified(person, web.words)) }
    if !channel.fields.isEmpty, try Agent.find(channel.type, web.db)?.configuration == nil {
      throw Failure.conflict(web.words("Fill in the form of this agent first and save it."))
    }
    if channel.usesPhone { try AgentPhone.requireVerified(web) }
    if channel.type == .push, try web.db.rows(PushDevice.mine).isEmpty { throw Failure.conflict(web.words("Add a device first.")) }
    let key = person.id.text + " " + channel.type.rawValue
    for limit in [RateLimit.testMessage, RateLimit.testMessageDaily] { try RateLimit.check(limit, key, web) }
    for limit in [RateLimit.testMessage, RateLimit.testMessageDaily] { try RateLimit.note(limit, key, web) }
    try AgentTest.ask(channel.type, for: person.id, at: web.now, web.db)
    return Change(
      to: Paths.agent(channel.type),
      says: channel.isFetched ? web.words("A test message is about to be laid out. Fetch it.") : web.words("A test message is on its way."),
      did: [AuditEntry("agent.tested", "agent", nil, ["type": channel.type.rawValue])], wakes: web.now)
  }

  /// Takes an address off the list of those that get nothing: switching on is the person's word that messages to their own are wanted again.
  private static func unmute(_ address: String, _ channel: Channel, _ web: Context) throws(PostgresError) -> Bool {
    let isMuted: Bool? = try web.db.value(
      "SELECT true FROM muted_addresses WHERE user_id = me() AND agent = \(channel.type) AND address = \(address)")
    try web.db.run("SELECT door.unmute(\(channel.type), \(address))")
    return isMuted == true
  }

  /// - Throws: ``Failure/notFound`` for what is no way of reaching people, ``Failure/conflict(_:)`` for one that is still to come.
  static func channel(_ type: String, _ web: Context) throws -> Channel {
    guard let type = AgentType(rawValue: type) else { throw Failure.notFound }
    guard let channel = web.services.channels.first(where: { $0.type == type }) else {
      throw Failure.conflict(web.words("This way of reaching you cannot be set up yet."))
    }
    return channel
  }

  /// - Parameters:
  ///   - channel: the one that is shown with its form; the others are told in a line each.
  ///   - code: how the form with a code for its number stands.
  ///   - device: how the form that adds one stands.
  static func page(
    _ web: Context, _ state: FormState = .fresh, of channel: Channel, code: FormState = .fresh, adding device: FormState = .fresh
  ) throws -> AgentsPage {
    let (agents, muted, tests, health, phones) = try web.read(
      Agent.mine, MutedAddress.mine, AgentTest.newest(channel.type), AgentHealth.mine, Phone.mine(at: web.now))
    let agent = agents.first { $0.type == channel.type }
    let card = try AgentCard(
      channel, agent, settings(agent, channel, web), channel.usesAddress ? muted : [], tests.first,
      health.first { $0.type == channel.type }, channel.usesPhone ? phones.first : nil, state, code, web)
    let push = channel.type == .push ? try PushPanel(try web.read(PushDevice.mine), device, web) : nil
    return try AgentsPage(card, channel.type, push, agents, health, web)
  }

  private static func settings(_ agent: Agent?, _ channel: Channel, _ web: Context) throws -> ChannelSettings {
    let person = try web.person
    guard let sealed = agent?.configuration, !channel.fields.isEmpty else { return ChannelSettings(values: [:]) }
    // In a transaction of the person's own: the vault gives the keys of an account to nobody else.
    return try web.db.transaction {
      try web.act(for: person.id, of: person.account)
      return try ChannelSettings.open(sealed, channel.type, of: person.id, person.account, web.vault)
    }
  }
}

extension Channel {
  /// Whether it is on for somebody who never touched it: one that goes to the address that everybody has.
  var isOnUntouched: Bool { usesAddress }
}

extension Context {
  /// Of whoever is signed in.
  var vault: Vault { Vault(masters: services.masters, db: db) }
}
