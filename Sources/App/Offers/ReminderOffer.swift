import Domain
import HTML
import Postgres

/// A reminder that its owner offers to another member. Whoever accepts becomes the owner of one made anew, under their own profile; the first is put away (RULES 7.7).
struct ReminderOffer {
  enum State: String, FromColumn, Bindable { case open, accepted, refused, withdrawn }

  /// As entries of the audit log call it.
  static let subject = "offer"

  let id: ID<ReminderOffer>
  /// Whether the person offers it; else it is offered to them.
  let isMine: Bool
  let state: State
  let reminder: ID<Reminder>
  /// The one that came of it.
  let takenAs: ID<Reminder>?
  let title: String
  /// The notes, in Markdown; empty once it is decided.
  let description: String
  let importance: Importance
  /// The name of the other one.
  let other: String
  let createdAt: Instant
  let decidedAt: Instant?

  /// Those of the person that the transaction is for, open ones first, then the newest.
  static func mine(most: Int) -> Query<ReminderOffer> {
    Query(
      """
      SELECT id, is_mine, state, reminder_id AS reminder, taken_as, title, description, importance, other, created_at, decided_at
      FROM door.reminder_offers(\(most))
      """, into: ReminderOffer.init)
  }
}

/// What came of a decision about one.
struct OfferOutcome {
  enum Word: String, FromColumn { case done, same, closed, accepted, refused, withdrawn }

  let word: Word
  let giver: ID<User>
  let taker: ID<User>
  let reminder: ID<Reminder>
  let title: String
  let importance: Importance
  /// When it rings first for its new owner.
  let nextAt: Instant?

  /// - Parameter copy: the id of the reminder that an acceptance makes.
  /// - Returns: nothing where there is no such offer for the person that the transaction is for.
  static func of(_ decision: ReminderOffer.State, about id: ID<ReminderOffer>, copy: ID<Reminder>, at now: Instant) -> Query<OfferOutcome> {
    Query(
      """
      SELECT outcome AS word, giver, taker, reminder, title, importance, next_at
      FROM door.decide_offer(\(id), \(decision), \(copy), \(now))
      """, into: OfferOutcome.init)
  }
}

/// Why nothing comes of an offer.
enum OfferRefusal: Refusal, Equatable {
  case accepted, refused, withdrawn
  /// The reminder is done or put away.
  case closed
  /// It is offered to somebody else.
  case offered
  case ofHabit

  func sentence(_ words: Words) -> String {
    switch self {
    case .accepted: words("This offer was accepted already.")
    case .refused: words("This offer was refused already.")
    case .withdrawn: words("This offer was taken back.")
    case .closed: words("This reminder is done or archived: there is nothing to take over.")
    case .offered: words("This reminder is offered to somebody else. Take that back first.")
    case .ofHabit: words("The reminder of a habit stays with whoever has the habit.")
    }
  }
}
