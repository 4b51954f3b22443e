import Domain
import HTML
import Postgres
import Web

/// Relationships between people, places, events, tasks and deadlines: their forms.
enum Relationships {
  /// GET /relationships/new
  static func new(_ web: Context) throws -> Response {
    let query = try web.query { query, words throws(FormErrors) in try RelationshipQuery(query, words) }
    return web.page(try page(query, web))
  }

  private static func page(_ query: RelationshipQuery, _ web: Context, _ state: FormState = .fresh) throws -> RelationshipChoicePage {
    _ = try web.person
    guard let from = query.from else { throw Failure.notFound }
    let (things, found) = try web.read(PlannedThing.some([from.id]), query.things(from))
    guard let thing = things.first(where: { $0.ref == from }) else { throw Failure.notFound }
    return try RelationshipChoicePage(thing, query, found, web, state)
  }

  /// POST /relationships
  static func create(_ web: Context) throws -> Change {
    let writing = try web.plannerWriting
    guard let from = web.form.text("from").flatMap({ ThingRef($0) }) else { throw Failure.misread(RelationshipText.missing(web.words)) }
    let to = web.form.firstFilled("to").flatMap { value -> ThingRef? in if case .text(let text) = value { ThingRef(text) } else { nil } }
    // Whether both are there comes before what is said of them.
    let found = try writing.db.rows(PlannedThing.some([from.id] + (to.map { [$0.id] } ?? [])))
    guard found.contains(where: { $0.ref == from }), to == nil || found.contains(where: { $0.ref == to }) else { throw Failure.notFound }
    let query = RelationshipQuery(from: from, to: to, type: web.form.text("relationship") ?? "", search: "")
    return try web.takeForm(askingAgain: { try page(query, web, $0) }) {
      let draft = try RelationshipDraft(web.form, from: from, to: to, web.reader)
      let outcome = try complaining(web) { try RelationshipCommands(writing: writing).make(draft.said, draft.details) }
      return Change(
        to: web.back(or: from.path), says: RelationshipOutcomeText(outcome, from: from.id, web.words).made, undo: outcome.undo,
        did: outcome.entries)
    }
  }

  /// GET /relationships/:relationship/edit
  static func edit(_ web: Context, _ id: ID<Relationship>) throws -> Response {
    web.page(try form(id, web))
  }

  private static func form(_ id: ID<Relationship>, _ web: Context, _ state: FormState = .fresh) throws -> RelationshipFormPage {
    let found = try web.read(StoredRelationship.mine("r.id = \(id)"))
    guard let stored = found.first else { throw Failure.notFound }
    let things = try web.read(PlannedThing.some([stored.from, stored.to]))
    guard let from = things.first(where: { $0.ref == stored.fromRef }), let to = things.first(where: { $0.ref == stored.toRef }) else {
      throw Failure.notFound
    }
    return try RelationshipFormPage(stored, from, to, web, state)
  }

  /// POST /relationships/:relationship
  static func save(_ web: Context, _ id: ID<Relationship>) throws -> Change {
    let commands = RelationshipCommands(writing: try web.plannerWriting)
    let stored = try commands.find(id)
    let things = try web.db.rows(PlannedThing.some([stored.from, stored.to]))
    guard things.count == 2 else { throw Failure.notFound }
    return try web.takeForm(askingAgain: { try form(id, web, $0) }) {
      let draft = try RelationshipDraft(web.form, from: stored.fromRef, to: stored.toRef, stored: stored, web.reader)
      let outcome = try complaining(web) { try commands.save(id, draft) }
      return Change(
        to: web.back(or: stored.fromRef.path), says: RelationshipOutcomeText(outcome, from: stored.from, web.words).saved,
        did: outcome.entries)
    }
  }

  /// POST /relationships/:relationship/deletion
  static func delete(_ web: Context, _ id: ID<Relationship>) throws -> Change {
    let next = web.form.text("next").flatMap { Path(ofPage: $0) }
    let outcome = try RelationshipCommands(writing: try web.plannerWriting).delete(id, back: next)
    return Change(
      to: next ?? outcome.said.from.path, says: RelationshipOutcomeText(outcome, from: outcome.said.from.id, web.words).gone,
      undo: outcome.undo, did: outcome.entries)
  }

  /// Makes a complaint of a form of what cannot be.
  private static func complaining(_ web: Context, _ make: () throws -> RelationshipOutcome) throws -> RelationshipOutcome {
    do {
      return try make()
    } catch {
      guard let refusal = error as? RelationshipRefusal else { throw error }
      throw FormErrors(refusal.field, refusal.sentence(web.words))
    }
  }
}

/// What was done to a relationship, in words.
struct RelationshipOutcomeText {
  private let outcome: RelationshipOutcome
  private let words: Words
  /// "“Ana” manages “Bea”."
  private let sentence: String

  /// - Parameter thing: the end that it is said of.
  init(_ outcome: RelationshipOutcome, from thing: ID<Thing>, _ words: Words) {
    (self.outcome, self.words) = (outcome, words)
    let other = outcome.said.other(than: thing)
    sentence = words(
      "“{from}” {verb} “{to}”.",
      ["from": outcome.name(thing), "verb": RelationshipText.verb(outcome.said, from: thing, words), "to": outcome.name(other.id)])
  }

  var made: String {
    if outcome.isNew { return ([sentence] + notices).joined(separator: " ") }
    return outcome.entries.isEmpty
      ? words("They are related like that already.") : words("They are related like that already. What you typed of it is kept.")
  }

  var saved: String { outcome.entries.isEmpty ? words("It was so already.") : ([sentence] + notices).joined(separator: " ") }

  var gone: String { words("Taken away: {sentence}", ["sentence": sentence]) }

  private var notices: [String] {
    [
      outcome.hasOpposite ? words("The same is said the other way round: both stand.") : nil,
      outcome.isInstead ? words("It stands in the place of what was said before.") : nil,
    ].compactMap(\.self)
  }
}
