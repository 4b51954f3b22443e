import Domain
import HTML
import Postgres

/// What lies over the events of a page: deadlines, tasks that are due, birthdays. One statement each, however much of it there is.
enum CalendarMarks {
  /// How many of each a page has at most.
  static let most = 300

  struct DueDeadline {
    let id: ID<Deadline>
    let title: String
    let dueAt: Instant
  }

  struct DueTask {
    let id: ID<Task>
    let title: String
    let due: Day
    let dueAt: Instant?
  }

  struct BornPerson {
    let id: ID<KnownPerson>
    let name: String
    let birthYear: Int?
    let birthMonth: Int
    let birthDay: Int

    var birthday: Birthday? {
      guard let birthYear else { return .yearless(month: birthMonth, day: birthDay) }
      return Day(year: birthYear, month: birthMonth, day: birthDay).map { .whole($0) }
    }
  }

  static func reading(_ place: CalendarPlace, _ words: Words) -> Reading<[CalendarEntry]> {
    let window = place.window
    return Reading(deadlines(window), tasks(window), people(window)) { deadlines, tasks, people in
      let due = deadlines.map {
        CalendarEntry(.deadline, Paths.deadline($0.id), $0.title, at: $0.dueAt, in: window.zone, [words("Deadline")])
      }
      return due + tasks.map { entry($0, window, words) } + people.flatMap { entries($0, window, words) }
    }
  }

  private static func deadlines(_ window: EventWindow) -> Query<DueDeadline> {
    let instants = window.instants
    return Query(
      """
      SELECT d.id, d.title, d.due_at FROM deadlines d
      WHERE d.user_id = (SELECT me()) AND d.deleted_at IS NULL AND NOT d.put_away AND d.status <> 'completed'
        AND d.due_at >= \(instants.lowerBound) AND d.due_at < \(instants.upperBound)
      ORDER BY d.due_at, d.id LIMIT \(most)
      """, into: DueDeadline.init)
  }

  /// One with a time is due on that day where the person is now, which may be another than where they were.
  private static func tasks(_ window: EventWindow) -> Query<DueTask> {
    let (instants, days) = (window.instants, window.days)
    return Query(
      """
      SELECT t.id, t.title, t.due, t.due_at FROM tasks t
      WHERE t.user_id = (SELECT me()) AND t.deleted_at IS NULL AND t.archived_at IS NULL AND t.status IN ('open', 'in_progress')
        AND coalesce(t.due, 'infinity') BETWEEN \(days.lowerBound.advanced(by: -2)) AND \(days.upperBound.advanced(by: 2))
        AND CASE WHEN t.due_at IS NULL THEN t.due BETWEEN \(days.lowerBound) AND \(days.upperBound)
          ELSE t.due_at >= \(instants.lowerBound) AND t.due_at < \(instants.upperBound) END
      ORDER BY coalesce(t.due, 'infinity'), coalesce(t.due_at, 'infinity'), t.id LIMIT \(most)
      """, into: DueTask.init)
  }

  /// Who was born on one of the dates, in whichever year; 29 February is kept on the 28th where there is none (RULES 9.2).
  private static func people(_ window: EventWindow) -> Query<BornPerson> {
    var dates = window.days.map { (month: $0.month, day: $0.day) }
    if dates.contains(where: { $0 == (month: 2, day: 28) }) { dates.append((month: 2, day: 29)) }
    let (months, days) = (dates.map(\.month), dates.map(\.day))
    return Query(
      """
      SELECT p.id, p.name, p.birth_year, p.birth_month, p.birth_day FROM people p
      WHERE p.user_id = (SELECT me()) AND p.deleted_at IS NULL AND p.birth_month IS NOT NULL
        AND (p.birth_month, p.birth_day) IN (SELECT b.month, b.day FROM unnest(\(months)::integer[], \(days)::integer[]) AS b (month, day))
      ORDER BY p.birth_month, p.birth_day, p.name_norm, p.id LIMIT \(most)
      """, into: BornPerson.init)
  }

  private static func entry(_ task: DueTask, _ window: EventWindow, _ words: Words) -> CalendarEntry {
    let notes = [words("Task that is due")]
    guard let at = task.dueAt else { return CalendarEntry(.task, Paths.task(task.id), task.title, on: task.due, notes) }
    return CalendarEntry(.task, Paths.task(task.id), task.title, at: at, in: window.zone, notes)
  }

  /// Two where the dates go over the end of a year and back to it.
  private static func entries(_ person: BornPerson, _ window: EventWindow, _ words: Words) -> [CalendarEntry] {
    guard let birthday = person.birthday else { return [] }
    let years = window.days.lowerBound.year...window.days.upperBound.year
    return years.compactMap { birthday.on($0) }.filter { window.days.contains($0.day) }.map { kept in
      let age = kept.age.flatMap { $0 > 0 ? words.count("{n} year old", "{n} years old", $0, context: "calendar") : nil }
      let moved = kept.isMoved ? words("born on 29 February", context: "calendar") : nil
      let notes = [words("Birthday", context: "calendar"), age, moved].compactMap(\.self)
      return CalendarEntry(.birthday, Paths.person(person.id), person.name, on: kept.day, notes)
    }
  }
}
