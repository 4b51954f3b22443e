import Domain
import Postgres

/// When somebody was active in one chat, as stored (RULES 8.13, 8.25).
struct ChatSession {
  let id: ID<ChatSession>
  let startedAt: Instant
  let lastActivityAt: Instant

  /// Notes a message in the session that it belongs to, a new one where there is none. One that comes late may make one of two. The person's planner
  /// is locked before, so two at once are in one.
  static func taking(_ moment: Instant, source: String, chat: String, _ writing: PlannerWriting) throws(PostgresError) -> ID<ChatSession> {
    let near: [ChatSession] = try writing.db.rows(
      Query(
        """
        SELECT s.id, s.started_at, s.last_activity_at FROM chat_sessions s
        WHERE s.user_id = (SELECT me()) AND s.source = \(source) AND s.chat_id = \(chat) AND s.ended_at > \(moment)
          AND s.started_at < \(moment.advanced(minutes: ActivitySession.gapMinutes)) ORDER BY s.started_at
        """, into: ChatSession.init))
    let place = ActivitySession.place(of: moment, among: near.map { ActivitySession(first: $0.startedAt, last: $0.lastActivityAt) })
    let whole = place.session
    guard let kept = place.joined.first.map({ near[$0].id }) else {
      let id = ID<ChatSession>.new(at: writing.now)
      try writing.db.queue([
        """
        INSERT INTO chat_sessions (id, user_id, source, chat_id, started_at, last_activity_at, ended_at)
        VALUES (\(id), \(writing.person.id), \(source), \(chat), \(whole.first), \(whole.last), \(whole.ended))
        """
      ])
      return id
    }
    let gone = place.joined.dropFirst().map { near[$0].id }
    if !gone.isEmpty { try writing.db.queue(["SELECT door.join_sessions(\(kept), \(Array(gone)))"]) }
    try writing.db.queue([
      """
      UPDATE chat_sessions SET started_at = \(whole.first), last_activity_at = \(whole.last), ended_at = \(whole.ended)
      WHERE id = \(kept) AND user_id = (SELECT me())
      """
    ])
    return kept
  }
}
