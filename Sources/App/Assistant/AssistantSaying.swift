import Domain
import HTML

/// What the assistant says in words of ours, where neither a model nor the grammar has an answer. Markdown.
struct AssistantSaying {
  let words: Words

  /// Why there is no better answer.
  enum Why {
    /// No model is set up, or the person wants none: the grammar did not understand.
    case rules
    /// A model was asked, and there is nothing of it that may be shown.
    case unreached
    /// The calls of the date are used up.
    case limit
  }

  /// With what a search has found.
  func found(_ hits: AssistantSearch.Hits, _ why: Why) -> String {
    let start =
      switch why {
      case .rules: words("I did not understand that. Ask what is due, who somebody is, or when you are free.")
      case .unreached: words("I could not reach the model.")
      case .limit: words("The model has answered as often as it may today. Until tomorrow the words here are written without AI.")
      }
    let list = links(hits.held.map { ($0.kind, $0.id, $0.title) })
    let near = links(hits.near.map { ($0.kind, $0.id, $0.title) })
    let like = near.isEmpty ? "" : "\n\n" + words("This is like it by its meaning:") + "\n\n" + near
    if list.isEmpty { return start + " " + words("Nothing of yours holds these words.") + like }
    return start + " " + words("This holds words of your question:") + "\n\n" + list + like
  }

  /// What was read before there was no more time, or no more tools.
  func had(_ given: [AssistantReach.Given]) -> String {
    words("I stopped looking here. This is what I have read:") + "\n\n" + links(given.suffix(10).map { ($0.kind, $0.id, $0.title) })
  }

  /// Where to press.
  func press(_ proposals: [ID<Proposal>]) -> String {
    let start = words("Nothing is changed by a message. Open the proposal and press Accept there:")
    let links = proposals.map { "- [\(words("Look at the proposal"))](\(Paths.proposal($0).text))" }
    return start + "\n\n" + links.joined(separator: "\n")
  }

  /// The worker may not read as people do.
  var closed: String {
    words("The assistant is not ready on this server: whoever runs it has to run migrations/superuser.sql once. Everything else works.")
  }

  private func links(_ things: [(kind: String, id: ID<FoundThing>, title: String)]) -> String {
    things.compactMap { thing -> String? in
      guard let kind = FoundKind(rawValue: thing.kind) else { return nil }
      return "- [\(AssistantCited.escaped(thing.title))](\(kind.path(thing.id).text)) (\(kind.name(words)))"
    }.joined(separator: "\n")
  }
}
