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
    after = read.after()
    try read.finish()
  }

  /// The list with this filter, from a place on.
  func path(after: ID<Escalation>? = nil) -> Path {
    Paths.escalations.adding("state", state == .open ? nil : state.rawValue).adding("after", after?.text)
  }
}

/// The list of escalations.
struct EscalationListPage {
  let layout: Layout
  let chips: Chips
  let rows: [EscalationItem]
  let next: Path?
  /// Its own address.
  let here: Path
  let reminders = Paths.reminders
  let quiet = Paths.quietSettings
  let summary: ErrorSummary?
  let bulk: EscalationBulkBar
  let everything: SnoozeEverything

  /// - Parameters:
  ///   - state: of the bulk form.
  ///   - ticked: the rows that it named.
  ///   - all: of the form that snoozes everything.
  init(
    _ found: [EscalationRow], _ filter: EscalationFilter, _ web: Context, _ state: FormState = .fresh, ticked: Set<ID<Escalation>> = [],
    everything all: FormState = .fresh
  ) throws {
    let person = try web.person
    let words = web.words
    layout = try Layout(words("Escalations"), .escalations, web)
    chips = Chips(Paths.escalations, "state", filter.state, [(.open, words("Open")), (.all, words("All"))])
    here = filter.path()
    let page = PageOf(found)
    rows = page.rows.enumerated().map { EscalationItem($1, $0, person, words, web.clock, ticked: ticked) }
    var bar = FieldBuilder(state)
    bulk = EscalationBulkBar(filter, &bar, layout.secret, words)
    summary = bar.summary
    everything = SnoozeEverything(all, person, layout.secret, words)
    next = page.last.map { Paths.escalations.adding("state", filter.state.rawValue).adding("after", $0.id.text) }
  }
}
