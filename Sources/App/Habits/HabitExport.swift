import Domain
import Postgres
import Web

/// A person's habits as our own CSV.
enum HabitExport {
  /// Habits that are read at once: their days are held as rows, while all that is written stays as bytes.
  private static let slice = 20

  /// GET /habits/export.csv
  static func file(_ web: Context) throws -> Response {
    let ids = try web.read(
      Query(
        column: "SELECT h.id FROM habits h WHERE h.user_id = (SELECT me()) AND h.status <> 'deleted' \(Habit.inOrder)", as: ID<Habit>.self))
    let today = HabitCalendar(try web.person, at: web.now).today
    var writer = HabitFileWriter()
    var csv: [UInt8] = []
    for start in stride(from: 0, to: ids.count, by: slice) {
      let some = Array(ids[start..<min(start + slice, ids.count)])
      // One read for a habit, its days and its notes, so that they are of one moment.
      let (habits, notes) = try web.read(Habit.mine("h.id = ANY (\(some)) \(Habit.inOrder)", .whole), HabitNotes.query(some))
      let byHabit = Dictionary(notes.map { ($0.habit, $0.texts) }, uniquingKeysWith: { first, _ in first })
      for habit in habits { writer.write(HabitFile.Habit(habit, byHabit[habit.id] ?? [:], today: today)) }
      csv += writer.take()
    }
    if ids.isEmpty { csv = writer.take() }
    return Response(
      status: 200,
      headers: [
        ("Content-Type", "text/csv; charset=utf-8"), ("Content-Disposition", "attachment; filename=\"heed-habits-\(today.iso).csv\""),
      ], body: csv)
  }
}

/// The notes of a habit by their dates.
private struct HabitNotes {
  let habit: ID<Habit>
  private let dates: [Day]
  private let notes: [String]

  var texts: [Day: String] { Dictionary(zip(dates, notes), uniquingKeysWith: { first, _ in first }) }

  static func query(_ ids: [ID<Habit>]) -> Query<HabitNotes> {
    Query(
      """
      SELECT habit_id AS habit, array_agg(date ORDER BY date) AS dates, array_agg(notes ORDER BY date) AS notes FROM habit_days
      WHERE user_id = (SELECT me()) AND habit_id = ANY (\(ids)) AND notes <> '' GROUP BY habit_id
      """, into: HabitNotes.init)
  }
}

extension HabitFile.Habit {
  /// A stored habit with all of its entries, as a file tells of it.
  fileprivate init(_ habit: Habit, _ notes: [Day: String], today: Day) {
    self.init(name: habit.name)
    key = habit.id.text
    description = habit.description
    kind = habit.kind == .amount ? .amount : .tick
    unit = habit.unit
    rules = habit.changes.map { HabitFile.Rule($0) }
    colour = habit.colour
    group = habit.group
    let isPaused = habit.pauses.contains { $0.from <= today && $0.until.map { $0 > today } ?? true }
    status = habit.status == .archived ? .archived : isPaused ? .paused : .active
    preferredTime = habit.preferredTime
    created = habit.createdOn
    let kind = kind
    entries = habit.entries.map { HabitFile.Entry($0, kind, note: notes[$0.date] ?? "") }
    pauses = habit.pauses.map { HabitFile.Pause(from: $0.from, until: $0.until, reason: .init($0.reason)) }
  }
}
