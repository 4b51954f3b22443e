import Domain
import HTML
import Postgres

/// An escalation as a list reads it.
struct EscalationRow {
  let id: ID<Escalation>
  let title: String
  let progress: EscalationProgress
  let startedAt: Instant
  let profile: String
  let isPreset: Bool
  let isOpen: Bool

  private static let columns: SQL = """
    e.id, r.title, \(EscalationProgress.columns), e.started_at, e.profile_name AS profile, p.preset IS NOT NULL AS is_preset, e.open
    """
  private static let joins: Columns = "JOIN reminders r ON r.id = e.reminder_id LEFT JOIN profiles p ON p.id = e.profile_id"

  /// One page and one row more. Of the open ones those that ring come first; then the newest first.
  static func list(_ filter: EscalationFilter) -> Query<EscalationRow> {
    if filter.state == .open { return ringingFirst(after: filter.after) }
    // Each part is read in the order of an index.
    func newest(_ condition: SQL) -> SQL {
      let beyond: SQL = filter.after.map { "AND e.id < \($0)" } ?? ""
      return """
        (SELECT e.* FROM escalations e WHERE e.user_id = me() AND \(condition) \(beyond) ORDER BY e.id DESC LIMIT \(PageSize.read))
        """
    }
    let parts: SQL = filter.state == .all ? "\(newest("e.open")) UNION ALL \(newest("NOT e.open"))" : newest(filter.state.condition)
    return Query(
      """
      SELECT \(columns) FROM (SELECT * FROM (\(parts)) p ORDER BY p.id DESC LIMIT \(PageSize.read)) e \(joins) ORDER BY e.id DESC
      """, into: EscalationRow.init)
  }

  private static func ringingFirst(after: ID<Escalation>?) -> Query<EscalationRow> {
    // A cursor whose escalation is gone begins after the place where one that rings would stand.
    let beyond: SQL =
      after.map { after in
        """
        AND (e.state = 'active', e.id)
          < (coalesce((SELECT c.state = 'active' FROM escalations c WHERE c.id = \(after) AND c.user_id = me()), true), \(after))
        """
      } ?? ""
    return Query(
      """
      SELECT \(columns)
      FROM (
        SELECT * FROM escalations e WHERE e.user_id = me() AND e.open \(beyond) ORDER BY e.state = 'active' DESC, e.id DESC LIMIT \(PageSize.read)
      ) e \(joins) ORDER BY e.state = 'active' DESC, e.id DESC
      """, into: EscalationRow.init)
  }

  /// Those that wait for an answer, the one that climbs soonest first.
  static func ringing(limit: Int) -> Query<EscalationRow> {
    Query(
      """
      SELECT \(columns)
      FROM (
        SELECT * FROM escalations e WHERE e.user_id = me() AND e.open AND e.state = 'active' ORDER BY e.next_step_at, e.id LIMIT \(limit)
      ) e \(joins) ORDER BY e.next_step_at, e.id
      """, into: EscalationRow.init)
  }
}

/// An open escalation with what to do about it now.
struct EscalationItem {
  /// The id of the title on the page: buttons are named after it.
  let mark: String
  let path: Path
  let title: String
  let badge: StatusBadge
  let meter: TierMeter?
  let profile: String
  let started: TimeText
  let next: NextStep?
  let acknowledgement: Path?
  let completion: Path?
  /// Stands below a heading of its own, so that its title is one step smaller.
  let isInSection: Bool
  /// Its id, where it can be ticked.
  let tick: String?
  let isTicked: Bool

  /// - Parameters:
  ///   - place: among those on the page.
  ///   - ticked: those that the bulk form named.
  init(
    _ row: EscalationRow, _ place: Int, _ person: Person, _ words: Words, _ clock: PageClock, inSection: Bool = false,
    ticked: Set<ID<Escalation>> = []
  ) {
    let time = { (instant: Instant) in TimeText(instant, person, clock) }
    mark = "a" + String(place)
    path = Paths.escalation(row.id)
    title = row.title
    badge = row.progress.badge(words)
    meter = row.progress.meter
    profile = ProfileWords.name(row.profile, isPreset: row.isPreset, words)
    started = time(row.startedAt)
    next = row.isOpen ? row.progress.nextStep(words, time) : nil
    acknowledgement = row.progress.state == "active" ? Paths.acknowledgement(row.id) : nil
    completion = row.isOpen ? Paths.completion(row.id) : nil
    isInSection = inSection
    tick = row.isOpen && !inSection ? row.id.text : nil
    isTicked = ticked.contains(row.id)
  }
}
