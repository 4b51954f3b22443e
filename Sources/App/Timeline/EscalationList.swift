import Domain
import HTML
import Postgres
import Web

/// What of the escalations a list shows.
struct EscalationFilter {
  /// All that are open (RULES 3.2) and those that ring among them; those that somebody acknowledged and nobody completed, whether they ask again or
  /// not; those of which nothing comes any more.
  enum State: String, CaseIterable {
    case open, active, acknowledged, snoozed, ended, all

    /// Of `escalations e`.
    var condition: SQL {
      switch self {
      case .open: "e.open"
      case .active: "e.open AND e.state = 'active'"
      case .acknowledged: "e.state = 'acknowledged'"
      case .snoozed: "e.open AND e.state = 'snoozed'"
      case .ended: "NOT e.open AND e.state <> 'acknowledged'"
      case .all: "true"
      }
    }
  }

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

/// How many escalations each filter leads to, at most ``most`` of each: the page then says "99+".
struct EscalationCounts {
  let open: Int
  let active: Int
  let acknowledged: Int
  let snoozed: Int
  let ended: Int
  let all: Int

  private static let most = 100

  /// Of whoever owns the transaction.
  static var mine: Query<EscalationCounts> {
    func count(_ state: EscalationFilter.State) -> SQL {
      "(SELECT count(*)::int FROM (SELECT FROM escalations e WHERE e.user_id = me() AND \(state.condition) LIMIT \(most)) x)"
    }
    return Query(
      """
      SELECT \(count(.open)) AS open, \(count(.active)) AS active, \(count(.acknowledged)) AS acknowledged, \(count(.snoozed)) AS snoozed,
        \(count(.ended)) AS ended, \(count(.all)) AS all
      """, into: EscalationCounts.init)
  }

  /// As its chip says it.
  func text(_ state: EscalationFilter.State) -> String {
    let number =
      switch state {
      case .open: open
      case .active: active
      case .acknowledged: acknowledged
      case .snoozed: snoozed
      case .ended: ended
      case .all: all
      }
    return number < EscalationCounts.most ? String(number) : String(EscalationCounts.most - 1) + "+"
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
  let open = Paths.escalations
  let quiet = Paths.quietSettings
  /// Said instead of rows where a filter has none; nil where nothing escalates at all.
  let noneHere: String?
  let summary: ErrorSummary?
  let bulk: EscalationBulkBar
  let everything: SnoozeEverything

  /// Reads the page of a list.
  ///
  /// - Parameters:
  ///   - state: of the bulk form.
  ///   - ticked: the rows that it named.
  ///   - all: of the form that snoozes everything.
  static func read(
    _ filter: EscalationFilter, _ web: Context, _ state: FormState = .fresh, ticked: Set<ID<Escalation>> = [],
    everything all: FormState = .fresh
  ) throws -> EscalationListPage {
    let (rows, counts) = try web.read(EscalationRow.list(filter), EscalationCounts.mine)
    return try EscalationListPage(rows, counts.first, filter, web, state, ticked: ticked, everything: all)
  }

  private init(
    _ found: [EscalationRow], _ counts: EscalationCounts?, _ filter: EscalationFilter, _ web: Context, _ state: FormState,
    ticked: Set<ID<Escalation>>, everything all: FormState
  ) throws {
    let person = try web.person
    let words = web.words
    layout = try Layout(words("Escalations"), .escalations, web, countsRinging: true)
    chips = EscalationListPage.chips(filter, counts, words)
    here = filter.path()
    let page = PageOf(found)
    rows = page.rows.enumerated().map { EscalationItem($1, $0, person, words, web.clock, ticked: ticked) }
    var bar = FieldBuilder(state)
    bulk = EscalationBulkBar(filter, &bar, layout.secret, words)
    summary = bar.summary
    everything = SnoozeEverything(all, person, layout.secret, words)
    next = page.last.map { Paths.escalations.adding("state", filter.state.rawValue).adding("after", $0.id.text) }
    noneHere = filter.state == .open || filter.state == .all ? nil : words("None of your escalations is in this state.")
  }

  private static func chips(_ filter: EscalationFilter, _ counts: EscalationCounts?, _ words: Words) -> Chips {
    let labels: [(EscalationFilter.State, String)] = [
      (.open, words("Open")), (.active, words("Escalating")), (.acknowledged, words("Acknowledged")), (.snoozed, words("Snoozed")),
      (.ended, words("Ended")), (.all, words("All")),
    ]
    return Chips(
      labels.map { state, label in
        let path = Paths.escalations.adding("state", state.rawValue)
        return Chip(path: path, label: label, count: counts?.text(state), isCurrent: state == filter.state)
      })
  }
}
