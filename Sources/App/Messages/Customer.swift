import Domain
import Postgres

/// Somebody who writes to an account: one person, whatever addresses they write from.
struct Customer {
  let id: ID<Customer>
  let name: String
  /// The first is the one that was seen first; none: they can be answered by no mail.
  let addresses: [String]
  let isSpam: Bool
  let firstSeenAt: Instant
  let revision: Int

  /// Of the account that the transaction is for.
  ///
  /// - Parameter which: a condition on `u`, and their order.
  static func ours(_ which: SQL) -> Query<Customer> {
    Query(
      """
      SELECT u.id, u.name, ARRAY(SELECT a.address FROM customer_addresses a WHERE a.customer_id = u.id ORDER BY a.address_key) AS addresses,
        u.is_spam, u.first_seen_at, u.revision
      FROM customers u WHERE u.account_id = (SELECT my_account()) AND \(which)
      """, into: Customer.init)
  }

  /// What they are called where they are named: their name, else an address.
  var title: String { Customer.title(name, addresses.first) }

  static func title(_ name: String, _ address: String?) -> String { name.utf8.isEmpty ? address ?? "" : name }

  /// The first word of a name, for a greeting; empty where it is no name of a person: an address, or one with digits.
  static func firstName(_ name: String) -> String {
    let first = name.split(separator: " ").first.map { String($0) } ?? ""
    let isName = !first.utf8.contains(0x40) && !first.unicodeScalars.contains { ("0"..."9").contains($0) || $0 == "," }
    return isName ? first : ""
  }
}

/// A note of the team about a customer, who never gets it.
struct CustomerNote {
  let id: ID<CustomerNote>
  let authorName: String
  let text: String
  let at: Instant

  /// The newest first.
  ///
  /// - Parameter customer: an expression of its id.
  static func of(_ customer: SQL, most: Int) -> Query<CustomerNote> {
    Query(
      """
      SELECT id, author_name, text, at FROM customer_notes WHERE customer_id = \(customer) AND account_id = (SELECT my_account())
      ORDER BY id DESC LIMIT \(most)
      """, into: CustomerNote.init)
  }
}
