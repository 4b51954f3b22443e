import HTML

/// What the forms of tasks, goals, problems and deadlines ask in the same words.
extension FieldBuilder {
  /// Tags with commas between them.
  mutating func tags(_ stored: [String], _ words: Words) -> TextField {
    text("tags", words("Tags"), stored.joined(separator: ", "), help: words("With commas between them."), optional: true)
  }

  /// Whether a model is never told of it, whatever else it may be told.
  mutating func privacy(_ stored: Bool, _ words: Words) -> Checkbox {
    tick("private", words("Private"), stored, says: words.answers, help: words("Never sent to a language model."))
  }
}
