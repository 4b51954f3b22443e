import Domain
import HTML
import Web

/// What of the escalations a list shows.
struct EscalationFilter {
  enum State: String, CaseIterable { case open, all }

  let state: State
  /// The row that the page begins after.
  let after: ID<Escalation>?

  init(_ query: Form, _ words: Words) throws(FormErrors) {
    var read = FormReader(query, words)
    state = read.choice("state", State.open)
    let cursor = read.raw("after")
    after = ID<Escalation>(cursor)
    if !cursor.utf8.isEmpty, after == nil { read.complain("after", words("This page cannot be found any more. Begin at the first.")) }
    try read.finish()
  }
}

/// The list of escalations.
struct EscalationListPage {
  let layout: Layout
  let chips: Chips
  let rows: [EscalationItem]
  let next: Path?
  let reminders = Paths.reminders

  init(_ found: [EscalationRow], _ filter: EscalationFilter, _ web: Context) throws {
    let person = try web.person
    let words = web.words
    layout = try Layout(words("Escalations"), .escalations, web)
    chips = Chips(
      EscalationFilter.State.allCases.map { state in
        Chip(
          path: Paths.escalations.adding("state", state.rawValue), label: state == .open ? words("Open") : words("All"), count: nil,
          isCurrent: state == filter.state)
      })
    let secret = layout.secret
    let page = PageOf(found)
    rows = page.rows.map { EscalationItem($0, person, secret, words, now: web.now) }
    next = page.last.map { Paths.escalations.adding("state", filter.state.rawValue).adding("after", $0.id.text) }
  }
}
