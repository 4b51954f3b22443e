import Domain
import HTML
import Postgres
import Web

/// What a command did to somebody.
struct PersonOutcome {
  let id: ID<KnownPerson>
  /// What the audit log is told: nothing where it was so already.
  var entries: [AuditEntry] = []
  /// Where a post takes it back.
  var undo: Path?
  /// Whether what rang to stay in touch has gone and is not back.
  var isSilent = false

  var isNothing: Bool { entries.isEmpty }
}

/// What people do with those whom they know, in one transaction. The person's planner is locked before this begins, and what rings for somebody before
/// them: whoever answers that comes to them last.
struct PersonCommands {
  let person: KnownPerson
  let with: DeadlineWriting

  /// - Throws: ``Failure/notFound`` when they are missing, in the trash, merged into another, or somebody else's.
  static func find(_ id: ID<KnownPerson>, _ with: DeadlineWriting) throws -> PersonCommands {
    try with.planner.lock()
    _ = try with.db.rows(PersonBell.locking("b.person_id = \(id)"))
    let lock = Query<ID<KnownPerson>>(column: "SELECT id FROM people WHERE id = \(id) AND user_id = (SELECT me()) FOR UPDATE")
    let (_, found) = try with.db.read(lock, KnownPerson.mine("p.id = \(id)"))
    guard let person = found.first else { throw Failure.notFound }
    return PersonCommands(person: person, with: with)
  }

  /// Somebody new, with what rings to stay in touch.
  ///
  /// - Throws: ``PersonRefusal/taken(_:)``.
  static func make(_ draft: PersonDraft, _ with: DeadlineWriting) throws -> PersonOutcome {
    try with.planner.lock()
    try refuseTaken(draft.fields.emails, but: nil, with)
    let id = ID<KnownPerson>.new(at: with.now)
    let stay = StayColumns(draft.fields.stayInTouch, words: draft.stayWords, last: nil, with.person, now: with.now)
    let row = draft.row(stay)
    let tags = draft.fields.tags
    try with.db.queue(
      [
        """
        INSERT INTO people (id, user_id, source, created_at, updated_at, \(row.columns))
        VALUES (\(id), \(with.person.id), \(draft.source), \(with.now), \(with.now), \(row.values))
        """
      ] + PersonAddresses.writing(draft.fields, of: id, isNew: true, with)
        + (tags.isEmpty ? [] : TaskWrites.tagging(ThingRef(.person, of: id), tags, with.planner)))
    guard let made = try with.db.row(KnownPerson.mine("p.id = \(id)")) else { throw Failure.notFound }
    try PersonBell(person: made, with: with).follow()
    return try PersonCommands(person: made, with: with).did("person.made")
  }

  /// - Throws: ``StaleForm``; ``PersonRefusal/taken(_:)``.
  func save(_ draft: PersonDraft) throws -> PersonOutcome {
    guard draft.version == person.version else { throw StaleForm() }
    if draft.changes.isEmpty, draft.stayWords.utf8.elementsEqual(person.stayWords.utf8) { return PersonOutcome(id: person.id) }
    return try write(draft, "person.changed", draft.changes)
  }

  /// The same of what no form said: an import, a merge.
  ///
  /// - Parameters:
  ///   - action: what the audit log calls it.
  ///   - changes: what is new, for the audit log.
  func write(_ draft: PersonDraft, _ action: String, _ changes: [String: String]) throws -> PersonOutcome {
    try PersonCommands.refuseTaken(draft.fields.emails, but: person.id, with)
    let stay = StayColumns(
      draft.fields.stayInTouch, words: draft.stayWords, stored: person, last: person.lastContactAt, with.person, now: with.now)
    try with.db.queue(
      [
        """
        UPDATE people SET \(draft.row(stay).assignments), version = version + 1, updated_at = \(with.now)
        WHERE id = \(person.id) AND user_id = (SELECT me())
        """
      ] + PersonAddresses.writing(draft.fields, of: person.id, isNew: false, with)
        + TaskWrites.tagging(person.ref, draft.fields.tags, with.planner))
    try bell().follow()
    return try did(action, changes.merging(["person": draft.fields.name]) { first, _ in first })
  }

  /// Of those who live each e-mail address belongs to one (RULES 9.14).
  ///
  /// - Throws: ``PersonRefusal/taken(_:)``.
  static func refuseTaken(_ emails: [PersonAddress], but id: ID<KnownPerson>?, _ with: DeadlineWriting) throws {
    if emails.isEmpty { return }
    let holders = try with.db.rows(AddressHolder.of(emails.map(\.key), but: id))
    if !holders.isEmpty { throw PersonRefusal.taken(holders, main: emails.first?.key ?? "") }
  }

  // MARK: - The trash

  /// Gone for 30 days; what rings to stay in touch at once.
  func delete() throws -> PersonOutcome {
    let deletion = ID<Deletion>.new(at: with.now)
    try bell().delete()
    try with.db.queue([
      """
      INSERT INTO deletions (id, user_id, kind, thing, things, at) VALUES (\(deletion), \(with.person.id), 'person', \(person.id), 1, \(with.now))
      """,
      """
      UPDATE people SET deleted_at = \(with.now), deletion_id = \(deletion), updated_at = \(with.now)
      WHERE id = \(person.id) AND user_id = (SELECT me())
      """,
    ])
    var outcome = try did("person.deleted")
    outcome.undo = Paths.personRestoration(person.id).adding("reminders", "on")
    return outcome
  }

  /// Back from the trash; what rings only where that is asked for.
  ///
  /// - Parameter without: whether they come back without the addresses that others have now.
  /// - Returns: nothing for somebody who is not in the trash.
  /// - Throws: ``Failure/notFound`` for one that is gone for good, merged into another, or somebody else's; ``PersonRefusal/takenMeanwhile(_:)``.
  static func restore(_ id: ID<KnownPerson>, without: Bool, reminders: Bool, _ with: DeadlineWriting) throws -> PersonOutcome {
    try with.planner.lock()
    let found: (ID<Deletion>?, Bool)? = try with.db.row(
      Query(tuple: "SELECT deletion_id, merged_into IS NOT NULL FROM people WHERE id = \(id) AND user_id = (SELECT me()) FOR UPDATE"))
    guard let (gone, isMerged) = found, !isMerged else { throw Failure.notFound }
    guard let deletion = gone else { return PersonOutcome(id: id) }
    let holders = try with.db.rows(AddressHolder.ofTrashed(id))
    if !holders.isEmpty, !without { throw PersonRefusal.takenMeanwhile(holders) }
    if !holders.isEmpty { try with.db.queue([PersonAddresses.dropping(holders.map(\.key), of: id)]) }
    try with.db.queue([
      "UPDATE people SET deleted_at = NULL, deletion_id = NULL, updated_at = \(with.now) WHERE id = \(id) AND user_id = (SELECT me())",
      "UPDATE deletions SET restored_at = \(with.now) WHERE id = \(deletion) AND user_id = (SELECT me()) AND kind = 'person'",
    ])
    guard let back = try with.db.row(KnownPerson.mine("p.id = \(id)")) else { throw Failure.notFound }
    let commands = PersonCommands(person: back, with: with)
    if !holders.isEmpty { try commands.rename(mainOf: holders.map(\.key)) }
    if reminders { try commands.bell().follow() }
    var outcome = try commands.did("person.restored", holders.isEmpty ? [:] : ["without": holders.map(\.key).joined(separator: ", ")])
    outcome.isSilent = !reminders && back.stayDueAt != nil
    return outcome
  }

  /// The row says what the addresses are now that some were dropped: the next one is the main one.
  private func rename(mainOf dropped: [String]) throws {
    var fields = person.fields
    fields.emails = fields.emails.filter { email in !dropped.contains { $0.utf8.elementsEqual(email.key.utf8) } }
    let row = PersonDraft(fields).addressColumns
    try with.db.queue(
      ["UPDATE people SET \(row.assignments) WHERE id = \(person.id) AND user_id = (SELECT me())"]
        + PersonAddresses.writing(fields, of: person.id, isNew: false, with))
  }

  // MARK: - What they share

  /// What rings for them, as what is written already says it should.
  func bell() throws -> PersonBell {
    let stored = try with.db.row(KnownPerson.mine("p.id = \(person.id)"))
    return PersonBell(person: stored ?? person, with: with)
  }

  /// What is told of a change: to the audit log and to the log of events.
  func did(_ action: String, _ facts: [String: String] = [:]) throws -> PersonOutcome {
    try with.planner.note(action, [person.ref])
    let payload = ["person": person.name].merging(facts) { $1 }
    return PersonOutcome(id: person.id, entries: [AuditEntry(action, KnownPerson.subject, person.id.text, payload)])
  }
}

/// Why something cannot be done with somebody.
enum PersonRefusal: Refusal, Equatable {
  /// Others who live have these addresses; which one would be the main one.
  case taken([AddressHolder], main: String)
  /// The same of those of somebody in the trash.
  case takenMeanwhile([AddressHolder])

  func sentence(_ words: Words) -> String {
    switch self {
    case .taken(let holders, _):
      holders.map { words("{name} has the address {address} already.", ["name": $0.name, "address": $0.key]) }.joined(separator: " ")
    case .takenMeanwhile(let holders):
      holders.map { words("{name} has the address {address} now.", ["name": $0.name, "address": $0.key]) }.joined(separator: " ")
    }
  }

  /// As complaints of a form, each beside the field that says the address.
  ///
  /// - Parameter alone: the field of a form that has no other.
  func errors(_ alone: String?, _ words: Words) -> FormErrors {
    guard alone == nil, case .taken(let holders, let main) = self else { return FormErrors(alone ?? "email", sentence(words)) }
    var errors = FormErrors()
    for holder in holders {
      let field = holder.key.utf8.elementsEqual(main.utf8) ? "email" : "more_emails"
      errors.add(field, PersonRefusal.taken([holder], main: main).sentence(words))
    }
    return errors
  }
}
