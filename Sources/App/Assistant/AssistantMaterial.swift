import Domain
import HTML
import Postgres

/// What a model is given beside the question (RULES 9.47): rows of the person's own that it may be told of, until its room is full. All of it goes as data
/// in a message of the role `tool` (RULES 9.34), but for what was said before.
struct AssistantMaterial {
  let person: Person
  let chat: ID<Chat>
  let number: Int
  let said: String
  let bench: WorkBench
  let now: Instant

  private var words: Words { bench.services.words(person.language) }
  private var db: Connection { bench.db }

  /// A line of a part: as the page shows it, and as it is sent.
  private struct Line {
    let shown: String
    let json: JSONText
    var thing: AssistantReach.Given?
    var assumed: AssistantAssumed?
    /// Others' things that it names: whoever is told of it has read their words (RULES 9.34).
    var foreign: [AssistantReach.Given] = []
  }

  /// How many messages before it are told: each with its answer.
  private static let mostExchanges = 10
  /// How many things only their sense brings in.
  private static let mostNear = 20

  /// Begins an answer.
  ///
  /// - Parameter reach: gets what is told.
  /// - Returns: nil: the question names something that stays here, so that it stays here itself.
  func turn(_ file: AssistantPromptFile, _ reach: AssistantReach) throws -> AssistantTurn? {
    let before = try db.read(AssistantExchange.newest(of: chat, before: number, limit: Self.mostExchanges)).filter { !$0.keptBack }
    let naming = try AssistantNaming.read([said] + before.map(\.said), db)
    if naming.namesUntold(0, person) { return nil }
    let named = naming.of(0).filter { $0.isTold(to: person) }
    var context = AssistantContext(question: said)
    var (parts, seen, assumed) = ([(name: String, value: JSONText)](), [AssistantSeen](), [AssistantAssumed]())
    let things = named.map(\.id)
    let lines: [(AssistantContext.Part, [Line])] = [
      (.facts, try assumptions(things, withOwn: true, "a.state = 'confirmed'")),
      (.assumptions, try assumptions(things, "a.state = 'open' AND a.confidence >= 0.3")),
      (.recent, try recent()), (.summaries, try summaries()), (.hits, try hits(named, reach)),
    ]
    for (part, found) in lines {
      let kept = context.take(part, found.map(\.json.text)).map { found[$0] }
      if kept.isEmpty { continue }
      seen.append(AssistantSeen(part, kept.map(\.shown)))
      let rows = kept.map { line -> JSONText in
        for thing in line.foreign { _ = reach.number(of: thing) }
        if let thing = line.thing { return numbered(line.json, "n", .number(reach.number(of: thing))) }
        guard let row = line.assumed else { return line.json }
        assumed.append(row)
        return numbered(line.json, "mark", .string("A\(assumed.count)"))
      }
      parts.append((name: part.rawValue, value: .array(rows)))
    }
    let earlier = try talk(before, naming, &context, reach)
    if !earlier.isEmpty { seen.append(AssistantSeen(.messages, earlier.map(\.shown))) }
    let prompt = file.rendered(person.language, at: person.zone.local(now), zone: person.zone.name, person: person.displayName)
    let call = AssistantCall(id: "context", name: "context", arguments: "{}")
    let data = JSONText.object([("untrusted", .bool(true)), ("context", .object(parts))])
    let turns =
      earlier.flatMap(\.messages) + [CoachPrompt.message("user", said)]
      + (parts.isEmpty ? [] : [Self.asking([call]), Self.telling(call, data)])
    return AssistantTurn(
      prompt: prompt.file, system: prompt.system, turns: turns, given: reach.given, saw: seen, assumptions: assumed, beganAt: now)
  }

  /// The model's message that asks tools.
  static func asking(_ calls: [AssistantCall]) -> JSONText {
    .object([("role", .string("assistant")), ("content", .string("")), ("tool_calls", .array(calls.map(\.json)))])
  }

  /// What a tool says.
  static func telling(_ call: AssistantCall, _ content: JSONText) -> JSONText {
    .object([("role", .string("tool")), ("tool_call_id", .string(call.id)), ("content", .string(content.text))])
  }

  private func numbered(_ json: JSONText, _ name: String, _ value: JSONText) -> JSONText {
    let members: [(name: String, value: JSONText)] = (JSONValue(json.text.utf8)?.members ?? []).map { ($0.name, $0.value.json) }
    return .object([(name: name, value: value)] + members)
  }

  /// What the person said or Heed takes for true about the things: of those whose other end may be told too. What they said themselves stands first
  /// (RULES 9.38), with whom it is about, since "no, at Acme" does not say.
  ///
  /// - Parameter withOwn: whether what is about the person themselves is told too, where all that it rests on may be.
  private func assumptions(_ things: [ID<FoundThing>], withOwn: Bool = false, _ which: SQL) throws -> [Line] {
    if things.isEmpty, !withOwn { return [] }
    let told = person.modelKinds.map(\.rawValue)
    let found = try db.rows(
      """
      WITH found AS MATERIALIZED (
        SELECT a.id, a.user_id, a.words, a.confidence, a.written, a.created_at, a.subject_id, a.object_id,
          (a.subject_id = ANY (\(things)) OR a.object_id = ANY (\(things))) IS NOT TRUE AS is_own
        FROM assumptions a WHERE a.user_id = (SELECT me()) AND NOT a.hidden AND \(which)
          AND (a.subject_id = ANY (\(things)) OR a.object_id = ANY (\(things)) OR \(withOwn) AND a.subject_id IS NULL)
        ORDER BY a.written = 'person' DESC, a.confidence DESC, a.created_at DESC, a.id DESC LIMIT 100),
      grounds AS MATERIALIZED (
        SELECT e.assumption_id, e.thing FROM found a JOIN assumption_evidence e ON e.assumption_id = a.id AND e.user_id = a.user_id
        WHERE a.is_own AND e.kind <> 'message'),
      told AS MATERIALIZED (
        SELECT x.thing, x.trashed FROM door.embedded_texts(ARRAY(
          SELECT subject_id FROM found WHERE subject_id IS NOT NULL UNION SELECT object_id FROM found WHERE object_id IS NOT NULL
          UNION SELECT thing FROM grounds)) x
        WHERE NOT x.private AND x.kind = ANY (\(told)))
      SELECT a.id, a.words, a.confidence::text AS confidence, CASE WHEN a.written = 'person' THEN s.title END AS about
      FROM found a LEFT JOIN search_documents s ON s.id = a.subject_id AND s.user_id = a.user_id
      WHERE NOT EXISTS (SELECT FROM grounds g WHERE g.assumption_id = a.id AND g.thing NOT IN (SELECT thing FROM told))
        AND NOT EXISTS (SELECT FROM search_documents d WHERE d.user_id = a.user_id AND d.id IN (a.subject_id, a.object_id)
          AND d.id NOT IN (SELECT thing FROM told WHERE NOT trashed))
      ORDER BY a.written = 'person' DESC, a.confidence DESC, a.created_at DESC, a.id DESC LIMIT 20
      """, into: AssistantAssumption.init)
    let naming = try AssistantNaming.read(found.map(\.words), db)
    return found.enumerated().filter { !naming.namesUntold($0.offset, person) }.map { _, row in
      let about: [(name: String, value: JSONText)] = row.about.map { [(name: "about", value: .string($0))] } ?? []
      let said: [(name: String, value: JSONText)] = [
        (name: "words", value: .string(row.words)), (name: "confidence", value: .string(row.confidence)),
      ]
      let shown = (row.about.map { $0 + ": " } ?? "") + row.words
      return Line(shown: shown, json: .object(about + said), assumed: AssistantAssumed(id: row.id, words: shown))
    }
  }

  /// What they had in hand lately.
  private func recent() throws -> [Line] {
    let found = try db.rows(
      """
      SELECT d.kind, d.id, c.reason FROM recent_context_items c
      JOIN search_documents d ON d.id = c.thing AND d.user_id = c.user_id AND NOT d.trashed AND d.kind = ANY (\(ToolThing.kinds))
      WHERE c.user_id = (SELECT me()) AND c.expires_at > \(now) ORDER BY c.surfaced_at DESC, c.id DESC LIMIT 20
      """, into: AssistantRecent.init)
    let open = try told(found.map { (kind: $0.kind, id: $0.id) })
    return found.compactMap { row in
      guard let thing = open[row.id] else { return nil }
      let json = JSONText.object([("kind", .string(row.kind)), ("title", .string(thing.title)), ("why", .string(row.reason))])
      return Line(shown: thing.title, json: json, thing: thing.given(person))
    }
  }

  /// Those of some things that a model may be told of, by their ids.
  private func told(_ things: [(kind: String, id: ID<FoundThing>)]) throws -> [ID<FoundThing>: ToolThing] {
    if things.isEmpty { return [:] }
    let found = try db.rows(ToolThing.some(things)).filter { $0.isTold(to: person) }
    return Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// What the question names, what holds words of it, and what lies near to it by its sense.
  private func hits(_ named: [ToolThing], _ reach: AssistantReach) throws -> [Line] {
    let hits = try AssistantSearch.hits(said, near: Self.mostNear, ToolReading(reach: reach))
    let found = (hits.held + hits.near).filter { $0.isTold(to: person) }
    let all = named + found.filter { hit in !named.contains { $0.id == hit.id } }
    return all.map { hit in
      Line(
        shown: hit.title, json: .object([("kind", .string(hit.kind)), ("title", .string(hit.title))]), thing: hit.given(person))
    }
  }
}

/// Something taken for true, with how sure that is: 0.00 to 1.00.
private struct AssistantAssumption {
  let id: ID<Assumption>
  let words: String
  let confidence: String
  /// What a fact in the person's own words is about; nil: themselves, or the words say it.
  let about: String?
}

/// Something that the person had in hand, with the code of why.
private struct AssistantRecent {
  let kind: String
  let id: ID<FoundThing>
  let reason: String
}

extension AssistantMaterial {
  /// The last 7 days and 4 weeks, by the rule's words: they name what may be told as of now.
  private func summaries() throws -> [Line] {
    let (days, weeks) = try db.read(
      MemorySummary.mine("s.type = 'daily' ORDER BY s.from_at DESC LIMIT 7"),
      MemorySummary.mine("s.type = 'weekly' ORDER BY s.from_at DESC LIMIT 4"))
    let all = (days + weeks).map { ($0, MemoryFactText.all($0.facts)) }
    let things = all.flatMap { _, facts in facts.flatMap(\.things) }
    let known = try told(things.map { (kind: $0.kind, id: $0.id.found) })
    return all.compactMap { summary, facts in
      var foreign: [AssistantReach.Given] = []
      let sentences = facts.map { fact -> String in
        let open = fact.things.compactMap { known[$0.id.found] }.prefix(5)
        if fact.kind != .minutes { foreign += open.map { $0.given(person) }.filter(\.isForeign) }
        let names = open.map { "“\($0.title)”" }.joined(separator: ", ")
        return fact.kind == .minutes ? fact.sentence(words) : fact.heading(words) + (names.isEmpty ? "" : ": " + names) + "."
      }
      if sentences.isEmpty { return nil }
      let text = summary.period + ": " + sentences.joined(separator: " ")
      let json = JSONText.object([("period", .string(summary.period)), ("text", .string(sentences.joined(separator: " ")))])
      return Line(shown: text, json: json, foreign: foreign)
    }
  }

  /// What was said before, oldest first, as far as it may be told: an answer whose things may no more be told is left out, and so is a message that names
  /// one. What its answer named it may name again.
  private func talk(_ before: [AssistantExchange], _ naming: AssistantNaming, _ context: inout AssistantContext, _ reach: AssistantReach)
    throws
    -> [(shown: String, messages: [JSONText])]
  {
    let given = before.map { AssistantGiven.all($0.given) }
    let known = try told(given.flatMap { $0 }.map { (kind: $0.kind, id: $0.id) })
    var found: [(shown: String, messages: [JSONText], things: [AssistantGiven])] = []
    for (place, exchange) in before.enumerated() where !naming.namesUntold(place + 1, person) {
      let isOpen = given[place].allSatisfy { known[$0.id] != nil }
      let answer = isOpen ? exchange.answer.map { Markdown.words($0) } : nil
      let messages = [CoachPrompt.message("user", exchange.said)] + (answer.map { [CoachPrompt.message("assistant", $0)] } ?? [])
      found.append((exchange.said, messages, answer == nil ? [] : given[place]))
    }
    let kept = context.take(.messages, found.map { $0.messages.map(\.text).joined() }).map { found[$0] }
    for thing in kept.flatMap(\.things) {
      _ = reach.number(
        of: AssistantReach.Given(
          kind: thing.kind, id: thing.id, title: thing.title, revision: nil, isForeign: thing.isForeign, isTold: true))
    }
    return kept.reversed().map { ($0.shown, $0.messages) }
  }
}
