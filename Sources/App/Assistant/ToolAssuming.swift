import Domain
import HTML
import Postgres

/// The tool that takes for true what the person wrote: it keeps a question to them, with their words, and nothing else (RULES 9.7, 9.37).
struct ToolAssuming {
  let reading: ToolReading
  private var reach: AssistantReach { reading.reach }

  /// How sure a model may be at most, in hundredths: what is certain the person has confirmed.
  private static let surest = 90
  /// What it may say of a thing in a form that is known again; all else is words.
  private static let predicates = ["works_with", "knows", "works_at", "lives_at"]

  func call(_ read: inout ToolArguments) throws -> ToolOutcome {
    let words = reading.words
    let sentence = read.line("words", most: 300, isRequired: true)
    let quote = read.line("quote", most: AssumptionLimits.quote, isRequired: true)
    let category = category(&read)
    let confidence = min(read.hundredths("confidence", standard: 50), Self.surest)
    let key = try key(sentence, &read)
    for name in read.ignored { read.complain(name, words("This tool has no such argument.")) }
    guard read.complaints.isEmpty, let key else { return .refused(read.complaints.joined(separator: " ")) }
    if confidence < AssumptionLimits.shown { return .refused(words("That is too unsure to be kept.")) }
    // What others wrote can start no tool that keeps something (RULES 9.11).
    if reach.hasReadForeign { return .refused(words("After reading what others wrote I take nothing for true.")) }
    guard let message = try message(holding: quote) else {
      return .refused(words("The quote does not stand in what the person wrote in this conversation."))
    }
    let one = InferredAssumption(
      key: key, words: sentence, category: category, confidence: confidence, written: .model,
      grounds: [AssumptionGround(mark: EvidenceMark("message", message), quote: quote)])
    let writing = PlannerWriting(person: reach.person, now: reach.now, request: "", db: reading.db)
    let made = try AssumptionWrites(writing: writing).infer([one]).first
    let told = JSONText.object([
      ("kept", .bool(made != nil)), ("note", .string("The person is asked whether it is so.")),
    ])
    var outcome = ToolOutcome(json: Array(told.text.utf8), rows: 0, error: nil, proposal: nil)
    outcome.entry = made?.entry
    return outcome
  }

  /// Where the person wrote it, word for word: never an answer of the assistant's.
  private func message(holding quote: String) throws -> ID<Thing>? {
    try reading.db.value(
      """
      SELECT id FROM chat_messages WHERE chat_id = \(reach.chat) AND user_id = (SELECT me()) AND kind = 'assistant' AND number <= \(reach.number)
        AND NOT kept_back AND strpos(said, \(quote)) > 0 ORDER BY number DESC LIMIT 1
      """)
  }

  private func category(_ read: inout ToolArguments) -> AssumptionCategory {
    let name = read.word("category")
    if name.utf8.isEmpty { return .inference }
    if let category = AssumptionCategory(rawValue: name) { return category }
    let names = AssumptionCategory.allCases.map(\.rawValue).joined(separator: ", ")
    read.complain("category", reading.words("Choose one of: {values}.", ["values": names]))
    return .inference
  }

  /// - Returns: nil where something was complained about.
  private func key(_ sentence: String, _ read: inout ToolArguments) throws -> AssumptionKey? {
    let predicate = read.line("predicate", most: 40)
    let object = read.line("object", most: 200)
    let proposing = ToolProposing(reading: reading)
    let about = try proposing.other("about", of: ToolThing.kinds, &read)
    let to = try proposing.other("to", of: ToolThing.kinds, &read)
    guard read.complaints.isEmpty else { return nil }
    let subject = about.map { AssumedThing($0.kind, $0.id.row()) }
    if predicate.utf8.isEmpty { return AssumptionKey(subject, "", nil, words: sentence) }
    guard Self.predicates.contains(where: { $0.utf8.elementsEqual(predicate.utf8) }) else {
      read.complain("predicate", reading.words("Choose one of: {values}.", ["values": Self.predicates.joined(separator: ", ")]))
      return nil
    }
    let thing = to.map { AssumedThing($0.kind, $0.id.row()) }
    if subject == nil { read.complain("about", reading.words("Fill this in.")) }
    if thing == nil, object.utf8.isEmpty { read.complain("object", reading.words("Fill this in.")) }
    let key = AssumptionKey(subject, predicate, thing, object: thing == nil ? object : "")
    // What no relationship can tie is none.
    if read.complaints.isEmpty, thing != nil, key.relationship == nil {
      read.complain("to", reading.words("That is another kind of thing."))
    }
    return read.complaints.isEmpty ? key : nil
  }
}
