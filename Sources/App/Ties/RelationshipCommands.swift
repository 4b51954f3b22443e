import Domain
import HTML
import Postgres

/// What a command did to a relationship.
struct RelationshipOutcome {
  let id: ID<Relationship>
  let said: Relationship
  /// What its ends are called, in the stored direction.
  let from: String
  let to: String
  /// What the audit log is told: nothing where it was so already.
  var entries: [AuditEntry] = []
  /// Where a post takes it back.
  var undo: Path?
  /// Whether it was made by this.
  var isNew = false
  /// Whether the same is said the other way round, too.
  var hasOpposite = false
  /// Whether another went for it.
  var isInstead = false

  /// What one of its ends is called.
  func name(_ thing: ID<Thing>) -> String { said.from.id == thing ? from : to }
}

/// What people do with relationships, under the lock of their planner, so that two posts at once make one.
struct RelationshipCommands {
  let writing: PlannerWriting

  /// Relates two things, once: the same again, in whichever words, is the first, with what is said of it now (RULES 9.30).
  ///
  /// - Throws: ``Failure/notFound`` for a thing that is missing, in the trash or somebody else's; ``RelationshipRefusal``.
  func make(
    _ said: Relationship, _ details: RelationshipDetails = RelationshipDetails(), source: String = "manual"
  ) throws -> RelationshipOutcome {
    try writing.lock()
    let names = try names(said)
    let known = try writing.db.rows(StoredRelationship.between(said.from.id, said.to.id))
    if let same = known.first(where: { $0.isSame(as: said) }) { return try renew(same, details, names) }
    try refuseMore(said)
    let gone = try replaced(by: said, known)
    let undo = gone.isEmpty ? nil : RelationshipUndo.keeping(gone.map(\.id), back: said.from.path, writing)
    try writing.db.queue([undo?.sql].compactMap(\.self) + (gone.isEmpty ? [] : [RelationshipCommands.dropping(gone.map(\.id))]))
    let id = try insert(said, details, source)
    try writing.note("relationship.made", [said.from, said.to])
    return RelationshipOutcome(
      id: id, said: said, from: names.0, to: names.1, entries: [entry("relationship.made", id, said, names)],
      undo: undo?.path ?? Paths.deletion(id), isNew: true, hasOpposite: known.contains { $0.said?.isOpposite(of: said) ?? false },
      isInstead: !gone.isEmpty)
  }

  /// - Throws: ``Failure/notFound``; ``StaleForm``; ``RelationshipRefusal``.
  func save(_ id: ID<Relationship>, _ draft: RelationshipDraft) throws -> RelationshipOutcome {
    try writing.lock()
    let stored = try find(id)
    guard draft.version == stored.version else { throw StaleForm() }
    let said = draft.said
    let names = try names(said)
    let others = try writing.db.rows(StoredRelationship.between(said.from.id, said.to.id)).filter { $0.id != id }
    if others.contains(where: { $0.isSame(as: said) }) { throw RelationshipRefusal.there }
    if let before = stored.said, before == said { return try renew(stored, draft.details, names) }
    let gone = try replaced(by: said, others)
    if !gone.isEmpty { try writing.db.queue([RelationshipCommands.dropping(gone.map(\.id))]) }
    // The row of a column goes with what the column says.
    try take(stored)
    let details = RelationshipDetails(
      strength: draft.details.strength ?? stored.strength, notes: draft.details.notes ?? stored.notes, span: draft.details.span)
    let new = try insert(said, details, "manual", anew: stored)
    try writing.note("relationship.changed", [said.from, said.to])
    var facts = ["relationship_was": stored.word(from: said.from.id)]
    facts["strength"] = details.strength == stored.strength ? nil : "\(stored.strength) → \(details.strength ?? stored.strength)"
    return RelationshipOutcome(
      id: new, said: said, from: names.0, to: names.1, entries: [entry("relationship.changed", new, said, names).adding(facts)],
      hasOpposite: others.contains { $0.said?.isOpposite(of: said) ?? false }, isInstead: !gone.isEmpty)
  }

  /// Takes a relationship away.
  ///
  /// - Parameter back: the page that shows the result; nil: that of the thing where it begins.
  /// - Throws: ``Failure/notFound``.
  func delete(_ id: ID<Relationship>, back: Path?) throws -> RelationshipOutcome {
    try writing.lock()
    let stored = try find(id)
    guard let said = stored.said else { throw Failure.notFound }
    let names = try names(said)
    let undo = RelationshipUndo.keeping([id], back: back ?? said.from.path, writing)
    try writing.db.queue([undo.sql])
    try take(stored)
    try writing.note("relationship.deleted", [said.from, said.to])
    return RelationshipOutcome(
      id: id, said: said, from: names.0, to: names.1, entries: [entry("relationship.deleted", id, said, names)], undo: undo.path)
  }

  /// - Throws: ``Failure/notFound`` when it is missing or somebody else's.
  func find(_ id: ID<Relationship>) throws -> StoredRelationship {
    guard let stored = try writing.db.row(StoredRelationship.mine("r.id = \(id)")) else { throw Failure.notFound }
    return stored
  }

  // MARK: - What is written

  /// What is there already, with what is said of it now.
  private func renew(_ same: StoredRelationship, _ details: RelationshipDetails, _ names: (String, String)) throws -> RelationshipOutcome {
    guard let said = same.said else { throw Failure.notFound }
    var changes = AuditDifference()
    let strength = changes.note("strength", from: same.strength, to: details.strength ?? same.strength) { String($0) }
    let notes = changes.noteLong("relationship_notes", from: same.notes, to: details.notes ?? same.notes)
    let (since, until) = details.span.map { ($0.since, $0.until) } ?? (same.since, same.until)
    changes.note("relationship_since", from: same.since?.iso ?? "", to: since?.iso ?? "")
    changes.note("relationship_until", from: same.until?.iso ?? "", to: until?.iso ?? "")
    var outcome = RelationshipOutcome(id: same.id, said: said, from: names.0, to: names.1)
    if changes.facts.isEmpty { return outcome }
    try writing.db.queue([
      """
      UPDATE entity_relationships SET strength = \(strength), notes = \(notes), since = \(since), until = \(until), version = version + 1,
        updated_at = \(writing.now)
      WHERE id = \(same.id) AND user_id = (SELECT me())
      """
    ])
    try writing.note("relationship.changed", [said.from, said.to])
    outcome.entries = [entry("relationship.changed", same.id, said, names).adding(changes.facts)]
    return outcome
  }

  /// - Parameter stored: what is written anew.
  /// - Returns: its id, which is another where a column makes the row.
  private func insert(
    _ said: Relationship, _ details: RelationshipDetails, _ source: String, anew stored: StoredRelationship? = nil
  ) throws -> ID<Relationship> {
    let (words, reverse, isOwn) = said.columns
    let (strength, span) = (details.strength ?? Relationship.usualStrength, details.span ?? .always)
    if said.isColumn {
      try writing.db.queue([setting(said)])
      let row = StoredRelationship.mine(
        "r.from_id = \(said.from.id) AND r.to_id = \(said.to.id) AND r.relationship = \(words) AND NOT r.own")
      guard let made = try writing.db.row(row) else { throw Failure.notFound }
      try writing.db.queue([
        """
        UPDATE entity_relationships SET strength = \(strength), notes = \(details.notes ?? ""), since = \(span.since), until = \(span.until)
        WHERE id = \(made.id) AND user_id = (SELECT me())
        """
      ])
      return made.id
    }
    let new = stored?.id ?? .new(at: writing.now)
    try writing.db.queue([
      """
      INSERT INTO entity_relationships (id, user_id, relationship, reverse, own, from_kind, from_id, to_kind, to_id, two_way, strength, since,
        until, notes, source, version, created_at, updated_at)
      VALUES (\(new), \(writing.person.id), \(words), \(reverse), \(isOwn), \(said.from.kind), \(said.from.id), \(said.to.kind), \(said.to.id),
        \(said.type.isTwoWay), \(strength), \(span.since), \(span.until), \(details.notes ?? ""), \(source),
        \((stored?.version ?? 0) + 1), \(writing.now), \(writing.now))
      """
    ])
    return new
  }

  /// Writes the column that holds what it says.
  private func setting(_ said: Relationship) -> SQL {
    said.type == .listed(.assignedTo)
      ? """
      UPDATE tasks SET assignee_id = \(said.from.id), version = version + 1, updated_at = \(writing.now)
      WHERE id = \(said.to.id) AND user_id = (SELECT me())
      """
      : """
      UPDATE events SET place_id = \(said.to.id), sequence = sequence + 1, version = version + 1, updated_at = \(writing.now)
      WHERE id = \(said.from.id) AND user_id = (SELECT me())
      """
  }

  /// Takes one away, with what its column says.
  func take(_ stored: StoredRelationship) throws {
    let drop = RelationshipCommands.dropping([stored.id])
    guard let said = stored.said, said.isColumn else { return try writing.db.queue([drop]) }
    let column: SQL =
      said.type == .listed(.assignedTo)
      ? """
      UPDATE tasks SET assignee_id = NULL, version = version + 1, updated_at = \(writing.now)
      WHERE id = \(stored.to) AND assignee_id = \(stored.from) AND user_id = (SELECT me())
      """
      : """
      UPDATE events SET place_id = NULL, sequence = sequence + 1, version = version + 1, updated_at = \(writing.now)
      WHERE id = \(stored.from) AND place_id = \(stored.to) AND user_id = (SELECT me())
      """
    try writing.db.queue([column, drop])
  }

  private static func dropping(_ ids: [ID<Relationship>]) -> SQL { "SELECT door.drop_relationships(\(ids))" }

  // MARK: - What they share

  /// What its ends are called.
  private func names(_ said: Relationship) throws -> (String, String) {
    let found = try writing.db.rows(PlannedThing.some([said.from.id, said.to.id]))
    guard let from = found.first(where: { $0.ref == said.from }), let to = found.first(where: { $0.ref == said.to }) else {
      throw Failure.notFound
    }
    return (from.title, to.title)
  }

  /// Those that go for it: attends for declined, and who did a task or where an event was.
  private func replaced(by said: Relationship, _ known: [StoredRelationship]) throws -> [StoredRelationship] {
    let excluded = known.filter { $0.said?.excludes(said) ?? false }
    guard said.isColumn else { return excluded }
    let words = said.columns.words
    let column =
      said.type == .listed(.assignedTo)
      ? StoredRelationship.mine("r.to_id = \(said.to.id) AND r.relationship = \(words) AND NOT r.own AND r.from_id <> \(said.from.id)")
      : StoredRelationship.mine("r.from_id = \(said.from.id) AND r.relationship = \(words) AND NOT r.own AND r.to_id <> \(said.to.id)")
    return excluded + (try writing.db.rows(column))
  }

  private func refuseMore(_ said: Relationship) throws {
    let ends = [said.from.id, said.to.id]
    let count: Int? = try writing.db.value(
      """
      SELECT max((SELECT count(*) FROM entity_relationships r WHERE r.user_id = (SELECT me()) AND r.from_id = e.id)
        + (SELECT count(*) FROM entity_relationships r WHERE r.user_id = (SELECT me()) AND r.to_id = e.id)) FROM unnest(\(ends)) AS e (id)
      """)
    if count ?? 0 >= StoredRelationship.most { throw RelationshipRefusal.tooMany }
  }

  private func entry(_ action: String, _ id: ID<Relationship>, _ said: Relationship, _ names: (String, String)) -> AuditEntry {
    let facts = ["relationship": said.columns.words, "related_from": names.0, "related_to": names.1]
    return AuditEntry(action, StoredRelationship.subject, id.text, facts)
  }
}

/// Why two things cannot be related so.
enum RelationshipRefusal: Refusal, Equatable {
  case there
  case tooMany

  func sentence(_ words: Words) -> String {
    switch self {
    case .there: words("They are related like that already.")
    case .tooMany: words("A thing has at most 1,000 relationships. Take one away first.")
    }
  }

  /// The field of a form that it is about.
  var field: String {
    switch self {
    case .there: "relationship"
    case .tooMany: "to"
    }
  }
}
