import Domain
import HTML
import Postgres
import Web

/// Many tasks at once (RULES 8.27).
enum TaskBulk {
  /// POST /tasks/bulk
  static func run(_ web: Context) throws -> Change {
    let writing = try web.plannerWriting
    let ticked = try TaskBulkForm.ticked(web.form)
    return try web.takeForm(askingAgain: { try page(web, $0) }) {
      let form = try TaskBulkForm(web.form, ticked: ticked, web.reader)
      try writing.lock()
      let list = try TaskBulkForm.list(web.form, web.words)
      let ids = try form.all.map { try all($0, writing) } ?? ticked
      if ids.count > TaskBulkForm.mostOfList {
        throw FormErrors("rows", web.words("These are more than 10,000 tasks. Narrow the list, and do it in parts."))
      }
      if ids.count > TaskBulkForm.most { return try TaskBatches.order(form.deed, ids, back: list.path(), writing, web) }
      let outcome = try TaskBatch(writing: writing).run(form.deed, ids, back: list.path())
      return Change(
        to: web.back(or: list.path()), says: outcome.says(form.deed, web.words), undo: outcome.undo, did: outcome.entries)
    }
  }

  /// All that a list goes through, as far as one post may mean them.
  private static func all(_ filter: TaskFilter, _ writing: PlannerWriting) throws -> [ID<Task>] {
    let today = TaskFilter.Moment(day: writing.today, now: writing.now)
    return try writing.db.rows(
      Query(
        column: """
          SELECT w.id FROM (
            SELECT t.* FROM tasks t WHERE t.user_id = (SELECT me()) AND t.deleted_at IS NULL AND \(filter.all(today))) w
          WHERE \(filter.search.utf8.isEmpty) OR \(TaskSearch.holds(filter.search)) ORDER BY w.id LIMIT \(TaskBulkForm.mostOfList + 1)
          """))
  }

  /// The list below which the form stood, with what is wrong with it.
  private static func page(_ web: Context, _ state: FormState) throws -> TaskListPage {
    let filter = try TaskBulkForm.list(web.form, web.words)
    let today = try TaskFilter.Moment(web)
    return try TaskListPage(TaskSearch.page(filter, today, web), filter, today: today.day, web, state)
  }
}

/// What becomes of many tasks in one transaction: each is done or left, and one undo takes back all of it.
struct TaskBatch {
  let writing: PlannerWriting

  struct Outcome {
    var entries: [AuditEntry] = []
    /// What takes all of it back; nil: nothing was kept.
    var undoID: ID<PlannerUndo>?
    var done = 0
    /// All that were changed, with what was changed below them.
    var touched: Set<ID<Task>> = []
    /// Why others were left, in the order in which they were found.
    var left: [Reason] = []

    var undo: Path? { undoID.map { Paths.undo($0) } }
  }

  enum Reason {
    case notThere
    case refused(String, TaskRefusal)
  }

  /// - Parameter back: the page that shows the result.
  func run(_ deed: TaskDeed, _ ids: [ID<Task>], back: Path) throws -> Outcome {
    var outcome = Outcome()
    var (undos, deleted, touched): ([ID<PlannerUndo>], [ID<Task>], Set<ID<Task>>) = ([], [], [])
    var open = try TaskBatchOrder.order(ids, deed, writing.db)
    var refused: [ID<Task>: Reason] = [:]
    // What waits for another of them, or stands above it, can be done once that is.
    while !open.isEmpty {
      var later: [ID<Task>] = []
      for id in open where !touched.contains(id) {
        do {
          let commands = try TaskCommands.find(id, writing)
          do {
            let done = try deed.run(commands)
            outcome.entries += done.entries
            undos += done.undoID.map { [$0] } ?? []
            if case .deletion = deed { deleted.append(id) }
            touched.formUnion(done.tasks + [id])
          } catch {
            guard let refusal = error as? TaskRefusal else { throw error }
            refused[id] = .refused(commands.task.title, refusal)
            later.append(id)
          }
        } catch Failure.notFound {
          refused[id] = .notThere
        }
      }
      if later.count == open.count { break }
      open = later
    }
    outcome.touched = touched
    outcome.done = ids.filter { touched.contains($0) }.count
    outcome.left = ids.filter { !touched.contains($0) }.compactMap { refused[$0] }
    outcome.undoID = try TaskBulkUndo.joining(undos, deleted, back: back, writing)
    return outcome
  }
}

extension TaskBatch.Outcome {
  /// "38 done · 2 left: “Paint” waits for “Permit”; 1 is not there."
  func says(_ deed: TaskDeed, _ words: Words) -> String {
    let done = deed.name.says(self.done, words)
    if left.isEmpty { return done + "." }
    let reasons = reasons(words)
    let sentence = TaskBatch.Outcome.left(left.count, Array(reasons.prefix(5)), missing: left.count - reasons.count, words)
    return done + " · " + sentence
  }

  /// Why those are left that are there.
  func reasons(_ words: Words) -> [String] {
    left.compactMap { reason in
      guard case .refused(let title, let refusal) = reason else { return nil }
      return TaskBatch.Outcome.why(title, refusal, words)
    }
  }

  /// "2 left: “Paint” waits for “Permit”; 1 is not there."
  ///
  /// - Parameters:
  ///   - reasons: those that are told.
  ///   - missing: how many of those that are left are not there.
  static func left(_ count: Int, _ reasons: [String], missing: Int, _ words: Words) -> String {
    let named = reasons + (count - missing > reasons.count ? ["…"] : [])
    let rest = missing == 0 ? [] : [words.count("{n} is not there", "{n} are not there", missing, context: "tasks")]
    return words.count("{n} left", "{n} left", count, context: "tasks") + ": " + (named + rest).joined(separator: "; ") + "."
  }

  private static func why(_ title: String, _ refusal: TaskRefusal, _ words: Words) -> String {
    switch refusal {
    case .blocked(let waits):
      let names = (waits.first?.things ?? []).map { "“\($0)”" }.joined(separator: ", ")
      return words("“{task}” waits for {names}", ["task": title, "names": names])
    case .openSubtasks: return words("“{task}” has open subtasks", ["task": title])
    default:
      // Its last stop stands at the end of all.
      let sentence = refusal.sentence(words)
      return "“\(title)”: " + (sentence.utf8.last == UInt8(ascii: ".") ? String(sentence.dropLast()) : sentence)
    }
  }
}
