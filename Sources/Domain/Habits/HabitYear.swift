/// What the page of a habit draws of its days, reckoned once for a date and kept (``bytes(_:)``): some hundred bytes, so that none of the year's days is
/// read for a page that shows them all. It is numbers and no words, the same in every language.
///
/// It depends on the habit's days, rules, pauses and kind, and on what ``HabitLineKey`` holds: the date, the person's zone and day start, their week
/// start, and the dates that the zone left out.
public struct HabitYear: Equatable, Sendable {
  /// How a date of the year stands.
  public struct Date: Equatable, Sendable {
    public let mark: HabitCell.Mark
    /// What was entered, zero too; of ticks 0. Nil: nothing.
    public let entered: Amount?
    public let hasNote: Bool
    /// How much of what was asked was entered: 3 all of it, below that by thirds.
    public let shade: Int

    public init(_ cell: HabitCell) {
      // A third is none to the last binary digit.
      let thirds = Int(cell.share * 3 + 0.000_000_001)
      self.init(cell.mark, cell.entered, hasNote: cell.hasNote, shade: cell.share >= 1 ? 3 : min(2, max(0, thirds)))
    }

    fileprivate init(_ mark: HabitCell.Mark, _ entered: Amount?, hasNote: Bool, shade: Int) {
      (self.mark, self.entered, self.hasNote, self.shade) = (mark, entered, hasNote, shade)
    }
  }

  public let figures: HabitFigures
  /// Of the year that goes on, from 1 January to today.
  public let dates: [Date]
  /// Of the last thirty dates.
  public let month: HabitTally
  /// The score at the end of each of the last dates, today's the last, in percent: at most those of a year.
  public let scores: [Int]
  /// The sums of the last weeks, half a year at most, the one that goes on the last; none of ticks.
  public let weeks: [Amount]

  /// How many dates the score's course has at most, and how many weeks.
  fileprivate static let (mostScores, mostWeeks) = (365, 26)
}

extension HabitHistory {
  /// What the page of a habit draws.
  ///
  /// - Parameters:
  ///   - figures: of today.
  ///   - state: the stored past, of more than a year ago; the history's entries begin behind it. Nil: the history has all entries.
  ///   - hasSums: whether amounts are entered.
  public func year(_ figures: HabitFigures, from state: HabitState?, hasSums: Bool, today: Day) -> HabitYear {
    let (year, _, _) = today.date
    let first = Day(year: year, month: 1, day: 1) ?? today
    // Who made it and went west has it begin tomorrow.
    let begin = figures.start
    let month = cells(max(today.advanced(by: -29), begin)...max(today, begin), today: today)
    let scores = (state ?? HabitState(self)).scores(through: today, self)
    return HabitYear(
      figures: figures, dates: cells(first...today, today: today).map(HabitYear.Date.init), month: HabitTally(month),
      scores: scores.suffix(HabitYear.mostScores).map(\.percent), weeks: hasSums ? weeks(since: begin, today: today) : [])
  }

  private func weeks(since begin: Day, today: Day) -> [Amount] {
    func beginning(_ day: Day) -> Day { day.advanced(by: -day.weekday.offset(from: weekStart)) }
    let first = max(beginning(today).advanced(by: -7 * (HabitYear.mostWeeks - 1)), beginning(min(begin, today)))
    return cells(first...today, today: today).sums(weekStart: weekStart).map(\.sum)
  }
}

// MARK: - How it is kept

extension HabitYear {
  /// Raised with every change of what is written, or of how it is reckoned: what was kept before counts no more.
  private static let version: UInt8 = 2

  /// What is stored.
  public func bytes(_ key: HabitLineKey) -> [UInt8] {
    var out = StateWriter(bytes: [HabitYear.version])
    key.write(to: &out)
    figures.write(to: &out)
    out.add(dates.count)
    for date in dates { date.write(to: &out) }
    for number in [month.kept, month.missed, month.skipped, month.paused, month.dates] { out.add(number) }
    out.add(scores.count)
    for score in scores { out.add(byte: UInt8(clamping: score)) }
    out.add(weeks.count)
    for sum in weeks { out.add(sum.thousandths) }
    return out.bytes
  }

  /// Nil for what was reckoned for another date or calendar, or by another version of this program.
  public init?(_ bytes: [UInt8], _ key: HabitLineKey) {
    var reader = StateReader(bytes)
    guard reader.byte() == HabitYear.version, HabitLineKey(&reader) == key, let figures = HabitFigures(&reader),
      let count = reader.number(in: 0...366)
    else { return nil }
    self.figures = figures
    var dates: [Date] = []
    dates.reserveCapacity(count)
    for _ in 0..<count {
      guard let date = Date(&reader) else { return nil }
      dates.append(date)
    }
    self.dates = dates
    guard let month = HabitTally(&reader), let scored = reader.number(in: 0...HabitYear.mostScores) else { return nil }
    self.month = month
    var scores: [Int] = []
    scores.reserveCapacity(scored)
    for _ in 0..<scored {
      guard let score = reader.byte(), score <= 100 else { return nil }
      scores.append(Int(score))
    }
    self.scores = scores
    guard let summed = reader.number(in: 0...HabitYear.mostWeeks) else { return nil }
    var weeks: [Amount] = []
    weeks.reserveCapacity(summed)
    for _ in 0..<summed {
      guard let sum = reader.amount() else { return nil }
      weeks.append(sum)
    }
    self.weeks = weeks
    if !reader.isAtEnd { return nil }
  }
}

extension HabitYear.Date {
  /// A byte, and an amount behind it where one is entered that is not 0: that of ticks.
  fileprivate func write(to out: inout StateWriter) {
    let mark = HabitCell.Mark.allCases.firstIndex(of: mark) ?? 0
    let amount = entered.map { $0 == .zero ? 1 : 2 } ?? 0
    out.add(byte: UInt8(mark | amount << 3 | (hasNote ? 1 << 5 : 0) | shade << 6))
    if let entered, amount == 2 { out.add(entered.thousandths) }
  }

  fileprivate init?(_ reader: inout StateReader) {
    guard let byte = reader.byte() else { return nil }
    let (mark, amount, hasNote, shade) = (Int(byte & 7), byte >> 3 & 3, byte >> 5 & 1 == 1, Int(byte >> 6))
    let marks = HabitYear.marks
    guard mark < marks.count, amount < 3 else { return nil }
    if amount < 2 {
      self.init(marks[mark], amount == 0 ? nil : .zero, hasNote: hasNote, shade: shade)
    } else {
      guard let entered = reader.amount(), entered > .zero else { return nil }
      self.init(marks[mark], entered, hasNote: hasNote, shade: shade)
    }
  }
}

extension HabitYear {
  /// Read once for each date.
  fileprivate static let marks = HabitCell.Mark.allCases
}

extension HabitTally {
  fileprivate init?(_ reader: inout StateReader) {
    guard let kept = reader.number(in: 0...30), let missed = reader.number(in: 0...30), let skipped = reader.number(in: 0...30),
      let paused = reader.number(in: 0...30), let dates = reader.number(in: 0...30)
    else { return nil }
    self.init(kept: kept, missed: missed, skipped: skipped, paused: paused, dates: dates)
  }
}

extension HabitFigures {
  fileprivate init?(_ reader: inout StateReader) {
    let most = Int(Int32.max)
    guard let unit = reader.number(in: 0...HabitUnit.allCases.count - 1), let start = reader.day(), let since = reader.day(),
      let running = reader.streaks(atMost: 1), let best = reader.streaks(atMost: HabitStreaks.remembered),
      let misses = reader.number(in: 0...most), let totals = reader.totals(), let score = reader.bits().map(Double.init(bitPattern:)),
      let hasRate = reader.number(in: 0...1), let rate = reader.bits().map(Double.init(bitPattern:)), let today = HabitToday(&reader)
    else { return nil }
    self.init(
      unit: HabitUnit.allCases[unit], start: start, since: since, streak: running.first, best: best, misses: misses, totals,
      score: Proportion(score), rate: hasRate == 1 ? Proportion(rate) : nil, today: today)
  }

  fileprivate func write(to out: inout StateWriter) {
    out.add(HabitUnit.allCases.firstIndex(of: unit) ?? 0)
    for day in [start, since] { out.add(day.number) }
    out.add(streak.map { [$0] } ?? [])
    out.add(best)
    out.add(misses)
    out.add(totals)
    out.add(bits: score.value.bitPattern)
    out.add(rate == nil ? 0 : 1)
    out.add(bits: rate?.value.bitPattern ?? 0)
    today.write(to: &out)
  }

  private var totals: HabitTotals {
    var totals = HabitTotals()
    (totals.kept, totals.sum) = (total, sum)
    totals.weekdays = Weekday.allCases.map { weekdays[$0] ?? 0 }
    totals.skips = [skipsWithoutReason] + SkipReason.allCases.map { skips[$0] ?? 0 }
    return totals
  }
}
