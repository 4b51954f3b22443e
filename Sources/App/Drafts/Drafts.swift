import Domain
import HTML
import Postgres
import Web

/// The review page of a draft and what can be done on it.
enum Drafts {
  /// GET /drafts/:draft
  static func show(_ web: Context, _ id: ID<Draft>) throws -> Response {
    guard let details = try web.read(DraftDetails.reading(id, at: web.now)) else { throw Failure.notFound }
    return web.page(try DraftPage(details, web)).framing()
  }

  /// POST /drafts/:draft/approval
  static func approve(_ web: Context, _ id: ID<Draft>) throws -> Change {
    let commands = try DraftCommands.find(id, web)
    try AnswerAgain.check(id, about: commands.conversation, web)
    return try take(web, id) {
      let form = try AnswerForm(web.form, web.reader, of: commands.details, isDraft: true)
      let entries = try commands.approve(form)
      let seconds = commands.details.settings.undoSeconds
      return Change(
        to: try next(after: id, web), says: leaving(seconds, web.words), undo: seconds > 0 ? Paths.undo(id) : nil, did: entries,
        wakes: web.now.advanced(seconds: Int64(seconds)))
    }
  }

  /// POST /drafts/:draft/rejection
  static func reject(_ web: Context, _ id: ID<Draft>) throws -> Change {
    let commands = try DraftCommands.find(id, web)
    return try take(web, id, .rejection) {
      var read = FormReader(web.form, web.words)
      let version = read.version()
      let (reason, note) = (read.choice("reason", Draft.Reason.other), read.text("note", bytes: 2_000))
      let opened = AnswerForm.opened(&read)
      try read.finish()
      return Change(
        to: try next(after: id, web), says: web.words("The draft is rejected. Nothing was sent."),
        did: try commands.reject(version: version, reason, note: note, openedAt: opened))
    }
  }

  /// POST /drafts/:draft/regeneration
  static func regenerate(_ web: Context, _ id: ID<Draft>) throws -> Change {
    let commands = try DraftCommands.find(id, web)
    return try take(web, id, .regeneration) {
      var read = FormReader(web.form, web.words)
      let (version, instruction) = (read.version(), read.text("instruction", bytes: 2_000))
      try read.finish()
      let (made, entries) = try commands.regenerate(version: version, instruction)
      return Change(to: Paths.draft(made), says: web.words("Another draft is being written."), did: entries, wakes: web.now)
    }
  }

  /// POST /drafts/:draft: keeps what was typed.
  static func keep(_ web: Context, _ id: ID<Draft>) throws -> Change {
    let commands = try DraftCommands.find(id, web)
    return try take(web, id) {
      var read = FormReader(web.form, web.words)
      let (version, text) = (read.version(), read.text("text", bytes: Draft.longest))
      if !text.utf8.contains(where: { $0 > 32 }) { read.complain("text", web.words("Write the answer.")) }
      try read.finish()
      return Change(
        to: Paths.draft(id), says: web.words("Your text is kept. Nothing was sent."), did: try commands.keep(version: version, text))
    }
  }

  /// POST /drafts/:draft/claim
  static func claim(_ web: Context, _ id: ID<Draft>) throws -> Change {
    let commands = try DraftCommands.find(id, web)
    return Change(to: Paths.draft(id), says: web.words("It is yours for ten minutes."), did: try commands.claim())
  }

  /// POST /drafts/:draft/release
  static func release(_ web: Context, _ id: ID<Draft>) throws -> Change {
    let commands = try DraftCommands.find(id, web)
    return Change(to: Paths.draft(id), says: web.words("Anybody may take it now."), did: try commands.release())
  }

  /// POST /drafts/:draft/undo
  static func undo(_ web: Context, _ id: ID<Draft>) throws -> Change {
    let commands = try DraftCommands.find(id, web)
    return try take(web, id) {
      Change(to: Paths.draft(id), says: web.words("Nothing was sent. The draft is as you left it."), did: try commands.undo())
    }
  }

  /// POST /drafts/:draft/confirmation
  static func confirm(_ web: Context, _ id: ID<Draft>) throws -> Change {
    let commands = try DraftCommands.find(id, web)
    return try take(web, id) {
      var read = FormReader(web.form, web.words)
      let version = read.version()
      let seen = ID<DeskMessage>(read.raw("seen"))
      try read.finish()
      return Change(
        to: Paths.draft(id), says: web.words("The answer is on its way."), did: try commands.confirm(version: version, seen: seen),
        wakes: web.now)
    }
  }

  /// POST /drafts/:draft/retry
  static func retry(_ web: Context, _ id: ID<Draft>) throws -> Change {
    let commands = try DraftCommands.find(id, web)
    return try take(web, id, .retry) {
      var read = FormReader(web.form, web.words)
      let to = AnswerForm.others(&read)
      try read.finish()
      if commands.conversation.state == .spam { throw DraftConflict.decided }
      guard let sent = commands.draft.message, let message = try commands.details.message(sent, web.db) else {
        throw DraftConflict.decided
      }
      let answer = AnswerCommands(
        message: message, conversation: commands.conversation, person: commands.person, now: web.now, db: web.db)
      guard try answer.retry(to: to) else { throw message.sending == .sent ? DraftConflict.sent : DraftConflict.decided }
      return Change(
        to: Paths.draft(id), says: web.words("It is sent again."),
        did: [AuditEntry("draft.retried", Draft.subject, id.text, ["subject": commands.conversation.subject]).shared], wakes: web.now)
    }
  }

  /// POST /drafts/:draft/preview
  static func preview(_ web: Context, _ id: ID<Draft>) throws -> Response {
    guard let details = try web.read(DraftDetails.reading(id, at: web.now)) else { throw Failure.notFound }
    var read = FormReader(web.form, web.words)
    let text = details.thread.inserting(into: read.text("text", bytes: Draft.longest), &read, by: try web.person)
    if text.utf8.count > Draft.longest {
      read.complain("text", web.words("This is too long: at most {n} bytes fit.", ["n": String(Draft.longest)]))
    }
    let typed = web.form.with("text", text, without: "saved", keeping: AnswerForm.fields)
    let state: FormState = read.errors.isEmpty ? .shown(typed) : .refused(web.form, read.errors)
    return web.page(try DraftPage(details, web, state, preview: read.errors.isEmpty ? text : nil), status: state.status).framing()
  }

  /// GET /drafts/:draft/diff.json
  static func diff(_ web: Context, _ id: ID<Draft>) throws -> Response {
    let stored = Query<String?>(
      column: """
        SELECT x.diff FROM drafts d JOIN LATERAL (
          SELECT diff FROM decisions WHERE draft_id = d.id AND action IN ('approve', 'edit') ORDER BY number DESC LIMIT 1) x ON true
        WHERE d.id = \(id) AND d.account_id = (SELECT my_account()) AND d.action IN ('approve', 'edit')
        """)
    let (found, drafts) = try web.read(stored, Draft.ours("d.id = \(id)"))
    guard let draft = drafts.first, let diff = found.first else { throw Failure.notFound }
    let json = diff ?? StoredDiff(from: draft.generated, to: draft.generated) { Keys.sha256($0) }.json
    return Response(status: 200, headers: [("Content-Type", "application/json")], body: Array(json.utf8))
  }

  /// GET /drafts/next: 303 to the next that nobody else holds.
  static func next(_ web: Context) throws -> Response {
    let filter = try web.query { query, words throws(FormErrors) in try DraftFilter(query, words) }
    let found = try web.read(filter.next(at: web.now)).first
    return .seeOther((found.map { Paths.draft($0) } ?? Paths.drafts).text)
  }

  /// Where one goes after a decision.
  private static func next(after id: ID<Draft>, _ web: Context) throws -> Path {
    try web.db.row(DraftFilter.standard.next(at: web.now, but: id)).map { Paths.draft($0) } ?? Paths.drafts
  }

  private static func leaving(_ seconds: Int, _ words: Words) -> String {
    seconds == 0
      ? words("The answer is on its way.")
      : words.count("The answer leaves in {n} second.", "The answer leaves in {n} seconds.", seconds)
  }

  /// Takes a form about a draft: what is wrong with it, or what happened meanwhile, is said on its page, with what was typed.
  ///
  /// - Parameter sent: which of the page's forms it is.
  private static func take(
    _ web: Context, _ id: ID<Draft>, _ sent: DraftForms.Form = .answer, _ take: () throws -> Change
  ) throws -> Change {
    do {
      return try take()
    } catch let conflict as DraftConflict {
      return try refused(web, id, .shown(web.form), of: sent, conflict, status: 409)
    } catch let errors as FormErrors {
      return try refused(web, id, .refused(web.form, errors), of: sent, nil, status: 422)
    }
  }

  private static func refused(
    _ web: Context, _ id: ID<Draft>, _ state: FormState, of sent: DraftForms.Form, _ conflict: DraftConflict?, status: Int
  ) throws -> Change {
    guard let details = try web.read(DraftDetails.reading(id, at: web.now)) else { throw Failure.notFound }
    return .refused(web.page(try DraftPage(details, web, state, of: sent, conflict: conflict), status: status).framing())
  }
}
