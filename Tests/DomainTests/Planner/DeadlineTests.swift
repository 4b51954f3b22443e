import Testing

@testable import Domain

/// Deadlines and sessions, on Monday 1 March 2027 in New York.
@Suite struct DeadlineTests {
  private func at(_ text: String) throws -> Instant { try zone("America/New_York").instant(try local(text)) }

  @Test(arguments: [
    ("2 days before", "2027-03-08T17:00"), ("two days before", "2027-03-08T17:00"), ("2 dias antes", "2027-03-08T17:00"),
    ("uma semana antes", "2027-03-03T17:00"), ("1 hour before", "2027-03-10T16:00"), ("30 min before", "2027-03-10T16:30"),
    ("30 minutos antes", "2027-03-10T16:30"), ("the day before", "2027-03-09T17:00"), ("the day before at 18:00", "2027-03-09T18:00"),
    ("na véspera", "2027-03-09T17:00"), ("a week before at 9am", "2027-03-03T09:00"), ("a month before", "2027-02-10T17:00"),
    ("at the time", "2027-03-10T17:00"), ("na hora", "2027-03-10T17:00"), ("1 day and 2 hours before", "2027-03-09T15:00"),
    ("3 days in advance", "2027-03-07T17:00"), ("2 dias antes do prazo", "2027-03-08T17:00"),
  ])
  func `words before a deadline, which move with it`(words: String, expected: String) throws {
    let reader = try plannerReader()
    let reminder = try DeadlineReminder(words, reader: reader)
    guard case .before = reminder else {
      Issue.record("\(reminder)")
      return
    }
    let rings = reminder.instant(due: try at("2027-03-10T17:00"), zone: reader.zone)
    #expect(reader.zone.local(rings).text == expected)
  }

  @Test func `durations are elapsed over a change of the clocks, a time that is said is on the wall`() throws {
    let reader = try plannerReader()
    let due = try at("2027-03-15T09:00")
    let rings = try ["2 days before", "2 days before at 9", "1 month before"].map { words in
      reader.zone.local(try DeadlineReminder(words, reader: reader).instant(due: due, zone: reader.zone)).text
    }
    #expect(rings == ["2027-03-13T08:00", "2027-03-13T09:00", "2027-02-15T09:00"])
  }

  @Test(arguments: [
    ("2027-03-08T09:00", "2027-03-08T09:00"), ("tomorrow at 9", "2027-03-02T09:00"), ("2027-02-01T09:00", "2027-02-01T09:00"),
  ])
  func `anything else is an instant, which may have passed where it is written out`(words: String, expected: String) throws {
    let reminder = try DeadlineReminder(words, reader: plannerReader())
    let expected = try at(expected)
    #expect(reminder == .at(expected))
  }

  @Test(arguments: [
    "", "before", "-2 days before", "0 days before", "2 hours before at 9", "2 days before lunch", "yesterday", "dois antes",
  ])
  func `what says no time is refused`(words: String) throws {
    let reader = try plannerReader()
    #expect(throws: PhraseError.self) { try DeadlineReminder(words, reader: reader) }
  }

  @Test func `Hard case 26: a reminder that has passed rings once, and due lies ahead`() throws {
    let (now, due, clocks) = (try at("2027-03-01T10:00"), try at("2027-03-02T09:00"), try zone("America/New_York"))
    let two = try #require(DeadlineReminder.Offset(seconds: 2 * 86_400))
    let course = try DeadlineCourse(due: due, reminder: .before(two), now: now)
    #expect(course.ring(now: now, zone: clocks) == .caughtUp)
    #expect(throws: DeadlineError.notAhead) { try DeadlineCourse(due: now, reminder: nil, now: now) }
    var extended = course
    let move = try extended.extend(to: due.advanced(days: 7), now: now)
    #expect(move == .along && extended.ring(now: now, zone: clocks) == .at(due.advanced(days: 5)))
    #expect(extended.status == .extended && extended.formerDues == [due])
    let refused: [(Instant, DeadlineError)] = [(due.advanced(days: 6), .notLater), (now, .notAhead), (due.advanced(days: 7), .notLater)]
    for (late, error) in refused {
      var again = extended
      #expect(throws: error) { try again.extend(to: late, now: now) }
      #expect(again == extended)
    }
  }

  @Test func `Hard case 26: an instant that has passed is dropped with an extension, one that has not stays`() throws {
    let (now, due, clocks) = (try at("2027-03-01T10:00"), try at("2027-03-02T09:00"), try zone("America/New_York"))
    var passed = try DeadlineCourse(due: due, reminder: .at(now.advanced(hours: -1)), now: now)
    let dropped = try passed.extend(to: due.advanced(days: 1), now: now)
    #expect(dropped == .dropped && passed.reminder == nil && passed.ring(now: now, zone: clocks) == nil)
    var ahead = try DeadlineCourse(due: due, reminder: .at(now.advanced(hours: 1)), now: now)
    let stays = try ahead.extend(to: due.advanced(days: 1), now: now)
    #expect(stays == .stays && ahead.ring(now: now, zone: clocks) == .at(now.advanced(hours: 1)))
  }

  @Test func `Hard cases 27 and 28: missed at its own instant, done late, reopened, extended twice`() throws {
    let (now, due) = (try at("2027-03-01T10:00"), try at("2027-03-02T09:00"))
    var course = try DeadlineCourse(due: due, reminder: nil, now: now)
    let early = course.pass(now: due.advanced(seconds: -1))
    #expect(!early && course.status == .pending)
    let passed = [course.pass(now: due.advanced(days: 3)), course.pass(now: due.advanced(days: 4))]
    #expect(passed == [true, false] && course.status == .missed && course.missedAt == due)
    var late = course
    late.complete(at: due.advanced(days: 2))
    late.complete(at: due.advanced(days: 9))
    #expect(late.status == .completed && late.lateMinutes == 2_880)
    #expect(throws: DeadlineError.completed) { try late.extend(to: due.advanced(days: 20), now: due.advanced(days: 9)) }
    late.reopen(now: due.advanced(days: 9))
    #expect(late.status == .missed && late.missedAt == due && late.completedAt == nil && late.lateMinutes == nil)
    _ = try course.extend(to: due.advanced(days: 5), now: due.advanced(days: 3))
    _ = try course.extend(to: due.advanced(days: 6), now: due.advanced(days: 3))
    #expect(course.status == .extended && course.formerDues == [due, due.advanced(days: 5)] && course.missedAt == nil)
    course.complete(at: due.advanced(days: 4))
    #expect(course.status == .completed && course.lateMinutes == nil)
    course.reopen(now: due.advanced(days: 4))
    #expect(course.status == .extended && course.completedAt == nil)
    let again = course.pass(now: due.advanced(days: 6))
    #expect(again && course.missedAt == due.advanced(days: 6))
  }

  @Test func `one of ten is one of four, and back`() {
    #expect((1...10).map { Importance(ofTen: $0) } == [.low, .low, .low, .medium, .medium, .high, .high, .critical, .critical, .critical])
    #expect(Importance.allCases.allSatisfy { Importance(ofTen: $0.ofTen) == $0 })
  }

  // MARK: - Sessions and periods

  @Test func `Hard case 19: two sessions, then one that comes late joins them`() throws {
    let (ten, half, eleven) = (try at("2027-03-01T10:00"), try at("2027-03-01T10:29"), try at("2027-03-01T11:00"))
    let two = ActivitySession.of([eleven, ten, half])
    #expect(two == [ActivitySession(first: ten, last: half), ActivitySession(at: eleven)])
    let place = ActivitySession.place(of: try at("2027-03-01T10:45"), among: two.reversed())
    #expect(place.joined == [1, 0] && place.session == ActivitySession(first: ten, last: eleven))
    #expect(two[0].ended == half.advanced(minutes: 30) && two[0].isOver(at: eleven.advanced(seconds: -60)))
    // Half an hour to the instant is a gap.
    #expect(ActivitySession.of([ten, ten.advanced(minutes: 30)]).count == 2)
    #expect(ActivitySession.of([ten, ten.advanced(seconds: 1_799)]).count == 1 && ActivitySession.of([ten, ten]).count == 1)
  }

  @Test(arguments: UInt64(1)...30) func `in whatever order messages come, the sessions are those of their times`(seed: UInt64) throws {
    var random = Seeded(seed)
    let start = try at("2027-03-01T00:00")
    let moments = (0..<60).map { _ in start.advanced(minutes: Int.random(in: 0...1_500, using: &random)) }
    var sessions: [ActivitySession] = []
    for moment in moments {
      let place = ActivitySession.place(of: moment, among: sessions)
      #expect(place.joined.count <= 2)
      sessions = sessions.indices.filter { !place.joined.contains($0) }.map { sessions[$0] } + [place.session]
    }
    #expect(sessions.sorted { $0.first < $1.first } == ActivitySession.of(moments))
  }

  @Test(arguments: [
    ("2027-03-14T12:00", 0, "2027-03-14", 23, "2027-W10", 167), ("2027-11-07T12:00", 0, "2027-11-07", 25, "2027-W44", 169),
    ("2027-03-01T03:59", 4, "2027-02-28", 24, "2027-W08", 168), ("2027-03-01T04:00", 4, "2027-03-01", 24, "2027-W09", 168),
  ])
  func `Hard case 31: days and weeks begin with the person's, over changes of the clocks`(
    moment: String, dayStart: Int, day: String, dayHours: Int, week: String, weekHours: Int
  ) throws {
    let clock = HabitClock(zone: try zone("America/New_York"), dayStart: dayStart)
    let here = try at(moment)
    let periods = SummaryPeriod.holding(here, clock, weekStart: .monday)
    let (short, long) = (periods.day.span(clock), periods.week.span(clock))
    #expect(periods.day.key == day && periods.week.key == week)
    #expect(short.contains(here) && long.contains(here) && long.contains(short.lowerBound))
    #expect(short.upperBound.seconds(since: short.lowerBound) == Int64(dayHours) * 3_600)
    #expect(long.upperBound.seconds(since: long.lowerBound) == Int64(weekHours) * 3_600)
  }
}
