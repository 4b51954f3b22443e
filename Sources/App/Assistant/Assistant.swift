import Domain
import HTML
import Postgres
import Web

/// The assistant's pages, and what people do there (RULES 9.11).
enum Assistant {
  /// GET /assistant
  static func show(_ web: Context) throws -> Response {
    let filter = try web.query { query, words throws(FormErrors) in try AssistantFilter(query, words) }
    return try web.list { try AssistantPage(filter, web) }
  }

  /// GET /assistant/:talk
  static func read(_ web: Context, _ id: ID<Chat>) throws -> Response {
    // Whose it is comes before what is wrong with the address.
    if web.request.query.first("before") != nil, try web.read(Chat.mine(id, .assistant)).isEmpty { throw Failure.notFound }
    let before = try web.query { query, words throws(FormErrors) in
      var read = FormReader(query, words)
      let number = read.integer("before", 0...Int(Int32.max), 0)
      try read.finish()
      return number == 0 ? nil : number
    }
    return try web.list { try AssistantPage(of: id, before: before, web) }
  }

  /// POST /assistant/messages
  static func say(_ web: Context) throws -> Change {
    guard let chat = try named(web) else {
      return try web.takeForm(askingAgain: { try AssistantPage(.new, web, $0) }) { try take(nil, web) }
    }
    return try web.takeForm(askingAgain: { try AssistantPage(of: chat.id, before: nil, web, $0) }) { try take(chat, web) }
  }

  /// The conversation that is named; nil: a new one is begun.
  ///
  /// - Throws: ``Failure/notFound`` for what is no id, and for one that is missing, deleted or somebody else's.
  private static func named(_ web: Context) throws -> Chat? {
    guard let value = web.form.first("conversation"), value != .text("") else { return nil }
    guard case .text(let text) = value, let id = ID<Chat>(text) else { throw Failure.notFound }
    return try Chat.find(id, web, .assistant)
  }

  private static func take(_ chat: Chat?, _ web: Context) throws -> Change {
    let said = try ChatForm(web.form, web.words).content
    if chat?.status == .archived { throw ChatRefusal.archived }
    let person = try web.person
    try refuseMore(web, person)
    let id = chat?.id ?? .new(at: web.now)
    let saying = AssistantExchange.saying(said, in: id, isNew: chat == nil, person, web.services, at: web.now)
    try web.db.queue(saying.statements)
    return Change(
      to: Paths.assistant(id), says: nil, did: [AuditEntry("assistant.said", Chat.subject, id.text)],
      wakes: saying.isAnswered ? nil : web.now)
  }

  /// Two messages that come at once wait for each other, so that both are counted.
  ///
  /// - Throws: ``FormErrors`` that say when there may be another one.
  private static func refuseMore(_ web: Context, _ person: Person) throws {
    try web.db.run("SELECT pg_advisory_xact_lock(hashtextextended('assistant ' || me()::text, 0))")
    let lately = try web.db.read(AssistantExchange.lately(web.now))
    guard lately.count >= AssistantExchange.mostAnHour, let oldest = lately.last else { return }
    let free = person.zone.local(oldest.advanced(hours: 1).advanced(seconds: 59)).time
    throw FormErrors(
      "content",
      web.words(
        "You have asked 20 times within an hour, which is as often as the assistant answers. Ask again at {time}.", ["time": free.text]))
  }

  /// POST /assistant/:talk/stop: ends the answer that is being made. A message behind it gets its turn.
  static func stop(_ web: Context, _ id: ID<Chat>) throws -> Change {
    _ = try Chat.find(id, web, .assistant)
    let changed = try web.db.run(
      """
      UPDATE chat_messages SET stopped_at = \(web.now) WHERE chat_id = \(id) AND user_id = (SELECT me()) AND answer IS NULL AND stopped_at IS NULL
        AND number = (SELECT min(m.number) FROM chat_messages m
          WHERE m.chat_id = \(id) AND m.user_id = (SELECT me()) AND m.answer IS NULL AND m.stopped_at IS NULL)
      """)
    if changed == 0 { return Change(to: Paths.assistant(id), says: web.words("There is nothing to stop."), did: []) }
    return Change(
      to: Paths.assistant(id), says: web.words("Stopped."), did: [AuditEntry("assistant.stopped", Chat.subject, id.text)], wakes: web.now)
  }

  /// POST /assistant/:talk/archival
  static func archive(_ web: Context, _ id: ID<Chat>) throws -> Change {
    let chat = try Chat.find(id, web, .assistant)
    if chat.status == .archived { return Change(to: Paths.assistant(id), says: web.words("It is archived already."), did: []) }
    try web.db.queue(["UPDATE chats SET status = 'archived' WHERE id = \(id) AND user_id = (SELECT me())"])
    return Change(
      to: Paths.assistant(id), says: web.words("The conversation is archived."), undo: Paths.assistantRestoration(id),
      did: [AuditEntry("assistant.archived", Chat.subject, id.text)])
  }

  /// POST /assistant/:talk/restoration: out of the archive, or back from deletion.
  static func restore(_ web: Context, _ id: ID<Chat>) throws -> Change {
    let person = try web.person
    let changed = try web.db.run(
      """
      UPDATE chats SET status = CASE WHEN deleted_at IS NULL THEN 'active' ELSE status END, deleted_at = NULL
      WHERE id = \(id) AND user_id = (SELECT me()) AND kind = 'assistant' AND (status = 'archived' OR deleted_at IS NOT NULL)
      """)
    if changed == 0 {
      _ = try Chat.find(id, web, .assistant)
      return Change(to: Paths.assistant(id), says: web.words("It is there already."), did: [])
    }
    // What was not answered before it was deleted.
    try web.db.queue([AssistantWork.asking(for: id, of: person, at: web.now)])
    return Change(
      to: Paths.assistant(id), says: web.words("The conversation is back."), did: [AuditEntry("assistant.restored", Chat.subject, id.text)],
      wakes: web.now)
  }

  /// POST /assistant/:talk/deletion
  static func delete(_ web: Context, _ id: ID<Chat>) throws -> Change {
    _ = try Chat.find(id, web, .assistant)
    try web.db.queue(["UPDATE chats SET deleted_at = \(web.now) WHERE id = \(id) AND user_id = (SELECT me())"])
    return Change(
      to: Paths.assistant, says: web.words("The conversation is deleted."), undo: Paths.assistantRestoration(id),
      did: [AuditEntry("assistant.deleted", Chat.subject, id.text)])
  }
}

/// Which conversations the assistant's page lists, and whether it begins another.
struct AssistantFilter {
  let status: ChatStatus
  let isNew: Bool
  /// The one that the page begins behind.
  let after: ID<Chat>?

  /// A field for something new, beside those that go on.
  static let new = AssistantFilter(status: .active, isNew: true, after: nil)

  private init(status: ChatStatus, isNew: Bool, after: ID<Chat>?) { (self.status, self.isNew, self.after) = (status, isNew, after) }

  init(_ query: Form, _ words: Words) throws(FormErrors) {
    var read = FormReader(query, words)
    status = read.choice("state", ChatStatus.active)
    isNew = read.isOn("new")
    after = read.after()
    try read.finish()
  }

  /// The same list.
  var path: Path { Paths.assistant.adding("state", status == .active ? nil : status.rawValue) }
}
