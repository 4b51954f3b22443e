import Domain
import HTML
import Postgres
import Web

/// The places' pages, forms and buttons.
enum Places {
  /// GET /places
  static func list(_ web: Context) throws -> Response {
    let filter = try web.query { query, words throws(FormErrors) in try PlaceFilter(query, words) }
    return try web.list { try PlaceListPage(PageOf(web.read(filter.rows)), filter, web) }
  }

  /// GET /places/new
  static func new(_ web: Context) throws -> Response {
    _ = try web.person
    return web.page(try PlaceFormPage(web))
  }

  /// POST /places
  static func create(_ web: Context) throws -> Change {
    let writing = try web.plannerWriting
    return try web.takeForm(askingAgain: { try PlaceFormPage(web, $0) }) {
      let draft = try PlaceDraft(web.form, web.reader)
      let outcome = try PlaceCommands.make(draft, writing)
      return Change(
        to: Paths.place(outcome.id), says: web.words("The place “{name}” is kept.", ["name": draft.fields.name]), did: outcome.entries)
    }
  }

  /// GET /places/:place
  static func show(_ web: Context, _ id: ID<Place>) throws -> Response { web.page(try PlacePage(id, web)) }

  /// GET /places/:place/edit
  static func edit(_ web: Context, _ id: ID<Place>) throws -> Response {
    guard let place = try web.read(Place.mine("p.id = \(id)")).first else { throw Failure.notFound }
    return web.page(try PlaceFormPage(web, stored: place))
  }

  /// POST /places/:place
  static func save(_ web: Context, _ id: ID<Place>) throws -> Change {
    let commands = try PlaceCommands.find(id, web.plannerWriting)
    return try web.takeForm(askingAgain: { try PlaceFormPage(web, $0, stored: commands.place) }) {
      let outcome = try commands.save(PlaceDraft(web.form, stored: commands.place, web.reader))
      return Change(to: Paths.place(id), says: web.words("Saved."), did: outcome.entries)
    }
  }

  /// POST /places/:place/deletion
  static func delete(_ web: Context, _ id: ID<Place>) throws -> Change {
    let commands = try PlaceCommands.find(id, web.plannerWriting)
    let outcome = try commands.delete()
    return Change(
      to: Paths.places, says: web.words("“{name}” is deleted.", ["name": commands.place.name]), undo: outcome.undo, did: outcome.entries)
  }

  /// POST /trash/place/:place/restoration
  static func restore(_ web: Context, _ id: ID<Place>) throws -> Change {
    let outcome = try PlaceCommands.restore(id, web.plannerWriting)
    return Change(
      to: web.back(or: Paths.place(id)), says: outcome.isNothing ? web.words("It was so already.") : web.words("The place is back."),
      did: outcome.entries)
  }

  /// Places that are read at once.
  private static let slice = 500

  /// GET /places/export.csv: what the list shows, all pages of it.
  static func export(_ web: Context) throws -> Response {
    let filter = try web.query { query, words throws(FormErrors) in try PlaceFilter(query, words) }
    return try web.download("heed-places.csv", "text/csv; charset=utf-8") { db, sink in
      let ids: [ID<Place>] = try db.rows(
        Query(
          column: """
            SELECT p.id FROM places p WHERE p.user_id = (SELECT me()) AND p.deleted_at IS NULL AND \(filter.which) ORDER BY p.name_norm, p.id
            """))
      let names: [String] = try db.rows(
        Query(
          column: """
            SELECT DISTINCT k FROM places p CROSS JOIN LATERAL jsonb_object_keys(p.metadata) k
            WHERE p.id = ANY (\(ids)) AND p.user_id = (SELECT me()) ORDER BY 1 LIMIT 1000
            """))
      var writer = PlaceTableWriter(metadata: names)
      try sink(writer.take())
      for start in stride(from: 0, to: ids.count, by: slice) {
        let some = Array(ids[start..<min(start + slice, ids.count)])
        let places = try db.rows(Place.mine("p.id = ANY (\(some)) ORDER BY p.name_norm, p.id"))
        for place in places { writer.write(place.fields, id: place.id.text) }
        try sink(writer.take())
      }
    }
  }
}
