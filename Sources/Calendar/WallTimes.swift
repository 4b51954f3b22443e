import CIcal

/// What a calendar and a clock on a wall show, to the minute, without a zone.
public struct WallMinute: Hashable, Sendable {
  public let year: Int
  /// 1…12.
  public let month: Int
  public let day: Int
  public let hour: Int
  public let minute: Int

  public init(year: Int, month: Int, day: Int, hour: Int, minute: Int) {
    (self.year, self.month, self.day, self.hour, self.minute) = (year, month, day, hour, minute)
  }

  fileprivate var ical: icaltimetype { heed_ical_time(Int32(year), Int32(month), Int32(day), Int32(hour), Int32(minute)) }
}

/// The times of a recurrence rule (RFC 5545) by the clock on the wall, in order, from libical's iterator.
///
/// libical is asked only what it answers soon: a rule with an UNTIL, and one that comes to something at all (an hourly rule for 30 February
/// and no end keeps it for ever). It sees no zone either, its own are not this machine's. A step costs some 3 to 7 µs, the first 100 µs more.
public struct WallTimes: ~Copyable {
  private let iterator: OpaquePointer

  /// - Parameters:
  ///   - rule: without its name, with UNTIL, without COUNT; years 1…9999.
  ///   - from: the rule's DTSTART.
  ///   - start: nothing before it is listed; libical finds its way there without walking.
  /// - Returns: nil when libical does not take the rule.
  public init?(rule: String, from: WallMinute, notBefore start: WallMinute) {
    _ = WallTimes.isReady
    guard let iterator = heed_ical_times(rule, from.ical) else { return nil }
    self.iterator = iterator
    if (start.year, start.month, start.day, start.hour) > (from.year, from.month, from.day, from.hour) {
      icalrecur_iterator_set_start(iterator, start.ical)
    }
  }

  deinit { icalrecur_iterator_free(iterator) }

  /// The next one; nil past the rule's UNTIL.
  public mutating func next() -> WallMinute? {
    let time = icalrecur_iterator_next(iterator)
    if icaltime_is_null_time(time) != 0 { return nil }
    return WallMinute(year: Int(time.year), month: Int(time.month), day: Int(time.day), hour: Int(time.hour), minute: Int(time.minute))
  }

  /// A complaint of the library ends no process.
  private static let isReady: Void = icalerror_set_errors_are_fatal(0)
}
