import Domain
import HTML
import Postgres
import Web

/// What the list of the inbox shows, and what stands in its field, as its address says.
struct InboxFilter {
  /// `new`: to be sorted; `filed`: with what it became; `none`: thrown away.
  enum State: String, CaseIterable {
    case new, filed
    case thrown = "none"
    case all
  }

  var state = State.new
  /// The item behind which the page begins.
  var after: ID<InboxItem>?
  /// What a bookmark or a phone offers.
  var offered = ""

  init() {}

  init(_ query: Form, _ words: Words) throws(FormErrors) {
    var read = FormReader(query, words)
    state = read.choice("state", State.new)
    after = read.after()
    let (title, text, url) = (
      read.text("title", bytes: InboxPost.longestLine), read.text("text", bytes: InboxPost.longestLine),
      read.text("url", bytes: InboxPost.longestLine)
    )
    try read.finish()
    offered = InboxFilter.offered(title: read.trimmed(title), text: read.trimmed(text), url: read.trimmed(url))
  }

  /// One line of a page that is shared; a text of several lines stays as it is, below its title. What is said twice is said once.
  private static func offered(title: String, text: String, url: String) -> String {
    let address = holds(text, url) || holds(title, url) ? "" : url
    let name = holds(text, title) ? "" : title
    let isLong = text.utf8.contains { $0 == 0x0A || $0 == 0x0D }
    if isLong { return joined([joined([name, address], " "), text], "\n") }
    return joined([name, text, address], " ")
  }

  private static func joined(_ parts: [String], _ blank: String) -> String {
    parts.filter { !$0.utf8.isEmpty }.joined(separator: blank)
  }

  private static func holds(_ text: String, _ part: String) -> Bool {
    let (text, part) = (Array(text.utf8), Array(part.utf8))
    if part.isEmpty || part.count > text.count { return false }
    return (0...(text.count - part.count)).contains { text[$0...].starts(with: part) }
  }

  /// The address of the same list from its beginning, with another state.
  func path(_ state: State? = nil) -> Path {
    let state = state ?? self.state
    return Paths.inbox.adding("state", state == .new ? nil : state.rawValue)
  }

  /// The newest first.
  var query: Query<InboxItem> {
    let which: SQL =
      switch state {
      case .new: "i.became_kind IS NULL"
      case .filed: "i.became_kind <> 'none'"
      case .thrown: "i.became_kind = 'none'"
      case .all: "true"
      }
    let behind: SQL =
      after.map {
        """
        (i.received_at, i.message_id, i.line)
          < (SELECT a.received_at, a.message_id, a.line FROM inbox_items a WHERE a.id = \($0) AND a.user_id = (SELECT me()))
        """
      } ?? "true"
    return InboxItem.mine(
      """
      i.deleted_at IS NULL AND \(which) AND \(behind) ORDER BY i.received_at DESC, i.message_id DESC, i.line DESC LIMIT \(PageSize.read)
      """)
  }
}
