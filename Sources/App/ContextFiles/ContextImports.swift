import Domain
import HTML
import Net
import Postgres
import Web

/// People from files: sent, looked at, confirmed, taken back.
enum PeopleImports {
  private static let imports = ContextImports(noun: .people)

  /// GET /people/import
  static func new(_ web: Context) throws -> Response { try imports.new(web) }

  /// POST /people/import: shows what would come of a file.
  static func take(_ web: Context) throws -> Change { try imports.take(web) }

  /// GET /people/import/:peoplefile
  static func show(_ web: Context, _ id: ID<ContextImport>) throws -> Response { try imports.show(web, id) }

  /// POST /people/import/:peoplefile/confirmation: leaves it to a worker.
  static func confirm(_ web: Context, _ id: ID<ContextImport>) throws -> Change { try imports.confirm(web, id) }

  /// POST /people/import/:peoplefile/undo: takes back what it made and changed, as long as nobody has touched it.
  static func undo(_ web: Context, _ id: ID<ContextImport>) throws -> Change { try imports.undo(web, id) }

  /// POST /people/import/:peoplefile/deletion: throws a preview away, or stops what runs; what that made until then stays and can be taken back.
  static func delete(_ web: Context, _ id: ID<ContextImport>) throws -> Change { try imports.delete(web, id) }
}

/// The same of events, in `/events/import`.
enum EventImports {
  private static let imports = ContextImports(noun: .events)

  /// GET /events/import
  static func new(_ web: Context) throws -> Response { try imports.new(web) }

  /// POST /events/import
  static func take(_ web: Context) throws -> Change { try imports.take(web) }

  /// GET /events/import/:eventfile
  static func show(_ web: Context, _ id: ID<ContextImport>) throws -> Response { try imports.show(web, id) }

  /// POST /events/import/:eventfile/confirmation
  static func confirm(_ web: Context, _ id: ID<ContextImport>) throws -> Change { try imports.confirm(web, id) }

  /// POST /events/import/:eventfile/undo
  static func undo(_ web: Context, _ id: ID<ContextImport>) throws -> Change { try imports.undo(web, id) }

  /// POST /events/import/:eventfile/deletion
  static func delete(_ web: Context, _ id: ID<ContextImport>) throws -> Change { try imports.delete(web, id) }
}

/// What both have in common.
struct ContextImports {
  let noun: ContextImport.Noun

  func new(_ web: Context) throws -> Response { web.page(try ContextImportFormPage(noun, web)) }

  func take(_ web: Context) throws -> Change {
    try web.takeForm(askingAgain: { try ContextImportFormPage(noun, web, $0) }) {
      var read = FormReader(web.form, web.words)
      let sent = try read.file("file")
      let typed = read.raw("format")
      let kind = noun.kinds.first { $0.rawValue.utf8.elementsEqual(typed.utf8) }
      if kind == nil, !typed.utf8.isEmpty { read.complain("format", web.words("Choose one of the values offered.")) }
      let makesPeople = noun == .events && read.flag("people")
      try read.finish()
      let person = try web.person
      let end = Ticks.now + 10_000
      let file: ContextFile
      do throws(ContextFile.Refusal) {
        file = try ContextFile.sent(sent.bytes, noun, kind, person, at: web.now, web.services.zones) { Ticks.now < end }
      } catch {
        let errors = FormErrors("file", ContextImportText(words: web.words).refusal(error))
        if !error.isTooMuch { throw errors }
        return .refused(web.page(try ContextImportFormPage(noun, web, .refused(web.form, errors)), status: 413))
      }
      let id = try FileImport<ContextImport>.keep(sent, noun, file.kind, makesPeople: makesPeople, web)
      return .page(
        web.page(try ContextImportPage(id, noun, plan(file, web), web)),
        did: [AuditEntry("context_import.read", ContextImport.subject, id.text, ["noun": noun.rawValue, "file": sent.name])])
    }
  }

  func show(_ web: Context, _ id: ID<ContextImport>) throws -> Response {
    let (found, states) = try web.read(FileImport.query(id, at: web.now), ContextImportState.query(id))
    guard let found = found.first, let state = states.first, state.noun == noun else { throw Failure.notFound }
    if found.replacedAt != nil { return web.page(try ContextImportResultPage(found, state, [], [], [], [], web)) }
    switch state.word {
    case .preview: return web.page(try ContextImportPage(id, noun, plan(id, state, web), web))
    case .running:
      let page = try ImportProgressPage(
        ContextImportText(words: web.words).title(noun), noun.section, id.text, state,
        doing: web.words("The file is being imported. This page says by itself when it is done."), here: noun.path(id),
        deletion: noun.deletion(id), web)
      return try web.page(page, showing: [page.state, page.progress?.done ?? "", page.progress?.total ?? ""])
    case .done, .undone, .failed:
      let (counts, made, noted, left) = try web.read(
        ContextImport.counts(id), ContextImportRow.query(id, noted: false), ContextImportRow.query(id, noted: true),
        ContextImportRow.left(id))
      return web.page(try ContextImportResultPage(found, state, counts, made, noted, left, web))
    }
  }

  func confirm(_ web: Context, _ id: ID<ContextImport>) throws -> Change {
    let (found, state) = try find(id, web)
    let place = noun.path(id)
    if found.confirmedAt != nil { return Change(to: place, says: web.words("This was imported already."), did: []) }
    return try web.takeForm(askingAgain: { try ContextImportPage(id, noun, plan(id, state, web), web, $0) }) {
      var read = FormReader(web.form, web.words)
      let same = read.choice("same", ContextImport.Same.update)
      let trash = read.choice("trash", ContextImport.InTrash.skip)
      try read.finish()
      let job = ID<Job>.new(at: web.now)
      let person = try web.person
      try web.db.queue([
        """
        UPDATE context_imports SET confirmed_at = \(web.now), same = \(same), trash = \(trash), job_id = \(job)
        WHERE id = \(id) AND user_id = (SELECT me()) AND confirmed_at IS NULL
        """,
        ContextImportWork.asking(for: id, as: job, of: person, at: web.now),
      ])
      let facts = ["noun": noun.rawValue, "same": same.rawValue, "in_trash": trash.rawValue]
      return Change(
        to: place, says: web.words("The import has begun. You may leave this page."),
        did: [AuditEntry("context_import.ordered", ContextImport.subject, id.text, facts)], wakes: web.now)
    }
  }

  func undo(_ web: Context, _ id: ID<ContextImport>) throws -> Change {
    let (found, _) = try find(id, web)
    try web.plannerWriting.lock()
    let place = noun.path(id)
    guard let state = try web.db.row(ContextImportState.query(id)) else { throw Failure.notFound }
    guard let confirmed = found.confirmedAt else { return Change(to: place, says: web.words("Nothing was imported."), did: []) }
    if state.undoAt != nil { return Change(to: place, says: web.words("This import was taken back already."), did: []) }
    if confirmed.advanced(days: Int64(ContextImport.undoDays)) <= web.now {
      throw Failure.conflict(web.words("An import can be taken back for 30 days, and they are over."))
    }
    let job = ID<Job>.new(at: web.now)
    // What still runs makes nothing more.
    try web.db.queue([
      """
      UPDATE context_imports SET undo_at = \(web.now), finished_at = coalesce(finished_at, \(web.now)), file = NULL, job_id = \(job)
      WHERE id = \(id) AND user_id = (SELECT me())
      """
    ])
    let entry = AuditEntry("context_import.undone", ContextImport.subject, id.text, ["noun": noun.rawValue])
    let hasChanged: Bool? = try web.db.value(ContextImportUndo.hasChanged(id))
    guard hasChanged != true, try ContextImportUndo.all(of: id, rounds: 10, web.db) else {
      try web.db.queue([ContextImportWork.asking(for: id, as: job, of: try web.person, at: web.now)])
      return Change(to: place, says: web.words("It is being taken back. You may leave this page."), did: [entry], wakes: web.now)
    }
    try web.db.queue([ContextImportUndo.ending(id, at: web.now)])
    let (states, left) = try web.db.read(ContextImportState.query(id), ContextImportRow.left(id))
    let names = left.prefix(5).compactMap(\.title).map { StoredTask.cut($0, 40) }
    let says = ContextImportText(words: web.words).undone(states.first?.undone ?? 0, kept: states.first?.kept ?? 0, names)
    return Change(to: place, says: says, did: [entry])
  }

  func delete(_ web: Context, _ id: ID<ContextImport>) throws -> Change {
    let (found, _) = try find(id, web)
    guard found.confirmedAt != nil else {
      try web.db.queue(["SELECT door.discard_context_import(\(id))"])
      return Change(
        to: noun.list, says: web.words("Nothing was imported."),
        did: [AuditEntry("context_import.discarded", ContextImport.subject, id.text, ["noun": noun.rawValue])])
    }
    try web.plannerWriting.lock()
    guard let state = try web.db.row(ContextImportState.query(id)) else { throw Failure.notFound }
    if state.finishedAt != nil { return Change(to: noun.path(id), says: web.words("It was so already."), did: []) }
    try web.db.queue([
      "UPDATE context_imports SET finished_at = \(web.now), file = NULL WHERE id = \(id) AND user_id = (SELECT me()) AND finished_at IS NULL"
    ])
    return Change(
      to: noun.path(id), says: web.words("The import was stopped. What was made until then stays; you can take it back."),
      did: [AuditEntry("context_import.stopped", ContextImport.subject, id.text, ["noun": noun.rawValue])])
  }

  /// One of the person's and of this noun, and the turn to change it.
  private func find(_ id: ID<ContextImport>, _ web: Context) throws -> (FileImport<ContextImport>, ContextImportState) {
    let found = try FileImport.find(id, web)
    guard let state = try web.db.row(ContextImportState.query(id)), state.noun == noun else { throw Failure.notFound }
    return (found, state)
  }

  /// What would come of a preview's file.
  private func plan(_ id: ID<ContextImport>, _ state: ContextImportState, _ web: Context) throws -> ContextPlan {
    guard let bytes = try web.read(FileImport<ContextImport>.bytes(id)).first else { throw Failure.notFound }
    let person = try web.person
    let file: ContextFile
    do throws(ContextFile.Refusal) {
      file = try ContextFile.sent(bytes, noun, state.kind, person, at: state.createdAt, web.services.zones)
    } catch {
      // What was read once reads again, but for what a newer program refuses.
      throw Failure.conflict(ContextImportText(words: web.words).refusal(error))
    }
    return try plan(file, web)
  }

  private func plan(_ file: ContextFile, _ web: Context) throws -> ContextPlan {
    switch file {
    case .people(let file): return try PeoplePlan(file, web.words, web.db).plan
    case .events(let file):
      return try EventsPlan(file, source: file.source, at: web.now, web.words, web.services.zones, web.db).plan
    }
  }
}

extension EventFile {
  fileprivate var source: String { ContextImport.Kind.ics.source }
}

extension ContextImport.Noun {
  /// What its files are written in.
  var kinds: [ContextImport.Kind] { self == .people ? [.vcf, .csv] : [.ics] }
  /// Where files are sent.
  var list: Path { self == .people ? Paths.peopleImport : Paths.eventsImport }
  func path(_ id: ID<ContextImport>) -> Path { self == .people ? Paths.peopleImport(id) : Paths.eventsImport(id) }
  func confirmation(_ id: ID<ContextImport>) -> Path {
    self == .people ? Paths.peopleImportConfirmation(id) : Paths.eventsImportConfirmation(id)
  }
  func undo(_ id: ID<ContextImport>) -> Path { self == .people ? Paths.peopleImportUndo(id) : Paths.eventsImportUndo(id) }
  func deletion(_ id: ID<ContextImport>) -> Path { self == .people ? Paths.peopleImportDeletion(id) : Paths.eventsImportDeletion(id) }
  /// Where what it makes is listed.
  var back: Path { self == .people ? Paths.people : Paths.calendar }
  var section: NavSection { self == .people ? .people : .calendar }

  /// The page of something that was made.
  func page(_ thing: ID<Thing>) -> Path {
    self == .people ? Paths.person(ThingRef(.person, thing).row()) : Paths.event(ThingRef(.event, thing).row())
  }
}
