import Domain
import Postgres

/// A message that could be claimed, before more is read of it.
struct OutboxCandidate {
  let id: ID<OutboxMessage>
  let user: ID<User>
  /// How many claims of it in a row have ended without a result.
  let lost: Int

  /// Those to claim at once. What a worker died with may be what it died of: it is claimed alone, so that it takes no other with it, and after
  /// the others.
  ///
  /// - Parameter isTrying: whether one of those is in hands: two at a time would both seem to blame, and both be given up.
  static func together(_ rows: [OutboxCandidate], isTrying: Bool) -> [OutboxCandidate] {
    let sound = rows.filter { $0.lost == 0 }
    return sound.isEmpty && !isTrying ? Array(rows.prefix(1)) : sound
  }
}

/// In which order messages are claimed: people take turns, so that nobody's hundreds hold up another's one; within a person what is critical
/// goes first, then what has been due for longest.
///
/// The index is stepped through from person to person, beginning after the one who was served last: a claim costs the same however long the
/// queue is. Sorting everything that is due would cost a second with 100,000 rows, and oldest first makes all wait for one person.
struct OutboxOrder {
  let subject: OutboxSubject
  /// Begin after this person.
  let after: ID<User>
  let now: Instant
  /// People who are passed over, and rows that failed on their own.
  let stalledUsers: [ID<User>]
  let late: [ID<OutboxMessage>]

  /// Most people to look at in one claim: where most wait for the end of quiet hours, few are due.
  static let steps = 256

  private var waiting: SQL { "d.subject = \(subject.name) AND d.state IN ('pending', 'held')" }

  private var due: SQL { "\(waiting) AND d.due_at <= \(now) AND d.id <> ALL (\(late))" }

  /// Who has messages waiting, from one person to the next, all round the circle; where it is too wide for that, only as far as is looked, so that
  /// nobody is passed over who comes behind.
  private var circle: SQL {
    let first = ID<User>(high: 0, low: 0)
    return """
      WITH RECURSIVE ahead AS (
        SELECT \(after) AS user_id, 0 AS step
        UNION ALL
        SELECT n.user_id, p.step + 1 FROM ahead p CROSS JOIN LATERAL (
          SELECT d.user_id FROM outbox d WHERE \(waiting) AND d.user_id > p.user_id ORDER BY d.user_id LIMIT 1) n
        WHERE p.step < \(OutboxOrder.steps)
      ), behind AS (
        SELECT \(first) AS user_id, \(OutboxOrder.steps) AS step WHERE NOT EXISTS (SELECT FROM ahead WHERE step = \(OutboxOrder.steps))
        UNION ALL
        SELECT n.user_id, p.step + 1 FROM behind p CROSS JOIN LATERAL (
          SELECT d.user_id FROM outbox d
          WHERE \(waiting) AND d.user_id > p.user_id AND d.user_id <= \(after) ORDER BY d.user_id LIMIT 1) n
        WHERE p.step < 2 * \(OutboxOrder.steps)
      )
      """
  }

  private static let round: SQL = "(SELECT user_id, step FROM ahead WHERE step > 0 UNION ALL SELECT user_id, step FROM behind)"

  /// At most `limit` messages whose turn it is, locked until the transaction ends; what others hold is passed over.
  func rows(limit: Int) -> SQL {
    """
    \(circle)
    \(taking(from: """
      SELECT p.user_id, p.step FROM \(OutboxOrder.round) p CROSS JOIN LATERAL (
        SELECT 1 FROM (VALUES (true), (false)) c(critical) CROSS JOIN LATERAL (
          SELECT 1 FROM outbox d WHERE d.user_id = p.user_id AND d.critical = c.critical AND \(due) LIMIT 1) y LIMIT 1) z
      WHERE p.user_id <> ALL (\(stalledUsers)) LIMIT \(limit)
      """, limit: limit))
    """
  }

  /// The same of those whose messages have been due for longest: for a circle so wide that nobody of the part that was looked at is due.
  func oldest(limit: Int) -> SQL {
    taking(
      from: """
        SELECT o.user_id, row_number() OVER (ORDER BY min(o.due_at)) AS step FROM (
          SELECT d.user_id, d.due_at FROM outbox d WHERE \(due) AND d.user_id <> ALL (\(stalledUsers)) ORDER BY d.due_at LIMIT 200) o
        GROUP BY o.user_id
        """, limit: limit)
  }

  /// At most `limit` messages that have been due for longest, where nobody has more than one: no turns to take. Person by person the planner takes
  /// this same index, as long as it believes in few rows, and reads all that is due for each of them: 14 ms for a claim with 1,500 due.
  func byAge(limit: Int) -> SQL {
    """
    SELECT d.id, d.user_id, d.lost FROM outbox d WHERE \(due) AND d.user_id <> ALL (\(stalledUsers))
    ORDER BY d.due_at LIMIT \(limit) FOR UPDATE SKIP LOCKED
    """
  }

  /// The last person that ``rows(limit:)`` looks at.
  var end: SQL { "\(circle) SELECT user_id FROM ahead ORDER BY step DESC LIMIT 1" }

  /// One worker at a time claims a person's: two that release what quiet hours held would make two digests of it, each of what the other had not
  /// locked yet. Whoever comes second goes on to other people.
  private static let isOurs: SQL = "pg_try_advisory_xact_lock(hashtextextended('claim ' || q.user_id::text, 0))"

  private func taking(from people: SQL, limit: Int) -> SQL {
    """
    SELECT r.id, r.user_id, r.lost FROM (
      SELECT x.id, x.lost, p.user_id, p.step, row_number() OVER (PARTITION BY p.step ORDER BY c.critical DESC, x.due_at) AS turn
      FROM (SELECT q.user_id, q.step FROM (\(people)) q WHERE \(OutboxOrder.isOurs)) p
      CROSS JOIN (VALUES (true), (false)) c(critical) CROSS JOIN LATERAL (
        SELECT d.id, d.lost, d.due_at FROM outbox d WHERE d.user_id = p.user_id AND d.critical = c.critical AND \(due)
        ORDER BY d.due_at LIMIT \(limit) FOR UPDATE SKIP LOCKED) x
    ) r ORDER BY r.turn, r.step LIMIT \(limit)
    """
  }

  /// What was in the hands of a worker that died.
  func lost(limit: Int) -> SQL { subject.table.lost("id, user_id, lost", limit: limit, passing: .init(users: stalledUsers, rows: late)) }

  /// One message, if it may be claimed, and nobody else is claiming of that person.
  func only(_ id: ID<OutboxMessage>) -> SQL {
    """
    SELECT x.id, x.user_id, x.lost FROM (SELECT q.user_id FROM (SELECT user_id FROM outbox WHERE id = \(id)) q WHERE \(OutboxOrder.isOurs)) p
    CROSS JOIN LATERAL (
      SELECT d.id, d.user_id, d.lost FROM outbox d
      WHERE d.id = \(id) AND d.user_id = p.user_id AND (\(due) OR d.state = 'sending' AND d.lease_until < clock_timestamp())
      FOR UPDATE SKIP LOCKED) x
    """
  }
}
