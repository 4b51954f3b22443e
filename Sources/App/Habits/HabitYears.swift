import Domain
import Postgres

/// A habit as its own page reads it: its row, with what is kept of its year and its notes. Where nothing is kept, its days are asked for after that.
struct PagedHabit {
  private let habit: Habit
  /// Of what is kept of the habit, as it was when this was read.
  private let stamp: Int?
  /// The year that is kept, of this stamp.
  private let page: [UInt8]?
  /// The same of its newest notes.
  private let notes: [UInt8]?

  /// Of the person that the transaction is for. What is kept counts where its stamp is that of the line.
  ///
  /// One row by three keys: with rules, pauses, days and notes beside it, as they are read where nothing is kept, the server was at it for twice as long,
  /// most of that in making ready what then found nothing.
  static func query(_ id: ID<Habit>) -> Query<PagedHabit> {
    Query(
      """
      SELECT \(Habit.own), NULL::bytea AS past, l.stamp, y.page, y.notes AS kept_notes FROM habits h
      LEFT JOIN habit_lines l ON l.habit_id = h.id AND l.user_id = h.user_id
      LEFT JOIN habit_years y ON y.habit_id = h.id AND y.user_id = h.user_id AND y.stamp = l.stamp
      WHERE h.status <> 'deleted' AND h.user_id = (SELECT me()) AND h.id = \(id)
      """, as: PagedHabit.self)
  }

  /// What the page shows of it, and keeps for the next time.
  ///
  /// - Parameter number: the year whose dates are drawn.
  func shown(_ number: Int, _ calendar: HabitCalendar, _ web: Context) throws -> HabitOfYear? {
    let (key, isThisYear) = (calendar.lineKey, number == calendar.today.year)
    if isThisYear, let page, let kept = KeptPage(page, key) {
      var it = habit
      (it.changes, it.pauses) = (kept.changes, kept.pauses)
      return HabitOfYear(habit: it, year: kept.year, dates: kept.year.dates, notes: try keptNotes ?? newest(web))
    }
    let kept = keptNotes
    let texts = kept == nil ? WrittenNote.newest(habit.id) : WrittenNote.none
    let (found, written) = try web.read(Habit.mine("h.id = \(habit.id)", isThisYear ? .year : .whole), texts)
    guard let it = try calendar.reckoned(found, web).first else { return nil }
    let (year, notes) = (HabitYear(it, calendar), kept ?? NewestNotes(rendering: written))
    if !isThisYear { return HabitOfYear(habit: it.habit, year: year, dates: it.dates(of: number, calendar), notes: notes) }
    keep(KeptPage(year: year, changes: it.habit.changes, pauses: it.habit.pauses).bytes(key), notes.bytes, web)
    return HabitOfYear(habit: it.habit, year: year, dates: year.dates, notes: notes)
  }

  /// Nil: they are not kept, or were rendered by other rules.
  private var keptNotes: NewestNotes? { notes.flatMap { NewestNotes($0) } }

  private func newest(_ web: Context) throws -> NewestNotes {
    let written: [WrittenNote] = try web.read(WrittenNote.newest(habit.id))
    return NewestNotes(rendering: written)
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
  init(row: Row) throws(PostgresError) {
    habit = try Habit(own: row)
    stamp = try row("stamp")
    page = try row("page")
    notes = try row("kept_notes")
  }
}

/// What is kept of a habit for its page besides its notes: the year it draws, with the rules and pauses below it.
private struct KeptPage {
  let year: HabitYear
  let changes: [HabitChange]
  let pauses: [StoredPause]

  /// Raised with every change of what is written here; the year has one of its own.
  private static let version: UInt8 = 101

  private static let reasons = SkipReason.allCases

  init(year: HabitYear, changes: [HabitChange], pauses: [StoredPause]) {
    (self.year, self.changes, self.pauses) = (year, changes, pauses)
  }

  func bytes(_ key: HabitLineKey) -> [UInt8] {
    var out = StateWriter(bytes: [KeptPage.version])
    out.add(changes.count)
    for change in changes {
      out.add(change.from.number)
      change.rule.write(to: &out)
    }
    out.add(pauses.count)
    for pause in pauses {
      out.add(bits: pause.id.high)
      out.add(bits: pause.id.low)
      out.add(pause.from.number)
      out.add(pause.until?.number)
      out.add(pause.reason.flatMap { KeptPage.reasons.firstIndex(of: $0) })
      out.add((pause.isArchive ? 1 : 0) | (pause.isOfAll ? 2 : 0))
    }
    out.add(year.bytes(key))
    return out.bytes
  }

  init?(_ bytes: [UInt8], _ key: HabitLineKey) {
    var reader = StateReader(bytes)
    guard reader.byte() == KeptPage.version, let ruled = reader.number(in: 0...bytes.count) else { return nil }
    var changes: [HabitChange] = []
    for _ in 0..<ruled {
      guard let from = reader.day(), let rule = HabitRule(&reader) else { return nil }
      changes.append(HabitChange(from: from, rule))
    }
    guard let paused = reader.number(in: 0...bytes.count) else { return nil }
    var pauses: [StoredPause] = []
    for _ in 0..<paused {
      guard let pause = StoredPause(&reader) else { return nil }
      pauses.append(pause)
    }
    guard let blob = reader.blob(), reader.isAtEnd, let year = HabitYear(blob, key) else { return nil }
    (self.year, self.changes, self.pauses) = (year, changes, pauses)
  }
}

extension StoredPause {
  /// As ``KeptPage`` writes it.
  fileprivate init?(_ reader: inout StateReader) {
    let (days, reasons) = (Day.first.number...Day.last.number, SkipReason.allCases)
    guard let high = reader.bits(), let low = reader.bits(), let from = reader.day(), let until = reader.optional(in: days),
      let reason = reader.optional(in: 0...reasons.count - 1), let flags = reader.number(in: 0...3)
    else { return nil }
    self.init(
      id: ID(high: high, low: low), from: from, until: until.map { Day($0) }, reason: reason.map { reasons[$0] }, isArchive: flags & 1 > 0,
      isOfAll: flags & 2 > 0)
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
