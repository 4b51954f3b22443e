import Domain
import HTML
import Postgres
import Web

/// The relationships on the page of a thing, each from its own side: what stands first, then what is over.
struct RelationshipsPart {
  let rows: [RelationshipRow]
  let secret: CSRFField
  let add: NewRelationship
  /// Of a person.
  let drawing: Drawing?

  var hasRows: Bool { !rows.isEmpty }

  /// What is around a person.
  struct Drawing {
    let graph: Path
    let way: Path
  }

  /// - Parameter related: what ``RelatedThing/of(_:)`` found.
  init(_ thing: ThingRef, _ related: [RelatedThing], _ web: Context, _ secret: CSRFField) throws {
    let (person, words) = (try web.person, web.words)
    let today = web.clock.habitDate(of: person)
    let over = related.filter { $0.state(on: today) == .past }
    rows = (related.filter { $0.state(on: today) != .past } + over).map { RelationshipRow($0, today: today, person.language, words) }
    self.secret = secret
    add = NewRelationship(thing, words)
    drawing = thing.kind == .person ? Drawing(graph: Paths.graph(thing.row()), way: Paths.way(thing.row())) : nil
  }
}

/// One of them.
struct RelationshipRow {
  /// `reports_to:person:…`
  let fact: String
  let mark: String
  let title: String
  let path: Path
  /// "works with".
  let words: String
  /// "Person · 7 of 10 · since 3 Mar 2024".
  let note: String
  /// `past`, `standing` or `coming`.
  let state: String
  let strength: String
  let notes: String?
  let edit: Path
  let deletion: Path

  var isPast: Bool { state == TieState.past.rawValue }

  init(_ related: RelatedThing, today: Day, _ language: Language, _ words: Words) {
    let state = related.state(on: today)
    (fact, title, path) = (related.fact, related.title, related.ref.path)
    mark = "rel-" + related.id.text
    self.words = related.words(words)
    self.state = state.rawValue
    strength = String(related.strength)
    let dates = [
      related.since.map { words("since {date}", ["date": TimeWords.date($0, language)]) },
      related.until.map { words("until {date}", ["date": TimeWords.date($0, language)]) },
      state == .past ? words("over", context: "relationship") : state == .coming ? words("to come", context: "relationship") : nil,
    ]
    note = ([PlannedThing.name(related.kind, words), words("strength {n} of 10", ["n": strength])] + dates.compactMap(\.self))
      .joined(separator: " · ")
    notes = related.notes.utf8.isEmpty ? nil : related.notes
    (edit, deletion) = (Paths.editRelationship(related.id), Paths.deletion(related.id))
  }
}

/// The form on the page of a thing that begins a relationship: what it says, and words of what is at its other end. Its controls have no ids, for it
/// stands beside other forms of the kind.
struct NewRelationship {
  let action = Paths.newRelationship
  let from: HiddenField
  let types: [Choice]
  let search: String

  struct Choice {
    let value: String
    let label: String
    let isChosen: Bool
  }

  init(_ thing: ThingRef, _ words: Words, type: String = "", search text: String = "") {
    from = HiddenField(name: "from", value: thing.text)
    let all = RelationshipText.choices(from: thing.kind).map { ($0.text, RelationshipText.verb($0, words)) }
    types = (all + [("", words("is related in words of my own to"))]).map { value, label in
      Choice(value: value, label: label, isChosen: value.utf8.elementsEqual(type.utf8))
    }
    search = text
  }
}

extension [RelatedThing] {
  /// Those of an instance that is not where its series is: without the one that follows the series' place.
  var elsewhere: [RelatedThing] { filter { $0.isOwn || !$0.relationship.utf8.elementsEqual("located_at".utf8) } }
}
