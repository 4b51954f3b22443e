import Domain
import HTML
import Postgres

/// What is written about a thing beside its name.
extension ToolReading {
  /// What a table holds of one.
  private struct Contents {
    let notes: String
    let more: String
    let tags: [String]
    let dueDay: Day?
    let dueAt: Instant?
    let importance: Int?
  }

  /// A thing whole, as a model is told of it. Notes on people and what stands in events count as others' words, whoever typed them (RULES 9.11, 9.34).
  ///
  /// - Returns: nil: it is gone.
  func whole(_ thing: ToolThing) throws -> JSONText? {
    guard let table = ToolReading.contents(thing) else { return nil }
    guard let found = try db.rows(Query(table, into: Contents.init)).first else { return nil }
    let hasText = !found.notes.utf8.isEmpty || !found.more.utf8.isEmpty
    let due = found.dueDay.map { Due(day: $0, at: found.dueAt) } ?? found.dueAt.map { Due(day: person.zone.local($0).day, at: $0) }
    return json(
      thing,
      [
        ("state", JSONText.words(thing.state)), ("due", due.map { .string($0.text(person.zone)) }),
        ("importance", found.importance.map { .number($0) }),
        ("tags", found.tags.isEmpty ? nil : .array(found.tags.map { .string($0) })), ("about", JSONText.cut(found.more, to: 4_000)),
        ("notes", JSONText.cut(found.notes, to: 16_000)),
      ], isForeign: hasText && (thing.kind == "person" || thing.kind == "event"))
  }

  /// What of a kind is read, in one form.
  private static func contents(_ thing: ToolThing) -> SQL? {
    let tags: SQL = """
      ARRAY(SELECT g.tag FROM tags g WHERE g.thing = \(thing.id) AND g.user_id = (SELECT me()) ORDER BY g.tag_norm) AS tags
      """
    let own: SQL = "x.id = \(thing.id) AND x.user_id = (SELECT me())"
    return switch ModelKind(rawValue: thing.kind) {
    case .task:
      """
      SELECT x.notes, '' AS more, \(tags), x.due AS due_day, x.due_at, x.priority::int AS importance
      FROM tasks x WHERE \(own) AND x.deleted_at IS NULL
      """
    case .goal:
      """
      SELECT x.description AS notes, '' AS more, \(tags), x.deadline AS due_day, NULL::timestamptz AS due_at, NULL::int AS importance
      FROM goals x WHERE \(own) AND x.deleted_at IS NULL
      """
    case .problem:
      """
      SELECT x.description AS notes, '' AS more, \(tags), NULL::date AS due_day, NULL::timestamptz AS due_at, x.severity::int AS importance
      FROM problems x WHERE \(own) AND x.deleted_at IS NULL
      """
    case .deadline:
      """
      SELECT x.description AS notes, x.consequences AS more, \(tags), NULL::date AS due_day, x.due_at, x.importance::int AS importance
      FROM deadlines x WHERE \(own) AND x.deleted_at IS NULL
      """
    case .person:
      """
      SELECT x.notes, concat_ws(', ', nullif(x.title, ''), nullif(x.company, '')) AS more, \(tags), NULL::date AS due_day,
        NULL::timestamptz AS due_at, x.importance::int AS importance
      FROM people x WHERE \(own) AND x.deleted_at IS NULL
      """
    case .place:
      """
      SELECT x.notes, concat_ws(', ', nullif(x.address, ''), nullif(x.city, ''), nullif(x.country, '')) AS more, \(tags), NULL::date AS due_day,
        NULL::timestamptz AS due_at, NULL::int AS importance
      FROM places x WHERE \(own) AND x.deleted_at IS NULL
      """
    case .event:
      """
      SELECT x.description AS notes, x.location AS more, \(tags), NULL::date AS due_day, x.starts_at AS due_at, x.importance::int AS importance
      FROM events x WHERE \(own) AND x.deleted_at IS NULL
      """
    case .reminder:
      """
      SELECT x.description AS notes, '' AS more, '{}'::text[] AS tags, NULL::date AS due_day, coalesce(x.snoozed_until, x.next_at) AS due_at,
        NULL::int AS importance
      FROM reminders x WHERE \(own) AND x.status <> 'deleted'
      """
    case .habit:
      """
      SELECT x.description AS notes, '' AS more, '{}'::text[] AS tags, NULL::date AS due_day, NULL::timestamptz AS due_at, NULL::int AS importance
      FROM habits x WHERE \(own) AND x.status <> 'deleted'
      """
    case nil: nil
    }
  }
}
