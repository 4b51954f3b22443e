import Domain
import HTML
import Web

/// The page of agents.
struct AgentsPage {
  let layout: Layout
  let tabs: SettingsTabs
  let card: AgentCard
  let others: [Other]

  /// Another way; nil as path: it cannot be set up yet.
  struct Other {
    let icon: String
    let name: String
    let path: Path?
    let badge: StatusBadge
  }

  init(_ card: AgentCard, _ shown: AgentType, _ agents: [Agent], _ web: Context) throws {
    let words = web.words
    layout = try Layout(words("Agents"), .settings, web)
    tabs = SettingsTabs(.agents, try web.person, words)
    self.card = card
    others = AgentType.allCases.filter { $0 != shown }.map { type in
      let channel = web.services.channels.first { $0.type == type }
      let isOn = channel.map { channel in agents.first { $0.type == type }?.isOn ?? channel.isOnUntouched }
      return Other(
        icon: type.rawValue, name: AgentNames.name(type, words), path: channel.map { _ in Paths.agent(type) },
        badge: isOn == true
          ? StatusBadge(tone: "done", icon: "done", label: words("On"))
          : StatusBadge(tone: "calm", icon: "stop", label: isOn == nil ? words("Not set up") : words("Off")))
    }
  }
}

/// A way that can be set up: its switch, what its channel asks, and a test.
struct AgentCard {
  let type: String
  let name: String
  /// Where it goes, where it asks nothing.
  let address: String?
  let badge: StatusBadge
  let notes: ProfileNotes?
  let summary: ErrorSummary?
  let conflict: ConflictTable?
  let action: Path
  let secret: CSRFField
  let version: HiddenField?
  let tick: Checkbox
  let fields: [TextField]
  let test: Path
  let nonce: HiddenField
  let outcome: AgentOutcome
  /// Why no test can be sent; nil: one can.
  let hindrance: String?
  let profile = Paths.profileSettings

  /// - Parameter muted: addresses that get nothing by this way.
  init(
    _ channel: Channel, _ agent: Agent?, _ settings: ChannelSettings, _ muted: [MutedAddress], _ newest: AskedTest?, _ state: FormState,
    _ web: Context
  ) throws {
    let (person, words) = (try web.person, web.words)
    func time(_ instant: Instant) -> String { TimeWords.dateTime(instant, person.zone, person.language) }
    let isTrusted = !channel.usesAddress || web.services.trusts(person)
    type = channel.type.rawValue
    name = AgentNames.name(channel.type, words)
    address = channel.usesAddress ? person.email : nil
    let isMuted = muted.contains { $0.address.utf8.elementsEqual(EmailAddress.key(person.email).utf8) }
    let isOn = (agent?.isOn ?? channel.isOnUntouched) && !isMuted
    badge =
      isOn
      ? StatusBadge(tone: "done", icon: "done", label: words("On"))
      : StatusBadge(tone: "urgent", icon: "error", label: words("Off: nothing is sent"))
    var lines = muted.map { muted in
      let values: KeyValuePairs = ["address": muted.address, "time": time(muted.at)]
      return muted.reason == "unsubscribed"
        ? words("{address} asked for no more mail on {time}.", values) : words("{address} has refused our mail since {time}.", values)
    }
    if !isTrusted { lines.append(words("The address is not verified: mails to it wait until it is.")) }
    notes = ProfileNotes(lines)
    var make = FieldBuilder(state)
    tick = make.tick("enabled", channel.toggle(words), isOn, says: words.answers, help: channel.help?(words))
    fields = channel.fields.map { make.text($0.name, $0.label(words), settings[$0], type: $0.type) }
    (summary, conflict) = (make.summary, make.conflict)
    action = Paths.agent(channel.type)
    secret = web.csrfField()
    // A switch alone says what is to be; where more is typed, it must not be typed over what another page saved.
    version = fields.isEmpty ? nil : state.version(agent?.version ?? 0)
    test = Paths.agentTest(channel.type)
    nonce = HiddenField(
      name: "nonce", value: Idempotency.nonce("test", type, newest.map { String($0.number) } ?? ""))
    outcome = AgentOutcome(newest, words, time)
    hindrance = isTrusted ? nil : AgentText.unverified(person, words)
  }
}
