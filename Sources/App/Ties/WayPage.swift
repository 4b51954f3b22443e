import Domain
import HTML
import Postgres
import Web

/// Between whom a path is looked for: as the address of the page says.
struct WayQuery {
  let to: ID<KnownPerson>?
  /// Words of whom it should lead to; nil: nobody is looked for.
  let search: String?

  init(_ query: Form, _ words: Words) throws(FormErrors) {
    var read = FormReader(query, words)
    let text = read.raw("to")
    to = ID<KnownPerson>(text) ?? ThingRef(text).flatMap { $0.kind == .person ? $0.row() : nil }
    // What is no id is nobody's.
    let isNobody = to == nil && !text.utf8.isEmpty
    let said = read.line("q", 0...200)
    search = query.first("q") == nil || isNobody ? nil : said
    try read.finish()
  }

  /// People whose names hold the words, by name.
  static func people(_ search: String, but person: ID<Thing>) -> Query<PlannedThing> {
    Query(
      """
      SELECT x.kind, x.id, x.title, x.status, x.blocks FROM (
        SELECT d.id, d.title_norm FROM search_documents d WHERE d.user_id = (SELECT me()) AND d.kind = 'person' AND NOT d.trashed
          AND d.id <> \(person) AND (\(search.utf8.isEmpty) OR strpos(d.title_norm, plain(\(search))) > 0)
        ORDER BY d.title_norm, d.id LIMIT 20) f
      CROSS JOIN LATERAL \(PlannedThing.found("f.id")) x ORDER BY f.title_norm, f.id
      """, into: PlannedThing.init)
  }
}

/// What was found between two people.
struct WayAnswer {
  let from: PlannedThing
  let to: PlannedThing
  /// nil: there is none within six steps.
  let path: TiePath?

  init(from: PlannedThing, to: PlannedThing, _ path: TiePath?) { (self.from, self.to, self.path) = (from, to, path) }
}

/// The shortest way from one person to another, in words: "Ana works with Bea, who knows Cy."
struct WayPage {
  let layout: Layout
  let back: Path
  let backLabel: String
  let summary: ErrorSummary? = nil
  let action: Path
  let search: TextField
  let way: Way?
  /// What is said where there is no way.
  let none: String?
  let choices: [Choice]
  /// Whether somebody was looked for and nobody found.
  let isEmpty: Bool

  var hasChoices: Bool { !choices.isEmpty }

  struct Way {
    let path: Path
    let name: String
    let steps: [Step]
    let count: String
  }
  struct Step {
    /// " works with", ", who knows".
    let words: String
    let path: Path
    let name: String
  }
  struct Choice {
    let path: Path
    let name: String
  }

  init(_ person: PlannedThing, _ query: WayQuery, _ found: [PlannedThing], _ answer: WayAnswer?, _ web: Context) throws {
    let words = web.words
    let title =
      answer.map { words("From {from} to {to}", ["from": person.title, "to": $0.to.title]) }
      ?? words("From {from} to somebody else", ["from": person.title])
    layout = try Layout(title, .people, web)
    (back, backLabel, action) = (person.path, person.title, Paths.way(person.ref.row()))
    var make = FieldBuilder()
    search = make.text("q", words("To whom?"), query.search ?? "", type: "search", maxLength: 200)
    way = answer.flatMap { answer in answer.path.flatMap { WayPage.way($0, from: answer.from, words) } }
    none = answer.flatMap { answer in
      if let path = answer.path { return path.steps.isEmpty ? words("Both are the same person.") : nil }
      return words(
        "There is no path within six steps between {from} and {to}, as far as relationships stand today.",
        ["from": answer.from.title, "to": answer.to.title])
    }
    let here = action
    choices = found.map { Choice(path: here.adding("to", $0.id.text), name: $0.title) }
    isEmpty = query.search != nil && found.isEmpty
  }

  private static func way(_ path: TiePath, from start: PlannedThing, _ words: Words) -> Way? {
    if path.steps.isEmpty { return nil }
    let steps = path.steps.enumerated().map { number, step in
      let said =
        if number == 0 {
          " " + step.label
        } else if step.from.kind == .person {
          words(", who {verb}", ["verb": step.label])
        } else {
          words(", which {verb}", ["verb": step.label])
        }
      return Step(words: said, path: ThingRef(step.to.kind, step.to.id).path, name: step.to.name)
    }
    return Way(path: start.path, name: start.title, steps: steps, count: String(steps.count))
  }
}
