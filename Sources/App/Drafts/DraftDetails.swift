import Domain
import Postgres

/// What the page of a draft shows.
struct DraftDetails {
  let draft: Draft
  let sources: [DraftSource]
  let thread: ThreadDetails
  let neighbours: DraftNeighbours
  /// The answer that it became; nil: it became none.
  let answer: DeskMessage?

  static func reading(_ id: ID<Draft>, at now: Instant) -> Reading<DraftDetails?> {
    let conversation: SQL = "(SELECT conversation_id FROM drafts WHERE id = \(id) AND account_id = (SELECT my_account()))"
    let answer = DeskMessage.ours("m.id = (SELECT message_id FROM drafts WHERE id = \(id) AND account_id = (SELECT my_account()))")
    let own = Reading(rows: Draft.ours("d.id = \(id)"), DraftSource.of(id), DraftNeighbours.of(id, at: now), answer)
    return own.beside(ThreadDetails.reading(conversation)).map { own, thread in
      guard let draft = own.0.first, let thread else { return nil }
      return DraftDetails(
        draft: draft, sources: own.1, thread: thread, neighbours: own.2.first ?? .none, answer: own.3.first)
    }
  }

  /// Messages of people that came after it was begun.
  var newMessages: Int {
    let begun = draft.newestInbound.flatMap { id in thread.messages.first { $0.id == id } }?.number ?? 0
    return thread.messages.count { $0.direction == .inbound && $0.kind == .person && $0.number > begun }
  }
}

/// What stands before and behind a draft in the queue of those that wait, whoever holds them.
struct DraftNeighbours {
  let part: QueueCursor.Part
  let previous: ID<Draft>?
  let next: ID<Draft>?

  static let none = DraftNeighbours(part: .usual, previous: nil, next: nil)

  /// In the order of ``DraftFilter/rows(at:)``. A draft that waits no more has the neighbours that it would have.
  static func of(_ id: ID<Draft>, at now: Instant) -> Query<DraftNeighbours> {
    func waiting(_ part: QueueCursor.Part) -> SQL {
      "SELECT d.id FROM \(DraftFilter.parted(part, at: now)) AND d.state = 'pending'"
    }
    func last(_ part: QueueCursor.Part) -> SQL {
      """
      (\(waiting(part)) AND x.part >= \(part)
         AND (d.asked_at, d.number) < (CASE WHEN x.part = \(part) THEN x.asked_at ELSE 'infinity' END, x.number)
       ORDER BY d.asked_at DESC, d.number DESC LIMIT 1)
      """
    }
    func first(_ part: QueueCursor.Part) -> SQL {
      """
      (\(waiting(part)) AND x.part <= \(part)
         AND (d.asked_at, d.number) > (CASE WHEN x.part = \(part) THEN x.asked_at ELSE '-infinity' END, x.number)
       ORDER BY d.asked_at, d.number LIMIT 1)
      """
    }
    return Query(
      """
      SELECT x.part, coalesce(\(last(.low)), \(last(.usual)), \(last(.late))) AS previous,
        coalesce(\(first(.late)), \(first(.usual)), \(first(.low))) AS next
      FROM (
        SELECT d.asked_at, d.number, \(DraftFilter.part(at: now)) AS part FROM drafts d JOIN conversations v ON v.id = d.conversation_id
        WHERE d.id = \(id) AND d.account_id = (SELECT my_account())) x
      """, into: DraftNeighbours.init)
  }
}
