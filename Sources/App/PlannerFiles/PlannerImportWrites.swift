import Domain
import HTML
import Postgres

/// What an import writes, step by step: first the tasks, those above before those below them, then what links them, then what was refused.
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
  /// By all that tells one series from another (``ImportedSeries/name(_:_:)``): how far it has come.
  var series: [String: ImportedSeries] = [:]
  /// Places of tasks, those at the top first.
  private let order: [Int]
  /// How many levels of the file each has, with itself.
  let heights: [Int]
  private let links: [FileLink]
  private let refused: [PlannerFile.Note]

  /// - Parameter db: what was made before by a worker that died is read there.
  init(_ id: ID<PlannerImport>, _ plan: PlannerImportPlan, _ state: PlannerImportState, _ words: Words, _ db: Connection) throws {
    let tasks = plan.file.tasks
    (self.id, self.plan, self.words, same, refused) = (id, plan, words, state.same, plan.refused)
    var outcomes = tasks.indices.map { plan.outcome($0, state.same, state.trash) }
    var ids = plan.known.map { $0?.task }
    var begun: [Int: ID<TaskSeries>] = [:]
    for row in try db.rows(MadeRow.of(id)) where tasks.indices.contains(row.number) {
      (outcomes[row.number], ids[row.number]) = (row.outcome, row.task)
      if row.outcome == .new { begun[row.number] = row.series }
    }
    (self.outcomes, self.ids) = (outcomes, ids)
    let text = PlannerImportText(words: words)
    left = plan.left.mapValues { abouts in abouts.map { text.about($0) } }
    let levels = PlannerImportWrites.levels(tasks)
    heights = levels.heights
    let depths = levels.depths
    order = tasks.indices.sorted { (depths[$0], $0) < (depths[$1], $1) }
    links = PlannerImportWrites.links(tasks)
    // Those that the one who died had begun go on, the later of two of one name.
    for place in order {
      guard let id = begun[place], let again = tasks[place].repeats else { continue }
      series[ImportedSeries.name(tasks[place], again)] = ImportedSeries(id: id)
    }
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
  private func link(_ some: [FileLink], _ writing: PlannerWriting) throws {
    var plain: [(type: LinkType, from: ID<Task>, to: ID<Task>)] = []
    for link in some where isFollowed(link) {
      guard let from = ids[link.from] else { continue }
      guard let to = ids[link.to] else {
        try note(link.from, leftOff(link), writing)
        continue
      }
      if outcomes[link.from] == .new, outcomes[link.to] == .new {
        // In the one form in which it is stored (RULES 8.7).
        let isTurned = link.type == .related && to < from
        plain.append((link.type, isTurned ? to : from, isTurned ? from : to))
      } else {
        try ask(link, from, to, writing)
      }
    }
    if plain.isEmpty { return }
    let insert: SQL = .insert(
      into: "entity_links", .each("id", plain.map { _ in ID<EntityLink>.new(at: writing.now) }), .all("user_id", "\(writing.person.id)"),
      .each("type", plain.map(\.type)), .all("from_kind", "'task'"), .each("from_id", plain.map(\.from)), .all("to_kind", "'task'"),
      .each("to_id", plain.map(\.to)), .all("created_at", "\(writing.now)"))
    try writing.db.queue(["\(insert) ON CONFLICT DO NOTHING"])
  }

  /// What only has to do with each other stands at either end.
  private func isFollowed(_ link: FileLink) -> Bool { isFollowed(link.from) || link.type == .related && isFollowed(link.to) }

  /// Whether what a task waits for is as the file says, also where nothing else of it changed.
  private func isFollowed(_ place: Int) -> Bool {
    switch outcomes[place] {
    case .new, .updated: true
    case .same: same == .update
    case .known, .trashed, .restored, .refused: false
    }
  }

  private func ask(_ link: FileLink, _ from: ID<Task>, _ to: ID<Task>, _ writing: PlannerWriting) throws {
    let word: LinkWord = link.type == .related ? .related : .dependsOn
    do {
      _ = try LinkCommands(writing: writing).make(word, from: ThingRef(.task, of: from), to: ThingRef(.task, of: to))
    } catch {
      if let refusal = error as? LinkRefusal {
        try note(link.from, leftOff(link) + " " + refusal.sentence(words), writing)
      } else if (error as? Failure) == .notFound {
        try note(link.from, leftOff(link), writing)
      } else {
        throw error
      }
    }
  }

  private func leftOff(_ link: FileLink) -> String {
    words("Left off: a link to line {line}.", ["line": String(plan.file.tasks[link.to].line)])
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

  /// What a file says between two of its tasks, by their places.
  private struct FileLink {
    let type: LinkType
    let from: Int
    let to: Int
  }

  /// What waits for what, then what only has to do with what, as many of each as a thing can have. It hangs on the file alone: a worker that goes on
  /// where another died counts them anew.
  private static func links(_ tasks: [PlannerFileTask]) -> [FileLink] {
    var (counts, relatives) = ([Int](repeating: 0, count: tasks.count), [Int](repeating: 0, count: tasks.count))
    var links: [FileLink] = []
    for place in tasks.indices {
      for blocker in tasks[place].dependsOn.prefix(EntityLink.most) where counts[blocker] < EntityLink.most {
        counts[blocker] += 1
        links.append(FileLink(type: .dependsOn, from: place, to: blocker))
      }
    }
    for place in tasks.indices {
      for other in tasks[place].related where relatives[place] < EntityLink.most && relatives[other] < EntityLink.most {
        relatives[place] += 1
        relatives[other] += 1
        links.append(FileLink(type: .related, from: place, to: other))
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
  let series: ID<TaskSeries>?

  static func of(_ id: ID<PlannerImport>) -> Query<MadeRow> {
    Query(
      """
      SELECT r.number, r.outcome, r.task_id AS task, t.series_id AS series
      FROM planner_import_rows r LEFT JOIN tasks t ON t.id = r.task_id AND t.user_id = r.user_id
      WHERE r.import_id = \(id) AND r.user_id = (SELECT me()) AND r.outcome <> 'refused'
      """, into: MadeRow.init)
  }
}
