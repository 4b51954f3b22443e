import Testing

@testable import Domain

/// What is remembered of a day and a week, and when somebody was active.
@Suite struct MemoryTests {
  private let start = Instant(seconds: 1_803_913_200)  // 2027-03-01T15:00:00Z, ten o'clock in New York

  private func event(_ number: UInt64, _ kind: String, _ thing: UInt64, minutes: Int = 0, from: Day? = nil) -> MemoryEvent {
    MemoryEvent(
      id: ID(high: 1, low: number), at: start.advanced(minutes: Int64(number)), kind: kind, thing: ID(high: 2, low: thing),
      minutes: minutes, from: from)
  }

  private func said(_ facts: [MemoryFact]) -> String {
    facts.map {
      "\($0.kind) \($0.count) of \($0.things.map { String($0.low) }.joined(separator: ",")) by \($0.events.map { String($0.low) }.joined(separator: ","))"
    }
    .joined(separator: "; ")
  }

  @Test func `Hard case 19: 10:00, 10:29 and 11:00 are two sessions, and 10:45, come late, makes them one`() {
    let moments = [0, 29, 60].map { start.advanced(minutes: $0) }
    let two = ActivitySession.of(moments)
    #expect(two == [ActivitySession(first: moments[0], last: moments[1]), ActivitySession(at: moments[2])])
    let place = ActivitySession.place(of: start.advanced(minutes: 45), among: two.reversed())
    #expect(place.joined == [1, 0] && place.session == ActivitySession(first: moments[0], last: moments[2]))
    #expect(ActivitySession.place(of: start.advanced(minutes: 90), among: two).joined.isEmpty)
    #expect(two[1].isOver(at: start.advanced(minutes: 90)) && !two[1].isOver(at: start.advanced(minutes: 89)))
  }

  @Test func `Hard case 31: a day and a week are cut by the person's day, week and clocks`() throws {
    let clock = HabitClock(zone: try zone("America/New_York"), dayStart: 4)
    let moment = Instant(seconds: 1_805_014_800)  // 2027-03-14T09:00:00Z: four hours after a midnight behind which the clocks went on
    let (day, week) = SummaryPeriod.holding(moment, clock, weekStart: .monday)
    #expect(day.key == "2027-03-14" && week.key == "2027-W10")
    #expect(day.span(clock).lowerBound.iso == "2027-03-14T09:00:00Z" && day.span(clock).upperBound.iso == "2027-03-15T08:00:00Z")
    #expect(week.span(clock).lowerBound.iso == "2027-03-08T09:00:00Z" && week.span(clock).upperBound.iso == "2027-03-15T08:00:00Z")
    #expect(SummaryPeriod.holding(moment.advanced(seconds: -1), clock, weekStart: .monday).day.key == "2027-03-13")
  }

  @Test func `facts are what stands at the end, of things each once, whatever the order of the events`() throws {
    let (monday, tuesday) = (try day("2027-03-01"), try day("2027-03-02"))
    let events = [
      event(1, "task.made", 1), event(2, "task.made", 2), event(3, "task.deleted", 2), event(4, "task.completed", 1),
      event(5, "task.completed", 3),
      event(6, "task.reopened", 3), event(7, "deadline.missed", 4), event(8, "deadline.completed", 4), event(9, "deadline.missed", 5),
      event(10, "task.timed", 1, minutes: 60), event(11, "task.timed", 1, minutes: -15), event(12, "plan.carried", 6, from: monday),
      event(13, "plan.carried", 7, from: tuesday), event(14, "link.made", 1),
    ]
    let followed = MemoryFacts.Followed(
      unblocked: [(thing: ID(high: 2, low: 8), by: ID(high: 2, low: 1)), (thing: ID(high: 2, low: 9), by: ID(high: 2, low: 3))],
      left: [ID(high: 2, low: 6), ID(high: 2, low: 10)])
    let facts = MemoryFacts.of(events, days: monday...monday, followed)
    #expect(
      said(facts)
        == "done 1 of 1 by 4; met 1 of 4 by 8; missed 1 of 5 by 9; unblocked 1 of 8 by 4; slipped 2 of 6,10 by 12; made 1 of 1 by 1; minutes 45 of  by 10,11"
    )
    #expect(MemoryFacts.of(events.reversed(), days: monday...monday, followed) == facts)
    #expect(MemoryFacts.of(events, days: nil, followed).allSatisfy { $0.kind != .slipped })
    #expect(MemoryFacts.of([], days: monday...monday).isEmpty)
  }
}
