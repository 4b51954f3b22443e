import Domain
import HTML
import Postgres
import Web

/// A saved reply as its form says it.
struct SavedReplyDraft {
  let title: String
  let text: String
  /// nil: a new one's form has none.
  let version: Int?

  init(_ form: Form, isNew: Bool, _ words: Words) throws(FormErrors) {
    var read = FormReader(form, words)
    title = read.line("title", 1...100)
    text = read.text("text", bytes: SavedText.longest)
    version = isNew ? nil : read.version()
    if !text.utf8.contains(where: { $0 > 32 }) { read.complain("text", words("Fill this in.")) }
    do throws(SavedReply.Complaint) {
      _ = try SavedReply(text)
    } catch {
      switch error {
      case .unknown(let name):
        let known = SavedReply.Field.allCases.map { "{{\($0.rawValue)}}" }.joined(separator: ", ")
        read.complain("text", words("Nothing is called “{name}”. These can be filled in: {known}.", ["name": name, "known": known]))
      case .unclosed: read.complain("text", words("Two opening braces need two closing ones in the same line."))
      }
    }
    try read.finish()
  }
}

/// Texts that are kept for answers: their list, their forms and buttons.
enum SavedReplies {
  /// GET /saved-replies: `text` is what the box of a new one begins with.
  static func list(_ web: Context) throws -> Response {
    let offered = try web.offered("text")
    // All stand on one page: behind any of them there is no other.
    try web.query { query, words throws(FormErrors) -> Void in
      var read = FormReader(query, words)
      _ = read.after(as: SavedText.self)
      try read.finish()
    }
    let (rows) = try web.read(SavedText.ours("true"))
    return web.list(try SavedReplyListPage(rows, web, offered))
  }

  /// GET /saved-replies/:saved
  static func show(_ web: Context, _ id: ID<SavedText>) throws -> Response {
    guard let saved = try web.read(SavedText.ours("s.id = \(id)")).first else { throw Failure.notFound }
    return web.page(try SavedReplyPage(saved, web))
  }

  /// POST /saved-replies
  static func create(_ web: Context) throws -> Change {
    let person = try web.person
    let rows = try web.db.rows(SavedText.ours("true"))
    return try web.takeForm(askingAgain: { try SavedReplyListPage(rows, web, $0) }) {
      let draft = try SavedReplyDraft(web.form, isNew: true, web.words)
      if rows.count >= SavedText.most {
        throw FormErrors("title", web.words("There are {n} already. Delete one first.", ["n": String(SavedText.most)]))
      }
      let id = ID<SavedText>.new(at: web.now)
      try web.db.queue([
        """
        INSERT INTO saved_replies (id, account_id, author_id, author_name, title, text, created_at, updated_at)
        VALUES (\(id), \(person.account), \(person.id), \(person.displayName), \(draft.title), \(draft.text), \(web.now), \(web.now))
        """
      ])
      return Change(
        to: Paths.savedReplies, says: web.words("“{title}” can be inserted into answers from now on.", ["title": draft.title]),
        did: [entry("saved_reply.made", id, draft.title)])
    }
  }

  /// POST /saved-replies/:saved
  static func save(_ web: Context, _ id: ID<SavedText>) throws -> Change {
    let stored = try find(id, web)
    return try web.takeForm(askingAgain: { try SavedReplyPage(stored, web, $0) }) {
      let draft = try SavedReplyDraft(web.form, isNew: false, web.words)
      guard draft.version == stored.version else { throw StaleForm() }
      let isSame = draft.title.utf8.elementsEqual(stored.title.utf8) && draft.text.utf8.elementsEqual(stored.text.utf8)
      if isSame { return Change(to: Paths.savedReplies, says: web.words("Saved."), did: []) }
      try web.db.queue([
        """
        UPDATE saved_replies SET title = \(draft.title), text = \(draft.text), version = version + 1, updated_at = \(web.now) WHERE id = \(id)
        """
      ])
      return Change(to: Paths.savedReplies, says: web.words("Saved."), did: [entry("saved_reply.changed", id, draft.title)])
    }
  }

  /// POST /saved-replies/:saved/deletion
  static func delete(_ web: Context, _ id: ID<SavedText>) throws -> Change {
    let stored = try find(id, web)
    try web.db.queue(["UPDATE saved_replies SET deleted_at = \(web.now), updated_at = \(web.now) WHERE id = \(id)"])
    return Change(
      to: Paths.savedReplies, says: web.words("“{name}” is deleted.", ["name": stored.title]), undo: Paths.restoration(id),
      did: [entry("saved_reply.deleted", id, stored.title)])
  }

  /// POST /saved-replies/:saved/restoration
  static func restore(_ web: Context, _ id: ID<SavedText>) throws -> Change {
    let person = try web.person
    let back: (String, ID<User>?)? = try web.db.row(
      Query(
        tuple: """
          SELECT title, author_id FROM saved_replies WHERE id = \(id) AND account_id = (SELECT my_account()) AND deleted_at IS NOT NULL FOR UPDATE
          """))
    guard let (title, author) = back else {
      _ = try find(id, web)
      return Change(to: Paths.savedReplies, says: web.words("It is back."), did: [])
    }
    if person.role == .agent, author != person.id { throw Failure.forbidden }
    try web.db.queue(["UPDATE saved_replies SET deleted_at = NULL, updated_at = \(web.now) WHERE id = \(id)"])
    return Change(to: Paths.savedReplies, says: web.words("It is back."), did: [entry("saved_reply.restored", id, title)])
  }

  /// Locked; one that they may not change is as forbidden as another role's form.
  private static func find(_ id: ID<SavedText>, _ web: Context) throws -> SavedText {
    let person = try web.person
    let lock = Query<ID<SavedText>>(
      column: "SELECT id FROM saved_replies WHERE id = \(id) AND account_id = (SELECT my_account()) FOR UPDATE")
    guard let stored = try web.db.read(lock, SavedText.ours("s.id = \(id)")).1.first else { throw Failure.notFound }
    guard stored.canBeChanged(by: person) else { throw Failure.forbidden }
    return stored
  }

  private static func entry(_ action: String, _ id: ID<SavedText>, _ title: String) -> AuditEntry {
    AuditEntry(action, SavedText.subject, id.text, ["title": title]).shared
  }
}
