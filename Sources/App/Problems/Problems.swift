import Domain
import HTML
import Postgres
import Web

/// The problems' pages, forms and buttons.
enum Problems {
  /// GET /problems
  static func list(_ web: Context) throws -> Response {
    let filter = try web.query { query, words throws(FormErrors) in try ProblemFilter(query, words) }
    return try web.list {
      let page = try filter.page(web)
      return try ProblemListPage(page.rows, next: page.next, page.counts, filter, web)
    }
  }

  /// GET /problems/new
  static func new(_ web: Context) throws -> Response {
    _ = try web.person
    return web.page(try ProblemFormPage(web))
  }

  /// POST /problems
  static func create(_ web: Context) throws -> Change {
    let writing = try web.plannerWriting
    return try web.takeForm(askingAgain: { try ProblemFormPage(web, $0) }) {
      let draft = try ProblemDraft(web.form, web.reader)
      let outcome = try ProblemCommands.make(draft, writing)
      return Change(
        to: Paths.problem(outcome.id), says: web.words("The problem “{title}” is written down.", ["title": draft.title]),
        did: outcome.entries)
    }
  }

  /// GET /problems/:problem
  static func show(_ web: Context, _ id: ID<Problem>) throws -> Response { web.page(try ProblemPage(id, web)) }

  /// GET /problems/:problem/edit
  static func edit(_ web: Context, _ id: ID<Problem>) throws -> Response {
    guard let problem = try web.read(Problem.mine("p.id = \(id)")).first else { throw Failure.notFound }
    return web.page(try ProblemFormPage(web, stored: problem))
  }

  /// POST /problems/:problem
  static func save(_ web: Context, _ id: ID<Problem>) throws -> Change {
    let commands = try ProblemCommands.find(id, web.plannerWriting)
    return try web.takeForm(askingAgain: { try ProblemFormPage(web, $0, stored: commands.problem) }) {
      let outcome = try commands.save(ProblemDraft(web.form, stored: commands.problem, web.reader))
      return Change(to: Paths.problem(id), says: web.words("Saved."), did: outcome.entries)
    }
  }

  // MARK: - How it stands

  /// POST /problems/:problem/resolution: with `tasks`, what addresses it is closed as well.
  static func resolve(_ web: Context, _ id: ID<Problem>) throws -> Change {
    let commands = try ProblemCommands.find(id, web.plannerWriting)
    var read = FormReader(web.form, web.words)
    let isAsked = !read.raw("tasks").utf8.isEmpty
    let tasks = isAsked ? read.picked("tasks", as: AddressingTasks.self) : nil
    do throws(FormErrors) {
      try read.finish()
    } catch {
      throw Failure.misread(error.complaints.first?.text ?? "")
    }
    return change(try commands.resolve(tasks), web.words("“{title}” is resolved.", ["title": commands.problem.title]), web)
  }

  /// POST /problems/:problem/monitoring
  static func monitor(_ web: Context, _ id: ID<Problem>) throws -> Change {
    let commands = try ProblemCommands.find(id, web.plannerWriting)
    return change(try commands.monitor(), web.words("“{title}” is being watched.", ["title": commands.problem.title]), web)
  }

  /// POST /problems/:problem/reopening
  static func reopen(_ web: Context, _ id: ID<Problem>) throws -> Change {
    let commands = try ProblemCommands.find(id, web.plannerWriting)
    return change(try commands.reopen(), web.words("“{title}” is active.", ["title": commands.problem.title]), web)
  }

  /// POST /problems/:problem/archival
  static func archive(_ web: Context, _ id: ID<Problem>) throws -> Change {
    change(try ProblemCommands.find(id, web.plannerWriting).archive(), web.words("The problem is in the archive."), web)
  }

  // MARK: - The trash

  /// POST /problems/:problem/deletion
  static func delete(_ web: Context, _ id: ID<Problem>) throws -> Change {
    let commands = try ProblemCommands.find(id, web.plannerWriting)
    let outcome = try commands.delete()
    return Change(
      to: Paths.problems, says: web.words("“{name}” is deleted.", ["name": commands.problem.title]), undo: outcome.undo,
      did: outcome.entries)
  }

  /// POST /trash/problem/:problem/restoration
  static func restore(_ web: Context, _ id: ID<Problem>) throws -> Change {
    let outcome = try ProblemCommands.restore(id, web.plannerWriting)
    let back = web.words("The problem is back.")
    let says = outcome.dropped.isEmpty ? back : back + " " + LinkLoss.says(outcome.dropped, web.words)
    return change(outcome, says, facts: LinkLoss.facts(outcome.dropped), web)
  }

  private static func change(
    _ outcome: ProblemOutcome, _ done: String, facts: KeyValuePairs<String, String> = [:], _ web: Context
  ) -> Change {
    Change(
      to: web.back(or: Paths.problem(outcome.id)), says: outcome.isNothing ? web.words("It was so already.") : done, undo: outcome.undo,
      facts: outcome.isNothing ? [:] : facts, did: outcome.entries)
  }
}
