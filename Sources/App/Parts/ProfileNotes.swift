/// What a dry run found.
struct ProfileNotes {
  let lines: [String]

  /// nil when there is nothing to say.
  init?(_ lines: [String]) {
    if lines.isEmpty { return nil }
    self.lines = lines
  }
}
