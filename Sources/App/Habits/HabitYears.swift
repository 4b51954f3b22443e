import Domain
import Postgres

/// A habit as its own page reads it: with what is kept of its year and its notes, or with the days from which that is made.
struct PagedHabit {
  private let habit: Habit
  /// Of what is kept of the habit, as it was when this was read.
  private let stamp: Int?
  /// The year that is kept, of this stamp; the habit then came without its entries and its past.
  private let year: [UInt8]?
  /// The same of its newest notes, which then came without their texts.
  private let kept: [UInt8]?
  private let written: [WrittenNote]

  /// Of the person that the transaction is for.
  ///
  /// - Parameter isThisYear: whether the page shows the year that goes on; for another all entries are read.
  static func query(_ id: ID<Habit>, isThisYear: Bool) -> Query<PagedHabit> { Habit.paged(id, isThisYear ? .yearUnlessKept : .whole) }

  /// What the page shows of it, and keeps for the next time.
  ///
  /// - Parameter year: the one whose dates are drawn.
  func shown(_ number: Int, _ calendar: HabitCalendar, _ web: Context) throws -> HabitOfYear? {
    let (key, notes) = (calendar.lineKey, try notes(web))
    if let year, let kept = HabitYear(year, key) { return HabitOfYear(habit: habit, year: kept, dates: kept.dates, notes: notes) }
    var found = [habit]
    // What is kept is of another date.
    if year != nil { found = try web.read(Habit.mine("h.id = \(habit.id)", .year)) }
    guard let it = try calendar.reckoned(found, web).first else { return nil }
    let made = HabitYear(it, calendar)
    if number != calendar.today.year {
      return HabitOfYear(habit: it.habit, year: made, dates: it.dates(of: number, calendar), notes: notes)
    }
    keep(made.bytes(key), notes.bytes, web)
    return HabitOfYear(habit: it.habit, year: made, dates: made.dates, notes: notes)
  }

  private func notes(_ web: Context) throws -> NewestNotes {
    guard let kept else { return NewestNotes(rendering: written) }
    if let notes = NewestNotes(kept) { return notes }
    // They were rendered by other rules.
    let read: [WrittenNote] = try web.read(WrittenNote.newest(habit.id))
    return NewestNotes(rendering: read)
  }

  /// As ``HabitLines`` does.
  private func keep(_ year: [UInt8], _ notes: [UInt8]?, _ web: Context) {
    guard let stamp else { return }
    let id = habit.id
    HabitLines.keep(web) { user in
      """
      UPDATE habit_years y SET stamp = \(stamp), page = \(year), notes = \(notes)
      WHERE y.user_id = \(user) AND y.habit_id IN (
          SELECT habit_id FROM habit_years WHERE habit_id = \(id) AND user_id = \(user) FOR NO KEY UPDATE SKIP LOCKED)
        AND EXISTS (SELECT FROM habit_lines l WHERE l.habit_id = y.habit_id AND l.user_id = y.user_id AND l.stamp = \(stamp))
      """
    }
  }
}

extension PagedHabit: FromRow {
  /// What stands beside the columns of the habit and its past.
  ///
  /// - Parameter page: what is read of the year that is kept.
  static func columns(_ page: SQL) -> SQL { "l.stamp, \(page) AS page, y.notes AS kept_notes, n.note_dates, n.note_texts" }

  /// What is kept counts where its stamp is that of the line. Notes are read where they are not.
  static var joins: SQL {
    """
    LEFT JOIN habit_lines l ON l.habit_id = h.id AND l.user_id = h.user_id
    LEFT JOIN habit_years y ON y.habit_id = h.id AND y.user_id = h.user_id AND y.stamp = l.stamp
    LEFT JOIN LATERAL (
      SELECT array_agg(date) AS note_dates, array_agg(notes) AS note_texts FROM (
        SELECT date, notes FROM habit_days
        WHERE habit_id = h.id AND user_id = h.user_id AND notes <> '' AND y.notes IS NULL ORDER BY date DESC LIMIT \(NewestNotes.most)) x) n ON true
    """
  }

  init(row: Row) throws(PostgresError) {
    habit = try Habit(row: row)
    stamp = try row("stamp")
    year = try row("page")
    kept = try row("kept_notes")
    let dates: [Day] = try row("note_dates") ?? []
    let texts: [String] = try row("note_texts") ?? []
    written = zip(dates, texts).map { WrittenNote(date: $0, text: $1) }
  }
}

/// A habit with what its page draws.
struct HabitOfYear {
  let habit: Habit
  let year: HabitYear
  /// Of the year that the page shows, from 1 January on.
  let dates: [HabitYear.Date]
  /// The newest.
  let notes: NewestNotes

  var figures: HabitFigures { year.figures }
  var isPaused: Bool { figures.today.isPaused }
}

extension HabitYear {
  /// - Parameter it: with the entries of more than a year.
  init(_ it: ReckonedHabit, _ calendar: HabitCalendar) {
    self = it.history.year(it.figures, from: it.habit.state, hasSums: it.habit.kind == .amount, today: calendar.today)
  }
}

extension ReckonedHabit {
  /// Of a year that is over.
  fileprivate func dates(of year: Int, _ calendar: HabitCalendar) -> [HabitYear.Date] {
    guard let first = Day(year: year, month: 1, day: 1), let last = Day(year: year, month: 12, day: 31) else { return [] }
    return history.cells(first...last, today: calendar.today).map(HabitYear.Date.init)
  }
}
