import Testing

@testable import Domain

/// Minute `minute` of the tests' time.
func minute(_ minute: Int) -> Instant { Instant(seconds: 1_800_000_000 + minute * 60) }

struct EscalationTests {
  /// Gentle (0, 60, 180), in each state at minute 10.
  static func course(_ state: EscalationState) throws -> EscalationCourse {
    let active = try EscalationCourse(starting: LadderPreset.gentle.ladder, at: minute(0)).escalate(at: minute(0)).course
    switch state {
    case .active: return active
    case .acknowledged: return try active.acknowledge(at: minute(10)).course
    case .snoozed: return try active.snooze(at: minute(10), until: minute(30)).course
    case .completed: return try active.complete(at: minute(10)).course
    case .cancelled: return try active.cancel(at: minute(10)).course
    case .expired:
      let last = try active.advance(at: minute(1)).course.advance(at: minute(2)).course
      return try last.expire(at: minute(2 + 24 * 60)).course
    }
  }

  /// What each change leads to from each state at minute 2000, in the order of `EscalationState.allCases`:
  /// active, acknowledged (ended), snoozed, completed, expired, cancelled.
  @Test(arguments: [
    ("acknowledge", ["acknowledged", "acknowledged", "acknowledged", "refused", "acknowledged", "refused"]),
    ("again", ["acknowledged", "acknowledged", "acknowledged", "refused", "acknowledged", "refused"]),
    ("snooze", ["snoozed", "snoozed", "snoozed", "refused", "snoozed", "refused"]),
    ("complete", ["completed", "completed", "completed", "refused", "completed", "refused"]),
    ("cancel", ["cancelled", "refused", "cancelled", "refused", "refused", "refused"]),
    ("advance", ["active", "refused", "refused", "refused", "refused", "refused"]),
    ("escalate", ["active", "refused", "refused", "refused", "refused", "refused"]),
    ("expire", ["refused", "refused", "refused", "refused", "refused", "refused"]),
    ("resume", ["refused", "refused", "active", "refused", "refused", "refused"]),
  ])
  func allowsTheseTransitions(change: String, expected: [String]) throws {
    for (state, expected) in zip(EscalationState.allCases, expected) {
      let before = try Self.course(state)
      #expect(before.state == state)
      let after = (try? Self.apply(change, before))?.course.state.rawValue ?? "refused"
      #expect(after == expected, "\(change) from \(state)")
    }
  }

  static func apply(_ change: String, _ course: EscalationCourse) throws(EscalationRefusal) -> EscalationChange {
    let now = minute(2000)
    return switch change {
    case "acknowledge": try course.acknowledge(at: now)
    case "again": try course.acknowledge(at: now, againAt: minute(2100))
    case "snooze": try course.snooze(at: now, until: minute(2100))
    case "complete": try course.complete(at: now)
    case "cancel": try course.cancel(at: now)
    case "advance": try course.advance(at: now)
    case "escalate": try course.escalate(at: now)
    case "expire": try course.expire(at: now)
    default: try course.resume(at: now)
    }
  }

  @Test func climbsTierByTierAndExpiresADayAfterTheLast() throws {
    var course = EscalationCourse(starting: LadderPreset.gentle.ladder, at: minute(0))
    var sent: [Int] = []
    for due in [0, 60, 180] {
      #expect(course.nextAt == minute(due) && course.due(at: minute(due)) == .escalate)
      #expect(throws: EscalationRefusal.notDue) { try course.escalate(at: minute(due - 1)) }
      let change = try course.escalate(at: minute(due))
      sent.append(change.sends?.tier ?? 0)
      #expect(change.events == [.escalated(tier: change.course.tier, round: 0)] && !change.withdraws)
      course = change.course
    }
    #expect(sent == [1, 2, 3] && course.plannedStep == nil)
    #expect(course.nextAt == minute(180 + 24 * 60))
    #expect(course.due(at: minute(180 + 24 * 60 - 1)) == nil)
    #expect(throws: EscalationRefusal.notDue) { try course.expire(at: minute(180 + 24 * 60 - 1)) }
    #expect(course.due(at: minute(180 + 24 * 60)) == .expire)
    let expired = try course.expire(at: minute(180 + 24 * 60))
    #expect(expired.course.state == .expired && expired.course.endedAt != nil && !expired.course.isOpen && expired.events == [.expired])
  }

  @Test func afterDowntimeOnlyTheHighestDueTierSends() throws {
    let course = EscalationCourse(starting: LadderPreset.critical.ladder, at: minute(0))
    let change = try course.escalate(at: minute(12))
    #expect(change.sends == LadderStep(tier: 4, round: 0, at: minute(10)))
    #expect(change.events == (1...3).map { .skipped(LadderSkip(tier: $0, round: 0, count: 1)) } + [.escalated(tier: 4, round: 0)])
    #expect(change.course.nextAt == minute(15))
    #expect(throws: EscalationRefusal.notDue) { try change.course.escalate(at: minute(12)) }
  }

  @Test func repeatsTheLastTierToItsLimit() throws {
    let ladder = try Ladder(tiers: [Tier(delayMinutes: 0, agents: [.push])], repeatMinutes: 10, repeatLimit: 2)
    var course = EscalationCourse(starting: ladder, at: minute(0))
    for (round, due) in [0, 10, 20].enumerated() {
      let change = try course.escalate(at: minute(due))
      #expect(change.sends == LadderStep(tier: 1, round: round, at: minute(due)))
      course = change.course
    }
    #expect(course.plannedStep == nil && course.nextAt == minute(20 + 24 * 60))
  }

  @Test func acknowledgingStopsAndAskingAgainStartsAtTierOne() throws {
    let active = try Self.course(.active)
    let change = try active.acknowledge(at: minute(10), againAt: minute(250))
    #expect(change.withdraws && change.sends == nil && change.events == [.acknowledged(againAt: minute(250))])
    #expect(change.course.isOpen && change.course.nextStepAt == nil && change.course.plannedStep == nil)
    #expect(change.course.due(at: minute(249)) == nil && change.course.due(at: minute(250)) == .resume)
    let again = try change.course.resume(at: minute(250)).course
    #expect(again.state == .active && again.run == 2 && again.tier == 0 && again.againAt == nil && again.acknowledgedAt == nil)
    #expect(again.ladder == active.ladder && again.nextAt == minute(250))
    #expect(try again.escalate(at: minute(250)).sends?.tier == 1)
    #expect(throws: EscalationRefusal.notAhead) { try active.acknowledge(at: minute(10), againAt: minute(10)) }
    #expect(throws: EscalationRefusal.notDue) { try Self.course(.acknowledged).resume(at: .distantFuture) }
  }

  @Test func acknowledgingTwiceChangesNothing() throws {
    let once = try Self.course(.acknowledged)
    let twice = try once.acknowledge(at: minute(99))
    #expect(twice.course == once && twice.events.isEmpty && !twice.withdraws)
    #expect(once.endedAt == minute(10) && once.acknowledgedAt == minute(10))
  }

  @Test func aSnoozeEndsWithTheProfileAsItIsThen() throws {
    let snoozed = try Self.course(.snoozed)
    #expect(snoozed.nextAt == minute(30) && snoozed.nextStepAt == nil)
    let longer = try snoozed.snooze(at: minute(20), until: minute(90)).course
    #expect(longer.due(at: minute(30)) == nil && longer.nextAt == minute(90))
    let woken = try longer.resume(at: minute(95), ladder: LadderPreset.critical.ladder)
    #expect(woken.course.ladder == LadderPreset.critical.ladder && woken.events == [.resumed(run: 2)] && woken.sends == nil)
    #expect(woken.course.snoozedUntil == nil && woken.course.startedAt == minute(95))
    #expect(try woken.course.escalate(at: minute(95)).sends?.tier == 1)
    let punctual = try longer.resume(at: minute(90).advanced(seconds: 59)).course
    #expect(punctual.startedAt == minute(90))
    #expect(throws: EscalationRefusal.notAhead) { try snoozed.snooze(at: minute(20), until: minute(20)) }
    #expect(throws: EscalationRefusal.ended(.completed)) { try Self.course(.completed).snooze(at: minute(20), until: minute(90)) }
  }

  @Test func somebodyMayNotWantToWaitForTheEndOfASnooze() throws {
    let again = try Self.course(.snoozed).restart(at: minute(12)).course
    #expect(again.state == .active && again.run == 2 && again.startedAt == minute(12) && again.nextAt == minute(12))
    #expect(throws: EscalationRefusal.notActive(.active)) { try Self.course(.active).restart(at: minute(12)) }
    #expect(throws: EscalationRefusal.ended(.completed)) { try Self.course(.completed).restart(at: minute(12)) }
  }

  @Test func advancingTakesTheNextTierAndKeepsTheOthersTimes() throws {
    let change = try Self.course(.active).advance(at: minute(10))
    #expect(change.sends == LadderStep(tier: 2, round: 0, at: minute(10)) && change.events == [.advanced(tier: 2)])
    #expect(change.course.nextAt == minute(180))
    #expect(try Self.course(.active).advance(at: minute(200)).sends?.tier == 3)
    let last = try change.course.advance(at: minute(11)).course
    #expect(last.nextAt == minute(11 + 24 * 60))
    #expect(throws: EscalationRefusal.noHigherTier) { try last.advance(at: minute(12)) }
    #expect(throws: EscalationRefusal.notActive(.snoozed)) { try Self.course(.snoozed).advance(at: minute(12)) }
  }

  @Test func anotherOccurrenceIsRecordedOrReplaces() throws {
    guard case .recorded(let recorded) = try Self.course(.active).meet(occurrence: minute(20), at: minute(21)) else {
      Issue.record("steps are still planned")
      return
    }
    #expect(recorded.events == [.firedAgain(occurrence: minute(20))] && recorded.course.firedAgain == 1)
    #expect(recorded.course.nextAt == minute(60) && recorded.sends == nil && !recorded.withdraws)
    guard case .recorded(let asleep) = try Self.course(.snoozed).meet(occurrence: minute(20), at: minute(21)) else {
      Issue.record("it sleeps")
      return
    }
    #expect(asleep.course.state == .snoozed && asleep.course.snoozedUntil == minute(30))
    let last = try Self.course(.active).advance(at: minute(1)).course.advance(at: minute(2)).course
    guard case .replaced(let ended) = last.meet(occurrence: minute(20), at: minute(21)) else {
      Issue.record("nothing is planned")
      return
    }
    #expect(ended.course.state == .expired && ended.course.endedAt == minute(21) && ended.events == [.expired])
    let waiting = try Self.course(.active).acknowledge(at: minute(1), againAt: minute(500)).course
    guard case .replaced(let dropped) = waiting.meet(occurrence: minute(20), at: minute(21)) else {
      Issue.record("nothing is planned")
      return
    }
    #expect(dropped.course.state == .acknowledged && !dropped.course.isOpen && dropped.events == [.replaced])
    for state in [EscalationState.acknowledged, .completed, .expired, .cancelled] {
      #expect(try Self.course(state).meet(occurrence: minute(20), at: minute(21)) == .over)
    }
  }

  @Test func aDailyReminderThatNobodyAnswersRingsEveryDay() throws {
    var course = EscalationCourse(starting: LadderPreset.gentle.ladder, at: minute(0))
    var rings = 0
    for day in 0..<7 {
      if day > 0 {
        guard case .replaced = course.meet(occurrence: minute(day * 1440), at: minute(day * 1440)) else { break }
        course = EscalationCourse(starting: LadderPreset.gentle.ladder, at: minute(day * 1440))
      }
      while course.due(at: minute(day * 1440 + 1439)) == .escalate, let next = course.nextAt {
        course = try course.escalate(at: next).course
        rings += 1
      }
    }
    #expect(rings == 21)
  }
}

/// A snooze that is taken back.
@Suite struct UnsnoozeTests {
  private static func minute(_ number: Int) -> Instant { Instant(seconds: 1_700_000_000 + number * 60) }

  /// Tiers at 0 and 60 minutes.
  private static func ringing() throws -> EscalationCourse {
    let ladder = try Ladder(tiers: [0, 60].map { Tier(delayMinutes: $0, agents: [.email]) })
    return try EscalationCourse(starting: ladder, at: minute(0)).escalate(at: minute(0)).course
  }

  @Test func `it goes on where it was`() throws {
    let ringing = try Self.ringing()
    let acknowledged = try ringing.acknowledge(at: Self.minute(5), againAt: Self.minute(90)).course
    let asleep = try ringing.snooze(at: Self.minute(5), until: Self.minute(30)).course
    for before in [ringing, acknowledged, asleep] {
      let snoozed = try before.snooze(at: Self.minute(10), until: Self.minute(200)).course
      let change = try snoozed.unsnooze(to: before.state, nextAt: before.nextAt, endedAt: before.endedAt)
      #expect(change.course == before && change.events == [.unsnoozed] && change.sends == nil && !change.withdraws)
    }
  }

  @Test func `what came due meanwhile is due then`() throws {
    let ringing = try Self.ringing()
    let snoozed = try ringing.snooze(at: Self.minute(10), until: Self.minute(200)).course
    let back = try snoozed.unsnooze(to: .active, nextAt: ringing.nextAt, endedAt: nil).course
    #expect(back.due(at: Self.minute(59)) == nil && back.due(at: Self.minute(70)) == .escalate)
  }

  @Test func `only what sleeps can be taken back`() throws {
    let ringing = try Self.ringing()
    #expect(throws: EscalationRefusal.notActive(.active)) { try ringing.unsnooze(to: .active, nextAt: nil, endedAt: nil) }
  }
}
