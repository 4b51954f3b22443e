import Testing

@testable import Domain

/// Whom a ladder would tell, when and by what (RULES 3.10), without a database and a clock.
struct DryCheckTests {
  /// Quiet from minute 30 to minute 90 of the tests' time.
  private static let quiet: @Sendable (Instant, Bool) -> Instant? = { !$1 && $0 >= minute(30) && $0 < minute(90) ? minute(90) : nil }

  /// "1@0 email told": each message of a timetable, its tier and minute; `me`'s unless a contact's name stands before.
  private static func lines(_ check: DryCheck, from start: Int = 0, repetitions: Int = 1) -> [String] {
    text(check.timetable(from: minute(start), repetitions: repetitions), check)
  }

  private static func text(_ lines: [DryCheck.Line], _ check: DryCheck) -> [String] {
    lines.flatMap { line in
      line.told.map { told in
        let outcome =
          switch told.outcome {
          case .told: "told"
          case .held(let until): "held \(until.seconds(since: minute(0)) / 60)"
          case .overtaken(let until): "overtaken \(until.seconds(since: minute(0)) / 60)"
          case .limited(let until): "limited \(until.seconds(since: minute(0)) / 60)"
          case .unverified: "unverified"
          case .off: "off"
          case .muted: "muted"
          }
        let who = told.contact.map { check.contacts[$0].name + " " } ?? ""
        let at = line.step.at.seconds(since: minute(0)) / 60
        return "\(line.step.tier)@\(at) \(who)\(told.agent.rawValue) \(outcome)\(line.isInstead ? " instead" : "")"
      }
    }
  }

  private static func owner(_ reach: [AgentType: DryCheck.Reach], quiet: Bool = false) -> DryCheck.Person {
    quiet ? DryCheck.Person("Ana", reach, quietEnd: Self.quiet) : DryCheck.Person("Ana", reach)
  }

  private static let mailOnly: [AgentType: DryCheck.Reach] = [.email: .ready]
  private static let everything: [AgentType: DryCheck.Reach] = [.email: .ready, .sms: .ready, .push: .ready]

  @Test func `each tier tells by what is set up, and mail steps in for none`() {
    let check = DryCheck(LadderPreset.gentle.ladder, owner: Self.owner(Self.mailOnly), contacts: [])
    #expect(Self.lines(check) == ["1@0 email told instead", "2@60 email told", "3@180 email told"])
    #expect(check.timetable(from: minute(0)).map(\.missing) == [[.push], [.push], [.push, .sms]])
    let all = DryCheck(LadderPreset.gentle.ladder, owner: Self.owner(Self.everything), contacts: [])
    #expect(
      Self.lines(all) == [
        "1@0 push told", "2@60 push told", "2@60 email told", "3@180 push told", "3@180 email told", "3@180 sms told",
      ])
    #expect(all.findings.isEmpty)
  }

  @Test func `contacts are told by their own ways, beside the owner or alone`() throws {
    let rui = DryCheck.Person("Rui", [.email: .ready, .sms: .unverified])
    let ladder = try Ladder(tiers: [
      Tier(delayMinutes: 0, agents: [.email], includesContacts: true), Tier(delayMinutes: 0, agents: [], includesContacts: true),
    ])
    let check = DryCheck(ladder, owner: Self.owner(Self.mailOnly), contacts: [rui])
    let expected = ["1@0 email told", "1@0 Rui email told", "1@0 Rui sms unverified", "2@0 Rui email told", "2@0 Rui sms unverified"]
    #expect(Self.lines(check) == expected)
    let alone = DryCheck(ladder, owner: Self.owner(Self.mailOnly), contacts: [])
    #expect(Self.lines(alone) == ["1@0 email told", "2@0 email told instead"])
    #expect(alone.findings == [.noContacts])
  }

  @Test(arguments: [
    // What quiet holds waits for its end, where a later message by the same way takes its place.
    (0, false, ["1@0 email told", "2@10 email told", "2@10 push told", "3@40 email overtaken 90", "3@70 email held 90"]),
    (35, false, ["1@35 email overtaken 90", "2@45 email overtaken 90", "2@45 push held 90", "3@75 email held 90", "3@105 email told"]),
    (35, true, ["1@35 email told", "2@45 email told", "2@45 push told", "3@75 email told", "3@105 email told"]),
    (85, false, ["1@85 email held 90", "2@95 email told", "2@95 push told", "3@125 email told", "3@155 email told"]),
  ])
  func `quiet hours hold messages and not the ladder`(start: Int, isCritical: Bool, expected: [String]) throws {
    let ladder = try Ladder(
      tiers: [
        Tier(delayMinutes: 0, agents: [.email]), Tier(delayMinutes: 10, agents: [.email, .push]), Tier(delayMinutes: 40, agents: [.email]),
      ], repeatMinutes: 30)
    let check = DryCheck(ladder, owner: Self.owner(Self.everything, quiet: true), contacts: [], isCritical: isCritical)
    #expect(Self.lines(check, from: start) == expected)
  }

  @Test func `each recipient has quiet hours of their own`() throws {
    let rui = DryCheck.Person("Rui", Self.mailOnly, quietEnd: Self.quiet)
    let ladder = try Ladder(tiers: [Tier(delayMinutes: 0, agents: [.email], includesContacts: true)])
    let check = DryCheck(ladder, owner: Self.owner(Self.mailOnly), contacts: [rui])
    #expect(Self.lines(check, from: 40) == ["1@40 email told", "1@40 Rui email held 90"])
    #expect(check.swallowed(from: minute(40)) == nil)
  }

  @Test(arguments: [(35, Optional(90)), (20, nil), (85, nil), (95, nil)])
  func `a ladder that quiet hours swallow says when the first message leaves`(start: Int, end: Int?) throws {
    let ladder = try Ladder(tiers: [Tier(delayMinutes: 0, agents: [.email]), Tier(delayMinutes: 15, agents: [.email])])
    let check = DryCheck(ladder, owner: Self.owner(Self.mailOnly, quiet: true), contacts: [])
    #expect(check.swallowed(from: minute(start)) == end.map { minute($0) })
  }

  @Test func `a number gets one SMS a minute and five in a quarter of an hour, and what was sent before counts`() throws {
    let ladder = try Ladder(tiers: [0, 0, 2, 4, 6, 8].map { Tier(delayMinutes: $0, agents: [.sms]) }, repeatMinutes: 2)
    let check = DryCheck(ladder, owner: Self.owner(Self.everything), contacts: [])
    #expect(
      Self.lines(check) == [
        "1@0 sms told", "2@0 sms limited 1", "3@2 sms told", "4@4 sms told", "5@6 sms told", "6@8 sms limited 15", "6@10 sms limited 16",
      ])
    // Four tiers have been told: of what is left the first is the fifth SMS.
    let course = EscalationCourse(
      state: .active, ladder: ladder, run: 1, tier: 4, round: 0, startedAt: minute(0), nextStepAt: minute(6))
    let left = check.timetable(of: course, at: minute(5), limit: 2)
    #expect(Self.text(left, check) == ["5@6 sms told", "6@8 sms limited 15"])
  }

  /// State, tier and round of a run, the minute that it is, and what is left, by quiet hours from minute 30 to 90: late steps are due now, and one that
  /// asks again begins anew.
  private static let left: [(EscalationState, Int, Int, Int, [String])] = [
    (.active, 1, 0, 20, ["2@40 email overtaken 90", "2@70 email held 90", "2@100 email told"]),
    (.active, 1, 0, 95, ["2@95 email told", "2@95 email told", "2@100 email told"]), (.active, 2, 2, 101, ["2@130 email told"]),
    (.active, 2, 3, 131, []), (.acknowledged, 2, 0, 50, ["1@80 email held 90", "2@120 email told", "2@150 email told"]),
    (.snoozed, 1, 0, 20, []), (.completed, 1, 0, 20, []),
  ]

  @Test(arguments: left)
  func `what is still to come is told from where a run stands`(
    state: EscalationState, tier: Int, round: Int, now: Int, expected: [String]
  ) throws {
    let ladder = try Ladder(tiers: [0, 40].map { Tier(delayMinutes: $0, agents: [.email]) }, repeatMinutes: 30, repeatLimit: 3)
    let check = DryCheck(ladder, owner: Self.owner(Self.mailOnly, quiet: true), contacts: [])
    let course = EscalationCourse(
      state: state, ladder: ladder, run: 1, tier: tier, round: round, startedAt: minute(0), nextStepAt: nil,
      againAt: state == .acknowledged ? minute(80) : nil, snoozedUntil: state == .snoozed ? minute(80) : nil)
    #expect(Self.text(check.timetable(of: course, at: minute(now), limit: 3), check) == expected)
  }

  private static let reaches: [([AgentType: DryCheck.Reach], [DryCheck.Finding])] = [
    ([.email: .off], [.notSetUp([.sms]), .reachesNobody]),
    ([.email: .muted], [.notSetUp([.sms]), .reachesNobody]),
    ([.email: .off, .sms: .ready], [.tiersReachNobody([1])]),
    ([.email: .unverified, .sms: .ready], [.unverified]),
    ([.email: .ready], [.notSetUp([.sms])]),
    ([.email: .ready, .sms: .ready], []),
  ]

  @Test(arguments: reaches)
  func `what keeps a ladder from people is found whenever it begins`(
    reach: [AgentType: DryCheck.Reach], findings: [DryCheck.Finding]
  ) throws {
    let ladder = try Ladder(tiers: [Tier(delayMinutes: 0, agents: [.email]), Tier(delayMinutes: 5, agents: [.sms])])
    let check = DryCheck(ladder, owner: Self.owner(reach), contacts: [])
    #expect(check.findings == findings)
    let isReached = check.timetable(from: minute(0)).contains(where: \.reachesSomebody)
    #expect(isReached == !findings.contains(.reachesNobody))
  }

  @Test func `that an address is not verified is said of ladders that mail its owner`() throws {
    let reach: [AgentType: DryCheck.Reach] = [.email: .unverified, .sms: .ready]
    let rui = DryCheck.Person("Rui", Self.mailOnly)
    func findings(_ tier: Tier) throws -> [DryCheck.Finding] {
      try DryCheck(Ladder(tiers: [tier]), owner: Self.owner(reach), contacts: [rui]).findings
    }
    #expect(try findings(Tier(delayMinutes: 0, agents: [.sms])).isEmpty)
    #expect(try findings(Tier(delayMinutes: 0, agents: [], includesContacts: true)).isEmpty)
    #expect(try findings(Tier(delayMinutes: 0, agents: [.push], includesContacts: true)) == [.notSetUp([.push]), .unverified])
  }

  @Test func `mail to the owner comes instead of agents that are not set up, also where contacts are told`() throws {
    let rui = DryCheck.Person("Rui", Self.mailOnly)
    let ladder = try Ladder(tiers: [Tier(delayMinutes: 0, agents: [.sms], includesContacts: true)])
    let check = DryCheck(ladder, owner: Self.owner(Self.mailOnly), contacts: [rui])
    #expect(Self.lines(check) == ["1@0 email told instead", "1@0 Rui email told instead"])
  }

  @Test func `the largest ladder is checked within five milliseconds`() throws {
    let agents: [AgentType] = [.push, .sms, .email, .webhook, .pull]
    let ladder = try Ladder(
      tiers: (0..<8).map { Tier(delayMinutes: $0 * 5, agents: agents, includesContacts: true) }, repeatMinutes: 1, repeatLimit: 1000)
    let reach = Dictionary(uniqueKeysWithValues: AgentType.allCases.map { ($0, DryCheck.Reach.ready) })
    let people = (1...5).map { DryCheck.Person("P\($0)", reach, quietEnd: Self.quiet) }
    let check = DryCheck(ladder, owner: Self.owner(reach, quiet: true), contacts: people)
    var lines = 0
    let least = (1...20).map { _ in
      ContinuousClock().measure { lines += check.timetable(from: minute(35)).count + check.findings.count }
    }.min()
    #expect(lines == 20 * 9)
    let taken = try #require(least)
    #expect(taken < .milliseconds(5), "\(taken)")
  }
}
