/// The shortest way between two things over relationships that stand, breadth first (RULES 9.31). Of equal ones that whose first step is the
/// strongest, then by name.
public struct TiePath: Hashable, Sendable {
  /// How many steps a way may have.
  public static let furthest = 6

  public struct Step: Hashable, Sendable {
    public let from: TieGraph.Node
    public let to: TieGraph.Node
    /// The strongest relationship between them that stands.
    public let edge: TieGraph.Edge

    /// Its words as read from ``from``.
    public var label: String { edge.label(from: from.id) }
  }

  /// Empty from a thing to itself.
  public let steps: [Step]

  /// - Returns: nil where there is none within ``furthest`` steps, or either end is not there.
  /// - Complexity: One step for each relationship that can be reached.
  public init?(from start: ID<Thing>, to end: ID<Thing>, in graph: TieGraph) {
    guard let first = graph.node(start), graph.node(end) != nil else { return nil }
    if start == end {
      steps = []
      return
    }
    var before: [ID<Thing>: Step] = [:]
    var ring = [first]
    for _ in 0..<TiePath.furthest where before[end] == nil {
      var next: [TieGraph.Node] = []
      for node in ring {
        for tie in graph.ties(of: node.id) where tie.node != start && before[tie.node] == nil {
          guard let edge = tie.standing, let other = graph.node(tie.node) else { continue }
          before[tie.node] = Step(from: node, to: other, edge: edge)
          next.append(other)
        }
      }
      ring = next
    }
    var steps: [Step] = []
    var place = end
    while let step = before[place] {
      steps.append(step)
      place = step.from.id
    }
    if steps.isEmpty { return nil }
    self.steps = steps.reversed()
  }
}
