import Domain
import HTML
import Postgres

/// What the assistant proposes: the form of a thing, filled in, which does nothing until the person sends it (RULES 9.33).
struct Proposal {
  /// `ended`: nobody answered for a week. `overtaken`: what it is about is gone, or was so already.
  enum State: String, CaseIterable, FromColumn, Bindable { case open, accepted, changed, refused, ended, overtaken }

  let id: ID<Proposal>
  let chat: ID<Chat>
  let action: ProposalAction
  let kind: ProposedKind
  /// nil: a new one.
  let thing: ID<FoundThing>?
  /// As the thing stood then.
  let thingRevision: Int?
  /// What the thing is called, or would be.
  let title: String
  /// The fields of the form, with ``values``.
  let names: [String]
  let values: [String]
  /// Whether texts of others had been read (RULES 9.34).
  let isForeign: Bool
  let intent: String
  let reasoning: String
  /// Hundredths, 0 to 100.
  let confidence: Int
  /// What had been read, with ``readThings`` and ``readTitles``: kinds as the register calls them.
  let readKinds: [String]
  let readThings: [ID<FoundThing>]
  let readTitles: [String]
  let readForeign: [Bool]
  /// What it rests on.
  let assumptions: [ID<Assumption>]
  /// As stored: see ``state(at:)``.
  let stored: State
  let madeAt: Instant
  let expiresAt: Instant
  let answeredAt: Instant?
  /// What came of it.
  let result: ID<FoundThing>?

  /// What it is about, for the audit log.
  static let subject = "proposal"
  /// So long it can be answered.
  static let days: Int64 = 7
  /// So many are open at most: of one chat, of all, and made in one answer.
  static let (mostOfChat, most, mostOfAnswer) = (20, 50, 10)

  /// How it stands: after its week it has ended, whenever a worker comes to write that down.
  func state(at now: Instant) -> State { stored == .open && now >= expiresAt ? .ended : stored }

  /// The fields as pairs.
  var fields: [(name: String, value: String)] { zip(names, values).map { ($0, $1) } }

  /// The first value of a field.
  func value(_ name: String) -> String? { fields.first { $0.name.utf8.elementsEqual(name.utf8) }?.value }

  /// What it would do to how the thing stands.
  var step: ProposedStep? { action == .status ? value("status").flatMap { ProposedStep(said: $0, of: kind) } : nil }

  private static let columns: Columns = """
    p.id, p.chat_id AS chat, p.action, p.kind, p.thing_id AS thing, p.thing_revision, p.title,
    ARRAY(SELECT f.x ->> 0 FROM jsonb_array_elements(p.fields) WITH ORDINALITY AS f (x, n) ORDER BY f.n) AS names,
    ARRAY(SELECT f.x ->> 1 FROM jsonb_array_elements(p.fields) WITH ORDINALITY AS f (x, n) ORDER BY f.n) AS values,
    p.is_foreign, p.intent, p.reasoning, p.confidence,
    ARRAY(SELECT r.x ->> 'kind' FROM jsonb_array_elements(p.read) WITH ORDINALITY AS r (x, n) ORDER BY r.n) AS read_kinds,
    ARRAY(SELECT (r.x ->> 'id')::uuid FROM jsonb_array_elements(p.read) WITH ORDINALITY AS r (x, n) ORDER BY r.n) AS read_things,
    ARRAY(SELECT r.x ->> 'title' FROM jsonb_array_elements(p.read) WITH ORDINALITY AS r (x, n) ORDER BY r.n) AS read_titles,
    ARRAY(SELECT (r.x ->> 'foreign')::boolean FROM jsonb_array_elements(p.read) WITH ORDINALITY AS r (x, n) ORDER BY r.n) AS read_foreign,
    p.assumptions, p.state AS stored, p.made_at, p.expires_at, p.answered_at, p.result_id AS result
    """

  /// Those of the person that the transaction is for.
  ///
  /// - Parameter which: a condition on `p`, and their order.
  static func mine(_ which: SQL) -> Query<Proposal> {
    Query("SELECT \(columns) FROM proposals p WHERE p.user_id = (SELECT me()) AND \(which)", into: Proposal.init)
  }

  /// Those of some chats, in the order in which they were made: for the pages of chats.
  static func of(_ chat: ID<Chat>) -> Query<Proposal> { mine("p.chat_id = \(chat) ORDER BY p.id LIMIT 200") }

  /// One, held until the transaction ends: of two answers at once one waits, and finds what the other said. It is held before the person's planner.
  static func locking(_ id: ID<Proposal>) -> Query<Proposal> { mine("p.id = \(id) FOR NO KEY UPDATE OF p") }
}

/// The thing that a proposal is about, as it is now.
struct ProposedThing {
  let title: String
  /// Of its form.
  let version: Int
  /// Of its row; of a reminder and a habit that of its form, as ringing and days that are ticked touch nothing of what is proposed (RULES 9.33).
  let revision: Int

  /// One of the person's that is neither deleted nor in the trash.
  static func query(_ kind: ProposedKind, _ id: ID<FoundThing>) -> Query<ProposedThing> {
    Query("SELECT x.title, x.version, x.revision FROM (\(rows(kind))) x WHERE x.id = \(id)", into: ProposedThing.init)
  }

  private static func rows(_ kind: ProposedKind) -> SQL {
    switch kind {
    case .task: "SELECT t.id, t.title, t.version, t.revision FROM tasks t WHERE t.user_id = (SELECT me()) AND t.deleted_at IS NULL"
    case .goal: "SELECT g.id, g.title, g.version, g.revision FROM goals g WHERE g.user_id = (SELECT me()) AND g.deleted_at IS NULL"
    case .problem: "SELECT p.id, p.title, p.version, p.revision FROM problems p WHERE p.user_id = (SELECT me()) AND p.deleted_at IS NULL"
    case .deadline: "SELECT d.id, d.title, d.version, d.revision FROM deadlines d WHERE d.user_id = (SELECT me()) AND d.deleted_at IS NULL"
    case .reminder:
      "SELECT r.id, r.title, r.version, r.version AS revision FROM reminders r WHERE r.user_id = (SELECT me()) AND r.status <> 'deleted'"
    case .habit:
      "SELECT h.id, h.name AS title, h.version, h.version AS revision FROM habits h WHERE h.user_id = (SELECT me()) AND h.status <> 'deleted'"
    case .person:
      "SELECT p.id, p.name AS title, p.version, p.revision FROM people p WHERE p.user_id = (SELECT me()) AND p.deleted_at IS NULL"
    case .place:
      "SELECT p.id, p.name AS title, p.version, p.revision FROM places p WHERE p.user_id = (SELECT me()) AND p.deleted_at IS NULL"
    case .event: "SELECT e.id, e.title, e.version, e.revision FROM events e WHERE e.user_id = (SELECT me()) AND e.deleted_at IS NULL"
    case .relationship:
      "SELECT r.id, r.relationship AS title, r.version, r.revision FROM entity_relationships r WHERE r.user_id = (SELECT me())"
    case .link: "SELECT l.id, l.type AS title, 1 AS version, 0::bigint AS revision FROM entity_links l WHERE l.user_id = (SELECT me())"
    }
  }
}
