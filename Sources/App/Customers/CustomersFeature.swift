import Domain
import HTML
import Postgres

extension NavSection {
  static let customers = NavSection(
    group: .desk, path: Paths.customers, label: { words in words("Customers") }, icon: "person", key: "u",
    needsChannel: true)
}

extension Feature {
  /// Who writes to an account.
  static let customers = Feature(
    section: .customers,
    search: { view in
      if view.person.counts[.deskChannels] == 0 { return nil }
      let words = view.words
      return FoundThing.search(
        view, "customer", "customers", words("Customers"), name: words("Customer"), list: Paths.customers.adding("q", view.text)
      ) { (id: ID<Customer>) in Paths.customer(id) }
    },
    jobs: [CustomerErasure.kind],
    sentence: { facts, words in facts.aboutCustomers(words) },
    detail: { name, words in
      switch name {
      case "other": words("Into")
      case "messages": words("Messages")
      default: nil
      }
    },
    auditSubjects: [
      AuditSubject(
        "customer",
        """
        SELECT u.id, coalesce(nullif(u.name, ''), (
          SELECT x.address FROM customer_addresses x WHERE x.customer_id = u.id ORDER BY x.address_key LIMIT 1), '') AS title
        FROM customers u WHERE u.id = a.subject_id AND u.account_id = (SELECT my_account()) AND u.erased_at IS NULL
        """
      ) { Paths.customer($0) }
    ])
}

extension AuditFacts {
  /// The sentences about customers; nil for other entries.
  fileprivate func aboutCustomers(_ words: Words) -> String? {
    let values: KeyValuePairs = ["name": self["name"], "other": self["other"], "n": self["messages"]]
    return switch action {
    case "customer.noted": words("Added a note about {name}.", values)
    case "customer.merged": words("Merged {name} into {other}.", values)
    case "customer.exported": words("Exported everything of {name}.", values)
    case "customer.erased": words("Erased a customer, with {n} messages.", values)
    default: nil
    }
  }
}
