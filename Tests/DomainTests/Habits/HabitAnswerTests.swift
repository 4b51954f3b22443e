import Testing

@testable import Domain

/// What a press does, and where a habit stands on the page. 2027-01-04 is a Monday.
@Suite struct HabitAnswerTests {
  /// Monday done, Tuesday not scheduled, Wednesday skipped, Thursday ticked though not scheduled, Friday with a note alone: today.
  @Test func `hard case 13: a date that is done is not skipped, a tick takes a skip away`() throws {
    let sketch = try HabitSketch("x.sxn", from: "2027-01-04", .mondayWednesdayFriday)
    let history = sketch.history
    let offered = HabitClock(zone: .utc).offered(at: try instant("2027-01-08T12:00:00Z"))
    let dates = (0...5).map { sketch.created.advanced(by: $0) }
    #expect(
      dates.map { history.answer(toSkip: $0, offered: offered) }
        == [.alreadyDone, .notScheduled, .alreadySkipped, .alreadyDone, .stored, .notOffered])
    #expect(
      dates.map { history.answer(toTick: $0, offered: offered) }
        == [.alreadyDone, .stored, .insteadOfSkip, .alreadyDone, .stored, .notOffered])
    // The eight dates begin on Friday 1 January.
    #expect(history.answer(toSkip: try day("2026-12-31"), offered: offered) == .notOffered)
    #expect(history.answer(toTick: try day("2027-01-01"), offered: offered) == .stored)
  }

  static let standings: [(String, HabitRule, HabitStanding)] = [
    ("x.", .daily, .due), ("xx", .daily, .done), ("xs", .daily, .resting), ("xp", .daily, .paused), ("xX", .daily, .done),
    ("x..", .daily, .rescue),
    ("x...", .daily, .due), ("x..x", .daily, .done), ("xx", .mondayWednesdayFriday, .done), ("x.", .mondayWednesdayFriday, .resting),
    ("xx", HabitRule(.perWeek(3)), .done), ("x.", HabitRule(.perWeek(3)), .due), ("xxx.", HabitRule(.perWeek(3)), .resting),
    ("0", .atMost(2), .done), (".", .atMost(2), .due), ("03", .atMost(2), .rescue), ("033", .atMost(2), .resting),
    ("4", .atLeast(8), .due), ("64", .atLeast(10, per: .week), .done), ("6", .atLeast(10, per: .week), .due),
    ("64.", .atLeast(10, per: .week), .resting), ("2.", .atMost(3, per: .week), .resting), ("22", .atMost(3, per: .week), .rescue),
  ]

  @Test(arguments: standings)
  func `a habit stands in one group of the page`(line: String, rule: HabitRule, standing: HabitStanding) throws {
    #expect(try HabitSketch(line, from: "2027-01-04", rule).figures.standing == standing)
  }

  @Test(arguments: [
    (0, false, 3), (2, false, 3), (3, true, 7), (30, true, 66), (99, false, 100), (100, true, 365), (365, true, 730), (366, false, 730),
    (730, true, 1095), (1000, false, 1095),
  ])
  func `milestones`(streak: Int, isReached: Bool, next: Int) {
    #expect((CoachSpeaking.isMilestone(streak), CoachSpeaking.next(after: streak)) == (isReached, next))
  }
}
