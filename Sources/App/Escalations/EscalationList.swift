import Domain
import HTML
import Postgres
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

/// An escalation as a list shows it.
struct EscalationRow: FromRow {
  let id: ID<Escalation>
  let title: String
  let state: String
  let tier: Int
  let tiers: Int
  let startedAt: Instant
  let nextStepAt: Instant?
  let againAt: Instant?
  let snoozedUntil: Instant?
  let profile: String
  let isOpen: Bool

  init(row: Row) throws(PostgresError) {
    id = try row("id")
    title = try row("title")
    state = try row("state")
    tier = try row("tier")
    tiers = try row("tiers")
    startedAt = try row("started_at")
    nextStepAt = try row("next_step_at")
    againAt = try row("again_at")
    snoozedUntil = try row("snoozed_until")
    profile = try row("profile_name")
    isOpen = try row("open")
  }

  /// Newest first, one row more than a page.
  static func list(_ filter: EscalationFilter) -> Query<EscalationRow> {
    let open: SQL = filter.state == .open ? "AND e.open" : ""
    let beyond: SQL = filter.after.map { "AND e.id < \($0)" } ?? ""
    return Query(
      """
      SELECT e.id, r.title, e.state, e.tier, jsonb_array_length(e.plan->'tiers') AS tiers, e.started_at, e.next_step_at, e.again_at,
        e.snoozed_until, e.profile_name, e.open
      FROM (SELECT * FROM escalations e WHERE e.user_id = me() \(open) \(beyond) ORDER BY e.id DESC LIMIT 51) e
      JOIN reminders r ON r.id = e.reminder_id ORDER BY e.id DESC
      """)
  }
}

/// The list of escalations.
struct EscalationListPage {
  let layout: Layout
  let chips: [Chip]
  let rows: [Item]
  let next: Path?
  let reminders = Paths.reminders

  struct Chip {
    let path: Path
    let label: String
    let isCurrent: Bool
  }

  struct Item {
    let id: String
    let path: Path
    let title: String
    let mark: StateMark
    let profile: String
    let started: TimeText
    let next: Coming?
    let secret: Secret
    let acknowledgement: Path?
    let completion: Path?
  }

  /// When something happens next.
  struct Coming {
    let time: TimeText
    let what: String
  }

  init(_ found: [EscalationRow], _ filter: EscalationFilter, _ web: Context) throws {
    let person = try web.person
    let words = web.words
    layout = try Layout(words("Escalations"), .escalations, web)
    chips = EscalationFilter.State.allCases.map { state in
      Chip(
        path: Paths.escalations.adding("state", state.rawValue), label: state == .open ? words("Open") : words("All"),
        isCurrent: state == filter.state)
    }
    let secret = layout.secret
    rows = found.prefix(50).map { row in
      let coming = row.nextStepAt ?? row.againAt ?? row.snoozedUntil
      return Item(
        id: row.id.text, path: Paths.escalation(row.id), title: row.title,
        mark: EscalationMark.mark(row.state, row.tier, row.tiers, words), profile: words(row.profile),
        started: TimeText(row.startedAt, person, now: web.now),
        next: row.isOpen ? coming.map { Coming(time: TimeText($0, person, now: web.now), what: words("until it rings again")) } : nil,
        secret: secret, acknowledgement: row.state == "active" ? Paths.acknowledgement(row.id) : nil,
        completion: row.isOpen ? Paths.completion(row.id) : nil)
    }
    next =
      found.count > 50
      ? Paths.escalations.adding("state", filter.state.rawValue).adding("after", found[49].id.text) : nil
  }
}

/// The state of an escalation as a coloured mark.
enum EscalationMark {
  static func mark(_ state: String, _ tier: Int, _ tiers: Int, _ words: Words) -> StateMark {
    switch state {
    case "active":
      let label =
        tier == 0
        ? words("Escalating") : words("Escalating, tier {tier} of {tiers}", ["tier": String(tier), "tiers": String(tiers)])
      return StateMark(tone: "urgent", icon: "escalations", label: label)
    case "acknowledged": return StateMark(tone: "calm", icon: "acknowledge", label: words("Acknowledged"))
    case "snoozed": return StateMark(tone: "calm", icon: "snooze", label: words("Snoozed"))
    case "completed": return StateMark(tone: "done", icon: "done", label: words("Completed"))
    case "expired": return StateMark(tone: "due", icon: "history", label: words("Expired: nobody answered"))
    default: return StateMark(tone: "calm", icon: "stop", label: words("Cancelled"))
    }
  }
}
