/// All that a habit's figures come from: what was asked, what was done, what was paused. Figures are derived from this and nothing else (RULES 5.6).
///
/// It holds every line of frequencies and pauses, and the entries of all dates or of the last ones only: those that a ``HabitState`` does
/// not hold yet.
public struct HabitHistory: Sendable {
  /// A rule with what is reckoned from it once.
  struct Span: Sendable {
    let from: Day
    let rule: HabitRule
    let unit: HabitUnit
    let score: HabitScore.Formula
  }

  /// The habit date of its making.
  public let created: Day
  /// The first date it is asked for: that of its making, or of an entry before (RULES 5.5).
  public let start: Day
  public let weekStart: Weekday
  /// Ascending, never empty, one a date.
  let spans: [Span]
  /// Ascending, one a date.
  let entries: [HabitEntry]
  let pauses: [HabitPause]
  let leftOut: Set<Day>

  /// - Parameters:
  ///   - created: the habit date of its making.
  ///   - start: where it starts, if the first entries are not among `entries`: ``HabitState/start``.
  ///   - changes: in the order in which they were made; empty means daily ticks.
  ///   - entries: in any order. Of several of one date the last stands.
  ///   - pauses: in any order, archived time among them.
  ///   - leftOut: dates that the person's zone left out (``Zone/leftOut(in:)``): nothing could be done on them.
  public init(
    created: Day, start: Day? = nil, weekStart: Weekday, changes: [HabitChange], entries: [HabitEntry], pauses: [HabitPause] = [],
    leftOut: [Day] = []
  ) {
    self.created = created
    self.weekStart = weekStart
    self.entries = HabitHistory.lastOfDates(entries, \.date)
    let changes = changes.isEmpty ? [HabitChange(from: created, HabitRule(.daily))] : changes
    spans = HabitHistory.lastOfDates(changes, \.from).map { change in
      Span(from: change.from, rule: change.rule, unit: change.rule.unit, score: HabitScore.Formula(change.rule))
    }
    self.leftOut = Set(leftOut)
    self.pauses = HabitPause.merged(pauses + leftOut.map { HabitPause(from: $0, until: $0.advanced(by: 1)) })
    self.start = min(start ?? created, created, self.entries.first?.date ?? created)
  }

  /// What holds on a date.
  public func rule(on date: Day) -> HabitRule { spans[spanIndex(on: date)].rule }

  /// Whether nothing is asked on a date.
  public func isPaused(on date: Day) -> Bool {
    pauses.contains { $0.from <= date && $0.until.map { date < $0 } ?? true }
  }

  /// What was entered for a date.
  public func entry(on date: Day) -> HabitEntry? {
    let index = entryIndex(from: date)
    return index < entries.count && entries[index].date == date ? entries[index] : nil
  }

  /// Where the streak that stands on `date` could have begun: the start, or the last change between days, weeks and months (RULES 5.5).
  public func since(asOf date: Day) -> Day {
    var index = spanIndex(on: date)
    let unit = spans[index].unit
    while index > 0, spans[index - 1].unit == unit, spans[index].from > start { index -= 1 }
    return index == 0 ? start : max(spans[index].from, start)
  }

  /// Today, or the last date done where that is later: who travels west across midnight keeps the streak (RULES 5.7).
  func anchor(today: Day) -> Day {
    let lastDone = entries.last { $0.amount != nil }?.date ?? today
    return max(today, lastDone, start)
  }

  func spanIndex(on date: Day) -> Int { max(0, HabitHistory.count(spans, upTo: date, \.from) - 1) }

  /// Of the first entry on or after a date.
  func entryIndex(from date: Day) -> Int { HabitHistory.count(entries, upTo: date.advanced(by: -1), \.date) }

  /// How many of the first ones are at or before a date.
  static func count<Item>(_ items: [Item], upTo date: Day, _ day: (Item) -> Day) -> Int {
    var low = 0
    var high = items.count
    while low < high {
      let middle = (low + high) / 2
      if day(items[middle]) <= date { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Sorted by date; of several on one date the last.
  private static func lastOfDates<Item>(_ items: [Item], _ date: (Item) -> Day) -> [Item] {
    var sorted: [Item] = []
    sorted.reserveCapacity(items.count)
    let isAscending = zip(items, items.dropFirst()).allSatisfy { date($0) < date($1) }
    if isAscending { return items }
    // Stable, as the standard library promises: of one date the last stays last.
    for item in items.sorted(by: { date($0) < date($1) }) {
      if let last = sorted.last, date(last) == date(item) { sorted.removeLast() }
      sorted.append(item)
    }
    return sorted
  }
}
