import Domain
import HTML

/// A thing that a fact names, as it was called then.
struct MemoryThing {
  let id: ID<Thing>
  /// As the register calls it.
  let kind: String
  let title: String
  /// Never told to a model.
  let isPrivate: Bool
}

/// A fact as a summary keeps it: with the names of the things, so that its words stay when they are gone for good.
struct MemoryFactText {
  let kind: MemoryFact.Kind
  let count: Int
  let things: [MemoryThing]
  let events: [ID<MemoryEvent>]

  /// How many things are named.
  static let most = 50

  init(_ fact: MemoryFact, _ known: [ID<Thing>: MemoryThing]) {
    (kind, count, events) = (fact.kind, fact.count, fact.events)
    things = fact.things.prefix(MemoryFactText.most).compactMap { known[$0] }
  }

  /// The facts of a stored summary; none of what cannot be read.
  static func all(_ json: String) -> [MemoryFactText] { (JSONValue(json.utf8)?.elements ?? []).compactMap(MemoryFactText.init) }

  private init?(_ json: JSONValue) {
    guard let name = json["fact"]?.text, let kind = MemoryFact.Kind(rawValue: name), let count = json["n"]?.number.flatMap({ Int($0) })
    else {
      return nil
    }
    (self.kind, self.count) = (kind, count)
    things = (json["things"]?.elements ?? []).compactMap { thing in
      guard let id = thing["id"]?.text.flatMap({ ID<Thing>($0) }) else { return nil }
      return MemoryThing(
        id: id, kind: thing["kind"]?.text ?? "", title: thing["title"]?.text ?? "", isPrivate: thing["private"]?.bool ?? false)
    }
    events = (json["events"]?.elements ?? []).compactMap { $0.text.flatMap { ID<MemoryEvent>($0) } }
  }

  /// As it is stored: the same facts are the same text.
  static func json(_ facts: [MemoryFactText]) -> String { JSONText.array(facts.map(\.json)).text }

  private var json: JSONText {
    let things: [JSONText] = self.things.map { thing in
      .object([
        (name: "id", value: .string(thing.id.text)), (name: "kind", value: .string(thing.kind)),
        (name: "title", value: .string(thing.title)),
        (name: "private", value: .bool(thing.isPrivate)),
      ])
    }
    return .object([
      (name: "fact", value: .string(kind.rawValue)), (name: "n", value: .number(count)), (name: "things", value: .array(things)),
      (name: "events", value: .array(events.map { .string($0.text) })),
    ])
  }
}

extension MemoryFactText {
  /// "3 things done: “A”, “B”, “C”."
  func sentence(_ words: Words) -> String {
    if kind == .minutes { return words("Time noted: {time}.", ["time": WorkMinutes.text(count)]) }
    // Five at most; of the rest it is said how many they are.
    let named = things.prefix(5).map { "“\($0.title)”" }.joined(separator: ", ")
    let more = count - min(things.count, 5)
    let names = named.isEmpty ? "" : ": " + named + (more > 0 ? " " + words.count("and {n} other", "and {n} others", more) : "")
    return heading(words) + names + "."
  }

  /// "3 things done".
  func heading(_ words: Words) -> String {
    switch kind {
    case .done: words.count("{n} thing done", "{n} things done", count)
    case .met: words.count("{n} deadline met", "{n} deadlines met", count)
    case .missed: words.count("{n} deadline missed", "{n} deadlines missed", count)
    case .unblocked: words.count("{n} thing waits for nothing any more", "{n} things wait for nothing any more", count)
    case .slipped: words.count("{n} thing left", "{n} things left", count)
    case .made: words.count("{n} thing written down", "{n} things written down", count)
    case .minutes: words("Time noted")
    }
  }
}

extension MemorySummary {
  /// What stands on the page: the rule's words, or those that somebody or a model put in their place.
  func words(_ words: Words) -> String {
    if written != .rules { return text }
    let facts = MemoryFactText.all(facts)
    return facts.isEmpty ? words("Nothing was recorded.") : facts.map { $0.sentence(words) }.joined(separator: " ")
  }
}
