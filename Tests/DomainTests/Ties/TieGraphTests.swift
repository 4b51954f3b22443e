import Testing

@testable import Domain

/// The drawing of what is around a thing, and the way between two.
@Suite struct TieGraphTests {
  private func id(_ number: Int) -> ID<Thing> { ID(high: 0, low: UInt64(number)) }

  private func node(_ number: Int, _ name: String) -> TieGraph.Node { TieGraph.Node(id(number), .person, name) }

  private func edge(_ from: Int, _ to: Int, _ strength: Int = 5, _ state: TieState = .standing, _ label: String = "knows") -> TieGraph.Edge
  {
    let reverse = label == "manages" ? "reports to" : label
    return TieGraph.Edge(from: id(from), to: id(to), strength: strength, state: state, label: label, reverse: reverse)
  }

  private func numbers(_ drawing: TieDrawing) -> [Int] { drawing.dots.map { Int($0.node.id.low) } }

  /// Boxes lie within the picture and on nothing else, and dots within their boxes.
  private func check(_ drawing: TieDrawing) {
    for (place, dot) in drawing.dots.enumerated() {
      let box = dot.box
      #expect(box.x >= 0 && box.y >= 0 && box.x + box.width <= TieDrawing.width && box.y + box.height <= drawing.height, "\(dot)")
      #expect(box.width >= 24 && box.height >= 24, "a finger needs that much: \(dot)")
      #expect((box.x...box.x + box.width).contains(dot.x) && (box.y...box.y + box.height).contains(dot.y), "\(dot)")
      let room = dot.ring == 0 ? box.width : dot.anchor == .start ? TieDrawing.width - dot.textX : dot.textX
      #expect(dot.name.count * 72 <= room * 10, "\(dot.name) in \(room)")
      let clash = drawing.dots[(place + 1)...].first { other in
        let beside = box.x + box.width <= other.box.x || other.box.x + other.box.width <= box.x
        return !beside && box.y + box.height > other.box.y && other.box.y + other.box.height > box.y
      }
      #expect(clash == nil, "\(dot)")
    }
  }

  @Test func `hard case 33: of 300 around one 40 are drawn, the strongest, and the rest is counted`() throws {
    let nodes = (0...300).map { node($0, "Person number \($0)") }
    // Strength 10 of 31 to 60, 9 of 1 to 30, and so on.
    let edges = (1...300).map { edge($0, 0, (31...60).contains($0) ? 10 : $0 <= 30 ? 9 : 3) }
    let drawing = try #require(TieGraph(nodes, edges).layout(around: id(0)))
    #expect(drawing.dots.count == 40 && drawing.leftOut == 261 && drawing.lines.count == 39 && drawing.edges == 39)
    // Those of ten first, then nine of nine: by name, where "10" comes before "2".
    let named = (1...30).sorted { "\($0)" < "\($1)" }.prefix(9)
    let expected: [Int] = [0] + Array(31...60) + Array(named)
    #expect(numbers(drawing) == expected)
    check(drawing)
    // The same data in another order is the same drawing.
    var generator = Seeded(33)
    for _ in 0..<3 {
      let again = TieGraph(nodes.shuffled(using: &generator), edges.shuffled(using: &generator)).layout(around: id(0))
      #expect(again == drawing)
    }
  }

  @Test func `rings go by distance, and each dot is followed by what is tied to it`() throws {
    let nodes = ["Me", "Cy", "ben", "Ana", "Far", "Near", "Third", "Alone"].enumerated().map { node($0, $1) }
    let edges = [
      edge(1, 0, 9), edge(0, 2, 4, .standing, "manages"), edge(3, 0, 10, .past), edge(4, 2, 3), edge(4, 1, 2), edge(5, 1, 10, .coming),
      edge(5, 2, 1), edge(6, 4), edge(0, 99),
    ]
    let drawing = try #require(TieGraph(nodes, edges).layout(around: id(0)))
    // Cy by strength, Ben; Ana is past, so she comes last. Far and Near are with Ben, where what stands is strongest.
    #expect(numbers(drawing) == [0, 1, 2, 4, 5, 3] && drawing.dots.map(\.ring) == [0, 1, 1, 2, 2, 1] && drawing.leftOut == 0)
    #expect(drawing.dots.map(\.words) == ["", "knows", "manages", "knows", "knows", "knows"])
    #expect(drawing.dots.map(\.isDashed) == [false, false, false, false, false, true])
    let dashed = drawing.lines.filter(\.isDashed).map { "\($0.from.low)-\($0.to.low)" }
    #expect(Set(dashed) == ["0-3", "1-5"] && drawing.lines.count == 7)
    check(drawing)
    #expect(TieGraph(nodes, edges).layout(around: id(98)) == nil)
    let alone = try #require(TieGraph(nodes, edges).layout(around: id(7)))
    #expect(alone.dots.count == 1 && alone.lines.isEmpty && alone.leftOut == 0)
    check(alone)
  }

  @Test func `what is between two things is one line, by what stands`() throws {
    let nodes = [node(0, "Me"), node(1, "Ana")]
    let edges = [edge(0, 1, 9, .past), edge(1, 0, 3, .standing, "manages"), edge(0, 1, 2, .standing, "works with")]
    let drawing = try #require(TieGraph(nodes, edges).layout(around: id(0)))
    #expect(drawing.lines.count == 1 && drawing.edges == 3 && drawing.lines.first?.isDashed == false)
    #expect(drawing.dots.last?.words.hasPrefix("reports to") == true)
    #expect(drawing.lines.first?.edges.map(\.strength) == [3, 2, 9])
  }

  @Test func `no two things lie on each other, whatever is around`() throws {
    for seed in UInt64(0)..<30 {
      var generator = Seeded(seed)
      let count = Int.random(in: 1...80, using: &generator)
      let names = ["Ana", "Maximiliano da Silva e Souza", "李小龍先生とその家族の皆様", "👩‍👩‍👧‍👦 family", "W", "É"]
      let nodes = (0..<count).map { node($0, names[$0 % names.count]) }
      let edges = (0..<count * 2).map { _ in
        edge(
          Int.random(in: 0..<count, using: &generator), Int.random(in: 0..<count, using: &generator),
          Int.random(in: 1...10, using: &generator),
          [TieState.standing, .standing, .past, .coming][Int.random(in: 0..<4, using: &generator)])
      }
      let most = Int.random(in: 1...40, using: &generator)
      let drawing = try #require(TieGraph(nodes, edges).layout(around: id(0), most: most))
      #expect(drawing.dots.count <= most)
      check(drawing)
      #expect(Set(drawing.dots.map { [$0.x, $0.y] }).count == drawing.dots.count)
      let again = TieGraph(nodes.reversed(), edges.shuffled(using: &generator)).layout(around: id(0), most: most)
      #expect(again == drawing)
    }
  }

  @Test func `names are cut between signs, to what fits`() {
    let family = "👩‍👩‍👧‍👦"
    let rows: [(String, Int, String)] = [
      ("Ana", 3, "Ana"), ("Anas", 3, "An…"), ("Ana Souza", 5, "Ana…"), ("", 5, ""), ("李小龍", 6, "李小龍"), ("李小龍", 5, "李小…"), ("李小龍", 4, "李…"),
      (family + "abc", 4, family + "a…"), ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"), ("a", 0, "a"), ("ab cd", 4, "ab…"),
    ]
    for (text, units, expected) in rows { #expect(TieLabel.fitted(text, units: units) == expected, "\(text) in \(units)") }
    let disguise = "ab" + String(repeating: "\u{301}", count: 10_000)
    #expect(TieLabel.fitted(disguise, units: 10).unicodeScalars.count < 16)
  }

  @Test func `hard case 33: a path goes over what stands, six steps at most`() throws {
    let names = ["Ana", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal"]
    let nodes = names.enumerated().map { node($0, $1) }
    let chain = (0..<7).map { edge($0, $0 + 1, 5, .standing, "manages") }
    let graph = TieGraph(nodes, chain)
    let six = try #require(TiePath(from: id(0), to: id(6), in: graph))
    #expect(six.steps.count == 6 && six.steps.map(\.from.name) == ["Ana", "Bo", "Cy", "Di", "Ed", "Flo"])
    #expect(TiePath(from: id(0), to: id(7), in: graph) == nil)
    let back = try #require(TiePath(from: id(2), to: id(0), in: graph))
    #expect(back.steps.map(\.label) == ["reports to", "reports to"] && back.steps.last?.to.name == "Ana")
    #expect(TiePath(from: id(3), to: id(3), in: graph)?.steps.isEmpty == true)
    #expect(TiePath(from: id(3), to: id(50), in: graph) == nil)
    // Over a past relationship there is none; nor over one that begins later.
    for state in [TieState.past, .coming] {
      let broken = TieGraph(nodes, [edge(0, 1), edge(1, 2, 10, state)])
      #expect(TiePath(from: id(0), to: id(2), in: broken) == nil)
    }
    // Equal ways: the strongest first step, then the name.
    let diamond = [edge(0, 1, 5), edge(0, 2, 7), edge(0, 3, 7), edge(1, 4, 10), edge(2, 4, 1), edge(3, 4, 1)]
    #expect(TiePath(from: id(0), to: id(4), in: TieGraph(nodes, diamond))?.steps.map(\.to.name) == ["Cy", "Ed"])
  }

  @Test func `a path is as short as any there is`() {
    for seed in UInt64(0)..<40 {
      var generator = Seeded(seed)
      let count = 12
      let edges = (0..<14).map { _ in
        edge(
          Int.random(in: 0..<count, using: &generator), Int.random(in: 0..<count, using: &generator),
          Int.random(in: 1...10, using: &generator),
          Int.random(in: 0..<4, using: &generator) == 0 ? .past : .standing)
      }
      let graph = TieGraph((0..<count).map { node($0, "P\($0)") }, edges)
      // How far everything is from 0, a step at a time.
      var distances = [0: 0]
      for step in 1...count {
        for edge in edges where edge.state == .standing {
          for (one, other) in [(Int(edge.from.low), Int(edge.to.low)), (Int(edge.to.low), Int(edge.from.low))] {
            if distances[one] == step - 1 && distances[other] == nil { distances[other] = step }
          }
        }
      }
      for end in 0..<count {
        let path = TiePath(from: id(0), to: id(end), in: graph)
        #expect(path?.steps.count == distances[end].flatMap { $0 <= 6 ? $0 : nil }, "seed \(seed), end \(end)")
        for step in path?.steps ?? [] {
          #expect(step.edge.state == .standing && Set([step.edge.from, step.edge.to]) == [step.from.id, step.to.id])
        }
        for (one, next) in zip(path?.steps ?? [], (path?.steps ?? []).dropFirst()) { #expect(one.to == next.from) }
      }
    }
  }
}
