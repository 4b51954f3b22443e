import Domain
import HTML
import Net
import Postgres
import Web

/// A channel as its form says it. What belongs to a kind that was not chosen counts as not sent.
struct DeskChannelDraft {
  let name: String
  let type: DeskChannel.Kind
  let externalID: String
  let address: String?
  let aliases: [String]
  let mailbox: MailboxDraft
  let outgoing: OutgoingDraft
  let hours: DeskHoursDraft
  let signature: String
  let language: Language
  let profile: ID<EscalationProfile>?
  let acknowledge: String
  let acknowledgeWhen: DeskChannel.Acknowledgement
  let autoDraft: Bool
  let trustsSpam: Bool
  let isEnabled: Bool
  /// nil: a new channel's form has none.
  let version: Int?
  /// What is new, for the audit log.
  let changes: [String: String]

  /// - Parameters:
  ///   - stored: the channel that is edited. Its type stays.
  ///   - profiles: the person's.
  ///   - hasMaildirs: whether the operator has named a folder for Maildirs.
  init(
    _ form: Form, stored: DeskChannel? = nil, profiles: [ProfileName], hasMaildirs: Bool, _ reader: Reader
  ) throws(FormErrors) {
    var read = FormReader(form, reader.words)
    name = read.line("name", 1...100)
    type = stored?.type ?? read.choice("type", DeskChannel.Kind.email)
    externalID = read.line("external_id", 0...200)
    let isMail = type == .email
    address = isMail ? read.email("address") : nil
    aliases = isMail ? DeskChannelDraft.aliases(&read, but: address ?? "") : []
    mailbox = MailboxDraft(&read, isMail ? read.choice("inbound", DeskChannel.Inbound.webhook) : .webhook, stored, hasMaildirs: hasMaildirs)
    outgoing = OutgoingDraft(&read, isMail: isMail, stored)
    signature = read.text("signature", bytes: 4_096)
    language = read.choice("language", stored?.language ?? reader.person.language)
    hours = DeskHoursDraft(&read, stored, reader)
    profile = DeskChannelDraft.profile(&read, stored, profiles)
    acknowledge = read.text("acknowledge", bytes: 4_096)
    acknowledgeWhen = read.choice("acknowledge_when", DeskChannel.Acknowledgement.never)
    if acknowledgeWhen != .never, DeskChannelDraft.isBlank(acknowledge) {
      read.complain("acknowledge", reader.words("Write what customers are told."))
    }
    autoDraft = read.flag("auto_draft")
    trustsSpam = isMail && read.flag("trusts_spam")
    isEnabled = stored == nil && form.first("enabled") == nil || read.flag("enabled")
    version = stored == nil ? nil : read.version()
    changes = [:]
    try read.finish()
  }

  /// The same, with what is new of it.
  private init(_ draft: DeskChannelDraft, _ changes: [String: String]) {
    (name, type, externalID, address, aliases) = (draft.name, draft.type, draft.externalID, draft.address, draft.aliases)
    (mailbox, outgoing, hours, signature, language) = (draft.mailbox, draft.outgoing, draft.hours, draft.signature, draft.language)
    (profile, acknowledge, acknowledgeWhen) = (draft.profile, draft.acknowledge, draft.acknowledgeWhen)
    (autoDraft, trustsSpam, isEnabled, version) = (draft.autoDraft, draft.trustsSpam, draft.isEnabled, draft.version)
    self.changes = changes
  }

  /// What the form says, as a row holds it; passwords aside.
  var fields: RowValues {
    [
      "name": "\(name)", "external_id": "\(externalID)", "address": "\(address)", "aliases": "\(aliases)", "inbound": "\(mailbox.inbound)",
      "folder": "\(mailbox.folder)", "imap_host": "\(mailbox.host)", "imap_port": "\(mailbox.port)", "imap_security": "\(mailbox.security)",
      "imap_user": "\(mailbox.user)", "imap_folder": "\(mailbox.imapFolder)", "smtp_host": "\(outgoing.host)",
      "smtp_port": "\(outgoing.port)", "smtp_security": "\(outgoing.security)", "smtp_user": "\(outgoing.user)",
      "outbound_url": "\(outgoing.url)", "signature": "\(signature)", "language": "\(language)", "timezone": "\(hours.zone.name)",
      "target_minutes": "\(hours.targetMinutes)", "hours": "\(hours.hours)", "closed_on": "\(hours.closedOn)", "profile_id": "\(profile)",
      "acknowledge": "\(acknowledge)", "acknowledge_when": "\(acknowledgeWhen)", "auto_draft": "\(autoDraft)",
      "trusts_spam": "\(trustsSpam)", "enabled": "\(isEnabled)",
    ]
  }

  /// Its address and aliases, as they are compared.
  var addressKeys: [String] { ([address].compactMap(\.self) + aliases).map { EmailAddress.key($0) } }

  /// With what differs from the stored channel, for the audit log. Passwords are said to have changed, and not what they are.
  func compared(with stored: DeskChannel) -> DeskChannelDraft {
    var edit = AuditDifference()
    let onOff: (Bool) -> String = { $0 ? "on" : "off" }
    edit.note("name", from: stored.name, to: name)
    edit.note("external_id", from: stored.externalID, to: externalID)
    edit.note("address", from: stored.address ?? "", to: address ?? "")
    edit.note("aliases", from: stored.aliases.joined(separator: ", "), to: aliases.joined(separator: ", "))
    mailbox.note(&edit, from: stored)
    outgoing.note(&edit, from: stored)
    hours.note(&edit, from: stored)
    edit.noteLong("signature", from: stored.signature, to: signature)
    edit.note("language", from: stored.language, to: language, \.rawValue)
    edit.note("profile", from: stored.profile?.text ?? "", to: profile?.text ?? "")
    edit.noteLong("acknowledge", from: stored.acknowledge, to: acknowledge)
    edit.note("acknowledge_when", from: stored.acknowledgeWhen, to: acknowledgeWhen, \.rawValue)
    edit.note("auto_draft", from: stored.autoDraft, to: autoDraft, onOff)
    edit.note("trusts_spam", from: stored.trustsSpam, to: trustsSpam, onOff)
    edit.note("enabled", from: stored.isEnabled, to: isEnabled, onOff)
    return DeskChannelDraft(self, edit.facts)
  }

  /// Other addresses of the channel, one a line or with commas; its own and what stands twice counts once.
  private static func aliases(_ read: inout FormReader, but address: String) -> [String] {
    var seen: Set = [EmailAddress.key(address)]
    var aliases: [String] = []
    for part in read.text("aliases", bytes: 8_192).utf8.split(whereSeparator: { $0 <= 32 || $0 == 44 || $0 == 59 }) {
      let alias = String(Substring(part))
      guard EmailAddress.isValid(alias) else {
        read.complain("aliases", read.words("“{address}” is no address. Write one a line, such as help@shop.example.", ["address": alias]))
        return []
      }
      if seen.insert(EmailAddress.key(alias)).inserted { aliases.append(alias) }
    }
    if aliases.count > 20 { read.complain("aliases", read.words("At most {n} addresses fit.", ["n": "20"])) }
    return aliases
  }

  /// One of the person's own, or the one that somebody else has set.
  private static func profile(_ read: inout FormReader, _ stored: DeskChannel?, _ profiles: [ProfileName]) -> ID<EscalationProfile>? {
    let text = read.raw("profile")
    if text.utf8.isEmpty { return nil }
    let known = profiles.map(\.id) + [stored?.profile].compactMap(\.self)
    if let id = ID<EscalationProfile>(text), known.contains(id) { return id }
    read.complain("profile", read.words("Choose one of your profiles."))
    return nil
  }

  private static func isBlank(_ text: String) -> Bool { text.utf8.allSatisfy { $0 == 32 || (9...13).contains($0) } }
}
