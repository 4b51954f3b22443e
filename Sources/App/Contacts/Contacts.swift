import Domain
import HTML
import Postgres
import Web

/// The contacts' pages, forms and buttons.
enum Contacts {
  /// GET /contacts
  static func list(_ web: Context) throws -> Response {
    web.list(try ContactListPage(web.read(Contact.mine(web.services.zones)), web))
  }

  /// GET /contacts/new: with `person`, begun with what is known of one of the people.
  static func new(_ web: Context) throws -> Response {
    let known = try web.query { query, words throws(FormErrors) in
      var read = FormReader(query, words)
      let text = read.raw("person")
      let known = ID<KnownPerson>(text)
      if known == nil, !text.utf8.isEmpty { read.complain("person", words("Choose one of your people.")) }
      try read.finish()
      return known
    }
    let found = try web.read(
      Query<(String, String, String)>(
        tuple: """
          SELECT left(p.name, 100), p.email, CASE WHEN p.phone LIKE '+%' THEN p.phone ELSE '' END FROM people p
          WHERE p.id = \(known)::uuid AND p.user_id = (SELECT me()) AND p.deleted_at IS NULL
          """))
    return web.page(try ContactFormPage(web, beginning: found.first.map { (name: $0.0, email: $0.1, phone: $0.2) }))
  }

  /// POST /contacts
  static func create(_ web: Context) throws -> Change {
    _ = try web.person
    return try web.takeForm(askingAgain: { try ContactFormPage(web, $0) }) {
      let draft = try ContactDraft(web.form, offersSMS: web.services.sms != nil, web.reader)
      let (entries, isAsked) = try ContactCommands.make(draft, web)
      return Change(to: Paths.contacts, says: says(draft, isAsked, web), did: entries, wakes: isAsked ? web.now : nil)
    }
  }

  /// GET /contacts/:contact/edit
  static func edit(_ web: Context, _ id: ID<Contact>) throws -> Response {
    let (contacts, phones) = try web.read(Contact.query(id, web.services.zones), Phone.mine(id, at: web.now))
    guard let contact = contacts.first else { throw Failure.notFound }
    return web.page(try ContactFormPage(web, stored: contact, phone: phones.first))
  }

  /// POST /contacts/:contact
  static func save(_ web: Context, _ id: ID<Contact>) throws -> Change {
    let commands = try ContactCommands.find(id, web)
    return try web.takeForm(askingAgain: { try ContactFormPage(web, $0, stored: commands.contact) }) {
      let draft = try ContactDraft(web.form, stored: commands.contact, offersSMS: web.services.sms != nil, web.reader)
      let (entries, isAsked) = try commands.save(draft)
      return Change(
        to: Paths.contacts, says: isAsked ? says(draft, isAsked, web) : web.words("Saved."), did: entries,
        wakes: isAsked ? web.now : nil)
    }
  }

  /// POST /contacts/:contact/verification
  static func askAgain(_ web: Context, _ id: ID<Contact>) throws -> Change {
    let commands = try ContactCommands.find(id, web)
    let entries = try commands.askAgain()
    return Change(
      to: Paths.contacts, says: web.words("The letter is on its way to {email}.", ["email": commands.contact.address]), did: entries,
      wakes: web.now)
  }

  /// POST /contacts/:contact/deletion
  static func delete(_ web: Context, _ id: ID<Contact>) throws -> Change {
    let commands = try ContactCommands.find(id, web)
    return Change(
      to: Paths.contacts, says: web.words("“{name}” is deleted.", ["name": commands.contact.name]), undo: Paths.restoration(id),
      did: try commands.delete())
  }

  /// POST /contacts/:contact/restoration
  static func restore(_ web: Context, _ id: ID<Contact>) throws -> Change {
    Change(to: Paths.contacts, says: web.words("The contact is back."), did: try ContactCommands.restore(id, web))
  }

  private static func says(_ draft: ContactDraft, _ isAsked: Bool, _ web: Context) -> String {
    let words = web.words
    let values: KeyValuePairs = ["name": draft.name, "email": draft.address]
    if isAsked { return words("{name} is asked by a letter to {email}, and is told nothing before they agree.", values) }
    if draft.address.utf8.isEmpty, web.services.sms == nil {
      return words("{name} is stored. Without an e-mail address nothing can be sent.", values)
    }
    return draft.address.utf8.isEmpty
      ? words("{name} is stored. Nothing is sent before they agree, by a letter or by a code on their phone.", values)
      : words("{name} is stored. {email} asked for no more mails from you, so none is sent.", values)
  }
}
