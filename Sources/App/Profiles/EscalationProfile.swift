import Domain
import HTML
import Postgres

/// How a reminder asks again, and by what means: a ladder of tiers. Each person owns copies of the three presets, which are read-only.
struct EscalationProfile: FromRow {
  let id: ID<EscalationProfile>
  /// Nil: one's own.
  let preset: LadderPreset?
  let name: String
  let description: String
  let ladder: Ladder
  let version: Int
  /// What its owner has switched on.
  let means: [AgentType]
  /// Whether its owner has a contact who can be told.
  let hasContacts: Bool

  /// The columns of ``init(row:)``, from `profiles p`.
  static let columns: SQL = """
    p.id, p.preset, p.name, p.description, p.tiers::text AS tiers, p.repeat_minutes, p.repeat_limit, p.version,
    ARRAY(SELECT a.type FROM agents a WHERE a.user_id = p.user_id AND a.enabled
      AND (a.type <> 'push' OR EXISTS (SELECT FROM push_devices v WHERE v.user_id = a.user_id))) AS means,
    EXISTS (SELECT FROM contacts c WHERE c.user_id = p.user_id AND \(Contact.canBeReached)) AS has_contacts
    """

  init(row: Row) throws(PostgresError) { try self.init(row: row, LadderCache()) }

  init(row: Row, _ ladderCache: LadderCache) throws(PostgresError) {
    id = try row("id")
    preset = try row("preset")
    name = try row("name")
    description = try row("description")
    let (tiers, minutes, limit): (String, Int, Int) = (try row("tiers"), try row("repeat_minutes"), try row("repeat_limit"))
    ladder = try ladderCache.ladder("\(minutes) \(limit) \(tiers)") { _ throws(PostgresError) in
      try Ladder(tiers: tiers, repeatMinutes: minutes, repeatLimit: limit)
    }
    version = try row("version")
    means = try row("means")
    hasContacts = try row("has_contacts")
  }

  /// The person's profiles, presets first.
  static var mine: Query<EscalationProfile> {
    Query(
      """
      SELECT \(columns) FROM profiles p WHERE p.user_id = me()
      ORDER BY array_position(ARRAY['gentle', 'urgent', 'critical'], p.preset), p.name, p.id
      """)
  }

  /// How many of their own a person has at most.
  static let mostOwn = 20

  /// What it is about, for the audit log.
  static let subject = "profile"

  /// One of the person's, locked.
  static func find(_ id: ID<EscalationProfile>, _ web: Context) throws -> EscalationProfile {
    let person = try web.person
    let found = try web.db.row(
      Query<EscalationProfile>(
        "SELECT \(columns) FROM profiles p WHERE p.id = \(id) AND p.user_id = \(person.id) FOR NO KEY UPDATE OF p"))
    guard let found else { throw Failure.notFound }
    return found
  }

  /// Locks one that is about to go: whoever is about to use it waits.
  static func lock(_ id: ID<EscalationProfile>, of user: ID<User>) -> Query<ID<EscalationProfile>> {
    Query(column: "SELECT id FROM profiles WHERE id = \(id) AND user_id = \(user) FOR UPDATE")
  }

  /// Keeps those of the person until the transaction ends: a form is about to choose one. Before anything that climbs one is locked, as deletion locks
  /// what climbs a profile after that.
  static func keep(_ web: Context) throws(PostgresError) {
    let kept = Query<ID<EscalationProfile>>(column: "SELECT id FROM profiles WHERE user_id = (SELECT me()) ORDER BY id FOR KEY SHARE")
    _ = try web.db.rows(kept)
  }

  /// One profile of its owner.
  static func query(_ id: ID<EscalationProfile>, of user: ID<User>) -> Query<EscalationProfile> {
    Query("SELECT \(columns) FROM profiles p WHERE p.id = \(id) AND p.user_id = \(user)")
  }

  /// As a reader sees it.
  func shownName(_ words: Words) -> String { ProfileWords.name(name, isPreset: preset != nil, words) }

  /// As a reader sees it.
  func shownDescription(_ words: Words) -> String { ProfileWords.name(description, isPreset: preset != nil, words) }

  /// The three presets, exactly as the escalating-reminders specification seeds them.
  static func insertPresets(for user: ID<User>, at now: Instant, _ db: Connection) throws(PostgresError) {
    try db.runAll(
      LadderPreset.allCases.map { preset in
        """
        INSERT INTO profiles (id, user_id, preset, name, description, tiers, created_at, updated_at)
        VALUES (\(ID<EscalationProfile>.new(at: now)), \(user), \(preset), \(preset.name), \(preset.description),
          \(preset.ladder.tiersText)::text::jsonb, \(now), \(now))
        """
      })
  }
}

/// What a list says of a profile.
struct ProfileName {
  let id: ID<EscalationProfile>
  let name: Text
  /// Nil: one's own.
  let preset: LadderPreset?

  /// The person's, in no order.
  static var mine: Query<ProfileName> {
    Query("SELECT id, name, preset FROM profiles WHERE user_id = (SELECT me())", into: ProfileName.init)
  }
}
