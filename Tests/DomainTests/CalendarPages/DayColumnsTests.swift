import Testing

@testable import Domain

/// Events of a date side by side.
@Suite struct DayColumnsTests {
  /// "name 09:00 10:30" in local time of a zone; "<" before a time is the date before, ">" the next one.
  private func span(_ text: String, _ day: Day, _ zone: Zone) throws -> (key: String, span: Range<Instant>) {
    let parts = text.split(separator: " ").map(String.init)
    func moment(_ text: String) throws -> Instant {
      let date = text.hasPrefix("<") ? day.advanced(by: -1) : text.hasPrefix(">") ? day.advanced(by: 1) : day
      let time = try #require(TimeOfDay(text: text.filter { $0 != "<" && $0 != ">" }), "\(text)")
      return zone.instant(LocalTime(day: date, time: time))
    }
    return (parts[0], try moment(parts[1])..<(try moment(parts[2])))
  }

  @Test func `what is on at once stands side by side, in as few columns as it takes`() throws {
    let (date, zone) = (try day("2027-03-10"), try zone("America/New_York"))
    let rows: [([String], String)] = [
      ([], ""), (["a 09:00 10:00"], "a 540-600 0/1"), (["a 09:00 10:00", "b 10:00 11:00"], "a 540-600 0/1, b 600-660 0/1"),
      (["a 09:00 10:00", "b 09:30 11:00"], "a 540-600 0/2 both, b 570-660 1/2 both"),
      // The longer of two that begin at once stands left.
      (["a 09:00 09:30", "b 09:00 11:00"], "b 540-660 0/2 both, a 540-570 1/2 both"),
      // A column is used again; all that hangs together has the same number.
      (
        ["a 09:00 12:00", "b 09:30 10:00", "c 10:00 11:00", "d 13:00 14:00"],
        "a 540-720 0/2 both, b 570-600 1/2 both, c 600-660 1/2 both, d 780-840 0/1"
      ),
      (["a 09:00 12:00", "b 10:00 12:00", "c 11:00 12:00"], "a 540-720 0/3 both, b 600-720 1/3 both, c 660-720 2/3 both"),
      // Over midnight, on either side; what ends at 00:00 is not on this date, and a point there is.
      (
        ["a <23:00 01:00", "b 23:00 >01:00", "c <22:00 00:00", "d 00:00 00:00"],
        "a 0-60 0/2 before both, d 0-0 1/2 point both, b 1380-1440 0/1 after"
      ),
      (["a <23:00 >02:00"], "a 0-1440 0/1 before after"),
      // Points and moments need room, and overlap nothing by that.
      (["a 09:00 09:00", "b 09:10 09:20"], "a 540-540 0/2 point, b 550-560 1/2"),
      (["a 09:00 09:05", "b 09:15 09:20"], "a 540-545 0/1, b 555-560 0/1"),
      (["a 09:00 09:00", "b 09:00 10:00"], "b 540-600 0/2 both, a 540-540 1/2 point both"),
      (["a 23:55 23:55", "b 23:50 >00:00"], "a 1435-1435 0/2 point both, b 1430-1440 1/2 both"),
      (["a 10:00 10:00", "b 09:00 10:00"], "b 540-600 0/1, a 600-600 0/1 point"),
    ]
    for (texts, expected) in rows {
      let columns = DayColumns(try texts.map { try span($0, date, zone) }, on: date, in: zone)
      let words = columns.blocks.map { block in
        let marks = [
          block.continuesBefore ? " before" : "", block.continuesAfter ? " after" : "", block.isPoint ? " point" : "",
          block.overlaps ? " both" : "",
        ]
        return "\(block.key) \(block.from)-\(block.until) \(block.column)/\(block.columns)" + marks.joined()
      }
      #expect(words.joined(separator: ", ") == expected, "\(texts)")
      #expect(columns.blocks.allSatisfy { $0.bottom - $0.top >= 15 && $0.top >= 0 && $0.bottom <= 1440 })
    }
  }

  @Test func `a date is as long as its clocks make it, and its hours stand where they are shown`() throws {
    let rows: [(String, String, Int, [Int])] = [
      ("America/New_York", "2027-03-10", 1440, [0, 60, 120, 180]), ("America/New_York", "2027-03-14", 1380, [0, 60, 120, 180]),
      ("America/New_York", "2027-11-07", 1500, [0, 60, 120, 180]), ("Australia/Lord_Howe", "2027-10-03", 1410, [0, 60, 150, 210]),
      ("America/Santiago", "2027-09-05", 1380, [0, 60, 120, 180]), ("Pacific/Apia", "2011-12-30", 0, []),
    ]
    for (name, date, length, first) in rows {
      let hours = DayHours(try day(date), in: try zone(name))
      #expect(hours.length == length, "\(name) \(date)")
      #expect(Array(hours.marks.prefix(4).map(\.minute)) == first, "\(name) \(date)")
    }
    let spring = DayHours(try day("2027-03-14"), in: try zone("America/New_York")).marks.map(\.time.hour)
    #expect(spring == [0, 1] + Array(3...23))
    let autumn = DayHours(try day("2027-11-07"), in: try zone("America/New_York")).marks.map(\.time.hour)
    #expect(autumn == [0, 1, 1] + Array(2...23))
  }

  @Test func `an event over a clock change has its true length`() throws {
    let clocks = try zone("America/New_York")
    let spring = try day("2027-03-14")
    let shift = try span("shift <22:00 06:00", spring, clocks)
    let night = try #require(DayColumns([shift], on: spring, in: clocks).blocks.first)
    #expect(night.from == 0 && night.until == 300 && night.continuesBefore)
    let autumn = try day("2027-11-07")
    let spell = try span("a 00:30 03:00", autumn, clocks)
    let long = try #require(DayColumns([spell], on: autumn, in: clocks).blocks.first)
    #expect(long.from == 30 && long.until == 240)
    let (monday, left) = (try day("2027-03-15"), try day("2011-12-30"))
    #expect(DayColumns([shift], on: monday, in: clocks).blocks.isEmpty)
    // A date that a place left out has nothing, though what goes over it touches it.
    let apia = try zone("Pacific/Apia")
    let over = try instant("2011-12-30T00:00:00Z")..<(try instant("2011-12-31T20:00:00Z"))
    #expect(DayColumns([(key: 1, span: over)], on: left, in: apia).blocks.isEmpty)
  }

  @Test func `in a column nothing is drawn over anything, and no column could be spared`() throws {
    let zone = try zone("America/New_York")
    for seed in UInt64(0)..<60 {
      var generator = Seeded(seed)
      let date = try day(["2027-03-10", "2027-03-14", "2027-11-07"][Int(seed) % 3])
      let start = zone.start(of: date)
      let spans = (0..<Int.random(in: 0...40, using: &generator)).map { key in
        let begin = start.advanced(minutes: Int.random(in: -300...1600, using: &generator))
        return (key: key, span: begin..<begin.advanced(minutes: [0, 5, 30, 60, 200, 900][Int.random(in: 0..<6, using: &generator)]))
      }
      let columns = DayColumns(spans, on: date, in: zone)
      let blocks = columns.blocks
      let expected = spans.filter { EventDaysTouched($0.span, in: zone).days.contains(date) }.map(\.key)
      #expect(blocks.map(\.key).sorted() == expected)
      // How many are drawn beside each other where each one begins.
      let depths = blocks.map { one in (one.columns, blocks.filter { $0.top <= one.top && one.top < $0.bottom }.count) }
      func end(_ key: Int) -> Instant { max(spans[key].span.upperBound, spans[key].span.lowerBound.advanced(microseconds: 1)) }
      for (place, block) in blocks.enumerated() {
        var (meets, isApart) = (false, true)
        for (other, second) in blocks.enumerated() where other != place {
          let isDrawnWith = block.top < second.bottom && second.top < block.bottom
          if isDrawnWith && (block.column == second.column || block.columns != second.columns) { isApart = false }
          let (begins, theirs) = (spans[block.key].span.lowerBound, spans[second.key].span.lowerBound)
          if begins < end(second.key) && theirs < end(block.key) { meets = true }
        }
        #expect(isApart && block.column < block.columns && block.bottom <= columns.length && block.from <= block.until, "seed \(seed)")
        #expect(block.overlaps == meets, "seed \(seed), \(block.key)")
        #expect(depths.contains { $0.0 == block.columns && $0.1 == block.columns }, "seed \(seed)")
      }
    }
  }
}
