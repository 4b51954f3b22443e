import Domain
import Postgres

/// An answer that is being made, from step to step: what the model was told so far, and what it may name. It stands in the database, so that a worker
/// which dies leaves it to the next.
struct AssistantTurn {
  /// The file of the prompt, and what it says.
  let prompt: String
  let system: String
  /// The talk, behind what the system says.
  var turns: [JSONText]
  var given: [AssistantReach.Given]
  let saw: [AssistantSeen]
  /// What was told as assumptions: `[A1]` is the first.
  let assumptions: [AssistantAssumed]
  var proposals: [ID<Proposal>] = []
  /// What the model asked tools for and was not told yet.
  var pending: [AssistantCall] = []
  /// How many tools were asked for.
  var calls = 0
  /// Milliseconds that the model took.
  var spent = 0
  let beganAt: Instant

  /// How many tools an answer may ask, and how many milliseconds it may take (RULES 9.32).
  static let (mostCalls, longest) = (8, 60_000)
  /// How many proposals it may make.
  static let mostProposals = 10

  /// As much as is kept of it, in bytes: the column takes two million.
  private static let mostBytes = 1_900_000

  /// Whether a model has asked for so much that it cannot be kept: then it is answered with what there is.
  var isTooLong: Bool { json.text.utf8.count > Self.mostBytes }

  /// What is left of its time.
  func left(_ now: Instant) -> Int { Self.longest - max(spent, Int(clamping: now.seconds(since: beganAt)) * 1000) }

  /// Of the message that is answered; nil: none was begun.
  static func stored(_ chat: ID<Chat>, _ number: Int, _ db: Connection) throws(PostgresError) -> AssistantTurn? {
    let state: String? = try db.value("SELECT state FROM assistant_turns WHERE chat_id = \(chat) AND number = \(number)")
    return state.flatMap { JSONValue($0.utf8) }.flatMap(AssistantTurn.init)
  }

  func storing(_ chat: ID<Chat>, _ number: Int, of user: ID<User>) -> SQL {
    """
    INSERT INTO assistant_turns (chat_id, number, user_id, state, began_at) VALUES (\(chat), \(number), \(user), \(json.text), \(beganAt))
    ON CONFLICT (chat_id, number) DO UPDATE SET state = EXCLUDED.state
    """
  }

  /// Those of a conversation but for one.
  static func dropping(_ chat: ID<Chat>, but number: Int? = nil) -> SQL {
    "DELETE FROM assistant_turns WHERE chat_id = \(chat) AND number IS DISTINCT FROM \(number)"
  }

  /// What no worker came back to.
  static let retention = Retention("assistant_turns", days: 1) { before in
    """
    DELETE FROM assistant_turns WHERE (chat_id, number) IN (
      SELECT chat_id, number FROM assistant_turns WHERE began_at < \(before) LIMIT \(Chore.slice))
    """
  }
}

/// Something taken for true, as an answer was told of it.
struct AssistantAssumed {
  let id: ID<Assumption>
  let words: String
}

extension AssistantTurn {
  private var json: JSONText {
    let things: [JSONText] = given.map { thing in
      .object([
        (name: "kind", value: .string(thing.kind)), (name: "id", value: .string(thing.id.text)),
        (name: "title", value: .string(thing.title)),
        (name: "revision", value: thing.revision.map { JSONText.number($0) } ?? .null), (name: "foreign", value: .bool(thing.isForeign)),
        (name: "told", value: .bool(thing.isTold)),
      ])
    }
    let assumed: [JSONText] = assumptions.map { row in
      .object([(name: "id", value: .string(row.id.text)), (name: "words", value: .string(row.words))])
    }
    let members: [(name: String, value: JSONText)] = [
      (name: "prompt", value: .string(prompt)), (name: "system", value: .string(system)), (name: "turns", value: .array(turns)),
      (name: "given", value: .array(things)), (name: "saw", value: AssistantSeen.json(saw)), (name: "assumptions", value: .array(assumed)),
      (name: "proposals", value: .array(proposals.map { JSONText.string($0.text) })), (name: "calls", value: .number(calls)),
      (name: "pending", value: .array(pending.map(\.json))),
      (name: "spent", value: .number(spent)), (name: "began", value: .string(String(beganAt.microseconds))),
    ]
    return .object(members)
  }

  fileprivate init?(_ json: JSONValue) {
    guard let prompt = json["prompt"]?.text, let system = json["system"]?.text, let turns = json["turns"]?.elements,
      let began = json["began"]?.text.flatMap({ Int64($0) })
    else { return nil }
    func number(_ name: String) -> Int { json[name]?.number.flatMap { Int($0) } ?? 0 }
    let given = (json["given"]?.elements ?? []).compactMap { it -> AssistantReach.Given? in
      guard let id = it["id"]?.text.flatMap({ ID<FoundThing>($0) }) else { return nil }
      return AssistantReach.Given(
        kind: it["kind"]?.text ?? "", id: id, title: it["title"]?.text ?? "", revision: it["revision"]?.number.flatMap { Int($0) },
        isForeign: it["foreign"]?.bool ?? true, isTold: it["told"]?.bool ?? false)
    }
    let assumed = (json["assumptions"]?.elements ?? []).compactMap { it in
      it["id"]?.text.flatMap { ID<Assumption>($0) }.map { AssistantAssumed(id: $0, words: it["words"]?.text ?? "") }
    }
    let pending = (json["pending"]?.elements ?? []).map { it in
      AssistantCall(
        id: it["id"]?.text ?? "", name: it["function"]?["name"]?.text ?? "", arguments: it["function"]?["arguments"]?.text ?? "{}")
    }
    self.init(
      prompt: prompt, system: system, turns: turns.map(\.json), given: given,
      saw: (json["saw"]?.json.text).map { AssistantSeen.all($0) } ?? [], assumptions: assumed,
      proposals: (json["proposals"]?.elements ?? []).compactMap { $0.text.flatMap { ID<Proposal>($0) } }, pending: pending,
      calls: number("calls"),
      spent: number("spent"), beganAt: Instant(microseconds: began))
  }
}
