import Domain
import HTML
import Web

/// The fields of a channel's form.
struct DeskChannelFields {
  let name: TextField
  /// nil: of one that is edited.
  let type: RadioGroup?
  /// nil: it is no mail.
  let mail: DeskMailFields?
  /// nil: it is mail.
  let chat: DeskChatFields?
  let hours: DeskHoursFields
  let answers: DeskAnswerFields
  /// nil: a new one is on.
  let enabled: Checkbox?

  /// - Parameter stored: the channel that is edited.
  init(_ make: inout FieldBuilder, _ stored: DeskChannel?, _ profiles: [ProfileName], _ web: Context) throws {
    let words = web.words
    let person = try web.person
    name = make.text(
      "name", words("Name"), stored?.name ?? "", help: words("Customers see it beside the address."), required: true, maxLength: 100)
    type =
      stored == nil
      ? RadioGroup(
        field: make.choice(
          "type", words("Kind"), DeskChannel.Kind.email.rawValue,
          DeskChannel.Kind.allCases.map { ($0.rawValue, DeskChannelText.name($0, words)) }, help: words("It stays what it is.")))
      : nil
    let kind = stored?.type
    mail = kind == nil || kind == .email ? DeskMailFields(&make, stored, words) : nil
    chat = kind == .email ? nil : DeskChatFields(&make, stored, words)
    answers = DeskAnswerFields(&make, stored, person, words)
    hours = DeskHoursFields(&make, stored, profiles, person, web.services.zones, words)
    enabled = stored.map { make.tick("enabled", words("Takes messages"), $0.isEnabled, says: words.answers) }
  }

  /// Presets first, from gentle to critical, then by name.
  fileprivate static func place(_ profile: ProfileName) -> String {
    let preset = profile.preset.flatMap { LadderPreset.allCases.firstIndex(of: $0) }
    return preset.map { "0\($0)" } ?? "1\(profile.name)"
  }
}

/// Of an e-mail channel.
struct DeskMailFields {
  let address: TextField
  let aliases: TextArea
  let inbound: RadioGroup
  let folder: TextField
  let imapHost: TextField
  let imapPort: TextField
  let imapSecurity: Select
  let imapUser: TextField
  let imapPassword: TextField
  let imapFolder: TextField
  let trustsSpam: Checkbox
  let smtpHost: TextField
  let smtpPort: TextField
  let smtpSecurity: Select
  let smtpUser: TextField
  let smtpPassword: TextField

  init(_ make: inout FieldBuilder, _ stored: DeskChannel?, _ words: Words) {
    let securities = { DeskChannel.Security.allCases.map { ($0.rawValue, DeskChannelText.name($0, words)) } }
    let kept = words("Empty: the stored one stays. It is never shown.")
    address = make.text(
      "address", words("Address"), stored?.address ?? "", help: words("Customers write to it, and answers come from it."), type: "email",
      maxLength: 254)
    aliases = make.area(
      "aliases", words("Other addresses of it"), stored?.aliases.joined(separator: "\n") ?? "",
      help: words("One a line. Who wrote to one of them is answered from it."), rows: 2)
    inbound = RadioGroup(
      field: make.choice(
        "inbound", words("How messages come"), (stored?.inbound ?? .webhook).rawValue,
        DeskChannel.Inbound.allCases.map { ($0.rawValue, DeskChannelText.name($0, words)) }))
    folder = make.text(
      "folder", words("Folder"), stored?.folder ?? "", help: words("The name of a Maildir in the folder that the site has for them."),
      maxLength: 100)
    imapHost = make.text(
      "imap_host", words("Mailbox server"), stored?.imapHost ?? "", help: words("Such as imap.shop.example."), maxLength: 253)
    imapPort = make.text(
      "imap_port", words("Port"), stored?.imapPort.map { String($0) } ?? "", short: words("Port of the mailbox server"),
      help: words("Empty: the usual one."), type: "number", optional: true)
    imapSecurity = make.choice(
      "imap_security", words("Security"), (stored?.imapSecurity ?? .tls).rawValue, securities())
    imapUser = make.text("imap_user", words("Sign-in name"), stored?.imapUser ?? "", autocomplete: "off", maxLength: 254)
    imapPassword = make.text(
      "imap_password", words("Password"), help: stored?.imapPassword == nil ? nil : kept, type: "password", autocomplete: "new-password")
    imapFolder = make.text(
      "imap_folder", words("Folder on the server"), stored?.imapFolder ?? "INBOX", help: words("Nothing in it is changed."), maxLength: 200)
    trustsSpam = make.tick(
      "trusts_spam", words("The server marks spam, and is right"), stored?.trustsSpam ?? false, says: words.answers,
      help: words("What its filter marks goes to spam here too."))
    smtpHost = make.text(
      "smtp_host", words("Outgoing server"), stored?.smtpHost ?? "", help: words("Empty: the mail server of this site."), optional: true,
      maxLength: 253)
    smtpPort = make.text(
      "smtp_port", words("Port"), stored?.smtpPort.map { String($0) } ?? "", short: words("Port of the outgoing server"),
      help: words("Empty: the usual one."), type: "number", optional: true)
    smtpSecurity = make.choice(
      "smtp_security", words("Security"), (stored?.smtpSecurity ?? .starttls).rawValue, securities())
    smtpUser = make.text("smtp_user", words("Sign-in name"), stored?.smtpUser ?? "", autocomplete: "off", optional: true, maxLength: 254)
    smtpPassword = make.text(
      "smtp_password", words("Password"), help: stored?.smtpPassword == nil ? nil : kept, type: "password", autocomplete: "new-password")
  }
}

/// Of what is no mail.
struct DeskChatFields {
  let url: TextField

  init(_ make: inout FieldBuilder, _ stored: DeskChannel?, _ words: Words) {
    url = make.text(
      "outbound_url", words("Where answers go"), stored?.outboundURL ?? "",
      help: words("They are posted there, signed with the channel's secret. Without it nobody can be answered."), type: "url",
      optional: true, maxLength: 2_048)
  }
}

/// When answers are owed, and who is told.
struct DeskHoursFields {
  let target: TextField
  let hours: TextArea
  let closedOn: TextArea
  let zone: TextField
  let zones: [String]
  let profile: Select

  init(
    _ make: inout FieldBuilder, _ stored: DeskChannel?, _ profiles: [ProfileName], _ person: Person, _ known: Zones, _ words: Words
  ) {
    target = make.text(
      "target_minutes", words("Answer within, in working minutes"), stored?.targetMinutes.map { String($0) } ?? "",
      help: words("240 are four hours. Empty: nothing is ever late."), type: "number", optional: true)
    hours = make.area(
      "hours", words("Working hours"), stored.map { OpeningHoursReading($0.hours).hours?.text(person.language) ?? $0.hours } ?? "",
      help: words("A line for each kind of day: mon-fri 09:00-12:00 13:00-18:00. Empty: at all hours."), rows: 3)
    closedOn = make.area(
      "closed_on", words("Closed on"), stored?.closedOn.map(\.iso).joined(separator: "\n") ?? "",
      help: words("Dates, one a line: 2027-12-25."), rows: 2)
    zone = make.text(
      "timezone", words("Time zone"), stored?.timezone ?? person.zone.name, help: words("The hours are by its clocks."), list: "zones")
    zones = known.names
    let mine = profiles.sorted { DeskChannelFields.place($0) < DeskChannelFields.place($1) }.map { profile in
      (profile.id.text, ProfileWords.name("\(profile.name)", isPreset: profile.preset != nil, words))
    }
    let others = stored?.profile.map { set in profiles.contains { $0.id == set } ? [] : [(set.text, words("as somebody else has set it"))] }
    profile = make.choice(
      "profile", words("Who is told when an answer is late"), stored?.profile?.text ?? "",
      [("", words("nobody"))] + mine + (others ?? []), help: words("By one of your profiles: whoever is on duty gets it."))
  }
}

/// What customers read.
struct DeskAnswerFields {
  let externalID: TextField
  let language: Select
  let signature: TextArea
  let acknowledgeWhen: Select
  let acknowledge: TextArea
  let autoDraft: Checkbox

  init(_ make: inout FieldBuilder, _ stored: DeskChannel?, _ person: Person, _ words: Words) {
    language = make.choice(
      "language", words("Language"), (stored?.language ?? person.language).rawValue,
      Language.allCases.map { ($0.rawValue, SourceText.name($0, words)) }, help: words("Where a message does not tell its own."))
    signature = make.area(
      "signature", words("Signature"), stored?.signature ?? "", help: words("Markdown. It stands below each answer."), rows: 3)
    acknowledgeWhen = make.choice(
      "acknowledge_when", words("Tell customers at once that their message has come"), (stored?.acknowledgeWhen ?? .never).rawValue,
      [
        ("never", words("never", context: "acknowledge")), ("closed", words("outside of the hours")),
        ("always", words("always", context: "acknowledge")),
      ])
    acknowledge = make.area(
      "acknowledge", words("What they are told"), stored?.acknowledge ?? "",
      help: words(
        "Markdown, in the channel's language: who writes in another gets a sentence of ours. Once a conversation, at most once a day."),
      rows: 3)
    autoDraft = make.tick(
      "auto_draft", words("Write a draft for each question"), stored?.autoDraft ?? true, says: words.answers,
      help: words("Somebody always reads it before it leaves."))
    externalID = make.text(
      "external_id", words("Its id in the other program"), stored?.externalID ?? "", help: words("If a program of yours knows it by one."),
      optional: true, maxLength: 200)
  }
}
