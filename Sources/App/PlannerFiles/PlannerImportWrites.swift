import Domain
import HTML
import Postgres

/// What an import writes, step by step: first the tasks, those above before those below them, then what waits for what, then what was refused.
final class PlannerImportWrites {
  /// Rows in a step.
  static let slice = 500

  let id: ID<PlannerImport>
  let plan: PlannerImportPlan
  let words: Words
  let same: PlannerImport.Same
  /// Of each task of the file what became of it, and the task that it is.
  var outcomes: [PlannerImport.Outcome]
  var ids: [ID<Task>?]
  /// What each is made without, in the person's words.
  private(set) var left: [Int: [String]]
  /// By all that tells one series from another: how far it has come.
  var series: [String: ImportedSeries] = [:]
  /// Places of tasks, those at the top first.
  private let order: [Int]
  /// How many levels of the file each has, with itself.
  let heights: [Int]
  private let links: [(from: Int, to: Int)]
  private let refused: [PlannerFile.Note]

  /// - Parameter db: what was made before by a worker that died is read there.
  init(_ id: ID<PlannerImport>, _ plan: PlannerImportPlan, _ state: PlannerImportState, _ words: Words, _ db: Connection) throws {
    let tasks = plan.file.tasks
    (self.id, self.plan, self.words, same, refused) = (id, plan, words, state.same, plan.refused)
    var outcomes = tasks.indices.map { plan.outcome($0, state.same, state.trash) }
    var ids = plan.known.map { $0?.task }
    for row in try db.rows(MadeRow.of(id)) where tasks.indices.contains(row.number) {
      (outcomes[row.number], ids[row.number]) = (row.outcome, row.task)
    }
    (self.outcomes, self.ids) = (outcomes, ids)
    let text = PlannerImportText(words: words)
    left = plan.left.mapValues { abouts in abouts.map { text.about($0) } }
    let levels = PlannerImportWrites.levels(tasks)
    heights = levels.heights
    let depths = levels.depths
    order = tasks.indices.sorted { (depths[$0], $0) < (depths[$1], $1) }
    links = PlannerImportWrites.links(tasks)
  }

  var total: Int { order.count + links.count + refused.count }

  /// Notes what a task is made without.
  func leave(_ place: Int, _ text: String) { left[place, default: []].append(text) }

  func leave(_ place: Int, _ about: PlannerFile.About) { leave(place, PlannerImportText(words: words).about(about)) }

  /// Does a part.
  ///
  /// - Returns: how much is done after it.
  func step(from done: Int, _ writing: PlannerWriting) throws -> Int {
    if done < order.count {
      let end = min(done + PlannerImportWrites.slice, order.count)
      try ImportedTasks(self, writing).write(Array(order[done..<end]))
      return end
    }
    let linked = order.count + links.count
    if done < linked {
      let end = min(done + PlannerImportWrites.slice, linked)
      try link(Array(links[(done - order.count)..<(end - order.count)]), writing)
      return end
    }
    let end = min(done + PlannerImportWrites.slice, total)
    try refuse((done - linked)..<(end - linked), writing)
    return end
  }

  /// Of both ends new ones nothing can be in the way: the file has no circles. All others are asked about.
  private func link(_ some: [(from: Int, to: Int)], _ writing: PlannerWriting) throws {
    var plain: [(ID<Task>, ID<Task>)] = []
    for (from, to) in some where isFollowed(from) {
      guard let waiting = ids[from] else { continue }
      guard let blocker = ids[to] else {
        try note(from, words("Left off: a link to line {line}.", ["line": String(plan.file.tasks[to].line)]), writing)
        continue
      }
      if outcomes[from] == .new, outcomes[to] == .new {
        plain.append((waiting, blocker))
      } else {
        try ask(from, waiting, to, blocker, writing)
      }
    }
    if plain.isEmpty { return }
    let insert: SQL = .insert(
      into: "entity_links", .each("id", plain.map { _ in ID<EntityLink>.new(at: writing.now) }), .all("user_id", "\(writing.person.id)"),
      .all("type", "'depends_on'"), .all("from_kind", "'task'"), .each("from_id", plain.map(\.0)), .all("to_kind", "'task'"),
      .each("to_id", plain.map(\.1)), .all("created_at", "\(writing.now)"))
    try writing.db.queue(["\(insert) ON CONFLICT DO NOTHING"])
  }

  /// Whether what a task waits for is as the file says, also where nothing else of it changed.
  private func isFollowed(_ place: Int) -> Bool {
    switch outcomes[place] {
    case .new, .updated: true
    case .same: same == .update
    case .known, .trashed, .restored, .refused: false
    }
  }

  private func ask(_ from: Int, _ waiting: ID<Task>, _ to: Int, _ blocker: ID<Task>, _ writing: PlannerWriting) throws {
    do {
      _ = try LinkCommands(writing: writing).make(.dependsOn, from: ThingRef(.task, of: waiting), to: ThingRef(.task, of: blocker))
    } catch {
      let text = words("Left off: a link to line {line}.", ["line": String(plan.file.tasks[to].line)])
      if let refusal = error as? LinkRefusal {
        try note(from, text + " " + refusal.sentence(words), writing)
      } else if (error as? Failure) == .notFound {
        try note(from, text, writing)
      } else {
        throw error
      }
    }
  }

  private func note(_ place: Int, _ text: String, _ writing: PlannerWriting) throws(PostgresError) {
    try writing.db.queue([
      """
      UPDATE planner_import_rows SET reason = left(concat_ws(' ', nullif(reason, ''), \(text)::text), 1000)
      WHERE import_id = \(id) AND number = \(place) AND user_id = (SELECT me())
      """
    ])
  }

  private func refuse(_ places: Range<Int>, _ writing: PlannerWriting) throws(PostgresError) {
    let notes = refused[places]
    if notes.isEmpty { return }
    let text = PlannerImportText(words: words)
    let insert: SQL = .insert(
      into: "planner_import_rows", .all("import_id", "\(id)"), .all("user_id", "\(writing.person.id)"),
      .each("number", places.map { plan.file.tasks.count + $0 }), .each("line", notes.map(\.line)), .all("outcome", "'refused'"),
      .each("reason", notes.map { text.about($0.about) }))
    try writing.db.queue(["\(insert) ON CONFLICT DO NOTHING"])
  }

  // MARK: - The shape of a file

  /// How deep each task stands, and how many levels it has.
  private static func levels(_ tasks: [PlannerFileTask]) -> (depths: [Int], heights: [Int]) {
    var depths = [Int](repeating: 0, count: tasks.count)
    var heights = [Int](repeating: 1, count: tasks.count)
    for place in tasks.indices {
      var (next, above) = (tasks[place].parent, 0)
      while let parent = next, above < PlannerGraph<Int>.deepest {
        above += 1
        heights[parent] = max(heights[parent], above + 1)
        next = tasks[parent].parent
      }
      depths[place] = above
    }
    return (depths, heights)
  }

  /// What waits for what, as many of each as a thing can have. It hangs on the file alone: a worker that goes on where another died counts them anew.
  private static func links(_ tasks: [PlannerFileTask]) -> [(from: Int, to: Int)] {
    var counts = [Int](repeating: 0, count: tasks.count)
    var links: [(from: Int, to: Int)] = []
    for place in tasks.indices {
      for blocker in tasks[place].dependsOn.prefix(EntityLink.most) where counts[blocker] < EntityLink.most {
        counts[blocker] += 1
        links.append((place, blocker))
      }
    }
    return links
  }
}

/// What a worker that died had made.
private struct MadeRow {
  let number: Int
  let outcome: PlannerImport.Outcome
  let task: ID<Task>?

  static func of(_ id: ID<PlannerImport>) -> Query<MadeRow> {
    Query(
      """
      SELECT number, outcome, task_id AS task FROM planner_import_rows
      WHERE import_id = \(id) AND user_id = (SELECT me()) AND outcome <> 'refused'
      """, into: MadeRow.init)
  }
}

/// A series that is taken in.
struct ImportedSeries {
  let id: ID<TaskSeries>
  var number: Int
  var hasOpen: Bool
}
