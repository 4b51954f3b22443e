import Domain
import HTML
import Postgres
import Web

/// A contact as its form says it.
struct ContactDraft {
  let name: String
  let address: String
  let phone: String
  let relationship: String
  let zone: Zone
  let language: Language
  let quiet: QuietHours
  let showsNotes: Bool
  let notifyEmail: Bool
  let notifySMS: Bool
  /// nil: a new contact's form has none.
  let version: Int?
  /// What is new, for the audit log.
  let changes: [String: String]

  /// - Parameters:
  ///   - stored: the contact that is edited.
  ///   - offersSMS: whether our form has a box for SMS: one that is not ticked is not sent.
  init(_ form: Form, stored: Contact? = nil, offersSMS: Bool, _ reader: Reader) throws(FormErrors) {
    let words = reader.words
    var read = FormReader(form, words)
    var changes = AuditDifference()
    name = changes.note("name", from: stored?.name, to: read.line("name", 1...100))
    let isWithout = read.trimmed(read.raw("email")).utf8.isEmpty
    address = changes.note("email", from: stored?.address, to: isWithout ? "" : read.email("email"))
    phone = changes.note("phone", from: stored?.phone, to: ContactDraft.phone(&read))
    if address.utf8.isEmpty, phone.utf8.isEmpty { read.complain("email", words("Give an e-mail address or a phone number.")) }
    relationship = changes.note("relationship", from: stored?.relationship, to: read.line("relationship", 0...100))
    zone = read.zone("timezone", reader.zones, fallback: stored?.zone ?? reader.person.zone)
    changes.note("timezone", from: stored?.zone.name, to: zone.name)
    language = changes.note(
      "language", from: stored?.language, to: read.choice("language", stored?.language ?? reader.person.language), \.rawValue)
    quiet = changes.note("quiet", from: stored?.quiet, to: read.allQuietHours(), \.text)
    showsNotes = changes.note("shows_notes", from: stored?.showsNotes, to: read.flag("shows_notes")) { $0 ? "on" : "off" }
    notifyEmail = changes.note("notify_email", from: stored?.notifyEmail, to: read.flag("notify_email")) { $0 ? "on" : "off" }
    // Where our form does not offer it, what it does not say stays.
    let saysSMS = offersSMS || form.first("notify_sms") != nil
    notifySMS = changes.note(
      "notify_sms", from: stored?.notifySMS, to: saysSMS ? read.flag("notify_sms") : stored?.notifySMS ?? false
    ) { $0 ? "on" : "off" }
    version = stored == nil ? nil : read.version()
    try read.finish()
    self.changes = changes.facts
  }

  /// One that nobody typed.
  init(name: String, address: String, phone: String = "", relationship: String, zone: Zone, language: Language, showsNotes: Bool) {
    (self.name, self.address, self.phone, self.relationship, self.zone) = (name, address, phone, relationship, zone)
    (self.language, self.showsNotes) = (language, showsNotes)
    (quiet, notifyEmail, notifySMS, version, changes) = (QuietHours(), true, false, nil, [:])
  }

  private static func phone(_ read: inout FormReader) -> String {
    let typed = read.trimmed(read.raw("phone"))
    if typed.utf8.isEmpty { return "" }
    if let number = PhoneNumber(typed) { return number.text }
    read.complain("phone", read.words("Write the number with + and the code of the country, such as +351 912 345 678."))
    return typed
  }

  /// What stores a new one.
  func inserting(_ id: ID<Contact>, for user: ID<User>, at now: Instant) -> SQL {
    """
    INSERT INTO contacts (id, user_id, created_at, updated_at, \(fields.columns), \(quiet.fields.columns))
    VALUES (\(id), \(user), \(now), \(now), \(fields.values), \(quiet.fields.values))
    """
  }

  /// What the form says, as a row holds it, but for ``QuietHours/fields``.
  var fields: RowValues {
    [
      "name": "\(name)", "address": "\(address)", "address_key": "\(EmailAddress.key(address))", "phone": "\(phone)",
      "relationship": "\(relationship)", "timezone": "\(zone.name)", "zone_rule": "\(zone.rule)", "language": "\(language)",
      "shows_notes": "\(showsNotes)", "notify_email": "\(notifyEmail)", "notify_sms": "\(notifySMS)",
    ]
  }
}
