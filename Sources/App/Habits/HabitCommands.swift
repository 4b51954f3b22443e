import Domain
import HTML
import Postgres

/// What people do with a habit, in one transaction: the same for its page, lists and, later, links. What is refused throws a ``HabitRefusal``. The
/// habit's row is locked before this begins, so two devices wait for each other.
struct HabitCommands {
  let habit: Habit
  let calendar: HabitCalendar
  let now: Instant
  let db: Connection
  /// Which way what is entered came.
  let source: Source
  /// Whether it has a reminder or asks for one, which follows a change; where nobody looked, it may.
  let rings: Bool
  /// What is ticked and skipped by one press, of however many habits, is taken back together.
  let press: ID<HabitPress>

  /// As the table calls it.
  enum Source: String, Bindable { case page, link, webhook }

  var today: Day { calendar.today }

  init(
    _ habit: Habit, _ calendar: HabitCalendar, at now: Instant, _ db: Connection, by source: Source = .page, rings: Bool = true,
    press: ID<HabitPress>? = nil
  ) {
    (self.habit, self.calendar, self.now, self.db, self.source, self.rings) = (habit, calendar, now, db, source, rings)
    self.press = press ?? .new(at: now)
  }

  /// How a command ended.
  enum Outcome: Equatable {
    /// It changed something, and this is recorded.
    case done(AuditEntry)
    /// It was so already; nothing is written.
    case already

    /// What the audit log is told; nothing where nothing changed.
    var entries: [AuditEntry] {
      guard case .done(let entry) = self else { return [] }
      return [entry]
    }
  }

  /// The rule that is in force on a date.
  func rule(on date: Day) -> HabitRule { history.rule(on: date) }

  var history: HabitHistory { calendar.history(of: habit) }

  /// As of today. nil: the entries that were read are not enough, which those of a locked habit always are.
  var figures: HabitFigures? { history.reckoning(from: habit.state, today: today)?.figures }

  // MARK: - Days

  /// What is entered for a date, if anything is.
  func entered(on date: Day) -> HabitEntry? { habit.entries.first { $0.date == date } }

  func isSkipped(on date: Day) -> Bool { if case .skipped? = entered(on: date)?.mark { true } else { false } }

  /// Done on a date: a tick, or so much.
  ///
  /// - Parameters:
  ///   - date: one of those that are offered, as in all that follows.
  ///   - amount: of amounts what the date's sum becomes; of ticks ignored.
  ///   - notes: nil: those that are there stay.
  func complete(_ date: Day, amount: Amount?, notes: String?) throws -> Outcome {
    try refuseArchived()
    let before = entered(on: date)
    let sum = habit.kind == .amount ? amount ?? .zero : nil
    if case .done(let entered)? = before?.mark, notes == nil, sum == nil || sum == entered { return .already }
    try write(date, .done, sum, nil, notes)
    return done("habit.completed", date, sum.map { ["amount": $0.decimal] } ?? [:])
  }

  /// Neither done nor skipped any more; a note stays.
  ///
  /// - Parameter skip: whether a skip is taken back, and not a tick.
  func undo(_ date: Day, skip: Bool = false) throws -> Outcome {
    try refuseArchived()
    switch entered(on: date)?.mark {
    case .done where !skip, .skipped where skip: break
    default: return .already
    }
    try write(date, .note, nil, nil, nil)
    return done(skip ? "habit.unskipped" : "habit.uncompleted", date)
  }

  /// Left out on purpose: it breaks nothing.
  ///
  /// - Throws: ``HabitRefusal/done`` on a date that is done, ``HabitRefusal/entered`` on one with another amount: it is not thrown away unasked.
  func skip(_ date: Day, _ reason: SkipReason?, notes: String?) throws -> Outcome {
    try refuseArchived()
    if let amount = entered(on: date)?.amount {
      let isDone = habit.kind == .tick || history.cells(date...date, today: today).first?.mark == .kept
      throw isDone ? HabitRefusal.done(date) : .entered(date, amount, unit: habit.unit)
    }
    if !rule(on: date).isScheduled(date.weekday) { return .already }
    if case .skipped(let stored)? = entered(on: date)?.mark, stored == reason ?? stored, notes == nil { return .already }
    try write(date, .skipped, nil, reason, notes)
    return done("habit.skipped", date, reason.map { ["reason": $0.rawValue] } ?? [:])
  }

  /// A note for any date from the habit's start to today; an empty one removes it.
  func note(_ date: Day, _ notes: String) throws -> Outcome {
    let stored: String? = try db.value(
      "SELECT notes FROM habit_days WHERE habit_id = \(habit.id) AND user_id = \(habit.user) AND date = \(date)")
    if (stored ?? "").utf8.elementsEqual(notes.utf8) { return .already }
    try db.queue([
      """
      INSERT INTO habit_days (habit_id, user_id, date, state, notes, source, timezone, ticked_at)
      VALUES (\(habit.id), \(habit.user), \(date), 'note', \(notes), 'page', \(calendar.zone.name), \(now))
      ON CONFLICT (habit_id, date) DO UPDATE SET notes = excluded.notes
      """
    ])
    try touch()
    return done("habit.noted", date)
  }

  /// What a date holds from now on; what it held stays beside it, for the Undo.
  func write(_ date: Day, _ mark: HabitEntry.Mark.Name, _ amount: Amount?, _ reason: SkipReason?, _ notes: String?) throws {
    // The habit first: what is kept of it is blanked with its revision, and then found blank by its date.
    try touch()
    try db.queue([
      """
      INSERT INTO habit_days (habit_id, user_id, date, state, amount, reason, notes, source, timezone, ticked_at, press)
      VALUES (\(habit.id), \(habit.user), \(date), \(mark), \(amount), \(reason), \(notes ?? ""), \(source),
        \(calendar.zone.name), \(now), \(press))
      ON CONFLICT (habit_id, date) DO UPDATE SET state = excluded.state, amount = excluded.amount, reason = excluded.reason,
        notes = coalesce(\(notes), habit_days.notes), source = excluded.source, timezone = excluded.timezone, ticked_at = excluded.ticked_at,
        press = excluded.press, was_state = nullif(habit_days.state, 'note'), was_amount = habit_days.amount, was_reason = habit_days.reason
      """
    ])
  }

  private func refuseArchived() throws(HabitRefusal) {
    if habit.status == .archived { throw .archived }
  }

  // MARK: - Pauses and the archive

  /// Nothing is asked from a date on. Pauses that overlap are one (RULES 5.17). Apart stay those of everything, which end together, and one
  /// without an end from those that have one: it may be resumed before they begin.
  ///
  /// - Parameters:
  ///   - pause: exclusive at its end; nil: until it is resumed.
  ///   - id: its own; nil: a new one.
  /// - Returns: as which pause it stands there, and whether it met no other.
  func pause(
    _ pause: HabitPause, _ reason: SkipReason?, as id: ID<StoredPause>? = nil, batch: ID<StoredPause>? = nil
  ) throws -> (outcome: Outcome, pause: HabitPause, isAlone: Bool) {
    try refuseArchived()
    let own = habit.pauses.filter { !$0.isArchive }
    if let whole = own.first(where: { $0.dates.covers(pause) }) { return (.already, whole.dates, false) }
    let joins = batch == nil && pause.until != nil
    let met = joins ? own.filter { !$0.isOfAll && $0.until != nil && $0.dates.overlaps(pause) } : []
    for one in met { _ = try db.value("SELECT door.delete_habit_pause(\(one.id))", as: Int.self) }
    let joined = met.reduce(pause) { $0.joined(with: $1.dates) }
    try db.queue([
      """
      INSERT INTO habit_pauses (id, habit_id, user_id, from_date, until_date, kind, reason, batch)
      VALUES (\(id ?? .new(at: now)), \(habit.id), \(habit.user), \(joined.from), \(joined.until), 'pause',
        \(reason ?? met.compactMap(\.reason).first), \(batch))
      """
    ])
    try touch()
    return (done("habit.paused", joined.from, joined.until.map { ["until": $0.iso] } ?? [:]), joined, met.isEmpty)
  }

  /// Asked again from today on.
  ///
  /// - Parameter onlyTogether: only from pauses of everything, those that have not begun among them.
  func resume(onlyTogether: Bool = false) throws -> Outcome {
    let open = habit.pauses.filter { pause in
      let isOpen = pause.until.map { $0 > today } ?? true
      return !pause.isArchive && isOpen && (onlyTogether ? pause.isOfAll : pause.from <= today)
    }
    if open.isEmpty { return .already }
    for pause in open {
      if pause.from >= today {
        // Paused and resumed on one day is no pause.
        _ = try db.value("SELECT door.delete_habit_pause(\(pause.id))", as: Int.self)
      } else {
        try db.queue(["UPDATE habit_pauses SET until_date = \(today) WHERE id = \(pause.id) AND user_id = \(habit.user)"])
      }
    }
    try touch()
    return done("habit.resumed", today)
  }

  /// Put away; the time until it comes back is a pause.
  func archive() throws -> Outcome {
    if habit.status == .archived { return .already }
    try db.queue([
      "UPDATE habits SET status = 'archived', updated_at = \(now) WHERE id = \(habit.id) AND user_id = \(habit.user)",
      """
      INSERT INTO habit_pauses (id, habit_id, user_id, from_date, kind)
      VALUES (\(ID<StoredPause>.new(at: now)), \(habit.id), \(habit.user), \(today), 'archive')
      """,
    ])
    return done("habit.archived")
  }

  /// Back from the archive.
  func restore() throws -> Outcome {
    guard habit.status == .archived else { return .already }
    for pause in habit.pauses where pause.isArchive && pause.until == nil {
      if pause.from >= today {
        _ = try db.value("SELECT door.delete_habit_pause(\(pause.id))", as: Int.self)
      } else {
        try db.queue(["UPDATE habit_pauses SET until_date = \(today) WHERE id = \(pause.id) AND user_id = \(habit.user)"])
      }
    }
    try db.queue(["UPDATE habits SET status = 'active', updated_at = \(now) WHERE id = \(habit.id) AND user_id = \(habit.user)"])
    return done("habit.restored")
  }

  /// Gone, with all that belongs to it; it comes back whole as long as it is kept (``Feature/habits``).
  func delete() throws -> Outcome {
    try db.queue([
      "UPDATE habits SET status = 'deleted', deleted_at = \(now), updated_at = \(now) WHERE id = \(habit.id) AND user_id = \(habit.user)"
    ])
    return done("habit.deleted")
  }

  /// Raises the revision, and keeps what is settled of the past.
  func touch() throws {
    let state = history.reckoning(from: habit.state, today: today)?.state
    try db.queue([
      """
      UPDATE habits SET updated_at = \(now), state = \(state?.bytes), state_next = \(state?.next)
      WHERE id = \(habit.id) AND user_id = \(habit.user)
      """
    ])
    try keepYear()
  }

  /// Raises the revision where the past may be another than what is kept of it: it is read whole from here on.
  func forget() throws {
    try db.queue([
      """
      UPDATE habits SET updated_at = \(now), state = NULL, state_next = NULL, year_state = NULL, year_next = NULL
      WHERE id = \(habit.id) AND user_id = \(habit.user)
      """
    ])
  }

  /// Once a month the past that a year's page begins at moves on.
  private func keepYear() throws {
    let next = HabitState.yearAgo(from: today)
    if habit.yearNext == next || habit.yearNext == nil && history.start >= next { return }
    guard let whole = try calendar.mended(db.rows(Habit.mine("h.id = \(habit.id)", .year)), { try db.rows($0) }).first else { return }
    let history = calendar.history(of: whole)
    let year = (whole.state ?? HabitState(history)).advanced(to: next, history)
    try db.queue([
      "UPDATE habits SET year_state = \(year.bytes), year_next = \(year.next) WHERE id = \(habit.id) AND user_id = \(habit.user)"
    ])
  }

  func done(_ action: String, _ date: Day? = nil, _ facts: [String: String] = [:]) -> Outcome {
    var payload = ["name": habit.name]
    if let date { payload["date"] = date.iso }
    return .done(AuditEntry(action, Habit.subject, habit.id.text, payload.merging(facts) { $1 }))
  }
}

/// Why somebody cannot do something with a habit.
enum HabitRefusal: Refusal, Equatable {
  case archived
  /// It was to be skipped.
  case done(Day)
  /// It was to be skipped, with so much entered that is not enough, or too much.
  case entered(Day, Amount, unit: String)
  /// Its reminder rang for a date that is none of the eight any more.
  case tooLate(String)

  func sentence(_ words: Words) -> String {
    let language = Language(rawValue: words.language) ?? .english
    return switch self {
    case .archived: words("This habit is archived. Restore it first.")
    case .tooLate(let date):
      words("It rang for {date}. Only today and the seven days before can still be ticked, so nothing was.", ["date": date])
    case .done(let date): words("{date} is done already. Undo it first to skip it.", ["date": TimeWords.date(date, language)])
    case .entered(let date, let amount, let unit):
      words(
        "{amount} is entered for {date} already. Undo it first to skip it.",
        ["amount": HabitWords.amount(amount, unit, language), "date": TimeWords.date(date, language)])
    }
  }
}
