import Domain
import HTML
import Net
import Postgres

/// One step of an answer: a model is asked, its tools read for it, or there is something to say.
struct AssistantAnswering {
  let chat: ID<Chat>
  let waiting: AssistantExchange
  let person: Person
  let bench: WorkBench
  let now: Instant

  enum Next {
    case ask(HTTPRequest, after: Int)
    /// There is more to do at once.
    case more
    /// The answer is stored.
    case said
  }

  private var db: Connection { bench.db }
  private var words: Words { bench.services.words(person.language) }
  private var saying: AssistantSaying { AssistantSaying(words: words) }
  private var sense: AssistantSense { AssistantSense(person: person, bench: bench, now: now) }

  func next(_ memory: inout String, _ moment: JobMoment) throws -> Next {
    let stage = try sense.hear(&memory, moment)
    // What a server of vectors answered is no model's answer.
    let (moment, looked) = stage == nil ? (moment, 0) : (JobMoment(elapsed: moment.elapsed), moment.latency)
    guard try AssistantWall.isThere(db) else {
      bench.log("assistant.closed", ["reason": "heed_work is no member of heed_web: run migrations/superuser.sql"])
      return try say(AssistantAnswer(text: saying.closed), .rules, "closed", reach(isForModel: false))
    }
    var stored = try AssistantTurn.stored(chat, waiting.number, db)
    if let why = stage?.why { return try byRules(why, stored, &memory) }
    if stored == nil {
      if let told = try press() { return try say(AssistantAnswer(text: told), .rules, "press", reach(isForModel: false)) }
      if hasModel, let asked = try sense.asking(AssistantSense.words(waiting.said, reading), of: waiting.said, .beginning, &memory) {
        return .ask(asked, after: 0)
      }
      stored = try begun()
    }
    guard var turn = stored, isTold(turn) else {
      // Switched off meanwhile: what is asked for is not heard.
      try ModelRun.drop(memory, moment, bench, now)
      return try byRules(.rules, stored, &memory)
    }
    turn.spent += looked
    return turn.pending.isEmpty ? try ask(&turn, &memory, moment) : try read(&turn, &memory)
  }

  /// Whether a model may be asked at all.
  private var hasModel: Bool { bench.services.model != nil && !person.modelKinds.isEmpty && bench.services.coach.assistant != nil }

  /// For reading the words of what is looked for.
  private var reading: ToolReading { ToolReading(reach: reach(isForModel: false)) }

  /// Where to press, for a message that does nothing but agree to what was proposed before it; nil for others.
  private func press() throws -> String? {
    guard AssistantConsent.isAll(of: waiting.said),
      let before = try db.read(AssistantExchange.newest(of: chat, before: waiting.number, limit: 1)).first, !before.proposals.isEmpty
    else { return nil }
    return saying.press(before.proposals)
  }

  private func reach(isForModel: Bool) -> AssistantReach {
    AssistantReach(person, chat: chat, number: waiting.number, isForModel: isForModel, bench, now: now)
  }

  /// - Returns: nil: no model is asked.
  private func begun() throws -> AssistantTurn? {
    guard hasModel, let file = bench.services.coach.assistant else { return nil }
    let material = AssistantMaterial(person: person, chat: chat, number: waiting.number, said: waiting.said, bench: bench, now: now)
    return try AssistantWall.behind(db) { try material.turn(file, reach(isForModel: true)) }
  }

  /// Whether all that the model was told may still be told.
  private func isTold(_ turn: AssistantTurn) -> Bool {
    !person.modelKinds.isEmpty && turn.given.allSatisfy { ModelKind(rawValue: $0.kind).map { person.modelKinds.contains($0) } ?? true }
  }

  private func ask(_ turn: inout AssistantTurn, _ memory: inout String, _ moment: JobMoment) throws -> Next {
    let left = turn.left(now)
    if memory.isEmpty, left < 2_000 { return try stop(turn, &memory) }
    if moment.answer != nil { turn.spent += moment.latency }
    let run = ModelRun.open(in: memory)
    let step = try ModelCall.step(question(turn, milliseconds: max(left, 1_000)), &memory, moment, bench, now)
    if moment.answer != nil { try note(step, moment, run) }
    switch step {
    case .waiting(let request, let wait):
      try db.queue([turn.storing(chat, waiting.number, of: person.id)])
      return .ask(request, after: wait)
    case .written(.text(let text, let assumed)):
      let answer = AssistantAnswer(
        text: text, proposals: turn.proposals,
        assumptions: assumed.filter { turn.assumptions.indices.contains($0) }.map { turn.assumptions[$0].id })
      return try say(answer, .model, turn.prompt, restored(turn), turn.saw)
    case .written(.calls(let calls)):
      // It was told that there are no more.
      if turn.calls >= AssistantTurn.mostCalls { return try stop(turn, &memory) }
      memory = ""
      turn.pending = calls
      return try read(&turn, &memory)
    case .unwritten(.off): return try byRules(.rules, turn, &memory)
    case .unwritten(.limit): return try byRules(.limit, turn, &memory)
    case .unwritten: return try byRules(.unreached, turn, &memory)
    }
  }

  /// Has tools read what the model asked for; what they look for by its sense is asked for before.
  private func read(_ turn: inout AssistantTurn, _ memory: inout String) throws -> Next {
    for call in turn.pending.prefix(AssistantTurn.mostCalls - turn.calls) where turn.left(now) >= 2_000 && !turn.isTooLong {
      guard let asked = try sense.asking(AssistantSense.words(call, reading), of: "", .tools, &memory) else { continue }
      try db.queue([turn.storing(chat, waiting.number, of: person.id)])
      return .ask(asked, after: 0)
    }
    let calls = turn.pending
    turn.pending = []
    try call(calls, &turn)
    if turn.isTooLong { return try stop(turn, &memory) }
    try db.queue([turn.storing(chat, waiting.number, of: person.id)])
    return .more
  }

  /// What comes of a model's message.
  private enum Heard {
    case calls([AssistantCall])
    /// Checked; with the places of the assumptions that it names.
    case text(String, assumptions: [Int])
  }

  private func question(_ turn: AssistantTurn, milliseconds: Int) -> ModelQuestion<Heard> {
    var prompt = CoachPrompt(file: turn.prompt, system: turn.system, user: "")
    prompt.turns = turn.turns
    prompt.tools = AssistantTools.schema
    let things = turn.given.map { given in
      AssistantCited(title: given.title, path: FoundKind(rawValue: given.kind).map { $0.path(given.id).text } ?? Paths.search.text)
    }
    let assumed = turn.assumptions.map { AssistantCited(title: $0.words, path: Paths.assumptions.text) }
    let check = AssistantCheck(things, assumptions: assumed, person.language)
    let kinds = Set(turn.given.compactMap { ModelKind(rawValue: $0.kind) })
    let isOver = turn.calls >= AssistantTurn.mostCalls
    return ModelQuestion(
      cause: .person(person.id), account: person.account, day: HabitClock(zone: person.zone, dayStart: person.dayStart).date(now),
      event: ModelText.assistant, prompt: prompt, kinds: kinds, usual: isOver ? [("tool_choice", .string("none"))] : [], isTalk: true,
      milliseconds: milliseconds
    ) { message in
      switch Result(catching: { () throws(CoachFailure) in try AssistantReply(message) }) {
      case .failure(let failure): return .unreadable(failure)
      case .success(.calls(let calls)): return .taken(.calls(calls))
      case .success(.text(let text)):
        switch Result(catching: { () throws(AssistantRefusal) in try check.checked(text) }) {
        case .failure(let refusal): return .refused(refusal.rawValue)
        case .success(let checked): return .taken(.text(checked.text, assumptions: checked.assumptions))
        }
      }
    }
  }

  /// Writes down how a call of the model ended.
  private func note(_ step: ModelStep<Heard>, _ moment: JobMoment, _ run: ID<ModelRun>?) throws {
    let server = bench.services.model
    var error = ""
    switch step {
    case .written: break
    case .waiting: error = "again"
    case .unwritten(.failed(let code)): error = code
    case .unwritten(.limit): error = "limit"
    case .unwritten: error = "paused"
    }
    let row = AssistantStep(
      number: waiting.number, tool: AssistantStep.model, arguments: server.map { "\($0)" } ?? "", rows: 0, milliseconds: moment.latency,
      status: error.utf8.isEmpty ? .ok : .error, error: error)
    try db.queue([row.noting(in: chat, of: person.id, run: run, at: now)])
  }
}

extension AssistantAnswering {
  /// The reach of an answer that was begun in an earlier step.
  private func restored(_ turn: AssistantTurn) -> AssistantReach {
    let reach = reach(isForModel: true)
    for given in turn.given { _ = reach.number(of: given) }
    return reach
  }

  /// Has tools read what the model asks for, each on its own: one that breaks undoes nothing of the others.
  private func call(_ calls: [AssistantCall], _ turn: inout AssistantTurn) throws {
    let reach = restored(turn)
    let tools = AssistantTools(reach)
    var entries: [AuditEntry] = []
    turn.turns.append(AssistantMaterial.asking(calls))
    for call in calls {
      turn.calls += 1
      let start = Ticks.now
      var (status, error, rows) = (AssistantStep.Status.ok, "", 0)
      var content = JSONText.object([])
      if let refused = refusal(of: call, turn) {
        (status, error) = (.refused, refused)
      } else {
        do {
          let outcome = try AssistantWall.behind(db) { try tools.call(call.name, Array(call.arguments.utf8)) }
          (rows, error) = (outcome.rows, outcome.error ?? "")
          if let proposal = outcome.proposal, !turn.proposals.contains(proposal) { turn.proposals.append(proposal) }
          if let entry = outcome.entry { entries.append(entry) }
          content = JSONValue(outcome.json)?.json ?? JSONText.object([])
        } catch {
          guard let broken = error as? PostgresError, broken.kind != .connection else { throw error }
          bench.log("assistant.tool_failed", ["tool": call.name, "error": "\(broken)"])
          (status, rows) = (.error, 0)
        }
        if status == .error || !error.utf8.isEmpty { (status, error) = (.error, error.utf8.isEmpty ? "The tool did not answer." : error) }
      }
      let told: [(name: String, value: JSONText)] = error.utf8.isEmpty ? [("result", content)] : [("error", .string(error))]
      turn.turns.append(AssistantMaterial.telling(call, .object([("untrusted", .bool(true))] + told)))
      let row = AssistantStep(
        number: waiting.number, tool: call.name.utf8.isEmpty ? "?" : call.name, arguments: call.arguments, rows: rows,
        milliseconds: Ticks.now - start, status: status, error: error)
      try db.queue([row.noting(in: chat, of: person.id, at: now)])
    }
    turn.given = reach.given
    // The ends of the chain are locked last, and once.
    try Audit.append(
      entries, user: person.id, account: person.account, by: Actor(kind: .assistant, id: person.id.text, name: person.displayName), at: now,
      bench.services.keys, db)
  }

  /// Why a call is not passed on, for the model to read; nil: it is.
  private func refusal(of call: AssistantCall, _ turn: AssistantTurn) -> String? {
    if turn.calls > AssistantTurn.mostCalls { return "No more tools: eight calls are all there are. Answer with what you have." }
    if !call.isShort { return "The arguments are too long: at most \(AssistantCall.longest) bytes." }
    if call.name.utf8.starts(with: "propose".utf8), turn.proposals.count >= AssistantTurn.mostProposals {
      return "No more proposals: ten are all that an answer may make."
    }
    return nil
  }

  /// Says what it has: there is no more time, or there are no more tools.
  private func stop(_ turn: AssistantTurn, _ memory: inout String) throws -> Next {
    let reach = restored(turn)
    if reach.given.isEmpty { return try byRules(.unreached, turn, &memory) }
    return try say(AssistantAnswer(text: saying.had(reach.given), proposals: turn.proposals), .rules, "had", reach, turn.saw)
  }

  /// The grammar, where it understands; else what a search finds (RULES 9.35). What a model has proposed before it fell silent stays with the answer.
  private func byRules(_ why: AssistantSaying.Why, _ turn: AssistantTurn?, _ memory: inout String) throws -> Next {
    let reach = reach(isForModel: false)
    if turn?.left(now) ?? AssistantTurn.longest >= 2_000, let looked = RulesAnswer.looked(waiting.said, reading),
      let asked = try sense.asking(AssistantSense.words(looked, reading), of: waiting.said, why.stage, &memory)
    {
      return .ask(asked, after: 0)
    }
    let start = Ticks.now
    var answer: AssistantAnswer?
    do {
      answer = try AssistantWall.behind(db) { try RulesAnswer.answer(waiting.said, AssistantTools(reach)) }
    } catch {
      guard let broken = error as? PostgresError, broken.kind != .connection else { throw error }
      bench.log("assistant.rules_failed", ["error": "\(broken)"])
    }
    if let answer {
      let row = AssistantStep(
        number: waiting.number, tool: AssistantStep.rules, arguments: "", rows: reach.given.count, milliseconds: Ticks.now - start,
        status: .ok,
        error: "")
      try db.queue([row.noting(in: chat, of: person.id, at: now)])
      let proposals = (turn?.proposals ?? []) + answer.proposals.filter { !(turn?.proposals ?? []).contains($0) }
      return try say(
        AssistantAnswer(text: answer.text, proposals: proposals, assumptions: answer.assumptions), .rules, "grammar", reach, turn?.saw ?? []
      )
    }
    let hits = try AssistantWall.behind(db) { try AssistantSearch.hits(waiting.said, near: AssistantSearch.mostNear, reading) }
    for hit in hits.held + hits.near { _ = reach.number(of: hit.given(person)) }
    return try say(
      AssistantAnswer(text: saying.found(hits, why), proposals: turn?.proposals ?? []), .rules, "search", reach, turn?.saw ?? [])
  }

  /// Stores an answer, once: what was stopped or answered meanwhile stays so.
  private func say(
    _ answer: AssistantAnswer, _ written: AssistantWritten, _ prompt: String, _ reach: AssistantReach, _ saw: [AssistantSeen] = []
  ) throws -> Next {
    let text = answer.kept
    try db.queue([
      """
      UPDATE chat_messages SET answer = \(text), answered_at = \(now), language = \(person.language), prompt = \(prompt), written = \(written),
        given = \(AssistantGiven.json(reach.given).text)::text::jsonb, saw = \(AssistantSeen.json(saw).text)::text::jsonb,
        proposals = \(answer.proposals), assumptions = \(answer.assumptions), is_foreign = \(reach.hasReadForeign)
      WHERE chat_id = \(chat) AND user_id = \(person.id) AND number = \(waiting.number) AND answer IS NULL AND stopped_at IS NULL
      """, AssistantTurn.dropping(chat),
    ])
    return .said
  }
}
