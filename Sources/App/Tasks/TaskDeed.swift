import Domain
import HTML
import Postgres
import Web

/// What many tasks can have done to them at once: each by the command that does it to one.
enum TaskDeed {
  enum Name: String, CaseIterable, Bindable, FromColumn { case completion, start, reopening, deferral, priority, tag, archival, deletion }

  case completion, start, reopening, archival, deletion
  /// nil: someday.
  case deferral(Day?)
  /// nil: none.
  case priority(Int?)
  case tag(String)

  func run(_ commands: TaskCommands) throws -> TaskOutcome {
    switch self {
    case .completion: try commands.complete(nil, anyway: false)
    case .start: try commands.start()
    case .reopening: try commands.putBack()
    case .deferral(let day): try commands.putOff(until: day)
    case .priority(let priority): try commands.set(priority: priority)
    case .tag(let tag): try commands.add(tag: tag)
    case .archival: try commands.archive()
    case .deletion: try commands.delete()
    }
  }
}

extension TaskDeed {
  /// As a row holds it.
  var name: Name {
    switch self {
    case .completion: .completion
    case .start: .start
    case .reopening: .reopening
    case .archival: .archival
    case .deletion: .deletion
    case .deferral: .deferral
    case .priority: .priority
    case .tag: .tag
    }
  }

  /// Its day, priority or tag.
  var value: String {
    switch self {
    case .completion, .start, .reopening, .archival, .deletion: ""
    case .deferral(let day): day?.iso ?? ""
    case .priority(let priority): priority.map { String($0) } ?? ""
    case .tag(let tag): tag
    }
  }

  /// The same again.
  init(_ name: Name, _ value: String) {
    switch name {
    case .completion: self = .completion
    case .start: self = .start
    case .reopening: self = .reopening
    case .archival: self = .archival
    case .deletion: self = .deletion
    case .deferral: self = .deferral(Day(iso: value))
    case .priority: self = .priority(Int(value))
    case .tag: self = .tag(value)
    }
  }
}

extension TaskDeed.Name {
  /// "3 deleted": how many it was done to (RULES 8.27).
  func says(_ count: Int, _ words: Words) -> String {
    switch self {
    case .completion: words.count("{n} done", "{n} done", count, context: "tasks")
    case .start: words.count("{n} begun", "{n} begun", count, context: "tasks")
    case .reopening: words.count("{n} open again", "{n} open again", count, context: "tasks")
    case .deferral: words.count("{n} put off", "{n} put off", count, context: "tasks")
    case .priority: words.count("priority of {n} set", "priority of {n} set", count, context: "tasks")
    case .tag: words.count("{n} tagged", "{n} tagged", count, context: "tasks")
    case .archival: words.count("{n} archived", "{n} archived", count, context: "tasks")
    case .deletion: words.count("{n} deleted", "{n} deleted", count, context: "tasks")
    }
  }
}

/// A form about many tasks: which, and what is done to them.
struct TaskBulkForm {
  /// As many tasks as one post changes by itself.
  static let most = 500
  /// As many as all of a list may be: more than ``most`` are left to a worker.
  static let mostOfList = 10_000

  let deed: TaskDeed
  /// All of the list below which it stood, whatever is ticked; nil: those that are.
  let all: TaskFilter?

  /// - Parameter ids: those that are ticked.
  init(_ form: Form, ticked ids: [ID<Task>], _ reader: Reader) throws(FormErrors) {
    let words = reader.words
    var read = FormReader(form, words)
    let isAll = read.flag("all")
    if !isAll, ids.isEmpty { read.complain("rows", words("Tick at least one task.")) }
    if ids.count > TaskBulkForm.most { read.complain("rows", words("Tick at most {n} tasks.", ["n": String(TaskBulkForm.most)])) }
    all = isAll ? try TaskBulkForm.list(form, words) : nil
    let deed: TaskDeed?
    switch read.picked("action", as: TaskDeed.Name.self) {
    case .completion: deed = .completion
    case .start: deed = .start
    case .reopening: deed = .reopening
    case .archival: deed = .archival
    case .deletion: deed = .deletion
    case .deferral: deed = .deferral(read.dayAhead("until", nil, reader, orSomeday: true))
    case .priority:
      let priority = read.integer("priority", 1...4, 0)
      deed = .priority(priority == 0 ? nil : priority)
    case .tag:
      let tag = read.line("tag", 1...TagList.longest)
      if tag.utf8.contains(UInt8(ascii: ",")) { read.complain("tag", words("One tag at a time, without commas.")) }
      deed = .tag(tag)
    case nil: deed = nil
    }
    self.deed = try read.finish(deed)
  }

  /// The ids of the ticked tasks, each once, in the order of the list.
  ///
  /// - Throws: ``Failure/notFound`` for what is no id.
  static func ticked(_ form: Form) throws -> [ID<Task>] {
    var ids: [ID<Task>] = []
    var seen: Set<ID<Task>> = []
    for value in form.all("id") {
      guard case .text(let text) = value, let id = ID<Task>(text) else { throw Failure.notFound }
      if seen.insert(id).inserted { ids.append(id) }
    }
    return ids
  }

  /// The list that the form stood below; the plain one when it does not say or says what no list of ours does.
  static func list(_ form: Form, _ words: Words) throws(FormErrors) -> TaskFilter {
    let query = Form(urlEncoded: Array((form.text("list") ?? "").utf8))
    // A complaint about a hidden field would help nobody.
    if let filter = try? TaskFilter(query, words) { return filter }
    return try TaskFilter(Form(), words)
  }
}
