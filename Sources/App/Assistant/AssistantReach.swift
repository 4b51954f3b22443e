import Domain
import Postgres

/// What one answer of the assistant reads with, and what it has read: rows of the person's own alone, whatever a model asks for (RULES 9.32). Things
/// go by small numbers of this answer's list, never by their ids.
final class AssistantReach {
  /// A thing that this answer has been given.
  struct Given {
    /// As the register calls its kind: `task`, `reminder`.
    let kind: String
    let id: ID<FoundThing>
    let title: String
    /// Of its row when it was read; nil: its kind has none.
    let revision: Int?
    /// Whether its text is others': brought in, sent, written by a model (RULES 9.34).
    let isForeign: Bool
    /// Whether a model may be told of it: its kind is allowed and it is not private.
    let isTold: Bool
  }

  let person: Person
  let chat: ID<Chat>
  /// Which exchange of the chat is answered.
  let number: Int
  let bench: WorkBench
  let now: Instant
  /// Whether what is read goes to a model: then only what it may be told of is given.
  let isForModel: Bool
  /// In the order of their numbers; the first is 1.
  private(set) var given: [Given] = []
  /// Whether any text of others has been read.
  var hasReadForeign: Bool { given.contains { $0.isForeign } }

  init(_ person: Person, chat: ID<Chat>, number: Int, isForModel: Bool, _ bench: WorkBench, now: Instant) {
    (self.person, self.chat, self.number, self.isForModel, self.bench, self.now) = (person, chat, number, isForModel, bench, now)
  }

  /// The number of a thing, which is given now if it was not before.
  func number(of thing: Given) -> Int {
    if let place = given.firstIndex(where: { $0.id == thing.id && $0.kind == thing.kind }) {
      // More is read of it now: what others wrote of it counts from here on.
      if thing.isForeign, !given[place].isForeign { given[place] = thing }
      return place + 1
    }
    given.append(thing)
    return given.count
  }

  /// nil: this answer was given no such thing.
  func thing(_ number: Int) -> Given? { given.indices.contains(number - 1) ? given[number - 1] : nil }
}
