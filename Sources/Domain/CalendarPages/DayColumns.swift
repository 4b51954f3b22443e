/// The hours of a date as its clocks show them, at their true length: 23 hours of the date on which the clocks go forward, 25 of the other, none of
/// a date that a place left out.
public struct DayHours: Hashable, Sendable {
  /// A full hour on the clock; one that comes twice has two.
  public struct Mark: Hashable, Sendable {
    /// Minutes since the date began.
    public let minute: Int
    public let time: TimeOfDay
  }

  /// When the date begins and ends there.
  public let span: Range<Instant>
  /// Minutes: 1,440 as a rule.
  public let length: Int
  public let marks: [Mark]

  public init(_ day: Day, in zone: Zone) {
    let start = zone.start(of: day)
    let span = start..<max(start, zone.start(of: day.advanced(by: 1)))
    let length = DayHours.minutes(from: start, to: span.upperBound)
    var marks: [Mark] = []
    for time in (0..<24).compactMap({ TimeOfDay(hour: $0, minute: 0) }) {
      let instants: [Instant] =
        switch zone.resolve(LocalTime(day: day, time: time)) {
        case .once(let one): [one]
        case .twice(let first, let second): [first, second]
        case .skipped: []
        }
      for instant in instants where span.contains(instant) {
        marks.append(Mark(minute: DayHours.minutes(from: start, to: instant), time: time))
      }
    }
    (self.span, self.length) = (span, length)
    self.marks = marks.sorted { $0.minute < $1.minute }
  }

  /// Whole minutes, rounded down.
  static func minutes(from start: Instant, to end: Instant) -> Int { Int(clamping: floorDivide(end.seconds(since: start), 60)) }
}

/// The events of a date side by side where they are on at once, as calendars draw them: as few columns as it takes, the earlier ones to the left
/// (RULES 9.5).
public struct DayColumns<Key: Sendable>: Sendable {
  /// An event on the date. Minutes are counted from when the date begins, in elapsed time.
  public struct Block: Sendable {
    public let key: Key
    /// 0 for what came from the date before.
    public let from: Int
    /// The date's length for what goes on into the next; equal to ``from`` for a point in time.
    public let until: Int
    /// What is drawn: the same, but at least as long as can be read.
    public let top: Int
    public let bottom: Int
    /// 0 is the left one.
    public let column: Int
    /// How many there are side by side here; everything that hangs together has the same number.
    public let columns: Int
    public let continuesBefore: Bool
    public let continuesAfter: Bool
    public let isPoint: Bool
    /// Whether another one is on at the same time. Two that only need room beside each other do not overlap.
    public let overlaps: Bool
  }

  /// Minutes of the date.
  public let length: Int
  /// By when they begin, of those the longer first, then as they were given.
  public let blocks: [Block]

  /// - Parameters:
  ///   - spans: of timed events, in any order; those of other dates are left out (RULES 9.20).
  ///   - zone: the reader's.
  ///   - least: how many minutes tall a block is drawn at least.
  public init(_ spans: [(key: Key, span: Range<Instant>)], on day: Day, in zone: Zone, least: Int = 15) {
    let hours = DayHours(day, in: zone)
    length = hours.length
    let touching = spans.filter { EventDaysTouched($0.span, in: zone).days.contains(day) }
    let overlapping = DayColumns.overlapping(touching.map(\.span))
    let places = hours.length == 0 ? [] : touching.map { ColumnPlace($0.span, hours, least: max(least, 1)) }
    let order = places.indices.sorted { left, right in
      let (one, other) = (places[left], places[right])
      return (one.top, -one.bottom, left) < (other.top, -other.bottom, right)
    }
    let columns = DayColumns.columns(order.map { places[$0] })
    blocks = zip(order, columns).map { index, column in
      let (place, span) = (places[index], touching[index].span)
      return Block(
        key: touching[index].key, from: place.from, until: place.until, top: place.top, bottom: place.bottom, column: column.column,
        columns: column.of, continuesBefore: span.lowerBound < hours.span.lowerBound,
        continuesAfter: span.upperBound > hours.span.upperBound, isPoint: span.isEmpty, overlaps: overlapping[index])
    }
  }

  /// Each into the first column that is free; columns are counted anew wherever nothing is drawn across.
  private static func columns(_ places: [ColumnPlace]) -> [(column: Int, of: Int)] {
    var found: [(column: Int, of: Int)] = []
    var bottoms: [Int] = []
    var (cluster, reach) = (0, 0)
    for place in places {
      if place.top >= reach {
        for index in cluster..<found.count { found[index].of = bottoms.count }
        (cluster, bottoms) = (found.count, [])
      }
      let column = bottoms.firstIndex { $0 <= place.top } ?? bottoms.count
      if column == bottoms.count { bottoms.append(place.bottom) } else { bottoms[column] = place.bottom }
      reach = max(reach, place.bottom)
      found.append((column: column, of: 1))
    }
    for index in cluster..<found.count { found[index].of = bottoms.count }
    return found
  }

  /// Of each span, whether another is on at the same time; a point is on at its instant.
  private static func overlapping(_ spans: [Range<Instant>]) -> [Bool] {
    var overlaps = [Bool](repeating: false, count: spans.count)
    let order = spans.indices.sorted { (spans[$0].lowerBound, $0) < (spans[$1].lowerBound, $1) }
    func end(_ index: Int) -> Instant { max(spans[index].upperBound, spans[index].lowerBound.advanced(microseconds: 1)) }
    var reach = Instant.distantPast
    for (place, index) in order.enumerated() {
      let isInto = place + 1 < order.count && spans[order[place + 1]].lowerBound < end(index)
      overlaps[index] = reach > spans[index].lowerBound || isInto
      reach = max(reach, end(index))
    }
    return overlaps
  }
}

/// Where a span lies on a date.
private struct ColumnPlace {
  let from: Int
  let until: Int
  let top: Int
  let bottom: Int

  init(_ span: Range<Instant>, _ hours: DayHours, least: Int) {
    let length = hours.length
    let start = hours.span.lowerBound
    from = min(max(DayHours.minutes(from: start, to: span.lowerBound), 0), length)
    // The minute in which it ends is part of it.
    let end = DayHours.minutes(from: start, to: span.upperBound.advanced(microseconds: 59_999_999))
    until = span.isEmpty ? from : min(max(end, from), length)
    // What begins in the last minutes is drawn above the end of the date.
    let least = min(least, length)
    top = min(from, length - least)
    bottom = max(until, top + least)
  }
}
