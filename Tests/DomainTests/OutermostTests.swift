import Testing

@testable import Domain

/// The ends of what can be said: times, days and zones beyond which nothing is, and the words that are stored.
struct OutermostTests {
  @Test func timeEndsWithoutATrap() {
    #expect(Instant.distantFuture.advanced(microseconds: 1) == .distantFuture)
    #expect(Instant.distantPast.advanced(microseconds: -1) == .distantPast)
    #expect(Instant(seconds: 0).advanced(days: Int.max) == Instant(seconds: 0).advanced(microseconds: .max))
    #expect(Instant(seconds: 0).advanced(hours: Int.min) == Instant(seconds: 0).advanced(microseconds: .min))
    #expect(Instant(microseconds: -1).seconds == -1 && Instant(microseconds: -1_000_000).seconds == -1)
  }

  @Test(arguments: [(Int.max, Day.last), (.min, .first), (12 * 9_999, .last), (-12 * 9_999, .first)])
  func daysEndWithTheCalendar(months: Int, day: Day) {
    #expect(Day(0).advanced(months: months) == day)
    #expect(day.advanced(by: months) == day)
  }

  @Test(arguments: [(0, "Thu 1 Jan 1970", "qui., 01/01/1970"), (20_780, "Mon 23 Nov 2026", "seg., 23/11/2026")])
  func aDateIsWrittenInBothLanguages(day: Int, english: String, portuguese: String) {
    #expect(TimeWords.date(Day(day), .english) == english)
    #expect(TimeWords.date(Day(day), .portuguese) == portuguese)
  }

  /// They stand in the database: a new word would make old rows unreadable.
  @Test(
    arguments: [
      (.escalated(tier: 2, round: 3), "escalated", 2, 3), (.advanced(tier: 4), "advanced", 4, 0),
      (.skipped(LadderSkip(tier: 3, round: 1, count: 5)), "skipped", 3, 1),
      (.firedAgain(occurrence: Instant(seconds: 0)), "fired_again", nil, nil),
      (.acknowledged(againAt: nil), "acknowledged", nil, nil), (.snoozed(until: Instant(seconds: 9)), "snoozed", nil, nil),
      (.resumed(run: 2), "resumed", nil, nil), (.completed, "completed", nil, nil), (.expired, "expired", nil, nil),
      (.cancelled, "cancelled", nil, nil), (.replaced, "replaced", nil, nil),
    ] as [(EscalationEvent, String, Int?, Int?)])
  func anEventIsStoredByItsWord(event: EscalationEvent, kind: String, tier: Int?, round: Int?) {
    #expect(event.kind == kind && event.step.tier == tier && event.step.round == round)
  }

  @Test func aZoneOfWhichNothingIsKnownIsReadAsUTCAndSaysSo() {
    let zone = Zone(unknown: "Atlantis/Poseidonis")
    #expect(zone.isLost && zone.name == "Atlantis/Poseidonis" && zone.offset(at: Instant(seconds: 1_800_000_000)) == 0)
    #expect(zone.rule == "<-00>00:00:00")
    // A time on the wall stays where it stood: there is nothing to compute it by.
    let stood = Instant(seconds: 1_800_000_000)
    #expect(zone.instant(LocalTime(day: Day(0), time: .midnight), was: stood) == stood)
    #expect(Zone(lost: "Atlantis/Poseidonis", rule: zone.rule)?.offset(at: stood) == 0)
    #expect(Zone(lost: "Atlantis/Poseidonis", rule: "") == nil)
  }

  @Test func tiersCountFromOne() {
    let ladder = LadderPreset.gentle.ladder
    #expect(ladder.tier(1)?.delayMinutes == 0 && ladder.tier(3)?.delayMinutes == 180)
    #expect(ladder.tier(0) == nil && ladder.tier(4) == nil && ladder.tier(-1) == nil && ladder.tier(.min + 1) == nil)
  }

  @Test func presetsHaveNamesOfTheirOwn() {
    #expect(Set(LadderPreset.allCases.map(\.name)).count == 3 && Set(LadderPreset.allCases.map(\.description)).count == 3)
    #expect(LadderPreset.allCases.map(\.rawValue) == LadderPreset.allCases.map { $0.name.lowercased() })
  }
}
