// What a file says of a habit, in the terms that figures are reckoned in, and back.

extension HabitFrequency {
  public init(_ written: HabitFile.Frequency) {
    switch written {
    case .daily: self = .daily
    case .days(let days): self = .days(WeekdaySet(days))
    case .perWeek(let times): self = .perWeek(times)
    case .perMonth(let times): self = .perMonth(times)
    }
  }
}

extension HabitFile.Frequency {
  public init(_ frequency: HabitFrequency) {
    switch frequency {
    case .daily: self = .daily
    case .days(let days): self = .days(Set(days.days()))
    case .perWeek(let times): self = .perWeek(times)
    case .perMonth(let times): self = .perMonth(times)
    }
  }
}

extension HabitRule {
  public init(_ written: HabitFile.Rule) {
    let period: HabitTarget.Period =
      switch written.period {
      case .day: .day
      case .week: .week
      case .month: .month
      }
    let target = written.target.map {
      HabitTarget(Amount(thousandths: $0), written.direction == .atLeast ? .atLeast : .atMost, per: period)
    }
    self.init(HabitFrequency(written.frequency), target: target)
  }
}

extension HabitFile.Rule {
  public init(_ change: HabitChange) {
    let target = change.rule.target
    let period: Period =
      switch target?.period {
      case nil, .day: .day
      case .week: .week
      case .month: .month
      }
    self.init(
      from: change.from, frequency: .init(change.rule.frequency), target: target?.amount.thousandths,
      direction: target?.direction == .atMost ? .atMost : .atLeast, period: period)
  }
}

extension HabitEntry {
  public init(_ written: HabitFile.Entry) {
    let mark: Mark =
      switch written.state {
      case .done: .done(Amount(thousandths: written.amount ?? 0))
      case .skipped: .skipped(SkipReason(written.reason))
      case .note: .note
      }
    self.init(written.day, mark, hasNote: !written.note.isEmpty)
  }
}

extension HabitFile.Entry {
  /// - Parameter kind: ticks have no amount.
  public init(_ entry: HabitEntry, _ kind: HabitFile.Habit.Kind, note: String) {
    switch entry.mark {
    case .done(let amount): self.init(entry.date, .done, amount: kind == .amount ? amount.thousandths : nil, note: note)
    case .skipped(let reason): self.init(entry.date, .skipped, reason: Reason(reason), note: note)
    case .note: self.init(entry.date, .note, note: note)
    }
  }
}

extension SkipReason {
  public init?(_ written: HabitFile.Entry.Reason?) {
    guard let written else { return nil }
    self.init(rawValue: written.rawValue)
  }
}

extension HabitFile.Entry.Reason {
  public init?(_ reason: SkipReason?) {
    guard let reason else { return nil }
    self.init(rawValue: reason.rawValue)
  }
}

extension HabitFile.Habit {
  /// The date of its making: as the file says, else of the first thing in it, never after today.
  public func made(today: Day) -> Day {
    min(created ?? [entries.first?.day, rules.compactMap(\.from).min()].compactMap(\.self).min() ?? today, today)
  }

  /// What is asked, since when: one a date, the last of it, ascending. What is asked from the beginning is so from before all else.
  public func changes(today: Day) -> [HabitChange] {
    let dated = rules.compactMap(\.from).map { min($0, today) }
    let beginning = min(made(today: today), dated.min().map { $0.advanced(by: -1) } ?? .last)
    var byDate: [Day: HabitRule] = [:]
    for rule in rules { byDate[rule.from.map { min($0, today) } ?? beginning] = HabitRule(rule) }
    return byDate.map { HabitChange(from: $0, $1) }.sorted { $0.from < $1.from }
  }

  /// Its pauses that are some, ascending. The archive is one too: where the file does not say since when, it is from the day after the last
  /// thing that was written down.
  public func pauses(today: Day) -> [(pause: HabitFile.Pause, isArchive: Bool)] {
    let real = pauses.filter { pause in pause.until.map { $0 > pause.from } ?? true }
    guard status == .archived else { return real.map { ($0, false) } }
    if let last = real.lastIndex(where: { $0.until == nil }) { return real.indices.map { (real[$0], $0 == last) } }
    return real.map { ($0, false) } + [(HabitFile.Pause(from: min(entries.last?.day.advanced(by: 1) ?? today, today)), true)]
  }
}

extension HabitFile {
  /// A name as a form would take it: without controls, in one line.
  public static func line(_ text: String) -> String {
    let isPlain = text.unicodeScalars.allSatisfy {
      $0.value >= 32 && !(127...159).contains($0.value) && $0.value != 0x2028 && $0.value != 0x2029
    }
    return isPlain ? text : ImportText.oneLine(text)
  }
}
