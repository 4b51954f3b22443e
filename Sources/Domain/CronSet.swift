/// One field of an expression, read: which numbers it names, one bit each.
struct CronSet: Hashable, Sendable {
  /// Bit n: the number n. Sunday is bit 0.
  var numbers: UInt64 = 0
  /// Day of month only. Bit n: the day n days before the month's last (`L` is bit 0, `L-3` bit 3).
  var daysBeforeLast: UInt64 = 0
  /// Day of month only. Bit n: the weekday from Monday to Friday nearest to the n-th, within the month (`15W`); bit 0 the last one (`LW`).
  var nearestWorkdays: UInt64 = 0
  /// Day of week only. Bit 8·weekday + m: the m-th such weekday of the month (1…5), m = 6 the last one.
  var nthWeekdays: UInt64 = 0
  /// Cron decides by the first byte, not by what the field covers: `*/2` begins with a star, `0-59` doesn't.
  var beginsWithStar = false

  /// The numbers in ascending order.
  var values: [Int] { (0..<64).filter { contains($0) } }

  func contains(_ number: Int) -> Bool { numbers >> UInt64(number) & 1 == 1 }

  mutating func insert(_ number: Int) { numbers |= 1 << UInt64(number) }

  /// The smallest number ≥ `start`, if there is one.
  func first(from start: Int) -> Int? {
    guard start < 64 else { return nil }
    let rest = numbers >> UInt64(start)
    return rest == 0 ? nil : start + rest.trailingZeroBitCount
  }
}
