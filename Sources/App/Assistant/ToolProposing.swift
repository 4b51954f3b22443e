import Domain
import HTML
import Postgres
import Web

/// The tools that propose: each makes the form of one thing, filled in, which does nothing until its person sends it (RULES 9.33). Ids are never
/// arguments: a thing goes by its number in this answer.
struct ToolProposing {
  let reading: ToolReading
  private var reach: AssistantReach { reading.reach }

  typealias Fields = [(name: String, value: String)]

  /// Why, as the model says it.
  private struct Reasons {
    let intent: String
    let reasoning: String
    let confidence: Int

    init(_ read: inout ToolArguments) {
      intent = read.line("intent", most: 300)
      reasoning = read.line("reasoning", most: 1_000)
      confidence = read.hundredths("confidence", standard: 50)
    }
  }

  func call(_ tool: AssistantTools.Name, _ read: inout ToolArguments) throws -> ToolOutcome {
    let reasons = Reasons(&read)
    let (action, kind, thing, fields) = try wanted(tool, &read)
    for name in read.ignored { read.complain(name, reading.words("This tool has no such argument.")) }
    guard read.complaints.isEmpty, let kind else { return .refused(read.complaints.joined(separator: " ")) }
    let draft = ProposalDraft(
      action: action, kind: kind, thing: thing, fields: fields, intent: reasons.intent, reasoning: reasons.reasoning,
      confidence: reasons.confidence, isForeign: reach.hasReadForeign, read: reach.given, chat: reach.chat, number: reach.number)
    switch try ProposalWrites.propose(draft, reach) {
    case .success(let id):
      let told = JSONText.object([
        ("proposed", .bool(true)), ("untrusted_read", .bool(reach.hasReadForeign)),
        ("note", .string("Nothing is done. The person accepts, changes or refuses it.")),
      ])
      return ToolOutcome(json: Array(told.text.utf8), rows: 0, error: nil, proposal: id)
    case .failure(let complaint): return .refused(complaint.sentence(reading.words))
    }
  }

  /// - Returns: a kind of nil where something was complained about.
  private func wanted(_ tool: AssistantTools.Name, _ read: inout ToolArguments) throws -> (
    ProposalAction, ProposedKind?, AssistantReach.Given?, Fields
  ) {
    switch tool {
    case .proposeTask: return (.create, .task, nil, try task(&read))
    case .proposeReminder: return (.create, .reminder, nil, reminder(&read))
    case .proposeEvent: return (.create, .event, nil, event(&read))
    case .proposePerson: return (.create, .person, nil, person(&read))
    case .proposeChange:
      let thing = try given("n", &read)
      return (.update, thing.flatMap { kind($0, &read) }, thing, changes(thing, &read))
    case .proposeStatus:
      let thing = try given("n", &read)
      let fields = [
        ("status", read.line("status", most: 40, isRequired: true)), ("until", read.line("until", most: 200)),
        ("due", read.line("due", most: 200)),
      ]
      return (.status, thing.flatMap { kind($0, &read) }, thing, said(fields))
    case .proposeDelete:
      let thing = try given("n", &read)
      return (.delete, thing.flatMap { kind($0, &read) }, thing, [])
    case .proposeSnooze:
      let thing = try given("n", &read)
      let until = read.line("until", most: Phrase.longest, isRequired: true)
      guard let thing, let kind = kind(thing, &read) else { return (.snooze, nil, nil, []) }
      let (action, fields) = ToolProposing.snoozing(kind, until)
      return (action, kind, thing, fields)
    case .proposeLink: return try link(&read)
    case .search, .due, .who, .agenda, .free, .read, .recent, .personEvents, .assume: return (.create, nil, nil, [])
    }
  }

  /// Putting off is another step for each kind.
  static func snoozing(_ kind: ProposedKind, _ until: String) -> (ProposalAction, Fields) {
    switch kind {
    case .task: (.status, [(name: "status", value: ProposedStep.deferral.rawValue), (name: "until", value: until)])
    case .deadline: (.status, [(name: "status", value: ProposedStep.later.rawValue), (name: "due", value: until)])
    default: (.snooze, [(name: "until", value: until)])
    }
  }

  // MARK: - What it is about

  /// One that this answer was given, and that a model may still be told of.
  private func given(_ name: String, _ read: inout ToolArguments) throws -> AssistantReach.Given? {
    guard let number = read.integer(name, 1...100_000, isRequired: true) else { return nil }
    guard let given = reach.thing(number), !reach.isForModel || given.isTold else {
      read.complain(name, ProposalComplaint.notGiven.sentence(reading.words))
      return nil
    }
    guard try reading.thing(given.kind, given.id) != nil else {
      read.complain(name, ProposalComplaint.gone.sentence(reading.words))
      return nil
    }
    return given
  }

  /// The same where it may be left out.
  func other(_ name: String, of kinds: [String], _ read: inout ToolArguments) throws -> AssistantReach.Given? {
    if read.line(name, most: 20).utf8.isEmpty { return nil }
    guard let thing = try given(name, &read) else { return nil }
    if kinds.contains(thing.kind) { return thing }
    read.complain(name, reading.words("That is another kind of thing."))
    return nil
  }

  private func kind(_ thing: AssistantReach.Given, _ read: inout ToolArguments) -> ProposedKind? {
    if let kind = ProposedKind(rawValue: thing.kind) { return kind }
    read.complain("n", ProposalComplaint.cannot.sentence(reading.words))
    return nil
  }

  // MARK: - Fields

  /// Those that say something.
  private func said(_ fields: [(String, String)]) -> Fields { fields.filter { !$0.1.utf8.isEmpty }.map { (name: $0.0, value: $0.1) } }

  private func task(_ read: inout ToolArguments) throws -> Fields {
    let goal = try other("goal", of: ["goal"], &read)
    let parent = try other("parent", of: ["task"], &read)
    let assignee = try other("assignee", of: ["person"], &read)
    return said([
      ("title", read.line("title", most: 200, isRequired: true)), ("notes", read.text("notes", bytes: 16_384)),
      ("due", read.line("due", most: 200)),
      ("cron", read.line("repeat", most: 200)), ("priority", read.integer("priority", 1...4).map { String($0) } ?? ""),
      ("estimate", read.line("estimate", most: 40)), ("tags", read.list("tags", most: TagList.most).joined(separator: ", ")),
      ("goal", goal?.id.text ?? ""), ("parent", parent?.id.text ?? ""), ("assignee", assignee?.title ?? ""),
    ])
  }

  private func reminder(_ read: inout ToolArguments) -> Fields {
    let again = read.line("repeat", most: 200)
    let at = read.line("at", most: 200)
    let plain = said([
      ("title", read.line("title", most: 200, isRequired: true)), ("description", read.text("notes", bytes: 16_384)),
      ("importance", read.line("importance", most: 20)),
    ])
    if again.utf8.isEmpty { return plain + said([("schedule", "once"), ("at", at)]) }
    return plain + said([("schedule", "recurring"), ("cron", again)])
  }

  private func event(_ read: inout ToolArguments) -> Fields {
    let isAllDay = read.flag("all_day")
    return said([
      ("title", read.line("title", most: 200, isRequired: true)), ("starts", read.line("starts", most: 200, isRequired: true)),
      ("ends", read.line("ends", most: 200)), ("all_day", isAllDay ? "on" : ""), ("location", read.line("location", most: 300)),
      ("description", read.text("notes", bytes: 16_384)), ("type", read.line("type", most: 20)),
    ])
  }

  private func person(_ read: inout ToolArguments) -> Fields {
    said([
      ("name", read.line("name", most: 200, isRequired: true)), ("email", read.line("email", most: 254)),
      ("phone", read.line("phone", most: 60)),
      ("company", read.line("company", most: 200)), ("title", read.line("works_as", most: 200)),
      ("notes", read.text("notes", bytes: 16_384)),
      ("birthday", read.line("birthday", most: 20)),
    ])
  }

  private func changes(_ thing: AssistantReach.Given?, _ read: inout ToolArguments) -> Fields {
    let fields = read.fields("fields")
    guard let thing else { return [] }
    if fields.isEmpty, read.complaints.isEmpty { read.complain("fields", ProposalComplaint.empty.sentence(reading.words)) }
    for field in fields where !ToolProposing.changeable(thing.kind).contains(field.name) {
      read.complain(ToolText.short(field.name), reading.words("There is no such field of this thing."))
    }
    return fields
  }

  /// What the form of a kind has that an assistant may propose to change: words, times and levels. Who may see it is its person's to say.
  static func changeable(_ kind: String) -> [String] {
    switch kind {
    case "task": ["title", "notes", "priority", "impact", "due", "estimate", "tags", "deferred_until"]
    case "reminder": ["title", "description", "importance", "schedule", "at", "cron"]
    case "deadline": ["title", "description", "due", "remind", "importance", "consequences", "tags"]
    case "goal": ["title", "description", "deadline", "horizon", "category", "tags"]
    case "problem": ["title", "description", "severity", "horizon", "tags"]
    case "habit": ["name", "description"]
    case "person": ["name", "email", "phone", "type", "importance", "company", "title", "notes", "birthday", "stay_in_touch", "tags"]
    case "place": ["name", "type", "address", "city", "state", "country", "notes", "tags"]
    case "event": ["title", "description", "type", "starts", "ends", "location", "status", "importance", "remind", "tags"]
    default: []
    }
  }

  private func link(_ read: inout ToolArguments) throws -> (ProposalAction, ProposedKind?, AssistantReach.Given?, Fields) {
    let (from, to) = (try given("from", &read), try given("to", &read))
    let type = read.line("type", most: 60, isRequired: true)
    let strength = read.integer("strength", 1...10)
    guard let from, let to, let first = ThingKind(rawValue: from.kind), let second = ThingKind(rawValue: to.kind) else {
      if read.complaints.isEmpty { read.complain("from", ProposalComplaint.cannot.sentence(reading.words)) }
      return (.link, nil, nil, [])
    }
    if from.id == to.id { read.complain("to", RelationshipError.itself.sentence(reading.words)) }
    let ends = [("from", ThingRef(first, of: from.id).text), ("to", ThingRef(second, of: to.id).text)]
    if LinkWord(rawValue: type) != nil, first.isLinked, second.isLinked { return (.link, .link, nil, said(ends + [("type", type)])) }
    return (.link, .relationship, nil, said(ends + [("relationship", type), ("strength", strength.map { String($0) } ?? "")]))
  }
}

extension ToolArguments {
  /// A box: ticked by `true`, "on", "yes" and their like.
  mutating func flag(_ name: String) -> Bool { ["true", "on", "yes", "1"].contains(word(name)) }
}
