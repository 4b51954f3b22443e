import Domain
import Postgres

/// What the coach says when a habit's days change: made before the change, asked after it, in the transaction that holds the habit's row.
struct CoachListening {
  private let writing: CoachWriting
  private let calendar: HabitCalendar
  private let habit: Habit
  /// Nil: the person wants silence.
  private let before: ReckonedHabit?

  /// - Parameter habit: as it was read before the change.
  init(_ habit: Habit, _ calendar: HabitCalendar, _ writing: CoachWriting) throws {
    (self.habit, self.calendar, self.writing) = (habit, calendar, writing)
    before = writing.person.coach.speak == .never ? nil : try calendar.reckoned([habit], writing.db).first
  }

  /// - Parameters:
  ///   - dates: those that were ticked, or of which an amount was entered.
  ///   - changed: the habit as it is now.
  ///   - said: what it said of the habit, of these dates at least; nil: that is asked for where it matters.
  /// - Returns: what it says; nil: nothing.
  func afterTick(_ dates: [Day], _ changed: Habit, said known: [CoachSaid]?) throws -> CoachText? {
    guard let before, let day = dates.max() else { return nil }
    let begun = Array(Set(dates + dates.map { before.history.beginning(of: $0) }))
    guard let after = try calendar.reckoned([changed], writing.db).first else { return nil }
    let said: [CoachSaid]
    if let known { said = known } else { said = try writing.db.read(CoachSaid.about(habit.id, begun)) }
    try withdraw(begun, before, after)
    let reached = try reached(before, after)
    let hasGrown = after.figures.current > before.figures.current
    let occasion = CoachSpeaking.afterTick(
      before: before.coached(on: day, hasGrown: false, calendar), after: after.coached(on: day, hasGrown: hasGrown, calendar), day: day,
      speak: writing.person.coach.speak,
      reached: { _ in reached ?? day }, said: { said.holds($0, $1) })
    guard let occasion else { return nil }
    let figures = after.figures
    let streak = CoachCount(figures.current, CoachUnit(figures.unit))
    switch occasion.kind {
    case .milestone:
      // As long as it is: several dates at once may have gone past it.
      let saying = CoachSaying.streak(habit: habit.name, streak, total: figures.total)
      return try writing.write(saying, about: .habit(habit.id), on: occasion.day, said: said)
    case .complete, .miss, .secondMiss:
      let saying = CoachSaying.complete(
        habit: habit.name, on: CoachPeriod(day), total: figures.total, streak: streak,
        amount: after.reached(on: day).map { CoachAmount(thousandths: $0.thousandths, unit: habit.unit) })
      return try writing.write(saying, about: .habit(habit.id), on: occasion.day, said: said)
    }
  }

  /// The date of the milestone that the change came to or passed: the days of the streak tell it.
  private func reached(_ before: ReckonedHabit, _ after: ReckonedHabit) throws -> Day? {
    guard after.figures.current > before.figures.current, let first = after.figures.streak?.first else { return nil }
    let new = (before.figures.current + 1...after.figures.current).suffix(400)
    guard let length = new.last(where: CoachSpeaking.isMilestone) else { return nil }
    let since = try writing.db.read(Habit.mine("h.id = \(habit.id)", .from(first))).first
    return since.flatMap { calendar.history(of: $0).reached(length, since: first, today: calendar.today) }
  }

  /// What was said of a miss that is none any more goes.
  private func withdraw(_ dates: [Day], _ before: ReckonedHabit, _ after: ReckonedHabit) throws {
    guard after.figures.misses < before.figures.misses else { return }
    try writing.db.queue([
      """
      UPDATE coach_messages SET deleted_at = \(writing.now)
      WHERE habit_id = \(habit.id) AND user_id = \(habit.user) AND event = 'habit_fail' AND date = ANY (\(dates)) AND deleted_at IS NULL
      """
    ])
  }
}

extension CoachUnit {
  init(_ unit: HabitUnit) {
    switch unit {
    case .days: self = .days
    case .weeks: self = .weeks
    case .months: self = .months
    }
  }
}

extension ReckonedHabit {
  /// The figures that decide whether the coach speaks.
  ///
  /// - Parameter hasGrown: whether the change made the streak longer: of a week or month that is over nothing else tells that its sum is reached.
  fileprivate func coached(on day: Day, hasGrown: Bool, _ calendar: HabitCalendar) -> CoachFigures {
    let isKept: Bool
    if let target = history.rule(on: day).sums {
      // A part of a sum keeps nothing yet, and at most so much is kept when the week is over.
      isKept = sum(on: day).map { target.direction == .atLeast && $0 >= target.amount } ?? hasGrown
    } else {
      isKept = history.cells(day...day, today: calendar.today).first?.mark == .kept
    }
    return CoachFigures(streak: figures.current, misses: figures.misses, isKept: isKept)
  }

  /// What was reached of a target with what was entered on a date. Nil: there is none to reach, or it is not known.
  fileprivate func reached(on day: Day) -> Amount? {
    guard let target = history.rule(on: day).target, target.direction == .atLeast else { return nil }
    return target.period == .day ? history.entry(on: day)?.amount : sum(on: day)
  }

  /// Of the week or month that goes on, where it holds the date.
  private func sum(on day: Day) -> Amount? {
    guard let progress = figures.today.progress, progress.required == nil, day >= progress.first else { return nil }
    return progress.sum
  }
}

extension HabitCommands {
  /// Ticks dates, lets the coach speak of it, and writes it down in the person's log of events.
  ///
  /// - Parameters:
  ///   - notes: nil: those that are there stay.
  ///   - said: as ``CoachListening/afterTick(_:_:said:)`` has it.
  ///   - sum: what the sum of a date becomes; of ticks ignored.
  /// - Returns: the entries for the audit log, none where all was so already, and the coach's words.
  func complete(_ dates: [Day], notes: String?, said: [CoachSaid]? = nil, _ web: Context, _ sum: (Day) -> Amount?) throws -> (
    entries: [AuditEntry], words: CoachText?
  ) {
    let coach = try CoachListening(habit, calendar, web.coachWriting)
    let entries = try dates.flatMap { try complete($0, amount: sum($0), notes: notes).entries }
    if entries.isEmpty { return ([], nil) }
    try web.db.queue(EventLog.noting(.habitCompleted, ["habit": habit.id.text], of: web.person, at: web.now))
    return (entries, try coach.afterTick(dates, habit.completed(dates, notes: notes, sum), said: said))
  }
}

extension Habit {
  /// As it is once these dates are done: what another read of its rows would say.
  fileprivate func completed(_ dates: [Day], notes: String?, _ sum: (Day) -> Amount?) -> Habit {
    var changed = self
    for date in dates {
      let place = changed.entries.firstIndex { $0.date >= date } ?? changed.entries.endIndex
      let stored = place < changed.entries.endIndex && changed.entries[place].date == date ? changed.entries[place] : nil
      if kind == .tick, notes == nil, stored?.amount != nil { continue }  // Done already.
      let amount = kind == .amount ? sum(date) ?? .zero : .zero
      let entry = HabitEntry(date, .done(amount), hasNote: notes.map { !$0.utf8.isEmpty } ?? stored?.hasNote ?? false)
      changed.entries.replaceSubrange(place..<(stored == nil ? place : place + 1), with: [entry])
    }
    return changed
  }
}
