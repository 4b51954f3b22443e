/// Things and the relationships between them, read in one order whichever way they came, so that the same data gives the same bytes (RULES 9.31).
public struct TieGraph: Sendable {
  public struct Node: Hashable, Sendable {
    public let id: ID<Thing>
    public let kind: ThingKind
    public let name: String

    public init(_ id: ID<Thing>, _ kind: ThingKind, _ name: String) { (self.id, self.kind, self.name) = (id, kind, name) }
  }

  /// A relationship on the day that is asked about.
  public struct Edge: Hashable, Sendable {
    public let from: ID<Thing>
    public let to: ID<Thing>
    /// 1 to 10.
    public let strength: Int
    public let state: TieState
    /// The words for it as read from ``from``, for people.
    public let label: String
    /// The same as read from ``to``.
    public let reverse: String

    public init(from: ID<Thing>, to: ID<Thing>, strength: Int, state: TieState, label: String, reverse: String) {
      (self.from, self.to, self.strength, self.state) = (from, to, strength, state)
      (self.label, self.reverse) = (label, reverse)
    }

    /// The words as read from one of its ends.
    public func label(from node: ID<Thing>) -> String { from == node ? label : reverse }
  }

  /// All that is between a node and another.
  struct Tie {
    let node: ID<Thing>
    /// What stands comes first, then by strength; never empty.
    let edges: [Edge]

    /// What it is sorted by: the strongest that stands, before all that do not.
    var weight: Int {
      guard let first = edges.first else { return 0 }
      return first.state == .standing ? first.strength + Relationship.strengths.upperBound : first.strength
    }

    /// The strongest that stands; nil: none does.
    var standing: Edge? { edges.first.flatMap { $0.state == .standing ? $0 : nil } }
  }

  private let nodes: [ID<Thing>: Node]
  /// The place of each node in the order of names, of equal ones in that of ids.
  private let ranks: [ID<Thing>: Int]
  /// Of each node, the strongest first, equal ones by name.
  private let ties: [ID<Thing>: [Tie]]

  /// - Parameters:
  ///   - nodes: in any order. What is in the trash is not among them.
  ///   - edges: in any order. Those with an end that is no node are left out.
  public init(_ nodes: [Node], _ edges: [Edge]) {
    let ordered = nodes.map { (key: Array($0.name.lowercased().utf8), id: $0.id) }.sorted { left, right in
      left.key == right.key ? left.id < right.id : left.key.lexicographicallyPrecedes(right.key)
    }
    var ranks: [ID<Thing>: Int] = [:]
    for (place, entry) in ordered.enumerated() { ranks[entry.id] = place }
    let places = ranks
    self.nodes = Dictionary(nodes.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    self.ranks = places
    var ties: [ID<Thing>: [Tie]] = [:]
    for (pair, edges) in TieGraph.between(edges.filter { places[$0.from] != nil && places[$0.to] != nil }) {
      ties[pair.low, default: []].append(Tie(node: pair.high, edges: edges))
      ties[pair.high, default: []].append(Tie(node: pair.low, edges: edges))
    }
    self.ties = ties.mapValues { list in
      list.sorted { left, right in
        left.weight != right.weight ? left.weight > right.weight : (places[left.node] ?? 0) < (places[right.node] ?? 0)
      }
    }
  }

  public func node(_ id: ID<Thing>) -> Node? { nodes[id] }

  /// What a node is tied to, the strongest first, then by name.
  func ties(of id: ID<Thing>) -> [Tie] { ties[id] ?? [] }

  /// Two nodes, whichever way round.
  struct Pair: Hashable {
    let low: ID<Thing>
    let high: ID<Thing>

    init(_ one: ID<Thing>, _ other: ID<Thing>) { (low, high) = one < other ? (one, other) : (other, one) }
  }

  private static func between(_ edges: [Edge]) -> [Pair: [Edge]] {
    var between: [Pair: [Edge]] = [:]
    for edge in edges where edge.from != edge.to { between[Pair(edge.from, edge.to), default: []].append(edge) }
    return between.mapValues { $0.sorted(by: precedes) }
  }

  private static func precedes(_ left: Edge, _ right: Edge) -> Bool {
    let (stands, other) = (left.state == .standing, right.state == .standing)
    if stands != other { return stands }
    if left.strength != right.strength { return left.strength > right.strength }
    if left.label != right.label { return left.label.utf8.lexicographicallyPrecedes(right.label.utf8) }
    if left.from != right.from { return left.from < right.from }
    return left.state.rawValue.utf8.lexicographicallyPrecedes(right.state.rawValue.utf8)
  }

  /// A node within two steps.
  struct Near {
    let node: Node
    /// 1 or 2.
    let ring: Int
    /// The node of the ring within that it is tied to the most.
    let inner: ID<Thing>
    let tie: Tie
  }

  /// What is one and two steps away: the nearer ring first, in each the strongest first, then by name, then by id (RULES 9.31).
  func near(_ centre: ID<Thing>) -> [Near] {
    let first = ties(of: centre).compactMap { tie in nodes[tie.node].map { Near(node: $0, ring: 1, inner: centre, tie: tie) } }
    var seen = Set(first.map(\.node.id))
    seen.insert(centre)
    let inner = seen
    var second: [ID<Thing>: Near] = [:]
    for near in first {
      for tie in ties(of: near.node.id) where !inner.contains(tie.node) {
        if let known = second[tie.node], known.tie.weight >= tie.weight { continue }
        if let node = nodes[tie.node] { second[tie.node] = Near(node: node, ring: 2, inner: near.node.id, tie: tie) }
      }
    }
    return first
      + second.values.sorted { left, right in
        left.tie.weight != right.tie.weight
          ? left.tie.weight > right.tie.weight : (ranks[left.node.id] ?? 0) < (ranks[right.node.id] ?? 0)
      }
  }
}
