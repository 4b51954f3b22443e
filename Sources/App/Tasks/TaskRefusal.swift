import Domain
import HTML

/// Why something cannot be done with a task. Those that leave a choice are asked on a page of their own (``TaskChoicePage``).
enum TaskRefusal: Refusal, Equatable {
  /// A task, and things that it waits for.
  struct Wait: Equatable {
    let task: String
    let things: [String]
  }

  /// It waits, or subtasks that are closed with it do: who for what, at most a few of them.
  case blocked([Wait])
  /// Subtasks are open, so many.
  case openSubtasks(Int)
  /// A move that closes a circle: the path.
  case circle(String)
  /// The tree would be deeper than it may be.
  case tooDeep
  /// The parent has as many subtasks as it can have.
  case tooMany
  /// Its time would be below nothing, or more than a task holds.
  case time
  /// No such parent of the person's.
  case noParent
  /// Nobody, or more than one, is meant by what stands for who does it.
  case noAssignee
  /// It comes again: whether that ends too. So many of its subtasks are open.
  case series(openSubtasks: Int)
  /// What stands above or below it comes again already: what it is called.
  case repeatsInLine(String, field: String)
  /// It has as many tags as it can have.
  case tooManyTags
  /// It is deferred until a date that is not ahead.
  case notAhead

  func sentence(_ words: Words) -> String {
    switch self {
    case .blocked(let waits):
      let lines = waits.map { wait in
        words("“{task}” waits for {names}", ["task": wait.task, "names": wait.things.map { "“\($0)”" }.joined(separator: ", ")])
      }
      return lines.joined(separator: "; ") + ". " + words("Finish that first, complete it anyway, or take the link away.")
    case .openSubtasks(let count):
      return words.count(
        "{n} subtask is open. Close it too, or only this task?", "{n} subtasks are open. Close them too, or only this task?", count)
    case .circle(let path): return words("They would wait for each other: {path}.", ["path": path])
    case .tooDeep: return words("Subtasks go five levels deep, and this would be deeper. Choose a task higher up.")
    case .tooMany: return words.count("A task has at most {n} subtask.", "A task has at most {n} subtasks.", Task.mostSubtasks)
    case .time: return words("The time of a task lies between nothing and 60,000 minutes.")
    case .noParent: return words("Choose one of your tasks.")
    case .noAssignee: return words("Choose one of your people, by a name that only one of them has.")
    case .series: return words("This task comes again. Cancel this one, or the whole series?")
    case .repeatsInLine(let title, _):
      return words("“{title}” comes again, and takes all below it along: of a task and those below it only one can.", ["title": title])
    case .tooManyTags: return words("Choose at most {n} tags.", ["n": String(TagList.most)])
    case .notAhead: return words("Choose a day after today, or none for someday.")
    }
  }

  /// The field of a form that it is about.
  var field: String {
    switch self {
    case .blocked, .openSubtasks, .series: ""
    case .repeatsInLine(_, let field): field
    case .circle, .tooDeep, .tooMany, .noParent: "parent"
    case .noAssignee: "assignee"
    case .time: "minutes"
    case .tooManyTags: "tags"
    case .notAhead: "until"
    }
  }
}
