import Domain
import HTML
import Postgres
import Web

/// Something that is wrong, as stored (RULES 8.11).
struct Problem {
  let id: ID<Problem>
  let title: String
  /// Markdown.
  let description: String
  let status: ProblemStatus
  /// 1 to 5, 5 is the worst.
  let severity: Int?
  let horizon: Horizon?
  let isPrivate: Bool
  /// Also of one that was archived after it was resolved.
  let resolvedAt: Instant?
  let createdAt: Instant
  let version: Int
  let revision: Int
  /// In the order of their letters.
  let tags: [String]
  /// A task that addresses it and was done since somebody last said how it stands; nil: there is none.
  let newlyDone: String?

  /// What it is about, for the audit log.
  static let subject = "problem"

  private static let columns: Columns = """
    p.id, p.title, p.description, p.status, p.severity, p.horizon, p.private, p.resolved_at, p.created_at, p.version, p.revision
    """

  private static let joined: SQL = """
    ARRAY(SELECT g.tag FROM tags g WHERE g.thing = p.id AND g.user_id = p.user_id ORDER BY g.tag_norm) AS tags,
    (SELECT t.title FROM entity_links l JOIN tasks t ON t.id = l.from_id AND t.user_id = l.user_id
      WHERE l.user_id = p.user_id AND l.to_id = p.id AND l.type = 'addresses_problem' AND p.status IN ('active', 'monitoring')
        AND t.status = 'done' AND t.deleted_at IS NULL AND t.completed_at > p.updated_at ORDER BY t.completed_at DESC LIMIT 1) AS newly_done
    """

  /// Problems of the person that the transaction is for; those in the trash are not there.
  ///
  /// - Parameter which: a condition on `p`, and their order.
  static func mine(_ which: SQL) -> Query<Problem> {
    Query(
      "SELECT \(columns), \(joined) FROM problems p WHERE p.user_id = (SELECT me()) AND p.deleted_at IS NULL AND \(which)",
      into: Problem.init)
  }

  /// Those that are not over and that some tasks address.
  static func addressed(by tasks: [ID<Task>]) -> Query<Problem> {
    mine(
      """
      p.status IN ('active', 'monitoring') AND p.id IN (SELECT l.to_id FROM entity_links l
        WHERE l.user_id = (SELECT me()) AND l.from_id = ANY (\(tasks)) AND l.type = 'addresses_problem') ORDER BY p.id LIMIT 3
      """)
  }

  /// As links and events name it.
  var ref: ThingRef { ThingRef(.problem, of: id) }
}

/// A problem as its form says it.
struct ProblemDraft {
  let title: String
  let description: String
  let severity: Int?
  let horizon: Horizon?
  let isPrivate: Bool
  let tags: [String]
  /// nil: a new problem's form has none.
  let version: Int?
  /// What is new, for the audit log.
  let changes: [String: String]

  /// - Parameter stored: the problem that is edited.
  init(_ form: Form, stored: Problem? = nil, _ reader: Reader) throws(FormErrors) {
    var read = FormReader(form, reader.words)
    var changes = AuditDifference()
    title = changes.note("title", from: stored?.title, to: read.line("title", 1...200))
    description = changes.noteLong("description", from: stored?.description, to: read.notes("description", bytes: 16_384))
    let severity = read.integer("severity", 1...5, 0)
    self.severity = changes.note("severity", from: stored.map(\.severity), to: severity == 0 ? nil : severity) {
      $0.map { String($0) } ?? ""
    }
    horizon = changes.note("horizon", from: stored.map(\.horizon), to: read.horizon("horizon")) { $0?.rawValue ?? "" }
    isPrivate = changes.note("private", from: stored.map(\.isPrivate), to: read.flag("private")) { $0 ? "on" : "off" }
    tags = changes.note("tags", from: stored.map(\.tags), to: read.tags("tags")) { $0.joined(separator: ", ") }
    version = stored == nil ? nil : read.version()
    try read.finish()
    self.changes = changes.facts
  }

  /// One that no form said.
  init(title: String, description: String = "", severity: Int? = nil, horizon: Horizon? = nil, tags: [String] = []) {
    (self.title, self.description, self.severity, self.horizon, self.tags) = (title, description, severity, horizon, tags)
    (isPrivate, version, changes) = (false, nil, [:])
  }

  /// What the form says, as a row holds it: but for its tags.
  var fields: RowValues {
    [
      "title": "\(title)", "description": "\(description)", "severity": "\(severity)", "horizon": "\(horizon)", "private": "\(isPrivate)",
    ]
  }
}
