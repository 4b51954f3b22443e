/// What a message says that is no mail: a text, or HTML where there is none, cut into what is new in it and what it quotes, as a mail is.
public struct ArrivedText: Equatable, Sendable {
  /// All of it, before anything is folded.
  public let text: String
  public let sections: [MailSection]
  /// Of the own words; nil: too few tell.
  public let language: Language?

  /// - Parameters:
  ///   - plain: counts where it says anything.
  ///   - html: what a person could see of it counts otherwise.
  public init(plain: String, html: String?, isForward: Bool = false) {
    var read = MailText()
    if plain.utf8.contains(where: { $0 > 0x20 }) || html == nil {
      read.append(plain: Array(plain.utf8))
    } else if let html {
      HTMLTextReader.read(Array(html.utf8), into: &read)
    }
    text = read.string
    sections = MailSplit.sections(of: read, isForward: isForward)
    language = MessageLanguage.told(by: sections.filter { $0.kind == .own || $0.kind == .forwarded }.map(\.text).joined(separator: "\n"))
  }

  /// The text of all sections of these kinds, with a blank line between them.
  public func text(of kinds: [MailSection.Kind]) -> String {
    sections.filter { kinds.contains($0.kind) }.map(\.text).joined(separator: "\n\n")
  }
}
