/// A zone's clocks as a VTIMEZONE (RFC 5545, 3.6.5): each change that lies near enough, made of the same data by which Heed rings. Programs that know the
/// zone by its name read no more than that.
struct PublishedZone {
  /// A clock that is set in the same way on several days.
  private struct Change: Hashable {
    let from: Int
    let to: Int
    let name: String
  }

  private let zone: Zone
  private var changes: [(change: Change, walls: [LocalTime])] = []

  /// How far ahead changes are listed: beyond, the last one goes on.
  static let years = 30

  /// - Parameters:
  ///   - start: the first time that is to be read by this zone's clocks.
  ///   - end: the last one that is known; nil: the first.
  init(_ zone: Zone, from start: Instant, to end: Instant? = nil) {
    self.zone = zone
    let last = max(end ?? start, start).advanced(days: PublishedZone.years * 366)
    var begin = zone.table.span(at: start.seconds).start.map { Instant(seconds: $0) }
    if begin == nil {
      let offset = zone.offset(at: start)
      changes = [(Change(from: offset, to: offset, name: zone.abbreviation(at: start)), [LocalTime(day: Day(0), time: .midnight)])]
      begin = zone.nextTransition(after: start)
    }
    while let at = begin, at <= last {
      add(at)
      begin = zone.nextTransition(after: at)
    }
  }

  private mutating func add(_ at: Instant) {
    let before = zone.offset(at: at.advanced(seconds: -1))
    let change = Change(from: before, to: zone.offset(at: at), name: zone.abbreviation(at: at))
    let wall = LocalTime(wallSeconds: at.seconds + Int64(before))
    if let index = changes.firstIndex(where: { $0.change == change }) {
      changes[index].walls.append(wall)
    } else {
      changes.append((change, [wall]))
    }
  }

  func write(to lines: inout PublishedLines) {
    lines.add("BEGIN", "VTIMEZONE")
    lines.add("TZID", zone.name)
    for (change, walls) in changes {
      let name = change.to > change.from ? "DAYLIGHT" : "STANDARD"
      lines.add("BEGIN", name)
      lines.add("DTSTART", walls[0].basic)
      if walls.count > 1 { lines.add("RDATE", walls.dropFirst().map(\.basic).joined(separator: ",")) }
      lines.add("TZOFFSETFROM", PublishedZone.offset(change.from))
      lines.add("TZOFFSETTO", PublishedZone.offset(change.to))
      lines.add("TZNAME", text: change.name)
      lines.add("END", name)
    }
    lines.add("END", "VTIMEZONE")
  }

  /// "+0530", "-001430".
  private static func offset(_ seconds: Int) -> String {
    let size = Int(seconds.magnitude)
    let parts = [size / 3600, size / 60 % 60] + (size % 60 == 0 ? [] : [size % 60])
    return (seconds < 0 ? "-" : "+") + parts.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined()
  }
}
