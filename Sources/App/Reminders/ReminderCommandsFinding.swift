import Domain
import Postgres

extension ReminderCommands {
  /// The commands of one of a person's reminders: it and its newest escalation are locked and read in one round trip.
  ///
  /// - Throws: ``Failure/notFound`` when it is missing, deleted or somebody else's.
  static func find(
    _ id: ID<Reminder>, of user: ID<User>, by actor: Actor, at now: Instant, _ zones: Zones, _ db: Connection
  ) throws -> ReminderCommands {
    let (_, _, found, newest) = try db.read(
      Reminder.lockHabits("\(id)", of: user), Reminder.lock("\(id)", of: user), Reminder.query("\(id)", of: user, zones),
      Escalation.newest(of: "\(id)", user))
    guard let reminder = found.first else { throw Failure.notFound }
    return ReminderCommands(reminder, newest.first, by: actor, at: now, db)
  }

  /// The same for whoever is signed in, or for whom a program acts.
  static func find(_ id: ID<Reminder>, as kind: ActorKind = .user, _ web: Context) throws -> ReminderCommands {
    try find(id, of: web.person.id, by: web.actor(kind), at: web.now, web.services.zones, web.db)
  }

  /// The same for the answer to one of the person's escalations, which need not be the newest (``requireNewest()``).
  ///
  /// - Parameter name: of who answers in their place; nil: they do themselves.
  static func find(
    answering id: ID<Escalation>, as kind: ActorKind = .user, named name: String? = nil, _ web: Context
  ) throws -> ReminderCommands {
    let user = try web.person.id
    let reminder: SQL = "(SELECT e.reminder_id FROM escalations e WHERE e.id = \(id) AND e.user_id = \(user))"
    let (_, _, found, newest, asked) = try web.db.read(
      Reminder.lockHabits(reminder, of: user), Reminder.lock(reminder, of: user), Reminder.query(reminder, of: user, web.services.zones),
      Escalation.newest(of: reminder, user),
      Escalation.query(id, of: user))
    guard let reminder = found.first, let asked = asked.first else { throw Failure.notFound }
    var actor = try web.actor(kind)
    actor.name = name ?? actor.name
    return ReminderCommands(reminder, newest.first, asked: asked, by: actor, at: web.now, web.db)
  }

  /// Those of many reminders of the person, in the order of their ids.
  ///
  /// - Throws: ``Failure/notFound`` when one of them is missing, deleted or somebody else's.
  static func find(_ ids: [ID<Reminder>], _ web: Context) throws -> [ReminderCommands] {
    let user = try web.person.id
    let (_, _, found, escalations) = try web.db.read(
      Reminder.lockHabits("ANY (\(ids))", of: user), Reminder.lock(ids, of: user), Reminder.query(ids, of: user, web.services.zones),
      Escalation.newest(of: ids, user))
    guard found.count == ids.count else { throw Failure.notFound }
    let newest = Dictionary(escalations.map { ($0.reminder, $0) }, uniquingKeysWith: { first, _ in first })
    let actor = try web.actor()
    return found.map { ReminderCommands($0, newest[$0.id], by: actor, at: web.now, web.db) }
  }
}

extension Reminder {
  /// Locks the row; the queries after it see what those wrote who had it before.
  ///
  /// - Parameter id: an id, or a query for one.
  static func lock(_ id: SQL, of user: ID<User>) -> Query<Void> {
    Query("SELECT 1 FROM reminders WHERE id = \(id) AND user_id = \(user) FOR UPDATE") { (_: Row) throws(PostgresError) in }
  }

  /// Locks the habits whose reminders these are: before the reminders, as whoever changes a habit does.
  ///
  /// - Parameter id: an id, a query for one, or `ANY` of many.
  fileprivate static func lockHabits(_ id: SQL, of user: ID<User>) -> Query<Void> {
    Query(
      """
      SELECT 1 FROM habits WHERE user_id = \(user) AND id IN (
        SELECT habit_id FROM reminders WHERE id = \(id) AND user_id = \(user) AND habit_id IS NOT NULL) ORDER BY id FOR NO KEY UPDATE
      """
    ) { (_: Row) throws(PostgresError) in }
  }

  /// Locks many rows, in one order everywhere, so that two lists never wait for each other.
  fileprivate static func lock(_ ids: [ID<Reminder>], of user: ID<User>) -> Query<Void> {
    Query("SELECT 1 FROM reminders WHERE id = ANY(\(ids)) AND user_id = \(user) ORDER BY id FOR UPDATE") {
      (_: Row) throws(PostgresError) in
    }
  }

  fileprivate static func query(_ ids: [ID<Reminder>], of user: ID<User>, _ zones: Zones) -> Query<Reminder> {
    Query(
      """
      SELECT \(columns) FROM reminders r JOIN schedules s ON s.reminder_id = r.id
      WHERE r.id = ANY(\(ids)) AND r.user_id = \(user) ORDER BY r.id
      """
    ) { row throws(PostgresError) in try Reminder(row: row, zones: zones) }
  }
}

extension Escalation {
  /// The newest of each of these reminders, open ones first, locked.
  fileprivate static func newest(of reminders: [ID<Reminder>], _ user: ID<User>) -> Query<Escalation> {
    let ladderCache = LadderCache()
    return Query(
      """
      SELECT \(columns) FROM unnest(\(reminders)) AS t (id), LATERAL (
        SELECT n.id FROM escalations n WHERE n.reminder_id = t.id AND n.user_id = \(user)
        ORDER BY n.open DESC, n.created_at DESC, n.id DESC LIMIT 1
      ) n JOIN escalations e ON e.id = n.id
      ORDER BY e.id FOR UPDATE OF e
      """
    ) { row throws(PostgresError) in try Escalation(row: row, ladderCache) }
  }
}
