import Domain
import Postgres

/// Who has said in a run that they cannot.
enum Declining {
  /// Of `contacts c`: those who have not said in a run of an escalation that they cannot.
  static func isAsked(_ escalation: SQL, _ run: SQL) -> SQL {
    """
    NOT EXISTS (SELECT FROM escalation_events v
      WHERE v.escalation_id = \(escalation) AND v.run = \(run) AND v.kind = 'declined' AND v.data->>'contact' = c.id::text)
    """
  }

  static func hasDeclined(_ contact: ID<Contact>, _ escalation: Escalation, _ db: Connection) throws(PostgresError) -> Bool {
    try facts(contact, escalation, db) != nil
  }

  /// Of a contact who has declined in this run: whether tiers were still to come then; nil: they have not.
  static func facts(_ contact: ID<Contact>, _ escalation: Escalation, _ db: Connection) throws(PostgresError) -> Bool? {
    try db.value(
      """
      SELECT data ? 'others' FROM escalation_events
      WHERE escalation_id = \(escalation.id) AND user_id = \(escalation.user) AND run = \(escalation.course.run) AND kind = 'declined'
        AND data->>'contact' = \(contact.text) LIMIT 1
      """)
  }

  /// All who have declined in this run.
  static func contacts(_ escalation: Escalation) -> Query<ID<Contact>> {
    Query(
      column: """
        SELECT DISTINCT (data->>'contact')::uuid FROM escalation_events
        WHERE escalation_id = \(escalation.id) AND user_id = me() AND run = \(escalation.course.run) AND kind = 'declined' AND data ? 'contact'
        """)
  }

  /// Whether the tier that the ladder stands at told a contact, and how many others whom it told, or tells in a moment, have not declined. Whoever is
  /// quiet until the morning is not waited for.
  static func told(
    by escalation: Escalation, _ contact: ID<Contact>, _ db: Connection
  ) throws(PostgresError) -> (isTold: Bool, others: Int) {
    let counts = try db.row(
      Query<(Int, Int)>(
        tuple: """
          SELECT (count(*) FILTER (WHERE c.id = \(contact) AND (o.state <> 'pending' OR o.attempts > 0)))::int AS told,
            (count(DISTINCT c.id) FILTER (WHERE c.id <> \(contact) AND \(Declining.isAsked("o.escalation_id", "o.run"))))::int AS others
          FROM outbox o JOIN contacts c ON c.id = o.recipient_id AND c.user_id = o.user_id AND c.deleted_at IS NULL
          WHERE o.escalation_id = \(escalation.id) AND o.user_id = \(escalation.user) AND o.run = \(escalation.course.run)
            AND o.tier = \(escalation.course.tier) AND o.recipient_kind = 'contact' AND o.state IN ('pending', 'sending', 'sent', 'delivered')
          """))
    return ((counts?.0 ?? 0) > 0, counts?.1 ?? 0)
  }

  /// What had not left yet for who has declined.
  static func withdrawing(_ escalation: Escalation, _ contact: ID<Contact>, at now: Instant) -> SQL {
    """
    WITH gone AS (
      UPDATE outbox SET state = 'cancelled', reason = NULL, code = NULL, detail = ''
      WHERE escalation_id = \(escalation.id) AND user_id = \(escalation.user) AND run = \(escalation.course.run)
        AND recipient_kind = 'contact' AND recipient_id = \(contact) AND state IN ('pending', 'held')
      RETURNING id, user_id, subject_id
    )
    INSERT INTO outbox_attempts (id, user_id, subject_id, message_id, at, state)
    SELECT new_id(\(now)), user_id, subject_id, id, \(now), 'cancelled' FROM gone
    """
  }
}
