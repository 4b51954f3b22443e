import Domain
import Postgres

/// What the page of a customer shows.
struct CustomerDetails {
  let customer: Customer
  let mergedInto: ID<Customer>?
  let notes: [CustomerNote]
  let conversations: [Conversation]
  let members: [Member]

  static let most = 100

  static func reading(_ id: ID<Customer>) -> Reading<CustomerDetails?> {
    let notes = CustomerNote.of("\(id)", most: 200)
    let merged = Query<ID<Customer>?>(column: "SELECT merged_into FROM customers WHERE id = \(id) AND account_id = (SELECT my_account())")
    return Reading(
      rows: Customer.ours("u.id = \(id) AND u.erased_at IS NULL"), merged, notes,
      Conversation.ours("v.customer_id = \(id) AND v.merged_into IS NULL ORDER BY v.last_at DESC, v.id DESC LIMIT \(most)"), Member.query
    ).map { customers, merged, notes, conversations, members in
      guard let customer = customers.first else { return nil }
      return CustomerDetails(
        customer: customer, mergedInto: merged.first ?? nil, notes: notes, conversations: conversations, members: members)
    }
  }
}
