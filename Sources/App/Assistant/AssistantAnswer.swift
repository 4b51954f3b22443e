import Domain

/// What the assistant answers, whoever wrote it: a model, or the rules (RULES 9.35).
struct AssistantAnswer {
  /// Markdown. Things are links into Heed: `[Call Ana](/tasks/ID)`. At most 4,000 bytes are kept.
  let text: String
  /// What it proposed, in the order in which it did.
  var proposals: [ID<Proposal>] = []
  /// What it took for true, which is named under it (RULES 9.7).
  var assumptions: [ID<Assumption>] = []

  /// Of its text at most as many bytes as are kept, whole lines; never nothing.
  var kept: String {
    if text.utf8.count <= AssistantCheck.longest { return text.utf8.isEmpty ? "…" : text }
    var out = ""
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if out.utf8.count + line.utf8.count + 1 > AssistantCheck.longest - 8 { break }
      out += line + "\n"
    }
    if out.utf8.isEmpty { out = String(String.UnicodeScalarView(text.unicodeScalars.prefix(900))) + "\n" }
    return out + "\n…"
  }
}
