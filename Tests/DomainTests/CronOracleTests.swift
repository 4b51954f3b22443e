import Testing

@testable import Domain

/// ``Cron/next(after:in:)`` against the simplest thing that could be right: looking at each minute in turn, as a cron daemon does.
@Suite struct CronOracleTests {
  /// Whether a minute on the wall matches, by the words of RULES 1.4, day by day and without bit tricks.
  private func matches(_ cron: Cron, _ wallMinute: Int) -> Bool {
    let time = LocalTime(wallSeconds: Int64(wallMinute) * 60)
    guard cron.minute.contains(time.time.minute), cron.hour.contains(time.time.hour) else { return false }
    let (year, month, date) = time.day.date
    guard cron.month.contains(month) else { return false }
    let length = Day.daysIn(month: month, year: year)
    let byDate =
      cron.dayOfMonth.contains(date) || cron.dayOfMonth.daysBeforeLast >> UInt64(length - date) & 1 == 1
      || isNearest(time.day, length, cron.text.split(separator: " ")[2])
    let weekday = time.day.weekday.rawValue % 7
    let nth = cron.dayOfWeek.nthWeekdays >> UInt64(weekday * 8)
    let isLast = date + 7 > length
    let byWeekday = cron.dayOfWeek.contains(weekday) || nth >> UInt64((date - 1) / 7 + 1) & 1 == 1 || isLast && nth >> 6 & 1 == 1
    let both = cron.dayOfMonth.beginsWithStar || cron.dayOfWeek.beginsWithStar
    return both ? byDate && byWeekday : byDate || byWeekday
  }

  /// Whether the field's text names a day whose nearest weekday this is: of all weekdays of the month none is nearer to it.
  private func isNearest(_ day: Day, _ length: Int, _ field: Substring) -> Bool {
    let (year, month, date) = day.date
    let weekdays = (1...length).filter { Day(year: year, month: month, day: $0).map { !$0.weekday.isWeekend } ?? false }
    return field.split(separator: ",").filter { $0.hasSuffix("W") }.contains { item in
      if item == "LW" { return weekdays.last == date }
      guard let wanted = Int(item.dropLast()), wanted <= length else { return false }
      return weekdays.min { abs($0 - wanted) < abs($1 - wanted) } == date
    }
  }

  /// Each real minute in turn. Fixed times catch up with what a jump passed over, and wait while the clock repeats itself.
  private func firings(_ cron: Cron, _ zone: Zone, after start: Instant, minutes: Int) -> [Instant] {
    let isFixed = !cron.text.split(separator: " ").prefix(2).contains { $0.hasPrefix("*") }
    var result: [Instant] = []
    // A day and a half before the start, so that a repeated hour that has begun is known.
    let first = floorDivide(start.seconds, 60) - 2160
    var seen = Int(first + Int64(zone.offset(at: Instant(seconds: first * 60))) / 60)
    for minute in first + 1...first + 2160 + Int64(minutes) {
      let moment = Instant(seconds: minute * 60)
      let wall = Int(minute) + zone.offset(at: moment) / 60
      let fires = isFixed ? wall > seen && (seen + 1...wall).contains { matches(cron, $0) } : matches(cron, wall)
      seen = max(seen, wall)
      if fires && moment > start { result.append(moment) }
    }
    return result
  }

  private func expression(_ generator: inout Seeded) -> String {
    func field(_ range: ClosedRange<Int>, _ special: [String]) -> String {
      func number() -> Int { Int.random(in: range, using: &generator) }
      switch Int.random(in: 0..<10, using: &generator) {
      case 0...2: return "*"
      case 3: return "*/\(Int.random(in: 1...20, using: &generator))"
      case 4: return "\(number())"
      case 5: return "\(number()),\(number()),\(number())"
      case 6, 7:
        let (one, other) = (number(), number())
        return "\(min(one, other))-\(max(one, other))"
      case 8: return "\(number())/\(Int.random(in: 1...9, using: &generator))"
      default: return special.randomElement(using: &generator) ?? "\(number())"
      }
    }
    let weekdays = ["MON-FRI", "FRI-MON", "SUN", "7", "FRI#1", "MON#5", "SATL", "0#2"]
    return [
      field(0...59, ["0", "30"]), field(0...23, ["0", "1", "2", "1-3", "23"]),
      field(1...31, ["L", "L-3", "31", "1,L", "LW", "15W", "1W", "31W", "1W,15W,LW", "7,22W"]),
      field(1...12, ["3", "OCT", "*"]), field(0...7, weekdays),
    ].joined(separator: " ")
  }

  @Test(arguments: 0..<8)
  func `a walk through every minute finds the same times`(seed: UInt64) throws {
    var generator = Seeded(seed)
    let zones = try [
      "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Africa/Cairo", "America/Santiago", "Asia/Gaza", "Africa/Casablanca",
      "America/Havana", "Antarctica/Troll", "America/St_Johns", "UTC",
    ].map(zone)
    var total = 0
    for _ in 0..<40 {
      let zone = try #require(zones.randomElement(using: &generator))
      let cron = try Cron(expression(&generator))
      // Anywhere between 2010 and 2090, mostly within a day of a clock change.
      var start = Instant(seconds: Int64.random(in: 1_262_304_000...3_786_912_000, using: &generator))
      if Bool.random(using: &generator) || Bool.random(using: &generator), let change = zone.nextTransition(after: start) {
        start = change.advanced(seconds: Int64.random(in: -86_400...7200, using: &generator))
      }
      let expected = firings(cron, zone, after: start, minutes: 2880)
      var found: [Instant] = []
      var moment = start
      while let next = cron.next(after: moment, in: zone), next.seconds < floorDivide(start.seconds, 60) * 60 + 2880 * 60 + 60 {
        found.append(next)
        moment = next
      }
      total += expected.count
      if found != expected {
        let difference = Set(found).symmetricDifference(expected).sorted().prefix(4).map(\.iso)
        Issue.record("\(cron.text) in \(zone.name) after \(start.iso): \(difference)")
      }
    }
    #expect(total > 100)
  }
}
