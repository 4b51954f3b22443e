import Domain
import HTML

/// What people are told about what they did with a habit.
struct HabitText {
  private let commands: HabitCommands
  private let words: Words
  private let language: Language

  init(_ commands: HabitCommands, _ words: Words, _ language: Language) {
    (self.commands, self.words, self.language) = (commands, words, language)
  }

  private var habit: Habit { commands.habit }

  /// A date that is not one of the eight.
  var outside: String { HabitText.outside(commands.calendar, words, language) }

  static func outside(_ calendar: HabitCalendar, _ words: Words, _ language: Language) -> String {
    func date(_ day: Day) -> String { HabitWords.date(day, today: calendar.today, language) }
    return words(
      "Choose a date from {first} to {last}: today and the seven days before.",
      ["first": date(calendar.offered.first ?? calendar.today), "last": date(calendar.today)])
  }

  /// - Parameters:
  ///   - changed: of how many dates it was not so already.
  ///   - coach: what the coach says about it.
  func completed(_ form: HabitDaysForm, changed: Int, _ coach: CoachText?) -> String {
    let done = changed == 0 ? words("It was done already.") : form.dates.count == 1 ? completed(form) : completed(form, days: changed)
    return coach.map { words("{done} Coach, without AI: “{text}”", ["done": done, "text": $0.text]) } ?? done
  }

  private func completed(_ form: HabitDaysForm, days: Int) -> String {
    // A part of a target is entered and not done.
    let done =
      habit.kind == .amount
      ? words.count("“{name}”: entered on {n} day.", "“{name}”: entered on {n} days.", days, ["name": habit.name])
      : words.count("“{name}”: {n} day done.", "“{name}”: {n} days done.", days, ["name": habit.name])
    let skips = form.dates.count { commands.isSkipped(on: $0) }
    return skips == 0 ? done : done + " " + words.count("{n} skip is taken away.", "{n} skips are taken away.", skips)
  }

  private func completed(_ form: HabitDaysForm) -> String {
    let day = form.dates[0]
    let wasSkipped = commands.isSkipped(on: day)
    let sum = form.sum(on: day).map { $0.text(language) + (habit.unit.isEmpty ? "" : " " + habit.unit) }
    let values: KeyValuePairs = ["name": habit.name, "date": date(day), "amount": sum ?? ""]
    if sum != nil {
      return wasSkipped
        ? words("“{name}”, {date}: {amount}; the skip is taken away.", values) : words("“{name}”, {date}: {amount}.", values)
    }
    return wasSkipped ? words("“{name}”, {date}: done; the skip is taken away.", values) : words("“{name}”, {date}: done.", values)
  }

  /// - Parameter changed: of how many dates it was not so already.
  func skipped(_ form: HabitDaysForm, changed: Int) -> String {
    let day = form.dates[0]
    if form.dates.count > 1 {
      if changed == 0 { return words("Nothing was changed.") }
      return words.count("“{name}”: {n} day skipped.", "“{name}”: {n} days skipped.", changed, ["name": habit.name])
    }
    if changed == 0, !commands.rule(on: day).isScheduled(day.weekday) {
      return words("Nothing is asked on {date}, so there is nothing to skip.", ["date": date(day)])
    }
    return changed == 0
      ? words("It was skipped already.") : words("“{name}”, {date}: skipped.", ["name": habit.name, "date": date(day)])
  }

  func undone(_ day: Day, _ outcome: HabitCommands.Outcome) -> String {
    if outcome == .already { return words("There was nothing to undo.") }
    let hasNote = commands.entered(on: day)?.hasNote == true
    return hasNote
      ? words("{date} is undone; its note stays.", ["date": date(day)]) : words("{date} is undone.", ["date": date(day)])
  }

  static func paused(_ pause: HabitPause, _ words: Words, _ language: Language) -> String {
    func date(_ day: Day) -> String { TimeWords.date(day, language) }
    let values: KeyValuePairs = ["from": date(pause.from), "until": pause.until.map(date) ?? ""]
    return pause.until == nil
      ? words("Paused from {from} until you resume it.", values) : words("Paused from {from}; it goes on on {until}.", values)
  }

  /// "Monday 4 January", "segunda-feira, 4 de janeiro".
  private func date(_ day: Day) -> String { HabitWords.date(day, today: commands.calendar.today, language) }
}
