import Domain
import HTML
import Postgres
import Web

/// By which ways a person is reached.
enum Agents {
  /// GET /agents
  static func list(_ web: Context) throws -> Response {
    let (email, muted) = try web.read(EmailAgent.mine, MutedAddress.mine)
    return web.page(try AgentsPage(email.first, muted, web))
  }

  /// GET /agents/:type
  static func form(_ web: Context, _ type: String) throws -> Response {
    guard AgentType(rawValue: type) != nil else { throw Failure.notFound }
    return try list(web)
  }

  /// POST /agents/:type: e-mail is switched on or off; the others cannot be set up yet.
  static func save(_ web: Context, _ type: String) throws -> Change {
    let person = try web.person
    let words = web.words
    guard let type = AgentType(rawValue: type) else { throw Failure.notFound }
    guard channels.contains(where: { $0.type == type }) else {
      throw Failure.conflict(words("This way of reaching you cannot be set up yet."))
    }
    var read = FormReader(web.form, words)
    let isOn = read.flag("enabled")
    if let complaint = read.errors["enabled"] { throw Failure.misread(complaint) }
    let address = EmailAddress.key(person.email)
    let changes: Bool? = try web.db.value(
      """
      SELECT coalesce((SELECT enabled FROM agents WHERE user_id = \(person.id) AND type = 'email'), true) <> \(isOn)
        OR \(isOn) AND EXISTS (SELECT 1 FROM muted_addresses WHERE user_id = \(person.id) AND agent = 'email' AND address = \(address))
      """)
    try web.db.runAll([
      """
      INSERT INTO agents (id, user_id, type, enabled, created_at, updated_at)
      VALUES (\(ID<AgentRow>.new(at: web.now)), \(person.id), 'email', \(isOn), \(web.now), \(web.now))
      ON CONFLICT (user_id, type) DO UPDATE SET enabled = excluded.enabled, version = agents.version + 1, updated_at = excluded.updated_at
      """,
      // Switching on is the person's word that mail to the own address is wanted again.
      "SELECT door.unmute('email', \(address)) WHERE \(isOn)",
    ])
    let entry = AuditEntry("agent.changed", "agent", nil, ["type": "email", "enabled": isOn ? "on" : "off"])
    let says =
      isOn ? words("Reminders come by e-mail.") : words("No reminders come by e-mail. Nothing else is set up, so nothing reaches you.")
    return Change(to: Paths.agents, says: says, did: changes == true ? [entry] : [])
  }
}

/// The e-mail agent's switch.
struct EmailAgent {
  let isOn: Bool

  static var mine: Query<EmailAgent> {
    Query("SELECT enabled FROM agents WHERE user_id = me() AND type = 'email'", into: EmailAgent.init)
  }
}

/// An address that gets nothing.
struct MutedAddress {
  let address: String
  let reason: String
  let at: Instant

  static var mine: Query<MutedAddress> {
    Query(
      "SELECT address, reason, at FROM muted_addresses WHERE user_id = me() AND agent = 'email' ORDER BY at, address LIMIT 100",
      into: MutedAddress.init)
  }
}

/// The page of agents.
struct AgentsPage {
  let layout: Layout
  let tabs: SettingsTabs
  let address: String
  let badge: StatusBadge
  let notes: ProfileNotes?
  let tick: Checkbox
  let action: Path
  let secret: CSRFField
  let others: [Other]

  /// A way that is not set up.
  struct Other {
    let icon: String
    let name: String
    let badge: StatusBadge
  }

  init(_ email: EmailAgent?, _ muted: [MutedAddress], _ web: Context) throws {
    let person = try web.person
    let words = web.words
    layout = try Layout(words("Agents"), .settings, web)
    tabs = SettingsTabs(.agents, words)
    address = person.email
    let isMuted = muted.contains { $0.address.utf8.elementsEqual(EmailAddress.key(person.email).utf8) }
    let isOn = (email?.isOn ?? true) && !isMuted
    badge =
      isOn
      ? StatusBadge(tone: "done", icon: "done", label: words("On"))
      : StatusBadge(tone: "urgent", icon: "error", label: words("Off: nothing is sent"))
    var lines = muted.map { muted in
      let time = TimeWords.dateTime(muted.at, person.zone, person.language)
      let values: KeyValuePairs = ["address": muted.address, "time": time]
      return muted.reason == "unsubscribed"
        ? words("{address} asked for no more mail on {time}.", values) : words("{address} has refused our mail since {time}.", values)
    }
    if !web.services.trusts(person) { lines.append(words("The address is not verified: mails to it wait until it is.")) }
    notes = ProfileNotes(lines)
    var make = FieldBuilder()
    tick = make.tick("enabled", Channel.email.toggle(words), isOn, says: words.answers)
    action = Paths.agent(.email)
    secret = layout.secret
    others = AgentType.allCases.filter { $0 != .email }.map { type in
      Other(
        icon: type.rawValue, name: AgentNames.name(type, words), badge: StatusBadge(tone: "calm", icon: "stop", label: words("Not set up")))
    }
  }
}
