import Domain
import HTML
import Postgres
import Web

/// What the list of sources shows, as its address says.
struct SourceFilter {
  enum State: String, CaseIterable { case all, failing, stale, off }

  let state: State
  let search: String
  /// The source behind which the page begins.
  let after: ID<SourceDocument>?

  init(_ query: Form, _ words: Words) throws(FormErrors) {
    var read = FormReader(query, words)
    state = read.choice("state", State.all)
    search = read.line("q", 0...200)
    after = read.after()
    try read.finish()
  }

  /// The address of the same list from its beginning, with another state.
  func path(_ state: State? = nil) -> Path {
    let state = state ?? self.state
    return Paths.sources.adding("state", state == .all ? nil : state.rawValue).adding("q", search.utf8.isEmpty ? nil : search)
  }

  /// A page of them and what follows, the newest first.
  func rows(at now: Instant) -> Query<SourceDocument> {
    let isStale: SQL = "source_is_stale(s.refresh, s.checked_at, s.indexed_at, \(now))"
    let which: SQL =
      switch state {
      case .all: "true"
      case .failing: "s.enabled AND s.failing_since IS NOT NULL"
      case .stale: "s.enabled AND s.failing_since IS NULL AND \(isStale)"
      case .off: "NOT s.enabled"
      }
    let holds: SQL =
      search.utf8.isEmpty ? "true" : "(strpos(plain(s.title), plain(\(search))) > 0 OR strpos(plain(s.text), plain(\(search))) > 0)"
    return SourceDocument.ours(
      "\(which) AND \(holds) AND (\(after == nil) OR s.id < \(after)::uuid) ORDER BY s.id DESC LIMIT \(PageSize.read)", at: now)
  }
}

/// How many sources stand how.
struct SourceCounts {
  let all: Int
  let failing: Int
  let stale: Int
  let off: Int

  static let none = SourceCounts(all: 0, failing: 0, stale: 0, off: 0)

  static func ours(at now: Instant) -> Query<SourceCounts> {
    Query(
      """
      SELECT count(*) AS all, count(*) FILTER (WHERE enabled AND failing_since IS NOT NULL) AS failing,
        count(*) FILTER (WHERE enabled AND failing_since IS NULL AND source_is_stale(refresh, checked_at, indexed_at, \(now))) AS stale,
        count(*) FILTER (WHERE NOT enabled) AS off
      FROM sources WHERE account_id = (SELECT my_account()) AND deleted_at IS NULL
      """, into: SourceCounts.init)
  }
}

/// The list of sources.
struct SourceListPage {
  let layout: Layout
  let tabs: SourceTabs
  let chips: Chips
  /// nil: there is nothing to search.
  let filters: Filters?
  let rows: [SourceItem]
  let next: Path?
  let empty: EmptyState?
  /// nil: whoever reads this changes none.
  let new: Path?

  struct Filters {
    let action = Paths.sources
    let hidden: [HiddenField]
    let search: String
  }

  init(_ page: PageOf<SourceDocument>, _ counts: SourceCounts, _ filter: SourceFilter, _ web: Context) throws {
    let (person, words) = (try web.person, web.words)
    layout = try Layout(words("Sources"), .sources, web)
    tabs = SourceTabs(.list, words)
    let labels: [(SourceFilter.State, String, Int)] = [
      (.all, words("All", context: "sources"), counts.all), (.failing, words("Failing", context: "sources"), counts.failing),
      (.stale, words("Stale", context: "sources"), counts.stale), (.off, words("Off", context: "sources"), counts.off),
    ]
    chips = Chips(
      labels.map { state, label, count in
        Chip(path: filter.path(state), label: label, count: String(count), isCurrent: state == filter.state)
      })
    let state = filter.state == .all ? [] : [HiddenField(name: "state", value: filter.state.rawValue)]
    filters = counts.all == 0 ? nil : Filters(hidden: state, search: filter.search)
    rows = page.rows.map { SourceItem(SourceText($0, person, web.clock, words)) }
    next = page.last.map { filter.path().adding("after", $0.id.text) }
    new = person.changesSources ? Paths.newSource : nil
    if counts.all == 0 {
      empty = EmptyState(
        icon: "sources", title: words("No sources yet"),
        text: words(
          "A source is what you have written for your customers: how returns work, when you are open. Answers quote from it, and from nothing else."
        ))
    } else if page.rows.isEmpty {
      empty = EmptyState(
        icon: "search", title: words("Nothing matches"), text: words("No source is in this list."),
        way: (words("Clear search and filters"), Paths.sources))
    } else {
      empty = nil
    }
  }
}

/// One source in a list.
struct SourceItem {
  let path: Path
  let title: String
  let state: String
  let badge: StatusBadge
  let facts: String

  init(_ text: SourceText) {
    path = Paths.source(text.source.id)
    title = text.source.title
    (state, badge) = (text.source.state.rawValue, text.badge)
    facts = [text.passages, text.language, text.why].compactMap(\.self).joined(separator: " · ")
  }
}

/// What people are told about a source.
struct SourceText {
  let source: SourceDocument
  private let person: Person
  private let clock: PageClock
  private let words: Words

  init(_ source: SourceDocument, _ person: Person, _ clock: PageClock, _ words: Words) {
    (self.source, self.person, self.clock, self.words) = (source, person, clock, words)
  }

  var badge: StatusBadge {
    switch source.state {
    case .off: StatusBadge(tone: "calm", icon: "stop", label: words("Off", context: "source"))
    case .fetching: StatusBadge(tone: "calm", icon: "clock", label: words("Being fetched"))
    case .failing: StatusBadge(tone: "urgent", icon: "error", label: words("Failing", context: "source"))
    case .stale: StatusBadge(tone: "due", icon: "late", label: words("Stale", context: "source"))
    case .fresh: StatusBadge(tone: "done", icon: "done", label: words("Fresh", context: "source"))
    }
  }

  var passages: String { words.count("{n} passage", "{n} passages", source.passages) }

  var language: String { SourceText.name(source.language, words) }

  static func name(_ language: Language, _ words: Words) -> String {
    switch language {
    case .english: words("English")
    case .portuguese: words("Portuguese")
    }
  }

  static func name(_ refresh: SourceDocument.Refresh, _ words: Words) -> String {
    switch refresh {
    case .never: words("Never: the text below counts")
    case .daily: words("Every day")
    case .weekly: words("Every week")
    }
  }

  /// Why it fails or is stale; nil: it does not, nor is it.
  var why: String? {
    switch source.state {
    case .failing:
      words("not read since {time}: {reason}", ["time": time(source.failingSince), "reason": SourceFailure.sentence(source.error, words)])
    case .stale: words("looked at last {time}", ["time": time(source.checkedAt ?? source.indexedAt)])
    case .off, .fetching, .fresh: nil
    }
  }

  private func time(_ instant: Instant?) -> String {
    instant.map { TimeText($0, person, clock).when.text } ?? ""
  }
}
