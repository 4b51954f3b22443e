/// What a link says, as it is stored.
public enum LinkType: String, CaseIterable, Sendable {
  case dependsOn = "depends_on"
  case supportsGoal = "supports_goal"
  case related
  case addressesProblem = "addresses_problem"
}

/// The same as forms say it: in the other direction too.
public enum LinkWord: String, CaseIterable, Sendable {
  case dependsOn = "depends_on"
  case blocks
  case supportsGoal = "supports_goal"
  case related
  case addressesProblem = "addresses_problem"
}

/// Why two things cannot be linked, whatever else there is.
public enum LinkError: Error, Hashable, Sendable {
  /// A thing and itself.
  case itself
  /// Kinds between which that cannot be said (RULES 8.19).
  case kinds
}

/// A link in its one stored form (RULES 8.7): `A blocks B` is `B depends_on A`, and `related` leads from the smaller id.
public struct ThingLink: Hashable, Sendable {
  public let type: LinkType
  public let from: ThingRef
  public let to: ThingRef

  public init(_ word: LinkWord, from: ThingRef, to: ThingRef) throws(LinkError) {
    if from.id == to.id { throw .itself }
    switch word {
    case .dependsOn: (type, self.from, self.to) = (.dependsOn, from, to)
    case .blocks: (type, self.from, self.to) = (.dependsOn, to, from)
    case .supportsGoal: (type, self.from, self.to) = (.supportsGoal, from, to)
    case .addressesProblem: (type, self.from, self.to) = (.addressesProblem, from, to)
    case .related: (type, self.from, self.to) = from.id < to.id ? (.related, from, to) : (.related, to, from)
    }
    if !ThingLink.can(type, from: self.from.kind, to: self.to.kind) { throw .kinds }
  }

  /// Whether a link of a type may lead from one kind to another, in its stored form.
  public static func can(_ type: LinkType, from: ThingKind, to: ThingKind) -> Bool {
    if !from.isLinked || !to.isLinked { return false }
    return switch type {
    case .dependsOn: from != .problem
    case .supportsGoal: to == .goal
    case .addressesProblem: from != .problem && to == .problem
    case .related: true
    }
  }

  /// The other end.
  public func other(than thing: ID<Thing>) -> ThingRef { from.id == thing ? to : from }

  /// How it is said from one of its ends.
  public func word(from thing: ID<Thing>) -> LinkWord {
    switch type {
    case .dependsOn: from.id == thing ? .dependsOn : .blocks
    case .supportsGoal: .supportsGoal
    case .related: .related
    case .addressesProblem: .addressesProblem
    }
  }
}
