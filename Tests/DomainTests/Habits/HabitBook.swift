@testable import Domain

/// A habit that people do random things to, and its stored state, kept as the site keeps it.
struct HabitBook {
  private(set) var created: Day
  private(set) var weekStart = Weekday.monday
  private(set) var changes: [HabitChange]
  private(set) var entries: [Day: HabitEntry] = [:]
  private(set) var pauses: [HabitPause] = []
  private(set) var today: Day
  private(set) var state: HabitState?
  private let hasAmounts: Bool

  init(_ random: inout Seeded) {
    hasAmounts = Bool.random(using: &random)
    today = Day(20_000 + Int.random(in: 0..<3000, using: &random))
    created = today
    changes = []
    changes = [HabitChange(from: today, rule(&random))]
  }

  /// All entries, in no order.
  func history(_ random: inout Seeded) -> HabitHistory {
    HabitHistory(
      created: created, weekStart: weekStart, changes: changes, entries: entries.values.shuffled(using: &random),
      pauses: pauses.shuffled(using: &random))
  }

  var oracle: HabitOracle {
    HabitOracle(created: created, weekStart: weekStart, changes: changes, entries: entries, pauses: pauses, today: today)
  }

  /// Figures as a page makes them: the stored state and the entries since, else all entries. Stores the new state.
  mutating func reckon() -> HabitFigures? {
    if let state = state.flatMap({ HabitState(bytes: $0.bytes) }) {
      let recent = HabitHistory(
        created: created, start: state.start, weekStart: weekStart, changes: changes,
        entries: entries.values.filter { $0.date >= state.next },
        pauses: pauses)
      if let reckoning = recent.reckoning(from: state, today: today) {
        self.state = reckoning.state
        return reckoning.figures
      }
    }
    let all = HabitHistory(created: created, weekStart: weekStart, changes: changes, entries: Array(entries.values), pauses: pauses)
    let reckoning = all.reckoning(today: today)
    state = reckoning?.state
    return reckoning?.figures
  }

  /// One thing that somebody does, or time that passes.
  mutating func act(_ random: inout Seeded) {
    let date = today.advanced(by: -Int.random(in: 0...7, using: &random))
    switch Int.random(in: 0..<40, using: &random) {
    case 0..<14: put(HabitEntry(date, .done(amount(&random)), hasNote: Bool.random(using: &random)))
    case 14..<17: remove(date)
    case 17..<20: put(HabitEntry(date, .skipped(SkipReason.allCases.randomElement(using: &random))))
    case 20: put(HabitEntry(date, .note, hasNote: true))
    case 21:
      let from = today.advanced(by: Int.random(in: -7...20, using: &random))
      pauses.append(
        HabitPause(from: from, until: Bool.random(using: &random) ? nil : from.advanced(by: Int.random(in: 0...20, using: &random))))
    case 22, 23: pauses = pauses.map { $0.until == nil && $0.from <= today ? HabitPause(from: $0.from, until: today) : $0 }
    case 24: if let index = pauses.indices.randomElement(using: &random) { pauses.remove(at: index) }
    case 25, 26: changes.append(HabitChange(from: today, rule(&random)))
    case 27: if changes.count > 1, let index = changes.indices.randomElement(using: &random) { changes.remove(at: index) }
    case 28: weekStart = Weekday.allCases.randomElement(using: &random) ?? .monday
    // Another zone, east or west: by the date line two dates.
    case 29: today = today.advanced(by: Int.random(in: -2...2, using: &random))
    // A file of another product.
    case 30:
      for _ in 0..<5 { put(HabitEntry(today.advanced(by: -Int.random(in: 0...400, using: &random)), .done(amount(&random)))) }
    case 31: today = today.advanced(by: Int.random(in: 5...60, using: &random))
    default: today = today.advanced(by: 1)
    }
  }

  private mutating func put(_ entry: HabitEntry) {
    entries[entry.date] = entry
    forget(entry.date)
  }

  private mutating func remove(_ date: Day) {
    entries[date] = nil
    forget(date)
  }

  private mutating func forget(_ date: Day) {
    if let state, date < state.next { self.state = nil }
  }

  private func amount(_ random: inout Seeded) -> Amount {
    hasAmounts ? Amount(thousandths: Int.random(in: 0...6, using: &random) * 500) : .zero
  }

  private func rule(_ random: inout Seeded) -> HabitRule {
    let frequency: HabitFrequency =
      switch Int.random(in: 0..<4, using: &random) {
      case 0: .daily
      case 1: .days(WeekdaySet(bits: UInt8.random(in: 1...127, using: &random)))
      case 2: .perWeek(Int.random(in: 1...7, using: &random))
      default: .perMonth(Int.random(in: 1...31, using: &random))
      }
    guard hasAmounts else { return HabitRule(frequency) }
    let direction: HabitTarget.Direction = Bool.random(using: &random) ? .atLeast : .atMost
    let lowest = direction == .atLeast ? 1 : 0
    let period: HabitTarget.Period = Bool.random(using: &random) ? .day : Bool.random(using: &random) ? .week : .month
    return HabitRule(frequency, target: HabitTarget(Amount(Int.random(in: lowest...4, using: &random)), direction, per: period))
  }
}
