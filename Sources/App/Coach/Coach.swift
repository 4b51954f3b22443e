import Domain
import HTML
import Postgres
import Web

/// The coach's page, the conversations with it, and what people do there.
enum Coach {
  /// GET /coach
  static func list(_ web: Context) throws -> Response {
    let filter = try web.query { query, words throws(FormErrors) in try CoachFilter(query, words) }
    return try web.list { try CoachListPage(filter, web) }
  }

  /// GET /coach/:chat
  static func chat(_ web: Context, _ id: ID<Chat>) throws -> Response {
    // Whose chat it is comes before what is wrong with the address.
    if web.request.query.first("before") != nil, try web.read(Chat.mine(id)).isEmpty { throw Failure.notFound }
    let before = try web.query { query, words throws(FormErrors) in
      var read = FormReader(query, words)
      let number = read.integer("before", 0...Int(Int32.max), 0)
      try read.finish()
      return number == 0 ? nil : number
    }
    return try web.list { try ChatPage(id, before: before, web) }
  }

  /// POST /coach/messages
  static func say(_ web: Context) throws -> Change {
    guard let chat = try named(web) else {
      return try web.takeForm(askingAgain: { try CoachListPage(.all, web, $0) }) { try take(nil, web) }
    }
    return try web.takeForm(askingAgain: { try ChatPage(chat.id, before: nil, web, $0) }) { try take(chat, web) }
  }

  /// The conversation that is named; nil: a new one is begun.
  ///
  /// - Throws: ``Failure/notFound`` for what is no id, and for one that is missing, deleted or somebody else's.
  private static func named(_ web: Context) throws -> Chat? {
    guard let value = web.form.first("conversation"), value != .text("") else { return nil }
    guard case .text(let text) = value, let id = ID<Chat>(text) else { throw Failure.notFound }
    return try Chat.find(id, web)
  }

  private static func take(_ chat: Chat?, _ web: Context) throws -> Change {
    let said = try ChatForm(web.form, web.words).content
    if chat?.status == .archived { throw ChatRefusal.archived }
    let person = try web.person
    let id = chat?.id ?? .new(at: web.now)
    let saying = Chat.saying(said, in: id, isNew: chat == nil, person, web.services, at: web.now)
    try web.db.queue(saying.statements)
    return Change(
      to: Paths.chat(id), says: nil, did: [AuditEntry("chat.said", Chat.subject, id.text)], wakes: saying.isAnswered ? nil : web.now)
  }

  /// POST /coach/:chat/archival
  static func archive(_ web: Context, _ id: ID<Chat>) throws -> Change {
    let chat = try Chat.find(id, web)
    if chat.status == .archived { return Change(to: Paths.chat(id), says: web.words("It is archived already."), did: []) }
    try web.db.queue(["UPDATE chats SET status = 'archived' WHERE id = \(id) AND user_id = (SELECT me())"])
    return Change(
      to: Paths.chat(id), says: web.words("The conversation is archived."), undo: Paths.restoration(id),
      did: [AuditEntry("chat.archived", Chat.subject, id.text)])
  }

  /// POST /coach/:chat/restoration: out of the archive, or back from deletion.
  static func restore(_ web: Context, _ id: ID<Chat>) throws -> Change {
    let person = try web.person
    let changed = try web.db.run(
      """
      UPDATE chats SET status = CASE WHEN deleted_at IS NULL THEN 'active' ELSE status END, deleted_at = NULL
      WHERE id = \(id) AND user_id = (SELECT me()) AND kind = 'coach' AND (status = 'archived' OR deleted_at IS NOT NULL)
      """)
    if changed == 0 {
      _ = try Chat.find(id, web)
      return Change(to: Paths.chat(id), says: web.words("It is there already."), did: [])
    }
    // What was not answered before it was deleted.
    try web.db.queue([ChatWork.asking(for: id, of: person, at: web.now)])
    return Change(
      to: Paths.chat(id), says: web.words("The conversation is back."), did: [AuditEntry("chat.restored", Chat.subject, id.text)],
      wakes: web.now)
  }

  /// POST /coach/:chat/deletion
  static func delete(_ web: Context, _ id: ID<Chat>) throws -> Change {
    _ = try Chat.find(id, web)
    try web.db.queue(["UPDATE chats SET deleted_at = \(web.now) WHERE id = \(id) AND user_id = (SELECT me())"])
    return Change(
      to: Paths.coach, says: web.words("The conversation is deleted."), undo: Paths.restoration(id),
      did: [AuditEntry("chat.deleted", Chat.subject, id.text)])
  }

  /// POST /coach/messages/:message/deletion
  static func deleteMessage(_ web: Context, _ id: ID<CoachMessageRow>) throws -> Change {
    try change(
      id, web, "UPDATE coach_messages SET deleted_at = \(web.now) WHERE id = \(id) AND user_id = (SELECT me()) AND deleted_at IS NULL"
    ) {
      Change(
        to: Paths.coach, says: web.words("The message is deleted."), undo: Paths.restoration(id),
        did: $0 ? [AuditEntry("coach.message_deleted", "coach_message", id.text)] : [])
    }
  }

  /// POST /coach/messages/:message/restoration
  static func restoreMessage(_ web: Context, _ id: ID<CoachMessageRow>) throws -> Change {
    try change(
      id, web,
      "UPDATE coach_messages SET deleted_at = NULL WHERE id = \(id) AND user_id = (SELECT me()) AND deleted_at IS NOT NULL AND text <> ''"
    ) {
      Change(
        to: Paths.coach, says: web.words("The message is back."),
        did: $0 ? [AuditEntry("coach.message_restored", "coach_message", id.text)] : [])
    }
  }

  /// - Throws: ``Failure/notFound`` for a message that is missing or somebody else's.
  private static func change(_ id: ID<CoachMessageRow>, _ web: Context, _ sql: SQL, _ answer: (Bool) -> Change) throws -> Change {
    _ = try web.person
    let isThere: Bool? = try web.db.value("SELECT true FROM coach_messages WHERE id = \(id) AND user_id = (SELECT me()) FOR UPDATE")
    guard isThere != nil else { throw Failure.notFound }
    return answer(try web.db.run(sql) == 1)
  }
}

/// What somebody says to the coach.
struct ChatForm {
  let content: String

  init(_ form: Form, _ words: Words) throws(FormErrors) {
    var read = FormReader(form, words)
    content = read.text("content", bytes: 4_096)
    if !content.unicodeScalars.contains(where: ChatForm.shows) { read.complain("content", words("Fill this in.")) }
    try read.finish()
  }

  private static func shows(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator, .unassigned: false
    default: !scalar.properties.isDefaultIgnorableCodePoint
    }
  }
}

/// What of the coach's words the page shows.
struct CoachFilter {
  enum Show: String, CaseIterable {
    case all
    case complete = "habit_complete"
    case fail = "habit_fail"
    case streak
    case goal = "goal_complete"
    case week = "weekly_analysis"
    case chat
  }

  let show: Show
  /// The row that the page begins after: a message, or of conversations one of those.
  let after: ID<CoachMessageRow>?

  static let all = CoachFilter(show: .all, after: nil)

  private init(show: Show, after: ID<CoachMessageRow>?) { (self.show, self.after) = (show, after) }

  init(_ query: Form, _ words: Words) throws(FormErrors) {
    var read = FormReader(query, words)
    show = read.choice("event", Show.all)
    after = read.after()
    try read.finish()
  }

  var event: CoachEvent? { CoachEvent(rawValue: show.rawValue) }
  var path: Path { Paths.coach.adding("event", show == .all ? nil : show.rawValue) }
}
