/// The proleptic Gregorian calendar over plain integers, for any year a 64-bit count of seconds can reach from a valid ``Instant``.
///
/// Unlike ``Day`` nothing is clamped here: zone rules look a little past both ends of the range.
/// Source: Howard Hinnant, "chrono-compatible low-level date algorithms".
enum Civil {
  /// Days from 1970-01-01 to the given date; `day` may lie outside the month and carries over.
  static func days(year: Int, month: Int, day: Int) -> Int {
    // The year begins in March here, so that the leap day is its last.
    let shifted = month <= 2 ? year - 1 : year
    let era = floorDivide(shifted, 400)
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  static func date(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let z = days + 719_468
    let era = floorDivide(z, 146_097)
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
  }

  static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

  /// - Parameter month: 1 to 12; anything else has 31 days.
  static func daysIn(month: Int, year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// 0 = Sunday to 6 = Saturday, as cron and POSIX count.
  static func sundayBasedWeekday(_ days: Int) -> Int { floorModulo(days + 4, 7) }
}

/// Rounds towards negative infinity, so that times before 1970 fall on the right day. `divisor` must be positive.
@inline(__always)
func floorDivide<T: BinaryInteger & SignedInteger>(_ value: T, _ divisor: T) -> T {
  let quotient = value / divisor
  return value % divisor < 0 ? quotient - 1 : quotient
}

/// 0 ..< divisor, also for negative values.
@inline(__always)
func floorModulo<T: BinaryInteger & SignedInteger>(_ value: T, _ divisor: T) -> T {
  let remainder = value % divisor
  return remainder < 0 ? remainder + divisor : remainder
}
