import Domain
import Postgres

/// What the page of a draft shows.
struct DraftDetails {
  let draft: Draft
  let sources: [DraftSource]
  let thread: ThreadDetails

  static func reading(_ id: ID<Draft>) -> Reading<DraftDetails?> {
    let conversation: SQL = "(SELECT conversation_id FROM drafts WHERE id = \(id) AND account_id = (SELECT my_account()))"
    return Reading(rows: Draft.ours("d.id = \(id)"), DraftSource.of(id)).beside(ThreadDetails.reading(conversation)).map { own, thread in
      guard let draft = own.0.first, let thread else { return nil }
      return DraftDetails(draft: draft, sources: own.1, thread: thread)
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
