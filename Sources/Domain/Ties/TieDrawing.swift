/// A drawing of what is within two steps of a thing, in whole numbers by rule, so that the same data gives the same bytes (RULES 9.31).
///
/// The thing stands in the middle. What is tied to it goes round it like the hours of a clock, the strongest first, down the right side and up the
/// left; each is followed by what is tied to it in turn, which stands further out. Every dot has a row of its side to itself, its name outwards and
/// below that the words of the tie: so nothing lies over anything, and it is read on a screen of 360 pixels. Circles would put 40 names on top of
/// each other there. Lines go below, from dot to dot, those of what does not stand dashed.
public struct TieDrawing: Hashable, Sendable {
  /// How many dots are drawn, the middle one with them.
  public static let most = 40
  /// The width, in units of the `viewBox`. Names are meant for letters of 13 units, words for 11.
  public static let width = 360
  static let rowHeight = 40
  /// How far out the first and the second ring are at their widest.
  static let reach = [52, 84]

  public enum Anchor: String, Sendable { case start, middle, end }

  /// A rectangle.
  public struct Box: Hashable, Sendable {
    public let x: Int
    public let y: Int
    public let width: Int
    public let height: Int
  }

  /// A thing: a dot, its name beside it, and below that how it is tied to the ring within.
  public struct Dot: Hashable, Sendable {
    public let node: TieGraph.Node
    /// 0 in the middle, 1 and 2.
    public let ring: Int
    /// What it is tied to the most of the ring within; nil in the middle.
    public let inner: ID<Thing>?
    /// The words of that tie as read from there, whole; empty in the middle.
    public let said: String
    public let x: Int
    public let y: Int
    public let radius: Int
    /// The name, cut to what fits.
    public let name: String
    /// The words of the tie as read from the ring within, cut to what fits; empty in the middle.
    public let words: String
    /// Whether no relationship of that tie stands.
    public let isDashed: Bool
    public let anchor: Anchor
    public let textX: Int
    /// Baselines.
    public let nameY: Int
    public let wordsY: Int
    /// What belongs to it and to nothing else: where a press leads to the thing.
    public let box: Box
  }

  /// All that is between two things that are drawn.
  public struct Line: Hashable, Sendable {
    public let from: ID<Thing>
    public let to: ID<Thing>
    /// The `d` of a `path`, straight from the middle, else bent, so that it goes through no other dot.
    public let path: String
    /// Whether none of them stands.
    public let isDashed: Bool
    /// What stands comes first, then by strength.
    public let edges: [TieGraph.Edge]
  }

  public let height: Int
  /// The middle first, then round the clock.
  public let dots: [Dot]
  public let lines: [Line]
  /// How many things within two steps are not drawn.
  public let leftOut: Int
  /// How many relationships are between those that are drawn.
  public var edges: Int { lines.reduce(0) { $0 + $1.edges.count } }
}

extension TieGraph {
  /// Draws what is within two steps: the nearer ring first, in each the strongest first, then by name, then by id.
  ///
  /// - Parameter most: how many dots, the middle one with them; at least 1.
  /// - Returns: nil where that thing is not there.
  public func layout(around centre: ID<Thing>, most: Int = TieDrawing.most) -> TieDrawing? {
    guard let middle = node(centre) else { return nil }
    let near = near(centre)
    let shown = Array(near.prefix(max(most, 1) - 1))
    let outer = Dictionary(grouping: shown.filter { $0.ring == 2 }, by: \.inner)
    let round = shown.filter { $0.ring == 1 }.flatMap { [$0] + (outer[$0.node.id] ?? []) }
    let rows = TieRows(round.count)
    let dots = [rows.middle(middle)] + round.enumerated().map { rows.dot($1, at: $0) }
    return TieDrawing(height: rows.height, dots: dots, lines: lines(dots, rows), leftOut: near.count - shown.count)
  }

  /// Between the dots, in their order.
  private func lines(_ dots: [TieDrawing.Dot], _ rows: TieRows) -> [TieDrawing.Line] {
    let places = Dictionary(dots.enumerated().map { ($1.node.id, $0) }, uniquingKeysWith: { first, _ in first })
    var lines: [TieDrawing.Line] = []
    for (place, dot) in dots.enumerated() {
      let others = ties(of: dot.node.id).compactMap { tie in places[tie.node].map { (place: $0, tie: tie) } }
      for (other, tie) in others.sorted(by: { $0.place < $1.place }) where other > place {
        lines.append(
          TieDrawing.Line(
            from: dot.node.id, to: tie.node, path: rows.path(dot, dots[other]), isDashed: tie.standing == nil, edges: tie.edges))
      }
    }
    return lines
  }
}

/// The rows of both sides.
struct TieRows {
  private let right: Int
  private let left: Int
  let height: Int
  private let centreX = TieDrawing.width / 2
  private let centreY: Int

  /// - Parameter count: how many go round the middle.
  init(_ count: Int) {
    right = (count + 1) / 2
    left = count / 2
    height = max(right, 3) * TieDrawing.rowHeight + 32
    centreY = height / 2
  }

  func middle(_ node: TieGraph.Node) -> TieDrawing.Dot {
    TieDrawing.Dot(
      node: node, ring: 0, inner: nil, said: "", x: centreX, y: centreY, radius: 12, name: TieLabel.fitted(node.name, units: 10), words: "",
      isDashed: false, anchor: .middle, textX: centreX, nameY: centreY + 26, wordsY: centreY + 26,
      box: TieDrawing.Box(x: centreX - 36, y: centreY - 13, width: 72, height: 45))
  }

  /// - Parameter place: its place round the clock.
  func dot(_ near: TieGraph.Near, at place: Int) -> TieDrawing.Dot {
    let isRight = place < right
    let (row, count) = isRight ? (place, right) : (left - 1 - (place - right), left)
    let y = centreY + (2 * row - (count - 1)) * TieDrawing.rowHeight / 2
    let out = reach(near.ring, y - centreY)
    let x = isRight ? centreX + out : centreX - out
    let room = centreX - out - 16
    let words = near.tie.edges.map { $0.label(from: near.inner) }.joined(separator: ", ")
    return TieDrawing.Dot(
      node: near.node, ring: near.ring, inner: near.inner, said: words, x: x, y: y, radius: near.ring == 1 ? 7 : 5,
      name: TieLabel.fitted(near.node.name, units: room * 10 / 72), words: TieLabel.fitted(words, units: room / 6),
      isDashed: near.tie.standing == nil, anchor: isRight ? .start : .end, textX: isRight ? x + 12 : x - 12, nameY: y - 1, wordsY: y + 13,
      box: TieDrawing.Box(x: isRight ? x - 8 : 4, y: y - 19, width: room + 20, height: 38))
  }

  /// How far from the middle a ring is in a row: half an oval that is one row longer than the rows at either end.
  private func reach(_ ring: Int, _ distance: Int) -> Int {
    let share = Double(distance) / Double(right * TieDrawing.rowHeight / 2 + TieDrawing.rowHeight)
    return Int((Double(TieDrawing.reach[ring - 1]) * (1 - share * share).squareRoot()).rounded())
  }

  /// From the middle straight; within a side bent inwards, past the dots between; from side to side above or below the middle.
  func path(_ one: TieDrawing.Dot, _ other: TieDrawing.Dot) -> String {
    let start = "M\(one.x) \(one.y)"
    if one.ring == 0 || other.ring == 0 { return start + "L\(other.x) \(other.y)" }
    let (x, y) = ((one.x + other.x) / 2, (one.y + other.y) / 2)
    if one.anchor == other.anchor {
      let inwards = 8 + min(36, abs(one.y - other.y) / 4)
      return start + "Q\(one.anchor == .start ? x - inwards : x + inwards) \(y) \(other.x) \(other.y)"
    }
    return start + "Q\(x) \(y <= centreY ? y - 56 : y + 56) \(other.x) \(other.y)"
  }
}
