import Domain
import HTML
import Postgres
import Web

/// How a contact shows that a number is theirs and that they agree: they get a code by SMS and give it to whose contact they are, who types it.
extension Contacts {
  /// POST /contacts/:contact/phone/codes
  static func askCode(_ web: Context, _ id: ID<Contact>) throws -> Change {
    let commands = try ContactCommands.find(id, web)
    let phone = try phone(commands, web)
    let place = Paths.editContact(id)
    if phone.verifiedAt != nil { return Change(to: place, says: web.words("This number is verified already."), did: []) }
    // Their address stands in the SMS: it is one that somebody has shown to be theirs.
    guard web.services.trusts(try web.person) else { throw ContactRefusal.unverified }
    try PhoneCode.ask(phone, web)
    let values: KeyValuePairs = ["name": commands.contact.name]
    return Change(
      to: place, says: web.words("A code is on its way to {name}. Ask them for it, and type it below.", values),
      did: [commands.entry("contact.code_asked")], wakes: web.now)
  }

  /// POST /contacts/:contact/phone/verification
  static func verifyPhone(_ web: Context, _ id: ID<Contact>) throws -> Change {
    let commands = try ContactCommands.find(id, web)
    let phone = try phone(commands, web)
    let place = Paths.editContact(id)
    if phone.verifiedAt != nil { return Change(to: place, says: web.words("This number is verified already."), did: []) }
    return try web.takeForm(askingAgain: { try ContactFormPage(web, stored: commands.contact, phone: phone, code: $0) }) {
      try PhoneCode.take(phone, web)
      try web.db.run(
        "UPDATE contacts SET notify_sms = true, updated_at = \(web.now) WHERE id = \(id) AND user_id = (SELECT me())")
      return Change(
        to: Paths.contacts, says: web.words("{name} is told by SMS from now on.", ["name": commands.contact.name]),
        did: [commands.entry("contact.phone_verified")])
    }
  }

  /// The number of a contact, noted where it was not: those of before nobody asked about.
  private static func phone(_ commands: ContactCommands, _ web: Context) throws -> Phone {
    let contact = commands.contact
    if web.services.sms == nil { throw ContactRefusal.noGateway }
    if contact.phone.utf8.isEmpty { throw ContactRefusal.noPhone }
    try Phone.keep(contact.phone, of: contact.id, for: web.person.id, web)
    guard let phone = try web.db.row(Phone.mine(contact.id, at: web.now)) else { throw Failure.notFound }
    if phone.stoppedAt != nil { throw ContactRefusal.phoneStopped }
    return phone
  }
}
