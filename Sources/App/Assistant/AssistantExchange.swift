import Domain
import Postgres

/// Who wrote an answer of the assistant's. The words are the contract's.
enum AssistantWritten: String, CaseIterable, Bindable, FromColumn { case rules, model }

/// What a person asked the assistant, with its answer.
struct AssistantExchange {
  let number: Int
  let said: String
  /// It spoke of harm: nothing of it is told to a model later (RULES 5.14).
  let keptBack: Bool
  let createdAt: Instant
  /// Markdown. nil: the worker is at it, or it was stopped.
  let answer: String?
  let written: AssistantWritten?
  let stoppedAt: Instant?
  /// JSON (``AssistantGiven``).
  let given: String
  /// JSON (``AssistantSeen``).
  let saw: String
  let proposals: [ID<Proposal>]
  let assumptions: [ID<Assumption>]

  private static let columns: Columns = """
    number, said, kept_back, created_at, answer, written, stopped_at, given::text AS given, saw::text AS saw, proposals, assumptions
    """

  /// How many a person may write within an hour (RULES 9.35).
  static let mostAnHour = 20

  /// The newest of a conversation, newest first.
  static func newest(of chat: ID<Chat>, before: Int?, limit: Int) -> Query<AssistantExchange> {
    let which: SQL = before.map { "AND number < \($0)" } ?? ""
    return Query(
      """
      SELECT \(columns) FROM chat_messages WHERE chat_id = \(chat) AND user_id = (SELECT me()) AND kind = 'assistant' \(which)
      ORDER BY number DESC LIMIT \(limit)
      """, into: AssistantExchange.init)
  }

  /// The oldest that waits.
  static func waiting(in chat: ID<Chat>) -> Query<AssistantExchange> {
    Query(
      """
      SELECT \(columns) FROM chat_messages WHERE chat_id = \(chat) AND kind = 'assistant' AND answer IS NULL AND stopped_at IS NULL
      ORDER BY number LIMIT 1
      """, into: AssistantExchange.init)
  }

  /// When the messages of the last hour were written, newest first, of whichever conversation.
  static func lately(_ now: Instant) -> Query<Instant> {
    Query(
      column: """
        SELECT created_at FROM chat_messages WHERE user_id = (SELECT me()) AND kind = 'assistant' AND created_at > \(now.advanced(hours: -1))
        ORDER BY created_at DESC LIMIT \(mostAnHour)
        """)
  }

  /// What stores something that a person asks, and has it answered.
  ///
  /// - Parameter isNew: whether a conversation begins with it; else it is one of theirs, its row locked.
  /// - Returns: also whether it is answered by that: words of harm wait for nobody.
  static func saying(_ said: String, in id: ID<Chat>, isNew: Bool, _ person: Person, _ services: Services, at now: Instant)
    -> (statements: [SQL], isAnswered: Bool)
  {
    let human = services.coach.humanText(for: said, person.language)
    let title = human == nil ? Chat.title(said) : services.words(person.language)("A conversation")
    let place: SQL =
      isNew
      ? """
      INSERT INTO chats (id, user_id, kind, title, status, said_at, created_at)
      VALUES (\(id), \(person.id), 'assistant', \(title), 'active', \(now), \(now))
      """ : "UPDATE chats SET said_at = \(now) WHERE id = \(id) AND user_id = \(person.id)"
    let isKept = human != nil
    let message: SQL = """
      INSERT INTO chat_messages (id, chat_id, user_id, kind, number, said, kept_back, created_at, answer, answered_at, language, prompt, written)
      SELECT \(ID<ChatExchange>.new(at: now)), \(id), \(person.id), 'assistant', 1 + coalesce(max(number), 0), \(said), \(isKept), \(now), \(human),
        \(isKept ? now : nil), \(isKept ? person.language : nil), \(isKept ? "human" : nil), \(isKept ? AssistantWritten.rules : nil)
      FROM chat_messages WHERE chat_id = \(id) AND user_id = \(person.id)
      """
    return ([place, message] + (isKept ? [] : [AssistantWork.asking(for: id, of: person, at: now)]), isKept)
  }
}

/// A thing that an answer read, as it is kept with it.
struct AssistantGiven {
  let kind: String
  let id: ID<FoundThing>
  let title: String
  let isForeign: Bool

  init(_ given: AssistantReach.Given) { (kind, id, title, isForeign) = (given.kind, given.id, given.title, given.isForeign) }

  private init?(_ json: JSONValue) {
    guard let kind = json["kind"]?.text, let id = json["id"]?.text.flatMap({ ID<FoundThing>($0) }) else { return nil }
    (self.kind, self.id, title, isForeign) = (kind, id, json["title"]?.text ?? "", json["foreign"]?.bool ?? false)
  }

  /// Of a stored answer, in the order of their numbers.
  static func all(_ json: String) -> [AssistantGiven] { (JSONValue(json.utf8)?.elements ?? []).compactMap { AssistantGiven($0) } }

  static func json(_ given: [AssistantReach.Given]) -> JSONText {
    let things: [JSONText] = given.map { thing in
      .object([
        (name: "kind", value: .string(thing.kind)), (name: "id", value: .string(thing.id.text)),
        (name: "title", value: .string(thing.title)),
        (name: "foreign", value: .bool(thing.isForeign)),
      ])
    }
    return .array(things)
  }
}

/// A part of what an answer was given beside what its tools read (RULES 9.47), in words.
struct AssistantSeen {
  let part: AssistantContext.Part
  let lines: [String]

  init(_ part: AssistantContext.Part, _ lines: [String]) { (self.part, self.lines) = (part, lines) }

  private init?(_ json: JSONValue) {
    guard let part = json["part"]?.text.flatMap({ AssistantContext.Part(rawValue: $0) }) else { return nil }
    (self.part, lines) = (part, (json["lines"]?.elements ?? []).compactMap(\.text))
  }

  static func all(_ json: String) -> [AssistantSeen] { (JSONValue(json.utf8)?.elements ?? []).compactMap { AssistantSeen($0) } }

  static func json(_ seen: [AssistantSeen]) -> JSONText {
    let parts: [JSONText] = seen.map { part in
      .object([(name: "part", value: .string(part.part.rawValue)), (name: "lines", value: .array(part.lines.map { JSONText.string($0) }))])
    }
    return .array(parts)
  }
}

/// Something that was done for an answer: a tool that read or proposed, or a call of the model (RULES 9.41).
struct AssistantStep {
  enum Status: String, CaseIterable, Bindable, FromColumn {
    case ok, error
    /// More than an answer may have.
    case refused
  }

  let number: Int
  /// `model`: a call of the model itself; `rules`: what the grammar read.
  let tool: String
  let arguments: String
  let rows: Int
  let milliseconds: Int
  let status: Status
  /// In words, or the code of ``ModelText/reason(_:_:)``.
  let error: String

  static let (model, rules) = ("model", "rules")

  /// Of a conversation from a message on, in their order.
  static func of(_ chat: ID<Chat>, from number: Int) -> Query<AssistantStep> {
    Query(
      """
      SELECT number, tool, arguments, rows, milliseconds, status, error FROM assistant_steps
      WHERE chat_id = \(chat) AND user_id = (SELECT me()) AND number >= \(number) ORDER BY number, id LIMIT 1000
      """, into: AssistantStep.init)
  }

  /// What writes it down.
  func noting(in chat: ID<Chat>, of user: ID<User>, run: ID<ModelRun>? = nil, at now: Instant) -> SQL {
    let told = String(String.UnicodeScalarView(error.unicodeScalars.filter { $0 != "\u{0}" }.prefix(400)))
    return """
      INSERT INTO assistant_steps (id, user_id, chat_id, number, tool, arguments, rows, milliseconds, status, error, run_id)
      VALUES (\(ID<AssistantStep>.new(at: now)), \(user), \(chat), \(number), \(tool), \(AssistantStep.beginning(arguments)), \(max(rows, 0)),
        \(max(milliseconds, 0)), \(status), \(status == .ok ? "" : told.utf8.isEmpty ? "error" : told), \(run))
      """
  }

  /// As much as is kept, without NUL.
  private static func beginning(_ text: String) -> String {
    var (out, count) = (String.UnicodeScalarView(), 0)
    for scalar in text.unicodeScalars where scalar != "\u{0}" {
      count += UTF8.width(scalar)
      if count > 3_900 { break }
      out.append(scalar)
    }
    return String(out)
  }

  static let retention = Retention("assistant_steps", days: 90) { before in
    """
    DELETE FROM assistant_steps WHERE id IN (
      SELECT id FROM assistant_steps WHERE id < \(ID<AssistantStep>.first(from: before)) LIMIT \(Chore.slice))
    """
  }
}
