import Testing

@testable import Domain

/// The plan of Monday 1 March 2027, 10:00 in New York.
@Suite struct DayPlanTests {
  private typealias Plan = DayPlan<Int>

  private func clock(_ dayStart: Int = 0) throws -> HabitClock { HabitClock(zone: try zone("America/New_York"), dayStart: dayStart) }
  private let now = Instant(seconds: 1_803_913_200)  // 2027-03-01T15:00:00Z

  private func plan(_ candidates: [Plan.Candidate], free: Int = 240, at now: Instant? = nil) throws -> Plan {
    Plan(candidates, now: now ?? self.now, clock: try clock(), freeMinutes: free)
  }

  private func candidate(_ key: Int = 1, _ set: (inout Plan.Candidate) -> Void = { _ in }) throws -> Plan.Candidate {
    var candidate = Plan.Candidate(key, changed: try day("2027-03-01"))
    set(&candidate)
    return candidate
  }

  @Test(arguments: [
    ("2027-02-28", "overdue(days: 1)", 42), ("2027-02-20", "overdue(days: 9)", 58), ("2027-02-19", "overdue(days: 10)", 60),
    ("2026-01-01", "overdue(days: 424)", 60), ("2027-03-01", "dueToday", 30), ("2027-03-01T18:00", "dueToday", 30),
    ("2027-03-01T09:00", "overdue(days: 0)", 40), ("2027-02-27T23:00", "overdue(days: 2)", 44), ("2027-03-02", "dueSoon(days: 1)", 15),
    ("2027-03-04", "dueSoon(days: 3)", 15), ("2027-03-05", "", 0),
  ])
  func `when it is due`(text: String, reason: String, points: Int) throws {
    let set = try due(text, try clock().zone)
    let plan = try plan([try candidate { $0.due = set }])
    #expect((plan.lines.first?.reasons ?? []).map { "\($0)" } == (reason.isEmpty ? [] : [reason]))
    #expect((plan.lines.first?.sum ?? 0) == points)
    #expect(plan.leftOut[1] == (points == 0 ? Plan.LeftOut.withoutReason : nil))
  }

  @Test func `all reasons stand in their order, with their points`() throws {
    let (late, goal, old) = (try due("2027-02-24", try clock().zone), try day("2027-03-31"), try day("2027-02-15"))
    let all = Plan.Candidate(1, changed: old).with {
      $0.due = late
      $0.priority = 1
      $0.impact = 5
      $0.blocks = 4
      $0.goals = [PlanGoal(isActive: true, target: nil), PlanGoal(isActive: true, target: goal)]
      $0.isStarted = true
      $0.estimate = 240
    }
    let line = try #require(try plan([all]).lines.first)
    #expect(
      line.reasons == [
        .overdue(days: 5), .priority(1), .impact(5), .blocks(4), .supportsGoalSoon(days: 30), .started, .fits(minutes: 240),
        .stuck(days: 14),
      ])
    #expect(line.reasons.map(\.points) == [50, 20, 15, 15, 10, 8, 5, 6] && line.sum == 129)
  }

  @Test func `what gives no point is no reason`() throws {
    let (later, fresh) = (try day("2027-04-01"), try day("2027-02-16"))
    let task = Plan.Candidate(1, changed: fresh).with {
      $0.priority = 4
      $0.estimate = 241
      $0.goals = [PlanGoal(isActive: true, target: later), PlanGoal(isActive: false, target: nil)]
    }
    #expect(try plan([task]).lines.first?.reasons == [.supportsGoal])
    let unknown = try candidate { $0.priority = 3 }
    #expect(try plan([unknown]).lines.first?.reasons == [.priority(3)])
    #expect(try plan([]).lines.isEmpty)
  }

  @Test func `what is taken, blocked, put off, dismissed or of sleeping goals is left out`() throws {
    let sleeping = PlanGoal(isActive: false, target: nil)
    let sets: [(inout Plan.Candidate) -> Void] = [
      { $0.isTaken = true }, { $0.isBlocked = true }, { $0.isDeferred = true }, { $0.isDismissed = true }, { $0.goals = [sleeping] },
    ]
    var candidates: [Plan.Candidate] = []
    for (key, set) in sets.enumerated() {
      candidates.append(
        try candidate(key) {
          $0.priority = 1
          set(&$0)
        })
    }
    let plan = try plan(candidates)
    #expect(plan.lines.isEmpty && plan.leftOut == [0: .taken, 1: .blocked, 2: .deferred, 3: .dismissed, 4: .goalAsleep])
  }

  @Test(arguments: UInt64(1)...20) func `the same input in any order gives the same plan, and no line comes after a lesser one`(
    seed: UInt64
  ) throws {
    var random = Seeded(seed)
    let today = try day("2027-03-01")
    var candidates: [Plan.Candidate] = []
    for key in 0..<40 {
      var task = Plan.Candidate(key, changed: today.advanced(by: -Int.random(in: 0...20, using: &random)))
      if Bool.random(using: &random) { task.due = Due(day: today.advanced(by: Int.random(in: -3...5, using: &random))) }
      task.priority = [nil, 1, 2, 3, 4].randomElement(using: &random) ?? nil
      task.blocks = Int.random(in: 0...2, using: &random)
      task.isBlocked = Int.random(in: 0...9, using: &random) == 0
      candidates.append(task)
    }
    let first = try plan(candidates)
    for _ in 0..<5 {
      let again = try plan(candidates.shuffled(using: &random))
      #expect(again.lines == first.lines && again.leftOut == first.leftOut)
    }
    #expect(first.lines.count <= 7 && first.lines.count + first.leftOut.count == 40)
    #expect(zip(first.lines, first.lines.dropFirst()).allSatisfy { $0.sum >= $1.sum })
    let lowest = first.lines.last?.sum ?? 0
    for task in candidates where first.leftOut[task.key] == .beyond {
      #expect(try plan([task]).lines.first.map { $0.sum <= lowest } ?? false)
    }
  }

  @Test func `Hard case 30: within a quarter of an hour nothing changes`() throws {
    let soon = try due("2027-03-01T10:05", try clock().zone)
    let task = try candidate { $0.due = soon }
    let lines = try [0, 899, 900].map { try plan([task], at: now.advanced(seconds: $0)).lines.map(\.sum) }
    #expect(lines == [[30], [30], [40]])
  }

  @Test(arguments: [
    // Within the hours, before them, behind them on a Friday, and at the weekend.
    ("2027-03-01T10:00", "2027-03-01", 420, false), ("2027-03-01T07:00", "2027-03-01", 480, false),
    ("2027-03-05T17:00", "2027-03-08", 480, true), ("2027-03-06T12:00", "2027-03-08", 480, true),
  ])
  func `what is left of working hours is of today, or of the next working day`(
    at text: String, on expected: String, free: Int, isLater: Bool
  ) throws {
    let clocks = try zone("America/New_York")
    let (nine, five) = (try #require(TimeOfDay(hour: 9, minute: 0)), try #require(TimeOfDay(hour: 17, minute: 0)))
    let hours = try #require(WorkHours(from: nine, until: five))
    let left = hours.free(at: clocks.instant(try local(text)), zone: clocks)
    #expect(left.day.iso == expected && left.free == free && left.isLater == isLater && hours.minutes == 480)
  }

  @Test func `busy times count once, nights have hours too, and nothing is below zero`() throws {
    let clocks = try zone("America/New_York")
    func at(_ text: String) throws -> Instant { clocks.instant(try local(text)) }
    let (ten, six) = (try #require(TimeOfDay(hour: 22, minute: 0)), try #require(TimeOfDay(hour: 6, minute: 0)))
    let night = try #require(WorkHours(from: ten, until: six, days: [.saturday]))
    // Clocks skip an hour of that night.
    let whole = night.free(at: try at("2027-03-13T12:00"), zone: clocks)
    #expect(whole.free == 420 && night.minutes == 480)
    let later = night.free(at: try at("2027-03-14T05:00"), zone: clocks)
    #expect(later.day.iso == "2027-03-13" && later.free == 60 && !later.isLater)
    let busy = try [
      at("2027-03-13T23:00")..<at("2027-03-14T00:00"), at("2027-03-13T22:30")..<at("2027-03-13T23:30"),
      at("2027-03-13T20:00")..<at("2027-03-13T22:15"),
    ]
    let some = night.free(at: try at("2027-03-13T12:00"), zone: clocks, busy: busy)
    #expect(some.busy == 105 && some.free == 315)
    let month = try at("2027-03-01T00:00")..<at("2027-04-01T00:00")
    let none = night.free(at: try at("2027-03-13T12:00"), zone: clocks, busy: [month])
    #expect(none.free == 0 && WorkHours(from: ten, until: ten) == nil && WorkHours(from: ten, until: six, days: .none) == nil)
  }
}

extension DayPlan.Candidate {
  fileprivate func with(_ set: (inout Self) -> Void) -> Self {
    var copy = self
    set(&copy)
    return copy
  }
}
