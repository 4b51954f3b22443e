import Domain
import Net
import Postgres

/// Has what an answer looks for by its sense become a vector before anything is read, in a step of the answer's own (RULES 9.44). Without a server of
/// vectors, or where the person allows nothing, nobody is asked and words alone find.
struct AssistantSense {
  /// What goes on when the vector is there, or is known not to come.
  enum Stage: String {
    /// A model is given what it needs to begin.
    case beginning
    /// Tools read what a model asks for.
    case tools
    /// The rules answer; the word is why.
    case rules, unreached, limit
  }

  let person: Person
  let bench: WorkBench
  let now: Instant

  private var db: Connection { bench.db }
  private var call: SenseCall { SenseCall(person: person, bench: bench, now: now) }

  /// In front of what a job remembers while it asks: "sense STAGE QUESTION RUN".
  private static let mark = "sense"
  /// For the call, in seconds: as long as anybody waits for one (RULES 9.44).
  private static let seconds = Int(SenseQuestion.patience)

  /// Asks for the vector of some words, unless it is there, will not come, or the words name what a model is not told of (RULES 9.45).
  ///
  /// - Parameters:
  ///   - said: all that it is a part of, which is looked at for names as well.
  ///   - memory: of the job; says afterwards what is asked.
  /// - Returns: nil: nobody is asked.
  func asking(_ words: String, of said: String, _ stage: Stage, _ memory: inout String) throws -> HTTPRequest? {
    if bench.services.embedding == nil || person.modelKinds.isEmpty { return nil }
    guard case .unasked = try SenseQuestion.known(words, of: person, bench.services, db, at: now) else { return nil }
    let naming = try AssistantWall.behind(db) { try AssistantNaming.read([words, said], db) }
    if naming.namesUntold(0, person) || naming.namesUntold(1, person) { return nil }
    guard let id = try SenseQuestion.asking(words, of: person, bench.services, asksWorker: false, db, at: now),
      let question = try db.row(SenseQuestion.query(id)), let made = try call.begin(question, seconds: Self.seconds)
    else { return nil }
    memory = "\(Self.mark) \(stage.rawValue) \(id.text) \(made.run.text)"
    return made.request
  }

  /// Stores what came of the question that the job asked.
  ///
  /// - Returns: what goes on now; nil: none was asked.
  func hear(_ memory: inout String, _ moment: JobMoment) throws -> Stage? {
    let parts = memory.split(separator: " ").map { String($0) }
    guard parts.count == 4, parts[0].utf8.elementsEqual(Self.mark.utf8), let stage = Stage(rawValue: parts[1]),
      let question = ID<SenseQuestion>(parts[2]), let run = ID<ModelRun>(parts[3])
    else { return nil }
    memory = ""
    try call.hear(run, question, moment)
    return stage
  }

  /// Of a text that a person wrote, what is looked for: as much as a search takes.
  static func words(_ said: String, _ reading: ToolReading) -> String {
    reading.query(String(String.UnicodeScalarView(said.unicodeScalars.prefix(SearchQuery.longest))), []).sense
  }

  /// Of a call of a tool; empty: it looks for nothing by its sense.
  static func words(_ call: AssistantCall, _ reading: ToolReading) -> String {
    guard call.name.utf8.elementsEqual(AssistantTools.Name.search.rawValue.utf8), call.isShort,
      let text = JSONValue(call.arguments.utf8)?["q"]?.text, text.unicodeScalars.count <= SearchQuery.longest
    else { return "" }
    // As the tool reads it.
    let scalars = text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }
    return reading.query(String(String.UnicodeScalarView(scalars)), []).sense
  }
}

extension AssistantSaying.Why {
  /// Where an answer by the rules goes on.
  var stage: AssistantSense.Stage {
    switch self {
    case .rules: .rules
    case .unreached: .unreached
    case .limit: .limit
    }
  }
}

extension AssistantSense.Stage {
  /// Why the rules answer; nil: they do not.
  var why: AssistantSaying.Why? {
    switch self {
    case .beginning, .tools: nil
    case .rules: .rules
    case .unreached: .unreached
    case .limit: .limit
    }
  }
}
