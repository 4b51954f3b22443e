/// Tasks of a file while it is read: what refers to others by id is looked up when all are there.
struct PlannerFileDraft {
  let reader: PhraseReader
  private(set) var tasks: [PlannerFileTask] = []
  private(set) var notes: [PlannerFile.Note] = []
  private var parents: [Int: String] = [:]
  private var blockers: [Int: [String]] = [:]
  private var relatives: [Int: [String]] = [:]
  private var places: [String: Int] = [:]
  private var equals: [String: Int] = [:]
  /// Parents that name their subtasks, by the subtask's id.
  private var above: [String: Int] = [:]

  init(_ reader: PhraseReader) { self.reader = reader }

  var zone: Zone { reader.zone }

  /// The person's date, of what says none.
  var today: Day { zone.local(reader.now).day }

  mutating func note(_ line: Int, _ about: PlannerFile.About) { notes.append(PlannerFile.Note(line: line, about: about)) }

  /// Says that a field of a line cannot be read.
  mutating func note(_ line: Int, _ field: String, _ value: String) {
    note(line, .value(field, ImportText.prefix(ImportText.oneLine(ImportText.prefix(value, scalars: 200)), scalars: 80)))
  }

  /// Takes a task, or says why not.
  ///
  /// - Parameters:
  ///   - parent: the id of the task above it.
  ///   - dependsOn: ids of what it waits for.
  ///   - related: ids of what it has to do with.
  ///   - content: all that the line says, where the format has no ids.
  /// - Returns: its place; nil: it is refused.
  @discardableResult
  mutating func add(
    _ task: PlannerFileTask, parent: String? = nil, dependsOn: [String] = [], related: [String] = [], content: String = ""
  ) throws(PlannerFile.Refusal) -> Int? {
    var task = task
    task.title = ImportText.oneLine(task.title)
    if let problem = problem(task) {
      note(task.line, problem)
      return nil
    }
    if tasks.count == PlannerFile.mostTasks { throw .tooMany }
    settle(&task, content)
    let place = tasks.count
    if !task.id.isEmpty { places[task.id] = place }
    if let parent, !parent.isEmpty { parents[place] = parent }
    if !dependsOn.isEmpty { blockers[place] = dependsOn }
    if !related.isEmpty { relatives[place] = related }
    tasks.append(task)
    return place
  }

  /// Looks up parents now, and drops ids that were made for that alone.
  mutating func forgetIDs() {
    for (place, id) in parents {
      // What stands above was refused: what was under it stands at the top.
      tasks[place].parent = places[id]
    }
    parents = [:]
    for place in tasks.indices { tasks[place].id = "" }
  }

  /// A task says what is below it.
  mutating func put(_ child: String, under place: Int) { above[child] = place }

  private func problem(_ task: PlannerFileTask) -> PlannerFile.About? {
    if task.title.isEmpty { return .noTitle }
    if task.title.unicodeScalars.count > PlannerFileTask.longestTitle { return .longTitle }
    return task.id.isEmpty ? nil : places[task.id].map { PlannerFile.About.repeated(line: tasks[$0].line) }
  }

  /// What must fit each other and the limits.
  private mutating func settle(_ task: inout PlannerFileTask, _ content: String) {
    let fitting = ImportText.prefix(task.notes, bytes: PlannerFileTask.longestNotes)
    if fitting.utf8.count < task.notes.utf8.count { note(task.line, .longNotes) }
    task.notes = fitting
    if task.metadata.reduce(0, { $0 + $1.name.utf8.count + $1.value.text.utf8.count + 8 }) > PlannerFileTask.longestMetadata {
      note(task.line, .longMetadata)
      task.metadata = []
    }
    var tags: [String] = []
    for tag in task.tags.map(ImportText.oneLine) where !tag.isEmpty && !tags.contains(where: { $0.utf8.elementsEqual(tag.utf8) }) {
      if tag.unicodeScalars.count <= TagList.longest, !tag.utf8.contains(UInt8(ascii: ",")) { tags.append(tag) }
    }
    let isLost = task.tags.contains { $0.unicodeScalars.count > TagList.longest || $0.utf8.contains(UInt8(ascii: ",")) }
    if tags.count > TagList.most || isLost { note(task.line, .tags) }
    task.tags = Array(tags.prefix(TagList.most))
    if task.status != .done { task.completed = nil }
    if task.id.isEmpty || !content.isEmpty {
      let number = equals[content, default: 0]
      equals[content] = number + 1
      task.key = number == 0 ? content : content + "\u{1F}\(number)"
    } else {
      task.key = task.id
    }
  }

  /// Looks up parents, then what waits for what, then what has to do with what. What is missing, too deep or closes a circle is left off and named
  /// (RULES 8.35).
  mutating func link() {
    for (place, id) in parents.sorted(by: { $0.key < $1.key }) {
      if let parent = places[id] { tasks[place].parent = parent } else { missing(id, place) }
    }
    for (id, parent) in above.sorted(by: { $0.value < $1.value }) {
      guard let place = places[id] else {
        missing(id, parent)
        continue
      }
      if tasks[place].parent == nil { tasks[place].parent = parent }
    }
    cutCircles()
    cutDepth()
    var graph = PlannerFileGraph(tasks.map(\.parent))
    for (place, ids) in blockers.sorted(by: { $0.key < $1.key }) {
      for id in ids {
        guard let blocker = places[id] else {
          missing(id, place)
          continue
        }
        if tasks[place].dependsOn.contains(blocker) { continue }
        // A task above waits for what is below it anyway (RULES 8.20).
        if graph.leads(from: place, to: blocker) || isAbove(place, blocker) {
          note(tasks[place].line, .circle(line: tasks[blocker].line))
        } else {
          tasks[place].dependsOn.append(blocker)
          graph.put(blocker, before: place)
        }
      }
    }
    relate()
  }

  /// Said at both ends it is one link; of itself it says nothing.
  private mutating func relate() {
    for (place, ids) in relatives.sorted(by: { $0.key < $1.key }) {
      for id in ids {
        guard let other = places[id] else {
          missing(id, place)
          continue
        }
        if other == place || tasks[place].related.contains(other) || tasks[other].related.contains(place) { continue }
        tasks[place].related.append(other)
      }
    }
  }

  private mutating func missing(_ id: String, _ place: Int) { note(tasks[place].line, .missing(ImportText.prefix(id, scalars: 80))) }

  private func isAbove(_ upper: Int, _ place: Int) -> Bool {
    var next = tasks[place].parent
    while let parent = next {
      if parent == upper { return true }
      next = tasks[parent].parent
    }
    return false
  }

  /// Of tasks that lie under each other in a circle one comes to the top. One step for each task.
  private mutating func cutCircles() {
    var rounds = [Int](repeating: 0, count: tasks.count)
    for start in tasks.indices {
      var place = start
      while rounds[place] == 0 {
        rounds[place] = start + 1
        guard let parent = tasks[place].parent else { break }
        if rounds[parent] == start + 1 {
          note(tasks[place].line, .circle(line: tasks[parent].line))
          tasks[place].parent = nil
          break
        }
        place = parent
      }
    }
  }

  /// What lies under the fifth level comes to the top, with what is under it.
  private mutating func cutDepth() {
    var levels = [Int](repeating: 0, count: tasks.count)
    for start in tasks.indices {
      // From the top down, so that below what was cut off levels count anew.
      var way: [Int] = []
      var next: Int? = start
      while let place = next, levels[place] == 0 {
        way.append(place)
        next = tasks[place].parent
      }
      for place in way.reversed() {
        let above = tasks[place].parent.map { levels[$0] } ?? 0
        levels[place] = above + 1
        if above >= PlannerFileDraft.deepest {
          note(tasks[place].line, .tooDeep)
          tasks[place].parent = nil
          levels[place] = 1
        }
      }
    }
  }

  private static let deepest = PlannerGraph<Int>.deepest
}

/// What comes before what among the tasks of a file, which are numbers: a blocker before what waits for it, a subtask before what it is under.
struct PlannerFileGraph {
  private var next: [[Int]]
  private var seen: [Int]
  private var round = 0
  /// For all searches together: a file is not to take minutes, and a link that is left off is listed.
  private var stepsLeft = 20_000_000

  init(_ parents: [Int?]) {
    next = parents.map { parent in parent.map { [$0] } ?? [] }
    seen = [Int](repeating: 0, count: parents.count)
  }

  mutating func put(_ place: Int, before other: Int) { next[place].append(other) }

  /// Whether `start` comes before `end` or is it; then `end` cannot come before `start`.
  mutating func leads(from start: Int, to end: Int) -> Bool {
    round += 1
    seen[start] = round
    var stack = [start]
    while let place = stack.popLast() {
      if place == end { return true }
      for step in next[place] where seen[step] != round {
        stepsLeft -= 1
        if stepsLeft < 0 { return true }
        seen[step] = round
        stack.append(step)
      }
    }
    return false
  }
}
