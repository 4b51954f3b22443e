/// A zone's clocks as a calendar file describes them (VTIMEZONE; RFC 5545, 3.6.5), for zones that nothing here is called (RULES 9.26).
///
/// Only the years that are asked for are looked at, so that rules since 1601, as Outlook writes them, cost no more than others.
struct ZoneDefinition {
  /// The clocks are set.
  struct Change: Hashable {
    /// Seconds since 1970.
    let at: Int64
    let from: Int
    let to: Int
  }

  /// STANDARD or DAYLIGHT.
  private struct Part {
    let start: LocalTime
    let from: Int
    let to: Int
    let rule: Recurrence?
  }

  private let parts: [Part]
  /// Those that are named one by one: the first of each part, and its RDATEs.
  private let named: [Change]
  /// By year: what was looked up for its times.
  private var known: [Int: [Change]] = [:]

  /// Of one definition: more are not looked at.
  private static let mostDates = 2_000
  /// Clocks that are set more often within a few years are none.
  private static let mostChanges = 60
  /// Times of a rule with a COUNT that are walked through.
  private static let mostSteps = 400

  /// - Returns: nil for one that cannot be read.
  init?(_ component: CalendarComponent) {
    var parts: [Part] = []
    var named: [Change] = []
    for item in component.parts {
      guard !item.isBroken, let start = item.first("DTSTART").flatMap({ CalendarTime.read($0.value) })?.local,
        let from = item.first("TZOFFSETFROM").flatMap({ ZoneDefinition.offset($0.value) }),
        let to = item.first("TZOFFSETTO").flatMap({ ZoneDefinition.offset($0.value) })
      else { return nil }
      var rule: Recurrence?
      if let property = item.first("RRULE") {
        let text = String(decoding: property.value.prefix(Recurrence.longestText + 1), as: UTF8.self)
        // What is wrong with it does not matter: the zone is then unknown.
        guard let read = try? Recurrence(ofFile: text), read.frequency == .yearly, read.positions.isEmpty, read.hours.count < 2,
          read.minutes.count < 2
        else { return nil }
        rule = read.completed(on: start.day, at: start.time)
      }
      let dates = item.all("RDATE").flatMap { $0.value.split(separator: 0x2C) }.prefix(ZoneDefinition.mostDates)
      let walls = [start] + dates.compactMap { CalendarTime.read($0)?.local }
      parts.append(Part(start: start, from: from, to: to, rule: rule))
      named += walls.map { Change(at: $0.wallSeconds - Int64(from), from: from, to: to) }
      if named.count > ZoneDefinition.mostDates { return nil }
    }
    if parts.isEmpty { return nil }
    (self.parts, self.named) = (parts, named)
  }

  /// "+0530", "-001430".
  private static func offset(_ value: ArraySlice<UInt8>) -> Int? {
    var reader = ByteReader(Array(value.filter { $0 > 0x20 }))
    let isWest = reader.skip(0x2D)
    guard isWest || reader.skip(0x2B), let hours = reader.digits(2), let minutes = reader.digits(2), minutes < 60 else { return nil }
    var seconds = 0
    if !reader.isAtEnd {
      guard let more = reader.digits(2), more < 60, reader.isAtEnd else { return nil }
      seconds = more
    }
    let offset = Int64((hours * 3_600 + minutes * 60 + seconds) * (isWest ? -1 : 1))
    return (ZoneTable.leastOffset...ZoneTable.greatestOffset).contains(offset) ? Int(offset) : nil
  }

  /// What is needed to tell the clocks of these years, in order: their changes, and the last ones before.
  func changes(_ years: ClosedRange<Int>) -> [Change] {
    var found = Set(named)
    for part in parts { found.formUnion(changes(part, years)) }
    return found.sorted { ($0.at, $0.to) < ($1.at, $1.to) }
  }

  private func changes(_ part: Part, _ years: ClosedRange<Int>) -> [Change] {
    guard var rule = part.rule else { return [] }
    let final = lastYear(rule, part)
    // A rule that has ended says with its last time what holds from then on.
    let range = final < years.lowerBound ? final - 1...final : years.lowerBound - 1...years.upperBound
    let first = Day(Civil.days(year: max(range.lowerBound, part.start.day.year, 1), month: 1, day: 1))
    let last = Day(Civil.days(year: min(max(range.upperBound, 1), 9_998), month: 12, day: 31))
    guard first <= last else { return [] }
    let mayBegin = rule.interval == 1 && rule.count == nil
    let start = mayBegin ? max(part.start, LocalTime(day: first, time: .midnight)) : part.start
    var left = rule.count ?? .max
    (rule.count, rule.end) = (nil, nil)
    var walls = RecurrenceWalls(rule, from: start, notBefore: left == .max ? first : start.day, through: last)
    var found: [Change] = []
    var steps = 0
    while left > 0, steps < ZoneDefinition.mostSteps, found.count < ZoneDefinition.mostChanges, let wall = walls.next() {
      steps += 1
      if wall < part.start { continue }
      if left != .max { left -= 1 }
      let at = wall.wallSeconds - Int64(part.from)
      if ZoneDefinition.isIn(part.rule?.end, wall, at), wall.day >= first { found.append(Change(at: at, from: part.from, to: part.to)) }
    }
    return found
  }

  private func lastYear(_ rule: Recurrence, _ part: Part) -> Int {
    switch rule.end {
    case nil: 9_998
    case .day(let day): day.year
    case .wall(let wall): wall.day.year
    case .instant(let instant): Day(Int(floorDivide(instant.seconds + Int64(part.from), 86_400))).year
    }
  }

  private static func isIn(_ end: Recurrence.End?, _ wall: LocalTime, _ at: Int64) -> Bool {
    switch end {
    case nil: true
    case .day(let day): wall.day <= day
    case .wall(let last): wall <= last
    case .instant(let last): at <= last.seconds
    }
  }

  /// Seconds east of UTC; before the first change what it is said to come from.
  static func offset(at second: Int64, _ changes: [Change]) -> Int {
    changes.last { $0.at <= second }?.to ?? changes.first?.from ?? 0
  }

  /// When these clocks show a time: the first of two, and past a gap by its length (RULES 1.3).
  mutating func instant(_ local: LocalTime) -> Instant {
    let year = local.day.year
    let changes = known[year] ?? self.changes(max(year - 1, 1)...min(year + 1, 9_998))
    known[year] = changes
    let wall = local.wallSeconds
    let offsets = Set(changes.flatMap { [$0.from, $0.to] })
    let shown = offsets.filter { ZoneDefinition.offset(at: wall - Int64($0), changes) == $0 }.map { wall - Int64($0) }.min()
    if let shown { return Instant(seconds: shown) }
    let gap = changes.last { wall - Int64($0.from) >= $0.at && wall - Int64($0.to) < $0.at }
    return Instant(seconds: wall - Int64(gap?.from ?? changes.first?.from ?? 0))
  }
}
