import Testing

@testable import Domain

/// Series of any shape: what they are asked in other ways is the same.
@Suite struct SeriesPropertyTests {
  /// Any series that a form could make, with dates and exceptions.
  private func shape(_ dice: inout Seeded, _ zone: Zone) throws -> EventSeries? {
    let frequency = ["DAILY", "DAILY", "WEEKLY", "WEEKLY", "MONTHLY", "YEARLY", "HOURLY"].randomElement(using: &dice) ?? "DAILY"
    func maybe(_ share: Double, _ part: @autoclosure () -> String) -> String {
      Double.random(in: 0..<1, using: &dice) < share ? ";" + part() : ""
    }
    let numbers = (0..<4).map { _ in Int.random(in: 1...28, using: &dice) }
    let isMonthly = frequency == "MONTHLY" || frequency == "YEARLY"
    let days = ["MO", "TU,TH", "SA,SU", "MO,TU,WE,TH,FR"].randomElement(using: &dice) ?? "MO"
    let parts: [String] = [
      maybe(0.5, "INTERVAL=\(numbers[0] % 6 + 1)"), maybe(0.3, "BYMONTH=\(numbers[1] % 12 + 1),3,11"),
      maybe(isMonthly ? 0.4 : 0, "BYMONTHDAY=\(numbers[2]),-1"), maybe(isMonthly ? 0.2 : 0.5, "BYDAY=" + days),
      maybe(0.2, "BYHOUR=\(numbers[3] % 24),2"), maybe(0.3, "COUNT=\(numbers[3])"), maybe(0.3, "WKST=SU"),
    ]
    let rule = "FREQ=" + frequency + parts.joined()
    let hours: [Int] = [0, 2, 2, 9, 23]
    let lengths: [Int64] = [0, 1_800, 7_200, 100_000]
    let begin = try day("2027-03-01").advanced(by: numbers[1])
    let start = LocalTime(day: begin, time: TimeOfDay(clamping: hours[numbers[0] % 5] * 3_600 + 900))
    let times = try EventTimes(from: start, to: LocalTime(wallSeconds: start.wallSeconds + lengths[numbers[2] % 4]), zone: zone)
    guard let plain = try? EventSeries(times, rule: Recurrence(event: rule, isStored: false)).begun() else { return nil }
    let first = plain.next(after: .distantPast, most: 12)
    guard let left = first.randomElement(using: &dice), let other = first.randomElement(using: &dice) else { return nil }
    let away = other.times.moved(to: LocalTime(wallSeconds: other.times.start.wallSeconds + Int64(numbers[0]) * 5_400))
    return EventSeries(
      plain.times, rule: plain.rule, rdates: [.wall(LocalTime(wallSeconds: left.times.start.wallSeconds + 4_000))],
      exdates: [left.key.date],
      overrides: [EventOverride(other.key, times: away, isCancelled: numbers[2] == 1)])
  }

  /// Day by day and hour by hour, a quarter past each, from the first on: what a day must be for the rule, and whose turn it is.
  private func naive(_ series: EventSeries, through last: Day) -> [LocalTime] {
    guard let rule = series.whole else { return [series.times.start] }
    let start = series.times.start
    func turn(_ wall: LocalTime) -> Int {
      let (year, month, _) = wall.day.date
      switch rule.frequency {
      case .hourly: return wall.day.number * 24 + wall.time.hour
      case .daily: return wall.day.number
      case .weekly:
        var first = wall.day
        while first.weekday != rule.weekStart { first = first.advanced(by: -1) }
        return floorDivide(first.number + 1_000_000 * 7, 7)
      case .monthly: return year * 12 + month
      case .yearly: return year
      }
    }
    var found: [LocalTime] = []
    var day = start.day
    while day <= last {
      for minute in rule.fits(day) ? Array(stride(from: 15, to: 1_440, by: 60)) : [] {
        let wall = LocalTime(day: day, time: TimeOfDay(clamping: minute * 60))
        guard wall >= start, rule.minutes.contains(minute % 60), rule.hours.isEmpty || rule.hours.contains(minute / 60),
          (turn(wall) - turn(start)) % rule.interval == 0
        else { continue }
        found.append(wall)
      }
      day = day.advanced(by: 1)
    }
    return rule.count.map { Array(found.prefix($0)) } ?? found
  }

  @Test func `every series is what a slow look at every hour finds`() throws {
    var (dice, seen) = (Seeded(9), 0)
    let places = try ["America/New_York", "Europe/Berlin", "Australia/Lord_Howe"].map { try zone($0) }
    while seen < 60 {
      guard let series = try shape(&dice, places[seen % 3]), series.rule?.positions.isEmpty == true else { continue }
      seen += 1
      let last = series.times.start.day.advanced(by: 400)
      var run = series.run(notBefore: series.times.start.day, through: last)
      var walls: [LocalTime] = []
      while let wall = run.next() { walls.append(wall) }
      #expect(walls == naive(series, through: last), "\(series.rule?.text ?? "") from \(series.times.start.text)")
      // From any day on it is the same.
      let from = series.times.start.day.advanced(by: Int.random(in: 0..<400, using: &dice))
      var later = series.run(notBefore: from, through: last)
      var rest: [LocalTime] = []
      while let wall = later.next() { if wall.day >= from { rest.append(wall) } }
      #expect(rest == walls.filter { $0.day >= from }, "\(series.rule?.text ?? "") from \(from.iso)")
    }
  }

  /// Hard case 25: what is kept is what is computed, in any window, also outside of what is kept.
  @Test func `what is kept is what is computed`() throws {
    var (dice, seen) = (Seeded(25), 0)
    let (place, reader) = (try zone("America/Santiago"), try zone("Asia/Tokyo"))
    while seen < 80 {
      guard let series = try shape(&dice, place) else { continue }
      seen += 1
      let now = try instant("2027-03-10T12:00:00Z").advanced(days: Int.random(in: -500..<900, using: &dice))
      let kept = series.kept(at: now)
      #expect(kept.instances.count <= KeptInstances.most && kept.window.contains(now), "\(series.rule?.text ?? "")")
      let begin = kept.window.lowerBound.advanced(hours: Int.random(in: 0..<20_000, using: &dice))
      let range = begin..<begin.advanced(days: [1, 7, 42].randomElement(using: &dice) ?? 1)
      guard range.upperBound <= kept.window.upperBound else { continue }
      let computed = series.instances(overlapping: range, most: 2_000)
      #expect(kept.instances.filter { $0.start < range.upperBound && ($0.end > begin || $0.start >= begin) } == computed, "\(range)")
      for instance in computed.prefix(20) { #expect(series.instance(instance.key) == instance) }
      // By a reader's days: those that touch them.
      let days = reader.local(begin).day...reader.local(range.upperBound).day
      let touching = series.instances(on: days, in: reader, most: 2_000)
      #expect(touching.allSatisfy { $0.days(in: reader).overlaps(days) } && Set(computed).isSubset(of: Set(touching)))
      // One after the other.
      var cursor = begin
      for start in Set(computed.map(\.start).filter { $0 > begin }).sorted().prefix(8) {
        #expect(series.next(after: cursor, most: 1).first?.start == start)
        cursor = start
      }
      if let until = series.seriesUntil {
        #expect(series.next(after: until, most: 1).isEmpty && series.rule?.count != nil, "\(series.rule?.text ?? "")")
      }
    }
  }

  @Test func `old and far windows cost no more than near ones`() throws {
    // Hard case 25: from 2010, from 2050, and 500 series over a year.
    let start = try times("2010-01-04T09:00", "2010-01-04T10:00")
    let rules = ["FREQ=WEEKLY;BYDAY=MO,WE", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=DAILY;INTERVAL=3", "FREQ=YEARLY", "FREQ=WEEKLY;COUNT=5000"]
    let all = try (0..<500).map { try series(start, rules[$0 % rules.count]) }
    for year in ["2010", "2027", "2050"] {
      let range = try instant("\(year)-02-01T00:00:00Z")..<instant("\(year)-03-01T00:00:00Z")
      #expect(all[0].instances(overlapping: range, most: 99).count == 8, "\(year)")
    }
    let year = try instant("2027-01-01T00:00:00Z")..<instant("2028-01-01T00:00:00Z")
    var count = 0
    let spent = ContinuousClock().measure {
      for series in all { count += series.instances(overlapping: year, most: 3_000).count }
    }
    #expect(count > 20_000 && spent < .seconds(5), "\(count) in \(spent)")
    // More than are kept: those to come.
    let hourly = try series(start, "FREQ=HOURLY")
    let now = try instant("2027-03-10T12:00:00Z")
    let kept = hourly.kept(at: now)
    #expect(kept.instances.count == KeptInstances.most && kept.window.lowerBound == now.advanced(days: -1))
    #expect(kept.window.upperBound > now.advanced(days: 120) && hourly.kept(at: now).window == kept.window)
  }
}
