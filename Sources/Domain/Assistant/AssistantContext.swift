/// What goes to a model beside the question, in this order until its room is full (RULES 9.47).
public struct AssistantContext: Sendable {
  /// In their order. The words are kept with the answer, for its page.
  public enum Part: String, CaseIterable, Sendable {
    /// What the person said, answered or corrected, about what the question names.
    case facts
    /// Open assumptions about it.
    case assumptions
    /// What they had in hand lately.
    case recent
    case summaries
    /// What holds words of the question.
    case hits
    /// What was said before, the newest last.
    case messages
  }

  /// Of the question and all of this together.
  public static let room = 6_000

  /// How many tokens a text takes at most, near enough: English has four bytes in one, Portuguese three and a half.
  public static func tokens(_ text: String) -> Int { (text.utf8.count + 2) / 3 }

  /// What is still free.
  public private(set) var left: Int

  /// - Parameter question: it is always told.
  public init(question: String) { left = AssistantContext.room - AssistantContext.tokens(question) }

  /// Takes what of a part fits. To be asked in the order of the parts.
  ///
  /// - Parameter texts: as they would be sent, the most wanted first. Of ``Part/messages`` the newest: where one does not fit, none before it is told.
  /// - Returns: the places of those that are told.
  public mutating func take(_ part: Part, _ texts: [String]) -> [Int] {
    var places: [Int] = []
    for (place, text) in texts.enumerated() {
      let cost = AssistantContext.tokens(text)
      if cost > left {
        if part == .messages { break }
        continue
      }
      left -= cost
      places.append(place)
    }
    return places
  }
}
