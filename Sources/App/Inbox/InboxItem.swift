import Domain
import HTML
import Postgres

extension InboxLine.Kind: Bindable, FromColumn {}

/// One line that somebody wrote down to sort out later (RULES 8.5). It keeps its text and what it became.
struct InboxItem {
  let id: ID<InboxItem>
  let source: String
  let raw: String
  let session: ID<ChatSession>
  let receivedAt: Instant
  /// When a program said that it came, where that could not be.
  let saidAt: Instant?
  /// As stored: the kind of the thing, or `none` where it was thrown away; nil: it is not sorted.
  let becameKind: String?
  let became: ID<Thing>?
  /// Whether that was there already.
  let isJoined: Bool
  let sortedAt: Instant?
  let deletedAt: Instant?
  /// What that is called now; nil: it is gone.
  let becameTitle: String?

  /// What it is about, for the audit log.
  static let subject = "inbox_item"
  /// How many a person has to sort at most.
  static let mostOpen = 10_000

  /// Items of the person that the transaction is for.
  ///
  /// - Parameter which: a condition on `i`, and their order.
  static func mine(_ which: SQL) -> Query<InboxItem> {
    Query(
      """
      SELECT i.id, i.source, i.raw, i.session_id, i.received_at, i.said_at, i.became_kind, i.became_id, i.joined, i.sorted_at, i.deleted_at,
        (SELECT x.title FROM \(InboxThing.found("i.became_id")) x WHERE x.kind = i.became_kind) AS became_title
      FROM inbox_items i WHERE i.user_id = (SELECT me()) AND \(which)
      """, into: InboxItem.init)
  }

  /// The first to be sorted of those behind another, the oldest first.
  static func next(after item: ID<InboxItem>?) -> Query<InboxItem> {
    let behind: SQL =
      item.map {
        """
        (i.received_at, i.message_id, i.line)
          > (SELECT a.received_at, a.message_id, a.line FROM inbox_items a WHERE a.id = \($0) AND a.user_id = (SELECT me()))
        """
      } ?? "true"
    return mine("i.became_kind IS NULL AND i.deleted_at IS NULL AND \(behind) ORDER BY i.received_at, i.message_id, i.line LIMIT 1")
  }

  /// nil: it is not sorted, or was thrown away.
  var thing: InboxThing? {
    guard let became, let kind = becameKind.flatMap({ InboxLine.Kind(rawValue: $0) }) else { return nil }
    return InboxThing(kind: kind, id: became, title: becameTitle ?? "")
  }

  var isOpen: Bool { becameKind == nil && deletedAt == nil }

  /// Its text as far as a sentence holds it.
  var short: String { InboxItem.short(raw, 80) }

  /// A text of at most so many scalars.
  static func short(_ text: String, _ most: Int) -> String {
    if text.unicodeScalars.count <= most { return text }
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: text.unicodeScalars.prefix(most - 1))
    return String(scalars) + "…"
  }
}

/// A thing that an item becomes, of whatever kind.
struct InboxThing {
  let kind: InboxLine.Kind
  let id: ID<Thing>
  let title: String

  /// How many of the same title are offered.
  static let mostAlike = 3

  /// As forms name it: `task:0192f000-0000-7000-8000-000000000000`.
  var text: String { "\(kind.rawValue):\(id.text)" }

  /// Its page.
  var path: Path {
    switch kind {
    case .task: ThingRef(.task, id).path
    case .goal: ThingRef(.goal, id).path
    case .problem: ThingRef(.problem, id).path
    case .deadline: ThingRef(.deadline, id).path
    case .reminder: Paths.reminder(ID(high: id.high, low: id.low))
    case .habit: Paths.habit(ID(high: id.high, low: id.low))
    }
  }

  /// The things with an id, as a table of kind and title: those that are deleted are not there.
  static func found(_ id: Columns) -> SQL {
    """
    (SELECT 'task' AS kind, t.title FROM tasks t WHERE t.id = \(id) AND t.user_id = (SELECT me()) AND t.deleted_at IS NULL
    UNION ALL SELECT 'goal', g.title FROM goals g WHERE g.id = \(id) AND g.user_id = (SELECT me()) AND g.deleted_at IS NULL
    UNION ALL SELECT 'problem', p.title FROM problems p WHERE p.id = \(id) AND p.user_id = (SELECT me()) AND p.deleted_at IS NULL
    UNION ALL SELECT 'deadline', d.title FROM deadlines d WHERE d.id = \(id) AND d.user_id = (SELECT me()) AND d.deleted_at IS NULL
    UNION ALL SELECT 'reminder', r.title FROM reminders r WHERE r.id = \(id) AND r.user_id = (SELECT me())
    UNION ALL SELECT 'habit', h.name FROM habits h WHERE h.id = \(id) AND h.user_id = (SELECT me()) AND h.status <> 'deleted')
    """
  }

  /// Things of a kind that are to be done and have the same title (RULES 8.6).
  static func alike(_ kind: InboxLine.Kind, _ title: String) -> Query<InboxThing> {
    Query(
      """
      SELECT \(kind) AS kind, x.id, x.title FROM (\(live(kind))) x WHERE x.norm = normal_title(\(title)) ORDER BY x.id LIMIT \(mostAlike)
      """, into: InboxThing.init)
  }

  /// The one that a form names, if it is to be done.
  static func one(_ kind: InboxLine.Kind, _ id: ID<Thing>) -> Query<InboxThing> {
    Query("SELECT \(kind) AS kind, x.id, x.title FROM (\(live(kind))) x WHERE x.id = \(id)", into: InboxThing.init)
  }

  private static func live(_ kind: InboxLine.Kind) -> SQL {
    switch kind {
    case .task:
      """
      SELECT t.id, t.title, t.title_norm AS norm FROM tasks t WHERE t.user_id = (SELECT me()) AND t.deleted_at IS NULL AND t.archived_at IS NULL
        AND t.status IN ('open', 'in_progress', 'deferred')
      """
    case .goal:
      """
      SELECT g.id, g.title, g.title_norm AS norm FROM goals g
      WHERE g.user_id = (SELECT me()) AND g.deleted_at IS NULL AND g.status IN ('active', 'paused')
      """
    case .problem:
      """
      SELECT p.id, p.title, p.title_norm AS norm FROM problems p
      WHERE p.user_id = (SELECT me()) AND p.deleted_at IS NULL AND p.status IN ('active', 'monitoring')
      """
    case .reminder:
      """
      SELECT r.id, r.title, normal_title(r.title) AS norm FROM reminders r
      WHERE r.user_id = (SELECT me()) AND r.status IN ('active', 'snoozed') AND r.habit_id IS NULL AND NOT r.of_desk
      """
    case .habit:
      "SELECT h.id, h.name AS title, normal_title(h.name) AS norm FROM habits h WHERE h.user_id = (SELECT me()) AND h.status = 'active'"
    case .deadline:
      """
      SELECT d.id, d.title, d.title_norm AS norm FROM deadlines d
      WHERE d.user_id = (SELECT me()) AND d.deleted_at IS NULL AND NOT d.put_away AND d.status <> 'completed'
      """
    }
  }
}
