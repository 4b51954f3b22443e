import Domain
import HTML
import Postgres
import Web

/// The sources' pages, forms and buttons.
enum Sources {
  /// GET /sources
  static func list(_ web: Context) throws -> Response {
    let filter = try web.query { query, words throws(FormErrors) in try SourceFilter(query, words) }
    let (found, counts) = try web.read(filter.rows(at: web.now), SourceCounts.ours(at: web.now))
    return web.list(try SourceListPage(PageOf(found), counts.first ?? .none, filter, web))
  }

  /// GET /sources/new: `text` is what its box begins with.
  static func new(_ web: Context) throws -> Response {
    web.page(try SourceFormPage(web, try web.offered("text")))
  }

  /// POST /sources
  static func create(_ web: Context) throws -> Change {
    let person = try web.person
    return try web.takeForm(askingAgain: { try SourceFormPage(web, $0) }) {
      let draft = try SourceDraft(web.form, web.reader)
      let id = ID<SourceDocument>.new(at: web.now)
      try draft.make(id, of: person.account, at: web.now, web.words, web.db)
      return Change(
        to: Paths.source(id),
        says: draft.isFetched
          ? web.words("“{title}” is being fetched.", ["title": draft.title])
          : web.words("“{title}” can be found from now on.", ["title": draft.title]),
        did: [AuditEntry("source.made", SourceDocument.subject, id.text, ["title": draft.title]).shared],
        wakes: draft.isFetched ? web.now : nil)
    }
  }

  /// GET /sources/:source
  static func show(_ web: Context, _ id: ID<SourceDocument>) throws -> Response {
    let (sources, passages, used) = try web.read(
      SourceDocument.ours("s.id = \(id)", at: web.now), StoredPassage.of(id), SourceDocument.used(id))
    guard let source = sources.first else { throw Failure.notFound }
    return web.page(try SourcePage(source, passages, used: used.first ?? 0, web))
  }

  /// GET /sources/:source/edit
  static func edit(_ web: Context, _ id: ID<SourceDocument>) throws -> Response {
    guard let source = try web.read(SourceDocument.ours("s.id = \(id)", at: web.now)).first else { throw Failure.notFound }
    return web.page(try SourceFormPage(web, stored: source))
  }

  /// POST /sources/:source
  static func save(_ web: Context, _ id: ID<SourceDocument>) throws -> Change {
    let commands = try SourceCommands.find(id, web)
    return try web.takeForm(askingAgain: { try SourceFormPage(web, $0, stored: commands.source) }) {
      let draft = try SourceDraft(web.form, stored: commands.source, web.reader)
      if let url = draft.url { try refuseTaken(url, but: id, web) }
      return Change(to: Paths.source(id), says: web.words("Saved."), did: try commands.save(draft), wakes: draft.isFetched ? web.now : nil)
    }
  }

  /// POST /sources/:source/refresh
  static func refresh(_ web: Context, _ id: ID<SourceDocument>) throws -> Change {
    let entries = try SourceCommands.find(id, web).refresh()
    return Change(
      to: Paths.source(id), says: web.words("Its address is being looked at. Reload this page to see what came of it."), did: entries,
      wakes: web.now)
  }

  /// POST /sources/:source/deletion
  static func delete(_ web: Context, _ id: ID<SourceDocument>) throws -> Change {
    let commands = try SourceCommands.find(id, web)
    return Change(
      to: Paths.sources, says: web.words("“{name}” is deleted.", ["name": commands.source.title]), undo: Paths.restoration(id),
      did: try commands.delete())
  }

  /// POST /sources/:source/restoration
  static func restore(_ web: Context, _ id: ID<SourceDocument>) throws -> Change {
    Change(to: Paths.source(id), says: web.words("The source is back."), did: try SourceCommands.restore(id, web))
  }

  private static func refuseTaken(_ url: String, but id: ID<SourceDocument>, _ web: Context) throws {
    let isTaken: Bool? = try web.db.value(
      "SELECT true FROM sources WHERE account_id = (SELECT my_account()) AND url = \(url) AND id <> \(id) AND deleted_at IS NULL")
    if isTaken == true { throw FormErrors("url", web.words("There is a source with this address already.")) }
  }
}
