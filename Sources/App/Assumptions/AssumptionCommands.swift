import Domain
import HTML
import Postgres

/// What a command did to an assumption.
struct AssumptionOutcome {
  let assumption: Assumption
  /// What the audit log is told: nothing where it was so already.
  var entries: [AuditEntry] = []
  /// Where a post takes it back.
  var undo: Path?
  /// A relationship that was made of it, or changed to what the correction says.
  var tie: RelationshipOutcome?
  /// How many relationships went that rested on it.
  var gone = 0
}

/// What people answer to assumptions (RULES 9.36, 9.38), under the lock of their planner.
struct AssumptionCommands {
  let writing: PlannerWriting

  /// Says that it is so: it is a fact from then on, and the relationship that it says is made, where it leads to a thing of the person's.
  ///
  /// - Parameter version: as the form had it; nil: it had none, and only what is still asked can be answered.
  /// - Throws: ``Failure/notFound``; ``AssumptionRefusal``; ``RelationshipRefusal``.
  func confirm(_ id: ID<Assumption>, version: Int?) throws -> AssumptionOutcome {
    let stored = try find(id)
    if stored.state == .confirmed { return AssumptionOutcome(assumption: stored) }
    try check(stored, version, from: [.open, .faded])
    var outcome = AssumptionOutcome(assumption: stored)
    if let said = stored.said.relationship {
      let tie = try RelationshipCommands(writing: writing).make(said)
      if tie.isNew { try writing.db.queue([AssumptionCommands.resting(tie.id, on: id)]) }
      outcome.tie = tie
    }
    let tie = outcome.tie.flatMap { $0.isNew ? $0.id : nil }
    let undo = AssumptionUndo.keeping([id], made: nil, tie: tie, gone: [], writing)
    try writing.db.queue([undo.sql, answer(id, .confirmed, "confidence = 1,")])
    outcome.entries = [entry("assumption.confirmed", stored)] + (outcome.tie?.entries ?? [])
    outcome.undo = undo.path
    return outcome
  }

  /// Says that it is not so: what rested on it goes.
  ///
  /// - Throws: ``Failure/notFound``; ``AssumptionRefusal``.
  func dismiss(_ id: ID<Assumption>, version: Int?) throws -> AssumptionOutcome {
    let stored = try find(id)
    if stored.state == .dismissed { return AssumptionOutcome(assumption: stored) }
    try check(stored, version, from: [.open, .faded])
    let ties = try resting(on: id)
    let undo = AssumptionUndo.keeping([id], made: nil, tie: nil, gone: ties.map(\.id), writing)
    try writing.db.queue([undo.sql, answer(id, .dismissed, "")])
    let entries = try drop(ties)
    return AssumptionOutcome(
      assumption: stored, entries: [entry("assumption.dismissed", stored)] + entries, undo: undo.path, gone: ties.count)
  }

  /// Says how it is instead (RULES 9.38): keeps the words as a fact, marks this one corrected by it, and changes what rested on it to what the words name,
  /// or takes it away.
  ///
  /// - Parameter words: 1 to 1,000 Unicode scalars.
  /// - Throws: ``Failure/notFound``; ``AssumptionRefusal``; ``RelationshipRefusal``.
  func correct(_ id: ID<Assumption>, _ words: String, version: Int?) throws -> AssumptionOutcome {
    let stored = try find(id)
    try check(stored, version, from: [.open, .faded, .confirmed])
    let key = try corrected(stored, words)
    let fact = ID<Assumption>.new(at: writing.now)
    let same: [ID<Assumption>] = try writing.db.rows(
      Query(
        column: """
          SELECT id FROM assumptions WHERE user_id = (SELECT me()) AND key = \(key.text) AND state <> 'superseded' AND id <> \(id)
          """))
    // The same key again is this one itself: it says no more than its words, and the new words are the fact.
    let isSame = key.text.utf8.elementsEqual(stored.key.utf8)
    let ties = try resting(on: id)
    let tie = try changed(ties, key, of: stored)
    let kept = tie.flatMap { $0.isNew ? $0.id : nil }
    let undo = AssumptionUndo.keeping([id] + same, made: fact, tie: kept, gone: ties.map(\.id), writing)
    var statements = [undo.sql]
    if !same.isEmpty { statements.append(superseding(same)) }
    statements.append(answer(id, isSame ? .superseded : .corrected, "correction = \(words),"))
    statements.append(inserting(fact, key, words, stored))
    statements.append(pointing([id] + same, to: fact))
    if !same.isEmpty { statements.append(resting(onAny: same, from: fact)) }
    if let kept { statements.append(AssumptionCommands.resting(kept, on: fact)) }
    try writing.db.queue(statements)
    let entries: [AuditEntry] = try drop(ties) + (tie?.entries ?? [])
    let mine = entry("assumption.corrected", stored).adding(["correction": words])
    return AssumptionOutcome(assumption: stored, entries: [mine] + entries, undo: undo.path, tie: tie, gone: tie == nil ? ties.count : 0)
  }

  /// - Throws: ``Failure/notFound`` when it is missing, somebody else's, replaced, or about what lies in the trash.
  func find(_ id: ID<Assumption>) throws -> Assumption {
    try writing.lock()
    let row = Assumption.mine("a.id = \(id) AND a.state <> 'superseded' AND NOT a.hidden FOR NO KEY UPDATE OF a")
    guard let stored = try writing.db.row(row) else { throw Failure.notFound }
    return stored
  }

  // MARK: - What they share

  /// Refuses what was answered meanwhile: a form says which version it was made for; without one, only some states can be answered.
  private func check(_ stored: Assumption, _ version: Int?, from states: Set<AssumptionState>) throws {
    if let version, version != stored.version { throw AssumptionRefusal.stale }
    if stored.state == .corrected || version == nil && !states.contains(stored.state) { throw AssumptionRefusal.answered }
  }

  private func answer(_ id: ID<Assumption>, _ state: AssumptionState, _ more: SQL) -> SQL {
    """
    UPDATE assumptions SET \(more) state = \(state), faded = NULL, answered_at = \(writing.now), answered_by = \(writing.person.id),
      updated_at = \(writing.now), version = version + 1 WHERE id = \(id) AND user_id = (SELECT me())
    """
  }

  private func superseding(_ ids: [ID<Assumption>]) -> SQL {
    """
    UPDATE assumptions SET state = 'superseded', updated_at = \(writing.now), version = version + 1
    WHERE id = ANY (\(ids)) AND user_id = (SELECT me())
    """
  }

  private func pointing(_ ids: [ID<Assumption>], to fact: ID<Assumption>) -> SQL {
    "UPDATE assumptions SET superseded_by = \(fact) WHERE id = ANY (\(ids)) AND user_id = (SELECT me())"
  }

  private func inserting(_ fact: ID<Assumption>, _ key: AssumptionKey, _ words: String, _ stored: Assumption) -> SQL {
    """
    INSERT INTO assumptions (id, user_id, key, subject_kind, subject_id, predicate, object_kind, object_id, object, words, category, confidence,
      state, written, answered_at, answered_by, created_at, updated_at)
    VALUES (\(fact), \(writing.person.id), \(key.text), \(key.subject?.kind), \(key.subject?.id), \(key.predicate), \(key.thing?.kind),
      \(key.thing?.id), '', \(words), \(stored.category), 1, 'confirmed', 'person', \(writing.now), \(writing.person.id), \(writing.now),
      \(writing.now))
    """
  }

  private func entry(_ action: String, _ stored: Assumption) -> AuditEntry {
    let facts = ["assumption": stored.storedWords, "confidence": Sureness.text(stored.confidence)]
    return AuditEntry(action, Assumption.noun, stored.id.text, facts)
  }

  // MARK: - What rests on one

  /// Says of a relationship that it came of accepting an assumption.
  static func resting(_ tie: ID<Relationship>, on id: ID<Assumption>) -> SQL {
    "UPDATE entity_relationships SET from_assumption = \(id) WHERE id = \(tie) AND user_id = (SELECT me())"
  }

  /// What rested on those rests on the fact that takes their place.
  private func resting(onAny ids: [ID<Assumption>], from fact: ID<Assumption>) -> SQL {
    "UPDATE entity_relationships SET from_assumption = \(fact) WHERE from_assumption = ANY (\(ids)) AND user_id = (SELECT me())"
  }

  private func resting(on id: ID<Assumption>) throws -> [StoredRelationship] {
    try writing.db.rows(StoredRelationship.mine("r.from_assumption = \(id) ORDER BY r.id"))
  }

  private func drop(_ ties: [StoredRelationship]) throws -> [AuditEntry] {
    if ties.isEmpty { return [] }
    let ids = Set(ties.flatMap { [$0.from, $0.to] })
    let found = try writing.db.rows(PlannedThing.some(Array(ids)))
    let titles = Dictionary(found.map { ($0.id, $0.title) }, uniquingKeysWith: { first, _ in first })
    let commands = RelationshipCommands(writing: writing)
    for tie in ties { try commands.take(tie) }
    for tie in ties { try writing.note("relationship.deleted", [tie.fromRef, tie.toRef]) }
    return ties.map { tie in
      let facts = ["relationship": tie.relationship, "related_from": titles[tie.from] ?? "", "related_to": titles[tie.to] ?? ""]
      return AuditEntry("relationship.deleted", StoredRelationship.subject, tie.id.text, facts)
    }
  }

  /// The relationship that a correction says instead of what rested there, or would have come of confirming what was still asked; nil: it says none.
  private func changed(_ ties: [StoredRelationship], _ key: AssumptionKey, of stored: Assumption) throws -> RelationshipOutcome? {
    guard !ties.isEmpty || !stored.isFact, let said = key.relationship else { return nil }
    let commands = RelationshipCommands(writing: writing)
    return try commands.make(said, RelationshipDetails(strength: ties.first?.strength))
  }

  /// What a correction says: the same of another thing, where it names exactly one that can be there; else its words.
  private func corrected(_ stored: Assumption, _ words: String) throws -> AssumptionKey {
    let bare = AssumptionKey(stored.about, "", nil, words: words)
    let predicates = AssumptionCommands.corrections[stored.predicate] ?? [:]
    if predicates.isEmpty { return bare }
    let candidates = CorrectionReading.candidates(words)
    let known = [stored.subject, stored.object].compactMap(\.self)
    let found: [(String, ID<Thing>, Int)] = try writing.db.rows(
      Query(
        tuple: """
          SELECT DISTINCT d.kind, d.id, length(d.title_norm) FROM unnest(\(candidates)) AS c (name)
          JOIN search_documents d ON d.user_id = (SELECT me()) AND d.title_norm = plain(c.name) AND d.kind = ANY (\(Array(predicates.keys)))
          WHERE NOT d.trashed ORDER BY length(d.title_norm) DESC LIMIT 50
          """))
    let others = found.filter { !known.contains($0.1) }
    // The longest name that stands there; where several things have it, nobody knows which is meant.
    let longest = others.filter { $0.2 == others[0].2 }
    guard longest.count == 1, let (kind, id, _) = longest.first, let predicate = predicates[kind] else { return bare }
    // Of two people it is about the one whom the words name: "Cal works with Dan" says nothing of Bea.
    func names(_ thing: ID<Thing>?) -> Bool { found.contains { $0.1 == thing } }
    let isOfOther = stored.objectKind == "person" && names(stored.object) && !names(stored.subject)
    return AssumptionKey(isOfOther ? stored.leadsTo : stored.about, predicate, AssumedThing(kind, id))
  }

  /// Of each predicate what a correction of it can lead to, and what it says then.
  private static let corrections: [String: [String: String]] = [
    "works_at": ["place": "works_at"], "lives_at": ["place": "lives_at"], "works_with": ["person": "works_with", "place": "works_at"],
    "knows": ["person": "knows"], "about": ["person": "about"],
  ]
}
