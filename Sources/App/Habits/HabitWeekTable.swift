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

  /// A habit with its week.
  struct Shown: Equatable {
    let id: ID<Habit>
    let name: String
    let unit: String
    /// Where the habit starts.
    let start: Day
    let week: HabitWeek
    /// What was asked on each of its dates.
    let rules: [HabitRule]

    init(_ habit: Habit, _ history: HabitHistory, _ week: HabitWeek) {
      (id, name, unit, start, self.week) = (habit.id, habit.name, habit.unit, history.start, week)
      rules = week.blocks.map { history.rule(on: $0.date) }
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
    var last: (cell: HabitCell, rule: HabitRule, says: String)?
    for (cell, rule) in zip(week.blocks, it.rules) {
      // What is to come, and what was not asked, say nothing.
      if cell.date > today || cell.mark == .nothing && !cell.isScheduled || cell.date < it.start {
        blocks.append(HabitWeekTable.Block(mark: cell.mark, says: nil))
        continue
      }
      let says: String
      if let last, last.cell.isAs(cell, today: today), last.rule == rule {
        says = last.says
      } else {
        says = HabitWords.state(cell, rule, unit: it.unit, today: today, language)
        last = (cell, rule, says)
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
  init?(_ id: ID<Habit>, _ reader: inout StateReader, _ week: PersonWeek) {
    guard let name = reader.text(), let unit = reader.text(), let start = reader.day(),
      let days = HabitWeek(&reader, first: week.first)
    else { return nil }
    (self.id, self.name, self.unit, self.start, self.week) = (id, name, unit, start, days)
    var rules: [HabitRule] = []
    rules.reserveCapacity(7)
    for _ in days.blocks {
      // Most days ask what the day before did.
      guard let isNew = reader.number(in: 0...1), let rule = isNew == 0 ? rules.last : HabitRule(&reader) else { return nil }
      rules.append(rule)
    }
    self.rules = rules
  }

  func write(to out: inout StateWriter) {
    out.add(name)
    out.add(unit)
    out.add(start.number)
    week.write(to: &out)
    for (index, rule) in rules.enumerated() {
      let isNew = index == 0 || rules[index - 1] != rule
      out.add(isNew ? 1 : 0)
      if isNew { rule.write(to: &out) }
    }
  }
}

extension Proportion {
  /// "75%"; "75 %".
  func percentText(_ language: Language) -> String { String(percent) + (language == .english ? "%" : " %") }
}
