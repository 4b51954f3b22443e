import Domain
import HTML

/// The assistant's: chats, proposals, what it takes for true, and the search by sense.
extension Paths {
  static let assistant: Path = "/assistant"
  static let assistantMessages: Path = "/assistant/messages"
  static func assistant(_ id: ID<Chat>) -> Path { "/assistant/\(id)" }
  static func assistantStop(_ id: ID<Chat>) -> Path { "/assistant/\(id)/stop" }
  static func assistantArchival(_ id: ID<Chat>) -> Path { "/assistant/\(id)/archival" }
  static func assistantRestoration(_ id: ID<Chat>) -> Path { "/assistant/\(id)/restoration" }
  static func assistantDeletion(_ id: ID<Chat>) -> Path { "/assistant/\(id)/deletion" }
  static let proposals: Path = "/proposals"
  static func proposal(_ id: ID<Proposal>) -> Path { "/proposals/\(id)" }
  static func acceptance(_ id: ID<Proposal>) -> Path { "/proposals/\(id)/acceptance" }
  static func refusal(_ id: ID<Proposal>) -> Path { "/proposals/\(id)/refusal" }
  static let assumptions: Path = "/assumptions"
  /// Where it stands in the list.
  static func assumption(_ id: ID<Assumption>) -> Path { assumptions.adding("state", "all").fragment("assumption-" + id.text) }
  static func confirmation(_ id: ID<Assumption>) -> Path { "/assumptions/\(id)/confirmation" }
  static func correction(_ id: ID<Assumption>) -> Path { "/assumptions/\(id)/correction" }
  static func dismissal(_ id: ID<Assumption>) -> Path { "/assumptions/\(id)/dismissal" }
  static let searchSense: Path = "/search/sense"
}
