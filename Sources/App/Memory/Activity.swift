import Domain
import HTML
import Postgres
import Web

/// What happened to the things of the planner, for the thirty days that the log of events goes back (RULES 8.14, 8.32).
enum Activity {
  /// Which of it, as the address says.
  struct Filter {
    enum Kind: String, CaseIterable, Bindable {
      case all, task, goal, problem, deadline
      case inbox = "inbox_item"
    }

    /// Of which things.
    let kind: Kind
    /// Of one alone.
    let thing: ThingRef?
    let after: ID<MemoryEvent>?

    init(_ query: Form, _ words: Words) throws(FormErrors) {
      var read = FormReader(query, words)
      kind = read.choice("kind", .all)
      let thing = read.raw("thing")
      self.thing = ThingRef(thing)
      if self.thing == nil, !thing.utf8.isEmpty { read.complain("thing", words("Choose one of your tasks, goals or problems.")) }
      after = read.after()
      try read.finish()
    }

    func path(_ kind: Kind? = nil) -> Path {
      let kind = kind ?? self.kind
      return Paths.activity.adding("kind", kind == .all ? nil : kind.rawValue).adding("thing", thing?.text)
    }

    /// A page of it and what follows, the newest first.
    var rows: Query<ActivityRow> {
      Query(
        """
        SELECT e.id, e.at, e.kind, e.request_id <> '' AS is_asked, e.thing_kind, e.thing_id, coalesce(d.title,
            (SELECT left(i.raw, 200) FROM inbox_items i WHERE i.id = e.thing_id AND i.user_id = e.user_id AND i.deleted_at IS NULL)) AS title
        FROM event_log e LEFT JOIN search_documents d ON d.id = e.thing_id AND d.user_id = e.user_id
        WHERE e.user_id = (SELECT me()) AND e.thing_id IS NOT NULL AND (\(kind == .all) OR e.thing_kind = \(kind))
          AND (\(thing == nil) OR e.thing_id = \(thing?.id)::uuid AND e.thing_kind = \(thing?.kind)::text)
          AND (\(after == nil) OR (e.at, e.id) < (SELECT x.at, x.id FROM event_log x WHERE x.id = \(after)::uuid AND x.user_id = (SELECT me())))
        ORDER BY e.at DESC, e.id DESC LIMIT \(PageSize.read)
        """, into: ActivityRow.init)
    }
  }

  /// GET /activity
  static func list(_ web: Context) throws -> Response {
    let filter = try web.query { query, words throws(FormErrors) in try Filter(query, words) }
    return web.list(try ActivityPage(PageOf(web.read(filter.rows)), filter, web))
  }
}

/// Something that happened.
struct ActivityRow {
  let id: ID<MemoryEvent>
  let at: Instant
  let kind: String
  /// Whether a person did it, by a request.
  let isAsked: Bool
  let thingKind: String
  let thingID: ID<Thing>
  /// nil: it is gone for good.
  let title: String?

  /// nil: it has no page.
  var path: Path? {
    if thingKind.utf8.elementsEqual(InboxItem.subject.utf8) { return Paths.triage(ID(high: thingID.high, low: thingID.low)) }
    return ref?.path
  }

  /// nil: it is none of the things that have links.
  var ref: ThingRef? { ThingKind(rawValue: thingKind).map { ThingRef($0, thingID) } }
}

/// The page of it.
struct ActivityPage {
  let layout: Layout
  let chips: Chips
  let rows: [Row]
  let next: Path?
  let empty: EmptyState?
  let places = MemoryPlaces()

  struct Row {
    /// `task.completed`, for tools.
    let kind: String
    let text: String
    let title: String
    /// nil: it has no page.
    let path: Path?
    /// What else happened to it; nil: its kind cannot be asked for.
    let only: Path?
    let time: TimeText
  }

  init(_ page: PageOf<ActivityRow>, _ filter: Activity.Filter, _ web: Context) throws {
    let (person, words) = (try web.person, web.words)
    layout = try Layout(words("Activity"), .plan, web)
    let labels: [(Activity.Filter.Kind, String)] = [
      (.all, words("All", context: "activity")), (.task, words("Tasks")), (.goal, words("Goals")), (.problem, words("Problems")),
      (.deadline, words("Deadlines")), (.inbox, words("Inbox")),
    ]
    chips = Chips(labels.map { Chip(path: filter.path($0.0), label: $0.1, count: nil, isCurrent: $0.0 == filter.kind) })
    rows = page.rows.map { row in
      Row(
        kind: row.kind, text: EventWords.name(row.kind, words) + (row.isAsked ? "" : " · " + words("by itself")),
        title: row.title ?? words("Gone for good"), path: row.title == nil ? nil : row.path,
        only: row.ref.map { Paths.activity.adding("thing", $0.text) }, time: TimeText(row.at, person, web.clock))
    }
    next = page.last.map { filter.path().adding("after", $0.id.text) }
    let isAll = filter.kind == .all && filter.thing == nil
    empty =
      rows.isEmpty
      ? EmptyState(
        icon: "history", title: isAll ? words("Nothing yet") : words("Nothing matches"),
        text: words("What you do with tasks, goals and problems stands here for 30 days, unless you switch that off with the coach."),
        way: isAll ? nil : (words("Show all"), Paths.activity)) : nil
  }
}

/// What events are called. A kind of thing that comes later is called by what was done to it.
enum EventWords {
  static func name(_ kind: String, _ words: Words) -> String {
    let parts = kind.split(separator: ".", maxSplits: 1)
    guard parts.count == 2 else { return kind }
    if parts[0] == "link" { return parts[1] == "made" ? words("Linked") : words("Link taken away") }
    if parts[0] == "relationship" { return related(String(parts[1]), words) }
    if parts[0] == "plan" { return plan(String(parts[1]), words) ?? kind }
    return done(String(parts[1]), words) ?? moved(String(parts[1]), words) ?? stepped(String(parts[1]), words) ?? kind
  }

  private static func related(_ deed: String, _ words: Words) -> String {
    switch deed {
    case "made": words("Related")
    case "deleted": words("Relationship taken away")
    default: words("Relationship changed")
    }
  }

  private static func plan(_ deed: String, _ words: Words) -> String? {
    switch deed {
    case "taken": words("Put on the plan of the day")
    case "dismissed": words("Left out of the plan of the day")
    case "carried": words("Left from the plan of a day before")
    default: nil
    }
  }

  private static func done(_ deed: String, _ words: Words) -> String? {
    switch deed {
    case "made": words("Written down")
    case "changed": words("Edited")
    case "completed": words("Done", context: "event")
    case "resolved": words("Resolved")
    case "missed": words("Missed")
    case "extended": words("Extended")
    case "cancelled": words("Cancelled", context: "event")
    case "deleted": words("Deleted")
    case "timed": words("Time noted")
    case "captured": words("Written into the inbox")
    case "sorted": words("Sorted out")
    default: nil
    }
  }

  /// Of the steps of goals, of series of events, and of people.
  private static func stepped(_ deed: String, _ words: Words) -> String? {
    switch deed {
    case "step_added": words("A step planned")
    case "step_changed", "step_moved", "step_set": words("A step changed")
    case "step_deleted": words("A step deleted")
    case "step_restored": words("A step brought back")
    case "step_promoted": words("A step made a task")
    case "cut", "ended": words("Series ended")
    case "left_out": words("Left out once")
    case "vanished": words("No longer in its calendar")
    case "merged": words("Merged with another")
    case "unmerged": words("Apart again")
    case "contacted": words("In touch")
    case "contact_removed": words("Taken out of the log")
    default: nil
    }
  }

  private static func moved(_ deed: String, _ words: Words) -> String? {
    switch deed {
    case "started": words("Begun")
    case "deferred": words("Put off")
    case "woken": words("Back, as it was put off until now")
    case "reopened": words("Open again")
    case "paused": words("Put to rest")
    case "resumed": words("Taken up again")
    case "archived": words("Put into the archive")
    case "unarchived": words("Taken out of the archive")
    case "moved": words("Moved", context: "event")
    case "restored": words("Brought back")
    case "undone": words("Taken back")
    case "seen": words("Seen")
    case "watched": words("Being watched", context: "problem")
    case "kept": words("As it was", context: "event")
    default: nil
    }
  }
}
