import Domain
import Postgres
import Web

/// What would come of a file, entry by entry, beside what the person has.
struct PlannerImportPlan {
  /// A task that an entry is about.
  struct Known {
    let key: String
    let task: ID<Task>
    let isTrashed: Bool
    /// Somebody changed it since it was taken in.
    let isChanged: Bool
  }

  let file: PlannerFile
  /// Of each task what tells it from others, whenever it is sent again: a hash.
  let keys: [String]
  /// Of each the person's task that was made of it, or that it was written from.
  let known: [Known?]

  init(_ file: PlannerFile, _ db: Connection) throws(PostgresError) {
    self.file = file
    keys = file.tasks.map { PlannerImportPlan.key($0, file.format) }
    var own: (keys: [String], ids: [ID<Task>]) = ([], [])
    for (task, key) in zip(file.tasks, keys) {
      if let id = ID<Task>(task.id) {
        own.keys.append(key)
        own.ids.append(id)
      }
    }
    let found = try db.rows(PlannerImportPlan.known(keys, own.keys, own.ids))
    let byKey = Dictionary(found.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    known = keys.map { byKey[$0] }
  }

  /// An entry with an id is the same in whichever format; one without is told by all that it says.
  private static func key(_ task: PlannerFileTask, _ format: PlannerFile.Format) -> String {
    let hasID = !task.id.isEmpty && task.key == task.id
    return hash(hasID ? "id\u{1F}" + task.id : format.rawValue + "\u{1F}" + task.key)
  }

  private static func hash(_ text: String) -> String { Bytes.hex(Keys.sha256(Array(text.utf8))) }

  /// The key of an entry that is made once more.
  static func again(_ key: String, in id: ID<PlannerImport>) -> String { hash(key + id.text) }

  private static func known(_ keys: [String], _ ownKeys: [String], _ ownIDs: [ID<Task>]) -> Query<Known> {
    Query(
      """
      SELECT s.key, t.id AS task, t.deleted_at IS NOT NULL AS is_trashed, t.revision <> s.revision AS is_changed
      FROM task_sources s JOIN tasks t ON t.id = s.task_id AND t.user_id = s.user_id
      WHERE s.user_id = (SELECT me()) AND s.key = ANY (\(keys))
      UNION ALL
      SELECT x.key, t.id, t.deleted_at IS NOT NULL, false FROM unnest(\(ownKeys), \(ownIDs)) AS x (key, id)
      JOIN tasks t ON t.id = x.id AND t.user_id = (SELECT me())
      """, into: Known.init)
  }

  /// What becomes of the task at a place.
  func outcome(_ place: Int, _ same: PlannerImport.Same = .skip, _ trash: PlannerImport.InTrash = .skip) -> PlannerImport.Outcome {
    guard let known = known[place] else { return .new }
    if known.isTrashed { return trash == .restore ? .restored : .trashed }
    if same == .add { return .new }
    return known.isChanged ? .known : same == .update ? .updated : .same
  }

  /// How many tasks come to what, as a preview says it before anything is chosen.
  var counts: [PlannerImport.Outcome: Int] {
    var counts: [PlannerImport.Outcome: Int] = [.refused: refused.count]
    for place in file.tasks.indices { counts[outcome(place), default: 0] += 1 }
    return counts
  }

  /// Lines of which no task is made.
  var refused: [PlannerFile.Note] { file.notes.filter(\.about.isRefusal) }

  /// What tasks are made without, by the place of the first that begins in that line.
  var left: [Int: [PlannerFile.About]] {
    var places: [Int: Int] = [:]
    for (place, task) in file.tasks.enumerated() where places[task.line] == nil { places[task.line] = place }
    var left: [Int: [PlannerFile.About]] = [:]
    for note in file.notes where !note.about.isRefusal {
      if let place = places[note.line] { left[place, default: []].append(note.about) }
    }
    return left
  }
}
