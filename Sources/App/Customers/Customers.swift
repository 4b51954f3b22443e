import Domain
import HTML
import Postgres
import Web

/// Why something cannot be done with a customer.
enum CustomerRefusal: Refusal, Equatable {
  case itself

  func sentence(_ words: Words) -> String {
    switch self {
    case .itself: words("A customer cannot be merged into the same customer.")
    }
  }
}

/// Customers: their list, their pages, and what can be done there.
enum Customers {
  /// GET /customers
  static func list(_ web: Context) throws -> Response {
    let filter = try web.query { query, words throws(FormErrors) in try CustomerFilter(query, words) }
    return web.list(try CustomerListPage(filter.page(web), filter, web))
  }

  /// GET /customers/:customer
  static func show(_ web: Context, _ id: ID<Customer>) throws -> Response {
    guard let details = try web.read(CustomerDetails.reading(id)) else { throw Failure.notFound }
    if let target = details.mergedInto { return .seeOther(Paths.customer(target).text) }
    return web.page(try CustomerPage(details, web))
  }

  /// POST /customers/:customer/notes
  static func note(_ web: Context, _ id: ID<Customer>) throws -> Change {
    let (details, person) = (try find(id, web), try web.person)
    return try web.takeForm(askingAgain: { try CustomerPage(details, web, noting: $0) }) {
      var read = FormReader(web.form, web.words)
      let text = read.text("text", bytes: 16_384)
      if !text.utf8.contains(where: { $0 > 32 }) { read.complain("text", web.words("Write the note.")) }
      try read.finish()
      try web.db.queue([
        """
        INSERT INTO customer_notes (id, account_id, customer_id, author_id, author_name, text, at)
        VALUES (new_id(\(web.now)), \(person.account), \(id), \(person.id), \(person.displayName), \(text), \(web.now))
        """
      ])
      return Change(
        to: Paths.customer(id), says: web.words("Noted. Only the team can read it."), did: [entry("customer.noted", details.customer)])
    }
  }

  /// POST /customers/:customer/merge: `into`. They are one person from then on; what either wrote is theirs.
  static func merge(_ web: Context, _ id: ID<Customer>) throws -> Change {
    var read = FormReader(web.form, web.words)
    let typed = read.filled("into")
    let meant = try target(typed, web)
    try lock([id] + (meant.map { [$0] } ?? []), web)
    let details = try find(id, web)
    return try web.takeForm(askingAgain: { try CustomerPage(details, web, merging: $0) }) {
      if meant == nil {
        read.complain("into", web.words("Write an address of the other customer, or copy the address of their page."))
      }
      let into = try read.finish(meant)
      if into == id { throw CustomerRefusal.itself }
      let other = try find(into, web)
      try web.db.queue([
        "UPDATE customer_addresses SET customer_id = \(into) WHERE customer_id = \(id)",
        "UPDATE conversations SET customer_id = \(into) WHERE customer_id = \(id)",
        "UPDATE messages SET customer_id = \(into) WHERE customer_id = \(id)",
        "UPDATE customer_notes SET customer_id = \(into) WHERE customer_id = \(id)",
        """
        UPDATE customers SET name = \(details.customer.name), updated_at = \(web.now) WHERE id = \(into) AND name = ''
        """,
        "UPDATE customers SET merged_into = \(into), updated_at = \(web.now) WHERE id = \(id)",
      ])
      let values = ["name": details.customer.title, "other": other.customer.title]
      return Change(
        to: Paths.customer(into), says: web.words("They are one customer now."),
        did: [AuditEntry("customer.merged", "customer", into.text, values).shared])
    }
  }

  /// By an id, the address of a page, or a mail address; nil: nobody is meant.
  private static func target(_ typed: String, _ web: Context) throws -> ID<Customer>? {
    let last = typed.utf8.split { $0 == UInt8(ascii: "/") || $0 <= 32 }.last.map { String(Substring($0)) } ?? ""
    if let id = ID<Customer>(last) { return id }
    let key = MailPerson(name: "", address: last).key
    return try web.db.value(
      "SELECT customer_id FROM customer_addresses WHERE account_id = (SELECT my_account()) AND address_key = \(key)")
  }

  /// POST /customers/:customer/export: everything of them, as a file.
  static func export(_ web: Context, _ id: ID<Customer>) throws -> Change {
    let details = try find(id, web)
    let json = try CustomerExport.json(details, web.db)
    var response = Response(status: 200, headers: [("Content-Type", "application/json")], body: json)
    response.add("Content-Disposition", ServedType.disposition("customer-\(id.text).json"))
    return .page(response, did: [entry("customer.exported", details.customer)])
  }

  /// POST /customers/:customer/erasure: `password` (RULES 6.17).
  static func erase(_ web: Context, _ id: ID<Customer>) throws -> Change {
    let person = try web.person
    // Not locked: that is the business of whoever knows what else is to be.
    let found: CustomerDetails? = try web.db.read(together: CustomerDetails.reading(id))
    guard let details = found, details.mergedInto == nil else { throw Failure.notFound }
    try RateLimit.check(RateLimit.signInHere, person.id.text, web)
    return try web.takeForm(askingAgain: { try CustomerPage(details, web, erasing: $0) }) {
      var read = FormReader(web.form, web.words)
      let password = read.raw("password")
      let stored = try Credentials.of(EmailAddress.key(person.email), web.db)
      if try !web.passwordWork({ stored.map { Password.matches(password, $0.passwordHash) } ?? false }) {
        read.complain("password", web.words("This is not your password."))
        try RateLimit.note(RateLimit.signInHere, person.id.text, web)
        web.keepsChanges = true
      }
      try read.finish()
      // Somebody else has erased them meanwhile.
      let erased = try web.db.value("SELECT door.erase_customer(\(id), \(web.now))", as: Int?.self) ?? nil
      guard let count = erased else { throw Failure.notFound }
      let isDone = try CustomerErasure.begin(id, of: person.account, messages: count, now: web.now, web.db)
      let says =
        isDone
        ? web.words.count(
          "The customer is erased, with {n} message. What is left are counts.",
          "The customer is erased, with {n} messages. What is left are counts.", count)
        : web.words.count(
          "Nothing leaves for the customer any more, and they are in no list. {n} message is being emptied: the jobs say how far that is.",
          "Nothing leaves for the customer any more, and they are in no list. {n} messages are being emptied: the jobs say how far that is.",
          count)
      return Change(
        to: isDone ? Paths.customers : Paths.jobs, says: says,
        did: [AuditEntry("customer.erased", "customer", id.text, ["messages": String(count)]).shared], wakes: isDone ? nil : web.now)
    }
  }

  /// Locks customers that change with all that is theirs: behind their conversations, as by whoever marks one as spam or takes in a mail.
  private static func lock(_ ids: [ID<Customer>], _ web: Context) throws(PostgresError) {
    let customers = Query<ID<Customer>>(
      column: "SELECT id FROM customers WHERE id = ANY (\(ids)) AND account_id = (SELECT my_account()) ORDER BY id FOR NO KEY UPDATE")
    _ = try web.db.read(Conversation.locking(ours: "v.customer_id = ANY (\(ids))"), customers)
  }

  /// Locked; one that was merged is not there for changes.
  private static func find(_ id: ID<Customer>, _ web: Context) throws -> CustomerDetails {
    _ = try web.person
    let lock = Query<ID<Customer>>(
      column: "SELECT id FROM customers WHERE id = \(id) AND account_id = (SELECT my_account()) FOR NO KEY UPDATE")
    guard let details = try web.db.read(together: Reading(rows: lock), CustomerDetails.reading(id)).1, details.mergedInto == nil else {
      throw Failure.notFound
    }
    return details
  }

  private static func entry(_ action: String, _ customer: Customer) -> AuditEntry {
    AuditEntry(action, "customer", customer.id.text, ["name": customer.title]).shared
  }
}
