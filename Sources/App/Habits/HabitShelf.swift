import Domain
import Postgres
import Web

/// A habit with what is reckoned of it today.
struct ReckonedHabit {
  let habit: Habit
  let history: HabitHistory
  let figures: HabitFigures

  var isPaused: Bool { figures.today.isPaused }
}

/// The person's habits as their list asks for them.
struct HabitShelf {
  let calendar: HabitCalendar
  /// Those of the list, in its order.
  let habits: [HabitLine]
  /// How many are in each status of the list.
  let counts: [HabitFilter.Status: Int]
  /// Those that are paused today, where the list does not show them as rows.
  let paused: [HabitLine]
  /// The names of all groups, each once, in the order of their habits.
  let groups: [String]
  /// Whether a pause of everything runs or is to come.
  let isPausedTogether: Bool

  static func read(_ filter: HabitFilter, _ web: Context) throws -> HabitShelf {
    let kept = try HabitLines.read(holding: filter.search, web)
    return HabitShelf(kept.lines, filter, kept.calendar)
  }

  /// What is stored of a habit ends nine days before its last tick (``HabitState/settled(on:)``): this reaches those of today and yesterday.
  static func recent(_ now: Instant) -> Day { Zone.utc.local(now).day.advanced(by: -11) }

  private init(_ all: [HabitLine], _ filter: HabitFilter, _ calendar: HabitCalendar) {
    self.calendar = calendar
    var groups: [String] = []
    for habit in all where !habit.group.utf8.isEmpty && !groups.contains(habit.group) { groups.append(habit.group) }
    self.groups = groups
    isPausedTogether = all.contains(where: \.isPausedTogether)
    let all = all.filter { habit in filter.group.map { $0.lowercased() == habit.group.lowercased() } ?? true }
    counts = Dictionary(uniqueKeysWithValues: HabitFilter.Status.allCases.map { status in (status, all.count { $0.belongs(to: status) }) })
    habits = HabitShelf.sorted(all.filter { $0.belongs(to: filter.status) }, filter.sort)
    paused = filter.status == .active ? all.filter { $0.belongs(to: .paused) } : []
  }

  /// Sorting keeps the person's own order among equals.
  private static func sorted(_ habits: [HabitLine], _ sort: HabitFilter.Sort) -> [HabitLine] {
    switch sort {
    case .position: habits
    case .name: habits.sorted { ($0.name.lowercased(), $0.id.text) < ($1.name.lowercased(), $1.id.text) }
    case .time: habits.sorted { ($0.preferredTime?.second ?? .max) < ($1.preferredTime?.second ?? .max) }
    case .score: habits.sorted { $0.figures.score > $1.figures.score }
    case .streak: habits.sorted { $0.figures.current > $1.figures.current }
    }
  }
}

extension HabitLine {
  /// Paused ones are asked for nothing, so they are not among the active.
  fileprivate func belongs(to filter: HabitFilter.Status) -> Bool {
    let isActive = status == .active
    return switch filter {
    case .active: isActive && !isPaused
    case .due: isActive && figures.today.isDue
    case .rescue: isActive && figures.isRescue
    case .paused: isActive && isPaused
    case .archived: status == .archived
    case .all: true
    }
  }
}

extension HabitCalendar {
  /// Figures of today.
  func reckoned(_ habits: [Habit], _ web: Context) throws -> [ReckonedHabit] { try reckoned(habits) { try web.read($0) } }

  /// The same in a transaction that acts for the person.
  func reckoned(_ habits: [Habit], _ db: Connection) throws -> [ReckonedHabit] { try reckoned(habits) { try db.read($0) } }

  private func reckoned(_ habits: [Habit], _ read: (Query<Habit>) throws -> [Habit]) throws -> [ReckonedHabit] {
    try mended(habits, read).compactMap { habit in
      let history = history(of: habit)
      return history.reckoning(from: habit.state, today: today).map { ReckonedHabit(habit: habit, history: history, figures: $0.figures) }
    }
  }

  /// Those whose stored past does not fit any more are read whole: one query, whatever their number.
  func mended(_ habits: [Habit], _ read: (Query<Habit>) throws -> [Habit]) throws -> [Habit] {
    let stale = habits.filter { habit in habit.state.map { !$0.fits(history(of: habit)) || today < $0.next } ?? false }.map(\.id)
    if stale.isEmpty { return habits }
    let whole = try read(Habit.mine("h.id = ANY (\(stale))", .whole))
    let mended = Dictionary(whole.map { ($0.id, $0) }) { $1 }
    return habits.map { mended[$0.id] ?? $0 }
  }
}
