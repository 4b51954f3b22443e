import Domain
import Postgres

/// A message that is given out to a program that fetches.
struct PendingNotification {
  let id: ID<OutboxMessage>
  /// How often it has been given out, this time included.
  let attempt: Int
  /// Until when its receipt is waited for.
  let expiresAt: Instant
  /// nil for a test.
  let escalation: ID<Escalation>?
  let title: String?
  let tier: Int?

  /// Gives out what waits for whoever owns the transaction: what is critical first, then the oldest. What another program is being given is passed over,
  /// and what was given out comes again a minute later, until its receipt. What somebody has answered, or a later step has told since, comes no more.
  ///
  /// - Parameters:
  ///   - isQuiet: whether it lies in the person's quiet hours: only what is critical comes then.
  ///   - holdsCritical: whether not even that comes.
  static func giveOut(_ limit: Int, isQuiet: Bool, holdsCritical: Bool = false, at now: Instant) -> Query<PendingNotification> {
    Query(
      """
      WITH due AS MATERIALIZED (
        SELECT o.id, r.title FROM outbox o
        LEFT JOIN escalations e ON e.id = o.escalation_id AND e.user_id = o.user_id
        LEFT JOIN reminders r ON r.id = o.reminder_id AND r.user_id = o.user_id
        WHERE o.user_id = (SELECT me()) AND o.channel = 'pull' AND o.recipient_kind = 'user' AND o.state = 'pending' AND o.due_at > \(now)
          AND (o.reason = 'laid_out' OR o.reason = 'fetched' AND o.sent_at <= \(now.advanced(seconds: -Pull.secondsUntilAgain)))
          AND (o.subject = 'test' OR o.subject = 'escalation' AND (NOT \(isQuiet) OR o.critical AND NOT \(holdsCritical)) AND \(isWanted))
        ORDER BY o.critical DESC, o.created_at, o.id LIMIT \(limit) FOR UPDATE OF o SKIP LOCKED
      ), given AS (
        UPDATE outbox o SET reason = 'fetched', sent_at = \(now), attempts = o.attempts + 1 FROM due d
        WHERE o.id = d.id AND o.user_id = (SELECT me())
        RETURNING o.id, o.user_id, o.subject_id, o.escalation_id, o.attempts, o.due_at, o.critical, o.created_at, o.tier, d.title
      ), noted AS (
        INSERT INTO outbox_attempts (id, user_id, subject_id, message_id, at, state, attempt, reason)
        SELECT new_id(\(now)), user_id, subject_id, id, \(now), 'sent', attempts, 'fetched' FROM given
      )
      SELECT id, attempts AS attempt, due_at AS expires_at, escalation_id AS escalation, title, tier FROM given ORDER BY critical DESC, created_at, id
      """, into: PendingNotification.init)
  }

  /// Whether a message `o` of an escalation `e` is still to be told: that is open, it is switched on, and nothing newer of it waits. Of two tiers of one
  /// instant both are told, as they are by other agents (``ClaimedDelivery/isOvertaken``).
  private static let isWanted: Columns = """
    e.state = 'active' AND e.run = o.run
      AND EXISTS (SELECT FROM agents a WHERE a.user_id = o.user_id AND a.type = 'pull' AND a.enabled)
      AND NOT EXISTS (SELECT FROM outbox n WHERE n.escalation_id = o.escalation_id AND n.run = o.run AND n.channel = 'pull'
        AND n.recipient_id = o.recipient_id AND (n.round, n.tier) > (o.round, o.tier)
        AND (n.round > 0 OR e.plan->'tiers'->(n.tier - 1)->'delay' <> e.plan->'tiers'->(o.tier - 1)->'delay')
        AND (n.state = 'pending' AND n.reason IN ('laid_out', 'fetched') OR n.state = 'delivered'))
    """

  /// Whether a message has been given out, and waits for its receipt; nil: there is none of the person's to be fetched by that id. Its row is locked.
  static func isGiven(_ id: ID<OutboxMessage>, _ db: Connection) throws(PostgresError) -> (isGiven: Bool, waits: Bool)? {
    try db.row(
      Query<(Bool, Bool)>(
        tuple: """
          SELECT sent_at IS NOT NULL AS is_given, state = 'pending' AND reason IS NOT DISTINCT FROM 'fetched' AS waits FROM outbox
          WHERE id = \(id) AND user_id = (SELECT me()) AND channel = 'pull' FOR UPDATE
          """)
    ).map { ($0.0, $0.1) }
  }

  /// Its receipt has come.
  static func receive(_ id: ID<OutboxMessage>, at now: Instant, _ db: Connection) throws(PostgresError) {
    try db.run(
      """
      WITH received AS (
        UPDATE outbox SET state = 'delivered', reason = 'received', due_at = \(now)
        WHERE id = \(id) AND user_id = (SELECT me()) AND channel = 'pull' AND state = 'pending' AND reason = 'fetched'
        RETURNING id, user_id, subject_id, attempts
      )
      INSERT INTO outbox_attempts (id, user_id, subject_id, message_id, at, state, attempt, reason)
      SELECT new_id(\(now)), user_id, subject_id, id, \(now), 'delivered', attempts, 'received' FROM received
      """)
  }
}
