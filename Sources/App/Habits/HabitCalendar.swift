import Domain
import Postgres

/// A person's calendar of habits at one moment.
struct HabitCalendar {
  let zone: Zone
  /// Hours after midnight at which a date begins.
  let dayStart: Int
  let weekStart: Weekday
  /// The habit date.
  let today: Day
  /// The dates that may be ticked, the oldest first.
  let offered: [Day]
  /// Dates that the person's zone left out.
  let leftOut: [Day]

  init(_ person: Person, at now: Instant) {
    self.init(zone: person.zone, dayStart: person.dayStart, weekStart: person.weekStart, at: now)
  }

  init(zone: Zone, dayStart: Int, weekStart: Weekday, at now: Instant) {
    let clock = HabitClock(zone: zone, dayStart: dayStart)
    (self.zone, self.dayStart, self.weekStart) = (zone, dayStart, weekStart)
    (today, offered) = (clock.date(now), clock.offered(at: now))
    leftOut = zone.leftOut(in: today.advanced(months: -240)...today)
  }

  /// For a page: it is good until the habit date changes.
  init(_ person: Person, _ clock: PageClock) {
    self.init(person, at: clock.now)
    _ = clock.habitDate(of: person)
  }

  /// What a habit's figures are reckoned from.
  func history(of habit: Habit) -> HabitHistory { history(of: habit, with: habit.entries) }

  /// The same with some of its entries.
  func history(of habit: Habit, with entries: [HabitEntry]) -> HabitHistory {
    HabitHistory(
      created: habit.createdOn, start: habit.state?.start, weekStart: weekStart, changes: habit.changes, entries: entries,
      pauses: habit.pauses.map(\.dates), leftOut: leftOut)
  }
}

extension HabitCalendar {
  /// The dates that may be ticked, and the beginnings of the weeks and months that hold them: under these the coach speaks of a tick.
  var judged: [Day] {
    Array(Set(offered + offered.map { $0.advanced(by: -$0.weekday.offset(from: weekStart)) } + offered.map { $0.advanced(by: 1 - $0.day) }))
  }

  /// What is in force today.
  func ruleToday(of habit: Habit) -> HabitRule { history(of: habit).rule(on: today) }
}
