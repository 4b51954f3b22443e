/// A line of an event without how long it lasts: "lunch friday at 12 for 2 hours", "almoço sexta às 12h por 2 horas" (RULES 9.35).
public struct AssistantLength: Hashable, Sendable {
  /// The line without it.
  public let rest: String
  /// 1 to 1,440; nil: it does not say.
  public let minutes: Int?

  /// Reads the last of the line that says it, outside of quotation marks.
  ///
  /// - Complexity: for texts of up to ``QuickEntry/longest`` scalars; in longer ones nothing is looked for.
  public init(_ text: String) {
    let tokens = text.unicodeScalars.count <= QuickEntry.longest ? PhraseScanner.tokens(of: text) : []
    let quoted = QuickText.quoted(text)
    let bytes = Array(text.utf8)
    for (index, token) in tokens.enumerated().reversed() {
      guard case .word(let word) = token.kind, AssistantLength.leading.contains(word) else { continue }
      if quoted.contains(where: { $0.contains(token.range.lowerBound) }) { continue }
      for end in stride(from: min(index + 7, tokens.count), to: index + 1, by: -1) {
        let said = tokens[index + 1..<end]
        guard let first = said.first, let last = said.last else { continue }
        let range = first.range.lowerBound..<max(first.range.upperBound, last.range.upperBound)
        let words = said.map { AssistantLength.text($0) }
        guard let minutes = AssistantMinutes.read(words[...], { String(decoding: bytes[range], as: UTF8.self) }) else { continue }
        let (before, behind) = (bytes[..<token.range.lowerBound], bytes[range.upperBound...])
        rest = [before, behind].map { QuickText.trimmed(String(decoding: $0, as: UTF8.self)) }.filter { !$0.utf8.isEmpty }
          .joined(separator: " ")
        self.minutes = minutes
        return
      }
    }
    (rest, minutes) = (text, nil)
  }

  private static func text(_ token: PhraseToken) -> String {
    switch token.kind {
    case .word(let word): word
    case .number(let number, _): String(number)
    case .mark(let mark): String(decoding: [mark], as: UTF8.self)
    }
  }

  private static let leading: Set = ["for", "por", "durante"]
}
