import Domain
import HTML
import Postgres
import Web

/// What is around a person, drawn, and the way from one to another.
enum Graphs {
  /// GET /people/:person/graph; its table goes on after as many as `from` says.
  static func show(_ web: Context, _ id: ID<KnownPerson>) throws -> Response {
    let from = try web.query { query, words throws(FormErrors) in
      var read = FormReader(query, words)
      let from = read.integer("from", 0...GraphPage.furthest, 0)
      try read.finish()
      return from
    }
    let person = try find(ThingRef(.person, of: id), web)
    let today = web.clock.habitDate(of: try web.person)
    let graph = try TieGraph.around(person, on: today, web)
    guard let drawing = graph.layout(around: person.id), let table = GraphTable(around: person.id, from: from, in: graph) else {
      throw Failure.notFound
    }
    return web.list(try GraphPage(person, drawing, table, in: graph, web))
  }

  /// GET /people/:person/path
  static func way(_ web: Context, _ id: ID<KnownPerson>) throws -> Response {
    let person = try find(ThingRef(.person, of: id), web)
    let query = try web.query { query, words throws(FormErrors) in try WayQuery(query, words) }
    if query.to == nil, query.search == nil { throw Failure.notFound }
    let other = try query.to.map { try find(ThingRef(.person, of: $0), web) }
    let today = web.clock.habitDate(of: try web.person)
    let answer = try other.map { other in
      WayAnswer(from: person, to: other, TiePath(from: person.id, to: other.id, in: try TieGraph.between(person, other, on: today, web)))
    }
    var found: [PlannedThing] = []
    if let search = query.search { found = try web.read(WayQuery.people(search, but: person.id)) }
    return web.page(try WayPage(person, query, found, answer, web))
  }

  /// - Throws: ``Failure/notFound`` for somebody who is missing, in the trash or somebody else's.
  private static func find(_ ref: ThingRef, _ web: Context) throws -> PlannedThing {
    let found = try web.read(PlannedThing.some([ref.id]))
    guard let thing = found.first, thing.ref == ref else { throw Failure.notFound }
    return thing
  }
}

/// A page of the table of what is around somebody: the nearest and strongest first, as in the drawing.
struct GraphTable {
  let dots: [TieDrawing.Dot]
  /// Whether some stand on pages before.
  let isLater: Bool
  /// Where the next page begins; nil: this is the last.
  let next: Int?
  let left: Int

  /// - Returns: nil where the thing is not in the graph.
  init?(around centre: ID<Thing>, from: Int, in graph: TieGraph) {
    guard let all = graph.layout(around: centre, most: from + GraphPage.listed + 1) else { return nil }
    let before = from == 0 ? [] : graph.layout(around: centre, most: from + 1)?.dots ?? []
    let known = Set(before.map(\.node.id) + [centre])
    dots = all.dots.filter { !known.contains($0.node.id) }
    (isLater, left) = (from > 0, all.leftOut)
    next = all.leftOut > 0 ? from + GraphPage.listed : nil
  }
}

/// The drawing of what is around a person, with its table.
struct GraphPage {
  let layout: Layout
  let back: Path
  let backLabel: String
  let summary: ErrorSummary? = nil
  /// What is drawn, and how much is not.
  let lede: String
  let nodes: String
  let edges: String
  let leftOut: String
  /// nil: nothing is left out.
  let more: String?
  let drawing: Drawing?
  let none: EmptyState?
  let rows: [Row]
  /// nil: the table begins here, or ends.
  let first: Path?
  let next: Next?

  /// How many rows a page of the table has, and where the last may begin.
  static let listed = 150
  static let furthest = 100_000

  struct Next {
    let path: Path
    let label: String
  }
  struct Drawing {
    let width: String
    let height: String
    let lines: [Line]
    let dots: [Dot]
  }
  struct Line {
    let path: String
    /// `past` or `standing`.
    let state: String
  }
  struct Dot {
    let path: Path
    /// "Bea: works with Ana".
    let label: String
    let kind: String
    let state: String
    let x: String
    let y: String
    let radius: String
    let anchor: String
    let textX: String
    let nameY: String
    let wordsY: String
    let name: String
    let words: String
    let boxX: String
    let boxY: String
    let boxWidth: String
    let boxHeight: String
  }
  struct Row {
    let path: Path
    let name: String
    let kind: String
    /// "Ana works with Bea".
    let how: String
    let steps: String
  }

  /// - Parameters:
  ///   - drawing: what is drawn.
  ///   - table: what the table has.
  init(_ person: PlannedThing, _ drawing: TieDrawing, _ table: GraphTable, in graph: TieGraph, _ web: Context) throws {
    let words = web.words
    layout = try Layout(words("Around {name}", ["name": person.title]), .people, web)
    (back, backLabel) = (person.path, person.title)
    (nodes, edges, leftOut) = (String(drawing.dots.count), String(drawing.edges), String(drawing.leftOut))
    let isAlone = drawing.dots.count < 2
    lede = words("Who and what is within two steps, the strongest first. Lines of dashes are over, or still to come.")
    more = drawing.leftOut == 0 ? nil : words.count("{n} more is not drawn.", "{n} more are not drawn.", drawing.leftOut)
    none =
      isAlone
      ? EmptyState(
        icon: "contacts", title: words("No relationship yet"),
        text: words("Say who {name} works with, where they live or what they come to, and it is drawn here.", ["name": person.title]),
        way: (words("New relationship"), Paths.newRelationship.adding("from", person.ref.text))) : nil
    self.drawing = isAlone ? nil : Drawing(drawing, in: graph, words)
    rows = table.dots.map { Row($0, in: graph, words) }
    let path = Paths.graph(person.ref.row())
    first = table.isLater ? path.fragment("table") : nil
    next = table.next.map {
      Next(
        path: path.adding("from", String($0)).fragment("table"),
        label: words.count("{n} more is on the next page", "{n} more are on the next pages", table.left))
    }
  }
}

extension GraphPage.Drawing {
  fileprivate init(_ drawing: TieDrawing, in graph: TieGraph, _ words: Words) {
    width = String(TieDrawing.width)
    height = String(drawing.height)
    lines = drawing.lines.map { GraphPage.Line(path: $0.path, state: $0.isDashed ? "past" : "standing") }
    dots = drawing.dots.map { GraphPage.Dot($0, in: graph, words) }
  }
}

extension GraphPage.Dot {
  fileprivate init(_ dot: TieDrawing.Dot, in graph: TieGraph, _ words: Words) {
    let how = GraphPage.Row.how(dot, in: graph, words)
    self.init(
      path: ThingRef(dot.node.kind, dot.node.id).path,
      label: how.utf8.isEmpty ? dot.node.name : "\(dot.node.name): \(how)", kind: dot.node.kind.rawValue,
      state: dot.ring == 0 ? "here" : dot.isDashed ? "past" : "standing", x: String(dot.x), y: String(dot.y), radius: String(dot.radius),
      anchor: dot.anchor.rawValue, textX: String(dot.textX), nameY: String(dot.nameY), wordsY: String(dot.wordsY), name: dot.name,
      words: dot.words, boxX: String(dot.box.x), boxY: String(dot.box.y), boxWidth: String(dot.box.width), boxHeight: String(dot.box.height)
    )
  }
}

extension GraphPage.Row {
  fileprivate init(_ dot: TieDrawing.Dot, in graph: TieGraph, _ words: Words) {
    self.init(
      path: ThingRef(dot.node.kind, dot.node.id).path, name: dot.node.name, kind: PlannedThing.name(dot.node.kind, words),
      how: GraphPage.Row.how(dot, in: graph, words), steps: words.count("{n} step", "{n} steps", dot.ring, context: "chain"))
  }

  /// "Ana works with Bea (over)"; empty in the middle.
  fileprivate static func how(_ dot: TieDrawing.Dot, in graph: TieGraph, _ words: Words) -> String {
    guard let inner = dot.inner.flatMap({ graph.node($0) }) else { return "" }
    let sentence = "\(inner.name) \(dot.said) \(dot.node.name)"
    return dot.isDashed ? words("{sentence} (does not stand today)", ["sentence": sentence]) : sentence
  }
}
