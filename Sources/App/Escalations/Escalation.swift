import Domain
import Postgres

/// One run up the ladder for one occurrence of one reminder, as stored: the course is the state machine, the rest says what it is about.
struct Escalation: FromRow {
  let id: ID<Escalation>
  let user: ID<User>
  let reminder: ID<Reminder>
  /// The scheduled instant that started it.
  let occurrenceAt: Instant
  /// The date that it rings for, where its reminder is a habit's (RULES 5.19).
  let habitDate: Day?
  /// Which profile the plan was copied from, by id, name and version; it may have been edited since, or be gone.
  var profile: ID<EscalationProfile>
  var profileName: String
  var profileVersion: Int
  var course: EscalationCourse
  let createdAt: Instant
  /// What its owner has switched on; push only with a device.
  let means: [AgentType]
  /// Whether the desk made its reminder: what customers write is nothing for anybody's contacts.
  let isOfDesk: Bool
  /// Whether some contact can be told of it.
  let hasContacts: Bool
  /// The run in which each of them has said that they cannot; nil: in that which was read some have not.
  var declinedRun: Int?

  /// The columns of ``init(row:)``, from `escalations e`.
  static let columns: SQL = """
    e.id, e.user_id, e.reminder_id, e.occurrence_at, e.habit_date, e.profile_id, e.profile_name, e.profile_version, e.plan::text AS plan,
    e.state, e.run,
    e.tier, e.round, e.started_at, e.next_step_at, e.again_at, e.snoozed_until, e.acknowledged_at, e.ended_at, e.fired_again, e.created_at,
    ARRAY(SELECT a.type FROM agents a WHERE a.user_id = e.user_id AND a.enabled
      AND (a.type <> 'push' OR EXISTS (SELECT FROM push_devices p WHERE p.user_id = a.user_id))) AS means,
    coalesce((SELECT d.of_desk FROM reminders d WHERE d.id = e.reminder_id), false) AS of_desk,
    EXISTS (SELECT FROM contacts c WHERE c.user_id = e.user_id AND \(Contact.canBeReached)) AS has_contacts,
    CASE WHEN NOT EXISTS (SELECT FROM contacts c WHERE c.user_id = e.user_id AND \(Contact.canBeReached) AND \(Declining.isAsked("e.id", "e.run")))
      THEN e.run END AS declined_run
    """

  init(row: Row) throws(PostgresError) { try self.init(row: row, LadderCache()) }

  init(row: Row, _ ladderCache: LadderCache) throws(PostgresError) {
    id = try row("id")
    user = try row("user_id")
    reminder = try row("reminder_id")
    occurrenceAt = try row("occurrence_at")
    habitDate = try row("habit_date")
    profile = try row("profile_id")
    profileName = try row("profile_name")
    profileVersion = try row("profile_version")
    let ladder = try ladderCache.ladder(try row("plan")) { plan throws(PostgresError) in try Ladder(plan: plan) }
    course = EscalationCourse(
      state: try row("state"), ladder: ladder, run: try row("run"),
      tier: try row("tier"), round: try row("round"), startedAt: try row("started_at"), nextStepAt: try row("next_step_at"),
      againAt: try row("again_at"), snoozedUntil: try row("snoozed_until"), acknowledgedAt: try row("acknowledged_at"),
      endedAt: try row("ended_at"), firedAgain: try row("fired_again"))
    createdAt = try row("created_at")
    means = try row("means")
    isOfDesk = try row("of_desk")
    let hasContacts: Bool = try row("has_contacts")
    self.hasContacts = hasContacts && !isOfDesk
    declinedRun = try row("declined_run")
  }

  /// A new one, nothing sent yet.
  init(
    of reminder: ID<Reminder>, _ user: ID<User>, _ profile: EscalationProfile, _ firing: DueOccurrence, start: Instant,
    isOfDesk: Bool = false, at now: Instant
  ) {
    id = .new(at: now)
    (self.user, self.reminder, occurrenceAt, habitDate) = (user, reminder, firing.at, firing.date)
    (self.profile, profileName, profileVersion) = (profile.id, profile.name, profile.version)
    course = EscalationCourse(starting: profile.ladder, at: start)
    createdAt = now
    means = profile.means
    (self.isOfDesk, hasContacts, declinedRun) = (isOfDesk, profile.hasContacts && !isOfDesk, nil)
  }

  /// The plan and its origin as the profile is now: what a snooze ends with (RULES 3.6).
  mutating func adopt(_ profile: EscalationProfile) {
    (self.profile, profileName, profileVersion) = (profile.id, profile.name, profile.version)
  }

  /// Whom a tier tells, and by what.
  func told(of tier: Int) -> TierTold {
    let tier = course.ladder.tier(tier)
    return TierTold(
      tier?.agents ?? [], means, tellsContacts: tier?.includesContacts == true && hasContacts && declinedRun != course.run)
  }

  /// The newest of a reminder, open ones first, locked. Whoever asks has locked the reminder before: that is the order everywhere.
  ///
  /// - Parameter reminder: an id, or a query for one.
  static func newest(of reminder: SQL, _ user: ID<User>) -> Query<Escalation> {
    Query(
      """
      SELECT \(columns) FROM escalations e WHERE e.reminder_id = \(reminder) AND e.user_id = \(user)
      ORDER BY e.open DESC, e.created_at DESC, e.id DESC LIMIT 1 FOR UPDATE
      """)
  }

  /// One of its owner's, not locked.
  static func query(_ id: ID<Escalation>, of user: ID<User>) -> Query<Escalation> {
    Query("SELECT \(columns) FROM escalations e WHERE e.id = \(id) AND e.user_id = \(user)")
  }
}
