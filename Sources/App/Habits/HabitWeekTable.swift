import Domain
import HTML

/// A week of habits as a table: seven blocks each, and how much of what was asked was done.
struct HabitWeekTable {
  let days: [Heading]
  let parts: [Part]

  /// A date over its column.
  struct Heading {
    let short: String
    let name: String
  }

  /// The habits of one group, or all.
  struct Part {
    /// nil: no heading.
    let title: String?
    let rows: [Row]
    /// "9 of 12, 75%".
    let subtotal: String?
  }

  struct Row {
    let name: String
    let path: Path
    let blocks: [Block]
    let done: String
    /// nil: nothing was asked, or is asked of a week.
    let required: String?
    let rate: String?
  }

  struct Block {
    let mark: HabitCell.Mark
    /// The same for who cannot see it; nil: nothing.
    let says: String?

    /// The style sheet draws the sign of it.
    var name: String { mark.rawValue }
  }

  /// A habit with its week. An object, as ``WeekLine`` is.
  final class Shown: Equatable {
    let id: ID<Habit>
    let name: String
    let unit: String
    /// Where the habit starts.
    let start: Day
    let week: HabitWeek
    /// What was asked on each of its dates.
    let rules: WeekRules

    init(_ habit: Habit, _ history: HabitHistory, _ week: HabitWeek) {
      (id, name, unit, start, self.week) = (habit.id, habit.name, habit.unit, history.start, week)
      rules = WeekRules(week.blocks.map { history.rule(on: $0.date) })
    }

    init?(_ id: ID<Habit>, _ reader: inout StateReader, _ week: PersonWeek) {
      guard let name = reader.text(), let unit = reader.text(), let start = reader.day(),
        let days = HabitWeek(&reader, first: week.first), let rules = WeekRules(&reader)
      else { return nil }
      (self.id, self.name, self.unit, self.start, self.week, self.rules) = (id, name, unit, start, days, rules)
    }

    static func == (a: Shown, b: Shown) -> Bool {
      a.id == b.id && a.name == b.name && a.unit == b.unit && a.start == b.start && a.week == b.week && a.rules == b.rules
    }
  }

  init(_ week: PersonWeek, _ parts: [(title: String?, habits: [Shown])], today: Day, _ language: Language) {
    days = week.days.map {
      Heading(short: "\(TimeWords.short($0.weekday, language))", name: HabitWords.date($0, today: today, language))
    }
    self.parts = parts.map { part in
      Part(
        title: part.title, rows: part.habits.map { Row($0, today: today, language) },
        subtotal: part.title == nil ? nil : HabitWeekTable.subtotal(part.habits.map(\.week), language))
    }
  }

  /// What the weeks of a group come to.
  private static func subtotal(_ weeks: [HabitWeek], _ language: Language) -> String? {
    guard let mean = HabitWeek.mean(weeks) else { return nil }
    let judged = weeks.filter { $0.required != nil }
    let (done, required) = (judged.reduce(0) { $0 + $1.done }, judged.reduce(0) { $0 + ($1.required ?? 0) })
    return "\(done) / \(required) · \(mean.percentText(language))"
  }
}

extension HabitWeekTable.Row {
  fileprivate init(_ it: HabitWeekTable.Shown, today: Day, _ language: Language) {
    let week = it.week
    name = it.name
    path = Paths.habit(it.id)
    var blocks: [HabitWeekTable.Block] = []
    blocks.reserveCapacity(7)
    // Most dates say what the one before said.
    var last: (index: Int, says: String)?
    for (index, cell) in week.blocks.enumerated() {
      // What is to come, and what was not asked, say nothing.
      if cell.date > today || cell.mark == .nothing && !cell.isScheduled || cell.date < it.start {
        blocks.append(HabitWeekTable.Block(mark: cell.mark, says: nil))
        continue
      }
      let says: String
      if let last, week.blocks[last.index].isAs(cell, today: today), it.rules.areSame(last.index, index) {
        says = last.says
      } else {
        says = HabitWords.state(cell, it.rules[index], unit: it.unit, today: today, language)
        last = (index, says)
      }
      blocks.append(HabitWeekTable.Block(mark: cell.mark, says: says))
    }
    self.blocks = blocks
    done = String(week.done)
    required = week.required.map { String($0) }
    rate = week.rate?.percentText(language)
  }
}

extension HabitCell {
  /// Whether ``HabitWords/state(_:_:unit:today:_:)`` says the same of both, by one rule.
  fileprivate func isAs(_ other: HabitCell, today: Day) -> Bool {
    mark == other.mark && entered == other.entered && reason == other.reason && isScheduled == other.isScheduled
      && (date < today) == (other.date < today)
  }
}

// MARK: - How a row is kept

extension HabitWeekTable.Shown {
  func write(to out: inout StateWriter) {
    out.add(name)
    out.add(unit)
    out.add(start.number)
    week.write(to: &out)
    for index in 0..<7 {
      let isNew = index == 0 || !rules.areSame(index - 1, index)
      out.add(isNew ? 1 : 0)
      if isNew { rules[index].write(to: &out) }
    }
  }
}

/// What was asked on each of seven dates: nearly always the same on all.
struct WeekRules: Equatable {
  private let first: HabitRule
  /// Of all seven; empty: they are all the first.
  private let each: [HabitRule]

  /// - Parameter rules: seven.
  init(_ rules: [HabitRule]) {
    first = rules.first ?? HabitRule(.daily)
    each = rules.count == 7 && rules.contains { $0 != rules[0] } ? rules : []
  }

  /// - Parameter index: 0 to 6.
  subscript(index: Int) -> HabitRule { each.isEmpty ? first : each[index] }

  func areSame(_ one: Int, _ other: Int) -> Bool { each.isEmpty || each[one] == each[other] }
}

extension WeekRules {
  fileprivate init?(_ reader: inout StateReader) {
    // Most days ask what the day before did.
    guard reader.number(in: 1...1) != nil, let first = HabitRule(&reader) else { return nil }
    var (last, each): (HabitRule, [HabitRule]) = (first, [])
    for index in 1..<7 {
      guard let isNew = reader.number(in: 0...1) else { return nil }
      if isNew == 1 {
        guard let rule = HabitRule(&reader) else { return nil }
        if each.isEmpty { each = [HabitRule](repeating: first, count: index) }
        last = rule
      }
      if !each.isEmpty { each.append(last) }
    }
    (self.first, self.each) = (first, each)
  }
}

extension Proportion {
  /// "75%"; "75 %".
  func percentText(_ language: Language) -> String { String(percent) + (language == .english ? "%" : " %") }
}
