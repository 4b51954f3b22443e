import Domain
import Postgres

/// What the page of a draft shows.
struct DraftDetails {
  let draft: Draft
  let sources: [DraftSource]
  let thread: ThreadDetails
  let neighbours: DraftNeighbours

  static func reading(_ id: ID<Draft>, at now: Instant) -> Reading<DraftDetails?> {
    let conversation: SQL = "(SELECT conversation_id FROM drafts WHERE id = \(id) AND account_id = (SELECT my_account()))"
    let own = Reading(rows: Draft.ours("d.id = \(id)"), DraftSource.of(id), DraftNeighbours.of(id, at: now))
    return own.beside(ThreadDetails.reading(conversation)).map { own, thread in
      guard let draft = own.0.first, let thread else { return nil }
      return DraftDetails(draft: draft, sources: own.1, thread: thread, neighbours: own.2.first ?? .none)
    }
  }

  /// The answer that it became; nil: it became none, or it is too far up.
  var answer: DeskMessage? { draft.message.flatMap { id in thread.messages.first { $0.id == id } } }

  /// Messages of people that came after it was begun.
  var newMessages: Int {
    let begun = draft.newestInbound.flatMap { id in thread.messages.first { $0.id == id } }?.number ?? 0
    return thread.messages.count { $0.direction == .inbound && $0.kind == .person && $0.number > begun }
  }
}

/// What stands before and behind a draft in the queue of those that wait, whoever holds them.
struct DraftNeighbours {
  let isLate: Bool
  let previous: ID<Draft>?
  let next: ID<Draft>?

  static let none = DraftNeighbours(isLate: false, previous: nil, next: nil)

  /// In the order of ``DraftFilter/rows(at:)``: late ones first. A draft that waits no more has the neighbours that it would have.
  static func of(_ id: ID<Draft>, at now: Instant) -> Query<DraftNeighbours> {
    let waiting: SQL = "d.account_id = (SELECT my_account()) AND d.state = 'pending'"
    let late: SQL = "d.late_at <= \(now)"
    let early: SQL = "(d.late_at IS NULL OR d.late_at > \(now))"
    return Query(
      """
      SELECT x.is_late, coalesce(
          (SELECT d.id FROM drafts d WHERE \(waiting) AND \(early) AND NOT x.is_late AND d.id < x.id ORDER BY d.id DESC LIMIT 1),
          (SELECT d.id FROM drafts d WHERE \(waiting) AND \(late) AND (NOT x.is_late OR d.id < x.id) ORDER BY d.id DESC LIMIT 1)) AS previous,
        coalesce(
          (SELECT d.id FROM drafts d WHERE \(waiting) AND \(late) AND x.is_late AND d.id > x.id ORDER BY d.id LIMIT 1),
          (SELECT d.id FROM drafts d WHERE \(waiting) AND \(early) AND (x.is_late OR d.id > x.id) ORDER BY d.id LIMIT 1)) AS next
      FROM (
        SELECT id, coalesce(late_at <= \(now), false) AS is_late FROM drafts WHERE id = \(id) AND account_id = (SELECT my_account())) x
      """, into: DraftNeighbours.init)
  }
}
