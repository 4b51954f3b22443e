import Domain
import Postgres

/// What of a desk holds some words: conversations or customers.
///
/// An index finds what few hold. What many hold is soon met on a walk through a list in its order; where it is not, the walk ends after
/// ``DeskSearchSize/steps`` rows and the next page goes on from there. So no search costs more, whatever an account keeps.
struct DeskSearch<Thing> {
  /// What was looked for, as the database reads it; nil: there was no word.
  let query: String?
  /// All that hold it, in no order; nil: more than ``DeskSearchSize/few``.
  let ids: [ID<Thing>]?
}

/// How much one search looks at.
enum DeskSearchSize {
  /// Up to so many are put in order.
  static let few = 1_500
  /// Rows of a list that a page looks through.
  static let steps = 3_000
}

extension DeskSearch<Conversation> {
  /// Conversations: by their subject, tags, customer, by what was written in them, by names of files, and by notes. Spam and what was merged is among them.
  static func holding(_ words: String) -> Query<DeskSearch<Conversation>> {
    Query("SELECT query, ids FROM \(call(words))", into: DeskSearch<Conversation>.init)
  }

  /// The function that looks for them: accents, capital letters and endings do not matter.
  static func call(_ words: String) -> SQL {
    "door.desk_search('v', \(words), \(QuestionWords.endings(in: words)), \(DeskSearchSize.few))"
  }
}

extension DeskSearch<Customer> {
  /// Customers: by their names and addresses, which have no other endings.
  static func holding(_ words: String) -> Query<DeskSearch<Customer>> {
    Query("SELECT query, ids FROM door.desk_search('c', \(words), '{}', \(DeskSearchSize.few))", into: DeskSearch<Customer>.init)
  }
}
