import Domain
import Postgres

/// A habit as its reminder sees it: which of its dates ring, and which have.
struct HabitRing {
  let owned: OwnedHabit
  /// The last date that rang by itself.
  let lastDate: Day?
  /// nil: nothing of it rings, since it is put away or has no reminder any more.
  private let bell: HabitBell?

  var habit: Habit { owned.habit }
  /// Whether it is to have a reminder, whether that rings now or not.
  var isWanted: Bool { habit.reminderProfile != nil && habit.preferredTime != nil }

  private init(_ owned: OwnedHabit, lastDate: Day?) {
    (self.owned, self.lastDate) = (owned, lastDate)
    bell = owned.habit.status == .active ? owned.habit.preferredTime.map { HabitBell(owned.history, owned.clock, at: $0) } : nil
  }

  /// Some habits, in one round trip however many they are; none where there are none.
  static func read(_ ids: [ID<Habit>], _ zones: Zones, at now: Instant, _ db: Connection) throws -> [ID<Habit>: HabitRing] {
    if ids.isEmpty { return [:] }
    let (found, rung) = try db.read(owned(ids, zones, at: now), lastDates(ids))
    return of(found, rung)
  }

  /// - Parameters: what ``owned(_:_:at:)`` and ``lastDates(_:)`` found.
  static func of(_ found: [OwnedHabit], _ rung: [(ID<Habit>, Day)]) -> [ID<Habit>: HabitRing] {
    let last = Dictionary(rung) { $1 }
    return Dictionary(found.map { ($0.habit.id, HabitRing($0, lastDate: last[$0.habit.id])) }) { $1 }
  }

  /// With the entries of the week or month of each date that can still be ticked.
  static func owned(_ ids: [ID<Habit>], _ zones: Zones, at now: Instant) -> Query<OwnedHabit> {
    Habit.owned(ids, entries: Zone.utc.local(now).day.advanced(by: -45), zones)
  }

  /// What somebody rang by hand is no ring of the date's own.
  static func lastDates(_ ids: [ID<Habit>]) -> Query<(ID<Habit>, Day)> {
    Query(
      tuple: """
        SELECT r.habit_id, max(e.habit_date) FROM reminders r JOIN escalations e ON e.reminder_id = r.id
        WHERE r.habit_id = ANY (\(ids)) AND e.habit_date IS NOT NULL AND e.reason IS DISTINCT FROM 'by_hand' GROUP BY r.habit_id
        """)
  }

  // MARK: - Which date rings

  /// The newest date that should have rung by now, with what was missed before it; nil: none.
  ///
  /// - Parameter planned: when the reminder was to ring.
  func due(since planned: Instant?, at now: Instant, isWaking: Bool) -> DueOccurrence? {
    guard let bell, let planned, planned <= now else { return nil }
    let rings = bell.due(since: planned, at: now, last: lastDate)
    guard let newest = rings.last else { return nil }
    let isLate = EscalationCourse.start(due: newest.at, at: now) == now && newest.at != now
    return DueOccurrence(
      at: newest.at, isWaking ? .snoozed : rings.count > 1 || isLate ? .caughtUp : .due, missed: rings.count - 1,
      missedFrom: rings.count > 1 ? rings[0].at : nil, for: newest.date)
  }

  /// The end of a snooze under which nothing rang: it rings once more for the date that rang last as long as that asks for something, else for the
  /// date it is by then.
  func waking(until: Instant, at now: Instant) -> DueOccurrence? {
    guard let bell else { return nil }
    let last = lastDate.flatMap { owned.clock.offered(at: now).contains($0) && bell.silence(on: $0) == nil ? $0 : nil }
    let date = last ?? owned.clock.date(until)
    return bell.silence(on: date) == nil ? DueOccurrence(at: until, .snoozed, for: date) : nil
  }

  /// - Parameter last: a date that rings now.
  func next(after moment: Instant, last: Day? = nil) -> Instant? { bell?.next(after: moment, last: last ?? lastDate)?.at }

  /// Why a date need not go on ringing; nil: it does.
  func silence(on date: Day) -> HabitSilence? {
    switch habit.status {
    case .archived: .archived
    case .deleted: .deleted
    case .active: bell?.silence(on: date) ?? (bell == nil ? .unasked : nil)
    }
  }

  /// The date that an instant belongs to.
  func date(_ instant: Instant) -> Day { owned.clock.date(instant) }

  // MARK: - How the reminder reads

  /// Its row and schedule as the habit says. The schedule is what people and other calendars read; what rings, the habit's dates say.
  func draft(nextAt: Instant?) throws -> ReminderDraft? {
    guard let profile = habit.reminderProfile, let time = habit.preferredTime else { return nil }
    let seconds = time.second
    let cron = try Cron("\(seconds / 60 % 60) \(seconds / 3_600) * * \(weekdays(isNight: seconds < owned.clock.dayStart * 3_600))")
    return ReminderDraft(
      title: habit.name, description: "", importance: .medium, profile: profile,
      schedule: try Schedule(.recurring(cron), zone: owned.clock.zone), nextAt: nextAt, isMoved: false, habit: habit.id)
  }

  /// - Parameter isNight: the time is one of the night after each date.
  private func weekdays(isNight: Bool) -> String {
    let rule = habit.changes.last?.rule
    guard let rule, rule.sums == nil, case .days(let days) = rule.frequency else { return "*" }
    return days.days(from: .monday).map { String(($0.rawValue + (isNight ? 1 : 0)) % 7) }.joined(separator: ",")
  }
}
