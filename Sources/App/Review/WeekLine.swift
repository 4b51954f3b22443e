import Domain
import Postgres

/// What a habit adds to the review of a week.
struct WeekPart: Equatable {
  let habit: ID<Habit>
  let position: Int
  /// Where the habit starts.
  let start: Day
  /// The hours of its ticks in the week, of those that were made on their own date.
  let hours: [Int]
  /// Nil: the week asked nothing of it, and nothing was done.
  let line: WeekLine?
}

/// A habit in the week: all that the page, the mail and the coach say of it. Dates, rules and pauses are looked at once, when this is made. An object,
/// since it goes through many hands and a copy of its dozen arrays took a tenth of the page's time.
final class WeekLine: Equatable {
  let shown: HabitWeekTable.Shown
  let group: String
  let status: HabitStatus
  /// The rate of the week before.
  let before: Proportion?
  /// How it stood as the week began; nil: it had not started.
  let began: Began?
  /// At the week's end, or now.
  let ended: Ended
  /// Of eight weeks with this one, by day of the week, Monday first: what was asked, and what of it was kept. Of habits of days.
  let asked: SevenCounts
  let kept: SevenCounts
  let next: Next

  var name: String { shown.name }
  var week: HabitWeek { shown.week }

  struct Began: Equatable {
    let longest: Int
    let misses: Int
  }

  struct Ended: Equatable {
    let unit: HabitUnit
    let current: Int
    let longest: Int
    let misses: Int
  }

  /// The next week at a glance.
  struct Next: Equatable {
    /// Which of its dates ask for it, the first one first.
    let asked: SevenFlags
    /// On which it comes back from a pause.
    let back: SevenFlags
    /// What it asks on any days; nil: days are chosen, or it is paused.
    let anyDays: HabitRule?
  }

  /// How many dates before the week are looked at for the best day of the week: eight weeks with it.
  static let weekdayDates = 49

  fileprivate init?(_ habit: Habit, _ history: HabitHistory, _ week: PersonWeek, _ calendar: HabitCalendar) {
    if history.start > week.last { return nil }
    let days = history.week(week, today: calendar.today)
    let isAway = habit.status == .archived && days.blocks.allSatisfy { $0.mark == .paused || $0.mark == .nothing }
    if isAway { return nil }
    let state = habit.state.flatMap { $0.next <= week.first ? $0 : nil }
    func figures(before day: Day) -> HabitFigures? {
      calendar.history(of: habit, before: day).reckoning(from: state, today: day)?.figures
    }
    let isCurrent = calendar.today <= week.last
    let ended = isCurrent ? history.reckoning(from: state, today: calendar.today)?.figures : figures(before: week.next.first)
    guard let ended else { return nil }
    shown = HabitWeekTable.Shown(habit, history, days)
    (group, status) = (habit.group, habit.status)
    before = history.week(week.previous, today: calendar.today).rate
    let began = history.start < week.first ? figures(before: week.first) : nil
    self.began = began.map { Began(longest: $0.longest, misses: $0.misses) }
    self.ended = Ended(unit: ended.unit, current: ended.current, longest: ended.longest, misses: ended.misses)
    var (asked, kept) = (SevenCounts(), SevenCounts())
    if ended.unit == .days {
      let dates = week.first.advanced(by: -WeekLine.weekdayDates)...min(week.last, max(calendar.today, week.first))
      for cell in history.cells(dates, today: calendar.today) where cell.isScheduled {
        guard cell.mark == .kept || cell.mark == .missed || cell.mark == .partial else { continue }
        let day = cell.date.weekday.rawValue - 1
        asked[day] += 1
        if cell.mark == .kept { kept[day] += 1 }
      }
    }
    (self.asked, self.kept) = (asked, kept)
    next = Next(history, week.next)
  }

  fileprivate init?(_ id: ID<Habit>, _ reader: inout StateReader, _ week: PersonWeek) {
    let most = Int(Int32.max)
    guard let shown = HabitWeekTable.Shown(id, &reader, week), let group = reader.text(),
      let status = reader.number(in: 0...HabitStatus.allCases.count - 1), let hasBefore = reader.number(in: 0...1)
    else { return nil }
    (self.shown, self.group, self.status) = (shown, group, HabitStatus.allCases[status])
    if hasBefore == 0 {
      before = nil
    } else {
      guard let value = reader.bits() else { return nil }
      before = Proportion(Double(bitPattern: value))
    }
    guard let longest = reader.optional(in: 0...most), let misses = reader.number(in: 0...most),
      let unit = reader.number(in: 0...HabitUnit.allCases.count - 1), let current = reader.number(in: 0...most),
      let best = reader.number(in: 0...most), let missed = reader.number(in: 0...most)
    else { return nil }
    began = longest.map { Began(longest: $0, misses: misses) }
    ended = Ended(unit: HabitUnit.allCases[unit], current: current, longest: best, misses: missed)
    guard let asked = SevenCounts(&reader), let kept = SevenCounts(&reader) else { return nil }
    (self.asked, self.kept) = (asked, kept)
    guard let days = reader.number(in: 0...127), let back = reader.number(in: 0...127), let hasRule = reader.number(in: 0...1)
    else { return nil }
    var rule: HabitRule?
    if hasRule == 1 {
      rule = HabitRule(&reader)
      if rule == nil { return nil }
    }
    next = Next(asked: SevenFlags(bits: days), back: SevenFlags(bits: back), anyDays: rule)
  }

  static func == (a: WeekLine, b: WeekLine) -> Bool {
    a.shown == b.shown && a.group == b.group && a.status == b.status && a.before == b.before && a.began == b.began && a.ended == b.ended
      && a.asked == b.asked && a.kept == b.kept && a.next == b.next
  }
}

/// A count up to 255 for each of seven days, in one word: a review holds hundreds.
struct SevenCounts: Equatable {
  private var bits: UInt64 = 0

  /// - Parameter day: 0 to 6.
  subscript(day: Int) -> Int {
    get { Int(bits >> UInt64(day * 8) & 0xFF) }
    set { bits = bits & ~(0xFF << UInt64(day * 8)) | UInt64(UInt8(clamping: newValue)) << UInt64(day * 8) }
  }
}

extension SevenCounts {
  fileprivate init?(_ reader: inout StateReader) {
    for day in 0..<7 {
      guard let count = reader.number(in: 0...63) else { return nil }
      self[day] = count
    }
  }
}

/// Yes or no for each of seven days.
struct SevenFlags: Equatable {
  /// 0 to 127, the first day the lowest.
  let bits: Int

  init(bits: Int) { self.bits = bits }

  init(_ flags: [Bool]) { bits = flags.prefix(7).enumerated().reduce(0) { $0 | ($1.element ? 1 << $1.offset : 0) } }

  /// - Parameter day: 0 to 6.
  subscript(day: Int) -> Bool { bits >> day & 1 == 1 }
}

extension WeekPart {
  /// - Parameters:
  ///   - history: of the habit, with the entries since ``WeekLine/weekdayDates`` before the week.
  ///   - ticks: of this habit in the week.
  init(_ habit: Habit, _ history: HabitHistory, _ reader: WeekReader, ticks: [WeekTick]) {
    let calendar = reader.calendar
    let clock = HabitClock(zone: calendar.zone, dayStart: calendar.dayStart)
    (self.habit, position, start) = (habit.id, habit.position, history.start)
    hours = ticks.filter { clock.date($0.tickedAt) == $0.date }.map { calendar.zone.local($0.tickedAt).time.hour }.sorted()
    line = WeekLine(habit, history, reader.week, calendar)
  }
}

extension WeekLine.Next {
  fileprivate init(_ history: HabitHistory, _ week: PersonWeek) {
    let days = week.days.map { day in (day: day, rule: history.rule(on: day), isPaused: history.isPaused(on: day)) }
    asked = SevenFlags(days.map { $0.rule.unit == .days && $0.rule.isScheduled($0.day.weekday) && !$0.isPaused })
    back = SevenFlags(days.map { history.isPaused(on: $0.day.advanced(by: -1)) && !$0.isPaused })
    anyDays = days.first.flatMap { $0.rule.unit == .days || $0.isPaused ? nil : $0.rule }
  }
}

// MARK: - How it is kept

extension WeekPart {
  /// As ``HabitLine``'s: raised with every change of what is written, or of how it is reckoned.
  private static let version: UInt8 = 2

  /// What is stored of it; the habit's id stands beside.
  func bytes(_ key: HabitLineKey) -> [UInt8] {
    var out = StateWriter(bytes: [WeekPart.version])
    key.write(to: &out)
    for number in [position, start.number, hours.count] + hours { out.add(number) }
    out.add(line == nil ? 0 : 1)
    line?.write(to: &out)
    return out.bytes
  }

  /// Nil for what was reckoned for another date or calendar, or by another version of this program.
  ///
  /// - Parameter week: the one that holds the key's date.
  init?(_ id: ID<Habit>, _ bytes: [UInt8], _ key: HabitLineKey, _ week: PersonWeek) {
    var reader = StateReader(bytes)
    guard reader.byte() == WeekPart.version, HabitLineKey(&reader) == key, let position = reader.number(), let start = reader.day(),
      let count = reader.number(in: 0...bytes.count)
    else { return nil }
    var hours: [Int] = []
    for _ in 0..<count {
      guard let hour = reader.number(in: 0...23) else { return nil }
      hours.append(hour)
    }
    (habit, self.position, self.start, self.hours) = (id, position, start, hours)
    guard let hasLine = reader.number(in: 0...1) else { return nil }
    if hasLine == 0 {
      line = nil
    } else {
      guard let line = WeekLine(id, &reader, week) else { return nil }
      self.line = line
    }
    guard reader.isAtEnd else { return nil }
  }
}

extension WeekLine {
  fileprivate func write(to out: inout StateWriter) {
    shown.write(to: &out)
    out.add(group)
    out.add(HabitStatus.allCases.firstIndex(of: status) ?? 0)
    out.add(before == nil ? 0 : 1)
    if let before { out.add(bits: before.value.bitPattern) }
    out.add(began?.longest)
    out.add(began?.misses ?? 0)
    out.add(HabitUnit.allCases.firstIndex(of: ended.unit) ?? 0)
    for number in [ended.current, ended.longest, ended.misses] { out.add(number) }
    for counts in [asked, kept] { for index in 0..<7 { out.add(counts[index]) } }
    for days in [next.asked, next.back] { out.add(days.bits) }
    out.add(next.anyDays == nil ? 0 : 1)
    next.anyDays?.write(to: &out)
  }
}
