/// A way to reach somebody. The raw values are those of the database and the forms.
public enum AgentType: String, CaseIterable, Codable, Hashable, Sendable, BitwiseCopyable {
  case email, sms, webhook, push, pull
}

/// One rung of a ladder: when it is reached, and how it tells.
public struct Tier: Hashable, Codable, Sendable {
  /// Elapsed minutes from the start of the escalation, ``Ladder/delayRange``.
  public let delayMinutes: Int
  /// In the order in which they are tried and shown, each once; none where only contacts are told.
  public let agents: [AgentType]
  /// Whether the person's trusted contacts are told as well.
  public let includesContacts: Bool

  public init(delayMinutes: Int, agents: [AgentType], includesContacts: Bool = false) {
    (self.delayMinutes, self.agents, self.includesContacts) = (delayMinutes, agents, includesContacts)
  }

  private enum CodingKeys: String, CodingKey {
    case delayMinutes = "delay"
    case agents
    case includesContacts = "contacts"
  }

  /// One that says nothing of contacts does not tell them.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    delayMinutes = try values.decode(Int.self, forKey: .delayMinutes)
    agents = try values.decode([AgentType].self, forKey: .agents)
    includesContacts = try values.decodeIfPresent(Bool.self, forKey: .includesContacts) ?? false
  }
}

/// What an escalation climbs: tiers, and the repetition of the last one. An escalation keeps its own copy (RULES 3.2).
public struct Ladder: Hashable, Sendable {
  public static let tierRange = 1...8
  /// Up to thirty days.
  public static let delayRange = 0...43_200
  /// 0: not repeated.
  public static let repeatRange = 0...525_600
  /// 0: until somebody answers.
  public static let repeatLimitRange = 0...1000

  /// Tier n is at n − 1; their delays never fall. Tiers of one delay are told one after the other, at once.
  public let tiers: [Tier]
  /// Minutes between repetitions of the last tier; 0 for none.
  public let repeatMinutes: Int
  /// How many repetitions at most; 0 for as many as it takes.
  public let repeatLimit: Int

  /// - Throws: the first thing that is wrong, with its tier.
  public init(tiers: [Tier], repeatMinutes: Int = 0, repeatLimit: Int = 0) throws(LadderError) {
    guard Ladder.tierRange.contains(tiers.count) else { throw .tierCount(tiers.count) }
    guard Ladder.repeatRange.contains(repeatMinutes) else { throw .repeatMinutes(repeatMinutes) }
    guard Ladder.repeatLimitRange.contains(repeatLimit) else { throw .repeatLimit(repeatLimit) }
    for (index, tier) in tiers.enumerated() {
      guard Ladder.delayRange.contains(tier.delayMinutes) else { throw .delay(tier: index + 1) }
      guard index == 0 || tier.delayMinutes >= tiers[index - 1].delayMinutes else { throw .delayEarlier(tier: index + 1) }
      guard !tier.agents.isEmpty || tier.includesContacts else { throw .noAgent(tier: index + 1) }
      guard Set(tier.agents).count == tier.agents.count else { throw .agentTwice(tier: index + 1) }
    }
    self.init(checked: tiers, repeatMinutes: repeatMinutes, repeatLimit: repeatLimit)
  }

  /// For ladders that are known to be right: the presets, checked by a test.
  init(checked tiers: [Tier], repeatMinutes: Int = 0, repeatLimit: Int = 0) {
    (self.tiers, self.repeatMinutes, self.repeatLimit) = (tiers, repeatMinutes, repeatLimit)
  }

  /// Tier `number`, counted from 1; nil when there is none.
  public func tier(_ number: Int) -> Tier? { tiers.indices.contains(number - 1) ? tiers[number - 1] : nil }
}

/// What is wrong with a ladder. Tiers count from 1.
public enum LadderError: Error, Hashable, Sendable {
  case tierCount(Int)
  case repeatMinutes(Int)
  case repeatLimit(Int)
  /// Outside ``Ladder/delayRange``.
  case delay(tier: Int)
  /// Before the tier before it.
  case delayEarlier(tier: Int)
  /// It tells nobody: neither by an agent nor the trusted contacts.
  case noAgent(tier: Int)
  case agentTwice(tier: Int)
}

/// The form of the plan column: `{"tiers":[{"delay":0,"agents":["push"],"contacts":false}],"repeat":0,"limit":0}`.
extension Ladder: Codable {
  private enum CodingKeys: String, CodingKey {
    case tiers
    case repeatMinutes = "repeat"
    case repeatLimit = "limit"
  }

  /// - Throws: also when what is stored is no ladder; the error's context holds the ``LadderError``.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let tiers = try values.decode([Tier].self, forKey: .tiers)
    let repeatMinutes = try values.decodeIfPresent(Int.self, forKey: .repeatMinutes) ?? 0
    let repeatLimit = try values.decodeIfPresent(Int.self, forKey: .repeatLimit) ?? 0
    do {
      try self.init(tiers: tiers, repeatMinutes: repeatMinutes, repeatLimit: repeatLimit)
    } catch {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "not a ladder", underlyingError: error))
    }
  }
}
