import Domain
import HTML
import Web

/// The page of agents.
struct AgentsPage {
  let layout: Layout
  let tabs: SettingsTabs
  let card: AgentCard
  /// The devices, on the page of push.
  let push: PushPanel?
  let others: [Other]

  /// Another way; nil as path: it cannot be set up yet.
  struct Other {
    let icon: String
    let name: String
    let path: Path?
    let badge: StatusBadge
    /// nil: nothing was ever sent by it.
    let health: AgentHealthLine?
    /// Why it cannot be set up here; nil: it can, or is still to come.
    let note: String?
  }

  init(
    _ card: AgentCard, _ shown: AgentType, _ push: PushPanel?, _ agents: [Agent], _ health: [AgentHealth], _ web: Context
  ) throws {
    let (person, words) = (try web.person, web.words)
    func time(_ instant: Instant) -> String { TimeWords.dateTime(instant, person.zone, person.language) }
    layout = try Layout(words("Agents"), .settings, web)
    tabs = SettingsTabs(.agents, person, words)
    (self.card, self.push) = (card, push)
    others = AgentType.allCases.filter { $0 != shown }.map { type in
      let channel = web.services.channels.first { $0.type == type }
      let done = health.first { $0.type == type && ($0.sentAt != nil || $0.failedAt != nil) }
      let isOn = channel.map { channel in agents.first { $0.type == type }.map { $0.isOn && $0.isReady } ?? channel.isOnUntouched }
      return Other(
        icon: type.rawValue, name: AgentNames.name(type, words), path: channel.map { _ in Paths.agent(type) },
        badge: isOn == true
          ? StatusBadge(tone: "done", icon: "done", label: words("On"))
          : StatusBadge(tone: "calm", icon: "stop", label: isOn == nil ? words("Not set up") : words("Off")),
        health: done.map { AgentHealthLine($0, words, time) },
        note: type == .sms && channel == nil
          ? words("This site has no gateway for SMS, so none can be sent. Whoever runs it can set one up.") : nil)
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
  let fields: [AgentControl]
  /// Of the form; nil: a switch alone can be sent twice.
  let formNonce: HiddenField?
  let test: Path
  let nonce: HiddenField
  let outcome: AgentOutcome
  /// Why no test can be sent; nil: one can.
  let hindrance: String?
  let profile = Paths.profileSettings
  let health: AgentHealthLine
  let about: AgentAbout
  /// Where its program posts commands, and another secret is asked for; nil: it signs nothing, or was never saved.
  let signing: Signing?
  /// Whether its number is theirs; nil: it has none.
  let phone: PhoneCard?

  struct Signing {
    let webhook: String
    let rotation: Path
    let secret: CSRFField
    let nonce: HiddenField
  }

  /// - Parameter muted: addresses that get nothing by this way.
  init(
    _ channel: Channel, _ agent: Agent?, _ settings: ChannelSettings, _ muted: [MutedAddress], _ newest: AskedTest?,
    _ health: AgentHealth?, _ phone: Phone?, _ state: FormState, _ code: FormState, _ web: Context
  ) throws {
    let (person, words) = (try web.person, web.words)
    func time(_ instant: Instant) -> String { TimeWords.dateTime(instant, person.zone, person.language) }
    let isTrusted = !channel.usesAddress || web.services.trusts(person)
    type = channel.type.rawValue
    name = AgentNames.name(channel.type, words)
    address = channel.usesAddress ? person.email : nil
    let isMuted = muted.contains { $0.address.utf8.elementsEqual(EmailAddress.key(person.email).utf8) }
    let isOn = (agent.map { $0.isOn && $0.isReady } ?? channel.isOnUntouched) && !isMuted
    badge =
      isOn
      ? StatusBadge(tone: "done", icon: "done", label: words("On"))
      : StatusBadge(tone: "urgent", icon: "error", label: words("Off: nothing is sent"))
    notes = ProfileNotes(AgentText.warnings(muted, agent, isTrusted: isTrusted, words, time))
    var make = FieldBuilder(state)
    let isTicked = (agent?.isOn ?? channel.isOnUntouched) && !isMuted
    tick = make.tick("enabled", channel.toggle(words), isTicked, says: words.answers, help: channel.help?(words))
    fields = channel.fields.map { AgentControl($0, settings[$0], &make, words) }
    (summary, conflict) = (make.summary, make.conflict)
    action = Paths.agent(channel.type)
    let csrf = web.csrfField()
    secret = csrf
    // A switch alone says what is to be; where more is typed, it must not be typed over what another page saved.
    version = fields.isEmpty ? nil : state.version(agent?.version ?? 0)
    formNonce = version.map { HiddenField(name: "nonce", value: Idempotency.nonce("agent", channel.type.rawValue, $0.value)) }
    test = Paths.agentTest(channel.type)
    nonce = HiddenField(
      name: "nonce", value: Idempotency.nonce("test", type, newest.map { String($0.number) } ?? ""))
    self.health = AgentHealthLine(health, words, time)
    about = AgentAbout(channel, words)
    let hook = channel.isSigned && SigningSecrets(settings) != nil ? agent : nil
    signing = hook.map { Signing($0, csrf, web.services.origin) }
    outcome = AgentOutcome(newest, words, time)
    let isCallable = !channel.usesPhone || phone.map { PhoneStanding($0) == .verified } ?? false
    hindrance =
      isTrusted
      ? isCallable ? nil : words("Without a number that is verified there is nothing to test.") : AgentText.unverified(person, words)
    self.phone = PhoneCard(phone, (Paths.agentCodes, Paths.agentVerification), csrf, code, words, time)
  }
}

extension AgentCard.Signing {
  fileprivate init(_ agent: Agent, _ secret: CSRFField, _ origin: String) {
    webhook = origin + Paths.hook(agent.id).text
    rotation = Paths.webhookSecret
    self.secret = secret
    nonce = HiddenField(name: "nonce", value: Idempotency.nonce("secret", agent.id.text, String(agent.revision)))
  }
}
