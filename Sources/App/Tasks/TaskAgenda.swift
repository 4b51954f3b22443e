import Domain
import HTML
import Postgres
import Web

/// What is due within two weeks, and what is late.
struct TaskAgenda {
  /// How many days it shows, and how many tasks at most.
  static let days = 14
  private static let most = 200

  let tasks: [Task]
  /// Whether there are more than these.
  let isCut: Bool
  let today: Day

  static func read(_ filter: TaskFilter, _ today: TaskFilter.Moment, _ web: Context) throws -> TaskAgenda {
    let last = today.day.advanced(by: days - 1)
    let tasks = try web.read(
      Task.listed(
        """
        t.archived_at IS NULL AND t.status IN ('open', 'in_progress') AND coalesce(t.due, 'infinity') <= \(last) AND \(filter.narrowing(today))
        ORDER BY coalesce(t.due, 'infinity'), coalesce(t.due_at, 'infinity'), t.id LIMIT \(most + 1)
        """))
    return TaskAgenda(tasks: Array(tasks.prefix(most)), isCut: tasks.count > most, today: today.day)
  }
}

/// Day by day.
struct TaskAgendaPage {
  let layout: Layout
  let views: TaskViews
  let secret: CSRFField
  let back: String
  /// nil: nothing is due.
  let bulk: TaskBulkBar?
  let days: [Part]
  /// Said where not all fit.
  let cut: String?
  let later: Path
  let new = Paths.newTask

  struct Part {
    let title: String
    let rows: [TaskItem]
  }

  init(_ agenda: TaskAgenda, _ filter: TaskFilter, _ web: Context) throws {
    let (person, words) = (try web.person, web.words)
    layout = try Layout(words("Tasks"), .tasks, web)
    secret = layout.secret
    views = TaskViews(filter, words)
    back = filter.path().text
    later = Paths.tasks.adding("sort", "due")
    var make = FieldBuilder()
    bulk = agenda.tasks.isEmpty ? nil : TaskBulkBar(filter, &make, layout.secret, words)
    cut = agenda.isCut ? words("Not all fit here. The list by due date has them all.") : nil
    let items = agenda.tasks.enumerated().map { number, task in
      let text = TaskText(task, person, today: agenda.today, web.clock, words)
      return (text: text, item: TaskItem(text, at: number, day: nil))
    }
    let late = items.filter(\.text.isOverdue).map(\.item)
    let dates = (0..<TaskAgenda.days).map { agenda.today.advanced(by: $0) }
    let parts = dates.map { day in
      let title = day == agenda.today ? words("Today") : HabitWords.date(day, today: agenda.today, person.language)
      return Part(title: title, rows: items.filter { !$0.text.isOverdue && $0.text.dueDay == day }.map(\.item))
    }
    days = (late.isEmpty ? [] : [Part(title: words("Overdue", context: "tasks"), rows: late)]) + parts
  }
}
