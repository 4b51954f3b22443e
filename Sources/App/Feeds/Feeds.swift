import Domain
import HTML
import Postgres
import Web

/// A person's calendar for other programs: the address that they read it by, and all events as a file.
enum Feeds {
  /// GET /settings/feed
  static func settings(_ web: Context) throws -> Response {
    let feed = try web.read(Feed.mine).first
    return web.list(try FeedPage(feed, web))
  }

  /// POST /settings/feed: makes an address, or another in its place. Answered with the page that shows it, once.
  static func make(_ web: Context) throws -> Change {
    let person = try web.person
    let feed = try web.read(Feed.mine).first
    return try web.takeForm(askingAgain: { try FeedPage(feed, web, $0) }) {
      let draft = try FeedDraft(web.form, web.words)
      let (id, token) = (ID<Feed>.new(at: web.now), Feed.newToken())
      try web.db.run("SELECT door.drop_feed()")
      try web.db.run(
        """
        INSERT INTO feeds (id, user_id, token_hash, include, detail, descriptions, made_at)
        VALUES (\(id), \(person.id), \(Feed.hash(token)), \(draft.parts.map(\.rawValue)), \(draft.detail), \(draft.hasDescriptions), \(web.now))
        """)
      return .page(
        web.page(try FeedMadePage(token, draft, web)), again: Paths.feedSettings,
        did: [AuditEntry("feed.made", Feed.subject, id.text, draft.facts)])
    }
  }

  /// POST /settings/feed/deletion: the address is as if it had never been.
  static func delete(_ web: Context) throws -> Change {
    let feed = try web.read(Feed.mine).first
    try web.db.run("SELECT door.drop_feed()")
    return Change(
      to: Paths.feedSettings, says: web.words("The address of your feed leads nowhere any more."),
      did: feed.map { [AuditEntry("feed.deleted", Feed.subject, $0.id.text)] } ?? [])
  }

  /// GET /ics/:token.ics: no cookie is read, and what leads nowhere is a page that is missing.
  static func read(_ web: Context, _ token: String) throws -> Response {
    guard token.utf8.count == Feed.tokenLength else { throw Failure.notFound }
    return try web.db.transaction { try answer(token, web) }
  }

  private static func answer(_ token: String, _ web: Context) throws -> Response {
    let found = try web.db.row("SELECT user_id, account_id FROM door.feed(\(Feed.hash(token)))", into: OwnerIDs.init)
    guard let owner = found else { throw Failure.notFound }
    try web.act(for: owner.user, of: owner.account)
    let (people, feeds) = try web.db.read(Person.mine(web.services.zones), Feed.mine)
    guard let person = people.first, let feed = feeds.first else { throw Failure.notFound }
    if feed.readAt.map({ web.now.seconds(since: $0) >= Feed.readEvery }) ?? true {
      try web.db.run("UPDATE feeds SET read_at = \(web.now) WHERE id = \(feed.id) AND user_id = (SELECT me())")
    }
    let content = FeedContent(feed, person, web)
    let isBuilt = feed.stamp.utf8.elementsEqual(content.stamp.utf8)
    let bytes: [UInt8]? = try isBuilt ? nil : content.bytes()
    let tag = bytes.map { "\"" + ContentHash.text(of: $0) + "\"" } ?? feed.etag
    if let bytes {
      try web.db.run(
        """
        UPDATE feeds SET stamp = \(content.stamp), etag = \(tag), body = \(bytes) WHERE id = \(feed.id) AND user_id = (SELECT me())
        """)
    }
    if ETag.matches(web.request.headerText("if-none-match"), tag) { return Response(status: 304).tagged(tag) }
    let body: [UInt8] =
      try bytes ?? web.db.value("SELECT body FROM feeds WHERE id = \(feed.id) AND user_id = (SELECT me())", as: [UInt8].self) ?? []
    return Response(status: 200, headers: [("Content-Type", "text/calendar; charset=utf-8")], body: body).tagged(tag)
  }

  /// GET /events/export.ics: all of the person's events, with all that is kept of them.
  static func export(_ web: Context) throws -> Response {
    let person = try web.person
    let bytes: [UInt8] = try web.db.transaction {
      _ = try web.db.rows(Query<Void>.setting(user: person.id, account: person.account, role: person.role))
      let ids = try web.db.rows(
        Query<ID<Event>>(
          column: "SELECT e.id FROM events e WHERE e.user_id = (SELECT me()) AND e.deleted_at IS NULL ORDER BY e.starts_at, e.id"))
      var file = EventPublishing(.export, name: person.displayName, now: web.now)
      try PublishedEvents(web, isWhole: true).add(ids, to: &file)
      return file.bytes
    }
    let today = person.zone.local(web.now).day
    return Response(
      status: 200,
      headers: [
        ("Content-Type", "text/calendar; charset=utf-8"),
        ("Content-Disposition", "attachment; filename=\"heed-events-\(today.iso).ics\""),
      ], body: bytes)
  }
}
