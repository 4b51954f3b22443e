import Domain
import HTML
import Postgres
import Web

/// Which customers a list shows, as its address says.
struct CustomerFilter {
  let search: String
  let after: ID<Customer>?

  init(_ query: Form, _ words: Words) throws(FormErrors) {
    var read = FormReader(query, words)
    search = read.line("q", 0...200)
    after = read.after()
    try read.finish()
  }

  func path() -> Path { Paths.customers.adding("q", search.utf8.isEmpty ? nil : search) }

  /// A condition on `u`: those behind ``after``, whatever they are called; and their order.
  private var which: SQL {
    """
    u.account_id = (SELECT my_account()) AND u.merged_into IS NULL AND u.erased_at IS NULL AND (\(after == nil) OR u.id < \(after)::uuid)
    ORDER BY u.id DESC
    """
  }

  /// A page of them and what follows, those who came last first.
  ///
  /// - Parameter ids: those that may be among them; nil: all.
  func rows(among ids: [ID<Customer>]? = nil) -> Query<CustomerRow> {
    let some: SQL = ids.map { ids -> SQL in "u.id = ANY (\(ids))" } ?? "true"
    return Query(
      """
      SELECT u.id, u.name, ARRAY(SELECT a.address FROM customer_addresses a WHERE a.customer_id = u.id ORDER BY a.address_key LIMIT 3) AS addresses,
        u.is_spam, u.first_seen_at, (SELECT count(*)::integer FROM conversations v WHERE v.customer_id = u.id AND v.merged_into IS NULL) AS conversations
      FROM customers u
      WHERE \(some) AND \(which) LIMIT \(PageSize.read)
      """, into: CustomerRow.init)
  }

  /// The page of the list, or of those that hold the words.
  func page(_ web: Context) throws -> PageOf<CustomerRow> {
    if search.utf8.isEmpty { return PageOf(try web.read(rows())) }
    let found = try web.read(DeskSearch<Customer>.holding(search)).first
    guard let query = found?.query, found?.ids?.isEmpty != true else { return PageOf([]) }
    if let ids = found?.ids { return PageOf(try web.read(rows(among: ids))) }
    let walked: SQL = "SELECT u.id FROM customers u WHERE \(which)"
    let (held, ends) = try web.read(
      Query<ID<Customer>>(
        column: """
          SELECT w.id FROM (\(walked) LIMIT \(DeskSearchSize.steps)) w WHERE door.desk_holds(w.id, \(query)::tsquery) LIMIT \(PageSize.read)
          """),
      Query<ID<Customer>>(column: "\(walked) OFFSET \(DeskSearchSize.steps - 1) LIMIT 1"))
    let listed = try web.read(rows(among: held + ends))
    return PageOf(listed.filter { held.contains($0.id) }, goingOnAfter: listed.first { ends.contains($0.id) })
  }
}

/// A customer as a list shows them.
struct CustomerRow {
  let id: ID<Customer>
  let name: String
  let addresses: [String]
  let isSpam: Bool
  let firstSeenAt: Instant
  let conversations: Int
}

/// Its page.
struct CustomerListPage {
  let layout: Layout
  let action = Paths.customers
  let search: String
  let rows: [CustomerItem]
  let next: Path?
  let empty: EmptyState?

  init(_ page: PageOf<CustomerRow>, _ filter: CustomerFilter, _ web: Context) throws {
    let (person, words) = (try web.person, web.words)
    layout = try Layout(words("Customers"), .customers, web)
    search = filter.search
    rows = page.rows.map { CustomerItem($0, person, web.clock, words) }
    next = page.last.map { filter.path().adding("after", $0.id.text) }
    if !page.rows.isEmpty {
      empty = nil
    } else if filter.search.utf8.isEmpty {
      empty = EmptyState(
        icon: "contacts", title: words("No customers yet"), text: words("Whoever writes to one of your channels is here from then on."),
        way: (words("Channels"), Paths.channels))
    } else {
      empty = EmptyState(
        icon: "search", title: words("Nothing matches"), text: words("No customer has this name or address."),
        way: (words("Clear search and filters"), Paths.customers))
    }
  }
}

/// One of them.
struct CustomerItem {
  let id: String
  let path: Path
  let title: String
  let facts: String
  let since: TimeText

  init(_ row: CustomerRow, _ person: Person, _ clock: PageClock, _ words: Words) {
    id = row.id.text
    path = Paths.customer(row.id)
    let name = Customer.title(row.name, row.addresses.first)
    title = name.utf8.isEmpty ? words("Somebody without a name") : name
    facts =
      ([row.addresses.joined(separator: ", "), words.count("{n} conversation", "{n} conversations", row.conversations)]
      + (row.isSpam ? [words("Spam")] : [])).filter { !$0.utf8.isEmpty }.joined(separator: " · ")
    since = TimeText(row.firstSeenAt, person, clock)
  }
}
