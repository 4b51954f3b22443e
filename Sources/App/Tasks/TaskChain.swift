import Domain
import HTML
import Postgres
import Web

/// What a task waits for and what waits for it, step by step.
enum TaskChains {
  /// GET /tasks/:task/chain
  static func show(_ web: Context, _ id: ID<Task>) throws -> Response {
    let steps = web.request.query.text("depth").flatMap { Int($0) } ?? TaskChain.usual
    let (tasks, things) = try web.read(Task.mine("t.id = \(id)"), ChainThing.around(id, steps: min(max(steps, 1), TaskChain.furthest)))
    guard let task = tasks.first else { throw Failure.notFound }
    // Whose the task is comes before what is wrong with its address.
    let depth = try web.query { query, words throws(FormErrors) in
      var read = FormReader(query, words)
      let depth = read.integer("depth", 1...TaskChain.furthest, TaskChain.usual)
      try read.finish()
      return depth
    }
    let shown = Array(things.prefix(TaskChain.most))
    let edges = try web.read(ChainEdge.between(shown.map(\.id)))
    return web.page(try TaskChainPage(task, TaskChain(shown, edges), depth, leftOut: things.count - shown.count, web))
  }
}

/// A thing on the way, and how many steps away: below 0 what the task waits for, above it what waits for the task.
struct ChainThing {
  let kind: ThingKind
  let id: ID<Thing>
  let title: String
  let status: String
  let blocks: Bool
  let level: Int

  var thing: PlannedThing { PlannedThing(kind: kind, id: id, title: title, status: status, blocks: blocks) }

  /// The task and what can be reached from it within some steps, the nearest first; 200 at most.
  static func around(_ task: ID<Task>, steps: Int) -> Query<ChainThing> {
    Query(
      """
      WITH RECURSIVE behind (id, level) AS (
        SELECT \(task)::uuid, 0
        UNION
        SELECT l.to_id, b.level + 1 FROM behind b JOIN entity_links l ON l.from_id = b.id AND l.user_id = (SELECT me()) AND l.type = 'depends_on'
        WHERE b.level < \(steps)),
      ahead (id, level) AS (
        SELECT \(task)::uuid, 0
        UNION
        SELECT l.from_id, a.level + 1 FROM ahead a JOIN entity_links l ON l.to_id = a.id AND l.user_id = (SELECT me()) AND l.type = 'depends_on'
        WHERE a.level < \(steps))
      SELECT x.kind, x.id, x.title, x.status, x.blocks, n.level FROM (
        SELECT b.id, -min(b.level) AS level FROM behind b GROUP BY b.id
        UNION
        SELECT a.id, min(a.level) FROM ahead a GROUP BY a.id) n
      CROSS JOIN LATERAL \(PlannedThing.found("n.id")) x ORDER BY abs(n.level), n.level, x.title, x.id LIMIT 200
      """, into: ChainThing.init)
  }
}

/// Which of two waits for the other.
struct ChainEdge {
  let from: ID<Thing>
  let to: ID<Thing>

  static func between(_ things: [ID<Thing>]) -> Query<ChainEdge> {
    Query(
      """
      SELECT l.from_id, l.to_id FROM entity_links l
      WHERE l.user_id = (SELECT me()) AND l.type = 'depends_on' AND l.from_id = ANY (\(things)) AND l.to_id = ANY (\(things))
      ORDER BY l.created_at, l.id LIMIT 400
      """, into: ChainEdge.init)
  }
}

/// A drawing of them by rule, so that the same rows make the same bytes: a column for each step, what is waited for to the left.
struct TaskChain {
  static let usual = 3
  static let furthest = 6
  /// How many things are drawn.
  static let most = 40

  struct Box {
    let thing: ChainThing
    let x: Int
    let y: Int
  }

  struct Line {
    let x1: Int
    let y1: Int
    let x2: Int
    let y2: Int
  }

  private static let boxWidth = 180
  private static let boxHeight = 36
  private static let columnWidth = 240
  private static let rowHeight = 56

  let boxes: [Box]
  let lines: [Line]
  let width: Int
  let height: Int

  init(_ things: [ChainThing], _ edges: [ChainEdge]) {
    let first = things.map(\.level).min() ?? 0
    var rows: [Int: Int] = [:]
    let boxes = things.map { thing in
      let row = rows[thing.level, default: 0]
      rows[thing.level] = row + 1
      return Box(thing: thing, x: 4 + (thing.level - first) * TaskChain.columnWidth, y: 4 + row * TaskChain.rowHeight)
    }
    let places = Dictionary(boxes.map { ($0.thing.id, $0) }, uniquingKeysWith: { first, _ in first })
    lines = edges.compactMap { edge in
      guard let waiting = places[edge.from], let blocker = places[edge.to] else { return nil }
      let middle = TaskChain.boxHeight / 2
      return Line(x1: blocker.x + TaskChain.boxWidth, y1: blocker.y + middle, x2: waiting.x - 2, y2: waiting.y + middle)
    }
    width = (boxes.map(\.x).max() ?? 0) + TaskChain.boxWidth + 4
    height = (boxes.map(\.y).max() ?? 0) + TaskChain.boxHeight + 4
    self.boxes = boxes
  }
}

/// The drawing, with its table.
struct TaskChainPage {
  let layout: Layout
  let back: Path
  let backLabel: String
  let summary: ErrorSummary? = nil
  let action: Path
  let depth: Select
  let lede: String
  let width: String
  let height: String
  let boxes: [Box]
  let lines: [Line]
  let rows: [Row]
  let nodes: String
  let edges: String
  let leftOut: String
  /// nil: all of it is drawn.
  let more: String?

  struct Box {
    let path: Path
    let x: String
    let y: String
    let textX: String
    let textY: String
    let title: String
    let short: String
    /// `here`, `over` or `open`.
    let state: String
  }
  struct Line {
    let x1: String
    let y1: String
    let x2: String
    let y2: String
  }
  struct Row {
    let path: Path
    let title: String
    let state: String
    let place: String
  }

  init(_ task: Task, _ chain: TaskChain, _ depth: Int, leftOut: Int, _ web: Context) throws {
    let words = web.words
    layout = try Layout(words("Chain of “{title}”", ["title": task.title]), .tasks, web)
    (back, backLabel, action) = (Paths.task(task.id), task.title, Paths.chain(task.id))
    var make = FieldBuilder()
    self.depth = make.choice(
      "depth", words("How far"), String(depth),
      (1...TaskChain.furthest).map { (String($0), words.count("{n} step", "{n} steps", $0, context: "chain")) })
    lede = words("To the left what it waits for, to the right what waits for it.")
    (width, height) = (String(chain.width), String(chain.height))
    boxes = chain.boxes.map { Box($0) }
    lines = chain.lines.map { Line(x1: String($0.x1), y1: String($0.y1), x2: String($0.x2), y2: String($0.y2)) }
    rows = chain.boxes.map { box in
      let thing = box.thing
      return Row(
        path: thing.thing.path, title: thing.title,
        state: PlannedThing.name(thing.kind, words) + " · " + LinkRow.status(thing.status, of: thing.kind, words),
        place: TaskChainPage.place(thing, words))
    }
    (nodes, edges, self.leftOut) = (String(boxes.count), String(lines.count), String(leftOut))
    more = leftOut == 0 ? nil : words.count("{n} thing more is not drawn.", "{n} things more are not drawn.", leftOut)
  }

  private static func place(_ thing: ChainThing, _ words: Words) -> String {
    if thing.level == 0 { return words("this task") }
    let steps = words.count("{n} step", "{n} steps", abs(thing.level), context: "chain")
    return (thing.level < 0 ? words("comes before it") : words("waits for it")) + ", " + steps
  }
}

extension TaskChainPage.Box {
  fileprivate init(_ box: TaskChain.Box) {
    let thing = box.thing
    let isLong = thing.title.unicodeScalars.count > 22
    let short = isLong ? String(String.UnicodeScalarView(thing.title.unicodeScalars.prefix(21))) + "…" : thing.title
    self.init(
      path: thing.thing.path, x: String(box.x), y: String(box.y), textX: String(box.x + 10), textY: String(box.y + 23),
      title: thing.title, short: short, state: thing.level == 0 ? "here" : thing.blocks ? "open" : "over")
  }
}
