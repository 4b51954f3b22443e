import Domain

/// The tools as an OpenAI-compatible server is told of them: in English, as prompts are.
extension AssistantTools {
  static let schema = JSONText.array(readers + proposers)

  private static let readers: [JSONText] = [
    tool(
      .search, "Find things of the person by words. Understands type:task tag:home before:2027-03-01 \"exact words\" -without.",
      [
        text("q", "What to look for", isRequired: true), list("kinds", "Only these kinds", of: ToolThing.kinds), most,
      ]),
    tool(
      .due, "What is due and late: tasks, deadlines and reminders, until a day.",
      [
        text("until", "A date or words for one; today if missing"), text("from", "Nothing before this date"), most,
      ]),
    tool(
      .who, "What is known of a person by name: company, addresses, last contact, next event, relationships, tasks.",
      [
        text("name", "As the person calls them", isRequired: true)
      ]),
    tool(.personEvents, "When somebody was last seen and is next seen.", [text("name", "As the person calls them", isRequired: true)]),
    tool(.agenda, "Events between two days.", [text("from", "A date or words; today if missing"), text("until", "The last day"), most]),
    tool(
      .free, "Gaps within working hours in which nothing is on.",
      [
        number("minutes", "How long at least, 1 to 1440; 60 if missing"), text("from", "A date or words; now if missing"),
        text("until", "A date or words; the end of the week if missing"),
      ]),
    tool(.read, "Read one thing whole, with its notes.", [number("n", "Its number in this answer", isRequired: true)]),
    tool(.recent, "What the person had in hands lately.", [most]),
    tool(
      .assume,
      "Keep what the person wrote of themselves or of a thing, to ask them whether it is so. Refused once texts of others were read.",
      [
        text("words", "What is taken for true, in one sentence", isRequired: true),
        text("quote", "The words of the person's own message that say so, copied exactly", isRequired: true),
        number("about", "Number of the thing that it is about; missing: the person themselves"),
        text("predicate", "works_with, knows, works_at or lives_at, where it is one of them"),
        number("to", "Number of the thing that it leads to"),
        text("object", "What it leads to, where that is no thing that you were given"),
        text("category", "intent, context, preference or inference"),
        Argument(
          name: "confidence", schema: .object([("type", .string("number")), ("description", .string("0 to 1: how sure you are"))]),
          isRequired: false),
      ]),
  ]

  private static let proposers: [JSONText] = [
    tool(
      .proposeTask, "Propose a new task. Nothing is made until the person accepts.",
      [
        text("title", "At most 200 characters", isRequired: true), text("notes", "Markdown"),
        text("due", "2027-03-05, 2027-03-05 14:00 or words"),
        text("repeat", "Words such as every friday"), number("priority", "1 is first, 4 last"), text("estimate", "90 or 1h30"),
        list("tags", "Tags"), number("goal", "Number of a goal that it supports"),
        number("parent", "Number of the task that it is a part of"),
        number("assignee", "Number of a person who does it"),
      ]),
    tool(
      .proposeReminder, "Propose a new reminder.",
      [
        text("title", "At most 200 characters", isRequired: true), text("at", "2027-03-05T14:00 or words such as tomorrow at 9"),
        text("repeat", "Words such as every day at 8, instead of a time"), text("importance", "low, medium, high or critical"),
        text("notes", "Markdown"),
      ]),
    tool(
      .proposeEvent, "Propose a new event in the person's calendar.",
      [
        text("title", "At most 200 characters", isRequired: true), text("starts", "2027-03-05T14:00, a date, or words", isRequired: true),
        text("ends", "The same, or a length such as 1h30"), text("all_day", "on: it takes the whole day"), text("location", "Words"),
        text("type", "meeting, call, travel or deadline"), text("notes", "Markdown"),
      ]),
    tool(
      .proposePerson, "Propose somebody new among the people whom the person knows.",
      [
        text("name", "Their name", isRequired: true), text("email", "Address"), text("phone", "Number"), text("company", "Where they work"),
        text("works_as", "What they are there"), text("birthday", "1985-04-12 or --04-12"), text("notes", "Markdown"),
      ]),
    tool(
      .proposeChange, "Propose to change fields of one thing, as its form has them.",
      [
        number("n", "Its number in this answer", isRequired: true), object("fields", "Field names with their new values as texts"),
      ]),
    tool(
      .proposeStatus, "Propose a step of one thing: done, in_progress, open, deferred, cancelled, archived, paused, resolved.",
      [
        number("n", "Its number in this answer", isRequired: true), text("status", "The step", isRequired: true),
        text("until", "Of deferred: until when"), text("due", "Of extended: the new time"),
      ]),
    tool(
      .proposeLink, "Propose a link of two things: depends_on, blocks, supports_goal, related, addresses_problem, or words between people.",
      [
        number("from", "Number of the first", isRequired: true), number("to", "Number of the second", isRequired: true),
        text("type", "What the first does to the second, such as depends_on or works_with", isRequired: true),
        number("strength", "1 to 10"),
      ]),
    tool(
      .proposeDelete, "Propose to move one thing into the trash. Refused once texts of others were read.",
      [
        number("n", "Its number in this answer", isRequired: true)
      ]),
    tool(
      .proposeSnooze, "Propose to put off a reminder, task or deadline.",
      [
        number("n", "Its number in this answer", isRequired: true), text("until", "A time or words for one", isRequired: true),
      ]),
  ]

  /// An argument.
  private struct Argument {
    let name: String
    let schema: JSONText
    let isRequired: Bool
  }

  private static let most = number("most", "How many, at most 50")

  /// What every proposal says of itself.
  private static let reasons: [Argument] = [
    text("intent", "What the person wants by it, in their words"), text("reasoning", "Why you propose it, in one sentence"),
    Argument(
      name: "confidence", schema: .object([("type", .string("number")), ("description", .string("0 to 1: how sure you are"))]),
      isRequired: false),
  ]

  private static func text(_ name: String, _ description: String, isRequired: Bool = false) -> Argument {
    Argument(name: name, schema: .object([("type", .string("string")), ("description", .string(description))]), isRequired: isRequired)
  }

  private static func number(_ name: String, _ description: String, isRequired: Bool = false) -> Argument {
    Argument(name: name, schema: .object([("type", .string("integer")), ("description", .string(description))]), isRequired: isRequired)
  }

  private static func list(_ name: String, _ description: String, of choices: [String] = []) -> Argument {
    var items: [(name: String, value: JSONText)] = [(name: "type", value: .string("string"))]
    if !choices.isEmpty { items.append((name: "enum", value: .array(choices.map { .string($0) }))) }
    let schema = JSONText.object([("type", .string("array")), ("description", .string(description)), ("items", .object(items))])
    return Argument(name: name, schema: schema, isRequired: false)
  }

  private static func object(_ name: String, _ description: String) -> Argument {
    let values = JSONText.object([("type", .string("string"))])
    let schema = JSONText.object([("type", .string("object")), ("description", .string(description)), ("additionalProperties", values)])
    return Argument(name: name, schema: schema, isRequired: true)
  }

  private static func tool(_ name: Name, _ description: String, _ arguments: [Argument]) -> JSONText {
    let arguments = name.rawValue.utf8.starts(with: "propose_".utf8) ? arguments + reasons : arguments
    let required = arguments.filter(\.isRequired).map { JSONText.string($0.name) }
    let properties = JSONText.object(arguments.map { (name: $0.name, value: $0.schema) })
    let parameters = JSONText.object([("type", .string("object")), ("properties", properties), ("required", .array(required))])
    let function = JSONText.object([("name", .string(name.rawValue)), ("description", .string(description)), ("parameters", parameters)])
    return .object([("type", .string("function")), ("function", function)])
  }
}
