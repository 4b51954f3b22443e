/// Marks the ids of things of the register, of whatever kind.
public enum Thing {}

/// A kind of things of the planner and of the context, as the register calls it. Links lead from and to tasks, goals and problems; relationships from and
/// to people, places, events, tasks and deadlines.
public enum ThingKind: String, CaseIterable, Sendable {
  case task, goal, problem, deadline, person, place, event

  /// Whether links lead from and to it.
  public var isLinked: Bool { self == .task || self == .goal || self == .problem }

  /// Whether relationships lead from and to it (RULES 9.6).
  public var isRelated: Bool { self != .goal && self != .problem }
}

/// A thing of a person's, as forms and facts name it: `task:0192f000-0000-7000-8000-000000000000`.
public struct ThingRef: Hashable, Sendable {
  public let kind: ThingKind
  public let id: ID<Thing>

  public init(_ kind: ThingKind, _ id: ID<Thing>) { (self.kind, self.id) = (kind, id) }

  /// The same of an id that says of which table it is.
  public init<Row>(_ kind: ThingKind, of id: ID<Row>) { self.init(kind, ID(high: id.high, low: id.low)) }

  public init?(_ text: some StringProtocol) {
    let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count == 2, let kind = ThingKind.allCases.first(where: { $0.rawValue.utf8.elementsEqual(parts[0]) }) else { return nil }
    guard let id = ID<Thing>(String(decoding: parts[1], as: UTF8.self)) else { return nil }
    self.init(kind, id)
  }

  public var text: String { "\(kind.rawValue):\(id.text)" }

  /// Its id, as that of a row of its table.
  public func row<Row>(_ type: Row.Type = Row.self) -> ID<Row> { ID(high: id.high, low: id.low) }
}
