import HTML

extension Feature {
  /// All that is kept of a person, to take along and to have erased.
  static let personData = Feature(
    jobs: [PersonErasure.kind],
    sentence: { facts, words in
      switch facts.action {
      case "person.exported": words("The operator exported all that is kept of you.")
      case "person.erased": words("Somebody of the team erased their account.")
      default: nil
      }
    })
}
