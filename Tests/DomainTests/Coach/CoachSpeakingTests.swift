import Testing

@testable import Domain

@Suite struct CoachSpeakingTests {
  private static let day = Day(20_500)

  /// The streak ends on the day that was ticked.
  private func afterTick(
    _ before: Int, _ after: Int, was: Bool = false, isKept: Bool = true, _ speak: CoachSpeak = .all, said: [(CoachEvent, Day)] = []
  ) -> CoachOccasion? {
    CoachSpeaking.afterTick(
      before: CoachFigures(streak: before, isKept: was), after: CoachFigures(streak: after, isKept: isKept), day: Self.day, speak: speak,
      reached: { Self.day.advanced(by: $0 - after) }, said: { event, day in said.contains { $0.0 == event && $0.1 == day } })
  }

  private static let streaks: [(Int, Int, Int?)] = [
    (0, 1, nil), (1, 2, nil), (2, 3, 3), (6, 7, 7), (13, 14, 14), (29, 30, 30), (65, 66, 66), (99, 100, 100), (364, 365, 365),
    (729, 730, 730),
    (1094, 1095, 1095), (3649, 3650, 3650), (3, 4, nil), (366, 367, nil), (5, 8, 7), (1, 15, 14), (9, 9, nil), (12, 8, nil),
  ]

  @Test(arguments: streaks)
  func `milestones are told when they are reached or passed`(before: Int, after: Int, milestone: Int?) {
    let occasion = afterTick(before, after)
    if let milestone {
      #expect(occasion == CoachOccasion(kind: .milestone(milestone), day: Self.day.advanced(by: milestone - after)))
    } else {
      #expect(occasion?.kind == .complete)
    }
  }

  @Test func `a milestone undone and done again is not told again`() {
    #expect(afterTick(6, 7, said: [(.streak, Self.day)]) == nil)
    // Another day of the same streak was undone: the milestone's own date is two days before.
    let earlier = Self.day.advanced(by: -2)
    #expect(afterTick(4, 9, said: [(.streak, earlier), (.habitComplete, Self.day)]) == nil)
  }

  @Test func `a completion is told once a date`() {
    #expect(afterTick(4, 5)?.kind == .complete)
    #expect(afterTick(4, 5, said: [(.habitComplete, Self.day)]) == nil)
    #expect(afterTick(4, 5, said: [(.habitComplete, Self.day.advanced(by: -1))])?.kind == .complete)
  }

  @Test func `more of an amount already reached, or a part of it, is no completion`() {
    #expect(afterTick(5, 5, was: true) == nil)
    #expect(afterTick(5, 5, isKept: false) == nil)
  }

  @Test func `a tick on a day that is not scheduled is a completion without a streak`() {
    #expect(afterTick(0, 0)?.kind == .complete)
  }

  @Test(arguments: [(CoachSpeak.all, true, true), (.milestones, true, false), (.never, false, false)])
  func `the setting decides`(speak: CoachSpeak, milestone: Bool, completion: Bool) {
    #expect((afterTick(6, 7, speak) != nil) == milestone)
    #expect((afterTick(4, 5, speak) != nil) == completion)
    #expect(CoachSpeaking.afterGoal(speak: speak, wasSaid: false) == milestone)
    #expect(CoachSpeaking.afterWeek(speak: speak, wasSaid: false) == milestone)
    #expect(
      (CoachSpeaking.afterMiss(CoachFigures(streak: 0, misses: 1), day: Self.day, isNews: true, speak: speak) { _, _ in false } != nil)
        == completion)
  }

  private static let misses: [(Int, CoachOccasion.Kind?)] = [(0, nil), (1, .miss), (2, .secondMiss), (3, nil), (30, nil)]

  @Test(arguments: misses)
  func `one message after a miss, one with an offer after the second, then quiet`(misses: Int, kind: CoachOccasion.Kind?) {
    let figures = CoachFigures(streak: 0, misses: misses)
    #expect(CoachSpeaking.afterMiss(figures, day: Self.day, isNews: true, speak: .all) { _, _ in false }?.kind == kind)
    #expect(CoachSpeaking.afterMiss(figures, day: Self.day, isNews: true, speak: .all) { $0 == .habitFail && $1 == Self.day } == nil)
    #expect(CoachSpeaking.afterMiss(figures, day: Self.day, isNews: false, speak: .all) { _, _ in false } == nil)
  }

  @Test func `a goal and a week are told once`() {
    #expect(!CoachSpeaking.afterGoal(speak: .all, wasSaid: true))
    #expect(!CoachSpeaking.afterWeek(speak: .all, wasSaid: true))
  }

  @Test(arguments: [(0, 3), (3, 7), (14, 30), (66, 100), (100, 365), (365, 730), (366, 730), (-1, 3)])
  func `the next milestone is a fact for the table`(streak: Int, next: Int) {
    #expect(CoachSpeaking.next(after: streak) == next)
  }
}
