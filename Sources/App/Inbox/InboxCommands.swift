import Domain
import HTML
import Postgres
import Web

/// What is done with the inbox, in one transaction. The person's planner is locked before this begins, so two devices wait for each other.
struct InboxCommands {
  let item: InboxItem
  let writing: PlannerWriting

  /// What came of a message.
  struct Capture {
    let items: [ID<InboxItem>]
    /// What the audit log is told: nothing where it was taken before.
    let entries: [AuditEntry]
  }

  /// - Throws: ``Failure/notFound`` when the item is missing, deleted or somebody else's.
  static func find(_ id: ID<InboxItem>, deleted: Bool = false, _ writing: PlannerWriting) throws -> InboxCommands {
    try writing.lock()
    guard let item = try writing.db.row(InboxItem.mine("i.id = \(id)")), deleted || item.deletedAt == nil else { throw Failure.notFound }
    return InboxCommands(item: item, writing: writing)
  }

  // MARK: - Writing down

  /// Writes down a message, or finds that it was taken before.
  ///
  /// - Throws: ``InboxRefusal/otherText``, ``InboxRefusal/full``.
  static func capture(_ message: InboxMessage, _ writing: PlannerWriting) throws -> Capture {
    if let known = try known(message, writing) { return known }
    let open: Int? = try writing.db.value("SELECT open FROM inbox_counts WHERE user_id = (SELECT me())")
    if (open ?? 0) + message.lines.count > InboxItem.mostOpen { throw InboxRefusal.full }
    let session = try ChatSession.taking(message.receivedAt, source: message.source, chat: message.chat, writing)
    let ids = message.lines.map { _ in ID<InboxItem>.new(at: writing.now) }
    guard let first = ids.first, let line = message.lines.first else { return Capture(items: [], entries: []) }
    try writing.db.queue([
      .insert(
        into: "inbox_items", .each("id", ids), .all("user_id", "\(writing.person.id)"), .all("session_id", "\(session)"),
        .all("message_id", "\(first)"), .each("line", Array(1...ids.count)), .all("source", "\(message.source)"),
        .all("client_msg_id", "\(message.clientID)"), .all("message_sha256", "\(message.sha256)"), .each("raw", message.lines),
        .all("received_at", "\(message.receivedAt)"), .all("said_at", "\(message.saidAt)"), .all("created_at", "\(writing.now)"))
    ])
    try note("inbox.captured", first, writing)
    var facts = ["title": InboxItem.short(line, 200), "items": String(ids.count)]
    if let said = message.saidAt { facts["received_at"] = said.iso }
    return Capture(items: ids, entries: [AuditEntry("inbox.captured", InboxItem.subject, first.text, facts)])
  }

  /// What a message became when it came before, deleted items among it; nil: it has not.
  ///
  /// - Throws: ``InboxRefusal/otherText`` where another came by its name.
  static func known(_ message: InboxMessage, _ writing: PlannerWriting) throws -> Capture? {
    try writing.lock()
    guard let client = message.clientID else { return nil }
    let found: [(ID<InboxItem>, [UInt8])] = try writing.db.rows(
      Query(
        tuple: """
          SELECT i.id, i.message_sha256 FROM inbox_items i
          WHERE i.user_id = (SELECT me()) AND i.source = \(message.source) AND i.client_msg_id = \(client) ORDER BY i.line
          """))
    guard let first = found.first else { return nil }
    if first.1 != message.sha256 { throw InboxRefusal.otherText }
    return Capture(items: found.map(\.0), entries: [])
  }

  /// The items of a message, in the order of its lines.
  static func items(of message: ID<InboxItem>, _ db: Connection) throws(PostgresError) -> [ID<InboxItem>] {
    try db.rows(Query(column: "SELECT id FROM inbox_items WHERE user_id = (SELECT me()) AND message_id = \(message) ORDER BY line"))
  }

  /// Keeps the line of which something was made at once, as any that was captured.
  static func keep(_ line: String, as thing: InboxThing, _ writing: PlannerWriting) throws {
    let id = ID<InboxItem>.new(at: writing.now)
    let session = try ChatSession.taking(writing.now, source: "web", chat: "", writing)
    try writing.db.queue([
      """
      INSERT INTO inbox_items (id, user_id, session_id, message_id, line, source, message_sha256, raw, received_at, created_at, became_kind,
        became_id, sorted_at)
      VALUES (\(id), \(writing.person.id), \(session), \(id), 1, 'web', \(Keys.sha256(Array(line.utf8))), \(line), \(writing.now), \(writing.now),
        \(thing.kind), \(thing.id), \(writing.now))
      """
    ])
  }

  /// What somebody wrote that became a task, and when; nil: its form said it.
  static func line(of task: ID<Task>, _ db: Connection) throws(PostgresError) -> (text: String, at: Instant)? {
    let found: (String, Instant)? = try db.row(
      Query(
        tuple: """
          SELECT raw, received_at FROM inbox_items
          WHERE user_id = (SELECT me()) AND became_kind = 'task' AND became_id = \(task) AND NOT joined ORDER BY sorted_at LIMIT 1
          """))
    return found.map { (text: $0.0, at: $0.1) }
  }

  // MARK: - Sorting

  /// Notes what it became; nil: it is thrown away.
  ///
  /// - Throws: ``InboxRefusal/sorted`` for one that is sorted.
  func sort(into thing: InboxThing?, isJoined: Bool = false) throws -> [AuditEntry] {
    let kind = thing?.kind.rawValue ?? "none"
    let count = try writing.db.run(
      """
      UPDATE inbox_items SET became_kind = \(kind), became_id = \(thing?.id), joined = \(isJoined), sorted_at = \(writing.now)
      WHERE id = \(item.id) AND user_id = (SELECT me()) AND became_kind IS NULL AND deleted_at IS NULL
      """)
    if count == 0 { throw InboxRefusal.sorted }
    var facts = ["became": kind]
    if let thing { facts["thing"] = thing.title }
    return try did("inbox.sorted", facts)
  }

  /// Whether it is sorted like that already.
  ///
  /// - Throws: ``InboxRefusal/sorted`` where it is sorted otherwise.
  func isSorted(as choice: InboxChoice, joining target: InboxThing? = nil) throws -> Bool {
    guard let kind = item.becameKind else { return false }
    let isSame =
      switch choice {
      case .join: item.isJoined && target?.id == item.became
      case .nothing: kind == "none"
      default: !item.isJoined && kind == choice.rawValue
      }
    if !isSame { throw InboxRefusal.sorted }
    return true
  }

  /// Gone from the list; for good after 30 days.
  func delete() throws -> [AuditEntry] {
    try writing.db.queue(["UPDATE inbox_items SET deleted_at = \(writing.now) WHERE id = \(item.id) AND user_id = (SELECT me())"])
    return try did("inbox.deleted")
  }

  /// To be sorted again, or back from deletion as it was.
  func restore() throws -> [AuditEntry] {
    let columns: SQL =
      item.deletedAt != nil ? "deleted_at = NULL" : "became_kind = NULL, became_id = NULL, joined = false, sorted_at = NULL"
    try writing.db.queue(["UPDATE inbox_items SET \(columns) WHERE id = \(item.id) AND user_id = (SELECT me())"])
    return try did("inbox.restored")
  }

  private func did(_ action: String, _ facts: [String: String] = [:]) throws -> [AuditEntry] {
    try InboxCommands.note(action, item.id, writing)
    let title = ["title": InboxItem.short(item.raw, 200)]
    return [AuditEntry(action, InboxItem.subject, item.id.text, title.merging(facts) { $1 })]
  }

  /// Notes in the log of events what was done: of a message its first item.
  private static func note(_ action: String, _ item: ID<InboxItem>, _ writing: PlannerWriting) throws(PostgresError) {
    if !writing.person.coach.events { return }
    try writing.db.queue([
      """
      INSERT INTO event_log (id, at, user_id, kind, request_id, thing_kind, thing_id)
      VALUES (\(ID<EventLog.EventRow>.new(at: writing.now)), \(writing.now), \(writing.person.id), \(action), \(writing.request),
        \(InboxItem.subject), \(item))
      """
    ])
  }
}

/// What somebody makes of an item, as the form says it.
enum InboxChoice: String, CaseIterable {
  case task, deadline, goal, problem, reminder, habit, join
  /// It is thrown away.
  case nothing = "none"

  /// nil: nothing new is made of it.
  var kind: InboxLine.Kind? { InboxLine.Kind(rawValue: rawValue) }

  /// Those of which something new is made, in the order of their buttons.
  static let kinds: [InboxLine.Kind] = allCases.compactMap(\.kind)
}

/// Why something cannot be done with the inbox.
enum InboxRefusal: Refusal, Equatable {
  /// Another message came by this name.
  case otherText
  /// Too many are to be sorted.
  case full
  /// It is sorted otherwise.
  case sorted
  /// No line that can be a title became the task.
  case noLine

  func sentence(_ words: Words) -> String {
    switch self {
    case .otherText: words("Another text came under this client_msg_id before. Send this one under another.")
    case .full: words("At most 10,000 items can wait in the inbox. Sort some out first.")
    case .sorted: words("This is sorted already, as something else. Take that back first.")
    case .noLine: words("No line that can be a title became this task. Edit its title instead.")
    }
  }
}
