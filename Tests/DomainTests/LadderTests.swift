import Foundation
import Testing

@testable import Domain

struct LadderTests {
  @Test func presetsAreThoseOfTheSpecification() throws {
    let delays = LadderPreset.allCases.map { $0.ladder.tiers.map(\.delayMinutes) }
    #expect(delays == [[0, 60, 180], [0, 5, 15, 30], [0, 2, 5, 10, 15]])
    #expect(LadderPreset.gentle.ladder.tiers.map(\.agents) == [[.push], [.push, .email], [.push, .email, .sms]])
    #expect(LadderPreset.urgent.ladder.tiers[0].agents == [.push, .sms])
    #expect(LadderPreset.urgent.ladder.tiers.dropFirst().allSatisfy { $0.agents == [.push, .sms, .email] })
    #expect(LadderPreset.critical.ladder.tiers.allSatisfy { $0.agents == [.push, .sms, .email] })
    let contacts = LadderPreset.allCases.map { $0.ladder.tiers.map(\.includesContacts) }
    #expect(contacts == [[false, false, false], [false, false, false, true], [false, true, true, true, true]])
    for preset in LadderPreset.allCases {
      let ladder = preset.ladder
      #expect(try Ladder(tiers: ladder.tiers, repeatMinutes: ladder.repeatMinutes, repeatLimit: ladder.repeatLimit) == ladder)
    }
    #expect(LadderPreset.allCases.map(\.specifiedID) == ["esc_preset_gentle", "esc_preset_urgent", "esc_preset_critical"])
    #expect(Importance.allCases.map(\.preset) == [.gentle, .gentle, .urgent, .critical])
  }

  @Test(arguments: [
    ([], 0, 0, LadderError.tierCount(0)), (Array(0...8), 0, 0, .tierCount(9)), ([-1], 0, 0, .delay(tier: 1)),
    ([0, 43_201], 0, 0, .delay(tier: 2)), ([0, 5, 4], 0, 0, .delayEarlier(tier: 3)),
    ([0], -1, 0, .repeatMinutes(-1)), ([0], 525_601, 0, .repeatMinutes(525_601)), ([0], 5, -1, .repeatLimit(-1)),
    ([0], 5, 1001, .repeatLimit(1001)), ([.max], 0, 0, .delay(tier: 1)),
  ])
  func refusesWhatIsNoLadder(delays: [Int], repeatMinutes: Int, limit: Int, error: LadderError) {
    #expect(throws: error) {
      try Ladder(tiers: delays.map { Tier(delayMinutes: $0, agents: [.push]) }, repeatMinutes: repeatMinutes, repeatLimit: limit)
    }
  }

  @Test func refusesTiersWithoutOrWithRepeatedAgents() {
    #expect(throws: LadderError.noAgent(tier: 1)) { try Ladder(tiers: [Tier(delayMinutes: 0, agents: [])]) }
    #expect(throws: Never.self) { try Ladder(tiers: [Tier(delayMinutes: 0, agents: [], includesContacts: true)]) }
    #expect(throws: LadderError.agentTwice(tier: 1)) { try Ladder(tiers: [Tier(delayMinutes: 0, agents: [.sms, .push, .sms])]) }
  }

  @Test func plansTiersFromTheStartAndThenRepeatsTheLast() throws {
    let start = Instant(seconds: 0)
    let tiers = [Tier(delayMinutes: 0, agents: [.push]), Tier(delayMinutes: 10, agents: [.email])]
    let ladder = try Ladder(tiers: tiers, repeatMinutes: 5, repeatLimit: 2)
    let steps = ladder.steps(from: start, limit: 100)
    #expect(steps.map(\.tier) == [1, 2, 2, 2])
    #expect(steps.map(\.round) == [0, 0, 1, 2])
    #expect(steps.map { $0.at.seconds / 60 } == [0, 10, 15, 20])
    #expect(LadderPreset.gentle.ladder.steps(from: start, limit: 100).map { $0.at.seconds / 60 } == [0, 60, 180])
    #expect(try Ladder(tiers: tiers, repeatMinutes: 5).steps(from: start, limit: 1000).count == 1000)
    #expect(ladder.steps(after: 2, round: 1, from: start, limit: 9).map(\.round) == [2])
  }

  @Test("Hard case 1: tiers of one delay are told one after the other, and none is skipped for another")
  func tiersOfOneDelayAreAllTold() throws {
    let tiers = [0, 0, 5, 5, 5].map { Tier(delayMinutes: $0, agents: [.push]) }
    let ladder = try Ladder(tiers: tiers, repeatMinutes: 10, repeatLimit: 1)
    func told(at minutes: [Int]) throws -> [String] {
      var course = EscalationCourse(starting: ladder, at: minute(0))
      var told: [String] = []
      for now in minutes.map({ minute($0) }) {
        while course.due(at: now) == .escalate {
          let change = try course.escalate(at: now)
          course = change.course
          told += change.events.map { event in
            switch event {
            case .escalated(let tier, let round): "\(tier).\(round)"
            case .skipped(let skip): "-\(skip.tier).\(skip.round)"
            default: "?"
            }
          }
        }
      }
      return told
    }
    #expect(try told(at: [0, 5, 15]) == ["1.0", "2.0", "3.0", "4.0", "5.0", "5.1"])
    #expect(try told(at: [7]) == ["-1.0", "-2.0", "3.0", "4.0", "5.0"])
    #expect(try told(at: [0, 20]) == ["1.0", "2.0", "-3.0", "-4.0", "-5.0", "5.1"])
  }

  @Test("After downtime the highest due step is found and each one below it is accounted for once")
  func dueAgreesWithWalkingTheSteps() throws {
    var random = SplitMix(state: 42)
    for _ in 0..<2000 {
      let ladder = Ladder.random(&random)
      let start = Instant(seconds: 1_000_000)
      let now = start.advanced(minutes: Int64(random.next() % 900) - 20)
      let walked = ladder.steps(from: start, limit: 2000).filter { $0.at <= now }
      let done = Int(random.next() % UInt64(walked.count + 1))
      let (tier, round) = done == 0 ? (0, 0) : (walked[done - 1].tier, walked[done - 1].round)
      let due = ladder.due(after: tier, round: round, from: start, at: now)
      #expect(due?.step == (done == walked.count ? nil : walked.last))
      let skipped = (due?.skipped ?? []).flatMap { skip in (0..<skip.count).map { [skip.tier, skip.round + $0] } }
      #expect(skipped == walked.dropFirst(done).dropLast().map { [$0.tier, $0.round] })
    }
  }

  @Test func thousandYearsOfDowntimeTakeOneDivision() throws {
    let ladder = try Ladder(tiers: [Tier(delayMinutes: 0, agents: [.push])], repeatMinutes: 1)
    let due = try #require(ladder.due(after: 0, round: 0, from: Instant(seconds: 0), at: Instant(seconds: Int64(1000) * 365 * 86_400)))
    #expect(due.step.round == 1000 * 365 * 1440)
    #expect(due.skipped.count == 2)
  }

  @Test func roundTripsThroughJSON() throws {
    let ladder = try Ladder(tiers: LadderPreset.urgent.ladder.tiers, repeatMinutes: 15, repeatLimit: 4)
    let json = try JSONEncoder().encode(ladder)
    #expect(try JSONDecoder().decode(Ladder.self, from: json) == ladder)
    let short = Data(#"{"tiers":[{"delay":0,"agents":["pull"],"contacts":true}]}"#.utf8)
    let expected = try Ladder(tiers: [Tier(delayMinutes: 0, agents: [.pull], includesContacts: true)])
    #expect(try JSONDecoder().decode(Ladder.self, from: short) == expected)
    let old = Data(#"{"tiers":[{"delay":0,"agents":["pull"]}]}"#.utf8)
    #expect(try JSONDecoder().decode(Ladder.self, from: old).tier(1)?.includesContacts == false)
  }

  @Test(arguments: [
    "{}", "[]", #"{"tiers":[]}"#, #"{"tiers":[{"delay":0,"agents":["fax"],"contacts":false}]}"#,
    #"{"tiers":[{"delay":-1,"agents":["push"],"contacts":false}]}"#, #"{"tiers":[{"delay":1e30,"agents":["push"],"contacts":false}]}"#,
    #"{"tiers":[{"delay":0,"agents":["push"],"contacts":false}],"repeat":-1}"#,
  ])
  func refusesStoredNonsense(json: String) {
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(Ladder.self, from: Data(json.utf8)) }
  }
}

extension Ladder {
  /// One to five tiers, repeated or not.
  static func random(_ random: inout SplitMix) -> Ladder {
    var delay = Int(random.next() % 3)
    var tiers: [Tier] = []
    for _ in 0...Int(random.next() % 5) {
      tiers.append(Tier(delayMinutes: delay, agents: [.push]))
      delay += 1 + Int(random.next() % 90)
    }
    let repeats = random.next() % 2 == 0 ? 0 : 1 + Int(random.next() % 60)
    return Ladder(checked: tiers, repeatMinutes: repeats, repeatLimit: Int(random.next() % 4))
  }
}
