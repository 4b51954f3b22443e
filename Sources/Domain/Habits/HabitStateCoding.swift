/// How a ``HabitState`` is stored: a version, then whole numbers of seven bits a byte. Ten years of ticks take some 300 bytes.
extension HabitState {
  private static let version: UInt8 = 1

  /// What is stored.
  public var bytes: [UInt8] {
    var out = StateWriter(bytes: [HabitState.version])
    for day in [next, start, since] { out.add(day.number) }
    out.add(HabitUnit.allCases.firstIndex(of: unit) ?? 0)
    out.add(bits: seal)
    out.add(streaks.run.map { [$0] } ?? [])
    out.add(streaks.ended)
    out.add(streaks.misses)
    out.add(totals)
    out.add(bits: score.value.bitPattern)
    out.add(score.past.count)
    for date in score.past { out.add(date) }
    out.add(rate.judged.count)
    out.add(rate.judged, areDays: unit == .days)
    out.add(period == nil ? 0 : 1)
    if let period {
      let flags = (period.isEntered ? 1 : 0) + (period.isPaused ? 2 : 0)
      for number in [period.first.number, period.last.number, period.done, period.skipped, period.sum.thousandths, flags] {
        out.add(number)
      }
    }
    return out.bytes
  }

  /// What was stored; nil for what is of another version, or no such thing: figures are then reckoned from all entries.
  public init?(bytes: [UInt8]) {
    var reader = StateReader(bytes)
    guard reader.byte() == HabitState.version, let next = reader.day(), let start = reader.day(), let since = reader.day(),
      let unit = reader.number(in: 0...HabitUnit.allCases.count - 1), let seal = reader.bits(),
      let running = reader.streaks(atMost: 1), let ended = reader.streaks(atMost: HabitStreaks.remembered),
      let misses = reader.number(in: 0...Int(Int32.max)), let totals = reader.totals(),
      let score = reader.bits().map(Double.init(bitPattern:)), score >= 0, score <= 1, let past = reader.past(),
      let judged = reader.judged(areDays: HabitUnit.allCases[unit] == .days), let hasPeriod = reader.number(in: 0...1)
    else { return nil }
    (self.next, self.start, self.since, self.unit, self.seal) = (next, start, since, HabitUnit.allCases[unit], seal)
    streaks = HabitStreaks(run: running.first, ended: ended, misses: misses)
    self.totals = totals
    self.score = HabitScore(value: score, past: past)
    rate = HabitRate(self.unit, judged)
    if hasPeriod == 1 {
      guard let period = reader.period() else { return nil }
      self.period = period
    }
    guard reader.isAtEnd else { return nil }
  }
}

extension StateWriter {
  mutating func add(_ streaks: [HabitStreak]) {
    add(streaks.count)
    for streak in streaks {
      for number in [streak.length, streak.first.number, streak.last.number] { add(number) }
    }
  }

  mutating func add(_ totals: HabitTotals) {
    for number in [totals.kept, totals.sum.thousandths] + totals.weekdays + totals.skips { add(number) }
  }

  fileprivate mutating func add(_ date: HabitScore.Past) {
    let share = date.share == 0 ? 0 : date.share == HabitTarget.whole ? 1 : 2
    add(byte: UInt8((date.isScheduled ? 1 : 0) + (date.isEntered ? 2 : 0) + 4 * share))
    if share == 2 { add(date.share) }
    if date.isEntered { add(date.amount.thousandths) }
  }
}

extension StateWriter {
  /// Four days a byte, each asked or not and kept or not; weeks and months in two numbers each.
  fileprivate mutating func add(_ judged: [HabitRate.Judged], areDays: Bool) {
    for (index, one) in judged.enumerated() {
      if !areDays {
        add(Int(one.kept))
        add(Int(one.asked))
        continue
      }
      if index % 4 == 0 { add(byte: 0) }
      mark((one.kept | one.asked << 1) << UInt8(index % 4 * 2))
    }
  }
}

extension StateReader {
  mutating func streaks(atMost limit: Int) -> [HabitStreak]? {
    guard let count = number(in: 0...limit) else { return nil }
    var streaks: [HabitStreak] = []
    for _ in 0..<count {
      guard let length = number(in: 1...Int(Int32.max)), let first = day(), let last = day() else { return nil }
      streaks.append(HabitStreak(length: length, first: first, last: last))
    }
    return streaks
  }

  mutating func totals() -> HabitTotals? {
    var totals = HabitTotals()
    guard let kept = number(in: 0...Int(Int32.max)), let sum = amount() else { return nil }
    (totals.kept, totals.sum) = (kept, sum)
    for index in totals.weekdays.indices + totals.skips.indices.map({ $0 + 7 }) {
      guard let count = number(in: 0...Int(Int32.max)) else { return nil }
      if index < 7 { totals.weekdays[index] = count } else { totals.skips[index - 7] = count }
    }
    return totals
  }

  fileprivate mutating func past() -> [HabitScore.Past]? {
    guard let count = number(in: 0...HabitScore.longestWindow) else { return nil }
    var past: [HabitScore.Past] = []
    for _ in 0..<count {
      guard let flags = byte(), flags < 12 else { return nil }
      var date = HabitScore.Past(share: flags >> 2 == 1 ? HabitTarget.whole : 0)
      (date.isScheduled, date.isEntered) = (flags & 1 == 1, flags & 2 == 2)
      if flags >> 2 == 2 {
        guard let share = number(in: 0...HabitTarget.whole) else { return nil }
        date.share = share
      }
      if date.isEntered {
        guard let amount = amount() else { return nil }
        date.amount = amount
      }
      past.append(date)
    }
    return past
  }

  fileprivate mutating func judged(areDays: Bool) -> [HabitRate.Judged]? {
    guard let count = number(in: 0...365) else { return nil }
    var judged: [HabitRate.Judged] = []
    var four: UInt8 = 0
    for index in 0..<count {
      if !areDays {
        guard let kept = number(in: 0...31), let asked = number(in: kept...31) else { return nil }
        judged.append(HabitRate.Judged(kept: UInt8(kept), asked: UInt8(asked)))
        continue
      }
      if index % 4 == 0 {
        guard let byte = byte() else { return nil }
        four = byte
      }
      judged.append(HabitRate.Judged(kept: four & 1, asked: (four & 1) | (four >> 1 & 1)))
      four >>= 2
    }
    return judged
  }

  fileprivate mutating func period() -> HabitPeriod? {
    guard let first = day(), let last = day(), let done = number(in: 0...31), let skipped = number(in: 0...31), let sum = amount(),
      let flags = number(in: 0...3)
    else { return nil }
    var period = HabitPeriod(first: first, last: last)
    (period.done, period.skipped, period.sum) = (done, skipped, sum)
    (period.isEntered, period.isPaused) = (flags & 1 == 1, flags & 2 == 2)
    return period
  }
}
