import Testing

@testable import Domain

struct EscalationWalkTests {
  @Test("Whatever people and workers do, in any order, these hold", arguments: 1...200)
  func walk(seed: Int) {
    var random = SplitMix(state: UInt64(seed))
    var now = minute(0)
    var course = EscalationCourse(starting: .random(&random), at: now)
    var sent: Set<[Int]> = []
    var lastSent: LadderStep?
    for _ in 0..<150 {
      // Mostly minutes, sometimes days of downtime.
      now = now.advanced(minutes: Int64(random.next() % (random.next() % 10 == 0 ? 5000 : 30)))
      guard let change = Self.step(course, &random, now) else { continue }
      let before = course
      course = change.course
      Self.checkInvariants(course)
      if let step = change.sends {
        #expect(before.state == .active && step.at <= now)
        #expect(sent.insert([before.run, step.tier, step.round]).inserted, "sent twice")
        if let lastSent, before.run == course.run, sent.contains([before.run, lastSent.tier, lastSent.round]), before.tier > 0 {
          #expect((step.tier, step.round) > (lastSent.tier, lastSent.round))
        }
        // No burst: nothing more is due at the same moment.
        #expect(course.due(at: now) != .escalate)
        lastSent = step
      }
      if before.state == .active, course.state != .active { #expect(change.withdraws) }
      if change.withdraws { #expect(course.plannedStep == nil && change.sends == nil) }
    }
  }

  private static func step(_ course: EscalationCourse, _ random: inout SplitMix, _ now: Instant) -> EscalationChange? {
    let ahead = now.advanced(minutes: Int64(random.next() % 300) + 1)
    switch random.next() % 16 {
    case 0: return try? course.acknowledge(at: now)
    case 1: return try? course.acknowledge(at: now, againAt: ahead)
    case 2: return try? course.snooze(at: now, until: ahead)
    case 3 where random.next() % 4 == 0: return try? course.complete(at: now)
    case 4 where random.next() % 4 == 0: return try? course.cancel(at: now)
    case 5: return try? course.advance(at: now)
    case 6:
      switch course.meet(occurrence: now, at: now) {
      case .recorded(let change), .replaced(let change): return change
      case .over: return nil
      }
    default:
      switch course.due(at: now) {
      case .escalate: return try? course.escalate(at: now)
      case .expire: return try? course.expire(at: now)
      case .resume: return try? course.resume(at: now, ladder: random.next() % 2 == 0 ? .random(&random) : nil)
      case nil: return nil
      }
    }
  }

  private static func checkInvariants(_ course: EscalationCourse) {
    #expect((0...course.ladder.tiers.count).contains(course.tier))
    #expect(course.round == 0 || (course.tier == course.ladder.tiers.count && course.ladder.repeatMinutes > 0))
    #expect(course.ladder.repeatLimit == 0 || course.round <= course.ladder.repeatLimit)
    #expect((course.endedAt == nil) == course.isOpen)
    #expect((course.nextAt != nil) == course.isOpen)
    #expect((course.nextKind != nil) == course.isOpen)
    #expect((course.nextStepAt != nil) == (course.state == .active))
    #expect((course.snoozedUntil != nil) == (course.state == .snoozed))
    #expect(course.againAt == nil || course.state == .acknowledged)
    #expect(course.plannedStep == nil || course.state == .active)
    if let planned = course.plannedStep { #expect(planned.at == course.nextStepAt) }
    let steps = course.ladder.steps(after: course.tier, round: course.round, from: course.startedAt, limit: 20)
    #expect(zip(steps, steps.dropFirst()).allSatisfy { $0.at < $1.at })
  }
}
