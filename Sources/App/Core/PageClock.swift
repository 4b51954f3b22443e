import Domain

/// The clock of one page: what it says, and how long the page stays as it is by it.
///
/// Whatever of a page depends on the time asks here, or says here for how long its words are good. All of that together is a stretch of time around
/// ``now`` in which the same rows make the same page, to the byte: within it a list is answered 304 before its rows are read (``ListTag``).
final class PageClock {
  let now: Instant
  /// The first instant of that stretch, and the first behind it.
  private(set) var from = Instant.distantPast
  private(set) var until = Instant.distantFuture
  /// The day of the zone that was asked about last: of a page, nearly always the same.
  private var today: (zone: String, day: Day, midnight: Instant)?

  init(_ now: Instant) { self.now = now }

  /// Whether it is that late: what holds at this instant, and from it on.
  func hasCome(_ instant: Instant) -> Bool {
    if instant <= now {
      from = max(from, instant)
    } else {
      until = min(until, instant)
    }
    return instant <= now
  }

  /// Notes that something is only good for a while.
  ///
  /// - Parameter stretch: holds ``now``.
  func keep(within stretch: Range<Instant>) {
    from = max(from, stretch.lowerBound)
    until = min(until, stretch.upperBound)
  }

  /// The second that it is, as ``Instant/iso`` writes it.
  var iso: String {
    let second = Instant(seconds: now.seconds)
    keep(within: second..<second.advanced(seconds: 1))
    return now.iso
  }

  /// The day that it is in a zone.
  func day(in zone: Zone) -> Day { look(zone).day }

  /// When the next day begins in a zone.
  func midnight(in zone: Zone) -> Instant { look(zone).midnight }

  private func look(_ zone: Zone) -> (zone: String, day: Day, midnight: Instant) {
    if let today, today.zone == zone.name { return today }
    let day = zone.local(now).day
    let found = (zone: zone.name, day: day, midnight: zone.start(of: day.advanced(by: 1)))
    keep(within: min(zone.start(of: day), now)..<max(found.midnight, now.advanced(microseconds: 1)))
    today = found
    return found
  }
}
