import Domain
import HTML
import Postgres

/// What a command did to a place.
struct PlaceOutcome {
  let id: ID<Place>
  /// What the audit log is told: nothing where it was so already.
  var entries: [AuditEntry] = []
  /// Where a post takes it back.
  var undo: Path?

  var isNothing: Bool { entries.isEmpty }
}

/// What people do with a place, in one transaction. The person's planner is locked before this begins.
struct PlaceCommands {
  let place: Place
  let writing: PlannerWriting

  /// - Throws: ``Failure/notFound`` when it is missing, in the trash or somebody else's.
  static func find(_ id: ID<Place>, _ writing: PlannerWriting) throws -> PlaceCommands {
    try writing.lock()
    guard let place = try writing.db.row(Place.mine("p.id = \(id)")) else { throw Failure.notFound }
    return PlaceCommands(place: place, writing: writing)
  }

  static func make(_ draft: PlaceDraft, _ writing: PlannerWriting) throws -> PlaceOutcome {
    try writing.lock()
    let id = ID<Place>.new(at: writing.now)
    try writing.db.queue([
      """
      INSERT INTO places (id, user_id, created_at, updated_at, \(draft.row.columns))
      VALUES (\(id), \(writing.person.id), \(writing.now), \(writing.now), \(draft.row.values))
      """
    ])
    let ref = ThingRef(.place, of: id)
    if !draft.fields.tags.isEmpty { try writing.db.queue(TaskWrites.tagging(ref, draft.fields.tags, writing)) }
    try writing.note("place.made", [ref])
    return PlaceOutcome(id: id, entries: [AuditEntry("place.made", Place.subject, id.text, ["place": draft.fields.name])])
  }

  /// - Throws: ``StaleForm``.
  func save(_ draft: PlaceDraft) throws -> PlaceOutcome {
    guard draft.version == place.version else { throw StaleForm() }
    if draft.changes.isEmpty { return PlaceOutcome(id: place.id) }
    try writing.db.queue(
      [
        """
        UPDATE places SET \(draft.row.assignments), version = version + 1, updated_at = \(writing.now)
        WHERE id = \(place.id) AND user_id = (SELECT me())
        """
      ] + TaskWrites.tagging(place.ref, draft.fields.tags, writing))
    return try did("place.changed", draft.changes.merging(["place": draft.fields.name]) { first, _ in first })
  }

  /// Gone for 30 days; what takes place there has no place meanwhile, and its relationships sleep.
  func delete() throws -> PlaceOutcome {
    let deletion = ID<Deletion>.new(at: writing.now)
    try writing.db.queue([
      """
      INSERT INTO deletions (id, user_id, kind, thing, things, at)
      VALUES (\(deletion), \(writing.person.id), 'place', \(place.id), 1, \(writing.now))
      """,
      """
      UPDATE places SET deleted_at = \(writing.now), deletion_id = \(deletion), updated_at = \(writing.now)
      WHERE id = \(place.id) AND user_id = (SELECT me())
      """,
    ])
    var outcome = try did("place.deleted")
    outcome.undo = Paths.placeRestoration(place.id)
    return outcome
  }

  /// Back from the trash.
  ///
  /// - Returns: nothing for one that is not in the trash.
  /// - Throws: ``Failure/notFound`` for one that is gone for good, or somebody else's.
  static func restore(_ id: ID<Place>, _ writing: PlannerWriting) throws -> PlaceOutcome {
    try writing.lock()
    let found: (String, ID<Deletion>?)? = try writing.db.row(
      Query(tuple: "SELECT name, deletion_id FROM places WHERE id = \(id) AND user_id = (SELECT me())"))
    guard let (_, gone) = found else { throw Failure.notFound }
    guard let deletion = gone else { return PlaceOutcome(id: id) }
    try writing.db.queue([
      "UPDATE places SET deleted_at = NULL, deletion_id = NULL, updated_at = \(writing.now) WHERE id = \(id) AND user_id = (SELECT me())",
      "UPDATE deletions SET restored_at = \(writing.now) WHERE id = \(deletion) AND user_id = (SELECT me()) AND kind = 'place'",
    ])
    return try find(id, writing).did("place.restored")
  }

  /// What is told of a change: to the audit log and to the log of events.
  private func did(_ action: String, _ facts: [String: String] = [:]) throws -> PlaceOutcome {
    try writing.note(action, [place.ref])
    let payload = ["place": place.name].merging(facts) { $1 }
    return PlaceOutcome(id: place.id, entries: [AuditEntry(action, Place.subject, place.id.text, payload)])
  }
}
