import Domain
import HTML
import Postgres
import Web

/// Links between things of the planner: their forms.
enum Links {
  /// GET /links/new
  static func new(_ web: Context) throws -> Response {
    let query = try web.query { query, words throws(FormErrors) in try LinkQuery(query, words) }
    return web.page(try page(query, web))
  }

  private static func page(_ query: LinkQuery, _ web: Context, _ state: FormState = .fresh) throws -> LinkChoicePage {
    _ = try web.person
    guard let from = query.from else { throw Failure.notFound }
    let (things, found) = try web.read(PlannedThing.some([from.id]), query.things(from))
    guard let thing = things.first(where: { $0.ref == from }) else { throw Failure.notFound }
    return try LinkChoicePage(thing, query, found, web, state)
  }

  /// POST /links
  static func create(_ web: Context) throws -> Change {
    let writing = try web.plannerWriting
    guard let from = web.form.text("from").flatMap({ ThingRef($0) }) else {
      throw Failure.misread(web.words("Choose one of your tasks, goals or problems."))
    }
    var read = FormReader(web.form, web.words)
    let word = read.picked("type", as: LinkWord.self)
    let to = ThingRef(read.raw("to"))
    if to == nil { read.complain("to", web.words("Choose one of your tasks, goals or problems.")) }
    let query = LinkQuery(from: from, type: word ?? .dependsOn, search: "")
    return try web.takeForm(askingAgain: { try page(query, web, $0) }) {
      let (kind, end) = (try read.finish(word), try read.finish(to))
      do {
        let outcome = try LinkCommands(writing: writing).make(kind, from: from, to: end)
        let names: KeyValuePairs = ["from": outcome.from, "to": outcome.to]
        let says = outcome.isNew ? web.words("“{from}” and “{to}” are linked.", names) : web.words("They are linked like that already.")
        return Change(to: from.path, says: says, undo: outcome.undo, did: outcome.entries)
      } catch {
        guard let refusal = error as? LinkRefusal else { throw error }
        throw FormErrors("to", refusal.sentence(web.words))
      }
    }
  }

  /// POST /links/:link/deletion
  static func delete(_ web: Context, _ id: ID<EntityLink>) throws -> Change {
    let writing = try web.plannerWriting
    let next = web.form.text("next").flatMap { Path(ofPage: $0) }
    let (outcome, link) = try LinkCommands(writing: writing).delete(id, back: next)
    return Change(
      to: next ?? ThingRef(link.fromKind, link.from).path,
      says: web.words("“{from}” and “{to}” are not linked any more.", ["from": outcome.from, "to": outcome.to]), undo: outcome.undo,
      did: outcome.entries)
  }
}
