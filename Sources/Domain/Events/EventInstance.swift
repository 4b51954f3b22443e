/// One time at which an event is.
public struct EventInstance: Hashable, Sendable {
  public let key: InstanceKey
  /// Its own: the series' from its start on, or as it was moved to.
  public let times: EventTimes
  /// All-day: midnight UTC of its first day, and after its last.
  public let start: Instant
  public let end: Instant
  /// Whether it is otherwise than its series.
  public let isChanged: Bool
  /// Called off by itself, and still shown.
  public let isCancelled: Bool
  /// Whether the clocks skip a time that it says, so that another one is shown.
  public let isMovedByClocks: Bool

  init(_ key: InstanceKey, _ times: EventTimes, _ placed: PlacedTimes, isChanged: Bool = false, isCancelled: Bool = false) {
    (self.key, self.times, start, end) = (key, times, placed.start, placed.end)
    (self.isChanged, self.isCancelled, isMovedByClocks) = (isChanged, isCancelled, placed.isMovedByClocks)
  }

  /// The days it touches where somebody reads it (RULES 9.20).
  public func days(in reader: Zone) -> ClosedRange<Day> {
    times.isAllDay ? times.days(in: reader) : EventTimes.days(from: start, to: end, in: reader)
  }
}

/// Instances by time (RULES 9.24): ascending by start, of those at one time by key.
extension EventSeries {
  /// - Parameters:
  ///   - range: all-day ones lie at midnights UTC in it; by a reader's days see ``instances(on:in:most:)``.
  ///   - most: the first so many; ask for one more to know whether there are more.
  /// - Complexity: one step for each period of the rule in the range, none for those before.
  public func instances(overlapping range: Range<Instant>, most: Int) -> [EventInstance] {
    found(range, most: most) { $0.overlaps(range) }
  }

  /// Those that touch one of these days where somebody reads them.
  public func instances(on days: ClosedRange<Day>, in reader: Zone, most: Int) -> [EventInstance] {
    let (first, last) = (Int64(days.lowerBound.number) * 86_400, Int64(days.upperBound.number + 1) * 86_400)
    let begin = min(Instant(seconds: first), reader.start(of: days.lowerBound))
    let end = max(Instant(seconds: last), reader.start(of: days.upperBound.advanced(by: 1)))
    // Only those about the two ends can be beside the days.
    let some = most.addingReportingOverflow(2 * Recurrence.mostTimesOfDay)
    let all = instances(overlapping: begin..<max(begin, end), most: some.overflow ? .max : some.partialValue)
    return Array(all.lazy.filter { $0.days(in: reader).overlaps(days) }.prefix(max(most, 0)))
  }

  /// Those that begin after a moment, which itself does not count.
  public func next(after moment: Instant, most: Int) -> [EventInstance] {
    found(moment.advanced(microseconds: 1)..<Instant.distantFuture, most: most) { $0.start > moment }
  }

  /// The one of this name; nil where there is none, or it is left out.
  public func instance(_ key: InstanceKey) -> EventInstance? {
    guard key.isDay == times.isAllDay, !isLeftOut(key.wall) else { return nil }
    if let override = replaced[key] { return instance(override) }
    guard gives(key.wall) else { return nil }
    let own = times.moved(to: key.wall)
    return EventInstance(key, own, own.placed)
  }

  /// Whether nothing of it is left.
  public var isEmpty: Bool { next(after: .distantPast, most: 1).isEmpty }

  func instance(_ override: EventOverride) -> EventInstance {
    let own = override.times ?? times.moved(to: override.key.wall)
    return EventInstance(override.key, own, own.placed, isChanged: true, isCancelled: override.isCancelled)
  }

  private func found(_ range: Range<Instant>, most: Int, _ isWanted: (PlacedTimes) -> Bool) -> [EventInstance] {
    guard most > 0 else { return [] }
    var found = given(range, most: most, isWanted)
    let known: Set<InstanceKey> = extra.isEmpty ? [] : Set(found.map(\.key))
    for wall in extra where !known.contains(key(wall)) && replaced[key(wall)] == nil && !isLeftOut(wall) {
      let own = times.moved(to: wall)
      let placed = own.placed
      if isWanted(placed) { found.append(EventInstance(key(wall), own, placed)) }
    }
    for override in overrides where !isLeftOut(override.key.wall) {
      let changed = instance(override)
      if isWanted(changed.times.placed) { found.append(changed) }
    }
    found.sort { ($0.start, $0.key) < ($1.start, $1.key) }
    return Array(EventSeries.once(found).prefix(most))
  }

  /// What the rule gives and nothing replaces or leaves out; once there are enough, a day more, since the clocks may move one behind the next or
  /// onto it.
  private func given(_ range: Range<Instant>, most: Int, _ isWanted: (PlacedTimes) -> Bool) -> [EventInstance] {
    var clocks = EventClocks(times)
    let place = times.isAllDay ? Zone.utc : times.zone
    let length = Int(abs(times.wallLength) / 86_400) + 3
    let first = place.local(range.lowerBound).day.advanced(by: -length)
    var stop = place.local(range.upperBound).day.advanced(by: 2)
    var run = run(notBefore: first, through: stop)
    var found: [EventInstance] = []
    var standing = 0
    while let wall = run.next(), wall.day <= stop {
      let placed = clocks.place(wall)
      guard isWanted(placed), !isLeftOut(wall, at: placed.start) else { continue }
      let key = key(wall)
      if !replaced.isEmpty, replaced[key] != nil { continue }
      found.append(EventInstance(key, times.moved(to: wall), placed))
      if !placed.isMovedByClocks { standing += 1 }
      if standing == most { stop = min(stop, wall.day.advanced(by: 1)) }
    }
    return found
  }

  /// A time that the clocks move onto that of the next is there once, as the next.
  private static func once(_ sorted: [EventInstance]) -> [EventInstance] {
    guard sorted.contains(where: { $0.isMovedByClocks && !$0.isChanged }) else { return sorted }
    let standing = Set(sorted.lazy.filter { !$0.isMovedByClocks && !$0.isChanged }.map(\.start))
    return sorted.filter { !$0.isMovedByClocks || $0.isChanged || !standing.contains($0.start) }
  }
}
