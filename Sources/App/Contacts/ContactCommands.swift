import Domain
import HTML
import Postgres
import Web

/// What people do with a contact, in one transaction; the contact's row is locked before this begins.
///
/// Each command answers what the audit log is told: nothing where it was so already.
struct ContactCommands {
  let contact: Contact
  private let web: Context

  /// - Throws: ``Failure/notFound`` when the contact is missing, deleted or somebody else's.
  static func find(_ id: ID<Contact>, _ web: Context) throws -> ContactCommands {
    _ = try web.person
    let (_, found) = try web.db.read(Contact.lock(id), Contact.query(id, web.services.zones))
    guard let contact = found.first else { throw Failure.notFound }
    return ContactCommands(contact: contact, web: web)
  }

  /// A new one, who is asked by a letter where an address is known.
  ///
  /// - Returns: the entries, and whether a letter is on its way.
  static func make(_ draft: ContactDraft, _ web: Context) throws -> (entries: [AuditEntry], isAsked: Bool) {
    let (person, id) = (try web.person, ID<Contact>.new(at: web.now))
    try refuseMore(web)
    try refuseTaken(draft.address, by: nil, web)
    try refuseUnverified(draft.address, web)
    try web.db.run(draft.inserting(id, for: person.id, at: web.now))
    if !draft.phone.utf8.isEmpty { try Phone.keep(draft.phone, of: id, for: person.id, web) }
    let isAsked = try ask(id, at: draft.address, web)
    return ([AuditEntry("contact.made", Contact.subject, id.text, ["name": draft.name, "email": draft.address])], isAsked)
  }

  /// - Returns: the entries, and whether a letter is on its way, as to an address that is new.
  func save(_ draft: ContactDraft) throws -> (entries: [AuditEntry], isAsked: Bool) {
    guard draft.version == contact.version else { throw StaleForm() }
    // To agree counts for one address.
    let isMoved = !draft.address.utf8.elementsEqual(contact.address.utf8)
    if isMoved {
      try ContactCommands.wait(web)
      try ContactCommands.refuseTaken(draft.address, by: contact.id, web)
      try ContactCommands.refuseUnverified(draft.address, web)
    }
    try web.db.run(
      """
      UPDATE contacts SET \(draft.fields.assignments), \(draft.quiet.fields.assignments), verified_at = CASE WHEN \(isMoved) THEN NULL ELSE verified_at END, version = version + 1,
        updated_at = \(web.now)
      WHERE id = \(contact.id) AND user_id = (SELECT me())
      """)
    if !draft.phone.utf8.elementsEqual(contact.phone.utf8) { try Phone.keep(draft.phone, of: contact.id, for: web.person.id, web) }
    let isAsked = try isMoved && ContactCommands.ask(contact.id, at: draft.address, web)
    let facts = draft.changes.merging(["who": draft.name]) { first, _ in first }
    return (draft.changes.isEmpty ? [] : [AuditEntry("contact.changed", Contact.subject, contact.id.text, facts)], isAsked)
  }

  /// The letter again.
  func askAgain() throws -> [AuditEntry] {
    if contact.verifiedAt != nil { throw ContactRefusal.agreed }
    if contact.address.utf8.isEmpty { throw ContactRefusal.noAddress }
    guard try ContactCommands.ask(contact.id, at: contact.address, web) else { throw ContactRefusal.stopped }
    return [entry("contact.asked")]
  }

  /// Told nothing from now on, also of what rings already.
  func delete() throws -> [AuditEntry] {
    try web.db.queue([
      "UPDATE contacts SET deleted_at = \(web.now), updated_at = \(web.now) WHERE id = \(contact.id) AND user_id = (SELECT me())"
    ])
    return [entry("contact.deleted")]
  }

  /// Takes a deletion back.
  ///
  /// - Throws: ``Failure/notFound`` where there is no such contact any more.
  static func restore(_ id: ID<Contact>, _ web: Context) throws -> [AuditEntry] {
    _ = try web.person
    let gone: Bool? = try web.db.value(
      "SELECT deleted_at IS NOT NULL FROM contacts WHERE id = \(id) AND user_id = (SELECT me()) FOR UPDATE")
    guard let gone else { throw Failure.notFound }
    if !gone { return [] }
    try refuseMore(web)
    let isTaken: Bool? = try web.db.value(
      """
      SELECT true FROM contacts c JOIN contacts o ON o.user_id = c.user_id AND o.address_key = c.address_key AND o.id <> c.id AND o.deleted_at IS NULL
      WHERE c.id = \(id) AND c.user_id = (SELECT me()) AND c.address <> '' LIMIT 1
      """)
    if isTaken == true { throw ContactRefusal.taken }
    let name: String? = try web.db.value(
      "UPDATE contacts SET deleted_at = NULL, updated_at = \(web.now) WHERE id = \(id) AND user_id = (SELECT me()) RETURNING name")
    return [AuditEntry("contact.restored", Contact.subject, id.text, ["name": name ?? ""])]
  }

  func entry(_ action: String) -> AuditEntry {
    AuditEntry(action, Contact.subject, contact.id.text, ["name": contact.name, "email": contact.address])
  }

  /// Two forms of a person that come at once wait for each other, so that they do not both make the last one, or two of one address.
  private static func wait(_ web: Context) throws {
    try web.db.run("SELECT pg_advisory_xact_lock(hashtextextended('contacts ' || me()::text, 0))")
  }

  private static func refuseMore(_ web: Context) throws {
    try wait(web)
    let count: Int? = try web.db.value("SELECT count(*)::int FROM contacts WHERE user_id = (SELECT me()) AND deleted_at IS NULL")
    if count ?? 0 >= Contact.most { throw ContactRefusal.tooMany }
  }

  /// An address is told once, and says once that it agrees.
  private static func refuseTaken(_ address: String, by contact: ID<Contact>?, _ web: Context) throws {
    if address.utf8.isEmpty { return }
    let name: String? = try web.db.value(
      """
      SELECT name FROM contacts WHERE user_id = (SELECT me()) AND deleted_at IS NULL AND address_key = \(EmailAddress.key(address))
        AND id IS DISTINCT FROM \(contact)::uuid LIMIT 1
      """)
    if let name { throw FormErrors("email", web.words("{name} has this address already.", ["name": name])) }
  }

  /// Says in the form what would refuse a letter.
  private static func refuseUnverified(_ address: String, _ web: Context) throws {
    if try address.utf8.isEmpty || web.services.trusts(web.person) { return }
    throw FormErrors("", ContactRefusal.unverified.sentence(web.words))
  }

  /// Asks by a letter, unless that address wants none from this person.
  private static func ask(_ contact: ID<Contact>, at address: String, _ web: Context) throws -> Bool {
    if address.utf8.isEmpty { return false }
    let (person, key) = (try web.person, EmailAddress.key(address))
    if try ContactStop.isThere(key, web.db) { return false }
    guard web.services.trusts(person) else { throw ContactRefusal.unverified }
    // Each is a mail to somebody who may never have heard of us.
    let limits = [(RateLimit.contactLetter, person.account.text), (RateLimit.contactLetterOfAddress, key)]
    for (limit, key) in limits { try RateLimit.check(limit, key, web) }
    for (limit, key) in limits { try RateLimit.note(limit, key, web) }
    try ContactMail.ask(contact, at: address, by: person, at: web.now, web.db)
    return true
  }
}

/// Why somebody cannot do something with a contact.
enum ContactRefusal: Refusal, Equatable {
  case agreed, noAddress, stopped, taken, tooMany, unverified
  case noGateway, noPhone, phoneStopped

  func sentence(_ words: Words) -> String {
    switch self {
    case .agreed: words("This contact has agreed already.")
    case .noAddress: words("No e-mail address of this contact is known. Write one down first.")
    case .stopped: words("This address asked for no more mails from you. Only they can change that, by the link in any mail they got.")
    case .unverified: words("Verify your own address first: your name would stand in a mail to somebody else.")
    case .noGateway: words("This site has no gateway for SMS, so none can be sent. Whoever runs it can set one up.")
    case .noPhone: words("No phone number of this contact is known. Write one down first.")
    case .phoneStopped: words("STOP came from this number. Only START from there changes that.")
    case .taken: words("Another contact has this address by now.")
    case .tooMany: words("You have as many contacts as there can be. Delete one first.")
    }
  }
}
