import Domain
import HTML
import Postgres
import Web

/// A goal as its form says it.
struct GoalDraft {
  let title: String
  let description: String
  let category: GoalCategory
  let deadline: Day?
  let horizon: Horizon?
  let isPrivate: Bool
  let tags: [String]
  /// nil: a new goal's form has none.
  let version: Int?
  /// What is new, for the audit log.
  let changes: [String: String]

  /// - Parameter stored: the goal that is edited.
  init(_ form: Form, stored: Goal? = nil, _ reader: Reader) throws(FormErrors) {
    var read = FormReader(form, reader.words)
    var changes = AuditDifference()
    title = changes.note("title", from: stored?.title, to: read.line("title", 1...200))
    description = changes.noteLong("description", from: stored?.description, to: read.notes("description", bytes: 16_384))
    category = changes.note("category", from: stored?.category, to: read.choice("category", GoalCategory.other), \.rawValue)
    deadline = changes.note("deadline", from: stored.map { $0.deadline }, to: read.targetDate()) { $0?.iso ?? "" }
    horizon = changes.note("horizon", from: stored.map(\.horizon), to: read.horizon("horizon")) { $0?.rawValue ?? "" }
    isPrivate = changes.note("private", from: stored.map(\.isPrivate), to: read.flag("private")) { $0 ? "on" : "off" }
    tags = changes.note("tags", from: stored.map(\.tags), to: read.tags("tags")) { $0.joined(separator: ", ") }
    version = stored == nil ? nil : read.version()
    try read.finish()
    self.changes = changes.facts
  }

  /// One that nobody typed.
  init(title: String, description: String = "", category: GoalCategory, deadline: Day?, horizon: Horizon? = nil) {
    (self.title, self.description, self.category, self.deadline, self.horizon) = (title, description, category, deadline, horizon)
    (isPrivate, tags, version, changes) = (false, [], nil, [:])
  }

  /// What stores a new one.
  func inserting(_ id: ID<Goal>, for user: ID<User>, at now: Instant) -> SQL {
    """
    INSERT INTO goals (id, user_id, status, created_at, updated_at, \(fields.columns))
    VALUES (\(id), \(user), 'active', \(now), \(now), \(fields.values))
    """
  }

  /// What the form says, as a row holds it.
  var fields: RowValues {
    [
      "title": "\(title)", "description": "\(description)", "category": "\(category)", "deadline": "\(deadline)",
      "horizon": "\(horizon)", "private": "\(isPrivate)",
    ]
  }
}

/// A step as its form says it.
struct SubtaskDraft {
  let title: String
  let description: String
  let successCriteria: String
  let estimatedDays: Int?
  /// nil: a new step's form has none.
  let version: Int?

  /// - Parameter stored: the step that is edited.
  init(_ form: Form, stored: Subtask? = nil, _ reader: Reader) throws(FormErrors) {
    var read = FormReader(form, reader.words)
    title = read.line("title", 1...200)
    description = read.notes("description", bytes: 4_096)
    successCriteria = read.notes("success_criteria", bytes: 2_048)
    let days = read.integer("estimated_days", 1...3_650, 0)
    estimatedDays = days == 0 ? nil : days
    version = stored == nil ? nil : read.version()
    try read.finish()
  }

  /// One that nobody typed.
  init(title: String, description: String = "", successCriteria: String = "", estimatedDays: Int? = nil) {
    (self.title, self.description, self.successCriteria, self.estimatedDays) = (title, description, successCriteria, estimatedDays)
    version = nil
  }

  /// What the form says, as a row holds it.
  var fields: RowValues {
    [
      "title": "\(title)", "description": "\(description)", "success_criteria": "\(successCriteria)",
      "estimated_days": "\(estimatedDays)",
    ]
  }

  /// Whether the stored one is the same.
  func isSame(as stored: Subtask) -> Bool {
    title.utf8.elementsEqual(stored.title.utf8) && description.utf8.elementsEqual(stored.description.utf8)
      && successCriteria.utf8.elementsEqual(stored.successCriteria.utf8) && estimatedDays == stored.estimatedDays
  }
}

/// What the list of goals shows, as its address says.
struct GoalFilter {
  enum Status: String, CaseIterable { case active, overdue, paused, completed, archived, all }

  let status: Status
  /// nil: however far they reach.
  let horizon: Horizon?
  let search: String
  /// The goal behind which the page begins.
  let after: ID<Goal>?

  init(_ query: Form, _ words: Words) throws(FormErrors) {
    var read = FormReader(query, words)
    // The planner calls completed what is done.
    status = read.raw("status").utf8.elementsEqual("done".utf8) ? .completed : read.choice("status", Status.active)
    horizon = read.horizon("horizon")
    search = read.line("q", 0...200)
    after = read.after()
    try read.finish()
  }

  /// The address of the same list from its beginning, with another status.
  func path(_ status: Status? = nil) -> Path {
    let status = status ?? self.status
    return Paths.goals.adding("status", status == .active ? nil : status.rawValue).adding("horizon", horizon?.rawValue)
      .adding("q", search.utf8.isEmpty ? nil : search)
  }
}

extension FormReader {
  /// A calendar day, `YYYY-MM-DD`; nil when it was not given.
  mutating func day(_ name: String) -> Day? {
    let text = trimmed(raw(name))
    if text.utf8.isEmpty { return nil }
    if let day = Day(iso: text) { return day }
    // "2027-02-30" is written as a date, "soon" is not.
    let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    let isDate = parts.map(\.count) == [4, 2, 2] && parts.allSatisfy { $0.allSatisfy { (48...57).contains($0) } }
    complain(
      name, isDate ? words("There is no such date. Write one such as 2027-03-15.") : words("Write a date such as 2027-03-15."))
    return nil
  }

  /// The last day of a goal, which has two names: given twice, it is the same.
  mutating func targetDate() -> Day? {
    let (deadline, target) = (day("deadline"), day("target_date"))
    if let deadline, let target, deadline != target {
      complain("deadline", words("The deadline and the target date are one date: give it once."))
    }
    return deadline ?? target
  }

  /// One of a set of words that has to be there.
  mutating func picked<Choice: RawRepresentable & CaseIterable>(_ name: String, as type: Choice.Type = Choice.self) -> Choice?
  where Choice.RawValue == String {
    let text = raw(name)
    if let value = Choice.allCases.first(where: { $0.rawValue.utf8.elementsEqual(text.utf8) }) { return value }
    complain(name, words("Choose one of the values offered."))
    return nil
  }

  /// Rows by their ids, any number, none twice; empty values say nothing.
  mutating func ids<Row>(_ name: String, _ complaint: String, of type: Row.Type = Row.self) -> [ID<Row>] {
    var ids: [ID<Row>] = []
    for value in form.all(name) {
      guard case .text(let text) = value else {
        complain(name, words("This holds characters that cannot be stored. Type it again."))
        continue
      }
      if trimmed(text).utf8.isEmpty { continue }
      guard let id = ID<Row>(text) else {
        complain(name, complaint)
        continue
      }
      if !ids.contains(id) { ids.append(id) }
    }
    return ids
  }
}
