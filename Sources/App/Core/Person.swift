import Domain
import HTML
import Postgres

/// Marks the ids of users, accounts and sessions; a type of its own each, so that none can be passed for another.
public enum User {}
public enum Account {}
public enum WebSession {}

/// What a person may do in the account. Each role may all that the ones before it may.
public enum Role: String, CaseIterable, Sendable, FromColumn, Bindable {
  case viewer, agent, admin, owner
}

/// Who is signed in, with the settings that pages are made with.
public struct Person: Sendable {
  public let id: ID<User>
  public let account: ID<Account>
  public let role: Role
  public let email: String
  public let isVerified: Bool
  public let displayName: String
  public let zone: Zone
  /// Whether this machine no longer knows it: as read here, or as the worker found while this process still has it in memory.
  public let isZoneLost: Bool
  public let language: Language
  public let weekStart: Weekday
  /// Hours after midnight at which a new day begins, 0 to 6.
  public let dayStart: Int
  /// The time of a day that was named without one.
  public let defaultTime: TimeOfDay
  /// When they want no messages.
  let quiet: QuietHours
  let work: WorkTimes
  /// How long after an acknowledgement to ask again.
  let again: AgainStandard
  let personality: Personality
  let coach: CoachWishes
  /// Of which kinds of things a model may be told, where there is one: none until the person said so.
  let modelKinds: Set<ModelKind>
  let theme: Theme
  /// Grows with every change of the profile.
  public let version: Int
  /// What features count of theirs, for the navigation and the pages.
  let counts: Counts
  /// How many entries the audit log of their account has: as many changes as they and those they share it with have made.
  let entries: Int64
  /// The same as long as nothing changes of them or of what their lists show, and never again what it was.
  let mark: String

  /// Whose the transaction is; the session look-up has set it.
  ///
  /// - Parameter zones: a zone that this machine no longer knows goes on by its last rule (``Zone/isLost``).
  static func mine(_ zones: Zones) -> Query<Person> {
    Query("SELECT \(columns) FROM users u WHERE u.id = (SELECT me())") { row throws(PostgresError) in try Person(row: row, zones: zones) }
  }

  /// Of `users u`. The numbers first: there are as many columns of them as features that count. In no order, for another one only tells pages apart that
  /// are the same: the words of `list_changes`, mostly one.
  static let columns: SQL = """
    \(Counts.columns) u.id, u.account_id, u.role, u.email, u.verified_at IS NOT NULL AS verified, u.display_name, u.timezone, u.zone_rule,
      u.zone_lost, u.language, u.week_start, u.day_start, u.default_time, \(QuietHours.ofUser),
      \(WorkTimes.columns), \(AgainStandard.columns), u.personality, u.theme, u.version, u.revision, u.model_kinds,
      \(CoachWishes.columns),
      (SELECT number FROM audit_heads WHERE account_id = u.account_id) AS entries,
      (SELECT string_agg(change::text, ' ') FROM list_changes WHERE user_id = u.id) AS changes
    """

  init(row: Row, zones: Zones) throws(PostgresError) {
    counts = try Counts(row)
    id = try row("id")
    account = try row("account_id")
    role = try row("role")
    email = try row("email")
    isVerified = try row("verified")
    displayName = try row("display_name")
    zone = try zones.stored(row)
    let isLost: Bool = try row("zone_lost")
    isZoneLost = isLost || zone.isLost
    language = try row("language")
    weekStart = try row("week_start")
    dayStart = try row("day_start")
    defaultTime = TimeOfDay(second: try row("default_time")) ?? .nine
    quiet = try QuietHours(row)
    work = try WorkTimes(row)
    again = try AgainStandard(row)
    personality = try row("personality")
    coach = try CoachWishes(row: row)
    let told: [String] = try row("model_kinds")
    modelKinds = Set(told.compactMap { ModelKind(rawValue: $0) })
    theme = try row("theme")
    version = try row("version")
    entries = try row("entries") ?? 0
    let (revision, changes): (Int64, String?) = (try row("revision"), try row("changes"))
    mark = "\(id.text) \(revision) \(entries) \(counts.text) \(changes ?? "")"
  }
}

/// Who writes the coach's words.
typealias Personality = CoachPersonality
extension CoachPersonality: Bindable, FromColumn {}

/// Light, dark, or as the system says.
enum Theme: String, CaseIterable, Bindable, FromColumn { case system, light, dark }
