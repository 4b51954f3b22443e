import Domain
import HTML
import Postgres
import Web

/// What the log of events holds of a person: what they did with habits, goals and the coach, for 30 days, where they did not switch that off.
enum EventTrail {
  /// Which of them, as the address says.
  struct Filter {
    let kind: Kind
    let after: ID<EventLog.EventRow>?

    /// `all`, or what one did.
    enum Kind: String, CaseIterable, Bindable {
      case all
      case habitCreated = "habit_created"
      case habitCompleted = "habit_completed"
      case goalCreated = "goal_created"
      case goalCompleted = "goal_completed"
      case coachMessage = "coach_message"
      case chatMessage = "chat_message"
    }

    init(_ query: Form, _ words: Words) throws(FormErrors) {
      var read = FormReader(query, words)
      kind = read.choice("kind", .all)
      after = read.after()
      try read.finish()
    }

    func path() -> Path { Paths.events.adding("kind", kind == .all ? nil : kind.rawValue) }

    /// A page of them and what follows, the newest first.
    var rows: Query<EventTrailRow> {
      Query(
        """
        SELECT id, at, kind FROM event_log
        WHERE user_id = (SELECT me()) AND thing_id IS NULL AND (\(kind == .all) OR kind = \(kind))
          AND (\(after == nil) OR (at, id) < (SELECT x.at, x.id FROM event_log x WHERE x.id = \(after)::uuid AND x.user_id = (SELECT me())))
        ORDER BY at DESC, id DESC LIMIT \(PageSize.read)
        """, into: EventTrailRow.init)
    }
  }

  /// GET /settings/events
  static func list(_ web: Context) throws -> Response {
    let filter = try web.query { query, words throws(FormErrors) in try Filter(query, words) }
    return web.list(try EventPage(web.read(filter.rows), filter, web))
  }
}

/// An event as the page shows it.
struct EventTrailRow {
  let id: ID<EventLog.EventRow>
  let at: Instant
  let kind: String
}

/// The page of events.
struct EventPage {
  let layout: Layout
  let tabs: SettingsTabs
  let back = Paths.audit
  let summary: ErrorSummary? = nil
  let chips: Chips
  let rows: [Row]
  let next: Path?
  let empty: EmptyState?

  struct Row {
    /// `habit_completed`, for tools.
    let kind: String
    let text: String
    let time: TimeText
  }

  init(_ found: [EventTrailRow], _ filter: EventTrail.Filter, _ web: Context) throws {
    let (person, words) = (try web.person, web.words)
    layout = try Layout(words("Events"), .settings, web)
    tabs = SettingsTabs(.audit, person, words)
    chips = Chips(Paths.events, "kind", filter.kind, EventTrail.Filter.Kind.allCases.map { ($0, EventPage.name($0, words)) })
    let page = PageOf(found)
    rows = page.rows.map { event in
      Row(
        kind: event.kind, text: EventTrail.Filter.Kind(rawValue: event.kind).map { EventPage.name($0, words) } ?? event.kind,
        time: TimeText(event.at, person, web.clock))
    }
    next = page.last.map { filter.path().adding("after", $0.id.text) }
    empty =
      !rows.isEmpty
      ? nil
      : EmptyState(
        icon: "history", title: filter.kind == .all ? words("Nothing yet") : words("Nothing matches"),
        text: words("What you do with habits, goals and the coach stands here for 30 days, unless you switch that off with the coach."))
  }

  private static func name(_ kind: EventTrail.Filter.Kind, _ words: Words) -> String {
    switch kind {
    case .all: words("All", context: "events")
    case .habitCreated: words("Made a habit")
    case .habitCompleted: words("Did a habit")
    case .goalCreated: words("Made a goal")
    case .goalCompleted: words("Reached a goal")
    case .coachMessage: words("The coach wrote")
    case .chatMessage: words("Wrote to the coach")
    }
  }
}
