/// Whom a ladder would tell, when and by what, if it began at some instant (RULES 3.10): nothing is sent and no clock is read. What is known of people
/// and of the ways to them is an argument.
public struct DryCheck: Sendable {
  /// Whether a way leads to somebody.
  public enum Reach: Hashable, Sendable {
    case ready
    /// What is sent waits until the address is verified.
    case unverified
    /// They switched it off.
    case off
    /// The address gets no more: it refuses, or asked not to be written to.
    case muted
    case notSetUp
  }

  /// Somebody who may be told.
  public struct Person: Sendable {
    public let name: String
    let reach: [AgentType: Reach]
    let quietEnd: @Sendable (Instant, _ isCritical: Bool) -> Instant?

    /// - Parameters:
    ///   - reach: what is not named is not set up.
    ///   - quietEnd: when the quiet that an instant lies in ends for them; nil when it lies in none that holds such a message.
    public init(
      _ name: String, _ reach: [AgentType: Reach], quietEnd: @escaping @Sendable (Instant, _ isCritical: Bool) -> Instant? = { _, _ in nil }
    ) {
      (self.name, self.reach, self.quietEnd) = (name, reach, quietEnd)
    }

    func reach(by agent: AgentType) -> Reach { reach[agent] ?? .notSetUp }

    /// What is set up.
    var agents: [AgentType] { AgentType.allCases.filter { reach(by: $0) != .notSetUp } }
  }

  /// What becomes of a message.
  public enum Outcome: Hashable, Sendable {
    case told
    /// By quiet hours.
    case held(until: Instant)
    /// Held, and a later step by the same way comes in its place when they end.
    case overtaken(until: Instant)
    /// Later, as a number gets no more at once (RULES 4.7).
    case limited(until: Instant)
    /// Held until the address is verified.
    case unverified
    case off
    case muted
  }

  /// A message.
  public struct Told: Hashable, Sendable {
    /// Its place among the contacts; nil: the owner.
    public let contact: Int?
    public let agent: AgentType
    public let outcome: Outcome

    /// Whether quiet hours hold it.
    public var isHeld: Bool {
      switch outcome {
      case .held, .overtaken: true
      case .told, .limited, .unverified, .off, .muted: false
      }
    }
  }

  /// A step of the ladder.
  public struct Line: Hashable, Sendable {
    public let step: LadderStep
    public let told: [Told]
    /// What its tier names and the owner has not set up.
    public let missing: [AgentType]
    /// Mail to the owner comes in the place of what is not there (RULES 3.11): of all the agents of a tier, or of contacts where it names no agent.
    public let isInstead: Bool

    /// Whether anybody gets it, sooner or later.
    public var reachesSomebody: Bool { told.contains { $0.outcome != .off && $0.outcome != .muted } }
  }

  /// What keeps a ladder from reaching people, whenever it begins.
  public enum Finding: Hashable, Sendable {
    /// Agents of some tier that the owner has not set up.
    case notSetUp([AgentType])
    case reachesNobody
    /// Tiers, from 1, of which nobody gets anything.
    case tiersReachNobody([Int])
    /// Mail to the owner waits until the address is verified.
    case unverified
    /// Tiers that tell trusted contacts, of whom there is none.
    case noContacts
  }

  public let ladder: Ladder
  public let owner: Person
  public let contacts: [Person]
  /// Whether it is of a critical reminder, which quiet hours do not hold unless somebody said so.
  public let isCritical: Bool

  public init(_ ladder: Ladder, owner: Person, contacts: [Person], isCritical: Bool = false) {
    (self.ladder, self.owner, self.contacts, self.isCritical) = (ladder, owner, contacts, isCritical)
  }

  /// Every tier, and the first repetitions of the last.
  ///
  /// - Parameter repetitions: at most so many; none where the ladder is not repeated.
  public func timetable(from start: Instant, repetitions: Int = 1) -> [Line] {
    let shown = ladder.tiers.count + max(repetitions, 0)
    // One more: what it holds may overtake the last one shown.
    return lines(ladder.steps(from: start, limit: shown + 1), shown: shown)
  }

  /// What is still to come of a run of this ladder: of an active one the steps that are left, those that are late now; of one that asks again
  /// all, from then. What a snooze ends with nobody knows: it begins again with the profile as it is then (RULES 3.6).
  public func timetable(of course: EscalationCourse, at now: Instant, limit: Int) -> [Line] {
    switch course.state {
    case .active:
      let left = ladder.steps(after: course.tier, round: course.round, from: course.startedAt, limit: limit + 1)
      let steps = left.map { LadderStep(tier: $0.tier, round: $0.round, at: max($0.at, now)) }
      return lines(steps, shown: limit, after: newest(of: course))
    case .acknowledged: return course.againAt.map { lines(ladder.steps(from: $0, limit: limit + 1), shown: limit) } ?? []
    case .snoozed, .completed, .expired, .cancelled: return []
    }
  }

  /// The steps that were done last, as they were planned: as many as a limit counts.
  private func newest(of course: EscalationCourse) -> [LadderStep] {
    let tiers = ladder.tiers.indices.prefix(course.tier).map { index in
      LadderStep(tier: index + 1, round: 0, at: course.startedAt.advanced(minutes: ladder.tiers[index].delayMinutes))
    }
    if course.round == 0 { return tiers }
    let rounds = max(course.round - 20, 0)..<course.round
    return tiers + rounds.compactMap { ladder.step(after: course.tier, round: $0, from: course.startedAt) }
  }

  /// - Parameter past: the steps before, which count where a number gets no more at once.
  private func lines(_ steps: [LadderStep], shown: Int, after past: [LadderStep] = []) -> [Line] {
    let plans = steps.map { (step: $0, plan: plan($0.tier)) }
    var texted: [Way: [Instant]] = [:]
    for step in past {
      for way in plan(step.tier).ways where way.agent == .sms && reach(way) == .ready { texted[way, default: []].append(step.at) }
    }
    return plans.indices.prefix(shown).map { index in
      let (step, plan) = plans[index]
      let told = plan.ways.map { way in
        var becomes = outcome(way, at: step.at) { end in
          plans[(index + 1)...].contains { $0.step.at < end.advanced(seconds: 60) && $0.plan.all.contains(way) }
        }
        if way.agent == .sms, becomes == .told {
          let end = SendingLimit.sms.wait(after: texted[way] ?? [], at: step.at)
          texted[way, default: []].append(end ?? step.at)
          if let end { becomes = .limited(until: end) }
        }
        return Told(contact: way.contact, agent: way.agent, outcome: becomes)
      }
      return Line(step: step, told: told, missing: plan.missing, isInstead: plan.isInstead)
    }
  }

  /// When the first message of a ladder leaves of which quiet hours hold everything; nil where something is told before, or nothing is held.
  public func swallowed(from start: Instant) -> Instant? {
    var first: Instant?
    for told in timetable(from: start).flatMap(\.told) {
      switch told.outcome {
      case .told, .limited: return nil
      case .held(let until), .overtaken(let until): first = min(first ?? until, until)
      case .unverified, .off, .muted: continue
      }
    }
    return first
  }

  /// In the order in which they are said.
  public var findings: [Finding] {
    let plans = ladder.tiers.indices.map { plan($0 + 1) }
    var findings: [Finding] = []
    let missing = AgentType.allCases.filter { agent in plans.contains { $0.missing.contains(agent) } }
    if !missing.isEmpty { findings.append(.notSetUp(missing)) }
    let lost = plans.indices.filter { index in !plans[index].ways.contains { [.ready, .unverified].contains(reach($0)) } }.map { $0 + 1 }
    if lost.count == plans.count { findings.append(.reachesNobody) } else if !lost.isEmpty { findings.append(.tiersReachNobody(lost)) }
    let mailsOwner = plans.contains { $0.all.contains(Way(contact: nil, agent: .email)) }
    if mailsOwner, owner.reach(by: .email) == .unverified { findings.append(.unverified) }
    if ladder.tiers.contains(where: \.includesContacts), contacts.allSatisfy(\.agents.isEmpty) { findings.append(.noContacts) }
    return findings
  }

  private struct Way: Hashable {
    let contact: Int?
    let agent: AgentType
  }

  private struct Plan {
    let ways: [Way]
    let all: Set<Way>
    let missing: [AgentType]
    let isInstead: Bool

    init(_ ways: [Way], missing: [AgentType] = [], isInstead: Bool = false) {
      (self.ways, all, self.missing, self.isInstead) = (ways, Set(ways), missing, isInstead)
    }
  }

  /// Mail to the owner is always set up: everybody has an address, and who switched it off wants none.
  private func plan(_ tier: Int) -> Plan {
    guard let tier = ladder.tier(tier) else { return Plan([]) }
    let missing = tier.agents.filter { $0 != .email && owner.reach(by: $0) == .notSetUp }
    let own = tier.agents.filter { !missing.contains($0) }.map { Way(contact: nil, agent: $0) }
    let others = contacts.indices.flatMap { index in contacts[index].agents.map { Way(contact: index, agent: $0) } }
    let told = tier.includesContacts ? others : []
    let isInstead = own.isEmpty && (!tier.agents.isEmpty || told.isEmpty)
    return Plan((isInstead ? [Way(contact: nil, agent: .email)] : own) + told, missing: missing, isInstead: isInstead)
  }

  private func person(_ way: Way) -> Person { way.contact.map { contacts[$0] } ?? owner }

  private func reach(_ way: Way) -> Reach { person(way).reach(by: way.agent) }

  /// - Parameter isOvertaken: whether another message by the same way is there when the quiet ends.
  private func outcome(_ way: Way, at: Instant, _ isOvertaken: (Instant) -> Bool) -> Outcome {
    switch reach(way) {
    case .off, .notSetUp: return .off
    case .muted: return .muted
    case .unverified: return .unverified
    case .ready: break
    }
    guard let end = person(way).quietEnd(at, isCritical) else { return .told }
    return isOvertaken(end) ? .overtaken(until: end) : .held(until: end)
  }
}
