/// What comes before what: a blocker before whatever waits for it, a subtask before its parent, which waits for it anyway (RULES 8.20).
///
/// Both kinds of edges are walked together: others that check each alone let a parent and a blocker wait for each other in silence.
public struct PlannerGraph<Node: Hashable> {
  /// How many levels a tree may have; a task at the top is the first.
  public static var deepest: Int { 5 }

  private var next: [Node: [Node]] = [:]
  private var parents: [Node: Node] = [:]

  public init() {}

  /// Whatever waits comes after what it waits for.
  public mutating func add(_ blocker: Node, before waiting: Node) { next[blocker, default: []].append(waiting) }

  /// A subtask comes before its parent. It has one parent, given once.
  public mutating func put(_ child: Node, under parent: Node) {
    next[child, default: []].append(parent)
    parents[child] = parent
  }

  /// The shortest way from a node to another, both included; nil: there is none. Of equal ones that which was added first.
  ///
  /// - Complexity: One step for each edge that can be reached.
  public func path(from start: Node, to end: Node) -> [Node]? {
    if start == end { return [start] }
    var before: [Node: Node] = [:]
    var seen: Set<Node> = [start]
    var queue = [start]
    var position = 0
    while position < queue.count {
      let node = queue[position]
      position += 1
      for step in next[node] ?? [] where seen.insert(step).inserted {
        before[step] = node
        if step == end { return Self.way(back: step, before) }
        queue.append(step)
      }
    }
    return nil
  }

  private static func way(back end: Node, _ before: [Node: Node]) -> [Node] {
    var way = [end]
    while let last = way.last, let node = before[last] { way.append(node) }
    return way.reversed()
  }

  /// The circle that one more edge would close, beginning and ending with what would wait; nil: none.
  ///
  /// With A before B and B before C, C before A closes `A B C A`.
  public func circle(closedBy blocker: Node, before waiting: Node) -> [Node]? {
    path(from: waiting, to: blocker).map { $0 + [waiting] }
  }

  /// The same of a subtask that is put under a parent.
  public func circle(closedByPutting child: Node, under parent: Node) -> [Node]? { circle(closedBy: child, before: parent) }

  /// Those above a node, the nearest first.
  public func above(_ node: Node) -> [Node] {
    var found: [Node] = []
    var place = node
    while let parent = parents[place], !found.contains(parent) {
      found.append(parent)
      place = parent
    }
    return found
  }

  /// Whether one of two nodes stands above the other.
  public func isInLine(_ one: Node, _ other: Node) -> Bool { above(one).contains(other) || above(other).contains(one) }

  /// A node and all below it, deepest last.
  public func below(_ node: Node) -> [Node] {
    var children: [Node: [Node]] = [:]
    for (child, parent) in parents { children[parent, default: []].append(child) }
    var found = [node]
    var position = 0
    while position < found.count {
      found += (children[found[position]] ?? []).filter { !found.contains($0) }
      position += 1
    }
    return found
  }

  /// How many levels a node and those below it take.
  public func height(of node: Node) -> Int {
    let levels = above(node).count
    return below(node).map { above($0).count - levels + 1 }.max() ?? 1
  }

  /// Whether a node with all below it fits under a parent.
  public func fits(_ node: Node, under parent: Node) -> Bool { above(parent).count + 1 + height(of: node) <= Self.deepest }
}
