/// A passage as a draft quotes it.
public struct QuotedPassage: Hashable, Sendable {
  public let title: String
  /// The address of its source; nil: it has none.
  public let url: String?
  public let heading: String
  public let text: String

  public init(title: String, url: String?, heading: String, text: String) {
    (self.title, self.url, self.heading, self.text) = (title, url, heading, text)
  }
}

/// Writes drafts without a model (RULES 6.12): quotes what was found, and says nothing of its own about it. The same in, the same out.
public enum BuiltInWriter {
  /// What a draft says it was written by.
  public static let key = "builtin/extractive-1"

  /// - Parameters:
  ///   - language: the customer's, whatever language the passages have.
  ///   - firstName: empty: nobody knows it.
  ///   - passages: nothing: the draft says that a colleague will answer, and not when.
  /// - Returns: Markdown.
  public static func draft(_ language: Language, to firstName: String = "", quoting passages: [QuotedPassage]) -> String {
    let says = Sentences.of(language)
    if passages.isEmpty { return letter(language, to: firstName, saying: [says.nothing]) }
    return letter(
      language, to: firstName,
      saying: [passages.count == 1 ? says.one : says.several] + passages.flatMap { [title(of: $0), quoted($0.text)] } + [says.otherwise])
  }

  /// Paragraphs between a greeting and a closing.
  public static func letter(_ language: Language, to firstName: String = "", saying paragraphs: [String]) -> String {
    let says = Sentences.of(language)
    let name = mailLine(Array(firstName.utf8))
    let greeting = says.greeting + (name.utf8.isEmpty ? "" : " " + escaped(name)) + ","
    return ([greeting] + paragraphs + [says.closing]).joined(separator: "\n\n")
  }

  private static func title(of passage: QuotedPassage) -> String {
    let title = escaped(passage.title)
    let link = passage.url.map { "[\(title)](<\($0)>)" } ?? title
    // Where short sections stand together, each has its heading within the text.
    let isSaid = passage.heading.utf8.isEmpty || passage.heading.utf8.elementsEqual(passage.title.utf8) || passage.heading.contains(" · ")
    return "**\(link)**" + (isSaid ? "" : " – " + escaped(passage.heading))
  }

  private static func quoted(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? ">" : "> " + $0 }.joined(separator: "\n")
  }

  /// A name in a line of Markdown is text, whatever stands in it.
  private static func escaped(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", "[", "]", "*", "_", "`", "<", ">", "!", "#", "&": out.append("\\")
      default: break
      }
      out.append(scalar)
    }
    return String(out)
  }

  /// What it says in a language.
  private struct Sentences {
    let greeting: String
    let one: String
    let several: String
    let otherwise: String
    let nothing: String
    let closing: String

    static func of(_ language: Language) -> Sentences { language == .portuguese ? portuguese : english }

    static let english = Sentences(
      greeting: "Hello", one: "This is what we have written about your question:",
      several: "These are the parts of our pages that are about your question:",
      otherwise: "If this does not answer it, write back to us with what is missing and a colleague will look at it.",
      nothing: "Thank you for your message. We found nothing in our pages that answers it, so a colleague will read it and answer you.",
      closing: "Kind regards")
    static let portuguese = Sentences(
      greeting: "Olá", one: "É isto que temos escrito sobre a sua pergunta:",
      several: "Estas são as partes das nossas páginas que tratam da sua pergunta:",
      otherwise: "Se isso não resolver, responda dizendo o que falta, e alguém da equipe vai ver.",
      nothing: "Obrigado pela sua mensagem. Não encontramos nas nossas páginas nada que a responda; alguém da equipe vai ler e responder.",
      closing: "Atenciosamente")
  }
}
