import Domain
import HTML
import Postgres
import Web

/// The day: what is suggested, what is taken in, what was left, what came of it.
enum Plans {
  /// GET /plan
  static func page(_ web: Context) throws -> Response {
    try web.list { try PlanPage(PlanDetails.read(web), web) }
  }

  /// POST /plan/task/:task/take
  static func take(_ web: Context, _ id: ID<Task>) throws -> Change {
    change(try PlanCommands(writing: web.plannerWriting).take(id), web.words("It is on today."), web)
  }

  /// POST /plan/task/:task/dismissal
  static func dismiss(_ web: Context, _ id: ID<Task>) throws -> Change {
    change(try PlanCommands(writing: web.plannerWriting).dismiss(id), web.words("It is out of the way until tomorrow."), web)
  }

  /// POST /plan/carry
  static func carry(_ web: Context) throws -> Change {
    let commands = PlanCommands(writing: try web.plannerWriting)
    return try web.takeForm(askingAgain: { try PlanPage(PlanDetails.read(web), web, $0) }) {
      var read = FormReader(web.form, web.words)
      let ids = read.ids("id", web.words("Choose one of your tasks."), of: Task.self)
      let day = read.planDay("to", today: commands.writing.today)
      try read.finish()
      let found: [ID<Task>] = try web.db.rows(
        Query(column: "SELECT t.id FROM tasks t WHERE t.id = ANY (\(ids)) AND t.user_id = (SELECT me()) AND t.deleted_at IS NULL"))
      if found.count < ids.count { throw FormErrors("id", web.words("Choose one of your tasks.")) }
      if ids.isEmpty { return Change(to: Paths.plan, says: web.words("Nothing was chosen."), did: []) }
      let outcome = try commands.carry(ids, to: day)
      let count = outcome.tasks.count
      let says =
        day == nil
        ? web.words.count("{n} task is off the plan.", "{n} tasks are off the plan.", count)
        : web.words.count("{n} task is carried over.", "{n} tasks are carried over.", count)
      return change(outcome, says, web)
    }
  }

  private static func change(_ outcome: TaskOutcome, _ says: String, _ web: Context) -> Change {
    let text = outcome.isNothing ? web.words("It was so already.") : says
    return Change(to: web.back(or: Paths.plan), says: text, undo: outcome.undo, did: outcome.entries)
  }
}

extension FormReader {
  /// To which day something is carried: `today`, which is meant where nothing is said, `tomorrow`, a date from today on; nil: to `none`, or it was
  /// complained about.
  mutating func planDay(_ name: String, today: Day) -> Day? {
    let text = trimmed(raw(name))
    switch text {
    case "", "today": return today
    case "tomorrow": return today.advanced(by: 1)
    case "none": return nil
    default: break
    }
    if let day = Day(iso: text), (0...366).contains(today.distance(to: day)) { return day }
    complain(name, words("Choose today, tomorrow, a day within a year, or none."))
    return nil
  }
}
