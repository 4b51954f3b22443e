/// A row on which an assumption rests, as it is known again: a thing of the register or a message, and which part of it.
public struct EvidenceMark: Hashable, Sendable {
  public let kind: String
  public let id: ID<Thing>
  /// Which address of a person, say; empty: the thing as a whole.
  public let part: String

  public init(_ kind: String, _ id: ID<Thing>, part: String = "") { (self.kind, self.id, self.part) = (kind, id, part) }

  /// Whether a row of this kind may be a ground at all (RULES 9.37): what the person typed or did, or rows from outside. What the assistant said itself,
  /// a summary, another assumption or a proposal never is: a memory that feeds on itself is soon all junk.
  public var isGround: Bool { EvidenceMark.grounds.contains { $0.utf8.elementsEqual(kind.utf8) } }

  private static let grounds = ["message", "task", "goal", "problem", "deadline", "person", "place", "event", "reminder", "habit"]
}

/// What becomes of an assumption that is inferred once more (RULES 9.39).
public enum InferredAgain: Equatable, Sendable {
  /// It was never made, or faded for a reason that is over: it is asked about.
  case makes
  /// It stands, and rests on more than before: nobody is asked anew.
  case adds
  /// One question that says what was answered and when, at most 0.60 sure.
  case asks
  case nothing

  /// How the key stands, of all that was ever said of it.
  public struct Known: Sendable {
    /// Of the row that is not superseded.
    public let state: AssumptionState
    /// Why it faded.
    public let fading: AssumptionFading?
    /// Evidence of all of its rows.
    public let weighed: Set<EvidenceMark>
    /// When it was last asked about again after an answer; nil: never.
    public let askedAgainAt: Instant?

    public init(_ state: AssumptionState, fading: AssumptionFading? = nil, weighed: Set<EvidenceMark>, askedAgainAt: Instant? = nil) {
      (self.state, self.fading, self.weighed, self.askedAgainAt) = (state, fading, weighed, askedAgainAt)
    }
  }

  /// - Parameters:
  ///   - known: nil: nothing was ever said of it.
  ///   - evidence: what it is inferred from now; what is no ground counts for nothing.
  public init(_ known: Known?, from evidence: Set<EvidenceMark>, at now: Instant) {
    let grounds = evidence.filter(\.isGround)
    if grounds.isEmpty {
      self = .nothing
      return
    }
    guard let known else {
      self = .makes
      return
    }
    let isNew = !grounds.isSubset(of: known.weighed)
    switch known.state {
    case .open, .confirmed: self = isNew ? .adds : .nothing
    case .dismissed, .corrected:
      let isSoon = known.askedAgainAt.map { now < $0.advanced(days: AssumptionLimits.againDays) } ?? false
      self = isNew && !isSoon ? .asks : .nothing
    case .faded:
      // Nobody said no to what had no room, or nothing to rest on.
      self = isNew || known.fading == .room ? .makes : .nothing
    case .superseded: self = .makes
    }
  }
}
