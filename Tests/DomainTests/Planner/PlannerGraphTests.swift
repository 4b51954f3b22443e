import Testing

@testable import Domain

/// The graph of what comes before what, without a database. Letters are things; `A>B`: A blocks B; `c^P`: c is a subtask of P.
@Suite struct PlannerGraphTests {
  private func graph(_ edges: String) -> PlannerGraph<Character> {
    var graph = PlannerGraph<Character>()
    for edge in edges.split(separator: " ").map({ Array($0) }) {
      if edge[1] == "^" { graph.put(edge[0], under: edge[2]) } else { graph.add(edge[0], before: edge[2]) }
    }
    return graph
  }

  @Test(
    arguments: [
      ("", "A>B", nil), ("A>B", "A>B", nil), ("A>B B>C", "C>A", "ABCA"), ("A>B B>C", "A>C", nil),
      ("A>B B>C C>D A>D", "D>A", "ADA"),  // the shortest
      ("c^P", "P>c", "cPc"), ("c^P", "c>P", nil),
      ("c^P d^c", "P>d", "dcPd"), ("A>P c^P", "P>A", "APA"),
      // Through both kinds of edges: c waits for nothing, its parent blocks A, and A blocks c.
      ("c^P P>A", "A>c", "cPAc"),
    ] as [(String, String, String?)])
  func `hard case 1: an edge that closes a circle names it`(edges: String, edge: String, circle: String?) {
    let ends = Array(edge)
    #expect(graph(edges).circle(closedBy: ends[0], before: ends[2]).map { String($0) } == circle)
  }

  @Test(
    arguments: [
      ("", "T^P", nil), ("c^P d^c", "P^d", "dcPd"),
      ("P>T", "T^P", "PTP"),  // T waits for P
      ("T>P", "T^P", nil),  // P waits for T: the link says nothing more then
      ("d^T P>d", "T^P", "PdTP"),
      ("P>X X>T", "T^P", "PXTP"),
    ] as [(String, String, String?)])
  func `hard case 2: a move that closes a circle names it`(edges: String, move: String, circle: String?) {
    let ends = Array(move)
    #expect(graph(edges).circle(closedByPutting: ends[0], under: ends[2]).map { String($0) } == circle)
  }

  @Test func `what stands above and below, and how deep a tree may be`() {
    let graph = graph("b^a c^b d^c e^d y^x")
    #expect(String(graph.above("d")) == "cba" && String(graph.below("c")) == "cde")
    #expect(graph.isInLine("a", "e") && graph.isInLine("e", "a") && !graph.isInLine("a", "x"))
    #expect(graph.height(of: "a") == 5 && graph.height(of: "e") == 1)
    // Hard case 38: depth 5 and 6.
    #expect(graph.fits("z", under: "d") && !graph.fits("z", under: "e"))
    #expect(graph.fits("x", under: "c") && !graph.fits("x", under: "d"))
  }

  @Test(arguments: UInt64(0)..<40) func `a graph that took no circle has none, whichever edges came`(seed: UInt64) {
    var (graph, random) = (PlannerGraph<Int>(), seed &* 6_364_136_223_846_793_005 &+ 1)
    func draw(_ count: Int) -> Int {
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(random >> 33) % count
    }
    var taken: [(Int, Int)] = []
    for _ in 0..<60 {
      let (one, other) = (draw(12), draw(12))
      if one == other { continue }
      let circle = graph.circle(closedBy: one, before: other)
      if let circle { #expect(circle.first == other && circle.last == other && circle.contains(one)) }
      if circle == nil {
        graph.add(one, before: other)
        taken.append((one, other))
      }
    }
    // What waits for nothing goes, again and again: nothing is left over.
    var left = taken
    while !left.isEmpty {
      let waiting = Set(left.map(\.1))
      let fewer = left.filter { waiting.contains($0.0) }
      #expect(fewer.count < left.count)
      if fewer.count == left.count { break }
      left = fewer
    }
  }
}
