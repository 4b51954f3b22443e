import Domain
import HTML
import Web

/// The page of one channel, with its form for those who may change it.
struct DeskChannelPage {
  let layout: Layout
  let back = Paths.channels
  let name: String
  let state: String
  let badge: StatusBadge
  /// Since when it fails and why, and what to do; nil: it does not.
  let trouble: Trouble?
  /// What is to be done next with one by which nothing has come yet.
  let nextStep: NextStep?
  let facts: Facts
  let rota: Path
  /// nil: whoever reads this changes nothing.
  let actions: Actions?
  let outcome: DeskTestOutcome?
  let form: DeskChannelForm?

  struct Trouble {
    let why: String
    let advice: String
  }

  struct NextStep {
    let text: String
    let example: WebhookExample?
  }

  struct Facts {
    let kind: String
    let address: String?
    let aliases: String?
    let incoming: String
    let outgoing: String
    let language: String
    let hours: [String]
    let zone: String
    let target: String
    let look: TimeText?
    let message: TimeText?
    /// Where messages are posted to; nil: they come otherwise.
    let webhook: String?
    var hasLook: Bool { look != nil }
    var hasMessage: Bool { message != nil }
  }

  struct Actions {
    let secret: CSRFField
    let test: Path
    let testNonce: HiddenField
    let testLabel: String
    let rotation: Path
    let rotationNonce: HiddenField
    let deletion: Path
  }

  init(_ channel: DeskChannel, _ profiles: [ProfileName], _ test: AskedTest?, _ web: Context, _ state: FormState = .fresh) throws {
    let (person, words) = (try web.person, web.words)
    let text = DeskChannelText(channel, person, web.clock, words)
    let layout = try Layout(channel.name, .channels, web)
    self.layout = layout
    (name, self.state, badge) = (channel.name, text.state.rawValue, text.badge)
    trouble = text.why.map { Trouble(why: $0, advice: text.advice ?? "") }
    nextStep = channel.lastMessageAt == nil && channel.isEnabled ? NextStep(channel, web) : nil
    facts = Facts(channel, text, web, person)
    rota = Paths.rota(channel.id)
    let revision = String(channel.revision)
    actions =
      person.changesChannels
      ? Actions(
        secret: layout.secret, test: Paths.test(channel.id),
        testNonce: HiddenField(
          name: "nonce", value: Idempotency.nonce("test", channel.id.text, test.map { String($0.number) } ?? "")),
        testLabel: channel.type.way == .email ? words("Try it in both directions") : words("Send a test message"),
        rotation: Paths.secret(channel.id),
        rotationNonce: HiddenField(name: "nonce", value: Idempotency.nonce("secret", channel.id.text, revision)),
        deletion: Paths.deletion(channel.id)) : nil
    outcome = person.changesChannels ? DeskTestOutcome(test, channel, person, words) : nil
    form = person.changesChannels ? try DeskChannelForm(web, layout, state, stored: channel, profiles) : nil
  }
}

extension DeskChannelPage.NextStep {
  fileprivate init(_ channel: DeskChannel, _ web: Context) {
    let words = web.words
    switch channel.inbound {
    case .webhook:
      text = words(
        "Nothing has come yet. Let the other program post each message to the address below, signed with the channel's secret. Try it like this:"
      )
      example = WebhookExample(channel.id, web.services.origin)
    case .maildir:
      text = words(
        "Nothing has come yet. Have mail to {address} delivered into the folder {folder}; Heed looks each minute.",
        ["address": channel.address ?? "", "folder": channel.folder])
      example = nil
    case .imap:
      text = words(
        "Nothing has come yet. Heed looks at the mailbox each minute. A test below says whether it can, and whether mail leaves.")
      example = nil
    }
  }
}

extension DeskChannelPage.Facts {
  fileprivate init(_ channel: DeskChannel, _ text: DeskChannelText, _ web: Context, _ person: Person) {
    kind = DeskChannelText.name(channel.type, web.words)
    address = channel.address
    aliases = channel.aliases.isEmpty ? nil : channel.aliases.joined(separator: ", ")
    (incoming, outgoing, hours, target) = (text.incoming, text.outgoing, text.hours, text.target)
    language = SourceText.name(channel.language, web.words)
    zone = channel.timezone
    look = channel.lastLookAt.map { TimeText($0, person, web.clock) }
    message = channel.lastMessageAt.map { TimeText($0, person, web.clock) }
    webhook = channel.inbound == .webhook ? web.services.origin + Paths.hook(channel.id).text : nil
  }
}

/// How a message is posted by hand.
struct WebhookExample {
  let lines: String

  init(_ id: ID<DeskChannel>, _ origin: String) {
    let customer = #"{"external_id":"1","subject":"Hello","customer":{"email":"ana@example.org","name":"Ana"}}"#
    let message = #"{"external_id":"1","body_text":"Where is my parcel?"}"#
    lines = SignedPost.example(#"{"conversation":"# + customer + #","message":"# + message + "}", to: origin + Paths.hook(id).text)
  }
}

/// The form of a channel, new or edited.
struct DeskChannelForm {
  let frame: FormFrame
  let fields: DeskChannelFields

  init(_ web: Context, _ layout: Layout, _ state: FormState, stored: DeskChannel?, _ profiles: [ProfileName]) throws {
    var make = FieldBuilder(state)
    fields = try DeskChannelFields(&make, stored, profiles, web)
    frame = FormFrame(
      make, layout.secret, to: stored.map { Paths.channel($0.id) } ?? Paths.channels, cancel: Paths.channels,
      carrying: [stored.map { state.version($0.version) } ?? state.nonce])
  }
}

/// The page on which a channel is made.
struct NewDeskChannelPage {
  let layout: Layout
  let back = Paths.channels
  let form: DeskChannelForm

  init(_ profiles: [ProfileName], _ web: Context, _ state: FormState = .fresh) throws {
    layout = try Layout(web.words("New channel"), .channels, web)
    form = try DeskChannelForm(web, layout, state, stored: nil, profiles)
  }
}

/// A secret that was just made, shown this once.
struct DeskSecretPage {
  let layout: Layout
  let name: String
  let intro: String
  let secret: String
  let webhook: String
  let next: String
  let channel: Path
  let example: WebhookExample?

  /// - Parameter isFirst: whether the channel was just made.
  init(_ id: ID<DeskChannel>, _ name: String, _ inbound: DeskChannel.Inbound, _ secret: String, isFirst: Bool, _ web: Context) throws {
    let words = web.words
    layout = try Layout(isFirst ? words("Channel made") : words("New secret"), .channels, web, takesFlash: false)
    self.name = name
    (self.secret, channel) = (secret, Paths.channel(id))
    webhook = web.services.origin + Paths.hook(id).text
    intro =
      isFirst
      ? words("“{name}” is made. This is its secret. Copy it now: it is shown this once.", ["name": name])
      : words(
        "This is the new secret of “{name}”. Copy it now: it is shown this once. The old one is good for 24 more hours.", ["name": name])
    switch inbound {
    case .webhook:
      next = words("Give both to the program that posts your customers' messages. It signs each by Standard Webhooks:")
      example = WebhookExample(id, web.services.origin)
    case .maildir, .imap:
      next = words(
        "Its mail comes from a mailbox, which Heed looks at each minute. The secret is for the day when another program posts it.")
      example = nil
    }
  }
}
