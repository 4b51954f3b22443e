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

  /// - Parameter parts: with the week of each habit.
  init(_ week: PersonWeek, _ parts: [(title: String?, habits: [(habit: ReckonedHabit, week: HabitWeek)])], today: Day, _ language: Language)
  {
    days = week.days.map {
      Heading(short: "\(TimeWords.short($0.weekday, language))", name: HabitWords.date($0, today: today, language))
    }
    self.parts = parts.map { part in
      Part(
        title: part.title, rows: part.habits.map { Row($0.habit, $0.week, today: today, language) },
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
  fileprivate init(_ it: ReckonedHabit, _ week: HabitWeek, today: Day, _ language: Language) {
    name = it.habit.name
    path = Paths.habit(it.habit.id)
    blocks = week.blocks.map { cell in
      let rule = it.history.rule(on: cell.date)
      let says = HabitWords.state(cell, rule, unit: it.habit.unit, today: today, language)
      // What is to come, and what was not asked, say nothing.
      let isSilent = cell.date > today || cell.mark == .nothing && !cell.isScheduled || cell.date < it.history.start
      return HabitWeekTable.Block(mark: cell.mark, says: isSilent ? nil : says)
    }
    done = String(week.done)
    required = week.required.map { String($0) }
    rate = week.rate?.percentText(language)
  }
}

extension Proportion {
  /// "75%"; "75 %".
  func percentText(_ language: Language) -> String { String(percent) + (language == .english ? "%" : " %") }
}
