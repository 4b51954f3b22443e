import Domain
import HTML
import Postgres
import Web

/// What a merge did.
struct MergeOutcome {
  let id: ID<Merge>
  /// What the survivor is called now.
  let name: String
  let entries: [AuditEntry]
}

/// Makes two people one, in one transaction: the person's planner is locked, then what rings for both, then both in the order of their ids.
struct MergeCommands {
  /// Who stays.
  let this: KnownPerson
  /// Who goes into them.
  let other: KnownPerson
  let with: DeadlineWriting

  /// - Throws: ``Failure/notFound`` where who stays is missing, in the trash or somebody else's; ``FormErrors`` where the other one is, or is the
  ///   same; ``MergeRefusal/merged(_:into:)`` where either was merged meanwhile.
  static func find(_ id: ID<KnownPerson>, _ other: ID<KnownPerson>?, _ with: DeadlineWriting) throws -> MergeCommands {
    let ids = [id, other].compactMap(\.self)
    try with.planner.lock()
    _ = try with.db.rows(PersonBell.locking("b.person_id = ANY (\(ids))"))
    let ends = try with.db.rows(MergeEnd.locking(ids))
    guard let this = ends.first(where: { $0.id == id }) else { throw Failure.notFound }
    if let into = this.mergedInto { throw MergeRefusal.merged(this.name, into: try name(into, with)) }
    if this.isDeleted { throw Failure.notFound }
    guard let end = ends.first(where: { $0.id == other }) else { throw FormErrors("other", with.words("Choose one of your people.")) }
    if end.id == id { throw FormErrors("other", with.words("Nobody can be merged into themselves. Choose somebody else.")) }
    if let into = end.mergedInto { throw MergeRefusal.merged(end.name, into: try name(into, with)) }
    if end.isDeleted { throw FormErrors("other", with.words("Choose one of your people.")) }
    let both = try with.db.rows(KnownPerson.mine("p.id = ANY (\(ids)) ORDER BY p.id"))
    guard let stays = both.first(where: { $0.id == id }), let goes = both.first(where: { $0.id == end.id }) else { throw Failure.notFound }
    return MergeCommands(this: stays, other: goes, with: with)
  }

  private static func name(_ id: ID<KnownPerson>, _ with: DeadlineWriting) throws -> String {
    let name: String? = try with.db.value("SELECT name FROM people WHERE id = \(id) AND user_id = (SELECT me())")
    return name ?? ""
  }

  /// - Parameter keep: whose each field is; what is not in it stays as it is where it says something.
  /// - Throws: ``FormErrors`` for what would go beyond a limit: nothing is cut.
  func merge(_ keep: [PersonMergePlan.Field: PersonMergePlan.Choice]) throws -> MergeOutcome {
    let plan = try MergeCommands.plan(this, other, keep, with.words)
    let (survivor, gone, now) = (this.id, other.id, with.now)
    let before: String? = try with.db.value(MergeWrites.row(survivor))
    let addresses: String? = try with.db.value("SELECT (\(MergeWrites.addresses(survivor)))::text")
    try trash()
    try write(plan.result)
    let relationships = try moveRelationships()
    let things = try moveThings()
    let id = ID<Merge>.new(at: now)
    let tags = plan.result.tags.filter { tag in !this.tags.contains { $0.utf8.elementsEqual(tag.utf8) } }
    try with.db.queue([
      """
      INSERT INTO merges (id, user_id, survivor, merged, at, moved)
      SELECT \(id), p.user_id, p.id, \(gone), \(now), jsonb_build_object('this', \(before)::text::jsonb, 'made', to_jsonb(p),
        'addresses', \(addresses)::text::jsonb, 'made_addresses', \(MergeWrites.addresses(survivor)), 'tags', to_jsonb(\(tags)::text[]),
        'relationships', \(relationships.changed)::text::jsonb, 'renewed', \(relationships.renewed)::text::jsonb,
        'tasks', to_jsonb(\(things.tasks)::uuid[]), 'log', to_jsonb(\(things.log)::uuid[]), 'sources', \(things.sources)::text::jsonb)
      FROM people p WHERE p.id = \(survivor) AND p.user_id = (SELECT me())
      """
    ])
    guard let made = try with.db.row(KnownPerson.mine("p.id = \(survivor)")) else { throw Failure.notFound }
    try PersonCommands(person: made, with: with).followContacts()
    try with.planner.note("person.merged", [this.ref, other.ref])
    let facts = ["person": made.name, "merged": other.name]
    return MergeOutcome(id: id, name: made.name, entries: [AuditEntry("person.merged", KnownPerson.subject, survivor.text, facts)])
  }

  /// What comes of both.
  ///
  /// - Throws: ``FormErrors`` for what would go beyond a limit.
  static func plan(
    _ this: KnownPerson, _ other: KnownPerson, _ keep: [PersonMergePlan.Field: PersonMergePlan.Choice], _ words: Words
  ) throws(FormErrors) -> PersonMergePlan {
    do throws(PersonMergePlan.Problem) {
      return try PersonMergePlan(this: this.fields, other: other.fields, keep: keep)
    } catch {
      switch error {
      case .notes:
        throw FormErrors(
          "notes", words("Both notes together are too long: at most {n} bytes fit.", ["n": String(PersonFields.longestNotes)]))
      case .tags:
        throw FormErrors("tags", words("Together they have more than {n} tags. Take some away first.", ["n": String(TagList.most)]))
      case .addresses:
        throw FormErrors(
          "email",
          words(
            "Together they have more than {n} other addresses or numbers. Take some away first.", ["n": String(PersonFields.mostOthers)]))
      case .metadata:
        throw FormErrors("metadata", words("What other programs keep of both is too much for one. Take some of it away first."))
      }
    }
  }

  /// Whoever goes lies in the trash as merged; their addresses are free then, and nothing rings for them.
  private func trash() throws {
    try PersonCommands(person: other, with: with).bell().delete()
    try with.db.queue([
      """
      UPDATE people SET deleted_at = \(with.now), merged_into = \(this.id), updated_at = \(with.now)
      WHERE id = \(other.id) AND user_id = (SELECT me()) AND deleted_at IS NULL
      """
    ])
  }

  private func write(_ result: PersonFields) throws {
    // How often to hear of them goes on from when that was set.
    let chosen = result.stayInTouch == this.pace ? this : other
    let stay = StayColumns(
      result.stayInTouch, words: chosen.stayWords, stored: chosen, last: this.lastContactAt, with.person, now: with.now)
    let row = PersonDraft(result).row(stay)
    try with.db.queue(
      [
        """
        UPDATE people SET \(row.assignments), version = version + 1, updated_at = \(with.now) WHERE id = \(this.id) AND user_id = (SELECT me())
        """,
        "UPDATE people SET stay_events = \(chosen.stayEvents) WHERE id = \(this.id) AND user_id = (SELECT me())",
      ] + PersonAddresses.writing(result, of: this.id, isNew: false, with) + TaskWrites.tagging(this.ref, result.tags, with.planner))
  }

  /// - Returns: how they were, as JSON.
  private func moveRelationships() throws -> (changed: String, renewed: String) {
    let all = try with.db.rows(MergeWrites.relationships([this.ref.id, other.ref.id]))
    let plan = MergedRelationships(all, from: other.ref.id, to: this.ref.id)
    let changed: String? = try with.db.value(MergeWrites.keeping(plan.changes))
    let renewed: String? = try with.db.value(MergeWrites.keeping(plan.renewed))
    try with.db.queue(MergeWrites.moving(plan, with.now))
    return (changed ?? "[]", renewed ?? "[]")
  }

  /// Behind the relationships: what says who does a task follows the task, and is there already.
  private func moveThings() throws -> (tasks: [ID<Task>], log: [ID<LoggedContact>], sources: String) {
    let (survivor, gone, now) = (this.id, other.id, with.now)
    let tasks: [ID<Task>] = try with.db.rows(
      Query(column: "SELECT id FROM tasks WHERE assignee_id = \(gone) AND user_id = (SELECT me()) ORDER BY id FOR UPDATE"))
    // A meeting at which both were stays once.
    let log: [ID<LoggedContact>] = try with.db.rows(
      Query(
        column: """
          SELECT c.id FROM contact_log c WHERE c.person_id = \(gone) AND c.user_id = (SELECT me()) AND NOT EXISTS (
            SELECT FROM contact_log o WHERE o.person_id = \(survivor) AND o.user_id = c.user_id AND o.event_id = c.event_id
              AND o.instance IS NOT DISTINCT FROM c.instance) ORDER BY c.id
          """))
    let sources: String? = try with.db.value(
      """
      SELECT coalesce(jsonb_agg(jsonb_build_object('kind', s.kind, 'source', s.source, 'source_id', s.source_id)), '[]')::text
      FROM entity_sources s WHERE s.thing = \(gone) AND s.user_id = (SELECT me())
      """)
    try with.db.queue([
      """
      UPDATE tasks SET assignee_id = \(survivor), version = version + 1, updated_at = \(now) WHERE id = ANY (\(tasks)) AND user_id = (SELECT me())
      """,
      "UPDATE contact_log SET person_id = \(survivor) WHERE id = ANY (\(log)) AND user_id = (SELECT me())",
      "UPDATE entity_sources SET thing = \(survivor) WHERE thing = \(gone) AND user_id = (SELECT me())",
    ])
    return (tasks, log, sources ?? "[]")
  }
}
