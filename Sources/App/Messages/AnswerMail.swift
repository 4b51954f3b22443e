import Domain
import HTML

/// An answer as it leaves by mail: a letter from a person, without a frame of ours. Text and HTML come from the same Markdown (RULES 6.10).
struct AnswerMail {
  let language: String
  let body: SafeHTML
  /// nil: the channel has none.
  let closing: SafeHTML?
  /// The same without markup, with what mail programs fold as a signature.
  let text: String

  /// - Parameters:
  ///   - source: Markdown.
  ///   - signature: the channel's, Markdown; may be empty.
  init(_ source: String, signature: String, _ language: Language) {
    self.language = language.rawValue
    let letter = Markdown.rendered(source)
    let isSigned = signature.utf8.contains { $0 > 0x20 }
    let end = isSigned ? Markdown.rendered(signature) : nil
    body = letter.html
    closing = end?.html
    text = end.map { letter.plain + "\n\n-- \n" + $0.plain } ?? letter.plain
  }

  var html: String { String(decoding: rendered(Words.of(language)), as: UTF8.self) }
}
